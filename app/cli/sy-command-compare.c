/* sy-command-compare.c: steelyard-cli compare, which of two is ahead
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Watches two backends for a while, under a load of our own or under whatever
 * load they have, and prints what may be said of them. Windows are a fifteenth
 * of the time, between one and ten seconds, and a quarter of the time (at most a
 * minute) goes to warming up where a process is young. One of the two may be a
 * recording: it is said again from its first answer on, at the pace of the day.
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include <glib-unix.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sy-child.h"
#include "sy-command.h"
#include "sy-compare-replay.h"
#include "sy-compare-report.h"
#include "sy-compare-trial.h"
#include "sy-report-file.h"
#include "sy-session.h"
#include "sy-verdict-words.h"

#define WHAT "compare"
#define DEFAULT_US (120 * SY_USEC_PER_SEC)
#define MAX_LOAD_US (120 * SY_USEC_PER_SEC)
#define WINDOWS 15
#define SCRAPES_A_WINDOW 4
#define WARM_UP_SHARE 4

/* Of a new load: connections open, caches fill. Not part of the evidence. */
#define COLD_US (3 * SY_USEC_PER_SEC)

typedef enum { EXPECT_NOTHING, EXPECT_A, EXPECT_B, EXPECT_EQUAL } Expectation;

typedef struct
{
  GMainLoop    *loop;     /* (owned) */
  SySession    *session;  /* (owned) */
  SyWeighing   *weighing; /* (owned) (nullable): once the load is no longer cold */
  SyChild      *load;     /* (owned) (nullable) */
  char         *error;    /* (owned) (nullable) */
  SyCompareRun  run;
  gint64        duration_us;
  double        warm_up;
  Expectation   expected;
  gboolean      json;
  SyReportFile  report;   /* its path is NULL without one */
} Compare;

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static void
state_cb (SyWeighing *weighing,
          GParamSpec *pspec,
          Compare    *self)
{
  g_printerr ("%s\n", sy_verdict_state_label (sy_weighing_get_verdict (weighing)->state));
}

static gboolean
start_weighing_cb (gpointer user_data)
{
  Compare *self = user_data;
  SyClock *clock = sy_session_get_clock (self->session);
  const gint64 window_us = CLAMP (self->duration_us / WINDOWS, SY_USEC_PER_SEC, SY_WEIGHING_WINDOW_US);

  self->weighing = sy_weighing_new (clock, sy_session_get (self->session, 0), sy_session_get (self->session, 1));
  g_object_set (self->weighing, "window-us", window_us, "warm-up", self->warm_up, NULL);
  sy_weighing_set_driven (self->weighing, self->run.load != NULL);
  g_signal_connect (self->weighing, "notify::state", G_CALLBACK (state_cb), self);
  self->run.from_us = sy_clock_get_wall (clock);

  return G_SOURCE_REMOVE;
}

static void
load_exited_cb (SyChild *child,
                GError  *error,
                Compare *self)
{
  if (error != NULL)
    self->error = g_strdup (error->message);

  g_main_loop_quit (self->loop);
}

static gboolean
start_load (Compare  *self,
            GError  **error)
{
  g_autofree char *cli = sy_child_find_cli (error);
  g_autofree char *duration = g_strdup_printf ("%" G_GINT64_FORMAT "ms", self->duration_us / SY_USEC_PER_MSEC);
  const char *argv[] = { cli, "drive", "--workload", self->run.load, "--for", duration, "--json", NULL, NULL, NULL, NULL, NULL };
  char rate[G_ASCII_DTOSTR_BUF_SIZE];
  guint n = 7;

  if (cli == NULL)
    return FALSE;

  if (self->run.rate > 0)
    {
      argv[n++] = "--rate";
      argv[n++] = g_ascii_dtostr (rate, sizeof rate, self->run.rate);
    }
  for (guint i = 0; i < 2; i++)
    if (!sy_backend_check_loadable (sy_session_get (self->session, i), error))
      return FALSE;
  for (guint i = 0; i < 2; i++)
    argv[n++] = sy_url_get_origin (sy_source_get_url (sy_backend_get_source (sy_session_get (self->session, i))));

  self->load = sy_child_spawn (argv, error);
  if (self->load == NULL)
    return FALSE;

  g_signal_connect (self->load, "exited", G_CALLBACK (load_exited_cb), self);
  return TRUE;
}

