/* beam-chart-menu.c: actions of a chart and its context menu
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-chart-private.h"
#include "beam-menu.h"
#include "beam-save.h"
#include "beam-words.h"

/* --- Actions --- */

static void
copy_values_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  g_autofree char *text = beam_chart_get_values_text (BEAM_CHART (widget));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
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

static BeamSheet *
create_sheet (BeamChart *self)
{
  g_autofree char *range = format_range (self);
  BeamSheet *sheet = beam_sheet_new (self->title, range);

  beam_sheet_begin_row (sheet, NULL);
  beam_sheet_add_chart (sheet, self, NULL, BEAM_IDENTITY_NEUTRAL);
  return sheet;
}

static void
copy_picture_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  g_autoptr (BeamSheet) sheet = create_sheet (BEAM_CHART (widget));

  beam_save_copy_picture (sheet, widget);
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  g_autoptr (BeamSheet) sheet = create_sheet (BEAM_CHART (widget));
  BeamFileFormat format;

  if (beam_file_format_parse (g_variant_get_string (parameter, NULL), &format))
    beam_save_from (widget, sheet, format, BEAM_CHART (widget)->title);
}

static void
show_table_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  beam_chart_show_table (BEAM_CHART (widget));
}

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
  gtk_widget_class_install_action (klass, "chart.copy-values", NULL, copy_values_action);
  gtk_widget_class_install_action (klass, "chart.copy-picture", NULL, copy_picture_action);
  gtk_widget_class_install_action (klass, "chart.save", "s", save_action);
  gtk_widget_class_install_action (klass, "chart.show-table", NULL, show_table_action);
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
      g_autofree char *label = g_strdup (entry->name != NULL ? entry->name : "");
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
  if (beam_time_axis_get_mode (self->time_axis) != BEAM_TIME_LIVE)
    g_menu_append (menu, _("Back to _Live"), "chart.reset");

  return G_MENU_MODEL (menu);
}

static GMenuModel *
create_menu (BeamChart *self)
{
  GMenu *menu = g_menu_new ();
  GMenu *data = g_menu_new ();
  g_autoptr (GMenuModel) save = beam_menu_create_save ("chart.save");

  g_menu_append (data, _("_Copy Values"), "chart.copy-values");
  g_menu_append (data, _("Copy P_icture"), "chart.copy-picture");
  g_menu_append_submenu (data, _("_Save As"), save);
  g_menu_append (data, _("Show as _Table"), "chart.show-table");
  append_section (menu, NULL, G_MENU_MODEL (data));
  append_section (menu, NULL, create_view_menu (self));
  append_section (menu, _("Series"), create_series_menu (self));

  return G_MENU_MODEL (menu);
}

/* Where a menu opens that a key asked for: at the crosshair, else in the middle. */
static void
find_place (BeamChart *self,
            double    *ret_x,
            double    *ret_y)
{
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

void
beam_chart_open_menu (BeamChart *self,
                      double     x,
                      double     y)
{
  g_autoptr (GMenuModel) model = create_menu (self);

  if (isnan (x))
    find_place (self, &x, &y);
  beam_menu_open (GTK_WIDGET (self), &self->menu, model, x, y);
}
