/* sy-families.c: the families of an exposition while they are being found
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "sy-wire"

#include "config.h"

#include "sy-families.h"

#include <string.h>

#include "sy-arena.h"
#include "sy-hash.h"

#define FIRST_SLOTS 64
#define REPLACEMENT "\357\277\275" /* U+FFFD */

typedef struct {
  guint32 index; /* + 1; 0 is free */
  guint32 hash;
} Slot;

struct _SyFamilies
{
  gatomicrefcount ref_count;
  GArray         *families; /* owned, of SyFamily */
  SyArena         arena;    /* of their strings */
  guint64         seed;
  Slot           *slots;    /* owned; open addressing */
  guint           n_slots;  /* a power of two, at most half full */
};

/* What scrapers let a family of each type contain; the empty suffix is the
 * sample that is called like its family. Real exporters put quantiles into
 * histograms (moleculer) and _count into gaugehistograms (text format). */
static const char *const suffixes[][6] = {
  [SY_METRIC_UNKNOWN] = { "", NULL },
  [SY_METRIC_COUNTER] = { "_total", "", "_created", NULL },
  [SY_METRIC_GAUGE] = { "", NULL },
  [SY_METRIC_HISTOGRAM] = { "_bucket", "_sum", "_count", "_created", "", NULL },
  [SY_METRIC_GAUGE_HISTOGRAM] = { "_bucket", "_gsum", "_gcount", "_sum", "_count", NULL },
  [SY_METRIC_SUMMARY] = { "", "_sum", "_count", "_created", NULL },
  [SY_METRIC_INFO] = { "_info", "", NULL },
  [SY_METRIC_STATESET] = { "", NULL },
};

gboolean
sy_metric_type_has_suffix (SyMetricType  type,
                           const char   *suffix)
{
  for (guint i = 0; suffixes[type][i] != NULL; i++)
    if (strcmp (suffixes[type][i], suffix) == 0)
      return TRUE;

  return FALSE;
}

static const SyFamily *
get_family (const SyFamilies *self,
            guint             index)
{
  return &g_array_index (self->families, SyFamily, index);
}

static gboolean
spells (const char *name,
        const char *text,
        gsize       length)
{
  return strncmp (name, text, length) == 0 && name[length] == '\0';
}

static inline guint32
hash_name (const SyFamilies *self,
           const char       *name,
           gsize             length)
{
  return (guint32) sy_hash_bytes (self->seed, name, length);
}

/* The slot of @name, or the free one where it belongs. */
static Slot *
find_slot (const SyFamilies *self,
           guint32           hash,
           const char       *name,
           gsize             length)
{
  guint mask = self->n_slots - 1;
  guint at = hash & mask;

  while (self->slots[at].index != 0 &&
         (self->slots[at].hash != hash || !spells (get_family (self, self->slots[at].index - 1)->name, name, length)))
    at = (at + 1) & mask;

  return &self->slots[at];
}

static guint
lookup (const SyFamilies *self,
        const char       *name,
        gsize             length)
{
  const Slot *slot = find_slot (self, hash_name (self, name, length), name, length);

  return slot->index != 0 ? slot->index - 1 : SY_FAMILIES_NONE;
}

static void
grow_slots (SyFamilies *self)
{
  g_autofree Slot *old = g_steal_pointer (&self->slots);
  guint            n_old = self->n_slots;

  self->n_slots *= 2;
  self->slots = g_new0 (Slot, self->n_slots);

  for (guint i = 0; i < n_old; i++)
    {
      guint at = old[i].hash & (self->n_slots - 1);

      if (old[i].index == 0)
        continue;

      while (self->slots[at].index != 0)
        at = (at + 1) & (self->n_slots - 1);
      self->slots[at] = old[i];
    }
}

static char *
copy_text (SyFamilies *self,
           const char *text,
           gsize       length)
{
  char *copy = sy_arena_alloc (&self->arena, length + 1);

  memcpy (copy, text, length);
  copy[length] = '\0';
  return copy;
}

