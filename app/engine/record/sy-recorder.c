/* sy-recorder.c: writes down what backends say
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-record"

#include "config.h"

#include "sy-recorder.h"

#include <string.h>

#include "sy-error.h"
#include "sy-record-block.h"
#include "sy-record-queue.h"
#include "sy-record-room.h"

/* While the disk is full. */
#define MAX_AGE_US (600 * SY_USEC_PER_SEC)
#define MAX_WAITING_BYTES (64 * 1024 * 1024)

#define RETRY_US (5 * SY_USEC_PER_SEC)
#define SYNC_US (5 * SY_USEC_PER_SEC)
#define MIN_FREE (G_GINT64_CONSTANT (200) * 1024 * 1024)

struct _SyRecorder
{
  GObject parent_instance;

  /* Set once. */
  char              *path;    /* (owned) */
  SyClock           *clock;   /* (owned) */
  GMainContext      *context; /* (owned): the owner's */
  SyRecorderOptions  options;
  gint64             begin_us; /* monotonic */
  gint64             begin_size; /* bytes that were there */
  gint64             shift_us; /* from the clock's times to those of the file */
  SyRecordQueue     *queue;   /* (owned): from any thread to the recorder's */

  /* Owner's thread. */
  GThread           *thread;  /* (owned) (nullable): until finished */
  SyRecordPast      *past;    /* (owned) (nullable): of what is continued */
  guint              n_targets;
  guint              n_marks;
  gint64             last_mark; /* the id that was given last */

  /* Recorder's thread, once that runs. */
  SyRecordWriter    *writer;  /* (owned) */
  gint64             synced_us; /* of the thread's own time: disks know no manual clock */
  gint64             retry_at_us;

  /* Under the lock. */
  GMutex             lock;
  gint64             next_seq[SY_RECORD_MAX_TARGETS];
  SyRecordCount      counts[SY_RECORD_MAX_TARGETS];
  SyRecorderStatus   status;
  gboolean           closing;
  gboolean           ended;   /* nothing is taken any more */
  GSource           *notice;  /* (owned) (nullable): tells the owner */
};

