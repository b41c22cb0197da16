/* prom-past.c ADDRESS: what a backend's charts show as soon as it was added
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One line a sample of the history: wall time in milliseconds, p50, p99,
 * requests/s. Ends when the backend is live.
 */
#include "config.h"

#include <math.h>

#include "sy-session.h"

#define PATIENCE_US (20 * SY_USEC_PER_SEC)

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
print_history (SyHistory *history,
               gint64     epoch_us)
{
  SyTimes *times = sy_history_get_times (history);

  for (guint i = 0; i < sy_times_get_n (times); i++)
    g_print ("%" G_GINT64_FORMAT " %.17g %.17g %.17g\n", (sy_times_get (times, i) - epoch_us + 500) / 1000,
             sy_column_get (sy_history_get_column (history, SY_QUANTITY_P50), i),
             sy_column_get (sy_history_get_column (history, SY_QUANTITY_P99), i),
             sy_column_get (sy_history_get_column (history, SY_QUANTITY_THROUGHPUT), i));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SySession) session = sy_session_new (clock, &error);
  SyBackend *backend = session != NULL && argc == 2 ? sy_session_add (session, argv[1], NULL, &error) : NULL;
  const gint64 until_us = sy_clock_get_monotonic (clock) + PATIENCE_US;

  if (backend == NULL)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "prom-past ADDRESS");
      return 2;
    }

  g_timeout_add (100, wake_cb, NULL);
  while (sy_backend_get_reading (backend) == NULL)
    {
      const GError *why = sy_source_get_error (sy_backend_get_source (backend));

      if (why != NULL || sy_clock_get_monotonic (clock) > until_us)
        {
          g_printerr ("%s\n", why != NULL ? why->message : "nothing came");
          return 1;
        }
      g_main_context_iteration (NULL, TRUE);
    }

  print_history (sy_backend_get_history (backend), sy_clock_get_monotonic (clock) - sy_clock_get_wall (clock));
  return 0;
}
