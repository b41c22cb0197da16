/* beam-series.h: one quantity over time, as a chart asks for it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-types.h"

G_BEGIN_DECLS

#define BEAM_TYPE_SERIES (beam_series_get_type ())
G_DECLARE_DERIVABLE_TYPE (BeamSeries, beam_series, BEAM, SERIES, GObject)

/**
 * BeamSeriesClass:
 *
 * A program derives a class to serve its own columns without a copy. Every
 * function may be left out: the series is then empty in that respect. They are
 * called on the main thread only, while a chart is drawn, and should cost what
 * they return. Call beam_series_emit_changed() after new data, at most once for
 * a batch.
 */
struct _BeamSeriesClass
{
  GObjectClass parent_class;

  gboolean (*get_extent)   (BeamSeries *self, gint64 *ret_first_us, gint64 *ret_last_us);
  void     (*collect)      (BeamSeries *self, gint64 from_us, gint64 to_us, guint max_points, GArray *ret);
  double   (*lookup)       (BeamSeries *self, gint64 time_us, gint64 within_us, gint64 *ret_time_us);
  gboolean (*get_range)    (BeamSeries *self, gint64 from_us, gint64 to_us, double *ret_low, double *ret_high);
  void     (*collect_gaps) (BeamSeries *self, gint64 from_us, gint64 to_us, GArray *ret);

  gpointer padding[8];
};

/* The name in sentences ("p99 latency of Orders"); the unit as text ("s"). */
const char *beam_series_get_name     (BeamSeries *self);
void        beam_series_set_name     (BeamSeries *self,
                                      const char *name);
const char *beam_series_get_unit     (BeamSeries *self);
void        beam_series_set_unit     (BeamSeries *self,
                                      const char *unit);

/* First and last time with a finite value; FALSE when there is none. */
gboolean    beam_series_get_extent   (BeamSeries *self,
                                      gint64     *ret_first_us,
                                      gint64     *ret_last_us);

/* Points in time order that cover [@from_us, @to_us] plus one on either side:
 * raw where at most about @max_points are inside, else joined to at most about
 * @max_points with the extremes of the raw data. A point whose low is NAN says
 * that a gap begins. @ret (element-type BeamPoint) is emptied first. */
void        beam_series_collect      (BeamSeries *self,
                                      gint64      from_us,
                                      gint64      to_us,
                                      guint       max_points,
                                      GArray     *ret);

/* The finite value nearest to @time_us no further than @within_us, else NAN.
 * @ret_time_us: (out) (optional): its time, untouched when there is none. */
double      beam_series_lookup       (BeamSeries *self,
                                      gint64      time_us,
                                      gint64      within_us,
                                      gint64     *ret_time_us);

/* Smallest and largest finite value in the range; FALSE when there is none. */
gboolean    beam_series_get_range    (BeamSeries *self,
                                      gint64      from_us,
                                      gint64      to_us,
                                      double     *ret_low,
                                      double     *ret_high);

/* Gaps and events that touch the range. @ret (element-type BeamGap) is emptied
 * first; its labels are borrowed until the series changes. */
void        beam_series_collect_gaps (BeamSeries *self,
                                      gint64      from_us,
                                      gint64      to_us,
                                      GArray     *ret);

/* Emits "changed": values, gaps or extent are new. */
void        beam_series_emit_changed (BeamSeries *self);

/* The same where only samples were added: all is as it was up to and including
 * @until_us, the last sample before, but for the end of a gap that lasted. A
 * chart of what was earlier then stands still. */
void        beam_series_emit_appended (BeamSeries *self,
                                       gint64      until_us);

/* While "changed" is emitted: up to when nothing is new; G_MININT64: who knows. */
gint64      beam_series_get_unchanged_until (BeamSeries *self);

G_END_DECLS
