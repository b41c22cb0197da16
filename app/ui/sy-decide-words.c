/* sy-decide-words.c: what the Decide page says of a decision
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-decide-words.h"

#include <glib/gi18n.h>
#include <math.h>

#include "sy-acceptability.h"
#include "sy-text.h"
#include "sy-weights.h"

#define LABEL_MAX 60
#define PERCENT 100.0
#define MOST_DIGITS 2 /* nobody states a weight more exactly */

typedef struct
{
  guint  criterion;
  double now;
  double flips_at;
} Flip;

char *
sy_decide_words_dup_label (const SyDecision *self,
                           guint             side)
{
  return self->label[side] != NULL ? sy_display_text (self->label[side], -1, LABEL_MAX) : g_strdup (side == 0 ? "A" : "B");
}

char *
sy_decide_words_dup_values (const SyCriterion *criterion)
{
  if (isnan (criterion->a) || isnan (criterion->b))
    return g_strdup (_("Not known: it counts with the whole range of doubt"));
  if (criterion->half_width >= 0.5)
    /* Translators: values of A and B, 0 to 100, each with how far off it may be */
    return g_strdup_printf (_("%.0f ± %.0f against %.0f ± %.0f"), criterion->a, criterion->half_width, criterion->b,
                            criterion->half_width);

  /* Translators: values of A and B, 0 to 100 */
  return g_strdup_printf (_("%.0f against %.0f"), criterion->a, criterion->b);
}

static int
compare_flips (gconstpointer a,
               gconstpointer b)
{
  const double left = fabs (((const Flip *) a)->flips_at - ((const Flip *) a)->now);
  const double right = fabs (((const Flip *) b)->flips_at - ((const Flip *) b)->now);

  return left < right ? -1 : left > right ? 1 : 0;
}

/* Digits after the point that tell where it flips from what it is now, from none
 * and from all of the weight; -1: so many that nobody would state it. */
static int
count_digits (const Flip *flip)
{
  double unit = PERCENT;

  for (int digits = 0; digits <= MOST_DIGITS; digits++, unit *= 10)
    {
      const double at = round (flip->flips_at * unit);

      if (at > 0 && at < unit && at != round (flip->now * unit))
        return digits;
    }

  return -1;
}

/* Criteria of the page stand in the order of the priorities. What is not known
 * of either side makes no difference here. */
static GArray *
find_flips (const SyDecision *self,
            double           *ret_sum)
{
  const guint n = self->criteria->len;
  GArray *flips = g_array_new (FALSE, FALSE, sizeof (Flip));
  g_autofree double *weights = g_new (double, n + 1);
  g_autofree double *d = g_new (double, n + 1);

  sy_weights_roc (weights, n);
  *ret_sum = 0;
  for (guint i = 0; i < n; i++)
    {
      const SyCriterion *criterion = g_ptr_array_index (self->criteria, i);

      d[i] = isnan (criterion->a) || isnan (criterion->b) ? 0 : (criterion->a - criterion->b) / PERCENT;
      *ret_sum += weights[i] * d[i];
    }

  for (guint i = 0; i < n; i++)
    {
      Flip flip = { i, weights[i], NAN };

      if (sy_flip_weight (weights, d, n, i, &flip.flips_at) && count_digits (&flip) >= 0)
        g_array_append_val (flips, flip);
    }

  g_array_sort (flips, compare_flips);
  return flips;
}

GPtrArray *
sy_decide_words_dup_flips (const SyDecision *self)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) flips = NULL;
  g_autofree char *other = NULL;
  double sum;

  if (self->criteria->len == 0 || self->stances->len == 0)
    return texts;

  flips = find_flips (self, &sum);
  other = sy_decide_words_dup_label (self, sum > 0 ? 1 : 0);
  for (guint i = 0; i < flips->len; i++)
    {
      const Flip *flip = &g_array_index (flips, Flip, i);
      const SyCriterion *criterion = g_ptr_array_index (self->criteria, flip->criterion);
      const int digits = count_digits (flip);
      g_autofree char *at = g_strdup_printf ("%.*f", digits, PERCENT * flip->flips_at);
      g_autofree char *now = g_strdup_printf ("%.*f", digits, PERCENT * flip->now);

      /* Translators: a deployment, a criterion, a share, the share it has now */
      g_ptr_array_add (texts, g_strdup_printf (flip->flips_at > flip->now
                                                 ? _("%s, if “%s” weighs more than %s %% (now %s %%)")
                                                 : _("%s, if “%s” weighs less than %s %% (now %s %%)"),
                                               other, _(criterion->label), at, now));
    }

  return texts;
}

char *
sy_decide_words_dup_measured (const SyDecision *self)
{
  if (self->criteria->len == 0 || self->stances->len == 0)
    return NULL;

  return g_strdup_printf (_("%.0f of 100 parts of the weight are measured"), PERCENT * self->result.measured[0]);
}

double
sy_decide_words_get_tilt (const SyDecision *self,
                          double           *ret_certainty)
{
  double p;

  *ret_certainty = NAN;
  if (self->result.state == SY_DECISION_NOT_YET || self->result.state == SY_DECISION_REFUSED || self->stances->len == 0
      || self->criteria->len == 0)
    return NAN;

  p = self->result.p_stance[0];
  *ret_certainty = fabs (2 * p - 1);
  return 1 - 2 * p;
}
