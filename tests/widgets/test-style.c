/* test-style.c: colours that can be told from their background
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#undef G_DISABLE_ASSERT

#include <math.h>

#include "beam-style.h"

static GdkRGBA
parse (const char *text)
{
  GdkRGBA color;

  g_assert_true (gdk_rgba_parse (&color, text));
  return color;
}

/* The definition's own examples. */
static void
test_contrast (void)
{
  GdkRGBA black = parse ("#000"), white = parse ("#fff"), grey = parse ("#767676");

  g_assert_cmpfloat_with_epsilon (beam_style_contrast (&black, &white), 21, 1e-6);
  g_assert_cmpfloat_with_epsilon (beam_style_contrast (&white, &white), 1, 1e-6);
  g_assert_cmpfloat_with_epsilon (beam_style_contrast (&grey, &white), 4.54, 0.01);
  g_assert_cmpfloat (beam_style_contrast (&white, &grey), ==, beam_style_contrast (&grey, &white));
}

static void
test_series (void)
{
  static const char * const pairs[][2] = {
    { "#2e3436", "#fafafa" }, { "#000000", "#ffffff" }, { "#ffffff", "#242424" }, { "#ffffff", "#000000" },
    { "#eeeeee", "#3a3a3a" }, { "#333333", "#c0bfbc" }, { "#ffffff", "#1c71d8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    for (int high = 0; high < 2; high++)
      {
        GdkRGBA ink = parse (pairs[i][0]), background = parse (pairs[i][1]);
        BeamStyle style;

        beam_style_init (&style, &ink, &background, high);
        for (int j = 0; j < BEAM_N_IDENTITIES; j++)
          {
            g_test_message ("%s on %s, series %d", pairs[i][0], pairs[i][1], j);
            g_assert_cmpfloat (beam_style_contrast (&style.series[j], &background), >=, high ? 4.49 : 2.99);
          }
        g_assert_cmpfloat (beam_style_contrast (&style.threshold, &background), >=, 2.99);
        g_assert_cmpint (style.high_contrast, ==, high);
      }
}

static void
test_identities (void)
{
  GdkRGBA ink = parse ("#000"), background = parse ("#fff"), neutral, first, seventh;
  BeamStyle style;

  beam_style_init (&style, &ink, &background, FALSE);
  g_assert_false (style.dark);
  neutral = beam_style_get_identity (&style, BEAM_IDENTITY_NEUTRAL);
  first = beam_style_get_identity (&style, 0);
  seventh = beam_style_get_identity (&style, BEAM_N_IDENTITIES);
  g_assert_true (gdk_rgba_equal (&neutral, &style.ink));
  g_assert_true (gdk_rgba_equal (&first, &seventh));

  beam_style_init (&style, &background, &ink, FALSE);
  g_assert_true (style.dark);
}

/* --- As others see it --- */

typedef struct {
  double v[3];
} Triple;

static double
linear (float channel)
{
  double c = (double) channel;

  return c <= 0.04045 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4);
}

/* Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation
 * of Color Vision Deficiency", 2009, at full severity, in linear light. */
static const double visions[][9] = {
  { 1, 0, 0, 0, 1, 0, 0, 0, 1 },
  { 0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998 },
  { 0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881 },
  { 1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900 },
};

static double
lab_root (double t)
{
  return t > 0.008856 ? cbrt (t) : 7.787 * t + 16.0 / 116;
}

/* CIE L*a*b* under D65 of a colour as it is seen. */
static Triple
see (const GdkRGBA *color, const double *vision)
{
  const double light[] = { linear (color->red), linear (color->green), linear (color->blue) };
  double seen[3], x, y, z;

  for (int i = 0; i < 3; i++)
    seen[i] = CLAMP (vision[3 * i] * light[0] + vision[3 * i + 1] * light[1] + vision[3 * i + 2] * light[2], 0, 1);
  x = lab_root ((0.4124 * seen[0] + 0.3576 * seen[1] + 0.1805 * seen[2]) / 0.9505);
  y = lab_root (0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]);
  z = lab_root ((0.0193 * seen[0] + 0.1192 * seen[1] + 0.9505 * seen[2]) / 1.0890);
  return (Triple) { { 116 * y - 16, 500 * (x - y), 200 * (y - z) } };
}

static double
distance (Triple a, Triple b)
{
  return sqrt (pow (a.v[0] - b.v[0], 2) + pow (a.v[1] - b.v[1], 2) + pow (a.v[2] - b.v[2], 2));
}

/* A distance of 2 is just seen; lines are thin and want much more. */
static void
test_colour_vision (void)
{
  static const char * const pairs[][2] = { { "#2e3436", "#fafafa" }, { "#ffffff", "#242424" } };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    for (guint vision = 0; vision < G_N_ELEMENTS (visions); vision++)
      {
        GdkRGBA ink = parse (pairs[i][0]), background = parse (pairs[i][1]);
        BeamStyle style;

        beam_style_init (&style, &ink, &background, FALSE);
        for (int a = 0; a < BEAM_N_IDENTITIES; a++)
          for (int b = 0; b < a; b++)
            {
              double apart = distance (see (&style.series[a], visions[vision]), see (&style.series[b], visions[vision]));

              g_test_message ("%s, vision %u: %d and %d are %.1f apart", pairs[i][0], vision, a, b, apart);
              g_assert_cmpfloat (apart, >=, a == 1 && b == 0 ? 60 : 15);
            }
      }
}

/* Without colour: identities differ in dash and marker, parts in lightness. */
static void
test_monochrome (void)
{
  static const char * const pairs[][2] = { { "#2e3436", "#fafafa" }, { "#ffffff", "#242424" } };

  for (int a = 0; a < BEAM_N_IDENTITIES; a++)
    for (int b = 0; b < a; b++)
      {
        g_assert_cmpint (beam_identity_get_dash (a), !=, beam_identity_get_dash (b));
        g_assert_cmpint (beam_identity_get_marker (a), !=, beam_identity_get_marker (b));
      }

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    for (int identity = 0; identity < 2; identity++)
      {
        GdkRGBA ink = parse (pairs[i][0]), background = parse (pairs[i][1]), base;
        BeamStyle style;
        double before = 0;

        beam_style_init (&style, &ink, &background, FALSE);
        base = style.series[identity];
        for (guint part = 0; part < 5; part++)
          {
            GdkRGBA shade = beam_style_get_part (&style, &base, part, 5);
            double lightness = see (&shade, visions[0]).v[0];

            if (part > 0)
              g_assert_cmpfloat (lightness, >, before + 3);
            before = lightness;
          }
      }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/style/contrast", test_contrast);
  g_test_add_func ("/style/series", test_series);
  g_test_add_func ("/style/identities", test_identities);
  g_test_add_func ("/style/colour-vision", test_colour_vision);
  g_test_add_func ("/style/monochrome", test_monochrome);
  return g_test_run ();
}
