/* sy-path-row.h: a file or folder of a person's choice
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "sy-path-setting.h"

G_BEGIN_DECLS

/* What a row says and asks for. All but the action is static, and translated. */
typedef struct {
  const char          *title;
  const char          *unset;    /* while nothing is chosen */
  const char          *note;     /* under what is chosen; NULL: nothing */
  const char          *instead;  /* after why the choice is not used: what is used instead */
  const char          *choose;   /* of the button, and of the window that it opens */
  const char          *reset;    /* of the button */
  const char          *pattern;  /* of the names of files; NULL: all */
  GtkFileChooserAction action;
} SyPathWords;

#define SY_TYPE_PATH_ROW (sy_path_row_get_type ())
G_DECLARE_FINAL_TYPE (SyPathRow, sy_path_row, SY, PATH_ROW, AdwActionRow)

/**
 * SyPathRow:
 *
 * Shows what is chosen, or why it cannot be used and what is used instead; one button
 * chooses, the other takes the choice back.
 */
GtkWidget *sy_path_row_new (SyPathSetting *setting, const SyPathWords *words);

G_END_DECLS
