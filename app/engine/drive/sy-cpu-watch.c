/* sy-cpu-watch.c: who else uses the processors of this machine
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All readings are in the kernel's ticks (10 ms) of proc(5): field 1 … 8 of
 * the line "cpu" of /proc/stat, and utime and stime of /proc/PID/stat. A server
 * is found as in `ss -p`: the port's listening socket in /proc/net/tcp has an
 * inode, and the processes that hold it have a link "socket:[inode]" in
 * /proc/PID/fd. A pre-forking server has one socket in many processes, and one
 * that shares a port has many sockets: all are found.
 */
#define G_LOG_DOMAIN "steelyard-drive"

#include "config.h"

#include "sy-cpu-watch.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define USEC_PER_SEC 1e6
#define TCP_LISTEN 0x0A
#define N_BUSY_FIELDS 8
#define FIELD_IDLE 3
#define FIELD_IOWAIT 4

struct _SyCpuWatch {
  GHashTable *pids;             /* owned set of process ids, ourselves among them */
  gboolean    is_server_missing;
  double      ticks_per_second;
  guint       n_samples;
  gint64      first_us;
  gint64      last_us;
  double      first_foreign;    /* ticks since boot, less those of `pids`; NAN unknown */
  double      last_foreign;
};

SyCpuWatch *
sy_cpu_watch_new (void)
{
  SyCpuWatch *self = g_new0 (SyCpuWatch, 1);

  self->pids = g_hash_table_new (NULL, NULL);
  self->ticks_per_second = (double) sysconf (_SC_CLK_TCK);
  g_hash_table_add (self->pids, GINT_TO_POINTER (getpid ()));
  return self;
}

void
sy_cpu_watch_free (SyCpuWatch *self)
{
  g_hash_table_unref (self->pids);
  g_free (self);
}

/* Adds "socket:[INODE]" for each socket that listens on @port. */
static void
find_sockets (const char *table,
              int         port,
              GHashTable *links)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents (table, &text, NULL, NULL))
    return;

  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      unsigned int local_port, state;
      unsigned long inode;

      if (sscanf (lines[i], " %*u: %*[0-9A-Fa-f]:%x %*[0-9A-Fa-f]:%*x %x %*s %*s %*s %*u %*u %lu",
                  &local_port, &state, &inode) == 3 &&
          state == TCP_LISTEN && (int) local_port == port)
        g_hash_table_add (links, g_strdup_printf ("socket:[%lu]", inode));
    }
}

static gboolean
holds_socket (const char *pid,
              GHashTable *links)
{
  g_autofree char *folder = g_build_filename ("/proc", pid, "fd", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  if (dir == NULL)
    return FALSE;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *link = g_file_read_link (path, NULL);

      if (link != NULL && g_hash_table_contains (links, link))
        return TRUE;
    }

  return FALSE;
}

void
sy_cpu_watch_add_port (SyCpuWatch *self,
                       int         port)
{
  g_autoptr (GHashTable) links = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GDir) dir = g_dir_open ("/proc", 0, NULL);
  gboolean is_found = FALSE;
  const char *name;

  find_sockets ("/proc/net/tcp", port, links);
  find_sockets ("/proc/net/tcp6", port, links);

  while (dir != NULL && g_hash_table_size (links) > 0 && (name = g_dir_read_name (dir)) != NULL)
    {
      guint64 pid;

      if (!g_ascii_string_to_unsigned (name, 10, 1, G_MAXINT, &pid, NULL) || !holds_socket (name, links))
        continue;

      g_hash_table_add (self->pids, GINT_TO_POINTER ((int) pid));
      is_found = TRUE;
    }

  self->is_server_missing |= !is_found;
}

/* Ticks of all processors, but idle ones; NAN unknown. */
static double
read_machine (void)
{
  g_autofree char *text = NULL;
  guint64 fields[N_BUSY_FIELDS];
  double busy = 0;

  if (!g_file_get_contents ("/proc/stat", &text, NULL, NULL) || !g_str_has_prefix (text, "cpu "))
    return NAN;

  const char *p = text + strlen ("cpu ");

  for (guint i = 0; i < N_BUSY_FIELDS; i++)
    {
      char *end = NULL;

      fields[i] = g_ascii_strtoull (p, &end, 10);
      if (end == p)
        return NAN;
      p = end;

      if (i != FIELD_IDLE && i != FIELD_IOWAIT)
        busy += (double) fields[i];
    }

  return busy;
}

/* Ticks of a process; NAN when it is gone. */
static double
read_process (int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", pid);
  g_autofree char *text = NULL;
  unsigned long user, system;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NAN;

  /* The name is in parentheses and may hold anything. */
  const char *p = strrchr (text, ')');

  if (p == NULL || sscanf (p + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) != 2)
    return NAN;

  return (double) user + (double) system;
}

void
sy_cpu_watch_sample (SyCpuWatch *self,
                     gint64      now_us)
{
  double foreign = self->is_server_missing ? (double) NAN : read_machine ();
  GHashTableIter iter;
  gpointer pid;

  g_hash_table_iter_init (&iter, self->pids);
  while (g_hash_table_iter_next (&iter, &pid, NULL))
    foreign -= read_process (GPOINTER_TO_INT (pid));

  if (self->n_samples++ == 0)
    {
      self->first_us = now_us;
      self->first_foreign = foreign;
    }

  self->last_us = now_us;
  self->last_foreign = foreign;
}

double
sy_cpu_watch_get_foreign (SyCpuWatch *self)
{
  if (self->last_us <= self->first_us)
    return NAN;

  double ticks = self->last_foreign - self->first_foreign;
  double seconds = (double) (self->last_us - self->first_us) / USEC_PER_SEC;

  return isnan (ticks) ? (double) NAN : MAX (ticks, 0.0) / self->ticks_per_second / seconds;
}
