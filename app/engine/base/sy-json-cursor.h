/* sy-json-cursor.h: a walk over a checked JSON document
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SyJsonCursor:
 *
 * Reads a document value by value and keeps nothing, where a tree would cost
 * forty times the text. It trusts its text: only documents that have passed
 * sy_json_check() may be walked. Stands before a value; each of the functions
 * below takes it behind what they read.
 */
typedef struct {
  const char *data;   /* borrowed */
  gsize       length;
  gsize       pos;
} SyJsonCursor;

void        sy_json_cursor_init        (SyJsonCursor *self, const char *data, gsize length);

/* What stands here: '{', '[', '"', 't', 'f', 'n', or '0' for any number; '\0'
 * behind the document. Moves over blanks only. */
char        sy_json_cursor_peek        (SyJsonCursor *self);

/* Into the object or the array that begins here. */
void        sy_json_cursor_enter       (SyJsonCursor *self);

/* In an array: TRUE before its next element, FALSE behind its end. */
gboolean    sy_json_cursor_next        (SyJsonCursor *self);

/* The same in an object, whose next member is called @name. */
gboolean    sy_json_cursor_next_member (SyJsonCursor *self, GString *name);

/* Over a value of any kind. */
void        sy_json_cursor_skip        (SyJsonCursor *self);

/* The string that begins here, escapes replaced; U+0000 becomes U+FFFD, so that
 * the text ends where it ends. */
void        sy_json_cursor_read_string (SyJsonCursor *self, GString *text);

/* The number, true, false or null that stands here, as it is written. Returns:
 * (transfer none), of the document */
const char *sy_json_cursor_read_word   (SyJsonCursor *self, gsize *length);

/* Where byte @pos of the document stands, as sy_json_check() counts. */
void        sy_json_cursor_locate      (const SyJsonCursor *self, gsize pos, guint *line, guint *column);

G_END_DECLS
