/* sy-mark-dialog.c: asks what is to be said about which time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-mark-dialog.h"

#include <glib/gi18n.h>

#include "sy-button-names.h"
#include "sy-field-row.h"
#include "sy-mark-words.h"

struct _SyMarkDialog
{
  AdwWindow parent_instance;

  gint64     id;
  GArray    *times;   /* owned, element-type gint64, as in the lists of times */

  /* Children */
  GtkWidget *apply;
  GtkWidget *kind;
  GtkWidget *from;
  GtkWidget *to;
  GtkWidget *text;
  GtkWidget *problem;
};

enum {
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SyMarkDialog, sy_mark_dialog, ADW_TYPE_WINDOW)

/* --- Times to choose from --- */

static void
clear_instant (gpointer data)
{
  g_free (((SyMarkInstant *) data)->label);
}

static int
compare_instants (gconstpointer a,
                  gconstpointer b)
{
  const gint64 first = ((const SyMarkInstant *) a)->time_us;
  const gint64 second = ((const SyMarkInstant *) b)->time_us;

  return first < second ? -1 : first > second;
}

GArray *
sy_mark_instants_new (void)
{
  GArray *instants = g_array_new (FALSE, FALSE, sizeof (SyMarkInstant));

  g_array_set_clear_func (instants, clear_instant);
  return instants;
}

void
sy_mark_instants_add (GArray     *instants,
                      gint64      time_us,
                      const char *label)
{
  SyMarkInstant instant = { .time_us = time_us };

  for (guint i = 0; i < instants->len; i++)
    if (g_array_index (instants, SyMarkInstant, i).time_us == time_us)
      return;

  instant.label = g_strdup (label);
  g_array_append_val (instants, instant);
}

void
sy_mark_instants_sort (GArray *instants)
{
  g_array_sort (instants, compare_instants);
}

/* --- What is chosen --- */

static SyMarkKind
get_kind (SyMarkDialog *self)
{
  return (SyMarkKind) MIN (adw_combo_row_get_selected (ADW_COMBO_ROW (self->kind)), SY_N_MARK_KINDS - 1);
}

static gboolean
may_last (SyMarkDialog *self)
{
  return get_kind (self) == SY_MARK_NOTE || get_kind (self) == SY_MARK_EXCLUDED;
}

static gint64
get_time (SyMarkDialog *self,
          GtkWidget    *row)
{
  const guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (row));

  return g_array_index (self->times, gint64, MIN (selected, self->times->len - 1));
}

/* The text is the entry's, until it changes. */
static void
read_mark (SyMarkDialog *self,
           SyRecordMark *ret)
{
  ret->id = self->id;
  ret->kind = get_kind (self);
  ret->from_us = get_time (self, self->from);
  ret->to_us = may_last (self) ? get_time (self, self->to) : ret->from_us;
  ret->text = (char *) gtk_editable_get_text (GTK_EDITABLE (self->text));
}

static void
update (SyMarkDialog *self)
{
  const char *problem = NULL;
  SyRecordMark mark;

  read_mark (self, &mark);
  if (mark.to_us < mark.from_us)
    problem = _("It ends before it begins.");
  else if (!sy_record_mark_check (&mark, NULL))
    problem = mark.to_us == mark.from_us ? _("Nothing lies between the two times.") : _("The text is too long.");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->from), may_last (self) ? _("From") : _("At"));
  sy_name_rows (GTK_WIDGET (self));
  gtk_widget_set_visible (self->to, may_last (self));
  gtk_label_set_text (GTK_LABEL (self->problem), problem != NULL ? problem : "");
  gtk_widget_set_visible (self->problem, problem != NULL);
  gtk_widget_set_sensitive (self->apply, problem == NULL);
}

static void
apply_cb (SyMarkDialog *self)
{
  SyRecordMark mark;

  if (!gtk_widget_get_sensitive (self->apply))
    return;

  read_mark (self, &mark);
  g_signal_emit (self, signals[DONE], 0, &mark);
  gtk_window_close (GTK_WINDOW (self));
}

