/* sy-process-stats.h: what the kernel says of this process
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* NAN: the kernel did not say. */
typedef struct {
  double cpu_user;         /* s */
  double cpu_system;       /* s */
  double resident_bytes;
  double virtual_bytes;
  double open_fds;
  double max_fds;
  double n_threads;
  double n_voluntary;      /* context switches */
  double n_involuntary;
} SyProcessStats;

void  sy_process_stats_read      (SyProcessStats *stats);

/* Processors this process may run on, >= 1. */
guint sy_process_count_cpus      (void);

G_END_DECLS
