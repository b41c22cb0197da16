/* test-drive-command.c: steelyard-cli drive, what it prints and how it ends
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "../drive/load-server.h"
#include "run-cli.h"

#define FULL "steelyard-cli: drive: standard output: No space left on device\n"

typedef struct
{
  LoadServer *server;
  char       *workload; /* (owned): path of a profile */
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->server = load_server_new ();
  self->workload = g_build_filename (g_get_tmp_dir (), "drive-command-XXXXXX.json", NULL);
  g_close (g_mkstemp (self->workload), NULL);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  load_server_free (self->server);
  g_unlink (self->workload);
  g_free (self->workload);
}

/* Ten evenly spaced requests a second, each of one of @classes. */
static void
write_workload (Fixture    *self,
                const char *classes)
{
  g_autofree char *json =
    g_strdup_printf ("{\"schema\":\"steelyard.workload/1\",\"id\":\"t\",\"name\":\"T\",\"use_case\":\"t\","
                     "\"arrival\":{\"kind\":\"periodic\",\"rate\":10},\"classes\":[%s]}", classes);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (self->workload, json, -1, &error);
  g_assert_no_error (error);
}

/* What cannot be written is said, and that nobody reads is no failure: of the table as
 * of the lines. */
static void
test_output (Fixture       *self,
             gconstpointer  data)
{
  static const struct { const char *option, *where, *end; } cases[] = {
    { "", ">/dev/full", FULL "1\n" },
    { "--json", ">/dev/full", FULL "1\n" },
    { "", "| true", "0\n" },
    { "--json", "| true", "0\n" },
  };

  write_workload (self, "{\"name\":\"c\",\"weight\":1,\"path\":\"/do/work\"}");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *script = g_strdup_printf ("($STEELYARD_CLI drive %s --workload %s --for 500ms %s; echo $? >&2) %s",
                                                 cases[i].option, self->workload, load_server_get_url (self->server),
                                                 cases[i].where);
      const char *argv[] = { "sh", "-c", script, NULL };
      g_autofree char *errors = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", script);
      g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, &errors, NULL, &error));
      g_assert_no_error (error);
      g_assert_true (g_str_has_suffix (errors, cases[i].end));
      g_assert_cmpint (strstr (errors, FULL) != NULL, ==, strstr (cases[i].end, FULL) != NULL);
    }
}

/* One line feed at its end, and no more. */
static void
test_table (Fixture       *self,
            gconstpointer  data)
{
  g_auto (CliRun) run = { 0 };

  write_workload (self, "{\"name\":\"c\",\"weight\":1,\"path\":\"/do/work\"}");
  cli_run (&run, (const char *[]) { "drive", "--workload", self->workload, "--for", "500ms", load_server_get_url (self->server), NULL }, NULL);
  g_assert_cmpint (run.status, ==, 0);
  g_assert_true (g_str_has_prefix (run.output, load_server_get_url (self->server)));
  g_assert_true (g_str_has_suffix (run.output, "\n"));
  g_assert_false (g_str_has_suffix (run.output, "\n\n"));
}

/* A load that came to its end, of which more than half failed, and one of which less
 * did. The classes alternate by chance, but the seed is given. */
static void
test_share (Fixture       *self,
            gconstpointer  data)
{
  static const struct { const char *good, *bad; int status; } cases[] = { { "1", "4", 1 }, { "4", "1", 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (CliRun) run = { 0 };
      g_autofree char *classes =
        g_strdup_printf ("{\"name\":\"good\",\"weight\":%s,\"path\":\"/do/work\"},"
                         "{\"name\":\"bad\",\"weight\":%s,\"path\":\"/status/500\"}", cases[i].good, cases[i].bad);

      write_workload (self, classes);
      cli_run (&run, (const char *[]) { "drive", "--workload", self->workload, "--rate", "100", "--for", "500ms",
                                        load_server_get_url (self->server), NULL }, NULL);
      g_assert_cmpint (run.status, ==, cases[i].status);
      if (run.status != 0)
        cli_run_assert_failed (&run, 1, "more than half of the requests failed");
    }
}

#define ADD(name, func) g_test_add ("/drive-command/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("output", test_output);
  ADD ("table", test_table);
  ADD ("share", test_share);
  return g_test_run ();
}