static void
sy_mark_dialog_finalize (GObject *object)
{
  g_clear_pointer (&SY_MARK_DIALOG (object)->times, g_array_unref);

  G_OBJECT_CLASS (sy_mark_dialog_parent_class)->finalize (object);
}

static void
sy_mark_dialog_class_init (SyMarkDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sy_mark_dialog_finalize;

  signals[DONE] = g_signal_new ("done", SY_TYPE_MARK_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

/* --- Children --- */

static GtkWidget *
add_choice (SyMarkDialog  *self,
            GtkWidget     *group,
            const char    *title,
            GtkStringList *labels)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (labels));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  return row;
}

static GtkWidget *
make_bar (SyMarkDialog *self)
{
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));

  self->apply = gtk_button_new_with_mnemonic (_("_Add"));
  gtk_widget_add_css_class (self->apply, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  g_signal_connect_object (self->apply, "clicked", G_CALLBACK (apply_cb), self, G_CONNECT_SWAPPED);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), self->apply);
  return bar;
}

static void
sy_mark_dialog_init (SyMarkDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *group = adw_preferences_group_new ();
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) none = gtk_string_list_new (NULL);

  self->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint kind = 0; kind < SY_N_MARK_KINDS; kind++)
    gtk_string_list_append (kinds, sy_mark_words_kind ((SyMarkKind) kind));

  gtk_box_append (GTK_BOX (box), make_bar (self));
  self->problem = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_widget_add_css_class (self->problem, "error");
  gtk_widget_set_visible (self->problem, FALSE);

  /* What a mark is, then when, then why. */
  self->kind = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->kind), _("Kind"));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->kind), G_LIST_MODEL (kinds));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->kind);
  self->from = add_choice (self, group, _("From"), none);
  self->to = add_choice (self, group, _("Until"), none);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), sy_field_row_new (_("Text"), 0, &self->text));

  gtk_box_append (GTK_BOX (page), group);
  gtk_box_append (GTK_BOX (page), self->problem);
  gtk_widget_set_margin_top (page, 12);
  gtk_widget_set_margin_bottom (page, 18);
  gtk_widget_set_margin_start (page, 12);
  gtk_widget_set_margin_end (page, 12);
  gtk_box_append (GTK_BOX (box), page);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self), 440, -1);
}

static void
select_time (SyMarkDialog *self,
             GtkWidget    *row,
             gint64        time_us)
{
  for (guint i = 0; i < self->times->len; i++)
    if (g_array_index (self->times, gint64, i) == time_us)
      adw_combo_row_set_selected (ADW_COMBO_ROW (row), i);
}

GtkWidget *
sy_mark_dialog_new (GtkWindow          *parent,
                    const GArray       *instants,
                    const SyRecordMark *mark)
{
  SyMarkDialog *self = g_object_new (SY_TYPE_MARK_DIALOG, "transient-for", parent, NULL);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  self->id = mark->id;
  for (guint i = 0; i < instants->len; i++)
    {
      const SyMarkInstant *instant = &g_array_index (instants, SyMarkInstant, i);

      g_array_append_val (self->times, instant->time_us);
      gtk_string_list_append (labels, instant->label);
    }

  adw_combo_row_set_model (ADW_COMBO_ROW (self->from), G_LIST_MODEL (labels));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->to), G_LIST_MODEL (labels));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->kind), mark->kind);
  select_time (self, self->from, mark->from_us);
  select_time (self, self->to, mark->to_us);
  gtk_editable_set_text (GTK_EDITABLE (self->text), mark->text);
  gtk_window_set_title (GTK_WINDOW (self), mark->id == 0 ? _("Add Mark") : _("Edit Mark"));
  if (mark->id != 0)
    gtk_button_set_label (GTK_BUTTON (self->apply), _("_Save"));

  g_signal_connect_object (self->kind, "notify::selected", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->text, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->text, "activate", G_CALLBACK (apply_cb), self, G_CONNECT_SWAPPED);
  update (self);
  sy_name_buttons (GTK_WIDGET (self));
  gtk_widget_grab_focus (self->text);
  return GTK_WIDGET (self);
}
