/* test-report-forms.c: one report in all its forms
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a report says is tested in test-report.c; here, that each form says all of
 * it, says nothing else, and is well made.
 */
#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "sy-error.h"
#include "sy-json.h"
#include "sy-report-build.h"
#include "sy-report-form.h"
#include "sy-report-html.h"
#include "sy-report-pdf.h"
#include "sy-text.h"

#define SCHEMA "\"schema\":\"steelyard.decision/1\""
#define CANARY "canary"
#define SECRET "t0psecret"

/* A word in each chapter. */
#define FULL \
  "{" SCHEMA ",\"generated\":\"2026-09-30T12:00:00Z\",\"tool\":\"steelyard 0\",\"currency\":\"EUR\"," \
  "\"question\":{\"use_case\":\"word-case\",\"horizon_years\":2},\"alternatives\":[{\"id\":\"A\",\"label\":\"Alpha\"},{\"id\":\"B\",\"label\":\"Beta\"}]," \
  "\"verdict\":{\"state\":\"A_AHEAD\",\"headline\":\"word-headline\",\"paragraph\":\"word-headline word-paragraph\",\"because\":[\"word-because\"]}," \
  "\"measured_verdict\":{\"state\":\"A_AHEAD\",\"effect\":{\"ratio\":0.62,\"interval\":[0.5,0.7]},\"against\":[\"word-against\"],\"would_change\":\"word-change\"}," \
  "\"evidence\":[{\"id\":\"e1\",\"cls\":\"MEASURED\",\"what\":\"word-evidence\",\"value\":{\"A\":820,\"B\":430},\"ci95\":{\"A\":[780,850],\"B\":[400,455]}}]," \
  "\"gates\":[{\"code\":\"R-WORD\",\"ok\":false,\"effect\":\"notice\",\"message\":\"word-gate\",\"remedy\":\"word-remedy\"}]," \
  "\"cost\":{\"monthly\":{\"A\":11,\"B\":12},\"difference_npv\":20,\"five_year\":{\"A\":{\"npv\":3,\"year_total\":[5,1,77001]},\"B\":{\"npv\":4,\"year_total\":[6,2,1]}}," \
  "\"tornado\":[{\"parameter\":\"A.salary\",\"cls\":\"USER\",\"low\":1,\"high\":2,\"at_low\":-9,\"at_high\":40}]," \
  "\"break_even\":[{\"parameter\":\"A.salary\",\"value\":41.5}]," \
  "\"assumptions\":[{\"parameter\":\"A.salary\",\"value\":42,\"cls\":\"USER\",\"source\":\"word-source\",\"observed\":\"2026-07-20\"}]}," \
  "\"decision\":{\"criteria\":[{\"label\":\"word-criterion\",\"cls\":\"JUDGED\",\"v\":{\"A\":60,\"B\":40},\"half_width\":5,\"weight\":{\"word-order\":0.375}}]," \
  "\"priorities\":{\"word-stance\":{\"p_A_first\":0.9}},\"flip\":[{\"preset\":\"word-stance\",\"criterion\":\"word-criterion\",\"weight\":0.4,\"flips_at\":0.2}]}," \
  "\"traps\":[{\"code\":\"word-trap\",\"message\":\"word-misread\",\"fix\":\"word-fix\"}],\"reproduce\":{\"inputs_sha256\":\"0123abcd\"}}"

static const char *const words[] = {
  "Alpha", "Beta", "word-case", "word-headline", "word-because", "word-against", "word-change", "word-evidence", "R-WORD", "word-gate",
  "word-remedy", "77001", "41.5", "word-source", "2026-07-20", "word-criterion", "word-order", "word-stance", "0.2", "word-trap", "word-misread",
  "word-fix", "0123abcd",
};

