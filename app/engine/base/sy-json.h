/* sy-json.h: JSON in with a guard, JSON out that is valid
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * json-glib 1.6 crashes on deep nesting, accepts what is not JSON, turns
 * 2^64 - 1 into -1 and writes 1e20 as "1e+20.0". So every document passes
 * sy_json_check() before json-glib sees it, and everything we print goes
 * through SyJsonWriter.
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
 * (NULL: the defaults), without recursion. Duplicate keys are refused.
 * Errors: SY_ERROR_PARSE with line and column. */
gboolean sy_json_check (const char          *data,
                        gsize                length,
                        const SyJsonLimits  *limits,
                        GError             **error);

/**
 * SyJsonWriter:
 *
 * Appends one compact document to a GString. Commas and colons are its
 * business. Doubles are the shortest text that reads back the same; NaN and
 * infinities are the strings "NaN", "+Inf", "-Inf". Strings may hold any bytes:
 * invalid UTF-8 becomes U+FFFD. NULL strings are null.
 */
typedef struct _SyJsonWriter SyJsonWriter;

SyJsonWriter *sy_json_writer_new          (void);
void          sy_json_writer_free         (SyJsonWriter *self);
void          sy_json_writer_begin_object (SyJsonWriter *self);
void          sy_json_writer_end_object   (SyJsonWriter *self);
void          sy_json_writer_begin_array  (SyJsonWriter *self);
void          sy_json_writer_end_array    (SyJsonWriter *self);
void          sy_json_writer_key          (SyJsonWriter *self, const char *key);
void          sy_json_writer_string       (SyJsonWriter *self, const char *value);
void          sy_json_writer_double       (SyJsonWriter *self, double value);
void          sy_json_writer_int          (SyJsonWriter *self, gint64 value);
void          sy_json_writer_bool         (SyJsonWriter *self, gboolean value);
void          sy_json_writer_null         (SyJsonWriter *self);

/* key and value in one call, inside an object */
void          sy_json_writer_member_string (SyJsonWriter *self, const char *key, const char *value);
void          sy_json_writer_member_double (SyJsonWriter *self, const char *key, double value);
void          sy_json_writer_member_int    (SyJsonWriter *self, const char *key, gint64 value);
void          sy_json_writer_member_bool   (SyJsonWriter *self, const char *key, gboolean value);
void          sy_json_writer_member_null   (SyJsonWriter *self, const char *key);

/* The finished document, without a final line feed; resets the writer for the
 * next one. Returns: (transfer full) */
char         *sy_json_writer_finish        (SyJsonWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyJsonWriter, sy_json_writer_free)

G_END_DECLS
