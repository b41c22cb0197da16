/* sy-load-check.h: may this load be asked for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-load-plan.h"

G_BEGIN_DECLS

/* A load that another process will make, as the arguments ask for it; borrowed. */
typedef struct {
  const char        *workload;    /* id, or a JSON file */
  const char        *rate;        /* nullable: the workload's own */
  gint64             duration_us;
  const char *const *origins;     /* NULL-terminated: whom to load */
  const char *const *consents;    /* nullable */
} SyLoadWish;

/* Refuses at once what `drive` would refuse once it is started. @ret_rate is 0
 * without a rate. Errors: SY_ERROR_INVALID, with the bound or the names that
 * there are in the message; those of sy_workload_load(). */
gboolean sy_load_check  (const SyLoadWish *wish, double *ret_rate, GError **error);

/* "200": requests a second, a finite number above 0. Errors: SY_ERROR_INVALID. */
gboolean sy_load_parse_rate (const char *text, double *ret_rate, GError **error);

G_END_DECLS
