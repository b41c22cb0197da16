/* sy-record-shape.h: a scrape without its numbers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-exposition.h"
#include "sy-record-names.h"

G_BEGIN_DECLS

/* Which families and series stood in which order; the same for all scrapes of a
 * steady target. */

/**
 * SyRecordShaper:
 *
 * Finds the shape of one target's scrapes. A steady target costs a comparison
 * of pointers a sample. Recorder's thread.
 */
typedef struct _SyRecordShaper SyRecordShaper;

SyRecordShaper *sy_record_shaper_new  (SyRecordNames *names); /* borrows @names */
void            sy_record_shaper_free (SyRecordShaper *self);

/* @content_type may be NULL. Returns: the number of its shape */
guint64         sy_record_shaper_scrape (SyRecordShaper *self, SyExposition *exposition, const char *content_type);
guint64         sy_record_shaper_gap    (SyRecordShaper *self, const char *reason, const char *message);

/* Text of word @id; NULL: there is none. (transfer none) */
typedef const char *(*SyRecordWordFunc) (guint64 id, gpointer user_data);

/* The series @id in the reader's table; NULL: there is none. */
typedef const SySeries *(*SyRecordSeriesFunc) (guint64 id, gpointer user_data);

typedef struct {
  SyRecordWordFunc   word;
  SyRecordSeriesFunc series;
  gpointer           user_data;
} SyRecordLookup;

typedef struct _SyFamilies SyFamilies;

/* A shape as it is read. Reference-counted, for one thread at a time. */
typedef struct {
  grefcount   ref_count;
  gsize       size;         /* about so many bytes */
  int         kind;
  guint       width;
  /* of a scrape */
  SyFormat    format;
  char       *content_type; /* (owned) (nullable) */
  SyFamilies *families;     /* (owned) (nullable) */
  SySample   *samples;      /* (owned): without values */
  /* of a gap */
  int         code;         /* a SyErrorCode */
  char       *message;      /* (owned) */
} SyRecordShape;

/* Errors: SY_ERROR_DAMAGED, also of what is wider than SY_RECORD_MAX_WIDTH. */
SyRecordShape  *sy_record_shape_read (int kind, guint width, GBytes *data, const SyRecordLookup *lookup, GError **error);
SyRecordShape  *sy_record_shape_ref  (SyRecordShape *self);
void            sy_record_shape_unref (SyRecordShape *self);

/* A series as it is kept: its words' ids. FALSE when the bytes are not one. */
const SySeries *sy_record_series_read (GBytes *data, SySeriesTable *table, const SyRecordLookup *lookup);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyRecordShaper, sy_record_shaper_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyRecordShape, sy_record_shape_unref)

G_END_DECLS
