/* sy-evidence-class.h: where a number comes from
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Strongest first. Every number that enters a decision carries one. */
typedef enum {
  SY_EVIDENCE_MEASURED, /* by us, on the deployments at hand */
  SY_EVIDENCE_PRICED,   /* from a dated price list */
  SY_EVIDENCE_CHECKED,  /* against a list of facts: is there a client for it? */
  SY_EVIDENCE_USER,     /* typed by the person, who knows */
  SY_EVIDENCE_JUDGED,   /* typed by the person, who estimates */
  SY_EVIDENCE_ASSUMED,  /* a default of ours */
  SY_N_EVIDENCE_CLASSES
} SyEvidenceClass;

/* "MEASURED", …; stable in files. */
const char *sy_evidence_class_to_string   (SyEvidenceClass self);

/* FALSE for another word. */
gboolean    sy_evidence_class_from_string (const char *text, SyEvidenceClass *ret_class);

G_END_DECLS
