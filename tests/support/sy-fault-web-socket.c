/* sy-fault-web-socket.c: WebSockets, good and bad, by path
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sy-fault-server.h"

#include <string.h>

#define GUID "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
#define METRICS "# TYPE http_requests_total counter\nhttp_requests_total{code=\"200\"} 12\n"
#define BLOCK_BYTES 65536

enum { CONTINUATION = 0, TEXT = 1, BINARY = 2, CLOSE = 8, PING = 9, PONG = 10, FINAL = 0x80 };

static gboolean
accept_with (SyFaultConnection *c,
             const char        *status,
             gboolean           good_key)
{
  g_autofree char *key = sy_fault_dup_header (c, "Sec-WebSocket-Key");
  g_autofree char *text = g_strconcat (key != NULL ? key : "", GUID, NULL);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 digest[20];
  gsize length = sizeof digest;
  g_autofree char *answer = NULL;
  g_autofree char *head = NULL;

  g_checksum_update (checksum, (const guchar *) text, good_key ? -1 : 5);
  g_checksum_get_digest (checksum, digest, &length);
  answer = g_base64_encode (digest, length);
  head = g_strdup_printf ("HTTP/1.1 %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n",
                          status, answer);
  return sy_fault_puts (c, head);
}

static gboolean
open_ (SyFaultConnection *c)
{
  return accept_with (c, "101 Switching Protocols", TRUE);
}

/* A frame by its first byte; lengths as short as they can be. */
static void
append_frame (GByteArray *out,
              guint       first,
              const char *data,
              gsize       length)
{
  guint8 head[10] = { (guint8) first, (guint8) length };
  guint n = 2;

  if (length > 125)
    {
      n = length <= G_MAXUINT16 ? 4 : 10;
      head[1] = n == 4 ? 126 : 127;
      for (guint i = 2; i < n; i++)
        head[i] = (guint8) (length >> (8 * (n - 1 - i)));
    }

  g_byte_array_append (out, head, n);
  g_byte_array_append (out, (const guint8 *) data, (guint) length);
}

static gboolean
send_frame (SyFaultConnection *c,
            guint              first,
            const char        *data,
            gsize              length)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();

  append_frame (out, first, data, length);
  return sy_fault_write (c, out->data, out->len);
}

static gboolean
send_metrics (SyFaultConnection *c)
{
  return send_frame (c, FINAL | TEXT, METRICS, strlen (METRICS));
}

static void
flood_of (SyFaultConnection *c,
          guint              first,
          const char        *data,
          gsize              length)
{
  g_autoptr (GByteArray) block = g_byte_array_new ();

  while (block->len < BLOCK_BYTES)
    append_frame (block, first, data, length);
  while (sy_fault_write (c, block->data, block->len))
    continue;
}

static void
ok (SyFaultConnection *c, guint n)
{
  if (open_ (c))
    while (send_metrics (c) && sy_fault_wait (c, 50))
      continue;
}

/* One message, then nothing more. */
static void
silent (SyFaultConnection *c, guint n)
{
  if (open_ (c) && send_metrics (c))
    sy_fault_wait (c, -1);
}

/* A message in three frames with a ping between them, a byte a packet. */
static void
fragments (SyFaultConnection *c, guint n)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();

  append_frame (out, TEXT, METRICS, 10);
  append_frame (out, FINAL | PING, "are you there", 13);
  append_frame (out, CONTINUATION, METRICS + 10, 0);
  append_frame (out, FINAL | CONTINUATION, METRICS + 10, strlen (METRICS) - 10);
  if (!open_ (c))
    return;
  for (guint i = 0; i < out->len; i++)
    if (!sy_fault_write (c, out->data + i, 1))
      return;
  sy_fault_wait (c, -1);
}

static void bad_key (SyFaultConnection *c, guint n) { accept_with (c, "101 Switching Protocols", FALSE); }
static void plain_200 (SyFaultConnection *c, guint n) { accept_with (c, "200 OK", TRUE); }
static void broken (SyFaultConnection *c, guint n) { sy_fault_puts (c, "HTTP/1.1 503 No\r\nRetry-After: 7\r\n\r\n"); }
static void unauthorized (SyFaultConnection *c, guint n) { sy_fault_puts (c, "HTTP/1.1 401 Unauthorized\r\n\r\n"); }
static void garbage (SyFaultConnection *c, guint n) { sy_fault_puts (c, "SSH-2.0-OpenSSH_9.2\r\n\r\n"); }

static void
moved (SyFaultConnection *c, guint n)
{
  sy_fault_puts (c, "HTTP/1.1 302 Found\r\nLocation: ws://127.0.0.2:1/\r\n\r\n");
}

static void
endless_head (SyFaultConnection *c, guint n)
{
  sy_fault_puts (c, "HTTP/1.1 101 Switching Protocols\r\n");
  while (sy_fault_puts (c, "X-Padding: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n"))
    continue;
}

static void
stalled_head (SyFaultConnection *c, guint n)
{
  if (sy_fault_puts (c, "HTTP/1.1 101 Swi"))
    sy_fault_wait (c, -1);
}

/* What is sent right after the metrics, and then nothing. */
static void
raw (SyFaultConnection *c,
     const char        *bytes,
     gsize              length)
{
  if (open_ (c) && send_metrics (c) && sy_fault_wait (c, 300) && sy_fault_write (c, bytes, length))
    sy_fault_wait (c, -1);
}

