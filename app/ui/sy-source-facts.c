/* sy-source-facts.c: the state of a source, in words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-source-facts.h"

#include <glib/gi18n.h>

#include "sy-error.h"
#include "sy-format.h"
#include "sy-otlp-source.h"
#include "sy-replay-source.h"
#include "sy-text.h"

#define SILENT_US (10 * SY_USEC_PER_SEC)

/* What a person needs to know first; the engine's own message follows it. */
static const struct {
  int         code;
  const char *heading;
} headings[] = {
  { SY_ERROR_INVALID, N_("This address cannot be used") },
  { SY_ERROR_RESOLVE, N_("The host is not known") },
  { SY_ERROR_CONNECT, N_("Nobody answers at this address") },
  { SY_ERROR_CONNECT_TIMEOUT, N_("The host does not answer") },
  { SY_ERROR_DEADLINE, N_("The answer took too long") },
  { SY_ERROR_TRUNCATED, N_("The answer broke off") },
  { SY_ERROR_RESET, N_("The backend closed the connection") },
  { SY_ERROR_TLS, N_("The connection is not secure") },
  { SY_ERROR_TLS_PIN, N_("The backend shows another certificate") },
  { SY_ERROR_CREDENTIAL, N_("The credential would be readable on the way") },
  { SY_ERROR_HTTP_STATUS, N_("The backend answered with an error") },
  { SY_ERROR_REDIRECT_BLOCKED, N_("The backend points to another address") },
  { SY_ERROR_PROTOCOL, N_("The answer breaks the protocol") },
  { SY_ERROR_HEADERS_TOO_LARGE, N_("The answer is too large") },
  { SY_ERROR_BODY_TOO_LARGE, N_("The answer is too large") },
  { SY_ERROR_UNSUPPORTED_ENCODING, N_("The answer is encoded in an unknown way") },
  { SY_ERROR_DECODE, N_("The answer is damaged") },
  { SY_ERROR_FORMAT, N_("The answer holds no metrics") },
  { SY_ERROR_EMPTY, N_("The answer is empty") },
  { SY_ERROR_PARSE, N_("The metrics cannot be read") },
  { SY_ERROR_SAMPLE_LIMIT, N_("There are too many metrics") },
  { SY_ERROR_LABEL_LIMIT, N_("The metrics have too many labels") },
  { SY_ERROR_CARDINALITY, N_("There are too many metrics") },
  { SY_ERROR_STUCK, N_("Reading this backend has stopped") },
  { SY_ERROR_OVERRUN, N_("The backend answers more slowly than it is asked") },
  { SY_ERROR_FLOOD, N_("The backend sends more than can be read") },
  { SY_ERROR_DAMAGED, N_("The recording is damaged here") },
  { SY_ERROR_STORAGE, N_("The recording cannot be read further") },
  { SY_ERROR_QUERY, N_("The Prometheus server refused the query") },
  { SY_ERROR_SILENT, N_("The backend pushes nothing") },
  { SY_ERROR_LISTEN, N_("The port cannot be listened to") },
  { SY_ERROR_NOT_RUNNING, N_("Steelyard was not running") },
};

const char *
sy_error_code_get_heading (int code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (headings); i++)
    if (headings[i].code == code)
      return _(headings[i].heading);

  return _("The backend cannot be read");
}

void
sy_source_facts_init (SySourceFacts *self,
                      SySource      *source)
{
  const GError *error = sy_source_get_error (source);

  *self = (SySourceFacts) {
    .state = sy_source_get_state (source),
    .now_us = sy_clock_get_monotonic (sy_source_get_clock (source)),
    .stale_us = sy_source_get_stale_time (source),
    .last_success_us = sy_source_get_last_success (source),
    .next_try_us = sy_source_get_next_try (source),
    .failing_since_us = sy_source_get_failing_since (source),
    .warning = sy_source_get_warning (source),
  };

  self->pushes = SY_IS_OTLP_SOURCE (source);
  self->recorded = SY_IS_REPLAY_SOURCE (source);
  self->ended = self->recorded && self->state == SY_SOURCE_STOPPED && self->last_success_us != 0;
  if (self->ended)
    self->state = SY_SOURCE_LIVE;

  if (error != NULL)
    {
      self->code = error->domain == SY_ERROR ? error->code : SY_ERROR_FAILED;
      self->message = error->message;
    }
}

