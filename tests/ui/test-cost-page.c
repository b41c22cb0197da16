/* test-cost-page.c: the Cost page with the example that the model is explained with
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <math.h>
#include <string.h>

#include "beam.h"
#include "sy-cost-month.h"
#include "sy-cost-page.h"
#include "sy-cost-words.h"
#include "sy-datadir.h"
#include "sy-error.h"
#include "sy-evidence-mark.h"
#include "sy-still-source.h"
#include "sy-tab-walk.h"

#define START_US (1000 * SY_USEC_PER_SEC)
#define WALL_US (G_GINT64_CONSTANT (1795000000) * SY_USEC_PER_SEC)

typedef struct {
  SyClock       *clock;
  GListStore    *backends;
  SyAssumptions *assumptions;
  SyPriceBook   *prices;
  SyAppraisal   *appraisal;
  GtkWidget     *window;
  SyCostPage    *page;
} Fixture;

static void
add_backend (Fixture    *f,
             const char *address,
             const char *name)
{
  g_autofree char *folder = sy_datadir_build_path ("recognisers", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecogniser) recogniser = sy_recogniser_new_from_directory (folder, &error);
  g_autoptr (SySource) source = sy_still_source_new (address, f->clock);
  g_autoptr (SyBackend) backend = sy_backend_new (name, source, recogniser);

  g_assert_no_error (error);
  g_list_store_append (f->backends, backend);
}

/* Until what was asked for is computed and drawn. */
static void
settle (Fixture *f)
{
  sy_clock_advance (f->clock, SY_APPRAISAL_SPACING_US);
  while (sy_appraisal_is_busy (f->appraisal))
    if (!g_main_context_iteration (NULL, FALSE))
      {
        sy_clock_advance (f->clock, SY_APPRAISAL_SPACING_US);
        g_main_context_iteration (NULL, TRUE);
      }

  for (guint i = 0; i < 3; i++)
    {
      gtk_widget_queue_draw (f->window);
      gtk_test_widget_wait_for_draw (f->window);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autofree char *folder = sy_datadir_build_path ("prices", NULL);
  const char *const folders[] = { folder, NULL };
  g_autoptr (GError) error = NULL;

  f->clock = sy_clock_new_manual (START_US, WALL_US);
  f->prices = sy_price_book_new (folders, &error);
  g_assert_no_error (error);
  f->backends = g_list_store_new (SY_TYPE_BACKEND);
  f->assumptions = sy_assumptions_new (NULL, &error);
  g_assert_no_error (error);
  f->appraisal = sy_appraisal_new (G_LIST_MODEL (f->backends), f->clock, f->assumptions);
  sy_appraisal_set_price (f->appraisal, f->prices, sy_price_book_find (f->prices, "aws/us-east-1/m7g.large"));

  f->window = g_object_ref_sink (gtk_window_new ());
  f->page = g_object_new (SY_TYPE_COST_PAGE, NULL);
  sy_cost_page_set_appraisal (f->page, f->appraisal, NULL, f->clock);
  gtk_window_set_child (GTK_WINDOW (f->window), GTK_WIDGET (f->page));
  gtk_window_set_default_size (GTK_WINDOW (f->window), 1280, 860);
  gtk_window_present (GTK_WINDOW (f->window));
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  g_clear_object (&f->window);
  g_clear_object (&f->appraisal);
  g_clear_object (&f->prices);
  g_clear_object (&f->assumptions);
  g_clear_object (&f->backends);
  g_clear_object (&f->clock);
}

static void
add_both (Fixture *f)
{
  add_backend (f, "http://127.0.0.1:8101/metrics", "Orders");
  add_backend (f, "http://127.0.0.1:8102/metrics", "Basket");
}

/* The example's inputs; a range where it has one. */
static void
state_example (Fixture *f)
{
  static const struct { const char *name; double value, low, high; } inputs[] = {
    { "A.team", 4, NAN, NAN }, { "B.team", 4, NAN, NAN }, { "A.salary", 95000, 85000, 105000 }, { "B.salary", 98000, 88000, 108000 },
    { "A.burden", 1.4265, NAN, NAN }, { "B.burden", 1.4265, NAN, NAN }, { "A.skilled_share", 0.75, NAN, NAN },
    { "B.skilled_share", 0.5, 0.25, 0.75 }, { "A.mvp_months", 5, 4, 6 }, { "B.mvp_months", 4, 3.5, 5 },
    { "A.missing_integrations", 2, 0, 6 }, { "B.missing_integrations", 0, NAN, NAN }, { "A.cap_slo", 820, 780, 850 },
    { "B.cap_slo", 430, 400, 455 }, { "A.node_price", 0.0816, NAN, NAN }, { "B.node_price", 0.0816, NAN, NAN },
    { "A.pods_per_node", 2, NAN, NAN }, { "B.pods_per_node", 2, NAN, NAN }, { "A.resp_bytes", 2048, NAN, NAN },
    { "B.resp_bytes", 2048, NAN, NAN }, { "peak_rps", 3000, NAN, NAN }, { "traffic_growth", 0.4, 0.1, 0.8 },
    { "cost_of_delay_month", 20000, 0, 60000 }, { "B.upgrade_weeks", 2, NAN, NAN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (inputs); i++)
    {
      const SyAssumption value = { inputs[i].value, inputs[i].low, inputs[i].high, SY_EVIDENCE_USER, NULL, NULL };
      g_autoptr (GError) error = NULL;

      sy_appraisal_state (f->appraisal, inputs[i].name, &value, &error);
      g_assert_no_error (error);
    }

  sy_assumptions_set_upgrade_years (f->assumptions, 0, 1u << 3);
  sy_assumptions_set_upgrade_years (f->assumptions, 1, 1u << 5);
}

static const char *
get_text (Fixture    *f,
          const char *part)
{
  return gtk_label_get_text (GTK_LABEL (sy_cost_page_get_part (f->page, part)));
}

static gboolean
is_shown (Fixture    *f,
          const char *part)
{
  return gtk_widget_get_child_visible (sy_cost_page_get_part (f->page, part))
         && gtk_widget_get_visible (sy_cost_page_get_part (f->page, part));
}

static const char *
get_stack (Fixture *f)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (sy_cost_page_get_part (f->page, "stack")));
}

