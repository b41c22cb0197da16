/* sy-calc-inputs.h: the inputs of one model function, read with names in the errors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * SyCalcInputs:
 *
 * A JSON object and the first thing that was wrong with it. A function reads
 * all it needs and looks at sy_calc_inputs_ok() once before it computes: after
 * a fault every number is NAN and every list NULL. The strings "+Inf", "-Inf",
 * "inf" and "NaN" stand for the numbers that JSON lacks.
 */
typedef struct {
  JsonObject *object; /* (borrowed) */
  GError     *error;  /* (owned) (nullable): SY_ERROR_INVALID, "NAME: why" */
} SyCalcInputs;

gboolean    sy_calc_inputs_ok         (const SyCalcInputs *in);
gboolean    sy_calc_inputs_has        (const SyCalcInputs *in, const char *name);

/* The first fault wins. */
void        sy_calc_inputs_fail       (SyCalcInputs *in, const char *name, const char *why);

double      sy_calc_inputs_number     (SyCalcInputs *in, const char *name);
double      sy_calc_inputs_number_or  (SyCalcInputs *in, const char *name, double otherwise);

/* A finite number within [low, high]. */
double      sy_calc_inputs_within     (SyCalcInputs *in, const char *name, double low, double high);

/* A whole number within [low, high]. */
guint       sy_calc_inputs_count      (SyCalcInputs *in, const char *name, guint low, guint high);

/* A list of one number or more; a lone number is a list of one. (transfer full) */
double     *sy_calc_inputs_numbers    (SyCalcInputs *in, const char *name, guint *ret_n);

/* The same, of exactly @n. (transfer full) */
double     *sy_calc_inputs_n_numbers  (SyCalcInputs *in, const char *name, guint n);
/* A list of rows of equal length, row after row. (transfer full) */
double     *sy_calc_inputs_matrix     (SyCalcInputs *in, const char *name, guint *ret_rows, guint *ret_columns);
const char *sy_calc_inputs_string     (SyCalcInputs *in, const char *name);
const char *sy_calc_inputs_string_or  (SyCalcInputs *in, const char *name, const char *otherwise);
gboolean    sy_calc_inputs_bool_or    (SyCalcInputs *in, const char *name, gboolean otherwise);

/* NULL after a fault. (transfer none) */
JsonObject *sy_calc_inputs_object     (SyCalcInputs *in, const char *name);
JsonArray  *sy_calc_inputs_array      (SyCalcInputs *in, const char *name);

/* @node as a number; NAN and FALSE when it is none. */
gboolean    sy_calc_node_to_double    (JsonNode *node, double *ret);

/* Answers. */
void        sy_calc_put_numbers       (JsonObject *out, const char *name, const double *values, guint n);

/* null for NAN: the number does not exist. */
void        sy_calc_put_or_null       (JsonObject *out, const char *name, double value);

G_END_DECLS
