/* test-url-host.c: one spelling for each host
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "sy-error.h"
#include "sy-url-host.h"

static const struct
{
  const char *text;
  const char *host;
} accepted[] = {
  { "localhost", "localhost" },
  { "LOCALHOST", "localhost" },
  { "Example.COM", "example.com" },
  { "example.com.", "example.com." },
  { "my_app-1", "my_app-1" },
  { "a", "a" },
  { "3com.com", "3com.com" },
  { "1.2.3.example", "1.2.3.example" },
  { "0xfg", "0xfg" },
  { "bücher.example", "xn--bcher-kva.example" },
  { "BÜCHER.example", "xn--bcher-kva.example" },
  { "例え.jp", "xn--r8jz45g.jp" },
  { "ｅｘａｍｐｌｅ.com", "example.com" },
  { "example。com", "example.com" },
  { "xn--bcher-kva.example", "xn--bcher-kva.example" },
  { "127.0.0.1", "127.0.0.1" },
  { "192.168.1.10", "192.168.1.10" },
  { "[::1]", "::1" },
  { "[0:0:0:0:0:0:0:1]", "::1" },
  { "[2001:DB8::0:1]", "2001:db8::1" },
  { "[fe80::1%25eth0]", "fe80::1%eth0" },
  { "[fe80::1%eth0]", "fe80::1%eth0" },
};

static const struct
{
  const char *text;
  const char *message; /* a part of it */
} refused[] = {
  { "", "missing" },
  { ".", "between two dots" },
  { "a..b", "between two dots" },
  { ".a", "between two dots" },
  { "a..", "between two dots" },
  { "-a.b", "hyphen" },
  { "a-.b", "hyphen" },
  { "a b", "letters, digits" },
  { "a,b", "letters, digits" },
  { "a*b", "letters, digits" },
  { "a<b>", "letters, digits" },
  { "a%41", "percent" },
  { "．", "not a host name" },
  { "．a", "between two dots" },
  { "℀.example", "letters, digits" }, /* becomes a/c */

  /* other spellings of 127.0.0.1 */
  { "127.1", "write 127.0.0.1" },
  { "127.0.1", "write 127.0.0.1" },
  { "2130706433", "write 127.0.0.1" },
  { "0x7f000001", "write 127.0.0.1" },
  { "0X7F.1", "write 127.0.0.1" },
  { "0177.0.0.1", "write 127.0.0.1" },
  { "127.0.0.01", "write 127.0.0.1" },
  { "１２７.0.0.01", "write 127.0.0.1" },
  { "127.0.0.1.", "four numbers" },
  { "256.1.1.1", "four numbers" },
  { "1.2.3.4.5", "four numbers" },
  { "127.0.0.0x", "four numbers" },
  { "foo.0x4", "four numbers" },
  { "foo.1", "four numbers" },

  { "0.0.0.0", "write 127.0.0.1 if it runs here" },
  { "255.255.255.255", "no single host" },
  { "[::]", "write [::1] if it runs here" },
  { "[::ffff:127.0.0.1]", "write the IPv4 address" },
  { "[::127.0.0.1]", "write the IPv4 address" },
  { "[::1", "not closed" },
  { "[]", "not an IPv6 address" },
  { "[:::1]", "not an IPv6 address" },
  { "[1.2.3.4]", "not an IPv6 address" },
  { "[v1.x]", "not an IPv6 address" },
  { "[fe80::1%25]", "zone" },
  { "[fe80::1%25a/b]", "zone" },
  { "[fe80::1%25averylonginterface]", "zone" },
};

static void
test_accepted (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (accepted); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *host = sy_url_host_canonicalize (accepted[i].text, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (host, ==, accepted[i].host);
    }
}

static void
test_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *host = sy_url_host_canonicalize (refused[i].text, &error);

      g_assert_null (host);
      g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
      if (strstr (error->message, refused[i].message) == NULL)
        g_test_fail_printf ("%s: %s", refused[i].text, error->message);
    }
}

static void
test_lengths (void)
{
  g_autofree char *label = g_strnfill (63, 'a');
  g_autofree char *long_label = g_strnfill (64, 'a');
  g_autofree char *longest = g_strdup_printf ("%s.%s.%s.%.61s", label, label, label, label);
  g_autofree char *too_long = g_strdup_printf ("%s.%s.%s.%.62s", label, label, label, label);
  g_autofree char *host = sy_url_host_canonicalize (label, NULL);
  g_autofree char *long_host = sy_url_host_canonicalize (longest, NULL);

  g_assert_cmpstr (host, ==, label);
  g_assert_cmpuint (strlen (longest), ==, 253);
  g_assert_cmpstr (long_host, ==, longest);
  g_assert_null (sy_url_host_canonicalize (long_label, NULL));
  g_assert_null (sy_url_host_canonicalize (too_long, NULL));
}

static void
test_loopback (void)
{
  static const char *const inside[] = { "localhost", "localhost.", "127.0.0.1", "127.255.255.254", "::1" };
  static const char *const outside[] = {
    "localhost.example", "x.localhost", "128.0.0.1", "126.255.255.255", "10.0.0.1", "127.0.0.1.example", "::2", "fe80::1%lo",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (inside); i++)
    g_assert_true (sy_url_host_is_loopback (inside[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (outside); i++)
    g_assert_false (sy_url_host_is_loopback (outside[i]));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/url-host/accepted", test_accepted);
  g_test_add_func ("/url-host/refused", test_refused);
  g_test_add_func ("/url-host/lengths", test_lengths);
  g_test_add_func ("/url-host/loopback", test_loopback);

  return g_test_run ();
}
