/* sy-prom-questions.c: a plan as questions to a Prometheus server
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each source of the plan is one question, and its id says where the answer
 * belongs: "v3.0" is the first part of input 3, "h0.1" a histogram, "q.0" the
 * quantiles of a summary. Counters are asked for their increase over the
 * window, so what comes back is the difference of two snapshots already.
 */
#define G_LOG_DOMAIN "steelyard"

#include "config.h"

#include "sy-prom-questions.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sy-mapping-private.h"
#include "sy-number.h"
#include "sy-overrides.h"
#include "sy-reading-fill.h"
#include "sy-signal-plan-private.h"

#define USEC_PER_SEC 1000000.0
#define STATUS_5XX "5([0-9][0-9]|[xX][xX])"

struct _SyPromQuestions
{
  SySignalPlan *plan;      /* owned */
  GPtrArray    *queries;   /* owned, element-type SyPromQuery */
  gint64        window_us;
};

/* What queries are made with. */
typedef struct
{
  const SySignalPlan *plan;
  const SyExposition *exposition;
  const char         *matchers;
  char               *window;  /* owned: "[5000ms]" */
  GPtrArray          *queries; /* borrowed */
} Maker;

/* --- Which series --- */

static const SySeries *
find_series (const Maker *maker,
             const char  *name,
             const char  *label)
{
  guint n;
  const SySample *samples = sy_exposition_get_samples (maker->exposition, &n);

  for (guint i = 0; i < n; i++)
    if (strcmp (samples[i].series->name, name) == 0
        && (label == NULL || sy_series_get_label (samples[i].series, label) != NULL))
      return samples[i].series;

  return NULL;
}

static void
append_patterns (GString         *selector,
                 const char      *label,
                 const char      *operator,
                 const GPtrArray *patterns)
{
  g_autoptr (GString) regex = g_string_new (NULL);

  for (guint i = 0; i < patterns->len; i++)
    {
      g_autofree char *one = sy_name_pattern_dup_regex (g_ptr_array_index (patterns, i));

      g_string_append_printf (regex, "%s%s", i > 0 ? "|" : "", one);
    }

  g_string_append_printf (selector, ",%s%s", label, operator);
  sy_prom_append_quoted (selector, regex->str);
}

static GPtrArray *
collect_own_routes (const GPtrArray *files)
{
  GPtrArray *routes = g_ptr_array_new ();

  for (guint i = 0; i < files->len; i++)
    {
      const SyRecogniserFile *file = g_ptr_array_index (files, i);

      for (guint j = 0; j < file->own_routes->len; j++)
        g_ptr_array_add (routes, g_ptr_array_index (file->own_routes, j));
    }

  return routes;
}

static void
append_own_routes (const Maker *maker,
                   GString     *selector,
                   const char  *name)
{
  const GPtrArray *files = sy_mapping_get_files (maker->plan->mapping);
  g_autoptr (GPtrArray) routes = collect_own_routes (files);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < files->len && routes->len > 0; i++)
    {
      const SyRecogniserFile *file = g_ptr_array_index (files, i);

      for (guint j = 0; j < file->route_labels->len; j++)
        {
          char *label = g_ptr_array_index (file->route_labels, j);

          if (g_hash_table_add (seen, label) && find_series (maker, name, label) != NULL)
            append_patterns (selector, label, "!~", routes);
        }
    }
}

/* A person's filters. Only requests, errors and durations must have the label. */
static void
append_overrides (const Maker *maker,
                  GString     *selector,
                  gboolean     is_request)
{
  const SyOverrides *overrides = sy_mapping_get_overrides (maker->plan->mapping);
  const GPtrArray *filters = overrides != NULL ? sy_overrides_get_filters (overrides) : NULL;

  for (guint i = 0; filters != NULL && i < filters->len; i++)
    {
      const SyOverrideFilter *filter = g_ptr_array_index (filters, i);
      g_autoptr (GPtrArray) patterns = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_name_pattern_free);

      for (guint j = 0; j < filter->values->len; j++)
        g_ptr_array_add (patterns, sy_name_pattern_new (g_ptr_array_index (filter->values, j), FALSE));
      if (!is_request && !filter->except)
        g_ptr_array_add (patterns, sy_name_pattern_new ("", FALSE));
      append_patterns (selector, filter->label, filter->except ? "!~" : "=~", patterns);
    }
}

