/* sy-process-set.c: the processes that answer one address
 *
 * Which process answered is told by its start time. A process that was seen
 * before and answers again is another worker behind the same address. One never
 * seen before is a restart when it is younger than the last by more than the
 * time for which that one has been watched (and by more than a second, since
 * workers are forked together); else both must be alive, so it is a worker too.
 * This needs no clock in common with the target.
 *
 * Limits: 64 processes, the longest unseen goes first; a process that is unseen
 * for 60 s is forgotten unless it is the last that answered. Empty: no current
 * process.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard"

#include "config.h"

#include "sy-process-set.h"

#include <math.h>

#define USEC_PER_SEC 1000000.0
#define FORGET_AFTER_US (60 * G_GINT64_CONSTANT (1000000))
#define SIBLING_SECONDS 1.0
#define MAX_PROCESSES 64

struct _SyProcessSet
{
  GPtrArray *processes; /* owned, element-type SyProcess */
  SyProcess *current;   /* borrowed, nullable */
  gint64     now_us;    /* monotonic, of the last call */
};

static SyProcess *
find_process (SyProcessSet *self,
              double        start_time)
{
  for (guint i = 0; i < self->processes->len; i++)
    {
      SyProcess *process = g_ptr_array_index (self->processes, i);

      if (process->start_time == start_time || (isnan (process->start_time) && isnan (start_time)))
        return process;
    }

  return NULL;
}

static void
drop_longest_unseen (SyProcessSet *self)
{
  SyProcess *oldest = NULL;

  for (guint i = 0; i < self->processes->len; i++)
    {
      SyProcess *process = g_ptr_array_index (self->processes, i);

      if (process != self->current && (oldest == NULL || process->last_us < oldest->last_us))
        oldest = process;
    }

  g_ptr_array_remove_fast (self->processes, oldest);
}

static SyProcess *
add_process (SyProcessSet *self,
             double        start_time)
{
  SyProcess *process = sy_process_new (start_time);

  if (self->processes->len >= MAX_PROCESSES)
    drop_longest_unseen (self);
  g_ptr_array_add (self->processes, process);

  return process;
}

static gboolean
is_restart (const SyProcess *before,
            double           start_time)
{
  double watched = (double) (before->last_us - before->first_us) / USEC_PER_SEC;

  return start_time - before->start_time > MAX (watched, SIBLING_SECONDS);
}

static SyGap
find_gap (const SyProcess *before,
          const SyProcess *process,
          gboolean         is_new,
          gboolean         has_fallen)
{
  /* A start time that comes or goes says nothing about the process. */
  if (before == NULL || isnan (before->start_time) != isnan (process->start_time))
    return SY_GAP_FIRST;
  if (process == before)
    return has_fallen ? SY_GAP_RESET : SY_GAP_NONE;

  return is_new && is_restart (before, process->start_time) ? SY_GAP_RESTART : SY_GAP_OTHER_WORKER;
}

SyProcessSet *
sy_process_set_new (void)
{
  SyProcessSet *self = g_new0 (SyProcessSet, 1);

  self->processes = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_process_free);
  self->now_us = G_MININT64;

  return self;
}

void
sy_process_set_free (SyProcessSet *self)
{
  g_ptr_array_unref (self->processes);
  g_free (self);
}

SyProcess *
sy_process_set_enter (SyProcessSet *self,
                      const SySums *sums,
                      SyGap        *gap)
{
  double start_time = sums->values[SY_INPUT_START_TIME];
  SyProcess *before = self->current;
  SyProcess *process = find_process (self, start_time);
  gboolean is_new = process == NULL;
  gboolean has_fallen;

  if (is_new)
    process = add_process (self, start_time);

  has_fallen = sy_process_has_fallen (process, sums);
  *gap = find_gap (before, process, is_new, has_fallen);
  if (before != NULL && (*gap == SY_GAP_RESTART || *gap == SY_GAP_FIRST))
    before->has_ended = TRUE;
  if (has_fallen)
    sy_process_reset (process);

  process->has_ended = FALSE;
  self->current = process;
  sy_process_set_advance (self, sums->monotonic_us);

  return process;
}

void
sy_process_set_advance (SyProcessSet *self,
                        gint64        now_us)
{
  self->now_us = MAX (self->now_us, now_us);

  for (guint i = self->processes->len; i > 0; i--)
    {
      SyProcess *process = g_ptr_array_index (self->processes, i - 1);

      if (process != self->current && self->now_us - process->last_us > FORGET_AFTER_US)
        g_ptr_array_remove_index (self->processes, i - 1);
    }
}

void
sy_process_set_part (SyProcessSet *self)
{
  for (guint i = 0; i < self->processes->len; i++)
    sy_process_reset (g_ptr_array_index (self->processes, i));
}

SyProcess *
sy_process_set_get_current (SyProcessSet *self)
{
  return self->current;
}

guint
sy_process_set_get_n_alive (SyProcessSet *self)
{
  guint n = 0;

  for (guint i = 0; i < self->processes->len; i++)
    {
      const SyProcess *process = g_ptr_array_index (self->processes, i);

      n += !process->has_ended && self->now_us - process->last_us <= FORGET_AFTER_US ? 1 : 0;
    }

  return n;
}
