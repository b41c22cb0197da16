/* sy-report-build.c: what a report of a decision says
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The order is that of a decision record: what was decided, on what evidence,
 * with which doubts, and how anybody computes it again. Only members that are
 * known here come into a report; nothing else of a file does.
 */
#define G_LOG_DOMAIN "steelyard-report"

#include "config.h"

#include "sy-report-build.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "sy-error.h"
#include "sy-json.h"
#include "sy-report-source.h"

#define SCHEMA "steelyard.decision/1"
#define MAX_MEMBERS 5000 /* of one list: a page for each hundred */

static const struct {
  const char *code;
  const char *words;
} states[] = {
  { "A_AHEAD", N_("A is ahead") },
  { "B_AHEAD", N_("B is ahead") },
  { "PRACTICALLY_EQUAL", N_("A and B are practically equal") },
  { "NOT_YET", N_("Nothing can be said yet") },
  { "REFUSED", N_("The two cannot be compared as they ran") },
  { "DEPENDS_ON_PRIORITIES", N_("It depends on what matters") },
};

/* In words what the state of @object means, by the detail of @measured where that
 * says more; the word itself when we do not know it. (nullable) */
static char *
dup_state (const SyReportVeil *veil,
           JsonObject         *object,
           JsonObject         *measured)
{
  const char *code = sy_report_word (object, "state");

  if (g_strcmp0 (code, "NOT_YET") == 0 && g_strcmp0 (sy_report_word (measured, "detail"), "too-close") == 0)
    return g_strdup (_("So far too close to call"));

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (code, states[i].code) == 0)
      return g_strdup (_(states[i].words));

  return sy_report_dup_text (veil, object, "state");
}

