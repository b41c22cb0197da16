/* test-fault-list.c: every kind of bad answer, and the backend beside it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row is a fault. Each is played to a source that polls, next to a healthy one:
 * the fault gets its name, in words without control characters; the healthy
 * source misses nothing; once the fault is over the source is live again; and at
 * the end no thread, no descriptor and no memory is missing.
 */
#include "config.h"

#include <string.h>
#include <sys/socket.h>
#include <zlib.h>

#include "sy-error.h"
#include "sy-http-source.h"
#include "sy-text.h"
#include "sy-witness.h"

#define N(literal) literal, sizeof literal - 1
#define INTERVAL_US (SY_USEC_PER_SEC / 10)
#define MAX_MESSAGE 512
#define MAX_GROWTH_KIB (64 * 1024)
#define OK "HTTP/1.1 200 OK\r\nConnection: close\r\n"
#define TEXT_TYPE "Content-Type: text/plain; version=0.0.4\r\n"
#define BODY "# TYPE a_total counter\na_total 1\n"
#define ANY -1 /* some error, or none: documented as either */

typedef enum
{
  RAW,   /* the whole answer */
  TEXT,  /* a body of this type */
  OPEN,  /* OpenMetrics */
  JSON,
} Wrap;

typedef struct
{
  const char *id;
  Wrap        wrap;
  int         code; /* 0: read */
  const char *bytes;
  gsize       length;
} Row;

