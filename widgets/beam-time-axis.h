/* beam-time-axis.h: the stretch of time that all charts of a page show
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-types.h"

G_BEGIN_DECLS

#define BEAM_TYPE_TIME_AXIS (beam_time_axis_get_type ())
G_DECLARE_FINAL_TYPE (BeamTimeAxis, beam_time_axis, BEAM, TIME_AXIS, GObject)

typedef enum {
  BEAM_TIME_LIVE,   /* the right edge is now and follows it */
  BEAM_TIME_PAUSED, /* stands where it stood when it was paused */
  BEAM_TIME_ZOOMED, /* stands at a range that was chosen */
} BeamTimeMode;

#define BEAM_TYPE_TIME_MODE (beam_time_mode_get_type ())
GType         beam_time_mode_get_type (void) G_GNUC_CONST;

/* What a label of the time axis stands for. */
typedef struct {
  gint64   time_us;   /* on the monotonic clock of the data */
  gint64   offset_us; /* relative: from now or from when it stopped; else wall time since 1970 */
  gint64   step_us;   /* between two labels */
  gint64   span_us;   /* relative: the largest offset of the axis, which chooses one form for all */
  gboolean relative;  /* the axis is live, or the wall clock is unknown */
  gboolean live;      /* an offset of 0 is now; else it is when the axis stopped */
  gboolean first;     /* the leftmost label, which carries the unit */
} BeamTimeLabel;

typedef char *(*BeamTimeFormatFunc) (const BeamTimeLabel *label,
                                     gpointer             user_data);

#define BEAM_TIME_SHORTEST_WINDOW_US (G_GINT64_CONSTANT (1000000))
#define BEAM_TIME_LONGEST_WINDOW_US  (G_GINT64_CONSTANT (366) * 86400 * 1000000)

BeamTimeAxis *beam_time_axis_new             (gint64        window_us);

/* The axis has no clock: the program says what time it is, once a frame or as
 * often as it likes. Earlier than before is ignored. Moves the edges when live. */
void          beam_time_axis_set_now         (BeamTimeAxis *self,
                                              gint64        now_us);
gint64        beam_time_axis_get_now         (BeamTimeAxis *self);

/* Wall clock minus monotonic clock, so that a standing axis can show the time
 * of day. Unknown (0) until it is set. */
void          beam_time_axis_set_wall_offset (BeamTimeAxis *self,
                                              gint64        offset_us);
gint64        beam_time_axis_get_wall_offset (BeamTimeAxis *self);

/* The length shown when live; the charts' own zoom does not change it. */
void          beam_time_axis_set_window      (BeamTimeAxis *self,
                                              gint64        window_us);
gint64        beam_time_axis_get_window      (BeamTimeAxis *self);

/* What is shown at this moment: to - from is at least one second. */
void          beam_time_axis_get_range       (BeamTimeAxis *self,
                                              gint64       *ret_from_us,
                                              gint64       *ret_to_us);
BeamTimeMode  beam_time_axis_get_mode        (BeamTimeAxis *self);

void          beam_time_axis_pause           (BeamTimeAxis *self);
void          beam_time_axis_zoom_to         (BeamTimeAxis *self,
                                              gint64        from_us,
                                              gint64        to_us);
/* @factor > 1 shows more. @around_us stays where it is on the screen. When live,
 * the right edge stays now and only the length changes. */
void          beam_time_axis_zoom_by         (BeamTimeAxis *self,
                                              double        factor,
                                              gint64        around_us);
/* Moves by @delta_us (negative: into the past); never beyond now. */
void          beam_time_axis_pan             (BeamTimeAxis *self,
                                              gint64        delta_us);
/* Back to live with the set window, or to the home where there is one. */
void          beam_time_axis_reset           (BeamTimeAxis *self);

/* A range of the past that is all there is to see, such as a run that is over: it
 * is shown now, and reset() goes back to it. Both 0: live again. It must not end
 * after now. */
void          beam_time_axis_set_home        (BeamTimeAxis *self,
                                              gint64        from_us,
                                              gint64        to_us);
gboolean      beam_time_axis_has_home        (BeamTimeAxis *self);
/* Whether reset() would show nothing new. */
gboolean      beam_time_axis_is_at_home      (BeamTimeAxis *self);

/* Keeps a stretch of time as a baseline, whatever is shown: every chart marks it
 * and what its series held in it. One at a time; shorter than a microsecond is
 * nothing. */
void          beam_time_axis_pin             (BeamTimeAxis *self,
                                              gint64        from_us,
                                              gint64        to_us);
void          beam_time_axis_unpin           (BeamTimeAxis *self);
/* FALSE when nothing is pinned; else *@ret_from_us < *@ret_to_us. */
gboolean      beam_time_axis_get_pinned      (BeamTimeAxis *self,
                                              gint64       *ret_from_us,
                                              gint64       *ret_to_us);

/* Without a function the labels are "now", "−1 min", "−30 s", and the time of
 * day when the axis stands still. */
void          beam_time_axis_set_format_func (BeamTimeAxis       *self,
                                              BeamTimeFormatFunc  func,
                                              gpointer            user_data,
                                              GDestroyNotify      destroy);
char         *beam_time_axis_format          (BeamTimeAxis        *self,
                                              const BeamTimeLabel *label);

/* The labels for what is shown, at most @max_ticks. When live they stand at
 * whole steps before now, so that only the data move; else at whole steps of
 * the clock. @ret (element-type BeamTimeLabel) is emptied first. */
void          beam_time_axis_get_labels      (BeamTimeAxis *self,
                                              guint         max_ticks,
                                              GArray       *ret);

G_END_DECLS
