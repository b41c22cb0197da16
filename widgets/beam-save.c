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

  *save = (Save) { g_object_ref (sheet), format, NULL, NULL, func, user_data, destroy };
  save->dialog = GTK_NATIVE_DIALOG (gtk_file_chooser_native_new (_("Save As"), parent, GTK_FILE_CHOOSER_ACTION_SAVE,
                                                                 _("_Save"), NULL));
  gtk_native_dialog_set_modal (save->dialog, TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (save->dialog), file_name);
  g_signal_connect (save->dialog, "response", G_CALLBACK (response_cb), save);
  gtk_native_dialog_show (save->dialog);
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
