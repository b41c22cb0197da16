/* sy-cost-words.h: what the costs say, in sentences and formulas
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-cost-sheet.h"
#include "sy-ownership-sum.h"

G_BEGIN_DECLS

/* Pure functions. All texts are translated and plain; those that are dup_ are
 * (transfer full). Names are those of deployments, never of languages. */

const char   *sy_cost_factor_get_title (SyCostFactor factor); /* "Hosting", "People", … */

/* Who costs less over the years, by how much, and how sure that is. */
char         *sy_cost_words_dup_headline (const SyCostSheet *sheet);

/* What is left out and why; NULL: nothing. */
char         *sy_cost_words_dup_omitted  (const SyCostSheet *sheet);

/* What stands against the prices; NULL: nothing. */
char         *sy_cost_words_dup_prices   (const SyCostSheet *sheet);

/* Which input moves the difference most, and which the least. */
char         *sy_cost_words_dup_tornado  (const SyCostSheet *sheet);

/* The break-evens of the decision: "Both cost the same at …", a line for each,
 * and those that have none in range; NULL without any. */
char         *sy_cost_words_dup_break_evens (const SyCostSheet *sheet);

/* Lines of the table of a month. */
typedef enum {
  SY_COST_ROW_CAPACITY,
  SY_COST_ROW_REPLICAS,
  SY_COST_ROW_NODES,
  SY_COST_ROW_COMPUTE,
  SY_COST_ROW_BALANCER,
  SY_COST_ROW_EGRESS,
  SY_COST_ROW_TOTAL,
  SY_COST_ROW_PER_MILLION,
  SY_N_COST_ROWS
} SyCostRow;

const char   *sy_cost_row_get_title    (SyCostRow row);

/* The figure of @side; @ret_interval (nullable, transfer full) where it may lie,
 * NULL where nothing is doubted. */
char         *sy_cost_row_dup_figure   (const SyCostSheet *sheet, SyCostRow row, guint side, char **ret_interval);

/* (transfer full) */
SyProvenance *sy_cost_row_explain      (const SyCostSheet *sheet, SyCostRow row, guint side);

/* The net present value of @side, and of the difference. (transfer full) */
SyProvenance *sy_cost_explain_years      (const SyCostSheet *sheet, guint side);
SyProvenance *sy_cost_explain_difference (const SyCostSheet *sheet);

G_END_DECLS