static const Row rows[] = {
  { "H01-403", RAW, SY_ERROR_HTTP_STATUS, N ("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n") },
  { "H01-429", RAW, SY_ERROR_HTTP_STATUS, N ("HTTP/1.1 429 Too Many\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n") },
  { "H01-500-body", RAW, SY_ERROR_HTTP_STATUS, N ("HTTP/1.1 500 Oh\r\nConnection: close\r\n\r\n" BODY) },
  { "H07-negative", RAW, SY_ERROR_PROTOCOL, N (OK TEXT_TYPE "Content-Length: -5\r\n\r\n" BODY) },
  { "H07-20-digits", RAW, SY_ERROR_PROTOCOL, N (OK TEXT_TYPE "Content-Length: 99999999999999999999\r\n\r\n" BODY) },
  { "H07-two", RAW, SY_ERROR_PROTOCOL, N (OK TEXT_TYPE "Content-Length: 33\r\nContent-Length: 7\r\n\r\n" BODY) },
  { "H09-minus", RAW, ANY, N (OK TEXT_TYPE "Transfer-Encoding: chunked\r\n\r\n-1\r\na 1\n\r\n0\r\n\r\n") },
  { "H09-17-digits", RAW, ANY, N (OK TEXT_TYPE "Transfer-Encoding: chunked\r\n\r\n10000000000000000\r\na_tot") },
  { "H10-http09", RAW, SY_ERROR_PROTOCOL, N (BODY) },
  { "H10-icy", RAW, 0, N ("ICY 200 OK\r\n\r\n" BODY) }, /* libsoup reads Shoutcast */
  { "H10-garbage", RAW, SY_ERROR_PROTOCOL, N ("\026\003\001\002\377\000\377\r\n\r\n") },
  { "H10-nul-in-header", RAW, ANY, N (OK TEXT_TYPE "X-Nul: a\000b\r\n\r\n" BODY) },
  { "H10-latin1-header", RAW, ANY, N (OK TEXT_TYPE "X-Name: \344\366\374\r\n\r\n" BODY) },
  { "H18", RAW, SY_ERROR_FORMAT, N (OK "Content-Type: text/html\r\n\r\n<!DOCTYPE html><html><title>Sign in</title></html>") },
  { "H19", RAW, SY_ERROR_HTTP_STATUS, N ("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n") },
  { "H20", RAW, SY_ERROR_HTTP_STATUS, N ("HTTP/1.1 206 Partial\r\nConnection: close\r\nContent-Range: bytes 0-3/9\r\n\r\na 1\n") },
  { "H21", RAW, SY_ERROR_HTTP_STATUS, N ("HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n") },
  { "H22", RAW, SY_ERROR_EMPTY, N (OK TEXT_TYPE "Content-Length: 0\r\n\r\n") },
  { "E08", TEXT, ANY, N ("\037\213\010\000\000\000\000\000\000\003") },
  { "E12-br", RAW, SY_ERROR_UNSUPPORTED_ENCODING, N (OK TEXT_TYPE "Content-Encoding: br\r\n\r\n" BODY) },
  { "E12-zstd", RAW, SY_ERROR_UNSUPPORTED_ENCODING, N (OK TEXT_TYPE "Content-Encoding: zstd\r\n\r\n" BODY) },
  { "E13", RAW, SY_ERROR_UNSUPPORTED_ENCODING, N (OK TEXT_TYPE "Content-Encoding: deflate\r\n\r\n" BODY) },
  { "E11-twice", RAW, SY_ERROR_UNSUPPORTED_ENCODING, N (OK TEXT_TYPE "Content-Encoding: gzip, gzip\r\n\r\n" BODY) },

  { "P01-no-value", TEXT, SY_ERROR_PARSE, N ("a\n") },
  { "P01-open-brace", TEXT, SY_ERROR_PARSE, N ("a{b=\"c\" 1\n") },
  { "P01-open-quote", TEXT, SY_ERROR_PARSE, N ("a{b=\"c} 1\n") },
  { "P01-no-equals", TEXT, SY_ERROR_PARSE, N ("a{b} 1\n") },
  { "P01-junk-behind", TEXT, SY_ERROR_PARSE, N ("a 1 2 3\n") },
  { "P01-name", TEXT, SY_ERROR_FORMAT, N ("1a 1\n") },
  { "P02-nan", TEXT, 0, N ("a NaN\n") },
  { "P02-infinite", TEXT, 0, N ("a +Inf\nb -Inf\n") },
  { "P02-minus-zero", TEXT, 0, N ("a -0\n") },
  { "P02-denormal", TEXT, 0, N ("a 5e-324\n") },
  { "P02-hex", TEXT, SY_ERROR_PARSE, N ("a 0x10\n") },
  { "P02-underscore", TEXT, SY_ERROR_PARSE, N ("a 1_0\n") },
  { "P02-comma", TEXT, SY_ERROR_PARSE, N ("a 1,5\n") },
  { "P02-nan-payload", TEXT, SY_ERROR_PARSE, N ("a nan(1)\n") },
  { "P02-arabic", TEXT, SY_ERROR_PARSE, N ("a \331\241\331\242\n") },
  { "P04-invalid-utf8", TEXT, SY_ERROR_PARSE, N ("a{b=\"\377\"} 1\n") },
  { "P04-overlong", TEXT, SY_ERROR_PARSE, N ("a{b=\"\300\200\"} 1\n") },
  { "P04-surrogate", TEXT, SY_ERROR_PARSE, N ("a{b=\"\355\240\200\"} 1\n") },
  { "P04-nul", TEXT, ANY, N ("a{b=\"\000\"} 1\n") },
  { "P04-bom", TEXT, 0, N ("\357\273\277a 1\n") },
  { "P04-crlf", TEXT, 0, N ("a 1\r\nb 2\r\n") },
  { "P04-cr", TEXT, SY_ERROR_PARSE, N ("a 1\rb 2\r") },
  { "P05-duplicate-label", TEXT, ANY, N ("a{b=\"1\",b=\"2\"} 1\n") },
  { "P05-name-label", TEXT, ANY, N ("{__name__=\"a\"} 1\n") },
  { "P05-quoted-name", TEXT, 0, N ("{\"a.b\",c=\"d\"} 1\n") },
  { "P05-empty-value", TEXT, 0, N ("a{b=\"\"} 1\n") },
  { "P09", TEXT, 0, N ("a 1\na 2\n") },
  { "P10-future", TEXT, 0, N ("a 1 4102444800000\n") },
  { "P10-not-a-number", TEXT, SY_ERROR_PARSE, N ("a 1 NaN\n") },
  { "P10-huge", TEXT, SY_ERROR_PARSE, N ("a 1 1e300\n") },
  { "P13", OPEN, ANY, N ("a 1\n# TYPE a gauge\n# EOF\n") },
  { "P14", OPEN, SY_ERROR_TRUNCATED, N ("# TYPE a gauge\na 1\n") },
  { "P15", OPEN, SY_ERROR_PARSE, N ("# TYPE a gauge\na 1\n# EOF\nb 2\n") },

  { "J04", JSON, ANY, N ("{\"a\":1,\"a\":2}") },
  { "J05", JSON, SY_ERROR_PARSE, N ("{\"a\":1}{\"b\":2}") },
  { "J06-blank", JSON, ANY, N (" ") },
  { "J07", JSON, SY_ERROR_PARSE, N ("{\"a\":{\"b\":1") },
  { "J08-leading-zero", JSON, SY_ERROR_PARSE, N ("{\"a\":010}") },
  { "J08-bare-fraction", JSON, SY_ERROR_PARSE, N ("{\"a\":.5}") },
  { "J08-single-quotes", JSON, SY_ERROR_PARSE, N ("{'a':1}") },
  { "J08-comment", JSON, SY_ERROR_PARSE, N ("{/* */\"a\":1}") },
  { "J08-nan", JSON, SY_ERROR_PARSE, N ("{\"a\":NaN}") },
  { "J08-half-surrogate", JSON, SY_ERROR_PARSE, N ("{\"\\ud800\":1}") },
  { "J08-control", JSON, SY_ERROR_PARSE, N ("{\"a\001\":1}") },

  { "U01-escape", RAW, SY_ERROR_HTTP_STATUS, N ("HTTP/1.1 500 \033[2J\033]52;c;x\007\r\nConnection: close\r\n\r\n") },
  { "U01-html", RAW, SY_ERROR_FORMAT, N (OK "Content-Type: \033[31m<b>\302\2331\r\n\r\n<a href=x>\342\200\256%s%n\033[2J\302\233") },
  { "U01-label", TEXT, SY_ERROR_PARSE, N ("a{b=\"\033[2J\342\200\256\302\233\n") },
};

