/* sy-prom-reader.h: what a Prometheus server says of one backend, as readings
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-prom-target.h"
#include "sy-reading.h"
#include "sy-scrape.h"

G_BEGIN_DECLS

/**
 * SyPromReader:
 *
 * Recognises what the server has of a backend, makes questions of it, and reads
 * the answers. Reference-counted atomically; its functions are safe from any
 * thread (one worker at a time uses it).
 */
typedef struct _SyPromReader SyPromReader;

SyPromReader *sy_prom_reader_new      (SyRecogniser *recogniser, const char *matchers);
SyPromReader *sy_prom_reader_ref      (SyPromReader *self);
void          sy_prom_reader_unref    (SyPromReader *self);

/* A SyPromPlanFunc with the reader as user data. Errors: SY_ERROR_EMPTY when
 * nothing is known of the series, and those of sy_prom_exposition_new(). */
GPtrArray    *sy_prom_reader_plan     (const SyPromDiscovery *found, gpointer reader, GError **error);

/* A SyPromStaleFunc likewise: what a person has decided is not in the plan yet. */
gboolean      sy_prom_reader_is_stale  (gpointer reader);

/* What a person has decided (nullable), from the next plan on. */
void          sy_prom_reader_set_overrides (SyPromReader *self, SyOverrides *overrides);

/* Appends to @ret (element-type SyReading) what @scrape, which has an answer,
 * says, oldest first. @mapping (out) (transfer full): what it was read by.
 * FALSE, and nothing, for an answer to questions of another reader. */
gboolean      sy_prom_reader_read     (SyPromReader *self, const SyScrape *scrape, GArray *ret, SyMapping **mapping);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyPromReader, sy_prom_reader_unref)

G_END_DECLS
