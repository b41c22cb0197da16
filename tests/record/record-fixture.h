/* record-fixture.h: recordings for tests
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-recorder.h"
#include "sy-recording.h"

G_BEGIN_DECLS

/* A folder of its own, removed with what is in it. */
char         *record_fixture_make_folder   (void);
void          record_fixture_remove_folder (char *folder);
void          record_fixture_empty_folder  (const char *folder);

/* Ten series of each kind that backends have: counters that reset, gauges with
 * NAN and infinities, fractions, durations that add up. Answer @i is always the
 * same. (transfer full) */
SyExposition *record_fixture_say           (SySeriesTable *table, guint i);

/* Adds answer @i of target 0: every seventh is a failure; every fifth has
 * another shape. */
void          record_fixture_add           (SyRecorder *recorder, SySeriesTable *table, guint i);

/* Asserts that @scrape is answer @i of record_fixture_add(). */
void          record_fixture_check         (const SyRecordedScrape *scrape, SySeriesTable *table, guint i);

/* The same, but for timestamps of samples: those that stand for some have none. */
void          record_fixture_check_thin    (const SyRecordedScrape *scrape, SySeriesTable *table);

/* A whole recording of @n answers at @path. */
void          record_fixture_write         (const char *path, guint n);

/* The same of a recorder that was killed: with its log, which has all of them. */
void          record_fixture_write_interrupted (const char *path, guint n);

G_END_DECLS
