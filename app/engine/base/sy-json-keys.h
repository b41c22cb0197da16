/* sy-json-keys.h: have these names met before?
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SyJsonKeys:
 *
 * The member names of the objects that are open, innermost last. Duplicates
 * are found by sorting when an object closes: n log n for any input, where a
 * hash table could be made quadratic by names that collide.
 */
typedef struct _SyJsonKeys SyJsonKeys;

SyJsonKeys *sy_json_keys_new    (void);
void        sy_json_keys_free   (SyJsonKeys *self);

/* Where the names of an object that opens now will begin. */
gsize       sy_json_keys_open   (SyJsonKeys *self);

/* Begins a name that stands at byte @offset of the document. */
void        sy_json_keys_begin  (SyJsonKeys *self, gsize offset);

/* More bytes of the name, escapes already replaced. */
void        sy_json_keys_append (SyJsonKeys *self, const char *bytes, gsize length);

/* Forgets the names from @start on. FALSE when two of them are equal:
 * @duplicate_offset is where the first repetition stands. */
gboolean    sy_json_keys_close  (SyJsonKeys *self, gsize start, gsize *duplicate_offset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyJsonKeys, sy_json_keys_free)

G_END_DECLS
