/* sy-break-even.c: where two curves change places
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A scan finds the two places between which the sign changes, GSL's bracketing
 * solver (Brent) the point. A bracketing solver also settles on a jump, which
 * is what whole machines make of a cost curve.
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-break-even.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_roots.h>
#include <math.h>

#define MAX_ITERATIONS 200
#define TOLERANCE 1e-12
#define TRAFFIC_STEPS 2000

typedef struct
{
  SyBreakEvenFunc func;
  gconstpointer   data;
} Problem;

static double
evaluate (double  x,
          void   *user_data)
{
  const Problem *problem = user_data;

  return problem->func (x, problem->data);
}

static double
solve (Problem *problem,
       double   low,
       double   high)
{
  static gsize quiet = 0;
  gsl_function function = { evaluate, problem };
  gsl_root_fsolver *solver;
  double x = low;

  /* GSL's handler ends the program; we look at what its functions return. */
  if (g_once_init_enter (&quiet))
    {
      gsl_set_error_handler_off ();
      g_once_init_leave (&quiet, 1);
    }

  solver = gsl_root_fsolver_alloc (gsl_root_fsolver_brent);

  if (gsl_root_fsolver_set (solver, &function, low, high) == GSL_SUCCESS)
    for (guint i = 0; i < MAX_ITERATIONS; i++)
      {
        if (gsl_root_fsolver_iterate (solver) != GSL_SUCCESS)
          break;

        x = gsl_root_fsolver_root (solver);
        if (gsl_root_test_interval (gsl_root_fsolver_x_lower (solver), gsl_root_fsolver_x_upper (solver),
                                    TOLERANCE, TOLERANCE) == GSL_SUCCESS)
          break;
      }

  gsl_root_fsolver_free (solver);
  return x;
}

static double
place (const SyBreakEvenRange *range,
       guint                   step)
{
  const double share = (double) step / range->steps;

  if (range->logarithmic)
    return range->low * pow (range->high / range->low, share);

  return range->low + (range->high - range->low) * share;
}

gboolean
sy_break_even_find (SyBreakEvenFunc         func,
                    gconstpointer           data,
                    const SyBreakEvenRange *range,
                    double                 *ret_x)
{
  Problem problem = { func, data };
  double last_x = NAN;
  double last = 0;

  for (guint i = 0; i <= range->steps; i++)
    {
      const double x = place (range, i);
      const double value = func (x, data);

      if (!isfinite (value) || value == 0)
        continue;

      if (last != 0 && (last < 0) != (value < 0))
        {
          *ret_x = solve (&problem, last_x, x);
          return TRUE;
        }

      last_x = x;
      last = value;
    }

  return FALSE;
}

void
sy_break_even_curve (const SyHostingPlan *plan,
                     double               low,
                     double               high,
                     guint                n,
                     double              *ret_peaks,
                     double              *ret_totals)
{
  const SyBreakEvenRange range = { low, high, n - 1, TRUE };
  SyHostingPlan at = *plan;

  g_return_if_fail (n >= 2 && low > 0 && high > low);

  for (guint i = 0; i < n; i++)
    {
      SyHostingMonth month;

      at.peak_rps = ret_peaks[i] = place (&range, i);
      sy_hosting_month (&at, &month);
      ret_totals[i] = month.total;
    }
}

static double
total_difference (double        peak,
                  gconstpointer data)
{
  const SyHostingPlan *const *plans = data;
  SyHostingMonth months[2];

  for (guint i = 0; i < 2; i++)
    {
      SyHostingPlan at = *plans[i];

      at.peak_rps = peak;
      sy_hosting_month (&at, &months[i]);
    }

  return months[0].total - months[1].total;
}

gboolean
sy_break_even_traffic (const SyHostingPlan *a,
                       const SyHostingPlan *b,
                       double               low,
                       double               high,
                       double              *ret_peak)
{
  const SyHostingPlan *plans[] = { a, b };
  const SyBreakEvenRange range = { low, high, TRAFFIC_STEPS, TRUE };

  return sy_break_even_find (total_difference, plans, &range, ret_peak);
}
