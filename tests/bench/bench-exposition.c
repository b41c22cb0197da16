/* bench-exposition.c: what a scrape costs the parser
 *
 * usage: bench-exposition [first|known|steady ROUNDS]
 *
 * Without arguments: prints the speed of each way, next to memchr() over the
 * lines of the same body in the same run; ratios are what to compare between
 * machines. With arguments: only that way, for counting instructions, as in
 * `valgrind --tool=callgrind --toggle-collect=sy_exposition_parse …`.
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

#include "sy-exposition.h"

#define N_ROUTES 31
#define N_REPEATS 15
#define ROUNDS 40

typedef enum { FIRST, KNOWN, STEADY, N_WAYS } Way;

static const char *const way_names[N_WAYS] = { "first", "known", "steady" };

/* About 98 KB: a duration histogram of a web server with its labels, some
 * escapes, long sums as Python writes them. @order turns the routes round. */
static GBytes *
make_body (guint seed,
           guint order)
{
  static const char *const bounds[] = {
    "0.005", "0.01", "0.025", "0.05", "0.075", "0.1", "0.25", "0.5", "0.75", "1.0", "2.5", "5.0", "7.5", "10.0", "+Inf",
  };
  GString *text = g_string_new ("# HELP http_server_request_duration_seconds Duration of \\\"HTTP\\\" requests.\n"
                                "# TYPE http_server_request_duration_seconds histogram\n");

  for (guint i = 0; i < N_ROUTES; i++)
    {
      guint route = (i + order * N_ROUTES / 2) % N_ROUTES;
      g_autofree char *labels = g_strdup_printf ("http_request_method=\"GET\",http_route=\"/api/v1/%u/\\\"item\\\"\","
                                                 "http_response_status_code=\"%u\"", route, 200 + route % 3 * 100);
      guint count = 0;

      for (guint j = 0; j < G_N_ELEMENTS (bounds); j++)
        g_string_append_printf (text, "http_server_request_duration_seconds_bucket{%s,le=\"%s\"} %u.0\n",
                                labels, bounds[j], count += (route * j + seed) % 97);

      g_string_append_printf (text, "http_server_request_duration_seconds_count{%s} %u.0\n", labels, count);
      g_string_append_printf (text, "http_server_request_duration_seconds_sum{%s} %.17g\n", labels,
                              (double) count * 0.012345678901234567);
    }

  for (guint i = 0; i < 200; i++)
    g_string_append_printf (text, "# HELP app_gauge_%u Something the application measures.\n# TYPE app_gauge_%u gauge\n"
                            "app_gauge_%u %u.%u\n", i, i, i, i * seed, seed % 1000);

  return g_string_free_to_bytes (text);
}

static double
get_seconds (void)
{
  return (double) g_get_monotonic_time () * 1e-6;
}

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

/* @rounds scrapes of one way; seconds. */
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

  start = get_seconds ();
  for (guint i = 0; i < rounds; i++)
    if (way == FIRST)
      {
        g_autoptr (SySeriesTable) fresh = sy_series_table_new (0);

        parse (bodies[i % 2], fresh);
      }
    else
      parse (bodies[way == STEADY ? i % 2 : i % 2 * 2], table);

  return get_seconds () - start;
}

static double
run_memchr (GBytes *body,
            guint   rounds)
{
  gsize size;
  const char *text = g_bytes_get_data (body, &size);
  volatile gsize n_lines = 0;
  double start = get_seconds ();

  for (guint i = 0; i < rounds; i++)
    for (const char *at = text; at < text + size; n_lines++)
      {
        const char *feed = memchr (at, '\n', (gsize) (text + size - at));

        at = feed != NULL ? feed + 1 : text + size;
      }

  return get_seconds () - start;
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

static void
compare (GBytes **bodies)
{
  double best[N_WAYS] = { 1e9, 1e9, 1e9 };
  double lines = 1e9;
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  gsize size = g_bytes_get_size (bodies[0]);
  guint n_samples;

  parse (bodies[0], table);
  n_samples = sy_series_table_size (table);

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
}

int
main (int    argc,
      char **argv)
{
  GBytes *bodies[] = { make_body (1, 0), make_body (2, 0), make_body (3, 1) };

  if (argc == 3)
    {
      for (Way way = 0; way < N_WAYS; way++)
        if (strcmp (argv[1], way_names[way]) == 0)
          run_way (way, bodies, (guint) atoi (argv[2]));
    }
  else
    compare (bodies);

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    g_bytes_unref (bodies[i]);

  return 0;
}