/* "name{matchers}" of the series that @source lets pass. (transfer full) */
static char *
dup_selector (const Maker        *maker,
              const char         *name,
              const SyPlanSource *source,
              const char         *more)
{
  GString *selector = g_string_new (NULL);

  g_string_append (selector, "{__name__=");
  sy_prom_append_quoted (selector, name);
  g_string_append_printf (selector, ",%s", maker->matchers);

  for (guint i = 0; source->rule != NULL && i < source->rule->filters->len; i++)
    {
      const SyLabelFilter *filter = g_ptr_array_index (source->rule->filters, i);

      append_patterns (selector, filter->label, filter->except ? "!~" : "=~", filter->values);
    }

  if (source->skips_own)
    append_own_routes (maker, selector, name);
  append_overrides (maker, selector, source->skips_own);
  if (more != NULL)
    g_string_append_printf (selector, ",%s", more);

  g_string_append_c (selector, '}');
  return g_string_free (selector, FALSE);
}

/* --- Questions --- */

static gboolean
is_growth (guint input)
{
  return input <= SY_INPUT_DURATION_SUM && input != SY_INPUT_STARTED && input != SY_INPUT_ENDED;
}

static char *
dup_value_query (const Maker        *maker,
                 const char         *name,
                 const SyPlanSource *source)
{
  g_autofree char *selector = dup_selector (maker, name, source, NULL);
  const gboolean is_max = maker->plan->is_max[source->target] || source->target == SY_INPUT_START_TIME;
  const char *aggregate = is_max ? "max" : "sum";

  if (is_growth (source->target))
    return g_strdup_printf ("%s(increase(%s%s))", aggregate, selector, maker->window);
  if (source->target == SY_INPUT_IN_FLIGHT && maker->plan->counts_scrape)
    return g_strdup_printf ("sum(clamp_min(%s-1,0))", selector);

  return g_strdup_printf ("%s(%s)", aggregate, selector);
}

/* Where statuses are counted and none is an error, errors are 0. */
static char *
dup_status_query (const Maker        *maker,
                  const char         *name,
                  const SyPlanSource *source)
{
  guint n;
  const SySample *samples = sy_exposition_get_samples (maker->exposition, &n);
  const char *label = NULL;
  g_autofree char *all = dup_selector (maker, name, source, NULL);
  g_autofree char *failed = NULL;
  g_autofree char *more = NULL;

  for (guint i = 0; i < n && label == NULL; i++)
    if (strcmp (samples[i].series->name, name) == 0)
      label = sy_signal_plan_find_status_label (maker->plan, samples[i].series);
  if (label == NULL)
    return NULL;

  more = g_strdup_printf ("%s=~\"" STATUS_5XX "\"", label);
  failed = dup_selector (maker, name, source, more);
  return g_strdup_printf ("(sum(increase(%s%s)) or sum(increase(%s%s))*0)", failed, maker->window, all, maker->window);
}

/* Quantiles of several series cannot be joined: only the one there is. */
static char *
dup_quantile_query (const Maker        *maker,
                    const char         *name,
                    const SyPlanSource *source)
{
  g_autofree char *selector = dup_selector (maker, name, source, "quantile=~\"0\\\\.50?|0\\\\.950?|0\\\\.99\"");

  return g_strdup_printf ("(max by(quantile)(%s) and count by(quantile)(%s)==1)", selector, selector);
}

