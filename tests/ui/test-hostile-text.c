/* test-hostile-text.c: U01, names of strangers in a picture and in a toast
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is drawn for a name is what is drawn for its safe form, pixel for pixel:
 * no markup, no direction, no escape and no length of it has an effect.
 */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "sy-datadir.h"
#include "sy-hostile-names.h"
#include "sy-live-page.h"
#include "sy-live-sheet.h"
#include "sy-still-source.h"
#include "sy-text.h"
#include "sy-toast.h"

#define N_SECONDS 5
#define NAME_CHARS 60 /* what a sheet shows of a name */

static SyRecogniser *recogniser;

/* The Live page of one backend of that name, as a picture; one row says as much
 * of a name as all of them. */
static GBytes *
paint (const char *name)
{
  g_autoptr (SyClock) clock = sy_clock_new_manual (1000 * SY_USEC_PER_SEC, 1795422736 * SY_USEC_PER_SEC);
  g_autoptr (SySource) source = sy_still_source_new ("http://127.0.0.1:8101/metrics", clock);
  g_autoptr (SyBackend) backend = sy_backend_new (name, source, recogniser);
  g_autoptr (GListStore) backends = g_list_store_new (SY_TYPE_BACKEND);
  GtkWidget *window = gtk_window_new ();
  SyLivePage *page = g_object_new (SY_TYPE_LIVE_PAGE, NULL);
  g_autoptr (BeamSheet) sheet = NULL;
  g_autoptr (GError) error = NULL;
  GBytes *png;

  sy_live_page_set_backends (page, G_LIST_MODEL (backends), clock);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (page));
  gtk_window_set_default_size (GTK_WINDOW (window), 800, 600);
  sy_source_start (source);
  g_list_store_append (backends, backend);
  for (guint i = 0; i < N_SECONDS; i++)
    {
      sy_clock_advance (clock, SY_USEC_PER_SEC);
      sy_still_source_say (SY_STILL_SOURCE (source), "# TYPE http_requests_in_flight gauge\nhttp_requests_in_flight 3\n");
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  for (guint row = 0; row < SY_N_ROWS; row++)
    gtk_widget_set_visible (GTK_WIDGET (sy_live_page_get_row (page, row)), row == SY_ROW_IN_FLIGHT);
  sheet = sy_live_sheet_new (page, G_LIST_MODEL (backends), clock);
  png = beam_sheet_to_bytes (sheet, BEAM_FILE_PNG, &error);
  g_assert_no_error (error);
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  return png;
}

static void
test_picture (gconstpointer data)
{
  g_autofree char *text = sy_hostile_name_dup (data);
  g_autofree char *safe = sy_display_text (text, -1, NAME_CHARS);
  g_autoptr (GBytes) drawn = paint (text);
  g_autoptr (GBytes) expected = paint (safe);

  g_assert_true (g_bytes_equal (drawn, expected));
}

/* The comparison above sees a name at all. */
static void
test_names_are_drawn (void)
{
  g_autoptr (GBytes) orders = paint ("Orders");
  g_autoptr (GBytes) basket = paint ("Basket");

  g_assert_false (g_bytes_equal (orders, basket));
}

static void
test_toast (gconstpointer data)
{
  g_autofree char *text = sy_hostile_name_dup (data);
  g_autofree char *safe = sy_display_text (text, -1, 2 * SY_DISPLAY_TEXT_MAX);
  g_autoptr (AdwToast) toast = sy_toast_new (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (PangoAttrList) attributes = NULL;
  g_autoptr (PangoAttrIterator) iterator = NULL;
  g_autofree char *shown = NULL;
  int start, end;

  pango_parse_markup (adw_toast_get_title (toast), -1, 0, &attributes, &shown, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (shown, ==, safe);
  iterator = pango_attr_list_get_iterator (attributes);
  pango_attr_iterator_range (iterator, &start, &end);
  g_assert_cmpint (end, ==, G_MAXINT); /* one run: no attribute begins or ends */
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  adw_init ();
  folder = sy_datadir_build_path ("recognisers", NULL);
  recogniser = sy_recogniser_new_from_directory (folder, NULL);
  g_assert_nonnull (recogniser);

  g_test_add_func ("/hostile-text/names-are-drawn", test_names_are_drawn);
  for (guint i = 0; i < sy_n_hostile_names; i++)
    {
      g_autofree char *picture = g_strconcat ("/hostile-text/U01-picture-", sy_hostile_names[i].id, NULL);
      g_autofree char *toast = g_strconcat ("/hostile-text/U01-toast-", sy_hostile_names[i].id, NULL);

      g_test_add_data_func (picture, &sy_hostile_names[i], test_picture);
      g_test_add_data_func (toast, &sy_hostile_names[i], test_toast);
    }

  status = g_test_run ();
  sy_recogniser_unref (recogniser);
  return status;
}
