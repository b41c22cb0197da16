/* sy-provenance-button.c: opens how a number was computed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-provenance-button.h"

#include <glib/gi18n.h>

#include "sy-evidence-mark.h"
#include "sy-sentence.h"
#include "sy-text.h"

#define LINE_CHARS 40
#define MIN_LINE_CHARS 24
#define MAX_HEIGHT 400

struct _SyProvenanceButton
{
  GtkWidget parent_instance;

  SyProvenance *provenance; /* owned, nullable */
  GtkWidget    *button;
  GtkWidget    *label;      /* the number */
  GtkWidget    *icon;       /* instead of a number */
  GtkWidget    *content;    /* of the popover */
};

G_DEFINE_FINAL_TYPE (SyProvenanceButton, sy_provenance_button, GTK_TYPE_WIDGET)

static GtkWidget *
make_label (const char *text,
            const char *css_class)
{
  g_autofree char *safe = sy_sentence_dup_safe (text, SY_DISPLAY_TEXT_MAX);
  GtkWidget *label = gtk_label_new (safe);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_width_chars (GTK_LABEL (label), MIN_LINE_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (label), LINE_CHARS);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

/* "Capacity of a copy: 820/s" over "■ Measured" over where it comes from. */
static GtkWidget *
make_input (const SyProvenanceInput *input)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  /* Translators: an input of a formula and its value: "Capacity of a copy: 820/s" */
  g_autofree char *text = g_strdup_printf (_("%1$s: %2$s"), input->name, input->value);
  GtkWidget *source;

  gtk_box_append (GTK_BOX (box), make_label (text, "numeric"));
  gtk_box_append (GTK_BOX (box), sy_evidence_mark_new (input->cls));

  if (input->source != NULL)
    {
      source = make_label (input->source, "caption");
      gtk_widget_add_css_class (source, "dim-label");
      gtk_box_append (GTK_BOX (box), source);
    }

  return box;
}

static void
copy_cb (SyProvenanceButton *self)
{
  g_autofree char *text = sy_provenance_dup_text (self->provenance);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static void
clear_content (SyProvenanceButton *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->content)) != NULL)
    gtk_box_remove (GTK_BOX (self->content), child);
}

static void
fill_cb (SyProvenanceButton *self)
{
  GtkWidget *copy;

  clear_content (self);

  if (self->provenance == NULL)
    return;

  gtk_box_append (GTK_BOX (self->content), make_label (self->provenance->title, "heading"));
  gtk_box_append (GTK_BOX (self->content), make_label (self->provenance->formula, NULL));
  gtk_box_append (GTK_BOX (self->content), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));

  for (guint i = 0; i < self->provenance->inputs->len; i++)
    gtk_box_append (GTK_BOX (self->content), make_input (g_ptr_array_index (self->provenance->inputs, i)));

  copy = gtk_button_new_with_mnemonic (_("_Copy"));
  gtk_widget_set_halign (copy, GTK_ALIGN_START);
  g_signal_connect_object (copy, "clicked", G_CALLBACK (copy_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->content), copy);
}

static GtkWidget *
make_popover (SyProvenanceButton *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *window = gtk_scrolled_window_new ();

  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_margin_top (self->content, 6);
  gtk_widget_set_margin_bottom (self->content, 6);
  gtk_widget_set_margin_start (self->content, 6);
  gtk_widget_set_margin_end (self->content, 6);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (window), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (window), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (window), MAX_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (window), self->content);
  gtk_popover_set_child (GTK_POPOVER (popover), window);
  g_signal_connect_object (popover, "show", G_CALLBACK (fill_cb), self, G_CONNECT_SWAPPED);
  return popover;
}

/* "$1,195. How Hosting a month was computed"; an icon that explains nothing is not
 * shown. */
static void
update_button (SyProvenanceButton *self)
{
  const char *text = gtk_label_get_text (GTK_LABEL (self->label));
  const char *title = self->provenance != NULL ? self->provenance->title : "";
  g_autofree char *tip = NULL;
  g_autofree char *name = NULL;

  /* Translators: %s is the name of a number: "How this was computed: Hosting a month" */
  tip = g_strdup_printf (_("How this was computed: %s"), title);
  name = *text != '\0' ? g_strdup_printf ("%s. %s", text, tip) : g_strdup (tip);

  gtk_widget_set_visible (self->button, self->provenance != NULL || *text != '\0');
  gtk_widget_set_sensitive (self->button, self->provenance != NULL);
  gtk_widget_set_tooltip_text (self->button, self->provenance != NULL ? tip : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->provenance != NULL ? name : text, -1);
}

static void
sy_provenance_button_dispose (GObject *object)
{
  SyProvenanceButton *self = SY_PROVENANCE_BUTTON (object);

  g_clear_pointer (&self->provenance, sy_provenance_free);
  g_clear_pointer (&self->button, gtk_widget_unparent);

  G_OBJECT_CLASS (sy_provenance_button_parent_class)->dispose (object);
}

static void
sy_provenance_button_class_init (SyProvenanceButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sy_provenance_button_dispose;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
sy_provenance_button_init (SyProvenanceButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_widget_add_css_class (self->label, "numeric");
  gtk_widget_set_visible (self->label, FALSE);
  self->icon = gtk_image_new_from_icon_name ("help-about-symbolic");
  gtk_box_append (GTK_BOX (box), self->label);
  gtk_box_append (GTK_BOX (box), self->icon);

  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), box);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), make_popover (self));
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "small-button");
  gtk_widget_add_css_class (self->button, "provenance");
  gtk_widget_set_visible (self->button, FALSE);
  gtk_widget_set_sensitive (self->button, FALSE);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

GtkWidget *
sy_provenance_button_new (void)
{
  return g_object_new (SY_TYPE_PROVENANCE_BUTTON, NULL);
}

void
sy_provenance_button_set_text (SyProvenanceButton *self,
                               const char         *text)
{
  g_return_if_fail (SY_IS_PROVENANCE_BUTTON (self));

  gtk_label_set_text (GTK_LABEL (self->label), text != NULL ? text : "");
  gtk_widget_set_visible (self->label, text != NULL);
  gtk_widget_set_visible (self->icon, text == NULL);
  update_button (self);
}

void
sy_provenance_button_set (SyProvenanceButton *self,
                          SyProvenance       *provenance)
{
  g_return_if_fail (SY_IS_PROVENANCE_BUTTON (self));

  g_clear_pointer (&self->provenance, sy_provenance_free);
  self->provenance = provenance;
  update_button (self);

  /* What is open must not show what no longer holds. */
  clear_content (self);
  if (gtk_widget_get_visible (GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (self->button)))))
    fill_cb (self);
}

const SyProvenance *
sy_provenance_button_get (SyProvenanceButton *self)
{
  g_return_val_if_fail (SY_IS_PROVENANCE_BUTTON (self), NULL);

  return self->provenance;
}