/* A host, a secret, a path in each place where a file may hold them. */
#define LEAKY \
  "{" SCHEMA ",\"generated\":\"2026-01-01T00:00:00Z\",\"path\":\"/srv/" CANARY "\",\"question\":{\"load\":\"http://u:p@" CANARY ".example:81/x\"}," \
  "\"alternatives\":[{\"id\":\"A\",\"label\":\"" CANARY ".example:9100\",\"target\":\"http://" CANARY ".example:9100/metrics?token=" SECRET "\"}," \
  "{\"id\":\"B\",\"label\":\"Blue\",\"target\":\"https://user:" SECRET "@" CANARY "-b.example/metrics\"}]," \
  "\"verdict\":{\"state\":\"A_AHEAD\",\"headline\":\"" CANARY ".example:9100 is ahead of sub." CANARY "-b.example.\"," \
  "\"because\":[\"see (http://" CANARY ".other/?token=" SECRET ")\"],\"secret\":\"" CANARY "\"}," \
  "\"evidence\":[{\"id\":\"e1\",\"what\":\"p95 of " CANARY ".example\",\"value\":{\"A\":1,\"B\":2},\"file\":\"/home/" CANARY "\"}]," \
  "\"decision\":{\"priorities\":{\"as " CANARY ".example has it\":{\"p_A_first\":0.5}},\"criteria\":[{\"label\":\"" CANARY ".example:9100\",\"v\":{\"A\":1,\"B\":2}}]}," \
  "\"traps\":[{\"code\":\"x\",\"metric\":\"m\",\"message\":\"" CANARY ".example\",\"fix\":\"ask https://" CANARY "-b.example\"}]," \
  "\"reproduce\":{\"calls\":[{\"function\":\"f\",\"inputs\":{\"A\":{\"" CANARY ".example:9100\":\"http://u:" SECRET "@" CANARY ".example/\"}}}]}," \
  "\"gates\":[{\"code\":\"R-X\",\"ok\":false,\"message\":\"u:" SECRET "@" CANARY ".EXAMPLE said 500\",\"body\":\"" CANARY "\"}]}"

static GBytes *
write_form (const char   *json,
            SyReportForm  form,
            gboolean      addresses)
{
  const SyReportOptions options = { form, SY_REPORT_PAPER_A4, addresses };
  g_autoptr (GError) error = NULL;
  GBytes *bytes = sy_report_write (json, strlen (json), &options, &error);

  g_assert_no_error (error);
  return bytes;
}

/* Bytes may hold NUL. */
static gboolean
has (GBytes     *bytes,
     const char *part)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return memmem (data, size, part, strlen (part)) != NULL;
}

