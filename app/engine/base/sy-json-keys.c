/* sy-json-keys.c: have these names met before?
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * json-glib ends a name at U+0000, so we compare up to there: two names that
 * differ only behind it would be one for the reader that comes after us.
 */
#define G_LOG_DOMAIN "sy-base"

#include "config.h"

#include "sy-json-keys.h"

typedef struct
{
  gsize start;  /* of the name in the arena; NUL-terminated there */
  gsize offset; /* of the name in the document */
} Key;

struct _SyJsonKeys
{
  GArray  *keys;  /* owned; of Key */
  GString *arena; /* owned; the names, each behind a NUL */
};

SyJsonKeys *
sy_json_keys_new (void)
{
  SyJsonKeys *self = g_new0 (SyJsonKeys, 1);

  self->keys = g_array_new (FALSE, FALSE, sizeof (Key));
  self->arena = g_string_new (NULL);

  return self;
}

void
sy_json_keys_free (SyJsonKeys *self)
{
  g_array_unref (self->keys);
  g_string_free (self->arena, TRUE);
  g_free (self);
}

gsize
sy_json_keys_open (SyJsonKeys *self)
{
  return self->keys->len;
}

void
sy_json_keys_begin (SyJsonKeys *self,
                    gsize       offset)
{
  Key key;

  g_string_append_c (self->arena, '\0');
  key.start = self->arena->len;
  key.offset = offset;
  g_array_append_val (self->keys, key);
}

void
sy_json_keys_append (SyJsonKeys *self,
                     const char *bytes,
                     gsize       length)
{
  g_string_append_len (self->arena, bytes, (gssize) length);
}

static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      user_data)
{
  const char *arena = user_data;
  const Key *key_a = a;
  const Key *key_b = b;
  int order = g_strcmp0 (arena + key_a->start, arena + key_b->start);

  if (order != 0)
    return order;

  return key_a->offset < key_b->offset ? -1 : 1;
}

gboolean
sy_json_keys_close (SyJsonKeys *self,
                    gsize       start,
                    gsize      *duplicate_offset)
{
  gsize count = self->keys->len - start;
  gsize first = G_MAXSIZE;
  Key *keys;
  gsize arena_end;

  if (count == 0)
    return TRUE;

  keys = &g_array_index (self->keys, Key, start);
  arena_end = keys[0].start;
  g_qsort_with_data (keys, (int) count, sizeof (Key), compare, self->arena->str);

  for (gsize i = 1; i < count; i++)
    if (g_strcmp0 (self->arena->str + keys[i - 1].start, self->arena->str + keys[i].start) == 0)
      first = MIN (first, keys[i].offset);

  g_array_set_size (self->keys, (guint) start);
  g_string_truncate (self->arena, arena_end);

  *duplicate_offset = first;

  return first == G_MAXSIZE;
}
