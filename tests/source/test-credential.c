/* test-credential.c: what proves to one server who asks
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "sy-access.h"
#include "sy-credential.h"
#include "sy-error.h"
#include "sy-witness.h"

#define CANARY "CANARY-9f3a"

static const struct
{
  const char *name;
  const char *text;
  const char *origin; /* NULL: refused */
  const char *header;
  const char *value;
} cases[] = {
  { "bearer", "https://a.example bearer abc", "https://a.example:443", "Authorization", "Bearer abc" },
  { "basic", "http://127.0.0.1:9 basic user:pass word", "http://127.0.0.1:9", "Authorization", "Basic dXNlcjpwYXNzIHdvcmQ=" },
  { "basic-empty-password", "https://a.example basic user:", "https://a.example:443", "Authorization", "Basic dXNlcjo=" },
  { "basic-utf8", "https://a.example basic ü:ß", "https://a.example:443", "Authorization", "Basic w7w6w58=" },
  { "header", "https://a.example:8443/metrics header X-API-Key: k e y", "https://a.example:8443", "X-API-Key", "k e y" },
  { "header-no-blank", "https://a.example header X-Key:k", "https://a.example:443", "X-Key", "k" },
  { "comment-and-blanks", "# mine\r\n\r\n  https://a.example\tbearer   abc  \nhttps://b.example bearer no\n", "https://a.example:443",
    "Authorization", "Bearer abc" },
  { "nothing", "", NULL, NULL, NULL },
  { "only-comment", "# nothing\n", NULL, NULL, NULL },
  { "no-origin", "bearer " CANARY, NULL, NULL, NULL },
  { "unknown-kind", "https://a.example digest " CANARY, NULL, NULL, NULL },
  { "no-secret", "https://a.example bearer", NULL, NULL, NULL },
  { "userinfo", "https://u:" CANARY "@a.example bearer x", NULL, NULL, NULL },
  { "token-with-blank", "https://a.example bearer a " CANARY, NULL, NULL, NULL },
  { "token-not-ascii", "https://a.example bearer ä" CANARY, NULL, NULL, NULL },
  { "basic-no-colon", "https://a.example basic " CANARY, NULL, NULL, NULL },
  { "header-no-colon", "https://a.example header " CANARY, NULL, NULL, NULL },
  { "header-empty", "https://a.example header X-Key:  ", NULL, NULL, NULL },
  { "header-host", "https://a.example header Host: " CANARY, NULL, NULL, NULL },
  { "header-length", "https://a.example header content-LENGTH: " CANARY, NULL, NULL, NULL },
  { "header-proxy", "https://a.example header Proxy-Authorization: " CANARY, NULL, NULL, NULL },
  { "certificate-http", "http://127.0.0.1 client-certificate /dev/null", NULL, NULL, NULL },
  { "certificate-missing", "https://a.example client-certificate /nonexistent/" CANARY, NULL, NULL, NULL },
  { "certificate-empty", "https://a.example client-certificate /dev/null", NULL, NULL, NULL },
};

static void
test_case (gconstpointer data)
{
  const gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyCredential) credential = sy_credential_parse (cases[i].text, &error);
  g_autofree char *name = NULL;
  g_autofree char *value = NULL;

  if (cases[i].origin == NULL)
    {
      g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
      g_assert_null (strstr (error->message, CANARY));
      return;
    }

  g_assert_no_error (error);
  g_assert_cmpstr (sy_credential_get_origin (credential), ==, cases[i].origin);
  g_assert_true (sy_credential_dup_header (credential, &name, &value));
  g_assert_cmpstr (name, ==, cases[i].header);
  g_assert_cmpstr (value, ==, cases[i].value);
}

/* A line break in a header would begin another header. */
static void
test_no_injection (void)
{
  static const char *const secrets[] = { "X-Key: a\r\nHost: b", "X-Key: a\nb", "X-Key: a\001", "X Key: a" };

  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sy_credential_new ("https://a.example", SY_CREDENTIAL_HEADER, secrets[i], &error));
      g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
    }
}

