/* sy-keyring.c: credentials in the keyring of the desktop
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libsecret waits as long as the service does, and the service waits for a
 * person. So its blocking calls run on a thread that may be left behind; a
 * timer of the caller says when that is.
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-keyring.h"

#include <libsecret/secret.h>
#include <string.h>

#include "sy-error.h"

#define LABEL "Steelyard: %s"

/* What is kept: "KIND SECRET" under the origin. */
static const SecretSchema schema = {
  .name = "io.github.steelyard.Steelyard.Credential",
  .flags = SECRET_SCHEMA_NONE,
  .attributes = { { "origin", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

typedef enum { LOOK_UP, STORE, FORGET } Verb;

/* Reference-counted atomically: the caller's task and the thread hold one. */
typedef struct
{
  /* Set before the thread begins. */
  Verb          verb;
  char         *origin;      /* (owned) */
  char         *secret;      /* (owned) (nullable): to store */
  GCancellable *cancellable; /* (owned): the thread's; the caller's is chained to it */
  GMainContext *caller;      /* (owned) */

  /* The thread's; read by the caller when it has ended. */
  char         *found;       /* (owned) (nullable) */
  GError       *error;       /* (owned) (nullable) */

  /* The caller's. */
  GTask        *task;        /* (owned) (nullable): until it has returned */
  GSource      *timer;       /* (owned) */
  gulong        chained;
} Call;

static void
call_clear (gpointer data)
{
  Call *self = data;

  g_free (self->origin);
  sy_credential_wipe (self->secret);
  sy_credential_wipe (self->found);
  g_clear_error (&self->error);
  g_source_unref (self->timer);
  g_main_context_unref (self->caller);
  g_object_unref (self->cancellable);
}

static void
call_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, call_clear);
}

/* Ends the caller's part; its task, or NULL when that has ended before.
 * (transfer full) */
static GTask *
detach (Call *self)
{
  if (self->task == NULL)
    return NULL;

  g_source_destroy (self->timer);
  g_cancellable_disconnect (g_task_get_cancellable (self->task), self->chained);
  return g_steal_pointer (&self->task);
}

static GError *
translate (const GError *error)
{
  if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN)
      || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER)
      || error->domain == G_IO_ERROR || error->domain == G_SPAWN_ERROR)
    return g_error_new_literal (SY_ERROR, SY_ERROR_FAILED, "no keyring is running here");

  if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    return g_error_new_literal (SY_ERROR, SY_ERROR_FAILED, "the keyring is locked");

  return g_error_new_literal (SY_ERROR, SY_ERROR_FAILED, "the keyring refused");
}

static gboolean
done_cb (gpointer user_data)
{
  Call *self = user_data;
  g_autoptr (GTask) task = detach (self);

  if (task == NULL)
    return G_SOURCE_REMOVE;

  /* GTask itself answers a cancelled one with its own error. */
  if (self->error != NULL)
    g_task_return_error (task, translate (self->error));
  else
    g_task_return_boolean (task, TRUE);

  return G_SOURCE_REMOVE;
}

static gboolean
late_cb (gpointer user_data)
{
  Call *self = user_data;
  g_autoptr (GTask) task = detach (self);

  if (task != NULL)
    g_task_return_new_error (task, SY_ERROR, SY_ERROR_DEADLINE,
                             "the keyring did not answer in time: is it waiting for its password?");

  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

static void
chain_cb (GCancellable *cancellable,
          gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

/* Not g_main_context_invoke(): that would run it here, on this thread, when the
 * caller's loop does not run just now. */
static void
tell_caller (Call *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, done_cb, self, call_unref);
  g_source_set_static_name (source, "SyKeyring done");
  g_source_attach (source, self->caller);
}

static gpointer
thread_main (gpointer data)
{
  Call *self = data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GHashTable) attributes = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *label = NULL;
  char *password;

  g_hash_table_insert (attributes, (gpointer) "origin", self->origin);
  g_main_context_push_thread_default (context);

  switch (self->verb)
    {
    case LOOK_UP:
      password = secret_password_lookupv_sync (&schema, attributes, self->cancellable, &self->error);
      self->found = g_strdup (password);
      secret_password_free (password);
      break;
    case STORE:
      label = g_strdup_printf (LABEL, self->origin);
      secret_password_storev_sync (&schema, attributes, SECRET_COLLECTION_DEFAULT, label, self->secret,
                                   self->cancellable, &self->error);
      break;
    case FORGET:
    default:
      secret_password_clearv_sync (&schema, attributes, self->cancellable, &self->error);
      break;
    }

  g_main_context_pop_thread_default (context);
  tell_caller (self);
  return NULL;
}

