/* sy-command-compare.c: steelyard-cli compare, which of two is ahead
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Watches two backends for a while, under a load of our own or under whatever
 * load they have, and prints what may be said of them. One of the two may be a
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
#include "sy-compare-arguments.h"
#include "sy-compare-pace.h"
#include "sy-compare-progress.h"
#include "sy-compare-replay.h"
#include "sy-compare-report.h"
#include "sy-compare-trial.h"
#include "sy-generator-report.h"
#include "sy-load-check.h"
#include "sy-session.h"

#define WHAT "compare"
#define DEFAULT_US (120 * SY_USEC_PER_SEC)

/* Of a new load: connections open, caches fill. Not part of the evidence. */
#define COLD_US (3 * SY_USEC_PER_SEC)

typedef struct
{
  GMainLoop    *loop;     /* (owned) */
  SySession    *session;  /* (owned) */
  SyWeighing   *weighing; /* (owned) (nullable): once the load is no longer cold */
  SyChild      *load;     /* (owned) (nullable) */
  GPtrArray    *summaries; /* (owned) (nullable) (element-type utf8): what the load says at its end */
  char         *error;    /* (owned) (nullable) */
  SyCompareRun  run;
  gint64        duration_us;
  gint64        begun_us; /* monotonic */
  SyComparePace pace;

  const SyCompareArguments *arguments; /* (borrowed) */
  SyCompareProgress        *progress;  /* (owned) (nullable): while it runs */
} Compare;

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static void
say (Compare *self)
{
  sy_compare_progress_say (self->progress, self->weighing != NULL ? sy_weighing_get_verdict (self->weighing)->state
                                                                  : SY_VERDICT_TOO_EARLY);
}

static void
state_cb (SyWeighing *weighing,
          GParamSpec *pspec,
          Compare    *self)
{
  say (self);
}

static gboolean
tick_cb (gpointer user_data)
{
  Compare *self = user_data;
  const gint64 now = sy_clock_get_monotonic (sy_session_get_clock (self->session));

  say (self);
  if (now - self->begun_us >= self->arguments->give_up_us && sy_compare_progress_is_in_vain (self->session))
    g_main_loop_quit (self->loop);

  return G_SOURCE_CONTINUE;
}

static gboolean
start_weighing_cb (gpointer user_data)
{
  Compare *self = user_data;
  SyClock *clock = sy_session_get_clock (self->session);

  self->weighing = sy_weighing_new (clock, sy_session_get (self->session, 0), sy_session_get (self->session, 1));
  g_object_set (self->weighing, "window-us", self->pace.window_us, "warm-up", self->pace.warm_up, NULL);
  sy_weighing_set_driven (self->weighing, self->run.load != NULL);
  g_signal_connect (self->weighing, "notify::state", G_CALLBACK (state_cb), self);
  self->run.from_us = sy_clock_get_wall (clock);

  return G_SOURCE_REMOVE;
}

static void
load_line_cb (SyChild    *child,
              const char *line,
              Compare    *self)
{
  if (sy_generator_report_is_summary (line))
    g_ptr_array_add (self->summaries, g_strdup (line));
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

static void
add_words (GPtrArray         *argv,
           const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) words[i]);
}

static gboolean
start_load (Compare  *self,
            GError  **error)
{
  g_autofree char *cli = sy_child_find_cli (error);
  g_autofree char *duration = g_strdup_printf ("%" G_GINT64_FORMAT "ms", self->duration_us / SY_USEC_PER_MSEC);
  char **consents = self->arguments->consents;
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  char rate[G_ASCII_DTOSTR_BUF_SIZE];

  if (cli == NULL)
    return FALSE;

  add_words (argv, (const char *[]) { cli, "drive", "--workload", self->run.load, "--for", duration, "--json", NULL });
  if (self->run.rate > 0)
    add_words (argv, (const char *[]) { "--rate", g_ascii_dtostr (rate, sizeof rate, self->run.rate), NULL });
  for (guint i = 0; consents != NULL && consents[i] != NULL; i++)
    add_words (argv, (const char *[]) { "--consent", consents[i], NULL });
  for (guint i = 0; i < 2; i++)
    g_ptr_array_add (argv, (gpointer) sy_url_get_origin (sy_source_get_url (sy_backend_get_source (sy_session_get (self->session, i)))));
  g_ptr_array_add (argv, NULL);

  self->load = sy_child_spawn ((const char *const *) argv->pdata, error);
  if (self->load == NULL)
    return FALSE;

  self->summaries = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (self->load, "line", G_CALLBACK (load_line_cb), self);
  g_signal_connect (self->load, "exited", G_CALLBACK (load_exited_cb), self);
  return TRUE;
}

/* Too close to call is not shown to be equal: that has not been decided. Of one that is
 * expected ahead it says that it is not, or not by much. */
