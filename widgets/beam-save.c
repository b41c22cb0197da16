/* beam-save.c: asks where, and saves there
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The chooser is the desktop's own, so it works from inside a sandbox: the file
 * that comes back is one that may be written.
 */
#define G_LOG_DOMAIN "beam"

#include "beam-save.h"

#include <string.h>

#include "beam-words.h"

typedef struct {
  BeamSheet      *sheet;   /* owned */
  BeamFileFormat  format;
  GtkNativeDialog *dialog; /* owned */
  GFile          *file;    /* owned, nullable: nothing chosen yet */
  BeamSavedFunc   func;
  gpointer        user_data;
  GDestroyNotify  destroy; /* nullable */
} Save;

#define LONGEST_NAME 80

static void
finish (Save         *save,
        GFile        *file,
        const GError *error)
{
  if (save->func != NULL)
    save->func (file, error, save->user_data);
  if (save->destroy != NULL)
    save->destroy (save->user_data);

  g_object_unref (save->sheet);
  g_object_unref (save->dialog);
  g_clear_object (&save->file);
  g_free (save);
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Save *save = user_data;
  g_autoptr (GError) error = NULL;

  if (beam_sheet_save_finish (BEAM_SHEET (object), result, &error))
    finish (save, save->file, NULL);
  else
    finish (save, NULL, error);
}

static void
response_cb (GtkNativeDialog *dialog,
             int              response,
             gpointer         user_data)
{
  Save *save = user_data;
  g_autofree char *name = NULL;
  const char *dot;

  if (response == GTK_RESPONSE_ACCEPT)
    save->file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (save->file == NULL)
    {
      finish (save, NULL, NULL);
      return;
    }

  name = g_file_get_basename (save->file);
  dot = strrchr (name, '.');
  if (dot != NULL)
    beam_file_format_parse (dot + 1, &save->format);
  beam_sheet_save_async (save->sheet, save->file, save->format, NULL, saved_cb, save);
}

void
beam_save_sheet (BeamSheet      *sheet,
                 BeamFileFormat  format,
                 const char     *name,
                 GtkWindow      *parent,
                 BeamSavedFunc   func,
                 gpointer        user_data,
                 GDestroyNotify  destroy)
{
  g_autofree char *file_name = beam_save_make_name (name, format);
  Save *save = g_new0 (Save, 1);

  /* Live charts go on while the person looks for a place. */
  beam_sheet_freeze (sheet);
  *save = (Save) { g_object_ref (sheet), format, NULL, NULL, func, user_data, destroy };
  save->dialog = GTK_NATIVE_DIALOG (gtk_file_chooser_native_new (_("Save As"), parent, GTK_FILE_CHOOSER_ACTION_SAVE,
                                                                 _("_Save"), NULL));
  gtk_native_dialog_set_modal (save->dialog, TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (save->dialog), file_name);
  g_signal_connect (save->dialog, "response", G_CALLBACK (response_cb), save);
  gtk_native_dialog_show (save->dialog);
}

/* --- For context menus --- */

static GtkWindow *
get_window (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
fail (GtkWidget    *widget,
      const GError *error)
{
  guint signal_id = g_signal_lookup ("failed", G_OBJECT_TYPE (widget));
  g_autofree char *text = NULL;
  GtkWidget *dialog;

  /* Translators: %s is the reason, a sentence of the system */
  text = g_strdup_printf (_("The chart was not saved: %s"), error->message);
  if (g_signal_has_handler_pending (widget, signal_id, 0, FALSE))
    {
      g_signal_emit (widget, signal_id, 0, text);
      return;
    }

  dialog = gtk_message_dialog_new (get_window (widget), GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT,
                                   GTK_MESSAGE_ERROR, GTK_BUTTONS_CLOSE, "%s", text);
  g_signal_connect (dialog, "response", G_CALLBACK (gtk_window_destroy), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
saved_from_cb (GFile        *file,
               const GError *error,
               gpointer      user_data)
{
  if (error != NULL)
    fail (user_data, error);
}

void
beam_save_from (GtkWidget      *widget,
                BeamSheet      *sheet,
                BeamFileFormat  format,
                const char     *name)
{
  beam_save_sheet (sheet, format, name, get_window (widget), saved_from_cb, g_object_ref (widget), g_object_unref);
}

void
beam_save_copy_picture (BeamSheet *sheet,
                        GtkWidget *widget)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = beam_sheet_to_bytes (sheet, BEAM_FILE_PNG, &error);
  g_autoptr (GdkTexture) texture = png != NULL ? gdk_texture_new_from_bytes (png, &error) : NULL;

  if (texture != NULL)
    gdk_clipboard_set_texture (gtk_widget_get_clipboard (widget), texture);
  else
    fail (widget, error);
}

char *
beam_save_make_name (const char     *words,
                     BeamFileFormat  format)
{
  GString *name = g_string_new (NULL);
  gboolean gap = FALSE;

  for (const char *c = words; *c != '\0' && name->len < LONGEST_NAME; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);

      if (!g_unichar_isalnum (letter))
        {
          gap = name->len > 0;
          continue;
        }
      if (gap)
        g_string_append_c (name, '-');
      gap = FALSE;
      g_string_append_unichar (name, g_unichar_tolower (letter));
    }
  if (name->len == 0)
    g_string_append (name, "chart");
  g_string_append_printf (name, ".%s", beam_file_format_get_extension (format));

  return g_string_free (name, FALSE);
}
