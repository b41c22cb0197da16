/* test-siblings.c: the servers in C, on Node.js and on Python agree
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "server-thread.h"
#include "sy-datadir.h"
#include "sy-exposition.h"

static const char *const targets[] = {
  "/healthz",
  "/plain",
  "/plain?bytes=40",
  "/do/io?ms=1.5",
  "/do/cpu?wu=0",
  "/do/cpu?wu=2.0625",
  "/do/cpu?wu=0.0001",
  "/do/native?kb=0",
  "/do/native?kb=67",
  "/do/mix?p=100&ms=0&wu=1.5&kb=2&bytes=333",
  "/do/mix?p=0&ms=0",
  "/do/cpu?wu=1&ms=1",
  "/do/cpu?wu=1e3",
  "/do/cpu?nonsense=1",
  "/do/mix?seed=4294967296",
  "/stream/sse?rate=0.05",
  "/steelyard/v1/stream?fields=some",
  "/steelyard/v1/stream?interval=x",
  "/nowhere",
};

typedef struct {
  GSubprocess *process; /* owned */
  guint        port;
} Sibling;

/* Starts a server that prints where it listens and ends with its standard
 * input; FALSE when there is no @runtime here. */
static gboolean
sibling_start (Sibling    *sibling,
               const char *runtime,
               const char *script,
               const char *option)
{
  g_autofree char *program = g_find_program_in_path (runtime);
  g_autofree char *path = sy_datadir_build_path ("reference", script, NULL);
  g_autoptr(GDataInputStream) output = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *url = NULL;

  if (program == NULL)
    {
      g_autofree char *reason = g_strdup_printf ("%s is not installed", runtime);

      g_test_skip (reason);
      return FALSE;
    }

  sibling->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                       program, path, "--exit-with-parent", option, NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (sibling->process));
  url = client_read_until (output, "listening on http://127.0.0.1:");
  g_assert_nonnull (url);
  sibling->port = (guint) g_ascii_strtoull (url, NULL, 10);

  return TRUE;
}

/* Closing its standard input is all that a parent's death does. */
static void
sibling_end (Sibling *sibling)
{
  g_autoptr(GError) error = NULL;

  g_output_stream_close (g_subprocess_get_stdin_pipe (sibling->process), NULL, NULL);
  g_subprocess_wait_check (sibling->process, NULL, &error);
  g_clear_object (&sibling->process);
}

static void
compare_answers (guint port,
                 guint sibling_port)
{
  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      guint status, sibling_status;
      g_autofree char *answer = client_get (port, targets[i], &status);
      g_autofree char *sibling_answer = client_get (sibling_port, targets[i], &sibling_status);

      g_assert_cmpuint (sibling_status, ==, status);
      g_assert_cmpstr (sibling_answer, ==, answer);
    }

  for (guint seed = 0; seed < 60; seed++)
    {
      g_autofree char *target = g_strdup_printf ("/do/mix?p=40&ms=0&wu=0.01&seed=%u", seed * 71582788);
      g_autofree char *answer = client_get (port, target, NULL);
      g_autofree char *sibling_answer = client_get (sibling_port, target, NULL);

      g_assert_cmpstr (sibling_answer, ==, answer);
    }
}

/* Families that every reference server has, of one type. */
static GHashTable *
get_families (guint port)
{
  char *text = client_get (port, "/metrics", NULL);
  g_autoptr(GBytes) body = g_bytes_new_take (text, strlen (text));
  g_autoptr(SySeriesTable) table = sy_series_table_new (0);
  g_autoptr(GError) error = NULL;
  g_autoptr(SyExposition) exposition = sy_exposition_parse (body, SY_FORMAT_PROMETHEUS, NULL, table, &error);
  GHashTable *families = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const SyFamily *family;
  guint n_families;

  g_assert_no_error (error);
  family = sy_exposition_get_families (exposition, &n_families);
  for (guint i = 0; i < n_families; i++)
    g_hash_table_insert (families, g_strdup (family[i].name), (gpointer) sy_metric_type_nick (family[i].type));

  return families;
}

/* The siblings may know more (Node.js) or less (CPython counts no switches of its
 * lock), but what both have has one type. */
static void
compare_families (guint       port,
                  guint       sibling_port,
                  const char *missing)
{
  g_autoptr(GHashTable) families = get_families (port);
  g_autoptr(GHashTable) sibling_families = get_families (sibling_port);
  GHashTableIter iter;
  gpointer name, type;

  g_hash_table_iter_init (&iter, families);
  while (g_hash_table_iter_next (&iter, &name, &type))
    if (missing == NULL || strstr (missing, name) == NULL)
      g_assert_cmpstr (g_hash_table_lookup (sibling_families, name), ==, type);
}

static void
compare (SyReferenceKind  kind,
         const char      *runtime,
         const char      *script,
         const char      *option,
         const char      *missing)
{
  SyReferenceOptions options = SY_REFERENCE_OPTIONS_DEFAULT;
  Sibling sibling;

  if (!sibling_start (&sibling, runtime, script, option))
    return;

  options.kind = kind;
  {
    g_autoptr(ServerThread) server = server_thread_new (&options);

    compare_answers (server_thread_get_port (server), sibling.port);
    compare_families (server_thread_get_port (server), sibling.port, missing);
  }
  sibling_end (&sibling);
}

static void
test_node (void)
{
  compare (SY_REFERENCE_EVENT_LOOP, "node", "server.mjs", NULL, NULL);
}

static void
test_python_threads (void)
{
  compare (SY_REFERENCE_THREADS, "python3", "server.py", NULL,
           "steelyard_gil_hold_seconds_total steelyard_gil_hold_seconds "
           "steelyard_gil_switches_total steelyard_gil_switches");
}

static void
test_python_asyncio (void)
{
  compare (SY_REFERENCE_EVENT_LOOP, "python3", "server.py", "--asyncio", NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reference/siblings/node", test_node);
  g_test_add_func ("/reference/siblings/python-threads", test_python_threads);
  g_test_add_func ("/reference/siblings/python-asyncio", test_python_asyncio);

  return g_test_run ();
}
