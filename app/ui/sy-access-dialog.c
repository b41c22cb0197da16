/* sy-access-dialog.c: what one server is asked with, and known by
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Secrets are typed into GtkPasswordEntry and not into AdwPasswordEntryRow: only
 * the first tells the accessibility bus by its role that it is one. Neither are
 * there AdwEntryRows, which tell it nothing of the keyboard (sy-field-row.h).
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-access-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sy-button-names.h"
#include "sy-text.h"

/* The rows of the combo: none, then the kinds. */
#define KIND_NONE 0
#define KIND_OF(selected) ((SyCredentialKind) ((selected) - 1))

struct _SyAccessDialog
{
  AdwWindow parent_instance;

  SyAccessBook *book;        /* owned */
  SyUrl        *url;         /* owned */
  SyAccess     *old;         /* owned, nullable: what there was */
  GCancellable *cancellable; /* owned */
  char         *pem;         /* owned, nullable: the client certificate that was chosen; wiped */
  char         *ca_file;     /* owned, nullable */
  gboolean      is_busy;

  /* Template */
  GtkWidget *group;
  GtkWidget *kind;
  GtkWidget *user_row;
  GtkWidget *user;
  GtkWidget *password_row;
  GtkWidget *password;
  GtkWidget *token_row;
  GtkWidget *token;
  GtkWidget *header_name_row;
  GtkWidget *header_name;
  GtkWidget *header_value_row;
  GtkWidget *header_value;
  GtkWidget *certificate;
  GtkWidget *remember_row;
  GtkWidget *remember;
  GtkWidget *clear_box;
  GtkWidget *in_clear;
  GtkWidget *trust_group;
  GtkWidget *authority;
  GtkWidget *forget_authority;
  GtkWidget *fingerprint;
  GtkWidget *problem_box;
  GtkWidget *problem;
  GtkWidget *save_button;
  GtkWidget *spinner;
};

enum {
  SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SyAccessDialog, sy_access_dialog, ADW_TYPE_WINDOW)

static void
set_busy (SyAccessDialog *self,
          gboolean        busy)
{
  self->is_busy = busy;
  gtk_widget_set_sensitive (self->save_button, !busy);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), busy);
  gtk_widget_set_visible (self->spinner, busy);
}

static void
show_problem (SyAccessDialog *self,
              const char     *text)
{
  g_autofree char *safe = sy_display_text (text, -1, SY_DISPLAY_TEXT_MAX);

  gtk_label_set_text (GTK_LABEL (self->problem), safe);
  gtk_widget_set_visible (self->problem_box, TRUE);
  set_busy (self, FALSE);
}

static guint
get_selected (SyAccessDialog *self)
{
  return adw_combo_row_get_selected (ADW_COMBO_ROW (self->kind));
}

static const char *
text_of (GtkWidget *entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (entry));
}

/* Which fields belong to the kind that is chosen. */
static void
kind_changed_cb (SyAccessDialog *self)
{
  const guint selected = get_selected (self);
  const gboolean has_secret = selected != KIND_NONE;

  gtk_widget_set_visible (self->user_row, has_secret && KIND_OF (selected) == SY_CREDENTIAL_BASIC);
  gtk_widget_set_visible (self->password_row, has_secret && KIND_OF (selected) == SY_CREDENTIAL_BASIC);
  gtk_widget_set_visible (self->token_row, has_secret && KIND_OF (selected) == SY_CREDENTIAL_BEARER);
  gtk_widget_set_visible (self->header_name_row, has_secret && KIND_OF (selected) == SY_CREDENTIAL_HEADER);
  gtk_widget_set_visible (self->header_value_row, has_secret && KIND_OF (selected) == SY_CREDENTIAL_HEADER);
  gtk_widget_set_visible (self->certificate, has_secret && KIND_OF (selected) == SY_CREDENTIAL_CLIENT_CERTIFICATE);
  gtk_widget_set_visible (self->remember_row, has_secret);
  gtk_widget_set_visible (self->clear_box, has_secret && sy_access_is_in_clear (self->url));
  gtk_widget_set_visible (self->problem_box, FALSE);
}

/* The name that stands before the colon of a secret. */
static gboolean
is_name_of (const char *name,
            const char *secret)
{
  const gsize length = strlen (name);

  return length == 0 || (strncmp (secret, name, length) == 0 && secret[length] == ':');
}

