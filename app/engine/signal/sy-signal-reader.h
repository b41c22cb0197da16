/* sy-signal-reader.h: from scrapes to readings
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-reading.h"
#include "sy-trap-pair.h"

G_BEGIN_DECLS

/**
 * SySignalReader:
 *
 * Remembers the last scrape of each process that answers an address, and
 * derives rates, percentiles and levels from the next one. Not thread-safe: it
 * belongs to the source's worker.
 *
 * A process is known by its start time; a backend that does not export one is
 * taken for one process until a counter falls. Two processes that answer in
 * turn are each compared with themselves and reported as SY_GAP_OTHER_WORKER.
 *
 * Percentiles and rates are over a window that slides with the scrapes
 * (default: the last 5 s of one process, at least two scrapes), so a p99 does
 * not rest on ten requests.
 *
 * Left out of requests, errors and durations: routes that only we and health
 * checks ask for (`own_routes` of the recogniser files), where a label tells
 * the route; so figures agree with a load generator's. In flight of a gauge is
 * of this instant. Loop lag of a histogram is its 0.99 quantile over the window.
 */
typedef struct _SySignalReader SySignalReader;

SySignalReader *sy_signal_reader_new         (SyRecogniser *recogniser);
void            sy_signal_reader_free        (SySignalReader *self);
void            sy_signal_reader_set_window  (SySignalReader *self, gint64 window_us); /* 0: scrape to scrape */

/* From the next exposition on. @overrides: nullable. */
void            sy_signal_reader_set_overrides (SySignalReader *self, SyOverrides *overrides);

/* @monotonic_us is when the target answered. Fills @ret. */
void            sy_signal_reader_read        (SySignalReader     *self,
                                              const SyExposition *exposition,
                                              gint64              monotonic_us,
                                              gint64              wall_us,
                                              SyReading          *ret);

/* A scrape that failed: @ret gets the gap, and nothing is forgotten, but that no rate
 * reaches across SUSPENDED: it would be the mean of hours, shown as that of now. */
void            sy_signal_reader_miss        (SySignalReader *self,
                                              SyGap           gap,
                                              gint64          monotonic_us,
                                              gint64          wall_us,
                                              SyReading      *ret);

/* Of the last exposition that was read; NULL before the first. (transfer none) */
SyMapping      *sy_signal_reader_get_mapping (SySignalReader *self);

/* What one process has observed in total (the duration histogram merged over
 * its labels), for comparing with a load generator; NULL when there is none.
 * (transfer none) */
const SyBuckets *sy_signal_reader_get_durations (SySignalReader *self);

/* What the process that answered last has added up. */
void            sy_signal_reader_get_totals  (SySignalReader *self, SyTotals *ret);

/* Distinct processes seen behind the address in the last 60 s. */
guint           sy_signal_reader_get_n_processes (SySignalReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SySignalReader, sy_signal_reader_free)

G_END_DECLS
