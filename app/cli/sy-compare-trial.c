/* sy-compare-trial.c: steelyard-cli compare --protocol
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The report is a steelyard.decision/1 with one more member, "load_run": each
 * step, what each backend carries, and each level.
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include "sy-compare-trial.h"

#include <glib-unix.h>
#include <math.h>

#include "sy-command.h"
#include "sy-decision-json.h"
#include "sy-json-writer.h"
#include "sy-live-table.h"
#include "sy-quantile-json.h"
#include "sy-text.h"
#include "sy-verdict-json.h"
#include "sy-verdict-words.h"

#define SCHEMA "steelyard.decision/1"
#define STATEMENT "Compares the two deployments measured here. It is not a statement about languages or runtimes as such."

static const char *const letters[] = { "A", "B" };

static const char *const limits[] = {
  [SY_LOAD_HOLDS] = "holds",       [SY_LOAD_ABORTED] = "aborted",   [SY_LOAD_FAILS] = "errors",
  [SY_LOAD_FALLS_SHORT] = "falls-short", [SY_LOAD_TOO_SLOW] = "too-slow", [SY_LOAD_QUEUES] = "queues",
  [SY_LOAD_UNSEEN] = "generator-late",
  [SY_LOAD_DISTURBED] = "disturbed",
};

static void
write_step (SyJsonWriter     *w,
            const SyLoadStep *step)
{
  sy_json_writer_begin_object (w);
  sy_json_writer_member_string (w, "phase", step->phase == SY_LOAD_RAMP ? "ramp" : "block");
  sy_json_writer_member_string (w, "backend", letters[step->side]);
  if (step->phase == SY_LOAD_BLOCK)
    {
      sy_json_writer_member_int (w, "level", step->level);
      sy_json_writer_member_int (w, "pair", step->pair);
    }
  sy_json_writer_member_int (w, "attempt", step->attempt);
  sy_json_writer_member_double (w, "rate", step->rate);
  sy_json_writer_member_double (w, "throughput", step->throughput);
  sy_json_writer_member_double (w, "error_share", step->error_share);
  sy_json_writer_member_double (w, "in_flight", step->in_flight);
  sy_json_writer_member_double (w, "p50", step->p50);
  sy_json_writer_member_double (w, "p95", step->p95);
  sy_json_writer_member_double (w, "p99", step->p99);
  sy_json_writer_member_double (w, "p999", step->p999);
  sy_quantile_write_json (&step->server.p50, "server_p50", w);
  sy_quantile_write_json (&step->server.p99, "server_p99", w);
  sy_json_writer_member_double (w, "server_in_flight", step->server.in_flight);
  sy_json_writer_member_double (w, "cpu_cores", step->server.cpu_cores);
  sy_json_writer_member_double (w, "late_p99", step->late_p99);
  sy_json_writer_member_double (w, "generator_cpu", step->generator_cpu);
  sy_json_writer_member_double (w, "foreign_cores", step->foreign_cores);
  sy_json_writer_member_bool (w, "generator_limited", step->generator_limited);
  sy_json_writer_member_bool (w, "disturbed", step->disturbed);
  sy_json_writer_member_string (w, "limit", limits[step->limit]);
  sy_json_writer_end_object (w);
}

static void
write_levels (SyJsonWriter           *w,
              const SyLoadConclusion *conclusion)
{
  sy_json_writer_key (w, "levels");
  sy_json_writer_begin_array (w);
  for (guint i = 0; i < conclusion->n_levels; i++)
    {
      const SyLoadLevel *level = &conclusion->levels[i];

      sy_json_writer_begin_object (w);
      sy_json_writer_member_double (w, "share", level->share);
      sy_json_writer_member_double (w, "rate", level->rate);
      sy_json_writer_member_string (w, "what", level->effect.what);
      sy_json_writer_member_int (w, "pairs", level->effect.n_windows);
      sy_json_writer_member_string (w, "state", sy_verdict_state_code (level->effect.state));
      sy_json_writer_member_double (w, "ratio", level->effect.ratio);
      sy_json_writer_member_interval (w, "interval", level->effect.low, level->effect.high);
      sy_json_writer_member_double (w, "A", level->effect.value[0]);
      sy_json_writer_member_double (w, "B", level->effect.value[1]);
      sy_json_writer_end_object (w);
    }
  sy_json_writer_end_array (w);
}

static void
write_capacities (SyJsonWriter   *w,
                  SyLoadProtocol *protocol,
                  guint           n)
{
  sy_json_writer_key (w, "capacity");
  sy_json_writer_begin_object (w);
  for (guint i = 0; i < n; i++)
    {
      const SyLoadCapacity capacity = sy_load_protocol_get_capacity (protocol, i);

      sy_json_writer_key (w, letters[i]);
      sy_json_writer_begin_object (w);
      sy_json_writer_member_string (w, "state", sy_capacity_state_nick (capacity.state));
      sy_json_writer_member_double (w, "low", capacity.low);
      sy_json_writer_member_double (w, "high", capacity.high);
      sy_json_writer_member_string (w, "limit", limits[sy_load_protocol_get_limit (protocol, i)]);
      sy_json_writer_end_object (w);
    }
  sy_json_writer_end_object (w);
}

static void
write_load_run (SyJsonWriter           *w,
                SyLoadTrial            *trial,
                const SyLoadConclusion *conclusion)
{
  SyLoadProtocol *protocol = sy_load_trial_get_protocol (trial);
  const GPtrArray *steps = sy_load_protocol_get_steps (protocol);

  sy_json_writer_key (w, "load_run");
  sy_json_writer_begin_object (w);
  sy_json_writer_member_string (w, "basis", sy_load_trial_get_basis (trial) == SY_TRIAL_EQUAL_TIME ? "equal-time" : "equal-work");
  sy_json_writer_member_string (w, "method", SY_FIXED_INTERVAL_METHOD);
  sy_json_writer_member_double (w, "noise", conclusion->noise);
  sy_json_writer_member_int (w, "disturbed_blocks", conclusion->n_disturbed);
  sy_json_writer_member_int (w, "generator_limited_blocks", conclusion->n_limited);
  write_capacities (w, protocol, conclusion->same ? 1 : 2);
  write_levels (w, conclusion);
  sy_json_writer_key (w, "steps");
  sy_json_writer_begin_array (w);
  for (guint i = 0; i < steps->len; i++)
    write_step (w, g_ptr_array_index (steps, i));
  sy_json_writer_end_array (w);
  sy_json_writer_end_object (w);
}

static void
write_alternatives (SyJsonWriter *w,
                    SyLoadTrial  *trial,
                    guint         n)
{
  sy_json_writer_key (w, "alternatives");
  sy_json_writer_begin_array (w);
  for (guint i = 0; i < n; i++)
    {
      SyBackend *backend = sy_load_trial_get_backend (trial, i);

      sy_json_writer_begin_object (w);
      sy_json_writer_member_string (w, "id", letters[i]);
      sy_json_writer_member_string (w, "label", sy_backend_get_name (backend));
      sy_json_writer_member_string (w, "target", sy_url_get_redacted (sy_source_get_url (sy_backend_get_source (backend))));
      sy_json_writer_end_object (w);
    }
  sy_json_writer_end_array (w);
}

static void
write_evidence (SyJsonWriter   *w,
                const SyEffect *effect)
{
  sy_json_writer_key (w, "evidence");
  sy_json_writer_begin_array (w);
  sy_json_writer_begin_object (w);
  sy_json_writer_member_string (w, "id", "e1");
  sy_json_writer_member_string (w, "cls", "MEASURED");
  sy_json_writer_member_string (w, "what", effect->what);
  sy_json_writer_member_int (w, "windows", effect->n_windows);
  sy_json_writer_key (w, "value");
  sy_json_writer_begin_object (w);
  for (guint i = 0; i < 2; i++)
    sy_json_writer_member_double (w, letters[i], effect->value[i]);
  sy_json_writer_end_object (w);
  sy_json_writer_key (w, "interval");
  sy_json_writer_begin_object (w);
  sy_json_writer_member_interval (w, "log_ratio", log (effect->low), log (effect->high));
  sy_json_writer_member_string (w, "method", SY_FIXED_INTERVAL_METHOD);
  sy_json_writer_member_double (w, "alpha", 0.05);
  sy_json_writer_member_bool (w, "anytime_valid", FALSE);
  sy_json_writer_end_object (w);
  sy_json_writer_end_object (w);
  sy_json_writer_end_array (w);
}

static void
write_gates (SyJsonWriter   *w,
             const SyEffect *effect)
{
  const gboolean passed = effect->n_windows >= SY_LOAD_MIN_PAIRS;
  g_autofree char *evidence = g_strdup_printf ("%u of at least %u pairs", effect->n_windows, SY_LOAD_MIN_PAIRS);
  g_autoptr (SyGate) gate =
    sy_gate_new (SY_GATE_FEW, passed ? SY_GATE_PASSED : SY_GATE_WITHHOLD, effect->n_windows, SY_LOAD_MIN_PAIRS,
                 passed ? "There are enough pairs of blocks to say something" : "There are too few pairs of blocks to say anything",
                 evidence);

  sy_json_writer_key (w, "gates");
  sy_json_writer_begin_array (w);
  sy_gate_write_json (gate, w);
  sy_json_writer_end_array (w);
}

static void
write_measured_verdict (SyJsonWriter           *w,
                        const SyLoadConclusion *conclusion)
{
  const SyEffect *effect = &conclusion->levels[conclusion->main].effect;

  sy_json_writer_key (w, "measured_verdict");
  sy_json_writer_begin_object (w);
  sy_json_writer_member_string (w, "state", sy_verdict_state_code (conclusion->state));
  sy_json_writer_member_string (w, "detail", sy_verdict_state_nick (conclusion->state));
  sy_json_writer_member_string (w, "metric", "e1");
  sy_effect_write_json (effect, "effect", w);
  sy_json_writer_member_strings (w, "reasons", conclusion->reasons);
  sy_json_writer_member_strings (w, "against", conclusion->against);
  sy_json_writer_end_object (w);
}

/* (transfer full) */
static char *
to_json (SyLoadTrial            *trial,
         const SyLoadConclusion *conclusion,
         const char             *headline)
{
  const SyEffect *effect = &conclusion->levels[conclusion->main].effect;
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (sy_clock_get_wall (sy_load_trial_get_clock (trial)) / G_USEC_PER_SEC);
  g_autofree char *generated = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  g_autoptr (SyJsonWriter) w = sy_json_writer_new ();

  sy_json_writer_begin_object (w);
  sy_json_writer_member_string (w, "schema", SCHEMA);
  sy_json_writer_member_string (w, "generated", generated);
  sy_json_writer_member_string (w, "tool", "steelyard " PACKAGE_VERSION);
  sy_json_writer_member_string (w, "statement", STATEMENT);
  sy_json_writer_key (w, "question");
  sy_json_writer_begin_object (w);
  sy_json_writer_member_string (w, "load", sy_load_trial_get_workload (trial)->id);
  sy_json_writer_end_object (w);
  write_alternatives (w, trial, conclusion->same ? 1 : 2);
  write_evidence (w, effect);
  write_gates (w, effect);
  write_measured_verdict (w, conclusion);
  write_load_run (w, trial, conclusion);
  sy_json_writer_key (w, "verdict");
  sy_json_writer_begin_object (w);
  sy_json_writer_member_string (w, "state", sy_verdict_state_code (conclusion->state));
  sy_json_writer_member_string (w, "headline", headline);
  sy_json_writer_member_strings (w, "because", conclusion->reasons);
  sy_json_writer_end_object (w);
  sy_json_writer_end_object (w);

  return sy_json_writer_finish (w);
}

