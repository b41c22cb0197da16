/* sy-retention-group.c: how much is kept of what is recorded
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-retention-group.h"

#include <glib/gi18n.h>

#include "sy-choice-row.h"

static const SyChoice day_choices[] = {
  { "0", N_("Until I delete them") }, { "30", N_("A month") }, { "90", N_("Three months") }, { "365", N_("A year") },
};

/* The setting is in MiB. */
static const SyChoice size_choices[] = {
  { "0", N_("As much as there is") }, { "954", N_("1 GB") }, { "4768", N_("5 GB") }, { "19073", N_("20 GB") },
  { "95367", N_("100 GB") },
};

struct _SyRetentionGroup
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *days; /* borrowed, a child */
  GtkWidget *size; /* borrowed, a child */
};

G_DEFINE_FINAL_TYPE (SyRetentionGroup, sy_retention_group, ADW_TYPE_PREFERENCES_GROUP)

static void
sy_retention_group_class_init (SyRetentionGroupClass *klass)
{
}

static void
sy_retention_group_init (SyRetentionGroup *self)
{
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Keeping"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self),
                                         _("From the next start on. The oldest recordings go first, and for good."));
  self->days = sy_choice_row_new (_("Keep recordings"), day_choices, G_N_ELEMENTS (day_choices));
  self->size = sy_choice_row_new (_("Let them take together"), size_choices, G_N_ELEMENTS (size_choices));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->days);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->size);
}

void
sy_retention_group_set_settings (SyRetentionGroup *self,
                                 GSettings        *settings)
{
  sy_choice_row_bind (SY_CHOICE_ROW (self->days), settings, "recordings-days");
  sy_choice_row_bind (SY_CHOICE_ROW (self->size), settings, "recordings-size");
}
