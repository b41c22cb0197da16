/* sy-fx.h: rates between currencies, each with its day
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _JsonObject JsonObject; /* json-glib's; the interface does without it */

typedef struct {
  char    from[4];  /* ISO 4217 */
  char    to[4];
  double  rate;     /* units of @to for one of @from */
  char   *date;     /* (owned): ISO day */
  char   *source;   /* (owned) */
} SyFxRate;

/* Reads {"pair": "EUR/USD", "rate": "1.1637", "date": …, "source": …}. Errors:
 * SY_ERROR_INVALID, prefixed by @where. Returns: (transfer full) */
SyFxRate *sy_fx_rate_new_from_json (JsonObject *row, const char *where, GError **error);
void      sy_fx_rate_free          (SyFxRate *self);

/* @amount of @from in @to by @rates (element-type SyFxRate), the last that fits,
 * in either direction; @ret_rate (nullable) is the row that was used, NULL when
 * both are the same currency. NAN when there is none: amounts in different
 * currencies are never added without a rate (R-FX). */
double    sy_fx_convert            (GPtrArray *rates, double amount, const char *from, const char *to,
                                    const SyFxRate **ret_rate);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyFxRate, sy_fx_rate_free)

G_END_DECLS
