/* sy-compare-report.c: the verdict of steelyard-cli compare
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A comparison asks for no costs and priorities, so "cost" and "decision" are not in
 * it; what was measured is all there. `report` of a recording has them.
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include "sy-compare-report.h"

#include <math.h>

#include "sy-decision-calls.h"
#include "sy-decision-json.h"
#include "sy-json-writer.h"
#include "sy-sequence.h"
#include "sy-text.h"
#include "sy-verdict-json.h"
#include "sy-verdict-words.h"
#include "sy-weighing-evidence.h"

#define SCHEMA "steelyard.decision/1"
#define STATEMENT "Compares the two deployments measured here. It is not a statement about languages or runtimes as such."
#define METHOD "normal-mixture confidence sequence on paired per-window log ratios, AR(1) inflated"

static const char *const letters[] = { "A", "B" };

/* The pairs that were compared, and what is computed of them alone. */
typedef struct
{
  double    *ratios;   /* (owned) (nullable): the logarithm of each */
  guint      n;
  SySequence sequence;
} Pairs;

/* The moment as ISO 8601 in UTC. NULL: of a damaged recording it may be none that
 * calendars have. (transfer full) (nullable) */
static char *
format_time (gint64 wall_us)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (wall_us / G_USEC_PER_SEC);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : NULL;
}

static void
write_pair (SyJsonWriter *w,
            const char   *key,
            const double *values)
{
  sy_json_writer_key (w, key);
  sy_json_writer_begin_object (w);
  for (guint i = 0; i < 2; i++)
    sy_json_writer_member_double (w, letters[i], values[i]);
  sy_json_writer_end_object (w);
}

static void
write_alternatives (SyJsonWriter *w,
                    SyWeighing   *weighing,
                    GPtrArray    *shown)
{
  sy_json_writer_key (w, "alternatives");
  sy_json_writer_begin_array (w);
  for (guint i = 0; i < 2; i++)
    {
      SyBackend *backend = sy_weighing_get_backend (weighing, i);

      sy_json_writer_begin_object (w);
      sy_json_writer_member_string (w, "id", letters[i]);
      sy_json_writer_member_string (w, "label", sy_backend_get_name (backend));
      sy_json_writer_member_string (w, "target", sy_url_get_redacted (sy_source_get_url (sy_backend_get_source (backend))));
      sy_json_writer_key (w, "evidence");
      sy_json_writer_begin_array (w);
      sy_json_writer_string (w, "e1");
      for (guint k = 0; k < shown->len; k++)
        sy_json_writer_string (w, ((const SyEvidence *) g_ptr_array_index (shown, k))->id);
      sy_json_writer_end_array (w);
      sy_json_writer_end_object (w);
    }
  sy_json_writer_end_array (w);
}

static void
write_question (SyJsonWriter       *w,
                const SyCompareRun *run)
{
  sy_json_writer_key (w, "question");
  sy_json_writer_begin_object (w);
  sy_json_writer_member_string (w, "load", run->load);
  if (run->load != NULL && run->rate > 0)
    sy_json_writer_member_double (w, "rate", run->rate);
  sy_json_writer_end_object (w);
}

/* All pieces but the first. @shown: as sy_weighing_dup_evidence(). */
static void
write_shown (SyJsonWriter *w,
             GPtrArray    *shown,
             const char   *from,
             const char   *to,
             double        alpha)
{
  for (guint i = 0; i < shown->len; i++)
    {
      SyEvidence *evidence = g_ptr_array_index (shown, i);

      evidence->from = g_strdup (from);
      evidence->to = g_strdup (to);
      sy_evidence_write_json (evidence, alpha, w);
    }
}

/* As its own answer has it, so that who computes it again finds the same bits. */
static void
write_interval (SyJsonWriter    *w,
                const SyVerdict *verdict,
                const Pairs     *pairs)
{
  const gboolean known = !isnan (verdict->time.low);

  sy_json_writer_key (w, "interval");
  sy_json_writer_begin_object (w);
  sy_json_writer_member_interval (w, "log_ratio", known ? pairs->sequence.low : (double) NAN, known ? pairs->sequence.high : (double) NAN);
  sy_json_writer_member_string (w, "method", METHOD);
  sy_json_writer_member_double (w, "alpha", verdict->alpha);
  sy_json_writer_member_bool (w, "anytime_valid", TRUE);
  sy_json_writer_end_object (w);
}

