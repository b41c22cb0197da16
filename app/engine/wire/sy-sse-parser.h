/* sy-sse-parser.h: server-sent events, block by block
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  gsize max_line;  /* bytes without the line end; 256 KiB */
  gsize max_event; /* bytes of data; 1 MiB */
  gsize max_id;    /* bytes; a longer id is ignored as a bad one; 1 KiB */
} SySseLimits;

extern const SySseLimits SY_SSE_LIMITS_DEFAULT;

/* Valid during the call. */
typedef struct {
  const char *type;    /* "message" when the server named none */
  const char *data;    /* NUL-terminated beyond @length; may hold NUL itself */
  gsize       length;
  const char *last_id; /* "" when there is none */
} SySseEvent;

typedef void (*SySseEventFunc) (const SySseEvent *event, gpointer user_data);

/**
 * SySseParser:
 *
 * The event stream format of the HTML standard, section 9.2.6: it makes no
 * difference how the bytes are cut into blocks, a lone CR ends a line at once,
 * what is not UTF-8 becomes U+FFFD, and an event that is not ended by a blank
 * line does not happen. Comments are no events: that bytes came at all is what
 * they say. A parser belongs to one connection; the last id outlives it.
 */
typedef struct _SySseParser SySseParser;

/* @last_id (nullable): of the connection before. @limits: NULL for the default. */
SySseParser *sy_sse_parser_new         (const SySseLimits *limits, const char *last_id);
void         sy_sse_parser_free        (SySseParser *self);

/* Calls @func for each event that @data ends. Errors: SY_ERROR_BODY_TOO_LARGE
 * for a line or an event beyond its limit; the parser is of no use then. */
gboolean     sy_sse_parser_push        (SySseParser *self, const char *data, gsize length, SySseEventFunc func,
                                        gpointer user_data, GError **error);

/* What to send as Last-Event-ID; never has CR, LF or NUL. */
const char  *sy_sse_parser_get_last_id (SySseParser *self);

/* The reconnection time that the server asked for in ms, -1: it has not. */
gint64       sy_sse_parser_get_retry   (SySseParser *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SySseParser, sy_sse_parser_free)

G_END_DECLS
