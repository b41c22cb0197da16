/* sy-otlp-budget.h: how much may be pushed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-otlp-receiver.h"

G_BEGIN_DECLS

/**
 * SyOtlpBudget:
 *
 * What each service has pushed within this second, and all of them together.
 * The first 32 names have an account of their own, later ones share one. Not
 * thread-safe.
 */
typedef struct _SyOtlpBudget SyOtlpBudget;

SyOtlpBudget *sy_otlp_budget_new    (const SyOtlpLimits *limits);
void          sy_otlp_budget_free   (SyOtlpBudget *self);

/* Before one of @wire_bytes is read, whosoever it is. FALSE: all together push so
 * much that it is not to be read. */
gboolean      sy_otlp_budget_admit  (SyOtlpBudget *self, gsize wire_bytes, gint64 now_us);

/* Counts one push of @bytes, at @now_us of any clock that only goes forward.
 * @service is NULL when it could not be read. FALSE: it is too much. */
gboolean      sy_otlp_budget_charge (SyOtlpBudget *self, const char *service, gsize bytes, gint64 now_us);

G_END_DECLS