static void
add_lines (GString         *text,
           const char      *mark,
           const GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    {
      g_autofree char *safe = sy_tty_escape (g_ptr_array_index (lines, i), -1);

      g_string_append_printf (text, "\n  %s: %s", mark, safe);
    }
}

/* (transfer full) */
static char *
to_text (const SyLoadConclusion *conclusion,
         const char             *headline)
{
  g_autofree char *safe = sy_tty_escape (headline, -1);
  GString *text = g_string_new (safe);

  add_lines (text, "because", conclusion->reasons);
  add_lines (text, "against", conclusion->against);

  return g_string_free (text, FALSE);
}

static void
step_cb (SyLoadTrial *trial)
{
  const GPtrArray *steps = sy_load_protocol_get_steps (sy_load_trial_get_protocol (trial));
  const SyLoadStep *step = g_ptr_array_index (steps, steps->len - 1);

  g_autofree char *p99 = sy_live_table_format_seconds (step->p99);

  g_printerr ("%s %s %g/s: %g answers/s, p99 %s%s%s, %s\n", step->phase == SY_LOAD_RAMP ? "ramp" : "block",
              letters[step->side], step->rate, step->throughput, p99, step->disturbed ? ", disturbed" : "",
              step->generator_limited ? ", generator late" : "", limits[step->limit]);
}

