/* test-url.c: addresses people type, and what is made of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "sy-error.h"
#include "sy-url.h"

static const struct
{
  const char *text;
  const char *string;
  const char *origin;
  const char *path;
} accepted[] = {
  { "http://localhost", "http://localhost", "http://localhost:80", "" },
  { "http://localhost/", "http://localhost/", "http://localhost:80", "/" },
  { "https://h", "https://h", "https://h:443", "" },
  { "https://h:443/m", "https://h/m", "https://h:443", "/m" },
  { "http://h:443", "http://h:443", "http://h:443", "" },
  { "HTTP://H:8080/Metrics", "http://h:8080/Metrics", "http://h:8080", "/Metrics" },
  { "ws://h/feed", "ws://h/feed", "ws://h:80", "/feed" },
  { "WSS://h:443/feed?x=1", "wss://h/feed?x=1", "wss://h:443", "/feed" },
  { "ws:9000/metrics", "http://ws:9000/metrics", "http://ws:9000", "/metrics" },
  { "localhost:9090", "http://localhost:9090", "http://localhost:9090", "" },
  { "localhost:9090/metrics", "http://localhost:9090/metrics", "http://localhost:9090", "/metrics" },
  { "example.com", "http://example.com", "http://example.com:80", "" },
  { "127.0.0.1:8000?a=b", "http://127.0.0.1:8000?a=b", "http://127.0.0.1:8000", "" },
  { "[::1]:9090/metrics", "http://[::1]:9090/metrics", "http://[::1]:9090", "/metrics" },
  { "http://[2001:DB8:0:0::1]", "http://[2001:db8::1]", "http://[2001:db8::1]:80", "" },
  { "http://[fe80::1%25eth0]:1", "http://[fe80::1%25eth0]:1", "http://[fe80::1%25eth0]:1", "" },
  { "http://bücher.example/ä", "http://xn--bcher-kva.example/%C3%A4", "http://xn--bcher-kva.example:80", "/%C3%A4" },
  { " \thttp://h/m \n", "http://h/m", "http://h:80", "/m" },
  { "http://h:", "http://h", "http://h:80", "" },
  { "http://h:00080/", "http://h/", "http://h:80", "/" },
  { "http://h:65535", "http://h:65535", "http://h:65535", "" },
  { "http://h/m#top", "http://h/m", "http://h:80", "/m" },
  { "http://h#top", "http://h", "http://h:80", "" },
  { "http://h/?#", "http://h/?", "http://h:80", "/" },
  { "http://h/a@b:c//d;e=f", "http://h/a@b:c//d;e=f", "http://h:80", "/a@b:c//d;e=f" },
  { "http://h/%2e%zz%", "http://h/%2e%25zz%25", "http://h:80", "/%2e%25zz%25" },
  { "http://h/q?query=up{job=\"x\"}[5m]", "http://h/q?query=up%7Bjob=%22x%22%7D%5B5m%5D", "http://h:80", "/q" },
  { "http://h/?u=http://x/?y", "http://h/?u=http://x/?y", "http://h:80", "/" },
  { "http://h/a|b^c`d", "http://h/a%7Cb%5Ec%60d", "http://h:80", "/a%7Cb%5Ec%60d" },
};

static const struct
{
  const char *text;
  const char *message; /* a part of it */
} refused[] = {
  { "", "there is no address" },
  { "   ", "there is no address" },
  { "ftp://h", "“ftp://” is not spoken here: write http://, https://, ws:// or wss://" },
  { "file:///etc/passwd", "“file://” is not spoken here" },
  { "javascript:alert(1)", "not a port" },
  { "data:text/html,x", "not a port" },
  { "http:h", "two slashes" },
  { "https:/h", "two slashes" },
  { "http:", "two slashes" },
  { "://h", "is not spoken here" },
  { "http://", "the host is missing" },
  { "http:///metrics", "the host is missing" },
  { "http://:80", "the host is missing" },
  { "/metrics", "the host is missing" },
  { "//h/metrics", "the host is missing" },
  { "?x", "the host is missing" },
  { "http://ho st/", "a blank does not belong" },
  { "http://h/a b", "a blank does not belong" },
  { "http://h/a\302\240b", "a blank does not belong" },
  { "http://a\rb/", "a blank does not belong" },
  { "http://h/\r\nX-Evil: 1", "a blank does not belong" },
  { "http://a\001b/", "U+0001" },
  { "http://h/\177", "U+007F" },
  { "http://h/\342\200\256", "U+202E" },
  { "http://h\342\200\213.example/", "U+200B" },
  { "http://h\\@evil.example/", "backslash" },
  { "http://h/\377", "UTF-8" },
  { "http://user@h/", "user name or password" },
  { "http://good.example@evil.example/", "user name or password" },
  { "http://user:hunter2@h/", "user name or password" },
  { "user:hunter2@h", "user name or password" },
  { "http://@h/", "user name or password" },
  { "http://h:0/", "“0” is not a port" },
  { "http://h:65536/", "“65536” is not a port" },
  { "http://h:-1/", "“-1” is not a port" },
  { "http://h:+1/", "“+1” is not a port" },
  { "http://h:8o80/", "“8o80” is not a port" },
  { "http://admin:hunter2/x@h/", "a user name or password does not belong" },
  { "http://admin:hunter2?x@h/", "a user name or password does not belong" },
  { "http://admin:hunter2#x@h/", "a user name or password does not belong" },
  { "http://h:99999999999999999999/", "is not a port" },
  { "http://::1/", "brackets" },
  { "::1", "brackets" },
  { "fe80::1:8080", "brackets" },
  { "http://[::1]x/", "only a port may follow" },
  { "http://[::1", "not closed" },
  { "http://127.1/", "write 127.0.0.1" },
  { "http://0x7f000001/", "write 127.0.0.1" },
  { "http://0.0.0.0:8000/", "127.0.0.1 if it runs here" },
};

