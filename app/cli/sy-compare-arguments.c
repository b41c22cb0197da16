/* sy-compare-arguments.c: what steelyard-cli compare was asked for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include "sy-compare-arguments.h"

#include <string.h>

#include "sy-clock.h"
#include "sy-command.h"
#include "sy-compare-replay.h"
#include "sy-load-plan.h"
#include "sy-weighing.h"

#define WHAT "compare"
#define GIVE_UP_US (10 * SY_USEC_PER_SEC)

/* Times and words as they were written, until they are looked at. */
typedef struct
{
  char *duration; /* owned, nullable */
  char *give_up;  /* owned, nullable */
  char *warm_up;  /* owned, nullable */
  char *expected; /* owned, nullable */
} Words;

static void
words_clear (Words *self)
{
  g_free (self->duration);
  g_free (self->give_up);
  g_free (self->warm_up);
  g_free (self->expected);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

static guint
count_recordings (const char *const *places)
{
  guint n = 0;

  for (guint i = 0; places != NULL && places[i] != NULL; i++)
    n += sy_compare_replay_is (places[i]);

  return n;
}

static gboolean
parse_expectation (const char    *text,
                   SyExpectation *ret)
{
  static const char *const words[] = { [SY_EXPECT_A] = "a", [SY_EXPECT_B] = "b", [SY_EXPECT_EQUAL] = "equal" };

  *ret = SY_EXPECT_NOTHING;
  if (text == NULL)
    return TRUE;

  for (guint i = SY_EXPECT_A; i < G_N_ELEMENTS (words); i++)
    if (strcmp (text, words[i]) == 0)
      *ret = (SyExpectation) i;

  return *ret != SY_EXPECT_NOTHING;
}

static gboolean
parse_options (SyCompareArguments   *self,
               Words                *words,
               int                  *argc,
               char               ***argv)
{
  const GOptionEntry entries[] = {
    { "load", 0, 0, G_OPTION_ARG_STRING, &self->load, "Load both with this workload, the same schedule (at most 2m)", "PROFILE" },
    { "rate", 0, 0, G_OPTION_ARG_STRING, &self->rate, "Requests a second of that load for each (default: the profile's)", "R" },
    { "protocol", 0, 0, G_OPTION_ARG_STRING, &self->protocol, "full or quick: find what each carries, then compare blocks below that; one URL is measured against itself (needs --load)", "HOW" },
    { "consent", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->consents, "With --load: that machine is yours to load; needed for all but this one", "ORIGIN" },
    { "for", 0, 0, G_OPTION_ARG_STRING, &words->duration, "Compare for this time (default 2m, beside a recording at most as long as that; of recordings alone: all)", "D" },
    { "warm-up", 0, 0, G_OPTION_ARG_STRING, &words->warm_up, "Leave out what a process says sooner after its start (default: a quarter of --for, at most 1m)", "D" },
    { "give-up", 0, 0, G_OPTION_ARG_STRING, &words->give_up, "End when neither has answered by then (default 10s)", "D" },
    { "expect", 0, 0, G_OPTION_ARG_STRING, &words->expected, "a, b (is ahead) or equal (shown to be): exit status 3 otherwise, 4 where nothing is decided", "WHO" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, "One steelyard.decision/1 object", NULL },
    { "report", 0, 0, G_OPTION_ARG_FILENAME, &self->report_path, "Write a report too: a name that ends in .pdf, .html, .md or .json", "OUT" },
    { "addresses", 0, 0, G_OPTION_ARG_NONE, &self->report.options.addresses, "The report names the addresses of the two", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->addresses, NULL, "URL URL | FILE [FILE] | FILE URL" },
    G_OPTION_ENTRY_NULL,
  };

  return sy_command_parse_options (NULL, "Says which of two backends is ahead, by how much, and what stands against it.\n"
                                   "Exit status: 0 a verdict, or the one expected; 1 no answer, or the load failed; 2 usage;\n"
                                   "3 not the verdict expected; 4 too little was measured, or it cannot be compared, or too\n"
                                   "close to call where equal was expected.",
                                   entries, argc, argv);
}

/* The words among them. */
static int
check_words (SyCompareArguments *self,
             const Words        *words)
{
  const char *protocol = self->protocol;
  const char *report = self->report_path;
  int status;

  if (protocol != NULL && strcmp (protocol, "full") != 0 && strcmp (protocol, "quick") != 0)
    return sy_command_fail (SY_EXIT_USAGE, WHAT, "--protocol", "full or quick");
  if (protocol != NULL && self->load == NULL)
    return sy_command_fail (SY_EXIT_USAGE, WHAT, "--protocol", "needs --load");
  if (self->rate != NULL && (self->load == NULL || protocol != NULL))
    return sy_command_fail (SY_EXIT_USAGE, WHAT, "--rate", "needs --load, and not with --protocol, which finds the rates");
  if (protocol != NULL && (words->duration != NULL || words->warm_up != NULL || words->give_up != NULL))
    return sy_command_fail (SY_EXIT_USAGE, WHAT, "--protocol", "takes its own time: not with --for, --warm-up or --give-up");
  if (self->consents != NULL && self->load == NULL)
    return sy_command_fail (SY_EXIT_USAGE, WHAT, "--consent", "needs --load");
  if (self->report.options.addresses && report == NULL)
    return sy_command_fail (SY_EXIT_USAGE, WHAT, "--addresses", "needs --report");
  if (report != NULL && (protocol != NULL || strcmp (report, "-") == 0))
    return sy_command_fail (SY_EXIT_USAGE, WHAT, "--report", "a file, and not with --protocol");
  if (!parse_expectation (words->expected, &self->expected))
    return sy_command_fail (SY_EXIT_USAGE, WHAT, "--expect", "a, b or equal");

  self->report.path = report;
  if (report == NULL)
    return SY_EXIT_OK;
  status = sy_report_file_init (&self->report, NULL, NULL);
  return status == SY_EXIT_OK ? sy_report_file_check (WHAT, report, NULL) : status;
}

/* The numbers. */
static int
check_times (SyCompareArguments *self,
             const Words        *words)
{
  g_autoptr (GError) error = NULL;
  gint64 warm_up_us = 0;

  if ((words->duration != NULL && !sy_command_parse_duration (words->duration, &self->duration_us, &error))
      || (words->give_up != NULL && !sy_command_parse_duration (words->give_up, &self->give_up_us, &error))
      || (words->warm_up != NULL && !sy_command_parse_duration (words->warm_up, &warm_up_us, &error)))
    return sy_command_fail (SY_EXIT_USAGE, WHAT, NULL, error->message);

  if (warm_up_us > SY_WEIGHING_MOST_WARM_UP * SY_USEC_PER_SEC)
    return sy_command_fail (SY_EXIT_USAGE, WHAT, "--warm-up", "at most 1h");
  if (self->load != NULL && self->duration_us > SY_LOAD_MAX_DURATION_US)
    return sy_command_fail (SY_EXIT_USAGE, WHAT, "--for", "at most 2m with --load");

  self->warm_up = words->warm_up != NULL ? (double) warm_up_us / SY_USEC_PER_SEC : -1;
  return SY_EXIT_OK;
}

/* What is compared with what. */
static int
check_places (SyCompareArguments *self)
{
  const char *const *places = (const char *const *) self->addresses;
  const guint n = places != NULL ? g_strv_length (self->addresses) : 0;

  const guint n_recordings = count_recordings (places);

  self->is_replay = n > 0 && n_recordings == n;
  if (n_recordings > 0 && self->load != NULL)
    return sy_command_fail (SY_EXIT_USAGE, WHAT, "--load", "not with a recording");
  if (n == 2 || (n == 1 && (self->is_replay || self->protocol != NULL)))
    return SY_EXIT_OK;

  return sy_command_fail (SY_EXIT_USAGE, WHAT, NULL, "give two URLs, recordings, or one of each");
}

void
sy_compare_arguments_clear (SyCompareArguments *self)
{
  g_clear_pointer (&self->addresses, g_strfreev);
  g_clear_pointer (&self->consents, g_strfreev);
  g_clear_pointer (&self->load, g_free);
  g_clear_pointer (&self->rate, g_free);
  g_clear_pointer (&self->protocol, g_free);
  g_clear_pointer (&self->report_path, g_free);
}

int
sy_compare_arguments_parse (SyCompareArguments   *self,
                            int                  *argc,
                            char               ***argv)
{
  g_auto (Words) words = { NULL };
  int status;

  self->give_up_us = GIVE_UP_US;
  self->report.command = WHAT;
  if (!parse_options (self, &words, argc, argv))
    return SY_EXIT_USAGE;

  status = check_words (self, &words);
  if (status == SY_EXIT_OK)
    status = check_places (self);
  return status == SY_EXIT_OK ? check_times (self, &words) : status;
}
