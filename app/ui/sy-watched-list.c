/* sy-watched-list.c: the backends that a Prometheus server watches, to choose from
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-watched-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sy-text.h"

/* Fewer rows than this are found by eye. */
#define SEARCH_FROM 7

struct _SyWatchedList
{
  AdwBin parent_instance;

  GtkWidget *search; /* borrowed, nullable: nothing was filled in */
  GtkWidget *rows;   /* borrowed, nullable: likewise */
};

G_DEFINE_FINAL_TYPE (SyWatchedList, sy_watched_list, ADW_TYPE_BIN)

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
filter_cb (GtkListBoxRow *row,
           gpointer       user_data)
{
  SyWatchedList *self = user_data;
  g_autofree char *wanted = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  g_autofree char *title = g_utf8_casefold (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), -1);

  return strstr (title, wanted) != NULL;
}

/* The row stays and says that it has been taken. */
static void
activated_cb (SyWatchedList *self,
              GtkListBoxRow *row)
{
  GtkWidget *icon = g_object_get_data (G_OBJECT (row), "icon");
  const char *address = g_object_get_data (G_OBJECT (row), "address");

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), "object-select-symbolic");
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Added"), -1);
  gtk_widget_set_sensitive (GTK_WIDGET (row), FALSE);
  g_signal_emit (self, signals[CHOSEN], 0, address, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
}

static char *
describe (const SyPromWatched *watched)
{
  if (watched->n_instances == 1)
    return g_strdup (watched->n_up == 1 ? _("One process") : _("One process, which does not answer"));
  if (watched->n_up == watched->n_instances)
    return g_strdup_printf (ngettext ("%u process together", "%u processes together", watched->n_instances), watched->n_instances);

  return g_strdup_printf (_("%1$u processes together, %2$u of them answer"), watched->n_instances, watched->n_up);
}

static GtkWidget *
make_row (const SyPromWatched *watched)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name ("list-add-symbolic");
  g_autofree char *title = sy_display_text (watched->name, -1, SY_DISPLAY_TEXT_MAX);
  g_autofree char *subtitle = describe (watched);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Add"), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), icon);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "icon", icon);
  g_object_set_data_full (G_OBJECT (row), "address", g_strdup (watched->address), g_free);

  return row;
}

static void
sy_watched_list_class_init (SyWatchedListClass *klass)
{
  /* The address is for sy_session_add(), the name for people. */
  signals[CHOSEN] = g_signal_new ("chosen", SY_TYPE_WATCHED_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
sy_watched_list_init (SyWatchedList *self)
{
}

void
sy_watched_list_fill (SyWatchedList   *self,
                      const GPtrArray *watched)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Watched by This Prometheus Server"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         _("Choose what to weigh: a whole job, or one process of it. The past comes along."));

  self->search = gtk_search_entry_new ();
  gtk_widget_set_margin_bottom (self->search, 12);
  gtk_widget_set_visible (self->search, watched->len >= SEARCH_FROM);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Search by name"), -1);

  self->rows = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->rows), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->rows, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rows), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Watched by This Prometheus Server"), -1);
  for (guint i = 0; i < watched->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->rows), make_row (g_ptr_array_index (watched, i)));

  gtk_list_box_set_filter_func (GTK_LIST_BOX (self->rows), filter_cb, self, NULL);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (gtk_list_box_invalidate_filter), self->rows,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rows, "row-activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->search);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->rows);
  adw_bin_set_child (ADW_BIN (self), group);
}
