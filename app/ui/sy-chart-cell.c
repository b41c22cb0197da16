/* sy-chart-cell.c: one quantity of one backend
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-chart-cell.h"

#include <glib/gi18n.h>

#include "sy-chart-words.h"
#include "sy-label.h"
#include "sy-note.h"
#include "sy-series-adapter.h"
#include "sy-text.h"

struct _SyChartCell
{
  GtkWidget parent_instance;

  SyRow            row;
  SyBackend       *backend; /* owned */
  SyLiveAxes      *axes;    /* owned */
  const SyMeasure *measure; /* static, nullable: not chosen yet */
  BeamSeries      *strong;  /* owned; the measure's main quantity, NULL as long as there is none */
  SyCaption        caption;

  /* Template */
  GtkWidget *caption_box;
  GtkWidget *swatch;
  GtkWidget *title;
  GtkWidget *note;
  GtkWidget *chart;
};

G_DEFINE_FINAL_TYPE (SyChartCell, sy_chart_cell, GTK_TYPE_WIDGET)

static char *
dup_display_name (SyChartCell *self)
{
  return sy_display_text (sy_backend_get_name (self->backend), -1, 80);
}

static void
add_line (SyChartCell *self,
          BeamSeries  *series,
          BeamWeight   weight,
          const char  *label)
{
  BeamLayer *layer = beam_line_layer_new (series);

  beam_line_layer_set_weight (BEAM_LINE_LAYER (layer), weight);
  beam_layer_set_label (layer, label);
  beam_chart_add_layer (BEAM_CHART (self->chart), layer);
}

static void
set_identity (SyChartCell *self)
{
  BeamChart *chart = BEAM_CHART (self->chart);
  int identity = sy_backend_get_identity (self->backend);

  for (guint i = 0; i < beam_chart_get_n_layers (chart); i++)
    if (!BEAM_IS_THRESHOLD_LAYER (beam_chart_get_layer (chart, i)))
      beam_layer_set_identity (beam_chart_get_layer (chart, i), identity);

  beam_swatch_set_identity (BEAM_SWATCH (self->swatch), identity);
}

static BeamSeries *
create_series (SyChartCell     *self,
               const SyMeasure *measure,
               SyQuantity       quantity,
               const char      *label)
{
  BeamSeries *series = sy_series_adapter_new (self->backend, quantity);

  beam_series_set_name (series, label != NULL ? label : sy_measure_get_title (measure));
  beam_series_set_unit (series, sy_measure_get_unit_symbol (measure));
  return series;
}

/* Puts the layers of @measure into the chart and links it to the measure's axis. */
static void
set_measure (SyChartCell     *self,
             const SyMeasure *measure)
{
  BeamChart *chart = BEAM_CHART (self->chart);

  if (self->measure == measure)
    return;

  self->measure = measure;

  while (beam_chart_get_n_layers (chart) > 0)
    beam_chart_remove_layer (chart, beam_chart_get_layer (chart, 0));

  beam_chart_set_value_axis (chart, sy_live_axes_get_value (self->axes, measure));
  g_clear_object (&self->strong);
  self->strong = create_series (self, measure, measure->strong, measure->strong_label);

  if (measure->light != SY_N_QUANTITIES)
    {
      g_autoptr (BeamSeries) light = create_series (self, measure, measure->light, measure->light_label);

      beam_chart_add_layer (chart, beam_band_layer_new (light, self->strong));
      add_line (self, light, BEAM_WEIGHT_LIGHT, measure->light_label);
    }
  else if (!measure->logarithmic)
    {
      beam_chart_add_layer (chart, beam_area_layer_new (self->strong));
    }

  add_line (self, self->strong, BEAM_WEIGHT_STRONG, measure->strong_label);
  if (self->row == SY_ROW_LATENCY)
    beam_chart_add_layer (chart, sy_live_axes_new_objective (self->axes));
  set_identity (self);
}

static void
update_names (SyChartCell *self)
{
  g_autofree char *name = dup_display_name (self);
  g_autofree char *chart_title = NULL;
  const char *row_title = sy_row_get_title (self->row);

  /* Translators: a chart, "Throughput of Orders" */
  chart_title = g_strdup_printf (_("%1$s of %2$s"), row_title, name);
  beam_chart_set_title (BEAM_CHART (self->chart), chart_title);

  gtk_widget_set_visible (self->swatch, self->caption == SY_CAPTION_BACKEND);
  sy_label_set_text (self->title, self->caption == SY_CAPTION_BACKEND ? name :
                                  self->caption == SY_CAPTION_TITLE ? row_title : NULL);
}

