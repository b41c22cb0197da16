/* sy-mapping-book.h: what a person has decided about each address
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-overrides.h"

G_BEGIN_DECLS

/**
 * SyMappingBook:
 *
 * The decisions of a person by address, in mappings.json below the user's data
 * folder; data/recognisers/README.md has the format. A file with a mistake is
 * told and left as it is: nothing is written over it.
 */
typedef struct _SyMappingBook SyMappingBook;

/* @path: NULL: kept nowhere. */
SyMappingBook *sy_mapping_book_new       (const char *path);
gboolean       sy_mapping_book_is_kept   (SyMappingBook *self);
void           sy_mapping_book_free      (SyMappingBook *self);

/* What is wrong with the file; NULL: nothing. (transfer none) */
const GError  *sy_mapping_book_get_error (SyMappingBook *self);

/* @address: the one for eyes, without secrets. (transfer none) (nullable) */
SyOverrides   *sy_mapping_book_find      (SyMappingBook *self, const char *address);

/* Keeps a copy, or forgets the address when @overrides is NULL or empty. Errors:
 * SY_ERROR_FAILED, and that of the file. */
gboolean       sy_mapping_book_set       (SyMappingBook *self, const char *address, const SyOverrides *overrides, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyMappingBook, sy_mapping_book_free)

G_END_DECLS
