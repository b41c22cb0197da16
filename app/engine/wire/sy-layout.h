/* sy-layout.h: the lines of the last scrape, to compare the next one with
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-exposition.h"
#include "sy-families.h"

G_BEGIN_DECLS

/**
 * SyLayout:
 *
 * A body without its numbers: which bytes stood where, and what they meant. A
 * steady target repeats them, so the next scrape is compared with the steps one
 * after the other and only its values are read.
 */

/* Either the spelling of one series, or all lines between two samples. */
typedef struct {
  const char     *bytes;  /* borrowed from the layout's body */
  const SySeries *series; /* NULL: comments, metadata and blank lines, line feeds included */
  guint32         length;
  guint32         family;
  guint32         line;   /* where it begins, from 1 */
} SyStep;

typedef struct {
  GBytes             *body;      /* owned */
  SyFamilies         *families;  /* owned */
  SyStep             *steps;     /* owned */
  guint               n_steps;
  guint               n_allocated;
  guint               n_samples;
  SyFormat            format;
  SyExpositionLimits  limits;    /* what the body was checked against */
} SyLayout;

/* Empty, with room for @n_steps. */
SyLayout *sy_layout_new    (GBytes *body, SyFormat format, const SyExpositionLimits *limits, guint n_steps);
void      sy_layout_free   (SyLayout *self);
void      sy_layout_append (SyLayout *self, const SyStep *step);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyLayout, sy_layout_free)

G_END_DECLS
