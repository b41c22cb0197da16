/* beam-style.c: the colours of a chart, resolved for one widget
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything is derived from the CSS foreground of the widget, so that a theme,
 * a dark style or a card of another colour needs nothing from the program.
 * Named colours override the series; contrast is checked in any case.
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>
#include <string.h>

#include "beam-style.h"

/* Without red and green, which mean bad and good elsewhere. The first two are
 * far apart for every kind of colour vision; the rest were searched for the
 * largest smallest distance between any two under simulated protanopia,
 * deuteranopia and tritanopia, and so differ in lightness as well as in hue. */
static const char * const light_series[BEAM_N_IDENTITIES] = {
  "#1c71d8", "#e66100", "#61248f", "#109e8b", "#b17344", "#833053",
};
static const char * const dark_series[BEAM_N_IDENTITIES] = {
  "#78aeed", "#ffa348", "#a86eb2", "#6cdbf0", "#f7c888", "#d491ad",
};

/* WCAG 2.1, 1.4.11: graphics need 3:1; for high contrast we take that of text. */
#define CONTRAST      3.0
#define HIGH_CONTRAST 4.5

static GdkRGBA
with_alpha (const GdkRGBA *color,
            double         alpha)
{
  return (GdkRGBA) { color->red, color->green, color->blue, (float) alpha };
}

static double
linear_light (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

/* Relative luminance, WCAG 2.1. */
static double
luminance (const GdkRGBA *color)
{
  return 0.2126 * linear_light ((double) color->red) +
         0.7152 * linear_light ((double) color->green) +
         0.0722 * linear_light ((double) color->blue);
}

double
beam_style_contrast (const GdkRGBA *a,
                     const GdkRGBA *b)
{
  double la = luminance (a);
  double lb = luminance (b);

  return (fmax (la, lb) + 0.05) / (fmin (la, lb) + 0.05);
}

/* Towards the ink, a tenth at a time, until the background is far enough. */
static GdkRGBA
ensure_contrast (const BeamStyle *self,
                 GdkRGBA          color)
{
  double wanted = self->high_contrast ? HIGH_CONTRAST : CONTRAST;
  const GdkRGBA start = color;

  color.alpha = 1;
  for (int i = 1; i <= 10 && beam_style_contrast (&color, &self->background) < wanted; i++)
    {
      float share = (float) i / 10;

      color.red = start.red + (self->ink.red - start.red) * share;
      color.green = start.green + (self->ink.green - start.green) * share;
      color.blue = start.blue + (self->ink.blue - start.blue) * share;
    }

  return color;
}

static GdkRGBA
parse (const char *text)
{
  GdkRGBA color;

  gdk_rgba_parse (&color, text);
  return color;
}

void
beam_style_init (BeamStyle     *self,
                 const GdkRGBA *ink,
                 const GdkRGBA *background,
                 gboolean       high_contrast)
{
  *self = (BeamStyle) { .high_contrast = high_contrast };

  self->dark = luminance (ink) > luminance (background);
  self->ink = with_alpha (ink, 1);
  self->background = with_alpha (background, 1);
  self->dim = with_alpha (ink, high_contrast ? 0.95 : 0.66);
  self->grid = with_alpha (ink, high_contrast ? 0.4 : 0.13);
  self->axis = with_alpha (ink, high_contrast ? 0.9 : 0.5);
  self->fill_alpha = self->dark ? 0.17 : 0.15;
  self->threshold = ensure_contrast (self, parse (self->dark ? "#ff7b63" : "#c01c28"));

  for (int i = 0; i < BEAM_N_IDENTITIES; i++)
    self->series[i] = ensure_contrast (self, parse (self->dark ? dark_series[i] : light_series[i]));
}

/* The colour of what the chart most likely stands on; GTK does not tell. */
static GdkRGBA
guess_background (GtkStyleContext *context,
                  const GdkRGBA   *ink)
{
  GdkRGBA color;

  if (gtk_style_context_lookup_color (context, "window_bg_color", &color) ||
      gtk_style_context_lookup_color (context, "theme_bg_color", &color))
    return color;

  return parse (luminance (ink) > 0.4 ? "#242424" : "#fafafa");
}

/* Adwaita's high contrast has a name in plain GTK; in libadwaita it shows as
 * borders that are half as strong as the text, which is itself not opaque: 0.4
 * against 0.12 otherwise. */
static gboolean
guess_high_contrast (GtkWidget       *widget,
                     GtkStyleContext *context)
{
  g_autofree char *theme = NULL;
  GdkRGBA borders;

  g_object_get (gtk_widget_get_settings (widget), "gtk-theme-name", &theme, NULL);
  if (theme != NULL && (strstr (theme, "HighContrast") != NULL || g_str_has_suffix (theme, "-hc")))
    return TRUE;

  return gtk_style_context_lookup_color (context, "borders", &borders) &&
         borders.alpha >= 0.3f && borders.alpha < 1.0f;
}

void
beam_style_resolve (BeamStyle *self,
                    GtkWidget *widget)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  GdkRGBA ink, background, named;

  gtk_style_context_get_color (context, &ink);
  background = guess_background (context, &ink);
  beam_style_init (self, &ink, &background, guess_high_contrast (widget, context));

  for (int i = 0; i < BEAM_N_IDENTITIES; i++)
    {
      g_autofree char *name = g_strdup_printf ("beam_series_%d", i + 1);

      if (gtk_style_context_lookup_color (context, name, &named))
        self->series[i] = ensure_contrast (self, named);
    }
  if (gtk_style_context_lookup_color (context, "beam_threshold", &named))
    self->threshold = ensure_contrast (self, named);
}

GdkRGBA
beam_style_get_identity (const BeamStyle *self,
                         int              identity)
{
  return identity < 0 ? self->ink : self->series[identity % BEAM_N_IDENTITIES];
}

static GdkRGBA
mix (const GdkRGBA *a,
     const GdkRGBA *b,
     double         share)
{
  float s = (float) share;

  return (GdkRGBA) { a->red + (b->red - a->red) * s, a->green + (b->green - a->green) * s,
                     a->blue + (b->blue - a->blue) * s, 1 };
}

/* The colour itself stands a third up: a stack is then mostly of it. */
#define PLACE_OF_BASE 0.35
#define DARKEST       0.34
#define LIGHTEST      0.68

GdkRGBA
beam_style_get_part (const BeamStyle *self,
                     const GdkRGBA   *base,
                     guint            part,
                     guint            n)
{
  GdkRGBA dark = mix (base, self->dark ? &self->background : &self->ink, DARKEST);
  GdkRGBA light = mix (base, self->dark ? &self->ink : &self->background, LIGHTEST);
  double place = n > 1 ? (double) part / (n - 1) : PLACE_OF_BASE;

  if (place < PLACE_OF_BASE)
    return mix (&dark, base, place / PLACE_OF_BASE);

  return mix (base, &light, (place - PLACE_OF_BASE) / (1 - PLACE_OF_BASE));
}
