/* sy-demo.h: two servers and a load, started for you
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-session.h"

G_BEGIN_DECLS

typedef enum {
  SY_DEMO_MODELS, /* the two C reference servers */
  SY_DEMO_REAL,   /* the same service on Node.js and on Python */
} SyDemoKind;

typedef struct {
  SyDemoKind  kind;
  double      rate;        /* requests/s for each server */
  guint       seconds;     /* of load, at most 120; it is started again while `keep_going` */
  gboolean    keep_going;
  const char *workload;    /* id, NULL: "mobile-api" */
} SyDemoOptions;

#define SY_TYPE_DEMO (sy_demo_get_type ())
G_DECLARE_FINAL_TYPE (SyDemo, sy_demo, SY, DEMO, GObject)

/**
 * SyDemo:
 *
 * Starts two `steelyard-cli serve` (or node and python3) and one
 * `steelyard-cli drive`, adds both servers to a session, and ends all of them
 * when it is disposed or this process dies. Signal "failed" (GError) when one
 * of them ends by itself.
 */
gboolean  sy_demo_real_is_possible (char **missing);  /* names what is not installed; (out) (optional) (transfer full) */

void      sy_demo_start_async      (SySession *session, const SyDemoOptions *options, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
SyDemo   *sy_demo_start_finish     (GAsyncResult *result, GError **error);
void      sy_demo_stop             (SyDemo *self);
const char *sy_demo_get_title      (SyDemo *self); /* which servers run, for people */

/* The generator's summary lines (steelyard.drive/1 JSON objects), one a target,
 * when the load has ended; NULL before. (transfer none) (array zero-terminated=1) */
char    **sy_demo_get_summaries    (SyDemo *self);
G_END_DECLS
