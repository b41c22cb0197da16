/* sy-access-book.c: how each server of a session is asked
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-access-book.h"

#include "sy-error.h"
#include "sy-keyring.h"
#include "sy-trust-file.h"

struct _SyAccessBook
{
  GObject     parent_instance;

  SyClock    *clock;     /* (owned) */
  GHashTable *by_origin; /* (owned): char* to SyAccess */
  GHashTable *asked;     /* (owned): origins that the keyring was asked for */
  GHashTable *kept;      /* (owned): origins that it has a credential for */
  gboolean    uses_keyring;

  char       *path;       /* (owned) (nullable): of the file of whom to trust */
  GHashTable *trust;      /* (owned) (nullable): char* to SyTrust, what is in it */
  GError     *file_error; /* (owned) (nullable) */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SyAccessBook, sy_access_book, G_TYPE_OBJECT)

static void
sy_access_book_finalize (GObject *object)
{
  SyAccessBook *self = SY_ACCESS_BOOK (object);

  g_clear_object (&self->clock);
  g_hash_table_unref (self->by_origin);
  g_hash_table_unref (self->asked);
  g_hash_table_unref (self->kept);
  g_free (self->path);
  g_clear_pointer (&self->trust, g_hash_table_unref);
  g_clear_error (&self->file_error);

  G_OBJECT_CLASS (sy_access_book_parent_class)->finalize (object);
}

static void
sy_access_book_class_init (SyAccessBookClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sy_access_book_finalize;

  signals[CHANGED] = g_signal_new ("changed", SY_TYPE_ACCESS_BOOK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   G_TYPE_STRING);
}

static void
sy_access_book_init (SyAccessBook *self)
{
  self->by_origin = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) sy_access_unref);
  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

SyAccessBook *
sy_access_book_new (SyClock *clock)
{
  SyAccessBook *self = g_object_new (SY_TYPE_ACCESS_BOOK, NULL);

  self->clock = g_object_ref (clock);
  return self;
}

void
sy_access_book_use_keyring (SyAccessBook *self)
{
  self->uses_keyring = TRUE;
}

/* (transfer full) */
static SyAccess *
make_trusting (const char    *origin,
               const SyTrust *trust)
{
  const SyAccessConfig config = { .origin = origin, .ca_file = trust->ca_file, .fingerprint = trust->fingerprint };
  g_autoptr (GError) error = NULL;
  SyAccess *access = sy_access_new (&config, &error);

  return access != NULL ? access : sy_access_new_closed (&config, error);
}

void
sy_access_book_use_file (SyAccessBook *self,
                         const char   *path)
{
  GHashTableIter iter;
  gpointer origin, trust;

  g_return_if_fail (self->path == NULL);

  self->path = g_strdup (path);
  self->trust = sy_trust_file_load (path, &self->file_error);
  if (self->trust == NULL)
    self->trust = sy_trust_table_new ();

  g_hash_table_iter_init (&iter, self->trust);
  while (g_hash_table_iter_next (&iter, &origin, &trust))
    g_hash_table_replace (self->by_origin, g_strdup (origin), make_trusting (origin, trust));
}

const GError *
sy_access_book_get_file_error (SyAccessBook *self)
{
  return self->file_error;
}

gboolean
sy_access_book_keep_trust (SyAccessBook  *self,
                           const char    *origin,
                           GError       **error)
{
  const SyAccess *access = g_hash_table_lookup (self->by_origin, origin);
  const char *ca_file = access != NULL ? sy_access_get_ca_file (access) : NULL;
  const char *fingerprint = access != NULL ? sy_access_get_fingerprint (access) : NULL;
  const gboolean has_trust = ca_file != NULL || fingerprint != NULL;

  if (self->path == NULL || (!has_trust && !g_hash_table_contains (self->trust, origin)))
    return TRUE;

  /* What could not be read is not written over. */
  if (self->file_error != NULL)
    {
      g_propagate_error (error, g_error_copy (self->file_error));
      return FALSE;
    }

  if (has_trust)
    g_hash_table_replace (self->trust, g_strdup (origin), sy_trust_new (ca_file, fingerprint));
  else
    g_hash_table_remove (self->trust, origin);

  return sy_trust_file_save (self->path, self->trust, error);
}

SyAccess *
sy_access_book_find (SyAccessBook *self,
                     const SyUrl  *url)
{
  return g_hash_table_lookup (self->by_origin, sy_url_get_origin (url));
}

void
sy_access_book_set (SyAccessBook *self,
                    SyAccess     *access)
{
  const char *origin = sy_access_get_origin (access);

  g_hash_table_replace (self->by_origin, g_strdup (origin), sy_access_ref (access));
  g_signal_emit (self, signals[CHANGED], 0, origin);
}

