/* sy-recogniser.c: which metric means what
 *
 * Files that recognise a target apply in order of priority. A metric belongs to
 * the first file that has a rule for it; within that file it may play several
 * roles (a queue's jobs by state). Files marked as fallback come last and only
 * fill roles that nobody has filled. Then what can be computed is added: in
 * flight from two counters or by Little's law, requests from the count of a
 * duration histogram.
 *
 * Matching reads names and labels of the whole exposition; callers do it when
 * the set of metrics changes, not at every scrape.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard"

#include "config.h"

#include "sy-recogniser.h"

#include "sy-mapping-private.h"
#include "sy-metric-index.h"
#include "sy-overrides.h"
#include "sy-recogniser-folder.h"
#include "sy-role.h"
#include "sy-unit.h"

struct _SyRecogniser
{
  gatomicrefcount  references;
  GPtrArray       *files;    /* owned, element-type SyRecogniserFile, highest priority first */
  GPtrArray       *problems; /* owned, element-type GError */
};

/* One match in progress; everything borrowed but where said. */
typedef struct
{
  GPtrArray               *metrics; /* element-type SyMetric */
  const SyRecogniserFile **owners;  /* owned, by metric: the file that has claimed it */
  gboolean                *ignored; /* owned, by metric */
  SyMapping               *mapping;
} Match;

static const SyTrapText created_trap = { (char *) SY_TRAP_CREATED, NULL, NULL };

static gboolean
type_allowed (guint        types,
              SyMetricType type)
{
  return types == 0 || (types & (1u << type)) != 0;
}

static gboolean
condition_holds (const SyCondition *condition,
                 const GPtrArray   *metrics)
{
  for (guint i = 0; i < metrics->len; i++)
    {
      const SyMetric *metric = g_ptr_array_index (metrics, i);

      if (!type_allowed (condition->types, metric->family->type)
          || sy_name_pattern_match (condition->metric, metric->plain_name) == SY_NAME_OTHER)
        continue;
      if (condition->help != NULL && sy_name_pattern_match (condition->help, metric->family->help) == SY_NAME_OTHER)
        continue;
      if (condition->filters->len == 0)
        return TRUE;

      for (guint j = 0; j < metric->series->len; j++)
        if (sy_label_filters_match (condition->filters, g_ptr_array_index (metric->series, j)))
          return TRUE;
    }

  return FALSE;
}

static gboolean
file_applies (const SyRecogniserFile *file,
              const GPtrArray        *metrics)
{
  gboolean any = file->any->len == 0;

  for (guint i = 0; i < file->all->len; i++)
    if (!condition_holds (g_ptr_array_index (file->all, i), metrics))
      return FALSE;

  for (guint i = 0; i < file->none->len; i++)
    if (condition_holds (g_ptr_array_index (file->none, i), metrics))
      return FALSE;

  for (guint i = 0; i < file->any->len && !any; i++)
    any = condition_holds (g_ptr_array_index (file->any, i), metrics);

  return any;
}

static void
add_traps (Match           *match,
           const GPtrArray *texts,
           const SyMetric  *metric)
{
  for (guint i = 0; i < texts->len; i++)
    sy_mapping_add_trap (match->mapping, g_ptr_array_index (texts, i), metric->name);
}

static void
apply_ignores (Match                  *match,
               const SyRecogniserFile *file)
{
  for (guint i = 0; i < file->ignores->len; i++)
    {
      const SyIgnoreRule *rule = g_ptr_array_index (file->ignores, i);

      for (guint j = 0; j < match->metrics->len; j++)
        {
          const SyMetric *metric = g_ptr_array_index (match->metrics, j);

          if (match->ignored[j] || sy_name_pattern_match (rule->metric, metric->plain_name) == SY_NAME_OTHER)
            continue;
          match->ignored[j] = TRUE;
          add_traps (match, rule->traps, metric);
        }
    }
}

static void
ignore_created (Match *match)
{
  for (guint i = 0; i < match->metrics->len; i++)
    {
      const SyMetric *metric = g_ptr_array_index (match->metrics, i);

      if (!metric->is_created)
        continue;
      match->ignored[i] = TRUE;
      sy_mapping_add_trap (match->mapping, &created_trap, metric->name);
    }
}

static SyHow
how_of_type (SyMetricType type)
{
  switch (type)
    {
    case SY_METRIC_COUNTER:
      return SY_HOW_COUNTER;

    case SY_METRIC_HISTOGRAM:
    case SY_METRIC_GAUGE_HISTOGRAM:
      return SY_HOW_HISTOGRAM;

    case SY_METRIC_SUMMARY:
      return SY_HOW_SUMMARY;

    case SY_METRIC_UNKNOWN:
    case SY_METRIC_GAUGE:
    case SY_METRIC_INFO:
    case SY_METRIC_STATESET:
    default:
      return SY_HOW_GAUGE;
    }
}

