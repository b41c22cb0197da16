/* beam-notes.c: what is said about moments and stretches of time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include "beam-notes.h"

struct _BeamNotes
{
  GObject parent_instance;

  GArray *notes; /* owned, element-type BeamNote, whose texts are owned here */
};

G_DEFINE_FINAL_TYPE (BeamNotes, beam_notes, G_TYPE_OBJECT)

static guint changed_signal;

static void
clear_note (gpointer data)
{
  g_free ((char *) ((BeamNote *) data)->text);
}

static int
compare_notes (gconstpointer a,
               gconstpointer b)
{
  const BeamNote *first = a;
  const BeamNote *second = b;

  return first->from_us < second->from_us ? -1 : first->from_us > second->from_us;
}

static void
beam_notes_finalize (GObject *object)
{
  g_array_unref (BEAM_NOTES (object)->notes);

  G_OBJECT_CLASS (beam_notes_parent_class)->finalize (object);
}

static void
beam_notes_class_init (BeamNotesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = beam_notes_finalize;

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
beam_notes_init (BeamNotes *self)
{
  self->notes = g_array_new (FALSE, FALSE, sizeof (BeamNote));
  g_array_set_clear_func (self->notes, clear_note);
}

BeamNotes *
beam_notes_new (void)
{
  return g_object_new (BEAM_TYPE_NOTES, NULL);
}

void
beam_notes_set (BeamNotes      *self,
                const BeamNote *notes,
                guint           n)
{
  g_return_if_fail (BEAM_IS_NOTES (self));

  g_array_set_size (self->notes, 0);
  for (guint i = 0; i < n; i++)
    {
      const BeamNote copy = { notes[i].from_us, notes[i].to_us, g_strdup (notes[i].text), notes[i].veiled };

      g_array_append_val (self->notes, copy);
    }
  g_array_sort (self->notes, compare_notes);
  g_signal_emit (self, changed_signal, 0);
}

guint
beam_notes_get_n (BeamNotes *self)
{
  g_return_val_if_fail (BEAM_IS_NOTES (self), 0);

  return self->notes->len;
}

const BeamNote *
beam_notes_get (BeamNotes *self,
                guint      index)
{
  g_return_val_if_fail (BEAM_IS_NOTES (self) && index < self->notes->len, NULL);

  return &g_array_index (self->notes, BeamNote, index);
}

const BeamNote *
beam_notes_find (BeamNotes *self,
                 gint64     time_us,
                 gint64     within_us)
{
  const BeamNote *found = NULL;
  gint64 apart_us = within_us;

  g_return_val_if_fail (BEAM_IS_NOTES (self), NULL);

  for (guint i = 0; i < self->notes->len; i++)
    {
      const BeamNote *note = &g_array_index (self->notes, BeamNote, i);

      if (note->from_us <= time_us && time_us <= note->to_us && found == NULL)
        found = note;
      if (ABS (note->from_us - time_us) <= apart_us)
        {
          apart_us = ABS (note->from_us - time_us);
          found = note;
        }
    }

  return found;
}

gboolean
beam_notes_step (BeamNotes *self,
                 gint64     time_us,
                 gboolean   forward,
                 gint64    *ret_us)
{
  gboolean any = FALSE;

  g_return_val_if_fail (BEAM_IS_NOTES (self), FALSE);

  for (guint i = 0; i < 2 * self->notes->len; i++)
    {
      const BeamNote *note = &g_array_index (self->notes, BeamNote, i / 2);
      const gint64 edge_us = i % 2 == 0 ? note->from_us : note->to_us;

      if (forward ? edge_us <= time_us : edge_us >= time_us)
        continue;
      if (!any || (forward ? edge_us < *ret_us : edge_us > *ret_us))
        *ret_us = edge_us;
      any = TRUE;
    }

  return any;
}