/* It says what to do: first two backends, then what one knows. */
static void
test_empty (Fixture       *f,
            gconstpointer  data)
{
  settle (f);
  g_assert_cmpstr (get_stack (f), ==, "empty");

  add_both (f);
  settle (f);
  g_assert_cmpstr (get_stack (f), ==, "costs");
  g_assert_true (is_shown (f, "nothing"));
  g_assert_false (is_shown (f, "results"));
}

/* The published figures of the example. */
static void
test_example (Fixture       *f,
              gconstpointer  data)
{
  SyCostMonth *month = SY_COST_MONTH (sy_cost_page_get_part (f->page, "month"));
  g_autofree char *tornado = NULL;

  add_both (f);
  state_example (f);
  settle (f);

  g_assert_true (is_shown (f, "results"));
  g_assert_true (g_str_has_prefix (get_text (f, "headline"), "Basket costs $79.6\u00a0k less over 5 years"));
  g_assert_false (is_shown (f, "omitted"));
  g_assert_cmpstr (sy_cost_month_get_text (month, SY_COST_ROW_REPLICAS, 0), ==, "7");
  g_assert_cmpstr (sy_cost_month_get_text (month, SY_COST_ROW_REPLICAS, 1), ==, "11");
  g_assert_cmpstr (sy_cost_month_get_text (month, SY_COST_ROW_COMPUTE, 0), ==, "$238");
  g_assert_cmpstr (sy_cost_month_get_text (month, SY_COST_ROW_TOTAL, 0), ==, "$1195");
  g_assert_cmpstr (sy_cost_month_get_text (month, SY_COST_ROW_TOTAL, 1), ==, "$1314");
  g_assert_cmpstr (sy_cost_month_get_text (month, SY_COST_ROW_PER_MILLION, 1), ==, "$0.28");

  tornado = beam_figure_describe (BEAM_FIGURE (sy_cost_page_get_part (f->page, "tornado")));
  g_assert_nonnull (strstr (tornado, "Time to the first release, Orders"));
  g_assert_cmpuint (beam_figure_count_items (BEAM_FIGURE (sy_cost_page_get_part (f->page, "years"))), ==, 12);
  g_assert_nonnull (strstr (get_text (f, "break_evens"), "Time to the first release, Orders"));
  g_assert_true (g_str_has_prefix (get_text (f, "traffic_text"), "No break-even in range"));
}

