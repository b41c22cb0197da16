/* sy-trap-watch.c: the traps of one target, scrape after scrape
 *
 * Three lists are joined: what the recogniser files and one scrape say, found
 * again when the mapping or the number of families changes; what two scrapes
 * proved within the last minute; and what chance can do too, once ten pairs in
 * a row have said it.
 *
 * A target without a start time whose counters fall again and again is several
 * workers too: one that restarts all the time is nothing to compare either.
 *
 * Empty: no traps.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard"

#include "config.h"

#include "sy-trap-watch.h"

#include <string.h>

#include "sy-sample-sieve.h"
#include "sy-trap-scan.h"
#include "sy-trap.h"

#define KEEP_US (60 * G_GINT64_CONSTANT (1000000))
#define MANY_PAIRS 10
#define MANY_FALLS 3

/* One that two scrapes showed. */
typedef struct
{
  SyTrap *trap;    /* owned */
  gint64  seen_us; /* monotonic, the last time */
  guint   n_pairs; /* in a row that showed it */
  gboolean is_sure;
} Seen;

struct _SyTrapWatch
{
  SyMapping    *mapping;    /* owned, nullable */
  SyExposition *exposition; /* owned, nullable: the last one */
  guint         n_families; /* of the exposition that was scanned */
  GPtrArray    *still;      /* owned, element-type SyTrap: of the mapping and one scrape */
  GPtrArray    *seen;       /* owned, element-type Seen */
  GPtrArray    *traps;      /* owned, element-type SyTrap: what is told */
  SySampleSieve *sieve;     /* owned: of the last exposition */
  gint64        fall_us;    /* monotonic, of the first of the falls that count */
  guint         n_falls;
};

static void
seen_free (gpointer data)
{
  Seen *self = data;

  sy_trap_free (self->trap);
  g_free (self);
}

static void
scan_still (SyTrapWatch *self)
{
  g_ptr_array_set_size (self->still, 0);

  for (guint i = 0; i < sy_mapping_get_n_traps (self->mapping); i++)
    {
      const SyTrap *trap = sy_mapping_get_trap (self->mapping, i);

      g_ptr_array_add (self->still, sy_trap_new (trap->code, trap->metric, trap->message, trap->fix));
    }

  sy_trap_scan (self->mapping, self->exposition, self->still);
  sy_exposition_get_families (self->exposition, &self->n_families);
}

static Seen *
find_seen (SyTrapWatch  *self,
           const SyTrap *trap,
           gboolean      is_sure)
{
  Seen *seen;

  for (guint i = 0; i < self->seen->len; i++)
    {
      seen = g_ptr_array_index (self->seen, i);
      if (seen->is_sure == is_sure && strcmp (seen->trap->code, trap->code) == 0
          && strcmp (seen->trap->metric, trap->metric) == 0)
        return seen;
    }

  seen = g_new0 (Seen, 1);
  seen->trap = sy_trap_new (trap->code, trap->metric, trap->message, trap->fix);
  seen->is_sure = is_sure;
  g_ptr_array_add (self->seen, seen);

  return seen;
}

/* @traps were shown at @now_us; others of the same kind were not. */
static void
remember (SyTrapWatch     *self,
          const GPtrArray *traps,
          gboolean         is_sure,
          gint64           now_us)
{
  for (guint i = 0; i < traps->len; i++)
    {
      Seen *seen = find_seen (self, g_ptr_array_index (traps, i), is_sure);

      seen->seen_us = now_us;
      seen->n_pairs++;
    }

  for (guint i = self->seen->len; i > 0; i--)
    {
      Seen *seen = g_ptr_array_index (self->seen, i - 1);
      gboolean is_told = seen->is_sure || seen->n_pairs >= MANY_PAIRS;

      /* what has been told stays a while; what is only counted starts anew */
      if (seen->is_sure == is_sure && seen->seen_us != now_us && (!is_told || now_us - seen->seen_us > KEEP_US))
        g_ptr_array_remove_index (self->seen, i - 1);
    }
}