static void
start (Verb                 verb,
       const char          *origin,
       char                *secret, /* (transfer full) (nullable) */
       SyClock             *clock,
       GTask               *task)   /* (transfer full) */
{
  Call *self = g_atomic_rc_box_new0 (Call);
  GCancellable *cancellable = g_task_get_cancellable (task);

  self->verb = verb;
  self->origin = g_strdup (origin);
  self->secret = secret;
  self->cancellable = g_cancellable_new ();
  self->caller = g_main_context_ref_thread_default ();
  self->task = task;
  g_task_set_task_data (task, self, call_unref);

  self->timer = sy_clock_timer_new (clock, sy_clock_get_monotonic (clock) + SY_KEYRING_DEADLINE_US);
  g_source_set_callback (self->timer, late_cb, g_atomic_rc_box_acquire (self), call_unref);
  g_source_set_static_name (self->timer, "SyKeyring deadline");
  g_source_attach (self->timer, self->caller);

  if (cancellable != NULL)
    self->chained = g_cancellable_connect (cancellable, G_CALLBACK (chain_cb), g_object_ref (self->cancellable),
                                           g_object_unref);

  g_thread_unref (g_thread_new ("sy-keyring", thread_main, g_atomic_rc_box_acquire (self)));
}

static gboolean
finish (GAsyncResult  *result,
        gpointer       tag,
        GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), FALSE);

  if (g_task_propagate_boolean (G_TASK (result), error))
    return TRUE;

  if (error != NULL && g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_error (error);
      g_set_error_literal (error, SY_ERROR, SY_ERROR_CANCELLED, "stopped");
    }

  return FALSE;
}

void
sy_keyring_lookup_async (const char          *origin,
                         SyClock             *clock,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, sy_keyring_lookup_async);
  start (LOOK_UP, origin, NULL, clock, task);
}

/* What was kept may have been changed by hand: it is checked as if typed. */
static SyCredential *
unpack (const char  *origin,
        const char  *text,
        GError     **error)
{
  const char *blank = strchr (text, ' ');
  g_autofree char *nick = blank != NULL ? g_strndup (text, (gsize) (blank - text)) : NULL;
  SyCredentialKind kind;

  if (nick == NULL || !sy_credential_kind_from_nick (nick, &kind))
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID, "what the keyring has for this address is not a credential");
      return NULL;
    }

  return sy_credential_new (origin, kind, blank + 1, error);
}

SyCredential *
sy_keyring_lookup_finish (GAsyncResult  *result,
                          GError       **error)
{
  const Call *self = g_task_get_task_data (G_TASK (result));

  if (!finish (result, sy_keyring_lookup_async, error) || self->found == NULL)
    return NULL;

  return unpack (self->origin, self->found, error);
}

void
sy_keyring_store_async (SyCredential        *credential,
                        SyClock             *clock,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, sy_keyring_store_async);
  start (STORE, sy_credential_get_origin (credential),
         g_strconcat (sy_credential_kind_nick (sy_credential_get_kind (credential)), " ",
                      sy_credential_get_secret (credential), NULL),
         clock, task);
}

gboolean
sy_keyring_store_finish (GAsyncResult  *result,
                         GError       **error)
{
  return finish (result, sy_keyring_store_async, error);
}

void
sy_keyring_forget_async (const char          *origin,
                         SyClock             *clock,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, sy_keyring_forget_async);
  start (FORGET, origin, NULL, clock, task);
}

gboolean
sy_keyring_forget_finish (GAsyncResult  *result,
                          GError       **error)
{
  return finish (result, sy_keyring_forget_async, error);
}
