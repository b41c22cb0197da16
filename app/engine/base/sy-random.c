/* sy-random.c: seeded random numbers that are the same everywhere
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The generator is PCG XSL-RR 128/64: a 128-bit linear congruential step, then
 * the halves of the state folded by exclusive or and rotated by its top six
 * bits (M. E. O'Neill, "PCG: A Family of Simple Fast Space-Efficient
 * Statistically Good Algorithms for Random Number Generation", HMC-CS-2014-0905,
 * section 6.3).
 */
#define G_LOG_DOMAIN "sy-base"

#include "config.h"

#include "sy-random.h"

#include <math.h>

#define MULTIPLIER (((unsigned __int128) G_GUINT64_CONSTANT (2549297995355413924) << 64) \
                    | G_GUINT64_CONSTANT (4865540595714422341))

static inline void
step (SyRandom *self)
{
  self->state = self->state * MULTIPLIER + self->increment;
}

/* The increment must be odd, so the top bit of a 128-bit stream number would
 * be lost; ours has 64. The seed enters between two steps, so that seeds that
 * differ in one bit part at once. */
void
sy_random_init (SyRandom *self,
                guint64   seed,
                guint64   stream)
{
  self->increment = ((unsigned __int128) stream << 1) | 1;
  self->state = 0;
  step (self);
  self->state += seed;
  step (self);
}

guint64
sy_random_next (SyRandom *self)
{
  guint64 folded;
  guint rotation;

  step (self);

  folded = (guint64) (self->state >> 64) ^ (guint64) self->state;
  rotation = (guint) (self->state >> 122);

  return (folded >> rotation) | (folded << ((64 - rotation) & 63));
}

double
sy_random_uniform (SyRandom *self)
{
  return (double) (sy_random_next (self) >> 11) * 0x1p-53;
}

/* The high half of a 128-bit product maps a draw to [0, bound) almost evenly.
 * The draws whose low half lies under 2^64 mod bound are the surplus; they are
 * drawn again (D. Lemire, "Fast Random Integer Generation in an Interval",
 * 2019). */
guint64
sy_random_below (SyRandom *self,
                 guint64   bound)
{
  unsigned __int128 product;

  g_return_val_if_fail (bound > 0, 0);

  product = (unsigned __int128) sy_random_next (self) * bound;
  if ((guint64) product < bound)
    {
      guint64 surplus = -bound % bound;

      while ((guint64) product < surplus)
        product = (unsigned __int128) sy_random_next (self) * bound;
    }

  return (guint64) (product >> 64);
}

double
sy_random_exponential (SyRandom *self,
                       double    mean)
{
  /* 1 - u lies in (0, 1], so the logarithm is finite. */
  return -mean * log1p (-sy_random_uniform (self));
}

/* Box-Muller, and only its cosine half: two draws a number, always, so that
 * the n-th arrival of a schedule does not depend on the values before it and a
 * copied generator holds no hidden second half. */
double
sy_random_normal (SyRandom *self)
{
  double radius = sqrt (-2.0 * log1p (-sy_random_uniform (self)));
  double angle = 2.0 * G_PI * sy_random_uniform (self);

  return radius * cos (angle);
}

double
sy_random_lognormal (SyRandom *self,
                     double    median,
                     double    sigma)
{
  return median * exp (sigma * sy_random_normal (self));
}
