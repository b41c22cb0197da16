/* sy-pack.h: columns of numbers in few bytes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A place in bytes that may be damaged. A reader that ran over the end, or met
 * what cannot be, is failed for good and yields zeros. */
typedef struct {
  const guint8 *next;
  const guint8 *end;
  gboolean      failed;
} SyUnpack;

/* Integers of 7 bits a byte, low bits first, the eighth says that more follow. */
void     sy_pack_varint      (GByteArray *bytes, guint64 value);
guint64  sy_unpack_varint    (SyUnpack *from);
guint8   sy_unpack_byte      (SyUnpack *from);

/* @n values, exactly as they are: differences of first or second order, or
 * none, whichever is shortest, in groups of 32 that are as wide as their widest
 * member. A column that stands still, or climbs evenly, costs a third of a bit
 * a value. */
void     sy_pack_ints        (GByteArray *bytes, const gint64 *values, guint n);
void     sy_unpack_ints      (SyUnpack *from, gint64 *values, guint n);

/* Doubles bit for bit, NAN's payload and the sign of zero included: as integers
 * of 10^-e where all of them are (Prometheus text is decimal), else of 2^-e,
 * else as their bits. */
void     sy_pack_doubles     (GByteArray *bytes, const double *values, guint n);
void     sy_unpack_doubles   (SyUnpack *from, double *values, guint n);

/* Goes past them, whatever they are. */
void     sy_unpack_skip_doubles (SyUnpack *from, guint n);

G_END_DECLS
