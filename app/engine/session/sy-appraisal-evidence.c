/* sy-appraisal-evidence.c: what a decision rests on
 *
 * e1 is what is compared, e2 a capacity, e3 the price of the machine, e4 what was
 * left of the answers under overload; from e5 on what is shown beside e1, from e10
 * on the prices of services.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-appraisal-build.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "sy-appraisal-prices.h"
#include "sy-sequence.h"
#include "sy-weighing-evidence.h"

typedef struct
{
  const SyAppraisalBasis *basis;
  SyAppraisalInputs      *inputs;
  SyDecision             *decision;
} Grounds;

/* A moment of the clock that schedules, as people have it. NULL: of a damaged
 * recording it may be none that calendars have. (transfer full) (nullable) */
static char *
format_time (const Grounds *self,
             gint64         monotonic_us)
{
  g_autoptr (GDateTime) time = NULL;
  gint64 ago_us, wall_us;

  if (__builtin_sub_overflow (self->basis->monotonic_us, monotonic_us, &ago_us)
      || __builtin_sub_overflow (self->basis->wall_us, ago_us, &wall_us))
    return NULL;

  time = g_date_time_new_from_unix_utc (wall_us / SY_USEC_PER_SEC);
  return time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : NULL;
}

/* From the first window to the last since either has changed. */
static void
set_time (const Grounds *self,
          SyEvidence    *evidence)
{
  const SyTimeWindow *windows[2];
  guint n[2];

  for (guint i = 0; i < 2; i++)
    {
      windows[i] = sy_weighing_get_current_windows (self->basis->weighing, i, &n[i]);
      if (n[i] == 0)
        return;
    }

  evidence->from = format_time (self, MAX (windows[0]->from_us, windows[1]->from_us));
  evidence->to = format_time (self, windows[0][n[0] - 1].to_us);
}

/* Beside what is compared; after e1 to e4. */
static void
add_shown (Grounds *self)
{
  g_autoptr (GPtrArray) shown = self->basis->weighing != NULL ? sy_weighing_dup_evidence (self->basis->weighing, 5) : NULL;

  while (shown != NULL && shown->len > 0)
    {
      SyEvidence *evidence = g_ptr_array_steal_index (shown, 0);

      set_time (self, evidence);
      g_ptr_array_add (self->decision->evidence, evidence);
    }
}

static void
add_traps (Grounds *self)
{
  for (guint side = 0; self->basis->weighing != NULL && side < 2; side++)
    sy_decision_add_traps (self->decision, side, sy_backend_get_traps (sy_weighing_get_backend (self->basis->weighing, side)));
}

/* What is known of @name on either side, as one piece of evidence. */
static void
add_inputs (Grounds    *self,
            const char *id,
            const char *name,
            const char *what,
            const char *unit)
{
  SyAssumption values[2];
  SyEvidence *evidence;

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *sided = g_strdup_printf ("%c.%s", i == 0 ? 'A' : 'B', name);

      sy_appraisal_inputs_get (self->inputs, sided, &values[i]);
    }
  if (isnan (values[0].value) && isnan (values[1].value))
    return;

  evidence = sy_decision_add_evidence (self->decision, id, SY_EVIDENCE_MEASURED, what);
  evidence->unit = g_strdup (unit);
  for (guint i = 0; i < 2; i++)
    {
      evidence->cls = MAX (evidence->cls, values[i].cls);
      evidence->value[i] = values[i].value;
      evidence->low[i] = values[i].low;
      evidence->high[i] = values[i].high;
    }
}

/* The interval and the pairs that anybody computes it of again, bit for bit; not of
 * those that came after the verdict. */
static void
set_interval (Grounds    *self,
              SyEvidence *evidence)
{
  const SyVerdict *verdict = self->decision->verdict;
  guint n;
  g_autofree double *ratios = sy_weighing_dup_log_ratios (self->basis->weighing, &n);
  SySequence sequence;

  if (n < verdict->time.n_windows)
    return;

  g_array_append_vals (self->decision->log_ratios, ratios, verdict->time.n_windows);
  sy_sequence_mean (ratios, verdict->time.n_windows, verdict->alpha, &sequence);
  if (isnan (verdict->time.low))
    return;

  evidence->log_ratio[0] = sequence.low;
  evidence->log_ratio[1] = sequence.high;
}

/* What was compared: of the moment, or in a load run. */
static void
add_compared (Grounds         *self,
              const SyVerdict *verdict)
{
  const gboolean is_trial = sy_verdict_is_at_equal_load (verdict) && verdict->load.basis == SY_LOAD_BASIS_TRIAL;
  const SyEffect *effect = is_trial ? &verdict->load : &verdict->time;
  SyEvidence *latency;

  if (effect->n_windows == 0)
    return;

  latency = sy_decision_add_evidence (self->decision, "e1", SY_EVIDENCE_MEASURED, effect->what);
  latency->unit = g_strdup (effect->unit);
  latency->windows = effect->n_windows;
  latency->log_ratio[0] = log (effect->low);
  latency->log_ratio[1] = log (effect->high);
  latency->is_fixed = is_trial;
  if (!is_trial)
    {
      set_time (self, latency);
      set_interval (self, latency);
    }
  for (guint i = 0; i < 2; i++)
    {
      latency->value[i] = effect->value[i];
      if (!is_trial)
        latency->requests[i] = verdict->requests[i];
    }
}

static void
add_measured (Grounds *self)
{
  if (self->decision->verdict != NULL)
    add_compared (self, self->decision->verdict);

  add_inputs (self, "e2", "cap_slo", _("capacity of a copy within the objective"), "requests/s");
  add_inputs (self, "e4", "overload", _("answers in time under overload, of the most at any load"), "1");
}

void
sy_appraisal_add_evidence (const SyAppraisalBasis *basis,
                           SyAppraisalInputs      *inputs,
                           SyDecision             *decision)
{
  Grounds self = { basis, inputs, decision };

  add_measured (&self);
  sy_appraisal_prices_judge (basis, inputs, decision);
  add_shown (&self);
  add_traps (&self);
}
