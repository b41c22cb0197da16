/* sy-alerts-dialog.c: what a person wants to be told of
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-alerts-dialog.h"

#include <glib/gi18n.h>

#include "sy-alert-editor.h"
#include "sy-alert-words.h"
#include "sy-button-names.h"
#include "sy-toast.h"

#define ID_KEY "sy-rule"

/* A rule and what shows it; all borrowed from the row, which the list owns. */
typedef struct
{
  guint      id;
  GtkWidget *row;
  GtkWidget *mark; /* visible while it is the case */
  GtkWidget *enabled;
  GtkWidget *change;
  GtkWidget *remove;
} Line;

struct _SyAlertsDialog
{
  AdwWindow parent_instance;

  SySession    *session; /* owned */
  SyAlertWatch *watch;   /* owned */
  SyBackground *background; /* owned */
  GArray       *lines;   /* owned, element-type Line, in the order of the book */
  gboolean      filling; /* the switches follow the book */

  /* Template */
  GtkWidget *toast_overlay;
  GtkWidget *add_button;
  GtkWidget *lost;
  GtkWidget *background_row;
  GtkWidget *background_switch;
  GtkWidget *list;
  GtkWidget *empty;
};

G_DEFINE_FINAL_TYPE (SyAlertsDialog, sy_alerts_dialog, ADW_TYPE_WINDOW)

static void
add_toast (SyAlertsDialog *self,
           const char     *text)
{
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toast_overlay), sy_toast_new (text));
}

/* @kept: what the book answered. */
static void
tell_unkept (SyAlertsDialog *self,
             gboolean        kept,
             const GError   *error)
{
  g_autofree char *text = NULL;

  if (kept)
    return;

  text = sy_alert_dup_unkept (error);
  add_toast (self, text);
}

static const SyAlertRule *
find_rule (SyAlertsDialog *self,
           GtkWidget      *widget)
{
  return sy_alert_book_find (sy_alert_watch_get_book (self->watch),
                             GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (widget), ID_KEY)));
}

/* --- Acts --- */

static void
edit (SyAlertsDialog    *self,
      const SyAlertRule *rule)
{
  GtkWidget *editor = sy_alert_editor_new (GTK_WINDOW (self), sy_alert_watch_get_book (self->watch), self->session, rule);

  g_signal_connect_object (editor, "message", G_CALLBACK (add_toast), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (editor));
}

static void
add_cb (SyAlertsDialog *self)
{
  edit (self, NULL);
}

static void
change_cb (SyAlertsDialog *self,
           GtkWidget      *button)
{
  edit (self, find_rule (self, button));
}

static void
enabled_cb (SyAlertsDialog *self,
            GParamSpec     *pspec,
            GtkWidget      *button)
{
  g_autoptr (GError) error = NULL;
  SyAlertRule rule;

  if (self->filling)
    return;

  rule = *find_rule (self, button);
  rule.is_enabled = gtk_switch_get_active (GTK_SWITCH (button));
  tell_unkept (self, sy_alert_book_change (sy_alert_watch_get_book (self->watch), &rule, &error), error);
}

static void
lost_cb (SyAlertsDialog *self)
{
  g_autoptr (GError) error = NULL;

  if (!self->filling)
    tell_unkept (self, sy_alert_book_set_tells_lost (sy_alert_watch_get_book (self->watch),
                                                     gtk_switch_get_active (GTK_SWITCH (self->lost)), &error), error);
}

/* --- With the window closed --- */

static const char *
describe_background (SyBackgroundState state)
{
  switch (state)
    {
    case SY_BACKGROUND_ASKING:
      return _("The desktop is being asked…");
    case SY_BACKGROUND_REFUSED:
      return _("The desktop does not allow it.");
    case SY_BACKGROUND_UNAVAILABLE:
      return _("This desktop has no background portal that could be asked.");
    case SY_BACKGROUND_OFF:
    case SY_BACKGROUND_ALLOWED:
    default:
      return _("The program goes on without a window, and ends when you quit it.");
    }
}

static void
refresh_background (SyAlertsDialog *self)
{
  self->filling = TRUE;
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->background_row),
                               describe_background (sy_background_get_state (self->background)));
  gtk_switch_set_active (GTK_SWITCH (self->background_switch), sy_background_is_wanted (self->background));
  self->filling = FALSE;
}

static void
background_cb (SyAlertsDialog *self)
{
  if (self->filling)
    return;

  sy_background_set_wanted (self->background, gtk_switch_get_active (GTK_SWITCH (self->background_switch)));
  refresh_background (self);
}