/* Each input of a number says of what class it is and where it comes from; what was
 * measured, priced or typed, of which day. What is assumed has no day. */
static void
check_provenance (const SyProvenance *provenance,
                  gboolean            rests_on_prices)
{
  guint n_priced = 0;

  g_assert_cmpuint (provenance->inputs->len, >, 0);
  for (guint i = 0; i < provenance->inputs->len; i++)
    {
      const SyProvenanceInput *input = g_ptr_array_index (provenance->inputs, i);

      g_assert_nonnull (sy_evidence_mark_get_title (input->cls));
      if (input->source == NULL || *input->source == '\0')
        g_error ("%s: “%s” has no source", provenance->title, input->name);
      if (input->cls == SY_EVIDENCE_ASSUMED || g_strcmp0 (input->value, "not stated") == 0)
        continue;

      n_priced += input->cls == SY_EVIDENCE_PRICED;
      if (!g_regex_match_simple ("\\b20[0-9][0-9](-[0-9][0-9](-[0-9][0-9])?)?\\b", input->source, 0, 0))
        g_error ("%s: “%s” has no day: %s", provenance->title, input->name, input->source);
    }

  if (rests_on_prices)
    g_assert_cmpuint (n_priced, >, 0);
}

/* All lines of a month, of the years and of the difference. */
static void
test_sources (Fixture       *f,
              gconstpointer  data)
{
  static const gboolean rests_on_prices[SY_N_COST_ROWS] = {
    [SY_COST_ROW_COMPUTE] = TRUE, [SY_COST_ROW_BALANCER] = TRUE, [SY_COST_ROW_EGRESS] = TRUE,
    [SY_COST_ROW_TOTAL] = TRUE, [SY_COST_ROW_PER_MILLION] = TRUE,
  };
  g_autoptr (SyProvenance) difference = NULL;
  SyCostSheet sheet;

  add_both (f);
  state_example (f);
  for (guint side = 0; side < 2; side++)
    sy_assumptions_clear (f->assumptions, side == 0 ? "A.node_price" : "B.node_price");
  settle (f);

  sheet = (SyCostSheet) { sy_appraisal_get_decision (f->appraisal), f->appraisal };
  difference = sy_cost_explain_difference (&sheet);
  check_provenance (difference, FALSE);
  for (guint side = 0; side < 2; side++)
    {
      g_autoptr (SyProvenance) years = sy_cost_explain_years (&sheet, side);

      check_provenance (years, TRUE);
      for (guint row = 0; row < SY_N_COST_ROWS; row++)
        {
          g_autoptr (SyProvenance) provenance = sy_cost_row_explain (&sheet, row, side);

          check_provenance (provenance, rests_on_prices[row]);
        }
    }
}

/* A blank leaves its line out on both sides, and the page says so. */
static void
test_omitted (Fixture       *f,
              gconstpointer  data)
{
  SyAssumptionRow *row = sy_assumption_list_get_row (sy_cost_page_get_list (f->page), "missing_integrations");
  g_autoptr (GError) error = NULL;

  add_both (f);
  state_example (f);
  settle (f);
  sy_assumption_row_state (row, 0, "", "", "", &error);
  g_assert_no_error (error);
  settle (f);

  g_assert_true (is_shown (f, "omitted"));
  g_assert_nonnull (strstr (get_text (f, "omitted"), "integrations"));
  g_assert_false (sy_assumptions_is_stated (f->assumptions, "A.missing_integrations"));
}

static SyPriceBook *
make_book (const char *observed,
           const char *currency)
{
  g_autofree char *text =
    g_strdup_printf ("{\"schema\":\"steelyard.prices/1\",\"compiled\":\"2026-09-20\",\"default\":\"x/y/small\",\"items\":[{"
                     "\"id\":\"x/y/small\",\"kind\":\"vm\",\"provider\":\"x\",\"region\":\"y\",\"sku\":\"small\",\"vcpu\":2,"
                     "\"mem_gib\":8,\"burstable\":false,\"unit\":\"hour\",\"price\":\"0.0816\",\"currency\":\"%s\","
                     "\"observed\":\"%s\",\"source\":\"a test\",\"grade\":\"A\"}]}", currency, observed);
  g_autoptr (GError) error = NULL;
  SyPriceBook *book = sy_price_book_new_from_data ("test", text, strlen (text), &error);

  g_assert_no_error (error);
  return book;
}

