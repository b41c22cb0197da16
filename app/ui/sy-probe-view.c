/* sy-probe-view.c: what was found at an address
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-probe-view.h"

#include <glib/gi18n.h>

#include "sy-format.h"
#include "sy-measure.h"
#include "sy-text.h"

struct _SyProbeView
{
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (SyProbeView, sy_probe_view, ADW_TYPE_BIN)

/* The signals that the Live page draws, and the roles that can give them, the
 * best first. */
static const struct {
  const char *title;
  const char *roles[4];
} wanted[] = {
  { N_("Throughput"), { "requests", "duration", NULL } },
  { N_("Latency"), { "duration", NULL } },
  { N_("Requests in flight"), { "inflight", "started", "duration", NULL } },
  { N_("Errors"), { "errors", "requests", "responses", NULL } },
  { N_("CPU"), { "cpu", NULL } },
  { N_("Memory"), { "rss", NULL } },
  { N_("Event-loop lag or busy workers"), { "loop_lag", "workers_busy", NULL } },
};

static GtkWidget *
append_row (GtkWidget  *group,
            const char *title,
            const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *safe = sy_display_text (subtitle, -1, SY_DISPLAY_TEXT_MAX);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), safe);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);

  return row;
}

/* "prom-client · Node.js · express", as much as is known. */
static char *
dup_identity (const SyMapping *mapping)
{
  const char *exporter = mapping != NULL ? sy_mapping_get_exporter (mapping) : NULL;
  const char *others[] = { mapping != NULL ? sy_mapping_get_runtime (mapping) : NULL,
                           mapping != NULL ? sy_mapping_get_framework (mapping) : NULL };
  GString *text = g_string_new (exporter != NULL ? exporter : _("Exporter not recognised"));

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (others[i] != NULL)
      g_string_append_printf (text, " · %s", others[i]);

  return g_string_free (text, FALSE);
}

static GtkWidget *
make_facts (const SyProbe *probe)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *identity = dup_identity (probe->mapping);
  g_autofree char *duration = sy_format_duration ((double) probe->duration_us / 1e6);
  g_autofree char *size = NULL;
  g_autofree char *address = sy_display_text (probe->redacted, -1, SY_DISPLAY_TEXT_MAX);
  g_autofree char *markup = g_markup_escape_text (address, -1);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Who Answered"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), markup);

  /* Translators: what a backend answered: its format, how much, how fast: "openmetrics, 431 samples in 120 families, in 12 ms" */
  size = g_strdup_printf (ngettext ("%1$s, %2$u sample in %3$u families, in %4$s",
                                    "%1$s, %2$u samples in %3$u families, in %4$s", probe->n_samples),
                          probe->format, probe->n_samples, probe->n_families, duration);
  append_row (group, identity, size);

  return group;
}

/* The first of @roles that @mapping has. */
static const SySignal *
find_signal (const SyMapping   *mapping,
             const char *const *roles)
{
  for (guint i = 0; roles[i] != NULL; i++)
    {
      const SySignal *signal = sy_mapping_find (mapping, roles[i]);

      if (signal != NULL)
        return signal;
    }

  return NULL;
}

static char *
describe_signal (const SySignal *signal)
{
  const char *how = sy_how_describe (signal->how);

  if (how == NULL)
    return g_strdup (signal->metric);

  return g_strdup_printf ("%s · %s", signal->metric, how);
}

static GtkWidget *
make_signals (const SyMapping *mapping)
{
  GtkWidget *group = adw_preferences_group_new ();
  guint n_found = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      const SySignal *signal = mapping != NULL ? find_signal (mapping, wanted[i].roles) : NULL;
      g_autofree char *text = signal != NULL ? describe_signal (signal) : g_strdup (_("Missing: its row will stay empty"));
      GtkWidget *row = append_row (group, _(wanted[i].title), text);
      GtkWidget *icon = gtk_image_new_from_icon_name (signal != NULL ? "object-select-symbolic"
                                                                     : "action-unavailable-symbolic");

      gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      signal != NULL ? _("Found") : _("Missing"), -1);
      gtk_widget_add_css_class (icon, signal != NULL ? "success" : "dim-label");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), icon);
      n_found += signal != NULL;
    }

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("What It Says"));
  if (n_found == 0)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                           _("These are metrics, but none that says how requests fare."));

  return group;
}

static void
sy_probe_view_class_init (SyProbeViewClass *klass)
{
}

static void
sy_probe_view_init (SyProbeView *self)
{
}

void
sy_probe_view_set_probe (SyProbeView   *self,
                         const SyProbe *probe)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  g_return_if_fail (probe->error == NULL);

  gtk_box_append (GTK_BOX (box), make_facts (probe));
  gtk_box_append (GTK_BOX (box), make_signals (probe->mapping));
  adw_bin_set_child (ADW_BIN (self), box);
}
