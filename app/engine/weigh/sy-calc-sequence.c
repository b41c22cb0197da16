/* sy-calc-sequence.c: intervals that hold at any time one looks, by name
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The formulas and their sources are in the headers that are called here; this
 * file only carries numbers in and out.
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-calc.h"

#include <math.h>
#include <stdio.h>

#include "sy-beta-mixture.h"
#include "sy-sequence.h"

#define MAX_RANGE 1000000

static double
read_alpha (SyCalcInputs *in,
            const char   *name)
{
  const double alpha = sy_calc_inputs_number_or (in, name, 0.05);

  if (!(alpha > 0 && alpha < 1))
    sy_calc_inputs_fail (in, name, "must be between 0 and 1");

  return alpha;
}

static void
normal_mixture_bound (SyCalcInputs *in,
                      JsonObject   *out)
{
  const double variance = sy_calc_inputs_within (in, "v", 0, 1e300);
  const double variance_opt = sy_calc_inputs_within (in, "v_opt", 1e-300, 1e300);
  const double rho = sy_sequence_rho (variance_opt, read_alpha (in, "alpha_opt"));
  const double alpha = read_alpha (in, "alpha");

  json_object_set_double_member (out, "rho", rho);
  json_object_set_double_member (out, "bound", sy_sequence_normal_bound (variance, alpha, rho));
}

static void
beta_binomial (SyCalcInputs *in,
               JsonObject   *out)
{
  const double s = sy_calc_inputs_number (in, "s");
  const double variance = sy_calc_inputs_within (in, "v", 1e-300, 1e300);
  const double variance_opt = sy_calc_inputs_within (in, "v_opt", 1e-300, 1e300);
  const double g = sy_calc_inputs_within (in, "g", 1e-9, 1e9);
  const double h = sy_calc_inputs_within (in, "h", 1e-9, 1e9);
  const double alpha = read_alpha (in, "alpha");
  const SyBetaMixture mixture = sy_beta_mixture (variance_opt, alpha, g, h);

  if (!sy_calc_inputs_ok (in))
    return;

  sy_calc_put_or_null (out, "log", sy_beta_mixture_log (&mixture, s, variance));
  json_object_set_double_member (out, "bound", sy_beta_mixture_bound (&mixture, variance, alpha));
}

static void
bernoulli_confidence_sequence (SyCalcInputs *in,
                               JsonObject   *out)
{
  const double n = sy_calc_inputs_within (in, "n", 1, 1e15);
  const double k = sy_calc_inputs_within (in, "k", 0, isnan (n) ? 0 : n);
  const double n_opt = sy_calc_inputs_within (in, "t_opt", 1, 1e15);
  const double alpha = read_alpha (in, "alpha");
  double low, high;

  if (!sy_calc_inputs_ok (in))
    return;

  sy_share_interval (k, n, alpha, n_opt, &low, &high);
  json_object_set_double_member (out, "lo", low);
  json_object_set_double_member (out, "hi", high);
}

static void
double_stitching_bound (SyCalcInputs *in,
                        JsonObject   *out)
{
  guint n;
  g_autofree double *p = sy_calc_inputs_numbers (in, "p", &n);
  const double t = sy_calc_inputs_within (in, "t", 1, 1e15);
  const double t_opt = sy_calc_inputs_within (in, "t_opt", 1, 1e15);
  const double alpha = read_alpha (in, "alpha");

  if (!sy_calc_inputs_ok (in))
    return;

  for (guint i = 0; i < n; i++)
    p[i] = sy_double_stitching_bound (p[i], t, alpha, t_opt);
  sy_calc_put_numbers (out, "bound", p, n);
}

/* A list of numbers, or "1..1000", or "offset+1..offset+1000", to which @offset
 * is added. (transfer full) */
static double *
read_sample (SyCalcInputs *in,
             const char   *name,
             double        offset,
             guint        *ret_n)
{
  JsonNode *node = json_object_get_member (in->object, name);
  double *values;
  guint first, last;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    {
      values = sy_calc_inputs_numbers (in, name, ret_n);
      for (guint i = 0; i < *ret_n; i++)
        values[i] += offset;
      return values;
    }

  if (sscanf (json_node_get_string (node), "offset+%u..offset+%u", &first, &last) != 2)
    {
      offset = 0;
      if (sscanf (json_node_get_string (node), "%u..%u", &first, &last) != 2)
        first = last = 0;
    }

  if (!(first > 0 && last > first && last - first < MAX_RANGE))
    {
      sy_calc_inputs_fail (in, name, "must be a list of numbers, or FIRST..LAST");
      return NULL;
    }

  *ret_n = last - first + 1;
  values = g_new (double, *ret_n);
  for (guint i = 0; i < *ret_n; i++)
    values[i] = offset + first + i;
  return values;
}

