/* main.c: steelyard-cli, the engine without a display
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "sy-command.h"
#include "sy-memory.h"
#include "sy-near-name.h"

static const struct {
  const char    *name;
  const char    *synopsis;
  const char    *summary;
  SyCommandFunc  run;
} commands[] = {
  { "serve", "--model event-loop|threads [--port N] [--workers N]", "run a reference server on 127.0.0.1", sy_command_serve },
  { "drive", "URL... --rate R|--steps R1,R2,… --for D [--workload NAME] [--json]", "bounded open-loop load, the same schedule for each URL", sy_command_drive },
  { "inspect", "URL|FILE|- [--format F] [--strict] [--again D] [--auth-file FILE|--auth-env NAME] [--json]", "what is it, what does it say", sy_command_inspect },
  { "watch", "URL...|FILE [--for D] [--interval D] [--auth-file FILE|--auth-env NAME] [--json]", "live signals, a row per backend and interval", sy_command_watch },
  { "demo", "[--real] [--for D] [--rate R] [--json]", "start two servers, load both, print the comparison", sy_command_demo },
  { "prices", "FILE.csv --currency CODE [-o OUT]", "OpenCost's node prices as a price list of yours", sy_command_prices },
  { "lint", "prices|recogniser FILE", "is a data file right", sy_command_lint },
  { "compare", "URL|FILE [URL|FILE] [--load PROFILE] [--for D] [--expect a|b|equal] [--report OUT] [--json]", "which of two is ahead, by how much, and what stands against it", sy_command_compare },
  { "record", "URL... --for D -o FILE [--interval D] [--mark MARK] [--max-size MiB] [--json]", "write down all that backends say", sy_command_record },
  { "export", "FILE --csv DIR", "a recording as tables", sy_command_export },
  { "report", "DECISION.json|FILE.steelyard [FILE.steelyard] -o OUT.pdf|.html|.md|.json|- [--format F] [--paper P] [--addresses]", "a decision as a record for people", sy_command_report },
  { "thumbnail", "FILE -o OUT.png [--size N]", "a recording as a small picture, for file managers", sy_command_thumbnail },
  { "calc", "NAME|--list", "one function of the model: a JSON object in, a JSON object out", sy_command_calc },
};

static void
print_help (FILE *stream)
{
  fputs ("Usage: steelyard-cli COMMAND [ARGUMENTS]\n\nCommands:\n", stream);

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    fprintf (stream, "  %-9s %s\n            %s\n", commands[i].name, commands[i].synopsis, commands[i].summary);

  fputs ("\nURL: http(s)://HOST/PATH, ws(s)://HOST/PATH, prometheus+http://HOST/?match={LABEL=\"VALUE\"} for what a\n"
         "Prometheus server watches, otlp://127.0.0.1:4318/SERVICE for a backend that pushes OpenTelemetry metrics here.\n"
         "For watch and compare FILE is a recording; compare takes FILE#b for its backend b.\n", stream);
  fputs ("\n`steelyard-cli COMMAND --help` says more. Exit status: 0 done, 1 failed, 2 usage,\n3 verdict not as expected, 4 not comparable.\n", stream);
}

static int
fail_unknown (const char *name)
{
  const char *names[G_N_ELEMENTS (commands) + 1] = { NULL };
  g_autofree char *why = NULL;
  const char *near_name;

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    names[i] = commands[i].name;

  near_name = sy_near_name (name, names);
  why = near_name != NULL ? g_strdup_printf ("did you mean %s? See steelyard-cli --help", near_name)
                          : g_strdup ("see steelyard-cli --help");
  return sy_command_fail (SY_EXIT_USAGE, "unknown command", name, why);
}

/* Its --help begins with what to type. */
static int
run_command (gsize   index,
             int     argc,
             char  **argv)
{
  g_autofree char *name = g_strconcat ("steelyard-cli ", commands[index].name, NULL);

  g_set_prgname (name);
  return sy_command_end (commands[index].run (argc, argv), commands[index].name);
}

int
main (int    argc,
      char **argv)
{
  sy_memory_init ();
  setlocale (LC_ALL, "");

  /* libsoup 3.2 has HTTP/2 faults that only this switch avoids; it is read
   * when the first session is made. */
  g_setenv ("SOUP_FORCE_HTTP1", "1", TRUE);

  /* A reader that went away is not a crash: writes fail with EPIPE instead. */
  signal (SIGPIPE, SIG_IGN);

  if (argc < 2)
    {
      print_help (stderr);
      return SY_EXIT_USAGE;
    }

  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0 || strcmp (argv[1], "help") == 0)
    {
      print_help (stdout);
      return SY_EXIT_OK;
    }

  if (strcmp (argv[1], "--version") == 0)
    {
      printf ("steelyard-cli %s\n", PACKAGE_VERSION);
      return SY_EXIT_OK;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (argv[1], commands[i].name) == 0)
      return run_command (i, argc - 1, argv + 1);

  return fail_unknown (argv[1]);
}