guint
sy_families_declare (SyFamilies *self,
                     const char *name,
                     gsize       length,
                     guint       line,
                     gboolean    declared)
{
  guint32  hash = hash_name (self, name, length);
  Slot    *slot = find_slot (self, hash, name, length);
  SyFamily family = { .unit = "", .help = "", .line = line, .declared = declared };

  if (slot->index != 0)
    {
      g_array_index (self->families, SyFamily, slot->index - 1).declared |= declared;
      return slot->index - 1;
    }

  family.name = copy_text (self, name, length);
  g_array_append_val (self->families, family);
  *slot = (Slot) { .index = self->families->len, .hash = hash };
  if (self->families->len * 2 > self->n_slots)
    grow_slots (self);

  return self->families->len - 1;
}

static gboolean
may_contain (const SyFamily *family,
             const char     *name)
{
  gsize length = strlen (family->name);

  return strncmp (name, family->name, length) == 0 && sy_metric_type_has_suffix (family->type, name + length);
}

guint
sy_families_resolve (const SyFamilies *self,
                     guint             current,
                     const char       *name)
{
  const char *suffix;
  guint       index;

  if (current != SY_FAMILIES_NONE && may_contain (get_family (self, current), name))
    return current;

  index = lookup (self, name, strlen (name));
  if (index != SY_FAMILIES_NONE)
    return index;

  suffix = strrchr (name, '_');
  if (suffix == NULL)
    return SY_FAMILIES_NONE;

  index = lookup (self, name, (gsize) (suffix - name));
  if (index != SY_FAMILIES_NONE && sy_metric_type_has_suffix (get_family (self, index)->type, suffix))
    return index;

  return SY_FAMILIES_NONE;
}

void
sy_families_set_type (SyFamilies   *self,
                      guint         index,
                      SyMetricType  type)
{
  g_array_index (self->families, SyFamily, index).type = type;
}

static gsize
count_nul (const char *text,
           gsize       length)
{
  const char *end = text + length;
  gsize       n = 0;

  while ((text = memchr (text, '\0', (gsize) (end - text))) != NULL)
    {
      text++;
      n++;
    }

  return n;
}

void
sy_families_set_help (SyFamilies *self,
                      guint       index,
                      const char *text,
                      gsize       length,
                      gboolean    quotes)
{
  const char *end = text + length;
  gsize       n_nul = count_nul (text, length);
  char       *copy;
  char       *target;

  if (n_nul == 0 && memchr (text, '\\', length) == NULL)
    {
      g_array_index (self->families, SyFamily, index).help = copy_text (self, text, length);
      return;
    }

  copy = target = sy_arena_alloc (&self->arena, length + n_nul * strlen (REPLACEMENT) + 1);

  while (text < end)
    {
      char c = *text++;

      if (c == '\\' && text < end && (*text == '\\' || *text == 'n' || (quotes && *text == '"')))
        {
          *target++ = *text == 'n' ? '\n' : *text;
          text++;
        }
      else if (c == '\0')
        target = stpcpy (target, REPLACEMENT);
      else
        *target++ = c;
    }

  *target = '\0';
  g_array_index (self->families, SyFamily, index).help = copy;
}

void
sy_families_set_unit (SyFamilies *self,
                      guint       index,
                      const char *text,
                      gsize       length)
{
  g_array_index (self->families, SyFamily, index).unit = copy_text (self, text, length);
}

const SyFamily *
sy_families_get_all (const SyFamilies *self,
                     guint            *n_families)
{
  if (n_families != NULL)
    *n_families = self->families->len;

  return (const SyFamily *) self->families->data;
}

SyFamilies *
sy_families_new (void)
{
  SyFamilies *self = g_new0 (SyFamilies, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->families = g_array_new (FALSE, FALSE, sizeof (SyFamily));
  self->seed = g_random_int ();
  self->n_slots = FIRST_SLOTS;
  self->slots = g_new0 (Slot, self->n_slots);

  return self;
}

SyFamilies *
sy_families_ref (SyFamilies *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sy_families_unref (SyFamilies *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_array_unref (self->families);
  sy_arena_clear (&self->arena);
  g_free (self->slots);
  g_free (self);
}
