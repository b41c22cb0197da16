/* fuzz-recogniser.c: rules and scrapes of strangers
 *
 * Bytes 0xff part the input: a recogniser file, then scrapes of one target,
 * read with the project's own rules, a second apart. Whatever they are:
 *
 *  - a file that is refused says so in SY_ERROR, with its name
 *  - shares are between 0 and 1, levels of requests and rates not negative,
 *    bounds of percentiles in order
 *  - a trap has words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "sy-datadir.h"
#include "sy-error.h"
#include "sy-recogniser-file.h"
#include "sy-signal-reader.h"
#include "sy-trap-watch.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static SyRecogniser *
get_recogniser (void)
{
  static SyRecogniser *recogniser;

  if (recogniser == NULL)
    {
      g_autofree char *directory = sy_datadir_build_path ("recognisers", NULL);
      g_autoptr (GError) error = NULL;

      recogniser = sy_recogniser_new_from_directory (directory, &error);
      g_assert_no_error (error);
    }

  return recogniser;
}

static void
check_file (const char *text,
            gsize       length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecogniserFile) file = sy_recogniser_file_parse ("x.json", text, length, &error);

  g_assert_true ((file == NULL) == (error != NULL));
  if (error != NULL)
    {
      g_assert_true (error->domain == SY_ERROR);
      g_assert_true (g_str_has_prefix (error->message, "x.json: "));
    }
}

static void
check_quantile (SyQuantile quantile)
{
  if (isnan (quantile.estimate))
    return;

  g_assert_cmpfloat (quantile.lower, <=, quantile.estimate);
  g_assert_cmpfloat (quantile.estimate, <=, quantile.upper);
}

static void
check_reading (const SyReading *reading)
{
  g_assert_false (reading->throughput < 0);
  g_assert_false (reading->errors < 0);
  g_assert_false (reading->in_flight < 0);
  g_assert_false (reading->loop_lag < 0);
  g_assert_false (reading->error_ratio < 0 || reading->error_ratio > 1);
  g_assert_cmpint (reading->span_us, >=, 0);
  check_quantile (reading->p50);
  check_quantile (reading->p95);
  check_quantile (reading->p99);
}

static void
check_traps (const GPtrArray *traps)
{
  for (guint i = 0; i < traps->len; i++)
    {
      const SyTrap *trap = g_ptr_array_index (traps, i);

      g_assert_true (*trap->code != '\0' && *trap->message != '\0' && *trap->fix != '\0');
    }
}

static void
read_scrape (SySignalReader *reader,
             SyTrapWatch    *traps,
             SySeriesTable  *table,
             const char     *text,
             gsize           length,
             guint           index)
{
  g_autoptr (GBytes) body = g_bytes_new (text, length);
  g_autoptr (SyExposition) exposition = sy_exposition_parse (body, SY_FORMAT_AUTO, &SY_EXPOSITION_LIMITS_DEFAULT, table, NULL);
  SyReading reading;

  if (exposition == NULL)
    sy_signal_reader_miss (reader, SY_GAP_DOWN, index * G_USEC_PER_SEC, 0, &reading);
  else
    sy_signal_reader_read (reader, exposition, index * G_USEC_PER_SEC, 0, &reading);

  check_reading (&reading);
  if (exposition != NULL)
    sy_trap_watch_add (traps, sy_signal_reader_get_mapping (reader), exposition, &reading, sy_signal_reader_get_n_processes (reader));
  check_traps (sy_trap_watch_get (traps));
  sy_signal_reader_get_n_processes (reader);
  sy_signal_reader_get_durations (reader);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (SySignalReader) reader = sy_signal_reader_new (get_recogniser ());
  g_autoptr (SyTrapWatch) traps = sy_trap_watch_new ();
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  const char *text = (const char *) data;
  const char *end = text + size;

  for (guint index = 0; text <= end && index < 16; index++)
    {
      const char *part = size > 0 && text < end ? memchr (text, 0xff, (gsize) (end - text)) : NULL;
      gsize length = (gsize) ((part != NULL ? part : end) - text);

      if (index == 0)
        check_file (text, length);
      else
        read_scrape (reader, traps, table, text, length, index);
      if (part == NULL)
        break;
      text = part + 1;
    }

  return 0;
}
