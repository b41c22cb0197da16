/* appraisal-fixture.c: two backends that say what a test wants, and an appraisal of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "appraisal-fixture.h"

#include "sy-datadir.h"
#include "sy-still-source.h"

#define NAME "http_server_request_duration_seconds"

static void
revision_cb (SyAppraisal      *appraisal,
             GParamSpec       *pspec,
             AppraisalFixture *f)
{
  f->n_revisions++;
}

void
appraisal_set_up (AppraisalFixture *f,
                  gconstpointer     data)
{
  g_autoptr (GError) error = NULL;

  f->clock = sy_clock_new_manual (START_US, data != NULL ? *(const gint64 *) data : WALL_US);
  f->backends = g_list_store_new (SY_TYPE_BACKEND);
  f->assumptions = sy_assumptions_new (NULL, &error);
  g_assert_no_error (error);
  f->appraisal = sy_appraisal_new (G_LIST_MODEL (f->backends), f->clock, f->assumptions);
  g_signal_connect (f->appraisal, "notify::revision", G_CALLBACK (revision_cb), f);
  for (guint i = 0; i < 2; i++)
    f->slow[i] = f->cores[i] = f->cpu[i] = 0;
}

void
appraisal_tear_down (AppraisalFixture *f,
                     gconstpointer     data)
{
  /* A thread may still hold it, and the next fixture may lie at this address. */
  if (f->appraisal != NULL)
    g_signal_handlers_disconnect_by_data (f->appraisal, f);
  g_clear_object (&f->appraisal);
  g_clear_object (&f->assumptions);
  g_clear_object (&f->backends);
  g_clear_object (&f->clock);
}

void
appraisal_add_backend (AppraisalFixture *f,
                       const char       *address,
                       const char       *name)
{
  g_autofree char *folder = sy_datadir_build_path ("recognisers", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecogniser) recogniser = sy_recogniser_new_from_directory (folder, &error);
  g_autoptr (SySource) source = sy_still_source_new (address, f->clock);
  g_autoptr (SyBackend) backend = sy_backend_new (name, source, recogniser);

  g_assert_no_error (error);
  sy_source_start (source);
  g_list_store_append (f->backends, backend);
}

void
appraisal_iterate (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Until what was asked for is computed. */
void
appraisal_settle (AppraisalFixture *f)
{
  sy_clock_advance (f->clock, SY_APPRAISAL_SPACING_US);
  while (sy_appraisal_is_busy (f->appraisal))
    {
      if (!g_main_context_iteration (NULL, FALSE))
        {
          sy_clock_advance (f->clock, SY_APPRAISAL_SPACING_US);
          g_main_context_iteration (NULL, TRUE);
        }
    }
}

/* 200 requests in a second, none longer than 10 ms but the slow share. */
void
appraisal_pass (AppraisalFixture *f,
                guint             seconds)
{
  for (guint i = 0; i < seconds; i++)
    {
      for (guint side = 0; side < 2; side++)
        {
          g_autoptr (SyBackend) backend = g_list_model_get_item (G_LIST_MODEL (f->backends), side);
          g_autofree char *text = NULL;

          f->count[side] += 200 + (i * (side + 3)) % 5;
          text = g_strdup_printf ("# TYPE " NAME " histogram\n"
                                  NAME "_bucket{le=\"0.005\"} 0\n" NAME "_bucket{le=\"0.01\"} %.0f\n"
                                  NAME "_bucket{le=\"0.15\"} %.0f\n" NAME "_bucket{le=\"0.3\"} %.0f\n"
                                  NAME "_bucket{le=\"+Inf\"} %.0f\n" NAME "_sum %.3f\n" NAME "_count %.0f\n",
                                  f->count[side] * (1 - f->slow[side]), f->count[side] * (1 - f->slow[side]),
                                  f->count[side], f->count[side],
                                  f->count[side] * (0.007 + 0.2 * f->slow[side]), f->count[side]);
          f->cpu[side] += f->cores[side];
          if (f->cores[side] > 0)
            {
              g_autofree char *rest = g_steal_pointer (&text);

              text = g_strdup_printf ("%s# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total %.3f\n", rest, f->cpu[side]);
            }
          sy_still_source_say (SY_STILL_SOURCE (sy_backend_get_source (backend)), text);
        }
      appraisal_iterate ();
      sy_clock_advance (f->clock, SY_USEC_PER_SEC);
      appraisal_iterate ();
    }
}

void
appraisal_state (AppraisalFixture *f,
                 const char       *name,
                 double            value)
{
  const SyAssumption assumption = { value, value * 0.9, value * 1.1, SY_EVIDENCE_USER, "a test", NULL };
  g_autoptr (GError) error = NULL;

  g_assert_true (sy_assumptions_set (f->assumptions, name, &assumption, &error));
  g_assert_no_error (error);
}

const SyCriterion *
appraisal_find (const SyDecision *decision,
                const char       *id)
{
  for (guint i = 0; i < decision->criteria->len; i++)
    {
      const SyCriterion *criterion = g_ptr_array_index (decision->criteria, i);

      if (g_str_equal (criterion->id, id))
        return criterion;
    }

  return NULL;
}
