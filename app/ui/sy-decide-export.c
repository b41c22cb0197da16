/* sy-decide-export.c: the decision as a file
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The dialog is gone before the file is written: the thread has a copy of all it
 * needs, and the answer comes as a signal, which the page may no longer hear.
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-decide-export.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sy-button-names.h"
#include "sy-decision-json.h"
#include "sy-text.h"

struct _SyDecideExport
{
  AdwWindow parent_instance;

  SyAppraisal          *appraisal; /* owned */
  GtkFileChooserNative *chooser;   /* owned, nullable: not open */

  /* Template */
  GtkWidget *form;
  GtkWidget *paper;
  GtkWidget *addresses;
  GtkWidget *export_button;
};

enum
{
  SIGNAL_TOLD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What the thread works on. */
typedef struct {
  char           *decision; /* owned: steelyard.decision/1 */
  GFile          *file;     /* owned */
  SyReportOptions options;
} Job;

G_DEFINE_FINAL_TYPE (SyDecideExport, sy_decide_export, ADW_TYPE_WINDOW)

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->decision);
  g_object_unref (job->file);
  g_free (job);
}

static void
write_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  const Job *job = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) report = sy_report_write (job->decision, strlen (job->decision), &job->options, &error);
  gsize size;
  const char *data = report != NULL ? g_bytes_get_data (report, &size) : NULL;

  if (data != NULL && g_file_replace_contents (job->file, data, size, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SyDecideExport) self = user_data;
  const Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (job->file);
  g_autofree char *safe = sy_display_text (name, -1, 80);
  g_autofree char *text = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    /* Translators: the name of a file */
    text = g_strdup_printf (_("Exported to %s"), safe);
  else
    {
      g_autofree char *why = sy_display_text (error->message, -1, SY_DISPLAY_TEXT_MAX);

      /* Translators: why a file could not be written */
      text = g_strdup_printf (_("The decision could not be exported: %s"), why);
    }

  g_signal_emit (self, signals[SIGNAL_TOLD], 0, text);
}

static void
chooser_response_cb (SyDecideExport *self,
                     int             response)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser)) : NULL;

  g_clear_object (&self->chooser);
  if (file != NULL)
    sy_decide_export_write (self, file);
}

static void
export_cb (SyDecideExport *self)
{
  SyReportOptions options;
  g_autofree char *name = NULL;

  if (self->chooser != NULL)
    return;

  sy_decide_export_get_options (self, &options);
  /* Translators: the name of a file; %s is the ending: pdf, html, … */
  name = g_strdup_printf (_("decision.%s"), sy_report_form_get_name (options.form));
  self->chooser = gtk_file_chooser_native_new (_("Export Decision"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Export"),
                                               _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chooser_response_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* Paper is of no use to the others. */
static void
form_changed_cb (SyDecideExport *self)
{
  SyReportOptions options;

  sy_decide_export_get_options (self, &options);
  gtk_widget_set_sensitive (self->paper, options.form == SY_REPORT_FORM_PDF);
}

static void
sy_decide_export_dispose (GObject *object)
{
  SyDecideExport *self = SY_DECIDE_EXPORT (object);

  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  g_clear_object (&self->appraisal);

  G_OBJECT_CLASS (sy_decide_export_parent_class)->dispose (object);
}

static void
sy_decide_export_class_init (SyDecideExportClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sy_decide_export_dispose;

  signals[SIGNAL_TOLD] = g_signal_new ("told", SY_TYPE_DECIDE_EXPORT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                       G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/steelyard/ui/sy-decide-export.ui");
  gtk_widget_class_bind_template_child (widget_class, SyDecideExport, form);
  gtk_widget_class_bind_template_child (widget_class, SyDecideExport, paper);
  gtk_widget_class_bind_template_child (widget_class, SyDecideExport, addresses);
  gtk_widget_class_bind_template_child (widget_class, SyDecideExport, export_button);
  gtk_widget_class_bind_template_callback (widget_class, export_cb);
  gtk_widget_class_bind_template_callback (widget_class, form_changed_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
sy_decide_export_init (SyDecideExport *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_window_set_default_widget (GTK_WINDOW (self), self->export_button);
  sy_name_buttons (GTK_WIDGET (self));
  sy_name_rows (GTK_WIDGET (self));
}

GtkWidget *
sy_decide_export_new (SyAppraisal *appraisal,
                      GtkWindow   *parent)
{
  SyDecideExport *self = g_object_new (SY_TYPE_DECIDE_EXPORT, "transient-for", parent, NULL);

  self->appraisal = g_object_ref (appraisal);
  return GTK_WIDGET (self);
}

void
sy_decide_export_set_form (SyDecideExport *self,
                           SyReportForm    form)
{
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->form), form);
}

void
sy_decide_export_get_options (SyDecideExport  *self,
                              SyReportOptions *ret)
{
  ret->form = (SyReportForm) adw_combo_row_get_selected (ADW_COMBO_ROW (self->form));
  ret->paper = (SyReportPaper) adw_combo_row_get_selected (ADW_COMBO_ROW (self->paper));
  ret->addresses = gtk_switch_get_active (GTK_SWITCH (self->addresses));
}

void
sy_decide_export_write (SyDecideExport *self,
                        GFile          *file)
{
  const SyDecision *decision = sy_appraisal_get_decision (self->appraisal);
  g_autofree char *name = g_file_get_basename (file);
  g_autoptr (GTask) task = NULL;
  Job *job;

  if (decision == NULL)
    {
      g_signal_emit (self, signals[SIGNAL_TOLD], 0, _("There is no decision any more"));
      gtk_window_close (GTK_WINDOW (self));
      return;
    }

  job = g_new0 (Job, 1);
  job->decision = sy_decision_to_json (decision);
  job->file = g_object_ref (file);
  sy_decide_export_get_options (self, &job->options);
  sy_report_form_of_file (name, &job->options.form);

  /* Not as its source: the thread may be the last to let go of a task. */
  task = g_task_new (NULL, NULL, written_cb, g_object_ref (self));
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, write_thread);
  gtk_window_close (GTK_WINDOW (self));
}
