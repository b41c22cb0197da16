/* sy-inspect-otlp.h: `inspect` of a backend that pushes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-inspection.h"

G_BEGIN_DECLS

/* Listens at @address (sy-otlp-address.h) until the first push, for a little
 * longer than the minute that SDKs let pass between two, and fills source, content
 * type and exposition. Says on standard error what is waited for. */
gboolean sy_inspect_otlp_address (const char *address, SyInspection *inspection, GError **error);

G_END_DECLS
