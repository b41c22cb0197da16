/* sy-law.h: the laws of probability that GSL knows, without its habit of ending the program
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* GSL calls abort() on an argument out of range unless its handler is off, and
 * the handler is one for the whole process. Each of these turns it off once, in
 * whichever thread comes first, and answers NAN where there is no answer. */

/* Student's t with @df degrees of freedom: what a share @p lies below. */
double sy_law_student_quantile (double p, double df);

/* P (at most @k of @n), each with the chance @p. */
double sy_law_binomial         (guint k, double p, guint n);

/* The standard normal: the share above @z, and what a share @p lies below. */
double sy_law_normal_above     (double z);
double sy_law_normal_quantile  (double p);

/* The ways to choose @k of @n. */
double sy_law_choose           (guint n, guint k);

/* Riemann's zeta, @s above 1. */
double sy_law_zeta             (double s);

G_END_DECLS
