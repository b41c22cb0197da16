/* sy-workload.c: what users of a backend ask of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading the JSON is in sy-workload-parser.c; here is the value and what it
 * means on paper.
 */
#define G_LOG_DOMAIN "steelyard-drive"

#include "config.h"

#include "sy-workload.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#include "sy-datadir.h"
#include "sy-error.h"

#define MAX_FILE_BYTES (64 * 1024)
#define SUFFIX ".json"

/* Cores a request costs the generator: 21 µs, measured with libcurl 7.88 at
 * 48 000 requests/s on one core of a 2020s x86-64 server. */
#define GENERATOR_SECONDS_PER_REQUEST 21e-6

SyWorkload *
sy_workload_ref (SyWorkload *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (SyWorkload *self)
{
  for (guint i = 0; i < self->n_classes; i++)
    {
      g_free (self->classes[i].name);
      g_free (self->classes[i].method);
      g_free (self->classes[i].path);
    }

  g_free (self->classes);
  g_free (self->id);
  g_free (self->name);
  g_free (self->use_case);
}

void
sy_workload_unref (SyWorkload *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) clear);
}

static char *
read_file (const char  *path,
           gsize       *length,
           GError     **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &local_error);
  g_autofree char *bytes = g_malloc (MAX_FILE_BYTES + 1);

  if (stream == NULL ||
      !g_input_stream_read_all (G_INPUT_STREAM (stream), bytes, MAX_FILE_BYTES + 1, length, NULL, &local_error))
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID, local_error->message);
      return NULL;
    }

  if (*length > MAX_FILE_BYTES)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s: larger than %d KiB", path, MAX_FILE_BYTES / 1024);
      return NULL;
    }

  return g_steal_pointer (&bytes);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* "burst, mixed": what may be said instead; "" when the folder is not there.
 * (transfer full) */
static char *
list_names (void)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = sy_datadir_build_path ("workloads", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, SUFFIX))
      g_ptr_array_add (names, g_strndup (name, strlen (name) - strlen (SUFFIX)));

  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

SyWorkload *
sy_workload_load (const char  *name_or_file,
                  GError     **error)
{
  g_autofree char *path = NULL;
  g_autofree char *json = NULL;
  gsize length = 0;

  if (strchr (name_or_file, '/') != NULL || g_str_has_suffix (name_or_file, SUFFIX))
    {
      path = g_strdup (name_or_file);
    }
  else
    {
      g_autofree char *base = g_strconcat (name_or_file, SUFFIX, NULL);

      path = sy_datadir_build_path ("workloads", base, NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        {
          g_autofree char *names = list_names ();

          g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "there is no workload “%s”; there are %s", name_or_file,
                       *names != '\0' ? names : "none");
          return NULL;
        }
    }

  json = read_file (path, &length, error);
  if (json == NULL)
    return NULL;

  SyWorkload *self = sy_workload_parse (json, length, error);
  if (self == NULL)
    g_prefix_error (error, "%s: ", path);

  return self;
}

static double
normal_cdf (double x)
{
  return 0.5 * erfc (-x / G_SQRT2);
}

/* E[min (X, c)] for log X ~ N (ln m, σ²) and c = k m:
 * m e^(σ²/2) Φ((ln k - σ²) / σ) + c (1 - Φ(ln k / σ)). */
double
sy_draw_mean (const SyDraw *draw)
{
  if (draw->kind == SY_DRAW_FIXED || draw->sigma <= 0)
    return draw->median;

  double sigma = draw->sigma;
  double log_k = log (SY_DRAW_MAX_MEDIANS);
  double below = draw->median * exp (sigma * sigma / 2) * normal_cdf ((log_k - sigma * sigma) / sigma);
  double above = SY_DRAW_MAX_MEDIANS * draw->median * (1 - normal_cdf (log_k / sigma));

  return below + above;
}

/* Little's law, L = λ W, with the work alone as W: queueing comes on top, so
 * these are the least. Arrivals of many users make the number in service a
 * Poisson variable of mean L when nothing queues; its 99.9 % quantile is near
 * L + 3.09 √L + 1. */
void
sy_workload_demand (const SyWorkload *self,
                    double            rate,
                    SyWorkloadDemand *demand)
{
  double weights = 0;
  double cpu = 0;
  double busy = 0;
  double factor = self->arrival.seconds[0] > 0 ? MAX (self->arrival.factor[0], self->arrival.factor[1]) : 1;

  for (guint i = 0; i < self->n_classes; i++)
    {
      const SyWorkloadClass *class = &self->classes[i];

      double computing = sy_draw_mean (&class->cpu) + class->native;

      weights += class->weight;
      cpu += class->weight * computing;
      busy += class->weight * (computing + sy_draw_mean (&class->io));
    }

  demand->rate = (isnan (rate) ? self->arrival.rate : rate) * factor;
  demand->cpu_cores = demand->rate * cpu / weights;
  demand->concurrency = demand->rate * busy / weights;
  demand->connections = ceil (demand->concurrency + 3.09 * sqrt (demand->concurrency) + 1);
  demand->generator_cores = demand->rate * GENERATOR_SECONDS_PER_REQUEST;
}

double
sy_workload_get_limit (const SyWorkload *self)
{
  return fmin (self->slo.p95, fmin (self->slo.p99, self->slo.p999));
}
