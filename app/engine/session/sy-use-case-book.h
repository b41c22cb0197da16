/* sy-use-case-book.h: the use cases and criteria there are
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-use-case.h"

G_BEGIN_DECLS

/**
 * SyUseCaseBook:
 *
 * Every *.json of one or more folders; data/use-cases/README.md has the
 * formats. A later file of the same id replaces an earlier one, criteria.json
 * the whole list of criteria. Immutable. Never empty.
 */
typedef struct _SyUseCaseBook SyUseCaseBook;

/* Reads @directories (NULL-terminated) in order; one that does not exist is
 * none. Each priority must be a criterion there is. Errors: SY_ERROR_INVALID,
 * SY_ERROR_PARSE with file and place, G_FILE_ERROR. (transfer full) */
SyUseCaseBook         *sy_use_case_book_new          (const char *const *directories, GError **error);
void                   sy_use_case_book_free         (SyUseCaseBook *self);

/* In the order of file names. */
guint                  sy_use_case_book_get_n        (SyUseCaseBook *self);
const SyUseCase       *sy_use_case_book_get          (SyUseCaseBook *self, guint index);
const SyUseCase       *sy_use_case_book_find         (SyUseCaseBook *self, const char *id); /* NULL: not there */
const SyCriterionKind *sy_use_case_book_find_kind    (SyUseCaseBook *self, const char *id); /* NULL: not there */

/* (element-type SyCriterionKind) (transfer none) */
GPtrArray             *sy_use_case_book_get_kinds    (SyUseCaseBook *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyUseCaseBook, sy_use_case_book_free)

G_END_DECLS
