/* sy-label.c: labels that may have nothing to say
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-label.h"

void
sy_label_set_text (GtkWidget  *label,
                   const char *text)
{
  const gboolean is_empty = text == NULL || *text == '\0';

  gtk_label_set_text (GTK_LABEL (label), is_empty ? "" : text);
  gtk_accessible_update_state (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_STATE_HIDDEN, is_empty, -1);
}
