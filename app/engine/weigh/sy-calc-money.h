/* sy-calc-money.h: reading plans and cases from the inputs of a model function
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-calc-inputs.h"
#include "sy-hosting.h"
#include "sy-ownership-case.h"
#include "sy-sensitivity.h"

G_BEGIN_DECLS

/* The members of vectors' "infra_month" over the defaults of a plan. */
void     sy_calc_read_plan   (SyCalcInputs *in, SyHostingPlan *ret_plan);

/* "tiers" or "egress_tiers": a list of [up to gigabytes, price], the last "inf". */
void     sy_calc_read_tiers  (SyCalcInputs *in, const char *name, SyPriceTier *ret_tiers, guint *ret_n);

/* "alternative" and "common" of one side; an alternative may have a member
 * "hosting" with what else infra_month takes. */
void     sy_calc_read_owner  (SyCalcInputs *in, JsonObject *alternative, SyOwner *ret_owner);
void     sy_calc_read_common (SyCalcInputs *in, JsonObject *common, SyOwnershipCommon *ret_common);

/* "A", "B" and "common", or "refs" to two sets of inputs, or without any the
 * worked example. */
void     sy_calc_read_case   (SyCalcInputs *in, SyOwnershipCase *ret_case);

/* "ranges": a list of [name, low, mode, high]. (transfer full), the names
 * borrowed from the inputs. */
SySensitivityRange *sy_calc_read_ranges (SyCalcInputs *in, guint *ret_n);

/* An object, or the name of a part of the worked example. NULL after a fault. */
JsonObject *sy_calc_read_reference (SyCalcInputs *in, const char *name, JsonNode *node);

G_END_DECLS
