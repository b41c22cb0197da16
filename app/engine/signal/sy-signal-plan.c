/* sy-signal-plan.c: which series feed which number
 *
 * The roles of a mapping become sources: a sample name, what its value is added
 * to, and the labels that let it pass. Choices made here:
 *
 * - Requests finished: `responses` before `requests` before the count of the
 *   duration. A count of successes gets the errors added.
 * - Errors: answers of class 5 by a status label of the `status` metric, of the
 *   requests, or of the duration; else the target's own counter of errors.
 * - Series of the routes that only we and health checks ask for are left out of
 *   requests, errors and durations, also while no other route has been asked
 *   for, so that figures agree with a load generator's.
 * - Loop lag: a gauge, or the lag's histogram.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard"

#include "config.h"

#include "sy-signal-plan.h"

#include <math.h>
#include <string.h>

#include "sy-mapping-private.h"
#include "sy-overrides.h"
#include "sy-signal-plan-private.h"

static void
add_source (SySignalPlan *self,
            const char   *name,
            SyPlanSource  source)
{
  GArray *list = g_hash_table_lookup (self->sources, name);

  if (list == NULL)
    {
      list = g_array_new (FALSE, FALSE, sizeof (SyPlanSource));
      g_hash_table_insert (self->sources, g_strdup (name), list);
    }

  g_array_append_val (list, source);
}

static const SyMappedSignal *
find_usable (const SySignalPlan *self,
             const char         *role)
{
  for (guint i = 0; i < sy_mapping_get_n_signals (self->mapping); i++)
    {
      const SyMappedSignal *mapped = sy_mapping_get_mapped (self->mapping, i);

      if (g_str_equal (mapped->signal.role, role) && (mapped->rule == NULL || !mapped->rule->display_only))
        return mapped;
    }

  return NULL;
}

static gboolean
is_histogram (const SyMappedSignal *mapped)
{
  return mapped->signal.how == SY_HOW_HISTOGRAM;
}

static void
plan_value (SySignalPlan         *self,
            const SyMappedSignal *mapped,
            SyInput               input)
{
  gboolean skips_own = input == SY_INPUT_FINISHED || input == SY_INPUT_ERRORS;

  add_source (self, mapped->signal.metric, (SyPlanSource) { SY_PLAN_VALUE, input, mapped->rule, skips_own });
  self->scale[input] = mapped->signal.scale;
  self->is_max[input] = mapped->rule != NULL && mapped->rule->aggregate == SY_AGGREGATE_MAX;
}

/* A number that is just there. */
static void
plan_simple (SySignalPlan *self,
             const char   *role,
             SyInput       input)
{
  const SyMappedSignal *mapped = find_usable (self, role);

  if (mapped != NULL && (mapped->signal.how == SY_HOW_GAUGE || mapped->signal.how == SY_HOW_COUNTER))
    plan_value (self, mapped, input);
}

static void
plan_duration (SySignalPlan         *self,
               const SyMappedSignal *mapped)
{
  const char *metric = mapped->signal.metric;
  g_autofree char *bucket = g_strconcat (metric, "_bucket", NULL);
  g_autofree char *sum = g_strconcat (metric, "_sum", NULL);
  g_autofree char *count = g_strconcat (metric, "_count", NULL);

  add_source (self, sum, (SyPlanSource) { SY_PLAN_VALUE, SY_INPUT_DURATION_SUM, mapped->rule, TRUE });
  add_source (self, count, (SyPlanSource) { SY_PLAN_VALUE, SY_INPUT_DURATION_COUNT, mapped->rule, TRUE });
  if (is_histogram (mapped))
    add_source (self, bucket, (SyPlanSource) { SY_PLAN_BUCKET, SY_HISTOGRAM_DURATION, mapped->rule, TRUE });
  else
    add_source (self, metric, (SyPlanSource) { SY_PLAN_QUANTILE, 0, mapped->rule, TRUE });

  self->scale[SY_INPUT_DURATION_SUM] = mapped->signal.scale;
  self->histogram_scale[SY_HISTOGRAM_DURATION] = mapped->signal.scale;
  self->status_metrics[2] = g_steal_pointer (&count);
}

