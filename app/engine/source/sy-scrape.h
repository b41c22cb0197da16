/* sy-scrape.h: one answer of a backend, or why there is none
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-exposition.h"
#include "sy-prom-answer.h"

G_BEGIN_DECLS

/**
 * SyScrape:
 *
 * Immutable, reference-counted atomically. Exactly one of @exposition, @answer
 * and @error is set.
 */
typedef struct {
  gint64        monotonic_us;  /* when the request was queued */
  gint64        wall_us;
  gint64        duration_us;   /* until the last byte was decoded and parsed */
  gint64        answered_us;   /* monotonic, when the first byte of the body was here: the instant the
                                * numbers speak of; equals monotonic_us when nothing came */
  gsize         wire_bytes;
  gsize         body_bytes;    /* decoded */
  guint         http_status;   /* 0: there was no answer, or it is not HTTP */
  char         *content_type;  /* owned, nullable */
  char         *served_by;     /* owned, nullable: what the answer itself says that served it, for eyes: "gunicorn" */
  GBytes       *body;          /* owned, nullable: the message, when a stream brought it */
  SyExposition *exposition;    /* owned, nullable */
  SyPromAnswer *answer;        /* owned, nullable: of a Prometheus server */
  gboolean      is_past;       /* the answer has points of the past: the one of time t is of epoch_us + t */
  gint64        epoch_us;      /* monotonic; only when is_past */
  GError       *error;         /* owned, nullable, SY_ERROR */
} SyScrape;

SyScrape *sy_scrape_new   (void);
SyScrape *sy_scrape_ref   (SyScrape *self);
void      sy_scrape_unref (SyScrape *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyScrape, sy_scrape_unref)

G_END_DECLS
