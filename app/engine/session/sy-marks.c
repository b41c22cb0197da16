/* sy-marks.c: what a person says about moments of a session
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Limits: as many as a file takes, SY_RECORD_MAX_MARKS, for each recording.
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-marks.h"

#include "sy-error.h"
#include "sy-recording-edit.h"

typedef struct
{
  SyRecordMark *mark;    /* (owned): on the session's clock, under an id of ours */
  guint         file;    /* or SY_MARKS_ALL_FILES */
  GArray       *kept_ids; /* (owned) (element-type gint64): in each file; 0: it is not kept there */
  char         *past_path; /* (owned) (nullable): of the recording that ended with it last */
} Entry;

/* A recording that is played. */
typedef struct
{
  char   *path;     /* (owned) */
  gint64  shift_us; /* from its times to those of the session */
} File;

struct _SyMarks
{
  GObject     parent_instance;

  GPtrArray  *entries;   /* (owned) (element-type Entry), in the order of time */
  GArray     *files;     /* (owned) (element-type File): none when it is live */
  GHashTable *histories; /* (owned) (element-type SyHistory guint): whose marks count for it */
  SyRecorder *recorder;  /* (owned) (nullable) */
  gint64      later_us;
  gint64      last_id;
};

G_DEFINE_FINAL_TYPE (SyMarks, sy_marks, G_TYPE_OBJECT)

enum
{
  CHANGED,
  NOT_KEPT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  sy_record_mark_free (entry->mark);
  g_array_unref (entry->kept_ids);
  g_free (entry->past_path);
  g_free (entry);
}

static void
clear_file (gpointer data)
{
  g_free (((File *) data)->path);
}

/* A file may say anything: no time runs over. */
static gint64
add_times (gint64 time_us,
           gint64 shift_us)
{
  gint64 sum;

  if (__builtin_add_overflow (time_us, shift_us, &sum))
    return shift_us > 0 ? G_MAXINT64 : G_MININT64;
  return sum;
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const SyRecordMark *first = (*(const Entry *const *) a)->mark;
  const SyRecordMark *second = (*(const Entry *const *) b)->mark;

  if (first->from_us != second->from_us)
    return first->from_us < second->from_us ? -1 : 1;
  return first->id < second->id ? -1 : first->id > second->id;
}

static Entry *
find_entry (SyMarks *self,
            gint64   id,
            guint   *ret_index)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->mark->id != id)
        continue;
      if (ret_index != NULL)
        *ret_index = i;
      return entry;
    }

  return NULL;
}

static gboolean
is_of (const Entry *entry,
       guint        file)
{
  return entry->file == file || entry->file == SY_MARKS_ALL_FILES;
}

static void
exclude_from (SyMarks   *self,
              SyHistory *history,
              guint      file)
{
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (SyTimeRange));

  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (self->entries, i);
      const SyTimeRange range = { entry->mark->from_us, entry->mark->to_us };

      if (entry->mark->kind == SY_MARK_EXCLUDED && is_of (entry, file))
        g_array_append_val (ranges, range);
    }

  sy_history_set_excluded (history, (const SyTimeRange *) (gpointer) ranges->data, ranges->len);
}

static void
tell (SyMarks *self)
{
  GHashTableIter iter;
  gpointer history, file;

  g_ptr_array_sort (self->entries, compare_entries);
  g_hash_table_iter_init (&iter, self->histories);
  while (g_hash_table_iter_next (&iter, &history, &file))
    exclude_from (self, history, GPOINTER_TO_UINT (file));

  g_signal_emit (self, signals[CHANGED], 0);
}

/* @mark is copied. */
static Entry *
take (SyMarks            *self,
      const SyRecordMark *mark,
      guint               file)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->file = file;
  entry->kept_ids = g_array_new (FALSE, TRUE, sizeof (gint64));
  entry->mark = sy_record_mark_copy (mark);
  entry->mark->id = ++self->last_id;
  g_ptr_array_add (self->entries, entry);
  return entry;
}

/* Where it is written that @entry is kept in @file. */
static gint64 *
get_kept (const Entry *entry,
          guint        file)
{
  if (entry->kept_ids->len <= file)
    g_array_set_size (entry->kept_ids, file + 1);
  return &g_array_index (entry->kept_ids, gint64, file);
}

/* How many files there are to keep something in: live, the one that is being made. */
static guint
count_files (SyMarks *self)
{
  return self->recorder != NULL ? 1 : self->files->len;
}

/* Whether @file is one that a mark of all is kept in already: a recording may be
 * compared with itself. */
static gboolean
is_again (SyMarks     *self,
          const Entry *entry,
          guint        file)
{
  if (self->recorder != NULL || entry->file != SY_MARKS_ALL_FILES)
    return FALSE;

  for (guint i = 0; i < file; i++)
    if (g_str_equal (g_array_index (self->files, File, i).path, g_array_index (self->files, File, file).path))
      return TRUE;

  return FALSE;
}

