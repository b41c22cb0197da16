/* beam-chart-menu.c: actions of a chart and what its context menu holds
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include "beam-chart-private.h"
#include "beam-words.h"

#define ACTIONS "chart"

/* --- Actions --- */

static void
zoom_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  beam_chart_zoom_to_selection (BEAM_CHART (widget));
}

static void
pin_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  BeamChart *self = BEAM_CHART (widget);
  gint64 from_us, to_us;

  if (beam_chart_pin_selection (self))
    return;

  beam_time_axis_get_range (self->time_axis, &from_us, &to_us);
  beam_time_axis_pin (self->time_axis, from_us, to_us);
}

static void
unpin_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  beam_time_axis_unpin (BEAM_CHART (widget)->time_axis);
}

static void
reset_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  beam_time_axis_reset (BEAM_CHART (widget)->time_axis);
}

void
beam_chart_install_actions (GtkWidgetClass *klass)
{
  beam_menu_install_actions (klass, ACTIONS);
  gtk_widget_class_install_action (klass, "chart.zoom-to-selection", NULL, zoom_action);
  gtk_widget_class_install_action (klass, "chart.pin", NULL, pin_action);
  gtk_widget_class_install_action (klass, "chart.unpin", NULL, unpin_action);
  gtk_widget_class_install_action (klass, "chart.reset", NULL, reset_action);
}

/* --- Menu --- */

static void
change_shown_cb (GSimpleAction *action,
                 GVariant      *state,
                 gpointer       user_data)
{
  BeamSeries *series = g_object_get_data (G_OBJECT (action), "beam-series");

  beam_chart_set_series_shown (BEAM_CHART (user_data), series, g_variant_get_boolean (state));
  g_simple_action_set_state (action, state);
}

/* In the label of a menu item an underscore is a mnemonic, and two are one. */
static char *
dup_without_mnemonic (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, "_", -1);

  return g_strjoinv ("__", parts);
}

/* A check for each series, when there are several to choose from. */
static GMenuModel *
create_series_menu (BeamChart *self)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (BeamEntry));
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  GMenu *menu = g_menu_new ();

  beam_chart_collect_entries (self, entries);
  for (guint i = 0; i < entries->len && entries->len > 1; i++)
    {
      const BeamEntry *entry = &g_array_index (entries, BeamEntry, i);
      g_autofree char *name = g_strdup_printf ("show-%u", i);
      g_autofree char *detailed = g_strdup_printf ("series.%s", name);
      g_autofree char *label = dup_without_mnemonic (entry->name != NULL ? entry->name : "");
      g_autoptr (GSimpleAction) action = g_simple_action_new_stateful (name, NULL, g_variant_new_boolean (entry->shown));

      g_object_set_data_full (G_OBJECT (action), "beam-series", g_object_ref (entry->series), g_object_unref);
      g_signal_connect_object (action, "change-state", G_CALLBACK (change_shown_cb), self, 0);
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
      g_menu_append (menu, label, detailed);
    }
  gtk_widget_insert_action_group (GTK_WIDGET (self), "series", G_ACTION_GROUP (group));

  return G_MENU_MODEL (menu);
}

static void
append_section (GMenu      *menu,
                const char *label,
                GMenuModel *section)
{
  if (g_menu_model_get_n_items (section) > 0)
    g_menu_append_section (menu, label, section);
  g_object_unref (section);
}

static GMenuModel *
create_view_menu (BeamChart *self)
{
  GMenu *menu = g_menu_new ();
  gint64 from_us, to_us;
  gboolean selected = beam_cursor_get_selection (self->cursor, &from_us, &to_us) && from_us < to_us;

  if (selected)
    g_menu_append (menu, _("_Zoom to Selection"), "chart.zoom-to-selection");
  g_menu_append (menu, selected ? _("Keep Selection as _Baseline") : _("Keep What Is Shown as _Baseline"), "chart.pin");
  if (beam_time_axis_get_pinned (self->time_axis, &from_us, &to_us))
    g_menu_append (menu, _("_Remove Baseline"), "chart.unpin");
  if (!beam_time_axis_is_at_home (self->time_axis))
    g_menu_append (menu, beam_time_axis_has_home (self->time_axis) ? _("Show _All") : _("Back to _Live"), "chart.reset");

  return G_MENU_MODEL (menu);
}

