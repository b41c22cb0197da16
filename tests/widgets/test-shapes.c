/* test-shapes.c: shapes, rulers and the balance, pixel by pixel, without a display
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#undef G_DISABLE_ASSERT

#include <cairo-svg.h>
#include <float.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "beam-balance.h"
#include "beam-ruler.h"
#include "beam-shapes.h"
#include "beam-spring.h"

#define WIDTH  200
#define HEIGHT 100

static const GdkRGBA black = { 0, 0, 0, 1 };
static const GdkRGBA white = { 1, 1, 1, 1 };

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

static guint32
pixel (const Picture *self, int x, int y)
{
  const guchar *data;

  cairo_surface_flush (self->surface);
  data = cairo_image_surface_get_data (self->surface) + y * cairo_image_surface_get_stride (self->surface);
  return ((const guint32 *) (gconstpointer) data)[x];
}

static guint
alpha (const Picture *self, int x, int y)
{
  return pixel (self, x, y) >> 24;
}

static guint
total_ink (const Picture *self)
{
  guint sum = 0;

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      sum += alpha (self, x, y);
  return sum;
}

/* --- Shapes --- */

static void
test_bar (void)
{
  const BeamRect area = { 10, 20, 60, 30 };
  Picture picture = picture_new ();

  beam_paint_bar (picture.cr, &area, 4, BEAM_FILL_SOLID, &black);
  g_assert_cmpuint (alpha (&picture, 40, 35), ==, 255);
  g_assert_cmpuint (alpha (&picture, 10, 35), ==, 255);
  g_assert_cmpuint (alpha (&picture, 69, 35), ==, 255);
  g_assert_cmpuint (alpha (&picture, 9, 35), ==, 0);
  g_assert_cmpuint (alpha (&picture, 70, 35), ==, 0);
  g_assert_cmpuint (alpha (&picture, 10, 20), <, 128); /* a round corner */
  picture_free (&picture);
}

/* How sure a number is shows in the form: less ink, the same edge. */
static void
test_fills (void)
{
  const BeamRect area = { 10, 20, 60, 30 };
  guint ink[3];

  for (int fill = 0; fill < 3; fill++)
    {
      Picture picture = picture_new ();

      beam_paint_bar (picture.cr, &area, 0, (BeamFill) fill, &black);
      ink[fill] = total_ink (&picture);
      g_assert_cmpuint (alpha (&picture, 10, 35), ==, 255);
      g_assert_cmpuint (alpha (&picture, 9, 35), ==, 0);
      picture_free (&picture);
    }
  g_assert_cmpuint (ink[BEAM_FILL_HATCHED], <, ink[BEAM_FILL_SOLID]);
  g_assert_cmpuint (ink[BEAM_FILL_OUTLINE], <, ink[BEAM_FILL_HATCHED]);
}

static void
test_whisker (void)
{
  const BeamWhisker whisker = { 20, 50.5, 120, 50.5, 10 };
  Picture picture = picture_new ();

  beam_paint_whisker (picture.cr, &whisker, &black, &white);
  g_assert_cmpuint (alpha (&picture, 70, 50), ==, 255);
  g_assert_cmphex (pixel (&picture, 70, 50), ==, 0xff000000u);
  g_assert_cmpuint (alpha (&picture, 20, 46), >, 128); /* its cap */
  g_assert_cmpuint (alpha (&picture, 70, 44), ==, 0);
  picture_free (&picture);
}

/* What cannot be drawn leaves no ink and no error. */
static void
test_shapes_garbage (void)
{
  const double bad[] = { NAN, INFINITY, -INFINITY, 1e300, -1e300, DBL_MAX };
  Picture picture = picture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      const BeamRect areas[] = { { bad[i], 0, 10, 10 }, { 0, bad[i], 10, 10 }, { 0, 0, bad[i], 10 }, { 0, 0, 10, bad[i] } };
      const BeamWhisker whisker = { bad[i], 5, 10, 5, 4 };

      for (guint j = 0; j < G_N_ELEMENTS (areas); j++)
        for (int fill = 0; fill < 3; fill++)
          beam_paint_bar (picture.cr, &areas[j], 3, (BeamFill) fill, &black);
      beam_paint_whisker (picture.cr, &whisker, &black, &white);
      beam_paint_straight (picture.cr, 0, bad[i], 10, 10, 1, BEAM_DASH_DASHED, &black);
      beam_paint_straight (picture.cr, 0, 0, 10, 10, i == 0 ? bad[i] : 0, BEAM_DASH_SOLID, &black);
    }
  g_assert_cmpuint (total_ink (&picture), ==, 0);
  picture_free (&picture);
}

