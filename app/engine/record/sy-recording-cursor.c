/* sy-recording-cursor.c: the answers of one target in order
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Blocks of several shapes may overlap: those that the present place is in are
 * open side by side, and the answer with the least seq comes next.
 */
#define G_LOG_DOMAIN "steelyard-record"

#include "config.h"

#include "sy-recording-private.h"

#include "sy-error.h"
#include "sy-exposition-build.h"
#include "sy-record-block.h"

/* An open block, or the place of one that cannot be read. */
typedef struct
{
  SyRecordShape  *shape;  /* (borrowed): the recording's; NULL: damaged */
  SyRecordBlock  *block;  /* (owned) */
  guint           next;
} Head;

struct _SyRecordingCursor
{
  SyRecording  *recording; /* (owned) */
  sqlite3_stmt *rows;      /* (owned): stands at the next block when @has_row */
  gboolean      has_row;
  GPtrArray    *heads;     /* (owned) (element-type Head) */
  gint64        from_us;
  gint64        last_us;   /* monotonic, of the last answer */
  gint64        last_seq;
  gint64        wall_offset_us;

  /* Of the answer that was handed out. */
  SyExposition *exposition; /* (owned) (nullable) */
  GError       *error;      /* (owned) (nullable) */
};

enum { COLUMN_FIRST, COLUMN_LAST, COLUMN_N, COLUMN_FROM, COLUMN_SHAPE, COLUMN_DATA };

static void
head_free (gpointer data)
{
  Head *head = data;

  sy_record_block_free (head->block);
  g_free (head);
}

static gboolean
step (SyRecordingCursor  *self,
      GError            **error)
{
  const int result = sqlite3_step (self->rows);

  self->has_row = result == SQLITE_ROW;
  if (result == SQLITE_ROW || result == SQLITE_DONE)
    return TRUE;

  sy_record_db_set_error (sy_recording_get_db (self->recording), "reading", error);
  return FALSE;
}

SyRecordingCursor *
sy_recording_read (SyRecording  *recording,
                   guint         index,
                   gint64        from_us,
                   GError      **error)
{
  g_autoptr (SyRecordingCursor) self = g_new0 (SyRecordingCursor, 1);

  self->recording = sy_recording_ref (recording);
  self->heads = g_ptr_array_new_with_free_func (head_free);
  self->from_us = from_us;
  self->last_us = G_MININT64;
  self->last_seq = -1;
  self->rows = sy_record_db_prepare (sy_recording_get_db (recording),
                                     "SELECT first, last, n, from_us, shape, data FROM block"
                                     " WHERE target = ?1 AND to_us >= ?2 ORDER BY first", error);
  if (self->rows == NULL)
    return NULL;

  sqlite3_bind_int64 (self->rows, 1, sy_recording_get_target (recording, index)->id);
  sqlite3_bind_int64 (self->rows, 2, from_us);
  return step (self, error) ? g_steal_pointer (&self) : NULL;
}

void
sy_recording_cursor_free (SyRecordingCursor *self)
{
  sqlite3_finalize (self->rows);
  g_ptr_array_unref (self->heads);
  g_clear_pointer (&self->exposition, sy_exposition_unref);
  g_clear_error (&self->error);
  sy_recording_unref (self->recording);
  g_free (self);
}

/* Whether the block is what its row says, and its times go forward. */
static gboolean
is_in_order (SyRecordingCursor   *self,
             const SyRecordBlock *block)
{
  const SyRecordMoment *moments = (const SyRecordMoment *) block->moments->data;
  const guint n = block->moments->len;

  if (sqlite3_column_int64 (self->rows, COLUMN_N) != n || sqlite3_column_int64 (self->rows, COLUMN_FIRST) != moments[0].seq
      || sqlite3_column_int64 (self->rows, COLUMN_LAST) != moments[n - 1].seq || moments[0].seq < 0)
    return FALSE;

  for (guint i = 1; i < n; i++)
    if (moments[i].seq <= moments[i - 1].seq || moments[i].monotonic_us < moments[i - 1].monotonic_us)
      return FALSE;

  return TRUE;
}

