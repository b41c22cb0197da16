/* beam-painter-heat.c: cells of a heat map, pixel by pixel
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A cell may be narrower than a pixel column or wider. Counts are first gathered
 * for each column as counts a second, so that neither the zoom nor the length of
 * a scrape changes how strong a cell is; then each column is written straight
 * into an image. The cost is that of the columns in view and of the pixels.
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>
#include <string.h>

#include "beam-heat-layer.h"
#include "beam-shapes.h"

#define LARGEST_SURFACE 16384

/* The faintest cell that holds anything, and from where on the colour turns
 * towards the ink. */
#define FAINTEST 0.14
#define FULL     0.78
#define INK      0.45

#define N_STEPS 64

void
beam_heat_scratch_clear (BeamHeatScratch *self)
{
  g_clear_pointer (&self->rates, g_free);
  g_clear_pointer (&self->seconds, g_free);
  self->n_rates = 0;
  self->n_seconds = 0;
}

/* Buffers of at least these sizes, filled with zero. */
static void
prepare (BeamHeatScratch *self,
         gsize            n_rates,
         gsize            n_seconds)
{
  if (self->n_rates < n_rates)
    self->rates = g_renew (double, self->rates, self->n_rates = n_rates);
  if (self->n_seconds < n_seconds)
    self->seconds = g_renew (double, self->seconds, self->n_seconds = n_seconds);
  memset (self->rates, 0, n_rates * sizeof (double));
  memset (self->seconds, 0, n_seconds * sizeof (double));
}

static void
gather (const BeamGeometry   *geometry,
        const BeamHeatColumn *column,
        guint                 n_bands,
        int                   width,
        BeamHeatScratch      *scratch)
{
  double left = (beam_geometry_x (geometry, column->from_us) - geometry->x) * geometry->device_scale;
  double right = (beam_geometry_x (geometry, column->to_us) - geometry->x) * geometry->device_scale;
  int first = (int) CLAMP (floor (left), 0, width);
  int last = (int) CLAMP (ceil (right), first, width);
  double seconds = (double) (column->to_us - column->from_us) / G_USEC_PER_SEC;

  for (int x = first; x < last; x++)
    {
      /* How much of this column of pixels it covers, as a weight in time. */
      double part = fmin (right, x + 1) - fmax (left, x);
      double weight = right > left ? part / (right - left) : 0;
      double *rates = scratch->rates + (gsize) x * n_bands;

      if (!(weight > 0))
        continue;
      scratch->seconds[x] += seconds * weight;
      for (guint band = 0; band < n_bands; band++)
        rates[band] += column->counts[band] * weight;
    }
}

/* Counts to counts a second; returns the highest. */
static double
normalise (BeamHeatScratch *scratch,
           guint            n_bands,
           int              width)
{
  double most = 0;

  for (int x = 0; x < width; x++)
    for (guint band = 0; band < n_bands && scratch->seconds[x] > 0; band++)
      {
        double *rate = &scratch->rates[(gsize) x * n_bands + band];

        *rate /= scratch->seconds[x];
        most = fmax (most, *rate);
      }

  return most;
}

/* Premultiplied colours from the faintest to the strongest. */
static void
make_ramp (const GdkRGBA *color,
           const GdkRGBA *ink,
           guint32       *ret)
{
  for (int i = 0; i < N_STEPS; i++)
    {
      double share = (double) i / (N_STEPS - 1);
      double alpha = FAINTEST + (1 - FAINTEST) * fmin (share / FULL, 1);
      GdkRGBA mixed = beam_mix (color, ink, share > FULL ? (share - FULL) / (1 - FULL) * INK : 0);
      guint32 a = (guint32) lround (alpha * 255);
      guint32 r = (guint32) lround ((double) mixed.red * alpha * 255);
      guint32 g = (guint32) lround ((double) mixed.green * alpha * 255);
      guint32 b = (guint32) lround ((double) mixed.blue * alpha * 255);

      ret[i] = a << 24 | r << 16 | g << 8 | b;
    }
}

/* The rows of a band within the plot; FALSE when it is out of view. */
static gboolean
band_rows (const BeamGeometry *geometry,
           double              low,
           double              high,
           int                 height,
           int                *ret_first,
           int                *ret_last)
{
  double top = (beam_geometry_y (geometry, high) - geometry->y) * geometry->device_scale;
  double bottom = (beam_geometry_y (geometry, low) - geometry->y) * geometry->device_scale;

  if (isnan (top) || isnan (bottom))
    return FALSE;

  *ret_first = (int) CLAMP (round (top), 0, height);
  *ret_last = (int) CLAMP (round (bottom), 0, height);
  return *ret_first < *ret_last;
}

static void
write_band (cairo_surface_t       *surface,
            int                    first_row,
            int                    last_row,
            const BeamHeatScratch *scratch,
            guint                  band,
            guint                  n_bands,
            double                 most,
            const guint32         *ramp)
{
  int width = cairo_image_surface_get_width (surface);
  int stride = cairo_image_surface_get_stride (surface);
  guchar *data = cairo_image_surface_get_data (surface);
  guint32 *row = (guint32 *) (gpointer) (data + (gsize) first_row * stride);
  /* One count in the shortest of stretches is still above nothing. */
  double scale = (N_STEPS - 1) / log1p (most);

  for (int x = 0; x < width; x++)
    {
      double rate = scratch->rates[(gsize) x * n_bands + band];

      if (rate > 0)
        row[x] = ramp[(int) CLAMP (log1p (rate) * scale, 0, N_STEPS - 1)];
    }
  for (int y = first_row + 1; y < last_row; y++)
    memcpy (data + (gsize) y * stride, row, (gsize) width * sizeof (guint32));
}

void
beam_paint_heat (cairo_t            *cr,
                 const BeamGeometry *geometry,
                 BeamHeatSeries     *series,
                 GArray             *columns,
                 BeamHeatScratch    *scratch,
                 const GdkRGBA      *color,
                 const GdkRGBA      *ink)
{
  guint n_bands = beam_heat_series_get_n_bands (series);
  const double *edges = beam_heat_series_get_edges (series);
  int width = (int) ceil (CLAMP (geometry->width * geometry->device_scale, 0, LARGEST_SURFACE));
  int height = (int) ceil (CLAMP (geometry->height * geometry->device_scale, 0, LARGEST_SURFACE));
  guint32 ramp[N_STEPS];
  cairo_surface_t *surface;
  double most;

  if (!beam_geometry_is_valid (geometry) || n_bands == 0)
    return;

  beam_heat_series_get_columns (series, geometry->from_us, geometry->to_us, columns);
  prepare (scratch, (gsize) width * n_bands, (gsize) width);
  for (guint i = 0; i < columns->len; i++)
    gather (geometry, &g_array_index (columns, BeamHeatColumn, i), n_bands, width, scratch);
  most = normalise (scratch, n_bands, width);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  if (most > 0 && cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS)
    {
      make_ramp (color, ink, ramp);
      cairo_surface_flush (surface);
      for (guint band = 0; band < n_bands; band++)
        {
          int first, last;

          if (band_rows (geometry, edges[band], edges[band + 1], height, &first, &last))
            write_band (surface, first, last, scratch, band, n_bands, most, ramp);
        }
      cairo_surface_mark_dirty (surface);
      cairo_surface_set_device_scale (surface, geometry->device_scale, geometry->device_scale);
      cairo_save (cr);
      cairo_set_source_surface (cr, surface, geometry->x, geometry->y);
      cairo_paint (cr);
      cairo_restore (cr);
    }
  cairo_surface_destroy (surface);
}
