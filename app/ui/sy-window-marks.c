/* sy-window-marks.c: what a person says about moments, and that it can be undone
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-window-private.h"

#include <glib/gi18n.h>

#include "sy-button-names.h"
#include "sy-error.h"
#include "sy-format.h"
#include "sy-mark-dialog.h"
#include "sy-mark-words.h"
#include "sy-marks-dialog.h"
#include "sy-text.h"
#include "sy-toast.h"

/* How a change is taken back: what was there before is there again. */
typedef struct
{
  gint64        id;     /* of the mark as it is now; 0: it was removed */
  SyRecordMark *before; /* owned, nullable: it was not there */
  guint         file;
  gint64        begin_us; /* of the replay, when @before was so: see SyWindow */
} Undo;

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  g_clear_pointer (&undo->before, sy_record_mark_free);
  g_free (undo);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Undo, undo_free)

static SyMarks *
get_marks (SyWindow *self)
{
  return sy_session_get_marks (self->session);
}

static BeamTimeAxis *
get_time_axis (SyWindow *self)
{
  return sy_live_axes_get_time (sy_live_page_get_axes (SY_LIVE_PAGE (self->live_page)));
}

static BeamCursor *
get_cursor (SyWindow *self)
{
  return sy_live_axes_get_cursor (sy_live_page_get_axes (SY_LIVE_PAGE (self->live_page)));
}

static gint64
get_wall_offset (SyWindow *self)
{
  SyClock *clock = sy_session_get_clock (self->session);

  return sy_clock_get_wall (clock) - sy_clock_get_monotonic (clock);
}

/* On every chart. */
static void
show_marks (SyWindow *self)
{
  SyMarks *marks = get_marks (self);
  g_autoptr (GArray) notes = g_array_new (FALSE, FALSE, sizeof (BeamNote));
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < sy_marks_get_n (marks); i++)
    {
      const SyRecordMark *mark = sy_marks_get (marks, i);
      const BeamNote note = { mark->from_us, mark->to_us, sy_mark_words_dup_note (mark), mark->kind == SY_MARK_EXCLUDED };

      g_ptr_array_add (texts, (gpointer) note.text);
      g_array_append_val (notes, note);
    }

  beam_notes_set (sy_live_axes_get_notes (sy_live_page_get_axes (SY_LIVE_PAGE (self->live_page))),
                  (const BeamNote *) (gpointer) notes->data, notes->len);
}

/* --- Undo --- */

static void
tell_not_kept (SyWindow     *self,
               const GError *error)
{
  /* Translators: a mark on the time axis that could not be written into the recording; %s is why */
  g_autofree char *text = g_strdup_printf (_("What you marked holds in this window only: %s"), error->message);

  sy_window_add_toast (self, text);
}

static void
tell_error (SyWindow     *self,
            const GError *error)
{
  g_autofree char *text = NULL;

  if (error == NULL)
    return;

  if (!g_error_matches (error, SY_ERROR, SY_ERROR_INVALID))
    {
      tell_not_kept (self, error);
      return;
    }

  /* Translators: %s is why, a sentence of the system */
  text = g_strdup_printf (_("The mark was not set: %s"), error->message);
  sy_window_add_toast (self, text);
}

static void
undo_cb (AdwToast *toast,
         SyWindow *self)
{
  g_autoptr (Undo) undo = g_object_steal_data (G_OBJECT (toast), "undo");
  g_autoptr (GError) error = NULL;

  /* Pressed twice while the toast goes away, or something else took it away since. */
  if (undo == NULL || (undo->id != 0 && sy_marks_find (get_marks (self), undo->id) == NULL))
    return;

  if (undo->before != NULL)
    {
      undo->before->from_us += self->begin_us - undo->begin_us;
      undo->before->to_us += self->begin_us - undo->begin_us;
    }

  if (undo->id == 0)
    sy_marks_add (get_marks (self), undo->file, undo->before, NULL, &error);
  else if (undo->before == NULL)
    sy_marks_remove (get_marks (self), undo->id, &error);
  else
    sy_marks_replace (get_marks (self), undo->before, &error);
  tell_error (self, error);
}

