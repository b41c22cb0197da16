/* test-json-suite.c: the guard against JSONTestSuite
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads suites/JSONTestSuite/test_parsing of the folder that STEELYARD_DATA
 * names; without it the test is skipped. y_ files are JSON, n_ files are not,
 * i_ files may be either, but must not crash.
 */
#include "config.h"

#include "sy-error.h"
#include "sy-json.h"

/* JSON, but refused by us: which of two equal names counts is a guess. */
static const char *const stricter[] = {
  "y_object_duplicated_key.json",
  "y_object_duplicated_key_and_value.json",
  NULL,
};

static void
check_file (const char *folder,
            const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gboolean valid;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);

  valid = sy_json_check (text, length, NULL, &error);
  if (!valid)
    {
      g_assert_error (error, SY_ERROR, SY_ERROR_PARSE);
      g_assert_true (g_ascii_isdigit (error->message[0]));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }

  if (*name == 'n' && valid)
    g_test_fail_printf ("%s was accepted", name);
  if (*name == 'y' && valid == g_strv_contains (stricter, name))
    g_test_fail_printf ("%s: %s", name, valid ? "accepted" : error->message);
}

static void
test_suite (void)
{
  const char *data = g_getenv ("STEELYARD_DATA");
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;
  guint count = 0;

  if (data == NULL)
    {
      g_test_skip ("STEELYARD_DATA is not set");
      return;
    }

  folder = g_build_filename (data, "suites", "JSONTestSuite", "test_parsing", NULL);
  dir = g_dir_open (folder, 0, &error);
  g_assert_no_error (error);

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json"))
      {
        check_file (folder, name);
        count++;
      }

  g_test_message ("%u files", count);
  g_assert_cmpuint (count, >=, 300);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-suite/parsing", test_suite);

  return g_test_run ();
}
