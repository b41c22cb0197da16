/* sy-probe.c: what an address says before it is added
 *
 * Asks the address that was typed, then the usual places of the same server in
 * the order of how common they are. It stops at the first metrics, at the
 * deadline, and where no other path can do better: the server cannot be reached
 * or is not trusted. A Prometheus server's own metrics are metrics too; that it
 * speaks the API is found out then and told. A stream is listened to until its
 * first message; a WebSocket's address has no usual places beside it. Who pushes
 * is not asked at all, but waited for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-probe.h"

#include <string.h>

#include "sy-error.h"
#include "sy-first-scrape.h"
#include "sy-json.h"
#include "sy-otlp-address.h"
#include "sy-otlp-source.h"
#include "sy-target-url.h"

#define DEADLINE_US (10 * SY_USEC_PER_SEC)
#define TRY_DEADLINE_US (4 * SY_USEC_PER_SEC)

#define PUSH_PATIENCE_US (70 * SY_USEC_PER_SEC)

#define API_PATH "/api/v1/status/buildinfo"

/* Where metrics usually are: Prometheus' convention, its API, a mounted WSGI or
 * ASGI application, Spring Boot, swagger-stats, Envoy, Quarkus, CockroachDB. */
static const char * const usual_paths[] = {
  "/metrics", API_PATH, "/metrics/", "/actuator/prometheus", "/swagger-stats/metrics", "/stats/prometheus", "/q/metrics",
  "/_status/vars",
};

typedef struct
{
  SyProbe *probe;       /* owned, nullable: given away */
  SyUrl   *typed;       /* owned */
  SyUrl   *asked;       /* owned, nullable: the one that is being asked */
  guint    next;        /* index into the usual paths */
  gint64   deadline_us; /* monotonic */
} Search;

static void ask (GTask *task, SyUrl *url);

static void
search_free (gpointer data)
{
  Search *self = data;

  g_clear_pointer (&self->probe, sy_probe_free);
  g_clear_pointer (&self->asked, sy_url_unref);
  sy_url_unref (self->typed);
  g_free (self);
}

static void
try_free (gpointer data)
{
  SyProbeTry *self = data;

  g_free (self->redacted);
  g_clear_error (&self->error);
  g_free (self);
}

static Search *
search_new (SyUrl   *url,
            SyClock *clock)
{
  Search *self = g_new0 (Search, 1);
  SyProbe *probe = g_new0 (SyProbe, 1);

  probe->address = g_strdup (sy_url_get_string (url));
  probe->redacted = g_strdup (sy_url_get_redacted (url));
  probe->is_plain_remote = !sy_url_is_https (url) && !sy_url_is_loopback (url);
  probe->tries = g_ptr_array_new_with_free_func (try_free);
  self->probe = probe;
  self->typed = sy_url_ref (url);
  self->deadline_us = sy_clock_get_monotonic (clock) + DEADLINE_US;

  return self;
}

/* {"status":"success",…}: every answer of the API looks like that. */
static gboolean
is_api_answer (GBytes *body)
{
  gsize length;
  const char *text = body != NULL ? g_bytes_get_data (body, &length) : NULL;

  return text != NULL && sy_json_check (text, length, NULL, NULL)
         && g_strstr_len (text, (gssize) length, "\"status\"") != NULL
         && g_strstr_len (text, (gssize) length, "\"success\"") != NULL;
}

static gboolean
is_api_url (SyUrl *url)
{
  return strcmp (sy_url_get_path (url), API_PATH) == 0;
}

/* Whether another path of the same server might answer. */
static gboolean
is_of_this_path (const GError *error)
{
  switch (error->code)
    {
    case SY_ERROR_INVALID:
    case SY_ERROR_CANCELLED:
    case SY_ERROR_RESOLVE:
    case SY_ERROR_CONNECT:
    case SY_ERROR_CONNECT_TIMEOUT:
    case SY_ERROR_TLS:
    case SY_ERROR_TLS_PIN:
    case SY_ERROR_CREDENTIAL:
      return FALSE;

    default:
      return TRUE;
    }
}

