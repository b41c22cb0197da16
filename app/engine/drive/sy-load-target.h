/* sy-load-target.h: the books of one target of a load
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-load-tally.h"
#include "sy-schedule.h"

G_BEGIN_DECLS

/**
 * SyLoadTarget:
 *
 * Decides what happens to each request that is due: it is sent on a free
 * connection, waits in a bounded queue for one, or is dropped. It keeps the
 * counts and histograms. It does no I/O and reads no clock: the times are
 * arguments (monotonic microseconds), and sending is a callback. Of the thread
 * that runs the load.
 */
typedef struct _SyLoadTarget SyLoadTarget;

/* Send @arrival on connection @slot (0 … connections - 1), which is free. */
typedef void (*SyLoadSendFunc) (guint slot, const SyArrival *arrival, gpointer user_data);

typedef struct {
  guint          n_classes;
  guint          connections;
  guint          queue;       /* most requests that wait */
  gint64         timeout_us;
  gint64         from_us;     /* what was due before is asked, but not counted: warming up */
  gint64         end_us;      /* when the load is planned to end */
  SyLoadSendFunc send;
  gpointer       user_data;
} SyLoadTargetConfig;

/* How a request ended. */
typedef struct {
  SyLoadFault fault;
  gint64      sent_us;  /* when its first byte went out; 0: never */
  gint64      done_us;
  guint       attempts; /* how often it was sent */
  guint       connects; /* connections opened for it */
} SyLoadOutcome;

/* Of the time since the last call; a quantile is NAN when nothing happened. */
typedef struct {
  double p50;      /* seconds, response */
  double p99;
  double late_p99; /* seconds, lateness */
} SyLoadWindow;

SyLoadTarget      *sy_load_target_new             (const SyLoadTargetConfig *config);
void               sy_load_target_free            (SyLoadTarget *self);

/* @arrival is due since @intended_us. It must stay until it has ended. */
void               sy_load_target_offer           (SyLoadTarget *self, const SyArrival *arrival,
                                                   gint64 intended_us, gint64 now_us);

/* The request of @slot ended; the slot is used for the next one that waits. */
void               sy_load_target_complete        (SyLoadTarget *self, guint slot, const SyLoadOutcome *outcome);

/* The load ends now, earlier than planned or while its last answers are waited for:
 * what waits for a connection is unfinished, and nothing is sent any more. */
void               sy_load_target_end             (SyLoadTarget *self, gint64 now_us);

/* Nothing is waited for any more: all that is open is unfinished. */
void               sy_load_target_close           (SyLoadTarget *self, gint64 now_us);

/* Closes the window, and starts the next. */
void               sy_load_target_take_window     (SyLoadTarget *self, SyLoadWindow *window);

/* For how many windows in a row more than half of what ended failed. */
guint              sy_load_target_get_failing     (SyLoadTarget *self);

/* Due, and not ended: sent or waiting for a connection. */
guint              sy_load_target_get_outstanding (SyLoadTarget *self);
gint64             sy_load_target_get_end_us      (SyLoadTarget *self);
const SyLoadTally *sy_load_target_get_tally       (SyLoadTarget *self, guint class_index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyLoadTarget, sy_load_target_free)

G_END_DECLS
