/* sy-task.c: what one request asks a server to do
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-reference"

#include "config.h"

#include "sy-task.h"

#include <math.h>
#include <string.h>

#include "sy-error.h"
#include "sy-parameters.h"
#include "sy-work.h"

static guint64
get_steps (const SyParameters *parameters,
           double              steps_per_ms,
           double              default_units)
{
  double milliseconds = parameters->values[SY_PARAMETER_CPU];

  if (!isnan (milliseconds))
    return (guint64) (milliseconds * steps_per_ms + 0.5);

  return (guint64) (sy_parameters_get (parameters, SY_PARAMETER_UNITS, default_units) * SY_WORK_STEPS_PER_UNIT + 0.5);
}

/* The defaults make every route do something without a query. */
static void
plan (SyTask             *self,
      const SyParameters *parameters,
      double              steps_per_ms,
      guint32             serial)
{
  self->answer_bytes = (gsize) sy_parameters_get (parameters, SY_PARAMETER_BYTES, 0);

  if (strcmp (self->route, "/do/io") == 0)
    {
      self->wait_us = (gint64) (sy_parameters_get (parameters, SY_PARAMETER_WAIT, 20) * 1000 + 0.5);
    }
  else if (strcmp (self->route, "/do/cpu") == 0)
    {
      self->n_steps = get_steps (parameters, steps_per_ms, 1);
    }
  else if (strcmp (self->route, "/do/native") == 0)
    {
      self->native_kib = (guint) sy_parameters_get (parameters, SY_PARAMETER_KIB, 64);
    }
  else if (strcmp (self->route, "/do/mix") == 0)
    {
      guint32 seed = (guint32) sy_parameters_get (parameters, SY_PARAMETER_SEED, serial);

      self->wait_us = (gint64) (sy_parameters_get (parameters, SY_PARAMETER_WAIT, 20) * 1000 + 0.5);
      if (sy_work_mix_picks (seed, sy_parameters_get (parameters, SY_PARAMETER_PERCENT, 10)))
        {
          self->n_steps = get_steps (parameters, steps_per_ms, 1);
          self->native_kib = (guint) sy_parameters_get (parameters, SY_PARAMETER_KIB, 0);
        }
    }
}

SyTask *
sy_task_new (const char  *route,
             GHashTable  *query,
             double       steps_per_ms,
             guint32      serial,
             GError     **error)
{
  SyTask *self;
  SyParameters parameters;

  if (!sy_parameters_parse (&parameters, route, query, error))
    return NULL;

  self = g_new0 (SyTask, 1);
  self->route = route;
  self->checksum = SY_WORK_CHECKSUM_START;
  plan (self, &parameters, steps_per_ms, serial);

  return self;
}

void
sy_task_free (SyTask *self)
{
  g_free (self->digest);
  g_free (self);
}

gboolean
sy_task_do_steps (SyTask  *self,
                  guint64  n_steps)
{
  guint64 now = MIN (n_steps, self->n_steps - self->steps_done);

  self->checksum = sy_work_run (self->checksum, self->steps_done, now);
  self->steps_done += now;

  return self->steps_done < self->n_steps;
}

void
sy_task_do_native (SyTask *self)
{
  g_free (self->digest);
  self->digest = self->native_kib > 0 ? sy_work_digest (self->native_kib) : NULL;
}

static char *
answer_json (const SyTask *self)
{
  GString *json = g_string_new (NULL);
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (json, "{\"route\":\"%s\",\"wait_ms\":%s", self->route,
                          g_ascii_formatd (number, sizeof number, "%.10g", (double) self->wait_us / 1000));
  g_string_append_printf (json, ",\"wu\":%s,\"checksum\":\"%08x\"",
                          g_ascii_formatd (number, sizeof number, "%.15g",
                                           (double) self->steps_done / SY_WORK_STEPS_PER_UNIT),
                          self->checksum);
  if (self->digest != NULL)
    g_string_append_printf (json, ",\"kb\":%u,\"sha256\":\"%s\"", self->native_kib, self->digest);

  if (json->len + strlen (",\"pad\":\"\"}\n") < self->answer_bytes)
    {
      g_string_append (json, ",\"pad\":\"");
      while (json->len + strlen ("\"}\n") < self->answer_bytes)
        g_string_append_c (json, '.');
      g_string_append_c (json, '"');
    }

  g_string_append (json, "}\n");

  return g_string_free (json, FALSE);
}

char *
sy_task_answer (const SyTask  *self,
                const char   **content_type)
{
  GString *text;

  if (strcmp (self->route, "/plain") != 0)
    {
      *content_type = "application/json";
      return answer_json (self);
    }

  *content_type = "text/plain; charset=utf-8";
  text = g_string_new (NULL);
  g_string_append_printf (text, "steelyard %08x\n", self->checksum);
  while (text->len < self->answer_bytes)
    g_string_append_c (text, '.');

  return g_string_free (text, FALSE);
}
