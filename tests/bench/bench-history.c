/* bench-history.c: what a day of samples takes, in bytes and in time
 *
 * usage: bench-history [save FOLDER | time]
 *
 * Eight kinds of signal as backends give them, a sample a second for a day: packed
 * as the recorder packs them and unpacked again, kept in columns as the window
 * keeps them, and asked for as a chart asks. With save: the same signals as files of
 * doubles, for the programs of others. With time: prints only nanoseconds of
 * processor time a sample, to pack and to unpack, and bytes a sample.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <malloc.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sy-bench-result.h"
#include "sy-clock.h"
#include "sy-history.h"
#include "sy-pack.h"
#include "sy-random.h"

#define N (24 * 3600)
#define BLOCK 1024 /* samples that are packed at once, as in a recording */
#define ROUNDS 15
#define WIDTH 1200

typedef enum {
  STANDING,
  EVEN_COUNTER,
  COUNTER,
  SECONDS_SUM,
  LEVEL,
  MEMORY,
  SHARE,
  LATENCY,
  N_KINDS
} Kind;

static const char *const kind_names[N_KINDS] = {
  "standing", "even-counter", "counter", "seconds-sum", "level", "memory", "share", "latency",
};

typedef struct {
  double values[N_KINDS][N];
  gint64 times_us[N];
} Day;

/* What was measured of one way. */
typedef struct {
  double pack_ns;
  double unpack_ns;
  double bytes;
} Packing;

static double
round_to (double value,
          double step)
{
  return round (value / step) * step;
}

static Day *
make_day (void)
{
  Day *day = g_new0 (Day, 1);
  SyRandom random;
  double requests = 0;
  double sum = 0;
  double level = 10;
  double memory = 80e6;

  sy_random_init (&random, 20261127, 1);
  for (guint i = 0; i < N; i++)
    {
      const double share = 0.5 + 0.4 * sin (2 * G_PI * i / N);

      requests += (double) sy_random_below (&random, (guint64) (50 + 400 * share));
      sum += sy_random_lognormal (&random, 0.02, 0.6) * 200 * share;
      level = fmax (0, level + (double) sy_random_below (&random, 5) - 2);
      memory = i % 600 == 599 ? 80e6 : memory + 4096 * (double) sy_random_below (&random, 60);
      day->times_us[i] = i * SY_USEC_PER_SEC + (gint64) sy_random_below (&random, 3000);
      day->values[STANDING][i] = 4;
      day->values[EVEN_COUNTER][i] = 250.0 * i;
      day->values[COUNTER][i] = requests;
      day->values[SECONDS_SUM][i] = round_to (sum, 1e-6);
      day->values[LEVEL][i] = level;
      day->values[MEMORY][i] = memory;
      day->values[SHARE][i] = round_to (share + 0.01 * sy_random_normal (&random), 1e-4);
      day->values[LATENCY][i] = sy_random_lognormal (&random, 0.02, 0.6);
    }

  return day;
}

/* All kinds, block by block, with the times once for all; exactly, or it ends here. */
static void
pack_day (const Day *day,
          Packing   *packing)
{
  double unpacked[BLOCK];
  gint64 times[BLOCK];
  gsize bytes = 0;
  double pack = 0;
  double unpack = 0;

  for (guint at = 0; at < N; at += BLOCK)
    {
      const guint n = MIN (BLOCK, N - at);
      g_autoptr (GByteArray) packed = g_byte_array_new ();
      double start = sy_bench_get_thread_seconds ();
      SyUnpack from;

      sy_pack_ints (packed, day->times_us + at, n);
      for (Kind kind = 0; kind < N_KINDS; kind++)
        sy_pack_doubles (packed, day->values[kind] + at, n);
      pack += sy_bench_get_thread_seconds () - start;
      bytes += packed->len;

      from = (SyUnpack) { packed->data, packed->data + packed->len, FALSE };
      start = sy_bench_get_thread_seconds ();
      sy_unpack_ints (&from, times, n);
      unpack += sy_bench_get_thread_seconds () - start;
      for (Kind kind = 0; kind < N_KINDS; kind++)
        {
          start = sy_bench_get_thread_seconds ();
          sy_unpack_doubles (&from, unpacked, n);
          unpack += sy_bench_get_thread_seconds () - start;
          if (from.failed || memcmp (unpacked, day->values[kind] + at, n * sizeof *unpacked) != 0)
            g_error ("%s is not what it was", kind_names[kind]);
        }
    }

  *packing = (Packing) { pack / N / N_KINDS * 1e9, unpack / N / N_KINDS * 1e9, (double) bytes / N / N_KINDS };
}

static Packing
measure_packing (const Day *day)
{
  double packs[ROUNDS];
  double unpacks[ROUNDS];
  Packing packing;

  for (guint i = 0; i < ROUNDS; i++)
    {
      pack_day (day, &packing);
      packs[i] = packing.pack_ns;
      unpacks[i] = packing.unpack_ns;
    }

  packing.pack_ns = sy_bench_get_median (packs, ROUNDS);
  packing.unpack_ns = sy_bench_get_median (unpacks, ROUNDS);
  return packing;
}

