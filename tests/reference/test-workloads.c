/* test-workloads.c: what the profiles ask is what the reference servers serve
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "sy-datadir.h"
#include "sy-parameters.h"
#include "sy-workload.h"

/* As the generator writes it, with the largest number that may be drawn. */
static char *
fill (const char   *path,
      const SyDraw *io,
      const SyDraw *cpu)
{
  g_autoptr (GString) text = g_string_new (path);
  g_autofree char *io_ms = g_strdup_printf ("%.2f", 1000 * io->median * (io->kind == SY_DRAW_FIXED ? 1 : SY_DRAW_MAX_MEDIANS));
  g_autofree char *cpu_ms = g_strdup_printf ("%.2f", 1000 * cpu->median * (cpu->kind == SY_DRAW_FIXED ? 1 : SY_DRAW_MAX_MEDIANS));

  g_string_replace (text, "{io_ms}", io_ms, 0);
  g_string_replace (text, "{cpu_ms}", cpu_ms, 0);

  return g_strdup (text->str);
}

static void
check_class (const SyWorkloadClass *kind)
{
  g_autofree char *path = fill (kind->path, &kind->io, &kind->cpu);
  char *query = strchr (path, '?');
  g_autoptr (GHashTable) parameters = NULL;
  g_autoptr (GError) error = NULL;
  SyParameters values;

  g_assert_nonnull (query);
  *query++ = '\0';
  parameters = g_uri_parse_params (query, -1, "&", G_URI_PARAMS_NONE, &error);
  g_assert_no_error (error);
  sy_parameters_parse (&values, path, parameters, &error);
  g_assert_no_error (error);
}

static void
test_routes (void)
{
  g_autofree char *folder = sy_datadir_build_path ("workloads", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json"))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);
        g_autoptr (GError) error = NULL;
        g_autoptr (SyWorkload) workload = sy_workload_load (path, &error);

        g_assert_no_error (error);
        for (guint i = 0; i < workload->n_classes; i++)
          check_class (&workload->classes[i]);
        n++;
      }

  /* The ten of the catalogue, and the small one of the demo. */
  g_assert_cmpuint (n, ==, 11);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reference/workloads/routes", test_routes);

  return g_test_run ();
}
