/* sy-lint-samples.c: each sample by itself: its name, labels, value, exemplar
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "sy-wire"

#include "config.h"

#include "sy-lint.h"

#include <math.h>
#include <string.h>

#define MAX_EXEMPLAR_CHARS 128

/* What a sample must be, by its family's type and its own suffix: the table of
 * OpenMetrics 1.0, section "Metric Types". */
typedef enum {
  ANY_VALUE,
  NOT_NAN,      /* a number, possibly negative */
  NOT_NEGATIVE, /* a number */
  COUNT,        /* a whole number, not negative */
  IS_ONE,
  ZERO_OR_ONE,
  QUANTILE,     /* not negative, or NaN for "none yet" */
} ValueRule;

typedef struct {
  SyMetricType  type;
  const char   *suffix;
  ValueRule     value;
  gboolean      exemplar;  /* may have one */
} SampleRule;

static const SampleRule rules[] = {
  { SY_METRIC_UNKNOWN, "", ANY_VALUE, FALSE },
  { SY_METRIC_COUNTER, "_total", NOT_NEGATIVE, TRUE },
  { SY_METRIC_COUNTER, "_created", ANY_VALUE, FALSE },
  { SY_METRIC_GAUGE, "", ANY_VALUE, FALSE },
  { SY_METRIC_HISTOGRAM, "_bucket", COUNT, TRUE },
  { SY_METRIC_HISTOGRAM, "_count", COUNT, FALSE },
  { SY_METRIC_HISTOGRAM, "_sum", NOT_NEGATIVE, FALSE },
  { SY_METRIC_HISTOGRAM, "_created", ANY_VALUE, FALSE },
  { SY_METRIC_GAUGE_HISTOGRAM, "_bucket", COUNT, TRUE },
  { SY_METRIC_GAUGE_HISTOGRAM, "_gcount", COUNT, FALSE },
  { SY_METRIC_GAUGE_HISTOGRAM, "_gsum", NOT_NAN, FALSE },
  { SY_METRIC_SUMMARY, "", QUANTILE, FALSE },
  { SY_METRIC_SUMMARY, "_count", COUNT, FALSE },
  { SY_METRIC_SUMMARY, "_sum", NOT_NEGATIVE, FALSE },
  { SY_METRIC_SUMMARY, "_created", ANY_VALUE, FALSE },
  { SY_METRIC_INFO, "_info", IS_ONE, FALSE },
  { SY_METRIC_STATESET, "", ZERO_OR_ONE, FALSE },
};

static const char *
get_suffix (const SySample *sample,
            const SyFamily *family)
{
  gsize length = strlen (family->name);

  return strlen (sample->series->name) >= length ? sample->series->name + length : sample->series->name;
}

static const SampleRule *
find_rule (const SySample *sample,
           const SyFamily *family)
{
  const char *suffix = get_suffix (sample, family);

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (rules[i].type == family->type && strcmp (rules[i].suffix, suffix) == 0)
      return &rules[i];

  return NULL;
}

/* What @value must be and is not, or NULL. */
static const char *
judge_value (ValueRule rule,
             double    value)
{
  switch (rule)
    {
    case NOT_NAN:
      return isnan (value) ? "a number" : NULL;

    case NOT_NEGATIVE:
      return value >= 0.0 ? NULL : "a number that is not negative";

    case COUNT:
      return value >= 0.0 && value == floor (value) ? NULL : "a whole number that is not negative";

    case IS_ONE:
      return value == 1.0 ? NULL : "1";

    case ZERO_OR_ONE:
      return value == 0.0 || value == 1.0 ? NULL : "0 or 1";

    case QUANTILE:
      return value < 0.0 ? "not negative" : NULL;

    case ANY_VALUE:
    default:
      return NULL;
    }
}

/* Text format has no rule for values, but its strict reader refuses negative
 * populations of a histogram. */
static SySeverity
get_value_severity (const SyLint   *self,
                    const SySample *sample,
                    ValueRule       rule)
{
  if (self->families[sample->family].type == SY_METRIC_HISTOGRAM && rule == COUNT && sample->value < 0.0)
    return SY_FINDING_ERROR;

  return sy_lint_get_strictness (self);
}

static void
check_value (SyLint           *self,
             const SySample   *sample,
             const SampleRule *rule)
{
  const char *wanted = judge_value (rule->value, sample->value);

  /* Text format allows fractional counts: a histogram may be weighted. */
  if (wanted != NULL && rule->value == COUNT && self->format == SY_FORMAT_PROMETHEUS && sample->value > 0.0)
    return;

  if (wanted != NULL)
    sy_lint_add_sample (self, get_value_severity (self, sample, rule->value), sample, "value-range",
                        "the value of \"%s\" must be %s", sample->series->name, wanted);
}

