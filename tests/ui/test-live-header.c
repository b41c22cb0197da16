/* test-live-header.c: what stands over a column of the Live page
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>

#include "sy-error.h"
#include "sy-live-fixture.h"
#include "sy-live-strip.h"
#include "sy-source-banner.h"
#include "sy-trap-badge.h"

static void
test_rename (SyLiveFixture *f,
             gconstpointer  data)
{
  SyBackendHeader *header = sy_live_page_get_header (f->page, 1);
  GObject *entry = gtk_widget_get_template_child (GTK_WIDGET (header), SY_TYPE_BACKEND_HEADER, "rename_entry");

  gtk_widget_activate_action (GTK_WIDGET (header), "backend.rename", NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "Basket");

  gtk_editable_set_text (GTK_EDITABLE (entry), "  \u202e<b>Cart</b> ");
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpstr (sy_backend_get_name (sy_live_fixture_get_backend (f, 1)), ==, "\u202e<b>Cart</b>");

  /* What a label shows is neither markup nor a trick. */
  g_assert_cmpstr (sy_live_fixture_get_text (header, SY_TYPE_BACKEND_HEADER, "name"), ==, "<U+202E><b>Cart</b>");
  g_assert_cmpstr (beam_chart_get_title (sy_live_fixture_get_chart (f, SY_ROW_CPU, 1)), ==, "CPU of <U+202E><b>Cart</b>");

  /* The address stands below, unless it is the name. */
  g_assert_nonnull (strstr (sy_live_fixture_get_text (header, SY_TYPE_BACKEND_HEADER, "address"), "127.0.0.1:8102"));
  sy_backend_set_name (sy_live_fixture_get_backend (f, 1), "127.0.0.1:8102");
  g_assert_null (strstr (sy_live_fixture_get_text (header, SY_TYPE_BACKEND_HEADER, "address"), "127.0.0.1:8102"));
  sy_backend_set_name (sy_live_fixture_get_backend (f, 1), "\u202e<b>Cart</b>");

  /* An empty name changes nothing. */
  gtk_editable_set_text (GTK_EDITABLE (entry), "   ");
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpstr (sy_backend_get_name (sy_live_fixture_get_backend (f, 1)), ==, "\u202e<b>Cart</b>");
}

/* The sentence above and the figures below are of the same moment. */
static void
test_one_moment (SyLiveFixture *f,
                 gconstpointer  data)
{
  GtkWidget *strip = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (f->page), SY_TYPE_LIVE_PAGE, "strip"));

  sy_live_fixture_run (f, 3);
  for (guint i = 0; i < 5; i++)
    {
      const char *rate = sy_live_fixture_get_text (sy_live_page_get_header (f->page, 0), SY_TYPE_BACKEND_HEADER, "throughput");
      g_autofree char *number = g_strndup (rate, strcspn (rate, "/"));

      g_test_message ("%s in: %s", number, sy_live_fixture_get_text (strip, SY_TYPE_LIVE_STRIP, "sentence"));
      g_assert_nonnull (strstr (sy_live_fixture_get_text (strip, SY_TYPE_LIVE_STRIP, "sentence"), number));

      /* Within one second of the clock: no tick of the page helps. */
      sy_clock_advance (f->clock, SY_USEC_PER_SEC / 10);
      f->requests += 100 * (i + 1);
      sy_live_fixture_say (f, 0, 8, 0.02);
      sy_live_fixture_settle (f->window);
    }
}

