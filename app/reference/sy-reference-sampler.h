/* sy-reference-sampler.h: readings, now and of the last minutes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-reference-model.h"
#include "sy-reference-reading.h"

G_BEGIN_DECLS

#define SY_REFERENCE_SAMPLE_MS 250
#define SY_REFERENCE_HISTORY 600

/**
 * SyReferenceSampler:
 *
 * Takes readings of one server, each with the next sequence number, and keeps
 * one every 250 ms, the last 600, for a stream that comes back after a break.
 * Belongs to the server's thread.
 */
typedef struct _SyReferenceSampler SyReferenceSampler;

/* @identity is borrowed and must outlive the sampler. */
SyReferenceSampler *sy_reference_sampler_new      (const SyReferenceIdentity *identity,
                                                   SyReferenceMetrics        *metrics,
                                                   SyReferenceModel          *model);
void                sy_reference_sampler_free     (SyReferenceSampler *self);

const SyReferenceIdentity *sy_reference_sampler_get_identity (const SyReferenceSampler *self);
SyReferenceMetrics        *sy_reference_sampler_get_metrics  (const SyReferenceSampler *self); /* (transfer none) */

/* A fresh reading. @reading: (out caller-allocates); clear it. */
void                sy_reference_sampler_read     (SyReferenceSampler *self, SyReferenceReading *reading);

/* A fresh reading as JSON; @type as in sy_reference_reading_to_json(), @seq:
 * (out) (optional). Returns: (transfer full) */
char               *sy_reference_sampler_snapshot (SyReferenceSampler *self, const char *type, guint64 *seq);

/* Keeps a fresh reading. */
void                sy_reference_sampler_keep     (SyReferenceSampler *self);

/* The sequence number given last, 0 before the first. */
guint64             sy_reference_sampler_get_seq  (const SyReferenceSampler *self);

/* Calls @func for every kept sample with a number above @after, oldest first. */
typedef void (*SyReferenceSampleFunc) (guint64 seq, const char *json, gpointer user_data);
void                sy_reference_sampler_replay   (SyReferenceSampler    *self,
                                                   guint64                after,
                                                   SyReferenceSampleFunc  func,
                                                   gpointer               user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyReferenceSampler, sy_reference_sampler_free)

G_END_DECLS
