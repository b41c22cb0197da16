/* record-fixture.c: recordings for tests
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "record-fixture.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "sy-error.h"

#define START_US (1000 * SY_USEC_PER_SEC)
#define WALL_US (G_GINT64_CONSTANT (1795000000) * SY_USEC_PER_SEC)

char *
record_fixture_make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("record-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

void
record_fixture_empty_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
}

void
record_fixture_remove_folder (char *folder)
{
  record_fixture_empty_folder (folder);
  g_rmdir (folder);
  g_free (folder);
}

SyExposition *
record_fixture_say (SySeriesTable *table,
                    guint          i)
{
  g_autoptr (GString) text = g_string_new ("# HELP requests_total All \\\\ of\\nthem\n# TYPE requests_total counter\n");
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  SyExposition *exposition;
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (text, "requests_total{code=\"200\",path=\"/a \\\"b\\\"\"} %u\n", i % 50 * 17);
  g_string_append_printf (text, "requests_total{code=\"500\"} %u\n", i / 3);
  g_string_append (text, "# TYPE level gauge\n");
  g_string_append_printf (text, "level{of=\"nan\"} %s\n", i % 4 == 0 ? "NaN" : "1.5");
  g_string_append_printf (text, "level{of=\"inf\"} %s\n", i % 3 == 0 ? "+Inf" : i % 3 == 1 ? "-Inf" : "-0");
  g_string_append_printf (text, "level{of=\"wave\"} %s\n", g_ascii_dtostr (number, sizeof number, sin (i * 0.1)));
  g_string_append_printf (text, "level{of=\"third\"} %s\n", g_ascii_dtostr (number, sizeof number, i / 3.0));
  g_string_append_printf (text, "# UNIT lag seconds\nlag 0.%03u\n", i % 1000);
  g_string_append_printf (text, "stamped %u %u\n", i, 1000 * i);
  if (i % 5 == 0)
    g_string_append_printf (text, "sometimes %u\n", i);

  body = g_bytes_new (text->str, text->len);
  exposition = sy_exposition_parse (body, SY_FORMAT_PROMETHEUS, NULL, table, &error);
  g_assert_no_error (error);
  return exposition;
}

static SyRecordMoment
moment_of (guint i)
{
  return (SyRecordMoment) {
    .seq = i,
    .monotonic_us = START_US + i * SY_USEC_PER_SEC + i % 7,
    .wall_us = WALL_US + i * SY_USEC_PER_SEC - (i > 50 ? 3600 * SY_USEC_PER_SEC : 0),
    .duration_us = 1500 + i % 100,
    .answered_us = START_US + i * SY_USEC_PER_SEC + 1000,
    .wire_bytes = 400 + i % 13,
    .body_bytes = 900 + i % 13,
  };
}

static gboolean
is_failure (guint i)
{
  return i % 7 == 6;
}

void
record_fixture_add (SyRecorder    *recorder,
                    SySeriesTable *table,
                    guint          i)
{
  g_autoptr (SyExposition) exposition = is_failure (i) ? NULL : record_fixture_say (table, i);
  g_autoptr (GError) error = g_error_new (SY_ERROR, SY_ERROR_CONNECT, "refused %u", i % 14);
  const SyRecordEntry entry = {
    .moment = moment_of (i),
    .exposition = exposition,
    .content_type = "text/plain; version=0.0.4",
    .error = exposition == NULL ? error : NULL,
  };

  sy_recorder_add (recorder, &entry);
}

static void
check_samples (SyExposition *got,
               SyExposition *wanted,
               gboolean      is_thin)
{
  guint n, n_wanted, n_families, n_wanted_families;
  const SySample *a = sy_exposition_get_samples (got, &n);
  const SySample *b = sy_exposition_get_samples (wanted, &n_wanted);
  const SyFamily *fa = sy_exposition_get_families (got, &n_families);
  const SyFamily *fb = sy_exposition_get_families (wanted, &n_wanted_families);

  g_assert_cmpuint (n, ==, n_wanted);
  g_assert_cmpuint (n_families, ==, n_wanted_families);
  for (guint i = 0; i < n_families; i++)
    {
      g_assert_cmpstr (fa[i].name, ==, fb[i].name);
      g_assert_cmpstr (fa[i].help, ==, fb[i].help);
      g_assert_cmpstr (fa[i].unit, ==, fb[i].unit);
      g_assert_cmpint (fa[i].type, ==, fb[i].type);
      g_assert_cmpint (fa[i].declared, ==, fb[i].declared);
    }

  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (a[i].family, ==, b[i].family);
      g_assert_cmpstr (a[i].series->name, ==, b[i].series->name);
      g_assert_cmpuint (a[i].series->n_labels, ==, b[i].series->n_labels);
      for (guint j = 0; j < a[i].series->n_labels; j++)
        {
          g_assert_cmpstr (a[i].series->labels[j].name, ==, b[i].series->labels[j].name);
          g_assert_cmpstr (a[i].series->labels[j].value, ==, b[i].series->labels[j].value);
        }
      g_assert_cmpmem (&a[i].value, sizeof (double), &b[i].value, sizeof (double));
      if (!is_thin)
        g_assert_cmpmem (&a[i].timestamp, sizeof (double), &b[i].timestamp, sizeof (double));
    }
}

void
record_fixture_check (const SyRecordedScrape *scrape,
                      SySeriesTable          *table,
                      guint                   i)
{
  const SyRecordMoment wanted = moment_of (i);

  g_assert_cmpmem (&scrape->moment, sizeof wanted, &wanted, sizeof wanted);
  if (is_failure (i))
    {
      g_autofree char *message = g_strdup_printf ("refused %u", i % 14);

      g_assert_error (scrape->error, SY_ERROR, SY_ERROR_CONNECT);
      g_assert_cmpstr (scrape->error->message, ==, message);
      g_assert_null (scrape->exposition);
    }
  else
    {
      g_autoptr (SyExposition) exposition = record_fixture_say (table, i);

      g_assert_no_error (scrape->error);
      g_assert_cmpstr (scrape->content_type, ==, "text/plain; version=0.0.4");
      check_samples (scrape->exposition, exposition, FALSE);
    }
}

void
record_fixture_check_thin (const SyRecordedScrape *scrape,
                           SySeriesTable          *table)
{
  const guint i = (guint) scrape->moment.seq;
  const SyRecordMoment wanted = moment_of (i);
  g_autoptr (SyExposition) exposition = record_fixture_say (table, i);

  g_assert_cmpmem (&scrape->moment, sizeof wanted, &wanted, sizeof wanted);
  g_assert_no_error (scrape->error);
  check_samples (scrape->exposition, exposition, TRUE);
}

/* No more than it takes without leaving some out. */
static void
wait_for_writing (SyRecorder *recorder)
{
  g_auto (SyRecorderStatus) status = { 0 };

  sy_recorder_get_status (recorder, &status);
  while (status.n_recorded + status.n_gaps < status.n_expected)
    {
      g_main_context_iteration (NULL, TRUE);
      sy_recorder_status_clear (&status);
      sy_recorder_get_status (recorder, &status);
    }
}