typedef struct
{
  SyClock   *clock;   /* (owned) */
  SyWitness *healthy; /* (owned) */
  SySource  *beside;  /* (owned): asks the healthy one */
} Bench;

static Bench bench;

static SySource *
start (SyWitness *server)
{
  g_autofree char *address = sy_witness_dup_url (server, "/metrics");
  g_autoptr (SyUrl) url = sy_url_parse (address, NULL);
  SySource *source = sy_http_source_new (url, bench.clock, INTERVAL_US);

  sy_source_start (source);
  return source;
}

static GBytes *
wrap (Wrap        how,
      const char *bytes,
      gsize       length)
{
  static const char *const types[] = {
    [TEXT] = "text/plain; version=0.0.4", [OPEN] = "application/openmetrics-text; version=1.0.0", [JSON] = "application/json",
  };
  GByteArray *answer = g_byte_array_new ();

  if (how != RAW)
    {
      g_autofree char *head = g_strdup_printf (OK "Content-Type: %s\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                                               types[how], length);

      g_byte_array_append (answer, (const guint8 *) head, (guint) strlen (head));
    }
  g_byte_array_append (answer, (const guint8 *) bytes, (guint) length);

  return g_byte_array_free_to_bytes (answer);
}

/* One line for a person, that says where. */
static void
assert_message (const GError *error,
                SySource     *source)
{
  g_autofree char *shown = sy_tty_escape (error->message, -1);

  g_assert_true (error->domain == SY_ERROR);
  g_assert_cmpstr (shown, ==, error->message);
  g_assert_cmpuint (strlen (error->message), <=, MAX_MESSAGE);
  if (!g_ascii_isdigit (*error->message))
    g_assert_nonnull (strstr (error->message, sy_url_get_redacted (sy_source_get_url (source))));
}

/* Plays @answer to a source until it has had its effect, then a good one. */
static void
play (GBytes *answer,
      int     code)
{
  g_autoptr (SyWitness) server = sy_witness_new (NULL);
  const guint64 before = sy_source_get_n_scrapes (bench.beside);
  SySource *source;

  sy_witness_set_bytes (server, answer);
  source = start (server);
  while (sy_source_get_n_scrapes (source) == 0 || sy_source_get_n_scrapes (bench.beside) < before + 2)
    g_main_context_iteration (NULL, TRUE);

  if (code == 0)
    g_assert_no_error (sy_source_get_error (source));
  else if (code != ANY)
    g_assert_error (sy_source_get_error (source), SY_ERROR, code);
  if (sy_source_get_error (source) != NULL)
    {
      assert_message (sy_source_get_error (source), source);
      g_assert_cmpuint (sy_source_get_n_samples (source), ==, 0);
    }

  sy_witness_set_answer (server, SY_WITNESS_GOOD);
  sy_source_retry_now (source);
  while (sy_source_get_state (source) != SY_SOURCE_LIVE)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpint (sy_source_get_state (bench.beside), ==, SY_SOURCE_LIVE);
  g_assert_cmpuint (sy_source_get_n_failures (bench.beside), ==, 0);
  g_assert_finalize_object (source);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GBytes) answer = wrap (row->wrap, row->bytes, row->length);

  play (answer, row->code);
}