static void
offer_undo (SyWindow   *self,
            const char *text,
            const Undo *undo)
{
  AdwToast *toast = sy_toast_new_undo (text);
  Undo *kept = g_memdup2 (undo, sizeof *undo);

  kept->begin_us = self->begin_us;
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_object_set_data_full (G_OBJECT (toast), "undo", kept, undo_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), self, 0);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toast_overlay), toast);
  sy_name_buttons (self->toast_overlay);
}

/* --- Setting, changing and removing --- */

static void
add_mark (SyWindow           *self,
          const SyRecordMark *mark)
{
  g_autofree char *note = sy_mark_words_dup_note (mark);
  g_autofree char *when = sy_mark_words_dup_when (mark, get_wall_offset (self));
  /* Translators: a mark ("Deploy: version 2") and its time, or its two times */
  g_autofree char *text = g_strdup_printf (_("Marked %1$s, %2$s"), note, when);
  g_autoptr (GError) error = NULL;
  Undo undo = { 0 };

  /* All that is compared is on one time axis, and what is said there is said of each. */
  sy_marks_add (get_marks (self), SY_MARKS_ALL_FILES, mark, &undo.id, &error);
  tell_error (self, error);
  if (undo.id != 0)
    offer_undo (self, text, &undo);
}

static void
replace_mark (SyWindow           *self,
              const SyRecordMark *mark)
{
  const SyRecordMark *before = sy_marks_find (get_marks (self), mark->id);
  g_autofree char *note = sy_mark_words_dup_note (mark);
  /* Translators: a mark on the time axis, "Deploy: version 2" */
  g_autofree char *text = g_strdup_printf (_("Changed %s"), note);
  g_autoptr (GError) error = NULL;
  Undo undo = { .id = mark->id };

  /* It was removed while the dialog was open. */
  if (before == NULL)
    return;

  undo.before = sy_record_mark_copy (before);
  sy_marks_replace (get_marks (self), mark, &error);
  tell_error (self, error);
  offer_undo (self, text, &undo);
}

static void
remove_cb (SyWindow *self,
           gint64    id)
{
  const SyRecordMark *mark = sy_marks_find (get_marks (self), id);
  g_autofree char *note = mark != NULL ? sy_mark_words_dup_note (mark) : NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  Undo undo = { 0 };

  if (mark == NULL)
    return;

  undo.before = sy_record_mark_copy (mark);
  undo.file = sy_marks_get_file (get_marks (self), id);
  sy_marks_remove (get_marks (self), id, &error);
  tell_error (self, error);
  /* Translators: a mark on the time axis, "Deploy: version 2", went away; Undo brings it back */
  text = g_strdup_printf (_("Removed %s"), note);
  offer_undo (self, text, &undo);
}

static void
done_cb (SyWindow           *self,
         const SyRecordMark *mark)
{
  if (mark->id == 0)
    add_mark (self, mark);
  else
    replace_mark (self, mark);
}

/* --- Asking --- */

static void
add_instant (SyWindow   *self,
             GArray     *instants,
             gint64      time_us,
             const char *what)
{
  g_autofree char *time = sy_format_time_of_day (time_us + get_wall_offset (self));
  /* Translators: a time of day, and what is there: "14:03:11, now" */
  g_autofree char *label = g_strdup_printf (_("%1$s, %2$s"), time, what);

  sy_mark_instants_add (instants, time_us, label);
}

static void
add_instants_of_marks (SyWindow *self,
                       GArray   *instants)
{
  SyMarks *marks = get_marks (self);

  for (guint i = 0; i < sy_marks_get_n (marks); i++)
    {
      const SyRecordMark *mark = sy_marks_get (marks, i);
      g_autofree char *note = sy_mark_words_dup_note (mark);
      /* Translators: where a mark that lasts ends, "the end of Note" */
      g_autofree char *end = g_strdup_printf (_("the end of %s"), note);

      add_instant (self, instants, mark->from_us, note);
      if (mark->to_us > mark->from_us)
        add_instant (self, instants, mark->to_us, end);
    }
}