/* What the expectation is held against: where the moment does not compare, what
 * can be said at equal load. */
static SyVerdictState
decided_state (const SyVerdict *verdict)
{
  return verdict->state == SY_VERDICT_NOT_COMPARABLE ? verdict->load.state : verdict->state;
}

static int
expected_status (Expectation    expected,
                 SyVerdictState state)
{
  switch (state)
    {
    case SY_VERDICT_A_AHEAD:
      return expected == EXPECT_A ? SY_EXIT_OK : SY_EXIT_NOT_AS_EXPECTED;
    case SY_VERDICT_B_AHEAD:
      return expected == EXPECT_B ? SY_EXIT_OK : SY_EXIT_NOT_AS_EXPECTED;
    case SY_VERDICT_PRACTICALLY_EQUAL:
    case SY_VERDICT_TOO_CLOSE:
      return expected == EXPECT_EQUAL ? SY_EXIT_OK : SY_EXIT_NOT_AS_EXPECTED;
    case SY_VERDICT_TOO_EARLY:
    case SY_VERDICT_NOT_COMPARABLE:
    default:
      return SY_EXIT_NOT_COMPARABLE;
    }
}

static int
exit_status (const Compare   *self,
             const SyVerdict *verdict)
{
  if (self->expected == EXPECT_NOTHING)
    return verdict->state == SY_VERDICT_NOT_COMPARABLE || verdict->state == SY_VERDICT_TOO_EARLY ? SY_EXIT_NOT_COMPARABLE
                                                                                                 : SY_EXIT_OK;

  return expected_status (self->expected, decided_state (verdict));
}

/* Why there is no verdict when a backend never answered. */
static const GError *
first_error (Compare *self)
{
  for (guint i = 0; i < 2; i++)
    {
      SyBackend *backend = sy_session_get (self->session, i);

      if (sy_backend_get_reading (backend) == NULL)
        return sy_source_get_error (sy_backend_get_source (backend));
    }

  return NULL;
}

/* Prints it, and writes the report where one is wanted. */
static int
tell (Compare               *self,
      const SyCompareAnswer *answer)
{
  int status = SY_EXIT_OK;

  sy_command_print (self->json ? answer->json : answer->text);
  if (self->report.path != NULL)
    status = sy_report_file_write (&self->report, answer->json, strlen (answer->json), NULL);

  return status == SY_EXIT_OK ? exit_status (self, answer->verdict) : status;
}

static int
finish (Compare *self)
{
  const GError *unreachable = first_error (self);
  g_auto (SyCompareAnswer) answer = { NULL };

  if (self->error != NULL)
    return sy_command_fail (SY_EXIT_FAILED, WHAT, "load", self->error);
  if (unreachable != NULL)
    return sy_command_fail (SY_EXIT_FAILED, WHAT, NULL, unreachable->message);
  if (self->weighing == NULL)
    return sy_command_fail (SY_EXIT_FAILED, WHAT, NULL, "ended before there was anything to compare");

  sy_weighing_flush (self->weighing);
  self->run.to_us = sy_clock_get_wall (sy_session_get_clock (self->session));
  sy_compare_answer_fill (&answer, self->weighing, &self->run);
  return tell (self, &answer);
}

static int
run (Compare *self)
{
  g_autoptr (GError) error = NULL;
  const gint64 cold_us = self->run.load != NULL ? MIN (COLD_US, self->duration_us / 10) : 0;
  int status;

  if (self->run.load != NULL && !start_load (self, &error))
    return sy_command_fail (SY_EXIT_FAILED, WHAT, "load", error->message);

  self->loop = g_main_loop_new (NULL, FALSE);
  g_timeout_add ((guint) (cold_us / SY_USEC_PER_MSEC), start_weighing_cb, self);
  if (self->run.load == NULL)
    g_timeout_add ((guint) (self->duration_us / SY_USEC_PER_MSEC), quit_cb, self->loop);
  g_unix_signal_add (SIGINT, quit_cb, self->loop);
  g_unix_signal_add (SIGTERM, quit_cb, self->loop);

  g_main_loop_run (self->loop);
  status = finish (self);

  if (self->load != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->load, self);
      sy_child_stop (self->load);
      g_clear_object (&self->load);
    }
  g_clear_object (&self->weighing);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_free (self->error);
  return status;
}