/* --- What is too long for a table --- */

typedef struct
{
  const char *id;
  Wrap        wrap;
  int         code;
  const char *start;
  const char *piece; /* %u: its number */
  guint       n;
  const char *end;
} Long;

static const Long longs[] = {
  { "H04", RAW, SY_ERROR_PROTOCOL, "", "HTTP/1.1 103 Early Hints\r\nLink: </%u>\r\n\r\n", 1000, OK TEXT_TYPE "\r\n" BODY },
  { "H05", RAW, SY_ERROR_HEADERS_TOO_LARGE, OK TEXT_TYPE "X-Padding: ", "%032u", 2100, "\r\n\r\n" BODY },
  { "E11", RAW, ANY, OK TEXT_TYPE "Content-Encoding: gzip", ",gzip", 12000, "\r\n\r\n" BODY },
  { "P05-65-labels", TEXT, SY_ERROR_LABEL_LIMIT, "a{", "b%u=\"c\",", 65, "} 1\n" },
  { "P05-long-value", TEXT, SY_ERROR_LABEL_LIMIT, "a{b=\"", "%016u", 129, "\"} 1\n" },
  { "P02-300-digits", TEXT, 0, "a ", "1", 300, "\n" },
  { "P02-400-digits", TEXT, SY_ERROR_PARSE, "a ", "1", 400, "\n" }, /* beyond a double */
  { "P06-10k", TEXT, 0, "", "a{b=\"%u\"} 1\n", 10000, "" },
  { "P06-100k", TEXT, SY_ERROR_SAMPLE_LIMIT, "", "a{b=\"%u\"} 1\n", 100000, "" },
  { "P06-1M", TEXT, SY_ERROR_SAMPLE_LIMIT, "", "a 1\n", 1000000, "" },
  { "P07", TEXT, SY_ERROR_BODY_TOO_LARGE, "a{b=\"", "%032u", 1310720, "\"} 1\n" },
  { "P07-4-MiB", TEXT, SY_ERROR_LABEL_LIMIT, "a{b=\"", "%032u", 131072, "\"} 1\n" },
  { "J01-65", JSON, SY_ERROR_PARSE, "", "{\"a\":", 65, "1" },
  { "J01-100k", JSON, SY_ERROR_PARSE, "", "{\"a\":", 100000, "" },
  { "J01-array", JSON, SY_ERROR_FORMAT, "", "[", 100000, "" },
  { "J01-5M", JSON, SY_ERROR_PARSE, "{\"a\":", "[", 5000000, "" },
  { "J02", JSON, ANY, "[", "1,", 4000000, "1]" },
  { "J03", JSON, ANY, "{\"a\":0", ",\"k%u\":1", 100000, "}" },
  { "U01-zalgo", RAW, SY_ERROR_FORMAT, OK "Content-Type: text/html\r\n\r\n<html>a", "\314\201", 2000, "" },
  { "U01-lines", RAW, SY_ERROR_FORMAT, OK "Content-Type: text/html\r\n\r\n<html>", "line\n", 20000, "" },
  { "U01-1MB", RAW, SY_ERROR_FORMAT, OK "Content-Type: text/html\r\n\r\n<html>", "%016u", 65536, "" },
};

