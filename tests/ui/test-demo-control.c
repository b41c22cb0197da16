/* test-demo-control.c: which backends the demo of a window loads
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sy-demo-control.h"

static void
failed_cb (SyDemoControl *control,
           const char    *text)
{
  g_error ("%s", text);
}

/* Its own two servers while it runs, and nobody who was put beside them. */
static void
test_loads (void)
{
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SySession) session = sy_session_new (clock, &error);
  g_autoptr (SyDemoControl) control = NULL;
  g_autoptr (SyBackend) first = NULL;
  SyBackend *other;

  g_assert_no_error (error);
  other = sy_session_add (session, "127.0.0.1:1/metrics", NULL, &error);
  g_assert_no_error (error);
  control = sy_demo_control_new (session);
  g_signal_connect (control, "failed", G_CALLBACK (failed_cb), NULL);
  g_assert_false (sy_demo_control_loads (control, other));

  sy_demo_control_start (control, SY_DEMO_MODELS);
  while (sy_demo_control_get_phase (control) != SY_DEMO_RUNNING)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpuint (sy_session_get_n (session), ==, 3);
  g_assert_false (sy_demo_control_loads (control, other));
  for (guint i = 1; i < 3; i++)
    g_assert_true (sy_demo_control_loads (control, sy_session_get (session, i)));

  first = g_object_ref (sy_session_get (session, 1));
  sy_demo_control_stop (control);
  g_assert_false (sy_demo_control_loads (control, first));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo-control/loads", test_loads);
  return g_test_run ();
}
