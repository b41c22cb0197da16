/* gallery.c: every chart of Beam in every state
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The pictures to widgets/README.md, and the place where a change is looked at.
 * Without options it is a window with a list of pages. --page NAME opens one,
 * --list names them, --dark, --high-contrast, --rtl and --scale N change how it
 * looks; --png FILE writes the page to a file and ends, and --sheet FILE what the
 * charts would export, as PNG, SVG, PDF or CSV by its extension. Numbers are made
 * up, and the same each time.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gallery.h"

static char *page_name, *png, *sheet_file;
static gboolean list, all, dark, high_contrast, rtl, focus;
static double text_scale = 1;
static int width = 860;

static const GOptionEntry options[] = {
  { "page", 'p', 0, G_OPTION_ARG_STRING, &page_name, "Open the page NAME", "NAME" },
  { "list", 'l', 0, G_OPTION_ARG_NONE, &list, "Name the pages", NULL },
  { "all", 0, 0, G_OPTION_ARG_NONE, &all, "All pages in one, without a list", NULL },
  { "png", 0, 0, G_OPTION_ARG_FILENAME, &png, "Write the page to FILE and end", "FILE" },
  { "sheet", 0, 0, G_OPTION_ARG_FILENAME, &sheet_file, "Export the charts of the page to FILE and end", "FILE" },
  { "dark", 0, 0, G_OPTION_ARG_NONE, &dark, "Dark style", NULL },
  { "high-contrast", 0, 0, G_OPTION_ARG_NONE, &high_contrast, "High contrast", NULL },
  { "rtl", 0, 0, G_OPTION_ARG_NONE, &rtl, "Right to left", NULL },
  { "scale", 0, 0, G_OPTION_ARG_DOUBLE, &text_scale, "Text N times as large", "N" },
  { "focus", 0, 0, G_OPTION_ARG_NONE, &focus, "Focus the first chart and visit an item", NULL },
  { "width", 0, 0, G_OPTION_ARG_INT, &width, "Width of the page", "N" },
  { NULL },
};

static const GalleryPage * const chapters[] = { gallery_time_pages, gallery_figure_pages, gallery_plot_pages };

GtkWidget *
gallery_add (GtkBox     *box,
             const char *caption,
             GtkWidget  *widget,
             int         height)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *label = gtk_label_new (caption);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (column), label);
  gtk_box_append (GTK_BOX (column), widget);
  gtk_widget_set_hexpand (widget, TRUE);
  gtk_widget_set_hexpand (column, TRUE);
  if (height > 0)
    gtk_widget_set_size_request (widget, -1, (int) (height * (0.5 + 0.5 * text_scale)));
  gtk_box_append (box, column);

  return widget;
}

GtkBox *
gallery_add_row (GtkBox *box)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);

  gtk_box_set_homogeneous (GTK_BOX (row), TRUE);
  gtk_box_append (box, row);
  return GTK_BOX (row);
}

void
gallery_legend (GtkBox             *box,
                const char * const *names,
                guint               n)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  for (guint i = 0; i < n; i++)
    {
      GtkWidget *swatch = beam_swatch_new ((int) i);
      GtkWidget *label = gtk_label_new (names[i]);

      beam_swatch_set_line (BEAM_SWATCH (swatch), TRUE);
      gtk_widget_set_margin_end (label, 12);
      gtk_box_append (GTK_BOX (row), swatch);
      gtk_box_append (GTK_BOX (row), label);
    }
  gtk_box_append (box, row);
}

/* --- Ways of writing values --- */

char *
gallery_money (double value, double step, BeamFormatUse use, gpointer data)
{
  if (fabs (value) >= 1e6)
    return g_strdup_printf ("%s$%.*f M", value < 0 ? "−" : "", use == BEAM_FORMAT_TICK ? 1 : 2, fabs (value) / 1e6);
  if (fabs (value) >= 1e3)
    return g_strdup_printf ("%s$%.*f k", value < 0 ? "−" : "", step > 0 && step < 1e3 ? 1 : 0, fabs (value) / 1e3);

  return g_strdup_printf ("%s$%.*f", value < 0 ? "−" : "", step > 0 && step < 1 ? 2 : 0, fabs (value));
}

