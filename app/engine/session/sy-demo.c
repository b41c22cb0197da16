/* sy-demo.c: two servers and a load, started for you
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Start: spawn both servers; each prints "listening on URL" once it can
 * answer; then both are added to the session and the load is spawned with both
 * addresses, so that it replays one schedule on them.
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-demo.h"

#include <math.h>
#include <string.h>

#include "sy-child.h"
#include "sy-datadir.h"
#include "sy-error.h"
#include "sy-generator-report.h"

#define N_SERVERS 2
#define DEFAULT_RATE 200.0
#define DEFAULT_WORKLOAD "mixed"
#define MAX_LOAD_SECONDS 120u
#define START_DEADLINE_SECONDS 10
#define LISTENING "listening on "

struct _SyDemo
{
  GObject     parent_instance;

  SySession  *session;             /* (owned) */
  SyDemoKind  kind;
  double      rate;
  guint       seconds;
  gboolean    keep_going;
  char       *workload;            /* (owned) */

  SyChild    *servers[N_SERVERS];  /* (owned) (nullable) */
  char       *urls[N_SERVERS];     /* (owned) (nullable): once they listen */
  GWeakRef    backends[N_SERVERS]; /* the session's */
  SyChild    *load;                /* (owned) (nullable) */
  GPtrArray  *summaries;           /* (owned) (element-type utf8): of the last load that ended */
  GPtrArray  *coming;              /* (owned) (element-type utf8): of the one that runs */

  GTask      *starting;            /* (owned) (nullable) */
  guint       deadline;            /* source id while starting */
  gulong      cancelled;           /* handler of the task's cancellable */
};

G_DEFINE_FINAL_TYPE (SyDemo, sy_demo, G_TYPE_OBJECT)

enum
{
  FAILED,
  LOAD_FINISHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What a person reads above a column: the configuration, not a language. */
static const char *const names[][N_SERVERS] = {
  [SY_DEMO_MODELS] = { "Event loop", "Threads with a global lock" },
  [SY_DEMO_REAL] = { "Node.js, one event loop", "Python, a thread pool" },
};

static gboolean spawn_load (SyDemo *self, GError **error);

static void
stop_child (SyDemo   *self,
            SyChild **child)
{
  if (*child == NULL)
    return;

  g_signal_handlers_disconnect_by_data (*child, self);
  sy_child_stop (*child);
  g_clear_object (child);
}

static void
stop_children (SyDemo *self)
{
  stop_child (self, &self->load);
  for (guint i = 0; i < N_SERVERS; i++)
    stop_child (self, &self->servers[i]);
}

/* Ends the start, well (@error NULL) or not; @error is consumed. */
static void
finish_start (SyDemo *self,
              GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->starting);

  g_clear_handle_id (&self->deadline, g_source_remove);
  g_cancellable_disconnect (g_task_get_cancellable (task), self->cancelled);
  self->cancelled = 0;

  if (error == NULL)
    {
      g_task_return_pointer (task, g_object_ref (self), g_object_unref);
      return;
    }

  sy_demo_stop (self);
  g_task_return_error (task, error);
}

static void
fail (SyDemo *self,
      GError *error)
{
  if (self->starting != NULL)
    {
      finish_start (self, error);
      return;
    }

  stop_children (self);
  g_signal_emit (self, signals[FAILED], 0, error);
  g_error_free (error);
}

static guint
index_of_server (SyDemo  *self,
                 SyChild *child)
{
  return child == self->servers[0] ? 0 : 1;
}

static gboolean
add_backends (SyDemo  *self,
              GError **error)
{
  for (guint i = 0; i < N_SERVERS; i++)
    {
      SyBackend *backend = sy_session_add (self->session, self->urls[i], names[self->kind][i], error);

      if (backend == NULL)
        return FALSE;

      sy_backend_set_passing (backend, TRUE);
      g_weak_ref_set (&self->backends[i], backend);
    }

  return TRUE;
}

static void
server_line_cb (SyChild    *child,
                const char *line,
                SyDemo     *self)
{
  const guint index = index_of_server (self, child);
  GError *error = NULL;

  if (self->starting == NULL || self->urls[index] != NULL || !g_str_has_prefix (line, LISTENING))
    return;

  self->urls[index] = g_strdup (line + strlen (LISTENING));

  if (self->urls[0] == NULL || self->urls[1] == NULL)
    return;

  if (add_backends (self, &error) && spawn_load (self, &error))
    finish_start (self, NULL);
  else
    finish_start (self, error);
}