/* What the target says in # UNIT wins over the rule when both are units of the
 * same thing; without a unit in the rule the target must say it there or in the
 * name. NULL: nobody knows, so the rule does not apply. */
static const char *
find_unit (const SyRule   *rule,
           const SyMetric *metric)
{
  const char *said = *metric->family->unit != '\0' ? sy_unit_canonical (metric->family->unit) : NULL;

  if (rule->unit == NULL)
    return said != NULL ? said : sy_unit_of_name (metric->plain_name);

  return said != NULL && sy_unit_compatible (said, rule->unit) ? said : rule->unit;
}

static gboolean
apply_rule_to_metric (Match                  *match,
                      const SyRecogniserFile *file,
                      const SyRule           *rule,
                      guint                   index,
                      SyNameMatch             wanted)
{
  const SyMetric *metric = g_ptr_array_index (match->metrics, index);
  SyMappedSignal *mapped;
  const char *unit;

  if (match->ignored[index]
      || (match->owners[index] != NULL && match->owners[index] != file)
      || !type_allowed (rule->types, metric->family->type)
      || sy_name_pattern_match (rule->metric, metric->plain_name) != wanted)
    return FALSE;

  unit = find_unit (rule, metric);
  if (unit == NULL)
    return FALSE;

  match->owners[index] = file;
  mapped = sy_mapping_add (match->mapping, rule->role, metric->name, metric->family->type, unit,
                           how_of_type (metric->family->type));
  mapped->rule = rule;
  mapped->counts_scrape = rule->counts_scrape;
  add_traps (match, rule->traps, metric);

  return TRUE;
}

static void
apply_rules (Match                  *match,
             const SyRecogniserFile *file)
{
  for (guint i = 0; i < file->rules->len; i++)
    {
      const SyRule *rule = g_ptr_array_index (file->rules, i);
      gboolean done = file->is_fallback && sy_mapping_find (match->mapping, rule->role) != NULL;

      /* a name without a prefix is the better one */
      for (SyNameMatch wanted = SY_NAME_EXACT; wanted >= SY_NAME_PREFIXED; wanted--)
        for (guint j = 0; j < match->metrics->len && !done; j++)
          done = apply_rule_to_metric (match, file, rule, j, wanted) && file->is_fallback;
    }
}

static const SyMetric *
find_metric (const Match         *match,
             const SyNamePattern *pattern)
{
  for (guint i = 0; i < match->metrics->len; i++)
    {
      const SyMetric *metric = g_ptr_array_index (match->metrics, i);

      if (metric->family->type == SY_METRIC_COUNTER && sy_name_pattern_match (pattern, metric->plain_name) != SY_NAME_OTHER)
        return metric;
    }

  return NULL;
}

/* FALSE when a person has decided that nothing plays @role. */
static gboolean
may_derive (const Match *match,
            const char  *role)
{
  const SyOverrides *overrides = sy_mapping_get_overrides (match->mapping);
  const char *metric;

  return sy_mapping_find (match->mapping, role) == NULL
         && (overrides == NULL || !sy_overrides_find_role (overrides, role, &metric));
}

static const SyMetric *
find_metric_by_name (const Match *match,
                     const char  *name)
{
  for (guint i = 0; i < match->metrics->len; i++)
    {
      const SyMetric *metric = g_ptr_array_index (match->metrics, i);

      if (g_str_equal (metric->name, name))
        return metric;
    }

  return NULL;
}

/* What a person has decided counts, whatever the files say. */
static void
apply_override (Match        *match,
                const SyRole *role,
                const char   *name)
{
  const SyMetric *metric = name != NULL ? find_metric_by_name (match, name) : NULL;
  SyMetricType type;
  const char *unit = NULL;

  sy_mapping_remove_role (match->mapping, role->name);
  for (guint i = 0; role->others[i] != NULL; i++)
    sy_mapping_remove_role (match->mapping, role->others[i]);
  if (metric == NULL || !sy_role_allows (role, metric->family->type))
    return;

  if (*metric->family->unit != '\0')
    unit = sy_unit_canonical (metric->family->unit);
  if (unit == NULL)
    unit = sy_unit_of_name (metric->plain_name);
  if (unit == NULL || !sy_unit_compatible (unit, role->unit))
    unit = role->unit;

  /* without a TYPE line the role says what the number is */
  type = metric->family->type;
  if (type == SY_METRIC_UNKNOWN && sy_role_allows (role, SY_METRIC_COUNTER))
    type = SY_METRIC_COUNTER;

  sy_mapping_add (match->mapping, role->name, metric->name, metric->family->type, unit, how_of_type (type));
}

static void
apply_overrides (Match *match)
{
  const SyOverrides *overrides = sy_mapping_get_overrides (match->mapping);
  const char *metric;

  for (const SyRole *role = sy_role_list (); overrides != NULL && role->name != NULL; role++)
    if (sy_overrides_find_role (overrides, role->name, &metric))
      apply_override (match, role, metric);
}

