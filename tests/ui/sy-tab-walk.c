/* sy-tab-walk.c: through a page with the Tab key alone
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sy-tab-walk.h"

#define MAX_STEPS 500

GPtrArray *
sy_tab_walk (GtkWindow *window,
             gboolean   back)
{
  GPtrArray *walk = g_ptr_array_new ();
  GtkWidget *last = NULL;

  gtk_window_set_focus (window, NULL);
  while (gtk_widget_child_focus (gtk_window_get_child (window), back ? GTK_DIR_TAB_BACKWARD : GTK_DIR_TAB_FORWARD))
    {
      GtkWidget *now = gtk_window_get_focus (window);

      g_assert_nonnull (now);
      if (now == last)
        g_error ("a %s keeps the focus", G_OBJECT_TYPE_NAME (now));
      if (walk->len > MAX_STEPS)
        g_error ("Tab never leaves the page; a %s has the focus", G_OBJECT_TYPE_NAME (now));

      g_ptr_array_add (walk, now);
      last = now;
    }

  return walk;
}

gboolean
sy_tab_walk_meets (GPtrArray *walk,
                   GtkWidget *widget)
{
  for (guint i = 0; i < walk->len; i++)
    {
      GtkWidget *met = g_ptr_array_index (walk, i);

      if (met == widget || gtk_widget_is_ancestor (met, widget))
        return TRUE;
    }

  return FALSE;
}

/* What a pointer can use, a key must reach. Parts of larger things are theirs. */
static gboolean
acts (GtkWidget *widget)
{
  return GTK_IS_DROP_DOWN (widget) || GTK_IS_SPIN_BUTTON (widget) || GTK_IS_EDITABLE (widget) || GTK_IS_BUTTON (widget)
         || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_SWITCH (widget);
}

void
sy_tab_walk_assert_meets_all (GPtrArray *walk,
                              GtkWidget *root)
{
  if (!gtk_widget_get_mapped (root) || !gtk_widget_is_sensitive (root))
    return;

  if (acts (root))
    {
      if (!sy_tab_walk_meets (walk, root))
        g_error ("Tab does not lead to a %s (%s)", G_OBJECT_TYPE_NAME (root), gtk_widget_get_tooltip_text (root));
      return;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    sy_tab_walk_assert_meets_all (walk, child);
}
