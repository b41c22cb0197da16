/* beam-csv.h: cells of a file that programs read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A cell of RFC 4180, quoted where it must be. What a spreadsheet would take for
 * a formula gets an apostrophe in front. */
void beam_csv_append_text   (GString    *csv,
                             const char *cell);

/* With a point, and as many digits as bring the number back; nothing for NAN and
 * the infinities. */
void beam_csv_append_number (GString    *csv,
                             double      value);

G_END_DECLS
