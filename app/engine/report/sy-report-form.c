/* sy-report-form.c: a decision as a file for people
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-report"

#include "config.h"

#include "sy-report-form.h"

#include <string.h>

#include "sy-report-build.h"
#include "sy-report-html.h"
#include "sy-report-json.h"
#include "sy-report-markdown.h"
#include "sy-report-pdf.h"

static const char *const names[SY_N_REPORT_FORMS] = {
  [SY_REPORT_FORM_PDF] = "pdf",
  [SY_REPORT_FORM_HTML] = "html",
  [SY_REPORT_FORM_MARKDOWN] = "md",
  [SY_REPORT_FORM_JSON] = "json",
};

static const char *const papers[] = {
  [SY_REPORT_PAPER_A4] = "a4",
  [SY_REPORT_PAPER_LETTER] = "letter",
};

const char *
sy_report_form_get_name (SyReportForm form)
{
  return names[form];
}

gboolean
sy_report_form_parse (const char   *name,
                      SyReportForm *ret)
{
  for (guint i = 0; i < SY_N_REPORT_FORMS; i++)
    if (g_ascii_strcasecmp (name, names[i]) == 0)
      {
        *ret = (SyReportForm) i;
        return TRUE;
      }

  return FALSE;
}

gboolean
sy_report_form_of_file (const char   *path,
                        SyReportForm *ret)
{
  const char *dot = strrchr (path, '.');

  return dot != NULL && sy_report_form_parse (dot + 1, ret);
}

gboolean
sy_report_paper_parse (const char    *name,
                       SyReportPaper *ret)
{
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    if (g_ascii_strcasecmp (name, papers[i]) == 0)
      {
        *ret = (SyReportPaper) i;
        return TRUE;
      }

  return FALSE;
}

/* Takes @text. */
static GBytes *
take_text (char *text)
{
  return g_bytes_new_take (text, strlen (text));
}

static GBytes *
write_json (const char *json,
            gsize       length,
            gboolean    addresses,
            GError    **error)
{
  g_autoptr (JsonParser) parser = sy_report_parse (json, length, error);
  g_autoptr (SyReportVeil) veil = NULL;
  g_autofree char *text = NULL;

  if (parser == NULL)
    return NULL;

  veil = sy_report_make_veil (json_node_get_object (json_parser_get_root (parser)), addresses);
  text = sy_report_to_json (json_node_get_object (json_parser_get_root (parser)), veil);
  return take_text (g_strconcat (text, "\n", NULL));
}

GBytes *
sy_report_write (const char             *json,
                 gsize                   length,
                 const SyReportOptions  *options,
                 GError                **error)
{
  g_autoptr (SyReport) report = NULL;
  GByteArray *pdf;

  if (options->form == SY_REPORT_FORM_JSON)
    return write_json (json, length, options->addresses, error);

  report = sy_report_build (json, length, options->addresses, error);
  if (report == NULL)
    return NULL;

  switch (options->form)
    {
    case SY_REPORT_FORM_PDF:
      pdf = sy_report_to_pdf (report, options->paper, error);
      return pdf != NULL ? g_byte_array_free_to_bytes (pdf) : NULL;
    case SY_REPORT_FORM_HTML:
      return take_text (sy_report_to_html (report));
    case SY_REPORT_FORM_MARKDOWN:
    case SY_REPORT_FORM_JSON:
    case SY_N_REPORT_FORMS:
    default:
      return take_text (sy_report_to_markdown (report));
    }
}