static void
plan_requests (SySignalPlan *self)
{
  const SyMappedSignal *finished = find_usable (self, "responses");
  const SyMappedSignal *errors = find_usable (self, "errors");

  if (finished == NULL)
    finished = find_usable (self, "requests");
  if (finished == NULL)
    return;

  if (finished->signal.how == SY_HOW_DURATION_COUNT)
    {
      g_autofree char *count = g_strconcat (finished->signal.metric, "_count", NULL);

      add_source (self, count, (SyPlanSource) { SY_PLAN_VALUE, SY_INPUT_FINISHED, NULL, TRUE });
      return;
    }

  plan_value (self, finished, SY_INPUT_FINISHED);
  self->status_metrics[1] = g_strdup (finished->signal.metric);
  if (finished->rule != NULL && finished->rule->excludes_errors && errors != NULL)
    add_source (self, errors->signal.metric, (SyPlanSource) { SY_PLAN_VALUE, SY_INPUT_FINISHED, errors->rule, TRUE });
}

static void
plan_in_flight (SySignalPlan *self)
{
  const SyMappedSignal *mapped = find_usable (self, "inflight");

  if (mapped == NULL)
    return;

  self->in_flight_how = mapped->signal.how;
  self->counts_scrape = mapped->counts_scrape;
  if (mapped->signal.how == SY_HOW_STARTED_MINUS_FINISHED)
    {
      add_source (self, mapped->signal.metric, (SyPlanSource) { SY_PLAN_VALUE, SY_INPUT_STARTED, NULL, FALSE });
      add_source (self, mapped->finished, (SyPlanSource) { SY_PLAN_VALUE, SY_INPUT_ENDED, NULL, FALSE });
    }
  else if (mapped->signal.how == SY_HOW_GAUGE)
    {
      plan_value (self, mapped, SY_INPUT_IN_FLIGHT);
    }
}

static void
plan_loop (SySignalPlan *self)
{
  const SyMappedSignal *lag = find_usable (self, "loop_lag");
  const SyMappedSignal *share = find_usable (self, "loop_util");

  if (lag == NULL)
    lag = find_usable (self, "loop_lag_p99");

  if (lag != NULL && is_histogram (lag))
    {
      g_autofree char *bucket = g_strconcat (lag->signal.metric, "_bucket", NULL);

      add_source (self, bucket, (SyPlanSource) { SY_PLAN_BUCKET, SY_HISTOGRAM_LOOP_LAG, lag->rule, FALSE });
      self->histogram_scale[SY_HISTOGRAM_LOOP_LAG] = lag->signal.scale;
    }
  else if (lag != NULL)
    {
      plan_value (self, lag, SY_INPUT_LOOP_LAG);
      self->is_max[SY_INPUT_LOOP_LAG] = TRUE;
      self->lag_floor = lag->rule != NULL ? lag->rule->floor : 0;
    }

  if (share != NULL && share->signal.how == SY_HOW_COUNTER)
    {
      plan_value (self, share, SY_INPUT_LOOP_ACTIVE);
      add_source (self, share->signal.metric, (SyPlanSource) { SY_PLAN_VALUE, SY_INPUT_LOOP_TIME, NULL, FALSE });
      self->scale[SY_INPUT_LOOP_TIME] = share->signal.scale;
    }
  else if (share != NULL)
    {
      plan_value (self, share, SY_INPUT_LOOP_SHARE);
      self->is_max[SY_INPUT_LOOP_SHARE] = TRUE;
    }
}

const char *
sy_signal_plan_find_status_label (const SySignalPlan *self,
                                  const SySeries     *series)
{
  const GPtrArray *files = sy_mapping_get_files (self->mapping);

  for (guint i = 0; i < files->len; i++)
    {
      const SyRecogniserFile *file = g_ptr_array_index (files, i);

      for (guint j = 0; j < file->status_labels->len; j++)
        {
          const char *label = g_ptr_array_index (file->status_labels, j);
          const char *value = sy_series_get_label (series, label);

          if (value == NULL || strlen (value) != 3 || value[0] < '1' || value[0] > '5')
            continue;
          if ((g_ascii_isdigit (value[1]) && g_ascii_isdigit (value[2])) || g_ascii_strcasecmp (value + 1, "xx") == 0)
            return label;
        }
    }

  return NULL;
}

