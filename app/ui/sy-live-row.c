/* sy-live-row.c: one quantity of all backends
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-live-row.h"

#include "sy-columns-box.h"
#include "sy-joint-cell.h"
#include "sy-live-metrics.h"

struct _SyLiveRow
{
  GtkWidget parent_instance;

  SyRow       row;
  SyLiveAxes *axes; /* owned */
  gboolean    stacked;
  SyView      view;
  gboolean    ratio_lane;

  /* Children */
  GtkWidget *heading;
  GtkWidget *cells;
  GtkWidget *joint; /* nullable: the backends are in columns */
  GtkWidget *lane;  /* nullable: there is none */
};

static const char * const view_ids[SY_N_VIEWS] = { "columns", "overlaid", "ratio" };

G_DEFINE_FINAL_TYPE (SyLiveRow, sy_live_row, GTK_TYPE_WIDGET)

enum {
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
chart_failed_cb (SyLiveRow  *self,
                 const char *text)
{
  g_signal_emit (self, signals[FAILED], 0, text);
}

static void
watch_chart (SyLiveRow *self,
             BeamChart *chart)
{
  g_signal_connect_object (chart, "failed", G_CALLBACK (chart_failed_cb), self, G_CONNECT_SWAPPED);
}

static void
update_captions (SyLiveRow *self)
{
  SyChartCell *cell;

  for (guint i = 0; (cell = sy_live_row_get_cell (self, i)) != NULL; i++)
    sy_chart_cell_set_caption (cell, self->stacked ? SY_CAPTION_BACKEND : i == 0 ? SY_CAPTION_TITLE : SY_CAPTION_NONE);

  gtk_widget_set_visible (self->heading, self->stacked && gtk_widget_get_visible (self->cells));
}

static GPtrArray *
get_backends (SyLiveRow *self)
{
  GPtrArray *backends = g_ptr_array_new ();
  SyChartCell *cell;

  for (guint i = 0; (cell = sy_live_row_get_cell (self, i)) != NULL; i++)
    g_ptr_array_add (backends, sy_chart_cell_get_backend (cell));

  return backends;
}

/* Makes *@field a chart of all backends, or takes it away. */
static void
set_joint (SyLiveRow   *self,
           GtkWidget  **field,
           gboolean     wanted,
           SyJointKind  kind,
           GPtrArray   *backends)
{
  if (!wanted)
    {
      g_clear_pointer (field, gtk_widget_unparent);
      return;
    }

  if (*field == NULL)
    {
      *field = sy_joint_cell_new (self->row, kind, self->axes);
      watch_chart (self, sy_joint_cell_get_chart (SY_JOINT_CELL (*field)));
      gtk_widget_insert_after (*field, GTK_WIDGET (self),
                               field == &self->lane && self->joint != NULL ? self->joint : self->cells);
    }
  sy_joint_cell_set_backends (SY_JOINT_CELL (*field), backends);
}

/* One backend alone has nobody to share a chart with. */
static void
update_view (SyLiveRow *self)
{
  g_autoptr (GPtrArray) backends = get_backends (self);
  SyView view = backends->len > 1 ? self->view : SY_VIEW_COLUMNS;

  gtk_widget_set_visible (self->cells, view == SY_VIEW_COLUMNS);
  set_joint (self, &self->joint, view != SY_VIEW_COLUMNS,
             view == SY_VIEW_RATIO ? SY_JOINT_RATIO : SY_JOINT_OVERLAID, backends);
  set_joint (self, &self->lane, backends->len > 1 && self->ratio_lane && view != SY_VIEW_RATIO,
             SY_JOINT_RATIO, backends);
  update_captions (self);
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

  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

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
  gtk_label_set_wrap (GTK_LABEL (self->heading), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->heading), PANGO_WRAP_WORD_CHAR);
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
  GtkWidget *cell = sy_chart_cell_new (self->row, backend, self->axes);

  watch_chart (self, sy_chart_cell_get_chart (SY_CHART_CELL (cell)));
  sy_columns_box_insert (SY_COLUMNS_BOX (self->cells), cell, (int) position);
  update_view (self);
}

void
sy_live_row_remove (SyLiveRow *self,
                    guint      position)
{
  GtkWidget *cell = sy_columns_box_get_child (SY_COLUMNS_BOX (self->cells), position);

  g_return_if_fail (cell != NULL);

  sy_columns_box_remove (SY_COLUMNS_BOX (self->cells), cell);
  update_view (self);
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
sy_live_row_set_view (SyLiveRow *self,
                      SyView     view,
                      gboolean   ratio_lane)
{
  g_return_if_fail (view < SY_N_VIEWS);

  /* The kind of a joint chart is for life. */
  if (view != self->view)
    g_clear_pointer (&self->joint, gtk_widget_unparent);
  self->view = view;
  self->ratio_lane = ratio_lane;
  update_view (self);
}

GPtrArray *
sy_live_row_get_charts (SyLiveRow *self)
{
  GPtrArray *charts = g_ptr_array_new ();
  SyChartCell *cell;

  for (guint i = 0; gtk_widget_get_visible (self->cells) && (cell = sy_live_row_get_cell (self, i)) != NULL; i++)
    g_ptr_array_add (charts, sy_chart_cell_get_chart (cell));
  if (self->joint != NULL)
    g_ptr_array_add (charts, sy_joint_cell_get_chart (SY_JOINT_CELL (self->joint)));
  if (self->lane != NULL)
    g_ptr_array_add (charts, sy_joint_cell_get_chart (SY_JOINT_CELL (self->lane)));

  return charts;
}

const char *
sy_view_get_id (SyView view)
{
  g_return_val_if_fail (view < SY_N_VIEWS, NULL);

  return view_ids[view];
}

gboolean
sy_view_parse (const char *id,
               SyView     *ret)
{
  for (guint i = 0; i < SY_N_VIEWS; i++)
    if (g_strcmp0 (id, view_ids[i]) == 0)
      {
        *ret = i;
        return TRUE;
      }

  return FALSE;
}

void
sy_live_row_set_footer (SyLiveRow *self,
                        GtkWidget *widget)
{
  gtk_widget_insert_after (widget, GTK_WIDGET (self), self->cells);
}