/* One p-value of samples a and b at a quantile, b moved by an offset. */
static double
quantile_p (SyCalcInputs *in,
            double        quantile,
            double        offset,
            double        t_opt)
{
  guint n_a = 0, n_b = 0;
  g_autofree double *a = read_sample (in, "a", 0, &n_a);
  g_autofree double *b = read_sample (in, "b", offset, &n_b);

  if (!(quantile > 0 && quantile < 1))
    sy_calc_inputs_fail (in, "cases", "the quantile must be between 0 and 1");

  return sy_calc_inputs_ok (in) ? sy_quantile_ab_p (a, n_a, b, n_b, quantile, t_opt) : (double) NAN;
}

static void
quantile_ab_p (SyCalcInputs *in,
               JsonObject   *out)
{
  const double t_opt = sy_calc_inputs_within (in, "t_opt", 1, 1e15);
  JsonArray *cases = sy_calc_inputs_array (in, "cases");
  g_autoptr (JsonArray) p = json_array_new ();

  if (!sy_calc_inputs_ok (in))
    return;

  for (guint i = 0; i < json_array_get_length (cases) && sy_calc_inputs_ok (in); i++)
    {
      JsonNode *node = json_array_get_element (cases, i);
      JsonArray *pair = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
      double quantile, offset;

      if (pair == NULL || json_array_get_length (pair) != 2
          || !sy_calc_node_to_double (json_array_get_element (pair, 0), &quantile)
          || !sy_calc_node_to_double (json_array_get_element (pair, 1), &offset))
        sy_calc_inputs_fail (in, "cases", "must hold pairs of a quantile and an offset");
      else
        json_array_add_double_element (p, quantile_p (in, quantile, offset, t_opt));
    }

  json_object_set_array_member (out, "p", g_steal_pointer (&p));
}

static void
confidence_sequence (SyCalcInputs *in,
                     JsonObject   *out)
{
  guint n;
  g_autofree double *values = sy_calc_inputs_numbers (in, "values", &n);
  const double alpha = read_alpha (in, "alpha");
  SySequence sequence;

  if (!sy_calc_inputs_ok (in))
    return;

  sy_sequence_mean (values, n, alpha, &sequence);
  json_object_set_int_member (out, "n", sequence.n);
  json_object_set_double_member (out, "mean", sequence.mean);
  sy_calc_put_or_null (out, "deviation", sequence.deviation);
  sy_calc_put_or_null (out, "correlation", sequence.correlation);
  json_object_set_double_member (out, "lo", sequence.low);
  json_object_set_double_member (out, "hi", sequence.high);

  /* Of values that are logarithms of ratios. */
  json_object_set_double_member (out, "ratio", exp (sequence.mean));
  json_object_set_double_member (out, "ratio_lo", exp (sequence.low));
  json_object_set_double_member (out, "ratio_hi", exp (sequence.high));
}

static void
windows_needed (SyCalcInputs *in,
                JsonObject   *out)
{
  guint n;
  const double deviation = sy_calc_inputs_within (in, "sd", 0, 1e300);
  g_autofree double *ratios = sy_calc_inputs_numbers (in, "ratio", &n);
  const double alpha = read_alpha (in, "alpha");

  if (!sy_calc_inputs_ok (in))
    return;

  for (guint i = 0; i < n; i++)
    ratios[i] = sy_sequence_values_needed (deviation, fabs (log (ratios[i])), alpha);
  sy_calc_put_numbers (out, "windows", ratios, n);
}

const SyCalcFunction SY_CALC_SEQUENCE[] = {
  { "normal_mixture_bound", "how far a sum of variance v ever strays from its mean", normal_mixture_bound },
  { "beta_binomial", "the same for steps between -g and h, with the evidence of a sum s", beta_binomial },
  { "bernoulli_confidence_sequence", "a share of which k of n were seen, valid at any time", bernoulli_confidence_sequence },
  { "double_stitching_bound", "how far the count below the quantile p strays after t values", double_stitching_bound },
  { "quantile_ab_p", "p-values, valid at any time, of a and b having the same quantiles", quantile_ab_p },
  { "confidence_sequence", "the mean of values that come one by one, valid at any time; the ratio where they are logarithms of ratios", confidence_sequence },
  { "windows_needed", "windows that tell a ratio from 1, of log ratios with deviation sd", windows_needed },
  { NULL },
};
