/* test-parameters.c: queries that are understood, and reasons for the others
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <libsoup/soup.h>
#include <math.h>

#include "sy-error.h"
#include "sy-parameters.h"
#include "sy-task.h"
#include "sy-work.h"

static SyTask *
make_task (const char  *route,
           const char  *query,
           GError     **error)
{
  g_autoptr(GHashTable) decoded = soup_form_decode (query);

  return sy_task_new (route, decoded, 20000, 7, error);
}

static void
test_refused (void)
{
  static const struct { const char *route, *query, *reason; } cases[] = {
    { "/do/cpu", "wu=x", "wu must be a decimal number from 0 to 1000000" },
    { "/do/cpu", "wu=", "wu must be a decimal number from 0 to 1000000" },
    { "/do/cpu", "wu=-1", "wu must be a decimal number from 0 to 1000000" },
    { "/do/cpu", "wu=1e3", "wu must be a decimal number from 0 to 1000000" },
    { "/do/cpu", "wu=0x10", "wu must be a decimal number from 0 to 1000000" },
    { "/do/cpu", "wu=.", "wu must be a decimal number from 0 to 1000000" },
    { "/do/cpu", "wu=nan", "wu must be a decimal number from 0 to 1000000" },
    { "/do/cpu", "wu=1.2.3", "wu must be a decimal number from 0 to 1000000" },
    { "/do/cpu", "wu=1000001", "wu must be a decimal number from 0 to 1000000" },
    { "/do/cpu", "wu=0000000000000000000000001", "wu must be a decimal number from 0 to 1000000" },
    { "/do/cpu", "wu=1&ms=1", "work is given in units or in milliseconds, not in both" },
    { "/do/io", "ms=60000.1", "ms must be a decimal number from 0 to 60000" },
    { "/do/mix", "seed=4294967296", "seed must be a decimal number from 0 to 4294967295" },
    { "/do/native", "ms=1", "/do/native takes only these parameters: kb, bytes" },
    { "/steelyard/v1/stream", "fields=some", "fields must be all" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (make_task (cases[i].route, cases[i].query, &error));
      g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
      g_assert_cmpstr (error->message, ==, cases[i].reason);
    }
}

static void
test_plans (void)
{
  static const struct { const char *route, *query; gint64 wait_us; guint64 n_steps; guint kib; } cases[] = {
    { "/plain", "", 0, 0, 0 },
    { "/do/io", "", 20000, 0, 0 },
    { "/do/io", "ms=1.5", 1500, 0, 0 },
    { "/do/cpu", "", 0, 10000, 0 },
    { "/do/cpu", "wu=0.25", 0, 2500, 0 },
    { "/do/cpu", "ms=.2", 0, 4000, 0 },
    { "/do/native", "kb=3", 0, 0, 3 },
    { "/do/mix", "p=0&ms=2&wu=5", 2000, 0, 0 },
    { "/do/mix", "p=100&ms=0&cpu_ms=3&kb=2", 0, 60000, 2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(SyTask) task = make_task (cases[i].route, cases[i].query, &error);

      g_assert_no_error (error);
      g_assert_cmpint (task->wait_us, ==, cases[i].wait_us);
      g_assert_cmpuint (task->n_steps, ==, cases[i].n_steps);
      g_assert_cmpuint (task->native_kib, ==, cases[i].kib);
    }
}

/* The same seed decides the same, without one the serial number does. */
static void
test_mix_seed (void)
{
  for (guint seed = 0; seed < 100; seed++)
    {
      g_autofree char *query = g_strdup_printf ("p=30&seed=%u", seed);
      g_autoptr(SyTask) task = make_task ("/do/mix", query, NULL);

      g_assert_cmpint (task->n_steps > 0, ==, sy_work_mix_picks (seed, 30));
    }
}

static void
test_answer (void)
{
  g_autoptr(SyTask) task = make_task ("/do/mix", "p=100&ms=0&wu=3&kb=1&bytes=400", NULL);
  g_autofree char *answer = NULL;
  const char *content_type;

  g_assert_true (sy_task_do_steps (task, 10000));
  g_assert_true (sy_task_do_steps (task, 10000));
  g_assert_false (sy_task_do_steps (task, 10000));
  sy_task_do_native (task);

  answer = sy_task_answer (task, &content_type);
  g_assert_cmpstr (content_type, ==, "application/json");
  g_assert_cmpuint (strlen (answer), ==, 400);
  g_assert_true (g_str_has_prefix (answer, "{\"route\":\"/do/mix\",\"wait_ms\":0,\"wu\":3,\"checksum\":\"9fa5e1b5\","
                                           "\"kb\":1,\"sha256\":\"785b0751fc2c53dc14a4ce3d800e69ef9ce1009eb327ccf458afe09c242c26c9\""));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reference/parameters/refused", test_refused);
  g_test_add_func ("/reference/parameters/plans", test_plans);
  g_test_add_func ("/reference/parameters/mix-seed", test_mix_seed);
  g_test_add_func ("/reference/parameters/answer", test_answer);

  return g_test_run ();
}
