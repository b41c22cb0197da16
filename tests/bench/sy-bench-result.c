/* sy-bench-result.c: the figures of one benchmark, in a form that can be compared
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "sy-bench"

#include "config.h"

#include "sy-bench-result.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "sy-json-writer.h"

struct _SyBenchResult {
  char         *bench;  /* owned */
  SyJsonWriter *writer; /* owned: inside the array of figures */
};

static double
get_seconds (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return (double) now.tv_sec + (double) now.tv_nsec * 1e-9;
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  const double x = *(const double *) a;
  const double y = *(const double *) b;

  return (x > y) - (x < y);
}

SyBenchResult *
sy_bench_result_new (const char *bench)
{
  SyBenchResult *self = g_new0 (SyBenchResult, 1);

  self->bench = g_strdup (bench);
  self->writer = sy_json_writer_new ();
  sy_json_writer_begin_object (self->writer);
  sy_json_writer_member_string (self->writer, "bench", bench);
  sy_json_writer_key (self->writer, "figures");
  sy_json_writer_begin_array (self->writer);

  return self;
}

void
sy_bench_result_add (SyBenchResult       *self,
                     const SyBenchFigure *figure)
{
  SyJsonWriter *writer = self->writer;

  sy_json_writer_begin_object (writer);
  sy_json_writer_member_string (writer, "name", figure->name);
  if (isnan (figure->value))
    sy_json_writer_member_null (writer, "value");
  else
    sy_json_writer_member_double (writer, "value", figure->value);
  sy_json_writer_member_string (writer, "unit", figure->unit);
  if (figure->bound != SY_BENCH_NO_GOAL)
    sy_json_writer_member_double (writer, figure->bound == SY_BENCH_AT_MOST ? "at_most" : "at_least", figure->goal);
  if (figure->peer != NULL)
    sy_json_writer_member_string (writer, "peer", figure->peer);
  if (figure->note != NULL)
    sy_json_writer_member_string (writer, "note", figure->note);
  if (figure->bound != SY_BENCH_NO_GOAL && !isnan (figure->value))
    sy_json_writer_member_bool (writer, "met", figure->bound == SY_BENCH_AT_MOST ? figure->value <= figure->goal
                                                                                 : figure->value >= figure->goal);
  sy_json_writer_end_object (writer);
}

void
sy_bench_result_finish (SyBenchResult *self)
{
  const char *folder = g_getenv ("STEELYARD_BENCH_RESULTS");
  g_autofree char *text = NULL;

  sy_json_writer_end_array (self->writer);
  sy_json_writer_end_object (self->writer);
  text = sy_json_writer_finish (self->writer);

  if (folder != NULL && *folder != '\0')
    {
      g_autofree char *name = g_strconcat (self->bench, ".json", NULL);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GError) error = NULL;

      if (!g_file_set_contents (path, text, -1, &error))
        g_error ("%s", error->message);
    }

  sy_json_writer_free (self->writer);
  g_free (self->bench);
  g_free (self);
}

double
sy_bench_get_thread_seconds (void)
{
  return get_seconds (CLOCK_THREAD_CPUTIME_ID);
}

double
sy_bench_get_process_seconds (void)
{
  return get_seconds (CLOCK_PROCESS_CPUTIME_ID);
}

double
sy_bench_get_median (double *values,
                     guint   n)
{
  qsort (values, n, sizeof *values, compare_doubles);
  return values[n / 2];
}
