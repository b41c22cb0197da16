/* sy-inspect-otlp.c: `inspect` of a backend that pushes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include "sy-inspect-otlp.h"

#include "sy-first-scrape.h"
#include "sy-otlp-address.h"
#include "sy-otlp-source.h"
#include "sy-text.h"

#define PATIENCE_US (70 * SY_USEC_PER_SEC)

typedef struct
{
  GMainLoop *loop;   /* owned */
  SyScrape  *scrape; /* owned, nullable */
  GError    *error;  /* owned, nullable */
} Wait;

static void
heard_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Wait *wait = user_data;

  wait->scrape = sy_first_scrape_finish (result, NULL, &wait->error);
  g_main_loop_quit (wait->loop);
}

static void
say_what_is_waited_for (const SyOtlpAddress *address)
{
  g_auto (GStrv) lines = sy_otlp_address_dup_lines (address);

  g_printerr ("to be heard at %s, the backend is started with\n", sy_url_get_origin (address->url));
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *safe = sy_tty_escape (lines[i], -1);

      g_printerr ("  %s\n", safe);
    }
}

/* (transfer full) (nullable) */
static SyScrape *
listen (const SyOtlpAddress  *address,
        GError              **error)
{
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (SySource) source = sy_otlp_source_new (address->url, address->service, address->instance, clock);
  Wait wait = { g_main_loop_new (NULL, FALSE), NULL, NULL };

  sy_otlp_source_set_patience (SY_OTLP_SOURCE (source), PATIENCE_US);
  sy_first_scrape_listen_async (source, PATIENCE_US + SY_USEC_PER_SEC, NULL, heard_cb, &wait);
  g_main_loop_run (wait.loop);
  g_main_loop_unref (wait.loop);

  if (wait.scrape == NULL)
    g_propagate_error (error, wait.error);
  return wait.scrape;
}

gboolean
sy_inspect_otlp_address (const char    *text,
                         SyInspection  *inspection,
                         GError       **error)
{
  g_autoptr (SyOtlpAddress) address = sy_otlp_address_parse (text, error);
  g_autoptr (SyScrape) scrape = NULL;

  if (address == NULL)
    return FALSE;

  g_free (inspection->source);
  inspection->source = g_strdup (sy_url_get_redacted (address->url));
  say_what_is_waited_for (address);

  scrape = listen (address, error);
  if (scrape == NULL)
    return FALSE;
  if (scrape->error != NULL)
    {
      g_propagate_error (error, g_error_copy (scrape->error));
      return FALSE;
    }

  inspection->content_type = g_strdup (scrape->content_type);
  inspection->pushed_bytes = scrape->body_bytes;
  inspection->exposition = sy_exposition_ref (scrape->exposition);
  return TRUE;
}
