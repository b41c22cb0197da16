/* sy-assumption-row.h: an input of the costs, with its source, open to change
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "sy-appraisal.h"
#include "sy-cost-input.h"

G_BEGIN_DECLS

#define SY_TYPE_ASSUMPTION_ROW (sy_assumption_row_get_type ())
G_DECLARE_FINAL_TYPE (SyAssumptionRow, sy_assumption_row, SY, ASSUMPTION_ROW, AdwExpanderRow)

/**
 * SyAssumptionRow:
 *
 * Closed: the title, what each side's value is and where it comes from, and its
 * class. Open: the value, how low and how high it may be, and whether it is an
 * estimate, for both sides or in common. An empty value is not stated, and what
 * was found or is the default holds again. What cannot be is said beside the
 * entry and changes nothing.
 */
GtkWidget         *sy_assumption_row_new       (SyAppraisal *appraisal, const SyCostInput *input);
const SyCostInput *sy_assumption_row_get_input (SyAssumptionRow *self);

/* Shows what holds now. @labels: of A and B, plain. What somebody is typing is
 * left alone. */
void               sy_assumption_row_refresh   (SyAssumptionRow *self, const char *const labels[2]);

/* States @value for @side (0, 1; either for an input in common) as text, as if
 * it was typed. Errors: SY_ERROR_INVALID. */
gboolean           sy_assumption_row_state     (SyAssumptionRow *self, guint side, const char *value,
                                                const char *low, const char *high, GError **error);

G_END_DECLS
