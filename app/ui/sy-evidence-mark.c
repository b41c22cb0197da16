/* sy-evidence-mark.c: how strong a number is, by shape and by word
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-evidence-mark.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *shape;
  const char *title;
  const char *meaning;
} Row;

static const Row rows[SY_N_EVIDENCE_CLASSES] = {
  /* Translators: a number that this program measured */
  [SY_EVIDENCE_MEASURED] = { "■", N_("Measured"), N_("Measured here, on these deployments") },
  /* Translators: a number from a dated price list */
  [SY_EVIDENCE_PRICED] = { "▤", N_("Priced"), N_("From a price list with a date") },
  /* Translators: a number that follows from a list of facts somebody went through */
  [SY_EVIDENCE_CHECKED] = { "☑", N_("Checked"), N_("Checked against a list of facts") },
  /* Translators: a number that the person using the program typed and knows */
  [SY_EVIDENCE_USER] = { "◧", N_("Stated"), N_("Stated by you, who know it") },
  /* Translators: a number that the person using the program estimated */
  [SY_EVIDENCE_JUDGED] = { "△", N_("Judged"), N_("Your estimate, with a range") },
  /* Translators: a number that nobody stated and the program takes for granted */
  [SY_EVIDENCE_ASSUMED] = { "○", N_("Assumed"), N_("A default of this program; yours may differ") },
};

const char *
sy_evidence_mark_get_title (SyEvidenceClass cls)
{
  g_return_val_if_fail ((guint) cls < SY_N_EVIDENCE_CLASSES, NULL);

  return _(rows[cls].title);
}

const char *
sy_evidence_mark_get_shape (SyEvidenceClass cls)
{
  g_return_val_if_fail ((guint) cls < SY_N_EVIDENCE_CLASSES, NULL);

  return rows[cls].shape;
}

const char *
sy_evidence_mark_get_meaning (SyEvidenceClass cls)
{
  g_return_val_if_fail ((guint) cls < SY_N_EVIDENCE_CLASSES, NULL);

  return _(rows[cls].meaning);
}

void
sy_evidence_mark_set (GtkWidget       *mark,
                      SyEvidenceClass  cls)
{
  g_autofree char *text = NULL;

  g_return_if_fail (GTK_IS_LABEL (mark));
  g_return_if_fail ((guint) cls < SY_N_EVIDENCE_CLASSES);

  text = g_strdup_printf ("%s\u00a0%s", rows[cls].shape, _(rows[cls].title));
  gtk_label_set_text (GTK_LABEL (mark), text);
  gtk_widget_set_tooltip_text (mark, _(rows[cls].meaning));
  /* A screen reader would spell the shape. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (mark), GTK_ACCESSIBLE_PROPERTY_LABEL, _(rows[cls].title),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _(rows[cls].meaning), -1);
}

GtkWidget *
sy_evidence_mark_new (SyEvidenceClass cls)
{
  GtkWidget *mark = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (mark), 0);
  gtk_widget_add_css_class (mark, "caption");
  gtk_widget_add_css_class (mark, "evidence-mark");
  sy_evidence_mark_set (mark, cls);
  return mark;
}
