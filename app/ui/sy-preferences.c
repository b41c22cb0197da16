/* sy-preferences.c: the window of the preferences
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-preferences.h"

#include <glib/gi18n.h>

#include "sy-choice-row.h"
#include "sy-currency-row.h"
#include "sy-path-row.h"
#include "sy-retention-group.h"

static const SyChoice styles[] = {
  { "'system'", N_("As the system") }, { "'light'", N_("Light") }, { "'dark'", N_("Dark") },
};

/* The examples are the same in all languages. */
static const SyChoice numbers[] = {
  { "'language'", N_("As the language") }, { "'comma'", "1,234.5" }, { "'space'", "1\u202f234.5" },
};

static const SyChoice intervals[] = {
  { "0.5", N_("Half a second") }, { "1.0", N_("Second") }, { "2.0", N_("2 seconds") }, { "5.0", N_("5 seconds") },
  { "15.0", N_("15 seconds") },
};

static const SyChoice starts[] = {
  /* Translators: at the next start, the backends that were watched last are … */
  { "'ask'", N_("Offered") },
  /* Translators: at the next start, the backends that were watched last are … */
  { "'always'", N_("Watched again") },
  /* Translators: at the next start, the backends that were watched last are … */
  { "'never'", N_("Forgotten") },
};

static const SyChoice rates[] = {
  { "50", N_("50 requests/s") }, { "100", N_("100 requests/s") }, { "500", N_("500 requests/s") },
  { "1000", N_("1000 requests/s") }, { "5000", N_("5000 requests/s") },
};

/* The setting is in MiB. */
static const SyChoice sizes[] = {
  { "256", N_("256 MiB") }, { "1024", N_("1 GiB") }, { "4096", N_("4 GiB") }, { "16384", N_("16 GiB") },
};

static AdwPreferencesPage *
add_page (GtkWidget  *window,
          const char *title,
          const char *icon)
{
  GtkWidget *page = adw_preferences_page_new ();

  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (page), title);
  adw_preferences_page_set_icon_name (ADW_PREFERENCES_PAGE (page), icon);
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window), ADW_PREFERENCES_PAGE (page));

  return ADW_PREFERENCES_PAGE (page);
}

/* @description: (nullable) */
static AdwPreferencesGroup *
add_group (AdwPreferencesPage *page,
           const char         *title,
           const char         *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));

  return ADW_PREFERENCES_GROUP (group);
}

/* Returns: (transfer none): @row, in @group and bound to @key */
static GtkWidget *
add_choice (AdwPreferencesGroup *group,
            GtkWidget           *row,
            GSettings           *settings,
            const char          *key)
{
  sy_choice_row_bind (SY_CHOICE_ROW (row), settings, key);
  adw_preferences_group_add (group, row);
  return row;
}

static GtkWidget *
add_switch (AdwPreferencesGroup *group,
            const char          *title,
            GSettings           *settings,
            const char          *key)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_switch_new ();

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_settings_bind (settings, key, button, "active", G_SETTINGS_BIND_DEFAULT);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (group, row);

  return row;
}

static void
add_general (GtkWidget *window,
             GSettings *settings)
{
  AdwPreferencesPage *page = add_page (window, _("General"), "preferences-system-symbolic");
  AdwPreferencesGroup *group = add_group (page, _("Appearance"), NULL);
  GtkWidget *row;

  add_choice (group, sy_choice_row_new (_("Style"), styles, G_N_ELEMENTS (styles)), settings, "color-scheme");

  row = add_choice (group, sy_choice_row_new (_("Numbers"), numbers, G_N_ELEMENTS (numbers)), settings, "number-format");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("From the next start on"));

  group = add_group (page, _("Backends"), _("For the next start their names and addresses are kept, but no address that holds a secret."));
  add_choice (group, sy_choice_row_new (_("Ask every"), intervals, G_N_ELEMENTS (intervals)), settings, "interval");
  row = add_choice (group, sy_choice_row_new (_("Last backends"), starts, G_N_ELEMENTS (starts)), settings, "reopen");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("At the next start"));

  group = add_group (page, _("Alerts"), NULL);
  row = add_switch (group, _("Notifications"), settings, "notifications");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("The window shows alerts in any case"));

  group = add_group (page, _("Load"), _("From the next load on. A backend that carries more is known only to carry at least this."));
  row = add_choice (group, sy_choice_row_new (_("Send at most"), rates, G_N_ELEMENTS (rates)), settings, "load-rate");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Bursts included"));
}

static void
add_costs (GtkWidget                  *window,
           const SyPreferencesSubject *subject)
{
  AdwPreferencesPage *page = add_page (window, _("Costs"), "accessories-calculator-symbolic");
  AdwPreferencesGroup *group = add_group (page, _("Money"), NULL);
  GtkWidget *currency = sy_currency_row_new (subject->assumptions);
  const SyPathWords words = {
    .title = _("Price list of your own"),
    .unset = _("None: prices are from the lists of the program"),
    .note = _("It comes on top of the lists of the program"),
    .instead = _("Prices are from the lists of the program."),
    .choose = _("Choose Price List"),
    .reset = _("Without a Price List of Your Own"),
    .pattern = "*.json",
    .action = GTK_FILE_CHOOSER_ACTION_OPEN,
  };

  sy_currency_row_follow (SY_CURRENCY_ROW (currency), subject->session);
  adw_preferences_group_add (group, currency);
  adw_preferences_group_add (add_group (page, _("Prices"), NULL), sy_path_row_new (subject->price_file, &words));
}

static void
add_recordings (GtkWidget                  *window,
                const SyPreferencesSubject *subject)
{
  AdwPreferencesPage *page = add_page (window, _("Recordings"), "document-open-recent-symbolic");
  AdwPreferencesGroup *group = add_group (page, _("Recording"), NULL);
  GtkWidget *retention = g_object_new (SY_TYPE_RETENTION_GROUP, NULL);
  GtkWidget *size;
  const SyPathWords words = {
    .title = _("Folder"),
    .unset = _("Among the data of the program"),
    .note = _("From the next recording on. Earlier ones stay where they are; those that are there already are kept as long as all others."),
    .instead = _("Recordings go among the data of the program."),
    .choose = _("Choose Folder for Recordings"),
    .reset = _("Back Among the Data of the Program"),
    .action = GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
  };

  add_switch (group, _("Record what is watched"), subject->settings, "record");
  size = add_choice (group, sy_choice_row_new (_("A recording ends at"), sizes, G_N_ELEMENTS (sizes)), subject->settings,
                     "recording-size");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (size), _("From the next recording on"));
  adw_preferences_group_add (group, sy_path_row_new (subject->folder, &words));

  sy_retention_group_set_settings (SY_RETENTION_GROUP (retention), subject->settings);
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (retention));
}

GtkWidget *
sy_preferences_new (GtkWindow                  *parent,
                    const SyPreferencesSubject *subject)
{
  GtkWidget *window = g_object_new (ADW_TYPE_PREFERENCES_WINDOW, "transient-for", parent, "modal", TRUE,
                                    "title", _("Preferences"), NULL);

  add_general (window, subject->settings);
  add_costs (window, subject);
  add_recordings (window, subject);

  return window;
}
