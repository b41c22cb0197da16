/* sy-recording-query.h: a stretch of a long recording at once
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-recording.h"

G_BEGIN_DECLS

/* A stretch of time with what one series said in it. */
typedef struct {
  gint64 from_us; /* monotonic, of the first answer in it */
  gint64 to_us;   /* and of the last */
  double low;     /* of all its values; NAN: it has none */
  double high;
  double last;    /* NAN: the last answer has no value of it */
} SyRecordedSpan;

/* @series (of a scrape of this recording) from @from_us to @to_us, in at most
 * @max_spans of even length in time and one each side; extremes are those of all
 * that was recorded. A gap ends a span and is one of its own. @ret (element-type
 * SyRecordedSpan) is emptied first. Errors: SY_ERROR_DAMAGED, _STORAGE. */
gboolean sy_recording_query (SyRecording *self, guint index, const SySeries *series, gint64 from_us, gint64 to_us,
                             guint max_spans, GArray *ret, GError **error);

G_END_DECLS
