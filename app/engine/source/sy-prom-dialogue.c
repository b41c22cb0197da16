/* sy-prom-dialogue.c: what to ask a Prometheus server next
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Clocks differ, so points are placed by the server's time of an answer that
 * came just now, not by our wall clock. The past ends where the first answer
 * about the present begins: the owner gets everything in the order of time.
 *
 * That there is no metadata, or that the past cannot be read, is a warning and
 * no failure.
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-prom-dialogue.h"

#include <math.h>
#include <string.h>

#include "sy-error.h"
#include "sy-prom-request.h"
#include "sy-text.h"

#define DISCOVER_AGAIN_US (5 * 60 * SY_USEC_PER_SEC)
#define PAST_POINTS 720
#define SAMPLES_WINDOW "5m"
#define DEFAULT_SPACING_US (15 * SY_USEC_PER_SEC)
#define WARNING_CHARS 200

typedef enum {
  STAGE_SERIES,
  STAGE_METADATA,
  STAGE_SAMPLES,
  STAGE_PAST,
  STAGE_NOW,
} Stage;

struct _SyPromDialogue
{
  SyPromTarget   *target;    /* (owned) */
  SyClock        *clock;     /* (owned) */

  Stage           stage;
  SyPromAnswer   *series;    /* (owned) (nullable): while discovering */
  SyPromAnswer   *metadata;  /* (owned) (nullable): while discovering */
  char           *question;  /* (owned) (nullable): the owner's, joined */
  gint64          discover_us; /* monotonic: when to look for series again */
  gint64          epoch_us;  /* monotonic time when the server's clock read 0 */
  gint64          told_us;   /* monotonic: everything before was told to the owner; 0: nothing was */
  gboolean        has_failed;
  char           *past_warning; /* (owned) (nullable): why there is no past */
  char           *warning;   /* (owned) (nullable): of the last answers */
};

SyPromDialogue *
sy_prom_dialogue_new (SyPromTarget *target,
                      SyClock      *clock)
{
  SyPromDialogue *self = g_new0 (SyPromDialogue, 1);

  self->target = sy_prom_target_ref (target);
  self->clock = g_object_ref (clock);

  return self;
}

void
sy_prom_dialogue_free (SyPromDialogue *self)
{
  sy_prom_target_unref (self->target);
  g_object_unref (self->clock);
  g_clear_pointer (&self->series, sy_prom_answer_unref);
  g_clear_pointer (&self->metadata, sy_prom_answer_unref);
  g_free (self->question);
  g_free (self->past_warning);
  g_free (self->warning);
  g_free (self);
}

/* --- Asking --- */

/* The series whose samples tell how often the backend is scraped: `up`, which
 * Prometheus itself writes, or the first there is. */
static const SyPromSeries *
choose_sample_series (const SyPromAnswer *series)
{
  guint n;
  const SyPromSeries *all = sy_prom_answer_get_series (series, &n);

  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (sy_prom_series_get_label (&all[i], "__name__"), "up") == 0)
      return &all[i];

  return &all[0];
}

static void
add_seconds (GString    *form,
             const char *name,
             gint64      us)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT ".%03d", us / SY_USEC_PER_SEC,
                                           (int) (us % SY_USEC_PER_SEC / SY_USEC_PER_MSEC));

  sy_prom_request_add (form, name, text);
}

/* From what was told last, or the whole past, to the server's now; on multiples
 * of the step, so that asking again gives the same points. */
static void
add_range (SyPromDialogue *self,
           GString        *form,
           gint64          interval_us)
{
  const gint64 end_us = sy_clock_get_monotonic (self->clock) - self->epoch_us;
  const gint64 told_us = self->told_us > 0 ? self->told_us - self->epoch_us + 1 : 0;
  const gint64 begin_us = MAX (end_us - self->target->past_us, told_us);
  const gint64 step_us = sy_prom_choose_step (MAX (end_us - begin_us, 0), interval_us, PAST_POINTS);
  const gint64 start_us = MIN ((begin_us + step_us - 1) / step_us * step_us, end_us);

  add_seconds (form, "start", start_us);
  add_seconds (form, "end", end_us);
  add_seconds (form, "step", step_us);
}

static const char *
fill_form (SyPromDialogue *self,
           GString        *form,
           gint64          interval_us)
{
  g_autofree char *text = NULL;

  switch (self->stage)
    {
    case STAGE_SERIES:
      text = g_strdup_printf ("{%s}", self->target->matchers);
      sy_prom_request_add (form, "query", text);
      return "query";

    case STAGE_METADATA:
      return "metadata";

    case STAGE_SAMPLES:
      {
        g_autofree char *selector = sy_prom_selector_of_series (choose_sample_series (self->series));

        text = g_strconcat (selector, "[" SAMPLES_WINDOW "]", NULL);
        sy_prom_request_add (form, "query", text);
        return "query";
      }

    case STAGE_PAST:
      sy_prom_request_add (form, "query", self->question);
      add_range (self, form, interval_us);
      return "query_range";

    case STAGE_NOW:
    default:
      sy_prom_request_add (form, "query", self->question);
      return "query";
    }
}