/* --- Rulers --- */

static void
test_ruler (void)
{
  const BeamRuler right = { 10, 110, 0, 100, BEAM_SCALE_LINEAR };
  const BeamRuler left = { 110, 10, 1, 100, BEAM_SCALE_LOG };

  g_assert_cmpfloat (beam_ruler_at (&right, 25), ==, 35);
  g_assert_cmpfloat (beam_ruler_at (&right, -7), ==, 10);
  g_assert_cmpfloat (beam_ruler_at (&right, INFINITY), ==, 110);
  g_assert_true (isnan (beam_ruler_at (&right, NAN)));
  g_assert_cmpfloat (beam_ruler_at (&left, 10), ==, 60);
  g_assert_cmpfloat (beam_ruler_at (&left, 0), ==, 110);
  g_assert_true (beam_ruler_has (&right, 100));
  g_assert_false (beam_ruler_has (&right, 101));
  g_assert_false (beam_ruler_has (&left, -1));
  g_assert_false (beam_ruler_has (&right, NAN));
}

/* --- The balance --- */

static void
frame_init (BeamFrame *frame, BeamStyle *style, PangoContext *pango)
{
  beam_style_init (style, &black, &white, FALSE);
  beam_frame_init (frame, WIDTH, HEIGHT, style, pango);
}

static gboolean
is_blue (guint32 color)
{
  return (color >> 24) > 200 && (color & 0xff) > 150 && ((color >> 16) & 0xff) < 100;
}

/* The mean row of the blue pixels of a half of the picture; 0 when there is none. */
static double
blue_row (const Picture *picture, int from_x, int to_x)
{
  double sum = 0;
  int n = 0;

  for (int y = 0; y < HEIGHT; y++)
    for (int x = from_x; x < to_x; x++)
      if (is_blue (pixel (picture, x, y)))
        sum += y, n++;
  return n > 0 ? sum / n : 0;
}

static double
balance_row (double tilt, gboolean rtl)
{
  PangoContext *pango = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  const BeamBalanceState state = { tilt, 0.5, { 0, 1 }, { NULL, NULL } };
  Picture picture = picture_new ();
  BeamFrame frame;
  BeamStyle style;
  double row;

  frame_init (&frame, &style, pango);
  frame.rtl = rtl;
  beam_paint_balance (picture.cr, &frame, &state);
  row = rtl ? blue_row (&picture, WIDTH / 2, WIDTH) : blue_row (&picture, 0, WIDTH / 2);
  g_assert_cmpfloat (rtl ? blue_row (&picture, 0, WIDTH / 2) : blue_row (&picture, WIDTH / 2, WIDTH), ==, 0);
  picture_free (&picture);
  g_object_unref (pango);
  return row;
}

/* Who is ahead weighs more. */
static void
test_balance (void)
{
  double level = balance_row (0, FALSE);

  g_assert_cmpfloat (level, >, 0);
  g_assert_cmpfloat (balance_row (-1, FALSE), >, level + 5);
  g_assert_cmpfloat (balance_row (1, FALSE), <, level - 5);
  g_assert_cmpfloat (balance_row (-1, TRUE), >, level + 5);
  g_assert_cmpfloat_with_epsilon (balance_row (NAN, FALSE), level, 0.5);
}

static void
test_balance_sizes (void)
{
  PangoContext *pango = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  const double sizes[] = { 0.5, 1, 2, 17, 5000 };
  const double tilts[] = { -1, 0.3, 1e300, -INFINITY, NAN };
  BeamFrame frame;
  BeamStyle style;

  frame_init (&frame, &style, pango);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint j = 0; j < G_N_ELEMENTS (sizes); j++)
      for (guint k = 0; k < G_N_ELEMENTS (tilts); k++)
        {
          const BeamBalanceState state = { tilts[k], tilts[k], { 0, 1 }, { "A", "a name that has no room at all" } };
          Picture picture = picture_new ();

          frame.width = sizes[i];
          frame.height = sizes[j];
          beam_paint_balance (picture.cr, &frame, &state);
          picture_free (&picture);
        }
  g_object_unref (pango);
}

