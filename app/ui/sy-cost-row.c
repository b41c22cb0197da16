/* sy-cost-row.c: a month of hosting, line by line
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-cost-words.h"

#include <glib/gi18n.h>
#include <math.h>

#include "sy-format.h"
#include "sy-money.h"
#include "sy-sentence.h"
#include "sy-text.h"

typedef struct
{
  const char *title;
  const char *formula;
  const char *common[3]; /* inputs of both, then of the side */
  const char *own[6];
  gboolean balancer; /* rests on its prices */
  gboolean egress;
} Row;

static const Row rows[SY_N_COST_ROWS] = {
  [SY_COST_ROW_CAPACITY] = {
    N_("Capacity of a copy"),
    N_("The largest load at which the objective held, as it was measured; never an extrapolation."),
    { NULL }, { "cap_slo", NULL } },
  [SY_COST_ROW_REPLICAS] = {
    N_("Copies at the peak"),
    N_("Peak traffic ÷ (capacity × planned utilisation), rounded up, and one to spare; at least two."),
    { "peak_rps", NULL }, { "cap_slo", "utilisation", NULL } },
  [SY_COST_ROW_NODES] = {
    N_("Machines"),
    N_("Copies ÷ copies on a machine, rounded up; the mean over the day where machines follow the load."),
    { "peak_rps", NULL }, { "cap_slo", "utilisation", "pods_per_node", NULL } },
  [SY_COST_ROW_COMPUTE] = {
    N_("Machines a month"),
    N_("Machines × price of an hour × 730 hours."),
    { "peak_rps", NULL }, { "cap_slo", "utilisation", "pods_per_node", "node_price", NULL } },
  [SY_COST_ROW_BALANCER] = {
    N_("Load balancer a month"),
    N_("730 hours × (price of the balancer + capacity units × price of a unit)."),
    { "peak_rps", NULL }, { "resp_bytes", NULL }, TRUE, FALSE },
  [SY_COST_ROW_EGRESS] = {
    N_("Traffic out a month"),
    N_("Requests × size of a response, through the price tiers of a gigabyte."),
    { "peak_rps", NULL }, { "resp_bytes", NULL }, FALSE, TRUE },
  [SY_COST_ROW_TOTAL] = {
    N_("Hosting a month"),
    N_("Machines + load balancer + traffic out."),
    { "peak_rps", NULL }, { "cap_slo", "utilisation", "pods_per_node", "node_price", "resp_bytes", NULL }, TRUE, TRUE },
  [SY_COST_ROW_PER_MILLION] = {
    N_("Per million requests"),
    N_("Hosting a month ÷ requests of the month, in millions."),
    { "peak_rps", NULL }, { "cap_slo", "utilisation", "pods_per_node", "node_price", "resp_bytes", NULL }, TRUE, TRUE },
};

const char *
sy_cost_row_get_title (SyCostRow row)
{
  g_return_val_if_fail ((guint) row < SY_N_COST_ROWS, NULL);

  return _(rows[row].title);
}

static double
pick (const SyHostingMonth *month,
      SyCostRow             row)
{
  switch (row)
    {
    case SY_COST_ROW_REPLICAS:
      return month->replicas;
    case SY_COST_ROW_NODES:
      return month->nodes;
    case SY_COST_ROW_COMPUTE:
      return month->compute;
    case SY_COST_ROW_BALANCER:
      return month->balancer;
    case SY_COST_ROW_EGRESS:
      return month->egress;
    case SY_COST_ROW_TOTAL:
      return month->total;
    case SY_COST_ROW_PER_MILLION:
      return month->per_million;
    case SY_COST_ROW_CAPACITY:
    case SY_N_COST_ROWS:
    default:
      return NAN;
    }
}

