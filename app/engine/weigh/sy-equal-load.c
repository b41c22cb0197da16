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

/* Loads as far apart as may be paired, in so many steps. */
#define CELLS 8

typedef struct {
  double log_load;
  double log_value;
} Point;

/* Points of about one load that have found none yet. */
typedef struct {
  GArray *places; /* (owned) (element-type guint): in their cloud, in the order of time */
  guint   first;  /* of those that still wait */
} Cell;

typedef struct {
  guint  place[2]; /* in the clouds: the order in time */
  double ratio;    /* the logarithm of A over B */
} Pair;

struct _SyEqualLoad
{
  GArray *cloud[2]; /* (owned) (element-type Point) */
  GHashTable *free[2]; /* (owned) (element-type int Cell): of the same clouds, by get_cell() */
  GArray *pairs;    /* (owned) (element-type Pair) */
  double  apart;    /* sum of the logarithms of A's load over B's */
  double  sum[2];   /* of the paired log values */
  double  load[2];  /* the smallest and the largest that was paired */
};

static void
cell_free (gpointer data)
{
  Cell *cell = data;

  g_array_unref (cell->places);
  g_free (cell);
}

SyEqualLoad *
sy_equal_load_new (void)
{
  SyEqualLoad *self = g_new0 (SyEqualLoad, 1);

  self->pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  for (guint i = 0; i < 2; i++)
    {
      self->cloud[i] = g_array_new (FALSE, FALSE, sizeof (Point));
      self->free[i] = g_hash_table_new_full (NULL, NULL, NULL, cell_free);
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
      g_hash_table_unref (self->free[i]);
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
      g_hash_table_remove_all (self->free[i]);
      self->sum[i] = 0;
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
  self->sum[0] += a->log_value;
  self->sum[1] += b->log_value;
  self->load[0] = fmin (self->load[0], exp (fmin (a->log_load, b->log_load)));
  self->load[1] = fmax (self->load[1], exp (fmax (a->log_load, b->log_load)));
}

static int
get_cell (double log_load)
{
  return (int) floor (log_load / log (SY_FAIR_LOAD_RATIO) * CELLS);
}

static void
add_waiting (SyEqualLoad *self,
             guint        side,
             guint        place)
{
  const int key = get_cell (g_array_index (self->cloud[side], Point, place).log_load);
  Cell *cell = g_hash_table_lookup (self->free[side], GINT_TO_POINTER (key));

  if (cell == NULL)
    {
      cell = g_new0 (Cell, 1);
      cell->places = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (self->free[side], GINT_TO_POINTER (key), cell);
    }

  g_array_append_val (cell->places, place);
}

/* Where in @cell the oldest is whose load is near, and which is older than @before; its
 * number of places: none is. */
static guint
find_in (const Cell   *cell,
         const GArray *cloud,
         double        log_load,
         guint         before)
{
  for (guint i = cell->first; i < cell->places->len; i++)
    {
      const guint place = g_array_index (cell->places, guint, i);

      if (place >= before)
        break;
      if (fabs (g_array_index (cloud, Point, place).log_load - log_load) <= log (SY_FAIR_LOAD_RATIO))
        return i;
    }

  return cell->places->len;
}

/* Takes the oldest of @side that waits and whose load is near. Only those of about that
 * load are looked at, and of most only the first: each of a day of windows would look at
 * half of all. -1: none is. */
static int
take_near (SyEqualLoad *self,
           guint        side,
           double       log_load)
{
  const int key = get_cell (log_load);
  guint oldest = G_MAXINT;
  Cell *from = NULL;
  guint at = 0;

  /* One more on either side, where rounding may have put what is just near enough. */
  for (int i = key - CELLS - 1; i <= key + CELLS + 1; i++)
    {
      Cell *cell = g_hash_table_lookup (self->free[side], GINT_TO_POINTER (i));
      const guint index = cell != NULL ? find_in (cell, self->cloud[side], log_load, oldest) : 0;

      if (cell == NULL || index == cell->places->len)
        continue;
      from = cell;
      at = index;
      oldest = g_array_index (cell->places, guint, index);
    }

  if (from == NULL)
    return -1;

  if (at == from->first)
    from->first++;
  else
    g_array_remove_index (from->places, at);
  return (int) oldest;
}

void
sy_equal_load_add (SyEqualLoad *self,
                   guint        side,
                   double       load,
                   double       log_value)
{
  const Point point = { log (load), log_value };
  guint place;
  int other;

  g_return_if_fail (side < 2);

  place = self->cloud[side]->len;
  g_array_append_val (self->cloud[side], point);
  if (!isfinite (point.log_load))
    return;

  other = take_near (self, 1 - side, point.log_load);
  if (other < 0)
    add_waiting (self, side, place);
  else
    take_pair (self, side == 0 ? place : (guint) other, side == 0 ? (guint) other : place);
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
