/* sy-series-table.c: names and labels, read once and remembered
 *
 * Series live in an arena and never move or die before their table. Two ways
 * lead to them: a hash of the raw bytes, and a directory by id whose pages are
 * allocated once, so that readers on other threads are not disturbed by growth.
 *
 * Two spellings of the same labels (another order, other blanks) are two
 * series: a target does not change its spelling, and looking deeper would cost
 * every scrape.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "sy-wire"

#include "config.h"

#include "sy-series-table-private.h"

#include <math.h>
#include <string.h>

#include "sy-hash.h"
#include "sy-number.h"

#define DEFAULT_MAX_SERIES 50000
#define FIRST_SLOTS 256
#define PAGE_SIZE 1024

typedef struct {
  SySeries    series;
  const char *key;
  guint64     hash;
  guint       key_length;
  guint       position; /* parsing thread only */
} Node;

struct _SySeriesTable
{
  gatomicrefcount ref_count;
  guint           max_series;

  /* Any thread may read below @size. */
  Node         ***pages;   /* owned */
  guint           size;    /* atomic */

  /* The parsing thread's. */
  SyArena         arena;
  guint64         seed;
  guint32        *slots;   /* owned: id + 1, 0 is free; open addressing */
  guint           n_slots; /* a power of two, at most half full */
  const char     *name;    /* borrowed: of the series made last, to share it */
  SyLayout       *layout;  /* owned, nullable */
  char           *boot;    /* owned, nullable: the process of the last snapshot */
  double          start;   /* when it started, seconds since 1970 */
};

char *
sy_span_unescape (const SySpan *span,
                  char         *target)
{
  const char *source = span->text;
  const char *end = source + span->length;

  if (!span->escaped)
    {
      if (target != source)
        memcpy (target, source, span->length);
      target[span->length] = '\0';
      return target + span->length + 1;
    }

  while (source < end)
    {
      char c = *source++;

      if (c == '\\' && source < end && (*source == '\\' || *source == '"' || *source == 'n'))
        {
          c = *source == 'n' ? '\n' : *source;
          source++;
        }

      *target++ = c;
    }

  *target++ = '\0';
  return target;
}

static double
read_bound (const char *value)
{
  double bound = NAN;

  sy_number_parse_all (value, strlen (value), &bound);
  return bound;
}

static void
read_bounds (SySeries *series)
{
  for (guint i = 0; i < series->n_labels; i++)
    {
      const SyLabel *label = &series->labels[i];

      if (strcmp (label->name, "le") == 0)
        series->le = read_bound (label->value);
      else if (strcmp (label->name, "quantile") == 0)
        series->quantile = read_bound (label->value);
    }
}

/* Ends the word that @span is of in @copy, a copy of the bytes at @source, and
 * undoes its escapes in place. */
static const char *
cut_word (char         *copy,
          const char   *source,
          const SySpan *span)
{
  SySpan word = { copy + (span->text - source), span->length, span->escaped };

  sy_span_unescape (&word, (char *) word.text);
  return word.text;
}

/* One allocation holds the struct (@header bytes, beginning with a SySeries),
 * the labels and every string: the key is copied as it stands for comparing,
 * and once more to be cut into words where blanks, braces and quotes were. */
static gpointer
allocate_series (SyArena             *arena,
                 gsize                header,
                 const SySeriesSpan  *span,
                 const char          *shared_name,
                 const char         **key)
{
  const char *source = span->key.text;
  gsize       length = span->key.length;
  SySeries   *series = sy_arena_alloc (arena, header + span->n_labels * sizeof (SyLabel) + 2 * length + 1);
  SyLabel    *labels = (SyLabel *) ((char *) series + header);
  char       *copy = (char *) (labels + span->n_labels);

  memcpy (copy, source, length);
  *key = memcpy (copy + length + 1, source, length);

  *series = (SySeries) { .name = shared_name, .labels = labels, .n_labels = span->n_labels };
  series->le = series->quantile = (double) NAN;
  if (shared_name == NULL)
    series->name = cut_word (copy, source, &span->name);

  for (guint i = 0; i < span->n_labels; i++)
    {
      labels[i].name = cut_word (copy, source, &span->labels[i].name);
      labels[i].value = cut_word (copy, source, &span->labels[i].value);
    }

  read_bounds (series);
  return series;
}

SySeries *
sy_series_new (SyArena            *arena,
               const SySeriesSpan *span,
               const char         *shared_name)
{
  SySeries   *series;
  const char *key;

  series = allocate_series (arena, sizeof (SySeries), span, shared_name, &key);
  series->id = G_MAXUINT;
  return series;
}

const char *
sy_series_get_label (const SySeries *self,
                     const char     *name)
{
  for (guint i = 0; i < self->n_labels; i++)
    if (strcmp (self->labels[i].name, name) == 0)
      return self->labels[i].value;

  return NULL;
}

