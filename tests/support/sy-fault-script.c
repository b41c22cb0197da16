/* sy-fault-script.c: the faults, by path
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sy-fault-server.h"

#include <string.h>
#include <zlib.h>

#define OK "HTTP/1.1 200 OK\r\n"
#define TEXT "Content-Type: text/plain; version=0.0.4\r\n"
#define BODY "# TYPE http_requests_total counter\nhttp_requests_total{code=\"200\"} 12\n"
#define MANY_SERIES 200
#define BOMB_MIB 300
#define SLOW_BOMB_MIB 60
#define SLOW_BOMB_LETTERS 800
#define SLOW_BOMB_BLOCK (64 * 1024)

static void
answer (SyFaultConnection *c,
        const char        *head,
        gconstpointer      body,
        gsize              length)
{
  g_autofree char *start = g_strdup_printf (OK "%sContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n", head, length);

  if (sy_fault_puts (c, start))
    sy_fault_write (c, body, length);
}

/* gzip of @data, @repeat times over. (transfer full) */
static GByteArray *
gzip (const char *data,
      gsize       length,
      gsize       repeat)
{
  GByteArray *out = g_byte_array_new ();
  z_stream z = { 0 };
  guint8 block[65536];

  g_assert_cmpint (deflateInit2 (&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY), ==, Z_OK);

  for (gsize i = 0; i < repeat; i++)
    {
      z.next_in = (guint8 *) data;
      z.avail_in = (guint) length;
      do
        {
          z.next_out = block;
          z.avail_out = sizeof block;
          deflate (&z, i + 1 == repeat ? Z_FINISH : Z_NO_FLUSH);
          g_byte_array_append (out, block, (guint) (sizeof block - z.avail_out));
        }
      while (z.avail_out == 0);
    }

  deflateEnd (&z);
  return out;
}

static void ok (SyFaultConnection *c, guint n) { answer (c, TEXT, BODY, strlen (BODY)); }

/* What a backend with many routes says; its counters go on. */
static void
many (SyFaultConnection *c, guint n)
{
  g_autoptr (GString) body = g_string_new ("# TYPE http_requests_total counter\n");

  for (guint i = 0; i < MANY_SERIES; i++)
    g_string_append_printf (body, "http_requests_total{route=\"/r%u\",code=\"200\"} %u\n", i, n * (i + 1));
  answer (c, TEXT, body->str, body->len);
}

static void empty (SyFaultConnection *c, guint n) { answer (c, TEXT, "", 0); }
static void stall (SyFaultConnection *c, guint n) { sy_fault_wait (c, -1); }
static void reset (SyFaultConnection *c, guint n) { sy_fault_reset (c); }
static void close_at_once (SyFaultConnection *c, guint n) { sy_fault_close (c); }

static void
head_then_stall (SyFaultConnection *c, guint n)
{
  if (sy_fault_puts (c, OK TEXT "Content-Length: 1000\r\n\r\n# TYPE"))
    sy_fault_wait (c, -1);
}

static void
slow_head (SyFaultConnection *c, guint n)
{
  for (const char *p = OK TEXT; *p != '\0'; p++)
    if (!sy_fault_write (c, p, 1) || !sy_fault_wait (c, 100))
      return;
}

static void
slow_body (SyFaultConnection *c, guint n)
{
  if (!sy_fault_puts (c, OK TEXT "Content-Length: 100000\r\n\r\n"))
    return;
  while (sy_fault_puts (c, "#") && sy_fault_wait (c, 100))
    continue;
}

static void
reset_in_body (SyFaultConnection *c, guint n)
{
  sy_fault_puts (c, OK TEXT "Content-Length: 1000\r\n\r\n" BODY);
  sy_fault_wait (c, 50);
  sy_fault_reset (c);
}

/* A whole line, then the end of the connection, though more was announced. */
static void
short_body (SyFaultConnection *c, guint n)
{
  sy_fault_puts (c, OK TEXT "Content-Length: 1000\r\n\r\n" BODY);
}

static void
chunk_cut (SyFaultConnection *c, guint n)
{
  sy_fault_puts (c, OK TEXT "Transfer-Encoding: chunked\r\n\r\n10\r\n# TYPE a counter\r\n");
}

static void
bad_chunk (SyFaultConnection *c, guint n)
{
  sy_fault_puts (c, OK TEXT "Transfer-Encoding: chunked\r\n\r\nzz\r\na 1\n\r\n0\r\n\r\n");
}

static void
until_close (SyFaultConnection *c, guint n)
{
  sy_fault_puts (c, OK TEXT "Connection: close\r\n\r\n" BODY "http_requests_total{code=\"500\"");
}

static void
html (SyFaultConnection *c, guint n)
{
  static const char page[] = "<!DOCTYPE html><html><title>Sign in</title></html>";

  answer (c, "Content-Type: text/html\r\n", page, strlen (page));
}

