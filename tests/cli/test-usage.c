/* test-usage.c: what every command of steelyard-cli does alike
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "run-cli.h"

#define A "http://127.0.0.1:1/metrics"
#define B "http://127.0.0.1:2/metrics"

/* Parts of messages. */
#define NO_RATE "is no rate: write requests per second"
#define NO_DURATION "is not a duration: write a number and ms, s, m or h"
#define NO_TIME "is too short: at least 0.001ms"
#define FAR_INTERVAL ": between 100ms and 1h"
#define NO_INTEGER "Cannot parse integer value"

static const char *const commands[] = {
  "serve", "drive", "inspect", "watch", "demo", "lint", "compare", "record", "export", "report", "prices", "thumbnail", "calc",
};

/* Whatever else is wrong; what to type comes first, with the program's name. */
static void
test_help (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_auto (CliRun) run = { 0 };
      g_autofree char *usage = g_strdup_printf ("Usage:\n  steelyard-cli %s ", commands[i]);

      cli_run (&run, (const char *[]) { commands[i], "--no-such-option", "--for", "soon", "--help", NULL }, NULL);
      g_assert_cmpint (run.status, ==, 0);
      g_assert_cmpstr (run.errors, ==, "");
      g_assert_true (g_str_has_prefix (run.output, usage));

      cli_run (&run, (const char *[]) { commands[i], "--no-such-option", "--", "--help", NULL }, NULL);
      cli_run_assert_failed (&run, 2, "--no-such-option");
      g_assert_cmpstr (run.output, ==, "");
    }
}

