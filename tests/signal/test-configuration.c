/* test-configuration.c
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "sy-configuration.h"

static const struct {
  const char  *text;
  const char  *runtime, *version, *model;
  double       processes, threads;
  SyGlobalLock global_lock;
} bodies[] = {
  { "a 1\n", NULL, NULL, NULL, NAN, NAN, SY_GLOBAL_LOCK_UNKNOWN },
  { "nodejs_version_info{version=\"v20.20.2\",major=\"20\"} 1\n", NULL, "20.20.2", NULL, NAN, NAN, SY_GLOBAL_LOCK_UNKNOWN },
  { "python_info{implementation=\"CPython\",version=\"3.11.2\"} 1\n", "CPython", "3.11.2", NULL, NAN, NAN, SY_GLOBAL_LOCK_UNKNOWN },
  { "go_info{version=\"go1.19.8\"} 1\n", NULL, "1.19.8", NULL, NAN, NAN, SY_GLOBAL_LOCK_UNKNOWN },
  { "go_info{version=\"devel\"} 1\n", NULL, "devel", NULL, NAN, NAN, SY_GLOBAL_LOCK_UNKNOWN },
  { "go_info{version=\"\"} 1\n", NULL, NULL, NULL, NAN, NAN, SY_GLOBAL_LOCK_UNKNOWN },
  { "target_info{process_runtime_name=\"nodejs\",process_runtime_version=\"22.1.0\"} 1\n", "nodejs", "22.1.0", NULL, NAN, NAN,
    SY_GLOBAL_LOCK_UNKNOWN },
  { "steelyard_server_info{model=\"gil-threads\",runtime=\"cpython\",runtime_version=\"3.13.1\"} 1\n"
    "steelyard_workers{kind=\"process\"} 2\nsteelyard_workers{kind=\"thread\"} 16\npython_gil_enabled 1\n",
    NULL, "3.13.1", "gil-threads", 2, 16, SY_GLOBAL_LOCK_ON },
  { "python_gil_enabled 0\n", NULL, NULL, NULL, NAN, NAN, SY_GLOBAL_LOCK_OFF },
};

static void
test_bodies (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = g_bytes_new (bodies[i].text, strlen (bodies[i].text));
      g_autoptr (SySeriesTable) table = sy_series_table_new (0);
      g_autoptr (SyExposition) exposition = sy_exposition_parse (bytes, SY_FORMAT_PROMETHEUS, NULL, table, &error);
      g_auto (SyConfiguration) configuration = { 0 };

      g_assert_no_error (error);
      sy_configuration_read (&configuration, NULL, exposition);
      g_assert_cmpstr (configuration.runtime, ==, bodies[i].runtime);
      g_assert_cmpstr (configuration.version, ==, bodies[i].version);
      g_assert_cmpstr (configuration.model, ==, bodies[i].model);
      g_assert_null (configuration.framework);
      g_assert_true (isnan (bodies[i].processes) ? isnan (configuration.processes) : configuration.processes == bodies[i].processes);
      g_assert_true (isnan (bodies[i].threads) ? isnan (configuration.threads) : configuration.threads == bodies[i].threads);
      g_assert_cmpint (configuration.global_lock, ==, bodies[i].global_lock);
    }
}

static void
test_nothing (void)
{
  g_auto (SyConfiguration) configuration = { 0 };

  sy_configuration_read (&configuration, NULL, NULL);
  g_assert_null (configuration.runtime);
  g_assert_true (isnan (configuration.threads));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/configuration/bodies", test_bodies);
  g_test_add_func ("/configuration/nothing", test_nothing);

  return g_test_run ();
}
