/* sy-task.c: what one request asks a server to do
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-reference"

#include "config.h"

#include "sy-task.h"

#include <math.h>
#include <string.h>

#include "sy-error.h"
#include "sy-work.h"

#define MAX_WAIT_MS 60000.0
#define MAX_CPU_MS 10000.0
#define MAX_UNITS 1000000.0
#define MAX_KIB 65536.0
#define MAX_ANSWER_BYTES (1024.0 * 1024.0)

typedef enum {
  PARAMETER_WAIT,
  PARAMETER_UNITS,
  PARAMETER_CPU_MS,
  PARAMETER_KIB,
  PARAMETER_PERCENT,
  PARAMETER_SEED,
  PARAMETER_BYTES,
} Parameter;

/* Which query parameter means what on which route. */
static const struct {
  const char *route;
  const char *name;
  Parameter   parameter;
  double      max;
} parameters[] = {
  { "/plain",     "bytes",  PARAMETER_BYTES,   MAX_ANSWER_BYTES },
  { "/do/io",     "ms",     PARAMETER_WAIT,    MAX_WAIT_MS },
  { "/do/io",     "bytes",  PARAMETER_BYTES,   MAX_ANSWER_BYTES },
  { "/do/cpu",    "wu",     PARAMETER_UNITS,   MAX_UNITS },
  { "/do/cpu",    "ms",     PARAMETER_CPU_MS,  MAX_CPU_MS },
  { "/do/cpu",    "bytes",  PARAMETER_BYTES,   MAX_ANSWER_BYTES },
  { "/do/native", "kb",     PARAMETER_KIB,     MAX_KIB },
  { "/do/native", "bytes",  PARAMETER_BYTES,   MAX_ANSWER_BYTES },
  { "/do/mix",    "p",      PARAMETER_PERCENT, 100.0 },
  { "/do/mix",    "ms",     PARAMETER_WAIT,    MAX_WAIT_MS },
  { "/do/mix",    "wu",     PARAMETER_UNITS,   MAX_UNITS },
  { "/do/mix",    "cpu_ms", PARAMETER_CPU_MS,  MAX_CPU_MS },
  { "/do/mix",    "kb",     PARAMETER_KIB,     MAX_KIB },
  { "/do/mix",    "seed",   PARAMETER_SEED,    4294967295.0 },
  { "/do/mix",    "bytes",  PARAMETER_BYTES,   MAX_ANSWER_BYTES },
};

typedef struct {
  double values[PARAMETER_BYTES + 1]; /* NAN: not given */
} Request;

/* Plain decimals only: a request is either understood or refused, so no sign,
 * exponent, hexadecimal, blank, "inf" or "nan". */
static gboolean
parse_decimal (const char *text,
               double      max,
               double     *value)
{
  const char *p = text;
  gsize n_digits = 0;

  for (; g_ascii_isdigit (*p); p++)
    n_digits++;

  if (*p == '.')
    for (p++; g_ascii_isdigit (*p); p++)
      n_digits++;

  if (*p != '\0' || n_digits == 0 || p - text > 24)
    return FALSE;

  *value = g_ascii_strtod (text, NULL);

  return *value <= max;
}

/* The reason names what there is, not what was sent: it goes back to the
 * sender, who may not have written it. */
static void
set_unknown_error (GError     **error,
                   const char  *route)
{
  g_autoptr(GString) names = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (parameters); i++)
    if (strcmp (parameters[i].route, route) == 0)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", parameters[i].name);

  g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s takes only these parameters: %s", route, names->str);
}

static gboolean
parse_parameter (Request     *request,
                 const char  *route,
                 const char  *name,
                 const char  *text,
                 GError     **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (parameters); i++)
    {
      if (strcmp (parameters[i].route, route) != 0 || strcmp (parameters[i].name, name) != 0)
        continue;

      if (text != NULL && parse_decimal (text, parameters[i].max, &request->values[parameters[i].parameter]))
        return TRUE;

      g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s must be a decimal number from 0 to %.0f",
                   name, parameters[i].max);
      return FALSE;
    }

  set_unknown_error (error, route);

  return FALSE;
}

static gboolean
parse_query (Request     *request,
             const char  *route,
             GHashTable  *query,
             GError     **error)
{
  GHashTableIter iter;
  gpointer name, text;

  for (guint i = 0; i < G_N_ELEMENTS (request->values); i++)
    request->values[i] = NAN;

  if (query == NULL)
    return TRUE;

  g_hash_table_iter_init (&iter, query);
  while (g_hash_table_iter_next (&iter, &name, &text))
    if (!parse_parameter (request, route, name, text, error))
      return FALSE;

  if (!isnan (request->values[PARAMETER_UNITS]) && !isnan (request->values[PARAMETER_CPU_MS]))
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID,
                           "work is given in units or in milliseconds, not in both");
      return FALSE;
    }

  return TRUE;
}

static double
get_value (const Request *request,
           Parameter      parameter,
           double         fallback)
{
  return isnan (request->values[parameter]) ? fallback : request->values[parameter];
}

static guint64
get_steps (const Request *request,
           double         steps_per_ms,
           double         default_units)
{
  double milliseconds = request->values[PARAMETER_CPU_MS];

  if (!isnan (milliseconds))
    return (guint64) (milliseconds * steps_per_ms + 0.5);

  return (guint64) (get_value (request, PARAMETER_UNITS, default_units) * SY_WORK_STEPS_PER_UNIT + 0.5);
}

/* The defaults make every route do something without a query. */
static void
plan (SyTask        *self,
      const Request *request,
      double         steps_per_ms,
      guint32        serial)
{
  self->answer_bytes = (gsize) get_value (request, PARAMETER_BYTES, 0);

  if (strcmp (self->route, "/do/io") == 0)
    {
      self->wait_us = (gint64) (get_value (request, PARAMETER_WAIT, 20) * 1000 + 0.5);
    }
  else if (strcmp (self->route, "/do/cpu") == 0)
    {
      self->n_steps = get_steps (request, steps_per_ms, 1);
    }
  else if (strcmp (self->route, "/do/native") == 0)
    {
      self->native_kib = (guint) get_value (request, PARAMETER_KIB, 64);
    }
  else if (strcmp (self->route, "/do/mix") == 0)
    {
      guint32 seed = (guint32) get_value (request, PARAMETER_SEED, serial);

      self->wait_us = (gint64) (get_value (request, PARAMETER_WAIT, 20) * 1000 + 0.5);
      if (sy_work_mix_picks (seed, get_value (request, PARAMETER_PERCENT, 10)))
        {
          self->n_steps = get_steps (request, steps_per_ms, 1);
          self->native_kib = (guint) get_value (request, PARAMETER_KIB, 0);
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
  Request request;

  if (!parse_query (&request, route, query, error))
    return NULL;

  self = g_new0 (SyTask, 1);
  self->route = route;
  self->checksum = SY_WORK_CHECKSUM_START;
  plan (self, &request, steps_per_ms, serial);

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