static void
use_price (Fixture     *f,
           SyPriceBook *book)
{
  const SyPrice *price = sy_price_book_get_default (book);

  sy_assumptions_clear (f->assumptions, "A.node_price");
  sy_assumptions_clear (f->assumptions, "B.node_price");
  sy_appraisal_set_price (f->appraisal, book, price);
  sy_cost_page_set_price (f->page, price);
  settle (f);
}

/* A price of this summer is one; older than 180 days every amount is
 * indicative; without a rate there is none. */
static void
test_prices (Fixture       *f,
             gconstpointer  data)
{
  SyCostMonth *month = SY_COST_MONTH (sy_cost_page_get_part (f->page, "month"));
  g_autoptr (SyPriceBook) fresh = make_book ("2026-09-01", "USD");
  g_autoptr (SyPriceBook) stale = make_book ("2026-01-01", "USD");
  g_autoptr (SyPriceBook) foreign = make_book ("2026-09-01", "NOK");

  add_both (f);
  state_example (f);
  use_price (f, fresh);
  g_assert_false (is_shown (f, "prices_box"));
  g_assert_cmpstr (sy_cost_month_get_text (month, SY_COST_ROW_BALANCER, 0), ==, "–"); /* this list has no price of it */
  g_assert_cmpstr (sy_cost_month_get_text (month, SY_COST_ROW_TOTAL, 0), ==, "$238");

  use_price (f, stale);
  g_assert_true (is_shown (f, "prices_box"));
  g_assert_true (g_str_has_prefix (get_text (f, "prices"), "Every amount here is indicative"));
  g_assert_true (g_str_has_prefix (get_text (f, "headline"), "Indicative: "));
  g_assert_cmpstr (sy_cost_month_get_text (month, SY_COST_ROW_TOTAL, 0), ==, "$238");

  use_price (f, foreign);
  g_assert_cmpstr (sy_cost_month_get_text (month, SY_COST_ROW_TOTAL, 0), ==, "–");
  g_assert_true (is_shown (f, "prices_box"));
  g_assert_nonnull (strstr (get_text (f, "omitted"), "hosting"));

  sy_appraisal_set_price (f->appraisal, NULL, NULL);
  sy_cost_page_set_price (f->page, NULL);
}

/* What one pays for traffic and for the balancer is typed like the rest: the line is
 * computed with it, and nothing is old any more. */
static void
test_typed_prices (Fixture       *f,
                   gconstpointer  data)
{
  SyCostMonth *month = SY_COST_MONTH (sy_cost_page_get_part (f->page, "month"));
  SyAssumptionRow *row = sy_assumption_list_get_row (sy_cost_page_get_list (f->page), "egress_price");
  g_autoptr (GError) error = NULL;

  add_both (f);
  state_example (f);
  settle (f);
  g_assert_false (is_shown (f, "prices_box"));
  g_assert_nonnull (strstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (row)), "0.09\u00a0USD a gigabyte"));
  g_assert_nonnull (strstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (row)), "2026-06-02"));

  /* On the day after the last on which the list's price of traffic was recent. */
  sy_clock_advance (f->clock, (gint64) 12 * 24 * 3600 * SY_USEC_PER_SEC);
  sy_assumptions_set_currency (f->assumptions, "EUR");
  sy_assumptions_set_currency (f->assumptions, "USD");
  settle (f);
  g_assert_true (is_shown (f, "prices_box"));
  g_test_message ("%s", get_text (f, "prices"));
  g_assert_nonnull (strstr (get_text (f, "prices"), "traffic out (internet out, first 10 TB after 100 GB free): 181 days old"));
  g_assert_nonnull (strstr (get_text (f, "prices"), "too old since 2026-11-29"));
  g_assert_nonnull (strstr (get_text (f, "prices"), "type it on the Cost page"));

  g_assert_true (sy_assumption_row_state (row, 0, "0.1", "", "", &error));
  g_assert_no_error (error);
  settle (f);
  g_assert_false (is_shown (f, "prices_box"));
  g_assert_nonnull (strstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (row)), "0.1\u00a0USD a gigabyte"));
  g_assert_nonnull (strstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (row)), "stated on 2026-1"));
  g_assert_cmpstr (sy_cost_month_get_text (month, SY_COST_ROW_EGRESS, 0), ==, "$969");
}