gboolean
sy_source_facts_is_stale (const SySourceFacts *self)
{
  return self->state == SY_SOURCE_LIVE && self->last_success_us != 0 &&
         self->now_us - self->last_success_us > self->stale_us;
}

gboolean
sy_source_facts_is_failing (const SySourceFacts *self)
{
  return self->state == SY_SOURCE_RETRYING ||
         self->state == SY_SOURCE_BLOCKED ||
         self->state == SY_SOURCE_STUCK;
}

/* Whoever is polled has a next try; what pushes or is recorded has none, and is no
 * connection that could have been forgotten. */
gboolean
sy_source_facts_is_silent (const SySourceFacts *self)
{
  return self->state == SY_SOURCE_LIVE && self->next_try_us == 0 && self->last_success_us != 0 &&
         !self->recorded && !self->pushes &&
         self->now_us - self->last_success_us > SILENT_US;
}

char *
sy_source_facts_dup_status (const SySourceFacts *self)
{
  if (sy_source_facts_is_stale (self) ||
      (sy_source_facts_is_failing (self) && self->last_success_us != 0))
    {
      g_autofree char *age = sy_format_age (self->now_us - self->last_success_us);

      /* Translators: %s is a duration, "7 s" */
      return g_strdup_printf (_("last sample %s ago"), age);
    }

  if (self->ended)
    /* Translators: the state of a backend in a recording, after its last answer */
    return g_strdup (_("end of the recording"));

  switch (self->state)
    {
    case SY_SOURCE_STOPPED:
      /* Translators: the state of a backend that is not asked for metrics */
      return g_strdup (_("stopped"));
    case SY_SOURCE_CONNECTING:
      return g_strdup (_("connecting…"));
    case SY_SOURCE_LIVE:
      /* Translators: the state of a backend that answers as it should, or did */
      return g_strdup (self->recorded ? _("recorded") : _("live"));
    case SY_SOURCE_RETRYING:
      return g_strdup (_("no sample yet"));
    case SY_SOURCE_BLOCKED:
      return g_strdup (self->recorded ? _("cannot be read further") : _("waiting for you"));
    case SY_SOURCE_STUCK:
    default:
      return g_strdup (_("not answering"));
    }
}

char *
sy_source_facts_dup_problem (const SySourceFacts *self)
{
  if (sy_source_facts_is_silent (self))
    return g_strdup (_("The backend has said nothing for a while"));

  if (!sy_source_facts_is_failing (self))
    return NULL;

  if (self->state == SY_SOURCE_STUCK)
    return g_strdup (sy_error_code_get_heading (SY_ERROR_STUCK));

  return g_strdup (sy_error_code_get_heading (self->code));
}

char *
sy_source_facts_dup_schedule (const SySourceFacts *self)
{
  g_autofree char *since = NULL;
  g_autofree char *wait = NULL;

  if (self->failing_since_us != 0)
    {
      g_autofree char *time = sy_format_time_of_day (self->failing_since_us);

      /* Translators: %s is a time of day */
      since = g_strdup_printf (_("Since %s"), time);
    }

  if (self->recorded)
    return since != NULL ? g_steal_pointer (&since) : g_strdup ("");

  if (self->next_try_us == 0 && (self->state == SY_SOURCE_RETRYING || self->state == SY_SOURCE_LIVE))
    /* A stream that is connected, but says nothing, or nothing of use. */
    wait = g_strdup (_("waiting for what it says next"));
  else if (self->next_try_us == 0)
    wait = g_strdup (_("not trying again by itself"));
  else if (self->next_try_us - self->now_us < SY_USEC_PER_SEC)
    wait = g_strdup (_("trying now"));
  else
    {
      g_autofree char *span = sy_format_age (self->next_try_us - self->now_us);

      /* Translators: %s is a duration, "4 s" */
      wait = g_strdup_printf (_("next try in %s"), span);
    }

  if (since == NULL)
    return g_steal_pointer (&wait);

  /* Translators: "Since 10:32:05 · next try in 4 s" */
  return g_strdup_printf (_("%1$s · %2$s"), since, wait);
}

char *
sy_source_facts_dup_warning (const SySourceFacts *self)
{
  g_autofree char *safe = NULL;

  if (self->warning == NULL || sy_source_facts_is_failing (self))
    return NULL;

  safe = sy_display_text (self->warning, -1, SY_DISPLAY_TEXT_MAX);
  /* Translators: what a server warns of, in its own words: "Warning: store is slow" */
  return g_strdup_printf (_("Warning: %s"), safe);
}
