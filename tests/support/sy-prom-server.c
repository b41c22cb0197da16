/* sy-prom-server.c: a Prometheus API that says what a test tells it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sy-prom-server.h"

#include <stdlib.h>
#include <string.h>

#define MAX_REQUEST 65536
#define BEHIND_SECONDS 3600
#define SPACING 2
#define JSON "application/json"

typedef struct
{
  char *status; /* (owned) (nullable): the usual answer */
  char *type;   /* (owned) */
  char *body;   /* (owned) */
} Answer;

struct _SyPromServer
{
  GThread        *thread;  /* (owned) */
  GMainContext   *context; /* (owned) */
  GMainLoop      *loop;    /* (owned) */
  GSocketService *service; /* (owned) */
  guint16         port;

  /* Shared, under the lock. */
  GMutex lock;
  GCond  changed;
  guint  n_open;
  Answer answers[SY_PROM_N_ASKED];
  guint  counts[SY_PROM_N_ASKED];
  char  *requests[SY_PROM_N_ASKED]; /* (owned) (nullable) */
};

/* Head and body of one request. (transfer full) (nullable) */
static char *
read_request (GInputStream *stream)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize wanted = G_MAXSIZE;

  while (text->len < MAX_REQUEST && text->len < wanted)
    {
      char block[4096];
      const gssize n = g_input_stream_read (stream, block, sizeof block, NULL, NULL);
      const char *end;

      if (n <= 0)
        return NULL;
      g_string_append_len (text, block, n);
      end = strstr (text->str, "\r\n\r\n");
      if (end != NULL)
        {
          const char *length = strstr (text->str, "Content-Length: ");

          wanted = (gsize) (end + 4 - text->str) + (length != NULL ? strtoul (length + 16, NULL, 10) : 0);
        }
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The form of a request, decoded; "" without. (transfer full) */
static char *
dup_form (const char *request)
{
  const char *question = strchr (request, '?');
  const char *line_end = strchr (request, '\r');
  const char *body = strstr (request, "\r\n\r\n");
  g_autofree char *raw = NULL;
  char *decoded;

  if (question != NULL && question < line_end)
    raw = g_strndup (question + 1, strcspn (question + 1, " "));
  else
    raw = g_strdup (body + 4);

  g_strdelimit (raw, "+", ' ');
  decoded = g_uri_unescape_string (raw, NULL);
  return decoded != NULL ? decoded : g_strdup ("");
}

static SyPromAsked
classify (const char *request,
          const char *form)
{
  if (strstr (request, "/prefix/api/v1/metadata") != NULL)
    return SY_PROM_ASKED_METADATA;
  if (strstr (request, "/prefix/api/v1/query_range") != NULL)
    return SY_PROM_ASKED_PAST;
  g_assert_nonnull (strstr (request, "/prefix/api/v1/query"));
  if (strstr (form, "[5m]") != NULL)
    return SY_PROM_ASKED_SAMPLES;

  return g_str_has_prefix (form, "query={") ? SY_PROM_ASKED_SERIES : SY_PROM_ASKED_NOW;
}

static double
server_now (void)
{
  return (double) g_get_real_time () / 1e6 - BEHIND_SECONDS;
}

static double
form_number (const char *form,
             const char *name)
{
  g_autofree char *key = g_strconcat ("&", name, "=", NULL);
  const char *found = strstr (form, key);

  return found != NULL ? g_ascii_strtod (found + strlen (key), NULL) : 0;
}

static void
append_past (GString    *body,
             const char *form)
{
  const double start = form_number (form, "start"), end = form_number (form, "end"), step = form_number (form, "step");

  g_string_append (body, "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":["
                         "{\"metric\":{\"steelyard_id\":\"a\"},\"values\":[");
  for (double t = start; t <= end && step > 0; t += step)
    g_string_append_printf (body, "%s[%.3f,\"7\"]", t > start ? "," : "", t);
  g_string_append (body, "]}]}}");
}

/* (transfer full) */
static char *
dup_usual (SyPromAsked asked,
           const char *form)
{
  GString *body = g_string_new (NULL);
  const double now = server_now ();

  switch (asked)
    {
    case SY_PROM_ASKED_SERIES:
      g_string_append_printf (body, "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
                              "{\"metric\":{\"__name__\":\"http_requests_total\",\"job\":\"api\",\"code\":\"200\"},\"value\":[%.3f,\"5\"]},"
                              "{\"metric\":{\"__name__\":\"http_requests_total\",\"job\":\"api\",\"code\":\"500\"},\"value\":[%.3f,\"1\"]},"
                              "{\"metric\":{\"__name__\":\"up\",\"job\":\"api\",\"instance\":\"h:1\"},\"value\":[%.3f,\"1\"]}]}}",
                              now, now, now);
      break;
    case SY_PROM_ASKED_METADATA:
      g_string_append (body, "{\"status\":\"success\",\"data\":{\"http_requests_total\":[{\"type\":\"counter\",\"help\":\"\",\"unit\":\"\"}]}}");
      break;
    case SY_PROM_ASKED_SAMPLES:
      g_string_append (body, "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":{\"__name__\":\"up\"},\"values\":[");
      for (guint i = 5; i > 0; i--)
        g_string_append_printf (body, "[%.3f,\"1\"]%s", now - i * SPACING, i > 1 ? "," : "]}]}}");
      break;
    case SY_PROM_ASKED_PAST:
      append_past (body, form);
      break;
    case SY_PROM_ASKED_NOW:
    case SY_PROM_N_ASKED:
    default:
      g_string_append_printf (body, "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
                              "{\"metric\":{\"steelyard_id\":\"a\"},\"value\":[%.3f,\"7\"]},"
                              "{\"metric\":{\"steelyard_id\":\"b\"},\"value\":[%.3f,\"7\"]}]}}", now, now);
      break;
    }

  return g_string_free (body, FALSE);
}

/* (transfer full) */
static char *
dup_answer (SyPromServer *self,
            const char   *request)
{
  g_autofree char *form = dup_form (request);
  const SyPromAsked asked = classify (request, form);
  g_autofree char *body = NULL;
  const Answer *answer = &self->answers[asked];
  char *whole;

  g_mutex_lock (&self->lock);
  self->counts[asked]++;
  g_free (self->requests[asked]);
  self->requests[asked] = g_strdup_printf ("%s\n%s", request, form);
  body = answer->status != NULL ? g_strdup (answer->body) : dup_usual (asked, form);
  whole = g_strdup_printf ("HTTP/1.1 %s\r\nContent-Type: %s\r\nConnection: close\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                           answer->status != NULL ? answer->status : "200 OK",
                           answer->status != NULL ? answer->type : JSON, strlen (body), body);
  g_mutex_unlock (&self->lock);

  return whole;
}

static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection      *connection,
        GObject                *source,
        SyPromServer           *self)
{
  g_autofree char *request = NULL;

  g_mutex_lock (&self->lock);
  self->n_open++;
  g_mutex_unlock (&self->lock);

  request = read_request (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  if (request != NULL)
    {
      g_autofree char *answer = dup_answer (self, request);

      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), answer, strlen (answer), NULL, NULL, NULL);
    }
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);

  g_mutex_lock (&self->lock);
  self->n_open--;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  return TRUE;
}