static void
test_banner (SyLiveFixture *f,
             gconstpointer  data)
{
  SyBackendHeader *header = sy_live_page_get_header (f->page, 1);
  SySourceBanner *banner = SY_SOURCE_BANNER (gtk_widget_get_template_child (GTK_WIDGET (header),
                                                                            SY_TYPE_BACKEND_HEADER, "banner"));

  sy_live_fixture_run (f, 3);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (banner)));
  g_assert_cmpstr (sy_live_fixture_get_text (header, SY_TYPE_BACKEND_HEADER, "throughput"), ==, "200/s");

  sy_still_source_fail (sy_live_fixture_get_source (f, 1), SY_ERROR_CONNECT, "Could not connect: refused\nsecond line",
                        sy_clock_get_monotonic (f->clock) + 4 * SY_USEC_PER_SEC);
  sy_live_fixture_settle (f->window);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (banner)));
  g_assert_cmpstr (sy_live_fixture_get_text (banner, SY_TYPE_SOURCE_BANNER, "problem"), ==, "Nobody answers at this address");
  g_assert_null (strchr (sy_live_fixture_get_text (banner, SY_TYPE_SOURCE_BANNER, "detail"), '\n'));
  g_assert_true (g_str_has_suffix (sy_live_fixture_get_text (banner, SY_TYPE_SOURCE_BANNER, "schedule"), "next try in 4\u00a0s"));

  /* The countdown moves, old figures are gone, and the other column lives. */
  sy_clock_advance (f->clock, 2 * SY_USEC_PER_SEC);
  sy_live_fixture_settle (f->window);
  g_assert_true (g_str_has_suffix (sy_live_fixture_get_text (banner, SY_TYPE_SOURCE_BANNER, "schedule"), "next try in 2\u00a0s"));
  g_assert_cmpstr (sy_live_fixture_get_text (header, SY_TYPE_BACKEND_HEADER, "throughput"), ==, "–");
  g_assert_cmpstr (sy_live_fixture_get_text (sy_live_page_get_header (f->page, 0), SY_TYPE_BACKEND_HEADER, "throughput"), ==, "200/s");

  sy_live_fixture_run (f, 1);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (banner)));
}

/* Who stopped answering is not compared, and the page below stands still. */
static void
test_silent (SyLiveFixture *f,
             gconstpointer  data)
{
  GtkWidget *strip = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (f->page), SY_TYPE_LIVE_PAGE, "strip"));
  g_autoptr (SyVerdict) verdict = sy_verdict_new ();
  int height;

  verdict->state = SY_VERDICT_A_AHEAD;
  verdict->time.what = "p95 latency";
  sy_live_fixture_run (f, 3);
  sy_live_strip_set_verdict (SY_LIVE_STRIP (strip), verdict, "Orders", "Basket");
  g_assert_cmpstr (sy_live_fixture_get_text (strip, SY_TYPE_LIVE_STRIP, "sentence"), ==, "Orders is ahead at this load");

  sy_live_strip_set_notice (SY_LIVE_STRIP (strip), "One\nTwo\nThree\nFour\nFive\nSix\nSeven\nEight\nNine");
  sy_live_fixture_settle (f->window);
  height = gtk_widget_get_height (strip);
  sy_live_strip_set_notice (SY_LIVE_STRIP (strip), NULL);
  sy_live_fixture_settle (f->window);
  g_assert_cmpint (gtk_widget_get_height (strip), ==, height);

  sy_still_source_fail (sy_live_fixture_get_source (f, 1), SY_ERROR_CONNECT, "Could not connect: refused",
                        sy_clock_get_monotonic (f->clock) + 4 * SY_USEC_PER_SEC);
  sy_clock_advance (f->clock, SY_USEC_PER_SEC);
  sy_live_fixture_settle (f->window);
  sy_live_strip_set_verdict (SY_LIVE_STRIP (strip), verdict, "Orders", "Basket");
  g_assert_nonnull (strstr (sy_live_fixture_get_text (strip, SY_TYPE_LIVE_STRIP, "sentence"), "Basket gives no figures any more"));
  g_assert_nonnull (strstr (sy_live_fixture_get_text (strip, SY_TYPE_LIVE_STRIP, "detail_label"), "Until then: Orders is ahead"));
}

/* A cached answer: the badge comes, opens by keyboard and lists what is wrong. */
static void
test_traps (SyLiveFixture *f,
            gconstpointer  data)
{
  static const char body[] = "# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total 1.234567\n"
                             "# TYPE http_requests_created gauge\nhttp_requests_created 1.79e9\n"
                             "# TYPE http_requests_total counter\nhttp_requests_total 3\n";
  SyBackendHeader *header = sy_live_page_get_header (f->page, 0);
  SyTrapBadge *badge = SY_TRAP_BADGE (gtk_widget_get_template_child (GTK_WIDGET (header), SY_TYPE_BACKEND_HEADER, "trap_badge"));
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (badge));
  g_autofree char *text = NULL;
  int minimum;

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (badge)));
  for (guint i = 0; i < 2; i++)
    {
      sy_clock_advance (f->clock, SY_USEC_PER_SEC);
      sy_still_source_say (sy_live_fixture_get_source (f, 0), body);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  sy_clock_advance (f->clock, SY_USEC_PER_SEC);
  sy_live_fixture_settle (f->window);

  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (badge)));
  text = sy_trap_badge_dup_text (badge);
  g_assert_nonnull (strstr (text, "stored copy"));
  g_assert_nonnull (strstr (text, "http_requests_created"));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (button), ==, "2 warnings about Orders");

  gtk_widget_grab_focus (button);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  sy_live_fixture_settle (f->window);
  gtk_widget_measure (GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button))), GTK_ORIENTATION_HORIZONTAL, -1,
                      &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
  sy_live_fixture_settle (f->window);
}

