/* sy-otlp-source.h: listens for the pushes of one service
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-otlp-receiver.h"
#include "sy-worker-source.h"

G_BEGIN_DECLS

#define SY_TYPE_OTLP_SOURCE (sy_otlp_source_get_type ())
G_DECLARE_FINAL_TYPE (SyOtlpSource, sy_otlp_source, SY, OTLP_SOURCE, SyWorkerSource)

/**
 * SyOtlpSource:
 *
 * Nobody is asked: the backend pushes, and each push (or each round of pushes,
 * where several processes are the service) is a scrape, of the instant at which
 * its numbers were collected. Silence is a failure that says since when and what
 * to do, and ends by itself with the next push. While nothing has come, what was
 * pushed and refused is the failure: it may be this backend that is set up wrong.
 * A port that another program has is tried again and again.
 *
 * The interval that is set has no meaning here: the backend chooses its own, which
 * is known from the second push on.
 */

/* @url: where the backend pushes to; its host must be of the loopback. @service,
 * @instance: see sy_otlp_fold_new(). */
SySource *sy_otlp_source_new          (SyUrl *url, const char *service, const char *instance, SyClock *clock);

/* Before start. */
void      sy_otlp_source_set_limits   (SyOtlpSource *self, const SyOtlpLimits *limits);

/* How long nothing may come at first until that is a failure; 10 s. Before start. */
void      sy_otlp_source_set_patience (SyOtlpSource *self, gint64 patience_us);

G_END_DECLS