G_DEFINE_FINAL_TYPE (SyRecorder, sy_recorder, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

const char *
sy_recorder_state_nick (SyRecorderState state)
{
  static const char *const nicks[] = {
    [SY_RECORDER_RECORDING] = "recording",
    [SY_RECORDER_FULL] = "full",
    [SY_RECORDER_FINISHED] = "finished",
    [SY_RECORDER_FAILED] = "failed",
  };

  return nicks[state];
}

void
sy_recorder_status_clear (SyRecorderStatus *status)
{
  g_clear_error (&status->error);
}

static gboolean
has_ended (const SyRecorderStatus *status)
{
  return status->state == SY_RECORDER_FINISHED || status->state == SY_RECORDER_FAILED;
}

static gboolean
notice_cb (gpointer user_data)
{
  g_autoptr (SyRecorder) self = g_object_ref (user_data);

  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->notice, g_source_unref);
  g_mutex_unlock (&self->lock);

  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

/* With the lock held. */
static void
notify_owner (SyRecorder *self)
{
  if (self->notice != NULL || self->closing)
    return;

  self->notice = g_idle_source_new ();
  g_source_set_priority (self->notice, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->notice, notice_cb, self, NULL);
  g_source_set_static_name (self->notice, "SyRecorder changed");
  g_source_attach (self->notice, self->context);
}

/* When the file will have its size, if it goes on growing as it did. */
static gint64
foresee_end (SyRecorder *self,
             gint64      size)
{
  const gint64 elapsed_us = sy_clock_get_monotonic (self->clock) - self->begin_us;

  if (self->options.max_bytes == 0 || size <= self->begin_size || elapsed_us < SY_USEC_PER_SEC)
    return 0;

  return sy_clock_get_wall (self->clock)
         + (gint64) ((double) MAX (self->options.max_bytes - size, 0) / (double) (size - self->begin_size)
                    * (double) elapsed_us);
}

/* Recorder's thread. @error (transfer full) (nullable) */
static void
publish (SyRecorder      *self,
         SyRecorderState  state,
         GError          *error)
{
  const gint64 size = sy_record_writer_get_size (self->writer);

  g_mutex_lock (&self->lock);
  g_clear_error (&self->status.error);
  self->status.state = state;
  self->status.error = error;
  self->status.size = MAX (size, self->status.size);
  self->status.end_wall_us = foresee_end (self, size);
  self->status.n_recorded = self->status.n_gaps = 0;
  for (guint i = 0; i < sy_record_writer_get_n (self->writer); i++)
    {
      self->counts[i] = sy_record_writer_get_count (self->writer, i);
      self->status.n_recorded += self->counts[i].n_recorded;
      self->status.n_gaps += self->counts[i].n_gaps;
    }
  notify_owner (self);
  g_mutex_unlock (&self->lock);
}

/* FALSE: it has ended. */
static gboolean
handle_failure (SyRecorder *self,
                GError     *error)
{
  if (error->code != SY_ERROR_STORAGE_FULL)
    {
      publish (self, SY_RECORDER_FAILED, error);
      return FALSE;
    }

  if (!sy_record_writer_shed (self->writer, MAX_AGE_US, MAX_WAITING_BYTES))
    {
      g_prefix_error (&error, "too long: ");
      publish (self, SY_RECORDER_FAILED, error);
      return FALSE;
    }

  self->retry_at_us = g_get_monotonic_time () + (self->options.retry_us > 0 ? self->options.retry_us : RETRY_US);
  publish (self, SY_RECORDER_FULL, error);
  return TRUE;
}

static gboolean
reached_its_size (SyRecorder *self)
{
  return self->options.max_bytes > 0 && sy_record_writer_get_size (self->writer) >= self->options.max_bytes;
}

/* FALSE: it has ended. */
static gboolean
write_waiting (SyRecorder *self,
               gboolean    closing)
{
  const gint64 now_us = g_get_monotonic_time ();
  const gboolean sync = now_us - self->synced_us >= SYNC_US;
  GError *error = NULL;

  if (now_us < self->retry_at_us && !closing)
    return sy_record_writer_shed (self->writer, MAX_AGE_US, MAX_WAITING_BYTES) || handle_failure (self, g_error_new_literal (SY_ERROR, SY_ERROR_STORAGE_FULL, "there is no room on the disk"));

  if (!sy_record_writer_commit (self->writer, sync, &error) || !sy_record_writer_pack (self->writer, FALSE, &error))
    return handle_failure (self, error);

  self->retry_at_us = 0;
  if (sync)
    self->synced_us = now_us;

  publish (self, SY_RECORDER_RECORDING, NULL);
  return !reached_its_size (self);
}

static void
absorb_all (SyRecorder *self,
            GQueue     *items)
{
  SyRecordItem *item;

  while ((item = g_queue_pop_head (items)) != NULL)
    {
      sy_record_item_write (item, self->writer);
      sy_record_item_free (item);
    }
}

/* (transfer full) */
static GError *
say_full (SyRecorder *self)
{
  g_autofree char *size = g_format_size_full ((guint64) self->options.max_bytes, G_FORMAT_SIZE_IEC_UNITS);

  return g_error_new (SY_ERROR, SY_ERROR_STORAGE_FULL, "%s: the recording reached its size of %s", self->path, size);
}

/* What was taken until now is still written. */
static void
end (SyRecorder *self)
{
  GError *error = NULL;
  const gboolean is_full = reached_its_size (self);
  GQueue items;

  g_mutex_lock (&self->lock);
  self->ended = TRUE;
  g_mutex_unlock (&self->lock);
  sy_record_queue_take (self->queue, &items);
  absorb_all (self, &items);

  if (!sy_record_writer_finish (self->writer, sy_clock_get_wall (self->clock), &error))
    publish (self, SY_RECORDER_FAILED, error);
  else if (is_full)
    publish (self, SY_RECORDER_FINISHED, say_full (self));
  else
    publish (self, SY_RECORDER_FINISHED, NULL);
}

static gpointer
thread_func (gpointer user_data)
{
  SyRecorder *self = user_data;
  gboolean closing = FALSE;
  gboolean goes_on = TRUE;

  while (!closing && goes_on)
    {
      GQueue items;

      closing = sy_record_queue_wait (self->queue, self->retry_at_us, &items);
      absorb_all (self, &items);
      goes_on = write_waiting (self, closing);
    }

  if (!has_ended (&self->status))
    end (self);

  g_clear_pointer (&self->writer, sy_record_writer_free);
  return NULL;
}

static void
sy_recorder_dispose (GObject *object)
{
  SyRecorder *self = SY_RECORDER (object);

  sy_recorder_finish (self, NULL);
  if (self->notice != NULL)
    g_source_destroy (self->notice);
  g_clear_pointer (&self->notice, g_source_unref);

  G_OBJECT_CLASS (sy_recorder_parent_class)->dispose (object);
}

static void
sy_recorder_finalize (GObject *object)
{
  SyRecorder *self = SY_RECORDER (object);

  g_clear_pointer (&self->queue, sy_record_queue_free);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->writer, sy_record_writer_free);
  g_clear_pointer (&self->past, sy_record_past_free);
  sy_recorder_status_clear (&self->status);
  g_free (self->path);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (sy_recorder_parent_class)->finalize (object);
}