static const char *
tooltip_of (SyBackendHeader *header)
{
  GObject *label = gtk_widget_get_template_child (GTK_WIDGET (header), SY_TYPE_BACKEND_HEADER, "address");

  return gtk_widget_get_tooltip_text (GTK_WIDGET (label));
}

/* The header says who speaks there, by the metrics and by the answer itself. */
static void
test_speaker (SyLiveFixture *f,
              gconstpointer  data)
{
  static const struct {
    const char *served_by, *body, *expected;
  } speakers[] = {
    { NULL, "orders_total 3\n", "Prometheus · live" },
    { "gunicorn", "orders_total 3\n", "gunicorn · live" },
    { NULL, "nodejs_eventloop_lag_seconds 0.01\n", "prom-client · live" },
    { "Express", "nodejs_eventloop_lag_seconds 0.01\nnodejs_version_info{version=\"v20.20.2\"} 1\n",
      "Express, prom-client · live" },
  };
  SyBackendHeader *header = sy_live_page_get_header (f->page, 0);

  for (guint i = 0; i < G_N_ELEMENTS (speakers); i++)
    {
      sy_clock_advance (f->clock, SY_USEC_PER_SEC);
      sy_still_source_set_served_by (sy_live_fixture_get_source (f, 0), speakers[i].served_by);
      sy_still_source_say (sy_live_fixture_get_source (f, 0), speakers[i].body);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      sy_clock_advance (f->clock, SY_USEC_PER_SEC);
      sy_live_fixture_settle (f->window);
      g_assert_true (g_str_has_suffix (sy_live_fixture_get_text (header, SY_TYPE_BACKEND_HEADER, "address"), speakers[i].expected));
    }

  g_assert_nonnull (strstr (tooltip_of (header), " · Node.js 20.20.2 · Express · prom-client · live"));
}

static void
test_stale (SyLiveFixture *f,
            gconstpointer  data)
{
  SyBackendHeader *header = sy_live_page_get_header (f->page, 0);

  sy_live_fixture_run (f, 3);
  g_assert_true (g_str_has_suffix (sy_live_fixture_get_text (header, SY_TYPE_BACKEND_HEADER, "address"), "· live"));
  g_assert_cmpstr (sy_live_fixture_get_text (header, SY_TYPE_BACKEND_HEADER, "p95"), !=, "–"); /* what verdicts compare */

  sy_clock_advance (f->clock, 7 * SY_USEC_PER_SEC);
  sy_live_fixture_settle (f->window);
  g_assert_true (g_str_has_suffix (sy_live_fixture_get_text (header, SY_TYPE_BACKEND_HEADER, "address"), "· last sample 7\u00a0s ago"));
  g_assert_cmpstr (sy_live_fixture_get_text (header, SY_TYPE_BACKEND_HEADER, "p95"), ==, "–");
  g_assert_cmpstr (sy_live_fixture_get_text (header, SY_TYPE_BACKEND_HEADER, "p99"), ==, "–");
}

#define ADD(name, func) \
  g_test_add ("/ui/live-header/" name, SyLiveFixture, NULL, sy_live_fixture_set_up, func, sy_live_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_type_ensure (SY_TYPE_SOURCE_BANNER);

  ADD ("rename", test_rename);
  ADD ("one-moment", test_one_moment);
  ADD ("banner", test_banner);
  ADD ("silent", test_silent);
  ADD ("speaker", test_speaker);
  ADD ("stale", test_stale);
  ADD ("traps", test_traps);

  return g_test_run ();
}
