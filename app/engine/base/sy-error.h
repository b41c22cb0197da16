/* sy-error.h: what can go wrong between a backend and a person who reads about it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SY_ERROR:
 *
 * The one error domain of the engine. Codes exist where a caller branches or
 * where a gap in a chart must say why it is there; everything else is in the
 * message. GIO errors from below are translated at the room that meets them.
 */
#define SY_ERROR (sy_error_quark ())

typedef enum {
  SY_ERROR_FAILED = 1,            /* anything without a code of its own */
  SY_ERROR_INVALID,               /* an argument, a URL, a data file */
  SY_ERROR_CANCELLED,             /* we stopped it */
  SY_ERROR_RESOLVE,               /* the host name has no address */
  SY_ERROR_CONNECT,               /* refused, unreachable */
  SY_ERROR_CONNECT_TIMEOUT,
  SY_ERROR_DEADLINE,              /* the whole scrape took too long */
  SY_ERROR_TRUNCATED,             /* the peer closed early, the body is not whole */
  SY_ERROR_RESET,                 /* connection reset by peer */
  SY_ERROR_TLS,
  SY_ERROR_HTTP_STATUS,           /* answered, but not 200 */
  SY_ERROR_REDIRECT_BLOCKED,
  SY_ERROR_PROTOCOL,              /* not HTTP, endless 1xx, contradicting lengths */
  SY_ERROR_HEADERS_TOO_LARGE,
  SY_ERROR_BODY_TOO_LARGE,        /* on the wire, decoded, or by ratio */
  SY_ERROR_UNSUPPORTED_ENCODING,
  SY_ERROR_DECODE,                /* gzip damaged */
  SY_ERROR_FORMAT,                /* HTML, an unknown type, or it changed under us */
  SY_ERROR_EMPTY,                 /* 200 with nothing in it */
  SY_ERROR_PARSE,                 /* message begins "LINE:COLUMN: " */
  SY_ERROR_SAMPLE_LIMIT,
  SY_ERROR_LABEL_LIMIT,
  SY_ERROR_CARDINALITY,           /* more distinct series than we keep */
  SY_ERROR_STUCK,                 /* the worker does not answer its supervisor */
  SY_ERROR_OVERRUN,               /* a tick was skipped: the previous one was still running */
  SY_ERROR_TLS_PIN,               /* another certificate than the one that was pinned */
  SY_ERROR_FLOOD,                 /* a stream sends more than anybody can read */
  SY_ERROR_CREDENTIAL,            /* not sent: it would have crossed a network in the clear */
  SY_ERROR_QUERY,                 /* a Prometheus server refused a query, or could not run it */
  SY_ERROR_STORAGE_FULL,          /* no room on the disk, or the recording reached its size */
  SY_ERROR_STORAGE,               /* the disk or the file failed, is read-only, moved or in use */
  SY_ERROR_DAMAGED,               /* what was recorded is no longer there as it was */
  SY_ERROR_SILENT,                /* who should push does not */
  SY_ERROR_LISTEN,                /* the port to receive on is not to be had */
  SY_ERROR_NOT_RUNNING,           /* nobody asked: this program was not there */
  SY_ERROR_SUSPENDED,             /* nobody asked: the machine was asleep */
} SyErrorCode;

GQuark       sy_error_quark     (void);

/* A stable lower-case word for @code ("deadline", "http-status"): the `reason`
 * of JSON output and of recorded gaps. "failed" for an unknown code. */
const char  *sy_error_code_nick (SyErrorCode code);

/* The code of that word; FAILED for an unknown one: a newer version wrote it. */
SyErrorCode  sy_error_code_of_nick (const char *nick);

/* The nick of @error when it is a SY_ERROR, else "failed"; NULL for no error. */
const char  *sy_error_nick      (const GError *error);

G_END_DECLS
