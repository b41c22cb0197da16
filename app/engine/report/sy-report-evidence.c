/* sy-report-evidence.c: what a report says about what was measured
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-report"

#include "config.h"

#include "sy-report-build.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "sy-report-source.h"

#define MAX_ROWS 8 /* of a figure; the table has them all */

static const char *const sides[] = { "A", "B" };

static double
get_value (JsonObject *evidence,
           guint       i)
{
  static const char *const seconds[] = { "A_s", "B_s" };
  JsonObject *values = sy_report_object (evidence, "value");
  const double plain = sy_report_value (values, sides[i]);

  return isnan (plain) ? sy_report_value (values, seconds[i]) : plain;
}

/* Of 95 %, or the bounds of a bucket. (nullable) */
static JsonArray *
get_interval (JsonObject *evidence,
              guint       i)
{
  JsonArray *interval = sy_report_array (sy_report_object (evidence, "ci95"), sides[i]);

  return interval != NULL ? interval : sy_report_array (sy_report_object (evidence, "bounds"), sides[i]);
}

/* A figure of side @i, with its interval where it has one: "820 (780 to 850)". */
static char *
dup_figure (JsonObject *evidence,
            guint       i)
{
  JsonObject *values = sy_report_object (evidence, "value");
  g_autofree char *number = sy_report_number (get_value (evidence, i));
  g_autofree char *interval = sy_report_interval (get_interval (evidence, i));

  if (values == NULL)
    return NULL;

  /* Translators: a figure, its interval */
  return interval != NULL ? g_strdup_printf (_("%s (%s)"), number, interval) : g_steal_pointer (&number);
}

static char *
dup_requests (JsonObject *evidence)
{
  JsonObject *requests = sy_report_object (evidence, "requests");
  g_autofree char *a = sy_report_number (sy_report_value (requests, "A"));
  g_autofree char *b = sy_report_number (sy_report_value (requests, "B"));

  return requests != NULL ? g_strdup_printf ("%s / %s", a, b) : NULL;
}

/* Whether an interval ends on the day on which it begins. */
static gboolean
is_one_day (JsonObject         *evidence,
            const SyReportVeil *veil)
{
  g_autofree char *first = sy_report_dup_moment (veil, evidence, "from_", "%F");
  g_autofree char *last = sy_report_dup_moment (veil, evidence, "to", "%F");

  return g_strcmp0 (first, last) == 0;
}

/* When it was observed: an interval of time, or the day of a price. */
static char *
dup_time (JsonObject         *evidence,
          const SyReportVeil *veil)
{
  g_autofree char *from = sy_report_dup_moment (veil, evidence, "from_", "%F %T");
  g_autofree char *to = sy_report_dup_moment (veil, evidence, "to", is_one_day (evidence, veil) ? "%T UTC" : "%F %T UTC");

  /* Translators: two moments */
  return from != NULL && to != NULL ? g_strdup_printf (_("%s to %s"), from, to) : sy_report_dup_text (veil, evidence, "observed");
}

/* What it is, with the price that it stands for. */
static char *
dup_what (JsonObject         *evidence,
          const SyReportVeil *veil)
{
  g_autofree char *what = sy_report_dup_text (veil, evidence, "what");
  g_autofree char *price = sy_report_dup_text (veil, evidence, "price");
  g_autofree char *ref = sy_report_dup_text (veil, evidence, "ref");

  if (price == NULL)
    return g_steal_pointer (&what);

  return g_strdup_printf ("%s: %s, %s", what != NULL ? what : "", ref != NULL ? ref : "", price);
}

static char *
dup_unit (JsonObject         *evidence,
          const SyReportVeil *veil)
{
  JsonObject *values = sy_report_object (evidence, "value");

  if (sy_report_word (evidence, "unit") != NULL)
    return sy_report_dup_text (veil, evidence, "unit");

  return values != NULL && json_object_has_member (values, "A_s") ? g_strdup ("s") : NULL;
}

