/* sy-probe.c: what an address says before it is added
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-probe.h"

#include "sy-http-source.h"
#include "sy-target-url.h"

static SyProbe *
probe_new (SyUrl *url)
{
  SyProbe *self = g_new0 (SyProbe, 1);

  self->address = g_strdup (sy_url_get_string (url));
  self->redacted = g_strdup (sy_url_get_redacted (url));
  self->is_plain_remote = !sy_url_is_https (url) && !sy_url_is_loopback (url);
  return self;
}

static void
describe (SyProbe            *self,
          const SyExposition *exposition,
          SyRecogniser       *recogniser)
{
  self->format = g_strdup (sy_format_nick (sy_exposition_get_format (exposition)));
  self->mapping = sy_recogniser_match (recogniser, exposition);
  sy_exposition_get_families (exposition, &self->n_families);
  sy_exposition_get_samples (exposition, &self->n_samples);
}

static void
fetch_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SySession *session = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyScrape) scrape = sy_http_fetch_finish (result, NULL, &error);
  g_autoptr (SyProbe) probe = NULL;

  if (scrape == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  probe = probe_new (g_task_get_task_data (task));
  probe->duration_us = scrape->duration_us;

  if (scrape->error != NULL)
    probe->error = g_error_copy (scrape->error);
  else
    describe (probe, scrape->exposition, sy_session_get_recogniser (session));

  g_task_return_pointer (task, g_steal_pointer (&probe), (GDestroyNotify) sy_probe_free);
}

void
sy_probe_free (SyProbe *self)
{
  g_free (self->address);
  g_free (self->redacted);
  g_free (self->format);
  g_clear_pointer (&self->mapping, sy_mapping_unref);
  g_clear_error (&self->error);
  g_free (self);
}

void
sy_session_probe_async (SySession           *self,
                        const char          *address,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (SyUrl) url = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, sy_session_probe_async);

  url = sy_target_url_parse (address, &error);
  if (url == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_task_set_task_data (task, sy_url_ref (url), (GDestroyNotify) sy_url_unref);
  sy_http_fetch_async (url, sy_session_get_clock (self), NULL, cancellable, fetch_cb, g_steal_pointer (&task));
}

SyProbe *
sy_session_probe_finish (SySession     *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