static void
add_question (const Maker        *maker,
              const char         *name,
              const SyPlanSource *source)
{
  const guint n = maker->queries->len;
  g_autofree char *selector = NULL;
  g_autofree char *id = NULL;
  char *query = NULL;

  switch (source->kind)
    {
    case SY_PLAN_VALUE:
      id = g_strdup_printf ("v%u.%u", source->target, n);
      query = dup_value_query (maker, name, source);
      break;

    case SY_PLAN_STATUS:
      id = g_strdup_printf ("v%u.%u", source->target, n);
      query = dup_status_query (maker, name, source);
      break;

    case SY_PLAN_BUCKET:
      id = g_strdup_printf ("h%u.%u", source->target, n);
      selector = dup_selector (maker, name, source, NULL);
      query = g_strdup_printf ("sum by(le)(increase(%s%s))", selector, maker->window);
      break;

    case SY_PLAN_QUANTILE:
    default:
      id = g_strdup_printf ("q0.%u", n);
      query = dup_quantile_query (maker, name, source);
      break;
    }

  if (query != NULL)
    g_ptr_array_add (maker->queries, sy_prom_query_new (id, query));
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (a, b);
}

SyPromQuestions *
sy_prom_questions_new (SySignalPlan       *plan,
                       const SyExposition *exposition,
                       const char         *matchers,
                       gint64              window_us)
{
  SyPromQuestions *self = g_new0 (SyPromQuestions, 1);
  g_autofree char *window = g_strdup_printf ("[%" G_GINT64_FORMAT "ms]", MAX (window_us / 1000, 1));
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (plan->sources), compare_names);
  Maker maker;

  self->plan = plan;
  self->window_us = window_us;
  self->queries = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_prom_query_free);
  maker = (Maker) { plan, exposition, matchers, window, self->queries };

  for (GList *l = names; l != NULL; l = l->next)
    {
      const GArray *sources = g_hash_table_lookup (plan->sources, l->data);

      for (guint i = 0; i < sources->len && find_series (&maker, l->data, NULL) != NULL; i++)
        add_question (&maker, l->data, &g_array_index (sources, SyPlanSource, i));
    }

  /* What is ours of each gauge has been left out by the server. */
  plan->counts_scrape = FALSE;
  return self;
}

void
sy_prom_questions_free (SyPromQuestions *self)
{
  sy_signal_plan_free (self->plan);
  g_ptr_array_unref (self->queries);
  g_free (self);
}

SyMapping *
sy_prom_questions_get_mapping (const SyPromQuestions *self)
{
  return self->plan->mapping;
}

GPtrArray *
sy_prom_questions_dup_queries (const SyPromQuestions *self)
{
  GPtrArray *queries = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_prom_query_free);

  for (guint i = 0; i < self->queries->len; i++)
    {
      const SyPromQuery *query = g_ptr_array_index (self->queries, i);

      g_ptr_array_add (queries, sy_prom_query_new (query->id, g_strdup (query->query)));
    }

  return queries;
}

/* --- Answers --- */

static gboolean
read_label (const SyPromSeries *series,
            const char         *label,
            double             *ret)
{
  const char *text = sy_prom_series_get_label (series, label);

  return text != NULL && sy_number_parse_all (text, strlen (text), ret);
}

static void
add_input (const SyPromQuestions *self,
           SySums                *sums,
           guint                  input,
           double                 value)
{
  double *sum = &sums->values[input];

  if (isnan (*sum))
    *sum = value;
  else
    *sum = self->plan->is_max[input] ? MAX (*sum, value) : *sum + value;
}

/* Puts the value of one series of an answer where its id says. */
static void
add_value (const SyPromQuestions *self,
           SySums                *sums,
           const SyPromSeries    *series,
           double                 value)
{
  const char *id = sy_prom_series_get_label (series, SY_PROM_ID_LABEL);
  const guint target = id != NULL && *id != '\0' ? (guint) strtoul (id + 1, NULL, 10) : 0;
  double place;

  if (id == NULL || !isfinite (value))
    return;

  if (*id == 'v' && target < SY_N_INPUTS)
    {
      add_input (self, sums, target, value);
    }
  else if (*id == 'h' && target < SY_N_HISTOGRAMS && read_label (series, "le", &place))
    {
      if (sums->histograms[target] == NULL)
        sums->histograms[target] = sy_buckets_new ();
      sy_buckets_add (sums->histograms[target], place * self->plan->histogram_scale[target], value);
    }
  else if (*id == 'q' && read_label (series, "quantile", &place) && sy_signal_plan_quantile_index (place) >= 0)
    {
      const gint8 index = sy_signal_plan_quantile_index (place);

      sums->quantiles[index] = value;
      sums->n_quantiles[index]++;
    }
}

