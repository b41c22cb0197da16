/* sy-decide-provenance.c: how the numbers of a decision were computed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-decide-provenance.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "sy-decide-words.h"
#include "sy-format.h"
#include "sy-weights.h"

static const SyCriterionKind *
find_kind (SyAppraisal *appraisal,
           const char  *id)
{
  return sy_use_case_book_find_kind (sy_assumptions_get_book (sy_appraisal_get_assumptions (appraisal)), id);
}

static void
add_value (SyProvenance      *self,
           const SyDecision  *decision,
           const SyCriterion *criterion,
           guint              side)
{
  const double value = side == 0 ? criterion->a : criterion->b;
  g_autofree char *label = sy_decide_words_dup_label (decision, side);
  g_autofree char *text = isnan (value) ? g_strdup (_("not known"))
                                        : g_strdup_printf (_("%.1f ± %.1f of 100"), value, criterion->half_width);

  sy_provenance_add (self, label, text, criterion->cls, criterion->reason);
}

/* What of the inputs has its own line on another page or in a use case. */
static void
add_input (SyProvenance *self,
           SyAppraisal  *appraisal,
           const char   *name,
           gboolean      is_time)
{
  SyAssumption value;
  const SyOwnershipParameter *parameter = sy_assumption_parameter_find (name);
  const gboolean known = sy_appraisal_get_input (appraisal, name, &value);
  g_autofree char *text = !known ? g_strdup (_("not known")) : is_time ? sy_format_duration (value.value) : sy_format_number (value.value);
  g_autofree char *label = name[1] == '.' ? g_strdup_printf ("%s (%c)", _(parameter->label), name[0]) : g_strdup (_(parameter->label));

  sy_provenance_add (self, label, text, value.cls, value.source != NULL ? _(value.source) : NULL);
}

static void
add_latency (SyProvenance     *self,
             const SyDecision *decision)
{
  for (guint i = 0; decision->verdict != NULL && i < 2; i++)
    {
      g_autofree char *label = sy_decide_words_dup_label (decision, i);
      g_autofree char *name = g_strdup_printf (_("%s, requests of the evidence"), label);
      g_autofree char *text = sy_format_number (decision->verdict->requests[i]);

      sy_provenance_add (self, name, text, SY_EVIDENCE_MEASURED, decision->target[i]);
    }
}

/* What 0 and 100 mean, and where its range comes from if nobody stated one.
 * @kind: (nullable). (transfer full) */
static char *
dup_meaning (SyAppraisal           *appraisal,
             const SyCriterionKind *kind)
{
  const SyJudgement *judgement = NULL;
  const double unsaid = kind != NULL ? sy_criterion_half_width (kind->cls) : 0;

  if (kind != NULL)
    judgement = sy_assumptions_get_judgement (sy_appraisal_get_assumptions (appraisal), kind->id);
  if (!(unsaid > 0) || (judgement != NULL && !isnan (judgement->half_width)))
    return g_strdup (kind != NULL ? _(kind->meaning) : "");

  /* Translators: what the points of a criterion mean, a number of points */
  return g_strdup_printf (_("%s Nobody said how far off the answers may be: %.0f points, up and down, are assumed."), _(kind->meaning), unsaid);
}

SyProvenance *
sy_decide_provenance_criterion (SyAppraisal       *appraisal,
                                const SyDecision  *decision,
                                const SyCriterion *criterion)
{
  const SyCriterionKind *kind = find_kind (appraisal, criterion->id);
  g_autofree char *meaning = dup_meaning (appraisal, kind);
  SyProvenance *self = sy_provenance_new (_(criterion->label), meaning);

  for (guint side = 0; side < 2; side++)
    add_value (self, decision, criterion, side);

  if (strcmp (criterion->id, "tail-latency") == 0)
    {
      add_input (self, appraisal, "slo_threshold", TRUE);
      add_input (self, appraisal, "slo_share", FALSE);
      add_latency (self, decision);
    }
  else if (strcmp (criterion->id, "overload") == 0)
    {
      add_input (self, appraisal, "A.overload", FALSE);
      add_input (self, appraisal, "B.overload", FALSE);
    }
  else if (strcmp (criterion->id, "cost") == 0)
    add_input (self, appraisal, "budget", FALSE);
  else if (strcmp (criterion->id, "time-to-market") == 0)
    {
      add_input (self, appraisal, "mvp_deadline", FALSE);
      add_input (self, appraisal, "A.mvp_months", FALSE);
      add_input (self, appraisal, "B.mvp_months", FALSE);
    }

  return self;
}

SyProvenance *
sy_decide_provenance_answer (const SyDecision *decision)
{
  SyProvenance *self = sy_provenance_new (
    _("How often each comes first"),
    _("Over all weights that keep your order (exact, by the corners of that part of the simplex), and over draws of the "
      "scores within their ranges: the share in which the weighted sum of A is above that of B. SMAA-2, R. Lahdelma and "
      "P. Salminen 2001; the same seed gives the same answer."));
  g_autofree double *weights = g_new (double, decision->criteria->len + 1);
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, decision->score_seed);
  g_autofree char *draws = g_strdup_printf ("%u", decision->n_score_draws);

  sy_weights_roc (weights, decision->criteria->len);
  for (guint i = 0; i < decision->criteria->len; i++)
    {
      const SyCriterion *criterion = g_ptr_array_index (decision->criteria, i);
      g_autofree char *values = sy_decide_words_dup_values (criterion);
      /* Translators: a weight, then two values */
      g_autofree char *text = g_strdup_printf (_("%.1f %%; %s"), 100 * weights[i], values);

      sy_provenance_add (self, _(criterion->label), text, criterion->cls, criterion->reason);
    }

  sy_provenance_add (self, _("Draws of the scores"), draws, SY_EVIDENCE_ASSUMED, NULL);
  sy_provenance_add (self, _("Seed"), seed, SY_EVIDENCE_ASSUMED, NULL);
  return self;
}