static void
test_too_long (void)
{
  g_autofree char *token = g_strnfill (8193, 'x');
  g_autoptr (GError) error = NULL;

  g_assert_null (sy_credential_new ("https://a.example", SY_CREDENTIAL_BEARER, token, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
}

static void
test_certificate (void)
{
  g_autofree char *file = sy_witness_dup_file ("client");
  g_autofree char *authority = sy_witness_dup_file ("ca");
  g_autofree char *text = g_strdup_printf ("https://a.example client-certificate %s", file);
  g_autofree char *no_key = g_strdup_printf ("https://a.example client-certificate %s", authority);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyCredential) credential = sy_credential_parse (text, &error);
  char *name, *value;

  g_assert_no_error (error);
  g_assert_cmpint (sy_credential_get_kind (credential), ==, SY_CREDENTIAL_CLIENT_CERTIFICATE);
  g_assert_false (sy_credential_dup_header (credential, &name, &value));
  g_assert_nonnull (strstr (sy_credential_get_secret (credential), "PRIVATE KEY"));

  g_assert_null (sy_credential_parse (no_key, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "private key is missing"));
}

static void
test_origin (void)
{
  static const struct { const char *url; gboolean matches; } urls[] = {
    { "https://a.example/metrics", TRUE },
    { "https://A.example:443", TRUE },
    { "http://a.example/metrics", FALSE },
    { "https://a.example:8443/metrics", FALSE },
    { "https://b.a.example/metrics", FALSE },
    { "https://a.example.evil/metrics", FALSE },
  };
  g_autoptr (SyCredential) credential = sy_credential_new ("https://a.example", SY_CREDENTIAL_BEARER, "abc", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autoptr (SyUrl) url = sy_url_parse (urls[i].url, NULL);

      g_assert_cmpint (sy_credential_is_for (credential, url), ==, urls[i].matches);
    }
}

/* Whatever form it was sent in comes back as asterisks, and only it. */
static void
test_mask (void)
{
  static const struct { const char *credential; const char *echo; const char *masked; } echoes[] = {
    { "https://a.example bearer abcdef", "you sent Bearer abcdef, abcdef!", "you sent Bearer ******, ******!" },
    { "https://a.example basic user:secret", "Basic dXNlcjpzZWNyZXQ= is secret", "Basic **************** is ******" },
    { "https://a.example header X-Key: a key", "X-Key: a key; akey", "X-Key: *****; akey" },
    { "https://a.example header Authorization: Token abcd", "Token abcd", "Token ****" },
    { "https://a.example bearer abc", "abc is in alphabet abc", "abc is in alphabet abc" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (echoes); i++)
    {
      g_autoptr (SyCredential) credential = sy_credential_parse (echoes[i].credential, NULL);
      g_autofree char *text = g_strdup (echoes[i].echo);

      sy_credential_mask (credential, text, strlen (text));
      g_assert_cmpstr (text, ==, echoes[i].masked);
    }
}

static void
test_kinds (void)
{
  SyCredentialKind kind;

  for (guint i = 0; i < SY_CREDENTIAL_N_KINDS; i++)
    {
      g_assert_true (sy_credential_kind_from_nick (sy_credential_kind_nick (i), &kind));
      g_assert_cmpint (kind, ==, i);
    }
  g_assert_false (sy_credential_kind_from_nick ("none", &kind));
}

static void
test_in_clear (void)
{
  static const struct { const char *origin; gboolean agreed; gboolean goes; } ways[] = {
    { "https://a.example", FALSE, TRUE },
    { "http://127.0.0.1:8000", FALSE, TRUE },
    { "http://[::1]:8000", FALSE, TRUE },
    { "http://localhost:8000", FALSE, TRUE },
    { "http://192.0.2.1:8000", FALSE, FALSE },
    { "http://a.example", FALSE, FALSE },
    { "http://a.example", TRUE, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr (SyUrl) url = sy_url_parse (ways[i].origin, NULL);
      g_autoptr (SyCredential) credential = sy_credential_new (ways[i].origin, SY_CREDENTIAL_BEARER, CANARY, NULL);
      const SyAccessConfig config = { ways[i].origin, credential, NULL, NULL, ways[i].agreed };
      g_autoptr (GError) error = NULL;
      g_autoptr (SyAccess) access = sy_access_new (&config, &error);

      g_assert_no_error (error);
      g_assert_cmpint (sy_access_check (access, url, &error), ==, ways[i].goes);
      if (!ways[i].goes)
        {
          g_assert_error (error, SY_ERROR, SY_ERROR_CREDENTIAL);
          g_assert_null (strstr (error->message, CANARY));
        }
    }
}

static void
test_access_errors (void)
{
  g_autoptr (SyCredential) other = sy_credential_new ("https://b.example", SY_CREDENTIAL_BEARER, CANARY, NULL);
  const SyAccessConfig bad[] = {
    { "https://a.example", other, NULL, NULL, FALSE },
    { "https://a.example", NULL, "/nonexistent", NULL, FALSE },
    { "https://a.example", NULL, "/dev/null", NULL, FALSE },
    { "https://a.example", NULL, NULL, "AB:CD", FALSE },
    { "https://a.example", NULL, NULL, "gggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggg", FALSE },
    { "not an address", NULL, NULL, NULL, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sy_access_new (&bad[i], &error));
      g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
      g_assert_null (strstr (error->message, CANARY));
    }
}

static void
test_fingerprint (void)
{
  const SyAccessConfig config = {
    .origin = "https://a.example",
    .fingerprint = "00112233445566778899aabbccddeeff00112233 445566778899aabb:ccddeeff",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (SyAccess) access = sy_access_new (&config, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (sy_access_get_fingerprint (access), ==,
                   "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/credential/parse/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/credential/no-injection", test_no_injection);
  g_test_add_func ("/credential/too-long", test_too_long);
  g_test_add_func ("/credential/certificate", test_certificate);
  g_test_add_func ("/credential/origin", test_origin);
  g_test_add_func ("/credential/mask", test_mask);
  g_test_add_func ("/credential/kinds", test_kinds);
  g_test_add_func ("/access/in-clear", test_in_clear);
  g_test_add_func ("/access/errors", test_access_errors);
  g_test_add_func ("/access/fingerprint", test_fingerprint);

  return g_test_run ();
}
