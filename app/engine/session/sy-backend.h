/* sy-backend.h: one side of the balance
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-history.h"
#include "sy-load-cost.h"
#include "sy-source.h"

G_BEGIN_DECLS

#define SY_TYPE_BACKEND (sy_backend_get_type ())
G_DECLARE_FINAL_TYPE (SyBackend, sy_backend, SY, BACKEND, GObject)

/**
 * SyBackend:
 *
 * A name, an address, the source that asks it, and what it said. Lives on the
 * GTK thread; scrapes are read on the source's worker and arrive here at most
 * ten times a second.
 *
 * Properties: name (read-write), letter ("a", "b", …, set by the session),
 * state, mapping (SyMapping boxed, nullable, what was recognised), price
 * (borrowed). Signal "updated": new readings are in the history.
 */
SyBackend       *sy_backend_new               (const char *name, SySource *source, SyRecogniser *recogniser);
const char      *sy_backend_get_name          (SyBackend *self);
void             sy_backend_set_name          (SyBackend *self, const char *name);
const char      *sy_backend_get_letter        (SyBackend *self);
void             sy_backend_set_letter        (SyBackend *self, const char *letter);
SySource        *sy_backend_get_source        (SyBackend *self);
SyHistory       *sy_backend_get_history       (SyBackend *self);
SyMapping       *sy_backend_get_mapping       (SyBackend *self); /* nullable */
const SyReading *sy_backend_get_reading       (SyBackend *self); /* the last, nullable */
const SyLoadCost *sy_backend_get_cost         (SyBackend *self); /* of the last reading */
guint            sy_backend_get_n_processes   (SyBackend *self);
void             sy_backend_set_price         (SyBackend *self, const SyPrice *price);

/* All durations the present process has observed, merged; NULL when unknown.
 * (transfer full) */
SyBuckets       *sy_backend_dup_durations     (SyBackend *self);

G_END_DECLS