static void
add_try (Search         *self,
         const SyScrape *scrape,
         gboolean        is_fine)
{
  SyProbeTry *try = g_new0 (SyProbeTry, 1);

  try->redacted = g_strdup (sy_url_get_redacted (self->asked));
  try->duration_us = scrape->duration_us;
  if (scrape->error != NULL && !is_fine)
    try->error = g_error_copy (scrape->error);
  g_ptr_array_add (self->probe->tries, try);
}

static void
describe (Search         *self,
          const SyScrape *scrape,
          SyRecogniser   *recogniser)
{
  SyProbe *probe = self->probe;
  const SyExposition *exposition = scrape->exposition;

  g_free (probe->address);
  g_free (probe->redacted);
  probe->address = g_strdup (sy_url_get_string (self->asked));
  probe->redacted = g_strdup (sy_url_get_redacted (self->asked));
  probe->duration_us = scrape->duration_us;
  probe->format = g_strdup (sy_format_nick (sy_exposition_get_format (exposition)));
  probe->mapping = sy_recogniser_match (recogniser, exposition);
  probe->served_by = g_strdup (scrape->served_by);
  sy_exposition_get_families (exposition, &probe->n_families);
  sy_exposition_get_samples (exposition, &probe->n_samples);
  g_clear_error (&probe->error);
}

static void
finish (GTask *task)
{
  Search *self = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&self->probe), (GDestroyNotify) sy_probe_free);
  g_object_unref (task);
}

/* The next of the usual places that has not been asked. */
static void
ask_next (GTask *task)
{
  Search *self = g_task_get_task_data (task);
  SySession *session = g_task_get_source_object (task);

  if (sy_clock_get_monotonic (sy_session_get_clock (session)) >= self->deadline_us)
    {
      finish (task);
      return;
    }

  while (self->next < G_N_ELEMENTS (usual_paths))
    {
      g_autoptr (SyUrl) url = sy_url_with_path (self->typed, usual_paths[self->next++]);

      if (strcmp (sy_url_get_string (url), sy_url_get_string (self->typed)) == 0
          || (self->probe->is_prometheus_api && is_api_url (url)))
        continue;

      ask (task, url);
      return;
    }

  finish (task);
}

/* A Prometheus server's own metrics do not say that it speaks the API. */
static void
ask_for_api (GTask *task)
{
  Search *self = g_task_get_task_data (task);
  g_autoptr (SyUrl) url = sy_url_with_path (self->typed, API_PATH);

  ask (task, url);
}

/* Once more, with the keyring's credential if it has one: if not, the same
 * answer as before is told. */
static void
recalled_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  Search *self = g_task_get_task_data (task);
  g_autoptr (SyUrl) url = sy_url_ref (self->asked);

  sy_access_book_recall_finish (SY_ACCESS_BOOK (object), result, NULL);
  ask (task, url);
}

/* Whether a credential may help that is not known yet: then it is looked for. */
static gboolean
recall (GTask          *task,
        const SyScrape *scrape)
{
  Search *self = g_task_get_task_data (task);
  SyAccessBook *book = sy_session_get_access_book (g_task_get_source_object (task));

  if ((scrape->http_status != 401 && scrape->http_status != 403) || !sy_access_book_should_recall (book, self->asked))
    return FALSE;

  sy_access_book_recall_async (book, self->asked, g_task_get_cancellable (task), recalled_cb, task);
  return TRUE;
}

