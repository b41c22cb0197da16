/* sy-still-source.c: a source that says what a test tells it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sy-still-source.h"

#include <string.h>

#include "sy-error.h"
#include "sy-source-private.h"

struct _SyStillSource
{
  SySource parent_instance;

  SySeriesTable *table;     /* owned */
  char          *served_by; /* owned, nullable */
  guint          n_retries;
  gint64         last_success_us;
  guint64        n_scrapes;
  guint64        n_failures;
};

G_DEFINE_FINAL_TYPE (SyStillSource, sy_still_source, SY_TYPE_SOURCE)

static void
deliver (SyStillSource *self,
         SyScrape      *scrape)
{
  SySource *source = SY_SOURCE (self);
  SyScrapeSink *sink = sy_source_get_sink (source);
  SyClock *clock = sy_source_get_clock (source);

  scrape->monotonic_us = sy_clock_get_monotonic (clock);
  scrape->answered_us = scrape->monotonic_us;
  scrape->wall_us = sy_clock_get_wall (clock);
  sy_scrape_sink_deliver (sink, sy_scrape_sink_claim (sink), scrape);
}

static void
sy_still_source_start (SySource *source)
{
  const SySourceStatus status = { .state = SY_SOURCE_CONNECTING };

  sy_source_set_status (source, &status);
}

static void
sy_still_source_stop (SySource *source)
{
  const SySourceStatus status = { .state = SY_SOURCE_STOPPED };

  sy_source_set_status (source, &status);
}

static void
sy_still_source_retry_now (SySource *source)
{
  SY_STILL_SOURCE (source)->n_retries++;
}

static void
sy_still_source_finalize (GObject *object)
{
  g_clear_pointer (&SY_STILL_SOURCE (object)->table, sy_series_table_unref);
  g_free (SY_STILL_SOURCE (object)->served_by);

  G_OBJECT_CLASS (sy_still_source_parent_class)->finalize (object);
}

static void
sy_still_source_class_init (SyStillSourceClass *klass)
{
  SySourceClass *source_class = SY_SOURCE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sy_still_source_finalize;
  source_class->start = sy_still_source_start;
  source_class->stop = sy_still_source_stop;
  source_class->retry_now = sy_still_source_retry_now;
}

static void
sy_still_source_init (SyStillSource *self)
{
  self->table = sy_series_table_new (0);
}

SySource *
sy_still_source_new (const char *address,
                     SyClock    *clock)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyUrl) url = sy_url_parse (address, &error);

  g_assert_no_error (error);

  return g_object_new (SY_TYPE_STILL_SOURCE, "url", url, "clock", clock, NULL);
}

void
sy_still_source_set_served_by (SyStillSource *self,
                               const char    *served_by)
{
  g_free (self->served_by);
  self->served_by = g_strdup (served_by);
}

void
sy_still_source_say (SyStillSource *self,
                     const char    *text)
{
  sy_still_source_warn (self, text, NULL);
}

void
sy_still_source_warn (SyStillSource *self,
                      const char    *text,
                      const char    *warning)
{
  g_autoptr (SyScrape) scrape = sy_scrape_new ();
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  SySourceStatus status = { .state = SY_SOURCE_LIVE, .warning = (char *) warning };
  GError *error = NULL;

  scrape->exposition = sy_exposition_parse (body, SY_FORMAT_PROMETHEUS, &SY_EXPOSITION_LIMITS_DEFAULT,
                                            self->table, &error);
  g_assert_no_error (error);
  scrape->served_by = g_strdup (self->served_by);
  deliver (self, scrape);

  self->last_success_us = scrape->monotonic_us;
  status.last_success_us = self->last_success_us;
  status.n_scrapes = ++self->n_scrapes;
  status.n_failures = self->n_failures;
  sy_source_set_status (SY_SOURCE (self), &status);
}

void
sy_still_source_fail (SyStillSource *self,
                      int            code,
                      const char    *message,
                      gint64         next_try_us)
{
  g_autoptr (SyScrape) scrape = sy_scrape_new ();
  g_autoptr (GError) error = g_error_new_literal (SY_ERROR, code, message);
  const SySourceStatus status = {
    .state = SY_SOURCE_RETRYING,
    .error = error,
    .failing_since_us = sy_clock_get_wall (sy_source_get_clock (SY_SOURCE (self))),
    .next_try_us = next_try_us,
    .last_success_us = self->last_success_us,
    .n_scrapes = ++self->n_scrapes,
    .n_failures = ++self->n_failures,
  };

  scrape->error = g_error_copy (error);
  deliver (self, scrape);
  sy_source_set_status (SY_SOURCE (self), &status);
}

guint
sy_still_source_n_retries (SyStillSource *self)
{
  return self->n_retries;
}