/* --- Removing --- */

/* Each toast has its own rule: more than one may be on its way. */
static void
put_back_cb (AdwToast       *toast,
             SyAlertsDialog *self)
{
  g_autofree SyAlertRule *rule = g_object_steal_data (G_OBJECT (toast), "rule");
  const guint position = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (toast), "position"));
  g_autoptr (GError) error = NULL;

  /* Pressed twice while the toast goes away. */
  if (rule != NULL)
    tell_unkept (self, sy_alert_book_add (sy_alert_watch_get_book (self->watch), rule, position, &error), error);
}

static void
remove_cb (SyAlertsDialog *self,
           GtkWidget      *button)
{
  SyAlertBook *book = sy_alert_watch_get_book (self->watch);
  const SyAlertRule rule = *find_rule (self, button);
  g_autofree char *condition = sy_alert_dup_condition (&rule, sy_session_get_price (self->session)->currency);
  /* Translators: a rule went out of the list; Undo brings it back */
  g_autofree char *text = g_strdup_printf (_("Removed “%s”"), condition);
  AdwToast *toast = sy_toast_new_undo (text);
  g_autoptr (GError) error = NULL;
  guint position = 0;

  while (sy_alert_book_get (book, position)->id != rule.id)
    position++;

  g_object_set_data_full (G_OBJECT (toast), "rule", g_memdup2 (&rule, sizeof rule), g_free);
  g_object_set_data (G_OBJECT (toast), "position", GUINT_TO_POINTER (position));
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (put_back_cb), self, 0);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toast_overlay), toast);
  sy_name_buttons (self->toast_overlay);

  tell_unkept (self, sy_alert_book_remove (book, rule.id, &error), error);

  /* The button has gone with its row: the next one takes the focus. */
  gtk_widget_grab_focus (position < self->lines->len ? g_array_index (self->lines, Line, position).remove : self->add_button);
}

/* --- List --- */

static GtkWidget *
create_button (const char *icon,
               const char *label,
               guint       id)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  g_object_set_data (G_OBJECT (button), ID_KEY, GUINT_TO_POINTER (id));
  return button;
}

static void
add_line (SyAlertsDialog    *self,
          const SyAlertRule *rule)
{
  Line line = { .id = rule->id, .row = adw_action_row_new (), .enabled = gtk_switch_new () };

  line.change = create_button ("document-edit-symbolic", _("Change"), rule->id);
  line.remove = create_button ("list-remove-symbolic", _("Remove"), rule->id);
  /* What it says to eyes the subtitle says to everybody. */
  line.mark = g_object_new (GTK_TYPE_IMAGE, "icon-name", "dialog-warning-symbolic",
                            "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_add_css_class (line.mark, "warning");
  gtk_widget_set_valign (line.enabled, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (line.enabled), ID_KEY, GUINT_TO_POINTER (rule->id));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line.row), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (line.row), 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (line.row), line.mark);
  adw_action_row_add_suffix (ADW_ACTION_ROW (line.row), line.change);
  adw_action_row_add_suffix (ADW_ACTION_ROW (line.row), line.remove);
  adw_action_row_add_suffix (ADW_ACTION_ROW (line.row), line.enabled);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (line.row), line.change);
  gtk_list_box_append (GTK_LIST_BOX (self->list), line.row);
  g_array_append_val (self->lines, line);

  g_signal_connect_object (line.change, "clicked", G_CALLBACK (change_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (line.remove, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (line.enabled, "notify::active", G_CALLBACK (enabled_cb), self, G_CONNECT_SWAPPED);
}

/* "For at least 1 min", or what is the case now. */
static char *
dup_state (SyAlertsDialog    *self,
           const SyAlertRule *rule)
{
  const SyAlertEvent *event = sy_alert_watch_find (self->watch, rule->id);

  return event != NULL ? sy_alert_dup_body (event, sy_session_get_price (self->session)->currency)
                       : sy_alert_dup_duration (rule->duration_us);
}

static void
update_line (SyAlertsDialog *self,
             const Line     *line)
{
  const SyAlertRule *rule = sy_alert_book_find (sy_alert_watch_get_book (self->watch), line->id);
  g_autofree char *condition = sy_alert_dup_condition (rule, sy_session_get_price (self->session)->currency);
  g_autofree char *state = dup_state (self, rule);
  /* Translators: %s is a rule: "B: Latency p99 over 500 ms" */
  g_autofree char *change = g_strdup_printf (_("Change “%s”"), condition);
  /* Translators: %s is a rule: "B: Latency p99 over 500 ms" */
  g_autofree char *remove_text = g_strdup_printf (_("Remove “%s”"), condition);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line->row), condition);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (line->row), state);
  gtk_widget_set_visible (line->mark, sy_alert_watch_find (self->watch, line->id) != NULL);
  gtk_switch_set_active (GTK_SWITCH (line->enabled), rule->is_enabled);
  gtk_accessible_update_property (GTK_ACCESSIBLE (line->enabled), GTK_ACCESSIBLE_PROPERTY_LABEL, condition, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (line->change), GTK_ACCESSIBLE_PROPERTY_LABEL, change, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (line->remove), GTK_ACCESSIBLE_PROPERTY_LABEL, remove_text, -1);
}