static void
sy_recorder_class_init (SyRecorderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sy_recorder_dispose;
  object_class->finalize = sy_recorder_finalize;

  signals[CHANGED] = g_signal_new ("changed", SY_TYPE_RECORDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sy_recorder_init (SyRecorder *self)
{
  g_mutex_init (&self->lock);
  self->queue = sy_record_queue_new ();
  self->context = g_main_context_ref_thread_default ();
}

/* NULL where there is no room. */
static SyRecorder *
recorder_new (const char               *path,
              SyClock                  *clock,
              const SyRecorderOptions  *options,
              GError                  **error)
{
  g_autoptr (SyRecorder) self = g_object_new (SY_TYPE_RECORDER, NULL);

  self->clock = g_object_ref (clock);
  self->path = g_strdup (path);
  if (options != NULL)
    self->options = *options;

  if (!sy_record_room_check (path, self->options.min_free_bytes > 0 ? self->options.min_free_bytes : MIN_FREE, error))
    return NULL;

  self->begin_us = sy_clock_get_monotonic (clock);
  self->synced_us = G_MININT64 / 2;
  return g_steal_pointer (&self);
}

/* (transfer full) */
static SyRecorder *
begin (SyRecorder *self)
{
  self->thread = g_thread_new ("recorder", thread_func, self);
  return self;
}

SyRecorder *
sy_recorder_new (const char               *path,
                 SyClock                  *clock,
                 const SyRecorderOptions  *options,
                 GError                  **error)
{
  g_autoptr (SyRecorder) self = recorder_new (path, clock, options, error);

  if (self == NULL)
    return NULL;

  self->writer = sy_record_writer_new (path, error);
  return self->writer != NULL ? begin (g_steal_pointer (&self)) : NULL;
}

/* How much later in the file's times it is now than when the last answer came. A
 * wall clock that was set back makes it no more than a gap needs. */
static gint64
get_pause (SyRecorder *self)
{
  return MAX (sy_clock_get_wall (self->clock) - self->past->end_wall_us, 2);
}

static void
take_past (SyRecorder *self)
{
  const GArray *targets = self->past->targets;

  self->n_targets = targets->len;
  self->n_marks = self->past->n_marks;
  self->last_mark = self->past->last_mark;
  self->begin_size = sy_record_writer_get_size (self->writer);
  if (self->past->end_wall_us != 0)
    self->shift_us = self->past->end_us + get_pause (self) - self->begin_us;

  for (guint i = 0; i < targets->len; i++)
    {
      const SyRecordPastTarget *target = &g_array_index (targets, SyRecordPastTarget, i);
      const guint64 n = target->count.n_recorded + target->count.n_gaps;

      self->counts[i] = target->count;
      self->next_seq[i] = n > 0 ? target->last.seq + 1 : 0;
      self->status.n_expected += n;
      self->status.n_recorded += target->count.n_recorded;
      self->status.n_gaps += target->count.n_gaps;
    }
}

SyRecorder *
sy_recorder_continue (const char               *path,
                      SyClock                  *clock,
                      const SyRecorderOptions  *options,
                      GError                  **error)
{
  g_autoptr (SyRecorder) self = recorder_new (path, clock, options, error);

  if (self == NULL)
    return NULL;

  self->writer = sy_record_writer_continue (path, &self->past, error);
  if (self->writer == NULL)
    return NULL;

  take_past (self);
  return begin (g_steal_pointer (&self));
}

const char *
sy_recorder_get_path (SyRecorder *self)
{
  return self->path;
}

/* With the lock held. */
static gboolean
takes_items (SyRecorder *self)
{
  return !self->closing && !self->ended && !has_ended (&self->status);
}

/* @item: (transfer full). FALSE: the recording has ended. */
static gboolean
push (SyRecorder   *self,
      SyRecordItem *item)
{
  gboolean is_taken;

  g_mutex_lock (&self->lock);
  is_taken = takes_items (self);
  if (is_taken)
    sy_record_queue_push (self->queue, item);
  g_mutex_unlock (&self->lock);

  if (!is_taken)
    sy_record_item_free (item);
  return is_taken;
}

static gboolean
fail_ended (SyRecorder  *self,
            GError     **error)
{
  g_set_error (error, SY_ERROR, SY_ERROR_STORAGE, "%s: the recording has ended; record anew to keep marks", self->path);
  return FALSE;
}

void
sy_recorder_set_meta (SyRecorder *self,
                      const char *key,
                      const char *value)
{
  push (self, sy_record_item_new_meta (key, value));
}

/* Nobody asked @target from its last answer until now. */
static void
add_absence (SyRecorder               *self,
             guint                     index,
             const SyRecordPastTarget *target)
{
  g_autoptr (GError) error = g_error_new_literal (SY_ERROR, SY_ERROR_NOT_RUNNING, "Steelyard was not running");
  const gint64 now_us = sy_clock_get_monotonic (self->clock) + self->shift_us;
  const gint64 after_us = CLAMP (target->interval_us, 1, MAX (now_us - target->last.monotonic_us - 1, 1));
  const SyRecordEntry entry = {
    .target = index,
    .moment = {
      .monotonic_us = target->last.monotonic_us + after_us - self->shift_us,
      .answered_us = target->last.monotonic_us + after_us - self->shift_us,
      .wall_us = target->last.wall_us + after_us,
    },
    .error = error,
  };

  sy_recorder_add (self, &entry);
}

/* The target that goes on; FALSE: it was not there. */
static gboolean
continue_target (SyRecorder           *self,
                 const SyRecordTarget *target,
                 guint                *ret_index)
{
  for (guint i = 0; self->past != NULL && i < self->past->targets->len; i++)
    {
      SyRecordPastTarget *past = &g_array_index (self->past->targets, SyRecordPastTarget, i);

      if (past->is_continued || strcmp (past->url, target->url) != 0)
        continue;

      past->is_continued = TRUE;
      if (past->count.n_recorded + past->count.n_gaps > 0)
        add_absence (self, i, past);
      *ret_index = i;
      return TRUE;
    }

  return FALSE;
}

/* There is no room for one more. */
static void
leave_out (SyRecorder *self)
{
  g_autofree char *number = NULL;

  g_mutex_lock (&self->lock);
  number = g_strdup_printf ("%u", ++self->status.n_left_out);
  notify_owner (self);
  g_mutex_unlock (&self->lock);

  sy_recorder_set_meta (self, "left-out", number);
}

guint
sy_recorder_add_target (SyRecorder           *self,
                        const SyRecordTarget *target)
{
  guint index;

  if (continue_target (self, target, &index))
    return index;

  if (self->n_targets == SY_RECORD_MAX_TARGETS)
    {
      leave_out (self);
      return SY_RECORDER_NO_TARGET;
    }

  push (self, sy_record_item_new_target (target));
  return self->n_targets++;
}

gboolean
sy_recorder_add_mark (SyRecorder          *self,
                      const SyRecordMark  *mark,
                      gint64              *ret_id,
                      GError             **error)
{
  SyRecordMark kept = *mark;

  if (!sy_record_mark_check (mark, error))
    return FALSE;

  if (self->n_marks == SY_RECORD_MAX_MARKS)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_STORAGE, "%s: it has %d marks already", self->path, SY_RECORD_MAX_MARKS);
      return FALSE;
    }

  kept.id = self->last_mark + 1;
  kept.from_us += self->shift_us;
  kept.to_us += self->shift_us;
  if (!push (self, sy_record_item_new_mark (&kept)))
    return fail_ended (self, error);

  self->n_marks++;
  self->last_mark = kept.id;
  if (ret_id != NULL)
    *ret_id = self->last_mark;
  return TRUE;
}

