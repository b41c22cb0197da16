/* sy-calc-usl.c: the Universal Scalability Law by name
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a model is asked for, "model" is an object with gamma, alpha and beta,
 * or with N and X, which are fitted; or the name of a published data set. The
 * same members may stand beside the question itself. X may be "NAME / DIVISOR",
 * a published data set in units of DIVISOR; gamma is 1 then, as is usual where
 * throughput is given relative to that of one request.
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-calc.h"

#include <math.h>
#include <string.h>

#include "sy-calc-datasets.h"
#include "sy-usl.h"

/* (transfer full), NULL after a fault */
static double *
read_throughput (SyCalcInputs *in,
                 guint         n,
                 double       *gamma)
{
  JsonNode *node = json_object_get_member (in->object, "X");

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    {
      g_auto (GStrv) words = g_strsplit (json_node_get_string (node), " / ", 2);
      const SyDataset *dataset = words[0] != NULL ? sy_dataset_find (words[0]) : NULL;
      const double divisor = words[0] != NULL && words[1] != NULL ? g_ascii_strtod (words[1], NULL) : 1;
      double *throughput;

      if (dataset == NULL || dataset->n != n || !(divisor > 0))
        {
          sy_calc_inputs_fail (in, "X", "must be a list of numbers, as long as N, or “DATASET / DIVISOR”");
          return NULL;
        }

      throughput = g_new (double, n);
      for (guint i = 0; i < n; i++)
        throughput[i] = dataset->throughput[i] / divisor;
      *gamma = 1;
      return throughput;
    }

  return sy_calc_inputs_n_numbers (in, "X", n);
}

static gboolean
read_fit (SyCalcInputs *in,
          SyUslFit     *ret)
{
  guint n;
  double gamma = sy_calc_inputs_number_or (in, "gamma", NAN);
  g_autofree double *load = sy_calc_inputs_numbers (in, "N", &n);
  g_autofree double *throughput = load != NULL ? read_throughput (in, n, &gamma) : NULL;

  if (!sy_calc_inputs_ok (in))
    return FALSE;

  if (!sy_usl_fit (load, throughput, n, gamma, ret))
    {
      sy_calc_inputs_fail (in, "N", "the law does not fit: too few different loads, or no numbers above zero");
      return FALSE;
    }

  return TRUE;
}

static gboolean
read_parameters (SyCalcInputs *in,
                 SyUslFit     *ret)
{
  memset (ret, 0, sizeof *ret);
  ret->model.gamma = sy_calc_inputs_within (in, "gamma", 1e-300, 1e300);
  ret->model.alpha = sy_calc_inputs_within (in, "alpha", 0, 1);
  ret->model.beta = sy_calc_inputs_within (in, "beta", 0, 1e300);
  return sy_calc_inputs_ok (in);
}

/* The model asked about; @fit has no errors when it was given, not fitted. */
static gboolean
read_model (SyCalcInputs *in,
            SyUslFit     *ret)
{
  JsonNode *node = json_object_get_member (in->object, "model");
  SyCalcInputs inner = { in->object, NULL };

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    {
      const SyDataset *dataset = sy_dataset_find (json_node_get_string (node));

      if (dataset != NULL && sy_usl_fit (dataset->load, dataset->throughput, dataset->n, NAN, ret))
        return TRUE;
      sy_calc_inputs_fail (in, "model", "there is no published data set of this name");
      return FALSE;
    }

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    inner.object = json_node_get_object (node);

  if (sy_calc_inputs_has (&inner, "alpha") ? read_parameters (&inner, ret) : read_fit (&inner, ret))
    return TRUE;

  sy_calc_inputs_fail (in, "model", inner.error->message);
  g_clear_error (&inner.error);
  return FALSE;
}

