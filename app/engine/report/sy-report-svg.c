/* sy-report-svg.c: a figure as an element of an HTML page
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text stays text, and colours are the page's: so it follows a dark style, the
 * printer and a larger font. For those who do not see it, it is one picture with
 * a name and a description; its marks are not read one by one.
 */
#define G_LOG_DOMAIN "steelyard-report"

#include "config.h"

#include "sy-report-svg.h"

#include "sy-scene.h"
#include "sy-text.h"

static const char *const classes[SY_N_INKS] = {
  [SY_INK_TEXT] = "ink-text", [SY_INK_DIM] = "ink-dim",     [SY_INK_GRID] = "ink-grid",
  [SY_INK_TRACK] = "ink-track", [SY_INK_A] = "ink-a",       [SY_INK_B] = "ink-b",
};

static const char *const anchors[] = {
  [SY_ANCHOR_START] = "start", [SY_ANCHOR_MIDDLE] = "middle", [SY_ANCHOR_END] = "end",
};

/* Two digits are a fiftieth of a millimetre; the same in every locale. */
static void
append_number (GString    *out,
               const char *name,
               double      value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text, sizeof text, "%.2f", value);
  g_string_append_printf (out, " %s=\"%s\"", name, text);
}

static void
append_mark (GString      *out,
             const SyMark *mark)
{
  switch (mark->kind)
    {
    case SY_MARK_RECT:
      g_string_append_printf (out, "<rect class=\"%s\"", classes[mark->ink]);
      append_number (out, "x", mark->x);
      append_number (out, "y", mark->y);
      append_number (out, "width", mark->width);
      append_number (out, "height", mark->height);
      g_string_append (out, "/>\n");
      break;
    case SY_MARK_LINE:
      g_string_append_printf (out, "<line class=\"%s\"", classes[mark->ink]);
      append_number (out, "x1", mark->x);
      append_number (out, "y1", mark->y);
      append_number (out, "x2", mark->x + mark->width);
      append_number (out, "y2", mark->y + mark->height);
      g_string_append (out, "/>\n");
      break;
    case SY_MARK_TEXT:
    default:
      {
        g_autofree char *text = sy_html_text (mark->text, -1);

        g_string_append_printf (out, "<text class=\"%s\" text-anchor=\"%s\"", classes[mark->ink], anchors[mark->anchor]);
        append_number (out, "x", mark->x);
        append_number (out, "y", mark->y);
        g_string_append_printf (out, ">%s</text>\n", text);
      }
    }
}

void
sy_report_append_svg (GString        *out,
                      const SyFigure *figure,
                      guint           number)
{
  g_autoptr (SyScene) scene = sy_scene_new (figure);
  g_autofree char *alt = sy_figure_dup_alt (figure);
  g_autofree char *title = sy_html_text (figure->title, -1);
  g_autofree char *described = sy_html_text (alt, -1);

  g_string_append (out, "<svg direction=\"ltr\" role=\"img\"");
  g_string_append_printf (out, " aria-labelledby=\"figure-%u\" aria-describedby=\"figure-%u-says\"", number, number);
  g_string_append_printf (out, " viewBox=\"-2 -2 %.0f %.0f\">\n", scene->width + 4, scene->height + 4);
  g_string_append_printf (out, "<title id=\"figure-%u\">%s</title>\n<desc id=\"figure-%u-says\">%s</desc>\n", number, title, number, described);
  for (guint i = 0; i < scene->marks->len; i++)
    append_mark (out, &g_array_index (scene->marks, SyMark, i));
  g_string_append (out, "</svg>\n");
}
