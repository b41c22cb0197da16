/* test-calc-examples.c: every function of calc answers its own example
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sy-calc.h"

static void
test_example (gconstpointer data)
{
  const SyCalcFunction *function = data;
  const char *text = sy_calc_get_example (function->name);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) inputs = NULL;
  g_autoptr (JsonObject) out = NULL;
  g_autoptr (JsonObject) again = NULL;

  g_assert_nonnull (text);
  inputs = json_from_string (text, &error);
  g_assert_no_error (error);
  out = sy_calc_run (function->name, json_node_get_object (inputs), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (json_object_get_size (out), >, 0);

  /* The same inputs give the same answers, always. */
  again = sy_calc_run (function->name, json_node_get_object (inputs), &error);
  g_assert_no_error (error);
  g_assert_true (json_object_equal (out, again));
}

static void
test_unknown (void)
{
  g_assert_null (sy_calc_get_example ("no-such"));
}

int
main (int    argc,
      char **argv)
{
  g_autofree const SyCalcFunction **functions = sy_calc_list ();

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calc-examples/unknown", test_unknown);
  for (const SyCalcFunction **function = functions; *function != NULL; function++)
    {
      g_autofree char *path = g_strdup_printf ("/calc-examples/%s", (*function)->name);

      g_test_add_data_func (path, *function, test_example);
    }

  return g_test_run ();
}
