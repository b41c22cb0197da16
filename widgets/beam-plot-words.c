/* beam-plot-words.c: a plot in words and as a table
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-plot-private.h"
#include "beam-table.h"
#include "beam-words.h"

static void
append_range (GString       *text,
              BeamValueAxis *axis,
              double         low,
              double         high)
{
  g_autofree char *from = beam_value_axis_format (axis, low, 0, BEAM_FORMAT_SPOKEN);
  g_autofree char *to = beam_value_axis_format (axis, high, 0, BEAM_FORMAT_SPOKEN);

  g_string_append_printf (text, "%s – %s", from, to);
}

/* "Threads: 100/s – 1 200/s, 20 ms – 221 ms; break-even 3 400/s (2 900/s – 4 100/s)" */
char *
beam_plot_describe (BeamFigure *figure)
{
  BeamPlot *self = BEAM_PLOT (figure);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->entries->len; i++)
    {
      BeamXYSeries *series = g_array_index (self->entries, BeamPlotEntry, i).series;
      BeamXYBox box = beam_xy_series_get_box (series, FALSE, FALSE);

      if (isnan (box.x_low))
        continue;
      g_string_append_printf (text, "%s%s: ", text->len > 0 ? "; " : "", beam_xy_series_get_name (series));
      append_range (text, self->axes[0], box.x_low, box.x_high);
      g_string_append (text, ", ");
      append_range (text, self->axes[1], box.y_low, box.y_high);
    }
  for (guint i = 0; i < self->guides->len; i++)
    {
      const BeamGuide *guide = &g_array_index (self->guides, BeamGuide, i);
      BeamValueAxis *axis = self->axes[guide->orientation == GTK_ORIENTATION_VERTICAL ? 0 : 1];
      g_autofree char *value = beam_value_axis_format (axis, guide->value, 0, BEAM_FORMAT_SPOKEN);

      if (guide->label == NULL || !isfinite (guide->value))
        continue;
      g_string_append_printf (text, "; %s %s", guide->label, value);
      if (isfinite (guide->low) && isfinite (guide->high))
        {
          g_string_append (text, " (");
          append_range (text, axis, guide->low, guide->high);
          g_string_append_c (text, ')');
        }
    }

  return g_string_free (text, FALSE);
}

/* --- Table --- */

/* Of very many points some, evenly chosen: as many as a table of series has. */
static void
fill_series (BeamCells    *cells,
             BeamXYSeries *series)
{
  guint n;
  const BeamXYPoint *points = beam_xy_series_get_points (series, &n);
  guint rows = MIN (n, BEAM_TABLE_MAX_ROWS);

  for (guint i = 0; i < rows; i++)
    {
      const BeamXYPoint *point = &points[rows > 1 ? (guint) ((guint64) i * (n - 1) / (rows - 1)) : 0];

      beam_cells_begin_row (cells);
      beam_cells_add_text (cells, beam_xy_series_get_name (series));
      beam_cells_add_number (cells, point->x);
      beam_cells_add_number (cells, point->y);
      beam_cells_add_number (cells, point->low);
      beam_cells_add_number (cells, point->high);
    }
}

/* Whether a line across the plot has an interval along x, as a break-even has. */
static gboolean
has_wide_guides (BeamPlot *self)
{
  for (guint i = 0; i < self->guides->len; i++)
    {
      const BeamGuide *guide = &g_array_index (self->guides, BeamGuide, i);

      if (guide->orientation == GTK_ORIENTATION_VERTICAL && (isfinite (guide->low) || isfinite (guide->high)))
        return TRUE;
    }

  return FALSE;
}

/* Points first, then what the lines across the plot stand at, in their column. The
 * interval along x has columns where there is one. */
void
beam_plot_fill_cells (BeamFigure *figure,
                      BeamCells  *cells)
{
  BeamPlot *self = BEAM_PLOT (figure);
  const gboolean wide = has_wide_guides (self);

  beam_cells_add_column (cells, "series", _("Name"), NULL);
  beam_cells_add_column (cells, "x", self->labels[0], self->axes[0]);
  beam_cells_add_column (cells, "y", self->labels[1], self->axes[1]);
  beam_cells_add_column (cells, "low", _("Low"), self->axes[1]);
  beam_cells_add_column (cells, "high", _("High"), self->axes[1]);
  if (wide)
    {
      beam_cells_add_column (cells, "x_low", _("Low"), self->axes[0]);
      beam_cells_add_column (cells, "x_high", _("High"), self->axes[0]);
    }
  for (guint i = 0; i < self->entries->len; i++)
    fill_series (cells, g_array_index (self->entries, BeamPlotEntry, i).series);
  for (guint i = 0; i < self->guides->len; i++)
    {
      const BeamGuide *guide = &g_array_index (self->guides, BeamGuide, i);
      gboolean upright = guide->orientation == GTK_ORIENTATION_VERTICAL;

      beam_cells_begin_row (cells);
      beam_cells_add_text (cells, guide->label);
      beam_cells_add_number (cells, upright ? guide->value : (double) NAN);
      beam_cells_add_number (cells, upright ? (double) NAN : guide->value);
      beam_cells_add_number (cells, upright ? (double) NAN : guide->low);
      beam_cells_add_number (cells, upright ? (double) NAN : guide->high);
      if (wide && upright)
        {
          beam_cells_add_number (cells, guide->low);
          beam_cells_add_number (cells, guide->high);
        }
    }
}
