/* sy-history.c: everything one backend has said, by quantity
 *
 * One column a quantity over one time column, the gaps, and the last reading.
 * A scrape that failed is a sample of nothing but NAN. Where another process
 * begins to answer, a sample of NAN is put one microsecond before it, so that
 * no line joins the numbers of two processes.
 *
 * Limits: the columns' samples, and 4096 gaps (the oldest go first). Empty: no
 * times, no gaps, nothing excluded, no last reading.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard"

#include "config.h"

#include "sy-history.h"

#include <math.h>
#include <string.h>

#define MAX_GAPS 4096
#define GAPS_AT_ONCE 512

enum { BEGINS, ENDS, N_ENDS };

struct _SyHistory
{
  GObject    parent_instance;

  SyTimes   *times;                    /* owned */
  SyColumn  *columns[SY_N_QUANTITIES]; /* owned */
  GPtrArray *gaps;                     /* owned, element-type SyGapSpan */
  GArray    *excluded[N_ENDS];         /* owned, element-type gint64: where ranges begin and end, each in order */
  SyReading  last;
  gboolean   has_last;
};

G_DEFINE_FINAL_TYPE (SyHistory, sy_history, G_TYPE_OBJECT)

enum {
  CHANGED,
  EXCLUDED_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
gap_span_free (gpointer data)
{
  SyGapSpan *span = data;

  g_free (span->message);
  g_free (span);
}

/* A stretch lasts; an event is an instant between two readings. The first
 * scrape has no rates yet: nothing is missing, so that is neither. */
static gboolean
gap_is_stretch (SyGap gap)
{
  switch (gap)
    {
    case SY_GAP_DOWN:
    case SY_GAP_LATE:
    case SY_GAP_SUSPENDED:
    case SY_GAP_OVERRUN:
    case SY_GAP_FORMAT_CHANGED:
      return TRUE;

    case SY_GAP_NONE:
    case SY_GAP_FIRST:
    case SY_GAP_RESTART:
    case SY_GAP_OTHER_WORKER:
    case SY_GAP_RESET:
    default:
      return FALSE;
    }
}

static gboolean
gap_is_event (SyGap gap)
{
  return gap == SY_GAP_RESTART || gap == SY_GAP_OTHER_WORKER || gap == SY_GAP_RESET;
}

/* Ended stretches that no sample is left of, and whatever is too much. */
static void
prune_gaps (SyHistory *self)
{
  gint64 first = sy_times_get_first (self->times);
  guint n_old = 0;

  while (n_old < self->gaps->len && ((SyGapSpan *) g_ptr_array_index (self->gaps, n_old))->to_us < first)
    n_old++;

  if (n_old == 0 && self->gaps->len > MAX_GAPS)
    n_old = GAPS_AT_ONCE;
  if (n_old > 0)
    g_ptr_array_remove_range (self->gaps, 0, n_old);
}

static void
note_gap (SyHistory  *self,
          gint64      time_us,
          SyGap       gap,
          const char *message)
{
  SyGapSpan *open = self->gaps->len > 0 ? g_ptr_array_index (self->gaps, self->gaps->len - 1) : NULL;
  SyGapSpan *span;

  if (open != NULL && open->to_us == G_MAXINT64)
    {
      if (open->gap == gap && g_strcmp0 (open->message, message) == 0)
        return;
      open->to_us = time_us;
    }

  if (!gap_is_stretch (gap) && !gap_is_event (gap))
    return;

  span = g_new0 (SyGapSpan, 1);
  span->from_us = time_us;
  span->to_us = gap_is_stretch (gap) ? G_MAXINT64 : time_us;
  span->gap = gap;
  span->message = g_strdup (message);
  g_ptr_array_add (self->gaps, span);
  prune_gaps (self);
}

static void
append_break (SyHistory *self,
              gint64     time_us)
{
  if (sy_times_get_n (self->times) == 0 || !sy_times_append (self->times, time_us - 1))
    return;

  for (guint i = 0; i < SY_N_QUANTITIES; i++)
    sy_column_append (self->columns[i], NAN);
}

static void
fill_values (const SyReading *reading,
             double           cost_per_hour,
             double           cost_per_million,
             double          *values)
{
  values[SY_QUANTITY_IN_FLIGHT] = reading->in_flight;
  values[SY_QUANTITY_P50] = reading->p50.estimate;
  values[SY_QUANTITY_P50_LOWER] = reading->p50.lower;
  values[SY_QUANTITY_P50_UPPER] = reading->p50.upper;
  values[SY_QUANTITY_P99] = reading->p99.estimate;
  values[SY_QUANTITY_P99_LOWER] = reading->p99.lower;
  values[SY_QUANTITY_P99_UPPER] = reading->p99.upper;
  values[SY_QUANTITY_LATENCY_MEAN] = reading->latency_mean;
  values[SY_QUANTITY_THROUGHPUT] = reading->throughput;
  values[SY_QUANTITY_ERRORS] = reading->errors;
  values[SY_QUANTITY_ERROR_RATIO] = reading->error_ratio;
  values[SY_QUANTITY_LOOP_LAG] = reading->loop_lag;
  values[SY_QUANTITY_LOOP_UTILISATION] = reading->loop_utilisation;
  values[SY_QUANTITY_WORKERS_BUSY] = reading->workers_busy;
  values[SY_QUANTITY_QUEUE] = reading->queue;
  values[SY_QUANTITY_CPU] = reading->cpu_cores;
  values[SY_QUANTITY_RSS] = reading->rss;
  values[SY_QUANTITY_COST_PER_HOUR] = cost_per_hour;
  values[SY_QUANTITY_COST_PER_MILLION] = cost_per_million;
}

static void
sy_history_finalize (GObject *object)
{
  SyHistory *self = SY_HISTORY (object);

  for (guint i = 0; i < SY_N_QUANTITIES; i++)
    sy_column_free (self->columns[i]);
  g_ptr_array_unref (self->gaps);
  for (guint i = 0; i < N_ENDS; i++)
    g_array_unref (self->excluded[i]);
  sy_times_unref (self->times);

  G_OBJECT_CLASS (sy_history_parent_class)->finalize (object);
}

static void
sy_history_class_init (SyHistoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sy_history_finalize;

  /* After each append. */
  signals[CHANGED] = g_signal_new ("changed", SY_TYPE_HISTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[EXCLUDED_CHANGED] =
    g_signal_new ("excluded-changed", SY_TYPE_HISTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sy_history_init (SyHistory *self)
{
  self->gaps = g_ptr_array_new_with_free_func (gap_span_free);
  for (guint i = 0; i < N_ENDS; i++)
    self->excluded[i] = g_array_new (FALSE, FALSE, sizeof (gint64));
  sy_reading_init (&self->last);
}

SyHistory *
sy_history_new (guint max_samples)
{
  SyHistory *self = g_object_new (SY_TYPE_HISTORY, NULL);

  self->times = sy_times_new (max_samples);
  for (guint i = 0; i < SY_N_QUANTITIES; i++)
    self->columns[i] = sy_column_new (self->times);

  return self;
}

void
sy_history_append (SyHistory       *self,
                   const SyReading *reading,
                   double           cost_per_hour,
                   double           cost_per_million,
                   const char      *message)
{
  double values[SY_N_QUANTITIES];

  g_return_if_fail (SY_IS_HISTORY (self));

  if (reading->gap == SY_GAP_RESTART || reading->gap == SY_GAP_OTHER_WORKER)
    append_break (self, reading->monotonic_us);

  if (!sy_times_append (self->times, reading->monotonic_us))
    return;

  fill_values (reading, cost_per_hour, cost_per_million, values);
  for (guint i = 0; i < SY_N_QUANTITIES; i++)
    sy_column_append (self->columns[i], values[i]);

  self->last = *reading;
  self->has_last = TRUE;
  note_gap (self, reading->monotonic_us, reading->gap, message);

  g_signal_emit (self, signals[CHANGED], 0);
}

SyTimes *
sy_history_get_times (SyHistory *self)
{
  g_return_val_if_fail (SY_IS_HISTORY (self), NULL);

  return self->times;
}

const SyColumn *
sy_history_get_column (SyHistory  *self,
                       SyQuantity  quantity)
{
  g_return_val_if_fail (SY_IS_HISTORY (self), NULL);
  g_return_val_if_fail (quantity < SY_N_QUANTITIES, NULL);

  return self->columns[quantity];
}

double
sy_history_get_mean (SyHistory  *self,
                     SyQuantity  quantity,
                     gint64      from_us,
                     gint64      to_us)
{
  const SyColumn *column = sy_history_get_column (self, quantity);
  const guint n_times = sy_times_get_n (self->times);
  double sum = 0;
  guint n = 0;

  for (guint i = sy_times_find (self->times, from_us); i < n_times && sy_times_get (self->times, i) <= to_us; i++)
    if (isfinite (sy_column_get (column, i)))
      {
        sum += sy_column_get (column, i);
        n++;
      }

  return n > 0 ? sum / n : (double) NAN;
}

double
sy_history_get_total (SyHistory  *self,
                      SyQuantity  quantity,
                      gint64      from_us,
                      gint64      to_us)
{
  const SyColumn *column = sy_history_get_column (self, quantity);
  const guint n_times = sy_times_get_n (self->times);
  const guint first = sy_times_find (self->times, from_us);
  double total = NAN;

  for (guint i = first + 1; i < n_times && sy_times_get (self->times, i) <= to_us; i++)
    if (isfinite (sy_column_get (column, i)))
      {
        const gint64 span_us = sy_times_get (self->times, i) - sy_times_get (self->times, i - 1);

        total = (isnan (total) ? 0 : total) + sy_column_get (column, i) * (double) span_us / G_USEC_PER_SEC;
      }

  return total;
}

const GPtrArray *
sy_history_get_gaps (SyHistory *self)
{
  g_return_val_if_fail (SY_IS_HISTORY (self), NULL);

  return self->gaps;
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  const gint64 first = *(const gint64 *) a;
  const gint64 second = *(const gint64 *) b;

  return (first > second) - (first < second);
}

/* (transfer full) */
static GArray *
sort_ends (const SyTimeRange *ranges,
           guint              n,
           gboolean           begins)
{
  GArray *times = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);

  for (guint i = 0; i < n; i++)
    if (ranges[i].from_us <= ranges[i].to_us)
      g_array_append_vals (times, begins ? &ranges[i].from_us : &ranges[i].to_us, 1);

  g_array_sort (times, compare_times);
  return times;
}

static gboolean
is_same (const GArray *a,
         const GArray *b)
{
  return a->len == b->len && (a->len == 0 || memcmp (a->data, b->data, a->len * sizeof (gint64)) == 0);
}

/* How many of @times, which are in order, lie before @time_us. */
static guint
count_before (const GArray *times,
              gint64        time_us)
{
  guint low = 0, high = times->len;

  while (low < high)
    {
      const guint middle = low + (high - low) / 2;

      if (g_array_index (times, gint64, middle) < time_us)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

void
sy_history_set_excluded (SyHistory         *self,
                         const SyTimeRange *ranges,
                         guint              n)
{
  GArray *const excluded[N_ENDS] = { sort_ends (ranges, n, TRUE), sort_ends (ranges, n, FALSE) };
  const gboolean same = is_same (excluded[BEGINS], self->excluded[BEGINS]) && is_same (excluded[ENDS], self->excluded[ENDS]);

  for (guint i = 0; i < N_ENDS; i++)
    {
      g_array_unref (self->excluded[i]);
      self->excluded[i] = excluded[i];
    }

  if (!same)
    g_signal_emit (self, signals[EXCLUDED_CHANGED], 0);
}

guint
sy_history_count_excluded (SyHistory *self, gint64 from_us, gint64 to_us)
{
  if (from_us >= to_us)
    return 0;

  /* Of those that began in time, all but those that had ended. */
  return count_before (self->excluded[BEGINS], to_us) - count_before (self->excluded[ENDS], from_us + 1);
}

const SyReading *
sy_history_get_last (SyHistory *self)
{
  g_return_val_if_fail (SY_IS_HISTORY (self), NULL);

  return self->has_last ? &self->last : NULL;
}