/* Nanoseconds a sample into a column, of which eight share their times. */
static double
measure_append (const Day *day)
{
  double rounds[ROUNDS];

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (SyTimes) times = sy_times_new (N);
      SyColumn *columns[N_KINDS];
      double start;

      for (Kind kind = 0; kind < N_KINDS; kind++)
        columns[kind] = sy_column_new (times);
      start = sy_bench_get_thread_seconds ();
      for (guint k = 0; k < N; k++)
        {
          sy_times_append (times, day->times_us[k]);
          for (Kind kind = 0; kind < N_KINDS; kind++)
            sy_column_append (columns[kind], day->values[kind][k]);
        }
      rounds[i] = (sy_bench_get_thread_seconds () - start) / N / N_KINDS * 1e9;
      for (Kind kind = 0; kind < N_KINDS; kind++)
        sy_column_free (columns[kind]);
    }

  return sy_bench_get_median (rounds, ROUNDS);
}

/* Milliseconds for what a chart of a day asks. */
static double
measure_query (const Day *day)
{
  g_autoptr (SyTimes) times = sy_times_new (N);
  g_autoptr (SyColumn) column = sy_column_new (times);
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (SySpan));
  double rounds[ROUNDS];

  for (guint i = 0; i < N; i++)
    {
      sy_times_append (times, day->times_us[i]);
      sy_column_append (column, day->values[LATENCY][i]);
    }
  for (guint i = 0; i < ROUNDS; i++)
    {
      const double start = sy_bench_get_thread_seconds ();

      sy_column_query (column, day->times_us[0], day->times_us[N - 1], WIDTH, spans);
      rounds[i] = (sy_bench_get_thread_seconds () - start) * 1e3;
    }

  return sy_bench_get_median (rounds, ROUNDS);
}

static double
get_allocated (void)
{
  const struct mallinfo2 info = mallinfo2 ();

  return (double) (info.uordblks + info.hblkhd);
}

/* MiB that the history of one backend holds after a day, all quantities known. */
static double
measure_memory (const Day *day)
{
  const double before = get_allocated ();
  g_autoptr (SyHistory) history = sy_history_new (N + 1);

  for (guint i = 0; i < N; i++)
    {
      SyReading reading;

      sy_reading_init (&reading);
      reading.monotonic_us = day->times_us[i];
      reading.throughput = day->values[SHARE][i] * 400;
      reading.error_ratio = 0.002;
      reading.in_flight = day->values[LEVEL][i];
      reading.p50.estimate = day->values[LATENCY][i];
      reading.p99.estimate = day->values[LATENCY][i] * 4;
      reading.cpu_cores = day->values[SHARE][i];
      reading.rss = day->values[MEMORY][i];
      reading.loop_lag = 0.004;
      sy_history_append (history, &reading, 0.05, 0.4, NULL);
    }

  return (get_allocated () - before) / 1024 / 1024;
}

static void
measure_all (const Day *day)
{
  SyBenchResult *result = sy_bench_result_new ("history");
  const double memory = measure_memory (day);
  const Packing packing = measure_packing (day);
  const double append = measure_append (day);
  const double query = measure_query (day);

  printf ("%d kinds of signal, a day each, one sample a second\n", N_KINDS);
  printf ("packed               %8.2f bytes a sample, times included, exactly (goal: at most 3)\n", packing.bytes);
  printf ("to pack              %8.2f ns a sample\n", packing.pack_ns);
  printf ("to unpack            %8.2f ns a sample\n", packing.unpack_ns);
  printf ("appended to a column %8.2f ns a sample\n", append);
  printf ("a day in %d columns %7.4f ms\n", WIDTH, query);
  printf ("history of a backend %8.1f MiB for a day, %d quantities\n", memory, SY_N_QUANTITIES);

  sy_bench_result_add (result, &(SyBenchFigure) { "packed, lossless", packing.bytes, "bytes a sample", SY_BENCH_AT_MOST, 3, NULL, NULL });
  sy_bench_result_add (result, &(SyBenchFigure) { "pack", packing.pack_ns, "ns a sample", 0, 0, NULL, NULL });
  sy_bench_result_add (result, &(SyBenchFigure) { "unpack", packing.unpack_ns, "ns a sample", 0, 0, NULL, NULL });
  sy_bench_result_add (result, &(SyBenchFigure) { "append to a column", append, "ns a sample", 0, 0, NULL, NULL });
  sy_bench_result_add (result, &(SyBenchFigure) { "a day as 1200 columns", query, "ms", 0, 0, NULL, NULL });
  sy_bench_result_add (result, &(SyBenchFigure) { "memory of a backend's 24 h", memory, "MiB", 0, 0, NULL, "a sample a second, 19 quantities" });
  sy_bench_result_finish (result);
}

static void
save (const Day  *day,
      const char *folder)
{
  for (Kind kind = 0; kind < N_KINDS; kind++)
    {
      g_autofree char *path = g_build_filename (folder, kind_names[kind], NULL);
      g_autoptr (GError) error = NULL;

      if (!g_file_set_contents (path, (const char *) day->values[kind], sizeof day->values[kind], &error))
        g_error ("%s", error->message);
    }
}

int
main (int    argc,
      char **argv)
{
  g_autofree Day *day = make_day ();

  if (argc == 3 && strcmp (argv[1], "save") == 0)
    save (day, argv[2]);
  else if (argc == 2 && strcmp (argv[1], "time") == 0)
    {
      const Packing packing = measure_packing (day);

      printf ("%.4f %.4f %.4f\n", packing.pack_ns, packing.unpack_ns, packing.bytes);
    }
  else
    measure_all (day);

  return 0;
}
