/* test-text.c: what a peer sends and what a person sees
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "sy-text.h"

#define N(literal) literal, sizeof literal - 1

static const struct
{
  const char *name;
  const char *bytes;
  gsize       length;
  const char *shown;
} cases[] = {
  { "plain", N ("GET /metrics"), "GET /metrics" },
  { "empty", N (""), "" },
  { "letters", N ("Größe 大小 😀"), "Größe 大小 😀" },
  { "markup-stays", N ("<b>&amp;"), "<b>&amp;" },
  { "backslash-stays", N ("a\\b"), "a\\b" },
  { "line-feed", N ("a\nb\r\n"), "a\\nb\\r\\n" },
  { "tab", N ("a\tb"), "a\\tb" },
  { "nul", N ("a\0b"), "a\\x00b" },
  { "escape", N ("\033[31mred"), "\\x1b[31mred" },
  { "delete", N ("a\177"), "a\\x7f" },
  { "c1", N ("\302\233" "31m"), "\\u009b31m" },
  { "next-line", N ("a\302\205b"), "a\\u0085b" },
  { "bidi-override", N ("a\342\200\256b"), "a<U+202E>b" },
  { "bidi-isolate", N ("\342\201\246"), "<U+2066>" },
  { "marks-of-direction", N ("\342\200\216\342\200\217"), "<U+200E><U+200F>" },
  { "arabic-letter-mark", N ("\330\234"), "<U+061C>" },
  { "zero-width-space", N ("a\342\200\213b"), "a<U+200B>b" },
  { "zero-width-joiner", N ("\342\200\215"), "<U+200D>" },
  { "word-joiner", N ("\342\201\240"), "<U+2060>" },
  { "byte-order-mark", N ("\357\273\277a"), "<U+FEFF>a" },
  { "soft-hyphen", N ("a\302\255b"), "a<U+00AD>b" },
  { "line-separator", N ("a\342\200\250b\342\200\251"), "a<U+2028>b<U+2029>" },
  { "hangul-filler", N ("\343\205\244"), "<U+3164>" },
  { "tag", N ("\363\240\201\201"), "<U+E0041>" },
  { "noncharacter", N ("\357\277\277"), "<U+FFFF>" },
  { "replacement-stays", N ("\357\277\275"), "\357\277\275" },
  { "lone-byte", N ("a\377b"), "a\\xffb" },
  { "cut-character", N ("a\342\202"), "a\\xe2\\x82" },
  { "overlong", N ("\300\200"), "\\xc0\\x80" },
  { "surrogate", N ("\355\240\200"), "\\xed\\xa0\\x80" },
  { "beyond-unicode", N ("\364\220\200\200"), "\\xf4\\x90\\x80\\x80" },
  { "eight-marks", N ("e\314\201\314\201\314\201\314\201\314\201\314\201\314\201\314\201x"),
    "e\314\201\314\201\314\201\314\201\314\201\314\201\314\201\314\201x" },
  { "ninth-mark-left-out", N ("e\314\201\314\201\314\201\314\201\314\201\314\201\314\201\314\201\314\202x"),
    "e\314\201\314\201\314\201\314\201\314\201\314\201\314\201\314\201x" },
};

static void
test_case (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *shown = sy_display_text (cases[i].bytes, (gssize) cases[i].length, SY_DISPLAY_TEXT_MAX);
  g_autofree char *tty = sy_tty_escape (cases[i].bytes, (gssize) cases[i].length);

  g_assert_cmpstr (shown, ==, cases[i].shown);
  g_assert_cmpstr (tty, ==, cases[i].shown);
}

/* Every code point there is, and every byte where no character may begin. */
static void
test_nothing_hidden_passes (void)
{
  for (gunichar c = 0; c < 0x110000; c++)
    {
      g_autofree char *shown = NULL;
      char utf8[6];
      int length;

      if (c >= 0xd800 && c < 0xe000)
        continue;

      length = g_unichar_to_utf8 (c, utf8);
      shown = sy_display_text (utf8, length, 16);
      g_assert_true (g_utf8_validate (shown, -1, NULL));
      g_assert_true (*shown != '\0');
      for (const char *p = shown; *p != '\0'; p = g_utf8_next_char (p))
        g_assert_false (sy_text_is_hidden (g_utf8_get_char (p)));
    }

  for (guint byte = 0x80; byte < 0x100; byte++)
    {
      char raw = (char) byte;
      g_autofree char *shown = sy_tty_escape (&raw, 1);
      g_autofree char *expected = g_strdup_printf ("\\x%02x", byte);

      g_assert_cmpstr (shown, ==, expected);
    }
}

