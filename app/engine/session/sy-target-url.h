/* sy-target-url.h: the address that is asked when a person types one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-url.h"

G_BEGIN_DECLS

/* As sy_url_parse(); an http address without a path means /metrics there, where
 * nearly every exporter answers. (transfer full) */
SyUrl      *sy_target_url_parse           (const char *address, GError **error);

/* The parameters of an address' query, by name. (transfer full) (nullable): it has
 * none, or they cannot be read */
GHashTable *sy_target_url_read_parameters (const char *address);

G_END_DECLS
