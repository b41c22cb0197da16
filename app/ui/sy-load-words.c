/* sy-load-words.c: a load trial in sentences
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-load-words.h"

#include <glib/gi18n.h>
#include <math.h>

#include "sy-format.h"
#include "sy-text.h"

/* A line each, safe to show. (transfer full) */
static char *
join (const GPtrArray *texts)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < texts->len; i++)
    {
      g_autofree char *safe = sy_display_text (g_ptr_array_index (texts, i), -1, SY_DISPLAY_TEXT_MAX);

      g_string_append_printf (all, "%s• %s", i > 0 ? "\n" : "", safe);
    }

  return g_strdup (all->str);
}

char *
sy_load_words_dup_choice (const SyWorkload *workload)
{
  SyWorkloadDemand demand;
  g_autofree char *rate = NULL;
  g_autofree char *cores = NULL;
  g_autofree char *connections = NULL;
  g_autofree char *use_case = NULL;

  if (workload == NULL)
    return g_strdup ("");

  sy_workload_demand (workload, NAN, &demand);
  use_case = sy_display_text (_(workload->use_case), -1, SY_DISPLAY_TEXT_MAX);
  rate = sy_format_rate (demand.rate);
  cores = sy_format_cores (demand.cpu_cores);
  connections = sy_format_number (ceil (demand.connections));
  /* Translators: a profile's sentence, then what it asks of each backend: a rate, cores, a number of connections */
  return g_strdup_printf (_("%1$s At its own rate, up to %2$s, it asks about %3$s of each backend and %4$s connections. "
                            "The load begins at an eighth of that and rises until something gives."),
                          use_case, rate, cores, connections);
}

char *
sy_load_words_dup_conclusion (SyLoadTrial *trial,
                              char       **ret_headline)
{
  g_autoptr (SyLoadConclusion) conclusion = sy_load_trial_conclude (trial);
  const char *const names[] = { sy_backend_get_name (sy_load_trial_get_backend (trial, 0)),
                                sy_backend_get_name (sy_load_trial_get_backend (trial, 1)) };
  g_autofree char *headline = sy_load_conclusion_headline (conclusion, names);

  *ret_headline = sy_display_text (headline, -1, SY_DISPLAY_TEXT_MAX);
  for (guint i = 0; i < conclusion->against->len; i++)
    g_ptr_array_add (conclusion->reasons, g_strdup (g_ptr_array_index (conclusion->against, i)));
  g_ptr_array_add (conclusion->reasons,
                   g_strdup (sy_load_trial_get_basis (trial) == SY_TRIAL_EQUAL_TIME
                               ? _("Both were asked for equal CPU time: this compares how they wait and share, not how fast their languages are")
                               : _("Both were asked for equal work, however long it takes them")));

  return join (conclusion->reasons);
}

char *
sy_load_words_dup_progress (SyLoadTrial *trial,
                            char       **ret_headline)
{
  SyLoadOrder order;
  g_autofree char *left = sy_format_duration (ceil ((double) sy_load_trial_get_remaining (trial) / G_USEC_PER_SEC));
  g_autofree char *rate = NULL;
  g_autofree char *name = NULL;

  if (!sy_load_trial_get_order (trial, &order))
    return NULL;

  *ret_headline = g_strdup (order.phase == SY_LOAD_RAMP ? _("Looking for what each backend carries")
                                                        : _("Comparing them at the same load"));
  rate = sy_format_rate (order.rate);
  name = sy_display_text (sy_backend_get_name (sy_load_trial_get_backend (trial, order.side)), -1, 60);
  /* Translators: a rate, a backend, a time: "200/s to Event loop; about 3 min 20 s left" */
  return g_strdup_printf (_("%1$s to %2$s; about %3$s left"), rate, name, left);
}