/* Carbon is an extra: only for who asks. */
static void
test_carbon (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr (SyPriceBook) book = make_book ("2026-09-01", "USD");

  add_both (f);
  state_example (f);
  use_price (f, book);
  g_assert_false (is_shown (f, "carbon_a"));

  gtk_check_button_set_active (GTK_CHECK_BUTTON (sy_cost_page_get_part (f->page, "carbon")), TRUE);
  settle (f);
  g_assert_true (is_shown (f, "carbon_a"));
  g_assert_true (is_shown (f, "carbon_b"));

  sy_appraisal_set_price (f->appraisal, NULL, NULL);
  sy_cost_page_set_price (f->page, NULL);
}

/* What is typed is stated; what cannot be changes nothing and is said. */
static void
test_row (Fixture       *f,
          gconstpointer  data)
{
  SyAssumptionRow *row = sy_assumption_list_get_row (sy_cost_page_get_list (f->page), "salary");
  static const struct { const char *value, *low, *high; } bad[] = {
    { "lots", "", "" }, { "-5", "", "" }, { "90000", "80000", "" }, { "90000", "95000", "99000" }, { "90000", "1", "x" },
  };
  g_autoptr (GError) error = NULL;
  SyAssumption stated;

  add_both (f);
  settle (f);
  g_assert_true (sy_assumption_row_state (row, 1, "98000", "88000", "108000", &error));
  g_assert_no_error (error);
  settle (f);

  g_assert_true (sy_assumptions_get (f->assumptions, "B.salary", &stated));
  g_assert_cmpfloat (stated.value, ==, 98000);
  g_assert_cmpfloat (stated.high, ==, 108000);
  g_assert_cmpint (stated.cls, ==, SY_EVIDENCE_USER);
  g_assert_false (sy_assumptions_is_stated (f->assumptions, "A.salary"));
  g_assert_nonnull (strstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (row)), "Basket: 98000"));

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) problem = NULL;

      g_assert_false (sy_assumption_row_state (row, 1, bad[i].value, bad[i].low, bad[i].high, &problem));
      g_assert_error (problem, SY_ERROR, SY_ERROR_INVALID);
    }

  g_assert_true (sy_assumptions_get (f->assumptions, "B.salary", &stated));
  g_assert_cmpfloat (stated.value, ==, 98000);
}

static GtkWidget *
find_entry (GtkWidget *root)
{
  if (GTK_IS_ENTRY (root))
    return root;

  for (GtkWidget *each = gtk_widget_get_first_child (root); each != NULL; each = gtk_widget_get_next_sibling (each))
    {
      GtkWidget *found = find_entry (each);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* What is typed is of the currency and the backend that stand over it. */
static void
test_titles (Fixture       *f,
             gconstpointer  data)
{
  SyAssumptionRow *row = sy_assumption_list_get_row (sy_cost_page_get_list (f->page), "salary");
  g_autoptr (SyBackend) first = NULL;
  GtkWidget *entry;

  add_both (f);
  settle (f);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  entry = find_entry (GTK_WIDGET (row));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, "Orders, in USD a year");

  first = g_list_model_get_item (G_LIST_MODEL (f->backends), 0);
  sy_backend_set_name (first, "Sales");
  sy_assumptions_set_currency (f->assumptions, "EUR");
  settle (f);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, "Sales, in EUR a year");
}

/* What an assistive technology has written, with the keyboard elsewhere, waits there
 * until it is applied, whatever is computed meanwhile. */
