/* sy-provenance.h: how a number was computed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "sy-evidence-class.h"

G_BEGIN_DECLS

/* What went into a number. All texts are for people, translated and plain. */
typedef struct {
  char           *name;   /* (owned): "Capacity of a copy" */
  char           *value;  /* (owned): "820/s" */
  SyEvidenceClass cls;
  char           *source; /* (owned) (nullable): where the value comes from */
} SyProvenanceInput;

/**
 * SyProvenance:
 *
 * A number's name, its formula, and the inputs in the order of the formula.
 */
typedef struct {
  char      *title;   /* (owned): "Hosting a month, Orders" */
  char      *formula; /* (owned) */
  GPtrArray *inputs;  /* (owned) (element-type SyProvenanceInput) */
} SyProvenance;

/* The texts are copied. */
SyProvenance *sy_provenance_new      (const char *title, const char *formula);
void          sy_provenance_add      (SyProvenance *self, const char *name, const char *value,
                                      SyEvidenceClass cls, const char *source);
SyProvenance *sy_provenance_copy     (const SyProvenance *self);
void          sy_provenance_free     (SyProvenance *self);

/* The class of the weakest input: what the number itself may claim. Without
 * inputs SY_EVIDENCE_ASSUMED. */
SyEvidenceClass sy_provenance_get_class (const SyProvenance *self);

/* All of it as plain text, to be copied or read aloud. (transfer full) */
char         *sy_provenance_dup_text (const SyProvenance *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyProvenance, sy_provenance_free)

G_END_DECLS
