/* sy-command-demo.c: steelyard-cli demo, the whole comparison on a terminal
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Starts two servers and a load through SyDemo, prints the live table, and at
 * the end sets what the servers say of the run beside what the load generator
 * has seen.
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include <glib-unix.h>
#include <math.h>

#include "sy-command.h"
#include "sy-demo.h"
#include "sy-demo-summary.h"
#include "sy-live-table.h"
#include "sy-load-check.h"

/* What the generator needs after the last arrival, and we after its summary. */
#define DRAIN_SECONDS 15
#define DEFAULT_SECONDS 20
#define WORKLOAD "mixed"

typedef struct
{
  GMainLoop    *loop;    /* (owned) */
  SySession    *session; /* (owned) */
  SyLiveTable  *table;   /* (owned) */
  SyDemo       *demo;    /* (owned) (nullable): once started */
  GError       *error;   /* (owned) (nullable) */
  gboolean      json;
  gboolean      has_ended; /* the load, as planned */
  gboolean      is_late;   /* it has not, and is not waited for any longer */
  guint         seconds;   /* of load */
  gint64        started_us;
} Run;

static gboolean
tick_cb (gpointer user_data)
{
  Run *run = user_data;

  if (sy_live_table_print (run->table))
    return G_SOURCE_CONTINUE;

  g_main_loop_quit (run->loop);
  return G_SOURCE_REMOVE;
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
deadline_cb (gpointer user_data)
{
  Run *run = user_data;

  run->is_late = !run->has_ended;
  g_main_loop_quit (run->loop);
  return G_SOURCE_REMOVE;
}

static void
failed_cb (SyDemo *demo,
           GError *error,
           Run    *run)
{
  g_clear_error (&run->error);
  run->error = g_error_copy (error);
  g_main_loop_quit (run->loop);
}

/* The load has ended: one more scrape, so that the servers' last answers are
 * in their figures, then the end. */
static void
load_finished_cb (SyDemo *demo,
                  Run    *run)
{
  const gint64 wait_us = sy_session_get_interval (run->session) * 5 / 2;

  run->has_ended = TRUE;
  g_timeout_add ((guint) (wait_us / SY_USEC_PER_MSEC), quit_cb, run->loop);
}

static void
started_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Run *run = user_data;

  run->demo = sy_demo_start_finish (result, &run->error);
  if (run->demo == NULL)
    {
      g_main_loop_quit (run->loop);
      return;
    }

  run->started_us = sy_clock_get_monotonic (sy_session_get_clock (run->session));
  g_signal_connect (run->demo, "failed", G_CALLBACK (failed_cb), run);
  g_signal_connect (run->demo, "load-finished", G_CALLBACK (load_finished_cb), run);
  g_timeout_add ((guint) (sy_session_get_interval (run->session) / SY_USEC_PER_MSEC), tick_cb, run);
  g_timeout_add_seconds (run->seconds + DRAIN_SECONDS, deadline_cb, run);
}

static int
finish (Run *run)
{
  if (run->error != NULL)
    return sy_command_fail (SY_EXIT_FAILED, "demo", NULL, run->error->message);

  if (run->is_late)
    return sy_command_fail (SY_EXIT_FAILED, "demo", NULL, "the load has not come to its end in time");
  if (run->demo == NULL)
    return sy_command_fail (SY_EXIT_FAILED, "demo", NULL, "ended before both servers were there");

  sy_demo_summary_print (run->demo, run->started_us, run->json);
  return SY_EXIT_OK;
}

static int
run_demo (Run                 *run,
          const SyDemoOptions *options)
{
  int status;

  run->loop = g_main_loop_new (NULL, FALSE);
  run->seconds = options->seconds;
  run->table = sy_live_table_new (run->session, run->json);

  g_unix_signal_add (SIGINT, quit_cb, run->loop);
  g_unix_signal_add (SIGTERM, quit_cb, run->loop);
  sy_demo_start_async (run->session, options, NULL, started_cb, run);

  g_main_loop_run (run->loop);
  status = finish (run);

  if (run->demo != NULL)
    {
      g_signal_handlers_disconnect_by_data (run->demo, run);
      sy_demo_stop (run->demo);
      g_clear_object (&run->demo);
    }
  g_clear_error (&run->error);
  sy_live_table_free (run->table);
  g_main_loop_unref (run->loop);
  return status;
}

int
sy_command_demo (int    argc,
                 char **argv)
{
  g_autofree char *duration = NULL;
  g_autofree char *interval = NULL;
  g_autofree char *missing = NULL;
  gboolean real = FALSE;
  g_autofree char *rate = NULL;
  Run run = { 0 };
  const GOptionEntry entries[] = {
    { "real", 0, 0, G_OPTION_ARG_NONE, &real, "The service on Node.js and on Python in place of the C models", NULL },
    { "for", 0, 0, G_OPTION_ARG_STRING, &duration, "Length of the load (default 20s, at most 2m)", "D" },
    { "interval", 0, 0, G_OPTION_ARG_STRING, &interval, "Ask and print this often (default 1s)", "D" },
    { "rate", 0, 0, G_OPTION_ARG_STRING, &rate, "Requests a second for each server (default 200)", "R" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &run.json, "JSON lines, the last of schema steelyard.demo/1", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (SySession) session = NULL;
  g_autoptr (GError) error = NULL;
  gint64 duration_us = DEFAULT_SECONDS * SY_USEC_PER_SEC;
  gint64 interval_us = SY_SESSION_DEFAULT_INTERVAL_US;
  SyDemoOptions options = { .workload = WORKLOAD };
  /* Two servers of this machine; their ports are not known yet. */
  const char *const origins[] = { "http://127.0.0.1:1", "http://127.0.0.1:2", NULL };
  SyLoadWish wish = { .workload = WORKLOAD, .origins = origins };

  if (!sy_command_parse_options (NULL, "Starts two servers, loads both with the same schedule, prints the comparison.",
                                 entries, &argc, &argv))
    return SY_EXIT_USAGE;

  if ((duration != NULL && !sy_command_parse_duration (duration, &duration_us, &error))
      || !sy_command_parse_interval (interval, &interval_us, &error))
    return sy_command_fail (SY_EXIT_USAGE, "demo", NULL, error->message);

  if (duration_us < SY_USEC_PER_SEC || duration_us > SY_LOAD_MAX_DURATION_US || duration_us % SY_USEC_PER_SEC != 0)
    return sy_command_fail (SY_EXIT_USAGE, "demo", "--for", "whole seconds, between 1s and 2m");

  wish.rate = rate;
  wish.duration_us = duration_us;
  if (rate != NULL && !sy_load_check (&wish, &options.rate, &error))
    return sy_command_fail (SY_EXIT_USAGE, "demo", "--rate", error->message);

  if (real && !sy_demo_real_is_possible (&missing))
    return sy_command_fail (SY_EXIT_FAILED, "demo", missing, "not found on PATH: install it, or leave out --real");

  session = sy_session_new (clock, &error);
  if (session == NULL)
    return sy_command_fail (SY_EXIT_FAILED, "cannot start", NULL, error->message);

  sy_session_set_interval (session, interval_us);
  run.session = session;
  options.kind = real ? SY_DEMO_REAL : SY_DEMO_MODELS;
  options.seconds = (guint) (duration_us / SY_USEC_PER_SEC);

  return run_demo (&run, &options);
}
