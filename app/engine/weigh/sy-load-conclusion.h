/* sy-load-conclusion.h: what blocks of a load say of two backends
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-load-protocol.h"
#include "sy-verdict.h"

G_BEGIN_DECLS

/* Fewer pairs of one level give no interval. ASSUMED. */
#define SY_LOAD_MIN_PAIRS 5

/* One level: the same load on both. */
typedef struct {
  double   share;    /* of the smaller capacity */
  double   rate;     /* requests/s */
  SyEffect effect;   /* low, high: 95 % for exactly this many pairs */
} SyLoadLevel;

/**
 * SyLoadConclusion:
 *
 * A plain value that owns its texts. The blocks of a pair were asked the same
 * requests, so their ratio is compared, by Student's t over the logarithms; the
 * number of pairs was fixed before, so this interval is not for looking early.
 * The level for which machines are planned (that nearest to 75 %) decides, and
 * no other may contradict it.
 */
typedef struct {
  SyVerdictState state;
  gboolean       same;         /* A/A: `noise` is the result, and state is no verdict */
  double         quantile;     /* that is compared; 0: the mean */
  guint          n_levels;
  SyLoadLevel    levels[SY_LOAD_MAX_LEVELS];
  guint          main;         /* the level that decides */
  double         noise;        /* A/A: equals differ by up to this share; NAN */
  guint          n_disturbed;  /* blocks that stayed disturbed after their repeats */
  guint          n_limited;    /* blocks in which the generator was late or busy */
  GPtrArray     *reasons;      /* (owned) (element-type utf8) */
  GPtrArray     *against;      /* (owned) (element-type utf8) */
} SyLoadConclusion;

/* @names: how the two are called in the texts. */
SyLoadConclusion *sy_load_conclude          (SyLoadProtocol *protocol, double min_effect, const char *const names[2]);
void              sy_load_conclusion_free   (SyLoadConclusion *self);

/* What it says at the load that decides, as part of a verdict; TOO_EARLY: nothing,
 * as of one backend against itself. */
void              sy_load_conclusion_get_effect (const SyLoadConclusion *self, SyEffect *ret);

/* One sentence. (transfer full) */
char             *sy_load_conclusion_headline (const SyLoadConclusion *self, const char *const names[2]);

/* All responses of the blocks of @side that count: at one level, or with @level
 * SY_LOAD_MAX_LEVELS at all of them. */
void              sy_load_merge_blocks      (const GPtrArray *steps, guint side, guint level, SyLoadHistogram *ret);

/* "at least 900 requests/s; raise the load to find the limit". (transfer full) */
char             *sy_load_capacity_words    (const SyLoadCapacity *capacity, SyLoadLimit limit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyLoadConclusion, sy_load_conclusion_free)

G_END_DECLS