char *
gallery_seconds (double value, double step, BeamFormatUse use, gpointer data)
{
  return value >= 1 ? g_strdup_printf ("%.3g s", value) : g_strdup_printf ("%.3g ms", value * 1000);
}

char *
gallery_rate (double value, double step, BeamFormatUse use, gpointer data)
{
  return value >= 10000 ? g_strdup_printf ("%.0f k/s", value / 1000) : g_strdup_printf ("%.4g/s", value);
}

char *
gallery_percent (double value, double step, BeamFormatUse use, gpointer data)
{
  return g_strdup_printf ("%.0f %%", value * 100);
}

/* A share of slower requests as the percentile that it stands for. */
char *
gallery_slower (double value, double step, BeamFormatUse use, gpointer data)
{
  return g_strdup_printf ("%.6g %%", 100 - value * 100);
}

char *
gallery_times (double value, double step, BeamFormatUse use, gpointer data)
{
  return g_strdup_printf ("%.3g×", value);
}

/* --- The window --- */

static GtkWidget *
make_page (const GalleryPage *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  GtkWidget *title = gtk_label_new (page->title);
  GtkWidget *about = gtk_label_new (page->about);

  gtk_widget_add_css_class (title, "title-2");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_xalign (GTK_LABEL (about), 0);
  gtk_label_set_wrap (GTK_LABEL (about), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (about), 80);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_widget_set_margin_top (box, 14);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), about);
  page->fill (GTK_BOX (box));
  return box;
}

static const GalleryPage *
find_page (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (chapters); i++)
    for (const GalleryPage *page = chapters[i]; page->name != NULL; page++)
      if (name == NULL || g_str_equal (page->name, name))
        return page;

  return NULL;
}

static GtkWidget *
make_book (void)
{
  GtkWidget *pane = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *stack = gtk_stack_new ();
  GtkWidget *sidebar = gtk_stack_sidebar_new ();

  for (guint i = 0; i < G_N_ELEMENTS (chapters); i++)
    for (const GalleryPage *page = chapters[i]; page->name != NULL; page++)
      {
        GtkWidget *scroller = gtk_scrolled_window_new ();

        gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), make_page (page));
        gtk_stack_add_titled (GTK_STACK (stack), scroller, page->name, page->title);
      }
  gtk_stack_sidebar_set_stack (GTK_STACK_SIDEBAR (sidebar), GTK_STACK (stack));
  gtk_widget_set_hexpand (stack, TRUE);
  if (page_name != NULL)
    gtk_stack_set_visible_child_name (GTK_STACK (stack), page_name);
  gtk_box_append (GTK_BOX (pane), sidebar);
  gtk_box_append (GTK_BOX (pane), stack);
  return pane;
}

static GtkWidget *
make_scroll (void)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  for (guint i = 0; i < G_N_ELEMENTS (chapters); i++)
    for (const GalleryPage *page = chapters[i]; page->name != NULL; page++)
      gtk_box_append (GTK_BOX (box), make_page (page));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  return scroller;
}

static gboolean
done_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
photograph (GtkWidget *widget)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  int w = gdk_paintable_get_intrinsic_width (paintable);
  int h = gdk_paintable_get_intrinsic_height (paintable);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderer *renderer = gsk_cairo_renderer_new ();
  g_autoptr (GdkTexture) texture = NULL;
  GskRenderNode *node;

  gdk_paintable_snapshot (paintable, snapshot, w, h);
  node = gtk_snapshot_free_to_node (snapshot);
  gsk_renderer_realize (renderer, NULL, NULL);
  texture = gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, (float) w, (float) h));
  gdk_texture_save_to_png (texture, png);
  gsk_render_node_unref (node);
  gsk_renderer_unrealize (renderer);
  g_object_unref (renderer);
}

