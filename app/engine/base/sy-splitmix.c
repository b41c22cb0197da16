/* sy-splitmix.c: the random stream of reports that must re-compute bit for bit
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "sy-base"

#include "config.h"

#include "sy-splitmix.h"

#include <math.h>

void
sy_splitmix_init (SySplitmix *self,
                  guint64     seed)
{
  self->state = seed;
}

guint64
sy_splitmix_next (SySplitmix *self)
{
  guint64 z = (self->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

double
sy_splitmix_uniform (SySplitmix *self)
{
  return (double) (sy_splitmix_next (self) >> 11) * 0x1p-53;
}

double
sy_triangular_quantile (double u,
                        double low,
                        double mode,
                        double high)
{
  const double width = high - low;

  if (!(width > 0))
    return mode;

  if (u < (mode - low) / width)
    return low + sqrt (u * width * (mode - low));

  return high - sqrt ((1 - u) * width * (high - mode));
}

double
sy_splitmix_triangular (SySplitmix *self,
                        double      low,
                        double      mode,
                        double      high)
{
  return sy_triangular_quantile (sy_splitmix_uniform (self), low, mode, high);
}
