/* sy-configuration-words.c: how a backend runs, in words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-configuration-words.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "sy-configuration.h"
#include "sy-text.h"

#define MAX_CHARS 40

/* Takes @text, nullable. */
static void
add (GPtrArray *parts,
     char      *text)
{
  if (text == NULL)
    return;

  g_ptr_array_add (parts, sy_display_text (text, -1, MAX_CHARS));
  g_free (text);
}

/* The framework, or what says that it served the answer, unless @others has its name. */
static const char *
choose_system (SyBackend             *backend,
               const SyConfiguration *configuration,
               const char            *others)
{
  const char *system = configuration->framework;

  if (system == NULL)
    system = sy_backend_get_served_by (backend);
  if (system != NULL && others != NULL && strcasestr (others, system) != NULL)
    return NULL;

  return system;
}

static void
add_runtime (GPtrArray             *parts,
             const SyConfiguration *configuration)
{
  if (configuration->runtime != NULL && configuration->version != NULL)
    add (parts, g_strdup_printf ("%s %s", configuration->runtime, configuration->version));
  else
    add (parts, g_strdup (configuration->runtime));
}

static void
add_workers (GPtrArray             *parts,
             SyBackend             *backend,
             const SyConfiguration *configuration)
{
  const double seen = sy_backend_get_n_processes (backend);
  const double processes = isnan (configuration->processes) ? seen : MAX (seen, configuration->processes);

  /* One is what people think of when nothing is said. */
  if (processes > 1 && processes < G_MAXINT)
    add (parts, g_strdup_printf (ngettext ("%u process", "%u processes", (guint) processes), (guint) processes));
  if (configuration->threads >= 1 && configuration->threads < G_MAXINT)
    add (parts, g_strdup_printf (ngettext ("%u thread", "%u threads", (guint) configuration->threads),
                                 (guint) configuration->threads));
}

char *
sy_configuration_words_dup (SyBackend  *backend,
                            const char *others)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_auto (SyConfiguration) configuration = { 0 };

  sy_configuration_read (&configuration, sy_backend_get_mapping (backend), sy_backend_get_exposition (backend));

  add_runtime (parts, &configuration);
  add (parts, g_strdup (choose_system (backend, &configuration, others)));
  add (parts, g_strdup (configuration.model));
  add_workers (parts, backend, &configuration);
  /* Translators: whether one lock of the runtime lets only one thread compute at a time */
  if (configuration.global_lock == SY_GLOBAL_LOCK_ON)
    add (parts, g_strdup (_("global lock on")));
  else if (configuration.global_lock == SY_GLOBAL_LOCK_OFF)
    add (parts, g_strdup (_("global lock off")));
  add (parts, g_strdup (others));

  if (parts->len == 0)
    return NULL;

  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

char *
sy_configuration_words_dup_short (SyBackend  *backend,
                                  const char *exporter)
{
  g_auto (SyConfiguration) configuration = { 0 };
  const char *system;
  g_autofree char *text = NULL;

  sy_configuration_read (&configuration, sy_backend_get_mapping (backend), NULL);
  system = choose_system (backend, &configuration, exporter);
  if (system == NULL && exporter == NULL)
    return NULL;

  text = system != NULL && exporter != NULL ? g_strdup_printf ("%s, %s", system, exporter)
                                            : g_strdup (system != NULL ? system : exporter);
  return sy_display_text (text, -1, 2 * MAX_CHARS);
}
