/* sy-trial-evidence.c: what a load trial leaves behind for a decision
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-trial-evidence.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "sy-order-statistic.h"

struct _SyTrialEvidence
{
  GPtrArray *steps;  /* (owned) (element-type SyLoadStep): their side is that of the decision */
  SyEffect   effect; /* TOO_EARLY: nothing is said */
  guint      level;  /* whose effect it is */
  char      *origin; /* (owned) */
};

/* Which of the decision's two this is; 2: neither. */
static guint
side_of (SyBackend *backend,
         SyBackend *a,
         SyBackend *b)
{
  return backend == a ? 0 : backend == b ? 1 : 2;
}

/* Of one backend against itself the second is the first. */
static void
copy_steps (SyTrialEvidence *self,
            SyLoadTrial     *trial,
            const guint     *sides)
{
  const GPtrArray *steps = sy_load_protocol_get_steps (sy_load_trial_get_protocol (trial));

  for (guint i = 0; i < steps->len; i++)
    {
      const SyLoadStep *step = g_ptr_array_index (steps, i);
      SyLoadStep *copy;

      if (sides[step->side] > 1)
        continue;

      copy = sy_load_step_copy (step);
      copy->side = sides[step->side];
      g_ptr_array_add (self->steps, copy);
    }
}

static void
take_effect (SyTrialEvidence *self,
             SyLoadTrial     *trial,
             const guint     *sides)
{
  g_autoptr (SyLoadConclusion) conclusion = NULL;

  if (sy_load_trial_get_state (trial) != SY_TRIAL_DONE || sides[0] + sides[1] != 1)
    return;

  conclusion = sy_load_trial_conclude (trial);
  sy_load_conclusion_get_effect (conclusion, &self->effect);
  self->level = conclusion->main;
  if (sides[0] == 1)
    sy_effect_swap (&self->effect);
}

SyTrialEvidence *
sy_trial_evidence_new (SyLoadTrial *trial,
                       SyBackend   *a,
                       SyBackend   *b,
                       gint64       wall_us)
{
  const guint sides[] = { side_of (sy_load_trial_get_backend (trial, 0), a, b), side_of (sy_load_trial_get_backend (trial, 1), a, b) };
  g_autoptr (GDateTime) day = g_date_time_new_from_unix_local (wall_us / G_USEC_PER_SEC);
  g_autofree char *date = g_date_time_format (day, "%Y-%m-%d");
  g_autoptr (SyTrialEvidence) self = g_new0 (SyTrialEvidence, 1);

  sy_effect_init (&self->effect);
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_load_step_free);
  /* Translators: a day, the name of a workload profile */
  self->origin = g_strdup_printf (_("load run of %s, “%s”"), date, sy_load_trial_get_workload (trial)->name);
  copy_steps (self, trial, sides);
  take_effect (self, trial, sides);

  return self->steps->len > 0 ? g_steal_pointer (&self) : NULL;
}

void
sy_trial_evidence_free (SyTrialEvidence *self)
{
  g_ptr_array_unref (self->steps);
  g_free (self->origin);
  g_free (self);
}

void
sy_trial_evidence_find (const SyTrialEvidence *self,
                        guint                  side,
                        const SyLoadTarget    *target,
                        SyLoadFinding         *ret)
{
  sy_load_find (self->steps, side, target, ret);
}

gboolean
sy_trial_evidence_is_disturbed (const SyTrialEvidence *self,
                                guint                  side)
{
  gboolean any = FALSE;

  for (guint i = 0; self != NULL && i < self->steps->len; i++)
    {
      const SyLoadStep *step = g_ptr_array_index (self->steps, i);

      if (step->side != side)
        continue;
      if (!step->disturbed && !step->generator_limited)
        return FALSE;
      any = TRUE;
    }

  return any;
}

gboolean
sy_trial_evidence_get_effect (const SyTrialEvidence *self,
                              SyEffect              *ret)
{
  *ret = self->effect;
  return self->effect.state != SY_VERDICT_TOO_EARLY;
}

double
sy_trial_evidence_get_quantile (const SyTrialEvidence *self,
                                guint                  side,
                                double                 share)
{
  SyLoadHistogram all = { 0 };
  double value = NAN;

  if (self->effect.state == SY_VERDICT_TOO_EARLY)
    return NAN;

  sy_load_merge_blocks (self->steps, side, self->level, &all);
  if (sy_load_histogram_count (&all) >= sy_order_min_n (share))
    value = sy_load_histogram_quantile (&all, share);
  sy_load_histogram_clear (&all);
  return value;
}

const char *
sy_trial_evidence_get_origin (const SyTrialEvidence *self)
{
  return self->origin;
}
