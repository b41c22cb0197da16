/* sy-demo.h: two servers and a load, started for you
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-fairness.h"
#include "sy-session.h"

G_BEGIN_DECLS

typedef enum {
  SY_DEMO_MODELS, /* the two C reference servers */
  SY_DEMO_REAL,   /* the same service on Node.js and on Python */
} SyDemoKind;

typedef struct {
  SyDemoKind  kind;
  double      rate;       /* requests/s for each server; 0: 200 */
  guint       seconds;    /* of load, 1 … 120; 0: 120 */
  gboolean    keep_going; /* start the load again whenever it has ended */
  const char *workload;   /* id; NULL: "mixed" */
} SyDemoOptions;

#define SY_TYPE_DEMO (sy_demo_get_type ())
G_DECLARE_FINAL_TYPE (SyDemo, sy_demo, SY, DEMO, GObject)

/**
 * SyDemo:
 *
 * Starts two `steelyard-cli serve` (or node and python3) and one
 * `steelyard-cli drive`, adds both servers to a session, and ends all of them
 * when it is stopped or disposed, or when this process dies.
 *
 * Signals: "failed" (GError *) when one of them ends by itself: the demo has
 * stopped then, its backends stay and say so. "load-finished" when the load
 * has ended as planned.
 */

/* Whether node and python3 are here; @missing (out) (optional) (transfer full)
 * names what is not. */
gboolean           sy_demo_real_is_possible (char **missing);

/* Done when both servers listen, are in @session, and the load has started.
 * Errors: SY_ERROR_FAILED, _DEADLINE (10 s), _CANCELLED. */
void               sy_demo_start_async      (SySession *session, const SyDemoOptions *options,
                                             GCancellable *cancellable, GAsyncReadyCallback callback,
                                             gpointer user_data);
SyDemo            *sy_demo_start_finish     (GAsyncResult *result, GError **error);

/* Ends servers and load, and takes the two backends out of the session. */
void               sy_demo_stop             (SyDemo *self);

/* FALSE ends its load, so that another one is alone; TRUE starts it again.
 * Errors: SY_ERROR_FAILED. */
gboolean           sy_demo_set_loading      (SyDemo *self, gboolean loading, GError **error);
SyDemoKind         sy_demo_get_kind         (SyDemo *self);
double             sy_demo_get_rate         (SyDemo *self);

/* @index 0 or 1; NULL when it was removed meanwhile. (transfer none) */
SyBackend         *sy_demo_get_backend      (SyDemo *self, guint index);

/* What they say of the generator: nothing before the first load has ended. */
void               sy_demo_get_generator    (SyDemo *self, SyGeneratorFacts *ret);

/* The generator's summary of each server (a steelyard.drive/1 JSON object), of
 * the last load that ended; empty before. (transfer none) (element-type utf8) */
const GPtrArray   *sy_demo_get_summaries    (SyDemo *self);

G_END_DECLS
