/* sy-choice-row.h: one of a few values of a setting
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct {
  const char *value; /* as GVariant writes it: "30", "0.5", "'dark'" */
  const char *label; /* untranslated */
} SyChoice;

#define SY_TYPE_CHOICE_ROW (sy_choice_row_get_type ())
G_DECLARE_FINAL_TYPE (SyChoiceRow, sy_choice_row, SY, CHOICE_ROW, AdwComboRow)

/**
 * SyChoiceRow:
 *
 * A row that shows and sets a key of the settings, both at once. A number that is none
 * of the choices is shown as the largest choice below it, or as the smallest above
 * nought, and kept as it is.
 */

/* @choices: static, the @n values that are offered, smallest first; at least one. */
GtkWidget *sy_choice_row_new  (const char *title, const SyChoice *choices, guint n);

/* Once. */
void       sy_choice_row_bind (SyChoiceRow *self, GSettings *settings, const char *key);

G_END_DECLS