/* Into @file, as @ret_id. */
static gboolean
keep_in (SyMarks             *self,
         const SyRecordMark  *mark,
         guint                file,
         gint64              *ret_id,
         GError             **error)
{
  SyRecordMark kept = *mark;
  const File *there;

  if (self->recorder != NULL)
    return sy_recorder_add_mark (self->recorder, mark, ret_id, error);

  there = &g_array_index (self->files, File, file);
  kept.from_us -= there->shift_us + self->later_us;
  kept.to_us -= there->shift_us + self->later_us;
  return sy_recording_add_mark (there->path, &kept, ret_id, error);
}

/* Out of @file; 0: it is not there. */
static gboolean
unkeep_in (SyMarks  *self,
           guint     file,
           gint64    kept_id,
           GError  **error)
{
  if (kept_id == 0)
    return TRUE;
  if (self->recorder != NULL)
    return sy_recorder_remove_mark (self->recorder, kept_id, error);

  return sy_recording_remove_mark (g_array_index (self->files, File, file).path, kept_id, error);
}

/* Of several things that went wrong the first is told. @more: (transfer full) (nullable) */
static void
add_error (GError **error,
           GError  *more)
{
  if (more == NULL)
    return;

  if (error == NULL || *error != NULL)
    g_error_free (more);
  else
    g_propagate_error (error, more);
}

/* Into the files that it is of, in the place of what is there of it. One that cannot
 * be written keeps no other from it. Killed in between, a file has both. */
static gboolean
keep (SyMarks      *self,
      const Entry  *entry,
      GError      **error)
{
  gboolean done = TRUE;

  for (guint file = 0; file < count_files (self); file++)
    {
      gint64 *kept_id = get_kept (entry, file);
      const gint64 before = *kept_id;
      GError *why = NULL;

      if (!is_of (entry, file) || is_again (self, entry, file))
        continue;
      if (!keep_in (self, entry->mark, file, kept_id, &why) || !unkeep_in (self, file, before, &why))
        done = FALSE;
      add_error (error, why);
    }

  return done;
}

static gboolean
unkeep (SyMarks      *self,
        const Entry  *entry,
        GError      **error)
{
  gboolean done = TRUE;

  for (guint file = 0; file < count_files (self); file++)
    {
      GError *why = NULL;

      if (!is_again (self, entry, file) && !unkeep_in (self, file, *get_kept (entry, file), &why))
        done = FALSE;
      add_error (error, why);
    }

  return done;
}

/* FALSE: a recording that has ended still has @entry as it was. */
static gboolean
check_past (const Entry  *entry,
            GError      **error)
{
  if (entry->past_path == NULL || !g_file_test (entry->past_path, G_FILE_TEST_EXISTS))
    return TRUE;

  g_set_error (error, SY_ERROR, SY_ERROR_STORAGE, "%s: this recording has ended, and keeps the mark as it was", entry->past_path);
  return FALSE;
}

static void
sy_marks_dispose (GObject *object)
{
  SyMarks *self = SY_MARKS (object);

  g_clear_object (&self->recorder);
  g_hash_table_remove_all (self->histories);

  G_OBJECT_CLASS (sy_marks_parent_class)->dispose (object);
}

static void
sy_marks_finalize (GObject *object)
{
  SyMarks *self = SY_MARKS (object);

  g_ptr_array_unref (self->entries);
  g_array_unref (self->files);
  g_hash_table_unref (self->histories);

  G_OBJECT_CLASS (sy_marks_parent_class)->finalize (object);
}

