/* sy-live-sheet.c: the Live page on paper
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-live-sheet.h"

#include <glib/gi18n.h>

#include "sy-text.h"

static char *
dup_names (GListModel *backends)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (backends); i++)
    {
      g_autoptr (SyBackend) backend = g_list_model_get_item (backends, i);
      g_autofree char *name = sy_display_text (sy_backend_get_name (backend), -1, 60);

      if (i > 0)
        /* Translators: between the names of two backends that are compared */
        g_string_append (names, _(" and "));
      g_string_append (names, name);
    }

  return g_string_free (names, FALSE);
}

/* The time between the edges, in local time with its offset, since a sheet is
 * read elsewhere and later. */
static char *
dup_range (SyLivePage *page,
           SyClock    *clock)
{
  gint64 offset_us = sy_clock_get_wall (clock) - sy_clock_get_monotonic (clock);
  g_autoptr (GDateTime) first = NULL;
  g_autoptr (GDateTime) last = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  gint64 from_us, to_us;

  beam_time_axis_get_range (sy_live_axes_get_time (sy_live_page_get_axes (page)), &from_us, &to_us);
  first = g_date_time_new_from_unix_local ((from_us + offset_us) / SY_USEC_PER_SEC);
  last = g_date_time_new_from_unix_local ((to_us + offset_us) / SY_USEC_PER_SEC);
  if (first == NULL || last == NULL)
    return g_strdup ("");

  from = g_date_time_format (first, "%F %T");
  to = g_date_time_format (last, "%F %T %z");
  /* Translators: from one date and time to another */
  return g_strdup_printf (_("%1$s to %2$s"), from, to);
}

/* A backend's own chart has its name and how the number came about; a chart of
 * all backends names its lines itself. */
static void
add_charts (BeamSheet *sheet,
            SyLiveRow *row)
{
  g_autoptr (GPtrArray) charts = sy_live_row_get_charts (row);

  for (guint i = 0; i < charts->len; i++)
    {
      BeamChart *chart = g_ptr_array_index (charts, i);
      GtkWidget *cell = gtk_widget_get_parent (GTK_WIDGET (chart));
      g_autofree char *name = NULL;
      g_autofree char *caption = NULL;
      const char *note;

      if (!SY_IS_CHART_CELL (cell))
        {
          beam_sheet_begin_row (sheet, beam_chart_get_title (chart));
          beam_sheet_add_chart (sheet, chart, NULL, BEAM_IDENTITY_NEUTRAL);
          continue;
        }

      if (i == 0)
        beam_sheet_begin_row (sheet, sy_row_get_title (sy_live_row_get_row (row)));
      name = sy_display_text (sy_backend_get_name (sy_chart_cell_get_backend (SY_CHART_CELL (cell))), -1, 60);
      note = sy_chart_cell_get_note (SY_CHART_CELL (cell));
      caption = *note != '\0' ? g_strdup_printf ("%s · %s", name, note) : g_strdup (name);
      beam_sheet_add_chart (sheet, chart, caption,
                            sy_backend_get_identity (sy_chart_cell_get_backend (SY_CHART_CELL (cell))));
    }
}

BeamSheet *
sy_live_sheet_new (SyLivePage *page,
                   GListModel *backends,
                   SyClock    *clock)
{
  g_autofree char *names = dup_names (backends);
  g_autofree char *range = dup_range (page, clock);
  BeamSheet *sheet = beam_sheet_new (names, range);

  for (guint i = 0; i < SY_N_ROWS; i++)
    {
      SyLiveRow *row = sy_live_page_get_row (page, sy_live_page_get_row_at (page, i));

      if (gtk_widget_get_visible (GTK_WIDGET (row)))
        add_charts (sheet, row);
    }

  return sheet;
}
