/* sy-splitmix.h: the random stream of reports that must re-compute bit for bit
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* SplitMix64 (G. Steele, D. Lea, C. Flood 2014; constants of S. Vigna): so short
 * that whoever doubts a report can write it again in any language. A plain
 * value: copy it to fork. For schedules and loads use SyRandom. */
typedef struct {
  guint64 state;
} SySplitmix;

void    sy_splitmix_init       (SySplitmix *self, guint64 seed);
guint64 sy_splitmix_next       (SySplitmix *self);
double  sy_splitmix_uniform    (SySplitmix *self); /* [0, 1): the top 53 bits */

/* One draw of a triangular distribution, from one uniform number. */
double  sy_splitmix_triangular (SySplitmix *self, double low, double mode, double high);

/* The value that a share @u (0 … 1) of a triangular distribution is below;
 * low <= mode <= high. A distribution without width is its mode. */
double  sy_triangular_quantile (double u, double low, double mode, double high);

G_END_DECLS