static inline Node *
get_node (const SySeriesTable *self,
          guint                id)
{
  return self->pages[id / PAGE_SIZE][id % PAGE_SIZE];
}

static guint
find_slot (const SySeriesTable *self,
           guint64              hash,
           const SySpan        *key)
{
  guint mask = self->n_slots - 1;
  guint slot = (guint) hash & mask;

  for (; self->slots[slot] != 0; slot = (slot + 1) & mask)
    {
      const Node *node = get_node (self, self->slots[slot] - 1);

      if (key != NULL && node->hash == hash && node->key_length == key->length &&
          memcmp (node->key, key->text, key->length) == 0)
        break;
    }

  return slot;
}

static void
grow_slots (SySeriesTable *self)
{
  g_free (self->slots);
  self->n_slots *= 2;
  self->slots = g_new0 (guint32, self->n_slots);

  for (guint id = 0; id < self->size; id++)
    self->slots[find_slot (self, get_node (self, id)->hash, NULL)] = id + 1;
}

static const char *
share_name (const SySeriesTable *self,
            const SySpan        *name)
{
  if (self->name == NULL || name->escaped || strncmp (self->name, name->text, name->length) != 0 ||
      self->name[name->length] != '\0')
    return NULL;

  return self->name;
}

static Node *
add_node (SySeriesTable      *self,
          const SySeriesSpan *span,
          guint64             hash)
{
  guint       id = self->size;
  Node      **page;
  Node       *node;
  const char *key;

  if (id == self->max_series)
    return NULL;

  node = allocate_series (&self->arena, sizeof (Node), span, share_name (self, &span->name), &key);
  node->series.id = id;
  node->key = key;
  node->key_length = span->key.length;
  node->hash = hash;
  node->position = 0;
  self->name = node->series.name;

  page = self->pages[id / PAGE_SIZE];
  if (page == NULL)
    page = self->pages[id / PAGE_SIZE] = g_new (Node *, PAGE_SIZE);
  page[id % PAGE_SIZE] = node;
  g_atomic_int_set (&self->size, id + 1);

  return node;
}

const SySeries *
sy_series_table_intern (SySeriesTable      *self,
                        const SySeriesSpan *span)
{
  guint64  hash = sy_hash_bytes (self->seed, span->key.text, span->key.length);
  guint    slot = find_slot (self, hash, &span->key);
  Node    *node;

  if (self->slots[slot] != 0)
    return &get_node (self, self->slots[slot] - 1)->series;

  node = add_node (self, span, hash);
  if (node == NULL)
    return NULL;

  self->slots[slot] = self->size;
  if (self->size * 2 > self->n_slots)
    grow_slots (self);

  return &node->series;
}

guint
sy_series_table_get_max (const SySeriesTable *self)
{
  return self->max_series;
}

guint
sy_series_get_position (const SySeries *series)
{
  return ((const Node *) series)->position;
}

void
sy_series_set_position (const SySeries *series,
                        guint           position)
{
  ((Node *) series)->position = position;
}

double
sy_series_table_remember_start (SySeriesTable *self,
                                const char    *boot,
                                double         start)
{
  if (g_strcmp0 (self->boot, boot) != 0)
    {
      g_free (self->boot);
      self->boot = g_strdup (boot);
      self->start = start;
    }

  return self->start;
}

const SyLayout *
sy_series_table_get_layout (const SySeriesTable *self)
{
  return self->layout;
}

void
sy_series_table_take_layout (SySeriesTable *self,
                             SyLayout      *layout)
{
  sy_layout_free (self->layout);
  self->layout = layout;
}

SySeriesTable *
sy_series_table_new (guint max_series)
{
  SySeriesTable *self = g_new0 (SySeriesTable, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->max_series = max_series > 0 ? max_series : DEFAULT_MAX_SERIES;
  self->pages = g_new0 (Node **, (self->max_series - 1) / PAGE_SIZE + 1);
  self->seed = (guint64) g_random_int () << 32 | g_random_int ();
  self->n_slots = FIRST_SLOTS;
  self->slots = g_new0 (guint32, self->n_slots);

  return self;
}

SySeriesTable *
sy_series_table_ref (SySeriesTable *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sy_series_table_unref (SySeriesTable *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  for (guint i = 0; i <= (self->max_series - 1) / PAGE_SIZE; i++)
    g_free (self->pages[i]);

  sy_layout_free (self->layout);
  sy_arena_clear (&self->arena);
  g_free (self->pages);
  g_free (self->slots);
  g_free (self->boot);
  g_free (self);
}

guint
sy_series_table_size (const SySeriesTable *self)
{
  return (guint) g_atomic_int_get (&self->size);
}

const SySeries *
sy_series_table_get (const SySeriesTable *self,
                     guint                id)
{
  g_return_val_if_fail (id < sy_series_table_size (self), NULL);

  return &get_node (self, id)->series;
}
