/* gallery.h: the pages of the gallery
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam.h"

G_BEGIN_DECLS

typedef struct {
  const char *name;  /* of --page and of the picture */
  const char *title;
  const char *about; /* when to use it, in a sentence or two */
  void      (*fill) (GtkBox *box);
} GalleryPage;

/* Each ends with a page whose name is NULL. */
extern const GalleryPage gallery_time_pages[];
extern const GalleryPage gallery_figure_pages[];
extern const GalleryPage gallery_plot_pages[];

/* @widget under @caption, which says what state it shows; returns @widget. */
GtkWidget *gallery_add      (GtkBox     *box,
                             const char *caption,
                             GtkWidget  *widget,
                             int         height);

/* A row that the next widgets share. */
GtkBox    *gallery_add_row  (GtkBox     *box);

/* Ways of writing values, for beam_value_axis_set_format_func(). */
char      *gallery_money    (double value, double step, BeamFormatUse use, gpointer data);
char      *gallery_seconds  (double value, double step, BeamFormatUse use, gpointer data);
char      *gallery_rate     (double value, double step, BeamFormatUse use, gpointer data);
char      *gallery_percent  (double value, double step, BeamFormatUse use, gpointer data);
char      *gallery_slower   (double value, double step, BeamFormatUse use, gpointer data);
char      *gallery_times    (double value, double step, BeamFormatUse use, gpointer data);

/* A legend of swatches with names, for identities from 0 on. */
void       gallery_legend   (GtkBox             *box,
                             const char * const *names,
                             guint               n);

G_END_DECLS
