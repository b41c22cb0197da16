/* sy-load-transport.c: requests of a load on the wire
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An easy handle for each slot of each target, made when the slot is first
 * used and kept. libcurl keeps the connections; as no more requests are under
 * way than a target has slots, it never has more connections than that.
 *
 * The keep-alive race (a server closes an idle connection while we send on it)
 * is libcurl's to mend: it sends again on a fresh connection when nothing of
 * an answer was read. The pre-request callback counts those, and ends the
 * request when it would be sent a third time.
 *
 * An answer of a path below /do/ must have a member "checksum" in its body:
 * what a reference server did is provable, and an answer without is an error.
 */
#define G_LOG_DOMAIN "steelyard-drive"

#include "config.h"

#include "sy-load-transport.h"

#include <curl/curl.h>
#include <math.h>
#include <string.h>
#include <sys/epoll.h>

#include "sy-error.h"

#define USER_AGENT "Steelyard-load/" PACKAGE_VERSION
#define WORK_PREFIX "/do/"
#define PROOF "\"checksum\""
#define MAX_ATTEMPTS 2

/* One slot of one target. */
typedef struct {
  SyLoadTransport *transport;   /* borrowed */
  CURL            *easy;        /* owned */
  guint            target;
  guint            slot;
  gboolean         is_active;   /* in the multi handle */

  gint64           sent_us;
  guint            attempts;
  guint64          body_bytes;
  gboolean         needs_proof;
  guint            proof_matched; /* bytes of PROOF seen in a row; all of them: proven */
} Call;

typedef struct {
  const SyUrl *url;         /* borrowed */
  gboolean     is_loopback;
  Call       **calls;       /* owned array of owned, NULL until used */
} Lane;

struct _SyLoadTransport {
  const SyLoadPlan  *plan;   /* borrowed */
  SyClock           *clock;  /* borrowed */
  int                epoll_fd;
  SyLoadDoneFunc     done;
  gpointer           user_data;

  CURLM             *multi;        /* owned */
  struct curl_slist *post_headers; /* owned */
  char              *body;         /* owned; what every POST sends of */
  GString           *address;      /* owned; scratch */
  Lane              *lanes;        /* owned, one a target */
  gint64             due_us;
  guint64            bytes;
};

/* PROOF begins and ends with a quote and has none between, so after a mismatch
 * the only prefix that can be under way is that quote. */
static void
match_proof (Call       *call,
             const char *data,
             gsize       length)
{
  const guint whole = sizeof PROOF - 1;

  for (gsize i = 0; i < length && call->proof_matched < whole; i++)
    {
      if (data[i] == PROOF[call->proof_matched])
        call->proof_matched++;
      else
        call->proof_matched = data[i] == PROOF[0] ? 1 : 0;
    }
}

static gsize
write_cb (char    *data,
          gsize    size,
          gsize    count,
          gpointer user_data)
{
  Call *call = user_data;
  gsize length = size * count;

  call->body_bytes += length;
  call->transport->bytes += length;

  if (call->body_bytes > SY_LOAD_MAX_ANSWER_BYTES)
    return 0;

  if (call->needs_proof)
    match_proof (call, data, length);

  return length;
}

static gboolean
is_loopback_ip (const char *ip)
{
  return g_str_has_prefix (ip, "127.") || strcmp (ip, "::1") == 0 || g_str_has_prefix (ip, "::ffff:127.");
}

/* A connection is there and the request is about to go out on it. */
static int
prereq_cb (gpointer user_data,
           char    *peer_ip,
           char    *local_ip,
           int      peer_port,
           int      local_port)
{
  Call *call = user_data;
  SyLoadTransport *self = call->transport;

  /* A name like localhost was believed; an address is proof. */
  if (self->lanes[call->target].is_loopback && !is_loopback_ip (peer_ip))
    return CURL_PREREQFUNC_ABORT;

  if (call->attempts == MAX_ATTEMPTS)
    return CURL_PREREQFUNC_ABORT;

  if (call->attempts++ == 0)
    call->sent_us = sy_clock_get_monotonic (self->clock);

  return CURL_PREREQFUNC_OK;
}

