/* sy-source-banner.c: what is wrong with a backend, and what happens next
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-source-banner.h"

#include <glib/gi18n.h>

#include "sy-button-names.h"
#include "sy-source-facts.h"
#include "sy-text.h"

struct _SySourceBanner
{
  GtkWidget parent_instance;

  SySource *source; /* owned, nullable */

  /* Template */
  GtkWidget *content;
  GtkWidget *problem;
  GtkWidget *detail;
  GtkWidget *schedule;
  GtkWidget *authenticate_button;
  GtkWidget *retry_button;
};

G_DEFINE_FINAL_TYPE (SySourceBanner, sy_source_banner, GTK_TYPE_WIDGET)

static void
retry_cb (SySourceBanner *self)
{
  if (self->source != NULL)
    sy_source_retry_now (self->source);
}

static void
sy_source_banner_dispose (GObject *object)
{
  SySourceBanner *self = SY_SOURCE_BANNER (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), SY_TYPE_SOURCE_BANNER);
  g_clear_object (&self->source);

  G_OBJECT_CLASS (sy_source_banner_parent_class)->dispose (object);
}

static void
sy_source_banner_class_init (SySourceBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sy_source_banner_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/steelyard/ui/sy-source-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, SySourceBanner, content);
  gtk_widget_class_bind_template_child (widget_class, SySourceBanner, problem);
  gtk_widget_class_bind_template_child (widget_class, SySourceBanner, detail);
  gtk_widget_class_bind_template_child (widget_class, SySourceBanner, schedule);
  gtk_widget_class_bind_template_child (widget_class, SySourceBanner, authenticate_button);
  gtk_widget_class_bind_template_child (widget_class, SySourceBanner, retry_button);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
sy_source_banner_init (SySourceBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sy_name_buttons (GTK_WIDGET (self));
}

void
sy_source_banner_set_source (SySourceBanner *self,
                             SySource       *source)
{
  g_return_if_fail (self->source == NULL);

  self->source = g_object_ref (source);
  g_signal_connect_object (source, "notify", G_CALLBACK (sy_source_banner_refresh), self, G_CONNECT_SWAPPED);
  sy_source_banner_refresh (self);
}

void
sy_source_banner_refresh (SySourceBanner *self)
{
  SySourceFacts facts;
  g_autofree char *problem = NULL;

  if (self->source == NULL)
    return;

  sy_source_facts_init (&facts, self->source);
  problem = sy_source_facts_dup_problem (&facts);
  gtk_widget_set_visible (GTK_WIDGET (self), problem != NULL);

  if (problem != NULL)
    {
      g_autofree char *schedule = sy_source_facts_dup_schedule (&facts);
      g_autofree char *detail = sy_display_text (facts.message != NULL ? facts.message : "", -1, SY_DISPLAY_TEXT_MAX);

      gtk_label_set_text (GTK_LABEL (self->problem), problem);
      gtk_label_set_text (GTK_LABEL (self->detail), detail);
      gtk_widget_set_tooltip_text (self->detail, detail);
      gtk_widget_set_visible (self->detail, *detail != '\0');
      gtk_label_set_text (GTK_LABEL (self->schedule), schedule);

      /* What waits for a person waits for this one. */
      gtk_widget_set_visible (self->authenticate_button, facts.state == SY_SOURCE_BLOCKED && !facts.recorded);
      gtk_widget_set_visible (self->retry_button, !facts.recorded);
    }
}
