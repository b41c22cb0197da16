/* test-json-check.c: what passes the guard, and what is said of the rest
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "sy-error.h"
#include "sy-json.h"

#define N(literal) literal, sizeof literal - 1

static const struct
{
  const char *name;
  const char *text;
  gsize       length;
  const char *fault; /* NULL: it passes */
} cases[] = {
  { "empty-object", N ("{}"), NULL },
  { "empty-array", N (" [ ] \n"), NULL },
  { "scalar", N ("-0.5e+10"), NULL },
  { "nested", N ("{\"a\":[1,{\"a\":null}],\"b\":{\"a\":true}}"), NULL },
  { "escapes", N ("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\"]"), NULL },
  { "largest-integers", N ("[9223372036854775807,-9223372036854775808]"), NULL },
  { "largest-double", N ("[1.7976931348623157e308]"), NULL },
  { "underflow", N ("[1e-400]"), NULL },

  { "nothing", N (""), "1:1: there is no document" },
  { "blanks", N (" \n "), "2:2: there is no document" },
  { "two-documents", N ("1 2"), "1:3: expected the end of the document, found 2" },
  { "trailing-comma", N ("[1,]"), "1:4: expected a value, found ]" },
  { "trailing-comma-object", N ("{\"a\":1,}"), "1:8: expected a name in double quotes, found }" },
  { "missing-comma", N ("[1 2]"), "1:4: expected a comma or ], found 2" },
  { "missing-colon", N ("{\"a\" 1}"), "1:6: expected a colon, found 1" },
  { "open", N ("[1"), "1:3: expected a comma or ], found the end" },
  { "wrong-bracket", N ("[1}"), "1:3: expected a comma or ], found }" },
  { "comment", N ("/* */ {}"), "1:1: expected a value, found /" },
  { "single-quotes", N ("{'a':1}"), "1:2: expected a name in double quotes, found '" },
  { "assignment", N ("var x = {}"), "1:1: expected a value, found v" },
  { "word", N ("[nul]"), "1:2: expected a value, found n" },
  { "longer-word", N ("[nulls]"), "1:6: expected a comma or ], found s" },
  { "nan", N ("[NaN]"), "1:2: expected a value, found N" },
  { "leading-zero", N ("[010]"), "1:2: a number begins with a needless 0" },
  { "hexadecimal", N ("[0x10]"), "1:3: expected a comma or ], found x" },
  { "leading-point", N ("[.5]"), "1:2: expected a value, found ." },
  { "trailing-point", N ("[1.]"), "1:4: expected a digit, found ]" },
  { "plus", N ("[+1]"), "1:2: expected a value, found +" },
  { "bare-exponent", N ("[1e]"), "1:4: expected a digit, found ]" },
  { "lone-minus", N ("[-]"), "1:3: expected a digit, found ]" },
  { "beyond-int64", N ("[9223372036854775808]"), "1:2: an integer outside of 64 bits" },
  { "below-int64", N ("[-9223372036854775809]"), "1:2: an integer outside of 64 bits" },
  { "uint64", N ("{\"n\":18446744073709551615}"), "1:6: an integer outside of 64 bits" },
  { "beyond-double", N ("[1e400]"), "1:2: a number beyond what a double holds" },
  { "raw-line-feed", N ("[\"a\nb\"]"), "1:4: expected a character of a string, found \\x0a" },
  { "open-string", N ("[\"a"), "1:4: expected a character of a string, found the end" },
  { "bad-escape", N ("[\"\\x41\"]"), "1:4: expected an escape, found x" },
  { "escape-at-end", N ("[\"\\"), "1:4: expected an escape, found the end" },
  { "short-unicode-escape", N ("[\"\\u12g4\"]"), "1:7: expected four hexadecimal digits, found g" },
  { "half-surrogate", N ("[\"\\ud83d\"]"), "1:3: half of a surrogate pair" },
  { "reversed-surrogates", N ("[\"\\ude00\\ud83d\"]"), "1:3: half of a surrogate pair" },
  { "surrogate-and-letter", N ("[\"\\ud83d\\u0041\"]"), "1:3: half of a surrogate pair" },
  { "not-utf-8", N ("[\n\"ä\377\"]"), "2:3: not UTF-8 text: \\xff" },
  { "nul-byte", N ("[1\0]"), "1:3: not UTF-8 text: \\x00" },
  { "byte-order-mark", N ("\357\273\277{}"), "1:1: expected a value, found U+FEFF" },
  { "column-counts-characters", N ("{\n \"ää\" ä}"), "2:7: expected a colon, found U+00E4" },

  { "duplicate", N ("{\"a\":1,\"b\":2,\"a\":3}"), "1:14: this name is in the object already" },
  { "duplicate-escaped", N ("{\"a\":1,\"\\u0061\":2}"), "1:8: this name is in the object already" },
  { "duplicate-empty", N ("{\"\":1,\"\":2}"), "1:7: this name is in the object already" },
  { "duplicate-behind-nul", N ("{\"a\\u0000x\":1,\"a\\u0000y\":2}"), "1:15: this name is in the object already" },
  { "duplicate-outside", N ("{\"a\":{\"a\":1,\"b\":2},\"a\":3}"), "1:20: this name is in the object already" },
  { "duplicate-first-of-many", N ("{\"z\":1,\"z\":2,\"a\":1,\"a\":2}"), "1:8: this name is in the object already" },
  { "duplicate-first-of-many-sorted", N ("{\"a\":1,\"a\":2,\"z\":1,\"z\":2}"), "1:8: this name is in the object already" },
  { "same-name-elsewhere", N ("[{\"a\":1},{\"a\":1},{\"b\":{\"a\":1}},{\"\":{\"\":{}},\"x\":0}]"), NULL },
  { "prefix-is-no-duplicate", N ("{\"a\":1,\"ab\":1,\"\":1,\"abc\":1}"), NULL },
};

