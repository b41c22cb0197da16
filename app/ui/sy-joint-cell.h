/* sy-joint-cell.h: one quantity of all backends in one chart
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-backend.h"
#include "sy-live-axes.h"

G_BEGIN_DECLS

#define SY_TYPE_JOINT_CELL (sy_joint_cell_get_type ())
G_DECLARE_FINAL_TYPE (SyJointCell, sy_joint_cell, SY, JOINT_CELL, GtkWidget)

typedef enum {
  SY_JOINT_OVERLAID, /* a line for each backend, on the value axis of the row */
  SY_JOINT_RATIO,    /* each other backend divided by the first, around 1 */
} SyJointKind;

/**
 * SyJointCell:
 *
 * A chart of all backends under a legend that switches them on and off. A
 * backend that reports another unit than the first does not share its axis and
 * is left out, in words. Percentiles of buckets have bounds: a ratio of them
 * is drawn with the interval that follows from these.
 */
GtkWidget *sy_joint_cell_new          (SyRow row, SyJointKind kind, SyLiveAxes *axes);

/* @backends: (element-type SyBackend), in the order of the columns. Held. */
void       sy_joint_cell_set_backends (SyJointCell *self, GPtrArray *backends);
BeamChart *sy_joint_cell_get_chart    (SyJointCell *self); /* (transfer none) */

G_END_DECLS
