/* sy-record-entry.h: what a recording is made of
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-exposition.h"

G_BEGIN_DECLS

/* Sides that one file can hold. */
#define SY_RECORD_MAX_TARGETS 64

/* When and how large; the fields of SyScrape. */
typedef struct {
  gint64 seq;          /* counts every answer of the target, good or bad, from 0 */
  gint64 monotonic_us;
  gint64 wall_us;
  gint64 duration_us;
  gint64 answered_us;
  gint64 wire_bytes;
  gint64 body_bytes;
} SyRecordMoment;

/* One side of what is recorded. Words are copied; @url holds no secret. */
typedef struct {
  const char *letter;
  const char *name;
  const char *url;
  gint64      interval_us;
} SyRecordTarget;

/* What one target said: exactly one of @exposition and @error. */
typedef struct {
  guint               target;
  SyRecordMoment      moment;
  SyExposition       *exposition;   /* nullable */
  const char         *content_type; /* nullable */
  const GError       *error;        /* nullable */
} SyRecordEntry;

/* In the file, for good. */
typedef struct {
  guint64 n_recorded;
  guint64 n_gaps;
} SyRecordCount;

G_END_DECLS
