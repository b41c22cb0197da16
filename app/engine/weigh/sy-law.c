/* sy-law.c: the laws of probability that GSL knows, without its habit of ending the program
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-law.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_zeta.h>
#include <math.h>

static void
prepare (void)
{
  static gsize prepared;

  if (g_once_init_enter (&prepared))
    {
      gsl_set_error_handler_off ();
      g_once_init_leave (&prepared, 1);
    }
}

double
sy_law_student_quantile (double p,
                         double df)
{
  if (!(p > 0 && p < 1) || !(df > 0))
    return NAN;

  prepare ();
  return gsl_cdf_tdist_Pinv (p, df);
}

double
sy_law_binomial (guint  k,
                 double p,
                 guint  n)
{
  if (!(p >= 0 && p <= 1))
    return NAN;

  prepare ();
  return k >= n ? 1 : gsl_cdf_binomial_P (k, p, n);
}

double
sy_law_normal_above (double z)
{
  prepare ();
  return gsl_cdf_ugaussian_Q (z);
}

double
sy_law_normal_quantile (double p)
{
  if (!(p > 0 && p < 1))
    return NAN;

  prepare ();
  return gsl_cdf_ugaussian_Pinv (p);
}

double
sy_law_choose (guint n,
               guint k)
{
  gsl_sf_result result;

  prepare ();
  return gsl_sf_choose_e (n, k, &result) == GSL_SUCCESS ? result.val : (double) NAN;
}

double
sy_law_zeta (double s)
{
  gsl_sf_result result;

  prepare ();
  return gsl_sf_zeta_e (s, &result) == GSL_SUCCESS ? result.val : (double) NAN;
}
