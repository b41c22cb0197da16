/* sy-metric-picker.c: which metric of a backend plays a role
 *
 * Only metrics of a kind that can play the role are listed. Empty: the two
 * choices that need no metric.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-metric-picker.h"

#include <glib/gi18n.h>

#include "sy-metric-index.h"
#include "sy-text.h"

#define METRIC_KEY "sy-metric"
#define AUTOMATIC_KEY "sy-automatic"

struct _SyMetricPicker
{
  AdwBin parent_instance;

  GtkWidget *search;
  GtkWidget *list;
};

enum {
  PICKED,
  DISMISSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SyMetricPicker, sy_metric_picker, ADW_TYPE_BIN)

static GtkWidget *
append_row (SyMetricPicker *self,
            const char     *title,
            const char     *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *safe_title = sy_display_text (title, -1, SY_DISPLAY_TEXT_MAX);
  g_autofree char *safe_subtitle = sy_display_text (subtitle, -1, SY_DISPLAY_TEXT_MAX);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), safe_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), safe_subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);

  return row;
}

static void
append_metrics (SyMetricPicker *self,
                const SyRole   *role,
                SyExposition   *exposition)
{
  g_autoptr (GPtrArray) metrics = sy_metric_index_new (exposition);

  for (guint i = 0; i < metrics->len; i++)
    {
      const SyMetric *metric = g_ptr_array_index (metrics, i);
      g_autofree char *subtitle = NULL;
      GtkWidget *row;

      if (metric->is_created || metric->series->len == 0 || !sy_role_allows (role, metric->family->type))
        continue;

      if (*metric->family->help != '\0')
        subtitle = g_strdup_printf ("%s · %s", sy_metric_type_nick (metric->family->type), metric->family->help);
      row = append_row (self, metric->name, subtitle != NULL ? subtitle : sy_metric_type_nick (metric->family->type));
      g_object_set_data_full (G_OBJECT (row), METRIC_KEY, g_strdup (metric->name), g_free);
    }
}

/* The two choices without a metric stay while people search. */
static gboolean
filter_func (GtkListBoxRow *row,
             gpointer       user_data)
{
  SyMetricPicker *self = user_data;
  const char *metric = g_object_get_data (G_OBJECT (row), METRIC_KEY);
  g_auto (GStrv) words = g_strsplit (gtk_editable_get_text (GTK_EDITABLE (self->search)), " ", -1);

  for (gsize i = 0; metric != NULL && words[i] != NULL; i++)
    {
      g_autofree char *word = g_ascii_strdown (words[i], -1);
      g_autofree char *name = g_ascii_strdown (metric, -1);

      if (strstr (name, word) == NULL)
        return FALSE;
    }

  return TRUE;
}

static void
search_changed_cb (SyMetricPicker *self)
{
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (self->list));
}

/* The entry takes Escape for itself. */
static void
stop_search_cb (SyMetricPicker *self)
{
  g_signal_emit (self, signals[DISMISSED], 0);
}

static void
row_activated_cb (SyMetricPicker *self,
                  GtkListBoxRow  *row)
{
  g_autofree char *metric = g_strdup (g_object_get_data (G_OBJECT (row), METRIC_KEY));
  gboolean is_automatic = g_object_get_data (G_OBJECT (row), AUTOMATIC_KEY) != NULL;

  g_signal_emit (self, signals[PICKED], 0, is_automatic, metric);
}

static void
sy_metric_picker_dispose (GObject *object)
{
  SyMetricPicker *self = SY_METRIC_PICKER (object);

  if (self->list != NULL)
    gtk_list_box_set_filter_func (GTK_LIST_BOX (self->list), NULL, NULL, NULL);
  self->list = NULL;

  G_OBJECT_CLASS (sy_metric_picker_parent_class)->dispose (object);
}

static void
sy_metric_picker_class_init (SyMetricPickerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sy_metric_picker_dispose;

  signals[PICKED] = g_signal_new ("picked", SY_TYPE_METRIC_PICKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_BOOLEAN, G_TYPE_STRING);
  signals[DISMISSED] = g_signal_new ("dismissed", SY_TYPE_METRIC_PICKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 0);

  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
sy_metric_picker_init (SyMetricPicker *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", _("Part of a name"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Search metrics"), -1);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "stop-search", G_CALLBACK (stop_search_cb), self, G_CONNECT_SWAPPED);

  self->list = gtk_list_box_new ();
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_list_box_set_filter_func (GTK_LIST_BOX (self->list), filter_func, self, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Metrics"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);

  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), self->list);
  adw_bin_set_child (ADW_BIN (self), box);
}

void
sy_metric_picker_set_role (SyMetricPicker *self,
                           const SyRole   *role,
                           SyExposition   *exposition)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  row = append_row (self, _("Automatic"), _("What the recognisers find"));
  g_object_set_data (G_OBJECT (row), AUTOMATIC_KEY, row);
  append_row (self, _("Nothing"), _("This backend does not report it"));
  if (exposition != NULL)
    append_metrics (self, role, exposition);

  gtk_widget_grab_focus (self->search);
}
