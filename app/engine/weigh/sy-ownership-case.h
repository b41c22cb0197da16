/* sy-ownership-case.h: two alternatives and what they share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-evidence-class.h"
#include "sy-ownership.h"

G_BEGIN_DECLS

/* A plain value: copy it to ask "what if". */
typedef struct {
  SyOwnershipCommon common;
  SyOwner a;
  SyOwner b;
} SyOwnershipCase;

void   sy_ownership_case_init       (SyOwnershipCase *self);

/* Cost of both, over the same lines: what one side cannot say is left out on
 * both, or the difference would compare a whole with a part. Returns: the net
 * present value of A less that of B; above 0, A costs more. */
double sy_ownership_case_compare    (const SyOwnershipCase *self, SyOwnership *ret_a, SyOwnership *ret_b);
double sy_ownership_case_difference (const SyOwnershipCase *self);

/* What is known of an input before anybody typed it. */
typedef struct {
  const char     *name;    /* "salary" */
  const char     *label;   /* for people, in English, for gettext() */
  gboolean        common;  /* of SyOwnershipCommon, else one for each alternative */
  double          value;   /* the default; NAN: none, a person must say */
  double          low;     /* what is plausible; where break-evens are looked for */
  double          high;
  SyEvidenceClass cls;     /* of the default */
  const char     *source;  /* of the default; for people, in English, for gettext() */
} SyOwnershipParameter;

/* All of them in the order of the page. */
const SyOwnershipParameter *sy_ownership_parameters (guint *ret_n);

/* @name is "A.salary", "B.salary", "discount", or "maintenance (both)"; a remark
 * in brackets at its end is passed over. Returns: (nullable) */
const SyOwnershipParameter *sy_ownership_parameter_find (const char *name);

/* FALSE for a name that is none. */
gboolean sy_ownership_case_set (SyOwnershipCase *self, const char *name, double value);

/* Of A when it is of both. NAN for a name that is none. */
double   sy_ownership_case_get (const SyOwnershipCase *self, const char *name);

G_END_DECLS
