/* sy-alert-fixture.c: two backends that say what a test wants, and who watches them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sy-alert-fixture.h"

#include <glib/gstdio.h>
#include <math.h>

#include "sy-still-source.h"

static void
iterate (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
sy_alert_fixture_add (SyAlertFixture *self,
                      const char     *address,
                      const char     *name)
{
  g_autoptr (SySource) source = sy_still_source_new (address, self->clock);

  g_assert_nonnull (sy_session_add_source (self->session, source, name, NULL));
}

void
sy_alert_fixture_set_up (SyAlertFixture *self,
                         const char     *name)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("steelyard-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "alerts.json", NULL);
  self->clock = sy_clock_new_manual (1000 * SY_USEC_PER_SEC, 1795422736 * SY_USEC_PER_SEC);
  self->session = sy_session_new (self->clock, &error);
  g_assert_no_error (error);
  sy_alert_fixture_add (self, "http://127.0.0.1:8101/metrics", "Orders");
  sy_alert_fixture_add (self, "http://127.0.0.1:8102/metrics", name);
  self->book = sy_alert_book_new (self->path);
  self->watch = sy_alert_watch_new (G_LIST_MODEL (self->session), self->clock, self->book);
}

void
sy_alert_fixture_tear_down (SyAlertFixture *self)
{
  g_clear_object (&self->watch);
  g_clear_object (&self->book);
  g_clear_object (&self->session);
  g_clear_object (&self->clock);
  g_remove (self->path);
  g_rmdir (self->folder);
  g_free (self->path);
  g_free (self->folder);
}

static void
say (SyAlertFixture *self,
     guint           position,
     double          in_flight,
     const GError   *why)
{
  SyStillSource *source = SY_STILL_SOURCE (sy_backend_get_source (sy_session_get (self->session, position)));
  g_autofree char *text = g_strdup_printf ("# TYPE http_requests_in_flight gauge\nhttp_requests_in_flight %.0f\n", in_flight);

  if (isnan (in_flight))
    sy_still_source_fail (source, why->code, why->message, 0);
  else
    sy_still_source_say (source, text);
}

void
sy_alert_fixture_run (SyAlertFixture *self,
                      guint           n,
                      double          a,
                      double          b,
                      const GError   *why)
{
  for (guint i = 0; i < n; i++)
    {
      sy_clock_advance (self->clock, 4 * SY_USEC_PER_SEC / 5);
      say (self, 0, a, why);
      if (sy_session_get_n (self->session) > 1)
        say (self, 1, b, why);
      iterate ();
      /* The feed delivers at most ten times a second. */
      sy_clock_advance (self->clock, SY_USEC_PER_SEC / 5);
      iterate ();
    }
}