static void
fetch_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask *task = user_data;
  Search *self = g_task_get_task_data (task);
  SySession *session = g_task_get_source_object (task);
  SyProbe *probe = self->probe;
  GError *error = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (SyScrape) scrape = sy_first_scrape_finish (result, &body, &error);
  gboolean is_api;

  if (scrape == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  if (recall (task, scrape))
    return;

  is_api = is_api_url (self->asked) && is_api_answer (body);
  probe->is_prometheus_api = probe->is_prometheus_api || is_api;
  add_try (self, scrape, is_api);

  if (probe->mapping != NULL)
    {
      finish (task);
    }
  else if (scrape->error == NULL)
    {
      describe (self, scrape, sy_session_get_recogniser (session));
      if (g_strcmp0 (sy_mapping_get_exporter (probe->mapping), "prometheus") == 0 && !probe->is_prometheus_api)
        ask_for_api (task);
      else
        finish (task);
    }
  else
    {
      if (probe->error == NULL)
        probe->error = g_error_copy (scrape->error);
      if (is_of_this_path (scrape->error) && !sy_url_is_web_socket (self->typed))
        ask_next (task);
      else
        finish (task);
    }
}

static void
ask (GTask *task,
     SyUrl *url)
{
  Search *self = g_task_get_task_data (task);
  SySession *session = g_task_get_source_object (task);
  SyClock *clock = sy_session_get_clock (session);
  SyHttpLimits limits = SY_HTTP_LIMITS_DEFAULT;
  const SyHttpQuestion question = { url, clock, &limits, sy_access_book_find (sy_session_get_access_book (session), url) };

  limits.deadline_us = CLAMP (self->deadline_us - sy_clock_get_monotonic (clock), 1, TRY_DEADLINE_US);
  g_clear_pointer (&self->asked, sy_url_unref);
  self->asked = sy_url_ref (url);
  sy_first_scrape_async (&question, g_task_get_cancellable (task), fetch_cb, task);
}

static void
pushed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  Search *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (SyScrape) scrape = sy_first_scrape_finish (result, NULL, &error);

  if (scrape == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  add_try (self, scrape, FALSE);
  if (scrape->error != NULL)
    self->probe->error = g_error_copy (scrape->error);
  else
    describe (self, scrape, sy_session_get_recogniser (g_task_get_source_object (task)));
  finish (task);
}

/* Waits for the first push. */
static void
listen (GTask               *task,
        const SyOtlpAddress *address)
{
  SySession *session = g_task_get_source_object (task);
  SyClock *clock = sy_session_get_clock (session);
  Search *self = search_new (address->url, clock);
  g_autoptr (SySource) source = sy_otlp_source_new (address->url, address->service, address->instance, clock);

  self->probe->lines = sy_otlp_address_dup_lines (address);
  self->asked = sy_url_ref (address->url);
  g_task_set_task_data (task, self, search_free);
  sy_otlp_source_set_patience (SY_OTLP_SOURCE (source), PUSH_PATIENCE_US);
  sy_first_scrape_listen_async (source, PUSH_PATIENCE_US + SY_USEC_PER_SEC, g_task_get_cancellable (task), pushed_cb, task);
}

void
sy_probe_free (SyProbe *self)
{
  g_free (self->address);
  g_free (self->redacted);
  g_free (self->format);
  g_clear_pointer (&self->mapping, sy_mapping_unref);
  g_free (self->served_by);
  g_strfreev (self->lines);
  g_ptr_array_unref (self->tries);
  g_clear_error (&self->error);
  g_free (self);
}

void
sy_session_probe_async (SySession           *self,
                        const char          *address,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (SyUrl) url = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, sy_session_probe_async);

  if (sy_otlp_address_is (address))
    {
      g_autoptr (SyOtlpAddress) pushed = sy_otlp_address_parse (address, &error);

      if (pushed != NULL)
        listen (task, pushed);
      else
        {
          g_task_return_error (task, error);
          g_object_unref (task);
        }
      return;
    }

  url = sy_target_url_parse (address, &error);
  if (url == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  g_task_set_task_data (task, search_new (url, sy_session_get_clock (self)), search_free);
  ask (task, url);
}

SyProbe *
sy_session_probe_finish (SySession     *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
