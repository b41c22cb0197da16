/* test-style.c: colours that can be told from their background
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#undef G_DISABLE_ASSERT

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

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/style/contrast", test_contrast);
  g_test_add_func ("/style/series", test_series);
  g_test_add_func ("/style/identities", test_identities);
  return g_test_run ();
}
