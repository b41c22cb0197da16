/* sy-notice-bar.c: something that lasts, in words, with a way on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-notice-bar.h"

#include "sy-button-names.h"
#include "sy-sentence.h"

/* A path and a reason. */
#define MOST_CHARS 600

struct _SyNoticeBar
{
  GtkWidget parent_instance;

  /* Template */
  GtkWidget *content;
  GtkWidget *title;
  GtkWidget *detail;
  GtkWidget *button;
};

enum {
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SyNoticeBar, sy_notice_bar, GTK_TYPE_WIDGET)

static void
set_text (GtkWidget  *label,
          const char *text)
{
  g_autofree char *safe = sy_sentence_dup_safe (text, MOST_CHARS);

  gtk_label_set_text (GTK_LABEL (label), safe);
  gtk_widget_set_visible (label, *safe != '\0');
}

static void
button_cb (SyNoticeBar *self)
{
  sy_notice_bar_clear (self);
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
close_cb (SyNoticeBar *self)
{
  sy_notice_bar_clear (self);
}

static void
sy_notice_bar_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SY_TYPE_NOTICE_BAR);

  G_OBJECT_CLASS (sy_notice_bar_parent_class)->dispose (object);
}

static void
sy_notice_bar_class_init (SyNoticeBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sy_notice_bar_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", SY_TYPE_NOTICE_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/steelyard/ui/sy-notice-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, SyNoticeBar, content);
  gtk_widget_class_bind_template_child (widget_class, SyNoticeBar, title);
  gtk_widget_class_bind_template_child (widget_class, SyNoticeBar, detail);
  gtk_widget_class_bind_template_child (widget_class, SyNoticeBar, button);
  gtk_widget_class_bind_template_callback (widget_class, button_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
sy_notice_bar_init (SyNoticeBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sy_name_buttons (GTK_WIDGET (self));
}

void
sy_notice_bar_show (SyNoticeBar *self,
                    const char  *title,
                    const char  *detail,
                    const char  *button)
{
  set_text (self->title, title);
  set_text (self->detail, detail);
  gtk_widget_set_visible (self->button, button != NULL);
  if (button != NULL)
    gtk_button_set_label (GTK_BUTTON (self->button), button);
  sy_name_buttons (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

void
sy_notice_bar_clear (SyNoticeBar *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_label_set_text (GTK_LABEL (self->title), "");
}

const char *
sy_notice_bar_get_title (SyNoticeBar *self)
{
  return gtk_label_get_text (GTK_LABEL (self->title));
}