/* With --protocol: steps and blocks one after the other, instead of both at once.
 * One backend alone is measured against itself. */
static int
run_trial (Compare            *self,
           const char         *protocol,
           const char *const  *consents)
{
  SyClock *clock = sy_session_get_clock (self->session);
  SyBackend *b = sy_session_get_n (self->session) > 1 ? sy_session_get (self->session, 1) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SyLoadTrial) trial =
    sy_load_trial_new (clock, sy_session_get (self->session, 0), b, self->run.load, strcmp (protocol, "quick") == 0, &error);
  SyVerdictState state;
  int status;

  if (trial == NULL)
    return sy_command_fail (SY_EXIT_FAILED, WHAT, "load", error->message);

  for (guint i = 0; consents != NULL && consents[i] != NULL; i++)
    sy_load_trial_add_consent (trial, consents[i]);

  status = sy_compare_trial_run (trial, self->json, &state);
  if (status == SY_EXIT_FAILED || self->expected == EXPECT_NOTHING)
    return status;

  return expected_status (self->expected, state);
}

static guint
count_recordings (const char *const *places)
{
  guint n = 0;

  for (guint i = 0; places != NULL && places[i] != NULL; i++)
    n += sy_compare_replay_is (places[i]);

  return n;
}

static int
run_replay (Compare               *self,
            const char *const     *places,
            const SyCompareReplay *options)
{
  g_auto (SyCompareAnswer) answer = { NULL };
  const int status = sy_compare_replay_run (places, options, &answer);

  return status == SY_EXIT_OK ? tell (self, &answer) : status;
}

static gboolean
parse_expectation (const char  *text,
                   Expectation *ret)
{
  static const char *const words[] = { [EXPECT_A] = "a", [EXPECT_B] = "b", [EXPECT_EQUAL] = "equal" };

  *ret = EXPECT_NOTHING;
  if (text == NULL)
    return TRUE;

  for (guint i = EXPECT_A; i < G_N_ELEMENTS (words); i++)
    if (strcmp (text, words[i]) == 0)
      *ret = (Expectation) i;

  return *ret != EXPECT_NOTHING;
}