static void
status (SyFaultConnection *c,
        const char        *line)
{
  g_autofree char *text = g_strdup_printf ("HTTP/1.1 %s\r\nContent-Length: 4\r\n\r\nnope", line);

  sy_fault_puts (c, text);
}

static void not_found (SyFaultConnection *c, guint n) { status (c, "404 Not Found"); }
static void unauthorized (SyFaultConnection *c, guint n) { status (c, "401 Unauthorized"); }
static void broken (SyFaultConnection *c, guint n) { status (c, "500 Internal Server Error"); }
static void later (SyFaultConnection *c, guint n) { status (c, "503 Service Unavailable\r\nRetry-After: 7"); }
static void no_content (SyFaultConnection *c, guint n) { sy_fault_puts (c, "HTTP/1.1 204 No Content\r\n\r\n"); }
static void moved (SyFaultConnection *c, guint n) { status (c, "302 Found\r\nLocation: /ok"); }

static void
digest (SyFaultConnection *c, guint n)
{
  status (c, "401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"x\", nonce=\"n\", domain=\"http:x\"");
}

/* Packed once: the client's deadline must not pay for it. */
static gpointer
pack_bomb (gpointer data)
{
  g_autofree char *mib = g_malloc0 (1024 * 1024);

  return gzip (mib, 1024 * 1024, BOMB_MIB);
}

static GByteArray *
get_bomb (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, pack_bomb, NULL);
}

static void
bomb (SyFaultConnection *c, guint n)
{
  GByteArray *packed = get_bomb ();

  answer (c, TEXT "Content-Encoding: gzip\r\n", packed->data, packed->len);
}

/* 60 MiB of blank lines at a ratio below 200, by some letters in each block that
 * are too far apart to be packed: no part of it is suspicious, only the whole. */
static gpointer
pack_slow_bomb (gpointer data)
{
  g_autoptr (GRand) letters = g_rand_new_with_seed (7);
  g_autofree char *block = g_strnfill (SLOW_BOMB_BLOCK, '\n');
  GByteArray *packed;

  block[0] = '#';
  for (guint i = 1; i < SLOW_BOMB_LETTERS; i++)
    block[i] = (char) g_rand_int_range (letters, '0', 'z');

  packed = gzip (block, SLOW_BOMB_BLOCK, SLOW_BOMB_MIB * 1024 * 1024 / SLOW_BOMB_BLOCK);
  g_assert_cmpuint (packed->len, >, SLOW_BOMB_MIB * 1024 * 1024 / 200);
  return packed;
}

static GByteArray *
get_slow_bomb (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, pack_slow_bomb, NULL);
}

static void
slow_bomb (SyFaultConnection *c, guint n)
{
  GByteArray *packed = get_slow_bomb ();

  answer (c, TEXT "Content-Encoding: gzip\r\n", packed->data, packed->len);
}

static void
endless (SyFaultConnection *c, guint n)
{
  g_autoptr (GString) block = g_string_new (NULL);

  for (guint i = 0; i < 2000; i++)
    g_string_append (block, "x 1\n");
  if (!sy_fault_puts (c, OK TEXT "Connection: close\r\n\r\n"))
    return;
  while (sy_fault_write (c, block->str, block->len))
    continue;
}

static void
endless_continue (SyFaultConnection *c, guint n)
{
  while (sy_fault_puts (c, "HTTP/1.1 100 Continue\r\n\r\n"))
    continue;
}

static void
endless_header (SyFaultConnection *c, guint n)
{
  sy_fault_puts (c, OK);
  while (sy_fault_puts (c, "X-Padding: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n"))
    continue;
}

static void
packed (SyFaultConnection *c,
        gsize              cut,
        guint              flip,
        const char        *junk,
        guint              members)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (guint i = 0; i < members; i++)
    {
      const char *part = i == 0 ? BODY : "other_total 1\n";
      g_autoptr (GByteArray) member = gzip (part, strlen (part), 1);

      g_byte_array_append (bytes, member->data, member->len);
    }

  if (flip > 0)
    bytes->data[bytes->len - flip] ^= 0xff;
  g_byte_array_set_size (bytes, (guint) (bytes->len - cut));
  g_byte_array_append (bytes, (const guint8 *) junk, (guint) strlen (junk));
  answer (c, TEXT "Content-Encoding: gzip\r\n", bytes->data, bytes->len);
}

