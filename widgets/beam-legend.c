/* beam-legend.c: which series there are, to be switched on and off
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include "beam-legend.h"

#include "beam-chart-private.h"
#include "beam-swatch.h"

struct _BeamLegend
{
  GtkWidget parent_instance;

  BeamChart *chart; /* owned, nullable */
  GtkWidget *box;
  gboolean   filling;
};

#define FADED 0.5 /* what is switched off */

G_DEFINE_FINAL_TYPE (BeamLegend, beam_legend, GTK_TYPE_WIDGET)

enum {
  PROP_CHART = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
toggled_cb (GtkToggleButton *button,
            BeamLegend      *self)
{
  if (!self->filling && self->chart != NULL)
    beam_chart_set_series_shown (self->chart, g_object_get_data (G_OBJECT (button), "beam-series"),
                                 gtk_toggle_button_get_active (button));
}

static GtkWidget *
create_entry (BeamLegend      *self,
              const BeamEntry *entry)
{
  const char *name = entry->name != NULL && *entry->name != '\0' ? entry->name : beam_chart_get_title (self->chart);
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *swatch = beam_swatch_new (entry->identity);
  GtkWidget *label = gtk_label_new (name);

  beam_swatch_set_line (BEAM_SWATCH (swatch), TRUE);
  gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), swatch);
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "beam-legend-entry");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "beam-series", g_object_ref (entry->series), g_object_unref);
  g_signal_connect (button, "toggled", G_CALLBACK (toggled_cb), self);

  return button;
}

static GtkWidget *
get_entry (BeamLegend *self,
           guint       i)
{
  GtkFlowBoxChild *child = gtk_flow_box_get_child_at_index (GTK_FLOW_BOX (self->box), (int) i);

  return child != NULL ? gtk_flow_box_child_get_child (child) : NULL;
}

/* The buttons are for these series in this order. */
static gboolean
is_for (BeamLegend *self,
        GArray     *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      GtkWidget *button = get_entry (self, i);

      if (button == NULL ||
          g_object_get_data (G_OBJECT (button), "beam-series") != g_array_index (entries, BeamEntry, i).series)
        return FALSE;
    }

  return get_entry (self, entries->len) == NULL;
}

/* A button that was just pressed must not be taken away under the finger. */
static void
update (BeamLegend *self)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (BeamEntry));

  if (self->chart != NULL)
    beam_chart_collect_entries (self->chart, entries);

  self->filling = TRUE;
  if (!is_for (self, entries))
    {
      GtkFlowBoxChild *child;

      while ((child = gtk_flow_box_get_child_at_index (GTK_FLOW_BOX (self->box), 0)) != NULL)
        gtk_flow_box_remove (GTK_FLOW_BOX (self->box), GTK_WIDGET (child));
      for (guint i = 0; i < entries->len; i++)
        {
          GtkWidget *button = create_entry (self, &g_array_index (entries, BeamEntry, i));

          gtk_flow_box_insert (GTK_FLOW_BOX (self->box), button, -1);
          gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
        }
    }
  for (guint i = 0; i < entries->len; i++)
    {
      gboolean shown = g_array_index (entries, BeamEntry, i).shown;

      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (get_entry (self, i)), shown);
      gtk_widget_set_opacity (gtk_button_get_child (GTK_BUTTON (get_entry (self, i))), shown ? 1 : FADED);
    }
  self->filling = FALSE;
}

static void
beam_legend_dispose (GObject *object)
{
  BeamLegend *self = BEAM_LEGEND (object);

  if (self->chart != NULL)
    g_signal_handlers_disconnect_by_data (self->chart, self);
  g_clear_object (&self->chart);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (beam_legend_parent_class)->dispose (object);
}

static void
beam_legend_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  if (prop_id == PROP_CHART)
    g_value_set_object (value, BEAM_LEGEND (object)->chart);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
beam_legend_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  if (prop_id == PROP_CHART)
    beam_legend_set_chart (BEAM_LEGEND (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
beam_legend_class_init (BeamLegendClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = beam_legend_dispose;
  object_class->get_property = beam_legend_get_property;
  object_class->set_property = beam_legend_set_property;

  props[PROP_CHART] = g_param_spec_object ("chart", NULL, NULL, BEAM_TYPE_CHART,
                                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "beam-legend");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
beam_legend_init (BeamLegend *self)
{
  self->box = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->box), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->box), 12);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
beam_legend_new (BeamChart *chart)
{
  return g_object_new (BEAM_TYPE_LEGEND, "chart", chart, NULL);
}

BeamChart *
beam_legend_get_chart (BeamLegend *self)
{
  g_return_val_if_fail (BEAM_IS_LEGEND (self), NULL);

  return self->chart;
}

void
beam_legend_set_chart (BeamLegend *self,
                       BeamChart  *chart)
{
  g_return_if_fail (BEAM_IS_LEGEND (self));
  g_return_if_fail (chart == NULL || BEAM_IS_CHART (chart));

  if (self->chart == chart)
    return;

  if (self->chart != NULL)
    g_signal_handlers_disconnect_by_data (self->chart, self);
  g_set_object (&self->chart, chart);
  if (chart != NULL)
    g_signal_connect_object (chart, "series-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CHART]);
}