#define RAW(name, bytes) static void name (SyFaultConnection *c, guint n) { raw (c, bytes, sizeof bytes - 1); }

RAW (masked, "\x81\x81\x01\x02\x03\x04\x40")
RAW (reserved_bit, "\xc1\x01" "a")
RAW (reserved_opcode, "\x83\x01" "a")
RAW (long_control, "\x89\x7e\x00\x7e")
RAW (split_control, "\x09\x00")
RAW (long_length, "\x81\x7e\x00\x01" "a")
RAW (huge_length, "\x82\x7f\x80\x00\x00\x00\x00\x00\x00\x00")
RAW (large_frame, "\x82\x7f\x00\x00\x00\x01\x00\x00\x00\x00")
RAW (bad_text, "\x81\x02\xc3\x28")
RAW (split_text, "\x01\x01\xc3\x80\x01\x28")
RAW (interleaved, "\x01\x01" "a\x01\x01" "b")
RAW (continuation, "\x80\x01" "a")
RAW (close_1005, "\x88\x02\x03\xed")
RAW (close_999, "\x88\x02\x03\xe7")
RAW (close_65535, "\x88\x02\xff\xff")
RAW (half_close, "\x88\x01\x03")
RAW (close_empty, "\x88\x00")
RAW (close_1001, "\x88\x09\x03\xe9restart")
RAW (close_1008, "\x88\x08\x03\xf0policy")
RAW (close_4001, "\x88\x05\x0f\xa1" "key")
RAW (half_frame, "\x82\x7e\x01\x00" "a")
RAW (quiet, "")

static void
endless_fragments (SyFaultConnection *c, guint n)
{
  g_autofree char *data = g_malloc0 (60000);

  if (open_ (c) && send_frame (c, BINARY, data, 1))
    flood_of (c, CONTINUATION, data, 60000);
}

static void
flood (SyFaultConnection *c, guint n)
{
  if (open_ (c))
    flood_of (c, FINAL | TEXT, METRICS, strlen (METRICS));
}

static void
ping_flood (SyFaultConnection *c, guint n)
{
  if (open_ (c) && send_metrics (c))
    flood_of (c, FINAL | PING, "1234567", 7);
}

static void
dropped (SyFaultConnection *c, guint n)
{
  if (open_ (c) && send_metrics (c) && sy_fault_wait (c, 300))
    sy_fault_reset (c);
}

/* Says nothing more but answers, as RFC 6455 wants it. */
static void
answering (SyFaultConnection *c, guint n)
{
  char frame[64];

  if (open_ (c) && send_metrics (c))
    while (sy_fault_read (c, frame, sizeof frame) > 0)
      if ((guint8) frame[0] != (FINAL | PING) || !send_frame (c, FINAL | PONG, "", 0))
        return;
}

static void
talk (SyFaultConnection *c, guint n)
{
  static const char hello[] = "{\"type\":\"hello\",\"schema\":\"steelyard.stream/1\"}";

  if (!open_ (c) || !send_frame (c, FINAL | TEXT, hello, strlen (hello)))
    return;
  while (send_metrics (c) && sy_fault_wait (c, 50) && send_frame (c, FINAL | TEXT, "{\"type\":\"mark\"}", 15))
    continue;
}

const SyFault sy_fault_web_socket[] = {
  { "/ws/ok", ok, TRUE },
  { "/ws/fragments", fragments, TRUE },
  { "/ws/bad-key", bad_key, TRUE },
  { "/ws/200", plain_200, TRUE },
  { "/ws/302", moved, TRUE },
  { "/ws/503", broken, TRUE },
  { "/ws/401", unauthorized, TRUE },
  { "/ws/garbage", garbage, TRUE },
  { "/ws/endless-head", endless_head, TRUE },
  { "/ws/stalled-head", stalled_head, TRUE },
  { "/ws/masked", masked, TRUE },
  { "/ws/reserved-bit", reserved_bit, TRUE },
  { "/ws/reserved-opcode", reserved_opcode, TRUE },
  { "/ws/long-control", long_control, TRUE },
  { "/ws/split-control", split_control, TRUE },
  { "/ws/long-length", long_length, TRUE },
  { "/ws/huge-length", huge_length, TRUE },
  { "/ws/large-frame", large_frame, TRUE },
  { "/ws/bad-text", bad_text, TRUE },
  { "/ws/split-text", split_text, TRUE },
  { "/ws/interleaved", interleaved, TRUE },
  { "/ws/continuation", continuation, TRUE },
  { "/ws/close-1005", close_1005, TRUE },
  { "/ws/close-999", close_999, TRUE },
  { "/ws/close-65535", close_65535, TRUE },
  { "/ws/half-close", half_close, TRUE },
  { "/ws/close-empty", close_empty, TRUE },
  { "/ws/close-1001", close_1001, TRUE },
  { "/ws/close-1008", close_1008, TRUE },
  { "/ws/close-4001", close_4001, TRUE },
  { "/ws/half-frame", half_frame, TRUE },
  { "/ws/quiet", quiet, TRUE },
  { "/ws/silent", silent, TRUE },
  { "/ws/endless-fragments", endless_fragments, TRUE },
  { "/ws/flood", flood, TRUE },
  { "/ws/ping-flood", ping_flood, TRUE },
  { "/ws/dropped", dropped, TRUE },
  { "/ws/answering", answering, TRUE },
  { "/ws/talk", talk, TRUE },
  { NULL },
};
