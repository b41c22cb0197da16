/* bench-recorder.c: what it costs to record, beside a row a sample
 *
 * 20 000 answers of 50 series, a million samples, are recorded; and the same samples
 * put into a table of SQLite, one row each, as one would without a recorder. Both
 * in turn, processor time of the calls alone. Then ten million samples are recorded
 * and the file opened as after a start.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "sy-bench"

#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>

#include "sy-bench-result.h"
#include "sy-bench-service.h"
#include "sy-clock.h"
#include "sy-record-db.h"
#include "sy-record-writer.h"
#include "sy-recording.h"

#define ANSWERS 20000
#define MANY_ANSWERS 200000
#define BATCH 60 /* answers a transaction */
#define ROUNDS 5
#define POINTS 1200

typedef struct {
  double seconds; /* of processor time */
  double bytes;   /* of the file, a sample */
} Cost;

/* One way to keep answers. */
typedef struct {
  gpointer (*open)   (const char *path);
  void     (*add)    (gpointer store, const SyRecordEntry *entry);
  void     (*commit) (gpointer store);
  void     (*close)  (gpointer store);
} Way;

static void
fail (GError *error)
{
  g_error ("%s", error->message);
}

static gpointer
recorder_open (const char *path)
{
  g_autoptr (GError) error = NULL;
  SyRecordWriter *writer = sy_record_writer_new (path, &error);

  if (writer == NULL)
    fail (error);
  sy_record_writer_add_target (writer, &(SyRecordTarget) { "a", "Orders", "http://127.0.0.1:1/metrics", SY_USEC_PER_SEC });
  return writer;
}

static void
recorder_add (gpointer             store,
              const SyRecordEntry *entry)
{
  sy_record_writer_add (store, entry);
}

static void
recorder_commit (gpointer store)
{
  g_autoptr (GError) error = NULL;

  if (!sy_record_writer_commit (store, FALSE, &error) || !sy_record_writer_pack (store, FALSE, &error))
    fail (error);
}

static void
recorder_close (gpointer store)
{
  g_autoptr (GError) error = NULL;

  if (!sy_record_writer_finish (store, 0, &error))
    fail (error);
  sy_record_writer_free (store);
}

static const Way recorder = { recorder_open, recorder_add, recorder_commit, recorder_close };

typedef struct {
  sqlite3      *db;     /* owned */
  sqlite3_stmt *insert; /* owned */
} Rows;

static void
rows_exec (Rows       *rows,
           const char *sql)
{
  g_autoptr (GError) error = NULL;

  if (!sy_record_db_exec (rows->db, sql, &error))
    fail (error);
}

static gpointer
rows_open (const char *path)
{
  Rows *rows = g_new0 (Rows, 1);
  g_autoptr (GError) error = NULL;

  if (sqlite3_open (path, &rows->db) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (rows->db));
  rows_exec (rows, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA locking_mode=EXCLUSIVE;"
                   "CREATE TABLE sample (scrape INTEGER, series INTEGER, value REAL, PRIMARY KEY (scrape, series)) WITHOUT ROWID;"
                   "BEGIN");
  rows->insert = sy_record_db_prepare (rows->db, "INSERT INTO sample VALUES (?, ?, ?)", &error);
  if (rows->insert == NULL)
    fail (error);
  return rows;
}

static void
rows_add (gpointer             store,
          const SyRecordEntry *entry)
{
  Rows *rows = store;
  g_autoptr (GError) error = NULL;
  guint n;
  const SySample *samples = sy_exposition_get_samples (entry->exposition, &n);

  for (guint i = 0; i < n; i++)
    {
      sqlite3_bind_int64 (rows->insert, 1, entry->moment.monotonic_us);
      sqlite3_bind_int (rows->insert, 2, (int) i);
      sqlite3_bind_double (rows->insert, 3, samples[i].value);
      if (!sy_record_db_step (rows->insert, &error))
        fail (error);
    }
}

static void
rows_commit (gpointer store)
{
  rows_exec (store, "COMMIT; BEGIN");
}

