/* test-narrow.c: what has to fit into 360 pixels, however long its words are
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>

#include "sy-columns-box.h"
#include "sy-first-run-page.h"
#include "sy-recording-list.h"

#define NARROW 360
#define LONG_TEXT "What deceives: two loads, one after the other, a restart in between, and one server that is listed twice"

/* Every button below @root gets a long label. Returns how many there are. */
static guint
lengthen (GtkWidget *root)
{
  guint n = 0;

  if (GTK_IS_BUTTON (root) && gtk_button_get_label (GTK_BUTTON (root)) != NULL)
    {
      gtk_label_set_label (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (root))), LONG_TEXT);
      n++;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += lengthen (child);

  return n;
}

static int
get_least_width (GtkWidget *widget)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

/* The recordings that come with the program have whole sentences for names. */
static void
test_examples (void)
{
  g_autoptr (GtkWidget) list = g_object_ref_sink (g_object_new (SY_TYPE_RECORDING_LIST, NULL));
  GtkWidget *examples = GTK_WIDGET (gtk_widget_get_template_child (list, SY_TYPE_RECORDING_LIST, "examples"));

  g_assert_cmpuint (lengthen (examples), ==, 2);
  gtk_widget_set_visible (examples, TRUE);
  g_assert_cmpint (get_least_width (list), <=, NARROW);
}

static void
test_first_run (void)
{
  g_autoptr (GtkWidget) page = g_object_ref_sink (g_object_new (SY_TYPE_FIRST_RUN_PAGE, NULL));

  g_assert_cmpuint (lengthen (page), >=, 3);
  sy_first_run_page_set_real_is_possible (SY_FIRST_RUN_PAGE (page), TRUE);
  g_assert_cmpint (get_least_width (page), <=, NARROW);
}

/* Two that want 316 pixels each do not share 600, although two columns of 280 would fit. */
static void
test_columns (void)
{
  g_autoptr (GtkWidget) box = g_object_ref_sink (sy_columns_box_new (280, 12, 6));
  int minimum;

  for (int i = 0; i < 2; i++)
    {
      GtkWidget *child = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

      gtk_widget_set_size_request (child, 316, 40);
      sy_columns_box_insert (SY_COLUMNS_BOX (box), child, -1);
    }

  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, 600, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, 40 + 6 + 40);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, 644, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, 40);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/narrow/columns", test_columns);
  g_test_add_func ("/ui/narrow/examples", test_examples);
  g_test_add_func ("/ui/narrow/first-run", test_first_run);
  return g_test_run ();
}