static int
socket_cb (CURL         *easy,
           curl_socket_t fd,
           int           what,
           gpointer      user_data,
           gpointer      is_added)
{
  SyLoadTransport *self = user_data;
  struct epoll_event event = { .data.fd = fd };

  if (what == CURL_POLL_REMOVE)
    {
      epoll_ctl (self->epoll_fd, EPOLL_CTL_DEL, fd, NULL);
      curl_multi_assign (self->multi, fd, NULL);
      return 0;
    }

  event.events = ((what & CURL_POLL_IN) != 0 ? EPOLLIN : 0) | ((what & CURL_POLL_OUT) != 0 ? EPOLLOUT : 0);

  if (epoll_ctl (self->epoll_fd, is_added != NULL ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, fd, &event) != 0)
    return -1;

  curl_multi_assign (self->multi, fd, self);
  return 0;
}

/* libcurl must not be called from here: only the time is noted. */
static int
timer_cb (CURLM   *multi,
          long     timeout_ms,
          gpointer user_data)
{
  SyLoadTransport *self = user_data;

  if (timeout_ms < 0)
    self->due_us = G_MAXINT64;
  else
    self->due_us = sy_clock_get_monotonic (self->clock) + timeout_ms * SY_USEC_PER_MSEC;

  return 0;
}

static SyLoadFault
fault_of_status (const Call *call)
{
  long status = 0;

  curl_easy_getinfo (call->easy, CURLINFO_RESPONSE_CODE, &status);

  if (status < 200 || status > 299)
    return SY_LOAD_FAULT_STATUS;

  if (call->needs_proof && call->proof_matched < sizeof PROOF - 1)
    return SY_LOAD_FAULT_UNVERIFIED;

  return SY_LOAD_FAULT_NONE;
}

static SyLoadFault
fault_of (const Call *call,
          CURLcode    result)
{
  if (call->body_bytes > SY_LOAD_MAX_ANSWER_BYTES)
    return SY_LOAD_FAULT_TOO_LARGE;

  switch ((int) result)
    {
    case CURLE_OK:
      return fault_of_status (call);

    case CURLE_FILESIZE_EXCEEDED:
      return SY_LOAD_FAULT_TOO_LARGE;

    case CURLE_OPERATION_TIMEDOUT:
      return SY_LOAD_FAULT_TIMEOUT;

    case CURLE_COULDNT_CONNECT:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
      return SY_LOAD_FAULT_CONNECT;

    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
      return SY_LOAD_FAULT_RESET;

    case CURLE_ABORTED_BY_CALLBACK:
      return call->attempts == MAX_ATTEMPTS ? SY_LOAD_FAULT_RESET : SY_LOAD_FAULT_OTHER;

    default:
      return SY_LOAD_FAULT_OTHER;
    }
}

static void
detach (SyLoadTransport *self,
        Call            *call)
{
  long header_bytes = 0;
  long request_bytes = 0;

  /* The body was counted as it came. */
  curl_easy_getinfo (call->easy, CURLINFO_HEADER_SIZE, &header_bytes);
  curl_easy_getinfo (call->easy, CURLINFO_REQUEST_SIZE, &request_bytes);
  self->bytes += (guint64) header_bytes + (guint64) request_bytes;

  curl_multi_remove_handle (self->multi, call->easy);
  call->is_active = FALSE;
}

static void
take_results (SyLoadTransport *self)
{
  CURLMsg *message;
  int n_left;

  while ((message = curl_multi_info_read (self->multi, &n_left)) != NULL)
    {
      CURLcode result = message->data.result;
      Call *call = NULL;
      long connects = 0;

      curl_easy_getinfo (message->easy_handle, CURLINFO_PRIVATE, (char **) &call);
      curl_easy_getinfo (message->easy_handle, CURLINFO_NUM_CONNECTS, &connects);

      SyLoadOutcome outcome = {
        .fault = fault_of (call, result),
        .sent_us = call->sent_us,
        .done_us = sy_clock_get_monotonic (self->clock),
        .attempts = call->attempts,
        .connects = (guint) connects,
      };

      detach (self, call);
      self->done (call->target, call->slot, &outcome, self->user_data);
    }
}