static void
fill (const SyPromQuestions *self,
      const SySums          *now,
      gint64                 wall_us,
      SyReading             *ret)
{
  g_autoptr (SySums) base = sy_sums_new (now->monotonic_us - self->window_us, now->generation);

  sy_reading_init (ret);
  ret->monotonic_us = now->monotonic_us;
  ret->wall_us = wall_us;
  sy_reading_fill_levels (ret, self->plan, now);
  sy_reading_fill_rates (ret, self->plan, base, now);
}

void
sy_prom_questions_read (const SyPromQuestions *self,
                        const SyPromAnswer    *answer,
                        gint64                 monotonic_us,
                        gint64                 wall_us,
                        SyReading             *ret)
{
  g_autoptr (SySums) now = sy_sums_new (monotonic_us, 0);
  guint n;
  const SyPromSeries *series = sy_prom_answer_get_series (answer, &n);

  for (guint i = 0; i < n; i++)
    if (series[i].n_points > 0)
      add_value (self, now, &series[i], series[i].points[0].value);

  fill (self, now, wall_us, ret);
}

static int
compare_sums (gconstpointer a,
              gconstpointer b)
{
  const SySums *first = *(const SySums * const *) a;
  const SySums *second = *(const SySums * const *) b;

  return (first->monotonic_us > second->monotonic_us) - (first->monotonic_us < second->monotonic_us);
}

/* All points by their time. (transfer full) (element-type SySums) */
static GPtrArray *
collect_steps (const SyPromQuestions *self,
               const SyPromAnswer    *answer,
               gint64                 epoch_us)
{
  GPtrArray *steps = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_sums_free);
  g_autoptr (GHashTable) by_time = g_hash_table_new (g_int64_hash, g_int64_equal);
  guint n;
  const SyPromSeries *series = sy_prom_answer_get_series (answer, &n);

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < series[i].n_points; j++)
      {
        const gint64 time_us = epoch_us + (gint64) (series[i].points[j].time * USEC_PER_SEC);
        SySums *sums = g_hash_table_lookup (by_time, &time_us);

        if (sums == NULL)
          {
            sums = sy_sums_new (time_us, 0);
            g_ptr_array_add (steps, sums);
            g_hash_table_insert (by_time, &sums->monotonic_us, sums);
          }
        add_value (self, sums, &series[i], series[i].points[j].value);
      }

  g_ptr_array_sort (steps, compare_sums);
  return steps;
}

static gint64
find_step (const GPtrArray *steps)
{
  gint64 step_us = G_MAXINT64 / 4;

  for (guint i = 1; i < steps->len; i++)
    step_us = MIN (step_us, ((SySums *) g_ptr_array_index (steps, i))->monotonic_us
                              - ((SySums *) g_ptr_array_index (steps, i - 1))->monotonic_us);

  return step_us;
}

void
sy_prom_questions_read_past (const SyPromQuestions *self,
                             const SyPromAnswer    *answer,
                             gint64                 epoch_us,
                             GArray                *ret)
{
  g_autoptr (GPtrArray) steps = collect_steps (self, answer, epoch_us);
  const gint64 step_us = find_step (steps);
  gint64 last_us = G_MAXINT64;

  for (guint i = 0; i < steps->len; i++)
    {
      const SySums *now = g_ptr_array_index (steps, i);
      SyReading reading;

      if (last_us < now->monotonic_us - step_us - step_us / 2)
        {
          sy_reading_init (&reading);
          reading.monotonic_us = last_us + step_us;
          reading.wall_us = reading.monotonic_us - epoch_us;
          reading.gap = SY_GAP_DOWN;
          g_array_append_val (ret, reading);
        }

      fill (self, now, now->monotonic_us - epoch_us, &reading);
      g_array_append_val (ret, reading);
      last_us = now->monotonic_us;
    }
}
