/* sy-decision-calls.c: how anybody computes a report's numbers again
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-report"

#include "config.h"

#include "sy-decision-calls.h"

#include <math.h>
#include <string.h>

#include "sy-json-node.h"
#include "sy-sequence.h"

static void
put_number (JsonObject *object,
            const char *name,
            double      value)
{
  if (isnan (value))
    json_object_set_null_member (object, name);
  else
    json_object_set_double_member (object, name, value);
}

static JsonArray *
describe_shape (const SyTrafficShape *shape)
{
  JsonArray *array = json_array_new ();

  for (guint h = 0; h < SY_TRAFFIC_HOURS; h++)
    json_array_add_double_element (array, shape->hour[h]);

  return array;
}

static JsonArray *
describe_tiers (const SyHostingPlan *plan)
{
  JsonArray *tiers = json_array_new ();

  for (guint i = 0; i < plan->n_tiers; i++)
    {
      JsonArray *tier = json_array_new ();

      if (isfinite (plan->tiers[i].up_to))
        json_array_add_double_element (tier, plan->tiers[i].up_to);
      else
        json_array_add_string_element (tier, "+Inf");
      json_array_add_double_element (tier, plan->tiers[i].price);
      json_array_add_array_element (tiers, tier);
    }

  return tiers;
}

/* What differs from one plan to the next, under the names of infra_month. What
 * is not known is left out, as it is there. */
static void
describe_hosting (const SyHostingPlan *plan,
                  JsonObject          *object)
{
  const struct { const char *name; double value; } members[] = {
    { "util", plan->utilisation }, { "spare", plan->spare }, { "min_nodes", plan->min_nodes },
    { "lb_usd_h", plan->balancer_hour }, { "lcu_usd", plan->balancer_unit },
    { "new_conn_per_s", plan->new_connections }, { "active_conn", plan->open_connections },
    { "rules_per_s", plan->rules }, { "hours", plan->hours }, { "resp_bytes", plan->response_bytes },
  };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (!isnan (members[i].value))
      json_object_set_double_member (object, members[i].name, members[i].value);

  if (plan->zones > 0)
    json_object_set_int_member (object, "zones", plan->zones);
  json_object_set_boolean_member (object, "autoscale", plan->autoscale);
  json_object_set_int_member (object, "scale_down_hours", plan->scale_down_hours);
  json_object_set_array_member (object, "shape", describe_shape (&plan->shape));
  if (plan->n_tiers > 0 && !isnan (plan->tiers[plan->n_tiers - 1].price))
    json_object_set_array_member (object, "egress_tiers", describe_tiers (plan));
}

static JsonObject *
describe_plan (const SyHostingPlan *plan,
               double               peak_rps)
{
  JsonObject *object = json_object_new ();

  put_number (object, "peak_rps", peak_rps);
  put_number (object, "cap_slo_rps", plan->capacity);
  put_number (object, "node_usd_h", plan->node_hour);
  put_number (object, "pods_per_node", plan->pods_per_node);
  describe_hosting (plan, object);
  return object;
}

/* Every named input, common or of one side. */
static JsonObject *
describe_parameters (const SyDecision *self,
                     gboolean          common,
                     char              side)
{
  JsonObject *object = json_object_new ();
  guint n;
  const SyOwnershipParameter *parameters = sy_ownership_parameters (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = common ? g_strdup (parameters[i].name) : g_strdup_printf ("%c.%s", side, parameters[i].name);

      if (parameters[i].common == common)
        put_number (object, parameters[i].name, sy_ownership_case_get (&self->cost, name));
    }

  return object;
}

static JsonObject *
describe_owner (const SyDecision *self,
                char              side)
{
  const SyOwner *owner = side == 'A' ? &self->cost.a : &self->cost.b;
  JsonObject *object = describe_parameters (self, FALSE, side);
  JsonArray *years = json_array_new ();
  JsonObject *hosting = json_object_new ();

  for (guint y = 1; y <= SY_OWNERSHIP_MAX_YEARS; y++)
    if (owner->upgrade_years & (1u << y))
      json_array_add_int_element (years, y);

  json_object_set_array_member (object, "upgrade_years", years);
  describe_hosting (&owner->hosting, hosting);
  json_object_set_object_member (object, "hosting", hosting);
  return object;
}

static JsonObject *
describe_common (const SyDecision *self)
{
  JsonObject *object = describe_parameters (self, TRUE, '\0');

  json_object_set_int_member (object, "horizon", self->cost.common.horizon);
  json_object_set_string_member (object, "timing", self->cost.common.mid_year ? "mid" : "end");
  return object;
}

