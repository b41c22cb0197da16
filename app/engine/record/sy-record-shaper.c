/* sy-record-shaper.c: finds the shape of scrapes while they are recorded
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lines of the text and exemplars are not kept: the first say nothing about a
 * backend, the second name single requests in a tracing system, and a recording
 * is made to be handed on.
 */
#define G_LOG_DOMAIN "steelyard-record"

#include "config.h"

#include "sy-record-shape.h"

#include "sy-pack.h"
#include "sy-record-block.h"

struct _SyRecordShaper
{
  SyRecordNames *names;      /* (borrowed) */
  SyExposition  *last;       /* (owned) (nullable): whose shape is @shape */
  guint64        shape;
  SySeriesTable *table;      /* (owned) (nullable): whose series @series counts */
  GArray        *series;     /* (owned) (element-type guint64): by SySeries.id, 0: not asked yet */
};

SyRecordShaper *
sy_record_shaper_new (SyRecordNames *names)
{
  SyRecordShaper *self = g_new0 (SyRecordShaper, 1);

  self->names = names;
  self->series = g_array_new (FALSE, TRUE, sizeof (guint64));
  return self;
}

void
sy_record_shaper_free (SyRecordShaper *self)
{
  g_clear_pointer (&self->last, sy_exposition_unref);
  g_clear_pointer (&self->table, sy_series_table_unref);
  g_array_unref (self->series);
  g_free (self);
}

/* A steady target's expositions share their families. */
static gboolean
is_shaped_like (SyExposition *a,
                SyExposition *b)
{
  guint n_a, n_b, n_families_a, n_families_b;
  const SySample *of_a = sy_exposition_get_samples (a, &n_a);
  const SySample *of_b = sy_exposition_get_samples (b, &n_b);

  if (n_a != n_b || sy_exposition_get_format (a) != sy_exposition_get_format (b)
      || sy_exposition_get_families (a, &n_families_a) != sy_exposition_get_families (b, &n_families_b)
      || n_families_a != n_families_b || n_families_a == 0)
    return FALSE;

  for (guint i = 0; i < n_a; i++)
    if (of_a[i].series != of_b[i].series || of_a[i].family != of_b[i].family)
      return FALSE;

  return TRUE;
}

static guint64
get_series (SyRecordShaper *self,
            const SySeries *series)
{
  guint64 *id;

  if (series->id >= self->series->len)
    g_array_set_size (self->series, series->id + 1);

  id = &g_array_index (self->series, guint64, series->id);
  if (*id == 0)
    *id = sy_record_names_series (self->names, series);

  return *id;
}

static void
follow_table (SyRecordShaper *self,
              SySeriesTable  *table)
{
  if (table == self->table)
    return;

  g_clear_pointer (&self->table, sy_series_table_unref);
  self->table = sy_series_table_ref (table);
  g_array_set_size (self->series, 0);
}

static void
append_families (SyRecordShaper *self,
                 SyExposition   *exposition,
                 GByteArray     *bytes)
{
  guint n;
  const SyFamily *families = sy_exposition_get_families (exposition, &n);

  sy_pack_varint (bytes, n);
  for (guint i = 0; i < n; i++)
    {
      sy_pack_varint (bytes, sy_record_names_word (self->names, families[i].name));
      sy_pack_varint (bytes, (guint64) families[i].type << 1 | (families[i].declared ? 1 : 0));
      sy_pack_varint (bytes, sy_record_names_word (self->names, families[i].unit));
      sy_pack_varint (bytes, sy_record_names_word (self->names, families[i].help));
    }
}

static GBytes *
describe (SyRecordShaper *self,
          SyExposition   *exposition,
          const char     *content_type)
{
  GByteArray *bytes = g_byte_array_new ();
  g_autofree gint64 *column = NULL;
  guint n;
  const SySample *samples = sy_exposition_get_samples (exposition, &n);

  sy_pack_varint (bytes, (guint64) sy_exposition_get_format (exposition));
  sy_pack_varint (bytes, content_type != NULL ? sy_record_names_word (self->names, content_type) : 0);
  append_families (self, exposition, bytes);

  column = g_new (gint64, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    column[i] = (gint64) get_series (self, samples[i].series);
  sy_pack_ints (bytes, column, n);
  for (guint i = 0; i < n; i++)
    column[i] = samples[i].family;
  sy_pack_ints (bytes, column, n);

  sy_record_seal (bytes);
  return g_byte_array_free_to_bytes (bytes);
}

guint64
sy_record_shaper_scrape (SyRecordShaper *self,
                         SyExposition   *exposition,
                         const char     *content_type)
{
  guint n;

  if (self->last == NULL || !is_shaped_like (self->last, exposition))
    {
      follow_table (self, sy_exposition_get_table (exposition));
      sy_exposition_get_samples (exposition, &n);
      self->shape = sy_record_names_shape (self->names, SY_RECORD_KIND_SCRAPE, n, describe (self, exposition, content_type));
    }

  g_clear_pointer (&self->last, sy_exposition_unref);
  self->last = sy_exposition_ref (exposition);
  return self->shape;
}

guint64
sy_record_shaper_gap (SyRecordShaper *self,
                      const char     *reason,
                      const char     *message)
{
  GByteArray *bytes = g_byte_array_new ();

  sy_pack_varint (bytes, sy_record_names_word (self->names, reason));
  sy_pack_varint (bytes, sy_record_names_word (self->names, message));
  sy_record_seal (bytes);
  return sy_record_names_shape (self->names, SY_RECORD_KIND_GAP, 0, g_byte_array_free_to_bytes (bytes));
}
