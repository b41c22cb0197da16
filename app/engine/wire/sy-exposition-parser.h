/* sy-exposition-parser.h: one body on its way through the parser
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-exposition-private.h"
#include "sy-layout.h"
#include "sy-scanner.h"

G_BEGIN_DECLS

typedef struct {
  SyScanner       scanner;
  SyFormat        format;
  SySeriesTable  *table;      /* borrowed */
  SyExposition   *exposition; /* owned until it is whole */

  /* The full pass only. */
  SyLayout       *layout;     /* owned until it is whole: what we make */
  const SyLayout *last;       /* borrowed, nullable: what to expect */
  guint           expected;   /* index of the next step of @last */
  guint           family;     /* of the last metadata line or sample */
  const char     *name;       /* borrowed, nullable: of the last sample, if @family is its family */
  gboolean        ended;      /* `# EOF` was read */
} SyParser;

/* sy-exposition-metadata.c: a line that begins with a hash, in the full pass. */
gboolean sy_parser_parse_comment (SyParser *self);

G_END_DECLS
