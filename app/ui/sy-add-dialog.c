/* sy-add-dialog.c: an address, and what it says, before it is added
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-add-dialog.h"

#include <glib/gi18n.h>

#include "sy-access-dialog.h"
#include "sy-button-names.h"
#include "sy-error.h"
#include "sy-otlp-address.h"
#include "sy-probe-view.h"
#include "sy-prom-address.h"
#include "sy-source-facts.h"
#include "sy-text.h"
#include "sy-watched-list.h"

struct _SyAddDialog
{
  AdwWindow parent_instance;

  SySession    *session;     /* owned */
  GCancellable *cancellable; /* owned, nullable: nothing is being asked */
  GCancellable *survey;      /* owned, nullable: of asking whether it is a Prometheus server */
  SyProbe      *probe;       /* owned, nullable: what the text in the entry answered */

  /* Template */
  GtkWidget *address;
  GtkWidget *name;
  GtkWidget *action_button;
  GtkWidget *spinner;
  GtkWidget *problem_box;
  GtkWidget *problem;
  GtkWidget *detail;
  GtkWidget *anyway_button;
  GtkWidget *authenticate_button;
  GtkWidget *plain_note;
  GtkWidget *found;
  GtkWidget *watched;
};

G_DEFINE_FINAL_TYPE (SyAddDialog, sy_add_dialog, ADW_TYPE_WINDOW)

static void
show_problem (SyAddDialog  *self,
              const GError *error,
              gboolean      may_add)
{
  g_autofree char *detail = sy_display_text (error->message, -1, SY_DISPLAY_TEXT_MAX);
  int code = error->domain == SY_ERROR ? error->code : SY_ERROR_FAILED;

  gtk_label_set_text (GTK_LABEL (self->problem), sy_error_code_get_heading (code));
  gtk_label_set_text (GTK_LABEL (self->detail), detail);
  gtk_widget_set_visible (self->anyway_button, may_add);
  gtk_widget_set_visible (self->problem_box, TRUE);
  gtk_widget_add_css_class (self->address, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->address), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
}

static void
clear_problem (SyAddDialog *self)
{
  gtk_widget_set_visible (self->problem_box, FALSE);
  gtk_widget_remove_css_class (self->address, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->address), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* For a first push, which may come whenever it likes: who does not want to wait may
 * add the backend without it. */
static gboolean
is_waiting (SyAddDialog *self)
{
  return self->cancellable != NULL && sy_otlp_address_is (gtk_editable_get_text (GTK_EDITABLE (self->address)));
}

/* The button's meaning follows what is known of the address. */
static void
update_button (SyAddDialog *self)
{
  gboolean checked = self->probe != NULL && self->probe->error == NULL;
  gboolean busy = self->cancellable != NULL;
  gboolean waiting = is_waiting (self);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->address));

  gtk_button_set_label (GTK_BUTTON (self->action_button), checked || waiting ? _("_Add") : _("_Check"));
  sy_name_buttons (self->action_button);
  gtk_widget_set_sensitive (self->action_button, *text != '\0' && (!busy || waiting));
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), busy);
  gtk_widget_set_visible (self->spinner, busy);
  /* One that pushes is not asked: there is no credential to send it. */
  gtk_widget_set_sensitive (self->authenticate_button, !sy_otlp_address_is (text));
}

static void
forget_probe (SyAddDialog *self)
{
  g_cancellable_cancel (self->survey);
  g_clear_object (&self->survey);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->probe, sy_probe_free);
  gtk_widget_set_visible (self->found, FALSE);
  gtk_widget_set_visible (self->watched, FALSE);
  gtk_widget_set_visible (self->plain_note, FALSE);
  clear_problem (self);
  update_button (self);
}

static void
add (SyAddDialog *self)
{
  const char *address = self->probe != NULL ? self->probe->address : gtk_editable_get_text (GTK_EDITABLE (self->address));
  g_autofree char *name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name)));
  g_autoptr (GError) error = NULL;

  g_strstrip (name);

  if (sy_session_add (self->session, address, *name != '\0' ? name : NULL, &error) == NULL)
    {
      show_problem (self, error, FALSE);
      return;
    }

  gtk_window_close (GTK_WINDOW (self));
}

static void
probed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SyAddDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SyProbe) probe = sy_session_probe_finish (SY_SESSION (source), result, &error);

  /* The text has changed meanwhile, or the dialog is gone. */
  if (self->cancellable == NULL || g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;

  g_clear_object (&self->cancellable);

  if (probe == NULL)
    {
      if (!gtk_widget_get_visible (self->watched))
        show_problem (self, error, FALSE);
    }
  else
    {
      self->probe = g_steal_pointer (&probe);
      gtk_widget_set_visible (self->plain_note, self->probe->is_plain_remote);

      if (self->probe->error != NULL && !gtk_widget_get_visible (self->watched))
        show_problem (self, self->probe->error, TRUE);
      sy_probe_view_set_probe (SY_PROBE_VIEW (self->found), self->probe);
      gtk_widget_set_visible (self->found, TRUE);
    }

  update_button (self);
}