static char *
format (SyCostRow   row,
        double      value,
        const char *currency)
{
  switch (row)
    {
    case SY_COST_ROW_CAPACITY:
      return sy_format_rate (value);
    case SY_COST_ROW_REPLICAS:
    case SY_COST_ROW_NODES:
      return sy_format_number (value);
    case SY_COST_ROW_COMPUTE:
    case SY_COST_ROW_BALANCER:
    case SY_COST_ROW_EGRESS:
    case SY_COST_ROW_TOTAL:
    case SY_COST_ROW_PER_MILLION:
    case SY_N_COST_ROWS:
    default:
      return sy_money_format (value, currency);
    }
}

/* The smaller end first; NULL where both read the same. */
static char *
dup_interval (SyCostRow   row,
              double      one,
              double      other,
              const char *currency)
{
  g_autofree char *low = format (row, fmin (one, other), currency);
  g_autofree char *high = format (row, fmax (one, other), currency);

  if (!isfinite (one) || !isfinite (other) || g_str_equal (low, high))
    return NULL;

  /* Translators: an interval, "$1,120 to $1,290" */
  return g_strdup_printf (_("%1$s to %2$s"), low, high);
}

static char *
dup_capacity (const SyCostSheet *sheet,
              guint              side,
              char             **ret_interval)
{
  const char *parameter = side == 0 ? "A.cap_slo" : "B.cap_slo";
  SyAssumption capacity;
  double low, high;

  /* A load at which the objective held is no limit; the source says how far it was seen to hold. */
  if (!sy_cost_sheet_get_input (sheet, parameter, &capacity))
    {
      *ret_interval = capacity.source != NULL ? sy_sentence_dup_safe (_(capacity.source), SY_DISPLAY_TEXT_MAX) : NULL;
      /* Translators: nobody knows yet how much a backend can carry */
      return g_strdup (_("not known"));
    }

  sy_cost_sheet_get_range (sheet, parameter, &low, &high);
  *ret_interval = dup_interval (SY_COST_ROW_CAPACITY, low, high, NULL);
  return sy_format_rate (capacity.value);
}

char *
sy_cost_row_dup_figure (const SyCostSheet *sheet,
                        SyCostRow          row,
                        guint              side,
                        char             **ret_interval)
{
  const char *currency = sheet->decision->currency;
  SyHostingMonth month, low, high;
  g_autofree char *interval = NULL;
  char *figure;

  g_return_val_if_fail ((guint) row < SY_N_COST_ROWS && side < 2, NULL);

  if (row == SY_COST_ROW_CAPACITY)
    figure = dup_capacity (sheet, side, &interval);
  else
    {
      sy_cost_sheet_get_month (sheet, side, &month, &low, &high);
      figure = format (row, pick (&month, row), currency);
      interval = dup_interval (row, pick (&low, row), pick (&high, row), currency);
    }

  if (ret_interval != NULL)
    *ret_interval = g_steal_pointer (&interval);

  return figure;
}

SyProvenance *
sy_cost_row_explain (const SyCostSheet *sheet,
                     SyCostRow          row,
                     guint              side)
{
  g_autofree char *label = sy_cost_sheet_dup_label (sheet, side);
  g_autofree char *title = NULL;
  SyProvenance *provenance;

  g_return_val_if_fail ((guint) row < SY_N_COST_ROWS && side < 2, NULL);

  /* Translators: a figure and the deployment it is of: "Hosting a month, Orders" */
  title = g_strdup_printf (_("%1$s, %2$s"), _(rows[row].title), label);
  provenance = sy_provenance_new (title, _(rows[row].formula));

  for (guint i = 0; i < G_N_ELEMENTS (rows[row].common) && rows[row].common[i] != NULL; i++)
    sy_cost_sheet_explain (sheet, provenance, rows[row].common[i]);
  for (guint i = 0; i < G_N_ELEMENTS (rows[row].own) && rows[row].own[i] != NULL; i++)
    sy_cost_sheet_explain_side (sheet, provenance, side, rows[row].own[i]);
  if (rows[row].balancer)
    sy_cost_sheet_explain_balancer (sheet, provenance);
  if (rows[row].egress)
    sy_cost_sheet_explain_egress (sheet, provenance);

  return provenance;
}
