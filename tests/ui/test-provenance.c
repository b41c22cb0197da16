/* test-provenance.c: a number opens how it was computed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "sy-evidence-mark.h"
#include "sy-provenance-button.h"

static SyProvenance *
make_provenance (void)
{
  SyProvenance *provenance = sy_provenance_new ("Copies", "peak ÷ (capacity × utilisation), and a spare");

  sy_provenance_add (provenance, "Peak", "3,000/s", SY_EVIDENCE_USER, NULL);
  sy_provenance_add (provenance, "Capacity", "820/s", SY_EVIDENCE_MEASURED, "here, in 24 windows");
  return provenance;
}

/* The words are told apart without colour: no shape and no word stands twice. */
static void
test_marks (void)
{
  for (guint a = 0; a < SY_N_EVIDENCE_CLASSES; a++)
    {
      g_assert_cmpuint (g_utf8_strlen (sy_evidence_mark_get_shape (a), -1), ==, 1);
      g_assert_cmpstr (sy_evidence_mark_get_meaning (a), !=, "");

      for (guint b = 0; b < a; b++)
        {
          g_assert_cmpstr (sy_evidence_mark_get_shape (a), !=, sy_evidence_mark_get_shape (b));
          g_assert_cmpstr (sy_evidence_mark_get_title (a), !=, sy_evidence_mark_get_title (b));
        }
    }
}

static void
test_weakest (void)
{
  g_autoptr (SyProvenance) provenance = make_provenance ();
  g_autoptr (SyProvenance) empty = sy_provenance_new ("Nothing", "");
  g_autoptr (SyProvenance) copy = NULL;

  g_assert_cmpint (sy_provenance_get_class (provenance), ==, SY_EVIDENCE_USER);
  sy_provenance_add (provenance, "Utilisation", "70 %", SY_EVIDENCE_ASSUMED, "a design choice");
  g_assert_cmpint (sy_provenance_get_class (provenance), ==, SY_EVIDENCE_ASSUMED);
  g_assert_cmpint (sy_provenance_get_class (empty), ==, SY_EVIDENCE_ASSUMED);

  copy = sy_provenance_copy (provenance);
  g_assert_cmpuint (copy->inputs->len, ==, 3);
}

static void
test_text (void)
{
  g_autoptr (SyProvenance) provenance = make_provenance ();
  g_autofree char *text = sy_provenance_dup_text (provenance);

  g_assert_cmpstr (text, ==,
                   "Copies\n"
                   "peak ÷ (capacity × utilisation), and a spare\n"
                   "Peak: 3,000/s (Stated)\n"
                   "Capacity: 820/s (Measured: here, in 24 windows)\n");
}

static guint
count_labels (GtkWidget  *widget,
              const char *text)
{
  guint n = GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_labels (child, text);

  return n;
}

static GtkMenuButton *
get_menu_button (GtkWidget *button)
{
  return GTK_MENU_BUTTON (gtk_widget_get_first_child (button));
}

/* It is filled when it opens, follows what it is told, and closes with nothing
 * left behind. */
static void
test_button (void)
{
  GtkWidget *window = g_object_ref_sink (gtk_window_new ());
  GtkWidget *button = sy_provenance_button_new ();
  GtkWidget *popover = GTK_WIDGET (gtk_menu_button_get_popover (get_menu_button (button)));

  gtk_window_set_child (GTK_WINDOW (window), button);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (get_menu_button (button))));
  sy_provenance_button_set_text (SY_PROVENANCE_BUTTON (button), "7 copies");
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (get_menu_button (button))));
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (get_menu_button (button))));
  g_assert_cmpuint (count_labels (button, "7 copies"), ==, 1);

  sy_provenance_button_set (SY_PROVENANCE_BUTTON (button), make_provenance ());
  g_assert_true (gtk_widget_get_sensitive (GTK_WIDGET (get_menu_button (button))));
  g_assert_cmpuint (count_labels (popover, "Capacity: 820/s"), ==, 0);

  gtk_menu_button_popup (get_menu_button (button));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (count_labels (popover, "Capacity: 820/s"), ==, 1);
  g_assert_cmpuint (count_labels (popover, "Measured"), ==, 1);
  g_assert_cmpuint (count_labels (popover, "here, in 24 windows"), ==, 1);

  sy_provenance_button_set (SY_PROVENANCE_BUTTON (button), NULL);
  g_assert_cmpuint (count_labels (popover, "Capacity: 820/s"), ==, 0);
  g_assert_null (sy_provenance_button_get (SY_PROVENANCE_BUTTON (button)));
  sy_provenance_button_set_text (SY_PROVENANCE_BUTTON (button), NULL);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (get_menu_button (button))));

  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (window);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/provenance/marks", test_marks);
  g_test_add_func ("/provenance/weakest", test_weakest);
  g_test_add_func ("/provenance/text", test_text);
  g_test_add_func ("/provenance/button", test_button);

  return g_test_run ();
}
