/* test-backend-header.c: what a source has to say, over its column
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>

#include "sy-backend-header.h"
#include "sy-datadir.h"
#include "sy-source-banner.h"
#include "sy-still-source.h"

typedef struct {
  SyClock       *clock;
  SyRecogniser  *recogniser;
  SyStillSource *source;
  SyBackend     *backend;
  GtkWidget     *header;
} Fixture;

static GtkWidget *
get_part (Fixture    *f,
          const char *name)
{
  return GTK_WIDGET (gtk_widget_get_template_child (f->header, SY_TYPE_BACKEND_HEADER, name));
}

static void
say (Fixture    *f,
     const char *warning)
{
  sy_clock_advance (f->clock, SY_USEC_PER_SEC);
  sy_still_source_warn (f->source, "http_requests_total 1\n", warning);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* The page does this while time passes. */
static void
pass (Fixture *f,
      guint    seconds)
{
  sy_clock_advance (f->clock, seconds * SY_USEC_PER_SEC);
  sy_backend_header_refresh (SY_BACKEND_HEADER (f->header));
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autofree char *recognisers = sy_datadir_build_path ("recognisers", NULL);
  SySource *source;

  f->clock = sy_clock_new_manual (1000 * SY_USEC_PER_SEC, 1795422736 * SY_USEC_PER_SEC);
  f->recogniser = sy_recogniser_new_from_directory (recognisers, NULL);
  source = sy_still_source_new ("http://127.0.0.1:8101/metrics", f->clock);
  f->source = SY_STILL_SOURCE (source);
  f->backend = sy_backend_new ("Orders", source, f->recogniser);
  sy_source_start (source);
  f->header = g_object_ref_sink (sy_backend_header_new (f->backend));
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_assert_finalize_object (f->header);
  g_clear_object (&f->backend);
  g_clear_object (&f->source);
  g_clear_pointer (&f->recogniser, sy_recogniser_unref);
  g_clear_object (&f->clock);
}

/* Good values with a warning are shown with it, in words that are safe. */
static void
test_warning (Fixture       *f,
              gconstpointer  data)
{
  GtkWidget *label = get_part (f, "warning");

  say (f, NULL);
  g_assert_false (gtk_widget_get_visible (label));

  say (f, "store <b>S3</b> \u202eis\nslow");
  g_assert_true (gtk_widget_get_visible (label));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, "Warning: store <b>S3</b> <U+202E>is\\nslow");

  say (f, NULL);
  g_assert_false (gtk_widget_get_visible (label));
}

/* A stream that is connected and silent can be connected anew. */
static void
test_silence (Fixture       *f,
              gconstpointer  data)
{
  GtkWidget *banner = get_part (f, "banner");
  GtkWidget *authenticate = GTK_WIDGET (gtk_widget_get_template_child (banner, SY_TYPE_SOURCE_BANNER, "authenticate_button"));

  say (f, NULL);
  pass (f, 9);
  g_assert_false (gtk_widget_get_visible (banner));

  pass (f, 2);
  g_assert_true (gtk_widget_get_visible (banner));
  g_assert_false (gtk_widget_get_visible (authenticate));
  g_signal_emit_by_name (gtk_widget_get_next_sibling (authenticate), "clicked");
  g_assert_cmpuint (sy_still_source_n_retries (f->source), ==, 1);

  say (f, NULL);
  g_assert_false (gtk_widget_get_visible (banner));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(name, function) g_test_add ("/backend-header/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("warning", test_warning);
  ADD ("silence", test_silence);
#undef ADD

  return g_test_run ();
}
