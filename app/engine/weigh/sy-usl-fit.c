/* sy-usl-fit.c: fits the Universal Scalability Law to measurements
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Three parameters with bounds: the normal equations, damped (K. Levenberg
 * 1944, D. W. Marquardt 1963), of the parameters that are free. One that a step
 * would take beyond its bound is put on it; it is free again as soon as the
 * gradient points back inside. The residual, its gradient and the bounds are
 * ours, so is the loop; the distribution of the errors is GSL's.
 *
 * Start: gamma the best throughput for one request in flight, alpha 0.01, beta
 * 0.0001, which is where R's package "usl" starts and what its published
 * results were reached from.
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-usl.h"

#include <math.h>
#include <string.h>

#include "sy-law.h"

#define N_PARAMETERS 3
#define MAX_STEPS 500
#define RELATIVE_CHANGE 1e-15
#define MAX_DAMPING 1e20

enum { GAMMA, ALPHA, BETA };

typedef struct
{
  const double *load;
  const double *throughput;
  guint         n;
  gboolean      gamma_is_given;
} Data;

typedef struct
{
  double ss;                                /* sum of squared residuals */
  double gradient[N_PARAMETERS];            /* J' r, r = measured - model */
  double hessian[N_PARAMETERS][N_PARAMETERS]; /* J' J */
} Surface;

static const double low[N_PARAMETERS] = { 1e-300, 0, 0 };
static const double high[N_PARAMETERS] = { INFINITY, 1, INFINITY };

static double
sum_of_squares (const Data   *data,
                const double *p)
{
  const SyUsl model = { p[GAMMA], p[ALPHA], p[BETA] };
  double ss = 0;

  for (guint i = 0; i < data->n; i++)
    {
      const double e = data->throughput[i] - sy_usl_predict (&model, data->load[i]);

      ss += e * e;
    }

  return ss;
}

static void
survey (const Data   *data,
        const double *p,
        Surface      *ret)
{
  memset (ret, 0, sizeof *ret);
  ret->ss = sum_of_squares (data, p);

  for (guint i = 0; i < data->n; i++)
    {
      const double load = data->load[i];
      const double denominator = 1 + p[ALPHA] * (load - 1) + p[BETA] * load * (load - 1);
      const double e = data->throughput[i] - p[GAMMA] * load / denominator;
      double j[N_PARAMETERS];

      j[GAMMA] = load / denominator;
      j[ALPHA] = -p[GAMMA] * load * (load - 1) / (denominator * denominator);
      j[BETA] = j[ALPHA] * load;

      for (guint a = 0; a < N_PARAMETERS; a++)
        {
          ret->gradient[a] += j[a] * e;
          for (guint b = 0; b < N_PARAMETERS; b++)
            ret->hessian[a][b] += j[a] * j[b];
        }
    }
}

/* Solves A x = b for the parameters that are free, by elimination with
 * pivots; A is scaled to ones on its diagonal, as the parameters differ by a
 * million. FALSE when it is singular. */
static gboolean
solve (double          a[N_PARAMETERS][N_PARAMETERS],
       const double   *b,
       const gboolean *is_free,
       double         *x)
{
  double m[N_PARAMETERS][N_PARAMETERS + 1];
  guint index[N_PARAMETERS];
  guint n = 0;

  for (guint i = 0; i < N_PARAMETERS; i++)
    {
      x[i] = 0;
      if (is_free[i])
        index[n++] = i;
    }

  for (guint i = 0; i < n; i++)
    {
      for (guint j = 0; j < n; j++)
        m[i][j] = a[index[i]][index[j]] / sqrt (a[index[i]][index[i]] * a[index[j]][index[j]]);
      m[i][n] = b[index[i]] / sqrt (a[index[i]][index[i]]);
    }

  for (guint column = 0; column < n; column++)
    {
      guint pivot = column;

      for (guint i = column + 1; i < n; i++)
        if (fabs (m[i][column]) > fabs (m[pivot][column]))
          pivot = i;
      if (!(fabs (m[pivot][column]) > 1e-14))
        return FALSE;

      for (guint j = 0; j <= n; j++)
        {
          const double swap = m[column][j];

          m[column][j] = m[pivot][j];
          m[pivot][j] = swap;
        }

      for (guint i = 0; i < n; i++)
        if (i != column)
          {
            const double factor = m[i][column] / m[column][column];

            for (guint j = column; j <= n; j++)
              m[i][j] -= factor * m[column][j];
          }
    }

  for (guint i = 0; i < n; i++)
    x[index[i]] = m[i][n] / m[i][i] / sqrt (a[index[i]][index[i]]);
  return TRUE;
}

static void
find_free (const Data    *data,
           const double  *p,
           const Surface *at,
           gboolean      *is_free)
{
  for (guint i = 0; i < N_PARAMETERS; i++)
    is_free[i] = !(p[i] <= low[i] && at->gradient[i] <= 0) && !(p[i] >= high[i] && at->gradient[i] >= 0);
  if (data->gamma_is_given)
    is_free[GAMMA] = FALSE;
}