static void
test_accepted (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (accepted); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SyUrl) url = sy_url_parse (accepted[i].text, &error);
      g_autoptr (SyUrl) again = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (sy_url_get_string (url), ==, accepted[i].string);
      g_assert_cmpstr (sy_url_get_redacted (url), ==, accepted[i].string);
      g_assert_cmpstr (sy_url_get_origin (url), ==, accepted[i].origin);
      g_assert_cmpstr (sy_url_get_path (url), ==, accepted[i].path);

      again = sy_url_parse (sy_url_get_string (url), &error);
      g_assert_no_error (error);
      g_assert_cmpstr (sy_url_get_string (again), ==, accepted[i].string);
      g_assert_cmpstr (sy_url_get_origin (again), ==, accepted[i].origin);
    }
}

static void
test_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SyUrl) url = sy_url_parse (refused[i].text, &error);

      g_assert_null (url);
      g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
      if (strstr (error->message, refused[i].message) == NULL)
        g_test_fail_printf ("%s: %s", refused[i].text, error->message);
      g_assert_null (strstr (error->message, "hunter2"));
    }
}

/* Also when it is encoding that makes it so. */
static void
test_too_long (void)
{
  static const struct { gsize length; char filler; gboolean accepted; } paths[] = {
    { 4096 - 9, 'x', TRUE },
    { 4096 - 8, 'x', FALSE },
    { (4096 - 9) / 3, '|', TRUE },
    { (4096 - 9) / 3 + 1, '|', FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *path = g_strnfill (paths[i].length, paths[i].filler);
      g_autofree char *text = g_strconcat ("http://h/", path, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (SyUrl) url = sy_url_parse (text, &error);

      if (paths[i].accepted)
        g_assert_no_error (error);
      else
        g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
    }
}

static void
test_parts (void)
{
  g_autoptr (SyUrl) url = sy_url_parse ("https://[::1]:8443/m?x=1", NULL);
  g_autoptr (SyUrl) socket = sy_url_parse ("wss://h/feed", NULL);
  g_autoptr (SyUrl) plain = sy_url_parse ("example.com", NULL);

  g_assert_cmpstr (sy_url_get_host (url), ==, "::1");
  g_assert_cmpint (sy_url_get_port (url), ==, 8443);
  g_assert_true (sy_url_is_https (url));
  g_assert_true (sy_url_is_loopback (url));

  g_assert_cmpstr (sy_url_get_host (plain), ==, "example.com");
  g_assert_cmpint (sy_url_get_port (plain), ==, 80);
  g_assert_false (sy_url_is_https (plain));
  g_assert_false (sy_url_is_web_socket (url));
  g_assert_true (sy_url_is_https (socket) && sy_url_is_web_socket (socket));
  g_assert_false (sy_url_is_loopback (plain));
}

static void
test_with_path (void)
{
  g_autoptr (SyUrl) url = sy_url_parse ("https://h:8443/a?token=x", NULL);
  g_autoptr (SyUrl) metrics = sy_url_with_path (url, "/metrics");
  g_autoptr (SyUrl) odd = sy_url_with_path (url, "/a?b#c d%41%");

  g_assert_cmpstr (sy_url_get_string (metrics), ==, "https://h:8443/metrics");
  g_assert_cmpstr (sy_url_get_redacted (metrics), ==, "https://h:8443/metrics");
  g_assert_cmpstr (sy_url_get_origin (metrics), ==, "https://h:8443");
  g_assert_cmpstr (sy_url_get_path (metrics), ==, "/metrics");
  g_assert_cmpstr (sy_url_get_path (odd), ==, "/a%3Fb%23c%20d%41%25");

  /* the original stands */
  g_assert_cmpstr (sy_url_get_string (url), ==, "https://h:8443/a?token=x");
}

static void
test_redaction (void)
{
  static const struct { const char *query; const char *redacted; } queries[] = {
    { "token=s3", "token=•••" },
    { "TOKEN=s3", "TOKEN=•••" },
    { "api_key=s3", "api_key=•••" },
    { "api-key=s3", "api-key=•••" },
    { "apiKey=s3", "apiKey=•••" },
    { "api%5Fkey=s3", "api%5Fkey=•••" },
    { "%74oken=s3", "%74oken=•••" },
    { "access_token=s3", "access_token=•••" },
    { "sig=s3", "sig=•••" },
    { "key=s3", "key=•••" },
    { "password=s3", "password=•••" },
    { "X-Amz-Signature=s3", "X-Amz-Signature=•••" },
    { "X-Amz-Security-Token=s3", "X-Amz-Security-Token=•••" },
    { "client_secret=s3", "client_secret=•••" },
    { "_token=s3", "_token=•••" },
    { "token%5B%5D=s3", "token%5B%5D=•••" },
    { "auth%5Btoken%5D=s3", "auth%5Btoken%5D=•••" },
    { "privatekey=s3", "privatekey=•••" },
    { "sessionKey=s3", "sessionKey=•••" },
    { "a=1&token=s3&b=2", "a=1&token=•••&b=2" },
    { "a=1;token=s3;b=2", "a=1;token=•••;b=2" },
    { "next=/x?token=s3", "next=/x?token=•••" },
    { "token=s3=s3", "token=•••" },
    { "token=", "token=" },
    { "token", "token" },
    { "=x&&", "=x&&" },
    { "query=rate(x)&step=5", "query=rate(x)&step=5" },
    { "monkey=1&tokens_total=2&author=me", "monkey=1&tokens_total=2&author=me" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *text = g_strconcat ("http://h/m?", queries[i].query, NULL);
      g_autofree char *expected = g_strconcat ("http://h/m?", queries[i].redacted, NULL);
      g_autoptr (SyUrl) url = sy_url_parse (text, NULL);

      g_assert_cmpstr (sy_url_get_string (url), ==, text);
      g_assert_cmpstr (sy_url_get_redacted (url), ==, expected);
      g_assert_null (strstr (sy_url_get_origin (url), "s3"));
    }
}

static gpointer
share_thread (gpointer user_data)
{
  SyUrl *url = user_data;

  for (guint i = 0; i < 10000; i++)
    {
      g_autoptr (SyUrl) held = sy_url_ref (url);

      g_assert_cmpint (sy_url_get_port (held), ==, 80);
    }

  return NULL;
}

static void
test_shared_between_threads (void)
{
  g_autoptr (SyUrl) url = sy_url_parse ("http://h", NULL);
  GThread *threads[2];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("share", share_thread, url);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);

  g_assert_cmpstr (sy_url_get_host (url), ==, "h");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/url/accepted", test_accepted);
  g_test_add_func ("/url/refused", test_refused);
  g_test_add_func ("/url/too-long", test_too_long);
  g_test_add_func ("/url/parts", test_parts);
  g_test_add_func ("/url/with-path", test_with_path);
  g_test_add_func ("/url/redaction", test_redaction);
  g_test_add_func ("/url/shared-between-threads", test_shared_between_threads);

  return g_test_run ();
}
