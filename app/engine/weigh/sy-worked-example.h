/* sy-worked-example.h: the example that the model is explained with
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "sy-hosting.h"

G_BEGIN_DECLS

/* Inputs by name: "tco.five_year.A", "tco.five_year.B", "mcda.mavt.example". The
 * figures illustrate the arithmetic and are typical of nothing; no page shows
 * them. NULL for another name. (transfer none) */
JsonObject *sy_worked_example_find (const char *name);

/* Sets the prices of a load balancer and of traffic out that the example was
 * computed with: AWS in us-east-1 as its page of 2026-09-20 had them, in USD. Of
 * the example and of `calc`, which reads no price list; a decision never has them. */
void        sy_worked_example_set_prices (SyHostingPlan *plan);

G_END_DECLS