static gboolean
has_untold_past (SyPromDialogue *self,
                 gint64          interval_us)
{
  const gint64 now_us = sy_clock_get_monotonic (self->clock);

  if (self->target->past_us == 0)
    return FALSE;

  return self->told_us == 0 || (self->has_failed && now_us - self->told_us > 2 * interval_us);
}

static gboolean
must_discover (SyPromDialogue *self)
{
  const SyPromTarget *target = self->target;

  return sy_clock_get_monotonic (self->clock) >= self->discover_us
         || (target->is_stale != NULL && target->is_stale (target->plan_data));
}

SoupMessage *
sy_prom_dialogue_ask (SyPromDialogue *self,
                      const SyAccess *access,
                      gint64          interval_us,
                      gint64          deadline_us)
{
  g_autoptr (GString) form = g_string_new (NULL);
  const char *path;

  if (self->stage == STAGE_NOW && must_discover (self))
    self->stage = STAGE_SERIES;
  if (self->stage == STAGE_PAST && !has_untold_past (self, interval_us))
    self->stage = STAGE_NOW;
  else if (self->stage == STAGE_NOW && self->has_failed && has_untold_past (self, interval_us))
    self->stage = STAGE_PAST;

  path = fill_form (self, form, interval_us);
  if (self->stage != STAGE_METADATA)
    {
      g_autofree char *seconds = g_strdup_printf ("%" G_GINT64_FORMAT "ms", MAX (deadline_us / SY_USEC_PER_MSEC, 1));

      sy_prom_request_add (form, "timeout", seconds);
    }

  return sy_prom_request_new (self->target->server, path, form->str, self->target->tenant, access, deadline_us);
}

/* --- Taking answers --- */

static void
set_warning (char       **warning,
             const char  *what,
             const char  *text)
{
  g_autofree char *shown = sy_display_text (text, -1, WARNING_CHARS);

  g_free (*warning);
  *warning = g_strconcat (what, shown, NULL);
}

static void
note_warnings (SyPromDialogue     *self,
               const SyPromAnswer *answer)
{
  const char * const *warnings = sy_prom_answer_get_warnings (answer);
  g_autofree char *joined = NULL;

  if (warnings[0] != NULL)
    {
      joined = g_strjoinv ("; ", (char **) warnings);
      set_warning (&self->warning, "", joined);
    }
}

/* By the time of the first point: all points of an instant question have the
 * time at which the server read it. */
static void
note_server_time (SyPromDialogue *self,
                  const SyScrape *scrape)
{
  guint n;
  const SyPromSeries *series = sy_prom_answer_get_series (scrape->answer, &n);

  if (n > 0 && series[0].n_points > 0 && fabs (series[0].points[0].time) < 1e11)
    self->epoch_us = scrape->answered_us - (gint64) (series[0].points[0].time * (double) SY_USEC_PER_SEC);
}

/* The median of what is between two samples. */
static gint64
find_spacing (const SyPromAnswer *samples)
{
  guint n, best = 0;
  const SyPromSeries *series = sy_prom_answer_get_series (samples, &n);
  g_autoptr (GArray) gaps = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (n == 0 || series[0].n_points < 2)
    return DEFAULT_SPACING_US;

  for (guint i = 1; i < series[0].n_points; i++)
    {
      gint64 gap_us = (gint64) ((series[0].points[i].time - series[0].points[i - 1].time) * (double) SY_USEC_PER_SEC);

      for (best = 0; best < gaps->len && g_array_index (gaps, gint64, best) < gap_us; best++)
        continue;
      g_array_insert_val (gaps, best, gap_us);
    }

  return MAX (g_array_index (gaps, gint64, gaps->len / 2), SY_USEC_PER_MSEC);
}

static gboolean
make_question (SyPromDialogue  *self,
               SyPromAnswer    *samples,
               GError         **error)
{
  const SyPromDiscovery found = {
    self->series, self->metadata, samples != NULL ? find_spacing (samples) : DEFAULT_SPACING_US
  };
  g_autoptr (GPtrArray) queries = self->target->plan (&found, self->target->plan_data, error);

  g_clear_pointer (&self->series, sy_prom_answer_unref);
  g_clear_pointer (&self->metadata, sy_prom_answer_unref);
  if (queries == NULL)
    return FALSE;

  g_free (self->question);
  self->question = sy_prom_query_join (queries);
  self->discover_us = sy_clock_get_monotonic (self->clock) + DISCOVER_AGAIN_US;
  return TRUE;
}

/* Back to the first question; the owner hears why. */
static gboolean
start_over (SyPromDialogue *self,
            SyScrape       *scrape,
            GError         *error)
{
  g_clear_pointer (&scrape->answer, sy_prom_answer_unref);
  scrape->error = error;
  self->stage = STAGE_SERIES;
  self->has_failed = TRUE;
  return FALSE;
}

