/* test-path-setting.c: a chosen path is used, or said why not
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sy-path-setting.h"

#define KEY "price-file"

typedef struct {
  GSettings *settings;
  char      *used;      /* (owned) (nullable) */
  guint      n_uses;
  guint      n_changes;
} Fixture;

/* Takes everything but what is called "bad". */
static gboolean
use (const char  *path,
     gpointer     user_data,
     GError     **error)
{
  Fixture *f = user_data;

  f->n_uses++;
  if (g_strcmp0 (path, "/bad") == 0)
    {
      g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_ACCES, "/bad: it is bad");
      return FALSE;
    }

  g_free (f->used);
  f->used = g_strdup (path);
  return TRUE;
}

static void
changed_cb (Fixture *f)
{
  f->n_changes++;
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->settings = g_settings_new (APPLICATION_ID);
  g_settings_reset (f->settings, KEY);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_settings_reset (f->settings, KEY);
  g_clear_object (&f->settings);
  g_free (f->used);
}

static void
test_choice (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr (SyPathSetting) setting = sy_path_setting_new (f->settings, KEY, use, f);
  g_autofree char *path = NULL;

  g_signal_connect_swapped (setting, "changed", G_CALLBACK (changed_cb), f);
  g_assert_cmpuint (f->n_uses, ==, 1);
  g_assert_null (f->used);

  sy_path_setting_set_path (setting, "/good");
  g_assert_cmpstr (f->used, ==, "/good");
  g_assert_cmpuint (f->n_changes, ==, 1);
  g_assert_null (sy_path_setting_get_error (setting));
  path = sy_path_setting_dup_path (setting);
  g_assert_cmpstr (path, ==, "/good");

  sy_path_setting_set_path (setting, NULL);
  g_assert_null (f->used);
  g_assert_cmpuint (f->n_changes, ==, 2);
  g_assert_null (sy_path_setting_dup_path (setting));
}

/* The choice stays, what is used is what no choice would be, and the next good one
 * takes the error away. */
static void
test_bad (Fixture       *f,
          gconstpointer  data)
{
  g_autoptr (SyPathSetting) setting = sy_path_setting_new (f->settings, KEY, use, f);
  g_autofree char *path = NULL;

  sy_path_setting_set_path (setting, "/good");
  sy_path_setting_set_path (setting, "/bad");
  g_assert_null (f->used);
  g_assert_nonnull (sy_path_setting_get_error (setting));
  g_assert_cmpstr (sy_path_setting_get_error (setting)->message, ==, "/bad: it is bad");
  path = sy_path_setting_dup_path (setting);
  g_assert_cmpstr (path, ==, "/bad");

  sy_path_setting_set_path (setting, "/good");
  g_assert_cmpstr (f->used, ==, "/good");
  g_assert_null (sy_path_setting_get_error (setting));
}

/* Of an earlier start; and nothing is done any more for one that is gone. */
static void
test_start (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr (SyPathSetting) setting = NULL;

  g_settings_set_string (f->settings, KEY, "/good");
  setting = sy_path_setting_new (f->settings, KEY, use, f);
  g_assert_cmpstr (f->used, ==, "/good");

  g_clear_object (&setting);
  g_settings_set_string (f->settings, KEY, "/other");
  g_assert_cmpstr (f->used, ==, "/good");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ui/path-setting/choice", Fixture, NULL, set_up, test_choice, tear_down);
  g_test_add ("/ui/path-setting/bad", Fixture, NULL, set_up, test_bad, tear_down);
  g_test_add ("/ui/path-setting/start", Fixture, NULL, set_up, test_start, tear_down);
  return g_test_run ();
}