/* What is the same for every request of a slot. */
static void
configure (Call *call)
{
  CURL *easy = call->easy;
  SyLoadTransport *self = call->transport;

  curl_easy_setopt (easy, CURLOPT_PRIVATE, call);
  curl_easy_setopt (easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (easy, CURLOPT_PROXY, "");
  curl_easy_setopt (easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt (easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt (easy, CURLOPT_HTTP_VERSION, (long) CURL_HTTP_VERSION_1_1);
  curl_easy_setopt (easy, CURLOPT_TCP_NODELAY, 1L);
  curl_easy_setopt (easy, CURLOPT_DNS_CACHE_TIMEOUT, -1L);
  curl_easy_setopt (easy, CURLOPT_USERAGENT, USER_AGENT);
  curl_easy_setopt (easy, CURLOPT_TIMEOUT_MS, (long) (self->plan->timeout_us / SY_USEC_PER_MSEC));
  curl_easy_setopt (easy, CURLOPT_MAXFILESIZE, (long) SY_LOAD_MAX_ANSWER_BYTES);
  curl_easy_setopt (easy, CURLOPT_WRITEFUNCTION, write_cb);
  curl_easy_setopt (easy, CURLOPT_WRITEDATA, call);
  curl_easy_setopt (easy, CURLOPT_PREREQFUNCTION, prereq_cb);
  curl_easy_setopt (easy, CURLOPT_PREREQDATA, call);
}

static Call *
call_new (SyLoadTransport *self,
          guint            target,
          guint            slot)
{
  Call *call = g_new0 (Call, 1);

  *call = (Call) { .transport = self, .easy = curl_easy_init (), .target = target, .slot = slot };
  configure (call);
  return call;
}

static void
call_free (Call *call)
{
  curl_easy_cleanup (call->easy);
  g_free (call);
}

/* Milliseconds with at most two decimals and no zeros at the end. */
static void
append_milliseconds (GString *text,
                     double   seconds)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  double rounded = round (seconds * 1e5) / 100;

  g_string_append (text, g_ascii_formatd (digits, sizeof digits, "%.15g", rounded));
}

static void
build_address (GString         *address,
               const SyUrl     *base,
               const char      *path,
               const SyArrival *arrival)
{
  g_string_assign (address, sy_url_get_origin (base));

  while (*path != '\0')
    {
      gsize plain = strcspn (path, "{");

      g_string_append_len (address, path, (gssize) plain);
      path += plain;

      if (*path == '{')
        {
          append_milliseconds (address, (double) (path[1] == 'i' ? arrival->io : arrival->cpu));
          path = strchr (path, '}') + 1;
        }
    }
}

void
sy_load_transport_send (SyLoadTransport *self,
                        guint            target,
                        guint            slot,
                        const SyArrival *arrival)
{
  const SyWorkloadClass *class = &self->plan->workload->classes[arrival->class_index];
  Lane *lane = &self->lanes[target];

  if (lane->calls[slot] == NULL)
    lane->calls[slot] = call_new (self, target, slot);

  Call *call = lane->calls[slot];

  /* libcurl 7.88 counts how often it sent again over all requests of a handle,
   * and gives up at the sixth; only a reset forgets. */
  if (call->attempts > 1)
    {
      curl_easy_reset (call->easy);
      configure (call);
    }

  call->sent_us = 0;
  call->attempts = 0;
  call->body_bytes = 0;
  call->proof_matched = 0;
  call->needs_proof = g_str_has_prefix (class->path, WORK_PREFIX);

  build_address (self->address, lane->url, class->path, arrival);
  curl_easy_setopt (call->easy, CURLOPT_URL, self->address->str);

  if (strcmp (class->method, "POST") == 0)
    {
      curl_easy_setopt (call->easy, CURLOPT_HTTPHEADER, self->post_headers);
      curl_easy_setopt (call->easy, CURLOPT_POST, 1L);
      curl_easy_setopt (call->easy, CURLOPT_POSTFIELDS, self->body);
      curl_easy_setopt (call->easy, CURLOPT_POSTFIELDSIZE, (long) class->body_bytes);
      self->bytes += class->body_bytes;
    }
  else
    {
      curl_easy_setopt (call->easy, CURLOPT_HTTPHEADER, NULL);
      curl_easy_setopt (call->easy, CURLOPT_HTTPGET, 1L);
    }

  call->is_active = TRUE;
  curl_multi_add_handle (self->multi, call->easy);
}

void
sy_load_transport_ready (SyLoadTransport *self,
                         int              fd,
                         guint32          events)
{
  int running;
  int mask = ((events & EPOLLIN) != 0 ? CURL_CSELECT_IN : 0) |
             ((events & EPOLLOUT) != 0 ? CURL_CSELECT_OUT : 0) |
             ((events & (EPOLLERR | EPOLLHUP)) != 0 ? CURL_CSELECT_ERR : 0);

  curl_multi_socket_action (self->multi, fd, mask, &running);
  take_results (self);
}

gint64
sy_load_transport_get_due (SyLoadTransport *self)
{
  return self->due_us;
}

void
sy_load_transport_run (SyLoadTransport *self)
{
  int running;

  self->due_us = G_MAXINT64;
  curl_multi_socket_action (self->multi, CURL_SOCKET_TIMEOUT, 0, &running);
  take_results (self);
}

void
sy_load_transport_cancel (SyLoadTransport *self,
                          guint            target)
{
  for (guint slot = 0; slot < self->plan->connections; slot++)
    {
      Call *call = self->lanes[target].calls[slot];

      if (call != NULL && call->is_active)
        detach (self, call);
    }
}

guint64
sy_load_transport_get_bytes (SyLoadTransport *self)
{
  return self->bytes;
}

SyLoadTransport *
sy_load_transport_new (const SyLoadPlan *plan,
                       SyClock          *clock,
                       int               epoll_fd,
                       SyLoadDoneFunc    done,
                       gpointer          user_data,
                       GError          **error)
{
  static gsize is_initialised = 0;

  if (g_once_init_enter (&is_initialised))
    {
      CURLcode result = curl_global_init (CURL_GLOBAL_DEFAULT);
      g_once_init_leave (&is_initialised, result == CURLE_OK ? 1 : 2);
    }

  CURLM *multi = is_initialised == 1 ? curl_multi_init () : NULL;

  if (multi == NULL)
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_FAILED, "libcurl does not start");
      return NULL;
    }

  SyLoadTransport *self = g_new0 (SyLoadTransport, 1);

  *self = (SyLoadTransport) {
    .plan = plan, .clock = clock, .epoll_fd = epoll_fd, .done = done, .user_data = user_data,
    .multi = multi, .due_us = G_MAXINT64,
  };
  self->address = g_string_new (NULL);
  self->body = g_malloc (SY_WORKLOAD_MAX_BODY);
  memset (self->body, 'x', SY_WORKLOAD_MAX_BODY);
  self->post_headers = curl_slist_append (NULL, "Content-Type: application/octet-stream");
  self->post_headers = curl_slist_append (self->post_headers, "Expect:");
  self->lanes = g_new0 (Lane, plan->targets->len);

  for (guint i = 0; i < plan->targets->len; i++)
    {
      const SyUrl *url = g_ptr_array_index (plan->targets, i);

      self->lanes[i] = (Lane) { url, sy_url_is_loopback (url), g_new0 (Call *, plan->connections) };
    }

  curl_multi_setopt (multi, CURLMOPT_SOCKETFUNCTION, socket_cb);
  curl_multi_setopt (multi, CURLMOPT_SOCKETDATA, self);
  curl_multi_setopt (multi, CURLMOPT_TIMERFUNCTION, timer_cb);
  curl_multi_setopt (multi, CURLMOPT_TIMERDATA, self);
  curl_multi_setopt (multi, CURLMOPT_PIPELINING, (long) CURLPIPE_NOTHING);
  curl_multi_setopt (multi, CURLMOPT_MAXCONNECTS, (long) (plan->connections * plan->targets->len));

  return self;
}

void
sy_load_transport_free (SyLoadTransport *self)
{
  for (guint i = 0; i < self->plan->targets->len; i++)
    {
      sy_load_transport_cancel (self, i);

      for (guint slot = 0; slot < self->plan->connections; slot++)
        g_clear_pointer (&self->lanes[i].calls[slot], call_free);

      g_free (self->lanes[i].calls);
    }

  curl_multi_cleanup (self->multi);
  curl_slist_free_all (self->post_headers);
  g_string_free (self->address, TRUE);
  g_free (self->body);
  g_free (self->lanes);
  g_free (self);
}
