/* sy-command-drive.c: steelyard-cli drive, bounded open-loop load
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include "sy-command.h"

#include <glib-unix.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "sy-error.h"
#include "sy-file-limit.h"
#include "sy-load-check.h"
#include "sy-load-engine.h"
#include "sy-load-report.h"
#include "sy-load-self-test.h"
#include "sy-text.h"

#define DEFAULT_WORKLOAD "mobile-api"
#define OTHER_FILES 64 /* beside connections */
#define NO_CONNECTIONS G_MININT /* nobody said how many */
#define SUMMARY \
  "Puts the same bounded load on each URL: open loop, times from the intended start.\n" \
  "The workload brings the paths; a path in a URL is dropped.\n" \
  "Bounds: 5000 requests/s, 2000 connections, 120 s, 50 MB/s; this machine only, unless you consent.\n" \
  "Exit status: 0 the load was put on each; 1 one failed more than half of it, or all; 2 usage."

/* What was asked for on the command line. */
typedef struct {
  char    **urls;       /* owned */
  char    **consents;   /* owned, nullable */
  char     *rate;       /* owned, nullable */
  char     *steps;      /* owned, nullable */
  char     *duration;   /* owned, nullable */
  char     *timeout;    /* owned, nullable */
  char     *warm_up;    /* owned, nullable */
  char     *workload;   /* owned, nullable */
  gint64    seed;
  int       connections;
  gboolean  json;
  gboolean  self_test;
} Options;

/* The run as the main loop sees it. */
typedef struct {
  GMainLoop    *loop;   /* owned */
  SyLoadEngine *engine; /* owned */
  GError       *error;  /* owned, nullable */
  gboolean      json;
  gboolean      is_terminal;
  gboolean      is_unread;  /* standard output was closed */
  guint         n_lines;    /* of progress on the terminal */
  double        last_t;     /* of the last line */
} Session;

static void
options_clear (Options *options)
{
  g_strfreev (options->urls);
  g_strfreev (options->consents);
  g_free (options->rate);
  g_free (options->steps);
  g_free (options->duration);
  g_free (options->timeout);
  g_free (options->warm_up);
  g_free (options->workload);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* "100,200,400". */
static gboolean
parse_rates (const char  *text,
             SyLoadPlan  *plan,
             GError     **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  g_autoptr (GArray) rates = g_array_new (FALSE, FALSE, sizeof (double));

  /* No parts of "" are no rates, which is another thing to ask for. */
  for (guint i = 0; i == 0 || parts[i] != NULL; i++)
    {
      double rate;

      if (!sy_load_parse_rate (parts[i] != NULL ? parts[i] : text, &rate, error))
        return FALSE;

      g_array_append_val (rates, rate);
    }

  sy_load_plan_set_rates (plan, (const double *) (gpointer) rates->data, rates->len);
  return TRUE;
}

static gboolean
parse_options (int      *argc,
               char   ***argv,
               Options  *options)
{
  const GOptionEntry entries[] = {
    { "rate", 0, 0, G_OPTION_ARG_STRING, &options->rate, "Requests per second for each target (default: that of the workload)", "R" },
    { "steps", 0, 0, G_OPTION_ARG_STRING, &options->steps, "Rates one after the other, with equal shares of --for", "R1,R2,…" },
    { "for", 0, 0, G_OPTION_ARG_STRING, &options->duration, "How long: 20s, 2m, 500ms; at most 120s (default 20s)", "D" },
    { "warm-up", 0, 0, G_OPTION_ARG_STRING, &options->warm_up, "The beginning of --for that is asked but not counted (default none)", "D" },
    { "workload", 0, 0, G_OPTION_ARG_STRING, &options->workload, "Profile of the data folder, or a JSON file (default " DEFAULT_WORKLOAD ")", "NAME|FILE" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &options->seed, "Of the schedule; the same seed asks the same (default 1)", "N" },
    { "connections", 0, 0, G_OPTION_ARG_INT, &options->connections, "Most for each target, opened when needed (default 400)", "N" },
    { "timeout", 0, 0, G_OPTION_ARG_STRING, &options->timeout, "Of one request, and how long after --for the last ones are sent and waited for (default 10s)", "D" },
    { "consent", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->consents, "That machine is yours to load; needed for all but this one", "ORIGIN" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, "JSON lines on standard output", NULL },
    { "self-test", 0, 0, G_OPTION_ARG_NONE, &options->self_test, "Measures a known delay instead, and says how far off it was", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->urls, NULL, "URL…" },
    { NULL }
  };

  return sy_command_parse_options (NULL, SUMMARY, entries, argc, argv);
}

static SyLoadPlan *
make_plan (const Options  *options,
           GError        **error)
{
  const char *name = options->workload != NULL ? options->workload : DEFAULT_WORKLOAD;
  const char *rates = options->steps != NULL ? options->steps : options->rate;
  g_autoptr (SyWorkload) workload = NULL;
  g_autoptr (SyLoadPlan) plan = NULL;

  if (options->steps != NULL && options->rate != NULL)
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID, "--rate and --steps exclude each other");
      return NULL;
    }

  if (options->rate != NULL && strchr (options->rate, ',') != NULL)
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID, "--rate is one number; several are --steps");
      return NULL;
    }

  if (options->connections != NO_CONNECTIONS && options->connections <= 0)
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID, "--connections is a number above 0");
      return NULL;
    }

  workload = sy_workload_load (name, error);
  if (workload == NULL)
    return NULL;

  plan = sy_load_plan_new (workload);
  plan->seed = (guint64) options->seed;
  plan->connections = options->connections != NO_CONNECTIONS ? (guint) options->connections : 0;

  for (guint i = 0; options->urls != NULL && options->urls[i] != NULL; i++)
    if (!sy_load_plan_add_target (plan, options->urls[i], error))
      return NULL;

  for (guint i = 0; options->consents != NULL && options->consents[i] != NULL; i++)
    if (!sy_load_plan_add_consent (plan, options->consents[i], error))
      return NULL;

  if ((rates != NULL && !parse_rates (rates, plan, error)) ||
      (options->duration != NULL && !sy_command_parse_duration (options->duration, &plan->duration_us, error)) ||
      (options->warm_up != NULL && !sy_command_parse_duration (options->warm_up, &plan->warm_up_us, error)) ||
      (options->timeout != NULL && !sy_command_parse_duration (options->timeout, &plan->timeout_us, error)) ||
      !sy_load_plan_check (plan, error))
    return NULL;

  return g_steal_pointer (&plan);
}

