/* sy-criteria.c: the criteria of one decision and what they say together
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-criteria.h"

#include <math.h>

#include "sy-acceptability.h"
#include "sy-splitmix.h"
#include "sy-weights.h"

#define LEAST 0.0
#define MOST 100.0
#define MIDDLE ((LEAST + MOST) / 2)

#define CLEAR 0.95
#define LEANS 0.80

/* The criteria as columns of numbers. */
typedef struct
{
  double *a;          /* (owned) */
  double *b;          /* (owned) */
  double *half_width; /* (owned) */
  double *d;          /* (owned) */
  guint   n;
} Columns;

SyCriterion *
sy_criterion_new (const char      *id,
                  const char      *label,
                  SyEvidenceClass  cls)
{
  SyCriterion *self = g_new0 (SyCriterion, 1);

  self->id = g_strdup (id);
  self->label = g_strdup (label);
  self->cls = cls;
  self->a = self->b = NAN;
  return self;
}

void
sy_criterion_free (SyCriterion *self)
{
  g_free (self->id);
  g_free (self->label);
  g_free (self->factor);
  g_free (self->reason);
  g_free (self);
}

/* Without a value for both nothing is known of the difference: each may be
 * anything. */
static void
columns_init (Columns   *self,
              GPtrArray *criteria)
{
  self->n = criteria->len;
  self->a = g_new (double, self->n);
  self->b = g_new (double, self->n);
  self->half_width = g_new (double, self->n);
  self->d = g_new (double, self->n);

  for (guint i = 0; i < self->n; i++)
    {
      const SyCriterion *criterion = g_ptr_array_index (criteria, i);
      const gboolean known = !isnan (criterion->a) && !isnan (criterion->b);

      self->a[i] = known ? criterion->a : MIDDLE;
      self->b[i] = known ? criterion->b : MIDDLE;
      self->half_width[i] = known ? criterion->half_width : MIDDLE;
      self->d[i] = (self->a[i] - self->b[i]) / MOST;
    }
}

static void
columns_clear (Columns *self)
{
  g_free (self->a);
  g_free (self->b);
  g_free (self->half_width);
  g_free (self->d);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Columns, columns_clear)

static double
weighted_sum (const double *weights,
              const double *d,
              guint         n)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += weights[i] * d[i];

  return sum;
}

double
sy_criteria_measured_share (GPtrArray    *criteria,
                            const double *weights)
{
  double share = 0;

  for (guint i = 0; i < criteria->len; i++)
    if (((SyCriterion *) g_ptr_array_index (criteria, i))->cls == SY_EVIDENCE_MEASURED)
      share += weights[i];

  return share;
}

void
sy_criteria_weigh (GPtrArray        *criteria,
                   const guint      *order,
                   guint             n_draws,
                   guint64           seed,
                   SyCriteriaResult *ret_result)
{
  const guint n = criteria->len;
  g_autofree double *weights = g_new (double, n + 1);
  g_autofree double *ordered = g_new (double, n + 1);
  g_auto (Columns) columns = { 0 };
  SyScores scores;

  g_return_if_fail (n > 0);

  columns_init (&columns, criteria);
  scores = (SyScores){ columns.a, columns.b, columns.half_width, n };

  for (guint i = 0; i < n; i++)
    {
      weights[i] = 1.0 / n;
      ordered[i] = columns.d[order != NULL ? order[i] : i];
    }

  if (order != NULL)
    sy_weights_by_order (order, weights, n);

  ret_result->score_difference = weighted_sum (weights, columns.d, n);
  ret_result->p_a_first = order != NULL ? sy_acceptability_ordinal (ordered, n) : sy_acceptability_free (columns.d, n);
  ret_result->p_a_uncertain = sy_acceptability_uncertain (&scores, order, n_draws, seed);
  ret_result->measured_share = sy_criteria_measured_share (criteria, weights);
}

static double
drawn_difference (SySplitmix    *random,
                  const Columns *columns,
                  const double  *weights)
{
  double sum = 0;

  for (guint i = 0; i < columns->n; i++)
    {
      const double width = columns->half_width[i];
      const double a = sy_splitmix_triangular (random, columns->a[i] - width, columns->a[i], columns->a[i] + width);
      const double b = sy_splitmix_triangular (random, columns->b[i] - width, columns->b[i], columns->b[i] + width);

      sum += weights[i] * (CLAMP (a, LEAST, MOST) - CLAMP (b, LEAST, MOST));
    }

  return sum;
}

/* A tie is half a win for each. */
static double
win (double difference)
{
  return difference > 0 ? 1 : difference < 0 ? 0 : 0.5;
}

void
sy_criteria_weigh_stated (GPtrArray        *criteria,
                          const double     *weights,
                          guint             n_draws,
                          guint64           seed,
                          SyCriteriaResult *ret_result)
{
  g_auto (Columns) columns = { 0 };
  SySplitmix random;
  double wins = 0;

  g_return_if_fail (criteria->len > 0 && n_draws > 0);

  columns_init (&columns, criteria);
  sy_splitmix_init (&random, seed);

  for (guint i = 0; i < n_draws; i++)
    wins += win (drawn_difference (&random, &columns, weights));

  ret_result->score_difference = weighted_sum (weights, columns.d, columns.n);
  ret_result->p_a_first = win (ret_result->score_difference);
  ret_result->p_a_uncertain = wins / n_draws;
  ret_result->measured_share = sy_criteria_measured_share (criteria, weights);
}

const SyCriterion *
sy_criteria_find_double (GPtrArray         *criteria,
                         const char *const *monetised)
{
  for (guint i = 0; i < criteria->len; i++)
    {
      const SyCriterion *criterion = g_ptr_array_index (criteria, i);

      if (criterion->factor != NULL && g_strv_contains (monetised, criterion->factor))
        return criterion;
    }

  return NULL;
}

SyLeaning
sy_leaning (double p)
{
  const double sure = fmax (p, 1 - p);

  if (sure >= CLEAR)
    return SY_LEANING_CLEAR;

  return sure >= LEANS ? SY_LEANING_LEANS : SY_LEANING_DEPENDS;
}
