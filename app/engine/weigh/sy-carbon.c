/* sy-carbon.c: energy and carbon of a month, an estimate
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-carbon.h"

#include <math.h>

#define WATTS_PER_KILOWATT 1000.0
#define FUNCTIONAL_UNIT 1000.0 /* requests */

void
sy_carbon_input_init (SyCarbonInput *self)
{
  *self = (SyCarbonInput){
    .vcpu_hours = NAN, .gib_hours = NAN, .utilisation = NAN, .egress_gb = NAN,
    .min_watts = 0.74, .max_watts = 3.5, .memory_kwh = 0.000392, .network_kwh = 0.001,
    .pue = 1.135, .kg_per_kwh = 0.415755,
  };
}

SyCarbon
sy_carbon (const SyCarbonInput *input)
{
  const double watts = input->min_watts + input->utilisation * (input->max_watts - input->min_watts);
  const double kwh = (input->vcpu_hours * watts / WATTS_PER_KILOWATT
                      + input->gib_hours * input->memory_kwh
                      + input->egress_gb * input->network_kwh) * input->pue;

  return (SyCarbon){ kwh, kwh * input->kg_per_kwh };
}

double
sy_carbon_embodied (double total_kg,
                    double hours,
                    double lifespan_hours,
                    double vcpu,
                    double host_vcpu)
{
  return total_kg * (hours / lifespan_hours) * (vcpu / host_vcpu);
}

double
sy_carbon_intensity (double operational_kg,
                     double embodied_kg,
                     double requests)
{
  if (!(requests > 0))
    return NAN;

  return (operational_kg + embodied_kg) / requests * FUNCTIONAL_UNIT;
}
