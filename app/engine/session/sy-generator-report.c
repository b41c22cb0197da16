/* sy-generator-report.c: what a load generator says of a load on two, as facts of fairness
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-generator-report.h"

#include <math.h>
#include <string.h>

#include "sy-load-line.h"

#define SUMMARY_MARK "\"event\":\"summary\""

gboolean
sy_generator_report_is_summary (const char *line)
{
  return strstr (line, SUMMARY_MARK) != NULL;
}

void
sy_generator_report_read (const GPtrArray  *summaries,
                          SyGeneratorFacts *ret)
{
  sy_generator_facts_init (ret);

  for (guint i = 0; i < MIN (summaries->len, G_N_ELEMENTS (ret->lost)); i++)
    {
      const char *text = g_ptr_array_index (summaries, i);
      g_autoptr (SyLoadLine) line = sy_load_line_parse (text, strlen (text), NULL);

      if (line == NULL || line->kind != SY_LOAD_LINE_SUMMARY)
        continue;

      ret->is_limited |= line->generator_limited;
      ret->foreign_cores = fmax (ret->foreign_cores, line->foreign_cores);
      if (line->offered > 0)
        ret->lost[i] = (line->dropped + line->unfinished + line->errors) / line->offered;
    }
}
