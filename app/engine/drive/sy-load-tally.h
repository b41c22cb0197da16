/* sy-load-tally.h: what became of the requests of one class
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-latency-histogram.h"

G_BEGIN_DECLS

/* Why a request that was sent has no good answer. */
typedef enum {
  SY_LOAD_FAULT_NONE,
  SY_LOAD_FAULT_STATUS,     /* answered, but not 2xx */
  SY_LOAD_FAULT_UNVERIFIED, /* answered, but without the proof that work was done */
  SY_LOAD_FAULT_TOO_LARGE,
  SY_LOAD_FAULT_TIMEOUT,
  SY_LOAD_FAULT_CONNECT,
  SY_LOAD_FAULT_RESET,      /* closed before the answer was whole */
  SY_LOAD_FAULT_OTHER,
  SY_LOAD_N_FAULTS
} SyLoadFault;

/**
 * SyLoadTally:
 *
 * At the end, offered = answered + errors + dropped + unfinished; before, the
 * outstanding ones come on top. Some of the unfinished were never sent.
 *
 * `response` counts every answered request from its intended start to the last
 * byte, and what never got an answer in time (dropped, timed out, unfinished)
 * as at least as long as it was waited for. Other errors are in no histogram
 * of time: a quick refusal is not quick service.
 *
 * `lateness` = `generator_late` (we were not scheduled in time) +
 * `connection_wait` (no connection was free or open): intended start to send.
 * `generator_late` is of all that were offered. What never got a connection is in
 * the other two with at least how long it had none: dropped, as in `response`, as
 * long as the timeout; timed out or unfinished, the wait so far. What was refused
 * is in neither.
 */
typedef struct {
  guint64            offered;
  guint64            sent;
  guint64            answered;   /* 2xx, whole, verified */
  guint64            answered_in_load; /* answers while the load was counted, whenever their requests were due */
  guint64            dropped;    /* too many were waiting already */
  guint64            errors;
  guint64            retried;    /* sent once more: an idle connection was closed under it */
  guint64            connects;   /* connections opened: few, where the server keeps them */
  guint64            unfinished; /* still sent or queued when waiting ended */
  guint64            faults[SY_LOAD_N_FAULTS]; /* errors by kind */
  double             outstanding_us; /* intended start to end, summed, within the load */
  SyLatencyHistogram response;
  SyLatencyHistogram service;    /* send to last byte, of answered */
  SyLatencyHistogram lateness;
  SyLatencyHistogram generator_late;
  SyLatencyHistogram connection_wait;
} SyLoadTally;

void        sy_load_tally_merge     (SyLoadTally *self, const SyLoadTally *other);

/* A stable lower-case word: "status", "timeout", … */
const char *sy_load_fault_nick      (SyLoadFault fault);

G_END_DECLS