/* Records @n answers at @path, which may not all be written yet. (transfer full) */
static SyRecorder *
record (const char *path,
        guint       n)
{
  g_autoptr (SyClock) clock = sy_clock_new_manual (START_US, WALL_US);
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  g_autoptr (GError) error = NULL;
  SyRecorder *recorder = sy_recorder_new (path, clock, NULL, &error);

  g_assert_no_error (error);
  sy_recorder_set_meta (recorder, "version", "test");
  sy_recorder_add_target (recorder, &(SyRecordTarget) { "a", "Orders", "http://127.0.0.1:1/metrics", SY_USEC_PER_SEC });
  for (guint i = 0; i < n; i++)
    {
      record_fixture_add (recorder, table, i);
      if (i % 500 == 499)
        wait_for_writing (recorder);
    }
  return recorder;
}

void
record_fixture_write (const char *path,
                      guint       n)
{
  g_autoptr (SyRecorder) recorder = record (path, n);
  g_autoptr (GError) error = NULL;

  sy_recorder_finish (recorder, &error);
  g_assert_no_error (error);
}

void
record_fixture_write_interrupted (const char *path,
                                  guint       n)
{
  g_autofree char *live = g_strconcat (path, ".live", NULL);
  g_autoptr (SyRecorder) recorder = record (live, n);
  static const char *const parts[] = { "", "-wal" };

  wait_for_writing (recorder);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *from = g_strconcat (live, parts[i], NULL);
      g_autofree char *to = g_strconcat (path, parts[i], NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (from, &bytes, &length, NULL));
      g_assert_true (g_file_set_contents (to, bytes, (gssize) length, NULL));
    }

  g_assert_true (sy_recorder_finish (recorder, NULL));
  g_assert_cmpint (g_unlink (live), ==, 0);
}
