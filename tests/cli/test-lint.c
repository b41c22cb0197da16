/* test-lint.c: steelyard-cli lint, as scripts use it
 *
 * Runs the program that STEELYARD_CLI names on our own data files and on files
 * with mistakes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

/* Runs `lint` with the arguments; returns its exit status. */
static int
run (const char  *kind,
     const char  *path,
     char       **output,
     char       **errors)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error,
                      g_getenv ("STEELYARD_CLI"), "lint", kind, path, NULL);

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, output, errors, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));

  return g_subprocess_get_exit_status (process);
}

static void
check_folder (const char *kind,
              const char *folder)
{
  g_autofree char *path = g_build_filename (g_getenv ("STEELYARD_DATADIR"), folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autofree char *output = NULL;
      g_autofree char *errors = NULL;

      if (!g_str_has_suffix (name, ".json"))
        continue;
      n++;
      g_assert_cmpint (run (kind, file, &output, &errors), ==, 0);
      g_assert_cmpstr (errors, ==, "");
      g_assert_true (g_str_has_prefix (output, file));
    }

  g_assert_cmpuint (n, >, 0);
}

static void
test_our_own (void)
{
  check_folder ("recogniser", "recognisers");
  check_folder ("prices", "prices");
}

/* Each finding is a line; a warning fails, a note does not. */
static void
test_prices (void)
{
#define MACHINE(id, cores, price, day)                                                                       \
  "{\"id\":\"" id "\",\"kind\":\"vm\",\"provider\":\"p\",\"region\":\"r\",\"sku\":\"" id "\",\"vcpu\":" cores   \
  ",\"mem_gib\":8,\"unit\":\"hour\",\"price\":\"" price "\",\"currency\":\"USD\",\"observed\":\"" day "\"," \
  "\"source\":\"s\",\"grade\":\"A\"}"
#define LIST(items) "{\"schema\":\"steelyard.prices/1\",\"items\":[" items "]}"
  static const struct { const char *text, *line; int status; const char *sum; } cases[] = {
    { LIST (MACHINE ("m.large", "2", "0.1", "2019-01-01")), "item 1 m.large: note: stale: ", 0, "a price list without a mistake, 1 note\n" },
    { LIST (MACHINE ("D2a", "2", "0.178", "unknown") "," MACHINE ("D4a", "4", "0.172", "unknown")), "item 1 D2a: warning: size-order: ", 1, ": 0 errors, 1 warning\n" },
    { LIST (MACHINE ("m.large", "2", "0", "2019")), "item 1 m.large: error: price-zero: ", 1, ": 1 error, 0 warnings\n" },
    { LIST ("7"), "item 1: error: format: ", 1, ": 1 error, 0 warnings\n" },
  };
  g_autofree char *directory = g_dir_make_tmp ("steelyard-lint-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "mine.json", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *output = NULL;
      g_autofree char *errors = NULL;

      g_assert_true (g_file_set_contents (path, cases[i].text, -1, NULL));
      g_assert_cmpint (run ("prices", path, &output, &errors), ==, cases[i].status);
      g_assert_nonnull (strstr (output, cases[i].line));
      g_assert_true (g_str_has_suffix (cases[i].status == 0 ? output : errors, cases[i].sum));
      g_assert_true ((*errors != '\0') == (cases[i].status != 0));
    }

  g_unlink (path);
  g_rmdir (directory);
#undef LIST
#undef MACHINE
}

static void
test_mistakes (void)
{
  static const struct { const char *kind, *text, *why; int status; } cases[] = {
    { "recogniser", "{\"schema\": \"steelyard.recogniser/1\", \"signals\": [{\"role\": \"cpu\", \"metric\": \"x\", \"type\": \"guage\"}]}",
      "signals[0].type: is not a type of metric", 1 },
    { "recogniser", "{", "1:", 1 },
    { "prices", "{}", "schema", 1 },
    { "poem", "{}", "prices or recogniser", 2 },
  };
  g_autofree char *directory = g_dir_make_tmp ("steelyard-lint-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "mine.json", NULL);
  g_autofree char *missing = g_build_filename (directory, "none.json", NULL);
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_clear_pointer (&output, g_free);
      g_clear_pointer (&errors, g_free);
      g_assert_true (g_file_set_contents (path, cases[i].text, -1, NULL));
      g_assert_cmpint (run (cases[i].kind, path, &output, &errors), ==, cases[i].status);
      g_assert_cmpstr (output, ==, "");
      g_assert_true (g_str_has_prefix (errors, "steelyard-cli: lint: "));
      g_assert_nonnull (strstr (errors, cases[i].why));
      g_assert_true (strchr (errors, '\n') == errors + strlen (errors) - 1);
    }

  g_clear_pointer (&output, g_free);
  g_clear_pointer (&errors, g_free);
  g_assert_cmpint (run ("recogniser", missing, &output, &errors), ==, 1);
  g_assert_nonnull (strstr (errors, "none.json"));
  g_unlink (path);
  g_rmdir (directory);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/lint/our-own", test_our_own);
  g_test_add_func ("/lint/prices", test_prices);
  g_test_add_func ("/lint/mistakes", test_mistakes);

  return g_test_run ();
}
