/* sy-credential.c: what proves to one server who asks
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-credential.h"

#include <gio/gio.h>
#include <string.h>

#include "sy-error.h"

#define MAX_SECRET 8192
#define MAX_PEM (256 * 1024)

/* Shorter ones are in every text by chance; masking them would tell where. */
#define MIN_MASKED 4

struct _SyCredential
{
  gatomicrefcount  ref_count;

  SyCredentialKind kind;
  char            *origin; /* (owned) */
  char            *secret; /* (owned) */
};

static const char *const nicks[SY_CREDENTIAL_N_KINDS] = {
  [SY_CREDENTIAL_BASIC] = "basic",
  [SY_CREDENTIAL_BEARER] = "bearer",
  [SY_CREDENTIAL_HEADER] = "header",
  [SY_CREDENTIAL_CLIENT_CERTIFICATE] = "client-certificate",
};

/* Headers that are HTTP's own business, or ours: setting them would change what
 * a request is, not who sends it. */
static const char *const reserved_headers[] = {
  "accept-encoding", "connection", "content-length", "expect", "host", "keep-alive", "te", "trailer",
  "transfer-encoding", "upgrade",
};

static const char *const reserved_prefixes[] = { "proxy-", "sec-" };

const char *
sy_credential_kind_nick (SyCredentialKind kind)
{
  g_return_val_if_fail ((guint) kind < SY_CREDENTIAL_N_KINDS, NULL);

  return nicks[kind];
}

gboolean
sy_credential_kind_from_nick (const char       *nick,
                              SyCredentialKind *ret)
{
  for (guint i = 0; i < SY_CREDENTIAL_N_KINDS; i++)
    if (strcmp (nicks[i], nick) == 0)
      {
        *ret = (SyCredentialKind) i;
        return TRUE;
      }

  return FALSE;
}

void
sy_credential_wipe (char *secret)
{
  if (secret == NULL)
    return;

  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static gboolean
refuse (GError     **error,
        const char  *why)
{
  g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID, why);
  return FALSE;
}

/* The length of the token (RFC 9110) that @text begins with. */
static gsize
token_length (const char *text)
{
  gsize n = 0;

  while (g_ascii_isalnum (text[n]) || (text[n] != '\0' && strchr ("!#$%&'*+-.^_`|~", text[n]) != NULL))
    n++;

  return n;
}

/* What may stand in a header: a line break would begin another one. */
static gboolean
is_visible_ascii (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if ((guchar) *p < 0x20 || (guchar) *p >= 0x7f)
      return FALSE;

  return TRUE;
}

static gboolean
is_reserved (const char *header,
             gsize       length)
{
  g_autofree char *name = g_ascii_strdown (header, (gssize) length);

  for (gsize i = 0; i < G_N_ELEMENTS (reserved_headers); i++)
    if (strcmp (reserved_headers[i], name) == 0)
      return TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (reserved_prefixes); i++)
    if (g_str_has_prefix (name, reserved_prefixes[i]))
      return TRUE;

  return FALSE;
}

/* Where the value of a "Name: value" begins; NULL sets @error. */
static const char *
find_header_value (const char  *text,
                   GError     **error)
{
  const gsize name = token_length (text);
  const char *value;

  if (name == 0 || text[name] != ':')
    {
      refuse (error, "a header is written as “Name: value”");
      return NULL;
    }

  if (is_reserved (text, name))
    {
      refuse (error, "this header belongs to HTTP itself: a credential goes into one such as Authorization or X-API-Key");
      return NULL;
    }

  value = text + name + 1;
  value += strspn (value, " ");
  if (*value == '\0')
    {
      refuse (error, "the header has no value");
      return NULL;
    }

  return value;
}

static gboolean
check_certificate (const char  *pem,
                   GError     **error)
{
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GByteArray) key = NULL;

  if (strlen (pem) > MAX_PEM)
    return refuse (error, "the certificate is longer than 256 KiB");

  /* The parser's own words are of no use to a person, and may quote the text. */
  certificate = g_tls_certificate_new_from_pem (pem, -1, NULL);
  if (certificate == NULL)
    return refuse (error, "this is not a certificate in PEM form");

  g_object_get (certificate, "private-key", &key, NULL);
  if (key == NULL)
    return refuse (error, "the private key is missing: put it behind the certificate, in one PEM file");

  return TRUE;
}

static gboolean
check_secret (SyCredentialKind   kind,
              const char        *secret,
              GError           **error)
{
  if (*secret == '\0')
    return refuse (error, "the secret is empty");
  if (kind != SY_CREDENTIAL_CLIENT_CERTIFICATE && strlen (secret) > MAX_SECRET)
    return refuse (error, "the secret is longer than 8 KiB");

  switch (kind)
    {
    case SY_CREDENTIAL_BASIC:
      if (strchr (secret, ':') == NULL)
        return refuse (error, "user name and password are written as USER:PASSWORD");
      if (!g_utf8_validate (secret, -1, NULL))
        return refuse (error, "the password is not UTF-8 text");
      for (const char *p = secret; *p != '\0'; p++)
        if (g_ascii_iscntrl (*p))
          return refuse (error, "a control character is in the user name or the password");
      return TRUE;

    case SY_CREDENTIAL_BEARER:
      if (!is_visible_ascii (secret) || strchr (secret, ' ') != NULL)
        return refuse (error, "a token has only visible ASCII characters and no blanks");
      return TRUE;

    case SY_CREDENTIAL_HEADER:
      if (!is_visible_ascii (secret))
        return refuse (error, "a header has only visible ASCII characters");
      return find_header_value (secret, error) != NULL;

    case SY_CREDENTIAL_CLIENT_CERTIFICATE:
    default:
      return check_certificate (secret, error);
    }
}

