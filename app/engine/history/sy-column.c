/* sy-column.c: one quantity over time, cheap to draw at any zoom
 *
 * Values lie in a flat array beside the shared times. Above it are tiers: a
 * span of tier k holds the extremes of 8^k consecutive samples. A question
 * about a range climbs to the largest span that fits and comes down again, so
 * extremes cost about 16 steps a tier, whatever the range. To draw, samples
 * are joined in groups of 1, 2 or 4 spans of one tier, at indices that are
 * multiples of the group's size: groups stay the same while a chart scrolls.
 *
 * A gap inside a group must not vanish: a span with low == NAN is put before a
 * group that begins with a gap and after one that holds another.
 *
 * Limits: those of the times. Empty: no spans, no range, NAN.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard"

#include "config.h"

#include "sy-column.h"

#include <math.h>

#include "sy-times-private.h"

#define MAX_TIERS 10

typedef struct
{
  double low;   /* NAN while count is 0 */
  double high;
  double last;  /* the last finite value */
  guint  count; /* finite samples */
} Span;

struct _SyColumn
{
  SyTimes *times;            /* owned */
  GArray  *values;           /* owned, element-type double */
  GArray  *tiers[MAX_TIERS]; /* owned, element-type Span; tier i joins 8^(i + 1) samples */
  guint    n_tiers;
  guint64  dropped;          /* samples at the front that are gone */
};

static const Span empty_span = { NAN, NAN, NAN, 0 };

static void
span_add_value (Span   *self,
                double  value)
{
  if (!isfinite (value))
    return;

  self->low = self->count == 0 ? value : MIN (self->low, value);
  self->high = self->count == 0 ? value : MAX (self->high, value);
  self->last = value;
  self->count++;
}

static void
span_add_span (Span       *self,
               const Span *other)
{
  if (other->count == 0)
    return;

  self->low = self->count == 0 ? other->low : MIN (self->low, other->low);
  self->high = self->count == 0 ? other->high : MAX (self->high, other->high);
  self->last = other->last;
  self->count += other->count;
}

SyColumn *
sy_column_new (SyTimes *times)
{
  SyColumn *self = g_new0 (SyColumn, 1);

  self->times = sy_times_ref (times);
  self->values = g_array_new (FALSE, FALSE, sizeof (double));
  self->dropped = sy_times_get_dropped (times);

  for (guint size = 1u << SY_TIER_SHIFT; size <= sy_times_get_block (times) && self->n_tiers < MAX_TIERS; size <<= SY_TIER_SHIFT)
    self->tiers[self->n_tiers++] = g_array_new (FALSE, FALSE, sizeof (Span));

  return self;
}

void
sy_column_free (SyColumn *self)
{
  for (guint i = 0; i < self->n_tiers; i++)
    g_array_unref (self->tiers[i]);

  g_array_unref (self->values);
  sy_times_unref (self->times);
  g_free (self);
}

/* Follows the times, which drop whole blocks; a block is a multiple of the
 * largest span. */
static void
drop_old (SyColumn *self)
{
  guint64 n = sy_times_get_dropped (self->times) - self->dropped;

  if (n == 0)
    return;

  self->dropped += n;
  g_array_remove_range (self->values, 0, (guint) MIN (n, self->values->len));
  for (guint i = 0; i < self->n_tiers; i++)
    g_array_remove_range (self->tiers[i], 0, (guint) MIN (n >> (SY_TIER_SHIFT * (i + 1)), self->tiers[i]->len));
}

static void
push_value (SyColumn *self,
            double    value)
{
  guint index = self->values->len;

  if (!isfinite (value))
    value = NAN;

  g_array_append_val (self->values, value);
  for (guint i = 0; i < self->n_tiers; i++)
    {
      guint slot = index >> (SY_TIER_SHIFT * (i + 1));

      if (slot == self->tiers[i]->len)
        g_array_append_val (self->tiers[i], empty_span);
      span_add_value (&g_array_index (self->tiers[i], Span, slot), value);
    }
}

void
sy_column_append (SyColumn *self,
                  double    value)
{
  guint n = sy_times_get_n (self->times);

  g_return_if_fail (n > 0);

  drop_old (self);
  while (self->values->len + 1 < n)
    push_value (self, NAN);
  if (self->values->len < n)
    push_value (self, value);
}

/* The column's own index of sample @index of the times, or the number of values
 * when the column has none for it. Before the next append the column may still
 * hold what the times have dropped. */
static guint
own_index (const SyColumn *self,
           guint           index)
{
  guint64 own = index + (sy_times_get_dropped (self->times) - self->dropped);

  return (guint) MIN (own, self->values->len);
}

double
sy_column_get (const SyColumn *self,
               guint           index)
{
  guint own = own_index (self, index);

  return own < self->values->len ? g_array_index (self->values, double, own) : (double) NAN;
}

