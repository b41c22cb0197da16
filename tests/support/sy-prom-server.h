/* sy-prom-server.h: a Prometheus API that says what a test tells it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  SY_PROM_ASKED_SERIES,   /* query={…} */
  SY_PROM_ASKED_METADATA,
  SY_PROM_ASKED_SAMPLES,  /* query={…}[5m] */
  SY_PROM_ASKED_PAST,     /* query_range */
  SY_PROM_ASKED_NOW,      /* query= anything else */
  SY_PROM_N_ASKED,
} SyPromAsked;

/**
 * Listens on a free port of 127.0.0.1, under the path /prefix. Its clock is an
 * hour behind ours. Unless told otherwise it knows three series of job "api",
 * scraped every 2 s, and answers all questions with the value 7 for the ids "a"
 * and "b".
 */
typedef struct _SyPromServer SyPromServer;

SyPromServer *sy_prom_server_new        (void);
void          sy_prom_server_free       (SyPromServer *self);
char         *sy_prom_server_dup_url    (SyPromServer *self); /* with the prefix. (transfer full) */

/* From now on @asked gets @status ("200 OK"), @type and @body; NULL: the usual. */
void          sy_prom_server_set_answer (SyPromServer *self, SyPromAsked asked, const char *status, const char *type,
                                         const char *body);
guint         sy_prom_server_get_n      (SyPromServer *self, SyPromAsked asked);

/* The last request: its first line, headers and form. (transfer full) */
char         *sy_prom_server_dup_request (SyPromServer *self, SyPromAsked asked);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyPromServer, sy_prom_server_free)

G_END_DECLS