/* Every chart and figure below @widget that has a caption over it, a row each. */
static void
collect_sheet (GtkWidget *widget,
               BeamSheet *sheet)
{
  GtkWidget *before = gtk_widget_get_prev_sibling (widget);
  const char *caption = GTK_IS_LABEL (before) ? gtk_label_get_text (GTK_LABEL (before)) : NULL;

  if (BEAM_IS_CHART (widget) || BEAM_IS_FIGURE (widget))
    beam_sheet_begin_row (sheet, caption);
  if (BEAM_IS_CHART (widget))
    beam_sheet_add_chart (sheet, BEAM_CHART (widget), NULL, BEAM_IDENTITY_NEUTRAL);
  else if (BEAM_IS_FIGURE (widget))
    beam_sheet_add_figure (sheet, BEAM_FIGURE (widget), NULL, BEAM_IDENTITY_NEUTRAL);
  else
    for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
      collect_sheet (child, sheet);
}

static gboolean
export_sheet (GtkWidget  *window,
              GError    **error)
{
  const GalleryPage *page = find_page (page_name);
  const char *dot = strrchr (sheet_file, '.');
  g_autoptr (BeamSheet) sheet = beam_sheet_new (page->title, page->about);
  g_autoptr (GBytes) bytes = NULL;
  BeamFileFormat format;

  if (dot == NULL || !beam_file_format_parse (dot + 1, &format))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s: no png, svg, pdf or csv", sheet_file);
      return FALSE;
    }

  collect_sheet (window, sheet);
  bytes = beam_sheet_to_bytes (sheet, format, error);
  return bytes != NULL && g_file_set_contents (sheet_file, g_bytes_get_data (bytes, NULL),
                                               (gssize) g_bytes_get_size (bytes), error);
}

static GtkWidget *
first_figure (GtkWidget *widget)
{
  GtkWidget *child;

  if (BEAM_IS_FIGURE (widget) || BEAM_IS_CHART (widget))
    return widget;

  for (child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = first_figure (child);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
show_focus (GtkWidget *window)
{
  GtkWidget *figure = first_figure (window);

  if (figure == NULL)
    return;

  gtk_window_set_focus_visible (GTK_WINDOW (window), TRUE);
  gtk_widget_grab_focus (figure);
  if (BEAM_IS_FIGURE (figure))
    beam_figure_set_selected (BEAM_FIGURE (figure), 1);
}

static void
apply_options (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int dpi = 0;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings,
                "gtk-application-prefer-dark-theme", dark,
                "gtk-xft-dpi", (int) ((dpi > 0 ? dpi : 96 * 1024) * text_scale),
                NULL);
  if (high_contrast)
    g_object_set (settings, "gtk-theme-name", "Default-hc", NULL);
  if (rtl)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  GtkWidget *window;
  gboolean done = FALSE, alone;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }
  for (guint i = 0; list && i < G_N_ELEMENTS (chapters); i++)
    for (const GalleryPage *page = chapters[i]; page->name != NULL; page++)
      g_print ("%s\n", page->name);
  if (list)
    return EXIT_SUCCESS;
  if (find_page (page_name) == NULL)
    {
      g_printerr ("There is no page \"%s\"; see --list\n", page_name);
      return EXIT_FAILURE;
    }

  gtk_init ();
  apply_options ();
  alone = png != NULL || sheet_file != NULL;

  window = gtk_window_new ();
  gtk_window_set_title (GTK_WINDOW (window), "Beam");
  gtk_window_set_default_size (GTK_WINDOW (window), width, alone ? -1 : 720);
  gtk_window_set_decorated (GTK_WINDOW (window), !alone);
  gtk_widget_add_css_class (window, "background");
  gtk_window_set_child (GTK_WINDOW (window), alone ? make_page (find_page (page_name)) : all ? make_scroll () : make_book ());
  gtk_window_present (GTK_WINDOW (window));
  if (focus)
    show_focus (window);

  if (alone)
    {
      g_timeout_add (500, done_cb, &done);
      while (!done)
        g_main_context_iteration (NULL, TRUE);
      if (png != NULL)
        photograph (window);
      if (sheet_file == NULL || export_sheet (window, &error))
        return EXIT_SUCCESS;
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }

  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  return EXIT_SUCCESS;
}
