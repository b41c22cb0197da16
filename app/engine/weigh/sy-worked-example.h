/* sy-worked-example.h: the example that the model is explained with
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Inputs by name: "tco.five_year.A", "tco.five_year.B", "mcda.mavt.example". The
 * figures illustrate the arithmetic and are typical of nothing; no page shows
 * them. NULL for another name. (transfer none) */
JsonObject *sy_worked_example_find (const char *name);

G_END_DECLS
