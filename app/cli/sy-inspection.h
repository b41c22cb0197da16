/* sy-inspection.h: everything `inspect` has found out about one body
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-exposition-lint.h"
#include "sy-recogniser.h"

G_BEGIN_DECLS

typedef struct {
  char         *source;       /* owned: for eyes, no secrets */
  char         *content_type; /* owned, nullable */
  char         *served_by;    /* owned, nullable: what the answer itself says of that; for eyes */
  GBytes       *later_body;   /* owned, nullable: of a second scrape */
  const char   *format;       /* static, nullable: what it is called when that is not the exposition's own format */
  GBytes       *body;         /* owned, nullable: decoded */
  gsize         pushed_bytes; /* of pushes, whose bodies are not kept */
  SyExposition *exposition;   /* owned, nullable: the body cannot be parsed, and a finding says why */
  SyMapping    *mapping;      /* owned, nullable then */
  GPtrArray    *findings;     /* owned, element-type SyFinding */
  GPtrArray    *traps;        /* owned, nullable then, element-type SyTrap */
  GStrv         warnings;     /* owned, nullable: what a Prometheus server warns of; text from outside */
} SyInspection;

void  sy_inspection_clear   (SyInspection *self);

/* One steelyard.inspect/1 object. Returns: (transfer full) */
char *sy_inspection_to_json (const SyInspection *self);

/* Tables for people, of a body that was parsed; safe for a terminal. Returns: (transfer full) */
char *sy_inspection_to_text (const SyInspection *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SyInspection, sy_inspection_clear)

G_END_DECLS
