/* sy-otlp-data.c: the data points of one metric
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One reader for the points of all kinds: what a kind does not have stays at
 * its default. Whether a point makes sense is known once the whole metric has
 * been read, since its members come in any order.
 */
#define G_LOG_DOMAIN "sy-wire"

#include "config.h"

#include <math.h>
#include <string.h>

#include "sy-otlp-request-private.h"

#define NO_RECORDED_VALUE 1
#define MAX_BUCKETS 4096
#define MIN_SCALE -10
#define MAX_SCALE 20
#define MAX_OFFSET (1 << 30)

/* A point with what is known of it only while it is read. */
typedef struct
{
  SyOtlpPoint point;
  guint       index;    /* in its list */
  gint64      flags;
  gboolean    is_cut;   /* labels too long or too many */
  double      negative; /* what an exponential histogram counted below zero */
} Draft;

/* Exponential buckets while they are read. */
typedef struct
{
  gint64        offset;
  const double *counts;
  guint         n_counts;
} Buckets;

static gboolean
read_buckets_member (SyOtlpReader *self,
                     const char   *name,
                     gpointer      into)
{
  Buckets *buckets = into;

  if (strcmp (name, "offset") == 0)
    return sy_otlp_reader_integer (self, &buckets->offset);
  if (strcmp (name, "bucketCounts") == 0)
    return sy_otlp_reader_doubles (self, &buckets->counts, &buckets->n_counts);

  return sy_otlp_reader_skip (self);
}

static gboolean
read_positive (SyOtlpReader *self,
               SyOtlpPoint  *point)
{
  Buckets buckets = { 0, NULL, 0 };

  if (!sy_otlp_reader_object (self, read_buckets_member, &buckets))
    return FALSE;

  point->offset = (int) CLAMP (buckets.offset, -MAX_OFFSET, MAX_OFFSET);
  point->counts = buckets.counts;
  point->n_counts = buckets.n_counts;
  return TRUE;
}

static gboolean
read_negative (SyOtlpReader *self,
               double       *ret)
{
  Buckets buckets = { 0, NULL, 0 };

  if (!sy_otlp_reader_object (self, read_buckets_member, &buckets))
    return FALSE;

  for (guint i = 0; i < buckets.n_counts; i++)
    *ret += buckets.counts[i];
  return TRUE;
}

/* A {quantile, value}. */
static gboolean
read_quantile_member (SyOtlpReader *self,
                      const char   *name,
                      gpointer      into)
{
  double *pair = into;

  if (strcmp (name, "quantile") == 0)
    return sy_otlp_reader_double (self, &pair[0]);
  if (strcmp (name, "value") == 0)
    return sy_otlp_reader_double (self, &pair[1]);

  return sy_otlp_reader_skip (self);
}

static gboolean
read_quantiles (SyOtlpReader *self,
                SyOtlpPoint  *point)
{
  g_autoptr (GArray) quantiles = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  gboolean is_null;

  if (!sy_otlp_reader_open (self, '[', &is_null))
    return FALSE;

  while (!is_null && sy_json_cursor_next (&self->cursor))
    {
      const gsize before = sy_otlp_reader_enter_index (self, values->len);
      double pair[2] = { 0, 0 };

      if (!sy_otlp_reader_object (self, read_quantile_member, pair))
        return FALSE;
      g_array_append_val (quantiles, pair[0]);
      g_array_append_val (values, pair[1]);
      sy_otlp_reader_leave (self, before);
    }

  point->bounds = sy_otlp_reader_keep_array (self, quantiles);
  point->counts = sy_otlp_reader_keep_array (self, values);
  point->n_bounds = point->n_counts = values->len;
  return TRUE;
}

static gboolean
read_scale (SyOtlpReader *self,
            int          *ret)
{
  gint64 scale;

  if (!sy_otlp_reader_integer (self, &scale))
    return FALSE;

  /* Outside is rejected later; it only has to stay outside. */
  *ret = (int) CLAMP (scale, MIN_SCALE - 1, MAX_SCALE + 1);
  return TRUE;
}

static gboolean
read_zero_count (SyOtlpReader *self,
                 double       *below)
{
  double zero;

  if (!sy_otlp_reader_double (self, &zero))
    return FALSE;

  *below += zero;
  return TRUE;
}

/* null is the default value: of a field that may be left out, that it is. */
static gboolean
read_sum (SyOtlpReader *self,
          double       *sum)
{
  if (sy_json_cursor_peek (&self->cursor) == 'n')
    return sy_otlp_reader_skip (self);

  return sy_otlp_reader_double (self, sum);
}

