/* sy-access.c: how one server is asked, and by what it is known
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-access.h"

#include <string.h>

#include "sy-error.h"
#include "sy-text.h"

#define DIGEST_BYTES 32
#define PATH_CHARS 120

struct _SyAccess
{
  gatomicrefcount  ref_count;

  char            *origin;      /* (owned) */
  SyCredential    *credential;  /* (owned) (nullable) */
  char            *ca_file;     /* (owned) (nullable) */
  char            *fingerprint; /* (owned) (nullable) */
  GTlsDatabase    *authorities; /* (owned) (nullable) */
  GTlsCertificate *certificate; /* (owned) (nullable): the client's */
  gboolean         in_clear;
  char            *closed;      /* (owned) (nullable): why nobody may be asked */
};

/* "AB:CD:…" of 64 hex digits in any usual spelling; NULL when @text is none. */
static char *
normalize_fingerprint (const char *text)
{
  GString *result = g_string_new (NULL);
  guint n = 0;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == ':' || *p == ' ')
        continue;
      if (!g_ascii_isxdigit (*p) || n == 2 * DIGEST_BYTES)
        {
          n = 0;
          break;
        }
      if (n > 0 && n % 2 == 0)
        g_string_append_c (result, ':');
      g_string_append_c (result, g_ascii_toupper (*p));
      n++;
    }

  return g_string_free (result, n != 2 * DIGEST_BYTES);
}

char *
sy_access_dup_fingerprint (GTlsCertificate *certificate)
{
  g_autoptr (GByteArray) der = NULL;
  g_autofree char *hex = NULL;

  g_object_get (certificate, "certificate", &der, NULL);
  hex = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
  return normalize_fingerprint (hex);
}

static gboolean
read_authorities (SyAccess    *self,
                  const char  *path,
                  GError     **error)
{
  g_autoptr (GError) why = NULL;
  g_autoptr (GTlsCertificate) first = g_tls_certificate_new_from_file (path, &why);
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *shown = sy_display_text (path, -1, PATH_CHARS);

  /* A database of a file without certificates would open, and trust nobody. */
  if (first != NULL)
    self->authorities = g_tls_file_database_new (absolute, &why);

  if (self->authorities == NULL)
    {
      g_autofree char *detail = sy_display_text (why->message, -1, PATH_CHARS);

      g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s: no certificate authority can be read from it (%s)", shown, detail);
      return FALSE;
    }

  self->ca_file = g_steal_pointer (&absolute);
  return TRUE;
}

static gboolean
fill (SyAccess              *self,
      const SyAccessConfig  *config,
      GError               **error)
{
  g_autoptr (SyUrl) url = sy_url_parse (config->origin, error);

  if (url == NULL)
    return FALSE;

  self->origin = g_strdup (sy_url_get_origin (url));
  self->in_clear = config->in_clear;

  if (config->credential != NULL && !sy_credential_is_for (config->credential, url))
    {
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "the credential is for %s, not for %s",
                   sy_credential_get_origin (config->credential), self->origin);
      return FALSE;
    }

  if (config->credential != NULL)
    self->credential = sy_credential_ref (config->credential);

  if (self->credential != NULL && sy_credential_get_kind (self->credential) == SY_CREDENTIAL_CLIENT_CERTIFICATE)
    {
      self->certificate = g_tls_certificate_new_from_pem (sy_credential_get_secret (self->credential), -1, error);
      if (self->certificate == NULL)
        return FALSE;
    }

  if (config->fingerprint != NULL && *config->fingerprint != '\0')
    {
      self->fingerprint = normalize_fingerprint (config->fingerprint);
      if (self->fingerprint == NULL)
        {
          g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID,
                               "a fingerprint is the SHA-256 of the certificate: 64 hexadecimal digits");
          return FALSE;
        }
    }

  return config->ca_file == NULL || *config->ca_file == '\0' || read_authorities (self, config->ca_file, error);
}

SyAccess *
sy_access_new (const SyAccessConfig  *config,
               GError               **error)
{
  g_autoptr (SyAccess) self = g_new0 (SyAccess, 1);

  g_atomic_ref_count_init (&self->ref_count);
  if (!fill (self, config, error))
    return NULL;

  return g_steal_pointer (&self);
}