static void
test_long (gconstpointer data)
{
  const Long *one = data;
  g_autoptr (GString) bytes = g_string_new (one->start);
  g_autoptr (GBytes) answer = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-extra-args"
  for (guint i = 0; i < one->n; i++)
    g_string_append_printf (bytes, one->piece, i);
#pragma GCC diagnostic pop
  g_string_append (bytes, one->end);

  answer = wrap (one->wrap, bytes->str, bytes->len);
  play (answer, one->code);
}

/* J07: a snapshot cut at each of its bytes is never taken for a whole one. */
static void
test_cut_json (void)
{
  static const char snapshot[] =
    "{\"http_requests_total\":{\"type\":\"counter\",\"value\":12.5},\"list\":[1,-2e3,true,null,\"\\u00e9\"]}";
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);

  for (gsize length = 1; length < sizeof snapshot - 1; length++)
    {
      g_autoptr (GBytes) body = g_bytes_new (snapshot, length);
      g_autoptr (GError) error = NULL;

      g_assert_null (sy_exposition_parse (body, SY_FORMAT_JSON, &SY_HTTP_LIMITS_DEFAULT.exposition, table, &error));
      g_assert_error (error, SY_ERROR, SY_ERROR_PARSE);
    }
}

/* P12: another type under the same name is read, as the new one. */
static void
test_type_change (void)
{
  g_autoptr (SyWitness) server = sy_witness_new (NULL);
  g_autoptr (GBytes) first = wrap (TEXT, N ("# TYPE a counter\na 1\n"));
  g_autoptr (GBytes) second = wrap (TEXT, N ("# TYPE a gauge\na 1\n"));
  SySource *source;
  guint64 n;

  sy_witness_set_bytes (server, first);
  source = start (server);
  while (sy_source_get_n_scrapes (source) == 0)
    g_main_context_iteration (NULL, TRUE);

  sy_witness_set_bytes (server, second);
  n = sy_source_get_n_scrapes (source);
  while (sy_source_get_n_scrapes (source) < n + 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (sy_source_get_error (source));
  g_assert_finalize_object (source);
}

/* --- Faults of the network --- */

static guint16
bind_free_port (int *ret_fd)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GSocketAddress) address = NULL;

  g_assert_true (g_socket_bind (socket, any, FALSE, NULL));
  address = g_socket_get_local_address (socket, NULL);
  *ret_fd = dup (g_socket_get_fd (socket));
  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
}

static void
expect (const char *address,
        int         code)
{
  g_autoptr (SyUrl) url = sy_url_parse (address, NULL);
  SySource *source = sy_http_source_new (url, bench.clock, 20 * SY_USEC_PER_SEC);
  const guint64 before = sy_source_get_n_scrapes (bench.beside);

  sy_source_start (source);
  while (sy_source_get_error (source) == NULL || sy_source_get_n_scrapes (bench.beside) < before + 2)
    g_main_context_iteration (NULL, TRUE);

  g_assert_error (sy_source_get_error (source), SY_ERROR, code);
  assert_message (sy_source_get_error (source), source);
  g_assert_cmpuint (sy_source_get_n_failures (bench.beside), ==, 0);
  g_assert_finalize_object (source);
}

