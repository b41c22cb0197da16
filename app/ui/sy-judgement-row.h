/* sy-judgement-row.h: what a person answers and judges of one criterion
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "sy-assumptions.h"

G_BEGIN_DECLS

#define SY_TYPE_JUDGEMENT_ROW (sy_judgement_row_get_type ())
G_DECLARE_FINAL_TYPE (SyJudgementRow, sy_judgement_row, SY, JUDGEMENT_ROW, AdwExpanderRow)

/**
 * SyJudgementRow:
 *
 * The checklist of a criterion with an answer for each of the two, why, and how
 * far off it may be. Writes into the assumptions as one answers.
 */
GtkWidget *sy_judgement_row_new (SyAssumptions *assumptions, const SyCriterionKind *kind);

/* What the two are called; safe to show. */
void       sy_judgement_row_set_names (SyJudgementRow *self, const char *a, const char *b);

G_END_DECLS
