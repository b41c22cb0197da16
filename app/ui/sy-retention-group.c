/* sy-retention-group.c: how much is kept of what is recorded
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-retention-group.h"

#include <glib/gi18n.h>

typedef struct {
  int         value; /* of the setting; 0: no limit */
  const char *label;
} Choice;

static const Choice day_choices[] = {
  { 0, N_("Until I delete them") }, { 30, N_("A month") }, { 90, N_("Three months") }, { 365, N_("A year") },
};

/* The setting is in MiB. */
static const Choice size_choices[] = {
  { 0, N_("As much as there is") }, { 954, N_("1 GB") }, { 4768, N_("5 GB") }, { 19073, N_("20 GB") }, { 95367, N_("100 GB") },
};

struct _SyRetentionGroup
{
  AdwPreferencesGroup parent_instance;

  GSettings *settings; /* owned, nullable: not set yet */
  GtkWidget *days; /* borrowed, a child */
  GtkWidget *size; /* borrowed, a child */
};

G_DEFINE_FINAL_TYPE (SyRetentionGroup, sy_retention_group, ADW_TYPE_PREFERENCES_GROUP)

/* The largest choice that is not above what is set. */
static guint
find_choice (const Choice *choices,
             gsize         n,
             int           value)
{
  guint found = 0;

  for (guint i = 1; i < n && value > 0; i++)
    if (choices[i].value <= value || i == 1)
      found = i;

  return found;
}

static void
days_cb (SyRetentionGroup *self)
{
  const guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->days));

  if (selected < G_N_ELEMENTS (day_choices))
    g_settings_set_int (self->settings, "recordings-days", day_choices[selected].value);
}

static void
size_cb (SyRetentionGroup *self)
{
  const guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->size));

  if (selected < G_N_ELEMENTS (size_choices))
    g_settings_set_int (self->settings, "recordings-size", size_choices[selected].value);
}

static GtkWidget *
add_row (SyRetentionGroup *self,
         const char       *title,
         const Choice     *choices,
         gsize             n)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  for (gsize i = 0; i < n; i++)
    gtk_string_list_append (labels, _(choices[i].label));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (labels));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  return row;
}

static void
sy_retention_group_dispose (GObject *object)
{
  g_clear_object (&SY_RETENTION_GROUP (object)->settings);

  G_OBJECT_CLASS (sy_retention_group_parent_class)->dispose (object);
}

static void
sy_retention_group_class_init (SyRetentionGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sy_retention_group_dispose;
}

static void
sy_retention_group_init (SyRetentionGroup *self)
{
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Keeping"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self),
                                         _("From the next start on. The oldest recordings go first, and for good."));
  self->days = add_row (self, _("Keep recordings"), day_choices, G_N_ELEMENTS (day_choices));
  self->size = add_row (self, _("Let them take together"), size_choices, G_N_ELEMENTS (size_choices));
}

void
sy_retention_group_set_settings (SyRetentionGroup *self,
                                 GSettings        *settings)
{
  g_return_if_fail (self->settings == NULL);

  self->settings = g_object_ref (settings);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->days),
                              find_choice (day_choices, G_N_ELEMENTS (day_choices), g_settings_get_int (settings, "recordings-days")));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->size),
                              find_choice (size_choices, G_N_ELEMENTS (size_choices),
                                           g_settings_get_int (settings, "recordings-size")));
  g_signal_connect_object (self->days, "notify::selected", G_CALLBACK (days_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->size, "notify::selected", G_CALLBACK (size_cb), self, G_CONNECT_SWAPPED);
}