static void gzip_ok (SyFaultConnection *c, guint n) { packed (c, 0, 0, "", 1); }
static void gzip_cut (SyFaultConnection *c, guint n) { packed (c, 12, 0, "", 1); }
static void gzip_no_trailer (SyFaultConnection *c, guint n) { packed (c, 8, 0, "", 1); }
static void gzip_half_trailer (SyFaultConnection *c, guint n) { packed (c, 4, 0, "", 1); }
static void gzip_crc (SyFaultConnection *c, guint n) { packed (c, 0, 8, "", 1); }
static void gzip_members (SyFaultConnection *c, guint n) { packed (c, 0, 0, "", 2); }
static void gzip_junk (SyFaultConnection *c, guint n) { packed (c, 0, 0, "junk", 1); }

static void
gzip_plain (SyFaultConnection *c, guint n)
{
  answer (c, TEXT "Content-Encoding: gzip\r\n", BODY, strlen (BODY));
}

static void
brotli (SyFaultConnection *c, guint n)
{
  answer (c, TEXT "Content-Encoding: br\r\n", BODY, strlen (BODY));
}

static void
two_lengths (SyFaultConnection *c, guint n)
{
  sy_fault_puts (c, OK TEXT "Content-Length: 5\r\nContent-Length: 7\r\n\r\na 1\nb 2\n");
}

static void
length_and_chunks (SyFaultConnection *c, guint n)
{
  sy_fault_puts (c, OK TEXT "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n4\r\na 1\n\r\n0\r\n\r\n");
}

static void
announce (SyFaultConnection *c, guint n)
{
  if (sy_fault_puts (c, OK TEXT "Content-Length: 10737418240\r\n\r\n"))
    sy_fault_wait (c, -1);
}

static void
garbage (SyFaultConnection *c, guint n)
{
  sy_fault_puts (c, "\x16\x03\x01 this is not HTTP\r\n\r\n");
}

static void
bad_text (SyFaultConnection *c, guint n)
{
  static const char body[] = "good_total 1\nbad{label=\"unclosed} 2\n";

  answer (c, TEXT, body, strlen (body));
}

/* Every second answer on a kept connection is none: the race of an idle
 * connection that the server closes while the next request is on its way. */
static void
idle_race (SyFaultConnection *c, guint n)
{
  if (n == 1)
    sy_fault_reset (c);
  else
    ok (c, n);
}

static const SyFault faults[] = {
  { "/ok", ok, FALSE },
  { "/many", many, FALSE },
  { "/empty", empty, FALSE },
  { "/stall", stall, TRUE },
  { "/reset", reset, TRUE },
  { "/close", close_at_once, TRUE },
  { "/head-then-stall", head_then_stall, TRUE },
  { "/slow-head", slow_head, TRUE },
  { "/slow-body", slow_body, TRUE },
  { "/reset-in-body", reset_in_body, TRUE },
  { "/short-body", short_body, TRUE },
  { "/chunk-cut", chunk_cut, TRUE },
  { "/bad-chunk", bad_chunk, TRUE },
  { "/until-close", until_close, TRUE },
  { "/html", html, FALSE },
  { "/404", not_found, FALSE },
  { "/401", unauthorized, FALSE },
  { "/500", broken, FALSE },
  { "/503", later, FALSE },
  { "/204", no_content, FALSE },
  { "/302", moved, FALSE },
  { "/digest", digest, FALSE },
  { "/bomb", bomb, TRUE },
  { "/endless", endless, TRUE },
  { "/endless-continue", endless_continue, TRUE },
  { "/endless-header", endless_header, TRUE },
  { "/gzip-ok", gzip_ok, FALSE },
  { "/gzip-cut", gzip_cut, FALSE },
  { "/gzip-no-trailer", gzip_no_trailer, FALSE },
  { "/gzip-half-trailer", gzip_half_trailer, FALSE },
  { "/slow-bomb", slow_bomb, TRUE },
  { "/gzip-crc", gzip_crc, FALSE },
  { "/gzip-members", gzip_members, FALSE },
  { "/gzip-junk", gzip_junk, FALSE },
  { "/gzip-plain", gzip_plain, FALSE },
  { "/brotli", brotli, FALSE },
  { "/two-lengths", two_lengths, TRUE },
  { "/length-and-chunks", length_and_chunks, TRUE },
  { "/announce", announce, TRUE },
  { "/garbage", garbage, TRUE },
  { "/bad-text", bad_text, FALSE },
  { "/idle-race", idle_race, FALSE },
  { NULL },
};

void
sy_fault_script_prepare (void)
{
  get_bomb ();
  get_slow_bomb ();
}

void
sy_fault_script (SyFaultConnection *connection,
                 const char        *path,
                 guint              n_before)
{
  const SyFault *const lists[] = { faults, sy_fault_sse, sy_fault_web_socket };

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    for (const SyFault *fault = lists[i]; fault->path != NULL; fault++)
      if (strcmp (fault->path, path) == 0)
        {
          fault->play (connection, n_before);
          if (fault->closes)
            sy_fault_close (connection);
          return;
        }

  g_error ("no script for %s", path);
}
