/* sy-figure.h: a chart of a report before it has a form
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  SY_FIGURE_PAIRS,   /* a bar of A above one of B for each row, from 0 */
  SY_FIGURE_COLUMNS, /* likewise upright, side by side, on one scale */
  SY_FIGURE_SPANS,   /* a span for each row, on one scale with marked values */
} SyFigureKind;

typedef struct {
  char  *label;    /* (owned): plain text */
  char  *text[2];  /* (owned) (nullable): beside the bar of A and of B, or the two ends of a span */
  double value[2]; /* of A and B; of a span [0] is its middle. NAN: none */
  double low[2];   /* where the value lies; of a span its ends are low[0] and high[0]. NAN: not known */
  double high[2];
} SyFigureRow;

/* A value that the spans are read against. */
typedef struct {
  double value;
  char  *label;    /* (owned) */
} SyFigureMark;

/**
 * SyFigure:
 *
 * What a chart shows, without how; a new one has no rows and is not worth
 * drawing. Everything it shows stands in a table of the report, too.
 */
typedef struct {
  SyFigureKind kind;
  char        *title;  /* (owned) */
  double       most;   /* of PAIRS: the end of the one scale; NAN: each row has its own */
  gboolean     is_ratio; /* of SPANS: on a logarithmic scale */
  GPtrArray   *rows;   /* (owned) (element-type SyFigureRow) */
  GPtrArray   *marks;  /* (owned) (element-type SyFigureMark) */
} SyFigure;

SyFigure    *sy_figure_new      (SyFigureKind kind, const char *title);
void         sy_figure_free     (SyFigure *self);

/* Everything in the row but its label is unknown; it is owned by the figure. */
SyFigureRow *sy_figure_add_row  (SyFigure *self, const char *label);
void         sy_figure_add_mark (SyFigure *self, double value, const char *label);

/* What the figure shows, for somebody who does not see it: "Capacity: A 820, B
 * 430; …". (transfer full) */
char        *sy_figure_dup_alt  (const SyFigure *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyFigure, sy_figure_free)

G_END_DECLS