/* The class of the status that @series tells, 1 to 5; 0: it tells none. */
static guint
status_class (const SySignalPlan *self,
              const SySeries     *series)
{
  const char *label = sy_signal_plan_find_status_label (self, series);

  return label != NULL ? (guint) (sy_series_get_label (series, label)[0] - '0') : 0;
}

static guint
find_status_rank (const SySignalPlan *self,
                  const SyExposition *exposition)
{
  guint n_samples;
  const SySample *samples = sy_exposition_get_samples (exposition, &n_samples);
  guint rank = G_N_ELEMENTS (self->status_metrics);

  for (guint i = 0; i < n_samples; i++)
    for (guint j = 0; j < rank; j++)
      if (self->status_metrics[j] != NULL && strcmp (samples[i].series->name, self->status_metrics[j]) == 0
          && status_class (self, samples[i].series) != 0)
        rank = j;

  return rank;
}

/* A person's choice comes before what status labels say. */
static gboolean
errors_are_chosen (const SySignalPlan *self)
{
  const SyOverrides *overrides = sy_mapping_get_overrides (self->mapping);
  const char *metric;

  return overrides != NULL && sy_overrides_find_role (overrides, "errors", &metric);
}

static void
plan_errors (SySignalPlan       *self,
             const SyExposition *exposition)
{
  static const char * const counters[] = { "errors_5xx", "errors", "exceptions" };
  const SyMappedSignal *status = find_usable (self, "status");

  if (errors_are_chosen (self))
    for (guint i = 0; i < G_N_ELEMENTS (self->status_metrics); i++)
      g_clear_pointer (&self->status_metrics[i], g_free);
  else if (status != NULL)
    self->status_metrics[0] = g_strdup (status->signal.metric);

  self->status_rank = find_status_rank (self, exposition);
  if (self->status_rank < G_N_ELEMENTS (self->status_metrics))
    {
      const SyRule *rule = self->status_rank == 0 ? status->rule : NULL;

      add_source (self, self->status_metrics[self->status_rank], (SyPlanSource) { SY_PLAN_STATUS, SY_INPUT_ERRORS, rule, TRUE });
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (counters); i++)
    {
      const SyMappedSignal *errors = find_usable (self, counters[i]);

      if (errors == NULL)
        continue;
      plan_value (self, errors, SY_INPUT_ERRORS);
      return;
    }
}

gint8
sy_signal_plan_quantile_index (double quantile)
{
  static const double known[SY_N_QUANTILES] = { 0.5, 0.95, 0.99 };

  for (gint8 i = 0; i < SY_N_QUANTILES; i++)
    if (fabs (quantile - known[i]) < 1e-9)
      return i;

  return -1;
}

static void
apply_source (const SySignalPlan *self,
              const SyPlanSource *source,
              const SySeries     *series,
              SySeriesUse        *ret)
{
  const SyOverrides *overrides = sy_mapping_get_overrides (self->mapping);

  if ((source->rule != NULL && !sy_label_filters_match (source->rule->filters, series))
      || (source->skips_own && sy_mapping_is_own_route (self->mapping, series))
      || (overrides != NULL && !sy_overrides_pass (overrides, series, source->skips_own)))
    return;

  switch (source->kind)
    {
    case SY_PLAN_VALUE:
      ret->inputs |= 1u << source->target;
      break;

    case SY_PLAN_STATUS:
      if (status_class (self, series) == 5)
        ret->inputs |= 1u << source->target;
      else
        ret->is_no_error = TRUE;
      break;

    case SY_PLAN_BUCKET:
      ret->histogram = isnan (series->le) ? -1 : (gint8) source->target;
      break;

    case SY_PLAN_QUANTILE:
      ret->quantile = sy_signal_plan_quantile_index (series->quantile);
      break;

    default:
      g_assert_not_reached ();
    }
}

