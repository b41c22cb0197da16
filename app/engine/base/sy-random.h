/* sy-random.h: seeded random numbers that are the same everywhere
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* PCG XSL-RR 128/64 ("PCG64", M. O'Neill 2014): the same seed gives the same
 * numbers on every machine; what passes through a logarithm may differ in its
 * last bit between C libraries. Not for secrets. A plain value: copy it to
 * fork. Each function but sy_random_below() takes a fixed number of draws: one,
 * or two for normal and lognormal. */
typedef struct {
  unsigned __int128 state;
  unsigned __int128 increment;
} SyRandom;

void    sy_random_init        (SyRandom *self, guint64 seed, guint64 stream);
guint64 sy_random_next        (SyRandom *self);
double  sy_random_uniform     (SyRandom *self);                 /* [0, 1) with 53 bits */
guint64 sy_random_below       (SyRandom *self, guint64 bound);  /* [0, bound) without bias; bound > 0 */
double  sy_random_exponential (SyRandom *self, double mean);
double  sy_random_normal      (SyRandom *self);                 /* mean 0, deviation 1 */
double  sy_random_lognormal   (SyRandom *self, double median, double sigma);

G_END_DECLS
