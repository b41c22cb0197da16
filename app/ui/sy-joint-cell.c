/* sy-joint-cell.c: one quantity of all backends in one chart
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-joint-cell.h"

#include <glib/gi18n.h>
#include "sy-chart-cell.h"
#include "sy-equal-layer.h"
#include "sy-format.h"
#include "sy-label.h"
#include "sy-ratio-series.h"
#include "sy-series-adapter.h"
#include "sy-text.h"

struct _SyJointCell
{
  GtkWidget parent_instance;

  SyRow            row;
  SyJointKind      kind;
  SyLiveAxes      *axes;     /* owned */
  GPtrArray       *backends; /* owned, of owned SyBackend */
  const SyMeasure *measure;  /* static, nullable: nothing is drawn */
  char            *shape;    /* owned: what the layers were made for */

  /* Children */
  GtkWidget *title;
  GtkWidget *legend;
  GtkWidget *note;
  GtkWidget *chart;
};

G_DEFINE_FINAL_TYPE (SyJointCell, sy_joint_cell, GTK_TYPE_WIDGET)

#define SHORT_NAME 14 /* letters */
#define RATIO_SPAN 2.0 /* of its axis: less than doubled is not news */

static SyBackend *
get_backend (SyJointCell *self,
             guint        i)
{
  return g_ptr_array_index (self->backends, i);
}

static char *
dup_name (SyBackend *backend)
{
  return sy_display_text (sy_backend_get_name (backend), -1, 60);
}

/* Data of a series: which line it is, whatever it is called, each time it is made. */
#define LINE_KEY "sy-line"

static void
set_line (BeamSeries *series,
          gpointer    backend,
          gpointer    other,
          int         quantity)
{
  g_object_set_data_full (G_OBJECT (series), LINE_KEY, g_strdup_printf ("%p %p %d", backend, other, quantity), g_free);
}

static BeamSeries *
get_line_series (SyJointCell *self,
                 guint        position)
{
  BeamLayer *layer = beam_chart_get_layer (BEAM_CHART (self->chart), position);

  return BEAM_IS_LINE_LAYER (layer) ? beam_line_layer_get_series (BEAM_LINE_LAYER (layer)) : NULL;
}

/* The lines that a person has switched off. (transfer full): a set of owned strings. */
static GHashTable *
collect_hidden (SyJointCell *self)
{
  GHashTable *hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < beam_chart_get_n_layers (BEAM_CHART (self->chart)); i++)
    {
      BeamSeries *series = get_line_series (self, i);

      if (series != NULL && !beam_chart_get_series_shown (BEAM_CHART (self->chart), series))
        g_hash_table_add (hidden, g_strdup (g_object_get_data (G_OBJECT (series), LINE_KEY)));
    }

  return hidden;
}

static void
hide_again (SyJointCell *self,
            GHashTable  *hidden)
{
  for (guint i = 0; i < beam_chart_get_n_layers (BEAM_CHART (self->chart)); i++)
    {
      BeamSeries *series = get_line_series (self, i);

      if (series != NULL && g_hash_table_contains (hidden, g_object_get_data (G_OBJECT (series), LINE_KEY)))
        beam_chart_set_series_shown (BEAM_CHART (self->chart), series, FALSE);
    }
}

/* --- Layers --- */

static void
add_line (SyJointCell *self,
          SyBackend   *backend,
          BeamSeries  *series,
          BeamWeight   weight,
          const char  *label)
{
  BeamLayer *layer = beam_line_layer_new (series);

  beam_line_layer_set_weight (BEAM_LINE_LAYER (layer), weight);
  beam_layer_set_identity (layer, sy_backend_get_identity (backend));
  beam_layer_set_label (layer, label);
  beam_chart_add_layer (BEAM_CHART (self->chart), layer);
}

static BeamSeries *
create_series (SyBackend       *backend,
               const SyMeasure *measure,
               SyQuantity       quantity,
               const char      *label)
{
  BeamSeries *series = sy_series_adapter_new (backend, quantity);

  beam_series_set_name (series, label);
  beam_series_set_unit (series, sy_measure_get_unit_symbol (measure));
  return series;
}

/* The legend has the whole name; beside the line there is room for less. */
static void
add_quantity (SyJointCell *self,
              SyBackend   *backend,
              SyQuantity   quantity,
              BeamWeight   weight,
              const char  *percentile)
{
  g_autofree char *name = dup_name (backend);
  g_autofree char *short_name = sy_display_text (sy_backend_get_name (backend), -1, SHORT_NAME);
  g_autofree char *label = NULL;
  g_autofree char *short_label = NULL;
  g_autoptr (BeamSeries) series = NULL;

  /* Translators: a line of a chart: backend and percentile, "Orders p99" */
  label = percentile != NULL ? g_strdup_printf (_("%1$s %2$s"), name, percentile) : g_strdup (name);
  short_label = percentile != NULL ? g_strdup_printf (_("%1$s %2$s"), short_name, percentile) : g_strdup (short_name);
  series = create_series (backend, self->measure, quantity, label);
  set_line (series, backend, NULL, (int) quantity);
  add_line (self, backend, series, weight, short_label);
}