static int
add_backends (SySession    *session,
              const char  **addresses)
{
  for (guint i = 0; addresses[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;

      if (sy_compare_replay_is (addresses[i]))
        {
          const int status = sy_compare_replay_add_beside (session, addresses[i]);

          if (status != SY_EXIT_OK)
            return status;
        }
      else if (sy_session_add (session, addresses[i], NULL, &error) == NULL)
        return sy_command_fail (SY_EXIT_USAGE, WHAT, addresses[i], error->message);
    }

  return SY_EXIT_OK;
}

/* Something answers now, on one side at least. @protocol may be NULL. */
static int
run_live (Compare            *self,
          const char        **addresses,
          const char         *protocol,
          const char *const  *consents)
{
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (GError) error = NULL;
  int status;

  self->session = sy_session_new (clock, &error);
  if (self->session == NULL)
    return sy_command_fail (SY_EXIT_FAILED, WHAT, "cannot start", error->message);

  sy_session_set_interval (self->session, CLAMP (self->duration_us / WINDOWS / SCRAPES_A_WINDOW, SY_USEC_PER_SEC / 4, SY_USEC_PER_SEC));
  status = add_backends (self->session, addresses);
  if (status == SY_EXIT_OK)
    status = protocol != NULL ? run_trial (self, protocol, consents) : run (self);

  g_clear_object (&self->session);
  return status;
}

int
sy_command_compare (int    argc,
                    char **argv)
{
  g_auto (GStrv) addresses = NULL;
  g_autofree char *duration = NULL;
  g_autofree char *warm_up = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *load = NULL;
  g_autofree char *protocol = NULL;
  g_auto (GStrv) consents = NULL;
  g_autofree char *report = NULL;
  Compare self = { .duration_us = DEFAULT_US, .report = { .command = WHAT } };
  const GOptionEntry entries[] = {
    { "load", 0, 0, G_OPTION_ARG_STRING, &load, "Load both with this workload, the same schedule (at most 2m)", "PROFILE" },
    { "rate", 0, 0, G_OPTION_ARG_DOUBLE, &self.run.rate, "Requests a second of that load for each (default: the profile's)", "R" },
    { "protocol", 0, 0, G_OPTION_ARG_STRING, &protocol, "full or quick: find what each carries, then compare blocks below that; one URL is measured against itself (needs --load)", "HOW" },
    { "consent", 0, 0, G_OPTION_ARG_STRING_ARRAY, &consents, "With --protocol: that machine is yours to load; needed for all but this one", "ORIGIN" },
    { "for", 0, 0, G_OPTION_ARG_STRING, &duration, "Compare for this time (default 2m; of a recording: all)", "D" },
    { "warm-up", 0, 0, G_OPTION_ARG_STRING, &warm_up, "Leave out what a process says sooner after its start (default: a quarter of --for, at most 1m)", "D" },
    { "expect", 0, 0, G_OPTION_ARG_STRING, &expected, "a, b (is ahead) or equal (neither is): exit status 3 otherwise", "WHO" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self.json, "One steelyard.decision/1 object", NULL },
    { "report", 0, 0, G_OPTION_ARG_FILENAME, &report, "Write a report too: a name that ends in .pdf, .html, .md or .json", "OUT" },
    { "addresses", 0, 0, G_OPTION_ARG_NONE, &self.report.options.addresses, "The report names the addresses of the two", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &addresses, NULL, "URL URL | FILE [FILE] | FILE URL" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  gint64 warm_up_us = 0;
  guint n_recordings;

  if (!sy_command_parse_options (NULL, "Says which of two backends is ahead, by how much, and what stands against it.",
                                 entries, &argc, &argv))
    return SY_EXIT_USAGE;

  if (protocol != NULL && strcmp (protocol, "full") != 0 && strcmp (protocol, "quick") != 0)
    return sy_command_fail (SY_EXIT_USAGE, WHAT, "--protocol", "full or quick");
  if (protocol != NULL && load == NULL)
    return sy_command_fail (SY_EXIT_USAGE, WHAT, "--protocol", "needs --load");

  if (report != NULL && (protocol != NULL || strcmp (report, "-") == 0))
    return sy_command_fail (SY_EXIT_USAGE, WHAT, "--report", "a file, and not with --protocol");

  self.report.path = report;
  if (report != NULL && sy_report_file_init (&self.report, NULL, NULL) != SY_EXIT_OK)
    return SY_EXIT_USAGE;

  n_recordings = count_recordings ((const char *const *) addresses);
  if (addresses == NULL || addresses[0] == NULL || (addresses[1] == NULL && protocol == NULL && n_recordings == 0)
      || (addresses[1] != NULL && addresses[2] != NULL))
    return sy_command_fail (SY_EXIT_USAGE, WHAT, NULL, "give two URLs, recordings, or one of each");

  if ((duration != NULL && !sy_command_parse_duration (duration, &self.duration_us, &error))
      || (warm_up != NULL && !sy_command_parse_duration (warm_up, &warm_up_us, &error)))
    return sy_command_fail (SY_EXIT_USAGE, WHAT, NULL, error->message);

  if (!parse_expectation (expected, &self.expected))
    return sy_command_fail (SY_EXIT_USAGE, WHAT, "--expect", "a, b or equal");
  if (load != NULL && self.duration_us > MAX_LOAD_US)
    return sy_command_fail (SY_EXIT_USAGE, WHAT, "--for", "at most 2m with --load");
  if (load != NULL && n_recordings > 0)
    return sy_command_fail (SY_EXIT_USAGE, WHAT, "--load", "not with a recording");

  self.run.load = load;
  if (n_recordings == g_strv_length (addresses))
    {
      const SyCompareReplay options = {
        .command = WHAT,
        .duration_us = duration != NULL ? self.duration_us : 0,
        .warm_up = warm_up != NULL ? (double) warm_up_us / SY_USEC_PER_SEC : -1,
      };

      return run_replay (&self, (const char *const *) addresses, &options);
    }

  self.warm_up = warm_up != NULL ? (double) warm_up_us / SY_USEC_PER_SEC
                                 : fmin (SY_FAIR_WARM_UP, (double) self.duration_us / WARM_UP_SHARE / SY_USEC_PER_SEC);

  return run_live (&self, (const char **) addresses, protocol, (const char *const *) consents);
}