static void
put_fit (JsonObject     *out,
         const SyUslFit *fit)
{
  const double t = sy_usl_fit_t (fit);

  json_object_set_double_member (out, "gamma", fit->model.gamma);
  json_object_set_double_member (out, "alpha", fit->model.alpha);
  json_object_set_double_member (out, "beta", fit->model.beta);
  sy_calc_put_or_null (out, "se_gamma", fit->se.gamma);
  sy_calc_put_or_null (out, "se_alpha", fit->se.alpha);
  sy_calc_put_or_null (out, "se_beta", fit->se.beta);
  sy_calc_put_or_null (out, "sigma", fit->sigma);
  json_object_set_int_member (out, "df", fit->df);
  sy_calc_put_or_null (out, "t", t);
  json_object_set_boolean_member (out, "alpha_on_bound", fit->alpha_bound);
  json_object_set_boolean_member (out, "beta_on_bound", fit->beta_bound);
  json_object_set_double_member (out, "limit_X", sy_usl_roof (&fit->model));
  json_object_set_double_member (out, "opt_N", sy_usl_knee (&fit->model));
  sy_calc_put_or_null (out, "peak_N", isfinite (sy_usl_peak_load (&fit->model)) ? sy_usl_peak_load (&fit->model) : (double) NAN);
  sy_calc_put_or_null (out, "peak_X", isfinite (sy_usl_peak_load (&fit->model)) ? sy_usl_peak_throughput (&fit->model) : (double) NAN);
  json_object_set_double_member (out, "max_measured_N", fit->max_load);
  json_object_set_double_member (out, "extrapolation_limit_N", SY_USL_EXTRAPOLATION * fit->max_load);
}

static void
put_predictions (SyCalcInputs   *in,
                 JsonObject     *out,
                 const SyUslFit *fit)
{
  guint n;
  g_autofree double *load = sy_calc_inputs_numbers (in, "predict_N", &n);
  g_autofree double *measured = NULL;
  g_autofree double *error = NULL;

  if (load == NULL)
    return;

  for (guint i = 0; i < n; i++)
    load[i] = sy_usl_predict (&fit->model, load[i]);
  sy_calc_put_numbers (out, "predicted", load, n);

  if (!sy_calc_inputs_has (in, "measured"))
    return;

  measured = sy_calc_inputs_n_numbers (in, "measured", n);
  if (measured == NULL)
    return;

  error = g_new (double, n);
  for (guint i = 0; i < n; i++)
    error[i] = 100 * (load[i] / measured[i] - 1);
  sy_calc_put_numbers (out, "error_pct", error, n);
}

static void
usl_fit (SyCalcInputs *in,
         JsonObject   *out)
{
  SyUslFit fit;

  if (!read_fit (in, &fit))
    return;

  put_fit (out, &fit);
  json_object_set_double_member (out, "predict_96", sy_usl_predict (&fit.model, 96));
  json_object_set_double_member (out, "predict_128", sy_usl_predict (&fit.model, 128));
  if (sy_calc_inputs_has (in, "predict_N"))
    put_predictions (in, out, &fit);
}

static void
usl_predict (SyCalcInputs *in,
             JsonObject   *out)
{
  SyUslFit fit;
  guint n;
  g_autofree double *load = NULL;

  if (!read_model (in, &fit))
    return;

  load = sy_calc_inputs_numbers (in, "N", &n);
  if (load == NULL)
    return;

  for (guint i = 0; i < n; i++)
    load[i] = sy_usl_predict (&fit.model, load[i]);
  sy_calc_put_numbers (out, "X", load, n);
}

static void
usl_concurrency_at_mean_latency (SyCalcInputs *in,
                                 JsonObject   *out)
{
  SyUslFit fit;
  guint n;
  g_autofree double *latency = sy_calc_inputs_numbers (in, "R_s", &n);

  if (latency == NULL || !read_model (in, &fit))
    return;

  for (guint i = 0; i < n; i++)
    latency[i] = sy_usl_load_at_latency (&fit.model, latency[i]);
  sy_calc_put_numbers (out, "N", latency, n);
}

