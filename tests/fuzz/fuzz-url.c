/* fuzz-url.c: an address means the same when it is read again
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <gio/gio.h>
#include <stdint.h>
#include <string.h>

#include "sy-error.h"
#include "sy-text.h"
#include "sy-url.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

#define CANARY "CANARY9f3"

static void
assert_stable (SyUrl *url)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyUrl) again = sy_url_parse (sy_url_get_string (url), &error);
  g_autoptr (GUri) uri = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (sy_url_get_string (again), ==, sy_url_get_string (url));
  g_assert_cmpstr (sy_url_get_redacted (again), ==, sy_url_get_redacted (url));
  g_assert_cmpstr (sy_url_get_origin (again), ==, sy_url_get_origin (url));
  g_assert_cmpstr (sy_url_get_path (again), ==, sy_url_get_path (url));

  /* the request goes where the origin says */
  uri = g_uri_parse (sy_url_get_string (url), G_URI_FLAGS_ENCODED_PATH | G_URI_FLAGS_ENCODED_QUERY, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_uri_get_host (uri), ==, sy_url_get_host (url));
  g_assert_null (g_uri_get_userinfo (uri));
  if (g_uri_get_port (uri) != -1)
    g_assert_cmpint (g_uri_get_port (uri), ==, sy_url_get_port (url));
}

static void
assert_parts (SyUrl *url)
{
  const char *host = sy_url_get_host (url);

  g_assert_true (*host != '\0');
  for (const char *p = host; *p != '\0'; p++)
    g_assert_true (g_ascii_isalnum (*p) || strchr (".-_:%", *p) != NULL);

  g_assert_cmpint (sy_url_get_port (url), >=, 1);
  g_assert_cmpint (sy_url_get_port (url), <=, 65535);
  g_assert_true (*sy_url_get_path (url) == '\0' || *sy_url_get_path (url) == '/');
  g_assert_true (g_str_is_ascii (sy_url_get_string (url)));

  if (sy_url_is_loopback (url))
    g_assert_true (g_str_has_prefix (host, "127.") || g_str_equal (host, "::1") || g_str_has_prefix (host, "localhost"));
}

/* Behind whatever query there is. */
static void
assert_redacts (SyUrl *url)
{
  const char *string = sy_url_get_string (url);
  g_autofree char *text = g_strconcat (string, strchr (string, '?') != NULL ? "&" : "?", "access_token=" CANARY, NULL);
  g_autoptr (SyUrl) secret = sy_url_parse (text, NULL);

  /* too long now, perhaps; or the fuzzer has learned the canary */
  if (secret == NULL || strstr (string, CANARY) != NULL)
    return;

  g_assert_nonnull (strstr (sy_url_get_string (secret), CANARY));
  g_assert_null (strstr (sy_url_get_redacted (secret), CANARY));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyUrl) url = sy_url_parse (text, &error);
  g_autoptr (SyUrl) other = NULL;

  if (url == NULL)
    {
      g_assert_true (g_error_matches (error, SY_ERROR, SY_ERROR_INVALID));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      for (const char *p = error->message; *p != '\0'; p = g_utf8_next_char (p))
        g_assert_false (sy_text_is_hidden (g_utf8_get_char (p)));
      return 0;
    }

  assert_parts (url);
  assert_stable (url);
  assert_redacts (url);

  other = sy_url_with_path (url, "/metrics");
  g_assert_cmpstr (sy_url_get_origin (other), ==, sy_url_get_origin (url));
  assert_stable (other);

  return 0;
}