static void
check_bound (SyLint         *self,
             const SySample *sample,
             const char     *label,
             double          bound)
{
  const char *text = sy_series_get_label (sample->series, label);

  if (text == NULL)
    sy_lint_add_sample (self, sy_lint_get_strictness (self), sample, "label-missing", "no label \"%s\"", label);
  else if (isnan (bound))
    sy_lint_add_sample (self, SY_FINDING_ERROR, sample, "label-not-a-number",
                        "the label \"%s\" is not a number", label);
}

static void
check_labels (SyLint           *self,
              const SySample   *sample,
              const SampleRule *rule)
{
  const SyFamily *family = &self->families[sample->family];
  const SySeries *series = sample->series;

  if (strcmp (rule->suffix, "_bucket") == 0)
    {
      check_bound (self, sample, "le", series->le);
      if (isinf (series->le) && series->le > 0.0 && strcmp (sy_series_get_label (series, "le"), "+Inf") != 0)
        sy_lint_add_sample (self, sy_lint_get_strictness (self), sample, "infinity-spelling",
                            "the bound must be spelled \"+Inf\"");
    }
  else if (family->type == SY_METRIC_SUMMARY && *rule->suffix == '\0')
    {
      check_bound (self, sample, "quantile", series->quantile);
      if (series->quantile < 0.0 || series->quantile > 1.0)
        sy_lint_add_sample (self, sy_lint_get_strictness (self), sample, "quantile-range",
                            "a quantile must be between 0 and 1");
    }
  else if (family->type == SY_METRIC_STATESET && sy_series_get_label (series, family->name) == NULL)
    sy_lint_add_sample (self, SY_FINDING_ERROR, sample, "label-missing", "no label \"%s\"", family->name);
}

static void
check_exemplar (SyLint           *self,
                const SySample   *sample,
                const SampleRule *rule)
{
  const SySeries *labels;
  glong           n_chars = 0;

  if (sample->exemplar < 0)
    return;

  if (rule == NULL || !rule->exemplar)
    sy_lint_add_sample (self, SY_FINDING_ERROR, sample, "exemplar-not-allowed",
                        "an exemplar belongs to a bucket or to the total of a counter");

  labels = sy_exposition_get_exemplar (self->exposition, sample->exemplar)->labels_series;
  for (guint i = 0; i < labels->n_labels; i++)
    n_chars += g_utf8_strlen (labels->labels[i].name, -1) + g_utf8_strlen (labels->labels[i].value, -1);

  if (n_chars > MAX_EXEMPLAR_CHARS)
    sy_lint_add_sample (self, SY_FINDING_ERROR, sample, "exemplar-too-long",
                        "the labels of the exemplar have %ld characters, %d are allowed", n_chars, MAX_EXEMPLAR_CHARS);
}

/* In text format a family's samples may be called what they like, as long as
 * the name is not taken for another meaning: a counter is called as its TYPE. */
static gboolean
is_name_allowed (const SyLint   *self,
                 const SySample *sample)
{
  const SyFamily *family = &self->families[sample->family];

  return self->format == SY_FORMAT_PROMETHEUS && family->type == SY_METRIC_COUNTER &&
         *get_suffix (sample, family) == '\0';
}

static void
check_sample (SyLint         *self,
              const SySample *sample)
{
  const SyFamily   *family = &self->families[sample->family];
  const SampleRule *rule = find_rule (sample, family);

  check_exemplar (self, sample, rule);

  if (rule != NULL)
    {
      check_labels (self, sample, rule);
      check_value (self, sample, rule);
    }
  else if (is_name_allowed (self, sample))
    {
      if (!(sample->value >= 0.0))
        sy_lint_add_sample (self, SY_FINDING_WARNING, sample, "value-range",
                            "the value of \"%s\" must be a number that is not negative", sample->series->name);
    }
  else
    sy_lint_add_sample (self, sy_lint_get_strictness (self), sample, "sample-name",
                        "a %s called \"%s\" has no sample \"%s\"", sy_metric_type_nick (family->type),
                        family->name, sample->series->name);
}

void
sy_lint_check_samples (SyLint *self)
{
  for (guint i = 0; i < self->n_samples; i++)
    check_sample (self, &self->samples[i]);
}