/* Whether the fields say nothing new of @old, which is of the chosen kind. */
static gboolean
keeps (SyAccessDialog     *self,
       const SyCredential *old)
{
  const char *secret = sy_credential_get_secret (old);

  switch (sy_credential_get_kind (old))
    {
    case SY_CREDENTIAL_BASIC:
      return *text_of (self->password) == '\0' && is_name_of (text_of (self->user), secret);
    case SY_CREDENTIAL_BEARER:
      return *text_of (self->token) == '\0';
    case SY_CREDENTIAL_HEADER:
      return *text_of (self->header_value) == '\0' && is_name_of (text_of (self->header_name), secret);
    case SY_CREDENTIAL_CLIENT_CERTIFICATE:
    default:
      return self->pem == NULL;
    }
}

/* As its kind spells it. Free with sy_credential_wipe(). */
static char *
compose_secret (SyAccessDialog   *self,
                SyCredentialKind  kind)
{
  switch (kind)
    {
    case SY_CREDENTIAL_BASIC:
      return g_strconcat (text_of (self->user), ":", text_of (self->password), NULL);
    case SY_CREDENTIAL_BEARER:
      return g_strdup (text_of (self->token));
    case SY_CREDENTIAL_HEADER:
      return g_strconcat (text_of (self->header_name), ": ", text_of (self->header_value), NULL);
    case SY_CREDENTIAL_CLIENT_CERTIFICATE:
    default:
      return g_strdup (self->pem != NULL ? self->pem : "");
    }
}

/* NULL without @error for none. (transfer full) (nullable) */
static SyCredential *
make_credential (SyAccessDialog  *self,
                 GError         **error)
{
  const guint selected = get_selected (self);
  SyCredential *old = self->old != NULL ? sy_access_get_credential (self->old) : NULL;
  SyCredential *credential;
  char *secret;

  if (selected == KIND_NONE)
    return NULL;

  if (old != NULL && sy_credential_get_kind (old) == KIND_OF (selected) && keeps (self, old))
    return sy_credential_ref (old);

  secret = compose_secret (self, KIND_OF (selected));
  credential = sy_credential_new (sy_url_get_origin (self->url), KIND_OF (selected), secret, error);
  sy_credential_wipe (secret);
  return credential;
}

/* Translators: %s says why a password or a certificate could not be stored: "no keyring is running here" */
static void
show_session_only (SyAccessDialog *self,
                   const GError   *error)
{
  g_autofree char *text = g_strdup_printf (_("In use for this session only: %s"), error->message);

  show_problem (self, text);
}

static void
remembered_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (SyAccessDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (sy_access_book_remember_finish (SY_ACCESS_BOOK (source), result, &error))
    {
      /* Unless the file of whom to trust has something to say. */
      if (!gtk_widget_get_visible (self->problem_box))
        gtk_window_close (GTK_WINDOW (self));
      return;
    }

  show_session_only (self, error);
  gtk_switch_set_active (GTK_SWITCH (self->remember), FALSE);
}

/* What has been used is not left standing in the fields. */
static void
forget_secrets (SyAccessDialog *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->password), "");
  gtk_editable_set_text (GTK_EDITABLE (self->token), "");
  gtk_editable_set_text (GTK_EDITABLE (self->header_value), "");
  g_clear_pointer (&self->pem, sy_credential_wipe);
}

/* In the book; whom to trust in its file; and the credential in the keyring, or
 * out of it, as the switch says. */
static void
keep (SyAccessDialog *self,
      SyAccess       *access)
{
  SyCredential *credential = sy_access_get_credential (access);
  const char *origin = sy_access_get_origin (access);
  const gboolean remember = credential != NULL && gtk_switch_get_active (GTK_SWITCH (self->remember));

  g_autoptr (GError) error = NULL;

  forget_secrets (self);
  sy_access_book_set (self->book, access);
  g_clear_pointer (&self->old, sy_access_unref);
  self->old = sy_access_ref (access);
  g_signal_emit (self, signals[SAVED], 0);

  if (!sy_access_book_keep_trust (self->book, origin, &error))
    show_session_only (self, error);

  if (remember || sy_access_book_is_remembered (self->book, origin))
    sy_access_book_remember_async (self->book, origin, remember ? credential : NULL, remembered_cb, g_object_ref (self));
  else if (error == NULL)
    gtk_window_close (GTK_WINDOW (self));
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SyAccessDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SyAccess) access = sy_access_new_finish (result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  if (access == NULL)
    show_problem (self, error->message);
  else
    keep (self, access);
}

