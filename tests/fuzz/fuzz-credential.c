/* fuzz-credential.c: what is taken for a credential cannot break a request
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "sy-credential.h"
#include "sy-error.h"
#include "sy-text.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* No line break, no other control: the header is one line and one header. */
static void
assert_header (const SyCredential *credential)
{
  g_autofree char *name = NULL;
  g_autofree char *value = NULL;
  g_autofree char *echo = NULL;
  const char *secret;

  if (!sy_credential_dup_header (credential, &name, &value))
    return;

  g_assert_true (*name != '\0' && *value != '\0');
  for (const char *p = name; *p != '\0'; p++)
    g_assert_true (g_ascii_isgraph (*p) && *p != ':');
  for (const char *p = value; *p != '\0'; p++)
    g_assert_true (g_ascii_isprint (*p));
  g_assert_cmpint (g_ascii_strcasecmp (name, "host"), !=, 0);

  /* what comes back of it has its length, and nothing of a long secret, unless that looks like the mask */
  echo = g_strdup_printf ("<%s>", value);
  sy_credential_mask (credential, echo, strlen (echo));
  g_assert_cmpuint (strlen (echo), ==, strlen (value) + 2);
  secret = sy_credential_get_secret (credential);
  if (sy_credential_get_kind (credential) == SY_CREDENTIAL_BEARER && strlen (secret) > 6 && secret[strspn (secret, "*")] != '\0')
    g_assert_null (strstr (echo, secret));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyCredential) credential = NULL;
  g_autoptr (SyCredential) again = NULL;

  /* that kind reads a file */
  if (strstr (text, "client-certificate") != NULL)
    return 0;

  credential = sy_credential_parse (text, &error);
  if (credential == NULL)
    {
      g_assert_true (g_error_matches (error, SY_ERROR, SY_ERROR_INVALID));
      for (const char *p = error->message; *p != '\0'; p = g_utf8_next_char (p))
        g_assert_false (sy_text_is_hidden (g_utf8_get_char (p)));
      return 0;
    }

  assert_header (credential);

  again = sy_credential_new (sy_credential_get_origin (credential), sy_credential_get_kind (credential),
                             sy_credential_get_secret (credential), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sy_credential_get_origin (again), ==, sy_credential_get_origin (credential));
  return 0;
}
