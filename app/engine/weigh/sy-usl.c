/* sy-usl.c: the Universal Scalability Law
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The closed forms. Mean latency by Little's law is R(N) = N / X(N) =
 * (1 + alpha (N - 1) + beta N (N - 1)) / gamma; both inverses are quadratics:
 *
 *   beta N² + (alpha - beta) N + (1 - alpha - gamma R) = 0      its positive root
 *   beta X N² + ((alpha - beta) X - gamma) N + (1 - alpha) X = 0   its smaller root
 *
 * The signs matter: libraries exist that have alpha - beta where beta - alpha
 * belongs, or that leave beta out of the second.
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-usl.h"

#include <math.h>

double
sy_usl_predict (const SyUsl *self,
                double       load)
{
  return self->gamma * load / (1 + self->alpha * (load - 1) + self->beta * load * (load - 1));
}

double
sy_usl_peak_load (const SyUsl *self)
{
  return self->beta > 0 ? sqrt (fmax (0, 1 - self->alpha) / self->beta) : (double) INFINITY;
}

double
sy_usl_peak_throughput (const SyUsl *self)
{
  const double load = sy_usl_peak_load (self);

  return isfinite (load) ? sy_usl_predict (self, load) : sy_usl_roof (self);
}

double
sy_usl_roof (const SyUsl *self)
{
  return self->alpha > 0 ? self->gamma / self->alpha : (double) INFINITY;
}

double
sy_usl_knee (const SyUsl *self)
{
  return self->alpha > 0 ? 1 / self->alpha : (double) INFINITY;
}

double
sy_usl_load_at_latency (const SyUsl *self,
                        double       latency)
{
  const double a = self->beta;
  const double b = self->alpha - self->beta;
  const double c = 1 - self->alpha - self->gamma * latency;
  double load;

  /* Without beta the parabola is a line, without both there is no answer: any
   * load has the same latency. */
  if (a > 0)
    load = (-b + sqrt (b * b - 4 * a * c)) / (2 * a);
  else if (b > 0)
    load = -c / b;
  else
    return NAN;

  return load >= 1 ? load : (double) NAN;
}

double
sy_usl_throughput_at_latency (const SyUsl *self,
                              double       latency)
{
  return sy_usl_load_at_latency (self, latency) / latency;
}

double
sy_usl_load_at_throughput (const SyUsl *self,
                           double       throughput)
{
  const double a = self->beta * throughput;
  const double b = (self->alpha - self->beta) * throughput - self->gamma;
  const double c = (1 - self->alpha) * throughput;
  const double discriminant = b * b - 4 * a * c;

  /* b < 0 below the peak; there 2c / (-b + …) is the smaller root without the
   * difference of two like numbers, and it holds for beta = 0 as well. */
  if (!(b < 0) || discriminant < 0)
    return NAN;

  return 2 * c / (-b + sqrt (discriminant));
}

gboolean
sy_usl_fit_peak_error (const SyUslFit *fit,
                       double         *ret_se_load,
                       double         *ret_se_throughput)
{
  const SyUsl *m = &fit->model;
  const double load = sy_usl_peak_load (m);
  double d_load[3], d_throughput[3], var_load = 0, var_throughput = 0, denominator;

  if (!isfinite (load) || !(load > 0))
    return FALSE;

  /* At the peak dX/dN is zero, so how the peak moves along N does not count. */
  denominator = 1 + m->alpha * (load - 1) + m->beta * load * (load - 1);
  d_load[0] = 0;
  d_load[1] = -1 / (2 * m->beta * load);
  d_load[2] = -load / (2 * m->beta);
  d_throughput[0] = load / denominator;
  d_throughput[1] = -m->gamma * load * (load - 1) / (denominator * denominator);
  d_throughput[2] = d_throughput[1] * load;

  for (guint i = 0; i < 3; i++)
    for (guint j = 0; j < 3; j++)
      {
        var_load += d_load[i] * d_load[j] * fit->covariance[i][j];
        var_throughput += d_throughput[i] * d_throughput[j] * fit->covariance[i][j];
      }

  *ret_se_load = sqrt (var_load);
  *ret_se_throughput = sqrt (var_throughput);
  return TRUE;
}