static JsonObject *
describe_case (const SyDecision *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_object_member (object, "A", describe_owner (self, 'A'));
  json_object_set_object_member (object, "B", describe_owner (self, 'B'));
  json_object_set_object_member (object, "common", describe_common (self));
  return object;
}

static JsonObject *
describe_ranges (const SyDecision *self)
{
  JsonObject *object = describe_case (self);
  JsonArray *ranges = json_array_new ();

  for (guint i = 0; i < self->doubts->len; i++)
    {
      const SyDoubt *doubt = g_ptr_array_index (self->doubts, i);
      JsonArray *range = json_array_new ();

      json_array_add_string_element (range, doubt->parameter);
      json_array_add_double_element (range, doubt->low);
      json_array_add_double_element (range, sy_ownership_case_get (&self->cost, doubt->parameter));
      json_array_add_double_element (range, doubt->high);
      json_array_add_array_element (ranges, range);
    }

  json_object_set_array_member (object, "ranges", ranges);
  return object;
}

static JsonObject *
describe_scores (const SyDecision *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *a = json_array_new ();
  JsonArray *b = json_array_new ();
  JsonArray *width = json_array_new ();

  /* A criterion of which a side is not known may be anything on both. */
  for (guint i = 0; i < self->criteria->len; i++)
    {
      const SyCriterion *criterion = g_ptr_array_index (self->criteria, i);
      const gboolean known = !isnan (criterion->a) && !isnan (criterion->b);

      json_array_add_double_element (a, known ? criterion->a : 50);
      json_array_add_double_element (b, known ? criterion->b : 50);
      json_array_add_double_element (width, known ? criterion->half_width : 50);
    }

  json_object_set_array_member (object, "v_A", a);
  json_object_set_array_member (object, "v_B", b);
  json_object_set_array_member (object, "half_width", width);
  json_object_set_int_member (object, "n", self->n_score_draws);
  json_object_set_int_member (object, "seed", (gint64) self->score_seed);

  for (guint i = 0; i < self->stances->len; i++)
    {
      const SyStance *stance = g_ptr_array_index (self->stances, i);
      g_autofree char *name = g_strconcat ("priority_", stance->id, NULL);
      JsonArray *order = json_array_new ();

      for (guint k = 0; k < self->criteria->len; k++)
        json_array_add_int_element (order, stance->order[k]);
      json_object_set_array_member (object, name, order);
    }

  return object;
}

/* Takes @inputs. Returns the object of answers, to be filled. */
static JsonObject *
add_call (JsonArray  *calls,
          const char *function,
          JsonObject *inputs)
{
  JsonObject *call = json_object_new ();
  JsonObject *answers = json_object_new ();

  json_object_set_string_member (call, "function", function);
  json_object_set_object_member (call, "inputs", inputs);
  json_object_set_object_member (call, "answers", answers);
  json_array_add_object_element (calls, call);
  return answers;
}

static void
add_months (const SyDecision *self,
            JsonArray        *calls)
{
  const SyOwner *const owners[] = { &self->cost.a, &self->cost.b };
  static const char *const totals[] = { "/cost/monthly/A", "/cost/monthly/B" };
  static const char *const millions[] = { "/cost/per_million/A", "/cost/per_million/B" };

  for (guint i = 0; i < 2; i++)
    {
      const SyHostingPlan *plan = &owners[i]->hosting;
      JsonObject *answers;

      /* infra_month needs all of these */
      if (isnan (self->cost.common.peak_rps) || isnan (plan->capacity) || isnan (plan->node_hour) || isnan (plan->pods_per_node))
        continue;

      answers = add_call (calls, "infra_month", describe_plan (plan, self->cost.common.peak_rps));
      json_object_set_string_member (answers, "total", totals[i]);
      json_object_set_string_member (answers, "per_million", millions[i]);
    }
}

static void
add_priorities (const SyDecision *self,
                JsonArray        *calls)
{
  JsonObject *answers = add_call (calls, "smaa2", describe_scores (self));

  json_object_set_string_member (answers, "p_A_free", "/decision/priorities/none_stated/p_A_first");

  for (guint i = 0; i < self->stances->len; i++)
    {
      const SyStance *stance = g_ptr_array_index (self->stances, i);
      g_autofree char *name = g_strconcat ("p_A_", stance->id, NULL);
      g_autofree char *place = g_strdup_printf ("/decision/priorities/%s/p_A_first", stance->id);

      json_object_set_string_member (answers, name, place);
    }
}

