/* sy-thumbnail.h: two lines as a small picture
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SY_THUMBNAIL_LINES 2
#define SY_THUMBNAIL_MIN_SIZE 16
#define SY_THUMBNAIL_MAX_SIZE 1024

typedef struct {
  double at;    /* 0: the left edge, 1: the right one */
  double value; /* 0 or more; NAN: the line breaks here */
} SyThumbnailPoint;

/* A PNG for a file manager, @size pixels wide (of the range above) and three quarters
 * as high, without words: the lines of A and of B on one scale from 0, each told
 * by colour, dash and marker. @lines (element-type SyThumbnailPoint): in the order of
 * time; NULL: there is none. (transfer full) */
GBytes *sy_thumbnail_draw (GArray *const lines[SY_THUMBNAIL_LINES], guint size);

G_END_DECLS
