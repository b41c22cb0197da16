/* sy-lint-groups.c: samples that belong together: one metric's points, one histogram
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "sy-wire"

#include "config.h"

#include "sy-lint.h"

#include <math.h>
#include <string.h>

/* The samples of one family with the same labels, apart from `le`, `quantile`
 * and the state: one metric of OpenMetrics. */
typedef struct {
  const SySample *first;      /* of the point at hand; borrowed */
  double          timestamp;  /* of the point at hand, NAN: none */
  gboolean        left;       /* another group came after it */

  /* Of a histogram. */
  gboolean        has_bucket;
  gboolean        has_negative_bound;
  double          bound;      /* of the last bucket */
  double          bucket;     /* its value */
  double          count;      /* NAN: none */
  double          sum;        /* NAN: none */
  gboolean        has_count;
  gboolean        has_sum;
} Group;

static int
compare_labels (gconstpointer a,
                gconstpointer b)
{
  const SyLabel *left = *(const SyLabel *const *) a;
  const SyLabel *right = *(const SyLabel *const *) b;

  return strcmp (left->name, right->name);
}

/* An unambiguous key: labels sorted, separated by bytes that are not UTF-8. */
static char *
dup_key (const SyLint   *self,
         const SySample *sample,
         gboolean        whole)
{
  const SyFamily *family = &self->families[sample->family];
  const SySeries *series = sample->series;
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  GString *key = g_string_new (NULL);

  g_string_append_printf (key, "%u", sample->family);
  if (whole)
    g_string_append_printf (key, "\377%s", series->name);

  for (guint i = 0; i < series->n_labels; i++)
    if (whole || (strcmp (series->labels[i].name, "le") != 0 && strcmp (series->labels[i].name, "quantile") != 0 &&
                  (family->type != SY_METRIC_STATESET || strcmp (series->labels[i].name, family->name) != 0)))
      g_ptr_array_add (labels, (gpointer) &series->labels[i]);

  g_ptr_array_sort (labels, compare_labels);
  for (guint i = 0; i < labels->len; i++)
    {
      const SyLabel *label = labels->pdata[i];

      g_string_append_printf (key, "\377%s\376%s", label->name, label->value);
    }

  return g_string_free (key, FALSE);
}

static gboolean
is_histogram (const SyLint *self,
              const Group  *group)
{
  SyMetricType type = self->families[group->first->family].type;

  return type == SY_METRIC_HISTOGRAM || type == SY_METRIC_GAUGE_HISTOGRAM;
}

static void
begin_point (Group          *group,
             const SySample *sample)
{
  *group = (Group) {
    .first = sample,
    .timestamp = sample->timestamp,
    .left = group->left,
    .bound = -INFINITY,
    .count = NAN,
    .sum = NAN,
  };
}

/* Whatever one histogram's point must have in the end. */
static void
finish_point (SyLint *self,
              Group  *group)
{
  SySeverity      severity = sy_lint_get_strictness (self);
  const SySample *sample = group->first;
  gboolean        gauge;

  if (!is_histogram (self, group) || (!group->has_bucket && !group->has_count && !group->has_sum))
    return;

  gauge = self->families[sample->family].type == SY_METRIC_GAUGE_HISTOGRAM;

  if (!group->has_bucket || !isinf (group->bound))
    sy_lint_add_sample (self, severity, sample, "histogram-no-inf", "the histogram has no bucket le=\"+Inf\"");
  else if (group->has_count && group->count != group->bucket)
    sy_lint_add_sample (self, severity, sample, "histogram-count",
                        "the bucket le=\"+Inf\" holds %g, but the count is %g", group->bucket, group->count);

  if (group->has_count != group->has_sum)
    sy_lint_add_sample (self, severity, sample, "histogram-sum-and-count",
                        "a histogram has both a sum and a count, or neither");

  if (!gauge && group->has_negative_bound && group->has_sum)
    sy_lint_add_sample (self, severity, sample, "histogram-negative-sum",
                        "a histogram with negative bounds cannot have a sum, which would not be a counter");

  if (gauge && group->sum < 0.0 && !group->has_negative_bound)
    sy_lint_add_sample (self, severity, sample, "histogram-negative-sum",
                        "the sum is negative, but no bound is");
}