/* Any address may be that of a Prometheus server: it is asked, and says nothing
 * when it is none. */
static void
surveyed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (SyAddDialog) self = user_data;
  g_autoptr (GPtrArray) watched = sy_session_survey_finish (SY_SESSION (source), result, NULL);

  if (watched == NULL || g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;

  clear_problem (self);
  sy_watched_list_fill (SY_WATCHED_LIST (self->watched), watched);
  gtk_widget_set_visible (self->watched, TRUE);
}

/* The dialog stays: there may be a second side to choose. */
static void
chosen_cb (SyAddDialog *self,
           const char  *address,
           const char  *name)
{
  g_autoptr (GError) error = NULL;

  if (sy_session_add (self->session, address, name, &error) == NULL)
    show_problem (self, error, FALSE);
}

/* Shows what it needs and waits for its first push. */
static void
check_pushing (SyAddDialog *self,
               const char  *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyOtlpAddress) address = sy_otlp_address_parse (text, &error);
  g_auto (GStrv) lines = address != NULL ? sy_otlp_address_dup_lines (address) : NULL;

  if (address == NULL)
    {
      show_problem (self, error, FALSE);
      return;
    }

  self->cancellable = g_cancellable_new ();
  sy_probe_view_set_waiting (SY_PROBE_VIEW (self->found), (const char *const *) lines);
  gtk_widget_set_visible (self->found, TRUE);
  update_button (self);
  sy_session_probe_async (self->session, text, self->cancellable, probed_cb, g_object_ref (self));
}

static void
check (SyAddDialog *self)
{
  const char *address = gtk_editable_get_text (GTK_EDITABLE (self->address));

  forget_probe (self);

  /* Which series are meant has been said: there is nothing to find out. */
  if (sy_prom_address_has_selector (address))
    {
      add (self);
      return;
    }

  if (sy_otlp_address_is (address))
    {
      check_pushing (self, address);
      return;
    }

  self->cancellable = g_cancellable_new ();
  self->survey = g_cancellable_new ();
  update_button (self);
  sy_session_probe_async (self->session, address, self->cancellable, probed_cb, g_object_ref (self));
  sy_session_survey_async (self->session, address, self->survey, surveyed_cb, g_object_ref (self));
}

/* What was answered before was answered to somebody else. */
static void
access_saved_cb (SyAddDialog *self)
{
  check (self);
}

static void
authenticate_cb (SyAddDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyUrl) url = sy_prom_address_parse_server (gtk_editable_get_text (GTK_EDITABLE (self->address)), &error);
  GtkWidget *dialog;

  if (url == NULL)
    {
      show_problem (self, error, FALSE);
      return;
    }

  dialog = sy_access_dialog_new (GTK_WINDOW (self), sy_session_get_access_book (self->session), url);
  g_signal_connect_object (dialog, "saved", G_CALLBACK (access_saved_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
activate_cb (SyAddDialog *self)
{
  if (!gtk_widget_get_sensitive (self->action_button))
    return;

  if (is_waiting (self) || (self->probe != NULL && self->probe->error == NULL))
    add (self);
  else
    check (self);
}

static void
sy_add_dialog_dispose (GObject *object)
{
  SyAddDialog *self = SY_ADD_DIALOG (object);

  g_cancellable_cancel (self->survey);
  g_clear_object (&self->survey);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->probe, sy_probe_free);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (sy_add_dialog_parent_class)->dispose (object);
}

static void
sy_add_dialog_class_init (SyAddDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sy_add_dialog_dispose;

  g_type_ensure (SY_TYPE_PROBE_VIEW);
  g_type_ensure (SY_TYPE_WATCHED_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/steelyard/ui/sy-add-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SyAddDialog, address);
  gtk_widget_class_bind_template_child (widget_class, SyAddDialog, name);
  gtk_widget_class_bind_template_child (widget_class, SyAddDialog, action_button);
  gtk_widget_class_bind_template_child (widget_class, SyAddDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, SyAddDialog, problem_box);
  gtk_widget_class_bind_template_child (widget_class, SyAddDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, SyAddDialog, detail);
  gtk_widget_class_bind_template_child (widget_class, SyAddDialog, anyway_button);
  gtk_widget_class_bind_template_child (widget_class, SyAddDialog, authenticate_button);
  gtk_widget_class_bind_template_child (widget_class, SyAddDialog, plain_note);
  gtk_widget_class_bind_template_child (widget_class, SyAddDialog, found);
  gtk_widget_class_bind_template_child (widget_class, SyAddDialog, watched);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, authenticate_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, add);
  gtk_widget_class_bind_template_callback (widget_class, forget_probe);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
sy_add_dialog_init (SyAddDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sy_name_buttons (GTK_WIDGET (self));
  sy_name_rows (GTK_WIDGET (self));
  update_button (self);
}

GtkWidget *
sy_add_dialog_new (GtkWindow *parent,
                   SySession *session)
{
  SyAddDialog *self = g_object_new (SY_TYPE_ADD_DIALOG, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  gtk_widget_grab_focus (self->address);

  return GTK_WIDGET (self);
}