static void
derive_difference (Match                  *match,
                   const SyRecogniserFile *file)
{
  for (guint i = 0; i < file->differences->len; i++)
    {
      const SyDifferenceRule *rule = g_ptr_array_index (file->differences, i);
      const SyMetric *started = find_metric (match, rule->started);
      const SyMetric *finished = find_metric (match, rule->finished);
      SyMappedSignal *mapped;

      if (started == NULL || finished == NULL || !may_derive (match, "inflight"))
        continue;

      mapped = sy_mapping_add (match->mapping, "inflight", started->name, SY_METRIC_COUNTER, "1", SY_HOW_STARTED_MINUS_FINISHED);
      mapped->finished = g_strdup (finished->name);
      mapped->counts_scrape = rule->counts_scrape;
    }
}

static void
derive_from_duration (Match *match)
{
  const SyMappedSignal *duration = sy_mapping_find_mapped (match->mapping, "duration");

  if (duration == NULL)
    return;

  if (may_derive (match, "requests"))
    sy_mapping_add (match->mapping, "requests", duration->signal.metric, duration->signal.type, "1", SY_HOW_DURATION_COUNT);
  if (may_derive (match, "inflight"))
    sy_mapping_add (match->mapping, "inflight", duration->signal.metric, duration->signal.type, "1", SY_HOW_LITTLES_LAW);
}

static void
name_mapping (SyMapping *mapping)
{
  const GPtrArray *files = sy_mapping_get_files (mapping);
  const char *exporter = NULL, *runtime = NULL, *framework = NULL;
  gboolean unconfirmed = FALSE;

  for (guint i = 0; i < files->len; i++)
    {
      const SyRecogniserFile *file = g_ptr_array_index (files, i);

      unconfirmed = unconfirmed || (file->is_unconfirmed && exporter == NULL && file->exporter != NULL);
      exporter = exporter != NULL ? exporter : file->exporter;
      runtime = runtime != NULL ? runtime : file->runtime;
      framework = framework != NULL ? framework : file->framework;
    }

  sy_mapping_set_names (mapping, exporter, runtime, framework);
  sy_mapping_set_unconfirmed (mapping, unconfirmed);
}

static SyRecogniser *
recogniser_new (void)
{
  SyRecogniser *self = g_new0 (SyRecogniser, 1);

  g_atomic_ref_count_init (&self->references);
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_recogniser_file_free);
  self->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);

  return self;
}

SyRecogniser *
sy_recogniser_new_from_directory (const char  *directory,
                                  GError     **error)
{
  return sy_recogniser_new (directory, NULL, error);
}

SyRecogniser *
sy_recogniser_new (const char  *directory,
                   const char  *own_directory,
                   GError     **error)
{
  g_autoptr (SyRecogniser) self = recogniser_new ();

  if (!sy_recogniser_folder_read (directory, self->files, NULL, error))
    return NULL;
  if (own_directory != NULL)
    sy_recogniser_folder_read (own_directory, self->files, self->problems, NULL);
  sy_recogniser_folder_sort (self->files);

  return g_steal_pointer (&self);
}

const GPtrArray *
sy_recogniser_get_problems (const SyRecogniser *self)
{
  return self->problems;
}

SyRecogniser *
sy_recogniser_ref (SyRecogniser *self)
{
  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
sy_recogniser_unref (SyRecogniser *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->problems);
  g_free (self);
}

SyMapping *
sy_recogniser_match (const SyRecogniser *self,
                     const SyExposition *exposition)
{
  return sy_recogniser_match_with (self, exposition, NULL);
}

SyMapping *
sy_recogniser_match_with (const SyRecogniser *self,
                          const SyExposition *exposition,
                          SyOverrides        *overrides)
{
  SyMapping *mapping = sy_mapping_new ((SyRecogniser *) self);
  g_autoptr (GPtrArray) metrics = sy_metric_index_new (exposition);
  g_autofree const SyRecogniserFile **owners = g_new0 (const SyRecogniserFile *, metrics->len);
  g_autofree gboolean *ignored = g_new0 (gboolean, metrics->len);
  Match match = { metrics, owners, ignored, mapping };
  const GPtrArray *files;

  for (guint i = 0; i < self->files->len; i++)
    {
      const SyRecogniserFile *file = g_ptr_array_index (self->files, i);

      if (file_applies (file, metrics))
        sy_mapping_add_file (mapping, file);
    }

  sy_mapping_set_overrides (mapping, overrides);
  files = sy_mapping_get_files (mapping);
  ignore_created (&match);
  for (guint i = 0; i < files->len; i++)
    apply_ignores (&match, g_ptr_array_index (files, i));
  for (guint i = 0; i < files->len; i++)
    apply_rules (&match, g_ptr_array_index (files, i));
  apply_overrides (&match);
  for (guint i = 0; i < files->len; i++)
    derive_difference (&match, g_ptr_array_index (files, i));
  derive_from_duration (&match);
  name_mapping (mapping);

  return mapping;
}