static void
test_near_names (void)
{
  static const struct {
    const char *name;
    const char *meant; /* nullable */
  } cases[] = {
    { "inspct", "inspect" }, { "insepct", "inspect" }, { "inspectt", "inspect" }, { "insbect", "inspect" },
    { "wacth", "watch" },    { "recrod", "record" },   { "comparr", "compare" },  { "dem", "demo" },
    { "frobnicate", NULL },  { "x", NULL },            { "", NULL },              { "re", NULL },
    { "inspectinspectinspectinspectinspectinspectinspectinspectinspectinspect", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (CliRun) run = { 0 };
      g_autofree char *hint = cases[i].meant != NULL ? g_strdup_printf ("did you mean %s? ", cases[i].meant)
                                                     : g_strdup_printf ("unknown command: %s: see ", cases[i].name);

      cli_run (&run, (const char *[]) { cases[i].name, NULL }, NULL);
      cli_run_assert_failed (&run, 2, hint);
    }
}

/* Each option that is a number, with each value that is none, and what is said of it. */
static void
test_numbers (void)
{
  static const char *const rates[] = { "nan", "0", "-5", "5x", NULL };
  static const char *const all_rates[] = { "nan", "inf", "0", "-5", "5x", "", "1e400", NULL };
  static const char *const times[] = { "nans", "0s", "-1s", "5x", NULL };
  static const char *const all_times[] = { "nans", "0s", "-1s", "5", "5x", "1e3s", "", "1s1s", NULL };
  static const char *const instants[] = { "0.0001ms", "0.0000001s", NULL };
  static const char *const timeouts[] = { "0.5ms", "0.0009s", NULL };
  static const char *const intervals[] = { "0s", "-1s", "5x", NULL };
  static const char *const far_intervals[] = { "1ms", "2h", NULL };
  static const char *const words[] = { "nan", "5x", "", NULL };
  static const char *const counts[] = { "0", "-1", NULL };
  static const char *const huge[] = { "99999999999", NULL };
  static const char *const ports[] = { "-1", "65536", NULL };
  static const char *const switches[] = { "nan", "0", "-5", NULL };
  static const char *const tails[] = { "5x", NULL };
  static const char *const beyond[] = { "3000", NULL };              /* the bound is 5000 for two together */
  static const char *const demos[] = { "1500ms", "500ms", "3m", NULL };
  static const char *const steps[] = { "1,,2", "1,", "1,nan", NULL };
  static const char *const loadless[] = { "5", NULL };               /* the rate of which load? */
  static const char *const files[] = { "1s", NULL };                 /* which say the same again */
  static const struct {
    const char        *command[6];
    const char        *option;
    const char *const *wrong;
    const char        *part;   /* of the message */
  } cases[] = {
    { { "demo" }, "--rate", rates, NO_RATE },
    { { "demo" }, "--rate", beyond, "the bound is 5000" },
    { { "demo" }, "--for", all_times, NO_DURATION },
    { { "demo" }, "--for", demos, "--for: whole seconds, between 1s and 2m" },
    { { "demo" }, "--interval", intervals, NO_DURATION },
    { { "demo" }, "--interval", far_intervals, FAR_INTERVAL },
    { { "drive", A }, "--rate", all_rates, NO_RATE },
    { { "drive", A }, "--steps", rates, NO_RATE },
    { { "drive", A }, "--steps", steps, NO_RATE },
    { { "drive", A }, "--for", times, NO_DURATION },
    { { "drive", A }, "--warm-up", times, NO_DURATION },
    { { "drive", A }, "--timeout", times, NO_DURATION },
    { { "drive", A }, "--timeout", instants, NO_TIME },
    { { "drive", A }, "--timeout", timeouts, "s: at least 0.001 s" },
    { { "drive", A }, "--connections", words, NO_INTEGER },
    { { "drive", A }, "--connections", counts, "--connections is a number above 0" },
    { { "drive", A }, "--connections", huge, "--connections out of range" },
    { { "drive", A }, "--seed", words, NO_INTEGER },
    { { "compare", A, B, "--load", "mixed" }, "--rate", rates, NO_RATE },
    { { "compare", A, B, "--load", "mixed" }, "--rate", beyond, "the bound is 5000" },
    { { "compare", A, B }, "--rate", loadless, "--rate: needs --load" },
    { { "compare", A, B }, "--for", times, NO_DURATION },
    { { "compare", A, B }, "--warm-up", times, NO_DURATION },
    { { "compare", A, B }, "--give-up", times, NO_DURATION },
    { { "inspect", A }, "--again", times, NO_DURATION },
    { { "inspect", "-" }, "--again", files, "--again asks an address twice" },
    { { "watch", A }, "--for", times, NO_DURATION },
    { { "watch", A }, "--for", instants, NO_TIME },
    { { "watch", A }, "--interval", intervals, NO_DURATION },
    { { "watch", A }, "--interval", far_intervals, FAR_INTERVAL },
    { { "record", A, "-o", "/nonexistent/x" }, "--for", times, NO_DURATION },
    { { "record", A, "-o", "/nonexistent/x" }, "--for", instants, NO_TIME },
    { { "record", A, "-o", "/nonexistent/x" }, "--interval", intervals, NO_DURATION },
    { { "record", A, "-o", "/nonexistent/x" }, "--interval", far_intervals, FAR_INTERVAL },
    { { "serve", "--model", "threads" }, "--workers", words, NO_INTEGER },
    { { "serve", "--model", "threads" }, "--workers", counts, "--workers is 1 to 512" },
    { { "serve", "--model", "threads" }, "--workers", huge, "--workers out of range" },
    { { "serve", "--model", "threads" }, "--queue", words, NO_INTEGER },
    { { "serve", "--model", "threads" }, "--queue", counts, "--queue is 1 to 100000" },
    { { "serve", "--model", "threads" }, "--queue", huge, "--queue out of range" },
    { { "serve", "--model", "threads" }, "--port", words, NO_INTEGER },
    { { "serve", "--model", "threads" }, "--port", ports, "--port is 0 to 65535" },
    { { "serve", "--model", "threads" }, "--switch-interval", switches, "--switch-interval is 0.001 to 10000" },
    { { "serve", "--model", "threads" }, "--switch-interval", tails, "Cannot parse double value" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint j = 0; cases[i].wrong[j] != NULL; j++)
      {
        g_auto (CliRun) run = { 0 };
        g_autofree char *option = g_strdup_printf ("%s=%s", cases[i].option, cases[i].wrong[j]);
        const char *arguments[G_N_ELEMENTS (cases[i].command) + 2] = { NULL };
        guint n = 0;

        while (n < G_N_ELEMENTS (cases[i].command) && cases[i].command[n] != NULL)
          {
            arguments[n] = cases[i].command[n];
            n++;
          }
        arguments[n] = option;

        g_test_message ("%s %s", cases[i].command[0], option);
        cli_run (&run, arguments, NULL);
        cli_run_assert_failed (&run, 2, cases[i].part);
        g_assert_cmpstr (run.output, ==, "");
      }
}

/* Nobody reads: that ends it, and is no failure. */
static void
test_closed_pipe (void)
{
  static const struct {
    const char *arguments[6];
  } cases[] = {
    { { "--help" } },
    { { "--version" } },
    { { "demo", "--help" } },
    { { "calc", "--list" } },
    { { "inspect", "-" } },
    { { "inspect", "--json", "-" } },
    { { "serve", "--model", "event-loop" } },
    { { "demo", "--for", "60s" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GSubprocessLauncher) launcher =
        g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
      g_autoptr (GPtrArray) argv = g_ptr_array_new ();
      g_autoptr (GSubprocess) process = NULL;
      g_autoptr (GBytes) in = g_bytes_new_static ("up 1\n", 5);
      g_autoptr (GBytes) err = NULL;
      g_autoptr (GError) error = NULL;
      int ends[2];

      g_assert_cmpint (pipe2 (ends, O_CLOEXEC), ==, 0);
      close (ends[0]);
      g_subprocess_launcher_take_stdout_fd (launcher, ends[1]);

      g_ptr_array_add (argv, (gpointer) g_getenv ("STEELYARD_CLI"));
      for (guint j = 0; j < G_N_ELEMENTS (cases[i].arguments); j++)
        g_ptr_array_add (argv, (gpointer) cases[i].arguments[j]);

      process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
      g_assert_no_error (error);
      g_subprocess_communicate (process, in, NULL, NULL, &err, &error);
      if (error == NULL || !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE))
        g_assert_no_error (error);

      g_test_message ("%s: %.*s", cases[i].arguments[0], (int) g_bytes_get_size (err), (const char *) g_bytes_get_data (err, NULL));
      g_assert_true (g_subprocess_wait (process, NULL, NULL));
      g_assert_true (g_subprocess_get_if_exited (process));
      g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
      g_assert_cmpuint (g_bytes_get_size (err), ==, 0);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* a program that refuses its arguments ends before it reads what we write */
  signal (SIGPIPE, SIG_IGN);
  g_test_add_func ("/usage/help", test_help);
  g_test_add_func ("/usage/near-names", test_near_names);
  g_test_add_func ("/usage/numbers", test_numbers);
  g_test_add_func ("/usage/closed-pipe", test_closed_pipe);
  return g_test_run ();
}
