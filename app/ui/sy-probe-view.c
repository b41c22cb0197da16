/* sy-probe-view.c: what was found at an address
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-probe-view.h"

#include <glib/gi18n.h>

#include "sy-format.h"
#include "sy-measure.h"
#include "sy-source-facts.h"
#include "sy-text.h"

struct _SyProbeView
{
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (SyProbeView, sy_probe_view, ADW_TYPE_BIN)

/* The signals that the Live page draws, and the roles that can give them, the
 * best first; advice is about the first. */
static const struct {
  const char *title;
  const char *roles[8];
} wanted[] = {
  { N_("Throughput"), { "requests", "responses", "duration", NULL } },
  { N_("Latency"), { "duration", "duration_summary", NULL } },
  { N_("Requests in flight"), { "inflight", "started", "duration", NULL } },
  { N_("Errors"), { "errors", "status", "errors_5xx", "exceptions", "requests", "responses", "duration", NULL } },
  { N_("CPU"), { "cpu", "cpu_pct", NULL } },
  { N_("Memory"), { "rss", NULL } },
  { N_("Event-loop lag or busy workers"), { "loop_lag", "loop_lag_p99", "workers_busy", NULL } },
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

/* "prom-client · Node.js · Express", as much as is known. */
static char *
dup_identity (const SyProbe *probe)
{
  const SyMapping *mapping = probe->mapping;
  const char *exporter = mapping != NULL ? sy_mapping_get_exporter (mapping) : NULL;
  const char *others[] = { mapping != NULL ? sy_mapping_get_runtime (mapping) : NULL,
                           mapping != NULL ? sy_mapping_get_framework (mapping) : NULL, probe->served_by };
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
  g_autofree char *identity = dup_identity (probe);
  g_autofree char *duration = sy_format_duration ((double) probe->duration_us / 1e6);
  g_autofree char *size = NULL;
  g_autofree char *address = sy_display_text (probe->redacted, -1, SY_DISPLAY_TEXT_MAX);
  g_autofree char *markup = g_markup_escape_text (address, -1);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), probe->lines != NULL ? _("Who Pushes") : _("Who Answered"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), markup);

  /* Translators: what a backend answered: its format, how much, how fast: "openmetrics, 431 samples in 120 families, in 12 ms" */
  size = g_strdup_printf (ngettext ("%1$s, %2$u sample in %3$u families, in %4$s",
                                    "%1$s, %2$u samples in %3$u families, in %4$s", probe->n_samples),
                          probe->format, probe->n_samples, probe->n_families, duration);
  append_row (group, identity, size);
  if (probe->mapping != NULL && sy_mapping_is_unconfirmed (probe->mapping))
    append_row (group, _("Recognised by its documentation"),
                _("No answer of one has been compared yet: look at what each signal is read from"));

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

static void
copy_cb (GtkWidget  *button,
         const char *line)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (button), line);
}

/* Safe to show, and the line breaks kept. */
static char *
dup_safe_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", 20);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *safe = sy_display_text (lines[i], -1, 400);

      g_free (lines[i]);
      lines[i] = safe;
    }

  return g_strjoinv ("\n", lines);
}

/* The line that adds a signal, to be read whole and copied. */
static GtkWidget *
make_line (const char *line)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  g_autofree char *safe = dup_safe_lines (line);
  GtkWidget *label = gtk_label_new (safe);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_add_css_class (label, "caption");

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Copy Line"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Copy Line"), -1);
  g_signal_connect_data (button, "clicked", G_CALLBACK (copy_cb), g_strdup (line), (GClosureNotify) (GCallback) g_free, 0);

  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 6);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);

  return box;
}

/* @line, which is about @title, as a row. */
static void
append_line (GtkWidget  *group,
             const char *title,
             const char *line)
{
  /* Only rows of this class join the group's list; others go below it. */
  GtkWidget *row = adw_preferences_row_new ();
  g_autofree char *name = g_strdup_printf ("%s: %s", title, line);

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), make_line (line));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

