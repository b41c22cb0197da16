/* sy-sample-sieve.h: which samples of an answer speak of now, and once
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-exposition.h"

G_BEGIN_DECLS

/**
 * SySampleSieve:
 *
 * A series that is listed twice would count double in every sum, and a value
 * with the time of last year is not one of now. Of a series one sample passes:
 * the one of the latest time, else the first; none whose time is more than ten
 * minutes from ours. Prometheus leaves out the same. Not thread-safe.
 */
typedef struct _SySampleSieve SySampleSieve;

SySampleSieve *sy_sample_sieve_new  (void);
void           sy_sample_sieve_free (SySampleSieve *self);

/* Looks at all samples of @exposition, which came at @wall_us; 0: not known, and
 * all times are taken for right. */
void           sy_sample_sieve_fill (SySampleSieve *self, const SyExposition *exposition, gint64 wall_us);

/* Whether the sample of that index passes. */
gboolean       sy_sample_sieve_passes (const SySampleSieve *self, const SySample *samples, guint index);

/* The first series of which something was left out, and why; NULL: none was.
 * Borrowed from the exposition. */
const SySeries *sy_sample_sieve_get_repeated (const SySampleSieve *self);
const SySeries *sy_sample_sieve_get_foreign  (const SySampleSieve *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SySampleSieve, sy_sample_sieve_free)

G_END_DECLS