static void
add_overlaid (SyJointCell *self,
              SyBackend   *backend)
{
  add_quantity (self, backend, self->measure->strong, BEAM_WEIGHT_STRONG, self->measure->strong_label);
  if (self->measure->light != SY_N_QUANTITIES)
    add_quantity (self, backend, self->measure->light, BEAM_WEIGHT_LIGHT, self->measure->light_label);
}

/* From the bounds of two percentiles the bounds of their ratio: the least of one
 * by the most of the other, and the other way round. */
static void
add_interval (SyJointCell *self,
              SyBackend   *below,
              SyBackend   *above)
{
  g_autoptr (BeamSeries) above_low = sy_series_adapter_new (above, SY_QUANTITY_P99_LOWER);
  g_autoptr (BeamSeries) above_high = sy_series_adapter_new (above, SY_QUANTITY_P99_UPPER);
  g_autoptr (BeamSeries) below_low = sy_series_adapter_new (below, SY_QUANTITY_P99_LOWER);
  g_autoptr (BeamSeries) below_high = sy_series_adapter_new (below, SY_QUANTITY_P99_UPPER);
  g_autoptr (BeamSeries) low = sy_ratio_series_new (above_low, below_high);
  g_autoptr (BeamSeries) high = sy_ratio_series_new (above_high, below_low);
  BeamLayer *layer = beam_band_layer_new (low, high);

  beam_layer_set_identity (layer, sy_backend_get_identity (above));
  beam_chart_add_layer (BEAM_CHART (self->chart), layer);
}

static void
add_ratio (SyJointCell *self,
           SyBackend   *below,
           SyBackend   *above)
{
  g_autofree char *above_name = dup_name (above);
  g_autofree char *below_name = dup_name (below);
  g_autofree char *label = g_strdup_printf ("%s ÷ %s", above_name, below_name);
  g_autofree char *short_label = sy_display_text (sy_backend_get_name (above), -1, SHORT_NAME);
  g_autoptr (BeamSeries) numerator = sy_series_adapter_new (above, self->measure->strong);
  g_autoptr (BeamSeries) denominator = sy_series_adapter_new (below, self->measure->strong);
  g_autoptr (BeamSeries) ratio = sy_ratio_series_new (numerator, denominator);

  beam_series_set_name (ratio, label);
  set_line (ratio, above, below, (int) self->measure->strong);
  if (self->measure->strong == SY_QUANTITY_P99)
    add_interval (self, below, above);
  add_line (self, above, ratio, BEAM_WEIGHT_STRONG, self->backends->len > 2 ? short_label : NULL);
}

static char *
format_ratio_cb (double        value,
                 double        step,
                 BeamFormatUse use,
                 gpointer      user_data)
{
  g_autofree char *number = sy_format_number (value);

  if (use == BEAM_FORMAT_SPOKEN)
    /* Translators: a ratio in a sentence: "1.8 times" */
    return g_strdup_printf (_("%s times"), number);

  /* Translators: a ratio: "1.8×" */
  return g_strdup_printf (_("%s×"), number);
}

static BeamValueAxis *
create_ratio_axis (void)
{
  BeamValueAxis *axis = beam_value_axis_new (BEAM_SCALE_LOG);

  beam_value_axis_set_minimum_span (axis, RATIO_SPAN);
  beam_value_axis_set_include (axis, 1);
  beam_value_axis_set_format_func (axis, format_ratio_cb, NULL, NULL);
  return axis;
}

/* --- When they change --- */

/* Those who share the unit of the first; the others' names for the note. */
static GPtrArray *
choose_backends (SyJointCell  *self,
                 char        **ret_left_out)
{
  GPtrArray *chosen = g_ptr_array_new ();
  g_autoptr (GString) left_out = g_string_new (NULL);

  self->measure = NULL;
  for (guint i = 0; i < self->backends->len; i++)
    {
      SyBackend *backend = get_backend (self, i);
      const SyMeasure *measure = sy_measure_for_reading (self->row, sy_backend_get_reading (backend));

      if (self->measure == NULL)
        self->measure = measure;
      if (measure == self->measure)
        g_ptr_array_add (chosen, backend);
      else
        {
          g_autofree char *name = dup_name (backend);

          g_string_append_printf (left_out, "%s%s", left_out->len > 0 ? ", " : "", name);
        }
    }

  *ret_left_out = left_out->len > 0 ? g_strdup (left_out->str) : NULL;
  return chosen;
}

