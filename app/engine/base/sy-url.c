/* sy-url.c: addresses of backends
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GUri lets through blanks, control characters, empty hosts and user names
 * that look like hosts, so the few parts an http address has are cut here, by
 * RFC 3986, and each is checked. Nothing that may be a secret (user
 * information, a query) is ever part of an error message.
 */
#define G_LOG_DOMAIN "sy-base"

#include "config.h"

#include "sy-url.h"

#include <string.h>

#include "sy-error.h"
#include "sy-text.h"
#include "sy-url-host.h"

#define MAX_URL 4096
#define MASK "•••"

struct _SyUrl
{
  gatomicrefcount ref_count;

  /* owned, never changed */
  char     *host;
  char     *path;
  char     *query; /* nullable */
  char     *origin;
  char     *string;
  char     *redacted;
  int       port;
  gboolean  https;      /* or wss */
  gboolean  web_socket;
};

/* By what is web_socket, and what is https. */
static const char *const schemes[2][2] = { { "http", "https" }, { "ws", "wss" } };

/* Names of query parameters whose values are secrets, and ends of such names.
 * Compared in lower case, with what separates words as underscores. */
static const char *const secret_names[] = {
  "auth", "authorization", "bearer", "code", "credential", "credentials", "jwt", "key", "pass", "passphrase",
  "passwd", "password", "pin", "pw", "pwd", "secret", "session", "session_id", "sessionid", "sid", "sig",
  "signature", "token",
};

static const char *const secret_endings[] = {
  "_auth", "_credential", "_key", "_pass", "_password", "_secret", "_sig", "_signature", "_token", "accesskey",
  "apikey", "authkey", "privatekey", "secretkey", "sessionkey", "token", "password",
};

static gboolean
refuse (GError     **error,
        const char  *why)
{
  g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID, why);

  return FALSE;
}

static gboolean
is_secret_name (const char *encoded,
                gsize       length)
{
  g_autofree char *raw = g_strndup (encoded, length);
  g_autofree char *decoded = g_uri_unescape_string (raw, NULL);
  g_autofree char *name = g_ascii_strdown (decoded != NULL ? decoded : raw, -1);

  const char *word;
  gsize end;

  g_strdelimit (name, "-.+ []", '_');
  for (end = strlen (name); end > 0 && name[end - 1] == '_'; end--)
    name[end - 1] = '\0';
  word = name + strspn (name, "_");

  for (guint i = 0; i < G_N_ELEMENTS (secret_names); i++)
    if (strcmp (word, secret_names[i]) == 0)
      return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (secret_endings); i++)
    if (g_str_has_suffix (word, secret_endings[i]))
      return TRUE;

  return FALSE;
}

/* A question mark separates as well: "next=/login?token=x" has a secret. */
static void
append_redacted_query (GString    *text,
                       const char *query)
{
  const char *p = query;

  while (TRUE)
    {
      gsize length = strcspn (p, "&;?");
      const char *equals = memchr (p, '=', length);

      if (equals != NULL && equals + 1 < p + length && is_secret_name (p, (gsize) (equals - p)))
        {
          g_string_append_len (text, p, equals + 1 - p);
          g_string_append (text, MASK);
        }
      else
        {
          g_string_append_len (text, p, (gssize) length);
        }

      p += length;
      if (*p == '\0')
        break;
      g_string_append_c (text, *p++);
    }
}

/* @part with everything percent-encoded that RFC 3986 does not allow in a path
 * or (with @question) in a query. What is encoded already stays. */
static char *
encode (const char *part,
        gboolean    question)
{
  GString *text = g_string_new (NULL);

  for (const char *p = part; *p != '\0'; p++)
    {
      gboolean escape = *p == '%' && g_ascii_isxdigit (p[1]) && g_ascii_isxdigit (p[2]);

      if (escape || g_ascii_isalnum (*p) || strchr ("-._~!$&'()*+,;=:@/", *p) != NULL || (question && *p == '?'))
        g_string_append_c (text, *p);
      else
        g_string_append_printf (text, "%%%02X", (guchar) *p);
    }

  return g_string_free (text, FALSE);
}