SySignalPlan *
sy_signal_plan_new (SyMapping          *mapping,
                    const SyExposition *exposition)
{
  SySignalPlan *self = g_new0 (SySignalPlan, 1);
  const SyMappedSignal *duration;

  self->mapping = sy_mapping_ref (mapping);
  self->sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  for (guint i = 0; i < SY_N_INPUTS; i++)
    self->scale[i] = 1;

  duration = find_usable (self, "duration");
  if (duration == NULL)
    duration = find_usable (self, "duration_summary");
  if (duration != NULL)
    plan_duration (self, duration);

  plan_requests (self);
  plan_errors (self, exposition);
  plan_in_flight (self);
  plan_loop (self);
  plan_simple (self, "cpu", SY_INPUT_CPU);
  plan_simple (self, "cpu_pct", SY_INPUT_CPU_SHARE);
  plan_simple (self, "rss", SY_INPUT_RSS);
  plan_simple (self, "workers", SY_INPUT_WORKERS);
  plan_simple (self, "workers_busy", SY_INPUT_WORKERS_BUSY);
  plan_simple (self, "queue", SY_INPUT_QUEUE);
  plan_simple (self, "threads", SY_INPUT_THREADS);
  plan_simple (self, "start_time", SY_INPUT_START_TIME);

  return self;
}

void
sy_signal_plan_free (SySignalPlan *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->status_metrics); i++)
    g_free (self->status_metrics[i]);
  g_hash_table_unref (self->sources);
  sy_mapping_unref (self->mapping);
  g_free (self);
}

static gboolean
sources_equal (const GArray *a,
               const GArray *b)
{
  if (b == NULL || a->len != b->len)
    return FALSE;

  for (guint i = 0; i < a->len; i++)
    {
      const SyPlanSource *first = &g_array_index (a, SyPlanSource, i);
      const SyPlanSource *second = &g_array_index (b, SyPlanSource, i);

      if (first->kind != second->kind || first->target != second->target || first->rule != second->rule
          || first->skips_own != second->skips_own)
        return FALSE;
    }

  return TRUE;
}

gboolean
sy_signal_plan_equal (const SySignalPlan *self,
                      const SySignalPlan *other)
{
  const GPtrArray *files = sy_mapping_get_files (self->mapping);
  const GPtrArray *others = sy_mapping_get_files (other->mapping);
  GHashTableIter iter;
  gpointer name, list;

  if (!sy_overrides_equal (sy_mapping_get_overrides (self->mapping), sy_mapping_get_overrides (other->mapping)))
    return FALSE;

  if (g_hash_table_size (self->sources) != g_hash_table_size (other->sources) || files->len != others->len
      || memcmp (files->pdata, others->pdata, files->len * sizeof (gpointer)) != 0)
    return FALSE;

  g_hash_table_iter_init (&iter, self->sources);
  while (g_hash_table_iter_next (&iter, &name, &list))
    if (!sources_equal (list, g_hash_table_lookup (other->sources, name)))
      return FALSE;

  return memcmp (self->scale, other->scale, sizeof self->scale) == 0
         && memcmp (self->histogram_scale, other->histogram_scale, sizeof self->histogram_scale) == 0;
}

gboolean
sy_signal_plan_classify (const SySignalPlan *self,
                         const SySeries     *series,
                         SySeriesUse        *ret)
{
  const GArray *list = g_hash_table_lookup (self->sources, series->name);

  *ret = (SySeriesUse) { .histogram = -1, .quantile = -1, .is_known = TRUE };

  for (guint i = 0; i < self->status_rank; i++)
    if (self->status_metrics[i] != NULL && strcmp (self->status_metrics[i], series->name) == 0
        && status_class (self, series) != 0)
      return FALSE;

  for (guint i = 0; list != NULL && i < list->len; i++)
    apply_source (self, &g_array_index (list, SyPlanSource, i), series, ret);

  return TRUE;
}