static void
assert_fault (const char         *text,
              gsize               length,
              const SyJsonLimits *limits,
              const char         *fault)
{
  g_autoptr (GError) error = NULL;
  gboolean valid = sy_json_check (text, length, limits, &error);

  if (fault == NULL)
    {
      g_assert_no_error (error);
      g_assert_true (valid);
      return;
    }

  g_assert_false (valid);
  g_assert_error (error, SY_ERROR, SY_ERROR_PARSE);
  g_assert_cmpstr (error->message, ==, fault);
}

static void
test_case (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);

  assert_fault (cases[i].text, cases[i].length, NULL, cases[i].fault);
}

/* Every beginning of a document is no document. */
static void
test_truncated (void)
{
  static const char text[] = "{\"a\":[1.5e3,\"x\\u00e9\\n\",{\"b\":true}],\"c\":null}";

  for (gsize length = 0; length < sizeof text - 1; length++)
    {
      g_autofree char *cut = g_memdup2 (text, length);

      g_assert_false (sy_json_check (cut, length, NULL, NULL));
    }

  g_assert_true (sy_json_check (text, sizeof text - 1, NULL, NULL));
}

static GString *
repeat (const char *unit,
        gsize       count)
{
  GString *text = g_string_new (NULL);

  while (count-- > 0)
    g_string_append (text, unit);

  return text;
}

static void
test_depth (void)
{
  g_autoptr (GString) deepest = repeat ("[", 64);
  g_autoptr (GString) deeper = repeat ("{\"a\":", 65);
  g_autoptr (GString) hostile = repeat ("[", 4 * 1024 * 1024);
  SyJsonLimits deep = SY_JSON_LIMITS_DEFAULT;

  for (guint i = 0; i < 64; i++)
    g_string_append_c (deepest, ']');

  assert_fault (deepest->str, deepest->len, NULL, NULL);
  assert_fault (deeper->str, deeper->len, NULL, "1:321: nested deeper than 64");
  assert_fault (hostile->str, hostile->len, NULL, "1:65: nested deeper than 64");

  /* nothing recurses: with the limit lifted it is only memory */
  deep.max_depth = G_MAXUINT;
  assert_fault (hostile->str, hostile->len, &deep, "1:4194305: expected a value, found the end");
}

static void
test_sizes (void)
{
  static const SyJsonLimits small = { .max_bytes = 30, .max_depth = 2, .max_string = 4, .max_members = 3 };

  assert_fault (N ("[\"1234\",\"\\u0031\\u0032\",3]"), &small, NULL);
  assert_fault (N ("[\"12345\"]"), &small, "1:2: a string of more than 4 bytes");
  assert_fault (N ("[\"ää\\u0031\"]"), &small, "1:2: a string of more than 4 bytes");
  assert_fault (N ("{\"12345\":1}"), &small, "1:2: a string of more than 4 bytes");
  assert_fault (N ("[1,2,3,4]"), &small, "1:8: more than 3 members");
  assert_fault (N ("{\"a\":1,\"b\":1,\"c\":1,\"d\":1}"), &small, "1:20: more than 3 members");
  assert_fault (N ("                               "), &small, "1:1: 31 bytes, at most 30 are read");
}

static void
test_long_number (void)
{
  g_autoptr (GString) digits = repeat ("1", 600);

  assert_fault (digits->str, digits->len, NULL, "1:1: a number of 600 characters, at most 512 are read");
}

/* 100 000 names that g_str_hash() maps to few values: "Aa" and "BB" collide, so
 * all 17-fold combinations of them do. A table of them would take minutes. */
static void
test_colliding_names (void)
{
  g_autoptr (GString) text = g_string_new ("{");

  for (guint i = 0; i < 100000; i++)
    {
      g_string_append (text, i > 0 ? ",\"" : "\"");
      for (guint bit = 0; bit < 17; bit++)
        g_string_append (text, i & (1u << bit) ? "BB" : "Aa");
      g_string_append (text, "\":1");
    }
  g_string_append (text, "}");

  assert_fault (text->str, text->len, NULL, NULL);
}

static void
test_null (void)
{
  assert_fault (NULL, 0, NULL, "1:1: there is no document");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/json-check/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/json-check/truncated", test_truncated);
  g_test_add_func ("/json-check/depth", test_depth);
  g_test_add_func ("/json-check/sizes", test_sizes);
  g_test_add_func ("/json-check/long-number", test_long_number);
  g_test_add_func ("/json-check/colliding-names", test_colliding_names);
  g_test_add_func ("/json-check/null", test_null);

  return g_test_run ();
}
