/* sy-trap-badge.c: what is easily misread about a backend
 *
 * Metrics that share a warning share a row. The list is made when the traps
 * change, which is rare.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-trap-badge.h"

#include <glib/gi18n.h>

#include "sy-sentence.h"
#include "sy-text.h"

#define LINE_CHARS 36
#define MIN_LINE_CHARS 24
#define MAX_LIST_HEIGHT 360
#define MAX_METRICS 6

struct _SyTrapBadge
{
  GtkWidget parent_instance;

  SyBackend *backend; /* owned, nullable */
  GtkWidget *button;
  GtkWidget *count;
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (SyTrapBadge, sy_trap_badge, GTK_TYPE_WIDGET)

static const SyTrap *
get_trap (const GPtrArray *traps,
          guint            index)
{
  return g_ptr_array_index (traps, index);
}

/* Whether an earlier one says the same of another metric. */
static gboolean
is_repeated (const GPtrArray *traps,
             guint            index)
{
  for (guint i = 0; i < index; i++)
    if (g_str_equal (get_trap (traps, i)->message, get_trap (traps, index)->message))
      return TRUE;

  return FALSE;
}

static guint
count_rows (const GPtrArray *traps)
{
  guint n = 0;

  for (guint i = 0; i < traps->len; i++)
    n += is_repeated (traps, i) ? 0 : 1;

  return n;
}

/* "a, b, c and 19 more": the metrics that the warning at @index is about. */
static char *
dup_metrics (const GPtrArray *traps,
             guint            index)
{
  GString *text = g_string_new (NULL);
  guint n = 0;

  for (guint i = index; i < traps->len; i++)
    {
      g_autofree char *metric = sy_display_text (get_trap (traps, i)->metric, -1, 120);

      if (*metric == '\0' || !g_str_equal (get_trap (traps, i)->message, get_trap (traps, index)->message))
        continue;
      n++;
      if (n <= MAX_METRICS)
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", metric);
    }

  if (n > MAX_METRICS)
    /* Translators: after a list of names that is cut short: "a, b, c and 19 more" */
    g_string_append_printf (text, ngettext (" and %u more", " and %u more", n - MAX_METRICS), n - MAX_METRICS);

  return g_string_free (text, FALSE);
}

/* A sentence of the engine or of a recogniser file, in the reader's language
 * where there is a translation, safe to show. */
static char *
dup_sentence (const char *text)
{
  return sy_sentence_dup_safe (_(text), 400);
}

static GtkWidget *
make_label (const char *text,
            const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_width_chars (GTK_LABEL (label), MIN_LINE_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (label), LINE_CHARS);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

static GtkWidget *
make_row (const GPtrArray *traps,
          guint            index)
{
  const SyTrap *trap = get_trap (traps, index);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *message = dup_sentence (trap->message);
  g_autofree char *fix = dup_sentence (trap->fix);
  g_autofree char *metrics = dup_metrics (traps, index);
  g_autofree char *name = g_strdup_printf ("%s. %s. %s", message, metrics, fix);

  gtk_box_append (GTK_BOX (box), make_label (message, "heading"));
  if (*metrics != '\0')
    gtk_box_append (GTK_BOX (box), make_label (metrics, "caption"));
  gtk_box_append (GTK_BOX (box), make_label (fix, NULL));

  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return row;
}

static void
name_button (SyTrapBadge *self,
             guint        n)
{
  g_autofree char *backend = sy_display_text (sy_backend_get_name (self->backend), -1, 80);
  g_autofree char *label = NULL;

  /* Translators: what is easily misread about a backend: "3 warnings about Orders" */
  label = g_strdup_printf (ngettext ("%1$u warning about %2$s", "%1$u warnings about %2$s", n), n, backend);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_tooltip_text (self->button, label);
}

static void
refresh (SyTrapBadge *self)
{
  const GPtrArray *traps = sy_backend_get_traps (self->backend);
  guint n = count_rows (traps);
  g_autofree char *count = g_strdup_printf ("%u", n);
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);

  for (guint i = 0; i < traps->len; i++)
    if (!is_repeated (traps, i))
      gtk_list_box_append (GTK_LIST_BOX (self->list), make_row (traps, i));

  gtk_label_set_text (GTK_LABEL (self->count), count);
  name_button (self, n);
  if (n == 0)
    gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
}

static GtkWidget *
make_popover (SyTrapBadge *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *window = gtk_scrolled_window_new ();

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Warnings"), -1);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (window), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (window), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (window), MAX_LIST_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (window), self->list);
  gtk_popover_set_child (GTK_POPOVER (popover), window);
  gtk_widget_add_css_class (popover, "trap-popover");

  return popover;
}

static void
sy_trap_badge_dispose (GObject *object)
{
  SyTrapBadge *self = SY_TRAP_BADGE (object);

  g_clear_object (&self->backend);
  g_clear_pointer (&self->button, gtk_widget_unparent);

  G_OBJECT_CLASS (sy_trap_badge_parent_class)->dispose (object);
}

static void
sy_trap_badge_class_init (SyTrapBadgeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sy_trap_badge_dispose;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
sy_trap_badge_init (SyTrapBadge *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  self->count = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->count, "numeric");
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  gtk_box_append (GTK_BOX (content), self->count);

  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), content);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), make_popover (self));
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "small-button");
  gtk_widget_add_css_class (self->button, "trap-badge");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
sy_trap_badge_set_backend (SyTrapBadge *self,
                           SyBackend   *backend)
{
  g_return_if_fail (self->backend == NULL);

  self->backend = g_object_ref (backend);
  g_signal_connect_object (backend, "traps-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (backend, "notify::name", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}

char *
sy_trap_badge_dup_text (SyTrapBadge *self)
{
  const GPtrArray *traps = sy_backend_get_traps (self->backend);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < traps->len; i++)
    {
      g_autofree char *message = dup_sentence (get_trap (traps, i)->message);
      g_autofree char *fix = dup_sentence (get_trap (traps, i)->fix);
      g_autofree char *metrics = dup_metrics (traps, i);

      if (!is_repeated (traps, i))
        g_string_append_printf (text, "%s\n%s\n%s\n\n", message, metrics, fix);
    }

  return g_string_free (text, FALSE);
}