static void
add_texts (SyReport           *self,
           const SyReportVeil *veil,
           const char         *lead,
           JsonArray          *texts)
{
  SyReportBlock *list;

  if (sy_report_length (texts) == 0)
    return;

  sy_report_add_paragraph (self, lead);
  list = sy_report_add_list (self);
  for (guint i = 0; i < sy_report_length (texts); i++)
    {
      JsonNode *node = json_array_get_element (texts, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        sy_report_block_take (list, sy_report_veil_text (veil, json_node_get_string (node)));
    }
}

/* "Label: text" as an item, or nothing. */
static void
take_labelled (SyReportBlock *list,
               const char    *label,
               char          *text)
{
  g_autofree char *taken = text;

  if (taken != NULL)
    sy_report_block_take (list, g_strdup_printf ("%s: %s", label, taken));
}

static void
add_title (SyReport           *self,
           JsonObject         *decision,
           const SyReportVeil *veil)
{
  JsonArray *sides = sy_report_array (decision, "alternatives");
  g_autofree char *a = sy_report_dup_text (veil, sy_report_element (sides, 0), "label");
  g_autofree char *b = sy_report_dup_text (veil, sy_report_element (sides, 1), "label");
  /* Translators: the labels of two deployments */
  g_autofree char *title = g_strdup_printf (_("Decision: %s or %s"), a != NULL ? a : "A", b != NULL ? b : "B");
  SyReportBlock *list;

  sy_report_add_heading (self, 1, title);
  list = sy_report_add_list (self);
  take_labelled (list, _("Status"), dup_state (veil, sy_report_object (decision, "verdict"),
                                            sy_report_object (decision, "measured_verdict")));
  take_labelled (list, _("Date"), sy_report_dup_moment (veil, decision, "generated", "%F %T UTC"));
  take_labelled (list, _("Written by"), sy_report_dup_text (veil, decision, "tool"));
}

static void
add_question (SyReport           *self,
              JsonObject         *decision,
              const SyReportVeil *veil)
{
  JsonObject *question = sy_report_object (decision, "question");
  JsonObject *target = sy_report_object (question, "target");
  JsonObject *slo = sy_report_object (target, "slo");
  const double peak = sy_report_value (target, "peak_rps");
  const double threshold = sy_report_value (slo, "threshold_s");
  g_autofree char *share = sy_report_number (sy_report_value (slo, "share") * 100);
  g_autofree char *limit = sy_report_number (threshold);
  SyReportBlock *list;

  sy_report_add_heading (self, 2, _("Context"));
  list = sy_report_add_list (self);
  take_labelled (list, _("Use case"), sy_report_dup_text (veil, question, "use_case"));
  take_labelled (list, _("Load"), sy_report_dup_text (veil, question, "load"));
  take_labelled (list, _("Peak, requests a second"), isnan (peak) ? NULL : sy_report_number (peak));
  if (!isnan (threshold))
    /* Translators: a percentage, a number of seconds */
    take_labelled (list, _("Objective"), g_strdup_printf (_("%s %% of requests within %s s"), share, limit));
  sy_report_or_say (self, _("The question was not stated."));
}

static void
add_sides (SyReport           *self,
           JsonObject         *decision,
           const SyReportVeil *veil,
           gboolean            addresses)
{
  const char *const head[] = { _("Side"), _("Deployment"), addresses ? _("Address") : NULL, NULL };
  JsonArray *sides = sy_report_array (decision, "alternatives");
  SyReportBlock *table = sy_report_add_table (self, NULL, head);

  for (guint i = 0; i < sy_report_length (sides); i++)
    {
      JsonObject *side = sy_report_element (sides, i);

      sy_report_block_take (table, sy_report_dup_text (veil, side, "id"));
      sy_report_block_take (table, sy_report_dup_text (veil, side, "label"));
      if (addresses)
        sy_report_block_take (table, sy_report_dup_text (veil, side, "target"));
    }
  sy_report_or_say (self, _("The two sides were not named."));
  {
    g_autofree char *statement = sy_report_dup_text (veil, decision, "statement");

    sy_report_add_paragraph (self, statement);
  }
}

/* The paragraph stands alone where it is copied from, so it begins with the
 * headline; here that was just said. (nullable) */
static const char *
skip_headline (const char *paragraph,
               const char *headline)
{
  if (paragraph == NULL || headline == NULL || !g_str_has_prefix (paragraph, headline))
    return paragraph;

  paragraph += strlen (headline);
  while (*paragraph == ' ')
    paragraph++;
  return *paragraph != '\0' ? paragraph : NULL;
}

/* What the measurement alone says. (transfer full) */
static char *
describe_measured (const char *state,
                   JsonObject *effect)
{
  const double value = sy_report_value (effect, "ratio");
  g_autofree char *ratio = sy_report_number (value);
  g_autofree char *interval = sy_report_interval (sy_report_array (effect, "interval"));

  if (isnan (value))
    /* Translators: a verdict */
    return g_strdup_printf (_("Measured alone: %s. The ratio of A to B is not known."), state);

  /* Translators: a verdict, a ratio, an interval */
  return g_strdup_printf (_("Measured alone: %s. The ratio of A to B is %s, with its interval %s."), state, ratio,
                          interval != NULL ? interval : _("not known"));
}

static void
add_verdict (SyReport           *self,
             JsonObject         *decision,
             const SyReportVeil *veil)
{
  JsonObject *verdict = sy_report_object (decision, "verdict");
  JsonObject *measured = sy_report_object (decision, "measured_verdict");
  JsonObject *effect = sy_report_object (measured, "effect");
  g_autofree char *state = dup_state (veil, verdict, measured);
  g_autofree char *headline = sy_report_dup_text (veil, verdict, "headline");
  g_autofree char *paragraph = sy_report_dup_text (veil, verdict, "paragraph");
  g_autofree char *change = sy_report_dup_text (veil, measured, "would_change");
  g_autofree char *measured_state = dup_state (veil, measured, measured);

  sy_report_add_heading (self, 2, _("Decision"));
  sy_report_add_lead (self, headline != NULL ? headline : state != NULL ? state : _("The decision has no verdict."));
  sy_report_add_paragraph (self, skip_headline (paragraph, headline));
  add_texts (self, veil, _("Because:"), sy_report_array (verdict, "because"));
  add_texts (self, veil, _("Against it:"), sy_report_array (measured, "against"));
  if (change != NULL)
    {
      /* Translators: what would change a verdict */
      g_autofree char *text = g_strdup_printf (_("It would change with this: %s"), change);

      sy_report_add_paragraph (self, text);
    }
  if (measured_state != NULL)
    {
      g_autofree char *text = describe_measured (measured_state, effect);

      sy_report_add_paragraph (self, text);
    }
}

/* Passed, or what the gate does. */
static char *
dup_outcome (JsonObject *gate)
{
  const char *effect = sy_report_word (gate, "effect");

  if (gate != NULL && json_object_has_member (gate, "ok") && json_object_get_boolean_member_with_default (gate, "ok", FALSE))
    return g_strdup (_("passed"));
  if (g_strcmp0 (effect, "refuse") == 0)
    return g_strdup (_("refused"));
  if (g_strcmp0 (effect, "withhold") == 0)
    return g_strdup (_("withheld"));
  if (g_strcmp0 (effect, "notice") == 0)
    return g_strdup (_("notice"));

  return g_strdup (_("not passed"));
}

static void
add_gates (SyReport           *self,
           JsonObject         *decision,
           const SyReportVeil *veil)
{
  const char *const head[] = { _("Gate"), _("Outcome"), _("Value"), _("Limit"), _("What it means"), _("What helps"), NULL };
  JsonArray *gates = sy_report_array (decision, "gates");
  SyReportBlock *table;

  sy_report_add_heading (self, 2, _("Gates and refusals"));
  table = sy_report_add_table (self, NULL, head);
  for (guint i = 0; i < sy_report_length (gates); i++)
    {
      JsonObject *gate = sy_report_element (gates, i);
      const double found = sy_report_value (gate, "value");
      const double value = isnan (found) ? sy_report_value (gate, "age_days") : found;
      const double limit = sy_report_value (gate, "limit");

      sy_report_block_take (table, sy_report_dup_text (veil, gate, "code"));
      sy_report_block_take (table, dup_outcome (gate));
      sy_report_block_take (table, isnan (value) ? NULL : sy_report_number (value));
      sy_report_block_take (table, isnan (limit) ? NULL : sy_report_number (limit));
      sy_report_block_take (table, sy_report_dup_text (veil, gate, "message"));
      sy_report_block_take (table, sy_report_dup_text (veil, gate, "remedy"));
    }
  sy_report_or_say (self, _("No gate was looked at."));
}

static void
add_traps (SyReport           *self,
           JsonObject         *decision,
           const SyReportVeil *veil)
{
  const char *const head[] = { _("Trap"), _("Side"), _("Metric"), _("What it means"), _("What helps"), NULL };
  JsonArray *traps = sy_report_array (decision, "traps");
  SyReportBlock *table;

  sy_report_add_heading (self, 2, _("Traps"));
  table = sy_report_add_table (self, NULL, head);
  for (guint i = 0; i < sy_report_length (traps); i++)
    {
      JsonObject *trap = sy_report_element (traps, i);

      sy_report_block_take (table, sy_report_dup_text (veil, trap, "code"));
      sy_report_block_take (table, sy_report_dup_text (veil, trap, "backend"));
      sy_report_block_take (table, sy_report_dup_text (veil, trap, "metric"));
      sy_report_block_take (table, sy_report_dup_text (veil, trap, "message"));
      sy_report_block_take (table, sy_report_dup_text (veil, trap, "fix"));
    }
  sy_report_or_say (self, traps != NULL ? _("None was found.") : _("The decision does not say whether traps were looked for."));
}

static void
add_method (SyReport           *self,
            JsonObject         *decision,
            const SyReportVeil *veil)
{
  JsonArray *evidence = sy_report_array (decision, "evidence");
  JsonObject *draws = sy_report_object (sy_report_object (decision, "cost"), "monte_carlo");
  JsonObject *reproduce = sy_report_object (decision, "reproduce");
  const double n = sy_report_value (draws, "n");
  const double seed = sy_report_value (draws, "seed");
  SyReportBlock *list;

  sy_report_add_heading (self, 2, _("Method"));
  list = sy_report_add_list (self);
  for (guint i = 0; i < sy_report_length (evidence); i++)
    {
      JsonObject *interval = sy_report_object (sy_report_element (evidence, i), "interval");
      g_autofree char *id = sy_report_dup_text (veil, sy_report_element (evidence, i), "id");
      /* Translators: the name of a piece of evidence */
      g_autofree char *label = g_strdup_printf (_("Interval of %s"), id != NULL ? id : "");

      take_labelled (list, label, sy_report_dup_text (veil, interval, "method"));
    }
  take_labelled (list, _("Weighing"), sy_report_dup_text (veil, sy_report_object (decision, "decision"), "method"));
  if (!isnan (n) && !isnan (seed))
    /* Translators: the number of draws, the seed of chance */
    take_labelled (list, _("Doubt about cost"), g_strdup_printf (_("%.0f draws with seed %.0f"), n, seed));
  take_labelled (list, _("Schema"), g_strdup (SCHEMA));
  take_labelled (list, _("SHA-256 of the inputs"), sy_report_dup_text (veil, reproduce, "inputs_sha256"));
  take_labelled (list, _("Checked against"), sy_report_dup_text (veil, reproduce, "vectors"));
}

JsonParser *
sy_report_parse (const char  *json,
                 gsize        length,
                 GError     **error)
{
  SyJsonLimits limits = SY_JSON_LIMITS_DEFAULT;
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonNode *root;
  const char *schema;

  limits.max_members = MAX_MEMBERS;
  if (!sy_json_check (json, length, &limits, error) || !json_parser_load_from_data (parser, json, (gssize) length, error))
    return NULL;

  root = json_parser_get_root (parser);
  schema = JSON_NODE_HOLDS_OBJECT (root) ? sy_report_word (json_node_get_object (root), "schema") : NULL;
  if (g_strcmp0 (schema, SCHEMA) == 0)
    return g_steal_pointer (&parser);

  if (schema != NULL && g_str_has_prefix (schema, "steelyard.decision/"))
    g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "a newer version wrote this (%s); this one reads %s", schema, SCHEMA);
  else
    g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "not a decision: its \"schema\" should be \"%s\"", SCHEMA);
  return NULL;
}

