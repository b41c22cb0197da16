/* sy-parameters.h: what a query asks for, in numbers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  SY_PARAMETER_WAIT,     /* ms */
  SY_PARAMETER_UNITS,    /* work units */
  SY_PARAMETER_CPU,      /* ms of CPU */
  SY_PARAMETER_KIB,      /* KiB of native work */
  SY_PARAMETER_PERCENT,  /* of requests that do CPU work */
  SY_PARAMETER_SEED,
  SY_PARAMETER_BYTES,    /* of an answer or event, at least */
  SY_PARAMETER_RATE,     /* events/s */
  SY_PARAMETER_INTERVAL, /* ms */
  SY_PARAMETER_FIELDS,   /* "all", the only choice, as 0 */
  SY_N_PARAMETERS,
} SyParameter;

typedef struct {
  double values[SY_N_PARAMETERS]; /* NAN: not given */
} SyParameters;

/* Reads @query (nullable; names and values as strings) by the table of @route.
 * A request is either understood or refused: unknown names, anything but a
 * plain decimal, and values out of range are errors with a reason for the
 * client. Errors: SY_ERROR_INVALID. */
gboolean sy_parameters_parse (SyParameters  *self,
                              const char    *route,
                              GHashTable    *query,
                              GError       **error);

double   sy_parameters_get   (const SyParameters *self, SyParameter which, double fallback);

G_END_DECLS
