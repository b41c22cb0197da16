/* sy-baseline.c: one backend before and after
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-baseline.h"

#include <math.h>

#include "sy-sequence.h"
#include "sy-verdict-rule.h"

#define ALPHA 0.05

enum { NOW, BEFORE, N_PARTS };

typedef struct
{
  GArray *logs;  /* (owned) (element-type double): of the metric, a window each */
  GArray *means; /* (owned) (element-type double): of the mean latency, where it is known */
  double  load;  /* the sum */
} Part;

static void
add_window (Part               *part,
            const SyTimeWindow *window,
            SyMetric            metric)
{
  const double value = sy_metric_get_value (metric, window);
  const double log_value = log (value);
  const double log_mean = log (window->latency_mean);

  if (!sy_time_window_is_whole (window) || !(value > 0))
    return;

  g_array_append_val (part->logs, log_value);
  if (window->latency_mean > 0)
    g_array_append_val (part->means, log_mean);
  part->load += window->throughput;
}

/* A process that begins anew is another one. */
static void
collect (const GArray *windows,
         gint64        from_us,
         gint64        to_us,
         SyMetric      metric,
         Part          parts[N_PARTS])
{
  for (guint i = 0; i < windows->len; i++)
    {
      const SyTimeWindow *window = &g_array_index (windows, SyTimeWindow, i);

      if (window->from_us >= from_us && window->to_us <= to_us)
        add_window (&parts[BEFORE], window, metric);
      if (window->from_us < to_us)
        continue;

      if (window->n_changes > 0)
        {
          g_array_set_size (parts[NOW].logs, 0);
          g_array_set_size (parts[NOW].means, 0);
          parts[NOW].load = 0;
        }
      add_window (&parts[NOW], window, metric);
    }
}

static gboolean
is_other_load (const SyBaselineEffect *effect)
{
  const double ratio = effect->load[NOW] / effect->load[BEFORE];

  return ratio > SY_FAIR_LOAD_RATIO || ratio < 1 / SY_FAIR_LOAD_RATIO;
}

static void
sequence_of (const GArray *logs,
             SySequence   *ret)
{
  sy_sequence_mean ((const double *) (gconstpointer) logs->data, logs->len, ALPHA / 2, ret);
}

/* A quantile within one bucket hardly moves when the backend gets slower: that the two
 * are equal the means must say as well. */
static SyVerdictState
doubt_equal (SyVerdictState    state,
             SyMetric          metric,
             double            margin,
             const SySequence  means[N_PARTS])
{
  const double low = means[NOW].low - means[BEFORE].high;
  const double high = means[NOW].high - means[BEFORE].low;

  if (state != SY_VERDICT_PRACTICALLY_EQUAL || !(sy_metric_get_quantile (metric) > 0))
    return state;

  return low >= -margin && high <= margin ? state : SY_VERDICT_TOO_CLOSE;
}

void
sy_baseline_compare (const GArray     *windows,
                     gint64            from_us,
                     gint64            to_us,
                     SyMetric          metric,
                     double            min_effect,
                     SyBaselineEffect *ret)
{
  const double margin = log1p (min_effect);
  Part parts[N_PARTS];
  SySequence sequences[N_PARTS];
  SySequence means[N_PARTS];

  for (guint i = 0; i < N_PARTS; i++)
    parts[i] = (Part) { g_array_new (FALSE, FALSE, sizeof (double)), g_array_new (FALSE, FALSE, sizeof (double)), 0 };
  collect (windows, from_us, to_us, metric, parts);

  *ret = (SyBaselineEffect) { .state = SY_VERDICT_TOO_EARLY, .ratio = NAN, .low = NAN, .high = NAN };
  for (guint i = 0; i < N_PARTS; i++)
    {
      const guint n = parts[i].logs->len;

      sequence_of (parts[i].logs, &sequences[i]);
      sequence_of (parts[i].means, &means[i]);
      ret->n[i] = n;
      ret->value[i] = n > 0 ? exp (sequences[i].mean) : (double) NAN;
      ret->load[i] = n > 0 ? parts[i].load / n : (double) NAN;
      g_array_unref (parts[i].logs);
      g_array_unref (parts[i].means);
    }

  if (ret->n[NOW] < SY_SEQUENCE_MIN || ret->n[BEFORE] < SY_SEQUENCE_MIN)
    return;

  ret->ratio = ret->value[NOW] / ret->value[BEFORE];
  ret->low = exp (sequences[NOW].low - sequences[BEFORE].high);
  ret->high = exp (sequences[NOW].high - sequences[BEFORE].low);
  ret->state = is_other_load (ret) ? SY_VERDICT_NOT_COMPARABLE
                                   : sy_verdict_rule_interval (log (ret->low), log (ret->high), margin, SY_VERDICT_TOO_EARLY);
  ret->state = doubt_equal (ret->state, metric, margin, means);
}