static void
rows_close (gpointer store)
{
  Rows *rows = store;

  rows_exec (rows, "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
  sqlite3_finalize (rows->insert);
  sqlite3_close (rows->db);
  g_free (rows);
}

static const Way row_a_sample = { rows_open, rows_add, rows_commit, rows_close };

/* The file stays at @path. */
static Cost
keep (const Way  *way,
      const char *path,
      guint       n_answers)
{
  g_autoptr (SyBenchService) service = sy_bench_service_new ();
  double start = sy_bench_get_process_seconds ();
  gpointer store = way->open (path);
  double seconds = sy_bench_get_process_seconds () - start;
  GStatBuf info;

  for (guint i = 0; i < n_answers; i++)
    {
      SyRecordEntry entry;

      sy_bench_service_next (service, &entry);
      start = sy_bench_get_process_seconds ();
      way->add (store, &entry);
      if (i % BATCH == BATCH - 1)
        way->commit (store);
      seconds += sy_bench_get_process_seconds () - start;
      sy_exposition_unref (entry.exposition);
    }
  start = sy_bench_get_process_seconds ();
  way->close (store);
  seconds += sy_bench_get_process_seconds () - start;

  g_stat (path, &info);
  return (Cost) { seconds, (double) info.st_size / n_answers / SY_BENCH_SERVICE_SERIES };
}

static Cost
get_median (const Cost *costs)
{
  double seconds[ROUNDS];

  for (guint i = 0; i < ROUNDS; i++)
    seconds[i] = costs[i].seconds;
  return (Cost) { sy_bench_get_median (seconds, ROUNDS), costs[0].bytes };
}

/* Milliseconds until it is open, and until as much of it is read as a picture shows. */
static void
reopen (const char *path,
        double     *ret_open,
        double     *ret_show)
{
  g_autoptr (SyRecordingCursor) cursor = NULL;
  g_autoptr (SyRecording) recording = NULL;
  g_autoptr (GError) error = NULL;
  const double start = sy_bench_get_process_seconds ();
  const SyRecordedTarget *target;
  SyRecordedScrape scrape;

  recording = sy_recording_open (path, &error);
  if (recording == NULL)
    fail (error);
  *ret_open = (sy_bench_get_process_seconds () - start) * 1e3;

  target = sy_recording_get_target (recording, 0);
  cursor = sy_recording_read_thin (recording, 0, target->from_us, (target->to_us - target->from_us) / POINTS, &error);
  while (cursor != NULL && sy_recording_cursor_next (cursor, &scrape, &error))
    continue;
  if (error != NULL)
    fail (error);
  *ret_show = (sy_bench_get_process_seconds () - start) * 1e3;
}

static void
write_result (const Cost *recorded,
              const Cost *rows,
              double      open,
              double      show)
{
  SyBenchResult *result = sy_bench_result_new ("recorder");

  sy_bench_result_add (result, &(SyBenchFigure) { "record 10^6 samples", recorded->seconds * 1e3, "ms", 0, 0, NULL, NULL });
  sy_bench_result_add (result, &(SyBenchFigure) { "cheaper than a row a sample", rows->seconds / recorded->seconds, "x",
                                                  SY_BENCH_AT_LEAST, 25, "SQLite, WITHOUT ROWID", NULL });
  sy_bench_result_add (result, &(SyBenchFigure) { "file", recorded->bytes, "bytes a sample", SY_BENCH_AT_MOST, 3, NULL, NULL });
  sy_bench_result_add (result, &(SyBenchFigure) { "smaller than a row a sample", rows->bytes / recorded->bytes, "x", 0, 0,
                                                  "SQLite, WITHOUT ROWID", NULL });
  sy_bench_result_add (result, &(SyBenchFigure) { "10^7 samples: to open", open, "ms", SY_BENCH_AT_MOST, 150, NULL,
                                                  "samples are read when they are shown" });
  sy_bench_result_add (result, &(SyBenchFigure) { "10^7 samples: to open and read for a picture", show, "ms", 0, 0, NULL, NULL });
  sy_bench_result_finish (result);
}

int
main (void)
{
  g_autofree char *folder = g_dir_make_tmp ("bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "r.steelyard", NULL);
  Cost recorded[ROUNDS];
  Cost rows[ROUNDS];
  Cost recorded_median, rows_median;
  double opens[ROUNDS];
  double shows[ROUNDS];
  double open, show;

  for (guint i = 0; i < ROUNDS; i++)
    {
      recorded[i] = keep (&recorder, path, ANSWERS);
      g_unlink (path);
      rows[i] = keep (&row_a_sample, path, ANSWERS);
      g_unlink (path);
    }
  recorded_median = get_median (recorded);
  rows_median = get_median (rows);

  keep (&recorder, path, MANY_ANSWERS);
  for (guint i = 0; i < ROUNDS; i++)
    reopen (path, &opens[i], &shows[i]);
  open = sy_bench_get_median (opens, ROUNDS);
  show = sy_bench_get_median (shows, ROUNDS);
  g_unlink (path);
  g_rmdir (folder);

  printf ("A million samples, 50 an answer, processor time\n");
  printf ("recorded             %8.1f ms, %5.2f bytes a sample\n", recorded_median.seconds * 1e3, recorded_median.bytes);
  printf ("a row a sample       %8.1f ms, %5.2f bytes a sample: %.1fx and %.1fx as much (goal: at least 25x)\n",
          rows_median.seconds * 1e3, rows_median.bytes, rows_median.seconds / recorded_median.seconds,
          rows_median.bytes / recorded_median.bytes);
  printf ("ten million samples  %8.1f ms to open (goal: at most 150), %.1f ms with a series of all shown\n", open, show);
  write_result (&recorded_median, &rows_median, open, show);
  return 0;
}