static void
usl_throughput_at_mean_latency (SyCalcInputs *in,
                                JsonObject   *out)
{
  SyUslFit fit;
  const double latency = sy_calc_inputs_within (in, "R_s", 0, 1e300);

  if (!sy_calc_inputs_ok (in) || !read_model (in, &fit))
    return;

  sy_calc_put_or_null (out, "X", sy_usl_throughput_at_latency (&fit.model, latency));
  sy_calc_put_or_null (out, "X_recheck", sy_usl_predict (&fit.model, sy_usl_load_at_latency (&fit.model, latency)));
}

static void
usl_concurrency_at_throughput (SyCalcInputs *in,
                               JsonObject   *out)
{
  SyUslFit fit;
  const double throughput = sy_calc_inputs_within (in, "X_rps", 0, 1e300);
  double load;

  if (!sy_calc_inputs_ok (in) || !read_model (in, &fit))
    return;

  load = sy_usl_load_at_throughput (&fit.model, throughput);
  sy_calc_put_or_null (out, "N", load);
  sy_calc_put_or_null (out, "X_roundtrip", sy_usl_predict (&fit.model, load));
}

static void
usl_peak_ci95 (SyCalcInputs *in,
               JsonObject   *out)
{
  SyUslFit fit;
  double se_load = NAN, se_throughput = NAN, t, peak;

  if (!read_model (in, &fit))
    return;

  t = sy_usl_fit_t (&fit);
  peak = isfinite (sy_usl_peak_load (&fit.model)) ? sy_usl_peak_throughput (&fit.model) : (double) NAN;
  sy_usl_fit_peak_error (&fit, &se_load, &se_throughput);
  sy_calc_put_or_null (out, "peak_N", isnan (peak) ? (double) NAN : sy_usl_peak_load (&fit.model));
  sy_calc_put_or_null (out, "se_N", se_load);
  sy_calc_put_or_null (out, "peak_X", peak);
  sy_calc_put_or_null (out, "se_X", se_throughput);
  sy_calc_put_or_null (out, "t", t);
  sy_calc_put_or_null (out, "X_lo", peak - t * se_throughput);
  sy_calc_put_or_null (out, "X_hi", peak + t * se_throughput);
}

static void
usl_confint_95 (SyCalcInputs *in,
                JsonObject   *out)
{
  const char *name = sy_calc_inputs_string (in, "param");
  SyUslFit fit;
  double value, se, t;

  if (name == NULL || !read_model (in, &fit))
    return;

  if (strcmp (name, "gamma") == 0)
    value = fit.model.gamma, se = fit.se.gamma;
  else if (strcmp (name, "alpha") == 0)
    value = fit.model.alpha, se = fit.se.alpha;
  else if (strcmp (name, "beta") == 0)
    value = fit.model.beta, se = fit.se.beta;
  else
    {
      sy_calc_inputs_fail (in, "param", "must be gamma, alpha or beta");
      return;
    }

  t = sy_usl_fit_t (&fit);
  sy_calc_put_or_null (out, "lo", value - t * se);
  sy_calc_put_or_null (out, "hi", value + t * se);
  sy_calc_put_or_null (out, "t", t);
}

const SyCalcFunction SY_CALC_USL[] = {
  { "usl_fit", "the law fitted to throughputs X at N in flight, with standard errors, peak and limits", usl_fit },
  { "usl_predict", "throughput X of a model at N in flight", usl_predict },
  { "usl_concurrency_at_mean_latency", "N in flight of a model at mean latencies R_s", usl_concurrency_at_mean_latency },
  { "usl_throughput_at_mean_latency", "throughput X of a model at a mean latency R_s", usl_throughput_at_mean_latency },
  { "usl_concurrency_at_throughput", "N in flight of a model at X_rps; null beyond its peak", usl_concurrency_at_throughput },
  { "usl_peak_ci95", "the peak of a fitted model with its 95 % interval (delta method)", usl_peak_ci95 },
  { "usl_confint_95", "95 % interval of one parameter of a fitted model", usl_confint_95 },
  { NULL },
};
