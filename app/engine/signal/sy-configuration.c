/* sy-configuration.c: how a backend runs, as far as it says so
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-signal"

#include "config.h"

#include "sy-configuration.h"

#include <math.h>
#include <string.h>

static const struct {
  const char *metric;
  const char *runtime; /* nullable: the label that names the runtime better than the mapping does */
  const char *version; /* the label that has it */
} infos[] = {
  { "nodejs_version_info", NULL, "version" },
  { "python_info", "implementation", "version" },
  { "go_info", NULL, "version" },
  { "jvm_runtime_info", NULL, "version" },
  { "jvm_info", NULL, "version" },
  { "target_info", "process_runtime_name", "process_runtime_version" },
  { "steelyard_server_info", NULL, "runtime_version" },
};

/* "v20.20.2" and "go1.19.8" without what is no number. */
static char *
dup_number (const char *version)
{
  const char *number = version + strcspn (version, "0123456789");

  return g_strdup (*number != '\0' ? number : version);
}

static void
read_info (SyConfiguration *self,
           const SySeries  *series)
{
  for (guint i = 0; i < G_N_ELEMENTS (infos); i++)
    {
      const char *version, *runtime;

      if (strcmp (series->name, infos[i].metric) != 0)
        continue;

      version = sy_series_get_label (series, infos[i].version);
      runtime = infos[i].runtime != NULL ? sy_series_get_label (series, infos[i].runtime) : NULL;
      if (self->version == NULL && version != NULL && *version != '\0')
        self->version = dup_number (version);
      if (runtime != NULL && *runtime != '\0')
        {
          g_free (self->runtime);
          self->runtime = g_strdup (runtime);
        }
      if (self->model == NULL)
        self->model = g_strdup (sy_series_get_label (series, "model"));
    }
}

static void
read_workers (SyConfiguration *self,
              const SySample  *sample)
{
  const char *kind = sy_series_get_label (sample->series, "kind");

  if (g_strcmp0 (kind, "process") == 0)
    self->processes = sample->value;
  else if (g_strcmp0 (kind, "thread") == 0)
    self->threads = sample->value;
}

void
sy_configuration_read (SyConfiguration    *self,
                       const SyMapping    *mapping,
                       const SyExposition *exposition)
{
  const SySample *samples = NULL;
  guint n = 0;

  g_return_if_fail (self != NULL);

  *self = (SyConfiguration) { .processes = NAN, .threads = NAN };
  if (mapping != NULL)
    {
      self->runtime = g_strdup (sy_mapping_get_runtime (mapping));
      self->framework = g_strdup (sy_mapping_get_framework (mapping));
    }

  if (exposition != NULL)
    samples = sy_exposition_get_samples (exposition, &n);
  for (guint i = 0; i < n; i++)
    {
      const char *name = samples[i].series->name;

      if (strcmp (name, "steelyard_workers") == 0)
        read_workers (self, &samples[i]);
      else if (strcmp (name, "python_gil_enabled") == 0)
        self->global_lock = samples[i].value != 0 ? SY_GLOBAL_LOCK_ON : SY_GLOBAL_LOCK_OFF;
      else
        read_info (self, samples[i].series);
    }
}

void
sy_configuration_clear (SyConfiguration *self)
{
  g_clear_pointer (&self->runtime, g_free);
  g_clear_pointer (&self->version, g_free);
  g_clear_pointer (&self->framework, g_free);
  g_clear_pointer (&self->model, g_free);
}
