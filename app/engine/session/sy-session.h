/* sy-session.h: one comparison
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-access-book.h"
#include "sy-backend.h"
#include "sy-marks.h"

G_BEGIN_DECLS

#define SY_SESSION_MAX_BACKENDS 6
#define SY_SESSION_DEFAULT_INTERVAL_US SY_USEC_PER_SEC

#define SY_TYPE_SESSION (sy_session_get_type ())
G_DECLARE_FINAL_TYPE (SySession, sy_session, SY, SESSION, GObject)

/**
 * SySession:
 *
 * A GListModel of up to six SyBackend, one clock, one recogniser, one price
 * book. The only room that knows all the others; the interface talks to it and
 * to what it hands out. Lives on the GTK thread. A new session is empty.
 *
 * Properties: price-id (read-write; the machine that costs are computed for),
 * interval-us (read-write; of every backend that is not recorded).
 */

/* Loads recognisers and prices from the data folder. Errors name the file. */
SySession     *sy_session_new             (SyClock *clock, GError **error);
SyClock       *sy_session_get_clock       (SySession *self); /* (transfer none) */
SyAccessBook  *sy_session_get_access_book (SySession *self); /* (transfer none) */
SyMarks       *sy_session_get_marks       (SySession *self); /* (transfer none) */
SyRecogniser  *sy_session_get_recogniser  (SySession *self); /* (transfer none) */
SyPriceBook   *sy_session_get_price_book  (SySession *self); /* (transfer none) */
const SyPrice *sy_session_get_price       (SySession *self);

/* Reads the price lists anew, and after them the file @path, which lies outside of the
 * data folders (NULL: none). The machine stays the same where the lists have it; what
 * the former lists said stays valid for as long as the session. Errors: those of
 * sy_price_book_new_with_file(); then nothing has changed. */
gboolean       sy_session_use_price_file   (SySession *self, const char *path, GError **error);

/* The same with the price lists of another session. */
void           sy_session_set_price_book   (SySession *self, SyPriceBook *prices);

/* FALSE, and no change, when the book has no such entry. */
gboolean       sy_session_set_price       (SySession *self, const char *price_id);

/* Starts polling @address; without a path, /metrics there. @name (nullable:
 * host and port). Also the address of a backend that a Prometheus server watches
 * (sy-prom-address.h), or that pushes here (sy-otlp-address.h). Errors: SY_ERROR_INVALID (not an address, already here, too
 * many). (transfer none) */
SyBackend     *sy_session_add             (SySession *self, const char *address, const char *name, GError **error);

/* Takes a source that somebody else made, such as one of a recording, and starts
 * it; no credential is looked for, and its address may be here already. Errors:
 * SY_ERROR_INVALID (too many). (transfer none) */
SyBackend     *sy_session_add_source      (SySession *self, SySource *source, const char *name, GError **error);

/* What a person decides about the metrics of @backend (NULL: nothing): applied
 * from its next answer on, and kept for its address. FALSE when it could not be
 * kept; it is applied all the same. */
gboolean       sy_session_set_overrides   (SySession *self, SyBackend *backend, SyOverrides *overrides, GError **error);

/* What @table (address to SyOverrides) says, for backends that are added from now on;
 * what is decided from now on is kept nowhere else. */
void           sy_session_adopt_overrides  (SySession *self, GHashTable *table);

/* Why what was kept could not be read; NULL: it could. (transfer none) */
const GError  *sy_session_get_mapping_error (SySession *self);
/* Records to a new file at @path, called @name, what every backend says from now
 * on, also of those that are added later. @options may be NULL. Errors: as
 * sy_recorder_new(), and SY_ERROR_INVALID for what a Prometheus server watches. The
 * recorder stays the session's. (transfer none) */
SyRecorder    *sy_session_start_recording  (SySession *self, const char *path, const char *name,
                                            const SyRecorderOptions *options, GError **error);

/* The same to the interrupted recording at @path: it goes on, after a gap that says
 * why. Errors: as sy_recorder_continue(), and SY_ERROR_INVALID likewise. */
SyRecorder    *sy_session_continue_recording (SySession *self, const char *path, const SyRecorderOptions *options,
                                              GError **error);

/* What else the figures depend on: goes into what is recorded, now and later; the last
 * word about @key counts. Mappings and the price are noted by the session itself. */
#define SY_NOTE_ASSUMPTIONS "assumptions" /* steelyard.assumptions/1 */
#define SY_NOTE_MAPPINGS    "mappings"    /* as mappings.json, by recorded addresses */
#define SY_NOTE_PRICE       "price-id"
#define SY_NOTE_WORKLOAD    "workload"    /* the profile of the load that was put on */
void           sy_session_note             (SySession *self, const char *key, const char *value);

/* What a Prometheus server watches is left out of recordings, not refused. */
void           sy_session_set_lenient      (SySession *self, gboolean lenient);

/* NULL when nothing is recorded. (transfer none) */
SyRecorder    *sy_session_get_recorder     (SySession *self);

/* Writes what waits, and closes the file. FALSE when the recording had failed. */
gboolean       sy_session_stop_recording   (SySession *self, GError **error);

void           sy_session_remove           (SySession *self, SyBackend *backend);

/* Undoes sy_session_remove(): @backend asks again, with the name and the history that it
 * had, at @position or at the end. Errors: there are enough, or its address is here again. */
gboolean       sy_session_put_back         (SySession *self, SyBackend *backend, guint position, GError **error);

guint          sy_session_get_n           (SySession *self);
SyBackend     *sy_session_get             (SySession *self, guint index); /* (transfer none) */
void           sy_session_set_interval    (SySession *self, gint64 interval_us);
gint64         sy_session_get_interval    (SySession *self);

G_END_DECLS
