/* sy-report-json.c: a decision as JSON that may be sent
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A member that we do not know could hold anything, so it is left out, as it is
 * from a report for people. The inputs of a call are whole: without each of them
 * its answers cannot be computed again, and the sum of the inputs is of nothing.
 */
#define G_LOG_DOMAIN "steelyard-report"

#include "config.h"

#include "sy-report-json.h"

#include <stdlib.h>
#include <string.h>

#include "sy-json-node.h"

/* In order; steelyard.decision/1. */
static const char *const members[] = {
  "A", "A_s", "B", "B_s", "age_days", "against", "alpha", "alternatives", "answers", "anytime_valid", "assumptions",
  "at_equal_load", "at_high", "at_low", "backend", "basis", "because", "bounds", "break_even", "calls", "ci95", "cls", "code", "cost",
  "cpu_seconds_per_request", "criteria", "criterion", "currency", "decision", "detail", "difference_npv", "effect", "evidence",
  "extrapolated", "five_year", "fix", "flip", "flips_at", "from_", "function", "gates", "generated", "grade", "half_width",
  "headline", "high", "horizon_years", "id", "indicative", "inputs", "inputs_sha256", "interval", "label", "limit", "lines",
  "load", "log_ratio", "low", "max_measured", "measured_share_of_weight", "measured_verdict", "message", "method", "metric",
  "min_effect", "minutes", "monetised", "monte_carlo", "monthly", "monthly_omitted", "more_windows", "n", "name", "npv", "observed", "ok",
  "omitted", "p_A_cheaper", "p_A_first", "paragraph", "parameter", "peak_rps", "per_million", "preset", "price", "priorities",
  "q05", "q50", "q95", "question", "rate", "ratio", "reason", "reasons", "ref", "remedy", "reproduce", "requests", "schema",
  "scored", "seed", "share", "slo", "source", "state", "statement", "target", "text", "threshold_s", "to", "tool", "tornado",
  "traps", "unit", "use_case", "v", "value", "vectors", "verdict", "weight", "what", "windows", "would_change", "year_total",
};

/* Whose members have names of their own: of stances, lines of cost. */
static const char *const open_members[] = {
  "answers", "lines", "measured_share_of_weight", "priorities", "weight",
};

/* What the functions of `steelyard-cli calc` take, at every depth. */
#define INPUTS "inputs"

/* The names that an object may have. */
typedef enum {
  NAMES_KNOWN,     /* those of @members */
  NAMES_OPEN,      /* any, of this object */
  NAMES_ALL_OPEN,  /* any, and of what is in it, too */
} Names;

static int
compare (const void *a,
         const void *b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
is_one_of (const char        *name,
           const char *const *names,
           gsize              n)
{
  return bsearch (&name, names, n, sizeof *names, compare) != NULL;
}

static Names
get_names_of (const char *member,
              Names       around)
{
  if (around == NAMES_ALL_OPEN || strcmp (member, INPUTS) == 0)
    return NAMES_ALL_OPEN;

  return is_one_of (member, open_members, G_N_ELEMENTS (open_members)) ? NAMES_OPEN : NAMES_KNOWN;
}

static void write_node (SyJsonWriter *w, JsonNode *node, const SyReportVeil *veil, Names names);

static void
write_object (SyJsonWriter       *w,
              JsonObject         *object,
              const SyReportVeil *veil,
              Names               names)
{
  const gboolean is_open = names != NAMES_KNOWN;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  sy_json_writer_begin_object (w);
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      g_autofree char *shown = is_open ? sy_report_veil_text (veil, name) : g_strdup (name);

      if (!is_open && !is_one_of (name, members, G_N_ELEMENTS (members)))
        continue;

      sy_json_writer_key (w, shown);
      if (!is_open && g_strcmp0 (name, "target") == 0 && JSON_NODE_HOLDS_VALUE (node) && !sy_report_veil_shows (veil))
        {
          sy_json_writer_null (w);
          continue;
        }

      write_node (w, node, veil, get_names_of (name, names));
    }
  sy_json_writer_end_object (w);
}

/* As deep as sy_json_check() let pass. */
static void
write_node (SyJsonWriter       *w,
            JsonNode           *node,
            const SyReportVeil *veil,
            Names               names)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    write_object (w, json_node_get_object (node), veil, names);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      sy_json_writer_begin_array (w);
      for (guint i = 0; i < json_array_get_length (array); i++)
        write_node (w, json_array_get_element (array, i), veil, names);
      sy_json_writer_end_array (w);
    }
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    {
      g_autofree char *text = sy_report_veil_text (veil, json_node_get_string (node));

      sy_json_writer_string (w, text);
    }
  else
    sy_json_write_node (w, node);
}

char *
sy_report_to_json (JsonObject         *decision,
                   const SyReportVeil *veil)
{
  g_autoptr (SyJsonWriter) w = sy_json_writer_new ();

  write_object (w, decision, veil, NAMES_KNOWN);
  return sy_json_writer_finish (w);
}
