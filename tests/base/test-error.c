/* test-error.c: every code has its word
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <gio/gio.h>

#include "sy-error.h"

static void
test_every_code_has_its_own_word (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (int code = SY_ERROR_FAILED; code <= SY_ERROR_DAMAGED; code++)
    {
      const char *nick = sy_error_code_nick ((SyErrorCode) code);

      for (const char *p = nick; *p != '\0'; p++)
        g_assert_true (g_ascii_islower (*p) || *p == '-');
      g_assert_true (g_hash_table_add (seen, (gpointer) nick));
      g_assert_cmpint (sy_error_code_of_nick (nick), ==, code);
    }
}

/* Recordings and scripts hold these; a renamed one would be a break. */
static void
test_words_stay (void)
{
  g_assert_cmpstr (sy_error_code_nick (SY_ERROR_DEADLINE), ==, "deadline");
  g_assert_cmpstr (sy_error_code_nick (SY_ERROR_HTTP_STATUS), ==, "http-status");
  g_assert_cmpstr (sy_error_code_nick (SY_ERROR_BODY_TOO_LARGE), ==, "body-too-large");
  g_assert_cmpstr (sy_error_code_nick (SY_ERROR_OVERRUN), ==, "overrun");
  g_assert_cmpstr (sy_error_code_nick (SY_ERROR_FLOOD), ==, "flood");
  g_assert_cmpstr (sy_error_code_nick (SY_ERROR_SILENT), ==, "silent");
  g_assert_cmpstr (sy_error_code_nick (SY_ERROR_LISTEN), ==, "listen");
  g_assert_cmpstr (sy_error_code_nick (SY_ERROR_NOT_RUNNING), ==, "not-running");
  g_assert_cmpstr (sy_error_code_nick (SY_ERROR_SUSPENDED), ==, "suspended");
}

static void
test_unknown_codes_have_failed (void)
{
  g_assert_cmpstr (sy_error_code_nick ((SyErrorCode) 0), ==, "failed");
  g_assert_cmpstr (sy_error_code_nick ((SyErrorCode) -1), ==, "failed");
  g_assert_cmpstr (sy_error_code_nick ((SyErrorCode) (SY_ERROR_SUSPENDED + 1)), ==, "failed");
}

static void
test_unknown_words_are_failed (void)
{
  g_assert_cmpint (sy_error_code_of_nick ("what a newer version says"), ==, SY_ERROR_FAILED);
}

static void
test_errors (void)
{
  g_autoptr (GError) ours = g_error_new_literal (SY_ERROR, SY_ERROR_STUCK, "x");
  g_autoptr (GError) foreign = g_error_new_literal (G_IO_ERROR, SY_ERROR_STUCK, "x");

  g_assert_cmpstr (sy_error_nick (ours), ==, "stuck");
  g_assert_cmpstr (sy_error_nick (foreign), ==, "failed");
  g_assert_null (sy_error_nick (NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/error/unknown-words-are-failed", test_unknown_words_are_failed);
  g_test_add_func ("/error/every-code-has-its-own-word", test_every_code_has_its_own_word);
  g_test_add_func ("/error/words-stay", test_words_stay);
  g_test_add_func ("/error/unknown-codes-have-failed", test_unknown_codes_have_failed);
  g_test_add_func ("/error/errors", test_errors);

  return g_test_run ();
}
