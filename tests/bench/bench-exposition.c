/* bench-exposition.c: what a scrape costs the parser
 *
 * usage: bench-exposition [first|known|steady ROUNDS | save FOLDER]
 *
 * Without arguments: prints the speed of each way, next to memchr() over the
 * lines of the same body in the same run; ratios are what to compare between
 * machines. With a way: only that one, and prints nanoseconds of processor time a
 * sample and the number of samples; also for counting instructions, as in
 * `valgrind --tool=callgrind --toggle-collect=sy_exposition_parse …`. With save:
 * two such bodies as files, for the programs of others.
 *
 *   first   a table that knows nothing
 *   known   all series known, but the order of lines is new
 *   steady  the lines of last time with other numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sy-bench-body.h"
#include "sy-bench-result.h"
#include "sy-exposition.h"

#define N_REPEATS 15
#define ROUNDS 40

typedef enum { FIRST, KNOWN, STEADY, N_WAYS } Way;

static const char *const way_names[N_WAYS] = { "first", "known", "steady" };

static void
parse (GBytes        *body,
       SySeriesTable *table)
{
  g_autoptr (GError) error = NULL;
  SyExposition *exposition = sy_exposition_parse (body, SY_FORMAT_PROMETHEUS, NULL, table, &error);

  if (exposition == NULL)
    g_error ("%s", error->message);
  sy_exposition_unref (exposition);
}

/* @rounds scrapes of one way; seconds of processor time. */
static double
run_way (Way      way,
         GBytes **bodies,
         guint    rounds)
{
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  double start;

  parse (bodies[0], table);
  parse (bodies[2], table);
  if (way == STEADY)
    parse (bodies[0], table);

  start = sy_bench_get_process_seconds ();
  for (guint i = 0; i < rounds; i++)
    if (way == FIRST)
      {
        g_autoptr (SySeriesTable) fresh = sy_series_table_new (0);

        parse (bodies[i % 2], fresh);
      }
    else
      parse (bodies[way == STEADY ? i % 2 : i % 2 * 2], table);

  return sy_bench_get_process_seconds () - start;
}

static double
run_memchr (GBytes *body,
            guint   rounds)
{
  gsize size;
  const char *text = g_bytes_get_data (body, &size);
  volatile gsize n_lines = 0;
  double start = sy_bench_get_process_seconds ();

  for (guint i = 0; i < rounds; i++)
    for (const char *at = text; at < text + size; n_lines++)
      {
        const char *feed = memchr (at, '\n', (gsize) (text + size - at));

        at = feed != NULL ? feed + 1 : text + size;
      }

  return sy_bench_get_process_seconds () - start;
}

static void
print_row (const char *name,
           double      seconds,
           gsize       size,
           guint       n_samples,
           double      lines)
{
  double per_scrape = seconds / ROUNDS;

  printf ("%-8s %9.1f MB/s %8.1f us a scrape %7.1f ns a sample %6.2f of memchr\n", name,
          (double) size / per_scrape * 1e-6, per_scrape * 1e6, per_scrape / n_samples * 1e9, lines / seconds);
}

static guint
count_samples (GBytes *body)
{
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);

  parse (body, table);
  return sy_series_table_size (table);
}

static void
save (GBytes     *body,
      const char *folder,
      const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  gsize size;
  const char *text = g_bytes_get_data (body, &size);

  if (!g_file_set_contents (path, text, (gssize) size, &error))
    g_error ("%s", error->message);
}

static void
write_result (const double *best,
              double        lines,
              guint         n_samples)
{
  SyBenchResult *result = sy_bench_result_new ("exposition");

  for (Way way = 0; way < N_WAYS; way++)
    {
      g_autofree char *name = g_strdup_printf ("%s scrape, 98 KB", way_names[way]);
      g_autofree char *ratio = g_strdup_printf ("%s scrape of memchr", way_names[way]);

      sy_bench_result_add (result, &(SyBenchFigure) { name, best[way] / ROUNDS / n_samples * 1e9, "ns a sample", 0, 0, NULL, NULL });
      sy_bench_result_add (result, &(SyBenchFigure) { ratio, best[way] / lines, "x", 0, 0, "memchr over the lines", NULL });
    }
  sy_bench_result_finish (result);
}

static void
compare (GBytes **bodies)
{
  double best[N_WAYS] = { 1e9, 1e9, 1e9 };
  double lines = 1e9;
  gsize size = g_bytes_get_size (bodies[0]);
  const guint n_samples = count_samples (bodies[0]);

  /* The best of several, all ways in turn: what else runs disturbs them alike. */
  for (guint i = 0; i < N_REPEATS; i++)
    {
      for (Way way = 0; way < N_WAYS; way++)
        best[way] = MIN (best[way], run_way (way, bodies, ROUNDS));
      lines = MIN (lines, run_memchr (bodies[0], ROUNDS));
    }

  printf ("body     %" G_GSIZE_FORMAT " bytes, %u samples\n", size, n_samples);
  print_row ("memchr", lines, size, n_samples, lines);
  for (Way way = 0; way < N_WAYS; way++)
    print_row (way_names[way], best[way], size, n_samples, lines);
  printf ("a steady scrape is %.2f times as fast as a first one\n", best[FIRST] / best[STEADY]);
  write_result (best, lines, n_samples);
}

int
main (int    argc,
      char **argv)
{
  GBytes *bodies[] = { sy_bench_make_body (1, 0), sy_bench_make_body (2, 0), sy_bench_make_body (3, 1) };

  if (argc == 3 && strcmp (argv[1], "save") == 0)
    {
      save (bodies[0], argv[2], "body-1");
      save (bodies[1], argv[2], "body-2");
    }
  else if (argc == 3)
    {
      const guint n_samples = count_samples (bodies[0]);
      const guint rounds = (guint) MAX (1, atoi (argv[2]));

      for (Way way = 0; way < N_WAYS; way++)
        if (strcmp (argv[1], way_names[way]) == 0)
          printf ("%.4f %u\n", run_way (way, bodies, rounds) / rounds / n_samples * 1e9, n_samples);
    }
  else
    compare (bodies);

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    g_bytes_unref (bodies[i]);

  return 0;
}
