/* sy-cpu-watch.h: who else uses the processors of this machine
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SyCpuWatch:
 *
 * Compares what the whole machine computed (/proc/stat) with what this process
 * and the servers under test did: the rest is foreign, and disturbs a
 * measurement. Of a server are the processes that hold its socket, and their
 * descendants. Unknown (NAN) when a server cannot be found, and where there is
 * no /proc; that a process of it ends makes nothing unknown.
 */
typedef struct _SyCpuWatch SyCpuWatch;

SyCpuWatch *sy_cpu_watch_new         (void);

/* With another folder than /proc, which a test has filled. */
SyCpuWatch *sy_cpu_watch_new_at      (const char *proc);

void        sy_cpu_watch_free        (SyCpuWatch *self);

/* Whatever listens on TCP @port of this machine is a server under test: looked
 * for at once, by its socket, in the processes we may look into. */
void        sy_cpu_watch_add_port    (SyCpuWatch *self, int port);

/* Takes a reading; foreign load is between two of them. The first reads a file of each
 * process; then it is a list of them, and a file of each that is the server's or new. */
void        sy_cpu_watch_sample      (SyCpuWatch *self, gint64 now_us);

/* Foreign cores between the first and the last reading; NAN unknown. */
double      sy_cpu_watch_get_foreign (SyCpuWatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyCpuWatch, sy_cpu_watch_free)

G_END_DECLS