static void
server_exited_cb (SyChild *child,
                  GError  *error,
                  SyDemo  *self)
{
  const char *name = names[self->kind][index_of_server (self, child)];

  fail (self, g_error_new (SY_ERROR, SY_ERROR_FAILED, "The server “%s” has ended%s%s", name,
                           error != NULL ? ": " : "", error != NULL ? error->message : ""));
}

static void
load_line_cb (SyChild    *child,
              const char *line,
              SyDemo     *self)
{
  if (sy_generator_report_is_summary (line))
    g_ptr_array_add (self->coming, g_strdup (line));
}

static void
load_exited_cb (SyChild *child,
                GError  *error,
                SyDemo  *self)
{
  g_autoptr (SyDemo) keep = g_object_ref (self);
  GError *spawn_error = NULL;

  if (error != NULL)
    {
      fail (self, g_error_new (SY_ERROR, SY_ERROR_FAILED, "The load has ended: %s", error->message));
      return;
    }

  g_ptr_array_unref (self->summaries);
  self->summaries = g_steal_pointer (&self->coming);
  self->coming = g_ptr_array_new_with_free_func (g_free);
  g_signal_emit (self, signals[LOAD_FINISHED], 0);

  /* Whoever heard of it may have stopped us. */
  if (self->keep_going && self->load == child && !spawn_load (self, &spawn_error))
    fail (self, spawn_error);
}

