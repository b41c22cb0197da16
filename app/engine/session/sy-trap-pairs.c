/* sy-trap-pairs.c: watches the backends of a comparison for traps between them
 *
 * Different bounds are told at once. That two addresses are one process is told
 * when ten looks in a row agree, and no longer when one does not.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-trap-pairs.h"

#include <string.h>

#include "sy-session.h"

#define LOOK_EVERY_US SY_USEC_PER_SEC
#define MANY_LOOKS 10

struct _SyTrapPairs
{
  GListModel *backends;  /* (borrowed) */
  SyClock    *clock;     /* (owned) */
  GPtrArray  *watched;   /* (owned) (element-type SyBackend): whose signals we follow */
  gint64      looked_us; /* monotonic */
  guint       same[SY_SESSION_MAX_BACKENDS][SY_SESSION_MAX_BACKENDS]; /* looks in a row that say so */
};

static void
look_at_pair (SyTrapPairs *self,
              guint        first,
              guint        second,
              GPtrArray  **lists)
{
  g_autoptr (GPtrArray) traps = sy_trap_list_new ();
  guint *same = &self->same[first][second];
  SyTrapSide a, b;

  sy_backend_get_trap_side (g_ptr_array_index (self->watched, first), &a);
  sy_backend_get_trap_side (g_ptr_array_index (self->watched, second), &b);

  *same = sy_trap_pair_is_same (&a, &b) ? MIN (*same + 1, MANY_LOOKS) : 0;
  if (*same == MANY_LOOKS)
    sy_trap_list_add (traps, SY_TRAP_SAME_SERVER, "");
  sy_trap_pair_scan (&a, &b, traps);

  sy_trap_list_merge (lists[first], traps);
  sy_trap_list_merge (lists[second], traps);
}

static void
look (SyTrapPairs *self)
{
  GPtrArray *lists[SY_SESSION_MAX_BACKENDS];
  guint n = MIN (self->watched->len, SY_SESSION_MAX_BACKENDS);

  for (guint i = 0; i < n; i++)
    lists[i] = sy_trap_list_new ();

  for (guint i = 0; i < n; i++)
    for (guint j = i + 1; j < n; j++)
      look_at_pair (self, i, j, lists);

  for (guint i = 0; i < n; i++)
    {
      sy_backend_set_pair_traps (g_ptr_array_index (self->watched, i), lists[i]);
      g_ptr_array_unref (lists[i]);
    }
}

static void
updated_cb (SyBackend *backend,
            gpointer   user_data)
{
  SyTrapPairs *self = user_data;
  gint64 now_us = sy_clock_get_monotonic (self->clock);

  if (now_us - self->looked_us < LOOK_EVERY_US)
    return;

  self->looked_us = now_us;
  look (self);
}

static void
forget (SyTrapPairs *self)
{
  for (guint i = 0; i < self->watched->len; i++)
    g_signal_handlers_disconnect_by_func (g_ptr_array_index (self->watched, i), updated_cb, self);

  g_ptr_array_set_size (self->watched, 0);
}

/* Indices mean other backends now: what was counted is forgotten. */
static void
items_changed_cb (SyTrapPairs *self)
{
  forget (self);
  memset (self->same, 0, sizeof self->same);

  for (guint i = 0; i < g_list_model_get_n_items (self->backends); i++)
    {
      SyBackend *backend = g_list_model_get_item (self->backends, i);

      g_ptr_array_add (self->watched, backend);
      g_signal_connect (backend, "updated", G_CALLBACK (updated_cb), self);
    }

  look (self);
}

SyTrapPairs *
sy_trap_pairs_new (GListModel *backends,
                   SyClock    *clock)
{
  SyTrapPairs *self = g_new0 (SyTrapPairs, 1);

  self->backends = backends;
  self->clock = g_object_ref (clock);
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
  self->looked_us = G_MININT64 / 2;
  g_signal_connect_swapped (backends, "items-changed", G_CALLBACK (items_changed_cb), self);
  items_changed_cb (self);

  return self;
}

void
sy_trap_pairs_free (SyTrapPairs *self)
{
  g_signal_handlers_disconnect_by_func (self->backends, items_changed_cb, self);
  forget (self);
  g_ptr_array_unref (self->watched);
  g_object_unref (self->clock);
  g_free (self);
}
