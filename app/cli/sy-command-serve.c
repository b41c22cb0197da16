/* sy-command-serve.c: steelyard-cli serve, a reference server on the loopback
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include "sy-command.h"

#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "sy-file-limit.h"
#include "sy-reference-listener.h"
#include "sy-reference-server.h"

typedef struct {
  char  *model;
  int    port;
  int    workers;
  int    queue;
  double switch_interval_ms;
} Arguments;

static gboolean
parse_arguments (Arguments   *arguments,
                 int         *argc,
                 char      ***argv)
{
  const GOptionEntry entries[] = {
    { "model", 'm', 0, G_OPTION_ARG_STRING, &arguments->model,
      "event-loop: one thread; threads: a pool under one global lock", "event-loop|threads" },
    { "port", 'p', 0, G_OPTION_ARG_INT, &arguments->port, "on 127.0.0.1; 0, the default, picks a free one", "N" },
    { "workers", 'w', 0, G_OPTION_ARG_INT, &arguments->workers, "threads of the pool (32)", "N" },
    { "queue", 0, 0, G_OPTION_ARG_INT, &arguments->queue, "requests that may wait for a worker (1024)", "N" },
    { "switch-interval", 0, 0, G_OPTION_ARG_DOUBLE, &arguments->switch_interval_ms,
      "milliseconds until a waiter asks for the global lock (5)", "MS" },
    { NULL }
  };

  return sy_command_parse_options (NULL, "Serves /plain, /do/io, /do/cpu, /do/native, /do/mix, /metrics and "
                                   "/steelyard/v1/… on the loopback until it is ended\nor its parent is.",
                                   entries, argc, argv);
}

/* Why @arguments make no server, or NULL. */
static const char *
check_arguments (const Arguments *arguments)
{
  if (arguments->model == NULL)
    return "--model event-loop or --model threads is needed";
  if (strcmp (arguments->model, "event-loop") != 0 && strcmp (arguments->model, "threads") != 0)
    return "--model is event-loop or threads";
  if (arguments->port < 0 || arguments->port > 65535)
    return "--port is 0 to 65535";
  if (arguments->workers < 1 || arguments->workers > SY_REFERENCE_MAX_WORKERS)
    return "--workers is 1 to 512";
  if (arguments->queue < 1 || arguments->queue > 100000)
    return "--queue is 1 to 100000";
  if (!(arguments->switch_interval_ms >= 0.001 && arguments->switch_interval_ms <= 10000))
    return "--switch-interval is 0.001 to 10000";

  return NULL;
}

/* A server of a demo must not outlive the program that started it. The parent
 * may have died before the kernel was asked to tell. */
static gboolean
tie_to_parent (pid_t parent)
{
  return prctl (PR_SET_PDEATHSIG, SIGTERM) == 0 && getppid () == parent;
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_CONTINUE;
}

static int
serve (const SyReferenceOptions *options)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(SyReferenceServer) server = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *line = NULL;
  guint term_id, int_id;

  server = sy_reference_server_new (options, &error);
  if (server == NULL)
    return sy_command_fail (SY_EXIT_FAILED, "serve", NULL, error->message);

  term_id = g_unix_signal_add (SIGTERM, quit_cb, loop);
  int_id = g_unix_signal_add (SIGINT, quit_cb, loop);

  line = g_strdup_printf ("listening on http://127.0.0.1:%u", sy_reference_server_get_port (server));
  if (sy_command_print (line))
    g_main_loop_run (loop);

  sy_reference_server_shut_down (server);
  g_source_remove (term_id);
  g_source_remove (int_id);

  return SY_EXIT_OK;
}

int
sy_command_serve (int    argc,
                  char **argv)
{
  pid_t parent = getppid ();
  g_autofree char *model = NULL;
  Arguments arguments = {
    .workers = (int) SY_REFERENCE_OPTIONS_DEFAULT.n_workers,
    .queue = (int) SY_REFERENCE_OPTIONS_DEFAULT.max_queued,
    .switch_interval_ms = (double) SY_REFERENCE_OPTIONS_DEFAULT.switch_interval_us / 1000,
  };
  SyReferenceOptions options = SY_REFERENCE_OPTIONS_DEFAULT;
  const char *reason;
  gboolean parsed = parse_arguments (&arguments, &argc, &argv);

  model = arguments.model;
  if (!parsed)
    return SY_EXIT_USAGE;
  if (argc > 1)
    return sy_command_fail (SY_EXIT_USAGE, "serve", argv[1], "takes options only");

  reason = check_arguments (&arguments);
  if (reason != NULL)
    return sy_command_fail (SY_EXIT_USAGE, "serve", NULL, reason);

  if (!tie_to_parent (parent))
    return sy_command_fail (SY_EXIT_FAILED, "serve", NULL, "the parent has gone");
  sy_file_limit_raise (2 * SY_REFERENCE_MAX_CONNECTIONS);

  options.kind = strcmp (model, "threads") == 0 ? SY_REFERENCE_THREADS : SY_REFERENCE_EVENT_LOOP;
  options.port = (guint) arguments.port;
  options.n_workers = (guint) arguments.workers;
  options.max_queued = (guint) arguments.queue;
  options.switch_interval_us = (gint64) (arguments.switch_interval_ms * 1000 + 0.5);

  return serve (&options);
}
