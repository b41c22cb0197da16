/* sy-reference-reading.h: one moment of a reference server, as numbers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-global-lock.h"
#include "sy-process-stats.h"
#include "sy-reference-metrics.h"

G_BEGIN_DECLS

/* Who the server is; constant while it runs. */
typedef struct {
  const char *name;            /* static, "steelyard-ref event loop" */
  const char *model;           /* static, "event-loop" or "gil-threads" */
  char        boot[9];         /* 8 hexadecimal digits, new at every start */
  gint64      started_wall_us; /* since 1970 */
  gint64      started_us;      /* monotonic */
  guint       n_cpus;          /* it may use */
  guint       n_threads;       /* that run handlers */
  double      interval;        /* of its own samples, s */
  double      switch_interval; /* of the global lock, s; NAN: it has none */
  double      work_units_per_ms; /* of CPU time, as calibrated */
} SyReferenceIdentity;

/* What the concurrency model adds. */
typedef struct {
  guint             n_queued;   /* accepted, not started */
  gboolean          has_pool;
  guint             n_busy;     /* workers with a request; with a pool */
  gboolean          has_lock;
  SyGlobalLockStats lock;       /* with a lock */
  gboolean          has_loop;
  double            loop_active; /* s, with a loop */
  double            loop_idle;   /* s, with a loop */
} SyModelState;

typedef struct {
  const SyReferenceIdentity *identity; /* borrowed */
  gint64                     wall_us;
  gint64                     monotonic_us;
  guint64                    seq;
  SyReferenceCounts          counts;
  SyModelState               model;
  SyProcessStats             process;
} SyReferenceReading;

/* Prometheus text 0.0.4. Returns: (transfer full) */
char *sy_reference_reading_to_text (const SyReferenceReading *self);

/* A steelyard.snapshot/1 object on one line; @type, when not NULL, becomes its
 * "type" member (WebSocket frames carry one). Returns: (transfer full) */
char *sy_reference_reading_to_json (const SyReferenceReading *self, const char *type);

/* A steelyard.stream/1 object, the first of every stream, which sends a sample
 * every @interval seconds and can repeat @history of them; @type as above.
 * Returns: (transfer full) */
char *sy_reference_hello_to_json   (const SyReferenceIdentity *self,
                                    double                     interval,
                                    guint                      history,
                                    const char                *type);

static inline void
sy_reference_reading_clear (SyReferenceReading *self)
{
  sy_reference_counts_clear (&self->counts);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SyReferenceReading, sy_reference_reading_clear)

G_END_DECLS
