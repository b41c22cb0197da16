/* sy-record-block.h: some scrapes of one shape
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-record-entry.h"

G_BEGIN_DECLS

/* A block holds at most this many scrapes, and this many values. */
#define SY_RECORD_BLOCK_SCRAPES 600
#define SY_RECORD_BLOCK_VALUES (1u << 18)

/* A scrape of more samples than this is a gap. No parser gives more than 50 000,
 * and the parts of a tier have room in one block. */
#define SY_RECORD_MAX_WIDTH (1u << 16)

/**
 * SyRecordBlock:
 *
 * @moments->len scrapes of @width values each, in the order of their seq. The
 * values of one scrape stand together; packed, those of one series do. With
 * @width 0 it is a run of gaps.
 */
typedef struct {
  guint   width;
  GArray *moments;    /* of SyRecordMoment */
  GArray *values;     /* of double: width a scrape */
  GArray *timestamps; /* of double: as many as values; empty: no sample has one of its own */
} SyRecordBlock;

SyRecordBlock *sy_record_block_new    (guint width);
void           sy_record_block_free   (SyRecordBlock *self);

/* @timestamps may be NULL. */
void           sy_record_block_append (SyRecordBlock *self, const SyRecordMoment *moment, const double *values,
                                       const double *timestamps);
gboolean       sy_record_block_is_full (const SyRecordBlock *self);

/* (transfer full) */
GByteArray    *sy_record_block_pack   (const SyRecordBlock *self);

/* @width is what its shape says. Bytes that are not a block of that width, or
 * whose checksum differs: SY_ERROR_DECODE. */
SyRecordBlock *sy_record_block_unpack (const guint8 *bytes, gsize length, guint width, GError **error);

/* As sy_record_block_unpack(), but only columns i with wanted[i] != 0; all others
 * are NAN, and timestamps are left out. @wanted has @width places. */
SyRecordBlock *sy_record_block_unpack_some (const guint8 *bytes, gsize length, guint width, const guint8 *wanted, GError **error);

/* CRC-32 at the end of what is kept. */
void           sy_record_seal         (GByteArray *bytes);
gboolean       sy_record_unseal       (const guint8 *bytes, gsize *length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyRecordBlock, sy_record_block_free)

G_END_DECLS