/* What a reader sees in a PDF; NULL where nothing can tell. */
static GBytes *
read_pdf (GBytes *pdf)
{
  g_autofree char *program = g_find_program_in_path ("pdftotext");
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  GBytes *text = NULL;

  if (program == NULL)
    return NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "-raw", "-", "-", NULL);
  g_assert_no_error (error);
  g_subprocess_communicate (process, pdf, NULL, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
test_all_said (void)
{
  for (guint form = 0; form < SY_N_REPORT_FORMS; form++)
    {
      g_autoptr (GBytes) bytes = write_form (FULL, (SyReportForm) form, FALSE);
      g_autoptr (GBytes) text = form == SY_REPORT_FORM_PDF ? read_pdf (bytes) : g_bytes_ref (bytes);

      for (guint i = 0; text != NULL && i < G_N_ELEMENTS (words); i++)
        if (!has (text, words[i]))
          g_error ("no “%s” in %s", words[i], sy_report_form_get_name ((SyReportForm) form));
    }
}

static void
test_weights (void)
{
  g_autoptr (GBytes) text = write_form (FULL, SY_REPORT_FORM_MARKDOWN, FALSE);

  g_assert_true (has (text, "| Criterion | word-order |\n| --- | --- |\n| word-criterion | 37.5 |\n"));
  g_assert_true (has (text, "word-headline\n\nword-paragraph\n"));
}

/* A PDF is made of the report alone, so the report must not hold it; what can be
 * read of the file is looked at, too. */
static void
test_canary (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyReport) report = sy_report_build (LEAKY, strlen (LEAKY), FALSE, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < report->blocks->len; i++)
    {
      const SyReportBlock *block = g_ptr_array_index (report->blocks, i);
      g_autofree char *alt = block->figure != NULL ? sy_figure_dup_alt (block->figure) : NULL;

      g_assert_true (block->text == NULL || strstr (block->text, CANARY) == NULL);
      g_assert_true (alt == NULL || strstr (alt, CANARY) == NULL);
      for (guint k = 0; k < block->cells->len; k++)
        g_assert_null (strstr (g_ptr_array_index (block->cells, k), CANARY));
    }

  for (guint form = 0; form < SY_N_REPORT_FORMS; form++)
    {
      g_autoptr (GBytes) hidden = write_form (LEAKY, (SyReportForm) form, FALSE);
      g_autoptr (GBytes) shown = write_form (LEAKY, (SyReportForm) form, TRUE);
      g_autoptr (GBytes) hidden_text = form == SY_REPORT_FORM_PDF ? read_pdf (hidden) : g_bytes_ref (hidden);
      g_autoptr (GBytes) shown_text = form == SY_REPORT_FORM_PDF ? read_pdf (shown) : g_bytes_ref (shown);

      g_assert_false (has (hidden, CANARY) || has (hidden, SECRET) || has (shown, SECRET));
      if (hidden_text == NULL)
        continue;

      g_assert_false (has (hidden_text, CANARY) || has (hidden_text, "CANARY") || has (hidden_text, SECRET));
      g_assert_true (has (hidden_text, "said 500"));
      g_assert_true (form != SY_REPORT_FORM_JSON || has (hidden_text, "\"target\":null"));
      g_assert_true (has (shown_text, CANARY ".example:9100"));
      g_assert_false (has (shown_text, "token=" SECRET) || has (shown_text, "user:" SECRET) || has (shown_text, "/srv") || has (shown_text, "/home"));
    }
}

/* --- HTML ----------------------------------------------------------------- */

typedef struct {
  GHashTable *ids;      /* (owned) */
  guint       n_titles;
  guint       n_tables;
  guint       n_pictures;
} Page;

static void
start_cb (GMarkupParseContext  *context,
          const char           *element,
          const char          **names,
          const char          **values,
          gpointer              user_data,
          GError              **error)
{
  Page *page = user_data;
  gboolean is_named = FALSE;

  g_assert_cmpstr (element, !=, "script");
  page->n_titles += strcmp (element, "h1") == 0;
  page->n_tables += strcmp (element, "table") == 0;
  page->n_pictures += strcmp (element, "svg") == 0;
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_assert_false (g_str_has_prefix (names[i], "on"));
      g_assert_cmpstr (names[i], !=, "src");
      if (strcmp (names[i], "href") == 0)
        g_assert_true (g_str_has_prefix (values[i], "#part-"));
      if (strcmp (names[i], "id") == 0)
        g_assert_true (g_hash_table_add (page->ids, g_strdup (values[i])));
      is_named |= g_str_has_prefix (names[i], "aria-label") && *values[i] != '\0';
      if (strcmp (element, "th") == 0 && strcmp (names[i], "scope") == 0)
        is_named = TRUE;
    }

  if (strcmp (element, "svg") == 0 || strcmp (element, "section") == 0 || strcmp (element, "nav") == 0 || strcmp (element, "th") == 0)
    g_assert_true (is_named);
}