/* "14:02:10 – 14:06:10, 27 November 2026"; NULL while the wall clock is unknown. */
static char *
format_range (BeamChart *self)
{
  gint64 offset_us = beam_time_axis_get_wall_offset (self->time_axis);
  g_autoptr (GDateTime) first = NULL;
  g_autoptr (GDateTime) last = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  gint64 from_us, to_us;

  beam_time_axis_get_range (self->time_axis, &from_us, &to_us);
  if (offset_us == 0)
    return NULL;
  first = g_date_time_new_from_unix_local ((from_us + offset_us) / G_USEC_PER_SEC);
  last = g_date_time_new_from_unix_local ((to_us + offset_us) / G_USEC_PER_SEC);
  if (first == NULL || last == NULL)
    return NULL;

  from = g_date_time_format (first, "%F %T");
  to = g_date_time_format (last, "%F %T");
  /* Translators: a range of time, "2026-11-27 14:02:10 – 2026-11-27 14:06:10" */
  return g_strdup_printf (_("%1$s – %2$s"), from, to);
}

static const char *
get_title (BeamMenuOwner *owner)
{
  return BEAM_CHART (owner)->title;
}

static char *
dup_values (BeamMenuOwner *owner)
{
  return beam_chart_get_values_text (BEAM_CHART (owner));
}

static BeamSheet *
create_sheet (BeamMenuOwner *owner)
{
  BeamChart *self = BEAM_CHART (owner);
  g_autofree char *range = format_range (self);
  BeamSheet *sheet = beam_sheet_new (self->title, range);

  beam_sheet_begin_row (sheet, NULL);
  beam_sheet_add_chart (sheet, self, NULL, BEAM_IDENTITY_NEUTRAL);
  return sheet;
}

static void
show_table (BeamMenuOwner *owner)
{
  beam_chart_show_table (BEAM_CHART (owner));
}

static void
append_items (BeamMenuOwner *owner,
              GMenu         *menu)
{
  append_section (menu, NULL, create_view_menu (BEAM_CHART (owner)));
  if (BEAM_CHART (owner)->extra_menu != NULL)
    append_section (menu, NULL, g_object_ref (BEAM_CHART (owner)->extra_menu));
  append_section (menu, _("Series"), create_series_menu (BEAM_CHART (owner)));
}

static void
visit (BeamMenuOwner *owner,
       double         x,
       double         y)
{
  beam_chart_point_at (BEAM_CHART (owner), x);
}

/* The crosshair, else the middle. */
static void
find_place (BeamMenuOwner *owner,
            double        *ret_x,
            double        *ret_y)
{
  BeamChart *self = BEAM_CHART (owner);
  BeamGeometry geometry;

  *ret_x = *ret_y = 0;
  if (!beam_chart_get_geometry (self, &geometry))
    return;

  *ret_x = geometry.x + geometry.width / 2;
  *ret_y = geometry.y + geometry.height / 2;
  if (beam_cursor_is_set (self->cursor))
    *ret_x = CLAMP (beam_geometry_x (&geometry, beam_cursor_get_time (self->cursor)), geometry.x,
                    geometry.x + geometry.width);
}

static void
closed (BeamMenuOwner *owner)
{
  beam_chart_menu_closed (BEAM_CHART (owner));
}

static GtkWidget **
get_popover (BeamMenuOwner *owner)
{
  return &BEAM_CHART (owner)->menu;
}

void
beam_chart_init_menu (BeamMenuOwnerInterface *iface)
{
  iface->prefix = ACTIONS;
  iface->get_title = get_title;
  iface->dup_values = dup_values;
  iface->create_sheet = create_sheet;
  iface->show_table = show_table;
  iface->append_items = append_items;
  iface->visit = visit;
  iface->find_place = find_place;
  iface->closed = closed;
  iface->get_popover = get_popover;
}
