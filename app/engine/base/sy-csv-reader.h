/* sy-csv-reader.h: comma-separated values in
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SY_CSV_MAX_BYTES (8u * 1024 * 1024)
#define SY_CSV_MAX_CELLS 256u /* of a row */

/**
 * SyCsvReader:
 *
 * Goes through RFC 4180 text row by row: quoted cells with doubled quotes and
 * line breaks, CR LF or LF, an optional byte order mark. Empty lines and lines
 * that begin with # are passed over. A plain value that borrows the text.
 */
typedef struct {
  const char *at;
  const char *end;
  guint       line; /* of the row that was read last, from 1 */
  guint       next_line;
} SyCsvReader;

/* FALSE for text that is too long or no UTF-8. Errors: SY_ERROR_BODY_TOO_LARGE,
 * SY_ERROR_PARSE. */
gboolean   sy_csv_reader_init (SyCsvReader *self, const char *text, gsize length, GError **error);

/* The next row; NULL without an error at the end. Errors: SY_ERROR_PARSE,
 * "LINE:1: what". Returns: (transfer full) (element-type utf8) */
GPtrArray *sy_csv_reader_next (SyCsvReader *self, GError **error);

G_END_DECLS
