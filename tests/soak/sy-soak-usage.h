/* sy-soak-usage.h: what the process takes, and how long its main loop kept still
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  gint64 rss;       /* bytes */
  guint  n_files;
  guint  n_threads;
  gint64 cpu_us;    /* since the start */
} SySoakUsage;

/* Of Linux' /proc. */
void     sy_soak_usage_read  (SySoakUsage *ret);

/**
 * A source of 10 ms at the default priority on the present thread's loop; notes how
 * much later than that it ran, but for what was waited for on purpose.
 */
typedef struct _SySoakPulse SySoakPulse;

SySoakPulse *sy_soak_pulse_new     (void);
void         sy_soak_pulse_free    (SySoakPulse *self);
void         sy_soak_pulse_pass    (SySoakPulse *self); /* what passed until now was waiting */
double       sy_soak_pulse_get_max (const SySoakPulse *self);             /* ms */
double       sy_soak_pulse_get_p99 (const SySoakPulse *self);             /* ms, rounded up; 0 before the first */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SySoakPulse, sy_soak_pulse_free)

G_END_DECLS
