/* test-resolver.c: N04, a name server that never answers
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * getaddrinfo() is this program's own: names below ".hang" wait until the end of
 * the test, as they do for half a minute without a name server; "localbackend"
 * is this machine; all others do not exist.
 */
#include "config.h"

#include <netdb.h>
#include <string.h>
#include <sys/socket.h>

#include "sy-error.h"
#include "sy-http-source.h"
#include "sy-resolver.h"
#include "sy-web-socket-source.h"
#include "sy-witness.h"

#define N_SOURCES 20
#define INTERVAL_US (SY_USEC_PER_SEC)

static struct
{
  GMutex   lock;
  GCond    released;
  gboolean is_released;
  guint    n_hanging;
  guint    n_asked;
} names;

static SyClock *clock_;

int
getaddrinfo (const char             *name,
             const char             *service,
             const struct addrinfo  *hints,
             struct addrinfo       **ret)
{
  struct addrinfo *info;
  struct sockaddr_in *address;

  g_mutex_lock (&names.lock);
  names.n_asked++;
  if (g_str_has_suffix (name, ".hang"))
    {
      names.n_hanging++;
      while (!names.is_released)
        g_cond_wait (&names.released, &names.lock);
      names.n_hanging--;
    }
  g_mutex_unlock (&names.lock);

  if (strcmp (name, "localbackend") != 0 || hints->ai_family == AF_INET6)
    return EAI_NONAME;

  info = g_malloc0 (sizeof *info + sizeof *address);
  address = (gpointer) (info + 1);
  address->sin_family = AF_INET;
  address->sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  info->ai_family = AF_INET;
  info->ai_addrlen = sizeof *address;
  info->ai_addr = (gpointer) address;
  *ret = info;
  return 0;
}

void
freeaddrinfo (struct addrinfo *info)
{
  g_free (info);
}

static guint
get_n_hanging (void)
{
  guint n;

  g_mutex_lock (&names.lock);
  n = names.n_hanging;
  g_mutex_unlock (&names.lock);
  return n;
}

static void
keep_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *result;
}

static SySource *
start (const char *address)
{
  g_autoptr (SyUrl) url = sy_url_parse (address, NULL);
  SySource *source = sy_http_source_new (url, clock_, INTERVAL_US);

  sy_source_start (source);
  return source;
}

/* What a file dialog does first goes through the pool that GLib's resolver would fill. */
static void
assert_files_are_read (void)
{
  g_autoptr (GFile) folder = g_file_new_for_path (g_get_tmp_dir ());
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GFileEnumerator) children = NULL;

  g_file_enumerate_children_async (folder, "standard::name", G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, NULL, keep_cb, &result);
  children = g_file_enumerate_children_finish (folder, wait_for (&result), NULL);
  g_assert_nonnull (children);
}

static void
test_twenty (void)
{
  g_autoptr (SyWitness) server = sy_witness_new (NULL);
  g_autofree char *address = sy_witness_dup_url (server, "/metrics");
  SySource *beside;
  SySource *sources[N_SOURCES];
  guint n_asked;

  for (guint i = 0; i < N_SOURCES; i++)
    {
      g_autofree char *name = g_strdup_printf ("http://backend-%u.hang/metrics", i);

      sources[i] = start (name);
    }
  while (get_n_hanging () < N_SOURCES)
    g_main_context_iteration (NULL, FALSE);

  /* nobody has failed yet: the look-ups are what the pool would be full of */
  assert_files_are_read ();
  for (guint i = 0; i < N_SOURCES; i++)
    g_assert_no_error (sy_source_get_error (sources[i]));

  beside = start (address);
  while (sy_source_get_state (beside) != SY_SOURCE_LIVE)
    g_main_context_iteration (NULL, TRUE);

  for (guint i = 0; i < N_SOURCES; i++)
    {
      while (sy_source_get_error (sources[i]) == NULL)
        g_main_context_iteration (NULL, TRUE);
      g_assert_error (sy_source_get_error (sources[i]), SY_ERROR, SY_ERROR_RESOLVE);
      g_assert_nonnull (strstr (sy_source_get_error (sources[i])->message, "does the name server answer?"));
    }

  /* who asks again joins the look-up that hangs */
  g_mutex_lock (&names.lock);
  n_asked = names.n_asked;
  g_mutex_unlock (&names.lock);
  sy_source_retry_now (sources[0]);
  while (sy_source_get_n_failures (sources[0]) < 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (names.n_asked, ==, n_asked);

  g_assert_cmpuint (sy_source_get_n_failures (beside), ==, 0);
  g_assert_finalize_object (beside);
  for (guint i = 0; i < N_SOURCES; i++)
    g_assert_finalize_object (sources[i]);
}

static void
test_web_socket (void)
{
  g_autoptr (SyUrl) url = sy_url_parse ("ws://socket.hang/live", NULL);
  const SyStreamLimits *usual = &SY_STREAM_LIMITS_DEFAULT;
  SyStreamLimits limits = *usual;
  SySource *source = sy_web_socket_source_new (url, clock_);

  limits.head_us = SY_USEC_PER_SEC;
  sy_web_socket_source_set_limits (SY_WEB_SOCKET_SOURCE (source), &limits);
  sy_source_start (source);
  while (sy_source_get_error (source) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (sy_source_get_error (source), SY_ERROR, SY_ERROR_RESOLVE);
  g_assert_finalize_object (source);
}

/* A name that has an address leads there; one that has none is told at once. */
static void
test_answers (void)
{
  g_autoptr (SyWitness) server = sy_witness_new (NULL);
  g_autofree char *numeric = sy_witness_dup_url (server, "/metrics");
  g_autofree char *address = g_strconcat ("http://localbackend", strrchr (numeric, ':'), NULL);
  SySource *found = start (address);
  SySource *unknown = start ("http://nobody.example/metrics");

  while (sy_source_get_state (found) != SY_SOURCE_LIVE)
    g_main_context_iteration (NULL, TRUE);
  while (sy_source_get_error (unknown) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (sy_source_get_error (unknown), SY_ERROR, SY_ERROR_RESOLVE);
  g_assert_finalize_object (found);
  g_assert_finalize_object (unknown);
}

/* Who is cancelled is answered at once, the other one goes on waiting. */
static void
test_cancel (void)
{
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (SY_IS_RESOLVER (resolver));
  g_resolver_lookup_by_name_async (resolver, "cancelled.hang", cancellable, keep_cb, &first);
  g_resolver_lookup_by_name_async (resolver, "cancelled.hang", NULL, keep_cb, &second);
  g_cancellable_cancel (cancellable);
  g_assert_null (g_resolver_lookup_by_name_finish (resolver, wait_for (&first), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (second);

  /* the end of all that hangs here */
  g_mutex_lock (&names.lock);
  names.is_released = TRUE;
  g_cond_broadcast (&names.released);
  g_mutex_unlock (&names.lock);

  g_clear_error (&error);
  g_assert_null (g_resolver_lookup_by_name_finish (resolver, wait_for (&second), &error));
  g_assert_error (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND);
  while (get_n_hanging () > 0)
    g_thread_yield ();
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  clock_ = sy_clock_new ();
  sy_resolver_install ();

  g_test_add_func ("/resolver/N04-twenty", test_twenty);
  g_test_add_func ("/resolver/N04-web-socket", test_web_socket);
  g_test_add_func ("/resolver/answers", test_answers);
  g_test_add_func ("/resolver/cancel", test_cancel);

  status = g_test_run ();
  g_object_unref (clock_);
  return status;
}
