/* sy-session-private.h: what the two files of a session share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-mapping-book.h"
#include "sy-session.h"
#include "sy-trap-pairs.h"

G_BEGIN_DECLS

struct _SySession
{
  GObject       parent_instance;

  SyClock      *clock;      /* (owned) */
  SyRecogniser *recogniser; /* (owned) */
  SyPriceBook  *prices;     /* (owned) */
  GPtrArray    *old_prices; /* (owned) (element-type SyPriceBook): somebody may still hold a price of theirs */
  SyAccessBook *access;     /* (owned) */
  GPtrArray    *backends;   /* (owned) (element-type SyBackend) */
  SyTrapPairs  *trap_pairs; /* (owned) */
  SyMappingBook *mappings;  /* (owned) */
  SyMarks      *marks;      /* (owned) */
  SyRecorder   *recorder;   /* (owned) (nullable) */
  GHashTable   *notes;      /* (owned) (element-type utf8 utf8): of what is recorded, now or later */
  GHashTable   *recorded_overrides; /* (owned) (element-type utf8 SyOverrides): by address, also of backends that left */
  const SyPrice *price;     /* (borrowed): the price book's */
  gint64        interval_us;
  gboolean      lenient;    /* what cannot be recorded is left out */
};

/* sy-session-recording.c: what is watched through another server, or was recorded
 * already, is not recorded. */
gboolean sy_session_is_recordable    (SySource *source);

/* The same, with why; of a recording it says nothing. Errors: SY_ERROR_INVALID. */
gboolean sy_session_check_recordable (SySource *source, GError **error);

/* What is decided about the metrics has changed, or whose they are. */
void     sy_session_note_mappings    (SySession *self);

G_END_DECLS