/* A connection that this process cannot open would be told as one that the target
 * refused. */
static void
fit_connections (SyLoadPlan *plan)
{
  const guint64 n_targets = MAX (plan->targets->len, 1);
  const guint64 limit = sy_file_limit_raise (n_targets * plan->connections + OTHER_FILES);

  if (limit >= n_targets * plan->connections + OTHER_FILES)
    return;

  plan->connections = (guint) MAX ((limit - MIN (limit, OTHER_FILES)) / n_targets, 1);
  fprintf (stderr, "This process may have %" G_GUINT64_FORMAT " files open (ulimit -n): at most %u connections to each target.\n",
           limit, plan->connections);
}

/* What the workload asks on paper, before anything is sent. */
static void
print_demand (const SyLoadPlan *plan)
{
  SyWorkloadDemand demand;
  double busiest = 0;
  g_autofree char *name = sy_tty_escape (plan->workload->name, -1);

  for (guint i = 0; i < plan->n_rates; i++)
    busiest = MAX (busiest, plan->rates[i]);

  sy_workload_demand (plan->workload, busiest, &demand);
  fprintf (stderr, "%s: up to %g requests/s to each target; asks %.2f cores of it, %.1f in flight, %.0f connections\n",
           name, demand.rate, demand.cpu_cores, demand.concurrency, demand.connections);

  if (demand.connections > plan->connections)
    fprintf (stderr, "That is more than the %u connections allowed: requests will wait or be dropped.\n",
             plan->connections);
}

static void
print_line (Session *session,
            char    *line)
{
  if (!session->is_unread && !sy_command_print (line))
    {
      session->is_unread = TRUE;
      sy_load_engine_stop (session->engine);
    }

  g_free (line);
}

/* On a terminal the lines of the last second are written over; there may be
 * fewer of them now, when a target was given up. */
static void
print_progress (Session          *session,
                const SyLoadTick *tick)
{
  g_autofree char *text = sy_load_report_tick_text (tick);

  if (session->is_terminal && session->n_lines > 0 && tick->t - session->last_t > 0.5)
    {
      fprintf (stderr, "\033[%uA\r\033[J", session->n_lines);
      session->n_lines = 0;
    }

  fprintf (stderr, "%s\n", text);
  session->n_lines++;
  session->last_t = tick->t;
}

static void
tick_cb (SyLoadEngine *engine,
         SyLoadTick   *tick,
         gpointer      user_data)
{
  Session *session = user_data;

  if (session->json)
    print_line (session, sy_load_report_tick_json (tick));
  else
    print_progress (session, tick);
}