/* --- The spring --- */

static void
test_spring (void)
{
  BeamSpring spring = { 0, 0, 1 };
  double most = 0;
  int n = 0;

  while (beam_spring_advance (&spring, 1.0 / 60) && n++ < 1000)
    most = fmax (most, spring.position);
  g_assert_cmpfloat (spring.position, ==, 1);
  g_assert_cmpfloat (spring.velocity, ==, 0);
  g_assert_cmpfloat (most, >, 1.02); /* it swings */
  g_assert_cmpfloat (most, <, 1.2);
  g_assert_cmpint (n, <, 120); /* and is at rest within two seconds */
}

/* One long step is many short ones: a lost frame changes nothing. */
static void
test_spring_steps (void)
{
  BeamSpring once = { -1, 2, 0.5 };
  BeamSpring often = once;

  beam_spring_advance (&once, 0.3);
  for (int i = 0; i < 30; i++)
    beam_spring_advance (&often, 0.01);
  g_assert_cmpfloat_with_epsilon (once.position, often.position, 1e-9);
  g_assert_cmpfloat_with_epsilon (once.velocity, often.velocity, 1e-9);
}

static void
test_spring_garbage (void)
{
  const double bad[] = { NAN, INFINITY, -INFINITY, DBL_MAX, -1 };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      BeamSpring spring = { 0, 0, 0.5 };

      beam_spring_advance (&spring, bad[i]);
      g_assert_true (isfinite (spring.position));
      spring = (BeamSpring) { bad[i], bad[i], 0.5 };
      while (beam_spring_advance (&spring, 1))
        ;
      g_assert_cmpfloat (spring.position, ==, 0.5);
    }
}

static cairo_status_t
append_cb (void *text, const unsigned char *data, unsigned int length)
{
  g_string_append_len (text, (const char *) data, (gssize) length);
  return CAIRO_STATUS_SUCCESS;
}

/* A mask on an image, and in an SVG without cairo's own, which would be elsewhere. */
static void
test_mask (void)
{
  const GdkRGBA half_red = { 1, 0, 0, 0.5f };
  cairo_surface_t *mask = cairo_image_surface_create (CAIRO_FORMAT_A8, 4, 4);
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 20, 20);
  g_autoptr (GString) text = g_string_new (NULL);
  cairo_surface_t *svg = cairo_svg_surface_create_for_stream (append_cb, text, 20, 20);
  cairo_t *cr = cairo_create (image);
  const guint32 *pixels;

  memset (cairo_image_surface_get_data (mask), 255, (gsize) cairo_image_surface_get_stride (mask) * 4);
  cairo_surface_mark_dirty (mask);
  beam_paint_mask (cr, mask, 10, 12, &half_red);
  cairo_surface_flush (image);
  pixels = (const guint32 *) (gpointer) cairo_image_surface_get_data (image);
  g_assert_cmpuint (pixels[13 * 20 + 11] >> 24, ==, 128);
  g_assert_cmpuint (pixels[13 * 20 + 11] & 0xffff, ==, 0);
  g_assert_cmpuint (pixels[3 * 20 + 3], ==, 0);
  cairo_destroy (cr);

  cr = cairo_create (svg);
  beam_paint_mask (cr, mask, 10, 12, &half_red);
  cairo_destroy (cr);
  cairo_surface_destroy (svg);
  g_assert_null (strstr (text->str, "<mask"));
  g_assert_nonnull (strstr (text->str, "<image"));
  g_assert_nonnull (strstr (text->str, "matrix(1,0,0,1,10,12)"));

  cairo_surface_destroy (image);
  cairo_surface_destroy (mask);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shapes/bar", test_bar);
  g_test_add_func ("/shapes/fills", test_fills);
  g_test_add_func ("/shapes/whisker", test_whisker);
  g_test_add_func ("/shapes/garbage", test_shapes_garbage);
  g_test_add_func ("/ruler/at", test_ruler);
  g_test_add_func ("/balance/tilt", test_balance);
  g_test_add_func ("/balance/sizes", test_balance_sizes);
  g_test_add_func ("/spring/settles", test_spring);
  g_test_add_func ("/spring/steps", test_spring_steps);
  g_test_add_func ("/spring/garbage", test_spring_garbage);
  g_test_add_func ("/shapes/mask", test_mask);
  return g_test_run ();
}
