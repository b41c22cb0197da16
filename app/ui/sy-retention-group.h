/* sy-retention-group.h: how much is kept of what is recorded
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SY_TYPE_RETENTION_GROUP (sy_retention_group_get_type ())
G_DECLARE_FINAL_TYPE (SyRetentionGroup, sy_retention_group, SY, RETENTION_GROUP, AdwPreferencesGroup)

/**
 * SyRetentionGroup:
 *
 * Two rows: how long recordings are kept, and how much they may take together.
 * Nothing is deleted by itself unless one of them is set, and then from the next
 * start on: a slip can be taken back. Other values that somebody has put into the
 * settings stay until a row is changed.
 */

/* Once. Settings recordings-days and recordings-size. */
void sy_retention_group_set_settings (SyRetentionGroup *self, GSettings *settings);

G_END_DECLS
