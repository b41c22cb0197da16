/* sy-scrape-sink.c: where workers put their scrapes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-source-private.h"

struct _SyScrapeSink
{
  SyScrapeFunc   func;      /* nullable */
  gpointer       user_data; /* owned, by @destroy */
  GDestroyNotify destroy;   /* nullable */

  GMutex         lock;      /* held during a call of @func */
  guint          claim;
};

static void
clear (gpointer data)
{
  SyScrapeSink *self = data;

  if (self->destroy != NULL)
    self->destroy (self->user_data);
  g_mutex_clear (&self->lock);
}

SyScrapeSink *
sy_scrape_sink_new (SyScrapeFunc    func,
                    gpointer        user_data,
                    GDestroyNotify  destroy)
{
  SyScrapeSink *self = g_atomic_rc_box_new0 (SyScrapeSink);

  self->func = func;
  self->user_data = user_data;
  self->destroy = destroy;
  g_mutex_init (&self->lock);
  return self;
}

SyScrapeSink *
sy_scrape_sink_ref (SyScrapeSink *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
sy_scrape_sink_unref (SyScrapeSink *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

guint
sy_scrape_sink_claim (SyScrapeSink *self)
{
  guint claim;

  g_mutex_lock (&self->lock);
  claim = ++self->claim;
  g_mutex_unlock (&self->lock);

  return claim;
}

void
sy_scrape_sink_deliver (SyScrapeSink   *self,
                        guint           claim,
                        const SyScrape *scrape)
{
  g_mutex_lock (&self->lock);
  if (claim == self->claim && self->func != NULL)
    self->func (scrape, self->user_data);
  g_mutex_unlock (&self->lock);
}