static GError *
empty_error (SyPromDialogue *self)
{
  g_autofree char *shown = sy_display_text (self->target->matchers, -1, 120);

  return g_error_new (SY_ERROR, SY_ERROR_EMPTY,
                      "%s: no series match {%s} now: are the labels right, and is the backend scraped?",
                      sy_url_get_redacted (self->target->server), shown);
}

static gboolean
take_series (SyPromDialogue *self,
             SyScrape       *scrape)
{
  guint n;

  sy_prom_answer_get_series (scrape->answer, &n);
  if (sy_prom_answer_get_kind (scrape->answer) != SY_PROM_VECTOR || n == 0)
    return start_over (self, scrape, empty_error (self));

  note_server_time (self, scrape);
  g_clear_pointer (&self->series, sy_prom_answer_unref);
  self->series = g_steal_pointer (&scrape->answer);
  self->stage = STAGE_METADATA;
  return TRUE;
}

static gboolean
take_samples (SyPromDialogue *self,
              SyScrape       *scrape)
{
  g_autoptr (SyPromAnswer) samples = g_steal_pointer (&scrape->answer);
  GError *error = NULL;

  if (!make_question (self, samples, &error))
    return start_over (self, scrape, error);

  self->stage = STAGE_PAST;
  return TRUE;
}

static gboolean
take_now (SyPromDialogue *self,
          SyScrape       *scrape)
{
  guint n;

  sy_prom_answer_get_series (scrape->answer, &n);
  if (sy_prom_answer_get_kind (scrape->answer) == SY_PROM_MATRIX && n > 0)
    return start_over (self, scrape, g_error_new (SY_ERROR, SY_ERROR_FORMAT, "%s: a matrix came for a question about now",
                                                  sy_url_get_redacted (self->target->server)));
  if (n == 0)
    return start_over (self, scrape, empty_error (self));

  note_server_time (self, scrape);
  self->told_us = scrape->answered_us;
  self->has_failed = FALSE;
  return FALSE;
}

static gboolean
take_past (SyPromDialogue *self,
           SyScrape       *scrape)
{
  scrape->is_past = TRUE;
  scrape->epoch_us = self->epoch_us;
  self->told_us = scrape->monotonic_us;
  self->has_failed = FALSE;
  self->stage = STAGE_NOW;
  return TRUE;
}

/* What can be done without. */
static gboolean
take_error (SyPromDialogue *self,
            SyScrape       *scrape)
{
  const gboolean refused = g_error_matches (scrape->error, SY_ERROR, SY_ERROR_HTTP_STATUS)
                           || g_error_matches (scrape->error, SY_ERROR, SY_ERROR_QUERY)
                           || g_error_matches (scrape->error, SY_ERROR, SY_ERROR_FORMAT);
  const gboolean too_much = g_error_matches (scrape->error, SY_ERROR, SY_ERROR_SAMPLE_LIMIT)
                            || g_error_matches (scrape->error, SY_ERROR, SY_ERROR_BODY_TOO_LARGE)
                            || g_error_matches (scrape->error, SY_ERROR, SY_ERROR_DEADLINE)
                            || g_error_matches (scrape->error, SY_ERROR, SY_ERROR_PARSE);

  if (self->stage == STAGE_METADATA && (refused || too_much))
    {
      g_clear_error (&scrape->error);
      self->stage = STAGE_SAMPLES;
      return TRUE;
    }

  if (self->stage == STAGE_PAST && (refused || too_much))
    {
      set_warning (&self->past_warning, "The past could not be read: ", scrape->error->message);
      g_clear_error (&scrape->error);
      self->told_us = scrape->monotonic_us;
      self->has_failed = FALSE;
      self->stage = STAGE_NOW;
      return TRUE;
    }

  /* A question that is refused now was good before: the series have changed. */
  if (self->stage != STAGE_NOW || refused)
    self->stage = STAGE_SERIES;
  self->has_failed = TRUE;
  return FALSE;
}

gboolean
sy_prom_dialogue_take (SyPromDialogue *self,
                       SyScrape       *scrape)
{
  if (self->stage == STAGE_SERIES || self->stage == STAGE_NOW)
    g_clear_pointer (&self->warning, g_free);

  if (scrape->error != NULL)
    return take_error (self, scrape);

  note_warnings (self, scrape->answer);

  switch (self->stage)
    {
    case STAGE_SERIES:
      return take_series (self, scrape);
    case STAGE_METADATA:
      if (sy_prom_answer_get_kind (scrape->answer) == SY_PROM_METADATA)
        self->metadata = g_steal_pointer (&scrape->answer);
      g_clear_pointer (&scrape->answer, sy_prom_answer_unref);
      self->stage = STAGE_SAMPLES;
      return TRUE;
    case STAGE_SAMPLES:
      return take_samples (self, scrape);
    case STAGE_PAST:
      return take_past (self, scrape);
    case STAGE_NOW:
    default:
      return take_now (self, scrape);
    }
}

const char *
sy_prom_dialogue_get_warning (SyPromDialogue *self)
{
  return self->warning != NULL ? self->warning : self->past_warning;
}
