/* sy-prom-dialogue.h: what to ask a Prometheus server next
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <libsoup/soup.h>

#include "sy-access.h"
#include "sy-prom-target.h"
#include "sy-scrape.h"

G_BEGIN_DECLS

/**
 * SyPromDialogue:
 *
 * The order of questions, without a network: which series, what they are, how
 * far apart their samples are, the past, and then the present again and again.
 * Belongs to one worker.
 */
typedef struct _SyPromDialogue SyPromDialogue;

SyPromDialogue *sy_prom_dialogue_new         (SyPromTarget *target, SyClock *clock);
void            sy_prom_dialogue_free        (SyPromDialogue *self);

/* The next request. @interval_us is that of the polls, @access as in
 * sy_http_session_message(). (transfer full) */
SoupMessage    *sy_prom_dialogue_ask         (SyPromDialogue *self, const SyAccess *access, gint64 interval_us,
                                              gint64 deadline_us);

/* Takes the answer, or the error, to the last request. TRUE: ask on at once.
 * An answer that is none of the owner's is taken out of @scrape; an error that
 * does not end the turn likewise; one that is found here is put in. */
gboolean        sy_prom_dialogue_take        (SyPromDialogue *self, SyScrape *scrape);

/* What the server (or we) would have a person know, or NULL. (transfer none) */
const char     *sy_prom_dialogue_get_warning (SyPromDialogue *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyPromDialogue, sy_prom_dialogue_free)

G_END_DECLS
