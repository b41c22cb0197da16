/* sy-verdict-popover.c: how a verdict was reached
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-verdict-popover.h"

#include <glib/gi18n.h>
#include <string.h>

#define MIN_CHARS 26
#define MAX_CHARS 56
#define MAX_HEIGHT 480

static void
add_line (GtkWidget  *box,
          const char *text,
          const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_width_chars (GTK_LABEL (label), MIN_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_CHARS);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
}

static void
add_lines (GtkWidget       *box,
           const char      *heading,
           const GPtrArray *lines)
{
  if (lines->len == 0)
    return;

  add_line (box, heading, "heading");
  for (guint i = 0; i < lines->len; i++)
    add_line (box, g_ptr_array_index (lines, i), NULL);
}

static void
add_gates (GtkWidget       *box,
           const SyVerdict *verdict)
{
  if (verdict->gates->len > 0)
    add_line (box, _("What was checked"), "heading");

  for (guint i = 0; i < verdict->gates->len; i++)
    {
      const SyGate *gate = g_ptr_array_index (verdict->gates, i);
      const gboolean passed = gate->effect == SY_GATE_PASSED;
      g_autofree char *text = g_strdup_printf ("%s %s: %s", passed ? "✓" : "⚠", gate->message, gate->evidence);

      add_line (box, text, NULL);
      if (!passed && gate->remedy != NULL)
        add_line (box, gate->remedy, "dim-label");
    }
}

GtkWidget *
sy_verdict_popover_new (const SyVerdict *verdict)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  add_lines (box, _("What it rests on"), verdict->reasons);
  add_lines (box, _("What stands against it"), verdict->against);
  if (verdict->would_change != NULL)
    {
      add_line (box, _("What would change it"), "heading");
      add_line (box, verdict->would_change, NULL);
    }
  add_gates (box, verdict);

  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), MAX_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_popover_set_child (GTK_POPOVER (popover), scrolled);
  return popover;
}
