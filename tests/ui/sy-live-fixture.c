/* sy-live-fixture.c: the Live page with two backends that say what a test wants
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>

#include "sy-live-fixture.h"

#include "sy-datadir.h"

void
sy_live_fixture_settle (GtkWidget *window)
{
  for (guint i = 0; i < 3; i++)
    {
      gtk_widget_queue_draw (window);
      gtk_test_widget_wait_for_draw (window);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

void
sy_live_fixture_add (SyLiveFixture *f,
                     const char    *name,
                     const char    *letter)
{
  g_autofree char *address = g_strdup_printf ("http://127.0.0.1:810%s/metrics", letter[0] == 'a' ? "1" : "2");
  g_autoptr (SySource) source = sy_still_source_new (address, f->clock);
  g_autoptr (SyBackend) backend = sy_backend_new (name, source, f->recogniser);

  sy_backend_set_letter (backend, letter);
  sy_source_start (source);
  g_list_store_append (f->backends, backend);
}

SyBackend *
sy_live_fixture_get_backend (SyLiveFixture *f,
                             guint          position)
{
  g_autoptr (SyBackend) backend = g_list_model_get_item (G_LIST_MODEL (f->backends), position);

  /* The store holds it. */
  return backend;
}

SyStillSource *
sy_live_fixture_get_source (SyLiveFixture *f,
                            guint          position)
{
  return SY_STILL_SOURCE (sy_backend_get_source (sy_live_fixture_get_backend (f, position)));
}

void
sy_live_fixture_say (SyLiveFixture *f,
                     guint          position,
                     double         in_flight,
                     double         latency)
{
  g_autofree char *text = NULL;
  double fast = latency <= 0.05 ? f->requests : 0;

  text = g_strdup_printf ("# TYPE http_requests_total counter\n"
                          "http_requests_total{code=\"200\"} %.0f\n"
                          "# TYPE http_requests_in_flight gauge\n"
                          "http_requests_in_flight %.0f\n"
                          "# TYPE http_request_duration_seconds histogram\n"
                          "http_request_duration_seconds_bucket{le=\"0.05\"} %.0f\n"
                          "http_request_duration_seconds_bucket{le=\"0.5\"} %.0f\n"
                          "http_request_duration_seconds_bucket{le=\"+Inf\"} %.0f\n"
                          "http_request_duration_seconds_sum %.6f\n"
                          "http_request_duration_seconds_count %.0f\n"
                          "# TYPE process_resident_memory_bytes gauge\n"
                          "process_resident_memory_bytes %.0f\n",
                          f->requests, in_flight, fast, f->requests, f->requests, f->requests * latency, f->requests,
                          40e6 + in_flight * 1e6);
  sy_still_source_say (sy_live_fixture_get_source (f, position), text);
}

void
sy_live_fixture_run (SyLiveFixture *f,
                     guint          n)
{
  for (guint i = 0; i < n; i++)
    {
      sy_clock_advance (f->clock, SY_USEC_PER_SEC);
      f->requests += 200;
      sy_live_fixture_say (f, 0, 8, 0.02);
      if (g_list_model_get_n_items (G_LIST_MODEL (f->backends)) > 1)
        sy_live_fixture_say (f, 1, 80, 0.2);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }

  /* The feed delivers at most ten times a second. */
  sy_clock_advance (f->clock, SY_USEC_PER_SEC / 5);
  sy_live_fixture_settle (f->window);
}

void
sy_live_fixture_set_up (SyLiveFixture *f,
                        gconstpointer  data)
{
  g_autofree char *recognisers = sy_datadir_build_path ("recognisers", NULL);
  g_autoptr (GError) error = NULL;

  f->clock = sy_clock_new_manual (1000 * SY_USEC_PER_SEC, 1795422736 * SY_USEC_PER_SEC);
  f->recogniser = sy_recogniser_new_from_directory (recognisers, &error);
  g_assert_no_error (error);
  f->backends = g_list_store_new (SY_TYPE_BACKEND);
  f->requests = 100;

  f->window = g_object_ref_sink (gtk_window_new ());
  f->page = g_object_new (SY_TYPE_LIVE_PAGE, NULL);
  sy_live_page_set_backends (f->page, G_LIST_MODEL (f->backends), f->clock);
  gtk_window_set_child (GTK_WINDOW (f->window), GTK_WIDGET (f->page));
  gtk_window_set_default_size (GTK_WINDOW (f->window), 1280, 860);

  sy_live_fixture_add (f, "Orders", "a");
  sy_live_fixture_add (f, "Basket", "b");
  gtk_window_present (GTK_WINDOW (f->window));
  sy_live_fixture_settle (f->window);
}

void
sy_live_fixture_tear_down (SyLiveFixture *f,
                           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  g_assert_finalize_object (f->window);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&f->backends);
  g_clear_pointer (&f->recogniser, sy_recogniser_unref);
  g_clear_object (&f->clock);
}

BeamChart *
sy_live_fixture_get_chart (SyLiveFixture *f,
                           SyRow          row,
                           guint          position)
{
  SyChartCell *cell = sy_live_row_get_cell (sy_live_page_get_row (f->page, row), position);

  g_assert_nonnull (cell);

  return sy_chart_cell_get_chart (cell);
}

const char *
sy_live_fixture_get_text (gpointer    widget,
                          GType       type,
                          const char *child)
{
  GObject *label = gtk_widget_get_template_child (GTK_WIDGET (widget), type, child);

  return gtk_label_get_text (GTK_LABEL (label));
}