static void
test_cap (void)
{
  static const struct { const char *text; guint max; const char *shown; } caps[] = {
    { "abcdefgh", 8, "abcdefgh" },
    { "abcdefgh", 7, "abc…fgh" },
    { "abcdefgh", 6, "abc…gh" },
    { "abcdefgh", 3, "a…h" },
    { "abcdefgh", 2, "a…" },
    { "abcdefgh", 1, "…" },
    { "abcdefgh", 0, "" },
    { "a", 1, "a" },
    { "äöüßÄÖÜ", 5, "äö…ÖÜ" },
    /* an escape is shown whole or not at all */
    { "\033\033\033", 12, "\\x1b\\x1b\\x1b" },
    { "\033\033\033", 11, "\\x1b…\\x1b" },
    { "\033\033\033", 8, "\\x1b…" },
    { "\033\033\033", 4, "…" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (caps); i++)
    {
      g_autofree char *shown = sy_display_text (caps[i].text, -1, caps[i].max);

      g_assert_cmpstr (shown, ==, caps[i].shown);
    }
}

/* A body of 8 MiB costs what its ends cost; both ends are seen. */
static void
test_long_input (void)
{
  static const char *const fillers[] = { "x", "ä", "😀", "\314\201", "\377", "\342\200\256", "\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (fillers); i++)
    {
      g_autoptr (GString) text = g_string_new ("begin");
      g_autofree char *shown = NULL;

      while (text->len < 8 * 1024 * 1024)
        g_string_append (text, fillers[i]);
      g_string_append (text, "end");

      shown = sy_display_text (text->str, (gssize) text->len, SY_DISPLAY_TEXT_MAX);
      g_assert_true (g_utf8_validate (shown, -1, NULL));
      g_assert_cmpint (g_utf8_strlen (shown, -1), <=, SY_DISPLAY_TEXT_MAX);
      g_assert_true (g_str_has_prefix (shown, "begin"));
      g_assert_nonnull (strstr (shown, "…"));
      g_assert_true (g_str_has_suffix (shown, "end"));
    }
}

static void
test_html (void)
{
  static const struct { const char *text; const char *html; } texts[] = {
    { "plain", "plain" },
    { "<script>alert('x')</script>", "&#60;script&#62;alert(&#39;x&#39;)&#60;/script&#62;" },
    { "\"onload=\"x", "&#34;onload=&#34;x" },
    { "&lt;", "&#38;lt;" },
    { "\033[2J\342\200\256\377", "\\x1b[2J&#60;U+202E&#62;\\xff" },
    { "ä 😀", "ä 😀" },
  };
  g_autofree char *nothing = sy_html_text (NULL, -1);

  g_assert_cmpstr (nothing, ==, "");
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *html = sy_html_text (texts[i].text, -1);

      g_assert_cmpstr (html, ==, texts[i].html);
    }
}

/* Nothing in a text begins a list, a heading, a table, a link or a tag. */
static void
test_markdown (void)
{
  static const struct {
    const char *text;
    const char *markdown;
  } texts[] = {
    { "plain, with (brackets) and 3.5", "plain, with (brackets) and 3.5" },
    { "# a", "\\# a" },
    { "    - a - b", "\\- a - b" },
    { "12. a", "12\\. a" },
    { "12.5 s", "12.5 s" },
    { "-12.5", "-12.5" },
    { "---", "\\---" },
    { "3) a", "3\\) a" },
    { "<b>|`*_[]&~$\\", "\\<b\\>\\|\\`\\*\\_\\[\\]\\&\\~\\$\\\\" },
    { "http://a", "http\\://a" },
    { "a\nb\342\200\256", "a\\\\nb\\<U+202E\\>" },
  };
  g_autofree char *nothing = sy_markdown_text (NULL, -1);

  g_assert_cmpstr (nothing, ==, "");
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *markdown = sy_markdown_text (texts[i].text, -1);

      g_assert_cmpstr (markdown, ==, texts[i].markdown);
    }
}

/* No value can be read as the end of itself, and the beginning of another label. */
static void
test_label_value (void)
{
  g_autoptr (GString) text = g_string_new ("path=");

  sy_text_append_label_value (text, "/x\",code=\"500\\\n");
  g_assert_cmpstr (text->str, ==, "path=\"/x\\\",code=\\\"500\\\\\\n\"");
}

static void
test_null (void)
{
  g_autofree char *shown = sy_display_text (NULL, 0, 10);
  g_autofree char *tty = sy_tty_escape (NULL, -1);

  g_assert_cmpstr (shown, ==, "");
  g_assert_cmpstr (tty, ==, "");
}

static void
test_terminal_has_no_cap (void)
{
  g_autofree char *text = g_strnfill (100000, 'x');
  g_autofree char *tty = sy_tty_escape (text, -1);

  g_assert_cmpstr (tty, ==, text);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/text/shown/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/text/nothing-hidden-passes", test_nothing_hidden_passes);
  g_test_add_func ("/text/cap", test_cap);
  g_test_add_func ("/text/long-input", test_long_input);
  g_test_add_func ("/text/html", test_html);
  g_test_add_func ("/text/markdown", test_markdown);
  g_test_add_func ("/text/label-value", test_label_value);
  g_test_add_func ("/text/null", test_null);
  g_test_add_func ("/text/terminal-has-no-cap", test_terminal_has_no_cap);

  return g_test_run ();
}
