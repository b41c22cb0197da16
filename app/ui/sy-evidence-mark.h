/* sy-evidence-mark.h: how strong a number is, by shape and by word
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "sy-evidence-class.h"

G_BEGIN_DECLS

/* "Measured", "Priced", … Translated, static. */
const char *sy_evidence_mark_get_title   (SyEvidenceClass cls);

/* One character: full for what was measured, emptier the weaker it is. None is
 * a disc or a diamond, which stand for A and B. */
const char *sy_evidence_mark_get_shape   (SyEvidenceClass cls);

/* What the class means, in a sentence. Translated, static. */
const char *sy_evidence_mark_get_meaning (SyEvidenceClass cls);

/* A label of shape and word, with the meaning as its tooltip. */
GtkWidget  *sy_evidence_mark_new         (SyEvidenceClass cls);

/* Changes what such a label says. */
void        sy_evidence_mark_set         (GtkWidget *mark, SyEvidenceClass cls);

G_END_DECLS
