/* sy-exposition-private.h: an exposition while it is being made
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-arena.h"
#include "sy-exposition.h"
#include "sy-families.h"

G_BEGIN_DECLS

struct _SyExposition
{
  gatomicrefcount ref_count;
  SyFormat        format;
  GBytes         *body;      /* owned */
  SySeriesTable  *table;     /* owned */
  SyFamilies     *families;  /* owned, shared with the layout */
  SySample       *samples;   /* owned */
  guint           n_samples;
  guint           n_allocated;
  GArray         *exemplars; /* owned, of SyExemplar, nullable: none */
  SyArena         arena;     /* of the exemplars' labels, which never repeat */
};

/* Empty, with room for @n_samples. */
SyExposition *sy_exposition_new        (GBytes *body, SyFormat format, SySeriesTable *table, guint n_samples);
void          sy_exposition_grow       (SyExposition *self);

/* sy-exposition-parser.c */
SyExposition *sy_exposition_parse_text (GBytes                    *body,
                                        SyFormat                   format,
                                        const SyExpositionLimits  *limits,
                                        SySeriesTable             *table,
                                        GError                   **error);

/* Which rule of @format, Prometheus text or OpenMetrics, @body breaks so that it
 * cannot be parsed: "label-value-quote". NULL: none, or the error of
 * sy_exposition_parse_text() says it by its code. (static) */
const char   *sy_exposition_find_fault (GBytes *body, SyFormat format);

/* sy-snapshot.c: the same for SY_FORMAT_JSON */
SyExposition *sy_snapshot_parse        (GBytes                    *body,
                                        const SyExpositionLimits  *limits,
                                        SySeriesTable             *table,
                                        GError                   **error);

/* sy-otlp-fold.c: one push by itself, for SY_FORMAT_OTLP */
SyExposition *sy_otlp_parse            (GBytes                    *body,
                                        const SyExpositionLimits  *limits,
                                        SySeriesTable             *table,
                                        GError                   **error);

static inline SySample *
sy_exposition_append (SyExposition *self)
{
  if (G_UNLIKELY (self->n_samples == self->n_allocated))
    sy_exposition_grow (self);

  return &self->samples[self->n_samples++];
}

G_END_DECLS