static gboolean
has_same_rules (SyAlertsDialog *self,
                SyAlertBook    *book)
{
  for (guint i = 0; i < self->lines->len && i < sy_alert_book_get_n (book); i++)
    if (g_array_index (self->lines, Line, i).id != sy_alert_book_get (book, i)->id)
      return FALSE;

  return self->lines->len == sy_alert_book_get_n (book);
}

/* Lines stay where the rules are the same: a switch that was pressed keeps the focus. */
static void
refresh (SyAlertsDialog *self)
{
  SyAlertBook *book = sy_alert_watch_get_book (self->watch);

  self->filling = TRUE;
  if (!has_same_rules (self, book))
    {
      for (guint i = 0; i < self->lines->len; i++)
        gtk_list_box_remove (GTK_LIST_BOX (self->list), g_array_index (self->lines, Line, i).row);
      g_array_set_size (self->lines, 0);
      for (guint i = 0; i < sy_alert_book_get_n (book); i++)
        add_line (self, sy_alert_book_get (book, i));
    }
  for (guint i = 0; i < self->lines->len; i++)
    update_line (self, &g_array_index (self->lines, Line, i));

  gtk_switch_set_active (GTK_SWITCH (self->lost), sy_alert_book_get_tells_lost (book));
  gtk_widget_set_visible (self->list, self->lines->len > 0);
  gtk_widget_set_visible (self->empty, self->lines->len == 0);
  self->filling = FALSE;
}

static void
sy_alerts_dialog_dispose (GObject *object)
{
  SyAlertsDialog *self = SY_ALERTS_DIALOG (object);

  g_clear_object (&self->watch);
  g_clear_object (&self->background);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (sy_alerts_dialog_parent_class)->dispose (object);
}

static void
sy_alerts_dialog_finalize (GObject *object)
{
  g_array_unref (SY_ALERTS_DIALOG (object)->lines);

  G_OBJECT_CLASS (sy_alerts_dialog_parent_class)->finalize (object);
}

static void
sy_alerts_dialog_class_init (SyAlertsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sy_alerts_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = sy_alerts_dialog_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/steelyard/ui/sy-alerts-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SyAlertsDialog, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, SyAlertsDialog, add_button);
  gtk_widget_class_bind_template_child (widget_class, SyAlertsDialog, lost);
  gtk_widget_class_bind_template_child (widget_class, SyAlertsDialog, background_row);
  gtk_widget_class_bind_template_child (widget_class, SyAlertsDialog, background_switch);
  gtk_widget_class_bind_template_child (widget_class, SyAlertsDialog, list);
  gtk_widget_class_bind_template_child (widget_class, SyAlertsDialog, empty);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, lost_cb);
  gtk_widget_class_bind_template_callback (widget_class, background_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
sy_alerts_dialog_init (SyAlertsDialog *self)
{
  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  gtk_widget_init_template (GTK_WIDGET (self));
  sy_name_buttons (GTK_WIDGET (self));
  sy_name_rows (GTK_WIDGET (self));
}

GtkWidget *
sy_alerts_dialog_new (GtkWindow    *parent,
                      SySession    *session,
                      SyAlertWatch *watch,
                      SyBackground *background)
{
  SyAlertsDialog *self = g_object_new (SY_TYPE_ALERTS_DIALOG, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  self->watch = g_object_ref (watch);
  self->background = g_object_ref (background);
  g_signal_connect_object (sy_alert_watch_get_book (watch), "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (watch, "began", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (watch, "ended", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (background, "changed", G_CALLBACK (refresh_background), self, G_CONNECT_SWAPPED);
  refresh (self);
  refresh_background (self);

  return GTK_WIDGET (self);
}
