/* sy-first-run-page.c: what an empty window says
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-first-run-page.h"

#include "sy-button-names.h"
#include "sy-button-wrap.h"

/* The others are on the Recordings page. */
#define MOST_RECORDINGS 8

struct _SyFirstRunPage
{
  AdwBin parent_instance;

  /* Template */
  GtkWidget *status_page;
  GtkWidget *choices;
  GtkWidget *last;
  GtkWidget *last_names;
  GtkWidget *real_button;
  GtkWidget *real_hint;
  GtkWidget *starting;
  GtkWidget *spinner;
  GtkWidget *problem;
  GtkWidget *recordings;
};

G_DEFINE_FINAL_TYPE (SyFirstRunPage, sy_first_run_page, ADW_TYPE_BIN)

static void
sy_first_run_page_class_init (SyFirstRunPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SY_TYPE_RECORDING_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/steelyard/ui/sy-first-run-page.ui");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_bind_template_child (widget_class, SyFirstRunPage, status_page);
  gtk_widget_class_bind_template_child (widget_class, SyFirstRunPage, choices);
  gtk_widget_class_bind_template_child (widget_class, SyFirstRunPage, last);
  gtk_widget_class_bind_template_child (widget_class, SyFirstRunPage, last_names);
  gtk_widget_class_bind_template_child (widget_class, SyFirstRunPage, real_button);
  gtk_widget_class_bind_template_child (widget_class, SyFirstRunPage, real_hint);
  gtk_widget_class_bind_template_child (widget_class, SyFirstRunPage, starting);
  gtk_widget_class_bind_template_child (widget_class, SyFirstRunPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, SyFirstRunPage, problem);
  gtk_widget_class_bind_template_child (widget_class, SyFirstRunPage, recordings);
}

static void
sy_first_run_page_init (SyFirstRunPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sy_name_buttons (GTK_WIDGET (self));
  sy_wrap_buttons (GTK_WIDGET (self));
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->status_page), APPLICATION_ID);
  sy_recording_list_set_limit (SY_RECORDING_LIST (self->recordings), MOST_RECORDINGS);
}

SyRecordingList *
sy_first_run_page_get_recordings (SyFirstRunPage *self)
{
  return SY_RECORDING_LIST (self->recordings);
}

void
sy_first_run_page_set_real_is_possible (SyFirstRunPage *self,
                                        gboolean        is_possible)
{
  gtk_widget_set_visible (self->real_button, is_possible);
  gtk_widget_set_visible (self->real_hint, !is_possible);
}

void
sy_first_run_page_set_last (SyFirstRunPage *self,
                            const char     *names)
{
  gtk_label_set_text (GTK_LABEL (self->last_names), names != NULL ? names : "");
  gtk_widget_set_visible (self->last, names != NULL);
}

void
sy_first_run_page_set_starting (SyFirstRunPage *self,
                                gboolean        starting)
{
  gtk_widget_set_visible (self->choices, !starting);
  gtk_widget_set_visible (self->recordings, !starting);
  gtk_widget_set_visible (self->starting, starting);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), starting);
}

void
sy_first_run_page_set_problem (SyFirstRunPage *self,
                               const char     *text)
{
  gtk_label_set_text (GTK_LABEL (self->problem), text != NULL ? text : "");
  gtk_widget_set_visible (self->problem, text != NULL);
}