SyReportVeil *
sy_report_make_veil (JsonObject *decision,
                     gboolean    addresses)
{
  const char *target[2];

  for (guint i = 0; i < 2; i++)
    target[i] = sy_report_word (sy_report_element (sy_report_array (decision, "alternatives"), i), "target");

  return sy_report_veil_new (target, addresses);
}

SyReport *
sy_report_build (const char  *json,
                 gsize        length,
                 gboolean     addresses,
                 GError     **error)
{
  g_autoptr (JsonParser) parser = sy_report_parse (json, length, error);
  g_autoptr (SyReportVeil) veil = NULL;
  JsonObject *decision;
  SyReport *self;

  if (parser == NULL)
    return NULL;

  decision = json_node_get_object (json_parser_get_root (parser));
  veil = sy_report_make_veil (decision, addresses);
  self = sy_report_new ();
  self->generated = sy_report_dup_text (veil, decision, "generated");
  self->tool = sy_report_dup_text (veil, decision, "tool");
  add_title (self, decision, veil);
  add_question (self, decision, veil);
  add_sides (self, decision, veil, addresses);
  add_verdict (self, decision, veil);
  sy_report_add_evidence (self, decision, veil);
  add_gates (self, decision, veil);
  sy_report_add_cost (self, decision, veil);
  sy_report_add_priorities (self, decision, veil);
  add_traps (self, decision, veil);
  add_method (self, decision, veil);
  return self;
}
