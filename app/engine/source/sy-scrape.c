/* sy-scrape.c: one answer of a backend, or why there is none
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-scrape.h"

SyScrape *
sy_scrape_new (void)
{
  return g_atomic_rc_box_new0 (SyScrape);
}

SyScrape *
sy_scrape_ref (SyScrape *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  SyScrape *self = data;

  g_free (self->content_type);
  g_free (self->served_by);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->exposition, sy_exposition_unref);
  g_clear_pointer (&self->answer, sy_prom_answer_unref);
  g_clear_error (&self->error);
}

void
sy_scrape_unref (SyScrape *self)
{
  g_atomic_rc_box_release_full (self, clear);
}
