/* sy-overview-view.c: a long recording from one end to the other
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-overview-view.h"

#include <glib/gi18n.h>

#include "beam-sparkline.h"
#include "sy-chart-cell.h"
#include "sy-measure.h"
#include "sy-series-adapter.h"
#include "sy-text.h"

#define N_SIDES 2

/* Half the knob of the slider below, which is at either end there. */
#define KNOB_MARGIN 8

struct _SyOverviewView
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *heading;
};

G_DEFINE_FINAL_TYPE (SyOverviewView, sy_overview_view, GTK_TYPE_WIDGET)

static void
sy_overview_view_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (sy_overview_view_parent_class)->dispose (object);
}

static void
sy_overview_view_class_init (SyOverviewViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sy_overview_view_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
sy_overview_view_init (SyOverviewView *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
  self->heading = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->heading), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->heading), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->heading, "caption");
  gtk_widget_set_parent (self->heading, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static gboolean
has_values (SyPlayer   *player,
            guint       side,
            SyQuantity  quantity)
{
  SyHistory *overview = sy_player_get_overview (player, side);

  return overview != NULL
         && sy_column_get_range (sy_history_get_column (overview, quantity), G_MININT64, G_MAXINT64, NULL, NULL);
}

/* The first quantity that one of them has, and most of them, so that the two lines are
 * of the same; SY_N_QUANTITIES: there is nothing. */
static SyQuantity
choose_quantity (SyPlayer *player)
{
  static const SyQuantity quantities[] = {
    SY_QUANTITY_P99, SY_QUANTITY_LATENCY_MEAN, SY_QUANTITY_THROUGHPUT, SY_QUANTITY_IN_FLIGHT,
  };
  SyQuantity chosen = SY_N_QUANTITIES;
  guint most = 0;

  for (guint i = 0; i < G_N_ELEMENTS (quantities); i++)
    {
      guint n = 0;

      for (guint side = 0; side < N_SIDES; side++)
        n += has_values (player, side, quantities[i]);
      if (n <= most)
        continue;
      most = n;
      chosen = quantities[i];
    }

  return chosen;
}

/* "Latency (p99)" */
static char *
dup_what (const SyMeasure *measure,
          SyQuantity       quantity)
{
  if (measure->strong != quantity || measure->strong_label == NULL)
    return g_strdup (sy_measure_get_title (measure));

  /* Translators: what is shown, and which of it: "Latency (p99)" */
  return g_strdup_printf (_("%1$s (%2$s)"), sy_measure_get_title (measure), measure->strong_label);
}

static char *
format_cb (double        value,
           double        step,
           BeamFormatUse use,
           gpointer      measure)
{
  return sy_measure_format (measure, value, step, use == BEAM_FORMAT_SPOKEN ? SY_TEXT_SPOKEN : SY_TEXT_READOUT, NULL);
}

static void
add_line (SyOverviewView *self,
          SyPlayer       *player,
          guint           side,
          SyQuantity      quantity)
{
  const SyMeasure *measure = sy_measure_for_quantity (quantity);
  SyBackend *backend = sy_session_get (sy_player_get_session (player), side);
  g_autoptr (BeamSeries) series = sy_series_adapter_new_past (sy_player_get_overview (player, side), quantity);
  GtkWidget *line = beam_sparkline_new (series, sy_backend_get_identity (backend));
  g_autofree char *name = sy_display_text (sy_backend_get_name (backend), -1, 60);
  g_autofree char *what = dup_what (measure, quantity);
  /* Translators: a quantity and a backend: "Latency (p99) of Orders over the whole recording" */
  g_autofree char *title = g_strdup_printf (_("%1$s of %2$s over the whole recording"), what, name);

  beam_figure_set_title (BEAM_FIGURE (line), title);
  beam_value_axis_set_format_func (beam_sparkline_get_value_axis (BEAM_SPARKLINE (line)), format_cb, (gpointer) measure, NULL);
  beam_sparkline_set_window (BEAM_SPARKLINE (line), MAX (sy_player_get_length (player), 1));
  beam_sparkline_set_end (BEAM_SPARKLINE (line), sy_player_get_length (player));
  gtk_widget_set_hexpand (line, TRUE);
  gtk_widget_set_margin_start (line, KNOB_MARGIN);
  gtk_widget_set_margin_end (line, KNOB_MARGIN);
  gtk_widget_set_parent (line, GTK_WIDGET (self));
}

void
sy_overview_view_set_player (SyOverviewView *self,
                             SyPlayer       *player)
{
  const SyQuantity quantity = choose_quantity (player);
  g_autofree char *what = NULL;
  g_autofree char *heading = NULL;

  if (quantity == SY_N_QUANTITIES)
    return;

  what = dup_what (sy_measure_for_quantity (quantity), quantity);
  /* Translators: a quantity: "Latency (p99) over the whole recording" */
  heading = g_strdup_printf (_("%s over the whole recording"), what);
  gtk_label_set_text (GTK_LABEL (self->heading), heading);
  /* Time runs from left to right in every language, but not what is written. */
  gtk_widget_set_direction (self->heading, gtk_widget_get_default_direction ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, heading, -1);
  for (guint side = 0; side < MIN (sy_session_get_n (sy_player_get_session (player)), N_SIDES); side++)
    if (has_values (player, side, quantity))
      add_line (self, player, side, quantity);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}
