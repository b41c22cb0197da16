/* sy-beta-mixture.c: shares and quantiles, at any time one looks
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * lgamma_r() and not lgamma(), which writes to a variable of the process.
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-beta-mixture.h"

#include <math.h>
#include <stdlib.h>

#include "sy-law.h"
#include "sy-sequence.h"

#define BISECTIONS 60
#define ALPHA_OPT 0.05

static double
log_beta (double a,
          double b)
{
  int sign;

  return lgamma_r (a, &sign) + lgamma_r (b, &sign) - lgamma_r (a + b, &sign);
}

SyBetaMixture
sy_beta_mixture (double variance_opt,
                 double alpha_opt,
                 double g,
                 double h)
{
  const double r = sy_sequence_rho (variance_opt, alpha_opt) - g * h;

  return (SyBetaMixture) { fmax (r, 1e-3 * g * h), g, h };
}

double
sy_beta_mixture_log (const SyBetaMixture *self,
                     double               s,
                     double               variance)
{
  const double g = self->g;
  const double h = self->h;
  const double sum = g + h;

  return variance / (g * h) * log (sum)
         - (variance + h * s) / (h * sum) * log (g)
         - (variance - g * s) / (g * sum) * log (h)
         + log_beta ((self->r + variance - g * s) / (g * sum), (self->r + variance + h * s) / (h * sum))
         - log_beta (self->r / (g * sum), self->r / (h * sum));
}

double
sy_beta_mixture_bound (const SyBetaMixture *self,
                       double               variance,
                       double               alpha)
{
  const double threshold = log (1 / alpha);
  double low = 0, high = variance / self->g;

  if (sy_beta_mixture_log (self, high, variance) < threshold)
    return high;

  for (guint i = 0; i < BISECTIONS; i++)
    {
      const double middle = (low + high) / 2;

      if (sy_beta_mixture_log (self, middle, variance) < threshold)
        low = middle;
      else
        high = middle;
    }

  return (low + high) / 2;
}

/* Whether the share @p is still possible. */
static gboolean
is_possible (double p,
             double seen,
             double n,
             double n_opt,
             double threshold)
{
  const SyBetaMixture mixture = sy_beta_mixture (p * (1 - p) * n_opt, ALPHA_OPT, p, 1 - p);

  return sy_beta_mixture_log (&mixture, (seen - p) * n, p * (1 - p) * n) < threshold;
}

void
sy_share_interval (double  successes,
                   double  n,
                   double  alpha,
                   double  n_opt,
                   double *ret_low,
                   double *ret_high)
{
  const double seen = successes / n;
  const double threshold = log (1 / alpha);
  double inside, outside;

  *ret_low = 0;
  *ret_high = 1;
  if (!(n > 0))
    return;

  /* The possible shares are an interval about what was seen. */
  for (guint side = 0; side < 2; side++)
    {
      inside = seen;
      outside = side == 0 ? 0 : 1;
      for (guint i = 0; i < BISECTIONS && inside != outside; i++)
        {
          const double middle = (inside + outside) / 2;

          if (middle > 0 && middle < 1 && is_possible (middle, seen, n, n_opt, threshold))
            inside = middle;
          else
            outside = middle;
        }
      *(side == 0 ? ret_low : ret_high) = inside;
    }
}

double
sy_double_stitching_bound (double p,
                           double t,
                           double alpha,
                           double t_opt)
{
  const double delta = 0.5, s = 1.4, eta = 2;
  const double k1 = (pow (eta, 0.25) + pow (eta, -0.25)) / G_SQRT2;
  const double k2 = (sqrt (eta) + 1) / 2;
  const double zeta = sy_law_zeta (s);
  const double time = fmax (t, t_opt);
  const double logit = log (p / (1 - p));
  const double r = p >= 0.5 ? p : fmin (0.5, 1 / (1 + exp (-logit - 2 * delta * sqrt (t_opt * eta / time))));
  const double variance = r * (1 - r);
  const double j = sqrt (time / t_opt) * fabs (logit) / (2 * delta) + 1;
  const double l = s * log (log (eta * time / t_opt)) + s * log (j)
                   + log (2 * zeta * (2 * zeta + 1) / (alpha * pow (log (eta), s)));
  const double skew = k2 * (1 - 2 * p) / 3 * l;

  return delta * sqrt (eta * time * variance / t_opt) + sqrt (k1 * k1 * variance * time * l + skew * skew) + skew;
}

typedef struct
{
  const SyBetaMixture *mixture;
  const double        *sorted;
  guint                n;
  double               p;
  double               best;  /* the share below that gives the least evidence */
  double               lower; /* the values between which that share lies */
  double               upper;
} Arm;

static int
compare (const void *a,
         const void *b)
{
  const double x = *(const double *) a;
  const double y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
evidence (const Arm *arm,
          double     share)
{
  return sy_beta_mixture_log (arm->mixture, (share - arm->p) * arm->n, arm->p * (1 - arm->p) * arm->n);
}

/* Values under @x, or at or under it. */
static guint
count_below (const Arm *arm,
             double     x,
             gboolean   or_equal)
{
  guint low = 0, high = arm->n;

  while (low < high)
    {
      const guint middle = low + (high - low) / 2;

      if (arm->sorted[middle] < x || (or_equal && arm->sorted[middle] == x))
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/* The evidence against "the quantile is @x". */
static double
evidence_at (const Arm *arm,
             double     x)
{
  double share = arm->best;

  if (x < arm->lower)
    share = (double) count_below (arm, x, TRUE) / arm->n;
  else if (x > arm->upper)
    share = (double) count_below (arm, x, FALSE) / arm->n;

  return evidence (arm, share);
}

/* The evidence is convex in the share: golden section. */
static void
arm_init (Arm                 *arm,
          const SyBetaMixture *mixture,
          double              *values,
          guint                n,
          double               p)
{
  const double golden = (sqrt (5) - 1) / 2;
  double low = 0, high = 1;

  qsort (values, n, sizeof *values, compare);
  *arm = (Arm) { mixture, values, n, p, p, 0, 0 };
  for (guint i = 0; i < BISECTIONS; i++)
    {
      const double left = high - golden * (high - low);
      const double right = low + golden * (high - low);

      if (evidence (arm, left) < evidence (arm, right))
        high = right;
      else
        low = left;
    }

  arm->best = (low + high) / 2;
  arm->lower = values[CLAMP ((guint) ceil (arm->best * n), 1, n) - 1];
  arm->upper = values[MIN ((guint) floor (arm->best * n), n - 1)];
}

double
sy_quantile_ab_p (double *a,
                  guint   n_a,
                  double *b,
                  guint   n_b,
                  double  p,
                  double  t_opt)
{
  const SyBetaMixture mixture = sy_beta_mixture (t_opt * p * (1 - p), ALPHA_OPT, p, 1 - p);
  double least = INFINITY;
  Arm arms[2];

  g_return_val_if_fail (n_a > 0 && n_b > 0, 1);

  arm_init (&arms[0], &mixture, a, n_a, p);
  arm_init (&arms[1], &mixture, b, n_b, p);

  /* If both quantiles were the same, it would be somewhere: the place where
   * that is the least unlikely. Evidence changes only at a value of a sample. */
  for (guint i = 0; i < 2; i++)
    for (guint j = 0; j < arms[i].n; j++)
      {
        const double x = arms[i].sorted[j];

        least = fmin (least, evidence_at (&arms[0], x) + evidence_at (&arms[1], x));
      }

  return fmin (1, exp (-least));
}
