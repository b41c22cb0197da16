/* sy-still-source.h: a source that says what a test tells it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-source.h"

G_BEGIN_DECLS

#define SY_TYPE_STILL_SOURCE (sy_still_source_get_type ())
G_DECLARE_FINAL_TYPE (SyStillSource, sy_still_source, SY, STILL_SOURCE, SySource)

/* No network, no thread, no timer. */
SySource *sy_still_source_new       (const char *address, SyClock *clock);

/* What the answers from now on say that served them; nullable. */
void      sy_still_source_set_served_by (SyStillSource *self, const char *served_by);

/* A good scrape of @text at the clock's time; the state becomes live. */
void      sy_still_source_say       (SyStillSource *self, const char *text);

/* A scrape that failed. @next_try_us: monotonic, 0: none. */
void      sy_still_source_fail      (SyStillSource *self, int code, const char *message, gint64 next_try_us);

/* A good scrape of @text with a warning of the peer. */
void      sy_still_source_warn      (SyStillSource *self, const char *text, const char *warning);
guint     sy_still_source_n_retries (SyStillSource *self); /* calls of sy_source_retry_now() */

G_END_DECLS
