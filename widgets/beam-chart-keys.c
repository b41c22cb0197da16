/* beam-chart-keys.c: keyboard of a chart
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A key that a chart has no use for goes on: Up and Down leave a chart with one
 * series, and Tab always does, so that nobody is caught in it. What a key has
 * brought about is said at once; see beam_chart_speak().
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-chart-private.h"
#include "beam-layer-private.h"
#include "beam-series.h"

#define PAGE_SHARE 0.5
#define BIG_STEP   10 /* pixels */

/* --- Cursor by keyboard --- */

/* The nearest point of @series beyond @limit_us in the given direction. */
static gboolean
find_next (BeamSeries         *series,
           const BeamGeometry *geometry,
           gint64              limit_us,
           gboolean            forward,
           GArray             *points,
           gint64             *ret_time_us)
{
  gint64 from_us = forward ? limit_us : geometry->from_us;
  gint64 to_us = forward ? geometry->to_us : limit_us;

  if (from_us > to_us)
    return FALSE;

  beam_series_collect (series, from_us, to_us, beam_layer_max_points (geometry), points);
  for (guint i = 0; i < points->len; i++)
    {
      const BeamPoint *point = &g_array_index (points, BeamPoint, forward ? i : points->len - 1 - i);

      if (isnan (point->low) || point->time_us < from_us || point->time_us > to_us)
        continue;
      *ret_time_us = point->time_us;
      return TRUE;
    }

  return FALSE;
}

/* To the next sample of any series that is at least a pixel away. */
static gint64
next_sample (BeamChart          *self,
             const BeamGeometry *geometry,
             gint64              time_us,
             gboolean            forward)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (BeamPoint));
  g_autoptr (GPtrArray) series = g_ptr_array_new ();
  gint64 pixel_us = MAX ((gint64) ((double) (geometry->to_us - geometry->from_us) / geometry->width), 1);
  gint64 limit_us = forward ? time_us + pixel_us : time_us - pixel_us;
  gint64 best_us = forward ? geometry->to_us : geometry->from_us;
  gint64 found_us;

  for (guint i = 0; i < self->layers->len; i++)
    if (gtk_widget_get_visible (g_ptr_array_index (self->layers, i)))
      beam_layer_collect_series (g_ptr_array_index (self->layers, i), series);

  for (guint i = 0; i < series->len; i++)
    if (find_next (g_ptr_array_index (series, i), geometry, limit_us, forward, points, &found_us))
      best_us = forward ? MIN (best_us, found_us) : MAX (best_us, found_us);

  return best_us;
}

/* --- Where a key leads --- */

typedef struct {
  BeamGeometry geometry;
  gint64       length_us;
  gint64       time_us;    /* of the cursor, or where one would begin */
  gboolean     control;
  gboolean     shift;
} KeyState;

static gint64
big_step (const KeyState *key)
{
  return (gint64) ((double) key->length_us * BIG_STEP / key->geometry.width);
}

/* The time that a key of movement leads to; FALSE when @keyval is none. */
static gboolean
find_target (BeamChart      *self,
             const KeyState *key,
             guint           keyval,
             gint64         *ret_time_us)
{
  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      *ret_time_us = key->control ? key->time_us - big_step (key) : next_sample (self, &key->geometry, key->time_us, FALSE);
      return TRUE;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      *ret_time_us = key->control ? key->time_us + big_step (key) : next_sample (self, &key->geometry, key->time_us, TRUE);
      return TRUE;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      *ret_time_us = key->geometry.from_us;
      return !key->control;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      *ret_time_us = key->geometry.to_us;
      return !key->control;
    default:
      return FALSE;
    }
}