double
sy_column_lookup (const SyColumn *self,
                  gint64          time_us,
                  gint64          within_us,
                  gint64         *ret_time_us)
{
  guint n = sy_times_get_n (self->times);
  guint index = sy_times_find (self->times, time_us);
  gint64 nearest;

  if (n == 0)
    return NAN;

  if (index == n || (index > 0 && time_us - sy_times_get (self->times, index - 1) <= sy_times_get (self->times, index) - time_us))
    index--;

  nearest = sy_times_get (self->times, index);
  if (ABS (nearest - time_us) > within_us)
    return NAN;

  if (ret_time_us != NULL)
    *ret_time_us = nearest;

  return sy_column_get (self, index);
}

/* What is known of the values [@from, @to) of the column's own indices. */
static Span
span_of (const SyColumn *self,
         guint           from,
         guint           to)
{
  Span span = empty_span;

  to = MIN (to, self->values->len);
  while (from < to)
    {
      guint tier = 0;

      while (tier < self->n_tiers)
        {
          guint size = 1u << (SY_TIER_SHIFT * (tier + 1));

          if (from % size != 0 || (from + size > to && to != self->values->len))
            break;
          tier++;
        }

      if (tier == 0)
        span_add_value (&span, g_array_index (self->values, double, from));
      else
        span_add_span (&span, &g_array_index (self->tiers[tier - 1], Span, from >> (SY_TIER_SHIFT * tier)));
      from += 1u << (SY_TIER_SHIFT * tier);
    }

  return span;
}

static void
push_span (GArray     *ret,
           gint64      time_us,
           const Span *span)
{
  SySpan out = { time_us, span->low, span->high, span->last, span->count };

  /* Two gaps in a row are one. */
  if (span->count == 0 && ret->len > 0 && g_array_index (ret, SySpan, ret->len - 1).count == 0)
    return;

  g_array_append_val (ret, out);
}

/* One group, with what keeps its gaps visible around it. */
static void
push_group (const SyColumn *self,
            guint           from,
            guint           to,
            GArray         *ret)
{
  guint own = own_index (self, from);
  Span span = span_of (self, own, own_index (self, to));
  gint64 time_us = sy_times_get (self->times, from);

  if (span.count > 0 && span.count < to - from && isnan (sy_column_get (self, from)))
    push_span (ret, time_us, &empty_span);

  push_span (ret, time_us, &span);

  if (span.count > 0 && span.count < to - from
      && (isnan (sy_column_get (self, to - 1)) || !isnan (sy_column_get (self, from))))
    push_span (ret, sy_times_get (self->times, to - 1), &empty_span);
}

/* The smallest group size with which [@first, @last] needs at most @budget groups. */
static guint
group_size (guint   first,
            guint   last,
            guint64 dropped,
            guint   budget)
{
  guint size = 1;

  while ((last + dropped) / size - (first + dropped) / size + 1 > budget)
    size *= 2;

  return size;
}

void
sy_column_query (const SyColumn *self,
                 gint64          from_us,
                 gint64          to_us,
                 guint           max_spans,
                 GArray         *ret)
{
  guint n = sy_times_get_n (self->times);
  guint64 dropped = sy_times_get_dropped (self->times);
  guint first, last, end, inside, size;
  Span all;

  g_array_set_size (ret, 0);
  if (n == 0 || from_us > to_us)
    return;

  max_spans = MAX (max_spans, 3);
  first = sy_times_find (self->times, from_us);
  end = to_us == G_MAXINT64 ? n : sy_times_find (self->times, to_us + 1);
  inside = end - first;
  first = first > 0 ? first - 1 : 0;
  last = end < n ? end : n - 1;

  if (inside <= max_spans)
    {
      for (guint i = first; i <= last; i++)
        {
          double value = sy_column_get (self, i);
          SySpan raw = { sy_times_get (self->times, i), value, value, value, isnan (value) ? 0 : 1 };

          g_array_append_val (ret, raw);
        }
      return;
    }

  all = span_of (self, own_index (self, first), own_index (self, last + 1));
  size = group_size (first, last, dropped, all.count == last + 1 - first ? max_spans : (max_spans - 1) / 2);
  for (guint64 group = (first + dropped) / size; group <= (last + dropped) / size; group++)
    {
      guint64 from = MAX (group * size, dropped);

      push_group (self, (guint) (from - dropped), (guint) (MIN ((group + 1) * size - dropped, n)), ret);
    }
}

guint
sy_column_get_n_spans (const SyColumn *self,
                       guint           tier)
{
  if (tier == 0)
    return self->values->len;

  return tier <= self->n_tiers ? self->tiers[tier - 1]->len : 0;
}

gboolean
sy_column_get_range (const SyColumn *self,
                     gint64          from_us,
                     gint64          to_us,
                     double         *ret_low,
                     double         *ret_high)
{
  guint first = sy_times_find (self->times, from_us);
  guint end = to_us == G_MAXINT64 ? sy_times_get_n (self->times) : sy_times_find (self->times, to_us + 1);
  Span span;

  if (end <= first)
    return FALSE;

  span = span_of (self, own_index (self, first), own_index (self, end));
  if (span.count == 0)
    return FALSE;

  if (ret_low != NULL)
    *ret_low = span.low;
  if (ret_high != NULL)
    *ret_high = span.high;

  return TRUE;
}
