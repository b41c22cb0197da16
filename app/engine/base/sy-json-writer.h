/* sy-json-writer.h: JSON out that is valid
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SyJsonWriter:
 *
 * Appends one compact document to a GString. Commas and colons are its
 * business. Doubles are the shortest text that reads back the same; NaN and
 * infinities are the strings "NaN", "+Inf", "-Inf". Strings may hold any bytes:
 * invalid UTF-8 becomes U+FFFD, hidden characters \u escapes. NULL strings are
 * null. A call that does not fit (a value where a key is due) is a programming
 * error: it is said and left out.
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

/* "key": [low, high] */
void          sy_json_writer_member_interval (SyJsonWriter *self, const char *key, double low, double high);

/* "key": ["…", …]; @strings (element-type utf8) (nullable): none */
void          sy_json_writer_member_strings (SyJsonWriter *self, const char *key, const GPtrArray *strings);

/* The finished document, without a final line feed; resets the writer for the
 * next one. Returns: (transfer full) */
char         *sy_json_writer_finish        (SyJsonWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyJsonWriter, sy_json_writer_free)

G_END_DECLS
