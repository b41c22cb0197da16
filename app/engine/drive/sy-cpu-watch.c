/* sy-cpu-watch.c: who else uses the processors of this machine
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All readings are in the kernel's ticks (10 ms) of proc(5): field 1 … 8 of
 * the line "cpu" of /proc/stat, and utime and stime of /proc/PID/stat. A server
 * is found as in `ss -p`: the port's listening socket in /proc/net/tcp has an
 * inode, and the processes that hold it have a link "socket:[inode]" in
 * /proc/PID/fd. A pre-forking server has one socket in many processes, and one
 * that shares a port has many sockets. In a cluster of Node.js only the primary
 * holds it, and the workers compute: the descendants of a holder count, too, and
 * are looked for again at each reading. Not those of one that we descend from: a
 * manager of services that opens sockets for them has started everybody.
 *
 * Not found: a worker whose parent had ended before it was first seen, and one
 * that lives between two readings only. What a process did between its last
 * reading and its end is foreign.
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
#define MAX_ANCESTORS 1000 /* however wrong /proc is, it ends */

/* One process of this machine, from when it was first seen. */
typedef struct {
  int      parent;
  guint    seen;        /* the reading in which it was there */
  gboolean is_ours;     /* we, a server, or of a server: not foreign */
  gboolean has_family;  /* its descendants are ours as well */
  double   ticks;       /* at the last reading; NAN before the first */
} Process;

struct _SyCpuWatch {
  char       *proc;             /* owned: "/proc" */
  GHashTable *processes;        /* owned, id to Process, owned */
  gboolean    is_server_missing;
  double      ticks_per_second;
  guint       n_samples;
  gint64      first_us;
  gint64      last_us;
  double      our_ticks;        /* of all that is or was ours, since the first reading */
  double      first_foreign;    /* ticks since boot, less `our_ticks`; NAN unknown */
  double      last_foreign;
};

static Process *
add_process (SyCpuWatch *self,
             int         pid)
{
  Process *process = g_new0 (Process, 1);

  process->ticks = NAN;
  g_hash_table_insert (self->processes, GINT_TO_POINTER (pid), process);
  return process;
}

static Process *
find_process (SyCpuWatch *self,
              int         pid)
{
  return g_hash_table_lookup (self->processes, GINT_TO_POINTER (pid));
}

SyCpuWatch *
sy_cpu_watch_new (void)
{
  return sy_cpu_watch_new_at ("/proc");
}

SyCpuWatch *
sy_cpu_watch_new_at (const char *proc)
{
  SyCpuWatch *self = g_new0 (SyCpuWatch, 1);

  self->proc = g_strdup (proc);
  self->processes = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->ticks_per_second = (double) sysconf (_SC_CLK_TCK);
  add_process (self, getpid ())->is_ours = TRUE;
  return self;
}

void
sy_cpu_watch_free (SyCpuWatch *self)
{
  g_free (self->proc);
  g_hash_table_unref (self->processes);
  g_free (self);
}

/* Parent and ticks of a process; FALSE when it is gone. */
static gboolean
read_process (SyCpuWatch *self,
              int         pid,
              int        *parent,
              double     *ticks)
{
  g_autofree char *path = g_strdup_printf ("%s/%d/stat", self->proc, pid);
  g_autofree char *text = NULL;
  unsigned long user, system;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;

  /* The name is in parentheses and may hold anything. */
  const char *p = strrchr (text, ')');

  if (p == NULL || sscanf (p + 1, " %*c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", parent, &user, &system) != 3)
    return FALSE;

  *ticks = (double) user + (double) system;
  return TRUE;
}

/* Whether @pid has started us, or who did. */
static gboolean
is_ancestor (SyCpuWatch *self,
             int         pid)
{
  int child = getpid ();
  int parent;
  double ticks;

  for (guint i = 0; i < MAX_ANCESTORS && read_process (self, child, &parent, &ticks); i++)
    {
      if (parent == pid)
        return TRUE;
      child = parent;
    }

  return FALSE;
}

