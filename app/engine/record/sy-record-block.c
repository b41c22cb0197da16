/* sy-record-block.c: some scrapes of one shape
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Packed: a version byte (1), how many scrapes, how many values each, seven
 * columns of the moments (shared by all series: one column of times a target),
 * a column a series, whether samples have timestamps of their own and then a
 * column a series of those, CRC-32 of all that. A single scrape, as it is kept
 * until its block is full, is a block of one.
 */
#define G_LOG_DOMAIN "steelyard-record"

#include "config.h"

#include "sy-record-block.h"

#include <math.h>
#include <string.h>
#include <zlib.h>

#include "sy-error.h"
#include "sy-pack.h"

#define VERSION 1
#define CRC_SIZE 4

G_STATIC_ASSERT (sizeof (SyRecordMoment) == 7 * sizeof (gint64));
#define MOMENT_FIELDS 7

SyRecordBlock *
sy_record_block_new (guint width)
{
  SyRecordBlock *self = g_new0 (SyRecordBlock, 1);

  self->width = width;
  self->moments = g_array_new (FALSE, FALSE, sizeof (SyRecordMoment));
  self->values = g_array_new (FALSE, FALSE, sizeof (double));
  self->timestamps = g_array_new (FALSE, FALSE, sizeof (double));
  return self;
}

void
sy_record_block_free (SyRecordBlock *self)
{
  g_array_unref (self->moments);
  g_array_unref (self->values);
  g_array_unref (self->timestamps);
  g_free (self);
}

static void
append_nans (GArray *array,
             guint   n)
{
  const double nan_value = (double) NAN;

  for (guint i = 0; i < n; i++)
    g_array_append_val (array, nan_value);
}

void
sy_record_block_append (SyRecordBlock        *self,
                        const SyRecordMoment *moment,
                        const double         *values,
                        const double         *timestamps)
{
  if (timestamps != NULL && self->timestamps->len == 0)
    append_nans (self->timestamps, self->values->len);

  g_array_append_vals (self->moments, moment, 1);
  if (self->width > 0)
    g_array_append_vals (self->values, values, self->width);

  if (timestamps != NULL)
    g_array_append_vals (self->timestamps, timestamps, self->width);
  else if (self->timestamps->len > 0)
    append_nans (self->timestamps, self->width);
}

gboolean
sy_record_block_is_full (const SyRecordBlock *self)
{
  return self->moments->len >= SY_RECORD_BLOCK_SCRAPES
         || self->values->len + self->width > SY_RECORD_BLOCK_VALUES;
}

/* Times are kept as distances from the scrape's monotonic time. */
static gint64
get_field (const SyRecordMoment *moment,
           guint                 field)
{
  switch (field)
    {
    case 0: return moment->seq;
    case 1: return moment->monotonic_us;
    case 2: return (gint64) ((guint64) moment->wall_us - (guint64) moment->monotonic_us);
    case 3: return moment->duration_us;
    case 4: return (gint64) ((guint64) moment->answered_us - (guint64) moment->monotonic_us);
    case 5: return moment->wire_bytes;
    default: return moment->body_bytes;
    }
}

static void
set_field (SyRecordMoment *moment,
           guint           field,
           gint64          value)
{
  switch (field)
    {
    case 0: moment->seq = value; break;
    case 1: moment->monotonic_us = value; break;
    case 2: moment->wall_us = (gint64) ((guint64) value + (guint64) moment->monotonic_us); break;
    case 3: moment->duration_us = value; break;
    case 4: moment->answered_us = (gint64) ((guint64) value + (guint64) moment->monotonic_us); break;
    case 5: moment->wire_bytes = value; break;
    default: moment->body_bytes = value;
    }
}

static void
pack_columns (GByteArray   *bytes,
              const GArray *values,
              guint         width,
              guint         n)
{
  g_autofree double *column = g_new (double, n);

  for (guint i = 0; i < width; i++)
    {
      for (guint j = 0; j < n; j++)
        column[j] = g_array_index (values, double, j * width + i);
      sy_pack_doubles (bytes, column, n);
    }
}

void
sy_record_seal (GByteArray *bytes)
{
  const guint32 crc = GUINT32_TO_LE ((guint32) crc32 (0, bytes->data, bytes->len));

  g_byte_array_append (bytes, (const guint8 *) &crc, CRC_SIZE);
}