static void
write_evidence (SyJsonWriter       *w,
                const SyVerdict    *verdict,
                const Pairs        *pairs,
                GPtrArray          *shown,
                const SyCompareRun *run)
{
  g_autofree char *from = format_time (run->from_us);
  g_autofree char *to = format_time (run->to_us);

  sy_json_writer_key (w, "evidence");
  sy_json_writer_begin_array (w);
  sy_json_writer_begin_object (w);
  sy_json_writer_member_string (w, "id", "e1");
  sy_json_writer_member_string (w, "cls", "MEASURED");
  sy_json_writer_member_string (w, "what", verdict->time.what);
  sy_json_writer_member_int (w, "windows", verdict->time.n_windows);
  sy_json_writer_member_double (w, "minutes", verdict->minutes);
  sy_json_writer_member_string (w, "from_", from);
  sy_json_writer_member_string (w, "to", to);
  write_pair (w, "requests", verdict->requests);
  write_pair (w, "value", verdict->time.value);
  sy_json_writer_member_string (w, "unit", verdict->time.unit);
  write_pair (w, "cpu_seconds_per_request", verdict->cpu_per_request);
  write_interval (w, verdict, pairs);
  sy_json_writer_end_object (w);
  write_shown (w, shown, from, to, verdict->alpha);
  sy_json_writer_end_array (w);
}

static void
write_gates (SyJsonWriter    *w,
             const SyVerdict *verdict)
{
  sy_json_writer_key (w, "gates");
  sy_json_writer_begin_array (w);
  for (guint i = 0; i < verdict->gates->len; i++)
    sy_gate_write_json (g_ptr_array_index (verdict->gates, i), w);
  sy_json_writer_end_array (w);
}

static void
write_measured_verdict (SyJsonWriter    *w,
                        const SyVerdict *verdict)
{
  sy_json_writer_key (w, "measured_verdict");
  sy_json_writer_begin_object (w);
  sy_json_writer_member_string (w, "state", sy_verdict_state_code (verdict->state));
  sy_json_writer_member_string (w, "detail", sy_verdict_state_nick (verdict->state));
  sy_json_writer_member_string (w, "metric", "e1");
  sy_effect_write_json (&verdict->time, "effect", w);
  sy_effect_write_json (&verdict->load, "at_equal_load", w);
  sy_json_writer_member_double (w, "min_effect", verdict->min_effect);
  sy_json_writer_member_int (w, "more_windows", verdict->more_windows);
  sy_json_writer_member_strings (w, "reasons", verdict->reasons);
  sy_json_writer_member_strings (w, "against", verdict->against);
  sy_json_writer_member_string (w, "would_change", verdict->would_change);
  sy_json_writer_end_object (w);
}

static void
write_verdict (SyJsonWriter    *w,
               const SyVerdict *verdict)
{
  g_autofree char *headline = sy_verdict_headline (verdict, "A", "B");

  sy_json_writer_key (w, "verdict");
  sy_json_writer_begin_object (w);
  sy_json_writer_member_string (w, "state", sy_verdict_state_code (verdict->state));
  sy_json_writer_member_string (w, "headline", headline);
  sy_json_writer_member_strings (w, "because", verdict->reasons);
  sy_json_writer_end_object (w);
}

static void
write_traps (SyJsonWriter *w,
             SyWeighing   *weighing)
{
  sy_json_writer_key (w, "traps");
  sy_json_writer_begin_array (w);
  for (guint side = 0; side < 2; side++)
    {
      const GPtrArray *traps = sy_backend_get_traps (sy_weighing_get_backend (weighing, side));

      for (guint i = 0; i < traps->len; i++)
        {
          const SyTrap *trap = g_ptr_array_index (traps, i);

          sy_json_writer_begin_object (w);
          sy_json_writer_member_string (w, "backend", letters[side]);
          sy_json_writer_member_string (w, "code", trap->code);
          sy_json_writer_member_string (w, "metric", trap->metric);
          sy_json_writer_member_string (w, "message", trap->message);
          sy_json_writer_member_string (w, "fix", trap->fix);
          sy_json_writer_end_object (w);
        }
    }
  sy_json_writer_end_array (w);
}