static void
update (SyChartCell *self)
{
  const SyReading *reading = sy_backend_get_reading (self->backend);
  const SyMapping *mapping = sy_backend_get_mapping (self->backend);
  const char *currency = sy_live_axes_get_currency (self->axes);
  g_autofree char *note = NULL;

  set_measure (self, sy_measure_for_reading (self->row, reading));

  note = sy_note_for_row (self->row, reading, mapping, sy_backend_get_cost (self->backend), currency);
  sy_label_set_text (self->note, note);

  if (!sy_note_row_is_reported (self->row, reading, mapping))
    beam_chart_set_empty_text (BEAM_CHART (self->chart), _("This backend does not report it"));
  else if (reading != NULL && self->row == SY_ROW_LATENCY)
    beam_chart_set_empty_text (BEAM_CHART (self->chart), _("No request was answered yet"));
  else
    beam_chart_set_empty_text (BEAM_CHART (self->chart), _("No sample yet"));
}

static char *
describe_cb (BeamChart  *chart,
             const char *at_cursor,
             gpointer    user_data)
{
  SyChartCell *self = SY_CHART_CELL (user_data);
  const SyChartWords words = {
    .measure = self->measure,
    .series = self->strong,
    .now = sy_series_adapter_get_latest (SY_SERIES_ADAPTER (self->strong)),
    .currency = sy_live_axes_get_currency (self->axes),
    .note = gtk_label_get_text (GTK_LABEL (self->note)),
  };
  char *text = sy_chart_words_describe (&words, sy_live_axes_get_time (self->axes), at_cursor);

  return text != NULL ? text : g_strdup (beam_chart_get_empty_text (chart));
}

static void
sy_chart_cell_dispose (GObject *object)
{
  SyChartCell *self = SY_CHART_CELL (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), SY_TYPE_CHART_CELL);
  g_clear_object (&self->strong);
  g_clear_object (&self->backend);
  g_clear_object (&self->axes);

  G_OBJECT_CLASS (sy_chart_cell_parent_class)->dispose (object);
}

static void
sy_chart_cell_class_init (SyChartCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sy_chart_cell_dispose;

  g_type_ensure (BEAM_TYPE_CHART);
  g_type_ensure (BEAM_TYPE_SWATCH);
  gtk_widget_class_set_template_from_resource (widget_class, "/steelyard/ui/sy-chart-cell.ui");
  gtk_widget_class_bind_template_child (widget_class, SyChartCell, caption_box);
  gtk_widget_class_bind_template_child (widget_class, SyChartCell, swatch);
  gtk_widget_class_bind_template_child (widget_class, SyChartCell, title);
  gtk_widget_class_bind_template_child (widget_class, SyChartCell, note);
  gtk_widget_class_bind_template_child (widget_class, SyChartCell, chart);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "chartcell");
}

static void
sy_chart_cell_init (SyChartCell *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sy_chart_cell_new (SyRow       row,
                   SyBackend  *backend,
                   SyLiveAxes *axes)
{
  SyChartCell *self = g_object_new (SY_TYPE_CHART_CELL, NULL);

  self->row = row;
  self->backend = g_object_ref (backend);
  self->axes = g_object_ref (axes);

  sy_live_axes_attach (axes, BEAM_CHART (self->chart));
  beam_chart_set_show_latest (BEAM_CHART (self->chart), TRUE);
  beam_chart_set_describe_func (BEAM_CHART (self->chart), describe_cb, self, NULL);

  g_signal_connect_object (backend, "updated", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (backend, "notify::name", G_CALLBACK (update_names), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (backend, "notify::letter", G_CALLBACK (set_identity), self, G_CONNECT_SWAPPED);
  update_names (self);
  update (self);

  return GTK_WIDGET (self);
}

void
sy_chart_cell_set_caption (SyChartCell *self,
                           SyCaption    caption)
{
  if (self->caption == caption)
    return;

  self->caption = caption;
  update_names (self);
}

SyBackend *
sy_chart_cell_get_backend (SyChartCell *self)
{
  return self->backend;
}

const char *
sy_chart_cell_get_note (SyChartCell *self)
{
  return gtk_label_get_text (GTK_LABEL (self->note));
}

BeamChart *
sy_chart_cell_get_chart (SyChartCell *self)
{
  return BEAM_CHART (self->chart);
}

int
sy_backend_get_identity (SyBackend *backend)
{
  const char *letter = sy_backend_get_letter (backend);

  if (letter == NULL || *letter < 'a' || *letter >= 'a' + BEAM_N_IDENTITIES)
    return 0;

  return *letter - 'a';
}
