/* sy-otlp-process.h: one process that pushes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-otlp-stream.h"

G_BEGIN_DECLS

/**
 * SyOtlpProcess:
 *
 * What one process has said so far, and what its fold knows of it. Not
 * thread-safe.
 */
typedef struct {
  char       *identity;    /* owned: all attributes */
  char       *service;     /* owned: "" when not told */
  char       *instance;    /* owned: "" when there is nothing to say */
  SyLabel    *attributes;  /* owned with its strings */
  guint       n_attributes;
  gint64      start_ns;    /* the earliest of its cumulative streams; 0: not told */
  gint64      last_us;     /* monotonic: when it was last heard */
  gint64      last_ns;     /* what it last said the time was */
  gint64      interval_us; /* the longest of @steps_us; 0: not known */
  gint64      steps_us[4]; /* between its last pushes, by its clock; 0: not known */
  guint       n_steps;
  gboolean    has_pushed;  /* since the last exposition */
  gboolean    is_replaced; /* a later one under the same attributes, and not heard since */
  gboolean    is_parallel; /* was heard after it had been replaced, or has such a sibling */
  gsize       n_bytes;     /* of its streams' labels and buckets */
  GPtrArray  *streams;     /* owned, element-type SyOtlpStream, in order of first sight */
  GHashTable *by_key;      /* owned, of streams (borrowed) by what tells them apart */
} SyOtlpProcess;

/* What may still be remembered. */
typedef struct {
  guint n_streams;
  gsize n_bytes;   /* of labels and buckets */
} SyOtlpRoom;

/* All its attributes as one text; no two sets of them give the same. (transfer full) */
char          *sy_otlp_resource_dup_identity (const SyOtlpResource *resource);

SyOtlpProcess *sy_otlp_process_new   (const SyOtlpResource *resource);
void           sy_otlp_process_free  (SyOtlpProcess *self);

/* Whether the streams of @resource, of the same attributes, are those of this
 * process: one stream with the same start says yes; if all that both know have
 * other starts, it is no. */
gboolean       sy_otlp_process_is_of (const SyOtlpProcess *self, const SyOtlpResource *resource);

/* Takes its points. What grows is taken from @room; @is_full (out): it was not
 * enough. Returns: the latest time that they tell, 0 when none does. */
gint64         sy_otlp_process_take  (SyOtlpProcess *self, const SyOtlpResource *resource, SyOtlpRoom *room, gboolean *is_full);

/* It has said that the time is @time_ns; 0: nothing. */
void           sy_otlp_process_note_time (SyOtlpProcess *self, gint64 time_ns);

/* As if nothing had been said; or only the series in which it was shown. */
void           sy_otlp_process_forget_streams (SyOtlpProcess *self);
void           sy_otlp_process_forget_series  (SyOtlpProcess *self);

G_END_DECLS
