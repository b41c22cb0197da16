/* sy-path-setting.h: a file or folder of a person's choice, from the settings into use
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SY_TYPE_PATH_SETTING (sy_path_setting_get_type ())
G_DECLARE_FINAL_TYPE (SyPathSetting, sy_path_setting, SY, PATH_SETTING, GObject)

/* Takes @path into use; NULL: none was chosen, or the one that was cannot be used.
 * FALSE with why: nothing has changed. */
typedef gboolean (*SyPathUse) (const char *path, gpointer user_data, GError **error);

/**
 * SyPathSetting:
 *
 * Calls a SyPathUse with what a key of type string holds, now and whenever that
 * changes; "" is no choice. Where the choice cannot be used it stays what it is, the
 * error says why, and what is used is what no choice would be.
 *
 * Signal "changed": the choice or the error is another.
 */
SyPathSetting *sy_path_setting_new       (GSettings *settings, const char *key, SyPathUse use, gpointer user_data);

/* NULL: none. (transfer full) */
char          *sy_path_setting_dup_path  (SyPathSetting *self);
void           sy_path_setting_set_path  (SyPathSetting *self, const char *path);

/* Why the choice is not used; NULL: it is, or there is none. (transfer none) */
const GError  *sy_path_setting_get_error (SyPathSetting *self);

G_END_DECLS