/* Adds "socket:[INODE]" for each socket that listens on @port. */
static void
find_sockets (SyCpuWatch *self,
              const char *table,
              int         port,
              GHashTable *links)
{
  g_autofree char *path = g_build_filename (self->proc, "net", table, NULL);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
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
holds_socket (SyCpuWatch *self,
              int         pid,
              GHashTable *links)
{
  g_autofree char *folder = g_strdup_printf ("%s/%d/fd", self->proc, pid);
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

/* The next process in the folder @dir; 0: no more. */
static int
next_pid (GDir *dir)
{
  const char *name;
  guint64 pid;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_ascii_string_to_unsigned (name, 10, 1, G_MAXINT, &pid, NULL))
      return (int) pid;

  return 0;
}

static void
add_server (SyCpuWatch *self,
            int         pid)
{
  Process *process = find_process (self, pid);

  if (process == NULL)
    process = add_process (self, pid);

  process->is_ours = TRUE;
  process->has_family = !is_ancestor (self, pid);
}

void
sy_cpu_watch_add_port (SyCpuWatch *self,
                       int         port)
{
  g_autoptr (GHashTable) links = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GDir) dir = g_dir_open (self->proc, 0, NULL);
  gboolean is_found = FALSE;
  int pid;

  find_sockets (self, "tcp", port, links);
  find_sockets (self, "tcp6", port, links);

  while (g_hash_table_size (links) > 0 && (pid = next_pid (dir)) != 0)
    if (holds_socket (self, pid, links))
      {
        add_server (self, pid);
        is_found = TRUE;
      }

  self->is_server_missing |= !is_found;
}

/* Ticks of all processors, but idle ones; NAN unknown. */
static double
read_machine (SyCpuWatch *self)
{
  g_autofree char *path = g_build_filename (self->proc, "stat", NULL);
  g_autofree char *text = NULL;
  guint64 fields[N_BUSY_FIELDS];
  double busy = 0;

  if (!g_file_get_contents (path, &text, NULL, NULL) || !g_str_has_prefix (text, "cpu "))
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

/* Reads what is ours, and what was not there at the last reading. */
static void
read_one (SyCpuWatch *self,
          int         pid,
          GPtrArray  *newcomers)
{
  Process *process = find_process (self, pid);
  const gboolean is_new = process == NULL || isnan (process->ticks);
  double ticks;
  int parent;

  if (process != NULL)
    process->seen = self->n_samples;

  /* A parent may change later; whose child it was counts. */
  if ((!is_new && !process->is_ours) || !read_process (self, pid, &parent, &ticks))
    return;

  if (!is_new)
    {
      /* Never back: another process may have got the number. */
      self->our_ticks += MAX (ticks - process->ticks, 0.0);
      process->ticks = ticks;
      return;
    }

  if (process == NULL)
    process = add_process (self, pid);

  process->seen = self->n_samples;
  process->parent = parent;
  process->ticks = ticks;
  g_ptr_array_add (newcomers, process);
}

/* Finds out who of @newcomers is of a server: as often as it finds any, because a child
 * may be listed before its parent. All that they did is since the last reading. */
static void
adopt (SyCpuWatch *self,
       GPtrArray  *newcomers)
{
  gboolean is_any = TRUE;

  while (is_any)
    {
      is_any = FALSE;

      for (guint i = 0; i < newcomers->len; i++)
        {
          Process *process = g_ptr_array_index (newcomers, i);
          const Process *parent = find_process (self, process->parent);

          if (process->has_family || parent == NULL || !parent->has_family)
            continue;

          if (!process->is_ours && self->n_samples > 1)
            self->our_ticks += process->ticks;

          process->is_ours = TRUE;
          process->has_family = TRUE;
          is_any = TRUE;
        }
    }
}

static gboolean
is_gone_cb (gpointer pid,
            gpointer process,
            gpointer user_data)
{
  const SyCpuWatch *self = user_data;

  return ((Process *) process)->seen != self->n_samples;
}

/* Lists all processes, which is quick, and reads few of them. */
static void
read_processes (SyCpuWatch *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->proc, 0, NULL);
  g_autoptr (GPtrArray) newcomers = g_ptr_array_new ();
  int pid;

  while ((pid = next_pid (dir)) != 0)
    read_one (self, pid, newcomers);

  g_hash_table_foreach_remove (self->processes, is_gone_cb, self);
  adopt (self, newcomers);
}

void
sy_cpu_watch_sample (SyCpuWatch *self,
                     gint64      now_us)
{
  const double machine = self->is_server_missing ? (double) NAN : read_machine (self);

  self->n_samples++;
  read_processes (self);
  self->last_us = now_us;
  self->last_foreign = machine - self->our_ticks;

  if (self->n_samples == 1)
    {
      self->first_us = now_us;
      self->first_foreign = self->last_foreign;
    }
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
