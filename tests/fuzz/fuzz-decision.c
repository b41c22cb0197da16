/* fuzz-decision.c: a decision from anywhere becomes a well-made report or is refused with a reason
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The PDF is left out: it is made of the same report, by cairo and Pango.
 */
#include "config.h"

#include <math.h>
#include <stdint.h>

#include "sy-error.h"
#include "sy-report-build.h"
#include "sy-report-form.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static GBytes *
write_form (const uint8_t *data,
            size_t         size,
            SyReportForm   form,
            GError       **error)
{
  /* Both with addresses and without. */
  const SyReportOptions options = { form, SY_REPORT_PAPER_A4, size % 2 == 0 };

  return sy_report_write ((const char *) data, size, &options, error);
}

/* Where a figure has a number, it is one. */
static void
start_cb (GMarkupParseContext  *context,
          const char           *element,
          const char          **names,
          const char          **values,
          gpointer              user_data,
          GError              **error)
{
  static const char *const numbers[] = { "x", "y", "x1", "x2", "y1", "y2", "width", "height", NULL };

  for (guint i = 0; names[i] != NULL; i++)
    if (g_strv_contains (numbers, names[i]))
      g_assert_true (isfinite (g_ascii_strtod (values[i], NULL)));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  const GMarkupParser parser = { .start_element = start_cb };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) markdown = write_form (data, size, SY_REPORT_FORM_MARKDOWN, &error);
  g_autoptr (GBytes) html = NULL;
  g_autoptr (GBytes) json = NULL;
  g_autoptr (GMarkupParseContext) context = NULL;
  g_autoptr (JsonParser) again = NULL;
  gsize length;
  const char *text;

  if (markdown == NULL)
    {
      g_assert_cmpint (error->domain, ==, SY_ERROR);
      return 0;
    }

  html = write_form (data, size, SY_REPORT_FORM_HTML, &error);
  g_assert_no_error (error);
  context = g_markup_parse_context_new (&parser, 0, NULL, NULL);
  text = g_bytes_get_data (html, &length);
  g_markup_parse_context_parse (context, text, (gssize) length, &error);
  g_assert_no_error (error);
  g_assert_true (g_markup_parse_context_end_parse (context, NULL));

  json = write_form (data, size, SY_REPORT_FORM_JSON, &error);
  g_assert_no_error (error);
  text = g_bytes_get_data (json, &length);
  again = sy_report_parse (text, length, &error);
  g_assert_no_error (error);
  return 0;
}
