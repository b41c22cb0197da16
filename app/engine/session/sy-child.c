/* sy-child.c: a program of ours or of the demo, run beside us
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-child.h"

#include <signal.h>
#include <string.h>

#include "sy-error.h"

#define ERROR_TAIL_BYTES 4096
#define GRACE_SECONDS 2

struct _SyChild
{
  GObject           parent_instance;

  char             *name;        /* (owned): for messages */
  GSubprocess      *process;     /* (owned) */
  GDataInputStream *output;      /* (owned) */
  GInputStream     *errors;      /* (owned) */
  GString          *error_tail;  /* (owned) */
  GCancellable     *cancellable; /* (owned): of all reads */
  gboolean          stopped;
};

G_DEFINE_FINAL_TYPE (SyChild, sy_child, G_TYPE_OBJECT)

enum
{
  LINE,
  EXITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void read_line (SyChild *self);
static void read_errors (SyChild *self);

static GError *
describe_end (SyChild *self)
{
  g_autofree char *tail = g_strstrip (g_strdup (self->error_tail->str));

  if (g_subprocess_get_if_exited (self->process) && g_subprocess_get_exit_status (self->process) == 0)
    return NULL;

  if (g_subprocess_get_if_signaled (self->process))
    return g_error_new (SY_ERROR, SY_ERROR_FAILED, "%s was ended by signal %d%s%s", self->name,
                        g_subprocess_get_term_sig (self->process), *tail != '\0' ? ": " : "", tail);

  return g_error_new (SY_ERROR, SY_ERROR_FAILED, "%s ended with status %d%s%s", self->name,
                      g_subprocess_get_exit_status (self->process), *tail != '\0' ? ": " : "", tail);
}

static void
wait_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SyChild) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) end = NULL;

  if (!g_subprocess_wait_finish (G_SUBPROCESS (object), result, &error) || self->stopped)
    return;

  end = describe_end (self);
  g_signal_emit (self, signals[EXITED], 0, end);
}

/* The end is reported once everything it printed was read. */
static void
wait_for_end (SyChild *self)
{
  g_subprocess_wait_async (self->process, self->cancellable, wait_cb, g_object_ref (self));
}

static void
line_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SyChild) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line_finish_utf8 (self->output, result, NULL, &error);

  if (self->stopped)
    return;

  if (line == NULL)
    {
      wait_for_end (self);
      return;
    }

  g_signal_emit (self, signals[LINE], 0, line);

  if (!self->stopped)
    read_line (self);
}

static void
read_line (SyChild *self)
{
  g_data_input_stream_read_line_async (self->output, G_PRIORITY_DEFAULT, self->cancellable, line_cb, g_object_ref (self));
}

static void
errors_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SyChild) self = user_data;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (self->errors, result, NULL);

  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    return;

  g_string_append_len (self->error_tail, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  if (self->error_tail->len > ERROR_TAIL_BYTES)
    g_string_erase (self->error_tail, 0, (gssize) (self->error_tail->len - ERROR_TAIL_BYTES));

  read_errors (self);
}

static void
read_errors (SyChild *self)
{
  g_input_stream_read_bytes_async (self->errors, ERROR_TAIL_BYTES, G_PRIORITY_DEFAULT, self->cancellable,
                                   errors_cb, g_object_ref (self));
}

static gboolean
kill_cb (gpointer user_data)
{
  /* Does nothing to a process that has ended and was collected. */
  g_subprocess_force_exit (user_data);
  return G_SOURCE_REMOVE;
}

static void
sy_child_dispose (GObject *object)
{
  SyChild *self = SY_CHILD (object);

  sy_child_stop (self);

  G_OBJECT_CLASS (sy_child_parent_class)->dispose (object);
}

static void
sy_child_finalize (GObject *object)
{
  SyChild *self = SY_CHILD (object);

  g_clear_object (&self->output);
  g_clear_object (&self->process);
  g_clear_object (&self->cancellable);
  g_string_free (self->error_tail, TRUE);
  g_free (self->name);

  G_OBJECT_CLASS (sy_child_parent_class)->finalize (object);
}

static void
sy_child_class_init (SyChildClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sy_child_dispose;
  object_class->finalize = sy_child_finalize;

  signals[LINE] =
    g_signal_new ("line", SY_TYPE_CHILD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[EXITED] =
    g_signal_new ("exited", SY_TYPE_CHILD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
sy_child_init (SyChild *self)
{
  self->cancellable = g_cancellable_new ();
  self->error_tail = g_string_new (NULL);
}

SyChild *
sy_child_spawn (const char *const  *argv,
                GError            **error)
{
  g_autoptr (SyChild) self = g_object_new (SY_TYPE_CHILD, NULL);

  self->name = g_path_get_basename (argv[0]);
  self->process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                             | G_SUBPROCESS_FLAGS_STDERR_PIPE, error);
  if (self->process == NULL)
    return NULL;

  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  self->errors = g_subprocess_get_stderr_pipe (self->process);
  read_line (self);
  read_errors (self);

  return g_steal_pointer (&self);
}

void
sy_child_stop (SyChild *self)
{
  if (self->stopped || self->process == NULL)
    return;

  self->stopped = TRUE;
  g_cancellable_cancel (self->cancellable);
  g_subprocess_send_signal (self->process, SIGTERM);
  g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, GRACE_SECONDS, kill_cb, g_object_ref (self->process), g_object_unref);
}

/* The program that runs, or the one in its folder, when that is the tool:
 * (transfer full) (nullable). */
static char *
find_beside (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;
  g_autofree char *beside = folder != NULL ? g_build_filename (folder, "steelyard-cli", NULL) : NULL;

  return beside != NULL && g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE) ? g_steal_pointer (&beside) : NULL;
}

char *
sy_child_find_cli (GError **error)
{
  const char *own = g_getenv ("STEELYARD_CLI");
  const char *installed = BINDIR "/steelyard-cli";
  char *found;

  if (own != NULL && g_file_test (own, G_FILE_TEST_IS_EXECUTABLE))
    return g_strdup (own);

  found = find_beside ();
  if (found != NULL)
    return found;

  if (g_file_test (installed, G_FILE_TEST_IS_EXECUTABLE))
    return g_strdup (installed);

  found = g_find_program_in_path ("steelyard-cli");
  if (found == NULL)
    g_set_error_literal (error, SY_ERROR, SY_ERROR_FAILED,
                         "steelyard-cli is not installed beside this program: install it, or name it in STEELYARD_CLI");
  return found;
}
