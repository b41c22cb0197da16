/* sy-window-pairs.c: simultaneous windows of two backends
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-window-pairs.h"

#include <math.h>

#include "sy-fairness.h"

/* A drift must also be more than noise: so many of its standard errors. */
#define DRIFT_ERRORS 3.0

struct _SyWindowPairs
{
  GArray *pairs; /* (owned) (element-type SyWindowPair) */
};

SyWindowPairs *
sy_window_pairs_new (void)
{
  SyWindowPairs *self = g_new0 (SyWindowPairs, 1);

  self->pairs = g_array_new (FALSE, FALSE, sizeof (SyWindowPair));
  return self;
}

void
sy_window_pairs_free (SyWindowPairs *self)
{
  g_array_unref (self->pairs);
  g_free (self);
}

void
sy_window_pairs_clear (SyWindowPairs *self)
{
  g_array_set_size (self->pairs, 0);
}

void
sy_window_pairs_add (SyWindowPairs      *self,
                     const SyWindowPair *pair)
{
  g_array_append_vals (self->pairs, pair, 1);
}

guint
sy_window_pairs_get_n (const SyWindowPairs *self)
{
  return self->pairs->len;
}

static const SyWindowPair *
get (const SyWindowPairs *self,
     guint                i)
{
  return &g_array_index (self->pairs, SyWindowPair, i);
}

double
sy_window_pairs_get_seconds (const SyWindowPairs *self)
{
  double sum = 0;

  for (guint i = 0; i < self->pairs->len; i++)
    sum += get (self, i)->seconds;

  return sum;
}

double
sy_window_pairs_get_mean (const SyWindowPairs *self,
                          SyPairField          field,
                          guint                side)
{
  double sum = 0;

  for (guint i = 0; i < self->pairs->len; i++)
    sum += get (self, i)->seconds * get (self, i)->values[field][side];

  return sum / sy_window_pairs_get_seconds (self);
}

double
sy_window_pairs_get_total (const SyWindowPairs *self,
                           SyPairField          field,
                           guint                side)
{
  double sum = 0;

  for (guint i = 0; i < self->pairs->len; i++)
    sum += get (self, i)->values[field][side];

  return sum;
}

double
sy_window_pairs_get_error_share (const SyWindowPairs *self,
                                 guint                side)
{
  double errors = 0, requests = 0;

  for (guint i = 0; i < self->pairs->len; i++)
    if (!isnan (get (self, i)->values[SY_PAIR_ERRORS][side]))
      {
        errors += get (self, i)->values[SY_PAIR_ERRORS][side];
        requests += get (self, i)->values[SY_PAIR_REQUESTS][side];
      }

  return errors / requests;
}

double
sy_window_pairs_get_typical (const SyWindowPairs *self,
                             guint                side)
{
  return exp (sy_window_pairs_get_total (self, SY_PAIR_LOG_VALUE, side) / self->pairs->len);
}

/* Mean and its squared standard error of log values from @from to @to. */
static double
mean_log (const SyWindowPairs *self,
          guint                side,
          guint                from,
          guint                to,
          double              *ret_error)
{
  const guint n = to - from;
  double sum = 0, squares = 0;

  for (guint i = from; i < to; i++)
    sum += get (self, i)->values[SY_PAIR_LOG_VALUE][side];
  for (guint i = from; i < to; i++)
    squares += pow (get (self, i)->values[SY_PAIR_LOG_VALUE][side] - sum / n, 2);

  *ret_error = squares / (n - 1) / n;
  return sum / n;
}

double
sy_window_pairs_get_drift (const SyWindowPairs *self,
                           guint                side)
{
  const guint n = self->pairs->len;
  const guint third = n / 3;
  double first, last, first_error, last_error;

  if (n < SY_SEQUENCE_MIN || third < 2)
    return NAN;

  first = mean_log (self, side, 0, third, &first_error);
  last = mean_log (self, side, n - third, n, &last_error);
  if (fabs (last - first) < DRIFT_ERRORS * sqrt (first_error + last_error))
    return 0;

  return expm1 (last - first);
}

double
sy_window_pairs_get_in_flight_error (const SyWindowPairs *self,
                                     guint                side)
{
  const guint n = self->pairs->len;
  double sum = 0, squares = 0;

  if (n < SY_SEQUENCE_MIN)
    return INFINITY;

  for (guint i = 0; i < n; i++)
    {
      const SyWindowPair *pair = get (self, i);
      const double apart = pair->values[SY_PAIR_IN_FLIGHT][side]
                           - pair->values[SY_PAIR_LOAD][side] * pair->values[SY_PAIR_LATENCY][side];

      sum += apart;
      squares += apart * apart;
    }

  return sqrt (fmax (0, squares - sum * sum / n) / (n - 1) / n);
}

double
sy_window_pairs_get_load_apart (const SyWindowPairs *self)
{
  double squares = 0;

  for (guint i = 0; i < self->pairs->len; i++)
    {
      const double *load = get (self, i)->values[SY_PAIR_LOAD];
      const double *requests = get (self, i)->values[SY_PAIR_REQUESTS];

      squares += pow (log (load[0] / load[1]), 2) - 1 / requests[0] - 1 / requests[1];
    }

  return self->pairs->len > 0 ? exp (sqrt (fmax (0, squares / self->pairs->len))) : (double) NAN;
}

void
sy_window_pairs_get_load_range (const SyWindowPairs *self,
                                double               ret[2])
{
  ret[0] = ret[1] = NAN;
  for (guint i = 0; i < 2 * self->pairs->len; i++)
    {
      const double load = get (self, i / 2)->values[SY_PAIR_LOAD][i % 2];

      ret[0] = fmin (ret[0], load);
      ret[1] = fmax (ret[1], load);
    }
}

void
sy_window_pairs_get_sequence (const SyWindowPairs *self,
                              SyPairField          field,
                              double               alpha,
                              SySequence          *ret)
{
  g_autofree double *ratios = g_new (double, self->pairs->len + 1);

  for (guint i = 0; i < self->pairs->len; i++)
    {
      const double *values = get (self, i)->values[field];

      ratios[i] = field == SY_PAIR_LOG_VALUE ? values[0] - values[1] : log (values[0] / values[1]);
    }

  sy_sequence_mean (ratios, self->pairs->len, alpha, ret);
}

double *
sy_window_pairs_dup_log_ratios (const SyWindowPairs *self,
                                guint               *ret_n)
{
  double *ratios = self->pairs->len > 0 ? g_new (double, self->pairs->len) : NULL;

  *ret_n = self->pairs->len;
  for (guint i = 0; i < self->pairs->len; i++)
    ratios[i] = get (self, i)->values[SY_PAIR_LOG_VALUE][0] - get (self, i)->values[SY_PAIR_LOG_VALUE][1];

  return ratios;
}

gboolean
sy_window_pairs_has_load_drifted (const SyWindowPairs *self,
                                  guint                side)
{
  const guint third = self->pairs->len / 3;
  double first = 0, last = 0;

  for (guint i = 0; i < third; i++)
    {
      first += get (self, i)->values[SY_PAIR_LOAD][side];
      last += get (self, self->pairs->len - 1 - i)->values[SY_PAIR_LOAD][side];
    }

  return fmax (first, last) > SY_FAIR_LOAD_RATIO * fmin (first, last);
}