/* The pairs of windows that were compared, as far as the verdict knows of them, and
 * what was computed of them: anybody can do it again. */
static void
write_reproduce (SyJsonWriter    *w,
                 const SyVerdict *verdict,
                 const Pairs     *pairs)
{
  g_autoptr (JsonArray) calls = sy_sequence_make_calls (pairs->ratios, pairs->n, verdict->alpha);

  sy_calls_write_json (calls, w);
}

char *
sy_compare_report_to_json (SyWeighing         *weighing,
                           const SyCompareRun *run)
{
  const SyVerdict *verdict = sy_weighing_get_verdict (weighing);
  g_autoptr (SyJsonWriter) w = sy_json_writer_new ();
  g_autoptr (GPtrArray) shown = sy_weighing_dup_evidence (weighing, 2);
  g_autofree char *generated = format_time (run->to_us);
  Pairs pairs;

  pairs.ratios = sy_weighing_dup_log_ratios (weighing, &pairs.n);
  pairs.n = MIN (pairs.n, verdict->time.n_windows);
  sy_sequence_mean (pairs.ratios, pairs.n, verdict->alpha, &pairs.sequence);

  sy_json_writer_begin_object (w);
  sy_json_writer_member_string (w, "schema", SCHEMA);
  sy_json_writer_member_string (w, "generated", generated);
  sy_json_writer_member_string (w, "tool", "steelyard " PACKAGE_VERSION);
  sy_json_writer_member_string (w, "statement", STATEMENT);
  write_question (w, run);
  write_alternatives (w, weighing, shown);
  write_evidence (w, verdict, &pairs, shown, run);
  write_gates (w, verdict);
  write_measured_verdict (w, verdict);
  write_verdict (w, verdict);
  write_traps (w, weighing);
  write_reproduce (w, verdict, &pairs);
  sy_json_writer_end_object (w);
  g_free (pairs.ratios);

  return sy_json_writer_finish (w);
}

static void
add_line (GString    *text,
          const char *mark,
          const char *line)
{
  g_autofree char *safe = sy_tty_escape (line, -1);

  g_string_append_printf (text, "\n%s%s", mark, safe);
}

char *
sy_compare_report_to_text (SyWeighing         *weighing,
                           const SyCompareRun *run)
{
  const SyVerdict *verdict = sy_weighing_get_verdict (weighing);
  g_autofree char *headline = sy_verdict_headline (verdict, "A", "B");
  g_autofree char *first = g_strdup_printf ("verdict: %s", sy_verdict_state_label (verdict->state));
  GString *text = g_string_new (first);

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *line = g_strdup_printf ("%s is %s", letters[i], sy_backend_get_name (sy_weighing_get_backend (weighing, i)));

      add_line (text, "", line);
    }

  add_line (text, "", headline);
  for (guint i = 0; i < verdict->reasons->len; i++)
    add_line (text, "  because: ", g_ptr_array_index (verdict->reasons, i));
  for (guint i = 0; i < verdict->against->len; i++)
    add_line (text, "  against: ", g_ptr_array_index (verdict->against, i));
  if (verdict->would_change != NULL)
    add_line (text, "  would change it: ", verdict->would_change);

  return g_string_free (text, FALSE);
}

void
sy_compare_answer_fill (SyCompareAnswer    *self,
                        SyWeighing         *weighing,
                        const SyCompareRun *run)
{
  self->verdict = sy_verdict_copy (sy_weighing_get_verdict (weighing));
  self->text = sy_compare_report_to_text (weighing, run);
  self->json = sy_compare_report_to_json (weighing, run);
}

void
sy_compare_answer_clear (SyCompareAnswer *self)
{
  g_clear_pointer (&self->verdict, sy_verdict_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->json, g_free);
}
