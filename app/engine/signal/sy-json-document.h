/* sy-json-document.h: a small JSON file of a person's choices, whole
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-json-member.h"

G_BEGIN_DECLS

/* Fills @user_data from the object that a document is; FALSE with @error. */
typedef gboolean (*SyJsonDocumentFunc) (SyJsonPlace at, gpointer user_data, GError **error);

/* What such a function begins with: the object has no member but @names
 * (NULL-terminated), of which "schema" is one and says @schema. Errors:
 * SY_ERROR_INVALID. */
gboolean sy_json_document_check (SyJsonPlace at, const char *const *names, const char *schema, GError **error);

/* Reads @text, the content of @path, within the limits of sy_json_check(). Errors
 * begin with @path. */
gboolean sy_json_document_parse (const char *path, const char *text, gsize length, SyJsonDocumentFunc func,
                                 gpointer user_data, GError **error);

/* The same of the file; one that is not there leaves @user_data as it is. Errors:
 * SY_ERROR_INVALID too where it cannot be read. */
gboolean sy_json_document_load  (const char *path, SyJsonDocumentFunc func, gpointer user_data, GError **error);

/* Puts @text in place at once, so that a crash leaves the old file or the new one;
 * makes the folder. Both are the person's alone. Errors: SY_ERROR_FAILED. */
gboolean sy_json_document_save  (const char *path, const char *text, GError **error);

G_END_DECLS
