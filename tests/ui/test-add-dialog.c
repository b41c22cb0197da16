/* test-add-dialog.c: what the dialog offers follows the address
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>

#include "sy-add-dialog.h"

/* One that pushes is sent no credential. */
static void
test_authentication (void)
{
  static const struct {
    const char *address;
    gboolean    is_asked;
  } cases[] = {
    { "", TRUE },
    { "127.0.0.1:8000", TRUE },
    { "otlp://127.0.0.1:4318/orders", FALSE },
    { "https://example.org/metrics", TRUE },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (SyClock) clock = sy_clock_new_manual (0, 0);
  g_autoptr (SySession) session = sy_session_new (clock, &error);
  GtkWidget *dialog;
  GObject *address;
  GObject *button;

  g_assert_no_error (error);
  dialog = sy_add_dialog_new (NULL, session);
  address = gtk_widget_get_template_child (dialog, SY_TYPE_ADD_DIALOG, "address");
  button = gtk_widget_get_template_child (dialog, SY_TYPE_ADD_DIALOG, "authenticate_button");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gtk_editable_set_text (GTK_EDITABLE (address), cases[i].address);
      g_assert_true (gtk_widget_get_sensitive (GTK_WIDGET (button)) == cases[i].is_asked);
    }

  gtk_window_destroy (GTK_WINDOW (dialog));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/add-dialog/authentication", test_authentication);
  return g_test_run ();
}