void
sy_access_book_remove (SyAccessBook *self,
                       const char   *origin)
{
  g_autofree char *keep = g_strdup (origin);

  if (g_hash_table_remove (self->by_origin, keep))
    g_signal_emit (self, signals[CHANGED], 0, keep);
}

static void
recalled_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  /* Found: the book has changed and the source asks again. Not found, or no
   * keyring: the source goes on saying that it wants a credential. */
  sy_access_book_recall_finish (SY_ACCESS_BOOK (object), result, NULL);
}

gboolean
sy_access_book_is_remembered (SyAccessBook *self,
                              const char   *origin)
{
  return g_hash_table_contains (self->kept, origin);
}

gboolean
sy_access_book_should_recall (SyAccessBook *self,
                              const SyUrl  *url)
{
  const SyAccess *access = sy_access_book_find (self, url);

  return self->uses_keyring && (access == NULL || sy_access_get_credential (access) == NULL)
         && g_hash_table_add (self->asked, g_strdup (sy_url_get_origin (url)));
}

/* 401 and 403 are the answers that block a source with an HTTP status. */
static void
state_cb (SySource     *source,
          GParamSpec   *pspec,
          SyAccessBook *self)
{
  const SyUrl *url = sy_source_get_url (source);

  if (sy_source_get_state (source) == SY_SOURCE_BLOCKED
      && g_error_matches (sy_source_get_error (source), SY_ERROR, SY_ERROR_HTTP_STATUS)
      && sy_access_book_should_recall (self, url))
    sy_access_book_recall_async (self, url, NULL, recalled_cb, NULL);
}

static void
changed_cb (SyAccessBook *self,
            const char   *origin,
            SySource     *source)
{
  SyUrl *url = sy_source_get_url (source);

  if (!g_str_equal (sy_url_get_origin (url), origin))
    return;

  sy_source_set_access (source, sy_access_book_find (self, url));
  sy_source_retry_now (source);
}

void
sy_access_book_attach (SyAccessBook *self,
                       SySource     *source)
{
  sy_source_set_access (source, sy_access_book_find (self, sy_source_get_url (source)));
  g_signal_connect_object (source, "notify::state", G_CALLBACK (state_cb), self, 0);
  g_signal_connect_object (self, "changed", G_CALLBACK (changed_cb), source, 0);
}

static void
stored_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (sy_keyring_store_finish (result, &error))
    {
      SyAccessBook *self = g_task_get_source_object (task);

      g_hash_table_add (self->kept, g_strdup (g_task_get_task_data (task)));
      g_task_return_boolean (task, TRUE);
    }
  else
    g_task_return_error (task, error);
}

static void
forgotten_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (sy_keyring_forget_finish (result, &error))
    {
      SyAccessBook *self = g_task_get_source_object (task);

      g_hash_table_remove (self->kept, g_task_get_task_data (task));
      g_task_return_boolean (task, TRUE);
    }
  else
    g_task_return_error (task, error);
}

void
sy_access_book_remember_async (SyAccessBook        *self,
                               const char          *origin,
                               SyCredential        *credential,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, sy_access_book_remember_async);
  g_task_set_task_data (task, g_strdup (origin), g_free);
  if (credential != NULL)
    sy_keyring_store_async (credential, self->clock, NULL, stored_cb, task);
  else
    sy_keyring_forget_async (origin, self->clock, NULL, forgotten_cb, task);
}

gboolean
sy_access_book_remember_finish (SyAccessBook  *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* What there was, with @credential. */
static SyAccess *
with_credential (const SyAccess  *old,
                 SyCredential    *credential,
                 GError         **error)
{
  const SyAccessConfig config = {
    .origin = sy_credential_get_origin (credential),
    .credential = credential,
    .ca_file = old != NULL ? sy_access_get_ca_file (old) : NULL,
    .fingerprint = old != NULL ? sy_access_get_fingerprint (old) : NULL,
    .in_clear = old != NULL && sy_access_get_in_clear (old),
  };

  return sy_access_new (&config, error);
}

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SyAccessBook *self = g_task_get_source_object (task);
  SyUrl *url = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (SyCredential) credential = sy_keyring_lookup_finish (result, &error);
  g_autoptr (SyAccess) access = NULL;

  if (credential != NULL)
    access = with_credential (sy_access_book_find (self, url), credential, &error);

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (access != NULL)
    {
      g_hash_table_add (self->kept, g_strdup (sy_url_get_origin (url)));
      sy_access_book_set (self, access);
    }
  g_task_return_boolean (task, access != NULL);
}

void
sy_access_book_recall_async (SyAccessBook        *self,
                             const SyUrl         *url,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, sy_access_book_recall_async);
  g_task_set_task_data (task, sy_url_ref ((SyUrl *) url), (GDestroyNotify) sy_url_unref);
  sy_keyring_lookup_async (sy_url_get_origin (url), self->clock, cancellable, looked_up_cb, task);
}

gboolean
sy_access_book_recall_finish (SyAccessBook  *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
