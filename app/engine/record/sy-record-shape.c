/* sy-record-shape.c: a scrape without its numbers, read from a file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-record"

#include "config.h"

#include "sy-record-shape.h"

#include <math.h>
#include <string.h>

#include "sy-error.h"
#include "sy-exposition-build.h"
#include "sy-pack.h"
#include "sy-record-block.h"

#define MAX_LABELS 1024

SyRecordShape *
sy_record_shape_ref (SyRecordShape *self)
{
  g_ref_count_inc (&self->ref_count);
  return self;
}

void
sy_record_shape_unref (SyRecordShape *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->families, sy_families_unref);
  g_free (self->content_type);
  g_free (self->samples);
  g_free (self->message);
  g_free (self);
}

static const char *
read_word (SyUnpack             *from,
           const SyRecordLookup *lookup)
{
  const char *word = lookup->word (sy_unpack_varint (from), lookup->user_data);

  if (word == NULL)
    from->failed = TRUE;
  return word != NULL ? word : "";
}

/* The index of each family of the shape among those that were made: the same
 * name twice would be one. Returns: (transfer full) */
static GArray *
read_families (SyRecordShape        *self,
               SyUnpack             *from,
               const SyRecordLookup *lookup)
{
  GArray *indices = g_array_new (FALSE, FALSE, sizeof (guint));
  const guint64 n = sy_unpack_varint (from);

  self->families = sy_families_new ();
  for (guint64 i = 0; i < n && !from->failed; i++)
    {
      SyFamily family = { .name = read_word (from, lookup) };
      const guint64 type = sy_unpack_varint (from);
      guint index;

      family.unit = read_word (from, lookup);
      family.help = read_word (from, lookup);
      family.declared = (type & 1) != 0;
      if (type >> 1 > SY_METRIC_STATESET)
        from->failed = TRUE;
      if (from->failed)
        break;

      family.type = (SyMetricType) (type >> 1);
      index = sy_families_add (self->families, &family);
      g_array_append_val (indices, index);
    }

  return indices;
}

static void
read_samples (SyRecordShape        *self,
              SyUnpack             *from,
              const GArray         *families,
              const SyRecordLookup *lookup)
{
  g_autofree gint64 *series = g_new0 (gint64, MAX (self->width, 1));
  g_autofree gint64 *family = g_new0 (gint64, MAX (self->width, 1));

  sy_unpack_ints (from, series, self->width);
  sy_unpack_ints (from, family, self->width);

  self->samples = g_new0 (SySample, MAX (self->width, 1));
  for (guint i = 0; i < self->width && !from->failed; i++)
    {
      SySample *sample = &self->samples[i];

      sample->series = lookup->series ((guint64) series[i], lookup->user_data);
      if (sample->series == NULL || family[i] < 0 || family[i] >= families->len)
        {
          from->failed = TRUE;
          break;
        }

      sample->family = g_array_index (families, guint, family[i]);
      sample->timestamp = (double) NAN;
      sample->exemplar = -1;
    }
}

static void
read_scrape (SyRecordShape        *self,
             SyUnpack             *from,
             const SyRecordLookup *lookup)
{
  const guint64 format = sy_unpack_varint (from);
  const guint64 content_type = sy_unpack_varint (from);
  g_autoptr (GArray) families = read_families (self, from, lookup);

  if (format > SY_FORMAT_OTLP)
    from->failed = TRUE;
  if (from->failed)
    return;

  self->size += self->width * sizeof (SySample) + families->len * sizeof (SyFamily);
  self->format = (SyFormat) format;
  if (content_type > 0)
    self->content_type = g_strdup (lookup->word (content_type, lookup->user_data));
  read_samples (self, from, families, lookup);
}

static void
read_gap (SyRecordShape        *self,
          SyUnpack             *from,
          const SyRecordLookup *lookup)
{
  self->code = sy_error_code_of_nick (read_word (from, lookup));
  self->message = g_strdup (read_word (from, lookup));
  self->size += strlen (self->message);
}

SyRecordShape *
sy_record_shape_read (int                    kind,
                      guint                  width,
                      GBytes                *data,
                      const SyRecordLookup  *lookup,
                      GError               **error)
{
  g_autoptr (SyRecordShape) self = g_new0 (SyRecordShape, 1);
  gsize length;
  const guint8 *bytes = g_bytes_get_data (data, &length);
  gboolean whole = sy_record_unseal (bytes, &length);
  SyUnpack from = { bytes, bytes != NULL ? bytes + length : NULL, !whole };

  g_ref_count_init (&self->ref_count);
  self->size = sizeof *self;
  self->kind = kind;
  self->width = width;
  if (whole && kind == SY_RECORD_KIND_SCRAPE && width <= SY_RECORD_MAX_WIDTH)
    read_scrape (self, &from, lookup);
  else if (whole && kind == SY_RECORD_KIND_GAP && width == 0)
    read_gap (self, &from, lookup);
  else
    from.failed = TRUE;

  if (from.failed || from.next != from.end)
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_DAMAGED, "a list of series in the recording is damaged");
      return NULL;
    }

  return g_steal_pointer (&self);
}

const SySeries *
sy_record_series_read (GBytes               *data,
                       SySeriesTable        *table,
                       const SyRecordLookup *lookup)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (data, &length);
  SyUnpack from = { bytes, bytes != NULL ? bytes + length : NULL, bytes == NULL };
  const char *name = read_word (&from, lookup);
  const guint64 n = sy_unpack_varint (&from);
  g_autofree SyLabel *labels = NULL;

  if (from.failed || n > MAX_LABELS)
    return NULL;

  labels = g_new0 (SyLabel, MAX (n, 1));
  for (guint64 i = 0; i < n; i++)
    {
      labels[i].name = read_word (&from, lookup);
      labels[i].value = read_word (&from, lookup);
    }

  return from.failed || from.next != from.end ? NULL : sy_series_table_add (table, name, labels, (guint) n);
}
