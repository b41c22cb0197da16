/* sy-recording-cursor.c: the answers of one target in order
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Blocks of several shapes may overlap: those that the present place is in are
 * open side by side, and the answer with the least seq comes next.
 */
#define G_LOG_DOMAIN "steelyard-record"

#include "config.h"

#include "sy-recording-private.h"

#include <string.h>

#include "sy-error.h"
#include "sy-exposition-build.h"
#include "sy-record-block.h"
#include "sy-record-schema.h"
#include "sy-record-tier.h"

/* Blocks that lie side by side unfold to so much at most. The 24 that a recorder
 * fills at a time are 6 MiB each at the worst, with their shapes. */
#define MAX_OPEN_BYTES (192 * 1024 * 1024)

/* An open block, or the place of one that cannot be read. */
typedef struct
{
  SyRecordShape  *shape;  /* (owned) (nullable): NULL: damaged */
  SyRecordBlock  *block;  /* (owned) */
  gboolean        is_tier;
  guint           next;
} Head;

struct _SyRecordingCursor
{
  SyRecording  *recording; /* (owned) */
  sqlite3_stmt *rows;      /* (owned): stands at the next block when @has_row */
  gboolean      has_row;
  GPtrArray    *heads;     /* (owned) (element-type Head) */
  Head         *present;   /* (borrowed) (nullable): of heads, stands at the answer that was handed out */
  gint64        step_us;   /* between two answers that are handed out */
  gint64        least_us;  /* monotonic: nothing before is handed out any more */
  gint64        last_seq;
  gint64        wall_offset_us;

  /* Of the answer that was handed out. */
  SyExposition *exposition; /* (owned) (nullable) */
  GError       *error;      /* (owned) (nullable) */
};

enum { COLUMN_FIRST, COLUMN_LAST, COLUMN_N, COLUMN_FROM, COLUMN_TO, COLUMN_SHAPE, COLUMN_IS_TIER, COLUMN_DATA };

