/* sy-auth-options.c: credentials for the commands that ask servers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include "sy-auth-options.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sy-error.h"
#include "sy-prom-address.h"

#define MAX_FILE 65536
#define OTHERS (S_IRWXG | S_IRWXO)

void
sy_auth_options_clear (SyAuthOptions *self)
{
  g_strfreev (self->files);
  g_strfreev (self->variables);
  g_free (self->ca_file);
  g_free (self->pin);
  memset (self, 0, sizeof *self);
}

gboolean
sy_auth_options_are_any (const SyAuthOptions *self)
{
  return self->files != NULL || self->variables != NULL || self->ca_file != NULL || self->pin != NULL || self->keyring
         || self->in_clear;
}

/* Pipes, as of a shell's <(…), are their maker's own. */
static gboolean
check_mode (int          fd,
            const char  *path,
            GError     **error)
{
  struct stat facts;

  if (fstat (fd, &facts) != 0 || !S_ISREG (facts.st_mode) || (facts.st_mode & OTHERS) == 0)
    return TRUE;

  g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s: others may read this file: chmod 600 it first", path);
  return FALSE;
}

/* At most MAX_FILE bytes. Free with sy_credential_wipe(). */
static char *
read_all (int          fd,
          const char  *path,
          GError     **error)
{
  char *text = g_malloc0 (MAX_FILE + 1);
  gsize length = 0;
  gssize n;

  while (length < MAX_FILE && (n = read (fd, text + length, MAX_FILE - length)) != 0)
    {
      if (n > 0)
        length += (gsize) n;
      else if (errno != EINTR)
        {
          g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s: %s", path, g_strerror (errno));
          sy_credential_wipe (text);
          return NULL;
        }
    }

  return text;
}

static SyCredential *
parse (const char  *text,
       const char  *where,
       GError     **error)
{
  SyCredential *credential = sy_credential_parse (text, error);

  if (credential == NULL)
    g_prefix_error (error, "%s: ", where);
  return credential;
}

static SyCredential *
read_file (const char  *path,
           GError     **error)
{
  const int fd = open (path, O_RDONLY | O_CLOEXEC);
  SyCredential *credential = NULL;
  char *text = NULL;

  if (fd < 0)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s: %s", path, g_strerror (errno));
      return NULL;
    }

  if (check_mode (fd, path, error))
    text = read_all (fd, path, error);
  if (text != NULL)
    credential = parse (text, path, error);

  sy_credential_wipe (text);
  close (fd);
  return credential;
}

/* Takes it out of the environment: children need not inherit it. */
static SyCredential *
read_variable (const char  *name,
               GError     **error)
{
  const char *value = g_getenv (name);
  SyCredential *credential;

  if (value == NULL)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s: there is no such variable in the environment", name);
      return NULL;
    }

  credential = parse (value, name, error);
  g_unsetenv (name);
  return credential;
}

static gboolean
set_access (const SyAuthOptions  *self,
            const char           *address,
            SyCredential         *credential,
            SyAccessBook         *book,
            GError              **error)
{
  const SyAccessConfig config = { address, credential, self->ca_file, self->pin, self->in_clear };
  g_autoptr (SyAccess) access = sy_access_new (&config, error);

  if (access == NULL)
    return FALSE;

  sy_access_book_set (book, access);
  return TRUE;
}

/* @credential (nullable) is consumed. */
static gboolean
add_credential (const SyAuthOptions  *self,
                const char *const    *addresses,
                SyCredential         *given,
                SyAccessBook         *book,
                GError              **error)
{
  g_autoptr (SyCredential) credential = given;

  if (credential == NULL)
    return FALSE;

  for (gsize i = 0; addresses[i] != NULL; i++)
    {
      g_autoptr (SyUrl) url = sy_prom_address_parse_server (addresses[i], NULL);

      if (url != NULL && sy_credential_is_for (credential, url))
        return set_access (self, sy_url_get_origin (url), credential, book, error);
    }

  g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "the credential is for %s, and no address here is: nobody was asked",
               sy_credential_get_origin (credential));
  return FALSE;
}

gboolean
sy_auth_options_apply (const SyAuthOptions  *self,
                       const char *const    *addresses,
                       SyAccessBook         *book,
                       GError              **error)
{
  if (self->keyring)
    sy_access_book_use_keyring (book);

  /* What is no address is the command's to refuse. */
  for (gsize i = 0; addresses[i] != NULL && (self->ca_file != NULL || self->pin != NULL || self->in_clear); i++)
    {
      g_autoptr (SyUrl) url = sy_prom_address_parse_server (addresses[i], NULL);

      if (url != NULL && !set_access (self, sy_url_get_origin (url), NULL, book, error))
        return FALSE;
    }

  for (gsize i = 0; self->files != NULL && self->files[i] != NULL; i++)
    if (!add_credential (self, addresses, read_file (self->files[i], error), book, error))
      return FALSE;

  for (gsize i = 0; self->variables != NULL && self->variables[i] != NULL; i++)
    if (!add_credential (self, addresses, read_variable (self->variables[i], error), book, error))
      return FALSE;

  return TRUE;
}