static void
save_cb (SyAccessDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyCredential) credential = NULL;
  SyAccessConfig config = { NULL };

  if (self->is_busy)
    return;

  gtk_widget_set_visible (self->problem_box, FALSE);
  credential = make_credential (self, &error);
  if (error != NULL)
    {
      show_problem (self, error->message);
      return;
    }

  config.origin = sy_url_get_origin (self->url);
  config.credential = credential;
  config.ca_file = self->ca_file;
  config.fingerprint = text_of (self->fingerprint);
  config.in_clear = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->in_clear));

  if (credential != NULL && sy_access_is_in_clear (self->url) && !config.in_clear)
    {
      show_problem (self, _("Agree to sending it in the clear, or ask this server over https."));
      return;
    }

  set_busy (self, TRUE);
  sy_access_new_async (&config, made_cb, g_object_ref (self));
}

/* --- Files --- */

static void
choose_file (SyAccessDialog *self,
             const char     *title,
             GCallback       chosen)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_OPEN,
                                                               _("_Choose"), _("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", chosen, self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* The chosen file, and the chooser's end. (transfer full) (nullable) */
static GFile *
take_choice (GtkNativeDialog *chooser,
             int              response)
{
  GFile *file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;

  g_object_unref (chooser);
  return file;
}

static void
show_file (GtkWidget  *row,
           const char *path)
{
  g_autofree char *name = path != NULL ? g_path_get_basename (path) : NULL;
  g_autofree char *safe = name != NULL ? sy_display_text (name, -1, 80) : NULL;

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), safe);
}

static void
certificate_loaded_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (SyAccessDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_file_get_path (G_FILE (source));
  char *pem = NULL;

  if (!g_file_load_contents_finish (G_FILE (source), result, &pem, NULL, NULL, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        show_problem (self, error->message);
      return;
    }

  sy_credential_wipe (self->pem);
  self->pem = pem;
  show_file (self->certificate, path);
}

static void
certificate_chosen_cb (GtkNativeDialog *chooser,
                       int              response,
                       SyAccessDialog  *self)
{
  g_autoptr (GFile) file = take_choice (chooser, response);

  if (file != NULL)
    g_file_load_contents_async (file, self->cancellable, certificate_loaded_cb, g_object_ref (self));
}

static void
choose_certificate_cb (SyAccessDialog *self)
{
  choose_file (self, _("Certificate and Private Key"), G_CALLBACK (certificate_chosen_cb));
}

static void
set_authority (SyAccessDialog *self,
               const char     *path)
{
  g_autofree char *old = g_steal_pointer (&self->ca_file);

  self->ca_file = g_strdup (path);
  show_file (self->authority, path);
  if (path == NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->authority), _("Those of this system"));
  gtk_widget_set_visible (self->forget_authority, path != NULL);
}

static void
authority_chosen_cb (GtkNativeDialog *chooser,
                     int              response,
                     SyAccessDialog  *self)
{
  g_autoptr (GFile) file = take_choice (chooser, response);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    set_authority (self, path);
}

static void
choose_authority_cb (SyAccessDialog *self)
{
  choose_file (self, _("Certificate Authority"), G_CALLBACK (authority_chosen_cb));
}

static void
forget_authority_cb (SyAccessDialog *self)
{
  set_authority (self, NULL);
}

static void
sy_access_dialog_dispose (GObject *object)
{
  SyAccessDialog *self = SY_ACCESS_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->book);

  G_OBJECT_CLASS (sy_access_dialog_parent_class)->dispose (object);
}

static void
sy_access_dialog_finalize (GObject *object)
{
  SyAccessDialog *self = SY_ACCESS_DIALOG (object);

  g_clear_pointer (&self->url, sy_url_unref);
  g_clear_pointer (&self->old, sy_access_unref);
  g_clear_pointer (&self->pem, sy_credential_wipe);
  g_clear_object (&self->cancellable);
  g_free (self->ca_file);

  G_OBJECT_CLASS (sy_access_dialog_parent_class)->finalize (object);
}