/* Whatever the kind of the metric. */
static gboolean
read_point_member (SyOtlpReader *self,
                   const char   *name,
                   gpointer      into)
{
  Draft *draft = into;
  SyOtlpPoint *point = &draft->point;

  if (strcmp (name, "attributes") == 0)
    return sy_otlp_reader_attributes (self, &point->labels, &point->n_labels, &draft->is_cut);
  if (strcmp (name, "startTimeUnixNano") == 0)
    return sy_otlp_reader_integer (self, &point->start_ns);
  if (strcmp (name, "timeUnixNano") == 0)
    return sy_otlp_reader_integer (self, &point->time_ns);
  if (strcmp (name, "asDouble") == 0 || strcmp (name, "asInt") == 0)
    return sy_otlp_reader_double (self, &point->value);
  if (strcmp (name, "count") == 0)
    return sy_otlp_reader_double (self, &point->count);
  if (strcmp (name, "sum") == 0)
    return read_sum (self, &point->sum);
  if (strcmp (name, "bucketCounts") == 0)
    return sy_otlp_reader_doubles (self, &point->counts, &point->n_counts);
  if (strcmp (name, "explicitBounds") == 0)
    return sy_otlp_reader_doubles (self, &point->bounds, &point->n_bounds);
  if (strcmp (name, "scale") == 0)
    return read_scale (self, &point->scale);
  if (strcmp (name, "zeroCount") == 0)
    return read_zero_count (self, &point->below);
  if (strcmp (name, "positive") == 0)
    return read_positive (self, point);
  if (strcmp (name, "negative") == 0)
    return read_negative (self, &draft->negative);
  if (strcmp (name, "quantileValues") == 0)
    return read_quantiles (self, point);
  if (strcmp (name, "flags") == 0)
    return sy_otlp_reader_integer (self, &draft->flags);

  return sy_otlp_reader_skip (self);
}

static gboolean
read_point (SyOtlpReader *self,
            Draft        *draft)
{
  draft->point.sum = (double) NAN;
  if (!sy_otlp_reader_object (self, read_point_member, draft))
    return FALSE;

  draft->point.below += draft->negative;
  return TRUE;
}

static gboolean
are_counts (const double *counts,
            guint         n)
{
  for (guint i = 0; i < n; i++)
    if (!(counts[i] >= 0) || !isfinite (counts[i]))
      return FALSE;

  return TRUE;
}

static gboolean
ascend (const double *bounds,
        guint         n)
{
  for (guint i = 0; i < n; i++)
    if (!isfinite (bounds[i]) || (i > 0 && !(bounds[i] > bounds[i - 1])))
      return FALSE;

  return TRUE;
}

/* What is wrong with the buckets of @point, NULL when nothing is. */
static const char *
judge_buckets (const SyOtlpMetric *metric,
               const SyOtlpPoint  *point)
{
  if (!(point->count >= 0) || !(point->below >= 0) || !isfinite (point->count) || !isfinite (point->below)
      || (metric->kind != SY_OTLP_SUMMARY && !are_counts (point->counts, point->n_counts)))
    return "a count is negative or not finite";
  if (point->n_counts > MAX_BUCKETS)
    return "more than 4096 buckets";
  if (metric->kind == SY_OTLP_HISTOGRAM && point->n_counts != point->n_bounds + 1 && point->n_counts + point->n_bounds > 0)
    return "bucketCounts must be one more than explicitBounds";
  if (metric->kind == SY_OTLP_HISTOGRAM && !ascend (point->bounds, point->n_bounds))
    return "explicitBounds do not ascend";
  if (metric->kind == SY_OTLP_SUMMARY && point->n_counts != point->n_bounds)
    return "buckets are not for a summary";
  if (metric->kind == SY_OTLP_EXPONENTIAL && (point->scale < MIN_SCALE || point->scale > MAX_SCALE))
    return "scale is outside of -10 to 20";

  return NULL;
}

/* What is wrong with a delta, NULL when nothing is: it stays in the sum for ever,
 * where the next cumulative point would take the place of this one. */
static const char *
judge_delta (const SyOtlpMetric *metric,
             const SyOtlpPoint  *point)
{
  if (metric->temporality != SY_OTLP_DELTA)
    return NULL;
  if (metric->kind == SY_OTLP_SUM && !metric->is_monotonic)
    return "deltas of a sum that may fall do not say its level: set "
           "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=cumulative";
  if (metric->kind == SY_OTLP_SUM ? !isfinite (point->value) : isinf (point->sum))
    return "a delta is not finite";
  if (metric->kind == SY_OTLP_SUM && point->value < 0)
    return "a delta is negative, though the sum only rises";

  return NULL;
}

