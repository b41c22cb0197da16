/* sy-supervisor.h: looks at workers from outside
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * One timer a thread, a quarter of a second, for all the workers that this
 * thread owns; it runs only while there is somebody to look at. A worker's own
 * timers are no guard: libsoup can keep its context busy for ever.
 */
typedef void (*SySupervisorFunc) (gpointer user_data);

/* Calls @check on this thread every 250 ms until it is removed. Returns an id
 * above 0. */
guint sy_supervisor_add    (SySupervisorFunc check, gpointer user_data);
void  sy_supervisor_remove (guint id);

G_END_DECLS
