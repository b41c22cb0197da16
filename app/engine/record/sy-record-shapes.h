/* sy-record-shapes.h: the shapes that a reader met last
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-record-shape.h"

G_BEGIN_DECLS

/* How much of them is kept for the next time. */
#define SY_RECORD_SHAPES_BYTES (16 * 1024 * 1024)

/**
 * SyRecordShapes:
 *
 * Shapes by number, so that a block does not need to read its own again: a few
 * bytes in the file may be some MiB. Beyond SY_RECORD_SHAPES_BYTES those that were
 * not asked for the longest time are dropped; whoever holds one keeps it.
 */
typedef struct _SyRecordShapes SyRecordShapes;

SyRecordShapes *sy_record_shapes_new  (void);
void            sy_record_shapes_free (SyRecordShapes *self);

/* NULL: it is not kept. (transfer full) */
SyRecordShape  *sy_record_shapes_get  (SyRecordShapes *self, guint64 id);

/* @id is not kept yet. Holds @shape, too. */
void            sy_record_shapes_add  (SyRecordShapes *self, guint64 id, SyRecordShape *shape);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyRecordShapes, sy_record_shapes_free)

G_END_DECLS