static gboolean
move_cursor (BeamChart      *self,
             const KeyState *key,
             guint           keyval)
{
  gint64 anchor_us = beam_cursor_get_anchor (self->cursor);
  gint64 time_us;

  if (!find_target (self, key, keyval, &time_us))
    return FALSE;

  time_us = CLAMP (time_us, key->geometry.from_us, key->geometry.to_us);
  if (key->shift)
    beam_cursor_select (self->cursor, anchor_us != G_MININT64 ? anchor_us : key->time_us, time_us);
  else
    beam_cursor_clear_selection (self->cursor);
  beam_cursor_set_time (self->cursor, time_us);
  beam_chart_speak (self);
  return TRUE;
}

/* --- Series --- */

/* The shown entries; the current one's position in *@ret_current, or -1. */
static GArray *
collect_shown (BeamChart *self,
               int       *ret_current)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (BeamEntry));

  beam_chart_collect_entries (self, entries);
  for (guint i = entries->len; i > 0; i--)
    if (!g_array_index (entries, BeamEntry, i - 1).shown)
      g_array_remove_index (entries, i - 1);

  *ret_current = -1;
  for (guint i = 0; i < entries->len; i++)
    if (g_array_index (entries, BeamEntry, i).series == self->current)
      *ret_current = (int) i;

  return entries;
}

/* One series on or back, over "all"; @wrap: or out of the chart at either end. */
static gboolean
step_series (BeamChart *self,
             int        step,
             gboolean   wrap)
{
  int current;
  g_autoptr (GArray) entries = collect_shown (self, &current);
  int n = (int) entries->len;

  if (n < 2)
    return FALSE;
  /* From none, down is the first and up the last. */
  current = current < 0 ? (step > 0 ? 0 : n - 1) : current + step;
  if (current < 0 || current >= n)
    {
      if (!wrap)
        {
          beam_chart_set_current (self, NULL);
          return FALSE;
        }
      current = (current + n) % n;
    }

  beam_chart_set_current (self, g_array_index (entries, BeamEntry, current).series);
  beam_chart_speak (self);
  return TRUE;
}

/* The next series of A, B, … */
static gboolean
choose_identity (BeamChart *self,
                 int        identity)
{
  int current;
  g_autoptr (GArray) entries = collect_shown (self, &current);

  for (guint i = 1; i <= entries->len; i++)
    {
      const BeamEntry *entry = &g_array_index (entries, BeamEntry, (guint) (current + (int) i) % entries->len);

      if (entry->identity != identity)
        continue;
      beam_chart_set_current (self, entry->series);
      beam_chart_speak (self);
      return TRUE;
    }

  return FALSE;
}

static gboolean
handle_series_key (BeamChart *self,
                   guint      keyval)
{
  guint letter = gdk_keyval_to_lower (keyval);

  if (keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up)
    return step_series (self, -1, FALSE);
  if (keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down)
    return step_series (self, 1, FALSE);
  if (letter == GDK_KEY_s)
    return step_series (self, keyval == GDK_KEY_S ? -1 : 1, TRUE);
  if (letter >= GDK_KEY_a && letter < GDK_KEY_a + BEAM_N_IDENTITIES)
    return choose_identity (self, (int) (letter - GDK_KEY_a));

  return FALSE;
}

/* --- The rest --- */

static gint64
zoom_centre (BeamChart      *self,
             const KeyState *key)
{
  gint64 time_us = beam_cursor_get_time (self->cursor);

  return time_us < key->geometry.from_us || time_us > key->geometry.to_us ? key->geometry.to_us : time_us;
}

static gboolean
handle_view_key (BeamChart      *self,
                 const KeyState *key,
                 guint           keyval)
{
  gint64 page_us = (gint64) (PAGE_SHARE * (double) key->length_us);

  switch (keyval)
    {
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
      beam_time_axis_zoom_by (self->time_axis, 1 / BEAM_ZOOM_STEP, zoom_centre (self, key));
      break;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      beam_time_axis_zoom_by (self->time_axis, BEAM_ZOOM_STEP, zoom_centre (self, key));
      break;
    case GDK_KEY_0:
    case GDK_KEY_KP_0:
      beam_time_axis_reset (self->time_axis);
      break;
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      beam_time_axis_pan (self->time_axis, -page_us);
      break;
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      beam_time_axis_pan (self->time_axis, page_us);
      break;
    default:
      return FALSE;
    }

  beam_chart_speak (self);
  return TRUE;
}