gboolean
sy_record_unseal (const guint8 *bytes,
                  gsize        *length)
{
  guint32 crc;

  if (*length < CRC_SIZE || *length > G_MAXUINT)
    return FALSE;

  *length -= CRC_SIZE;
  memcpy (&crc, bytes + *length, CRC_SIZE);
  return GUINT32_FROM_LE (crc) == (guint32) crc32 (0, bytes, (uInt) *length);
}

GByteArray *
sy_record_block_pack (const SyRecordBlock *self)
{
  GByteArray *bytes = g_byte_array_new ();
  const guint n = self->moments->len;
  const guint8 has_timestamps = self->timestamps->len > 0;
  g_autofree gint64 *column = g_new (gint64, MAX (n, 1));

  sy_pack_varint (bytes, VERSION);
  sy_pack_varint (bytes, n);
  sy_pack_varint (bytes, self->width);

  for (guint field = 0; field < MOMENT_FIELDS; field++)
    {
      for (guint i = 0; i < n; i++)
        column[i] = get_field (&g_array_index (self->moments, SyRecordMoment, i), field);
      sy_pack_ints (bytes, column, n);
    }

  pack_columns (bytes, self->values, self->width, n);
  g_byte_array_append (bytes, &has_timestamps, 1);
  if (has_timestamps)
    pack_columns (bytes, self->timestamps, self->width, n);

  sy_record_seal (bytes);
  return bytes;
}

static void
unpack_columns (SyUnpack     *from,
                GArray       *values,
                guint         width,
                guint         n,
                const guint8 *wanted)
{
  g_autofree double *column = g_new (double, n);

  if (wanted != NULL)
    append_nans (values, width * n);
  else
    g_array_set_size (values, width * n);
  for (guint i = 0; i < width && !from->failed; i++)
    {
      if (wanted != NULL && !wanted[i])
        {
          sy_unpack_skip_doubles (from, n);
          continue;
        }
      sy_unpack_doubles (from, column, n);
      for (guint j = 0; j < n; j++)
        g_array_index (values, double, j * width + i) = column[j];
    }
}

static void
unpack_moments (SyUnpack *from,
                GArray   *moments,
                guint     n)
{
  g_autofree gint64 *column = g_new (gint64, n);

  g_array_set_size (moments, n);
  for (guint field = 0; field < MOMENT_FIELDS && !from->failed; field++)
    {
      sy_unpack_ints (from, column, n);
      for (guint i = 0; i < n; i++)
        set_field (&g_array_index (moments, SyRecordMoment, i), field, column[i]);
    }
}

SyRecordBlock *
sy_record_block_unpack_some (const guint8  *bytes,
                             gsize          length,
                             guint          width,
                             const guint8  *wanted,
                             GError       **error)
{
  g_autoptr (SyRecordBlock) self = sy_record_block_new (width);
  SyUnpack from;
  guint64 n;

  if (!sy_record_unseal (bytes, &length))
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_DECODE, "a block of the recording is damaged");
      return NULL;
    }

  from = (SyUnpack) { bytes, bytes + length, FALSE };
  if (sy_unpack_varint (&from) != VERSION)
    from.failed = TRUE;
  n = sy_unpack_varint (&from);

  /* A column that stands still is short, so the length says nothing about what
   * it unfolds to: these limits do. */
  if (n == 0 || n > SY_RECORD_BLOCK_SCRAPES || sy_unpack_varint (&from) != width || n * width > SY_RECORD_BLOCK_VALUES)
    from.failed = TRUE;

  if (!from.failed)
    {
      unpack_moments (&from, self->moments, (guint) n);
      unpack_columns (&from, self->values, width, (guint) n, wanted);
      if (sy_unpack_byte (&from) != 0 && wanted == NULL)
        unpack_columns (&from, self->timestamps, width, (guint) n, NULL);
    }

  if (from.failed || (wanted == NULL && from.next != from.end))
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_DECODE, "a block of the recording is not what its shape says");
      return NULL;
    }

  return g_steal_pointer (&self);
}

SyRecordBlock *
sy_record_block_unpack (const guint8  *bytes,
                        gsize          length,
                        guint          width,
                        GError       **error)
{
  return sy_record_block_unpack_some (bytes, length, width, NULL, error);
}