/* The block of the row that the statement stands at. */
static Head *
load_head (SyRecordingCursor *self)
{
  const int length = sqlite3_column_bytes (self->rows, COLUMN_DATA);
  const guint8 *data = sqlite3_column_blob (self->rows, COLUMN_DATA);
  Head *head = g_new0 (Head, 1);
  SyRecordMoment moment = { 0 };

  head->shape = sy_recording_get_shape (self->recording, (guint64) sqlite3_column_int64 (self->rows, COLUMN_SHAPE), NULL);
  if (head->shape != NULL && data != NULL)
    head->block = sy_record_block_unpack (data, (gsize) length, head->shape->width, NULL);
  if (head->block != NULL && is_in_order (self, head->block))
    return head;

  /* One gap stands for all of it. */
  g_clear_pointer (&head->block, sy_record_block_free);
  head->shape = NULL;
  head->block = sy_record_block_new (0);
  moment.seq = sqlite3_column_int64 (self->rows, COLUMN_FIRST);
  moment.monotonic_us = moment.answered_us = sqlite3_column_int64 (self->rows, COLUMN_FROM);
  moment.wall_us = (gint64) ((guint64) moment.monotonic_us + (guint64) self->wall_offset_us);
  sy_record_block_append (head->block, &moment, NULL, NULL);
  return head;
}

static const SyRecordMoment *
peek (const Head *head)
{
  return &g_array_index (head->block->moments, SyRecordMoment, head->next);
}

/* Opens the blocks that begin before the next answer. Returns: the index of the
 * head that has it; -1: the end, or @error. */
static int
find_next (SyRecordingCursor  *self,
           GError            **error)
{
  for (;;)
    {
      int best = -1;

      for (guint i = 0; i < self->heads->len; i++)
        {
          const Head *head = g_ptr_array_index (self->heads, i);

          if (best < 0 || peek (head)->seq < peek (g_ptr_array_index (self->heads, best))->seq)
            best = (int) i;
        }

      if (!self->has_row
          || (best >= 0 && sqlite3_column_int64 (self->rows, COLUMN_FIRST) > peek (g_ptr_array_index (self->heads, best))->seq))
        return best;

      g_ptr_array_add (self->heads, load_head (self));
      if (!step (self, error))
        return -1;
    }
}

static SyExposition *
build_exposition (SyRecordingCursor *self,
                  const Head        *head)
{
  const SyRecordShape *shape = head->shape;
  const SyRecordBlock *block = head->block;
  SySample *samples = g_memdup2 (shape->samples, MAX (shape->width, 1) * sizeof *samples);
  const guint at = head->next * shape->width;

  for (guint i = 0; i < shape->width; i++)
    {
      samples[i].value = g_array_index (block->values, double, at + i);
      if (block->timestamps->len > 0)
        samples[i].timestamp = g_array_index (block->timestamps, double, at + i);
    }

  return sy_exposition_build (shape->format, sy_recording_get_table (self->recording), shape->families, samples, shape->width);
}

static void
fill (SyRecordingCursor *self,
      const Head        *head,
      SyRecordedScrape  *ret)
{
  const SyRecordShape *shape = head->shape;

  g_clear_pointer (&self->exposition, sy_exposition_unref);
  g_clear_error (&self->error);

  if (shape == NULL)
    self->error = g_error_new_literal (SY_ERROR, SY_ERROR_DAMAGED, "what was recorded here is damaged");
  else if (shape->kind == SY_RECORD_KIND_GAP)
    self->error = g_error_new_literal (SY_ERROR, shape->code, shape->message);
  else
    self->exposition = build_exposition (self, head);

  *ret = (SyRecordedScrape) {
    .moment = *peek (head),
    .exposition = self->exposition,
    .content_type = shape != NULL ? shape->content_type : NULL,
    .error = self->error,
  };
  self->wall_offset_us = (gint64) ((guint64) ret->moment.wall_us - (guint64) ret->moment.monotonic_us);
}

gboolean
sy_recording_cursor_next (SyRecordingCursor  *self,
                          SyRecordedScrape   *ret,
                          GError            **error)
{
  int best;

  while ((best = find_next (self, error)) >= 0)
    {
      Head *head = g_ptr_array_index (self->heads, best);
      const SyRecordMoment moment = *peek (head);
      /* What goes back in time, or comes twice, is not what was recorded. */
      const gboolean is_wanted = moment.monotonic_us >= self->from_us && moment.monotonic_us >= self->last_us
                                 && moment.seq > self->last_seq;

      if (is_wanted)
        {
          fill (self, head, ret);
          self->last_us = moment.monotonic_us;
          self->last_seq = moment.seq;
        }

      if (++head->next == head->block->moments->len)
        g_ptr_array_remove_index_fast (self->heads, (guint) best);
      if (is_wanted)
        return TRUE;
    }

  return FALSE;
}