static void
sy_marks_class_init (SyMarksClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sy_marks_dispose;
  G_OBJECT_CLASS (klass)->finalize = sy_marks_finalize;

  signals[CHANGED] = g_signal_new ("changed", SY_TYPE_MARKS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[NOT_KEPT] =
    g_signal_new ("not-kept", SY_TYPE_MARKS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
sy_marks_init (SyMarks *self)
{
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->files = g_array_new (FALSE, FALSE, sizeof (File));
  g_array_set_clear_func (self->files, clear_file);
  self->histories = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
}

SyMarks *
sy_marks_new (void)
{
  return g_object_new (SY_TYPE_MARKS, NULL);
}

guint
sy_marks_get_n (SyMarks *self)
{
  return self->entries->len;
}

const SyRecordMark *
sy_marks_get (SyMarks *self,
              guint    index)
{
  return ((const Entry *) g_ptr_array_index (self->entries, index))->mark;
}

const SyRecordMark *
sy_marks_find (SyMarks *self,
               gint64   id)
{
  const Entry *entry = find_entry (self, id, NULL);

  return entry != NULL ? entry->mark : NULL;
}

gboolean
sy_marks_add (SyMarks             *self,
              guint                file,
              const SyRecordMark  *mark,
              gint64              *ret_id,
              GError             **error)
{
  Entry *entry;
  gboolean kept;

  if (!sy_record_mark_check (mark, error))
    return FALSE;

  if (self->entries->len >= SY_RECORD_MAX_MARKS)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "There are %d marks already", SY_RECORD_MAX_MARKS);
      return FALSE;
    }

  entry = take (self, mark, file);
  if (ret_id != NULL)
    *ret_id = entry->mark->id;
  kept = keep (self, entry, error);
  tell (self);
  return kept;
}

gboolean
sy_marks_remove (SyMarks  *self,
                 gint64    id,
                 GError  **error)
{
  guint index;
  Entry *entry = find_entry (self, id, &index);
  gboolean gone;

  g_return_val_if_fail (entry != NULL, FALSE);

  gone = unkeep (self, entry, error) && check_past (entry, error);
  g_ptr_array_remove_index (self->entries, index);
  tell (self);
  return gone;
}

gboolean
sy_marks_replace (SyMarks             *self,
                  const SyRecordMark  *mark,
                  GError             **error)
{
  Entry *entry = find_entry (self, mark->id, NULL);
  SyRecordMark *before;
  gboolean done;

  g_return_val_if_fail (entry != NULL, FALSE);

  if (!sy_record_mark_check (mark, error))
    return FALSE;

  before = entry->mark;
  entry->mark = sy_record_mark_copy (mark);
  sy_record_mark_free (before);

  done = keep (self, entry, error) && check_past (entry, error);
  tell (self);
  return done;
}

void
sy_marks_follow (SyMarks   *self,
                 SyHistory *history,
                 guint      file)
{
  g_hash_table_insert (self->histories, g_object_ref (history), GUINT_TO_POINTER (file));
  exclude_from (self, history, file);
}

void
sy_marks_unfollow (SyMarks   *self,
                   SyHistory *history)
{
  g_hash_table_remove (self->histories, history);
}

static gboolean
is_same (const SyRecordMark *a,
         const SyRecordMark *b)
{
  return a->kind == b->kind && a->from_us == b->from_us && a->to_us == b->to_us && g_str_equal (a->text, b->text);
}

/* What was said of both while they were compared is one thing again. @mark: on the
 * session's clock, with its id in @file, the second one. */
static gboolean
join (SyMarks            *self,
      guint               n_first,
      guint               file,
      const SyRecordMark *mark)
{
  for (guint i = 0; i < n_first; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->file != 0 || !is_same (entry->mark, mark))
        continue;
      entry->file = SY_MARKS_ALL_FILES;
      *get_kept (entry, file) = mark->id;
      return TRUE;
    }

  return FALSE;
}

guint
sy_marks_add_file (SyMarks     *self,
                   SyRecording *recording,
                   gint64       shift_us)
{
  const GPtrArray *marks = sy_recording_get_marks (recording);
  const File file = { g_strdup (sy_recording_get_path (recording)), shift_us };
  const guint index = self->files->len;
  const guint n_first = index == 1 ? self->entries->len : 0;

  g_array_append_val (self->files, file);
  for (guint i = 0; i < marks->len; i++)
    {
      SyRecordMark mark = *(const SyRecordMark *) g_ptr_array_index (marks, i);

      mark.from_us = add_times (mark.from_us, add_times (shift_us, self->later_us));
      mark.to_us = add_times (mark.to_us, add_times (shift_us, self->later_us));
      if (!join (self, n_first, index, &mark))
        *get_kept (take (self, &mark, index), index) = mark.id;
    }

  tell (self);
  return index;
}

guint
sy_marks_get_file (SyMarks *self,
                   gint64   id)
{
  const Entry *entry = find_entry (self, id, NULL);

  return entry != NULL ? entry->file : 0;
}

void
sy_marks_set_later (SyMarks *self,
                    gint64   later_us)
{
  const gint64 by_us = later_us - self->later_us;

  if (by_us == 0)
    return;

  self->later_us = later_us;
  for (guint i = 0; i < self->entries->len; i++)
    {
      SyRecordMark *mark = ((Entry *) g_ptr_array_index (self->entries, i))->mark;

      mark->from_us = add_times (mark->from_us, by_us);
      mark->to_us = add_times (mark->to_us, by_us);
    }

  tell (self);
}

/* What was said before a recording began is of another one. */
static void
forget_kept (Entry      *entry,
             const char *past_path)
{
  if (past_path != NULL && *get_kept (entry, 0) != 0)
    {
      g_free (entry->past_path);
      entry->past_path = g_strdup (past_path);
    }

  *get_kept (entry, 0) = 0;
}

void
sy_marks_set_recorder (SyMarks    *self,
                       SyRecorder *recorder,
                       gint64      from_us)
{
  g_autofree char *past_path = self->recorder != NULL ? g_strdup (sy_recorder_get_path (self->recorder)) : NULL;
  g_autoptr (GError) error = NULL;

  g_set_object (&self->recorder, recorder);
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      forget_kept (entry, past_path);
      if (recorder != NULL && entry->mark->to_us >= from_us)
        keep (self, entry, &error);
    }

  /* One that goes on may have nearly all that a file takes. */
  if (error != NULL)
    g_signal_emit (self, signals[NOT_KEPT], 0, error);
}