/* What adds the signal that is missing. */
static void
append_advice (GtkWidget       *group,
               const SyMapping *mapping,
               const char      *title,
               const char      *role)
{
  const SyAdvice *advice = mapping != NULL ? sy_mapping_find_advice (mapping, role) : NULL;
  /* A file of the person's own has no translation, and an empty text would be the catalogue's head. */
  const char *text = advice == NULL ? _("Missing: its row will stay empty") : *advice->text != '\0' ? _(advice->text) : "";
  GtkWidget *row = append_row (group, title, text);
  GtkWidget *icon = gtk_image_new_from_icon_name ("action-unavailable-symbolic");

  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Missing"), -1);
  gtk_widget_add_css_class (icon, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), icon);

  if (advice != NULL && advice->line != NULL)
    append_line (group, title, advice->line);
}

static void
append_signal (GtkWidget      *group,
               const char     *title,
               const SySignal *signal)
{
  g_autofree char *text = describe_signal (signal);
  GtkWidget *row = append_row (group, title, text);
  GtkWidget *icon = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Found"), -1);
  gtk_widget_add_css_class (icon, "success");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), icon);
}

static GtkWidget *
make_signals (const SyMapping *mapping)
{
  GtkWidget *group = adw_preferences_group_new ();
  guint n_found = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      const SySignal *signal = mapping != NULL ? find_signal (mapping, wanted[i].roles) : NULL;

      if (signal != NULL)
        append_signal (group, _(wanted[i].title), signal);
      else
        append_advice (group, mapping, _(wanted[i].title), wanted[i].roles[0]);
      n_found += signal != NULL;
    }

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("What It Says"));
  if (n_found == 0)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                           _("These are metrics, but none that says how requests fare."));

  return group;
}

/* Every address that was asked and what came of it. */
static GtkWidget *
make_tries (const SyProbe *probe)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("What Was Asked"));

  for (guint i = 0; i < probe->tries->len; i++)
    {
      const SyProbeTry *try = g_ptr_array_index (probe->tries, i);
      g_autofree char *duration = sy_format_duration ((double) try->duration_us / 1e6);
      g_autofree char *address = sy_display_text (try->redacted, -1, SY_DISPLAY_TEXT_MAX);
      g_autofree char *result = NULL;

      if (try->error != NULL)
        /* Translators: what came of asking an address, and how long it took: "It answered, but not with 200, after 3 ms" */
        result = g_strdup_printf (_("%1$s, after %2$s"), sy_error_code_get_heading (try->error->code), duration);
      else
        /* Translators: an address gave an answer that can be used, and how long that took */
        result = g_strdup_printf (_("It answered, after %s"), duration);
      append_row (group, address, result);
    }

  if (probe->is_prometheus_api)
    append_row (group, _("A Prometheus server"),
                _("Metrics of its own are about itself, not about the backends that it watches"));

  return group;
}

/* What a backend that pushes needs; @is_waiting: and that it is waited for. */
static GtkWidget *
make_environment (const char *const *lines,
                  gboolean           is_waiting)
{
  GtkWidget *group = adw_preferences_group_new ();
  const char *title = _("Environment of the Backend");
  g_autofree char *all = g_strjoinv ("\n", (char **) lines);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  if (is_waiting)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                           _("Waiting for its first push. Start the backend with these, or add it now and start it later."));
  append_line (group, title, all);
  append_row (group, _("An SDK without JSON"),
              _("It can send through an OpenTelemetry Collector whose otlphttp exporter says encoding: json"));

  return group;
}

static void
sy_probe_view_class_init (SyProbeViewClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
sy_probe_view_init (SyProbeView *self)
{
}

void
sy_probe_view_set_waiting (SyProbeView       *self,
                           const char *const *lines)
{
  adw_bin_set_child (ADW_BIN (self), make_environment (lines, TRUE));
}

void
sy_probe_view_set_probe (SyProbeView   *self,
                         const SyProbe *probe)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  if (probe->error == NULL)
    {
      gtk_box_append (GTK_BOX (box), make_facts (probe));
      gtk_box_append (GTK_BOX (box), make_signals (probe->mapping));
    }
  else if (probe->lines != NULL)
    gtk_box_append (GTK_BOX (box), make_environment ((const char *const *) probe->lines, FALSE));

  if (probe->error != NULL || probe->tries->len > 1)
    gtk_box_append (GTK_BOX (box), make_tries (probe));
  adw_bin_set_child (ADW_BIN (self), box);
}
