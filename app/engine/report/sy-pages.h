/* sy-pages.h: the pages of a PDF, filled from top to bottom
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <pango/pangocairo.h>

#include "sy-report-form.h"

G_BEGIN_DECLS

/* How a text looks; sizes are in points. */
typedef enum {
  SY_TYPE_TITLE,
  SY_TYPE_HEADING,
  SY_TYPE_LEAD,
  SY_TYPE_BODY,
  SY_TYPE_CAPTION,
  SY_TYPE_HEAD,    /* of a table */
  SY_TYPE_CELL,
  SY_TYPE_MARGIN,  /* above and below the page */
  SY_TYPE_FIGURE,  /* SY_SCENE_TEXT high */
  SY_TYPE_FIGURE_DIM,
  SY_TYPE_BOLD,    /* the title of a figure */
} SyType;

/* Texts side by side that flow together; a row of a table, or one paragraph. */
typedef struct {
  PangoLayout *layout; /* (owned) */
  double       x;      /* points from the left edge of the text */
  const char  *tag;    /* (nullable), static: of structure: "P", "TD" */
  guint        n_shown; /* lines */
} SyFlow;

typedef struct _SyPages SyPages;

/* Called on each new page within a flow: the head of a table. */
typedef void (*SyPagesFunc) (SyPages *pages, gpointer user_data);

/* PDF goes to @out, or nowhere when that is NULL. Each page has @title above and
 * its number below; @n_pages: how many there will be (0: not known yet). */
SyPages     *sy_pages_new        (SyReportPaper paper, const char *title, guint n_pages, GByteArray *out);

/* How many there are; writes the last bytes. Errors: SY_ERROR_FAILED: cairo could not write it. */
gboolean     sy_pages_finish     (SyPages *self, guint *ret_n_pages, GError **error);
void         sy_pages_free       (SyPages *self);

cairo_t     *sy_pages_get_cairo  (SyPages *self); /* (transfer none) */
cairo_surface_t *sy_pages_get_surface (SyPages *self); /* (transfer none) */
double       sy_pages_get_width  (SyPages *self); /* of the text, in points */
double       sy_pages_get_left   (SyPages *self);
double       sy_pages_get_y      (SyPages *self); /* where the next thing begins */
guint        sy_pages_get_page   (SyPages *self); /* from 1 */

/* How high a thing can be at most. */
double       sy_pages_get_body   (SyPages *self);

/* Begins a new page unless there is room for @height, or nothing on this one. */
void         sy_pages_need       (SyPages *self, double height);
void         sy_pages_skip       (SyPages *self, double height);

/* Structure (ISO 32000-1, 14.8): each page closes and opens what is open. @tag is static. */
void         sy_pages_open_tag   (SyPages *self, const char *tag);
void         sy_pages_close_tag  (SyPages *self);

/* @width: in points; below 0: one line of any width. (transfer full) */
PangoLayout *sy_pages_layout     (SyPages *self, SyType type, const char *text, double width);

/* Shows all lines of @cells, on as many pages as that takes. @turned (nullable) */
void         sy_pages_flow       (SyPages *self, SyFlow *cells, guint n, SyPagesFunc turned, gpointer user_data);
void         sy_flow_clear       (SyFlow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyPages, sy_pages_free)

G_END_DECLS
