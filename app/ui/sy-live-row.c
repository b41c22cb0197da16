/* sy-live-row.c: one quantity of all backends
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-live-row.h"

#include "sy-columns-box.h"
#include "sy-live-metrics.h"

struct _SyLiveRow
{
  GtkWidget parent_instance;

  SyRow       row;
  SyLiveAxes *axes; /* owned */
  gboolean    stacked;

  /* Children */
  GtkWidget *heading;
  GtkWidget *cells;
};

G_DEFINE_FINAL_TYPE (SyLiveRow, sy_live_row, GTK_TYPE_WIDGET)

static void
update_captions (SyLiveRow *self)
{
  SyChartCell *cell;

  for (guint i = 0; (cell = sy_live_row_get_cell (self, i)) != NULL; i++)
    sy_chart_cell_set_caption (cell, self->stacked ? SY_CAPTION_BACKEND : i == 0 ? SY_CAPTION_TITLE : SY_CAPTION_NONE);

  gtk_widget_set_visible (self->heading, self->stacked);
}

static void
sy_live_row_dispose (GObject *object)
{
  SyLiveRow *self = SY_LIVE_ROW (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->axes);

  G_OBJECT_CLASS (sy_live_row_parent_class)->dispose (object);
}

static void
sy_live_row_class_init (SyLiveRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sy_live_row_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "liverow");
}

static void
sy_live_row_init (SyLiveRow *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 2);

  self->heading = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->heading), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->heading), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->heading, "heading");
  gtk_widget_set_visible (self->heading, FALSE);
  gtk_widget_set_parent (self->heading, GTK_WIDGET (self));

  self->cells = sy_columns_box_new (SY_LIVE_MIN_COLUMN_WIDTH, SY_LIVE_COLUMN_SPACING, 6);
  gtk_widget_set_vexpand (self->cells, TRUE);
  gtk_widget_set_parent (self->cells, GTK_WIDGET (self));
}

GtkWidget *
sy_live_row_new (SyRow       row,
                 SyLiveAxes *axes)
{
  SyLiveRow *self = g_object_new (SY_TYPE_LIVE_ROW, NULL);

  self->row = row;
  self->axes = g_object_ref (axes);
  gtk_label_set_text (GTK_LABEL (self->heading), sy_row_get_title (row));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, sy_row_get_title (row), -1);

  return GTK_WIDGET (self);
}

SyRow
sy_live_row_get_row (SyLiveRow *self)
{
  return self->row;
}

void
sy_live_row_insert (SyLiveRow *self,
                    SyBackend *backend,
                    guint      position)
{
  sy_columns_box_insert (SY_COLUMNS_BOX (self->cells),
                         sy_chart_cell_new (self->row, backend, self->axes), (int) position);
  update_captions (self);
}

void
sy_live_row_remove (SyLiveRow *self,
                    guint      position)
{
  GtkWidget *cell = sy_columns_box_get_child (SY_COLUMNS_BOX (self->cells), position);

  g_return_if_fail (cell != NULL);

  sy_columns_box_remove (SY_COLUMNS_BOX (self->cells), cell);
  update_captions (self);
}

SyChartCell *
sy_live_row_get_cell (SyLiveRow *self,
                      guint      position)
{
  GtkWidget *cell = sy_columns_box_get_child (SY_COLUMNS_BOX (self->cells), position);

  return cell != NULL ? SY_CHART_CELL (cell) : NULL;
}

void
sy_live_row_set_stacked (SyLiveRow *self,
                         gboolean   stacked)
{
  self->stacked = stacked;
  update_captions (self);
}

void
sy_live_row_set_footer (SyLiveRow *self,
                        GtkWidget *widget)
{
  gtk_widget_insert_after (widget, GTK_WIDGET (self), self->cells);
}