static int
expected_status (SyExpectation  expected,
                 SyVerdictState state)
{
  switch (state)
    {
    case SY_VERDICT_A_AHEAD:
      return expected == SY_EXPECT_A ? SY_EXIT_OK : SY_EXIT_NOT_AS_EXPECTED;
    case SY_VERDICT_B_AHEAD:
      return expected == SY_EXPECT_B ? SY_EXIT_OK : SY_EXIT_NOT_AS_EXPECTED;
    case SY_VERDICT_PRACTICALLY_EQUAL:
      return expected == SY_EXPECT_EQUAL ? SY_EXIT_OK : SY_EXIT_NOT_AS_EXPECTED;
    case SY_VERDICT_TOO_CLOSE:
      return expected == SY_EXPECT_EQUAL ? SY_EXIT_NOT_COMPARABLE : SY_EXIT_NOT_AS_EXPECTED;
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
  if (self->arguments->expected == SY_EXPECT_NOTHING)
    return verdict->state == SY_VERDICT_NOT_COMPARABLE || verdict->state == SY_VERDICT_TOO_EARLY ? SY_EXIT_NOT_COMPARABLE
                                                                                                 : SY_EXIT_OK;

  return expected_status (self->arguments->expected, sy_verdict_get_decided (verdict));
}

/* Why there is no verdict: which backend never answered, why, and what to do.
 * NULL when both did. (transfer full) */
static char *
describe_silence (Compare *self)
{
  const gint64 now = sy_clock_get_monotonic (sy_session_get_clock (self->session));
  const double seconds = (double) (now - self->begun_us) / SY_USEC_PER_SEC;
  g_autoptr (GString) who = g_string_new (NULL);

  for (guint i = 0; i < 2; i++)
    {
      SyBackend *backend = sy_session_get (self->session, i);
      g_autofree char *text = sy_compare_progress_describe (backend);

      if (sy_backend_get_reading (backend) == NULL)
        g_string_append_printf (who, "%s%s", who->len > 0 ? "; " : "", text);
    }

  if (who->len == 0)
    return NULL;

  return g_strdup_printf ("no answer within %.0f s: %s. Start what is to be compared, or ask `steelyard-cli inspect URL` what is wrong",
                          fmax (seconds, 1), who->str);
}

/* Prints it, and writes the report where one is wanted. */
static int
tell (Compare               *self,
      const SyCompareAnswer *answer)
{
  int status = SY_EXIT_OK;

  sy_command_print (self->arguments->json ? answer->json : answer->text);
  if (self->arguments->report.path != NULL)
    status = sy_report_file_write (&self->arguments->report, answer->json, strlen (answer->json), NULL);

  return status == SY_EXIT_OK ? exit_status (self, answer->verdict) : status;
}

/* What stands against the load itself. */
static void
tell_generator (Compare *self)
{
  SyGeneratorFacts facts;

  if (self->summaries == NULL)
    return;

  sy_generator_report_read (self->summaries, &facts);
  sy_weighing_set_generator (self->weighing, &facts);
}

static int
finish (Compare *self)
{
  g_autofree char *silence = describe_silence (self);
  g_auto (SyCompareAnswer) answer = { NULL };

  /* A load that nobody answers fails, too: that is not the cause. */
  if (silence != NULL && (self->error == NULL || sy_compare_progress_is_in_vain (self->session)))
    return sy_command_fail (SY_EXIT_FAILED, WHAT, NULL, silence);
  if (self->error != NULL)
    return sy_command_fail (SY_EXIT_FAILED, WHAT, "load", self->error);
  if (self->weighing == NULL)
    return sy_command_fail (SY_EXIT_FAILED, WHAT, NULL, "ended before there was anything to compare");

  tell_generator (self);
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
  guint ticks;
  int status;

  self->begun_us = sy_clock_get_monotonic (sy_session_get_clock (self->session));

  if (self->run.load != NULL && !start_load (self, &error))
    return sy_command_fail (SY_EXIT_FAILED, WHAT, "load", error->message);

  self->loop = g_main_loop_new (NULL, FALSE);
  g_timeout_add ((guint) (cold_us / SY_USEC_PER_MSEC), start_weighing_cb, self);
  if (self->run.load == NULL)
    g_timeout_add ((guint) (self->duration_us / SY_USEC_PER_MSEC), quit_cb, self->loop);
  g_unix_signal_add (SIGINT, quit_cb, self->loop);
  g_unix_signal_add (SIGTERM, quit_cb, self->loop);
  self->progress = sy_compare_progress_new (self->session, self->begun_us + self->duration_us);
  ticks = g_timeout_add_seconds (1, tick_cb, self);
  say (self);

  g_main_loop_run (self->loop);
  g_source_remove (ticks);
  if (self->weighing != NULL)
    g_signal_handlers_disconnect_by_data (self->weighing, self);
  g_clear_pointer (&self->progress, sy_compare_progress_free);
  status = finish (self);

  if (self->load != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->load, self);
      sy_child_stop (self->load);
      g_clear_object (&self->load);
    }
  g_clear_object (&self->weighing);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->summaries, g_ptr_array_unref);
  g_free (self->error);
  return status;
}

