/* sy-live-strip.c: the simple answer first
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-live-strip.h"

#include <glib/gi18n.h>

#include "sy-columns-box.h"

struct _SyLiveStrip
{
  GtkWidget parent_instance;

  char *notice; /* owned, nullable */
  char *caveat_text; /* owned, nullable */

  /* Template */
  GtkWidget *content;
  GtkWidget *sentence;
  GtkWidget *caveat;
  GtkWidget *demo_button;
  GtkWidget *demo_label;
};

G_DEFINE_FINAL_TYPE (SyLiveStrip, sy_live_strip, GTK_TYPE_WIDGET)

/* Labels that did not change are not laid out again. */
static void
set_text (GtkWidget  *label,
          const char *text)
{
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (label)), text) != 0)
    gtk_label_set_text (GTK_LABEL (label), text);
}

static void
update_caveat (SyLiveStrip *self)
{
  set_text (self->caveat, self->notice != NULL ? self->notice : self->caveat_text != NULL ? self->caveat_text : "");
}

static void
sy_live_strip_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SY_TYPE_LIVE_STRIP);

  G_OBJECT_CLASS (sy_live_strip_parent_class)->dispose (object);
}

static void
sy_live_strip_finalize (GObject *object)
{
  SyLiveStrip *self = SY_LIVE_STRIP (object);

  g_free (self->notice);
  g_free (self->caveat_text);

  G_OBJECT_CLASS (sy_live_strip_parent_class)->finalize (object);
}

static void
sy_live_strip_class_init (SyLiveStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sy_live_strip_dispose;
  G_OBJECT_CLASS (klass)->finalize = sy_live_strip_finalize;

  g_type_ensure (SY_TYPE_COLUMNS_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/steelyard/ui/sy-live-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, SyLiveStrip, content);
  gtk_widget_class_bind_template_child (widget_class, SyLiveStrip, sentence);
  gtk_widget_class_bind_template_child (widget_class, SyLiveStrip, caveat);
  gtk_widget_class_bind_template_child (widget_class, SyLiveStrip, demo_button);
  gtk_widget_class_bind_template_child (widget_class, SyLiveStrip, demo_label);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
sy_live_strip_init (SyLiveStrip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
sy_live_strip_set_sides (SyLiveStrip         *self,
                         const SySummarySide *sides,
                         guint                n)
{
  g_autofree char *sentence = sy_summary_dup_sentence (sides, n);

  g_free (self->caveat_text);
  self->caveat_text = sy_summary_dup_caveat (sides, n);
  set_text (self->sentence, sentence);
  update_caveat (self);
}

void
sy_live_strip_set_notice (SyLiveStrip *self,
                          const char  *text)
{
  g_free (self->notice);
  self->notice = g_strdup (text);
  update_caveat (self);
}

void
sy_live_strip_set_demo (SyLiveStrip *self,
                        const char  *label,
                        GMenuModel  *menu)
{
  gtk_widget_set_visible (self->demo_button, label != NULL);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->demo_button), menu);

  if (label != NULL)
    {
      g_autofree char *text = NULL;

      /* Translators: a badge, "Demo: Node.js and Python" */
      text = g_strdup_printf (_("Demo: %s"), label);
      set_text (self->demo_label, text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->demo_button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
    }
}
