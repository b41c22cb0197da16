/* test-served-by.c
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sy-served-by.h"

static const struct {
  const char *server, *powered_by, *expected;
} answers[] = {
  { NULL, NULL, NULL },
  { "gunicorn", NULL, "gunicorn" },
  { "Werkzeug/2.2.2 Python/3.11.2", NULL, "Werkzeug" },
  { "nginx/1.22.1", "Express", "Express, nginx" },
  { "Apache (Debian)", NULL, "Apache" },
  { NULL, "PHP/8.2", "PHP" },
  { NULL, "Next.js", "Next.js" },
  { "", NULL, NULL },
  { "/1.0", NULL, NULL },
  /* as much as a column has room for, and nothing that turns it around */
  { "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee", NULL, "aaaaaaaaaabbbbbbbbbb…dddddddddeeeeeeeeee" },
  { "a\xe2\x80\xae" "b", NULL, "a<U+202E>b" },
};

static void
test_products (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      SoupMessageHeaders *headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
      g_autofree char *served_by = NULL;

      if (answers[i].server != NULL)
        soup_message_headers_append (headers, "Server", answers[i].server);
      if (answers[i].powered_by != NULL)
        soup_message_headers_append (headers, "X-Powered-By", answers[i].powered_by);
      served_by = sy_served_by_dup (headers);
      g_assert_cmpstr (served_by, ==, answers[i].expected);
      soup_message_headers_unref (headers);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/served-by/products", test_products);

  return g_test_run ();
}
