/* sy-source-facts.h: the state of a source, in words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-source.h"

G_BEGIN_DECLS

/**
 * SySourceFacts:
 *
 * What is known of a source at one instant. The functions below are pure, so
 * that every sentence can be tested without a network.
 */
typedef struct {
  SySourceState state;
  int           code;            /* SyErrorCode of the last failure, 0: none */
  const char   *message;         /* of the last failure, borrowed, nullable, untrusted */
  const char   *warning;         /* of good answers, borrowed, nullable, untrusted */
  gint64        now_us;          /* monotonic */
  gint64        stale_us;        /* see sy_source_get_stale_time() */
  gint64        last_success_us; /* monotonic, 0: never */
  gint64        next_try_us;     /* monotonic, 0: none */
  gint64        failing_since_us; /* wall, 0: not failing */
  gboolean      recorded;        /* of a recording: nobody is asked any more */
  gboolean      pushes;          /* nobody is asked either, and its silence is a failure of its own */
  gboolean      ended;           /* the last of it has been said; the state is the last one */
} SySourceFacts;

void     sy_source_facts_init          (SySourceFacts *self, SySource *source);

/* TRUE when the source is live by its own account, but its last sample is
 * older than one and a half intervals and a second. */
gboolean sy_source_facts_is_stale      (const SySourceFacts *self);

/* TRUE when the last answer was a failure. */
gboolean sy_source_facts_is_failing    (const SySourceFacts *self);

/* TRUE for a live stream that is connected and has said nothing for 10 s. It may
 * have nothing to say; it may also have been forgotten by its server. */
gboolean sy_source_facts_is_silent     (const SySourceFacts *self);

/* A word or two for the header: "live", "connecting…", "last sample 7 s ago".
 * Returns: (transfer full) */
char    *sy_source_facts_dup_status    (const SySourceFacts *self);

/* What is wrong, as a heading: "Nobody answers at this address". Returns:
 * (transfer full) (nullable), NULL when nothing is. */
char    *sy_source_facts_dup_problem   (const SySourceFacts *self);

/* Since when, and what happens next: "Since 10:32:05 · next try in 4 s".
 * Returns: (transfer full) */
char    *sy_source_facts_dup_schedule  (const SySourceFacts *self);

/* What is to be doubted though the answer was good: "Warning: store S3 is slow".
 * Returns: (transfer full) (nullable), NULL when nothing is, or it failed anyway. */
char    *sy_source_facts_dup_warning   (const SySourceFacts *self);

/* The heading for @code alone, for what was not added yet. A translated
 * static string. */
const char *sy_error_code_get_heading  (int code);

G_END_DECLS