static void
test_html (void)
{
  const GMarkupParser parser = { .start_element = start_cb };
  g_autoptr (GBytes) bytes = write_form (FULL, SY_REPORT_FORM_HTML, FALSE);
  Page page = { g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &page, NULL);
  g_autoptr (GError) error = NULL;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  g_markup_parse_context_parse (context, data, (gssize) size, &error);
  g_assert_no_error (error);
  g_assert_true (g_markup_parse_context_end_parse (context, &error));
  g_assert_no_error (error);

  g_assert_cmpuint (page.n_titles, ==, 1);
  g_assert_cmpuint (page.n_tables, >, 8);
  g_assert_cmpuint (page.n_pictures, ==, 5);
  g_assert_false (has (bytes, "://"));
  g_assert_true (has (bytes, "<html lang=\"en\" dir=\"ltr\">"));
  g_assert_true (has (bytes, "prefers-color-scheme:dark"));
  g_assert_true (has (bytes, "@media print"));
  g_hash_table_unref (page.ids);
}

static void
test_html_markup (void)
{
  g_autoptr (GBytes) bytes = write_form ("{" SCHEMA ",\"tool\":\"\\\"><img src=x>\",\"alternatives\":[{\"id\":\"A\",\"label\":\"</title><script>x</script>\"}],"
                                         "\"evidence\":[{\"what\":\"</text><script>\\\"'&\",\"value\":{\"A\":1}}]}",
                                         SY_REPORT_FORM_HTML, FALSE);

  g_assert_false (has (bytes, "<script") || has (bytes, "<img"));
  g_assert_true (has (bytes, "&#60;/title&#62;&#60;script&#62;"));
}

/* U01, names of strangers: what the page says of one is what it says of its safe
 * form. A direction or an escape would act beyond the name. */
static void
test_html_names (void)
{
  static const char *const names[] = {
    "<b>Orders</b> & <a href='x'>", "<span size='99", "%s%n%5000d", "Orders \342\200\256sredrO\342\200\254",
    "\033[2J\033]52;c;eA==\007", "\302\233" "31mred", "a\342\200\250b\342\200\251c\nd\re\tf", "\356\200\200", "Or\342\200\213der\357\273\277s",
  };
  static const char *const unsafe[] = { "\342\200\256", "\342\200\254", "\033", "\007", "\302\233", "\342\200\250", "\342\200\251", "\342\200\213", "\r" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (JsonNode) name = json_node_init_string (json_node_alloc (), names[i]);
      g_autofree char *quoted = json_to_string (name, FALSE);
      g_autofree char *json = g_strdup_printf ("{" SCHEMA ",\"alternatives\":[{\"id\":\"A\",\"label\":%s}],"
                                               "\"evidence\":[{\"what\":%s,\"value\":{\"A\":1}}]}", quoted, quoted);
      g_autofree char *safe = sy_display_text (names[i], -1, SY_DISPLAY_TEXT_MAX);
      g_autofree char *escaped = sy_html_text (safe, -1);
      g_autoptr (GBytes) bytes = write_form (json, SY_REPORT_FORM_HTML, FALSE);

      g_assert_true (has (bytes, escaped));
      g_assert_false (has (bytes, "<b>") || has (bytes, "<span size"));
      for (guint k = 0; k < G_N_ELEMENTS (unsafe); k++)
        g_assert_false (has (bytes, unsafe[k]));
    }
}

/* --- PDF ------------------------------------------------------------------ */

static void
test_pdf (void)
{
  g_autoptr (GBytes) first = write_form (FULL, SY_REPORT_FORM_PDF, FALSE);
  g_autoptr (GBytes) again = write_form (FULL, SY_REPORT_FORM_PDF, FALSE);
  const SyReportOptions letter = { SY_REPORT_FORM_PDF, SY_REPORT_PAPER_LETTER, FALSE };
  g_autoptr (GBytes) other = sy_report_write (FULL, strlen (FULL), &letter, NULL);

  g_assert_true (g_bytes_equal (first, again));
  g_assert_true (g_str_has_prefix (g_bytes_get_data (first, NULL), "%PDF-1."));
  g_assert_true (has (first, "/Title (Decision: Alpha or Beta)"));
  g_assert_true (has (first, "/Creator (steelyard 0)"));
  g_assert_true (has (first, "/CreationDate (20260930120000"));
  g_assert_true (has (first, "/Outlines"));
  g_assert_true (has (first, "/StructTreeRoot"));
  g_assert_true (has (first, "595.27"));
  g_assert_true (has (other, "612 792"));
  g_assert_false (g_bytes_equal (first, other));
}