static void
add_table (SyReport           *self,
           JsonArray          *all,
           const SyReportVeil *veil)
{
  const char *const head[] = { _("Name"), _("Kind"), _("What"), "A", "B", _("Unit"), _("Windows"), _("Requests, A / B"), _("When"), NULL };
  SyReportBlock *table = sy_report_add_table (self, _("In brackets where a figure lies: with 95 %, and a percentile between the bounds of its bucket."), head);

  for (guint i = 0; i < sy_report_length (all); i++)
    {
      JsonObject *evidence = sy_report_element (all, i);
      const double windows = sy_report_value (evidence, "windows");

      sy_report_block_take (table, sy_report_dup_text (veil, evidence, "id"));
      sy_report_block_take (table, sy_report_dup_text (veil, evidence, "cls"));
      sy_report_block_take (table, dup_what (evidence, veil));
      sy_report_block_take (table, dup_figure (evidence, 0));
      sy_report_block_take (table, dup_figure (evidence, 1));
      sy_report_block_take (table, dup_unit (evidence, veil));
      sy_report_block_take (table, isnan (windows) ? NULL : sy_report_number (windows));
      sy_report_block_take (table, dup_requests (evidence));
      sy_report_block_take (table, dup_time (evidence, veil));
    }
  sy_report_or_say (self, _("There is no evidence."));
}

/* Both sides of each figure that has two, each row on its own scale: seconds and
 * requests have nothing in common. */
static void
add_figure (SyReport           *self,
            JsonArray          *all,
            const SyReportVeil *veil)
{
  SyFigure *figure = sy_figure_new (SY_FIGURE_PAIRS, _("What was measured"));

  for (guint i = 0; i < sy_report_length (all) && figure->rows->len < MAX_ROWS; i++)
    {
      JsonObject *evidence = sy_report_element (all, i);
      g_autofree char *what = sy_report_dup_text (veil, evidence, "what");
      g_autofree char *unit = dup_unit (evidence, veil);
      g_autofree char *label = unit != NULL ? g_strdup_printf ("%s (%s)", what != NULL ? what : "", unit) : g_strdup (what);
      SyFigureRow *row;

      if (isnan (get_value (evidence, 0)) && isnan (get_value (evidence, 1)))
        continue;

      row = sy_figure_add_row (figure, label);
      for (guint side = 0; side < 2; side++)
        {
          JsonArray *interval = get_interval (evidence, side);

          row->value[side] = get_value (evidence, side);
          row->low[side] = sy_report_item (interval, 0);
          row->high[side] = sy_report_item (interval, 1);
          row->text[side] = dup_figure (evidence, side);
        }
    }

  sy_report_take_figure (self, figure);
}

static void
add_ratio_row (SyFigure   *figure,
               const char *label,
               JsonObject *effect)
{
  JsonArray *interval = sy_report_array (effect, "interval");
  const double low = sy_report_item (interval, 0);
  const double high = sy_report_item (interval, 1);
  SyFigureRow *row;

  if (!(low > 0 && high >= low) || isinf (high))
    return;

  row = sy_figure_add_row (figure, label);
  row->value[0] = sy_report_value (effect, "ratio");
  row->low[0] = low;
  row->high[0] = high;
  row->text[0] = sy_report_number (low);
  row->text[1] = sy_report_number (high);
}

static void
add_ratio (SyReport   *self,
           JsonObject *measured)
{
  SyFigure *figure = sy_figure_new (SY_FIGURE_SPANS, _("The ratio of A to B, with its interval"));

  figure->is_ratio = TRUE;
  sy_figure_add_mark (figure, 1, _("A and B the same"));
  add_ratio_row (figure, _("Side by side"), sy_report_object (measured, "effect"));
  add_ratio_row (figure, _("At equal load"), sy_report_object (measured, "at_equal_load"));
  sy_report_take_figure (self, figure);
}

void
sy_report_add_evidence (SyReport           *self,
                        JsonObject         *decision,
                        const SyReportVeil *veil)
{
  JsonArray *all = sy_report_array (decision, "evidence");

  sy_report_add_heading (self, 2, _("Evidence"));
  add_figure (self, all, veil);
  add_ratio (self, sy_report_object (decision, "measured_verdict"));
  add_table (self, all, veil);
}
