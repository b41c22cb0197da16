/* sy-inspect-fetch.h: one answer of an address
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-access-book.h"

G_BEGIN_DECLS

/* Asks @url with the access that @book has for it, or finds in the keyring; runs a
 * main loop until then. Returns: (transfer full) (nullable): the decoded body, also
 * one that cannot be parsed, or that is not metrics where the format @is_forced.
 * @content_type, @served_by: (out) (optional) (nullable) (transfer full).
 * Errors: those of a scrape; SY_ERROR_EMPTY. */
GBytes *sy_inspect_fetch (SyUrl *url, SyAccessBook *book, gboolean is_forced, char **content_type, char **served_by,
                          GError **error);

G_END_DECLS