/* What a figure shows is said below it, for somebody who does not see it. */
static void
test_pdf_figures (void)
{
  g_autoptr (GBytes) pdf = write_form (FULL, SY_REPORT_FORM_PDF, FALSE);
  g_autoptr (GBytes) text = read_pdf (pdf);

  if (text == NULL)
    {
      g_test_skip ("there is no pdftotext");
      return;
    }

  g_assert_true (has (text, "word-evidence A 820 (780 to 850), B 430 (400 to 455)."));
}

static guint
count_pages (SyReport *report)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) pdf = sy_report_to_pdf (report, SY_REPORT_PAPER_A4, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (const guint8 *p = pdf->data; (p = memmem (p, pdf->len - (gsize) (p - pdf->data), "/Type /Page %", 13)) != NULL; p++)
    n++;

  return n;
}

/* A table and a single cell that are longer than pages; a word wider than one. */
static void
test_pdf_long (void)
{
  const char *const head[] = { "x", "y", NULL };
  g_autoptr (SyReport) table = sy_report_new ();
  g_autoptr (SyReport) cell = sy_report_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  SyReportBlock *block = sy_report_add_table (table, NULL, head);

  for (guint i = 0; i < 200; i++)
    {
      sy_report_block_take (block, g_strdup_printf ("%u", i));
      sy_report_block_add (block, "one line");
      g_string_append (text, "a sentence of some words that say little, and go on. ");
    }
  g_assert_cmpuint (count_pages (table), >=, 3);

  block = sy_report_add_table (cell, "a caption", head);
  sy_report_block_add (block, text->str);
  sy_report_block_take (block, g_strnfill (4000, 'W'));
  sy_report_add_paragraph (cell, text->str);
  g_assert_cmpuint (count_pages (cell), >=, 3);
}

/* Where the words of a table do not fit beside each other, those of the widest columns are
 * broken, not all: figures can be read. */
static void
test_pdf_crowded (void)
{
  const char *const head[] = { "id", "what", "A", "B", "long", "when", NULL };
  g_autoptr (SyReport) table = sy_report_new ();
  SyReportBlock *block = sy_report_add_table (table, "a caption", head);
  g_autoptr (GByteArray) pdf = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (head) - 1; i++)
    if (i == 1 || i == 4)
      sy_report_block_take (block, g_strnfill (100, 'W'));
    else
      sy_report_block_take (block, g_strdup_printf ("%u123456.789", i));
  pdf = sy_report_to_pdf (table, SY_REPORT_PAPER_A4, NULL);
  bytes = g_bytes_new (pdf->data, pdf->len);
  text = read_pdf (bytes);
  if (text == NULL)
    {
      g_test_skip ("there is no pdftotext");
      return;
    }

  g_assert_true (has (text, "0123456.789"));
  g_assert_true (has (text, "2123456.789"));
  g_assert_true (has (text, "3123456.789"));
  g_assert_true (has (text, "5123456.789"));
}

/* A head that takes most of a page is not shown again on each. */
static void
test_pdf_tall_head (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (SyReport) table = sy_report_new ();
  SyReportBlock *block;

  for (guint i = 0; i < 200; i++)
    g_string_append (text, "word ");
  block = sy_report_add_table (table, NULL, (const char *const[]) { text->str, text->str, text->str, text->str, text->str, text->str, NULL });
  for (guint i = 0; i < 200 * 6; i++)
    sy_report_block_add (block, "x");
  g_assert_cmpuint (count_pages (table), <, 10);
}