/* Fills in the strings that are made of the other fields. */
static void
compose (SyUrl *self)
{
  g_autofree char *escaped = NULL;
  GString *text = g_string_new (schemes[self->web_socket][self->https]);
  gsize bare;

  g_string_append (text, "://");
  if (strchr (self->host, ':') != NULL)
    {
      char **halves = g_strsplit (self->host, "%", 2);

      escaped = g_strjoinv ("%25", halves);
      g_strfreev (halves);
      g_string_append_printf (text, "[%s]", escaped);
    }
  else
    {
      g_string_append (text, self->host);
    }

  bare = text->len;
  g_string_append_printf (text, ":%d", self->port);
  self->origin = g_strdup (text->str);

  if (self->port == (self->https ? 443 : 80))
    g_string_truncate (text, bare);
  g_string_append (text, self->path);

  self->string = self->query != NULL ? g_strdup_printf ("%s?%s", text->str, self->query) : g_strdup (text->str);

  if (self->query != NULL)
    {
      g_string_append_c (text, '?');
      append_redacted_query (text, self->query);
    }
  self->redacted = g_string_free (text, FALSE);
}

static gboolean
check_length (const char  *text,
              GError     **error)
{
  if (strlen (text) > MAX_URL)
    return refuse (error, "the address is longer than 4096 bytes");

  return TRUE;
}

static gboolean
check_characters (const char  *text,
                  GError     **error)
{
  if (!g_utf8_validate (text, -1, NULL))
    return refuse (error, "the address is not UTF-8 text");

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\\')
        return refuse (error, "a backslash does not belong in an address: write /");
      if (g_unichar_isspace (c))
        return refuse (error, "a blank does not belong in an address: write %20");
      if (sy_text_is_hidden (c))
        {
          g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "the invisible character U+%04X does not belong in an address", c);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
find_scheme (const char *name,
             gboolean   *web_socket,
             gboolean   *https)
{
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    for (guint j = 0; j < G_N_ELEMENTS (schemes[i]); j++)
      if (strcmp (name, schemes[i][j]) == 0)
        {
          *web_socket = i == 1;
          *https = j == 1;
          return TRUE;
        }

  return FALSE;
}

/* Steps behind the scheme if there is one. */
static gboolean
take_scheme (SyUrl       *self,
             const char **text,
             GError     **error)
{
  gsize length = strcspn (*text, ":/?#");
  g_autofree char *scheme = g_ascii_strdown (*text, (gssize) length);
  gboolean web_socket = FALSE;
  gboolean https = FALSE;
  const gboolean known = find_scheme (scheme, &web_socket, &https);

  if (g_str_has_prefix (*text + length, "://"))
    {
      g_autofree char *safe = sy_display_text (scheme, -1, 32);

      if (!known)
        {
          g_set_error (error, SY_ERROR, SY_ERROR_INVALID,
                       "“%s://” is not spoken here: write http://, https://, ws:// or wss://", safe);
          return FALSE;
        }

      self->web_socket = web_socket;
      self->https = https;
      *text += length + 3;
    }
  else if (known && !web_socket && (*text)[length] == ':')
    {
      return refuse (error, "two slashes belong behind the colon: write http://host:port/path");
    }

  return TRUE;
}

static gboolean
refuse_user_info (GError **error)
{
  return refuse (error, "a user name or password does not belong in an address: write http://host:port/path");
}

/* With @at_follows, what is no port may be the beginning of a password with a slash in it. */
static gboolean
take_port (SyUrl       *self,
           const char  *text,
           gboolean     at_follows,
           GError     **error)
{
  guint64 port;

  self->port = self->https ? 443 : 80;
  if (*text == '\0')
    return TRUE;

  if (!g_ascii_string_to_unsigned (text, 10, 1, 65535, &port, NULL))
    {
      g_autofree char *safe = NULL;

      if (at_follows)
        return refuse_user_info (error);

      safe = sy_display_text (text, -1, 32);
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "“%s” is not a port: write a number from 1 to 65535", safe);
      return FALSE;
    }

  self->port = (int) port;

  return TRUE;
}

