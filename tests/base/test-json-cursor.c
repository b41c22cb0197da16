/* test-json-cursor.c: a document walked value by value
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "sy-json-cursor.h"
#include "sy-json.h"

static void
begin (SyJsonCursor *cursor,
       const char   *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sy_json_check (text, strlen (text), NULL, &error));
  g_assert_no_error (error);
  sy_json_cursor_init (cursor, text, strlen (text));
}

static void
test_members (void)
{
  g_autoptr (GString) name = g_string_new (NULL);
  SyJsonCursor cursor;
  const char *word;
  gsize length;

  begin (&cursor, " { \"a\" : [1, {}, []] , \"b\\u0041\" : -2.5e3, \"\" : null } ");
  g_assert_cmpint (sy_json_cursor_peek (&cursor), ==, '{');
  sy_json_cursor_enter (&cursor);

  g_assert_true (sy_json_cursor_next_member (&cursor, name));
  g_assert_cmpstr (name->str, ==, "a");
  g_assert_cmpint (sy_json_cursor_peek (&cursor), ==, '[');
  sy_json_cursor_enter (&cursor);
  g_assert_true (sy_json_cursor_next (&cursor));
  g_assert_cmpint (sy_json_cursor_peek (&cursor), ==, '0');
  sy_json_cursor_skip (&cursor);
  g_assert_true (sy_json_cursor_next (&cursor));
  sy_json_cursor_skip (&cursor);
  g_assert_true (sy_json_cursor_next (&cursor));
  sy_json_cursor_skip (&cursor);
  g_assert_false (sy_json_cursor_next (&cursor));

  g_assert_true (sy_json_cursor_next_member (&cursor, name));
  g_assert_cmpstr (name->str, ==, "bA");
  word = sy_json_cursor_read_word (&cursor, &length);
  g_assert_cmpmem (word, length, "-2.5e3", 6);

  g_assert_true (sy_json_cursor_next_member (&cursor, name));
  g_assert_cmpstr (name->str, ==, "");
  g_assert_cmpint (sy_json_cursor_peek (&cursor), ==, 'n');
  sy_json_cursor_skip (&cursor);
  g_assert_false (sy_json_cursor_next_member (&cursor, name));
  g_assert_cmpint (sy_json_cursor_peek (&cursor), ==, '\0');
}

static void
test_strings (void)
{
  static const struct {
    const char *json;
    const char *text;
  } cases[] = {
    { "\"\"", "" },
    { "\"plain\"", "plain" },
    { "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t" },
    { "\"\\u00e9\\u20ac\"", "é€" },
    { "\"\\ud83d\\ude00!\"", "😀!" },
    { "\"a\\u0000b\"", "a\357\277\275b" },
  };
  g_autoptr (GString) text = g_string_new ("before");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SyJsonCursor cursor;

      begin (&cursor, cases[i].json);
      sy_json_cursor_read_string (&cursor, text);
      g_assert_cmpstr (text->str, ==, cases[i].text);
      g_assert_cmpint (sy_json_cursor_peek (&cursor), ==, '\0');
    }
}

/* Brackets and quotes in strings are not brackets and quotes. */
static void
test_skip (void)
{
  SyJsonCursor cursor;

  begin (&cursor, "[{\"a]}\\\"\": [\"[[\", {\"b\": true}], \"c\": 1}, 7]");
  sy_json_cursor_enter (&cursor);
  g_assert_true (sy_json_cursor_next (&cursor));
  sy_json_cursor_skip (&cursor);
  g_assert_true (sy_json_cursor_next (&cursor));
  g_assert_cmpint (sy_json_cursor_peek (&cursor), ==, '0');
  sy_json_cursor_skip (&cursor);
  g_assert_false (sy_json_cursor_next (&cursor));
}

static void
test_places (void)
{
  SyJsonCursor cursor;
  guint line, column;

  begin (&cursor, "[\n \"é\", 1\n]");
  sy_json_cursor_enter (&cursor);
  sy_json_cursor_next (&cursor);
  sy_json_cursor_skip (&cursor);
  sy_json_cursor_next (&cursor);
  sy_json_cursor_locate (&cursor, cursor.pos, &line, &column);
  g_assert_cmpuint (line, ==, 2);
  g_assert_cmpuint (column, ==, 7);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-cursor/members", test_members);
  g_test_add_func ("/json-cursor/strings", test_strings);
  g_test_add_func ("/json-cursor/skip", test_skip);
  g_test_add_func ("/json-cursor/places", test_places);

  return g_test_run ();
}
