/* sy-mapping.c: what was recognised in one exposition
 *
 * A list of signals in the order of trust, the names of what was recognised,
 * and the traps among its metrics. Keeps the recogniser, whose rules its
 * signals point to. Empty: no signals, names NULL.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard"

#include "config.h"

#include "sy-mapping-private.h"

#include "sy-overrides.h"
#include "sy-unit.h"

struct _SyMapping
{
  gatomicrefcount  references;
  SyRecogniser    *recogniser; /* owned */
  SyOverrides     *overrides;  /* owned, nullable */
  char            *exporter;   /* owned, nullable */
  char            *runtime;    /* owned, nullable */
  char            *framework;  /* owned, nullable */
  gboolean         is_unconfirmed;
  GPtrArray       *signals;    /* owned, element-type SyMappedSignal */
  GPtrArray       *traps;      /* owned, element-type SyTrap */
  GPtrArray       *files;      /* owned, element-type SyRecogniserFile (borrowed: the recogniser's) */
};

static void
mapped_signal_free (gpointer data)
{
  SyMappedSignal *self = data;

  g_free (self->signal.role);
  g_free (self->signal.metric);
  g_free (self->signal.unit);
  g_free (self->finished);
  g_free (self);
}

const char *
sy_how_nick (SyHow how)
{
  static const char * const nicks[] = {
    [SY_HOW_NONE] = "none",
    [SY_HOW_GAUGE] = "gauge",
    [SY_HOW_COUNTER] = "counter",
    [SY_HOW_HISTOGRAM] = "histogram",
    [SY_HOW_SUMMARY] = "summary",
    [SY_HOW_STARTED_MINUS_FINISHED] = "started-minus-finished",
    [SY_HOW_LITTLES_LAW] = "littles-law",
    [SY_HOW_DURATION_COUNT] = "duration-count",
  };

  return (gsize) how < G_N_ELEMENTS (nicks) ? nicks[how] : "none";
}

SyMapping *
sy_mapping_new (SyRecogniser *recogniser)
{
  SyMapping *self = g_new0 (SyMapping, 1);

  g_atomic_ref_count_init (&self->references);
  self->recogniser = sy_recogniser_ref (recogniser);
  self->signals = g_ptr_array_new_with_free_func (mapped_signal_free);
  self->traps = sy_trap_list_new ();
  self->files = g_ptr_array_new ();

  return self;
}