/* With --protocol: steps and blocks one after the other, instead of both at once.
 * One backend alone is measured against itself. */
static int
run_trial (Compare *self)
{
  const char *protocol = self->arguments->protocol;
  char **consents = self->arguments->consents;
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

  status = sy_compare_trial_run (trial, self->arguments->json, &state);
  if (status == SY_EXIT_FAILED || self->arguments->expected == SY_EXPECT_NOTHING)
    return status;

  return expected_status (self->arguments->expected, state);
}

/* With recordings alone. */
static int
run_replay (Compare *self)
{
  const char *const *places = (const char *const *) self->arguments->addresses;
  const SyCompareReplay options = {
    .command = WHAT,
    .duration_us = self->arguments->duration_us,
    .warm_up = self->arguments->warm_up,
  };
  g_auto (SyCompareAnswer) answer = { NULL };
  const int status = sy_compare_replay_run (places, &options, &answer);

  return status == SY_EXIT_OK ? tell (self, &answer) : status;
}

static int
add_backends (SySession    *session,
              const char  **addresses)
{
  for (guint i = 0; addresses[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *place = sy_command_dup_place (addresses[i]);

      if (sy_compare_replay_is (addresses[i]))
        {
          const int status = sy_compare_replay_add_beside (session, addresses[i]);

          if (status != SY_EXIT_OK)
            return status;
        }
      else if (sy_session_add (session, addresses[i], NULL, &error) == NULL)
        return sy_command_fail (SY_EXIT_USAGE, WHAT, place, error->message);
    }

  return SY_EXIT_OK;
}

/* The load that was asked for, before anything of it is sent. */
static int
check_load (Compare *self)
{
  g_autoptr (GError) error = NULL;
  const char *origins[] = { NULL, NULL, NULL };
  const SyLoadWish wish = {
    .workload = self->run.load,
    .rate = self->arguments->rate,
    .duration_us = self->duration_us,
    .origins = origins,
    .consents = (const char *const *) self->arguments->consents,
  };

  for (guint i = 0; i < sy_session_get_n (self->session); i++)
    {
      SyBackend *backend = sy_session_get (self->session, i);

      if (!sy_backend_check_loadable (backend, &error))
        return sy_command_fail (SY_EXIT_USAGE, WHAT, "--load", error->message);

      origins[i] = sy_url_get_origin (sy_source_get_url (sy_backend_get_source (backend)));
    }

  if (sy_load_check (&wish, &self->run.rate, &error))
    return SY_EXIT_OK;

  return sy_command_fail (SY_EXIT_USAGE, WHAT, "--load", error->message);
}

/* Beside a recording there is nothing to compare with once that has ended. */
static int
choose_duration (Compare *self)
{
  const SyCompareArguments *arguments = self->arguments;
  int status = SY_EXIT_OK;

  self->duration_us = arguments->duration_us > 0 ? arguments->duration_us : DEFAULT_US;
  for (guint i = 0; arguments->addresses[i] != NULL && arguments->duration_us == 0 && status == SY_EXIT_OK; i++)
    if (sy_compare_replay_is (arguments->addresses[i]))
      {
        gint64 length_us = 0;

        status = sy_compare_replay_get_length (arguments->addresses[i], &length_us);
        self->duration_us = CLAMP (length_us, SY_USEC_PER_SEC, self->duration_us);
      }

  return status;
}

/* The comparison of what runs now. */
static int
run_live (Compare *self)
{
  const SyCompareArguments *arguments = self->arguments;
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (GError) error = NULL;
  int status = choose_duration (self);

  if (status != SY_EXIT_OK)
    return status;

  self->pace = sy_compare_pace (self->duration_us, arguments->warm_up);

  self->session = sy_session_new (clock, &error);
  if (self->session == NULL)
    return sy_command_fail (SY_EXIT_FAILED, WHAT, "cannot start", error->message);

  sy_session_set_interval (self->session, self->pace.scrape_us);
  status = add_backends (self->session, (const char **) arguments->addresses);
  for (guint i = 0; i < sy_session_get_n (self->session); i++)
    sy_backend_set_rate_window (sy_session_get (self->session, i), self->pace.rate_us);
  if (status == SY_EXIT_OK && self->run.load != NULL)
    status = check_load (self);
  if (status == SY_EXIT_OK)
    status = arguments->protocol != NULL ? run_trial (self) : run (self);

  g_clear_object (&self->session);
  return status;
}

int
sy_command_compare (int    argc,
                    char **argv)
{
  g_auto (SyCompareArguments) arguments = { NULL };
  Compare self = { .arguments = &arguments };
  const int status = sy_compare_arguments_parse (&arguments, &argc, &argv);

  if (status != SY_EXIT_OK)
    return status;

  self.run.load = arguments.load;
  return arguments.is_replay ? run_replay (&self) : run_live (&self);
}
