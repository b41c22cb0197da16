/* test-datadir.c: the tree's data before the installed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sy-datadir.h"

static void
test_environment_first (void)
{
  g_autofree char *path = NULL;

  g_setenv ("STEELYARD_DATADIR", "/somewhere/data", TRUE);
  path = sy_datadir_build_path ("prices", "a.json", NULL);
  g_assert_cmpstr (path, ==, "/somewhere/data/prices/a.json");
}

static void
test_installed_otherwise (void)
{
  g_autofree char *path = NULL;
  g_autofree char *with_empty = NULL;

  g_unsetenv ("STEELYARD_DATADIR");
  path = sy_datadir_build_path ("prices", NULL);
  g_assert_cmpstr (path, ==, PKGDATADIR "/prices");

  g_setenv ("STEELYARD_DATADIR", "", TRUE);
  with_empty = sy_datadir_build_path ("prices", NULL);
  g_assert_cmpstr (with_empty, ==, PKGDATADIR "/prices");
}

static void
test_folder_alone (void)
{
  g_autofree char *path = NULL;

  g_setenv ("STEELYARD_DATADIR", "/somewhere/data", TRUE);
  path = sy_datadir_build_path (NULL, NULL);
  g_assert_cmpstr (path, ==, "/somewhere/data");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/datadir/environment-first", test_environment_first);
  g_test_add_func ("/datadir/installed-otherwise", test_installed_otherwise);
  g_test_add_func ("/datadir/folder-alone", test_folder_alone);

  return g_test_run ();
}