/* Takes away what was added last: the range, the cursor, the choice of series. */
static gboolean
escape (BeamChart *self)
{
  gint64 from_us, to_us;

  if (beam_cursor_get_selection (self->cursor, &from_us, &to_us))
    beam_cursor_clear_selection (self->cursor);
  else if (beam_cursor_is_set (self->cursor))
    beam_cursor_clear (self->cursor);
  else if (self->current != NULL)
    beam_chart_set_current (self, NULL);
  else
    return FALSE;

  beam_chart_speak (self);
  return TRUE;
}

/* To the next note, or the one before, wherever it is in time. Without a cursor it
 * begins at the edge of what is in view. */
static gboolean
visit_note (BeamChart      *self,
            const KeyState *key,
            gboolean        forward)
{
  const gint64 begin_us = forward && !beam_cursor_is_set (self->cursor) ? key->geometry.from_us - 1 : key->time_us;
  gint64 time_us;

  if (self->notes == NULL || !beam_notes_step (self->notes, begin_us, forward, &time_us))
    return FALSE;

  if (time_us < key->geometry.from_us || time_us > key->geometry.to_us)
    beam_time_axis_pan (self->time_axis, time_us - key->length_us / 2 - key->geometry.from_us);
  beam_cursor_set_time (self->cursor, time_us);
  beam_chart_speak (self);
  return TRUE;
}

static gboolean
toggle_pin (BeamChart      *self,
            const KeyState *key)
{
  gint64 from_us, to_us;

  if (!beam_chart_pin_selection (self))
    {
      if (beam_time_axis_get_pinned (self->time_axis, &from_us, &to_us))
        beam_time_axis_unpin (self->time_axis);
      else
        beam_time_axis_pin (self->time_axis, key->geometry.from_us, key->geometry.to_us);
    }

  beam_chart_speak (self);
  return TRUE;
}

static gboolean
handle_act_key (BeamChart      *self,
                const KeyState *key,
                guint           keyval)
{
  switch (keyval)
    {
    case GDK_KEY_Escape:
      return escape (self);
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      /* Without a selection it says how things are. */
      if (!beam_chart_zoom_to_selection (self))
        beam_cursor_clear (self->cursor);
      beam_chart_speak (self);
      return TRUE;
    case GDK_KEY_p:
    case GDK_KEY_P:
      return toggle_pin (self, key);
    case GDK_KEY_m:
    case GDK_KEY_M:
      return visit_note (self, key, !key->shift);
    default:
      return FALSE;
    }
}

gboolean
beam_chart_handle_key (BeamChart       *self,
                       guint            keyval,
                       GdkModifierType  state)
{
  KeyState key = { .control = (state & GDK_CONTROL_MASK) != 0, .shift = (state & GDK_SHIFT_MASK) != 0 };

  if ((state & (GDK_ALT_MASK | GDK_SUPER_MASK)) != 0 || !beam_chart_get_geometry (self, &key.geometry))
    return GDK_EVENT_PROPAGATE;

  key.length_us = key.geometry.to_us - key.geometry.from_us;
  key.time_us = beam_cursor_is_set (self->cursor) ? beam_cursor_get_time (self->cursor) : key.geometry.to_us;
  key.time_us = CLAMP (key.time_us, key.geometry.from_us, key.geometry.to_us);
  beam_navigator_stop (self->navigator);

  if (move_cursor (self, &key, keyval))
    return GDK_EVENT_STOP;

  if (beam_menu_handle_key (BEAM_MENU_OWNER (self), keyval, state))
    return GDK_EVENT_STOP;
  if (key.control)
    return GDK_EVENT_PROPAGATE;

  return handle_act_key (self, &key, keyval) || handle_view_key (self, &key, keyval) || handle_series_key (self, keyval);
}