static char *
make_shape (SyJointCell *self,
            GPtrArray   *chosen)
{
  GString *shape = g_string_new (NULL);

  g_string_append_printf (shape, "%p", (gpointer) self->measure);
  for (guint i = 0; i < chosen->len; i++)
    {
      SyBackend *backend = g_ptr_array_index (chosen, i);

      g_string_append_printf (shape, " %p %s %s", (gpointer) backend, sy_backend_get_letter (backend),
                              sy_backend_get_name (backend));
    }

  return g_string_free (shape, FALSE);
}

static void
fill (SyJointCell *self,
      GPtrArray   *chosen)
{
  BeamChart *chart = BEAM_CHART (self->chart);
  g_autoptr (GHashTable) hidden = collect_hidden (self);

  while (beam_chart_get_n_layers (chart) > 0)
    beam_chart_remove_layer (chart, beam_chart_get_layer (chart, 0));
  if (self->measure == NULL)
    return;

  if (self->kind == SY_JOINT_OVERLAID)
    beam_chart_set_value_axis (chart, sy_live_axes_get_value (self->axes, self->measure));
  else
    beam_chart_add_layer (chart, sy_equal_layer_new ());

  for (guint i = 0; i < chosen->len; i++)
    {
      if (self->kind == SY_JOINT_OVERLAID)
        add_overlaid (self, g_ptr_array_index (chosen, i));
      else if (i > 0)
        add_ratio (self, g_ptr_array_index (chosen, 0), g_ptr_array_index (chosen, i));
    }

  if (self->kind == SY_JOINT_OVERLAID && self->row == SY_ROW_LATENCY)
    beam_chart_add_layer (chart, sy_live_axes_new_objective (self->axes));
  hide_again (self, hidden);
}

static void
update (SyJointCell *self)
{
  g_autofree char *left_out = NULL;
  g_autofree char *note = NULL;
  g_autofree char *shape = NULL;
  g_autoptr (GPtrArray) chosen = choose_backends (self, &left_out);

  /* Translators: %s are names of backends, in a chart that shows all backends */
  note = left_out != NULL ? g_strdup_printf (_("without %s: in another unit"), left_out) : g_strdup ("");
  sy_label_set_text (self->note, note);
  beam_chart_set_empty_text (BEAM_CHART (self->chart),
                             chosen->len < 2 && left_out != NULL ? _("They report it in different units")
                                                                 : _("Nothing to compare yet"));

  shape = make_shape (self, chosen);
  if (g_strcmp0 (shape, self->shape) == 0)
    return;
  g_free (self->shape);
  self->shape = g_steal_pointer (&shape);
  fill (self, chosen);
}

/* --- Sentence --- */

/* "Orders p99 43 milliseconds", or while nothing is known of it
 * "Orders p99: unknown now (30 milliseconds – 52 milliseconds)". */
static void
append_line (GString           *text,
             BeamValueAxis     *axis,
             const BeamReadout *readout,
             gboolean           known,
             gint64             from_us,
             gint64             to_us)
{
  g_autofree char *least = NULL;
  g_autofree char *most = NULL;
  double low, high;

  if (known)
    {
      g_autofree char *value = beam_value_axis_format (axis, readout->value, 0, BEAM_FORMAT_SPOKEN);

      g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "", beam_series_get_name (readout->series), value);
      return;
    }

  if (!beam_series_get_range (readout->series, from_us, to_us, &low, &high))
    return;
  least = beam_value_axis_format (axis, low, 0, BEAM_FORMAT_SPOKEN);
  most = beam_value_axis_format (axis, high, 0, BEAM_FORMAT_SPOKEN);
  g_string_append_printf (text, "%s%s: %s (%s – %s)", text->len > 0 ? ", " : "", beam_series_get_name (readout->series),
                          /* Translators: in the place of a number, of a line that had numbers before */
                          _("unknown now"), least, most);
}

/* Each line that has a value in view. */
static char *
describe_cb (BeamChart  *chart,
             const char *at_cursor,
             gpointer    user_data)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  GString *text = g_string_new (NULL);
  g_autoptr (GArray) readouts = g_array_new (FALSE, FALSE, sizeof (BeamReadout));
  gint64 from_us, to_us;

  if (at_cursor != NULL)
    g_string_append_printf (text, _("At the cursor %s; "), at_cursor);

  beam_time_axis_get_range (beam_chart_get_time_axis (chart), &from_us, &to_us);
  for (guint i = 0; i < beam_chart_get_n_layers (chart); i++)
    {
      BeamLayer *layer = beam_chart_get_layer (chart, i);
      gboolean known;

      if (!gtk_widget_get_visible (GTK_WIDGET (layer)))
        continue;
      g_array_set_size (readouts, 0);
      known = beam_layer_read_range (layer, from_us, to_us, readouts);
      for (guint j = 0; j < readouts->len; j++)
        append_line (lines, beam_chart_get_value_axis (chart), &g_array_index (readouts, BeamReadout, j), known,
                     from_us, to_us);
    }
  g_string_append (text, lines->len > 0 ? lines->str : beam_chart_get_empty_text (chart));

  return g_string_free (text, FALSE);
}

