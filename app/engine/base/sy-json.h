/* sy-json.h: JSON in with a guard, JSON out that is valid
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "sy-json-writer.h"

G_BEGIN_DECLS

/**
 * json-glib 1.6 crashes on deep nesting, accepts what is not JSON, turns
 * 2^64 - 1 into -1 and writes 1e20 as "1e+20.0". So every document passes
 * sy_json_check() before json-glib sees it, and everything we print goes
 * through SyJsonWriter (sy-json-writer.h).
 */

typedef struct {
  gsize max_bytes;   /* of the document */
  guint max_depth;   /* of nesting */
  gsize max_string;  /* bytes of one string */
  guint max_members; /* of one object or array */
} SyJsonLimits;

/* 8 MiB, 64, 64 KiB, 100 000. */
extern const SyJsonLimits SY_JSON_LIMITS_DEFAULT;

/* Checks that @data is exactly one RFC 8259 document in UTF-8 within @limits
 * (NULL: the defaults), without recursion. Also refused, because what json-glib
 * makes of them is a guess: duplicate keys, halves of surrogate pairs, integers
 * beyond 64 bits with a sign, numbers beyond a double. U+0000 in a string is
 * JSON and passes, but json-glib ends the string there.
 * Errors: SY_ERROR_PARSE, "LINE:COLUMN: what"; both count from 1, columns in
 * characters. */
gboolean sy_json_check (const char          *data,
                        gsize                length,
                        const SyJsonLimits  *limits,
                        GError             **error);

G_END_DECLS