SyCredential *
sy_credential_new (const char        *origin,
                   SyCredentialKind   kind,
                   const char        *secret,
                   GError           **error)
{
  g_autoptr (SyUrl) url = sy_url_parse (origin, error);
  SyCredential *self;

  if (url == NULL)
    return NULL;

  if (kind == SY_CREDENTIAL_CLIENT_CERTIFICATE && !sy_url_is_https (url))
    {
      refuse (error, "a client certificate is for https only");
      return NULL;
    }

  if (!check_secret (kind, secret, error))
    return NULL;

  self = g_new0 (SyCredential, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->kind = kind;
  self->origin = g_strdup (sy_url_get_origin (url));
  self->secret = g_strdup (secret);
  return self;
}

/* Cuts the next word off @text, in place. */
static char *
take_word (char **text)
{
  char *word = *text + strspn (*text, " \t");
  char *end = word + strcspn (word, " \t");

  *text = end + strspn (end, " \t");
  *end = '\0';
  return word;
}

/* The line that counts, in place; NULL when there is none. */
static char *
first_line (char *text)
{
  while (*text != '\0')
    {
      char *end = text + strcspn (text, "\r\n");
      const gboolean is_last = *end == '\0';

      *end = '\0';
      g_strstrip (text);
      if (*text != '\0' && *text != '#')
        return text;

      if (is_last)
        return NULL;
      text = end + 1;
    }

  return NULL;
}

static SyCredential *
parse_line (char    *line,
            GError **error)
{
  const char *origin = take_word (&line);
  const char *nick = take_word (&line);
  SyCredentialKind kind;
  SyCredential *self;
  char *pem = NULL;

  if (!sy_credential_kind_from_nick (nick, &kind))
    {
      refuse (error, "a credential is written as “ORIGIN KIND SECRET” on one line, with basic, bearer, header or "
                     "client-certificate for its kind");
      return NULL;
    }

  if (kind != SY_CREDENTIAL_CLIENT_CERTIFICATE)
    return sy_credential_new (origin, kind, line, error);

  if (!g_file_get_contents (line, &pem, NULL, NULL))
    {
      refuse (error, "the file of the client certificate cannot be read");
      return NULL;
    }

  self = sy_credential_new (origin, kind, pem, error);
  sy_credential_wipe (pem);
  return self;
}

SyCredential *
sy_credential_parse (const char  *text,
                     GError     **error)
{
  char *copy = g_strdup (text);
  const gsize length = strlen (copy);
  char *line = first_line (copy);
  SyCredential *self = NULL;

  if (line != NULL)
    self = parse_line (line, error);
  else
    refuse (error, "there is no credential in it: write “ORIGIN KIND SECRET” on one line");

  /* It has been cut into words: wipe all of it. */
  explicit_bzero (copy, length);
  g_free (copy);
  return self;
}

SyCredential *
sy_credential_ref (SyCredential *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sy_credential_unref (SyCredential *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  sy_credential_wipe (self->secret);
  g_free (self->origin);
  g_free (self);
}

SyCredentialKind
sy_credential_get_kind (const SyCredential *self)
{
  return self->kind;
}

const char *
sy_credential_get_origin (const SyCredential *self)
{
  return self->origin;
}

gboolean
sy_credential_is_for (const SyCredential *self,
                      const SyUrl        *url)
{
  return strcmp (self->origin, sy_url_get_origin (url)) == 0;
}

const char *
sy_credential_get_secret (const SyCredential *self)
{
  return self->secret;
}

gboolean
sy_credential_dup_header (const SyCredential  *self,
                          char               **name,
                          char               **value)
{
  g_autofree char *encoded = NULL;

  switch (self->kind)
    {
    case SY_CREDENTIAL_BASIC:
      encoded = g_base64_encode ((const guchar *) self->secret, strlen (self->secret));
      *name = g_strdup ("Authorization");
      *value = g_strconcat ("Basic ", encoded, NULL);
      explicit_bzero (encoded, strlen (encoded));
      return TRUE;

    case SY_CREDENTIAL_BEARER:
      *name = g_strdup ("Authorization");
      *value = g_strconcat ("Bearer ", self->secret, NULL);
      return TRUE;

    case SY_CREDENTIAL_HEADER:
      *name = g_strndup (self->secret, token_length (self->secret));
      *value = g_strdup (find_header_value (self->secret, NULL));
      return TRUE;

    case SY_CREDENTIAL_CLIENT_CERTIFICATE:
    default:
      return FALSE;
    }
}

static void
mask_all (char       *bytes,
          gsize       length,
          const char *needle)
{
  const gsize size = strlen (needle);
  char *end = bytes + length;

  if (size < MIN_MASKED)
    return;

  for (char *p = bytes; (p = memmem (p, (gsize) (end - p), needle, size)) != NULL; p += size)
    memset (p, '*', size);
}

void
sy_credential_mask (const SyCredential *self,
                    char               *bytes,
                    gsize               length)
{
  char *name = NULL;
  char *value = NULL;
  const char *sent;

  if (!sy_credential_dup_header (self, &name, &value))
    return;

  /* Of "Bearer abc" the second word is the secret. */
  sent = value;
  if (self->kind != SY_CREDENTIAL_HEADER)
    sent = strchr (value, ' ') + 1;
  else if (g_ascii_strcasecmp (name, "Authorization") == 0 && strchr (value, ' ') != NULL)
    sent = strrchr (value, ' ') + 1;

  mask_all (bytes, length, sent);
  if (self->kind == SY_CREDENTIAL_BASIC)
    mask_all (bytes, length, strchr (self->secret, ':') + 1);

  g_free (name);
  sy_credential_wipe (value);
}