SyAccess *
sy_access_new_closed (const SyAccessConfig *config,
                      const GError         *why)
{
  SyAccess *self = g_new0 (SyAccess, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->origin = g_strdup (config->origin);
  self->ca_file = g_strdup (config->ca_file);
  self->fingerprint = g_strdup (config->fingerprint);
  self->closed = g_strdup (why->message);
  return self;
}

/* @data is a SyAccessConfig whose members are ours. */
static void
config_free (gpointer data)
{
  SyAccessConfig *config = data;

  g_free ((char *) config->origin);
  g_free ((char *) config->ca_file);
  g_free ((char *) config->fingerprint);
  g_clear_pointer (&config->credential, sy_credential_unref);
  g_free (config);
}

static void
new_in_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  GError *error = NULL;
  SyAccess *access = sy_access_new (data, &error);

  if (access != NULL)
    g_task_return_pointer (task, access, (GDestroyNotify) sy_access_unref);
  else
    g_task_return_error (task, error);
}

void
sy_access_new_async (const SyAccessConfig *config,
                     GAsyncReadyCallback   callback,
                     gpointer              user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  SyAccessConfig *copy = g_memdup2 (config, sizeof *config);

  copy->origin = g_strdup (config->origin);
  copy->ca_file = g_strdup (config->ca_file);
  copy->fingerprint = g_strdup (config->fingerprint);
  if (config->credential != NULL)
    copy->credential = sy_credential_ref (config->credential);

  g_task_set_source_tag (task, sy_access_new_async);
  g_task_set_task_data (task, copy, config_free);
  g_task_run_in_thread (task, new_in_thread);
}

SyAccess *
sy_access_new_finish (GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, sy_access_new_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

SyAccess *
sy_access_ref (SyAccess *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sy_access_unref (SyAccess *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->origin);
  g_clear_pointer (&self->credential, sy_credential_unref);
  g_free (self->ca_file);
  g_free (self->fingerprint);
  g_free (self->closed);
  g_clear_object (&self->authorities);
  g_clear_object (&self->certificate);
  g_free (self);
}

const char *
sy_access_get_origin (const SyAccess *self)
{
  return self->origin;
}

gboolean
sy_access_is_for (const SyAccess *self,
                  const SyUrl    *url)
{
  return strcmp (self->origin, sy_url_get_origin (url)) == 0;
}

SyCredential *
sy_access_get_credential (const SyAccess *self)
{
  return self->credential;
}

const char *
sy_access_get_ca_file (const SyAccess *self)
{
  return self->ca_file;
}

const char *
sy_access_get_fingerprint (const SyAccess *self)
{
  return self->fingerprint;
}

gboolean
sy_access_get_in_clear (const SyAccess *self)
{
  return self->in_clear;
}

GTlsDatabase *
sy_access_get_authorities (const SyAccess *self)
{
  return self->authorities;
}

GTlsCertificate *
sy_access_get_certificate (const SyAccess *self)
{
  return self->certificate;
}

gboolean
sy_access_is_in_clear (const SyUrl *url)
{
  return !sy_url_is_https (url) && !sy_url_is_loopback (url);
}

gboolean
sy_access_check (const SyAccess  *self,
                 const SyUrl     *url,
                 GError         **error)
{
  if (self->closed != NULL)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_TLS, "%s: not asked: %s", sy_url_get_redacted (url), self->closed);
      return FALSE;
    }

  if (self->credential == NULL || self->in_clear || !sy_access_is_in_clear (url)
      || !sy_credential_is_for (self->credential, url))
    return TRUE;

  g_set_error (error, SY_ERROR, SY_ERROR_CREDENTIAL,
               "%s: not asked, since the credential would cross the network in the clear: use https, or agree to it under "
               "Authentication", sy_url_get_redacted (url));
  return FALSE;
}

void
sy_access_mask (const SyAccess *self,
                char           *bytes,
                gsize           length)
{
  if (self != NULL && self->credential != NULL)
    sy_credential_mask (self->credential, bytes, length);
}
