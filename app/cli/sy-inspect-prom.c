/* sy-inspect-prom.c: `inspect` of what a Prometheus server knows
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include "sy-inspect-prom.h"

#include "sy-error.h"
#include "sy-prom-address.h"
#include "sy-prom-exposition.h"
#include "sy-prometheus-source.h"

typedef struct
{
  GMainLoop    *loop;   /* owned */
  SyPromAnswer *answer; /* owned, nullable */
  GError       *error;  /* owned, nullable */
} Wait;

static void
asked_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Wait *wait = user_data;

  wait->answer = sy_prometheus_ask_finish (result, &wait->error);
  g_main_loop_quit (wait->loop);
}

static SyPromAnswer *
ask (const SyPromAddress  *address,
     SyAccessBook         *book,
     const char           *path,
     const char           *form,
     GError              **error)
{
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  const SyHttpQuestion question = { address->server, clock, NULL, sy_access_book_find (book, address->server) };
  Wait wait = { loop, NULL, NULL };

  sy_prometheus_ask_async (&question, path, form, address->tenant, NULL, asked_cb, &wait);
  g_main_loop_run (loop);

  if (wait.answer == NULL)
    g_propagate_error (error, wait.error);
  return wait.answer;
}

/* What both answers warn of. @metadata may be NULL. (transfer full) */
static GStrv
dup_warnings (const SyPromAnswer *series,
              const SyPromAnswer *metadata)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_strv_builder_addv (builder, (const char **) sy_prom_answer_get_warnings (series));
  if (metadata != NULL)
    g_strv_builder_addv (builder, (const char **) sy_prom_answer_get_warnings (metadata));

  return g_strv_builder_end (builder);
}

gboolean
sy_inspect_prom_address (const char    *text,
                         SyAccessBook  *book,
                         SyInspection  *inspection,
                         GError       **error)
{
  g_autoptr (SyPromAddress) address = sy_prom_address_parse (text, error);
  g_autoptr (SyPromAnswer) series = NULL;
  g_autoptr (SyPromAnswer) metadata = NULL;
  g_autofree char *selector = NULL;
  g_autofree char *encoded = NULL;
  g_autofree char *form = NULL;

  if (address == NULL)
    return FALSE;

  g_free (inspection->source);
  inspection->source = g_strdup (sy_url_get_redacted (address->url));

  selector = g_strdup_printf ("{%s}", address->matchers);
  encoded = g_uri_escape_string (selector, NULL, FALSE);
  form = g_strconcat ("query=", encoded, NULL);
  series = ask (address, book, "query", form, error);
  if (series == NULL)
    return FALSE;

  /* Not every store has metadata: types are then told by names. */
  metadata = ask (address, book, "metadata", "", NULL);
  inspection->warnings = dup_warnings (series, metadata);
  inspection->exposition = sy_prom_exposition_new (series, metadata, error);
  return inspection->exposition != NULL;
}

gboolean
sy_inspect_prom_body (SyInspection  *inspection,
                      GError       **error)
{
  g_autoptr (SyPromAnswer) answer = sy_prom_answer_parse (inspection->body, error);

  if (answer == NULL)
    return FALSE;

  if (sy_prom_answer_get_kind (answer) != SY_PROM_VECTOR)
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_FORMAT,
                           "an answer of the Prometheus API, but not one to an instant query: it has no series of now");
      return FALSE;
    }

  inspection->warnings = dup_warnings (answer, NULL);
  inspection->exposition = sy_prom_exposition_new (answer, NULL, error);
  return inspection->exposition != NULL;
}