/* One step, damped more until it goes down. FALSE when none does: the bottom. */
static gboolean
descend (const Data    *data,
         double        *p,
         const Surface *at,
         const gboolean *is_free,
         double        *damping)
{
  for (; *damping < MAX_DAMPING; *damping *= 4)
    {
      double a[N_PARAMETERS][N_PARAMETERS];
      double step[N_PARAMETERS];
      double trial[N_PARAMETERS];

      memcpy (a, at->hessian, sizeof a);
      for (guint i = 0; i < N_PARAMETERS; i++)
        a[i][i] *= 1 + *damping;
      if (!solve (a, at->gradient, is_free, step))
        continue;

      for (guint i = 0; i < N_PARAMETERS; i++)
        trial[i] = CLAMP (p[i] + step[i], low[i], high[i]);
      if (sum_of_squares (data, trial) < at->ss)
        {
          memcpy (p, trial, sizeof trial);
          *damping = fmax (*damping / 10, 1e-12);
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
minimise (const Data *data,
          double     *p)
{
  double damping = 1e-3;

  for (guint i = 0; i < MAX_STEPS; i++)
    {
      gboolean is_free[N_PARAMETERS];
      double before[N_PARAMETERS];
      double change = 0;
      Surface at;

      survey (data, p, &at);
      if (!isfinite (at.ss))
        return FALSE;
      find_free (data, p, &at, is_free);
      memcpy (before, p, sizeof before);
      if (!descend (data, p, &at, is_free, &damping))
        return TRUE;

      for (guint j = 0; j < N_PARAMETERS; j++)
        change = fmax (change, fabs (p[j] - before[j]) / fmax (fabs (before[j]), 1e-12));
      if (change < RELATIVE_CHANGE)
        return TRUE;
    }

  return FALSE;
}

/* s² (J'J)⁻¹ of all that was fitted, also what ended on its bound, as published
 * results have it: leaving that out would make the others look surer. */
static void
fill_errors (const Data *data,
             double     *p,
             SyUslFit   *ret)
{
  double *const se[N_PARAMETERS] = { &ret->se.gamma, &ret->se.alpha, &ret->se.beta };
  gboolean is_free[N_PARAMETERS];
  Surface at;

  survey (data, p, &at);
  find_free (data, p, &at, is_free);
  ret->alpha_bound = !is_free[ALPHA];
  ret->beta_bound = !is_free[BETA];
  is_free[GAMMA] = !data->gamma_is_given;
  is_free[ALPHA] = is_free[BETA] = TRUE;
  ret->sigma = ret->df > 0 ? sqrt (at.ss / ret->df) : (double) NAN;

  for (guint i = 0; i < N_PARAMETERS; i++)
    {
      double unit[N_PARAMETERS] = { 0 };
      double column[N_PARAMETERS];

      *se[i] = i == GAMMA && data->gamma_is_given ? 0 : (double) NAN;
      unit[i] = 1;
      if (!is_free[i] || !solve (at.hessian, unit, is_free, column))
        continue;

      for (guint j = 0; j < N_PARAMETERS; j++)
        ret->covariance[i][j] = ret->sigma * ret->sigma * column[j];
      *se[i] = sqrt (ret->covariance[i][i]);
    }
}

guint
sy_usl_count_loads (const double *load,
                    guint         n)
{
  guint n_loads = 0;

  for (guint i = 0; i < n; i++)
    {
      guint j = 0;

      while (j < i && load[j] != load[i])
        j++;
      n_loads += j == i;
    }

  return n_loads;
}

double
sy_usl_fit_t (const SyUslFit *fit)
{
  return fit->df > 0 ? sy_law_student_quantile (0.975, fit->df) : (double) NAN;
}

gboolean
sy_usl_fit (const double *load,
            const double *throughput,
            guint         n,
            double        gamma,
            SyUslFit     *ret)
{
  const Data data = { load, throughput, n, !isnan (gamma) };
  const guint n_parameters = data.gamma_is_given ? N_PARAMETERS - 1 : N_PARAMETERS;
  double p[N_PARAMETERS] = { 0, 0.01, 1e-4 };

  memset (ret, 0, sizeof *ret);
  if (sy_usl_count_loads (load, n) < n_parameters)
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      if (!(load[i] > 0) || !(throughput[i] >= 0) || !isfinite (load[i] + throughput[i]))
        return FALSE;
      p[GAMMA] = fmax (p[GAMMA], throughput[i] / load[i]);
      ret->max_load = fmax (ret->max_load, load[i]);
    }
  if (data.gamma_is_given)
    p[GAMMA] = gamma;

  if (!(p[GAMMA] > 0) || !minimise (&data, p))
    return FALSE;

  ret->model = (SyUsl) { p[GAMMA], p[ALPHA], p[BETA] };
  ret->n = n;
  ret->df = n - n_parameters;
  fill_errors (&data, p, ret);
  return TRUE;
}