static void
add_bucket (SyLint         *self,
            Group          *group,
            const SySample *sample)
{
  SySeverity severity = sy_lint_get_strictness (self);
  double     bound = sample->series->le;

  if (isnan (bound))
    return;

  if (group->has_bucket && bound <= group->bound)
    sy_lint_add_sample (self, severity, sample, "histogram-bucket-order", "the bounds do not ascend");
  else if (group->has_bucket && sample->value < group->bucket)
    sy_lint_add_sample (self, severity, sample, "histogram-not-cumulative",
                        "the bucket holds %g, less than the one before it", sample->value);

  group->has_bucket = TRUE;
  group->has_negative_bound |= bound < 0.0;
  group->bound = bound;
  group->bucket = sample->value;
}

static void
add_histogram_sample (SyLint         *self,
                      Group          *group,
                      const SySample *sample)
{
  const char *name = sample->series->name;

  if (g_str_has_suffix (name, "_bucket"))
    add_bucket (self, group, sample);
  else if (g_str_has_suffix (name, "count"))
    {
      group->has_count = TRUE;
      group->count = sample->value;
    }
  else if (g_str_has_suffix (name, "sum"))
    {
      group->has_sum = TRUE;
      group->sum = sample->value;
    }
}

/* The timestamps of one metric are all there or none is, and never go back. */
static void
check_timestamp (SyLint         *self,
                 const Group    *group,
                 const SySample *sample)
{
  SySeverity severity = sy_lint_get_strictness (self);

  if (!isnan (group->timestamp) != !isnan (sample->timestamp))
    sy_lint_add_sample (self, severity, sample, "timestamp-mixed",
                        "some samples of this metric have a timestamp, some have none");
  else if (sample->timestamp < group->timestamp)
    sy_lint_add_sample (self, severity, sample, "timestamp-order", "the timestamp is before the one above it");
}

static void
check_repetition (SyLint         *self,
                  GHashTable     *spelled,
                  const SySample *sample)
{
  char *key = isnan (sample->timestamp) ? dup_key (self, sample, TRUE) : NULL;

  if (key != NULL && !g_hash_table_add (spelled, key))
    sy_lint_add_sample (self, sy_lint_get_strictness (self), sample, "sample-repeated",
                        "the same series stands in the body twice");
}

static Group *
find_group (SyLint         *self,
            GHashTable     *groups,
            const SySample *sample)
{
  g_autofree char *key = dup_key (self, sample, FALSE);
  Group           *group = g_hash_table_lookup (groups, key);

  if (group == NULL)
    {
      group = g_new0 (Group, 1);
      begin_point (group, sample);
      g_hash_table_insert (groups, g_steal_pointer (&key), group);
    }

  return group;
}

static void
check_group (SyLint         *self,
             Group          *group,
             const SySample *sample)
{
  if (group->left && self->format == SY_FORMAT_OPENMETRICS)
    sy_lint_add_sample (self, SY_FINDING_ERROR, sample, "group-interleaved", "samples of one metric are not together");

  group->left = FALSE;
  check_timestamp (self, group, sample);

  if (sample->timestamp > group->timestamp)
    {
      finish_point (self, group);
      begin_point (group, sample);
    }

  if (is_histogram (self, group))
    add_histogram_sample (self, group, sample);
}

void
sy_lint_check_groups (SyLint *self)
{
  g_autoptr (GHashTable) groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) spelled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer       value;
  Group         *last = NULL;

  for (guint i = 0; i < self->n_samples; i++)
    {
      const SySample *sample = &self->samples[i];
      Group          *group = find_group (self, groups, sample);

      if (last != NULL && group != last && last->first->family == sample->family)
        last->left = TRUE;

      check_group (self, group, sample);
      check_repetition (self, spelled, sample);
      last = group;
    }

  g_hash_table_iter_init (&iter, groups);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    finish_point (self, value);
}
