/* sy-inspect-prom.h: `inspect` of what a Prometheus server knows
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-access-book.h"
#include "sy-inspection.h"

G_BEGIN_DECLS

/* Asks the server of @address (sy-prom-address.h), with the access that @book has
 * for it, which series it has of the backend, and fills source and exposition. */
gboolean sy_inspect_prom_address (const char *address, SyAccessBook *book, SyInspection *inspection, GError **error);

/* The same of the inspection's body, a saved answer to an instant query.
 * Errors: those of the answer; SY_ERROR_FORMAT for another kind. */
gboolean sy_inspect_prom_body    (SyInspection *inspection, GError **error);

G_END_DECLS