SyMapping *
sy_mapping_ref (SyMapping *self)
{
  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
sy_mapping_unref (SyMapping *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_ptr_array_unref (self->signals);
  g_ptr_array_unref (self->traps);
  g_ptr_array_unref (self->files);
  g_free (self->exporter);
  g_free (self->runtime);
  g_free (self->framework);
  g_clear_pointer (&self->overrides, sy_overrides_unref);
  sy_recogniser_unref (self->recogniser);
  g_free (self);
}

void
sy_mapping_set_names (SyMapping  *self,
                      const char *exporter,
                      const char *runtime,
                      const char *framework)
{
  self->exporter = g_strdup (exporter);
  self->runtime = g_strdup (runtime);
  self->framework = g_strdup (framework);
}

void
sy_mapping_set_unconfirmed (SyMapping *self,
                            gboolean   unconfirmed)
{
  self->is_unconfirmed = unconfirmed;
}

void
sy_mapping_set_overrides (SyMapping   *self,
                          SyOverrides *overrides)
{
  self->overrides = overrides != NULL ? sy_overrides_ref (overrides) : NULL;
}

const SyOverrides *
sy_mapping_get_overrides (const SyMapping *self)
{
  return self->overrides;
}

void
sy_mapping_remove_role (SyMapping  *self,
                        const char *role)
{
  for (guint i = self->signals->len; i > 0; i--)
    {
      const SyMappedSignal *mapped = g_ptr_array_index (self->signals, i - 1);

      if (g_str_equal (mapped->signal.role, role))
        g_ptr_array_remove_index (self->signals, i - 1);
    }
}

SyMappedSignal *
sy_mapping_add (SyMapping    *self,
                const char   *role,
                const char   *metric,
                SyMetricType  type,
                const char   *unit,
                SyHow         how)
{
  SyMappedSignal *mapped = g_new0 (SyMappedSignal, 1);

  mapped->signal.role = g_strdup (role);
  mapped->signal.metric = g_strdup (metric);
  mapped->signal.type = type;
  mapped->signal.unit = g_strdup (unit);
  mapped->signal.scale = sy_unit_scale (unit);
  mapped->signal.how = how;
  g_ptr_array_add (self->signals, mapped);

  return mapped;
}

void
sy_mapping_add_trap (SyMapping        *self,
                     const SyTrapText *text,
                     const char       *metric)
{
  g_ptr_array_add (self->traps, sy_trap_new (text->code, metric, text->message, text->fix));
}

void
sy_mapping_add_file (SyMapping              *self,
                     const SyRecogniserFile *file)
{
  g_ptr_array_add (self->files, (gpointer) file);
}

const GPtrArray *
sy_mapping_get_files (const SyMapping *self)
{
  return self->files;
}

gboolean
sy_mapping_is_own_route (const SyMapping *self,
                         const SySeries  *series)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      const SyRecogniserFile *file = g_ptr_array_index (self->files, i);

      for (guint j = 0; j < file->route_labels->len; j++)
        {
          const char *route = sy_series_get_label (series, g_ptr_array_index (file->route_labels, j));

          for (guint k = 0; route != NULL && k < self->files->len; k++)
            {
              const SyRecogniserFile *other = g_ptr_array_index (self->files, k);

              for (guint l = 0; l < other->own_routes->len; l++)
                if (sy_name_pattern_match (g_ptr_array_index (other->own_routes, l), route) != SY_NAME_OTHER)
                  return TRUE;
            }
        }
    }

  return FALSE;
}

const SyMappedSignal *
sy_mapping_get_mapped (const SyMapping *self,
                       guint            index)
{
  g_return_val_if_fail (index < self->signals->len, NULL);

  return g_ptr_array_index (self->signals, index);
}

const SyMappedSignal *
sy_mapping_find_mapped (const SyMapping *self,
                        const char      *role)
{
  for (guint i = 0; i < self->signals->len; i++)
    {
      const SyMappedSignal *mapped = g_ptr_array_index (self->signals, i);

      if (g_str_equal (mapped->signal.role, role))
        return mapped;
    }

  return NULL;
}

const char *
sy_mapping_get_exporter (const SyMapping *self)
{
  return self->exporter;
}

const char *
sy_mapping_get_runtime (const SyMapping *self)
{
  return self->runtime;
}

const char *
sy_mapping_get_framework (const SyMapping *self)
{
  return self->framework;
}

gboolean
sy_mapping_is_unconfirmed (const SyMapping *self)
{
  return self->is_unconfirmed;
}

guint
sy_mapping_get_n_signals (const SyMapping *self)
{
  return self->signals->len;
}

const SySignal *
sy_mapping_get_signal (const SyMapping *self,
                       guint            index)
{
  return &sy_mapping_get_mapped (self, index)->signal;
}

const SySignal *
sy_mapping_find (const SyMapping *self,
                 const char      *role)
{
  const SyMappedSignal *mapped = sy_mapping_find_mapped (self, role);

  return mapped != NULL ? &mapped->signal : NULL;
}

const SyAdvice *
sy_mapping_find_advice (const SyMapping *self,
                        const char      *role)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      const SyRecogniserFile *file = g_ptr_array_index (self->files, i);

      for (guint j = 0; j < file->advice->len; j++)
        {
          const SyAdvice *advice = g_ptr_array_index (file->advice, j);

          if (g_str_equal (advice->role, role))
            return advice;
        }
    }

  return NULL;
}

guint
sy_mapping_get_n_traps (const SyMapping *self)
{
  return self->traps->len;
}

const SyTrap *
sy_mapping_get_trap (const SyMapping *self,
                     guint            index)
{
  g_return_val_if_fail (index < self->traps->len, NULL);

  return g_ptr_array_index (self->traps, index);
}
