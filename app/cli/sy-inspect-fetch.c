/* sy-inspect-fetch.c: one answer of an address
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include "sy-inspect-fetch.h"

#include "sy-error.h"
#include "sy-first-scrape.h"

typedef struct
{
  GMainLoop *loop;   /* owned */
  SyScrape  *scrape; /* owned, nullable */
  GBytes    *body;   /* owned, nullable */
  GError    *error;  /* owned, nullable */
} Fetch;

static void
fetched_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Fetch *fetch = user_data;

  fetch->scrape = sy_first_scrape_finish (result, &fetch->body, &fetch->error);
  g_main_loop_quit (fetch->loop);
}

static void
recalled_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Fetch *fetch = user_data;

  sy_access_book_recall_finish (SY_ACCESS_BOOK (object), result, &fetch->error);
  g_main_loop_quit (fetch->loop);
}

static void
ask (Fetch        *self,
     SyUrl        *url,
     SyAccessBook *book)
{
  g_autoptr (SyClock) clock = sy_clock_new ();
  const SyHttpQuestion question = { url, clock, &SY_HTTP_LIMITS_DEFAULT, sy_access_book_find (book, url) };

  g_clear_pointer (&self->scrape, sy_scrape_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  sy_first_scrape_async (&question, NULL, fetched_cb, self);
  g_main_loop_run (self->loop);
}

/* Asks, and again with what the keyring has if that may help. */
static void
ask_with_keyring (Fetch        *self,
                  SyUrl        *url,
                  SyAccessBook *book)
{
  ask (self, url, book);
  if (self->scrape == NULL || (self->scrape->http_status != 401 && self->scrape->http_status != 403)
      || !sy_access_book_should_recall (book, url))
    return;

  sy_access_book_recall_async (book, url, NULL, recalled_cb, self);
  g_main_loop_run (self->loop);

  if (self->error != NULL)
    g_clear_pointer (&self->scrape, sy_scrape_unref);
  else if (sy_access_book_find (book, url) != NULL)
    ask (self, url, book);
}

GBytes *
sy_inspect_fetch (SyUrl         *url,
                  SyAccessBook  *book,
                  gboolean       is_forced,
                  char         **content_type,
                  char         **served_by,
                  GError       **error)
{
  g_autoptr (GBytes) body = NULL;
  Fetch fetch = { NULL };
  gboolean readable;

  fetch.loop = g_main_loop_new (NULL, FALSE);
  ask_with_keyring (&fetch, url, book);
  g_main_loop_unref (fetch.loop);
  body = fetch.body;

  if (fetch.scrape == NULL)
    {
      g_propagate_error (error, fetch.error);
      return NULL;
    }

  /* What cannot be parsed is to be looked at, and who names the format may read
   * what we would have refused. */
  readable = fetch.scrape->error == NULL || g_error_matches (fetch.scrape->error, SY_ERROR, SY_ERROR_PARSE)
             || (is_forced && g_error_matches (fetch.scrape->error, SY_ERROR, SY_ERROR_FORMAT));
  if (!readable || body == NULL)
    {
      if (fetch.scrape->error != NULL)
        g_propagate_error (error, g_error_copy (fetch.scrape->error));
      else
        g_set_error_literal (error, SY_ERROR, SY_ERROR_EMPTY, "the answer has no body");
      g_clear_pointer (&body, g_bytes_unref);
    }
  else
    {
      if (content_type != NULL)
        *content_type = g_strdup (fetch.scrape->content_type);
      if (served_by != NULL)
        *served_by = g_strdup (fetch.scrape->served_by);
    }

  sy_scrape_unref (fetch.scrape);

  return g_steal_pointer (&body);
}