/* Everything that a person has pointed at, or can name. (transfer full) */
static GArray *
collect_instants (SyWindow *self)
{
  GArray *instants = sy_mark_instants_new ();
  BeamCursor *cursor = get_cursor (self);
  gint64 from_us, to_us;

  if (beam_cursor_get_selection (cursor, &from_us, &to_us))
    {
      add_instant (self, instants, from_us, _("the selection begins"));
      add_instant (self, instants, to_us, _("the selection ends"));
    }
  if (beam_cursor_is_set (cursor))
    add_instant (self, instants, beam_cursor_get_time (cursor), _("the cursor"));
  add_instant (self, instants, sy_clock_get_monotonic (sy_session_get_clock (self->session)), _("now"));
  add_instants_of_marks (self, instants);
  if (beam_time_axis_get_pinned (get_time_axis (self), &from_us, &to_us))
    {
      add_instant (self, instants, from_us, _("the baseline begins"));
      add_instant (self, instants, to_us, _("the baseline ends"));
    }
  beam_time_axis_get_range (get_time_axis (self), &from_us, &to_us);
  add_instant (self, instants, from_us, _("the left edge of the charts"));
  add_instant (self, instants, to_us, _("the right edge of the charts"));
  return instants;
}

/* @mark is what the dialog begins with. */
static void
ask (SyWindow           *self,
     GtkWindow          *parent,
     const SyRecordMark *mark)
{
  g_autoptr (GArray) instants = collect_instants (self);
  GtkWidget *dialog;

  add_instant (self, instants, mark->from_us, _("as it is"));
  add_instant (self, instants, mark->to_us, _("as it is"));
  sy_mark_instants_sort (instants);
  dialog = sy_mark_dialog_new (parent, instants, mark);
  g_signal_connect_object (dialog, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
edit_cb (SyWindow  *self,
         gint64     id,
         GtkWidget *dialog)
{
  const SyRecordMark *mark = sy_marks_find (get_marks (self), id);

  if (mark != NULL)
    ask (self, GTK_WINDOW (dialog), mark);
}

static void
add_mark_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  SyWindow *self = user_data;
  BeamCursor *cursor = get_cursor (self);
  SyRecordMark mark = { .kind = SY_MARK_NOTE, .text = (char *) "" };

  mark.from_us = beam_cursor_is_set (cursor) ? beam_cursor_get_time (cursor)
                                             : sy_clock_get_monotonic (sy_session_get_clock (self->session));
  mark.to_us = mark.from_us;
  ask (self, GTK_WINDOW (self), &mark);
}

/* What is selected, else what is shown. */
static void
exclude_range_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  SyWindow *self = user_data;
  SyRecordMark mark = { .kind = SY_MARK_EXCLUDED, .text = (char *) "" };

  if (!beam_cursor_get_selection (get_cursor (self), &mark.from_us, &mark.to_us) || mark.from_us == mark.to_us)
    beam_time_axis_get_range (get_time_axis (self), &mark.from_us, &mark.to_us);
  ask (self, GTK_WINDOW (self), &mark);
}

static void
marks_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  SyWindow *self = user_data;

  if (self->marks_dialog == NULL)
    {
      g_set_weak_pointer (&self->marks_dialog, sy_marks_dialog_new (GTK_WINDOW (self), self->session));
      g_signal_connect_object (self->marks_dialog, "edit", G_CALLBACK (edit_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->marks_dialog, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
    }

  gtk_window_present (GTK_WINDOW (self->marks_dialog));
}

static const GActionEntry entries[] = {
  { "add-mark", add_mark_cb },
  { "exclude-range", exclude_range_cb },
  { "marks", marks_cb },
};

void
sy_window_add_mark_actions (SyWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (get_marks (self), "changed", G_CALLBACK (show_marks), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_marks (self), "not-kept", G_CALLBACK (tell_not_kept), self, G_CONNECT_SWAPPED);
  show_marks (self);
}
