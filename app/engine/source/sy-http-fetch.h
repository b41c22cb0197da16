/* sy-http-fetch.h: one request, from queueing to a parsed scrape
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <libsoup/soup.h>

#include "sy-http-source.h"

G_BEGIN_DECLS

/* Reads a body that is no exposition, into the scrape or as an error. */
typedef gboolean (*SyHttpReadFunc) (GBytes *body, SyScrape *scrape, GError **error);

/* For an answer that does not end: what to do with it instead of collecting it.
 * Both get the user data of the fetch. */
typedef struct {
  void     (*prepare) (SoupMessageHeaders *request, gpointer user_data); /* adds headers */

  /* One block of the body, as it came; FALSE ends the fetch with @error. */
  gboolean (*block)   (const char *data, gsize length, gpointer user_data, GError **error);
  gint64     silence_us; /* more of it ends the fetch */
} SyHttpStream;

typedef struct {
  SyUrl              *url;         /* borrowed: until the function was called */
  SyClock            *clock;       /* borrowed, likewise */
  SySeriesTable      *table;       /* borrowed, likewise */
  const SyHttpLimits *limits;      /* borrowed, likewise */
  gint64              deadline_us; /* monotonic; for a stream: of its head */
  SyAccess           *access;      /* borrowed, likewise; nullable */
  SoupMessage        *message;     /* borrowed, likewise; nullable: asks this, without redirects, instead of a GET of @url */
  SyHttpReadFunc      read;        /* nullable: reads bodies of JSON, also those of refusals (status 400 and up) */
  const SyHttpStream *stream;      /* nullable: the answer is one body */
} SyHttpJob;

/* Everything in it is the fetch's: take references of what you keep. */
typedef struct {
  SyScrape *scrape;
  GBytes   *body;           /* decoded; NULL when there is none */
  guint     http_status;    /* 0: there was no answer */
  gint64    retry_after_us; /* what the server asked for, 0: nothing */
  gboolean  is_stream;      /* a body was asked for, and a stream of events began */
  gboolean  is_surely_whole; /* its framing or its format says where it ends */
} SyHttpAnswer;

/* Whether asking again will not help until a person has done something. */
gboolean sy_http_answer_needs_a_person (const SyHttpAnswer *self);

typedef void (*SyHttpFetchFunc) (const SyHttpAnswer *answer, gpointer user_data);

/* A socket that another thread may shut down. */
typedef void (*SyHttpSocketFunc) (GSocket *socket, gpointer user_data);

/* Begins a request in this thread's default context, on @session (of this
 * thread). @func is called exactly once, later. Cancelling @cancellable, also
 * from another thread, ends it: past the deadline as SY_ERROR_DEADLINE, before
 * as SY_ERROR_CANCELLED. @socket_func (nullable) hears of each new connection. */
void sy_http_fetch_start (SoupSession      *session,
                          const SyHttpJob  *job,
                          GCancellable     *cancellable,
                          SyHttpSocketFunc  socket_func,
                          SyHttpFetchFunc   func,
                          gpointer          user_data);

G_END_DECLS