gboolean
sy_recorder_remove_mark (SyRecorder  *self,
                         gint64       id,
                         GError     **error)
{
  if (!push (self, sy_record_item_new_no_mark (id)))
    return fail_ended (self, error);

  self->n_marks--;
  return TRUE;
}

void
sy_recorder_add (SyRecorder          *self,
                 const SyRecordEntry *entry)
{
  SyRecordItem *item = sy_record_item_new_answer (entry);
  SyRecordMoment *moment = &sy_record_item_get_entry (item)->moment;

  g_mutex_lock (&self->lock);
  if (!takes_items (self))
    {
      g_mutex_unlock (&self->lock);
      sy_record_item_free (item);
      return;
    }

  moment->monotonic_us += self->shift_us;
  moment->answered_us += self->shift_us;
  moment->seq = self->next_seq[entry->target]++;
  self->status.n_expected++;
  sy_record_queue_push (self->queue, item);
  g_mutex_unlock (&self->lock);
}

void
sy_recorder_get_status (SyRecorder       *self,
                        SyRecorderStatus *ret)
{
  g_mutex_lock (&self->lock);
  *ret = self->status;
  if (ret->error != NULL)
    ret->error = g_error_copy (ret->error);
  g_mutex_unlock (&self->lock);
}

SyRecordCount
sy_recorder_get_count (SyRecorder *self,
                       guint       target)
{
  SyRecordCount count;

  g_mutex_lock (&self->lock);
  count = self->counts[target];
  g_mutex_unlock (&self->lock);
  return count;
}

gboolean
sy_recorder_finish (SyRecorder  *self,
                    GError     **error)
{
  if (self->thread != NULL)
    {
      g_mutex_lock (&self->lock);
      self->closing = TRUE;
      g_mutex_unlock (&self->lock);
      sy_record_queue_close (self->queue);
      g_thread_join (g_steal_pointer (&self->thread));
    }

  if (self->status.state == SY_RECORDER_FAILED && self->status.error != NULL)
    {
      g_propagate_error (error, g_error_copy (self->status.error));
      return FALSE;
    }

  return TRUE;
}
