/* sy-load-plan.h: what load to put on whom, within bounds
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-schedule.h"
#include "sy-url.h"

G_BEGIN_DECLS

/* Hard caps. There is no way around them: this is a scale, not a weapon. */
#define SY_LOAD_MAX_RATE 5000.0                             /* requests/s, all targets together */
#define SY_LOAD_MAX_CONNECTIONS 2000                        /* all targets together */
#define SY_LOAD_MAX_DURATION_US (120 * G_GINT64_CONSTANT (1000000))
#define SY_LOAD_MAX_BYTES_PER_SECOND 50e6                   /* both ways, all targets together */
#define SY_LOAD_MAX_ANSWER_BYTES (4 * 1024 * 1024)          /* of one answer */
#define SY_LOAD_MIN_TIMEOUT_US 1000                         /* libcurl counts milliseconds, and 0 is none at all */
#define SY_LOAD_MAX_TIMEOUT_US (60 * G_GINT64_CONSTANT (1000000))
#define SY_LOAD_MAX_TARGETS 6
#define SY_LOAD_MAX_STEPS 100

#define SY_LOAD_DEFAULT_CONNECTIONS 400                     /* each target; opened only when needed */
#define SY_LOAD_DEFAULT_TIMEOUT_US (10 * G_GINT64_CONSTANT (1000000))
#define SY_LOAD_QUEUE_PER_CONNECTION 4                      /* requests that may wait for one */

/**
 * SyLoadPlan:
 *
 * Targets, a workload, rates and a duration. Filled by the functions below,
 * checked as a whole by sy_load_plan_check(), not changed afterwards. Starts
 * with no target, the rate of the workload (an empty list of rates), 20 s,
 * seed 1.
 */
typedef struct {
  SyWorkload *workload;    /* owned */
  GPtrArray  *targets;     /* owned, of SyUrl */
  GPtrArray  *consents;    /* owned, of SyUrl: may be loaded although another machine */
  double     *rates;       /* owned; requests/s for each target, with equal shares of the duration */
  guint       n_rates;
  gint64      duration_us;
  gint64      warm_up_us;  /* of the duration, at its beginning: asked, but not counted */
  gint64      timeout_us;  /* of one request, and how long the last ones are waited for and still sent */
  guint64     seed;
  guint       connections; /* most for each target; 0: SY_LOAD_DEFAULT_CONNECTIONS or a fair share of the cap */
} SyLoadPlan;

SyLoadPlan *sy_load_plan_new         (SyWorkload *workload);
void        sy_load_plan_free        (SyLoadPlan *self);

/* @address is the base of a backend. The workload brings the paths: a path or
 * query in @address (/metrics, say) is dropped. Errors: SY_ERROR_INVALID. */
gboolean    sy_load_plan_add_target  (SyLoadPlan *self, const char *address, GError **error);

/* Somebody typed the @origin of another machine once more, to say that it is
 * theirs to load. Only that scheme, host and port. */
gboolean    sy_load_plan_add_consent (SyLoadPlan *self, const char *origin, GError **error);

void        sy_load_plan_set_rates   (SyLoadPlan *self, const double *rates, guint n_rates);

/* Refuses what is beyond the caps, a timeout below SY_LOAD_MIN_TIMEOUT_US, other machines without consent, and the
 * same target twice; fills in what was left to choose. Errors:
 * SY_ERROR_INVALID, with the bound in the message. */
gboolean    sy_load_plan_check       (SyLoadPlan *self, GError **error);

/* The largest rate for each target, bursts included; after a check. */
double      sy_load_plan_get_peak    (const SyLoadPlan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyLoadPlan, sy_load_plan_free)

G_END_DECLS