static void
add_workers (SyTrapWatch     *self,
             const SyReading *reading,
             guint            n_processes,
             GPtrArray       *sure)
{
  const SySignal *signal = sy_mapping_find (self->mapping, "start_time");

  if (reading->gap == SY_GAP_RESET)
    {
      if (self->n_falls == 0 || reading->monotonic_us - self->fall_us > KEEP_US)
        {
          self->n_falls = 0;
          self->fall_us = reading->monotonic_us;
        }
      self->n_falls++;
    }

  if (n_processes > 1 || reading->gap == SY_GAP_OTHER_WORKER || (self->n_falls >= MANY_FALLS && reading->gap == SY_GAP_RESET))
    sy_trap_list_add (sure, SY_TRAP_OTHER_WORKERS, signal != NULL ? signal->metric : "");
}

static void
add_left_out (SyTrapWatch        *self,
              const SyExposition *exposition,
              gint64              wall_us,
              GPtrArray          *sure)
{
  const SySeries *series;

  sy_sample_sieve_fill (self->sieve, exposition, wall_us);
  series = sy_sample_sieve_get_repeated (self->sieve);
  if (series != NULL)
    sy_trap_list_add (sure, SY_TRAP_REPEATED, series->name);
  series = sy_sample_sieve_get_foreign (self->sieve);
  if (series != NULL)
    sy_trap_list_add (sure, SY_TRAP_FOREIGN_TIME, series->name);
}

static void
join (SyTrapWatch *self)
{
  g_autoptr (GPtrArray) traps = sy_trap_list_new ();

  for (guint i = 0; i < self->seen->len; i++)
    {
      const Seen *seen = g_ptr_array_index (self->seen, i);

      if (seen->is_sure || seen->n_pairs >= MANY_PAIRS)
        sy_trap_list_add (traps, seen->trap->code, seen->trap->metric);
    }
  sy_trap_list_merge (traps, self->still);

  if (sy_trap_list_equal (traps, self->traps))
    return;

  g_ptr_array_unref (self->traps);
  self->traps = g_steal_pointer (&traps);
}

SyTrapWatch *
sy_trap_watch_new (void)
{
  SyTrapWatch *self = g_new0 (SyTrapWatch, 1);

  self->sieve = sy_sample_sieve_new ();
  self->still = sy_trap_list_new ();
  self->seen = g_ptr_array_new_with_free_func (seen_free);
  self->traps = sy_trap_list_new ();

  return self;
}

void
sy_trap_watch_free (SyTrapWatch *self)
{
  g_clear_pointer (&self->mapping, sy_mapping_unref);
  g_clear_pointer (&self->exposition, sy_exposition_unref);
  sy_sample_sieve_free (self->sieve);
  g_ptr_array_unref (self->still);
  g_ptr_array_unref (self->seen);
  g_ptr_array_unref (self->traps);
  g_free (self);
}

void
sy_trap_watch_add (SyTrapWatch     *self,
                   SyMapping       *mapping,
                   SyExposition    *exposition,
                   const SyReading *reading,
                   guint            n_processes)
{
  g_autoptr (SyExposition) before = g_steal_pointer (&self->exposition);
  g_autoptr (GPtrArray) sure = sy_trap_list_new ();
  g_autoptr (GPtrArray) maybe = sy_trap_list_new ();
  gboolean is_other = self->mapping != mapping;
  guint n_families;

  self->exposition = sy_exposition_ref (exposition);
  if (is_other)
    {
      g_clear_pointer (&self->mapping, sy_mapping_unref);
      self->mapping = sy_mapping_ref (mapping);
    }

  sy_exposition_get_families (exposition, &n_families);
  if (is_other || n_families != self->n_families)
    scan_still (self);

  add_workers (self, reading, n_processes, sure);
  add_left_out (self, exposition, reading->wall_us, sure);
  if (before != NULL && sy_exposition_get_table (before) == sy_exposition_get_table (exposition))
    sy_trap_scan_change (mapping, before, exposition, sure, maybe);
  remember (self, sure, TRUE, reading->monotonic_us);
  remember (self, maybe, FALSE, reading->monotonic_us);
  join (self);
}

GPtrArray *
sy_trap_watch_get (SyTrapWatch *self)
{
  return self->traps;
}
