/* test-trap-pairs.c: what two backends show together is told to both
 *
 * Sources and a clock that stand still.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include <string.h>

#include "sy-datadir.h"
#include "sy-still-source.h"
#include "sy-trap-pairs.h"
#include "sy-trap.h"

typedef struct {
  SyClock      *clock;
  SyRecogniser *recogniser;
  GListStore   *backends;
  SyTrapPairs  *pairs;
} Fixture;

static void
add_backend (Fixture    *f,
             const char *address)
{
  g_autoptr (SySource) source = sy_still_source_new (address, f->clock);
  g_autoptr (SyBackend) backend = sy_backend_new (address, source, f->recogniser);

  sy_source_start (source);
  g_list_store_append (f->backends, backend);
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autofree char *recognisers = sy_datadir_build_path ("recognisers", NULL);
  g_autoptr (GError) error = NULL;

  f->clock = sy_clock_new_manual (1000 * SY_USEC_PER_SEC, 1795422736 * SY_USEC_PER_SEC);
  f->recogniser = sy_recogniser_new_from_directory (recognisers, &error);
  g_assert_no_error (error);
  f->backends = g_list_store_new (SY_TYPE_BACKEND);
  f->pairs = sy_trap_pairs_new (G_LIST_MODEL (f->backends), f->clock);
  add_backend (f, "http://127.0.0.1:8101/metrics");
  add_backend (f, "http://localhost:8101/metrics");
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  sy_trap_pairs_free (f->pairs);
  g_clear_object (&f->backends);
  g_clear_pointer (&f->recogniser, sy_recogniser_unref);
  g_clear_object (&f->clock);
}

static SyBackend *
get_backend (Fixture *f,
             guint    position)
{
  g_autoptr (SyBackend) backend = g_list_model_get_item (G_LIST_MODEL (f->backends), position);

  /* The store holds it. */
  return backend;
}

/* A second in which both answer; the second one with other bounds and CPU time. */
static void
run_second (Fixture *f,
            double   bound,
            double   more_cpu)
{
  static double cpu = 1.5;

  cpu += 0.01;
  sy_clock_advance (f->clock, SY_USEC_PER_SEC);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *text =
        g_strdup_printf ("# TYPE http_request_duration_seconds histogram\n"
                         "http_request_duration_seconds_bucket{le=\"%g\"} 1\nhttp_request_duration_seconds_bucket{le=\"+Inf\"} 1\n"
                         "http_request_duration_seconds_sum 0.1\nhttp_request_duration_seconds_count 1\n"
                         "# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total %.6f\n"
                         "# TYPE process_start_time_seconds gauge\nprocess_start_time_seconds 1.7e9\n",
                         i == 0 ? 0.5 : bound, i == 0 ? cpu : cpu + more_cpu);

      sy_still_source_say (SY_STILL_SOURCE (sy_backend_get_source (get_backend (f, i))), text);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
  sy_clock_advance (f->clock, SY_USEC_PER_SEC / 5);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gboolean
is_told (Fixture    *f,
         guint       position,
         const char *code)
{
  const GPtrArray *traps = sy_backend_get_traps (get_backend (f, position));

  for (guint i = 0; i < traps->len; i++)
    if (strcmp (((const SyTrap *) g_ptr_array_index (traps, i))->code, code) == 0)
      return TRUE;

  return FALSE;
}

static void
test_bounds (Fixture       *f,
             gconstpointer  data)
{
  run_second (f, 0.5, 0.7);
  run_second (f, 0.5, 0.7);
  g_assert_false (is_told (f, 0, SY_TRAP_BUCKET_EDGES));

  run_second (f, 0.25, 0.7);
  run_second (f, 0.25, 0.7);
  g_assert_true (is_told (f, 0, SY_TRAP_BUCKET_EDGES));
  g_assert_true (is_told (f, 1, SY_TRAP_BUCKET_EDGES));
  g_assert_false (is_told (f, 0, SY_TRAP_SAME_SERVER));

  /* alone it has nothing to differ from */
  g_list_store_remove (f->backends, 1);
  g_assert_false (is_told (f, 0, SY_TRAP_BUCKET_EDGES));
}

static void
test_same_server (Fixture       *f,
                  gconstpointer  data)
{
  for (guint i = 0; i < 5; i++)
    run_second (f, 0.5, 0);
  g_assert_false (is_told (f, 0, SY_TRAP_SAME_SERVER));

  for (guint i = 0; i < 10; i++)
    run_second (f, 0.5, 0);
  g_assert_true (is_told (f, 0, SY_TRAP_SAME_SERVER));
  g_assert_true (is_told (f, 1, SY_TRAP_SAME_SERVER));

  /* another process after all */
  run_second (f, 0.5, 0.7);
  run_second (f, 0.5, 0.7);
  g_assert_false (is_told (f, 0, SY_TRAP_SAME_SERVER));
}

#define ADD(name, func) g_test_add ("/trap-pairs/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("bounds", test_bounds);
  ADD ("same-server", test_same_server);

  return g_test_run ();
}
