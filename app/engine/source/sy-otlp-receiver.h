/* sy-otlp-receiver.h: where backends push OpenTelemetry metrics to
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "sy-otlp-request.h"

G_BEGIN_DECLS

#define SY_OTLP_PATH "/v1/metrics"

typedef struct {
  guint              max_connections; /* at a time; 16 */
  guint              deadline_ms;     /* from a connection's first byte to its answer; 10 000 */
  gsize              max_body;        /* bytes, packed or not; 4 MiB */
  guint              max_pushes;      /* a second, of one service; 50. Of all together: 33 times that */
  gsize              max_bytes;       /* a second, unpacked, of one service; 8 MB. Of all together: four times that */
  SyExpositionLimits exposition;
} SyOtlpLimits;

extern const SyOtlpLimits SY_OTLP_LIMITS_DEFAULT;

/* What came. Exactly one of @request and @refusal is set, both borrowed for the call. */
typedef struct {
  SyOtlpRequest *request;
  const GError  *refusal;    /* SY_ERROR: what was pushed and is not taken, whoever pushed it */
  gsize          wire_bytes; /* of the body */
  gsize          body_bytes; /* unpacked */
} SyOtlpPush;

typedef enum {
  SY_OTLP_NOT_MINE,
  SY_OTLP_TAKEN,
  SY_OTLP_BUSY, /* would have taken it, but has too much to do: it is to be pushed again */
} SyOtlpVerdict;

/* On the receiver's thread; must only put it aside. */
typedef SyOtlpVerdict (*SyOtlpPushFunc) (const SyOtlpPush *push, gpointer user_data);

/**
 * SyOtlpReceiver:
 *
 * An HTTP server on one port of the loopback, with a thread of its own, that is
 * shared by all who listen to that port and lives as long as one of them does.
 * It answers as OTLP/HTTP demands: 200 with what was rejected, 400, 404, 405,
 * 413, 415 with the reason as a google.rpc.Status, 429 with Retry-After when more
 * comes than can be read. Who pushes is not trusted: connections, times, sizes
 * and rates have limits, and one service that floods is refused by itself.
 * Browsers' pages cannot push: a foreign Host or Origin is refused.
 */
typedef struct _SyOtlpReceiver SyOtlpReceiver;

typedef struct {
  const char         *host;      /* a numeric loopback address, or localhost: 127.0.0.1 */
  guint16             port;
  const SyOtlpLimits *limits;    /* of the first who joins */
  SyOtlpPushFunc      func;
  gpointer            user_data; /* also tells the listeners apart */
} SyOtlpListener;

/* From any thread; does not block but for the one bind(). Errors: SY_ERROR_LISTEN.
 * (transfer full): by leaving. */
SyOtlpReceiver *sy_otlp_receiver_join  (const SyOtlpListener *listener, GError **error);

/* @func is not called any more once this has returned; the port is free again
 * when it was the last. */
void            sy_otlp_receiver_leave (SyOtlpReceiver *self, gpointer user_data);

G_END_DECLS
