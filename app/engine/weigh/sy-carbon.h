/* sy-carbon.h: energy and carbon of a month, an estimate
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Operational energy by the coefficients of Cloud Carbon Footprint (2023):
 * watts of a core from idle to full, memory, network, and what the building
 * adds. Grid factors are averages of a year. Off until somebody asks. */
typedef struct {
  double vcpu_hours;
  double gib_hours;
  double utilisation;    /* of the cores, 0 … 1 */
  double egress_gb;
  double min_watts;      /* of a core, idle */
  double max_watts;      /* of a core, full */
  double memory_kwh;     /* of a GiB-hour */
  double network_kwh;    /* of a gigabyte */
  double pue;            /* power of the building / power of the machines */
  double kg_per_kwh;     /* of the grid */
} SyCarbonInput;

typedef struct {
  double kwh;
  double kg;             /* CO2 equivalent */
} SyCarbon;

/* AWS averages and us-east-1; the amounts of work are NAN. */
void     sy_carbon_input_init (SyCarbonInput *self);
SyCarbon sy_carbon            (const SyCarbonInput *input);

/* The share of making the hardware: TE x (time / lifespan) x (cores / host's
 * cores), Software Carbon Intensity specification (Green Software Foundation). */
double   sy_carbon_embodied   (double total_kg, double hours, double lifespan_hours, double vcpu, double host_vcpu);

/* ((E x I) + M) / R for R = 1000 requests, in kg. */
double   sy_carbon_intensity  (double operational_kg, double embodied_kg, double requests);

G_END_DECLS
