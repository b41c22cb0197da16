/* sy-otlp-request-private.h: a push while it is being read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-arena.h"
#include "sy-json-cursor.h"
#include "sy-otlp-request.h"

G_BEGIN_DECLS

struct _SyOtlpRequest
{
  gatomicrefcount ref_count;
  SyArena         arena;      /* of everything below */
  GArray         *resources;  /* owned, element-type SyOtlpResource */
  guint           n_points;
  guint           n_rejected;
  char           *why;        /* owned, nullable */
};

/* What reads one body; on the stack. A function that returns FALSE has set the
 * error. */
typedef struct
{
  SyJsonCursor              cursor;
  const SyExpositionLimits *limits;  /* borrowed */
  SyOtlpRequest            *request; /* borrowed */
  GString                  *path;    /* owned: of the value that the cursor stands at */
  GString                  *name;    /* owned: of the last member */
  GString                  *text;    /* owned: of the last string */
  GArray                   *numbers; /* owned, of double: the array that is being read */
  GError                   *error;   /* owned, nullable */
} SyOtlpReader;

/* Always FALSE: the value here is not what was @expected, or one point too many. */
gboolean    sy_otlp_reader_fail         (SyOtlpReader *self, const char *expected);
gboolean    sy_otlp_reader_fail_limit   (SyOtlpReader *self);

/* The path with another member or index; the length it had before is what
 * sy_otlp_reader_leave() takes back. */
gsize       sy_otlp_reader_enter_member (SyOtlpReader *self, const char *name);
gsize       sy_otlp_reader_enter_index  (SyOtlpReader *self, guint index);
void        sy_otlp_reader_leave        (SyOtlpReader *self, gsize length);

/* Into a container of that kind ('{' or '['). null is an empty one: then
 * @is_null, and the cursor is behind it. */
gboolean    sy_otlp_reader_open         (SyOtlpReader *self, char kind, gboolean *is_null);

/* Scalars as proto3's JSON mapping has them; null is the default. 64-bit
 * integers and doubles may be strings, doubles also "NaN" and "Infinity". */
gboolean    sy_otlp_reader_text         (SyOtlpReader *self, const char **ret);
gboolean    sy_otlp_reader_double       (SyOtlpReader *self, double *ret);
gboolean    sy_otlp_reader_integer      (SyOtlpReader *self, gint64 *ret); /* what is beyond is the nearest */
gboolean    sy_otlp_reader_bool         (SyOtlpReader *self, gboolean *ret);
gboolean    sy_otlp_reader_doubles      (SyOtlpReader *self, const double **ret, guint *n);

/* A list of {key, value}, as labels. What is too long is cut, and @is_cut says
 * so; of too many the first are kept, likewise. */
gboolean    sy_otlp_reader_attributes   (SyOtlpReader *self, const SyLabel **ret, guint *n, gboolean *is_cut);

/* The data of a metric, of the kind that its member names. */
gboolean    sy_otlp_reader_data         (SyOtlpReader *self, SyOtlpKind kind, SyOtlpMetric *metric);

/* A copy that lives as long as the request. */
const char *sy_otlp_reader_keep         (SyOtlpReader *self, const char *text, gsize length);
gpointer    sy_otlp_reader_keep_array   (SyOtlpReader *self, const GArray *array);

G_END_DECLS