static void
finished_cb (SyLoadEngine *engine,
             GError       *error,
             gpointer      user_data)
{
  Session *session = user_data;

  if (error != NULL)
    session->error = g_error_copy (error);

  g_main_loop_quit (session->loop);
}

static gboolean
signal_cb (gpointer user_data)
{
  Session *session = user_data;

  sy_load_engine_stop (session->engine);
  return G_SOURCE_CONTINUE;
}

/* Why @summary is a failure, or NULL. */
static const char *
find_failure (const SyLoadSummary *summary)
{
  const SyLoadTally *total = summary->total;

  /* Whatever has ended it: nothing was measured. */
  if (total->answered == 0 && total->errors + total->dropped > 0)
    return "none of the requests was answered as it should be";

  if (summary->aborted == NULL)
    return 2 * (total->errors + total->dropped + total->unfinished) > total->offered
             ? "more than half of the requests failed"
             : NULL;

  if (g_str_equal (summary->aborted, "stopped"))
    return NULL;

  return g_str_equal (summary->aborted, "bandwidth")
           ? "stopped: more than 50 MB in a second"
           : "stopped: more than half of the requests failed for five seconds";
}

static int
print_summaries (Session *session)
{
  GPtrArray *summaries = sy_load_engine_get_summaries (session->engine);
  int status = SY_EXIT_OK;

  if (session->json)
    {
      for (guint i = 0; i < summaries->len; i++)
        print_line (session, sy_load_report_summary_json (g_ptr_array_index (summaries, i)));
    }
  else
    {
      /* Its last line feed comes with the printing. */
      print_line (session, g_strchomp (sy_load_report_table (summaries)));
    }

  for (guint i = 0; i < summaries->len; i++)
    {
      const SyLoadSummary *summary = g_ptr_array_index (summaries, i);
      const char *why = find_failure (summary);

      if (why != NULL)
        status = sy_command_fail (SY_EXIT_FAILED, "drive", summary->target, why);
    }

  return status;
}

static int
run (SyLoadPlan *plan,
     gboolean    json)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  Session session = {
    .loop = loop,
    .json = json,
    .is_terminal = isatty (STDERR_FILENO) == 1,
  };
  g_autoptr (SyLoadEngine) engine = sy_load_engine_new (plan, &error);

  if (engine == NULL)
    return sy_command_fail (SY_EXIT_USAGE, "drive", NULL, error->message);

  session.engine = engine;
  g_signal_connect (engine, "tick", G_CALLBACK (tick_cb), &session);
  g_signal_connect (engine, "finished", G_CALLBACK (finished_cb), &session);

  if (!sy_load_engine_start (engine, &error))
    return sy_command_fail (SY_EXIT_FAILED, "drive", NULL, error->message);

  guint on_int = g_unix_signal_add (SIGINT, signal_cb, &session);
  guint on_term = g_unix_signal_add (SIGTERM, signal_cb, &session);

  g_main_loop_run (loop);
  g_source_remove (on_int);
  g_source_remove (on_term);

  if (session.error != NULL)
    {
      g_propagate_error (&error, session.error);
      return sy_command_fail (SY_EXIT_FAILED, "drive", NULL, error->message);
    }

  return print_summaries (&session);
}

static int
run_self_test (gboolean json)
{
  g_autoptr (GError) error = NULL;
  SyLoadSelfTest result;

  if (!sy_load_self_test (&result, &error))
    return sy_command_fail (SY_EXIT_FAILED, "drive", "self-test", error->message);

  g_autofree char *line = json ? sy_load_self_test_json (&result) : sy_load_self_test_text (&result);

  /* A reader that went away does not change the result. */
  (void) sy_command_print (line);
  return result.passed ? SY_EXIT_OK : SY_EXIT_FAILED;
}

int
sy_command_drive (int    argc,
                  char **argv)
{
  g_auto (Options) options = { .seed = 1, .connections = NO_CONNECTIONS };
  g_autoptr (GError) error = NULL;

  /* Load must not go on when nobody is there to stop it. */
  prctl (PR_SET_PDEATHSIG, SIGTERM);

  if (!parse_options (&argc, &argv, &options))
    return SY_EXIT_USAGE;

  if (options.self_test)
    return run_self_test (options.json);

  SyLoadPlan *plan = make_plan (&options, &error);

  if (plan == NULL)
    return sy_command_fail (SY_EXIT_USAGE, "drive", NULL, error->message);

  fit_connections (plan);
  if (!options.json)
    print_demand (plan);

  return run (plan, options.json);
}
