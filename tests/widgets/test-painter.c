/* test-painter.c: every painter, pixel by pixel, without a display
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#undef G_DISABLE_ASSERT

#include <float.h>
#include <math.h>

#include "beam-columns.h"
#include "beam-painter.h"

#define WIDTH  40
#define HEIGHT 20

/* What cairo's fast antialiasing makes of a covered pixel. */
#define FULL 250

static const GdkRGBA black = { 0, 0, 0, 1 };
static const GdkRGBA white = { 1, 1, 1, 1 };
static const BeamStroke thick = { { 0, 0, 0, 1 }, 2, BEAM_DASH_SOLID };

/* One value a pixel row, one microsecond a pixel column. */
static const BeamGeometry plot = { 0, 0, WIDTH, HEIGHT, 1, 0, WIDTH, 0, HEIGHT, BEAM_SCALE_LINEAR };

typedef struct {
  cairo_surface_t *surface;
  cairo_t         *cr;
} Picture;

static Picture
picture_new (void)
{
  Picture self;

  self.surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  self.cr = cairo_create (self.surface);
  return self;
}

static void
picture_free (Picture *self)
{
  g_assert_cmpint (cairo_status (self->cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (self->cr);
  cairo_surface_destroy (self->surface);
}

static guint
alpha (const Picture *self,
       int            x,
       int            y)
{
  const guchar *data;

  cairo_surface_flush (self->surface);
  data = cairo_image_surface_get_data (self->surface) + y * cairo_image_surface_get_stride (self->surface);
  return ((const guint32 *) (gconstpointer) data)[x] >> 24;
}

static guint
column_ink (const Picture *self,
            int            x)
{
  guint sum = 0;

  for (int y = 0; y < HEIGHT; y++)
    sum += alpha (self, x, y);
  return sum;
}

static BeamPoint
at (gint64 time_us,
    double value)
{
  return (BeamPoint) { time_us, value, value, value };
}

static const BeamPoint gap = { 0, NAN, NAN, NAN };

static BeamPoint
gap_at (gint64 time_us)
{
  BeamPoint point = gap;

  point.time_us = time_us;
  return point;
}

static void
test_line (void)
{
  const BeamPoint points[] = { at (-5, 10), at (20, 10), at (45, 10) };
  Picture picture = picture_new ();

  beam_paint_line (picture.cr, &plot, points, G_N_ELEMENTS (points), &thick);
  for (int x = 0; x < WIDTH; x++)
    {
      g_assert_cmpuint (alpha (&picture, x, 8), ==, 0);
      g_assert_cmpuint (alpha (&picture, x, 9), >=, FULL);
      g_assert_cmpuint (alpha (&picture, x, 10), >=, FULL);
      g_assert_cmpuint (alpha (&picture, x, 11), ==, 0);
    }
  picture_free (&picture);
}

static void
test_line_breaks (void)
{
  const BeamPoint points[] = { at (2, 10), at (10, 10), gap_at (14), at (30, 10), at (38, 10), gap_at (39) };
  Picture picture = picture_new ();

  beam_paint_line (picture.cr, &plot, points, G_N_ELEMENTS (points), &thick);
  g_assert_cmpuint (alpha (&picture, 5, 9), >=, FULL);
  g_assert_cmpuint (alpha (&picture, 34, 9), >=, FULL);
  for (int x = 12; x < 28; x++)
    g_assert_cmpuint (column_ink (&picture, x), ==, 0);
  picture_free (&picture);
}

/* A sample alone between two gaps is seen. */
static void
test_line_lone (void)
{
  const BeamPoint points[] = { gap_at (5), at (20, 10), gap_at (25) };
  Picture picture = picture_new ();

  beam_paint_line (picture.cr, &plot, points, G_N_ELEMENTS (points), &thick);
  g_assert_cmpuint (alpha (&picture, 20, 10), >, 200);
  g_assert_cmpuint (column_ink (&picture, 15), ==, 0);
  picture_free (&picture);
}

/* A far neighbour does not bend the line: what is seen of it is straight. */
static void
test_line_far (void)
{
  const BeamPoint points[] = { at (-1000, -490), at (1040, 530) };
  Picture picture = picture_new ();

  /* The value is half of the time plus 10. */
  beam_paint_line (picture.cr, &plot, points, 2, &thick);
  g_assert_cmpuint (alpha (&picture, 0, 9), >, 100);
  g_assert_cmpuint (alpha (&picture, 10, 4), >, 100);
  g_assert_cmpuint (column_ink (&picture, 25), ==, 0);
  picture_free (&picture);
}

/* Sparse points with extremes reach both. */
static void
test_line_spans (void)
{
  const BeamPoint points[] = { at (0, 10), { 20, 2, 18, 10 }, at (40, 10) };
  Picture picture = picture_new ();

  beam_paint_line (picture.cr, &plot, points, 3, &thick);
  g_assert_cmpuint (alpha (&picture, 20, 3), >, 200);
  g_assert_cmpuint (alpha (&picture, 20, 17), >, 200);
  picture_free (&picture);
}

/* Ten thousand samples, one of them high: its pixel is there, and no column is
 * empty. */
static void
test_dense (void)
{
  g_autofree BeamPoint *points = g_new (BeamPoint, 10000);
  BeamGeometry geometry = plot;
  Picture picture = picture_new ();

  geometry.to_us = 10000;
  for (int i = 0; i < 10000; i++)
    points[i] = at (i, i == 6127 ? 19 : 4);
  beam_paint_line (picture.cr, &geometry, points, 10000, &thick);

  for (int x = 0; x < WIDTH; x++)
    {
      g_assert_cmpuint (alpha (&picture, x, 16), ==, 255);
      g_assert_cmpuint (alpha (&picture, x, 5), ==, x == 6127 * WIDTH / 10000 ? 255 : 0);
    }
  picture_free (&picture);
}

/* Joined samples whose buckets are a little wider than a pixel. */
static void
test_dense_has_no_cracks (void)
{
  BeamPoint points[37];
  Picture picture = picture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    points[i] = (BeamPoint) { (gint64) (i * 40.0 / 37), 5, 15, i % 2 == 0 ? 5 : 15 };
  beam_paint_line (picture.cr, &plot, points, G_N_ELEMENTS (points), &thick);
  for (int x = 0; x < WIDTH - 1; x++)
    g_assert_cmpuint (column_ink (&picture, x), ==, 12 * 255);
  picture_free (&picture);
}

/* Coverage is exact: a line at half a pixel is half there. */
static void
test_columns_coverage (void)
{
  const BeamVertex points[] = { { 0, 0, 9.5, 9.5, 9.5 }, { 40, 40, 9.5, 9.5, 9.5 } };
  Picture picture = picture_new ();
  BeamColumns columns;

  g_assert_true (beam_columns_init (&columns, &plot));
  beam_columns_add (&columns, &plot, points, 2);
  beam_columns_paint (&columns, picture.cr, &plot, &thick);
  beam_columns_clear (&columns);
  for (int x = 0; x < WIDTH; x++)
    {
      g_assert_cmpuint (alpha (&picture, x, 8), ==, 128);
      g_assert_cmpuint (alpha (&picture, x, 9), ==, 255);
      g_assert_cmpuint (alpha (&picture, x, 10), ==, 128);
    }
  picture_free (&picture);
}

/* A straight piece looks as cairo's stroke does, flat or steep. */
static void
test_columns_slope (void)
{
  static const BeamVertex lines[][2] = {
    { { 0, 0, 3, 3, 3 }, { 40, 40, 17, 17, 17 } },
    { { 10, 10, 1, 1, 1 }, { 28, 28, 19, 19, 19 } },
    { { 15, 15, 19, 19, 19 }, { 21, 21, 1, 1, 1 } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      Picture ours = picture_new ();
      Picture theirs = picture_new ();
      BeamColumns columns;
      guint ink = 0, their_ink = 0;

      g_assert_true (beam_columns_init (&columns, &plot));
      beam_columns_add (&columns, &plot, lines[i], 2);
      beam_columns_paint (&columns, ours.cr, &plot, &thick);
      beam_columns_clear (&columns);

      cairo_set_antialias (theirs.cr, CAIRO_ANTIALIAS_BEST);
      cairo_set_line_width (theirs.cr, thick.width);
      cairo_move_to (theirs.cr, lines[i][0].x, lines[i][0].last);
      cairo_line_to (theirs.cr, lines[i][1].x, lines[i][1].last);
      cairo_stroke (theirs.cr);

      /* Away from the ends, which are square to the line there and upright here. */
      for (int y = 5; y < 15; y++)
        for (int x = 0; x < WIDTH; x++)
          {
            guint a = alpha (&ours, x, y);
            guint b = alpha (&theirs, x, y);

            g_assert_cmpuint (MAX (a, b) - MIN (a, b), <=, 40);
            ink += a;
            their_ink += b;
          }
      g_assert_cmpfloat_with_epsilon ((double) ink / their_ink, 1, 0.03);
      picture_free (&ours);
      picture_free (&theirs);
    }
}

/* The dashes stand on the data: a picture that slid by a pixel is the same
 * picture, one pixel further left, up to the rounding of a cut-off slope. */
#define ROUNDING 24

static void
assert_dashes_stand_still (int n)
{
  g_autofree BeamPoint *points = g_new (BeamPoint, n);
  const BeamStroke dashed = { black, 2, BEAM_DASH_DASHED };
  Picture before = picture_new ();
  Picture after = picture_new ();
  BeamGeometry geometry = plot;
  const BeamPoint *first;
  int skipped;

  for (int i = 0; i < n; i++)
    points[i] = at (960 + i * (gint64) 4000 / n, 10 + 4 * sin (i * 4000.0 / n / 30));

  /* The left edge crosses a restart between the two: 1056 is 11 times 96. */
  geometry.x = -200;
  geometry.width = 300;
  geometry.from_us = 1055;
  geometry.to_us = 1355;
  for (int step = 0; step < 2; step++)
    {
      gint64 start_us = beam_painter_dash_restart (&geometry, geometry.from_us);

      for (skipped = 0, first = points; first[1].time_us <= start_us; first++)
        skipped++;
      beam_paint_line (step == 0 ? before.cr : after.cr, &geometry, first, (guint) (n - skipped), &dashed);
      geometry.from_us++;
      geometry.to_us++;
    }

  for (int x = 4; x < WIDTH - 4; x++)
    for (int y = 0; y < HEIGHT; y++)
      g_assert_cmpint (ABS ((int) alpha (&before, x + 1, y) - (int) alpha (&after, x, y)), <=, ROUNDING);
  picture_free (&before);
  picture_free (&after);
}

static void
test_dashes (void)
{
  assert_dashes_stand_still (50);
  assert_dashes_stand_still (8000);
}

static void
test_area (void)
{
  const BeamPoint points[] = { at (0, 12), at (10, 12), gap_at (11), at (20, 6), at (40, 6) };
  Picture picture = picture_new ();

  beam_paint_area (picture.cr, &plot, points, G_N_ELEMENTS (points), 0, &black);
  g_assert_cmpuint (column_ink (&picture, 5), ==, 12 * 255);
  g_assert_cmpuint (alpha (&picture, 5, 8), ==, 255);
  g_assert_cmpuint (alpha (&picture, 5, 7), ==, 0);
  g_assert_cmpuint (column_ink (&picture, 15), ==, 0);
  g_assert_cmpuint (column_ink (&picture, 30), ==, 6 * 255);
  picture_free (&picture);
}

/* Dense and sparse painters agree. */
static void
test_area_dense (void)
{
  BeamPoint points[100];
  Picture picture = picture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    points[i] = at ((gint64) (i * 0.4), i == 50 ? (double) 15 : 7);
  beam_paint_area (picture.cr, &plot, points, G_N_ELEMENTS (points), 0, &black);
  g_assert_cmpuint (column_ink (&picture, 5), ==, 7 * 255);
  g_assert_cmpuint (column_ink (&picture, 20), ==, 15 * 255);
  picture_free (&picture);
}

/* Edges with other times and with gaps: filled where both are known. */
static void
test_band (void)
{
  const BeamPoint low[] = { at (0, 4), at (15, 4), gap_at (16), at (25, 4), at (40, 4) };
  const BeamPoint high[] = { at (0, 14), at (7, 14), at (35, 14), gap_at (36) };
  Picture picture = picture_new ();

  beam_paint_band (picture.cr, &plot, low, G_N_ELEMENTS (low), high, G_N_ELEMENTS (high), &black);
  g_assert_cmpuint (column_ink (&picture, 3), ==, 10 * 255);
  g_assert_cmpuint (column_ink (&picture, 12), ==, 10 * 255);
  g_assert_cmpuint (column_ink (&picture, 20), ==, 0);
  g_assert_cmpuint (column_ink (&picture, 30), ==, 10 * 255);
  g_assert_cmpuint (column_ink (&picture, 38), ==, 0);
  g_assert_cmpuint (alpha (&picture, 30, 5), ==, 0);
  g_assert_cmpuint (alpha (&picture, 30, 6), ==, 255);
  picture_free (&picture);
}

static void
test_band_dense (void)
{
  BeamPoint low[80], high[80];
  Picture picture = picture_new ();

  for (guint i = 0; i < 80; i++)
    {
      low[i] = at (i / 2, 4);
      high[i] = i >= 40 && i < 50 ? gap_at (i / 2) : at (i / 2, 14);
    }
  beam_paint_band (picture.cr, &plot, low, 80, high, 80, &black);
  g_assert_cmpuint (column_ink (&picture, 10), ==, 10 * 255);
  g_assert_cmpuint (column_ink (&picture, 22), ==, 0);
  picture_free (&picture);
}

/* Thin lines are one crisp row or column at every scale, also at the edges. */
static void
test_crisp (void)
{
  const double values[] = { 0, 7.3, 20, 21, NAN };
  const BeamStroke stroke = { black, 1, BEAM_DASH_SOLID };
  Picture picture = picture_new ();

  beam_paint_value_lines (picture.cr, &plot, values, G_N_ELEMENTS (values), &black);
  g_assert_cmpuint (column_ink (&picture, 5), ==, 3 * 255);
  g_assert_cmpuint (alpha (&picture, 5, 0), ==, 255);
  g_assert_cmpuint (alpha (&picture, 5, 12), ==, 255);
  g_assert_cmpuint (alpha (&picture, 5, 19), ==, 255);
  picture_free (&picture);

  picture = picture_new ();
  beam_paint_time_line (picture.cr, &plot, 13, &stroke);
  beam_paint_time_line (picture.cr, &plot, 40, &stroke);
  beam_paint_time_line (picture.cr, &plot, 41, &stroke);
  for (int x = 0; x < WIDTH; x++)
    g_assert_cmpuint (column_ink (&picture, x), ==, x == 13 || x == 39 ? HEIGHT * 255 : 0);
  picture_free (&picture);

  picture = picture_new ();
  beam_paint_level (picture.cr, &plot, 25, &stroke);
  g_assert_cmpuint (column_ink (&picture, 5), ==, 0);
  picture_free (&picture);
}

static void
test_gap (void)
{
  Picture picture = picture_new ();

  beam_paint_gap (picture.cr, &plot, 10, 20, &black);
  beam_paint_gap (picture.cr, &plot, 35, G_MAXINT64, &black);
  beam_paint_gap (picture.cr, &plot, -20, -10, &black);
  for (int x = 0; x < WIDTH; x++)
    {
      gboolean inside = (x >= 10 && x < 20) || x >= 35;
      guint least = 255, most = 0;

      for (int y = 0; y < HEIGHT; y++)
        {
          least = MIN (least, alpha (&picture, x, y));
          most = MAX (most, alpha (&picture, x, y));
        }
      g_assert_cmpuint (most > 0, ==, inside);
      /* Hatched: neither empty nor full. */
      g_assert_true (!inside || (least > 0 && least < most));
    }
  picture_free (&picture);
}

static void
test_event (void)
{
  Picture picture = picture_new ();

  beam_paint_event (picture.cr, &plot, 20, &black);
  beam_paint_event (picture.cr, &plot, 60, &black);
  g_assert_cmpuint (alpha (&picture, 20, 2), >, 200);
  g_assert_cmpuint (alpha (&picture, 17, 0), >, 100);
  g_assert_cmpuint (column_ink (&picture, 20), >, 7 * 255);
  g_assert_cmpuint (column_ink (&picture, 30), ==, 0);
  picture_free (&picture);
}

/* No two identities look the same in black and white. */
static void
test_markers (void)
{
  Picture pictures[BEAM_N_IDENTITIES];

  for (int i = 0; i < BEAM_N_IDENTITIES; i++)
    {
      pictures[i] = picture_new ();
      beam_paint_marker (pictures[i].cr, 20, 10, 10, beam_identity_get_marker (i), &black, &(GdkRGBA) { 0, 0, 0, 0 });
      for (int j = 0; j < i; j++)
        {
          guint difference = 0;

          g_assert_cmpint (beam_identity_get_dash (i), !=, beam_identity_get_dash (j));
          for (int x = 0; x < WIDTH; x++)
            for (int y = 0; y < HEIGHT; y++)
              difference += (guint) ABS ((int) alpha (&pictures[i], x, y) - (int) alpha (&pictures[j], x, y));
          g_assert_cmpuint (difference, >, 12 * 255);
        }
    }
  for (int i = 0; i < BEAM_N_IDENTITIES; i++)
    picture_free (&pictures[i]);
}

static void
test_text (void)
{
  Picture picture = picture_new ();
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (picture.cr);
  guint ink = 0;

  pango_layout_set_text (layout, "40", -1);
  beam_paint_text (picture.cr, layout, 4, 1, &black, &white);
  beam_paint_text (picture.cr, layout, (double) NAN, 1, &black, &white);
  for (int x = 0; x < WIDTH; x++)
    ink += column_ink (&picture, x);
  g_assert_cmpuint (ink, >, 40 * 255);
  picture_free (&picture);
}

/* Numbers that no chart should see, sizes that no chart should have. */
static void
test_hostile (void)
{
  static const double values[] = { -DBL_MAX, -1e300, -1, 0, 1e-300, 1, 1e300, DBL_MAX };
  const BeamGeometry plots[] = {
    plot,
    { 0, 0, 0, HEIGHT, 1, 0, 40, 0, 20, BEAM_SCALE_LINEAR },
    { 0, 0, 1, 1, 1, 0, 40, 0, 20, BEAM_SCALE_LINEAR },
    { 0, 0, WIDTH, HEIGHT, 1, 40, 40, 0, 20, BEAM_SCALE_LINEAR },
    { 0, 0, WIDTH, HEIGHT, 1, 0, 40, 20, 20, BEAM_SCALE_LINEAR },
    { 0, 0, WIDTH, HEIGHT, 1, 0, 40, NAN, 20, BEAM_SCALE_LINEAR },
    { 0, 0, WIDTH, HEIGHT, 1, 0, 40, -DBL_MAX, DBL_MAX, BEAM_SCALE_LINEAR },
    { 0, 0, WIDTH, HEIGHT, 1, 0, 40, 1e-300, 1e300, BEAM_SCALE_LOG },
    { 0, 0, WIDTH, HEIGHT, 1, 0, 40, 0, 10, BEAM_SCALE_LOG },
    { 0, 0, 40000, HEIGHT, 1, 0, 40, 0, 20, BEAM_SCALE_LINEAR },
    { 0, 0, WIDTH, HEIGHT, 1, G_MININT64 / 4, G_MAXINT64 / 4, 0, 20, BEAM_SCALE_LINEAR },
  };
  BeamPoint points[256];
  Picture picture = picture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    points[i] = i % 9 == 8 ? gap_at (i / 4) : at (i / 4, values[i % G_N_ELEMENTS (values)]);

  for (guint i = 0; i < G_N_ELEMENTS (plots); i++)
    for (guint n = 0; n <= 256; n += n < 4 ? 1 : 63)
      {
        const BeamStroke stroke = { black, 2, (BeamDash) (n % 6) };

        beam_paint_line (picture.cr, &plots[i], points, n, &stroke);
        beam_paint_area (picture.cr, &plots[i], points, n, 0, &black);
        beam_paint_band (picture.cr, &plots[i], points, n, points + 1, n > 0 ? n - 1 : 0, &black);
        beam_paint_value_lines (picture.cr, &plots[i], values, G_N_ELEMENTS (values), &black);
        beam_paint_gap (picture.cr, &plots[i], G_MININT64, G_MAXINT64, &black);
        beam_paint_event (picture.cr, &plots[i], 20, &black);
        beam_paint_marker (picture.cr, (double) INFINITY, 3, 8, BEAM_MARKER_DISC, &black, &white);
      }
  picture_free (&picture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/painter/line", test_line);
  g_test_add_func ("/painter/line/breaks", test_line_breaks);
  g_test_add_func ("/painter/line/lone", test_line_lone);
  g_test_add_func ("/painter/line/far", test_line_far);
  g_test_add_func ("/painter/line/spans", test_line_spans);
  g_test_add_func ("/painter/dense", test_dense);
  g_test_add_func ("/painter/dense/no-cracks", test_dense_has_no_cracks);
  g_test_add_func ("/painter/dense/coverage", test_columns_coverage);
  g_test_add_func ("/painter/dense/slope", test_columns_slope);
  g_test_add_func ("/painter/dashes-stand-still", test_dashes);
  g_test_add_func ("/painter/area", test_area);
  g_test_add_func ("/painter/area/dense", test_area_dense);
  g_test_add_func ("/painter/band", test_band);
  g_test_add_func ("/painter/band/dense", test_band_dense);
  g_test_add_func ("/painter/crisp", test_crisp);
  g_test_add_func ("/painter/gap", test_gap);
  g_test_add_func ("/painter/event", test_event);
  g_test_add_func ("/painter/markers", test_markers);
  g_test_add_func ("/painter/text", test_text);
  g_test_add_func ("/painter/hostile", test_hostile);
  return g_test_run ();
}