/* Why @draft cannot be taken, NULL when it can. */
static const char *
judge (const SyOtlpMetric *metric,
       const Draft        *draft)
{
  const gboolean adds_up = metric->kind == SY_OTLP_SUM || metric->kind == SY_OTLP_HISTOGRAM || metric->kind == SY_OTLP_EXPONENTIAL;
  const char *why = adds_up ? judge_delta (metric, &draft->point) : NULL;

  if (draft->is_cut)
    return "attributes are too many or too long";
  if (draft->point.start_ns < 0 || draft->point.time_ns < 0)
    return "a time before 1970";
  if (adds_up && metric->temporality == SY_OTLP_UNTOLD)
    return "aggregationTemporality is not told: it must be 1 (delta) or 2 (cumulative)";
  if (why != NULL)
    return why;
  if (metric->kind == SY_OTLP_GAUGE || metric->kind == SY_OTLP_SUM)
    return draft->point.n_counts + draft->point.n_bounds > 0 ? "buckets are not for a gauge or a sum" : NULL;

  return judge_buckets (metric, &draft->point);
}

static void
reject (SyOtlpReader *self,
        guint         index,
        const char   *why)
{
  SyOtlpRequest *request = self->request;

  if (request->n_rejected++ == 0)
    request->why = g_strdup_printf ("%s.dataPoints[%u]: %s", self->path->str, index, why);
}

/* Takes what makes sense of @drafts into @metric. */
static void
take_points (SyOtlpReader *self,
             const GArray *drafts,
             SyOtlpMetric *metric)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (SyOtlpPoint));

  for (guint i = 0; i < drafts->len; i++)
    {
      const Draft *draft = &g_array_index (drafts, Draft, i);
      const char *why = judge (metric, draft);

      if ((draft->flags & NO_RECORDED_VALUE) != 0)
        continue;
      if (why != NULL)
        reject (self, i, why);
      else
        g_array_append_val (points, draft->point);
    }

  self->request->n_points += points->len;
  metric->points = sy_otlp_reader_keep_array (self, points);
  metric->n_points = points->len;
}

static gboolean
read_points (SyOtlpReader *self,
             GArray       *drafts)
{
  gboolean is_null;

  if (!sy_otlp_reader_open (self, '[', &is_null))
    return FALSE;

  while (!is_null && sy_json_cursor_next (&self->cursor))
    {
      const gsize before = sy_otlp_reader_enter_index (self, drafts->len);
      Draft draft = { .point.n_labels = 0 };

      if (drafts->len + self->request->n_points >= self->limits->max_samples)
        return sy_otlp_reader_fail_limit (self);
      if (!read_point (self, &draft))
        return FALSE;
      g_array_append_val (drafts, draft);
      sy_otlp_reader_leave (self, before);
    }

  return TRUE;
}

/* A number, or as other JSON encoders write it the word. */
static gboolean
read_temporality (SyOtlpReader      *self,
                  SyOtlpTemporality *ret)
{
  gint64 number = SY_OTLP_UNTOLD;
  const char *word = "";

  if (sy_json_cursor_peek (&self->cursor) != '"')
    {
      if (!sy_otlp_reader_integer (self, &number))
        return FALSE;
    }
  else if (!sy_otlp_reader_text (self, &word))
    return FALSE;

  if (number == SY_OTLP_DELTA || strcmp (word, "AGGREGATION_TEMPORALITY_DELTA") == 0)
    *ret = SY_OTLP_DELTA;
  else if (number == SY_OTLP_CUMULATIVE || strcmp (word, "AGGREGATION_TEMPORALITY_CUMULATIVE") == 0)
    *ret = SY_OTLP_CUMULATIVE;
  return TRUE;
}

/* A metric's data while it is read. */
typedef struct
{
  SyOtlpMetric *metric; /* borrowed */
  GArray       *drafts; /* borrowed, of Draft */
} DataDraft;

static gboolean
read_data_member (SyOtlpReader *self,
                  const char   *name,
                  gpointer      into)
{
  DataDraft *draft = into;

  if (strcmp (name, "dataPoints") == 0)
    return read_points (self, draft->drafts);
  if (strcmp (name, "aggregationTemporality") == 0)
    return read_temporality (self, &draft->metric->temporality);
  if (strcmp (name, "isMonotonic") == 0)
    return sy_otlp_reader_bool (self, &draft->metric->is_monotonic);

  return sy_otlp_reader_skip (self);
}

gboolean
sy_otlp_reader_data (SyOtlpReader *self,
                     SyOtlpKind    kind,
                     SyOtlpMetric *metric)
{
  g_autoptr (GArray) drafts = g_array_new (FALSE, FALSE, sizeof (Draft));
  DataDraft draft = { metric, drafts };

  metric->kind = kind;
  if (!sy_otlp_reader_object (self, read_data_member, &draft))
    return FALSE;

  /* They do not add up, whatever is said of them. */
  if (kind == SY_OTLP_GAUGE || kind == SY_OTLP_SUMMARY)
    metric->temporality = SY_OTLP_UNTOLD;

  take_points (self, drafts, metric);
  return TRUE;
}
