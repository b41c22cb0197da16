/* sy-prometheus-source.h: asks a Prometheus server about one backend
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-http-source.h"
#include "sy-prom-target.h"
#include "sy-worker-source.h"

G_BEGIN_DECLS

#define SY_TYPE_PROMETHEUS_SOURCE (sy_prometheus_source_get_type ())
G_DECLARE_FINAL_TYPE (SyPrometheusSource, sy_prometheus_source, SY, PROMETHEUS_SOURCE, SyWorkerSource)

/**
 * SyPrometheusSource:
 *
 * First it asks which series match, their metadata, and how far apart their
 * samples are; the target's plan makes questions of that. The past is then read
 * by one range question (again after a failure: from the last answer on), and
 * every interval all questions are asked as one. Every five minutes, and when
 * an answer is empty, it asks anew which series there are.
 *
 * Each scrape holds an answer; see sy-scrape.h. What the server warns of is the
 * property `warning`. @url is the backend's, for eyes and as its identity; what
 * is asked is the target's server.
 */
SySource     *sy_prometheus_source_new        (SyUrl *url, SyPromTarget *target, SyClock *clock, gint64 interval_us);
void          sy_prometheus_source_set_limits (SyPrometheusSource *self, const SyHttpLimits *limits); /* before start */

/* One GET of @path with @form (encoded parameters) below /api/v1/ of the
 * question's url, with its manners and limits. */
void          sy_prometheus_ask_async  (const SyHttpQuestion *question, const char *path, const char *form,
                                        const char *tenant, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);

/* Errors: what sy_prom_answer_parse() and a fetch may meet, and
 * SY_ERROR_CANCELLED. (transfer full) */
SyPromAnswer *sy_prometheus_ask_finish (GAsyncResult *result, GError **error);

G_END_DECLS
