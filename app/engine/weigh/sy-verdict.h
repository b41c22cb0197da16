/* sy-verdict.h: what may be said of two backends, and why
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-effect.h"
#include "sy-gate.h"

G_BEGIN_DECLS

/**
 * SyVerdict:
 *
 * A plain value that owns its texts. @time is what the pairs of simultaneous
 * windows say; it is NOT_COMPARABLE where a gate refuses that. @load is what is
 * said at equal load; its basis says from what. TOO_EARLY where nothing can be
 * said. Who is ahead at one load need not be at another: `load` is the range.
 */
typedef struct {
  SyVerdictState state;       /* of @time, with hysteresis */
  SyEffect       time;
  SyEffect       load;
  double         minutes;     /* of evidence */
  double         requests[2];
  double         cpu_per_request[2]; /* seconds; NAN */
  double         alpha;       /* 0.05 */
  double         min_effect;  /* 0.05: what is smaller does not matter */
  guint          n_excluded;  /* pairs of windows since the evidence began that a person excluded, also those that
                               * would be none otherwise */
  guint          more_windows; /* about how many more would decide, where the moment does not compare at equal
                                * load; 0: decided, or cannot be said */
  GPtrArray     *gates;       /* (owned) (element-type SyGate), in order of codes, also those that were passed */
  GPtrArray     *reasons;     /* (owned) (element-type utf8): what it rests on */
  GPtrArray     *against;     /* (owned) (element-type utf8): what stands against it */
  char          *would_change; /* (owned): what would change its mind */
} SyVerdict;

/* TOO_EARLY, without evidence. */
SyVerdict    *sy_verdict_new          (void);
SyVerdict    *sy_verdict_copy         (const SyVerdict *self);
void          sy_verdict_free         (SyVerdict *self);
const SyGate *sy_verdict_find_gate    (const SyVerdict *self, SyGateCode code); /* (nullable) (transfer none) */

/* Of the moment nothing can be said, not yet or not at all, and at equal load
 * something can: that is what was decided then. */
gboolean      sy_verdict_is_at_equal_load (const SyVerdict *self);

/* The state of what was decided. */
SyVerdictState sy_verdict_get_decided (const SyVerdict *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyVerdict, sy_verdict_free)

G_END_DECLS