/* Nothing to say, and text that has no letters of its own. */
static void
test_pdf_odd (void)
{
  g_autoptr (GBytes) empty = write_form ("{" SCHEMA "}", SY_REPORT_FORM_PDF, FALSE);
  g_autoptr (GBytes) odd = write_form ("{" SCHEMA ",\"generated\":\"tomorrow\",\"tool\":\"\\u202e(\\\\)\","
                                       "\"alternatives\":[{\"label\":\"\\u05e9\\u05dc\\u05d5\\u05dd\"},{\"label\":\"\\u65e5\\u672c \\ud83d\\ude00 \\u0007\"}],"
                                       "\"evidence\":[{\"what\":\"\",\"value\":{\"A\":\"+Inf\",\"B\":-1},\"ci95\":{\"A\":[0,\"+Inf\"],\"B\":[1,-1]}}],"
                                       "\"measured_verdict\":{\"effect\":{\"ratio\":-1,\"interval\":[1e-300,1e300]}},"
                                       "\"cost\":{\"five_year\":{\"A\":{\"year_total\":[-5,null,1e300]}},"
                                       "\"tornado\":[{\"parameter\":\"?\",\"at_low\":1e308,\"at_high\":-1e308}]}}",
                                       SY_REPORT_FORM_PDF, FALSE);

  g_assert_true (g_str_has_prefix (g_bytes_get_data (empty, NULL), "%PDF-1."));
  g_assert_true (g_str_has_prefix (g_bytes_get_data (odd, NULL), "%PDF-1."));
}

/* --- JSON and names ------------------------------------------------------- */

/* It is a decision again, with the same numbers. */
static void
test_json (void)
{
  g_autoptr (GBytes) bytes = write_form (FULL, SY_REPORT_FORM_JSON, FALSE);
  g_autoptr (GError) error = NULL;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autoptr (JsonParser) parser = sy_report_parse (data, size, &error);
  g_autoptr (JsonNode) before = json_from_string (FULL, NULL);

  g_assert_no_error (error);
  g_assert_true (json_node_equal (json_parser_get_root (parser), before));
}

static void
test_names (void)
{
  SyReportForm form;
  SyReportPaper paper;

  for (guint i = 0; i < SY_N_REPORT_FORMS; i++)
    {
      g_autofree char *file = g_strdup_printf ("/a.b/c.%s", sy_report_form_get_name ((SyReportForm) i));

      g_assert_true (sy_report_form_of_file (file, &form));
      g_assert_cmpuint (form, ==, i);
    }
  g_assert_true (sy_report_form_of_file ("X.PDF", &form));
  g_assert_false (sy_report_form_of_file ("pdf", &form));
  g_assert_false (sy_report_form_of_file ("x.docx", &form));
  g_assert_false (sy_report_form_parse ("", &form));
  g_assert_true (sy_report_paper_parse ("Letter", &paper));
  g_assert_cmpuint (paper, ==, SY_REPORT_PAPER_LETTER);
  g_assert_false (sy_report_paper_parse ("a5", &paper));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/report-forms/all-said", test_all_said);
  g_test_add_func ("/report-forms/weights", test_weights);
  g_test_add_func ("/report-forms/canary", test_canary);
  g_test_add_func ("/report-forms/html", test_html);
  g_test_add_func ("/report-forms/html-markup", test_html_markup);
  g_test_add_func ("/report-forms/html-names", test_html_names);
  g_test_add_func ("/report-forms/pdf", test_pdf);
  g_test_add_func ("/report-forms/pdf-figures", test_pdf_figures);
  g_test_add_func ("/report-forms/pdf-crowded", test_pdf_crowded);
  g_test_add_func ("/report-forms/pdf-long", test_pdf_long);
  g_test_add_func ("/report-forms/pdf-tall-head", test_pdf_tall_head);
  g_test_add_func ("/report-forms/pdf-odd", test_pdf_odd);
  g_test_add_func ("/report-forms/json", test_json);
  g_test_add_func ("/report-forms/names", test_names);

  return g_test_run ();
}
