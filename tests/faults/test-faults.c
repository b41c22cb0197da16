/* test-faults.c: each fault has its own name, and none costs more than its deadline
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "sy-error.h"
#include "sy-fault-server.h"
#include "sy-http-source.h"

#define DEADLINE_US (SY_USEC_PER_SEC)
#define MAX_GROWTH_KIB (96 * 1024)

typedef struct
{
  const char *path;
  int         code; /* 0: a good answer */
} Case;

static const Case cases[] = {
  { "/ok", 0 },
  { "/gzip-ok", 0 },
  { "/gzip-members", 0 },
  { "/stall", SY_ERROR_DEADLINE },
  { "/head-then-stall", SY_ERROR_DEADLINE },
  { "/slow-head", SY_ERROR_DEADLINE },
  { "/slow-body", SY_ERROR_DEADLINE },
  { "/reset", SY_ERROR_RESET },
  { "/close", SY_ERROR_TRUNCATED },
  { "/reset-in-body", SY_ERROR_RESET },
  { "/short-body", SY_ERROR_TRUNCATED },
  { "/chunk-cut", SY_ERROR_TRUNCATED },
  { "/bad-chunk", SY_ERROR_EMPTY }, /* libsoup hides the cause, but not that nothing came */
  { "/until-close", SY_ERROR_TRUNCATED },
  { "/html", SY_ERROR_FORMAT },
  { "/404", SY_ERROR_HTTP_STATUS },
  { "/401", SY_ERROR_HTTP_STATUS },
  { "/500", SY_ERROR_HTTP_STATUS },
  { "/503", SY_ERROR_HTTP_STATUS },
  { "/204", SY_ERROR_HTTP_STATUS },
  { "/302", 0 }, /* to the same origin */
  { "/digest", SY_ERROR_HTTP_STATUS },
  { "/bomb", SY_ERROR_BODY_TOO_LARGE },
  { "/slow-bomb", SY_ERROR_BODY_TOO_LARGE }, /* E10 */
  { "/endless", SY_ERROR_BODY_TOO_LARGE },
  { "/announce", SY_ERROR_BODY_TOO_LARGE },
  { "/endless-continue", SY_ERROR_PROTOCOL },
  { "/endless-header", SY_ERROR_HEADERS_TOO_LARGE },
  { "/gzip-cut", SY_ERROR_DECODE },
  { "/gzip-no-trailer", SY_ERROR_DECODE },   /* E04: all of the text is there */
  { "/gzip-half-trailer", SY_ERROR_DECODE },
  { "/gzip-crc", SY_ERROR_DECODE },
  { "/gzip-junk", SY_ERROR_DECODE },
  { "/gzip-plain", SY_ERROR_DECODE },
  { "/brotli", SY_ERROR_UNSUPPORTED_ENCODING },
  { "/two-lengths", SY_ERROR_PROTOCOL },
  { "/length-and-chunks", SY_ERROR_PROTOCOL },
  { "/empty", SY_ERROR_EMPTY },
  { "/garbage", SY_ERROR_PROTOCOL },
  { "/bad-text", SY_ERROR_PARSE },
};

static SyFaultServer *server;
static SyClock *clock_;

static void
keep_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static SyScrape *
fetch (const char *path)
{
  g_autofree char *address = sy_fault_server_dup_url (server, path);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyUrl) url = sy_url_parse (address, &error);
  g_autoptr (GAsyncResult) result = NULL;
  SyHttpLimits limits = SY_HTTP_LIMITS_DEFAULT;
  SyScrape *scrape;

  g_assert_no_error (error);
  limits.deadline_us = DEADLINE_US;
  sy_http_fetch_async (url, clock_, &limits, NULL, keep_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  scrape = sy_http_fetch_finish (result, NULL, &error);
  g_assert_no_error (error);
  return scrape;
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (SyScrape) scrape = fetch (one->path);

  if (one->code == 0)
    {
      guint n_samples;

      g_assert_no_error (scrape->error);
      sy_exposition_get_samples (scrape->exposition, &n_samples);
      g_assert_cmpuint (n_samples, >=, 1);
      return;
    }

  g_assert_error (scrape->error, SY_ERROR, one->code);
  g_assert_null (scrape->exposition);
  /* It says where: at which address, or at which line of what came from it. */
  if (g_ascii_isdigit (*scrape->error->message))
    g_assert_true (g_regex_match_simple ("^[0-9]+:[0-9]+: ", scrape->error->message, 0, 0));
  else
    g_assert_nonnull (strstr (scrape->error->message, "http://127.0.0.1:"));
}

static guint64
peak_kib (void)
{
  g_autofree char *status = NULL;
  const char *line;

  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  line = status != NULL ? strstr (status, "VmHWM:") : NULL;
  return line != NULL ? g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10) : 0;
}

/* 300 MiB of zeros in 300 KiB, 60 MiB that nothing but their size gives away, and
 * a body without end, cost little memory. */
static void
test_memory (void)
{
#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("the sanitizer keeps what was freed");
#else
  const guint64 before = peak_kib ();

  sy_scrape_unref (fetch ("/bomb"));
  sy_scrape_unref (fetch ("/slow-bomb"));
  sy_scrape_unref (fetch ("/endless"));
  g_assert_cmpuint (peak_kib () - before, <, MAX_GROWTH_KIB);
#endif
}

static void
test_cancel (void)
{
  g_autofree char *address = sy_fault_server_dup_url (server, "/stall");
  g_autoptr (SyUrl) url = sy_url_parse (address, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  const guint before = sy_fault_server_get_n (server, "/stall");

  sy_http_fetch_async (url, clock_, NULL, cancellable, keep_cb, &result);
  while (sy_fault_server_get_n (server, "/stall") == before)
    g_main_context_iteration (NULL, FALSE);
  g_cancellable_cancel (cancellable);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  g_assert_null (sy_http_fetch_finish (result, NULL, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_CANCELLED);
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  server = sy_fault_server_new ();
  clock_ = sy_clock_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("/faults%s", cases[i].path);

      g_test_add_data_func (name, &cases[i], test_case);
    }
  g_test_add_func ("/faults/memory", test_memory);
  g_test_add_func ("/faults/cancel", test_cancel);

  status = g_test_run ();
  g_object_unref (clock_);
  sy_fault_server_free (server);
  return status;
}