/* "host", "host:port", "[v6]" or "[v6]:port"; whether an @ comes later in the text. */
static gboolean
take_authority (SyUrl       *self,
                const char  *authority,
                gboolean     at_follows,
                GError     **error)
{
  gsize length = *authority == '[' ? strcspn (authority, "]") : strcspn (authority, ":");
  const char *host_end = authority + length + (authority[length] == ']' ? 1 : 0);
  g_autofree char *host = g_strndup (authority, (gsize) (host_end - authority));

  if (strchr (authority, '@') != NULL)
    return refuse_user_info (error);

  if (*authority != '[' && strchr (authority, ':') != strrchr (authority, ':'))
    return refuse (error, "an IPv6 address needs brackets: write http://[::1]:8080/");

  if (*host_end != '\0' && *host_end != ':')
    return refuse (error, "only a port may follow the bracket: write http://[::1]:8080/");

  self->host = sy_url_host_canonicalize (host, error);
  if (self->host == NULL)
    return FALSE;

  return take_port (self, *host_end == ':' ? host_end + 1 : "", at_follows, error);
}

static gboolean
fill (SyUrl       *self,
      const char  *text,
      GError     **error)
{
  g_autofree char *authority = NULL;
  g_autofree char *path = NULL;
  gsize length;

  if (*text == '\0')
    return refuse (error, "there is no address: write http://host:port/path");

  if (!check_characters (text, error) || !take_scheme (self, &text, error))
    return FALSE;

  length = strcspn (text, "/?#");
  authority = g_strndup (text, length);
  if (!take_authority (self, authority, strchr (text + length, '@') != NULL, error))
    return FALSE;
  text += length;

  length = strcspn (text, "?#");
  path = g_strndup (text, length);
  self->path = encode (path, FALSE);
  text += length;

  if (*text == '?')
    {
      g_autofree char *query = g_strndup (text + 1, strcspn (text + 1, "#"));

      self->query = encode (query, TRUE);
    }

  return TRUE;
}

SyUrl *
sy_url_parse (const char  *text,
              GError     **error)
{
  g_autoptr (SyUrl) self = NULL;
  g_autofree char *trimmed = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  self = g_new0 (SyUrl, 1);
  g_atomic_ref_count_init (&self->ref_count);

  /* what surrounds an address is from copying it */
  trimmed = g_strstrip (g_strdup (text));
  if (!check_length (trimmed, error) || !fill (self, trimmed, error))
    return NULL;

  /* again, because percent-encoding triples: what is stored can be read back */
  compose (self);
  if (!check_length (self->string, error))
    return NULL;

  return g_steal_pointer (&self);
}

SyUrl *
sy_url_ref (SyUrl *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
sy_url_unref (SyUrl *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->host);
  g_free (self->path);
  g_free (self->query);
  g_free (self->origin);
  g_free (self->string);
  g_free (self->redacted);
  g_free (self);
}

SyUrl *
sy_url_with_path (const SyUrl *self,
                  const char  *path)
{
  SyUrl *copy;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (path != NULL && *path == '/', NULL);

  copy = g_new0 (SyUrl, 1);
  g_atomic_ref_count_init (&copy->ref_count);
  copy->https = self->https;
  copy->web_socket = self->web_socket;
  copy->port = self->port;
  copy->host = g_strdup (self->host);
  copy->path = encode (path, FALSE);
  compose (copy);

  return copy;
}

SyUrl *
sy_url_resolve (const SyUrl  *self,
                const char   *reference,
                GError      **error)
{
  g_autofree char *absolute = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (reference != NULL, NULL);

  absolute = g_uri_resolve_relative (self->string, reference,
                                     G_URI_FLAGS_ENCODED_PATH | G_URI_FLAGS_ENCODED_QUERY | G_URI_FLAGS_ENCODED_FRAGMENT
                                     | G_URI_FLAGS_HAS_PASSWORD, NULL);
  if (absolute == NULL)
    {
      refuse (error, "this is not an address");
      return NULL;
    }

  return sy_url_parse (absolute, error);
}

const char *
sy_url_get_string (const SyUrl *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->string;
}

const char *
sy_url_get_redacted (const SyUrl *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->redacted;
}

const char *
sy_url_get_origin (const SyUrl *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->origin;
}

const char *
sy_url_get_host (const SyUrl *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->host;
}

int
sy_url_get_port (const SyUrl *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->port;
}

const char *
sy_url_get_path (const SyUrl *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->path;
}

gboolean
sy_url_is_https (const SyUrl *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->https;
}

gboolean
sy_url_is_web_socket (const SyUrl *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->web_socket;
}

gboolean
sy_url_is_loopback (const SyUrl *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return sy_url_host_is_loopback (self->host);
}
