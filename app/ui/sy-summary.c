/* sy-summary.c: what is being compared, in plain sentences
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-summary.h"

#include <glib/gi18n.h>
#include <math.h>

#include "sy-format.h"

/* Loads that differ by more than this do not let latencies be compared. */
#define SAME_LOAD_TOLERANCE 0.10

/* Errors from this share on are worth a remark. */
#define ERRORS_WORTH_A_WORD 0.005

/* Fewer requests than this put less than five beyond the 99th percentile. */
#define MIN_OBSERVATIONS 500

static gboolean
has_p99 (const SySummarySide *side)
{
  return side->reading != NULL && isfinite (side->reading->p99.estimate) && isfinite (side->reading->p99.upper);
}

static gboolean
has_throughput (const SySummarySide *side)
{
  return side->reading != NULL && isfinite (side->reading->throughput);
}

static char *
dup_throughput (const SySummarySide *side)
{
  return sy_format_number (round (side->reading->throughput));
}

/* One side on its own. */
static char *
dup_clause (const SySummarySide *side)
{
  g_autofree char *rate = NULL;
  g_autofree char *p99 = NULL;

  if (!has_throughput (side))
    return g_strdup_printf (side->spoke && side->reading == NULL ? _("%s gives no figures any more") : _("%s gives no figures yet"),
                            side->name);

  rate = dup_throughput (side);

  if (has_p99 (side))
    {
      p99 = sy_format_duration (side->reading->p99.estimate);
      /* Translators: "Orders answers 99 % within 43 ms at 201 requests/s" */
      return g_strdup_printf (_("%1$s answers 99 %% within %2$s at %3$s requests/s"), side->name, p99, rate);
    }

  if (isfinite (side->reading->p99.lower))
    {
      p99 = sy_format_duration (side->reading->p99.lower);
      /* Translators: "Orders needs more than 10 s for one answer in 100 at 201 requests/s" */
      return g_strdup_printf (_("%1$s needs more than %2$s for one answer in 100 at %3$s requests/s"),
                              side->name, p99, rate);
    }

  /* Translators: "Orders answers 201 requests/s" */
  return g_strdup_printf (_("%1$s answers %2$s requests/s"), side->name, rate);
}

static char *
dup_pair (const SySummarySide *a,
          const SySummarySide *b)
{
  g_autofree char *a_p99 = sy_format_duration (a->reading->p99.estimate);
  g_autofree char *b_p99 = sy_format_duration (b->reading->p99.estimate);
  g_autofree char *a_rate = dup_throughput (a);
  g_autofree char *b_rate = dup_throughput (b);

  /* Translators: "Orders answers 99 % within 43 ms, Basket within 221 ms, at 201 and 199 requests/s." */
  return g_strdup_printf (_("%1$s answers 99 %% within %2$s, %3$s within %4$s, at %5$s and %6$s requests/s."),
                          a->name, a_p99, b->name, b_p99, a_rate, b_rate);
}

char *
sy_summary_dup_sentence (const SySummarySide *sides,
                         guint                n)
{
  GString *text;
  gboolean any = FALSE;

  for (guint i = 0; i < n; i++)
    any = any || has_throughput (&sides[i]) || (sides[i].spoke && sides[i].reading == NULL);

  if (!any)
    return g_strdup (_("Waiting for the first figures"));

  if (n == 2 && has_p99 (&sides[0]) && has_p99 (&sides[1]) && has_throughput (&sides[0]) && has_throughput (&sides[1]))
    return dup_pair (&sides[0], &sides[1]);

  text = g_string_new (NULL);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *clause = dup_clause (&sides[i]);

      if (i > 0)
        /* Translators: between two statements about two backends */
        g_string_append (text, _("; "));
      g_string_append (text, clause);
    }
  /* Translators: the end of a sentence */
  g_string_append (text, _("."));

  return g_string_free (text, FALSE);
}

static gboolean
loads_differ (const SySummarySide *sides,
              guint                n)
{
  double low = INFINITY, high = -INFINITY;

  for (guint i = 0; i < n; i++)
    if (has_throughput (&sides[i]))
      {
        low = MIN (low, sides[i].reading->throughput);
        high = MAX (high, sides[i].reading->throughput);
      }

  return high > low && high - low > SAME_LOAD_TOLERANCE * high;
}

static void
append_remarks (GString             *text,
                const SySummarySide *side)
{
  const SyReading *reading = side->reading;

  if (reading == NULL)
    return;

  if (isfinite (reading->error_ratio) && reading->error_ratio >= ERRORS_WORTH_A_WORD)
    {
      g_autofree char *share = sy_format_percent (reading->error_ratio);

      /* Translators: "41 % of the answers of Orders are errors." */
      g_string_append_printf (text, _(" %1$s of the answers of %2$s are errors."), share, side->name);
    }

  if (has_p99 (side) && isfinite (reading->latency_count) && reading->latency_count < MIN_OBSERVATIONS &&
      reading->latency_count >= 1)
    {
      int count = (int) round (reading->latency_count);

      g_string_append_printf (text,
                              ngettext (" The 99 %% of %1$s rest on %2$d request.",
                                        " The 99 %% of %1$s rest on %2$d requests.", (gulong) count),
                              side->name, count);
    }
}

char *
sy_summary_dup_caveat (const SySummarySide *sides,
                       guint                n)
{
  GString *text = g_string_new (NULL);
  gint64 span_us = 0;

  for (guint i = 0; i < n; i++)
    if (sides[i].reading != NULL)
      span_us = MAX (span_us, sides[i].reading->span_us);

  if (span_us > 0)
    {
      int seconds = (int) MAX (1, (span_us + G_USEC_PER_SEC / 2) / G_USEC_PER_SEC);

      g_string_append_printf (text, ngettext ("A snapshot of the last second, not a verdict.",
                                              "A snapshot of the last %d seconds, not a verdict.", (gulong) seconds),
                              seconds);
    }
  else
    g_string_append (text, _("A rate needs two samples."));

  if (n > 1 && loads_differ (sides, n))
    g_string_append (text, _(" They answer different loads, so their latencies do not compare."));

  for (guint i = 0; i < n; i++)
    append_remarks (text, &sides[i]);

  return g_string_free (text, FALSE);
}