static void
sy_access_dialog_class_init (SyAccessDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sy_access_dialog_dispose;
  object_class->finalize = sy_access_dialog_finalize;

  signals[SAVED] = g_signal_new ("saved", SY_TYPE_ACCESS_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/steelyard/ui/sy-access-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SyAccessDialog, group);
  gtk_widget_class_bind_template_child (widget_class, SyAccessDialog, kind);
  gtk_widget_class_bind_template_child (widget_class, SyAccessDialog, user_row);
  gtk_widget_class_bind_template_child (widget_class, SyAccessDialog, user);
  gtk_widget_class_bind_template_child (widget_class, SyAccessDialog, password_row);
  gtk_widget_class_bind_template_child (widget_class, SyAccessDialog, password);
  gtk_widget_class_bind_template_child (widget_class, SyAccessDialog, token_row);
  gtk_widget_class_bind_template_child (widget_class, SyAccessDialog, token);
  gtk_widget_class_bind_template_child (widget_class, SyAccessDialog, header_name_row);
  gtk_widget_class_bind_template_child (widget_class, SyAccessDialog, header_name);
  gtk_widget_class_bind_template_child (widget_class, SyAccessDialog, header_value_row);
  gtk_widget_class_bind_template_child (widget_class, SyAccessDialog, header_value);
  gtk_widget_class_bind_template_child (widget_class, SyAccessDialog, certificate);
  gtk_widget_class_bind_template_child (widget_class, SyAccessDialog, remember_row);
  gtk_widget_class_bind_template_child (widget_class, SyAccessDialog, remember);
  gtk_widget_class_bind_template_child (widget_class, SyAccessDialog, clear_box);
  gtk_widget_class_bind_template_child (widget_class, SyAccessDialog, in_clear);
  gtk_widget_class_bind_template_child (widget_class, SyAccessDialog, trust_group);
  gtk_widget_class_bind_template_child (widget_class, SyAccessDialog, authority);
  gtk_widget_class_bind_template_child (widget_class, SyAccessDialog, forget_authority);
  gtk_widget_class_bind_template_child (widget_class, SyAccessDialog, fingerprint);
  gtk_widget_class_bind_template_child (widget_class, SyAccessDialog, problem_box);
  gtk_widget_class_bind_template_child (widget_class, SyAccessDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, SyAccessDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, SyAccessDialog, spinner);
  gtk_widget_class_bind_template_callback (widget_class, kind_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_certificate_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_authority_cb);
  gtk_widget_class_bind_template_callback (widget_class, forget_authority_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
sy_access_dialog_init (SyAccessDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  sy_name_buttons (GTK_WIDGET (self));
}

/* Everything but secrets. */
static void
show_old (SyAccessDialog *self)
{
  SyCredential *credential = sy_access_get_credential (self->old);
  const char *fingerprint = sy_access_get_fingerprint (self->old);

  if (credential != NULL)
    {
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->kind), sy_credential_get_kind (credential) + 1);
      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->group),
                                             _("There is one already. It is not shown; leave the fields empty to keep it."));
    }

  gtk_editable_set_text (GTK_EDITABLE (self->fingerprint), fingerprint != NULL ? fingerprint : "");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->in_clear), sy_access_get_in_clear (self->old));
}

GtkWidget *
sy_access_dialog_new (GtkWindow    *parent,
                      SyAccessBook *book,
                      const SyUrl  *url)
{
  SyAccessDialog *self = g_object_new (SY_TYPE_ACCESS_DIALOG, "transient-for", parent, NULL);
  g_autofree char *origin = sy_display_text (sy_url_get_origin (url), -1, 120);
  g_autofree char *title = g_strdup_printf (_("For %s Only"), origin);
  SyAccess *old = sy_access_book_find (book, url);

  self->book = g_object_ref (book);
  self->url = sy_url_ref ((SyUrl *) url);
  self->old = old != NULL ? sy_access_ref (old) : NULL;

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->group), title);
  gtk_widget_set_visible (self->trust_group, sy_url_is_https (url));
  gtk_switch_set_active (GTK_SWITCH (self->remember), sy_access_book_is_remembered (book, sy_url_get_origin (url)));
  set_authority (self, old != NULL ? sy_access_get_ca_file (old) : NULL);
  if (old != NULL)
    show_old (self);
  kind_changed_cb (self);
  sy_name_rows (GTK_WIDGET (self));
  gtk_widget_grab_focus (self->kind);

  return GTK_WIDGET (self);
}
