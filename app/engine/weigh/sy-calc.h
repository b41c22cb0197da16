/* sy-calc.h: the functions of the model by name, JSON in and JSON out
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-calc-inputs.h"

G_BEGIN_DECLS

/* Reads what it needs from @in and adds its answers to @out. A fault of the
 * inputs is said to @in; the answers do not matter then. */
typedef void (*SyCalcFunc) (SyCalcInputs *in, JsonObject *out);

typedef struct {
  const char *name;    /* stable: scripts call it by that */
  const char *summary; /* one line, with the units of inputs and answers */
  SyCalcFunc  func;
} SyCalcFunction;

/* The families, each ended by a NULL name. */
extern const SyCalcFunction SY_CALC_CAPACITY[];
extern const SyCalcFunction SY_CALC_COST[];
extern const SyCalcFunction SY_CALC_DECISION[];
extern const SyCalcFunction SY_CALC_RANKING[];
extern const SyCalcFunction SY_CALC_SEQUENCE[];
extern const SyCalcFunction SY_CALC_STATISTICS[];
extern const SyCalcFunction SY_CALC_TCO[];
extern const SyCalcFunction SY_CALC_USL[];
extern const SyCalcFunction SY_CALC_VALUES[];

/* NULL: there is no such function. */
const SyCalcFunction *sy_calc_find (const char *name);

/* All of them in order, ended by NULL. (transfer container) */
const SyCalcFunction **sy_calc_list (void);

/* Inputs to try it with, a JSON object; NULL: there is no such function. */
const char *sy_calc_get_example (const char *name);

/* Evaluates one function. The same inputs give the same answers, always: what
 * is random takes its seed from the inputs. A number that JSON cannot hold is a
 * double in the answer; "does not exist" is null. Errors: SY_ERROR_INVALID, for
 * an unknown name or an input that is missing or out of range.
 * Returns: (transfer full) */
JsonObject *sy_calc_run (const char *name, JsonObject *inputs, GError **error);

G_END_DECLS
