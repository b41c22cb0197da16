/* sy-retention.c: how much is kept, and what goes first
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-retention.h"

static int
compare_ages (gconstpointer a,
              gconstpointer b)
{
  const gint64 left_us = sy_recording_info_get_changed (*(SyRecordingInfo *const *) a);
  const gint64 right_us = sy_recording_info_get_changed (*(SyRecordingInfo *const *) b);

  return left_us < right_us ? -1 : left_us > right_us;
}

static gboolean
may_go (SyRecordingInfo *info)
{
  const SyRecordingState state = sy_recording_info_get_state (info);

  return state == SY_RECORDING_WHOLE || state == SY_RECORDING_INTERRUPTED;
}

GPtrArray *
sy_retention_choose (const SyRetention *self,
                     GListModel        *recordings,
                     gint64             now_wall_us)
{
  GPtrArray *chosen = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 bytes = 0;
  guint n_going = 0;

  for (guint i = 0; i < g_list_model_get_n_items (recordings); i++)
    {
      g_autoptr (SyRecordingInfo) info = g_list_model_get_item (recordings, i);

      if (!may_go (info))
        continue;
      bytes += sy_recording_info_get_size (info);
      g_ptr_array_add (chosen, g_steal_pointer (&info));
    }

  g_ptr_array_sort (chosen, compare_ages);
  for (; n_going < chosen->len; n_going++)
    {
      SyRecordingInfo *info = g_ptr_array_index (chosen, n_going);
      const gboolean is_old = self->age_us > 0 && now_wall_us - sy_recording_info_get_changed (info) > self->age_us;

      if (!is_old && (self->all_bytes == 0 || bytes <= self->all_bytes))
        break;
      bytes -= sy_recording_info_get_size (info);
    }

  g_ptr_array_set_size (chosen, (int) n_going);
  return chosen;
}