static gboolean
interrupt_cb (gpointer user_data)
{
  sy_load_trial_stop (user_data);
  return G_SOURCE_CONTINUE;
}

int
sy_compare_trial_run (SyLoadTrial    *trial,
                      gboolean        json,
                      SyVerdictState *ret_state)
{
  const char *const names[] = { sy_backend_get_name (sy_load_trial_get_backend (trial, 0)),
                                sy_backend_get_name (sy_load_trial_get_backend (trial, 1)) };
  g_autoptr (SyLoadConclusion) conclusion = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *headline = NULL;
  g_autofree char *output = NULL;
  guint on_int, on_term;

  g_signal_connect (trial, "step", G_CALLBACK (step_cb), NULL);
  if (!sy_load_trial_start (trial, &error))
    return sy_command_fail (SY_EXIT_FAILED, "compare", "load", error->message);

  on_int = g_unix_signal_add (SIGINT, interrupt_cb, trial);
  on_term = g_unix_signal_add (SIGTERM, interrupt_cb, trial);
  while (sy_load_trial_get_state (trial) == SY_TRIAL_RUNNING)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (on_int);
  g_source_remove (on_term);

  if (sy_load_trial_get_state (trial) == SY_TRIAL_FAILED)
    return sy_command_fail (SY_EXIT_FAILED, "compare", "load", sy_load_trial_get_error (trial)->message);
  if (sy_load_trial_get_state (trial) == SY_TRIAL_STOPPED)
    return sy_command_fail (SY_EXIT_FAILED, "compare", "load", "stopped before its end: no verdict");

  conclusion = sy_load_trial_conclude (trial);
  headline = sy_load_conclusion_headline (conclusion, names);
  output = json ? to_json (trial, conclusion, headline) : to_text (conclusion, headline);
  sy_command_print (output);

  *ret_state = conclusion->state;
  if (conclusion->same)
    return isnan (conclusion->noise) ? SY_EXIT_NOT_COMPARABLE : SY_EXIT_OK;

  return conclusion->state == SY_VERDICT_NOT_COMPARABLE || conclusion->state == SY_VERDICT_TOO_EARLY ? SY_EXIT_NOT_COMPARABLE
                                                                                                     : SY_EXIT_OK;
}
