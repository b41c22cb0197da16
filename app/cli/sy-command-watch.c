/* sy-command-watch.c: steelyard-cli watch, live signals on a terminal
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include <glib-unix.h>

#include "sy-auth-options.h"
#include "sy-command.h"
#include "sy-compare-replay.h"
#include "sy-live-table.h"
#include "sy-recording.h"
#include "sy-silence.h"
#include "sy-watch-replay.h"

typedef struct
{
  GMainLoop   *loop;  /* (owned) */
  SyLiveTable *table; /* (owned) */
  gboolean     is_unread;
} Watch;

static gboolean
tick_cb (gpointer user_data)
{
  Watch *watch = user_data;

  if (sy_live_table_print (watch->table))
    return G_SOURCE_CONTINUE;

  watch->is_unread = TRUE;
  g_main_loop_quit (watch->loop);
  return G_SOURCE_REMOVE;
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static int
add_backends (SySession    *session,
              const char  **addresses)
{
  for (gsize i = 0; addresses[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *place = sy_command_dup_place (addresses[i]);

      if (sy_session_add (session, addresses[i], NULL, &error) == NULL)
        return sy_command_fail (SY_EXIT_USAGE, "cannot watch", place, error->message);
    }

  return SY_EXIT_OK;
}

/* FALSE when nobody read to the end. */
static gboolean
run (SySession *session,
     gint64     duration_us,
     gboolean   json)
{
  const guint interval_ms = (guint) (sy_session_get_interval (session) / SY_USEC_PER_MSEC);
  Watch watch = { g_main_loop_new (NULL, FALSE), sy_live_table_new (session, json), FALSE };

  g_timeout_add (interval_ms, tick_cb, &watch);
  if (duration_us > 0)
    g_timeout_add ((guint) (duration_us / SY_USEC_PER_MSEC), quit_cb, watch.loop);
  g_unix_signal_add (SIGINT, quit_cb, watch.loop);
  g_unix_signal_add (SIGTERM, quit_cb, watch.loop);

  g_main_loop_run (watch.loop);

  sy_live_table_free (watch.table);
  g_main_loop_unref (watch.loop);
  return !watch.is_unread;
}

static gboolean
has_recording (const char *const *places)
{
  for (gsize i = 0; places[i] != NULL; i++)
    if (sy_compare_replay_is (places[i]))
      return TRUE;

  return FALSE;
}

static int
play (const char *const   *places,
      const SyWatchReplay *options,
      const SyAuthOptions *auth)
{
  if (places[1] != NULL)
    return sy_command_fail (SY_EXIT_USAGE, "watch", NULL, "one recording at a time, and no address beside it");
  if (!sy_recording_is_one (places[0]))
    return sy_command_fail (SY_EXIT_USAGE, "watch", places[0], "all backends of a recording are shown: leave out the # and its letter");
  if (sy_auth_options_are_any (auth))
    return sy_command_fail (SY_EXIT_USAGE, "watch", NULL, "credentials and certificates are for addresses, not for recordings");

  return sy_watch_replay_run (places[0], options);
}

int
sy_command_watch (int    argc,
                  char **argv)
{
  g_auto (GStrv) addresses = NULL;
  g_autofree char *duration = NULL;
  g_autofree char *interval = NULL;
  g_auto (SyAuthOptions) auth = { NULL };
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "for", 0, 0, G_OPTION_ARG_STRING, &duration, "End after this time (500ms, 20s, 2m)", "D" },
    { "interval", 0, 0, G_OPTION_ARG_STRING, &interval, "Ask and print this often (default 1s; of a recording: as it was asked)", "D" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "A steelyard.watch/1 object a line", NULL },
    SY_AUTH_OPTION_ENTRIES (&auth),
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &addresses, NULL, "URL... | FILE" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (SyClock) clock = NULL;
  g_autoptr (SySession) session = NULL;
  g_autoptr (GError) error = NULL;
  gint64 interval_us = SY_SESSION_DEFAULT_INTERVAL_US;
  gint64 duration_us = 0;
  int status;

  if (!sy_command_parse_options (NULL, "Watches backends, or plays a recording, and prints a row for each backend and interval.\n"
                                 "Exit status: 0 each has answered; 1 one never did; 2 usage.", entries,
                                 &argc, &argv))
    return SY_EXIT_USAGE;

  if (addresses == NULL)
    return sy_command_fail (SY_EXIT_USAGE, "watch", NULL, "which URL?");

  if ((duration != NULL && !sy_command_parse_duration (duration, &duration_us, &error))
      || !sy_command_parse_interval (interval, &interval_us, &error))
    return sy_command_fail (SY_EXIT_USAGE, "watch", NULL, error->message);

  if (has_recording ((const char *const *) addresses))
    {
      const SyWatchReplay options = { interval != NULL ? interval_us : 0, duration_us, json };

      return play ((const char *const *) addresses, &options, &auth);
    }

  clock = sy_clock_new ();
  session = sy_session_new (clock, &error);
  if (session == NULL)
    return sy_command_fail (SY_EXIT_FAILED, "cannot start", NULL, error->message);

  sy_command_warn ("watch", sy_recogniser_get_problems (sy_session_get_recogniser (session)));
  if (!sy_auth_options_apply (&auth, (const char *const *) addresses, sy_session_get_access_book (session), &error))
    return sy_command_fail (SY_EXIT_USAGE, "watch", NULL, error->message);

  sy_session_set_interval (session, interval_us);
  status = add_backends (session, (const char **) addresses);
  if (status != SY_EXIT_OK)
    return status;

  return run (session, duration_us, json) ? sy_silence_check ("watch", session) : SY_EXIT_OK;
}
