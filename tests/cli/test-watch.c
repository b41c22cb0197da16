/* test-watch.c: what the costs of steelyard-cli watch rest on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <string.h>

/* Of a backend that nobody is: costs are not known, their price is. */
static char *
run (const char *form)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char *out = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, g_getenv ("STEELYARD_CLI"), "watch", "--for=400ms",
                              "--interval=100ms", "127.0.0.1:1", form, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  /* That nobody answered is its own failure. */
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
  return out;
}

static void
test_json (void)
{
  static const char *const texts[] = { "ref", "cls", "observed", "source", "grade" };
  g_autofree char *out = run ("--json");
  g_auto (GStrv) lines = g_strsplit (out, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), >=, 2);
  for (guint i = 0; *lines[i] != '\0'; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) root = json_from_string (lines[i], &error);
      JsonObject *price;

      g_assert_no_error (error);
      price = json_object_get_object_member (json_node_get_object (root), "price");
      for (guint k = 0; k < G_N_ELEMENTS (texts); k++)
        g_assert_cmpstr (json_object_get_string_member (price, texts[k]), !=, "");
      g_assert_cmpstr (json_object_get_string_member (price, "cls"), ==, "PRICED");
      g_assert_cmpfloat (json_object_get_double_member (price, "per_hour"), >, 0);
      g_assert_true (JSON_NODE_HOLDS_VALUE (json_object_get_member (price, "stale")));
    }
}

static void
test_text (void)
{
  g_autofree char *out = run ("--");

  g_assert_true (g_str_has_prefix (out, "  costs: "));
  g_assert_nonnull (strstr (out, "an hour, "));
  g_assert_nonnull (strstr (out, "PRICED: "));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/watch/json", test_json);
  g_test_add_func ("/watch/text", test_text);
  return g_test_run ();
}