static gboolean
deadline_cb (gpointer user_data)
{
  SyDemo *self = user_data;

  self->deadline = 0;
  finish_start (self, g_error_new (SY_ERROR, SY_ERROR_DEADLINE, "The demo's servers did not listen within %d seconds",
                                   START_DEADLINE_SECONDS));
  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_idle_cb (gpointer user_data)
{
  SyDemo *self = user_data;

  if (self->starting != NULL)
    finish_start (self, g_error_new_literal (SY_ERROR, SY_ERROR_CANCELLED, "The demo was cancelled"));

  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  /* Disconnecting inside the handler would deadlock: do it from the loop. */
  g_idle_add_full (G_PRIORITY_DEFAULT, cancelled_idle_cb, g_object_ref (user_data), g_object_unref);
}

static gboolean
spawn_server (SyDemo            *self,
              guint              index,
              const char *const *argv,
              GError           **error)
{
  self->servers[index] = sy_child_spawn (argv, error);
  if (self->servers[index] == NULL)
    return FALSE;

  g_signal_connect (self->servers[index], "line", G_CALLBACK (server_line_cb), self);
  g_signal_connect (self->servers[index], "exited", G_CALLBACK (server_exited_cb), self);
  return TRUE;
}

static gboolean
spawn_models (SyDemo  *self,
              GError **error)
{
  g_autofree char *cli = sy_child_find_cli (error);

  if (cli == NULL)
    return FALSE;

  return spawn_server (self, 0, (const char *[]) { cli, "serve", "--model", "event-loop", "--port", "0", NULL }, error)
         && spawn_server (self, 1, (const char *[]) { cli, "serve", "--model", "threads", "--port", "0", NULL }, error);
}

static gboolean
spawn_real (SyDemo  *self,
            GError **error)
{
  g_autofree char *mjs = sy_datadir_build_path ("reference", "server.mjs", NULL);
  g_autofree char *py = sy_datadir_build_path ("reference", "server.py", NULL);

  return spawn_server (self, 0, (const char *[]) { "node", mjs, "--port", "0", "--exit-with-parent", NULL }, error)
         && spawn_server (self, 1, (const char *[]) { "python3", py, "--port", "0", "--exit-with-parent", NULL }, error);
}

static gboolean
spawn_load (SyDemo  *self,
            GError **error)
{
  g_autofree char *cli = sy_child_find_cli (error);
  g_autofree char *duration = g_strdup_printf ("%us", self->seconds);
  char rate[G_ASCII_DTOSTR_BUF_SIZE];

  if (cli == NULL)
    return FALSE;

  g_ascii_dtostr (rate, sizeof rate, self->rate);
  stop_child (self, &self->load);
  g_ptr_array_set_size (self->coming, 0);

  self->load = sy_child_spawn ((const char *[]) { cli, "drive", self->urls[0], self->urls[1], "--rate", rate, "--for",
                                                  duration, "--workload", self->workload, "--json", NULL },
                               error);
  if (self->load == NULL)
    return FALSE;

  g_signal_connect (self->load, "line", G_CALLBACK (load_line_cb), self);
  g_signal_connect (self->load, "exited", G_CALLBACK (load_exited_cb), self);
  return TRUE;
}

static void
sy_demo_dispose (GObject *object)
{
  SyDemo *self = SY_DEMO (object);

  stop_children (self);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (sy_demo_parent_class)->dispose (object);
}

static void
sy_demo_finalize (GObject *object)
{
  SyDemo *self = SY_DEMO (object);

  for (guint i = 0; i < N_SERVERS; i++)
    {
      g_weak_ref_clear (&self->backends[i]);
      g_free (self->urls[i]);
    }
  g_ptr_array_unref (self->summaries);
  g_ptr_array_unref (self->coming);
  g_free (self->workload);

  G_OBJECT_CLASS (sy_demo_parent_class)->finalize (object);
}

static void
sy_demo_class_init (SyDemoClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sy_demo_dispose;
  object_class->finalize = sy_demo_finalize;

  signals[FAILED] =
    g_signal_new ("failed", SY_TYPE_DEMO, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[LOAD_FINISHED] =
    g_signal_new ("load-finished", SY_TYPE_DEMO, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sy_demo_init (SyDemo *self)
{
  for (guint i = 0; i < N_SERVERS; i++)
    g_weak_ref_init (&self->backends[i], NULL);
  self->summaries = g_ptr_array_new_with_free_func (g_free);
  self->coming = g_ptr_array_new_with_free_func (g_free);
}

gboolean
sy_demo_real_is_possible (char **missing)
{
  g_autofree char *node = g_find_program_in_path ("node");
  g_autofree char *python = g_find_program_in_path ("python3");

  if (missing != NULL)
    *missing = node == NULL ? g_strdup ("node") : python == NULL ? g_strdup ("python3") : NULL;

  return node != NULL && python != NULL;
}

void
sy_demo_start_async (SySession           *session,
                     const SyDemoOptions *options,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr (SyDemo) self = g_object_new (SY_TYPE_DEMO, NULL);
  GError *error = NULL;

  self->session = g_object_ref (session);
  self->kind = options->kind;
  self->rate = options->rate > 0 ? options->rate : DEFAULT_RATE;
  self->seconds = options->seconds > 0 ? MIN (options->seconds, MAX_LOAD_SECONDS) : MAX_LOAD_SECONDS;
  self->keep_going = options->keep_going;
  self->workload = g_strdup (options->workload != NULL ? options->workload : DEFAULT_WORKLOAD);
  sy_session_note (session, SY_NOTE_WORKLOAD, self->workload);

  self->starting = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (self->starting, sy_demo_start_async);
  /* The task keeps the demo alive while it starts; its receiver afterwards. */
  g_task_set_task_data (self->starting, g_object_ref (self), g_object_unref);

  if (!(self->kind == SY_DEMO_REAL ? spawn_real (self, &error) : spawn_models (self, &error)))
    {
      finish_start (self, error);
      return;
    }

  self->deadline = g_timeout_add_seconds (START_DEADLINE_SECONDS, deadline_cb, self);
  if (cancellable != NULL)
    self->cancelled = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), self, NULL);
}

SyDemo *
sy_demo_start_finish (GAsyncResult  *result,
                      GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
sy_demo_stop (SyDemo *self)
{
  stop_children (self);

  for (guint i = 0; i < N_SERVERS; i++)
    {
      g_autoptr (SyBackend) backend = g_weak_ref_get (&self->backends[i]);

      if (backend != NULL && self->session != NULL)
        sy_session_remove (self->session, backend);
    }
}

gboolean
sy_demo_set_loading (SyDemo    *self,
                     gboolean   loading,
                     GError   **error)
{
  if (!loading)
    {
      stop_child (self, &self->load);
      return TRUE;
    }

  /* Stopped or failed meanwhile: there is nothing to load. */
  if (self->load != NULL || self->servers[0] == NULL)
    return TRUE;

  return spawn_load (self, error);
}

SyDemoKind
sy_demo_get_kind (SyDemo *self)
{
  return self->kind;
}

double
sy_demo_get_rate (SyDemo *self)
{
  return self->rate;
}

SyBackend *
sy_demo_get_backend (SyDemo *self,
                     guint   index)
{
  g_autoptr (SyBackend) backend = g_weak_ref_get (&self->backends[index]);

  /* The session holds it. */
  return backend;
}

void
sy_demo_get_generator (SyDemo           *self,
                       SyGeneratorFacts *ret)
{
  sy_generator_report_read (self->summaries, ret);

  /* The window that shows the demo is among the others. */
  ret->foreign_cores = NAN;
}

const GPtrArray *
sy_demo_get_summaries (SyDemo *self)
{
  return self->summaries;
}