static gpointer
thread_main (gpointer data)
{
  SyPromServer *self = data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

SyPromServer *
sy_prom_server_new (void)
{
  SyPromServer *self = g_new0 (SyPromServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any_port = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);

  g_main_context_push_thread_default (self->context);
  self->service = g_threaded_socket_service_new (8);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), any_port, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &address, &error);
  g_assert_no_error (error);
  g_signal_connect (self->service, "run", G_CALLBACK (run_cb), self);
  g_socket_service_start (self->service);
  g_main_context_pop_thread_default (self->context);

  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
  self->thread = g_thread_new ("sy-prom-server", thread_main, self);
  return self;
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

/* From within: a loop that the thread has not begun yet would not hear of it. */
static void
quit_loop (GMainContext *context,
           GMainLoop    *loop)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, quit_cb, loop, NULL);
  g_source_attach (source, context);
}

void
sy_prom_server_free (SyPromServer *self)
{
  quit_loop (self->context, self->loop);
  g_thread_join (self->thread);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));

  g_mutex_lock (&self->lock);
  while (self->n_open > 0)
    g_cond_wait (&self->changed, &self->lock);
  g_mutex_unlock (&self->lock);

  g_object_unref (self->service);
  while (g_main_context_iteration (self->context, FALSE))
    continue;
  for (guint i = 0; i < SY_PROM_N_ASKED; i++)
    {
      sy_prom_server_set_answer (self, (SyPromAsked) i, NULL, NULL, NULL);
      g_free (self->requests[i]);
    }
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->lock);
  g_free (self);
}

char *
sy_prom_server_dup_url (SyPromServer *self)
{
  return g_strdup_printf ("http://127.0.0.1:%u/prefix", self->port);
}

void
sy_prom_server_set_answer (SyPromServer *self,
                           SyPromAsked   asked,
                           const char   *status,
                           const char   *type,
                           const char   *body)
{
  Answer *answer = &self->answers[asked];

  g_mutex_lock (&self->lock);
  g_free (answer->status);
  g_free (answer->type);
  g_free (answer->body);
  answer->status = g_strdup (status);
  answer->type = g_strdup (type != NULL ? type : JSON);
  answer->body = g_strdup (body);
  if (status == NULL)
    g_clear_pointer (&answer->type, g_free);
  g_mutex_unlock (&self->lock);
}

guint
sy_prom_server_get_n (SyPromServer *self,
                      SyPromAsked   asked)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->counts[asked];
  g_mutex_unlock (&self->lock);
  return n;
}

char *
sy_prom_server_dup_request (SyPromServer *self,
                            SyPromAsked   asked)
{
  char *request;

  g_mutex_lock (&self->lock);
  request = g_strdup (self->requests[asked] != NULL ? self->requests[asked] : "");
  g_mutex_unlock (&self->lock);
  return request;
}
