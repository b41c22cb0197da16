/* sy-backend.h: one side of the balance
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-history.h"
#include "sy-load-cost.h"
#include "sy-prom-reader.h"
#include "sy-recorder.h"
#include "sy-source.h"
#include "sy-trap-pair.h"

G_BEGIN_DECLS

#define SY_TYPE_BACKEND (sy_backend_get_type ())
G_DECLARE_FINAL_TYPE (SyBackend, sy_backend, SY, BACKEND, GObject)

/**
 * SyBackend:
 *
 * A name, an address, the source that asks it, and what it said. Lives on the
 * GTK thread; scrapes are read on the source's worker and arrive here at most
 * ten times a second. Before the first answer there is no mapping, no reading
 * and an empty history.
 *
 * Properties: name (read-write), letter (read-only: "a", "b", …, unique in its
 * session and kept for life, so that colour and shape do not jump).
 * Signal "updated": readings were added to the history.
 * Signal "traps-changed": other traps than before.
 */
SyBackend        *sy_backend_new             (const char *name, SySource *source, SyRecogniser *recogniser);

/* The source asks a Prometheus server: @reader reads its answers. Before start. */
void              sy_backend_set_prom_reader (SyBackend *self, SyPromReader *reader);
const char       *sy_backend_get_name        (SyBackend *self);
void              sy_backend_set_name        (SyBackend *self, const char *name);
const char       *sy_backend_get_letter      (SyBackend *self);
void              sy_backend_set_letter      (SyBackend *self, const char *letter);
SySource         *sy_backend_get_source      (SyBackend *self); /* (transfer none) */
SyHistory        *sy_backend_get_history     (SyBackend *self); /* (transfer none) */
gint64            sy_backend_get_first_time  (SyBackend *self, gint64 otherwise_us); /* of the oldest sample kept */
SyMapping        *sy_backend_get_mapping     (SyBackend *self); /* (transfer none) (nullable) */
SyFormat          sy_backend_get_format      (SyBackend *self); /* SY_FORMAT_AUTO before the first answer */

/* What the last answer itself says that served it, "gunicorn"; NULL: nothing. For eyes. */
const char       *sy_backend_get_served_by   (SyBackend *self);

/* The last reading that has values, or NULL; a scrape that fails later does
 * not take it away: compare its time with the history's end. (transfer none) */
const SyReading  *sy_backend_get_reading     (SyBackend *self);
const SyLoadCost *sy_backend_get_cost        (SyBackend *self); /* of that reading; all NAN before */

/* Processes that answered this address in the last minute: above 1 its
 * counters belong to several, and the figures are of one at a time. */
guint             sy_backend_get_n_processes (SyBackend *self);

/* What is easily misread here, those beside the others first. (transfer none) (element-type SyTrap), valid until the next
 * "traps-changed" */
const GPtrArray  *sy_backend_get_traps       (SyBackend *self);

/* Of it beside the others; copied. */
void              sy_backend_set_pair_traps  (SyBackend *self, const GPtrArray *traps);

/* What a comparison for traps needs; borrowed until the next "updated". */
void              sy_backend_get_trap_side   (SyBackend *self, SyTrapSide *ret);

/* What a person has decided about its metrics; NULL: nothing. The session keeps
 * it: see sy_session_set_overrides(). (transfer none) */
SyOverrides      *sy_backend_get_overrides   (SyBackend *self);
void              sy_backend_set_overrides   (SyBackend *self, SyOverrides *overrides);

/* Rates of its scrapes are over the last @window_us of a process, at least two
 * scrapes, instead of five seconds; from the next scrape on. */
void              sy_backend_set_rate_window (SyBackend *self, gint64 window_us);

/* The same machine at the same time, as far as the addresses tell: what was recorded
 * another day disturbs nobody that is live. */
gboolean          sy_backend_shares_machine  (SyBackend *self, SyBackend *other);

/* It ends with this program, as the demo's servers do: nobody can watch it another
 * time. FALSE unless somebody says so. */
void              sy_backend_set_passing     (SyBackend *self, gboolean passing);
gboolean          sy_backend_is_passing      (SyBackend *self);

/* FALSE when its address is not where requests could be sent: of a Prometheus
 * server, or of us, who are pushed to. Errors: SY_ERROR_INVALID. */
gboolean          sy_backend_check_loadable  (SyBackend *self, GError **error);

/* Adds itself to what @recorder writes, as far as there is room; NULL: no longer. */
void              sy_backend_set_recorder    (SyBackend *self, SyRecorder *recorder);

/* The last answer, for choosing among its metrics. (transfer none) (nullable),
 * valid until the next "updated" */
SyExposition     *sy_backend_get_exposition  (SyBackend *self);

/* Readings of its worker that have not arrived here yet, of SY_FEED_MAX_WAITING. */
guint             sy_backend_get_n_waiting   (SyBackend *self);

/* Costs from now on are by @price, which must outlive the backend. */
void              sy_backend_set_price       (SyBackend *self, const SyPrice *price);

/* All durations the present process has observed, merged over its labels.
 * (transfer none) (nullable), valid until the next "updated" */
const SyBuckets  *sy_backend_get_durations   (SyBackend *self);

G_END_DECLS
