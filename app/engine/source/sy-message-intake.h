/* sy-message-intake.h: messages of a stream, read as scrapes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-stream-limits.h"
#include "sy-worker.h"

G_BEGIN_DECLS

/**
 * SyMessageIntake:
 *
 * A stream sends when it likes; the program looks when it can. Of the messages
 * that come within a slot of time, the last is read and the others are counted:
 * counters and buckets are cumulative, so that costs resolution and nothing
 * else. A peer that floods for long is told from one that catches up. Lives on
 * the worker's thread, for all connections of a source.
 */
typedef struct _SyMessageIntake SyMessageIntake;

SyMessageIntake *sy_message_intake_new       (SyWorker *worker, const SyStreamLimits *limits);
void             sy_message_intake_free      (SyMessageIntake *self);

/* A connection begins. What a server sends at once, because it believes that we
 * want the past, is one slot. */
void             sy_message_intake_begin     (SyMessageIntake *self);

/* Bytes came. FALSE with SY_ERROR_FLOOD when this has been a flood for long. */
gboolean         sy_message_intake_count     (SyMessageIntake *self, gsize wire_bytes, GError **error);

/* A message came; @name as sy_stream_message_classify() has it. */
void             sy_message_intake_push      (SyMessageIntake *self, const char *name, const char *data, gsize length);

/* The connection ended. @error (transfer full) is why; in it go what a server
 * that said goodbye has to add, and the address. Returns: (transfer full) the
 * scrape to end with. */
SyScrape        *sy_message_intake_end       (SyMessageIntake *self, GError *error);

/* Whether the connection has lasted for so long that it counts as good. */
gboolean         sy_message_intake_is_healthy (SyMessageIntake *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyMessageIntake, sy_message_intake_free)

G_END_DECLS
