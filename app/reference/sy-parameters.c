/* sy-parameters.c: what a query asks for, in numbers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-reference"

#include "config.h"

#include "sy-parameters.h"

#include <math.h>
#include <string.h>

#include "sy-error.h"

#define MAX_DIGITS 24

/* Which query parameter means what on which route, and its greatest value. */
static const struct {
  const char *route;
  const char *name;
  SyParameter which;
  double      max;
} parameters[] = {
  { "/plain",               "bytes",    SY_PARAMETER_BYTES,    1048576 },
  { "/do/io",               "ms",       SY_PARAMETER_WAIT,     60000 },
  { "/do/io",               "bytes",    SY_PARAMETER_BYTES,    1048576 },
  { "/do/cpu",              "wu",       SY_PARAMETER_UNITS,    1000000 },
  { "/do/cpu",              "ms",       SY_PARAMETER_CPU,      10000 },
  { "/do/cpu",              "bytes",    SY_PARAMETER_BYTES,    1048576 },
  { "/do/native",           "kb",       SY_PARAMETER_KIB,      65536 },
  { "/do/native",           "bytes",    SY_PARAMETER_BYTES,    1048576 },
  { "/do/mix",              "p",        SY_PARAMETER_PERCENT,  100 },
  { "/do/mix",              "ms",       SY_PARAMETER_WAIT,     60000 },
  { "/do/mix",              "wu",       SY_PARAMETER_UNITS,    1000000 },
  { "/do/mix",              "cpu_ms",   SY_PARAMETER_CPU,      10000 },
  { "/do/mix",              "kb",       SY_PARAMETER_KIB,      65536 },
  { "/do/mix",              "seed",     SY_PARAMETER_SEED,     4294967295.0 },
  { "/do/mix",              "bytes",    SY_PARAMETER_BYTES,    1048576 },
  { "/stream/sse",          "rate",     SY_PARAMETER_RATE,     1000 },
  { "/stream/sse",          "bytes",    SY_PARAMETER_BYTES,    65536 },
  { "/steelyard/v1/stream", "interval", SY_PARAMETER_INTERVAL, 60000 },
  { "/steelyard/v1/stream", "fields",   SY_PARAMETER_FIELDS,   0 },
};

/* Plain decimals only: no sign, exponent, hexadecimal, blank, "inf" or "nan". */
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

  if (*p != '\0' || n_digits == 0 || p - text > MAX_DIGITS)
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
parse_value (SyParameters  *self,
             gsize          i,
             const char    *text,
             GError       **error)
{
  double *value = &self->values[parameters[i].which];

  if (parameters[i].which == SY_PARAMETER_FIELDS)
    {
      if (g_strcmp0 (text, "all") == 0)
        return TRUE;

      g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID, "fields must be all");
      return FALSE;
    }

  if (text != NULL && parse_decimal (text, parameters[i].max, value))
    return TRUE;

  g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s must be a decimal number from 0 to %.0f",
               parameters[i].name, parameters[i].max);

  return FALSE;
}

static gboolean
parse_parameter (SyParameters  *self,
                 const char    *route,
                 const char    *name,
                 const char    *text,
                 GError       **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (parameters); i++)
    if (strcmp (parameters[i].route, route) == 0 && strcmp (parameters[i].name, name) == 0)
      return parse_value (self, i, text, error);

  set_unknown_error (error, route);

  return FALSE;
}

gboolean
sy_parameters_parse (SyParameters  *self,
                     const char    *route,
                     GHashTable    *query,
                     GError       **error)
{
  GHashTableIter iter;
  gpointer name, text;

  for (guint i = 0; i < SY_N_PARAMETERS; i++)
    self->values[i] = (double) NAN;

  if (query == NULL)
    return TRUE;

  g_hash_table_iter_init (&iter, query);
  while (g_hash_table_iter_next (&iter, &name, &text))
    if (!parse_parameter (self, route, name, text, error))
      return FALSE;

  if (!isnan (self->values[SY_PARAMETER_UNITS]) && !isnan (self->values[SY_PARAMETER_CPU]))
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID,
                           "work is given in units or in milliseconds, not in both");
      return FALSE;
    }

  return TRUE;
}

double
sy_parameters_get (const SyParameters *self,
                   SyParameter         which,
                   double              fallback)
{
  return isnan (self->values[which]) ? fallback : self->values[which];
}
