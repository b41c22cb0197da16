/* sy-equal-load.c: two backends at the same load, whenever each carried it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two loads that drift towards each other meet as soon as they are near enough,
 * each time from the same side. So the interval is wider, both ways, by what the
 * loads of the pairs differ on the average, at the slope of the clouds.
 *
 * Loads in turns pair a window of now with one of before, once for either side:
 * in the order of pairing, windows that are neighbours in time, and so alike, are
 * two places apart. So the ratios are put into the order of A's windows and into
 * that of B's, and the order counts in which neighbours are the more alike.
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-equal-load.h"

#include <math.h>

#include "sy-fairness.h"
#include "sy-line-fit.h"

/* Below this much of a core's time latency hardly depends on load: half of the
 * way to one event loop's or one lock's end. ASSUMED. */
#define KNEE_CORES 0.5

typedef struct {
  double log_load;
  double log_value;
  double log_lower; /* NAN: not out of buckets */
  double log_upper;
} Point;

/* A point that has found none yet: in the order of the load, then of time. */
typedef struct {
  double log_load;
  guint  place; /* in its cloud */
} Free;

typedef struct {
  guint  place[2]; /* in the clouds: the order in time */
  double ratio;    /* the logarithm of A over B */
} Pair;

struct _SyEqualLoad
{
  GArray *cloud[2]; /* (owned) (element-type Point) */
  GTree  *free[2];  /* (owned) (element-type Free): of the same clouds */
  GArray *pairs;    /* (owned) (element-type Pair) */
  double  apart;    /* sum of the logarithms of A's load over B's */
  double  sum[2];   /* of the paired log values */
  double  lower[2]; /* of their bounds */
  double  upper[2];
  double  load[2];  /* the smallest and the largest that was paired */
};

static int
compare_free (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  const Free *first = a;
  const Free *second = b;

  if (first->log_load < second->log_load || first->log_load > second->log_load)
    return first->log_load < second->log_load ? -1 : 1;
  return (first->place > second->place) - (first->place < second->place);
}

SyEqualLoad *
sy_equal_load_new (void)
{
  SyEqualLoad *self = g_new0 (SyEqualLoad, 1);

  self->pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  for (guint i = 0; i < 2; i++)
    {
      self->cloud[i] = g_array_new (FALSE, FALSE, sizeof (Point));
      self->free[i] = g_tree_new_full (compare_free, NULL, g_free, NULL);
    }
  sy_equal_load_clear (self);

  return self;
}

void
sy_equal_load_free (SyEqualLoad *self)
{
  for (guint i = 0; i < 2; i++)
    {
      g_array_unref (self->cloud[i]);
      g_tree_unref (self->free[i]);
    }
  g_array_unref (self->pairs);
  g_free (self);
}

void
sy_equal_load_clear (SyEqualLoad *self)
{
  g_array_set_size (self->pairs, 0);
  self->apart = 0;
  for (guint i = 0; i < 2; i++)
    {
      g_array_set_size (self->cloud[i], 0);
      g_tree_remove_all (self->free[i]);
      self->sum[i] = self->lower[i] = self->upper[i] = 0;
      self->load[i] = NAN;
    }
}

static void
take_pair (SyEqualLoad *self,
           guint        place_a,
           guint        place_b)
{
  const Point *a = &g_array_index (self->cloud[0], Point, place_a);
  const Point *b = &g_array_index (self->cloud[1], Point, place_b);

  g_array_append_val (self->pairs, ((Pair) { { place_a, place_b }, a->log_value - b->log_value }));
  self->apart += a->log_load - b->log_load;
  for (guint i = 0; i < 2; i++)
    {
      const Point *point = i == 0 ? a : b;

      self->sum[i] += point->log_value;
      self->lower[i] += point->log_lower;
      self->upper[i] += point->log_upper;
    }
  self->load[0] = fmin (self->load[0], exp (fmin (a->log_load, b->log_load)));
  self->load[1] = fmax (self->load[1], exp (fmax (a->log_load, b->log_load)));
}

/* The free one whose load is the nearest, the oldest of several; NULL: none is near.
 * Only its neighbours are looked at: where thousands wait at one load, each of a day of
 * windows would look at all of them. */
static const Free *
find_near (GTree  *free,
           double  log_load)
{
  GTreeNode *above = g_tree_lower_bound (free, &(Free) { log_load, 0 });
  GTreeNode *below = above != NULL ? g_tree_node_previous (above) : g_tree_node_last (free);
  const Free *over = above != NULL ? g_tree_node_key (above) : NULL;
  const Free *under = below != NULL ? g_tree_node_key (below) : NULL;
  const Free *nearest = over;

  /* The oldest of those that have this load. */
  if (under != NULL)
    under = g_tree_node_key (g_tree_lower_bound (free, &(Free) { under->log_load, 0 }));
  if (under != NULL && (over == NULL || log_load - under->log_load < over->log_load - log_load
                        || (log_load - under->log_load <= over->log_load - log_load && under->place < over->place)))
    nearest = under;

  return nearest != NULL && fabs (nearest->log_load - log_load) <= log (SY_FAIR_LOAD_RATIO) ? nearest : NULL;
}