/* N01: a port that is bound, so that nobody else takes it, and not listened to. */
static void
test_refused (void)
{
  int fd;
  g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%u/metrics", bind_free_port (&fd));

  expect (address, SY_ERROR_CONNECT);
  close (fd);
}

/* N02: a queue of one that is full: the kernel drops what comes then. */
static void
test_black_hole (void)
{
  int fd;
  const guint16 port = bind_free_port (&fd);
  g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%u/metrics", port);
  g_autoptr (GSocketAddress) peer = g_inet_socket_address_new_from_string ("127.0.0.1", port);
  GSocket *fillers[4];

  g_assert_cmpint (listen (fd, 0), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (fillers); i++)
    {
      fillers[i] = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
      g_socket_set_blocking (fillers[i], FALSE);
      g_socket_connect (fillers[i], peer, NULL, NULL);
    }

  expect (address, SY_ERROR_CONNECT_TIMEOUT);
  for (guint i = 0; i < G_N_ELEMENTS (fillers); i++)
    g_object_unref (fillers[i]);
  close (fd);
}

/* N02 of who speaks plain http: the connection stands, no handshake comes. */
static void
test_no_handshake (void)
{
  int fd;
  g_autofree char *address = g_strdup_printf ("https://127.0.0.1:%u/metrics", bind_free_port (&fd));

  g_assert_cmpint (listen (fd, 16), ==, 0);
  expect (address, SY_ERROR_TLS);
  close (fd);
}

static void
test_unknown_host (void)
{
  expect ("http://steelyard.invalid/metrics", SY_ERROR_RESOLVE);
}

/* --- What is left behind --- */

static guint
count_entries (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static guint64
resident_kib (void)
{
  g_autofree char *status = NULL;
  const char *line;

  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  line = status != NULL ? strstr (status, "VmRSS:") : NULL;
  return line != NULL ? g_ascii_strtoull (line + strlen ("VmRSS:"), NULL, 10) : 0;
}

/* The same faults again and again cost nothing that stays. */
static void
test_nothing_left (void)
{
  guint n_threads = 0;
  guint n_descriptors = 0;
  guint64 memory = 0;

  for (guint round = 0; round < 4; round++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (rows); i += 7)
        test_row (&rows[i]);
      if (round == 0)
        {
          n_threads = count_entries ("/proc/self/task");
          n_descriptors = count_entries ("/proc/self/fd");
          memory = resident_kib ();
        }
    }

  /* threads of a pool come and go; a leak would have one for each row */
  g_assert_cmpuint (count_entries ("/proc/self/task"), <=, n_threads + 4);
  g_assert_cmpuint (count_entries ("/proc/self/fd"), <=, n_descriptors + 4);
#ifndef __SANITIZE_ADDRESS__
  g_assert_cmpuint (resident_kib (), <, memory + MAX_GROWTH_KIB);
#endif
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);

  /* libsoup warns of a negative length before we can refuse it. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK);

  bench.clock = sy_clock_new ();
  bench.healthy = sy_witness_new (NULL);
  bench.beside = start (bench.healthy);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/fault-list/", rows[i].id, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (longs); i++)
    {
      g_autofree char *path = g_strconcat ("/fault-list/", longs[i].id, NULL);

      g_test_add_data_func (path, &longs[i], test_long);
    }
  g_test_add_func ("/fault-list/J07-every-byte", test_cut_json);
  g_test_add_func ("/fault-list/P12", test_type_change);
  g_test_add_func ("/fault-list/N01", test_refused);
  g_test_add_func ("/fault-list/N02", test_black_hole);
  g_test_add_func ("/fault-list/N02-tls", test_no_handshake);
  g_test_add_func ("/fault-list/N03", test_unknown_host);
  g_test_add_func ("/fault-list/nothing-left", test_nothing_left);

  status = g_test_run ();
  g_assert_finalize_object (bench.beside);
  sy_witness_free (bench.healthy);
  g_object_unref (bench.clock);
  return status;
}