static void
test_waiting (Fixture       *f,
              gconstpointer  data)
{
  SyAssumptionRow *row = sy_assumption_list_get_row (sy_cost_page_get_list (f->page), "peak_rps");
  GtkWidget *entry;

  add_both (f);
  state_example (f);
  settle (f);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  entry = find_entry (GTK_WIDGET (row));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "3000");
  g_assert_null (gtk_entry_get_icon_name (GTK_ENTRY (entry), GTK_ENTRY_ICON_SECONDARY));

  gtk_editable_set_text (GTK_EDITABLE (entry), "4 000");
  sy_assumptions_set_currency (f->assumptions, "EUR");
  settle (f);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, "Peak traffic, in requests/s");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "4 000");
  g_assert_nonnull (gtk_entry_get_icon_name (GTK_ENTRY (entry), GTK_ENTRY_ICON_SECONDARY));

  g_signal_emit_by_name (entry, "activate");
  settle (f);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "4000");
  g_assert_null (gtk_entry_get_icon_name (GTK_ENTRY (entry), GTK_ENTRY_ICON_SECONDARY));
  g_assert_nonnull (strstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (row)), "4000"));

  /* What others change is shown where nothing waits. */
  {
    const SyAssumption other = { 5000, NAN, NAN, SY_EVIDENCE_USER, NULL, NULL };

    g_assert_true (sy_appraisal_state (f->appraisal, "peak_rps", &other, NULL));
  }
  settle (f);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "5000");
}

/* Opening makes the entries, once; all rows open and close without a warning. */
static void
test_open_rows (Fixture       *f,
                gconstpointer  data)
{
  guint n;
  const SyCostInput *inputs = sy_cost_inputs (&n);

  add_both (f);
  state_example (f);
  settle (f);

  for (guint i = 0; i < n; i++)
    {
      SyAssumptionRow *row = sy_assumption_list_get_row (sy_cost_page_get_list (f->page), inputs[i].name);

      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
    }

  settle (f);
  for (guint i = 0; i < n; i++)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (sy_assumption_list_get_row (sy_cost_page_get_list (f->page), inputs[i].name)),
                                   FALSE);
  settle (f);
}

/* Tab leads to all that acts, to the end and back, and nothing keeps it. */
static void
test_keyboard (Fixture       *f,
               gconstpointer  data)
{
  g_autoptr (GPtrArray) walk = NULL;
  g_autoptr (GPtrArray) back = NULL;

  add_both (f);
  state_example (f);
  settle (f);

  walk = sy_tab_walk (GTK_WINDOW (f->window), FALSE);
  back = sy_tab_walk (GTK_WINDOW (f->window), TRUE);
  sy_tab_walk_assert_meets_all (walk, GTK_WIDGET (f->page));
  sy_tab_walk_assert_meets_all (back, GTK_WIDGET (f->page));
}

/* From a phone to a large screen, in both directions of reading. */
static void
test_sizes (Fixture       *f,
            gconstpointer  data)
{
  static const int widths[] = { 360, 800, 1280, 2560 };
  static const char *const opened[] = { "missing_integrations", "node_price", "burden" };

  add_both (f);
  state_example (f);
  settle (f);
  for (gsize i = 0; i < G_N_ELEMENTS (opened); i++)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (sy_assumption_list_get_row (sy_cost_page_get_list (f->page), opened[i])), TRUE);

  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    for (guint rtl = 0; rtl < 2; rtl++)
      {
        int minimum;

        gtk_widget_set_default_direction (rtl ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
        gtk_window_set_default_size (GTK_WINDOW (f->window), widths[i], 800);
        settle (f);
        gtk_widget_measure (GTK_WIDGET (f->page), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
        g_assert_cmpint (minimum, <=, 360);
      }

  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

#define ADD(name, func) g_test_add ("/ui/cost-page/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  ADD ("empty", test_empty);
  ADD ("example", test_example);
  ADD ("sources", test_sources);
  ADD ("omitted", test_omitted);
  ADD ("prices", test_prices);
  ADD ("typed-prices", test_typed_prices);
  ADD ("carbon", test_carbon);
  ADD ("row", test_row);
  ADD ("titles", test_titles);
  ADD ("waiting", test_waiting);
  ADD ("open-rows", test_open_rows);
  ADD ("keyboard", test_keyboard);
  ADD ("sizes", test_sizes);

  return g_test_run ();
}