static void
add_point (SyEqualLoad *self,
           guint        side,
           Point        point)
{
  const Free added = { point.log_load, self->cloud[side]->len };
  const Free *other;

  g_array_append_val (self->cloud[side], point);
  if (!isfinite (added.log_load))
    return;

  other = find_near (self->free[1 - side], added.log_load);
  if (other == NULL)
    {
      g_tree_insert (self->free[side], g_memdup2 (&added, sizeof added), NULL);
      return;
    }

  take_pair (self, side == 0 ? added.place : other->place, side == 0 ? other->place : added.place);
  g_tree_remove (self->free[1 - side], other);
}

void
sy_equal_load_add (SyEqualLoad *self,
                   guint        side,
                   double       load,
                   double       log_value)
{
  g_return_if_fail (side < 2);

  add_point (self, side, (Point) { .log_load = log (load), .log_value = log_value, .log_lower = NAN, .log_upper = NAN });
}

void
sy_equal_load_add_quantile (SyEqualLoad      *self,
                            guint             side,
                            double            load,
                            const SyQuantile *value)
{
  g_return_if_fail (side < 2);

  add_point (self, side, (Point) { .log_load = log (load), .log_value = log (value->estimate),
                                   .log_lower = log (value->lower), .log_upper = log (value->upper) });
}

/* How steeply the value rises with the load, as powers, over both clouds, each
 * about its own middle; 0 where the loads do not tell. */
static double
common_slope (const SyEqualLoad *self)
{
  const guint n = self->cloud[0]->len + self->cloud[1]->len;
  g_autofree double *x = g_new (double, n + 1);
  g_autofree double *y = g_new (double, n + 1);
  SyLineFit fit;
  guint at = 0;

  for (guint side = 0; side < 2; side++)
    {
      const GArray *cloud = self->cloud[side];
      double mean_x = 0, mean_y = 0;

      for (guint i = 0; i < cloud->len; i++)
        {
          mean_x += g_array_index (cloud, Point, i).log_load / cloud->len;
          mean_y += g_array_index (cloud, Point, i).log_value / cloud->len;
        }
      for (guint i = 0; i < cloud->len; i++, at++)
        {
          x[at] = g_array_index (cloud, Point, i).log_load - mean_x;
          y[at] = g_array_index (cloud, Point, i).log_value - mean_y;
        }
    }

  return sy_line_fit (x, y, n, &fit) ? fit.slope : 0;
}

static int
compare_places (gconstpointer a,
                gconstpointer b,
                gpointer      side)
{
  const guint x = ((const Pair *) a)->place[GPOINTER_TO_UINT (side)];
  const guint y = ((const Pair *) b)->place[GPOINTER_TO_UINT (side)];

  return (x > y) - (x < y);
}

/* Of the ratios in the order of the windows of @side. */
static void
find_interval (const SyEqualLoad *self,
               guint              side,
               double             alpha,
               SySequence        *ret)
{
  const guint n = self->pairs->len;
  g_autofree Pair *pairs = g_memdup2 (self->pairs->data, n * sizeof (Pair));
  g_autofree double *ratios = g_new (double, n + 1);

  g_qsort_with_data (pairs, (int) n, sizeof (Pair), compare_places, GUINT_TO_POINTER (side));
  for (guint i = 0; i < n; i++)
    ratios[i] = pairs[i].ratio;

  sy_sequence_mean (ratios, n, alpha, ret);
}

void
sy_equal_load_pairs (const SyEqualLoad *self,
                     double             alpha,
                     SyEqualLoadPairs  *ret)
{
  const guint n = self->pairs->len;
  const double doubt = n > 0 ? fabs (common_slope (self) * self->apart / n) : 0;
  SySequence of_b;

  find_interval (self, 0, alpha, &ret->sequence);
  find_interval (self, 1, alpha, &of_b);
  if (of_b.correlation > ret->sequence.correlation)
    ret->sequence = of_b;
  ret->sequence.low -= doubt;
  ret->sequence.high += doubt;

  for (guint i = 0; i < 2; i++)
    {
      ret->load[i] = self->load[i];
      ret->value[i] = n > 0 ? exp (self->sum[i] / n) : (double) NAN;
      ret->measured[i] = SY_QUANTILE_NONE;
      if (n > 0 && !isnan (self->lower[i] + self->upper[i]))
        ret->measured[i] = (SyQuantile) { exp (self->lower[i] / n), ret->value[i], exp (self->upper[i] / n) };
    }
}

SyVerdictState
sy_equal_load_infer (SyVerdictState moment,
                     gboolean       a_carries_more,
                     double         busiest)
{
  switch (moment)
    {
    case SY_VERDICT_A_AHEAD:
      return a_carries_more ? moment : SY_VERDICT_TOO_EARLY;
    case SY_VERDICT_B_AHEAD:
      return a_carries_more ? SY_VERDICT_TOO_EARLY : moment;
    case SY_VERDICT_PRACTICALLY_EQUAL:
    case SY_VERDICT_TOO_CLOSE:
      return busiest < KNEE_CORES ? moment : SY_VERDICT_TOO_EARLY;
    case SY_VERDICT_TOO_EARLY:
    case SY_VERDICT_NOT_COMPARABLE:
    default:
      return SY_VERDICT_TOO_EARLY;
    }
}