/* The interval of the pairs that were compared. Fewer than SY_SEQUENCE_MIN have none. */
static void
add_sequence (JsonArray    *calls,
              const double *log_ratios,
              guint         n,
              double        alpha)
{
  static const struct { const char *answer, *place; } places[] = {
    { "lo", "/evidence/0/interval/log_ratio/0" }, { "hi", "/evidence/0/interval/log_ratio/1" },
    { "ratio", "/measured_verdict/effect/ratio" }, { "ratio_lo", "/measured_verdict/effect/interval/0" },
    { "ratio_hi", "/measured_verdict/effect/interval/1" },
  };
  JsonArray *values;
  JsonObject *inputs, *answers;

  if (n == 0)
    return;

  values = json_array_new ();
  for (guint i = 0; i < n; i++)
    json_array_add_double_element (values, log_ratios[i]);

  inputs = json_object_new ();
  json_object_set_array_member (inputs, "values", values);
  json_object_set_double_member (inputs, "alpha", alpha);
  answers = add_call (calls, "confidence_sequence", inputs);
  for (guint i = 0; n >= SY_SEQUENCE_MIN && i < G_N_ELEMENTS (places); i++)
    json_object_set_string_member (answers, places[i].answer, places[i].place);
}

JsonArray *
sy_decision_make_calls (const SyDecision *self)
{
  JsonArray *calls = json_array_new ();
  JsonObject *answers;

  add_months (self, calls);

  answers = add_call (calls, "npv_difference", describe_case (self));
  json_object_set_string_member (answers, "usd", "/cost/difference_npv");
  json_object_set_string_member (answers, "A", "/cost/five_year/A/npv");
  json_object_set_string_member (answers, "B", "/cost/five_year/B/npv");

  if (self->doubts->len > 0)
    {
      JsonObject *inputs = describe_ranges (self);

      json_object_set_int_member (inputs, "n", self->n_draws);
      json_object_set_int_member (inputs, "seed", (gint64) self->seed);
      answers = add_call (calls, "montecarlo", inputs);
      json_object_set_string_member (answers, "p_A_cheaper", "/cost/monte_carlo/p_A_cheaper");
      json_object_set_string_member (answers, "q05", "/cost/monte_carlo/q05");
      json_object_set_string_member (answers, "q50", "/cost/monte_carlo/q50");
      json_object_set_string_member (answers, "q95", "/cost/monte_carlo/q95");

      answers = add_call (calls, "tornado", describe_ranges (self));
      for (guint i = 0; i < self->doubts->len; i++)
        {
          g_autofree char *low = g_strdup_printf ("at_low/%u", i);
          g_autofree char *high = g_strdup_printf ("at_high/%u", i);
          g_autofree char *low_place = g_strdup_printf ("/cost/tornado/%u/at_low", i);
          g_autofree char *high_place = g_strdup_printf ("/cost/tornado/%u/at_high", i);

          json_object_set_string_member (answers, low, low_place);
          json_object_set_string_member (answers, high, high_place);
        }
    }

  if (self->criteria->len > 0)
    add_priorities (self, calls);
  if (self->verdict != NULL)
    add_sequence (calls, (const double *) (gconstpointer) self->log_ratios->data, self->log_ratios->len, self->verdict->alpha);

  return calls;
}

JsonArray *
sy_sequence_make_calls (const double *log_ratios,
                        guint         n,
                        double        alpha)
{
  JsonArray *calls = json_array_new ();

  add_sequence (calls, log_ratios, n, alpha);
  return calls;
}

void
sy_calls_write_json (JsonArray    *calls,
                     SyJsonWriter *w)
{
  g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), calls);
  g_autoptr (SyJsonWriter) compact = sy_json_writer_new ();
  g_autofree char *text = NULL;
  g_autofree char *sum = NULL;

  sy_json_write_node (compact, node);
  text = sy_json_writer_finish (compact);
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  sy_json_writer_key (w, "reproduce");
  sy_json_writer_begin_object (w);
  sy_json_writer_member_string (w, "inputs_sha256", sum);
  sy_json_writer_member_string (w, "vectors", "steelyard.vectors/1");
  sy_json_writer_key (w, "calls");
  sy_json_write_node (w, node);
  sy_json_writer_end_object (w);
}

JsonNode *
sy_json_at (JsonNode   *root,
            const char *pointer)
{
  g_auto (GStrv) steps = g_strsplit (*pointer == '/' ? pointer + 1 : pointer, "/", -1);
  JsonNode *node = root;

  for (guint i = 0; steps[i] != NULL && node != NULL; i++)
    {
      if (JSON_NODE_HOLDS_OBJECT (node))
        node = json_object_get_member (json_node_get_object (node), steps[i]);
      else if (JSON_NODE_HOLDS_ARRAY (node))
        {
          const guint64 at = g_ascii_strtoull (steps[i], NULL, 10);

          node = at < json_array_get_length (json_node_get_array (node))
                   ? json_array_get_element (json_node_get_array (node), (guint) at) : NULL;
        }
      else
        node = NULL;
    }

  return node;
}
