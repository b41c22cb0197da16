/* otlp-fixture.c: what the tests of pushes share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "otlp-fixture.h"

#include <math.h>
#include <string.h>

#include "wire-fixture.h"

#define SECOND G_GINT64_CONSTANT (1000000000)

void
otlp_set_up (OtlpFixture   *self,
             gconstpointer  data)
{
  self->fold = sy_otlp_fold_new (data, NULL, NULL);
  self->table = sy_series_table_new (0);
}

void
otlp_tear_down (OtlpFixture   *self,
                gconstpointer  data)
{
  sy_otlp_fold_free (self->fold);
  sy_series_table_unref (self->table);
}

SyOtlpRequest *
otlp_make (const char *service,
           const char *instance,
           double      start,
           double      at,
           const char *list)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *start_ns = g_strdup_printf ("\"startTimeUnixNano\":\"%" G_GINT64_FORMAT "\"", (gint64) (start * (double) SECOND));
  g_autofree char *time_ns = g_strdup_printf ("\"timeUnixNano\":\"%" G_GINT64_FORMAT "\"", (gint64) (at * (double) SECOND));
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  SyOtlpRequest *request;

  g_string_append_printf (text, "{\"resourceMetrics\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"%s\"}},"
                          "{\"key\":\"service.instance.id\",\"value\":{\"stringValue\":\"%s\"}}]},\"scopeMetrics\":[{\"metrics\":[%s]}]}]}",
                          service, instance, list);
  g_string_replace (text, "START", start_ns, 0);
  g_string_replace (text, "TIME", time_ns, 0);
  body = wire_bytes (text->str);
  request = sy_otlp_request_parse (body, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sy_otlp_request_get_n_rejected (request, NULL), ==, 0);
  return request;
}

gboolean
otlp_take (OtlpFixture   *self,
           SyOtlpRequest *request,
           double         at)
{
  const SyOtlpMoment moment = { (gint64) (at * 1e6), (gint64) (at * 1e6) };
  const gboolean is_any = sy_otlp_fold_take (self->fold, request, &moment);

  sy_otlp_request_unref (request);
  return is_any;
}

void
otlp_push (OtlpFixture *self,
           const char  *instance,
           double       start,
           double       at,
           int          value)
{
  g_autofree char *list =
    g_strdup_printf ("{\"name\":\"n\",\"sum\":{\"aggregationTemporality\":2,\"isMonotonic\":true,\"dataPoints\":[{START,TIME,\"asInt\":%d}]}}", value);

  g_assert_true (otlp_take (self, otlp_make ("shop", instance, start, at, list), at));
}

SyExposition *
otlp_render (OtlpFixture *self,
             double       at)
{
  const SyOtlpMoment moment = { (gint64) (at * 1e6), (gint64) (at * 1e6) };
  g_autoptr (GError) error = NULL;
  SyExposition *exposition = sy_otlp_fold_render (self->fold, self->table, &moment, &error);

  g_assert_no_error (error);
  return exposition;
}

double
otlp_sum (const SyExposition *exposition,
          const char         *name)
{
  guint n;
  const SySample *samples = sy_exposition_get_samples (exposition, &n);
  double total = (double) NAN;

  for (guint i = 0; i < n; i++)
    if (strcmp (samples[i].series->name, name) == 0)
      total = isnan (total) ? samples[i].value : total + samples[i].value;

  return total;
}

double
otlp_read_one (OtlpFixture *self,
               double       at,
               const char  *name)
{
  g_autoptr (SyExposition) exposition = otlp_render (self, at);

  return otlp_sum (exposition, name);
}
