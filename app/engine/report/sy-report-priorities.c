/* sy-report-priorities.c: what a report says about what matters
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A decision of the command line has none; then one sentence says so.
 */
#define G_LOG_DOMAIN "steelyard-report"

#include "config.h"

#include "sy-report-build.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "sy-report-source.h"

#define OF_100 100.0
#define MAX_STANCES 6 /* side by side */
#define MAX_ROWS 12 /* of a figure; the table has them all */

static void
add_number (SyReportBlock *table,
            JsonObject    *object,
            const char    *name)
{
  sy_report_block_take (table, sy_report_number (sy_report_value (object, name)));
}

static void
add_criteria (SyReport           *self,
              JsonArray          *criteria,
              const SyReportVeil *veil)
{
  const char *const head[] = { _("Criterion"), _("Kind"), "A", "B", _("Give or take"), NULL };
  SyReportBlock *table = sy_report_add_table (self, _("Points of 100 for each criterion:"), head);

  for (guint i = 0; i < sy_report_length (criteria); i++)
    {
      JsonObject *criterion = sy_report_element (criteria, i);
      JsonObject *values = sy_report_object (criterion, "v");

      sy_report_block_take (table, sy_report_dup_text (veil, criterion, "label"));
      sy_report_block_take (table, sy_report_dup_text (veil, criterion, "cls"));
      add_number (table, values, "A");
      add_number (table, values, "B");
      add_number (table, criterion, "half_width");
    }
  sy_report_or_say (self, _("No criteria were scored."));
}

/* How much a criterion weighs for each order of priorities. */
static void
add_weights (SyReport           *self,
             JsonArray          *criteria,
             const SyReportVeil *veil)
{
  JsonObject *first = sy_report_object (sy_report_element (criteria, 0), "weight");
  g_autoptr (GList) names = first != NULL ? json_object_get_members (first) : NULL;
  g_autoptr (GPtrArray) head = g_ptr_array_new_with_free_func (g_free);
  SyReportBlock *table;

  if (names == NULL)
    return;

  g_ptr_array_add (head, g_strdup (_("Criterion")));
  for (GList *name = names; name != NULL && head->len <= MAX_STANCES; name = name->next)
    g_ptr_array_add (head, sy_report_veil_text (veil, name->data));
  g_ptr_array_add (head, NULL);

  table = sy_report_add_table (self, _("Weights of the criteria, of 100, for each order of priorities:"), (const char *const *) head->pdata);
  for (guint i = 0; i < sy_report_length (criteria); i++)
    {
      JsonObject *criterion = sy_report_element (criteria, i);
      JsonObject *weights = sy_report_object (criterion, "weight");
      guint n = 0;

      sy_report_block_take (table, sy_report_dup_text (veil, criterion, "label"));
      for (GList *name = names; name != NULL && n < MAX_STANCES; name = name->next, n++)
        sy_report_block_take (table, sy_report_number (round (sy_report_value (weights, name->data) * OF_100 * 10) / 10));
    }
}

static void
add_scores (SyReport           *self,
            JsonArray          *criteria,
            const SyReportVeil *veil)
{
  SyFigure *figure = sy_figure_new (SY_FIGURE_PAIRS, _("What speaks for each, points of 100"));

  figure->most = OF_100;
  for (guint i = 0; i < sy_report_length (criteria) && figure->rows->len < MAX_ROWS; i++)
    {
      JsonObject *criterion = sy_report_element (criteria, i);
      JsonObject *values = sy_report_object (criterion, "v");
      const double doubt = sy_report_value (criterion, "half_width");
      g_autofree char *label = sy_report_dup_text (veil, criterion, "label");
      SyFigureRow *row = sy_figure_add_row (figure, label);

      for (guint side = 0; side < 2; side++)
        {
          const double value = sy_report_value (values, side == 0 ? "A" : "B");

          row->value[side] = value;
          if (!isnan (value) && !isnan (doubt))
            {
              row->low[side] = MAX (value - doubt, 0);
              row->high[side] = MIN (value + doubt, OF_100);
            }
          row->text[side] = sy_report_number (value);
        }
    }

  sy_report_take_figure (self, figure);
}

static void
add_stances (SyReport           *self,
             JsonObject         *decision,
             const SyReportVeil *veil)
{
  const char *const head[] = { _("Priorities"), _("A first, of 100 readings"), _("Weight on measurements, of 100"), NULL };
  JsonObject *priorities = sy_report_object (sy_report_object (decision, "decision"), "priorities");
  JsonObject *measured = sy_report_object (sy_report_object (decision, "verdict"), "measured_share_of_weight");
  g_autoptr (GList) names = priorities != NULL ? json_object_get_members (priorities) : NULL;
  SyReportBlock *table = sy_report_add_table (self, _("Who comes first, by what matters most:"), head);

  for (GList *name = names; name != NULL; name = name->next)
    {
      const double p = sy_report_value (sy_report_object (priorities, name->data), "p_A_first");
      const double share = sy_report_value (measured, name->data);

      sy_report_block_take (table, g_str_equal (name->data, "none_stated") ? g_strdup (_("none stated"))
                                                                           : sy_report_veil_text (veil, name->data));
      sy_report_block_take (table, sy_report_number (p * OF_100));
      sy_report_block_take (table, isnan (share) ? NULL : sy_report_number (share * OF_100));
    }
  sy_report_or_say (self, _("No priorities were weighed."));
}

static void
add_flips (SyReport           *self,
           JsonArray          *flips,
           const SyReportVeil *veil)
{
  const char *const head[] = { _("Priorities"), _("Criterion"), _("Weight"), _("Flips at"), NULL };
  SyReportBlock *table = sy_report_add_table (self, _("Where another weight turns the answer:"), head);

  for (guint i = 0; i < sy_report_length (flips); i++)
    {
      JsonObject *flip = sy_report_element (flips, i);

      sy_report_block_take (table, sy_report_dup_text (veil, flip, "preset"));
      sy_report_block_take (table, sy_report_dup_text (veil, flip, "criterion"));
      add_number (table, flip, "weight");
      add_number (table, flip, "flips_at");
    }
  sy_report_or_say (self, _("No weight of a single criterion turns the answer."));
}

void
sy_report_add_priorities (SyReport           *self,
                          JsonObject         *decision,
                          const SyReportVeil *veil)
{
  JsonObject *weighed = sy_report_object (decision, "decision");

  sy_report_add_heading (self, 2, _("Weights and flip points"));
  if (weighed == NULL)
    {
      sy_report_add_paragraph (self, _("No priorities were weighed."));
      return;
    }

  add_scores (self, sy_report_array (weighed, "criteria"), veil);
  add_criteria (self, sy_report_array (weighed, "criteria"), veil);
  add_weights (self, sy_report_array (weighed, "criteria"), veil);
  add_stances (self, decision, veil);
  add_flips (self, sy_report_array (weighed, "flip"), veil);
}
