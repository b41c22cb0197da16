/* sy-cost-carbon.c: energy and carbon of a month, for those who ask
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How busy the cores are is not what was measured but what is planned: the
 * utilisation at the peak, times the mean of the day.
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-cost-carbon.h"

#include <glib/gi18n.h>
#include <math.h>

#include "sy-carbon.h"
#include "sy-format.h"
#include "sy-text.h"

#define GIB (1024.0 * 1024.0 * 1024.0)

static SyCarbonInput
make_input (const SyCostSheet *sheet,
            guint              side,
            const SyPrice     *price)
{
  const SyHostingMonth *month = &sheet->decision->result.month[side];
  const SyHostingPlan plan = sy_cost_sheet_get_plan (sheet, side);
  SyCarbonInput input;

  sy_carbon_input_init (&input);
  input.vcpu_hours = month->nodes * price->vcpu * plan.hours;
  input.gib_hours = month->nodes * price->memory / GIB * plan.hours;
  input.utilisation = plan.utilisation * sy_traffic_shape_get_mean (&plan.shape);
  input.egress_gb = isnan (month->egress_gb) ? 0 : month->egress_gb;
  return input;
}

char *
sy_cost_carbon_dup_text (const SyCostSheet *sheet,
                         guint              side,
                         const SyPrice     *price)
{
  const SyCarbonInput input = make_input (sheet, side, price);
  const SyCarbon carbon = sy_carbon (&input);
  g_autofree char *label = sy_cost_sheet_dup_label (sheet, side);
  g_autofree char *kwh = NULL;
  g_autofree char *kg = NULL;

  if (!isfinite (carbon.kg))
    return NULL;

  kwh = sy_format_number (carbon.kwh);
  kg = sy_format_number (carbon.kg);
  /* Translators: "Orders: 32.7 kWh and 13.6 kg of CO₂ a month" */
  return g_strdup_printf (_("%1$s: %2$s kWh and %3$s kg of CO₂ a month"), label, kwh, kg);
}

SyProvenance *
sy_cost_carbon_explain (const SyCostSheet *sheet,
                        guint              side,
                        const SyPrice     *price)
{
  const SyCarbonInput input = make_input (sheet, side, price);
  g_autofree char *label = sy_cost_sheet_dup_label (sheet, side);
  /* Translators: %s is a deployment */
  g_autofree char *title = g_strdup_printf (_("Energy and carbon of a month, %s"), label);
  g_autofree char *busy = sy_format_percent (input.utilisation);
  g_autofree char *hours = sy_format_number (input.vcpu_hours);
  g_autofree char *watts = g_strdup_printf ("%.2f–%.2f W", input.min_watts, input.max_watts);
  g_autofree char *pue = g_strdup_printf ("%.3f", input.pue);
  g_autofree char *grid = g_strdup_printf ("%.3f kg/kWh", input.kg_per_kwh);
  g_autofree char *sku = sy_display_text (price->sku, -1, 80);
  SyProvenance *provenance =
    sy_provenance_new (title, _("Core hours × (idle watts + how busy × (full watts − idle watts)), and memory and network, "
                                "× what the building adds × carbon of the grid. An estimate."));

  sy_provenance_add (provenance, _("Core hours"), hours, SY_EVIDENCE_ASSUMED, sku);
  sy_provenance_add (provenance, _("How busy the cores are"), busy, SY_EVIDENCE_ASSUMED,
                     _("planned utilisation at the peak × mean of the day"));
  sy_provenance_add (provenance, _("Power of a core, idle to full"), watts, SY_EVIDENCE_ASSUMED,
                     _("Cloud Carbon Footprint coefficients of 2023, a large provider's average"));
  sy_provenance_add (provenance, _("What the building adds"), pue, SY_EVIDENCE_ASSUMED, _("Cloud Carbon Footprint, 2023"));
  sy_provenance_add (provenance, _("Carbon of the grid"), grid, SY_EVIDENCE_ASSUMED,
                     _("average of a year, US East; other regions differ"));
  return provenance;
}