static void
head_free (gpointer data)
{
  Head *head = data;

  g_clear_pointer (&head->shape, sy_record_shape_unref);
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

/* Blocks are found by this index, and read only where they are wanted. */
#define EXTENT "INDEXED BY block_extent"

/* A block that has no such tier is read in the next finer way. */
static const char *
get_query (SyRecording    *recording,
           SyRecordDetail  detail)
{
#define QUERY(columns, index, joins) \
  "SELECT first, last, n, from_us, to_us, shape, " columns " FROM block " index " " joins " WHERE target = ?1 AND to_us >= ?2 ORDER BY first"

  if (sy_record_schema_get (sy_recording_get_db (recording)) < 2)
    return QUERY ("0, block.data", "", "");
  if (detail == SY_RECORD_DETAIL_ALL)
    return QUERY ("0, block.data", EXTENT, "");
  if (detail == SY_RECORD_DETAIL_COARSE)
    return QUERY ("coarse.data IS NOT NULL, ifnull (coarse.data, block.data)", EXTENT, "LEFT JOIN coarse ON coarse.block = block.id");
  return QUERY ("coarse.data IS NOT NULL, coalesce (fine.data, coarse.data, block.data)",
                EXTENT, "LEFT JOIN fine ON fine.block = block.id LEFT JOIN coarse ON coarse.block = block.id");
#undef QUERY
}

/* From which step on a tier is fine enough: it has a third as many answers at least.
 * To read all of them for more would cost the most of all steps. */
static SyRecordDetail
choose_detail (SyRecording *recording,
               guint        index,
               gint64       step_us)
{
  const gint64 interval_us = MAX (sy_recording_get_target (recording, index)->interval_us, 1);

  if (step_us / interval_us >= SY_RECORD_TIER_COARSE / 3)
    return SY_RECORD_DETAIL_COARSE;
  return step_us / interval_us >= SY_RECORD_TIER_FINE / 3 ? SY_RECORD_DETAIL_FINE : SY_RECORD_DETAIL_ALL;
}

SyRecordingCursor *
sy_recording_read_detail (SyRecording     *recording,
                          guint            index,
                          gint64           from_us,
                          SyRecordDetail   detail,
                          GError         **error)
{
  g_autoptr (SyRecordingCursor) self = g_new0 (SyRecordingCursor, 1);

  self->recording = sy_recording_ref (recording);
  self->heads = g_ptr_array_new_with_free_func (head_free);
  self->least_us = from_us;
  self->last_seq = -1;
  self->rows = sy_record_db_prepare (sy_recording_get_db (recording), get_query (recording, detail), error);
  if (self->rows == NULL)
    return NULL;

  sqlite3_bind_int64 (self->rows, 1, sy_recording_get_target (recording, index)->id);
  sqlite3_bind_int64 (self->rows, 2, from_us);
  return step (self, error) ? g_steal_pointer (&self) : NULL;
}

SyRecordingCursor *
sy_recording_read_thin (SyRecording  *recording,
                        guint         index,
                        gint64        from_us,
                        gint64        step_us,
                        GError      **error)
{
  SyRecordingCursor *self = sy_recording_read_detail (recording, index, from_us, choose_detail (recording, index, step_us), error);

  if (self != NULL)
    self->step_us = MAX (step_us, 0);
  return self;
}

SyRecordingCursor *
sy_recording_read (SyRecording  *recording,
                   guint         index,
                   gint64        from_us,
                   GError      **error)
{
  return sy_recording_read_detail (recording, index, from_us, SY_RECORD_DETAIL_ALL, error);
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
is_in_order (SyRecordingCursor *self,
             const Head        *head)
{
  const SyRecordMoment *moments = (const SyRecordMoment *) head->block->moments->data;
  const guint n = head->block->moments->len;
  const gint64 first = sqlite3_column_int64 (self->rows, COLUMN_FIRST);

  if (sqlite3_column_int64 (self->rows, COLUMN_LAST) != moments[n - 1].seq || moments[0].seq < 0)
    return FALSE;
  if (head->is_tier ? moments[0].seq < first : sqlite3_column_int64 (self->rows, COLUMN_N) != n || first != moments[0].seq)
    return FALSE;

  for (guint i = 1; i < n; i++)
    if (moments[i].seq <= moments[i - 1].seq || moments[i].monotonic_us < moments[i - 1].monotonic_us)
      return FALSE;

  return TRUE;
}

/* Which columns of a tier's block are wanted: of each series the last value. (transfer
 * full) */
static guint8 *
choose_last (guint width)
{
  guint8 *wanted = g_new0 (guint8, SY_RECORD_TIER_PARTS * MAX (width, 1));

  memset (wanted + SY_RECORD_TIER_LAST * width, 1, width);
  return wanted;
}

/* The block of the row that the statement stands at; NULL: it is none. */
static SyRecordBlock *
unpack_row (SyRecordingCursor   *self,
            const SyRecordShape *shape,
            gboolean             is_tier)
{
  g_autofree guint8 *wanted = is_tier ? choose_last (shape->width) : NULL;
  const int length = sqlite3_column_bytes (self->rows, COLUMN_DATA);
  const guint8 *data = sqlite3_column_blob (self->rows, COLUMN_DATA);
  const guint width = shape->width * (is_tier ? SY_RECORD_TIER_PARTS : 1);

  if (data == NULL)
    return NULL;
  if (wanted == NULL)
    return sy_record_block_unpack (data, (gsize) length, width, NULL);
  return sy_record_block_unpack_some (data, (gsize) length, width, wanted, NULL);
}

static gsize
size_of_head (const Head *head)
{
  return (head->shape != NULL ? head->shape->size : 0) + head->block->moments->len * sizeof (SyRecordMoment)
         + ((gsize) head->block->values->len + head->block->timestamps->len) * sizeof (double);
}

/* A recorder has few blocks open at a time, and so it is with those that it wrote. */
static gboolean
has_room (SyRecordingCursor *self,
          const Head        *head)
{
  gsize bytes = size_of_head (head);

  for (guint i = 0; i < self->heads->len; i++)
    bytes += size_of_head (g_ptr_array_index (self->heads, i));

  return bytes <= MAX_OPEN_BYTES;
}

/* Of the row that the statement stands at. */
static Head *
load_head (SyRecordingCursor *self)
{
  Head *head = g_new0 (Head, 1);
  SyRecordMoment moment = { 0 };

  head->is_tier = sqlite3_column_int (self->rows, COLUMN_IS_TIER) != 0;
  head->shape = sy_recording_get_shape (self->recording, (guint64) sqlite3_column_int64 (self->rows, COLUMN_SHAPE), NULL);
  if (head->shape != NULL)
    head->block = unpack_row (self, head->shape, head->is_tier);
  if (head->block != NULL && is_in_order (self, head) && has_room (self, head))
    return head;

  /* One gap stands for all of it. */
  g_clear_pointer (&head->block, sy_record_block_free);
  g_clear_pointer (&head->shape, sy_record_shape_unref);
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

      /* The whole of it is before what is wanted next. */
      if (sqlite3_column_int64 (self->rows, COLUMN_TO) >= self->least_us)
        g_ptr_array_add (self->heads, load_head (self));
      if (!step (self, error))
        return -1;
    }
}

/* What was said where the head stands; NULL: a gap, or damaged. (transfer none) */
static const double *
get_values (const Head *head)
{
  const SyRecordShape *shape = head->shape;

  if (shape == NULL || shape->kind == SY_RECORD_KIND_GAP)
    return NULL;

  return (const double *) head->block->values->data + (gsize) head->next * head->block->width
         + (head->is_tier ? SY_RECORD_TIER_LAST * shape->width : 0);
}

/* Moves past the answers that nobody wants. Returns: the head that stands at the
 * next; NULL: the end, or @error. (transfer none) */
static Head *
advance (SyRecordingCursor  *self,
         GError            **error)
{
  int best;

  /* The one that was handed out. */
  if (self->present != NULL)
    {
      if (++self->present->next == self->present->block->moments->len)
        g_ptr_array_remove_fast (self->heads, self->present);
      self->present = NULL;
    }

  while ((best = find_next (self, error)) >= 0)
    {
      Head *head = g_ptr_array_index (self->heads, best);
      const SyRecordMoment *moment = peek (head);

      /* What goes back in time, or comes twice, is not what was recorded. */
      if (moment->monotonic_us >= self->least_us && moment->seq > self->last_seq)
        {
          /* At the end of time there is no further step. */
          self->least_us = moment->monotonic_us <= G_MAXINT64 - self->step_us ? moment->monotonic_us + self->step_us : G_MAXINT64;
          self->last_seq = moment->seq;
          self->wall_offset_us = (gint64) ((guint64) moment->wall_us - (guint64) moment->monotonic_us);
          self->present = head;
          return head;
        }

      if (++head->next == head->block->moments->len)
        g_ptr_array_remove_index_fast (self->heads, (guint) best);
    }

  return NULL;
}

static SyExposition *
build_exposition (SyRecordingCursor *self,
                  const Head        *head,
                  const double      *values)
{
  const SyRecordShape *shape = head->shape;
  const SyRecordBlock *block = head->block;
  SySample *samples = g_memdup2 (shape->samples, MAX (shape->width, 1) * sizeof *samples);

  for (guint i = 0; i < shape->width; i++)
    {
      samples[i].value = values[i];
      if (!head->is_tier && block->timestamps->len > 0)
        samples[i].timestamp = g_array_index (block->timestamps, double, head->next * shape->width + i);
    }

  return sy_exposition_build (shape->format, sy_recording_get_table (self->recording), shape->families, samples, shape->width);
}

gboolean
sy_recording_cursor_next (SyRecordingCursor  *self,
                          SyRecordedScrape   *ret,
                          GError            **error)
{
  const Head *head = advance (self, error);
  const double *values;

  if (head == NULL)
    return FALSE;

  g_clear_pointer (&self->exposition, sy_exposition_unref);
  g_clear_error (&self->error);
  values = get_values (head);
  if (head->shape == NULL)
    self->error = g_error_new_literal (SY_ERROR, SY_ERROR_DAMAGED, "what was recorded here is damaged");
  else if (values == NULL)
    self->error = g_error_new_literal (SY_ERROR, head->shape->code, head->shape->message);
  else
    self->exposition = build_exposition (self, head, values);

  *ret = (SyRecordedScrape) {
    .moment = *peek (head),
    .exposition = self->exposition,
    .content_type = head->shape != NULL ? head->shape->content_type : NULL,
    .error = self->error,
  };
  return TRUE;
}
