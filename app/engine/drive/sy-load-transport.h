/* sy-load-transport.h: requests of a load on the wire
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-clock.h"
#include "sy-load-plan.h"
#include "sy-load-target.h"

G_BEGIN_DECLS

/**
 * SyLoadTransport:
 *
 * libcurl's multi interface on somebody else's epoll: HTTP/1.1 with
 * keep-alive, no proxy, no redirect, nothing decoded, bodies counted and
 * thrown away. Of the thread that runs the load; nothing here blocks.
 */
typedef struct _SyLoadTransport SyLoadTransport;

/* The request on @slot of target @target ended; the slot may be used again. */
typedef void (*SyLoadDoneFunc) (guint target, guint slot, const SyLoadOutcome *outcome, gpointer user_data);

/* Sockets are added to @epoll_fd with their number as data. @plan and @clock
 * are borrowed. Errors: SY_ERROR_FAILED. */
SyLoadTransport *sy_load_transport_new       (const SyLoadPlan *plan,
                                              SyClock          *clock,
                                              int               epoll_fd,
                                              SyLoadDoneFunc    done,
                                              gpointer          user_data,
                                              GError          **error);
void             sy_load_transport_free      (SyLoadTransport *self);

void             sy_load_transport_send      (SyLoadTransport *self, guint target, guint slot, const SyArrival *arrival);

/* Something happened on @fd; @events are those of epoll. */
void             sy_load_transport_ready     (SyLoadTransport *self, int fd, guint32 events);

/* When sy_load_transport_run() is due; G_MAXINT64: never. */
gint64           sy_load_transport_get_due   (SyLoadTransport *self);
void             sy_load_transport_run       (SyLoadTransport *self);

/* Ends every open request of @target without telling. */
void             sy_load_transport_cancel    (SyLoadTransport *self, guint target);

/* Both ways, headers included, of all targets. */
guint64          sy_load_transport_get_bytes (SyLoadTransport *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyLoadTransport, sy_load_transport_free)

G_END_DECLS