/* --- Widget --- */

static void
sy_joint_cell_dispose (GObject *object)
{
  SyJointCell *self = SY_JOINT_CELL (object);
  GtkWidget *child;

  for (guint i = 0; self->backends != NULL && i < self->backends->len; i++)
    g_signal_handlers_disconnect_by_data (get_backend (self, i), self);
  g_clear_pointer (&self->backends, g_ptr_array_unref);
  g_clear_object (&self->axes);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (sy_joint_cell_parent_class)->dispose (object);
}

static void
sy_joint_cell_finalize (GObject *object)
{
  g_free (SY_JOINT_CELL (object)->shape);

  G_OBJECT_CLASS (sy_joint_cell_parent_class)->finalize (object);
}

static void
sy_joint_cell_class_init (SyJointCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sy_joint_cell_dispose;
  G_OBJECT_CLASS (klass)->finalize = sy_joint_cell_finalize;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "jointcell");
}

static void
sy_joint_cell_init (SyJointCell *self)
{
  GtkWidget *caption = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  self->backends = g_ptr_array_new_with_free_func (g_object_unref);

  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_valign (self->title, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->title, "caption-heading");
  self->note = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->note), PANGO_ELLIPSIZE_START);
  gtk_label_set_xalign (GTK_LABEL (self->note), 1);
  gtk_widget_add_css_class (self->note, "caption");
  gtk_widget_add_css_class (self->note, "dim-label");
  self->chart = g_object_ref_sink (beam_chart_new (NULL, NULL, NULL));
  gtk_widget_set_vexpand (self->chart, TRUE);
  gtk_widget_set_hexpand (self->chart, TRUE);
  self->legend = beam_legend_new (BEAM_CHART (self->chart));
  gtk_widget_set_hexpand (self->legend, TRUE);
  gtk_box_append (GTK_BOX (caption), self->title);
  gtk_box_append (GTK_BOX (caption), self->legend);
  gtk_box_append (GTK_BOX (caption), self->note);
  gtk_widget_set_parent (caption, GTK_WIDGET (self));
  gtk_widget_set_parent (self->chart, GTK_WIDGET (self));
  g_object_unref (self->chart);
}

GtkWidget *
sy_joint_cell_new (SyRow        row,
                   SyJointKind  kind,
                   SyLiveAxes  *axes)
{
  SyJointCell *self = g_object_new (SY_TYPE_JOINT_CELL, NULL);
  BeamChart *chart = BEAM_CHART (self->chart);
  g_autofree char *title = NULL;

  self->row = row;
  self->kind = kind;
  self->axes = g_object_ref (axes);
  if (kind == SY_JOINT_RATIO)
    /* Translators: %s is a quantity, such as Throughput, of one backend divided by that of another */
    title = g_strdup_printf (_("%s, ratio"), sy_row_get_title (row));
  else
    title = g_strdup (sy_row_get_title (row));

  gtk_label_set_text (GTK_LABEL (self->title), title);
  beam_chart_set_title (chart, title);
  sy_live_axes_attach (axes, chart);
  beam_chart_set_describe_func (chart, describe_cb, self, NULL);
  gtk_widget_set_size_request (self->chart, -1, kind == SY_JOINT_RATIO ? 90 : 140);
  if (kind == SY_JOINT_RATIO)
    {
      g_autoptr (BeamValueAxis) axis = create_ratio_axis ();

      beam_chart_set_value_axis (chart, axis);
    }

  return GTK_WIDGET (self);
}

void
sy_joint_cell_set_backends (SyJointCell *self,
                            GPtrArray   *backends)
{
  for (guint i = 0; i < self->backends->len; i++)
    g_signal_handlers_disconnect_by_data (get_backend (self, i), self);
  g_ptr_array_set_size (self->backends, 0);

  for (guint i = 0; i < backends->len; i++)
    {
      SyBackend *backend = g_ptr_array_index (backends, i);

      g_ptr_array_add (self->backends, g_object_ref (backend));
      g_signal_connect_swapped (backend, "updated", G_CALLBACK (update), self);
      g_signal_connect_swapped (backend, "notify", G_CALLBACK (update), self);
    }
  update (self);
}

BeamChart *
sy_joint_cell_get_chart (SyJointCell *self)
{
  return BEAM_CHART (self->chart);
}
