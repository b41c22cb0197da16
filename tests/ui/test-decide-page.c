/* test-decide-page.c: the Decide page, and the strip's verdict, with sources and a clock that stand still
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <math.h>
#include <string.h>

#include "sy-appraisal.h"
#include "sy-datadir.h"
#include "sy-decide-page.h"
#include "sy-decide-words.h"
#include "sy-live-strip.h"
#include "sy-priority-list.h"
#include "sy-verdict-text.h"
#include "sy-tab-walk.h"

#define START_US (1000 * SY_USEC_PER_SEC)
#define WALL_US (G_GINT64_CONSTANT (1795000000) * SY_USEC_PER_SEC)

typedef struct
{
  SyClock       *clock;       /* (owned) */
  GListStore    *backends;    /* (owned) */
  SyAssumptions *assumptions; /* (owned) */
  SyAppraisal   *appraisal;   /* (owned) */
  GtkWidget     *window;      /* (owned) */
  SyDecidePage  *page;        /* (borrowed) */
} Fixture;

static void
settle (Fixture *f)
{
  sy_clock_advance (f->clock, SY_APPRAISAL_SPACING_US);
  while (sy_appraisal_is_busy (f->appraisal))
    {
      if (!g_main_context_iteration (NULL, FALSE))
        {
          sy_clock_advance (f->clock, SY_APPRAISAL_SPACING_US);
          g_main_context_iteration (NULL, TRUE);
        }
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
  g_autoptr (GError) error = NULL;

  f->clock = sy_clock_new_manual (START_US, WALL_US);
  f->backends = g_list_store_new (SY_TYPE_BACKEND);
  f->assumptions = sy_assumptions_new (NULL, &error);
  g_assert_no_error (error);
  f->appraisal = sy_appraisal_new (G_LIST_MODEL (f->backends), f->clock, f->assumptions);

  f->window = g_object_ref_sink (gtk_window_new ());
  f->page = g_object_new (SY_TYPE_DECIDE_PAGE, NULL);
  sy_decide_page_set_appraisal (f->page, f->appraisal);
  gtk_window_set_child (GTK_WINDOW (f->window), GTK_WIDGET (f->page));
  gtk_window_set_default_size (GTK_WINDOW (f->window), 1280, 860);
  gtk_window_present (GTK_WINDOW (f->window));
  settle (f);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  g_assert_finalize_object (f->window);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&f->appraisal);
  g_clear_object (&f->assumptions);
  g_clear_object (&f->backends);
  g_clear_object (&f->clock);
}

static GtkWidget *
child (Fixture    *f,
       const char *name)
{
  return GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (f->page), SY_TYPE_DECIDE_PAGE, name));
}

static const char *
text (Fixture    *f,
      const char *name)
{
  return gtk_label_get_text (GTK_LABEL (child (f, name)));
}

static void
answer (Fixture      *f,
        guint         side,
        SyCheckAnswer what)
{
  static const char *const items[] = { "database", "payments", "messaging", "models", "documents" };

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    sy_assumptions_set_answer (f->assumptions, "ecosystem", items[i], side, what);
}

/* What matters is asked before there is a score to see. */
static void
test_asks_first (Fixture       *f,
                 gconstpointer  data)
{
  answer (f, 0, SY_CHECK_YES);
  answer (f, 1, SY_CHECK_NO);
  settle (f);
  g_assert_cmpstr (text (f, "headline"), ==, "Say First What Matters");
  g_assert_false (gtk_widget_get_visible (child (f, "criteria")));
  g_assert_false (gtk_widget_get_visible (child (f, "judgements")));
  g_assert_null (sy_decide_page_dup_paragraph (f->page));

  sy_assumptions_set_use_case (f->assumptions, "ai-application");
  settle (f);
  g_assert_true (gtk_widget_get_visible (child (f, "criteria")));
  g_assert_true (gtk_widget_get_visible (child (f, "words")));
  g_assert_nonnull (strstr (text (f, "headline"), "A"));
}

static void
test_nothing_to_weigh (Fixture       *f,
                       gconstpointer  data)
{
  sy_assumptions_set_use_case (f->assumptions, "mobile-api");
  settle (f);
  g_assert_cmpstr (text (f, "headline"), ==, "Nothing to Weigh Yet");
  g_assert_true (gtk_widget_get_visible (child (f, "judgements")));
  g_assert_false (gtk_widget_get_visible (child (f, "acts")));
}

/* Swapping the answers swaps who is ahead; no text names a language as a cause. */
static void
test_swapped (Fixture       *f,
              gconstpointer  data)
{
  static const char *const order[] = { "ecosystem", NULL };
  g_autofree char *paragraph = NULL;
  double certainty;

  g_assert_true (sy_assumptions_set_order (f->assumptions, order));
  answer (f, 0, SY_CHECK_YES);
  answer (f, 1, SY_CHECK_NO);
  settle (f);
  g_assert_cmpfloat (sy_decide_words_get_tilt (sy_appraisal_get_decision (f->appraisal), &certainty), ==, -1);
  g_assert_cmpfloat (certainty, ==, 1);

  answer (f, 0, SY_CHECK_NO);
  answer (f, 1, SY_CHECK_YES);
  settle (f);
  g_assert_cmpfloat (sy_decide_words_get_tilt (sy_appraisal_get_decision (f->appraisal), &certainty), ==, 1);

  paragraph = sy_decide_page_dup_paragraph (f->page);
  g_assert_null (strstr (paragraph, "Node"));
  g_assert_null (strstr (paragraph, "Python"));
  g_assert_cmpstr (paragraph, ==, text (f, "paragraph"));
}

static void
test_sizes (Fixture       *f,
            gconstpointer  data)
{
  int minimum;

  sy_assumptions_set_use_case (f->assumptions, "fintech-risk");
  answer (f, 0, SY_CHECK_YES);
  answer (f, 1, SY_CHECK_NO);
  settle (f);
  gtk_widget_measure (GTK_WIDGET (f->page), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);

  /* The default: a widget's own direction is not that of its children. */
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  g_assert_cmpint (gtk_widget_get_direction (child (f, "priorities")), ==, GTK_TEXT_DIR_RTL);
  gtk_window_set_default_size (GTK_WINDOW (f->window), 360, 640);
  settle (f);
  gtk_window_set_default_size (GTK_WINDOW (f->window), 2560, 1400);
  settle (f);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

/* Tab leads to all that acts, to the end and back, and nothing keeps it. */
static void
test_keyboard (Fixture       *f,
               gconstpointer  data)
{
  g_autoptr (GPtrArray) walk = NULL;
  g_autoptr (GPtrArray) back = NULL;

  sy_assumptions_set_use_case (f->assumptions, "fintech-risk");
  answer (f, 0, SY_CHECK_YES);
  answer (f, 1, SY_CHECK_NO);
  settle (f);

  walk = sy_tab_walk (GTK_WINDOW (f->window), FALSE);
  back = sy_tab_walk (GTK_WINDOW (f->window), TRUE);
  sy_tab_walk_assert_meets_all (walk, GTK_WIDGET (f->page));
  sy_tab_walk_assert_meets_all (back, GTK_WIDGET (f->page));
}

static const SyCriterion *
first (Fixture *f)
{
  return g_ptr_array_index (sy_appraisal_get_decision (f->appraisal)->criteria, 0);
}

/* The first button below @root with this tooltip. */
static GtkWidget *
find_button (GtkWidget  *root,
             const char *tooltip)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_widget_get_tooltip_text (root), tooltip) == 0)
    return root;

  for (GtkWidget *each = gtk_widget_get_first_child (root); each != NULL; each = gtk_widget_get_next_sibling (each))
    {
      GtkWidget *found = find_button (each, tooltip);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
test_order (Fixture       *f,
            gconstpointer  data)
{
  g_autofree char *tooltip = NULL;

  sy_assumptions_set_use_case (f->assumptions, "mobile-api");
  answer (f, 0, SY_CHECK_YES);
  settle (f);
  g_assert_cmpstr (first (f)->id, ==, "tail-latency");
  tooltip = g_strdup_printf ("Less Important: %s", first (f)->label);

  /* It keeps the focus through the list that is made anew. */
  g_signal_emit_by_name (find_button (child (f, "priorities"), tooltip), "clicked");
  settle (f);
  g_assert_cmpstr (first (f)->id, !=, "tail-latency");
  g_assert_true (sy_assumptions_has_own_order (f->assumptions));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (gtk_window_get_focus (GTK_WINDOW (f->window))), ==, tooltip);

  g_signal_emit_by_name (find_button (child (f, "priorities"), "Back to the Order of the Use Case"), "clicked");
  settle (f);
  g_assert_cmpstr (first (f)->id, ==, "tail-latency");
}

/* Where the answer turns, as a person reads it: three criteria of which the last
 * two differ by @second and @third, the first against them by @first. */
static GPtrArray *
dup_flips (double first_gap,
           double second_gap,
           double third_gap)
{
  static const guint order[] = { 0, 1, 2 };
  const double gaps[] = { first_gap, second_gap, third_gap };
  g_autoptr (SyDecision) decision = sy_decision_new ();

  for (guint i = 0; i < G_N_ELEMENTS (gaps); i++)
    {
      g_autofree char *id = g_strdup_printf ("c%u", i);
      SyCriterion *criterion = sy_criterion_new (id, id, SY_EVIDENCE_JUDGED);

      criterion->a = 50 + gaps[i] / 2;
      criterion->b = 50 - gaps[i] / 2;
      g_ptr_array_add (decision->criteria, criterion);
    }
  sy_decision_add_stance (decision, "an order", order);
  return sy_decide_words_dup_flips (decision);
}

/* No weight is "less than 0 %", "-0 %", "more than 100 %" or what it is now. */
static void
test_flip_words (void)
{
  static const double gaps[] = { 100, 10, 1, 0.1, 0.01, 1e-4, 1e-13, 0 };
  guint n_said = 0;

  for (guint i = 0; i < G_N_ELEMENTS (gaps); i++)
    for (guint k = 0; k < G_N_ELEMENTS (gaps); k++)
      for (guint sign = 0; sign < 2; sign++)
        {
          g_autoptr (GPtrArray) flips = dup_flips (gaps[i], sign == 0 ? -gaps[k] : gaps[k], -gaps[k] / 3);

          for (guint each = 0; each < flips->len; each++, n_said++)
            {
              const char *said = g_ptr_array_index (flips, each);

              if (g_regex_match_simple ("than (-.*|0(\\.0*)?|100(\\.0*)?) %", said, 0, 0)
                  || g_regex_match_simple ("than (.*) % \\(now \\1 %\\)", said, 0, 0))
                g_error ("%g against %g: %s", gaps[i], gaps[k], said);
            }
        }

  g_test_message ("%u sentences", n_said);
  g_assert_cmpuint (n_said, >, 20);
}

/* --- the strip ------------------------------------------------------------ */

static SyVerdict *
make_verdict (SyVerdictState state)
{
  SyVerdict *verdict = sy_verdict_new ();

  verdict->state = verdict->time.state = state;
  verdict->time.what = "p95 latency";
  verdict->time.unit = "s";
  verdict->time.value[0] = 0.043;
  verdict->time.value[1] = 0.221;
  verdict->time.ratio = 0.195;
  verdict->time.low = 0.17;
  verdict->time.high = 0.22;
  verdict->minutes = 4;
  g_ptr_array_add (verdict->gates, sy_gate_new (SY_GATE_LOAD, SY_GATE_PASSED, 1, 1.1, "Both carry the same load", "x"));
  g_ptr_array_add (verdict->gates, sy_gate_new (SY_GATE_SAMEHOST, SY_GATE_NOTICE, NAN, NAN, "Both run on one machine", "x"));
  return verdict;
}

static void
test_verdict_words (void)
{
  g_autoptr (SyVerdict) verdict = make_verdict (SY_VERDICT_A_AHEAD);
  g_autoptr (SyVerdict) early = sy_verdict_new ();
  g_autofree char *title = sy_verdict_text_dup_title (verdict, "Orders", "Basket");
  g_autofree char *detail = sy_verdict_text_dup_detail (verdict, "Orders", "Basket");
  g_autofree char *worst = NULL;
  g_autofree char *next = NULL;
  double certainty;
  gboolean against;

  g_assert_cmpstr (title, ==, "Orders is ahead at this load");
  g_assert_cmpstr (detail, ==,
                   "p95 latency 43\u00a0ms against 221\u00a0ms: 0.20 times (0.17 to 0.22, valid whenever one looks), "
                   "after 4\u00a0min of evidence.");
  g_assert_cmpfloat (sy_verdict_text_get_tilt (verdict, &certainty), ==, -1);
  g_assert_cmpfloat (certainty, >, 0.7);
  worst = sy_verdict_text_dup_gate (verdict, 0, &against);
  g_assert_cmpstr (worst, ==, "⚠ Both run on one machine");
  g_assert_true (against);
  next = sy_verdict_text_dup_gate (verdict, 1, &against);
  g_assert_cmpstr (next, ==, "✓ Both carry the same load");
  g_assert_null (sy_verdict_text_dup_gate (verdict, 2, &against));

  g_assert_null (sy_verdict_text_dup_title (early, "Orders", "Basket"));
  g_assert_true (isnan (sy_verdict_text_get_tilt (early, &certainty)));
}

/* Where the moment does not compare, what is said at equal load and from what. */
static void
test_equal_load_words (void)
{
  static const struct {
    SyVerdictState state;
    double         load[2];
    const char    *expected;
  } cases[] = {
    { SY_VERDICT_PRACTICALLY_EQUAL, { 96, 412 }, "At equal load they are practically equal in p95 latency (96 to 412 requests/s)." },
    { SY_VERDICT_A_AHEAD, { 300, 300 }, "At equal load Orders is ahead in p95 latency (300 requests/s)." },
    { SY_VERDICT_B_AHEAD, { NAN, NAN }, "At equal load Basket is ahead in p95 latency (no load was carried by both)." },
    { SY_VERDICT_TOO_CLOSE, { 96, 412 }, "At equal load they are too close to call in p95 latency (96 to 412 requests/s)." },
    { SY_VERDICT_TOO_EARLY, { NAN, NAN }, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SyVerdict) verdict = make_verdict (SY_VERDICT_NOT_COMPARABLE);
      g_autofree char *expected = g_strdup_printf ("They carry different loads. A 96, B 412. %s", cases[i].expected);
      g_autofree char *detail = NULL;

      g_ptr_array_insert (verdict->gates, 0,
                          sy_gate_new (SY_GATE_LOAD, SY_GATE_REFUSE, 4, 1.1, "They carry different loads", "A 96, B 412"));
      verdict->load = verdict->time;
      verdict->load.state = cases[i].state;
      verdict->load.load[0] = cases[i].load[0];
      verdict->load.load[1] = cases[i].load[1];
      detail = sy_verdict_text_dup_detail (verdict, "Orders", "Basket");
      g_assert_cmpstr (detail, ==, expected);
    }
}

/* The figures are the answer until there is a verdict, and stay below it. */
static void
test_strip (void)
{
  SyLiveStrip *strip = g_object_ref_sink (g_object_new (SY_TYPE_LIVE_STRIP, NULL));
  g_autoptr (SyVerdict) early = sy_verdict_new ();
  g_autoptr (SyVerdict) verdict = make_verdict (SY_VERDICT_B_AHEAD);
  GtkLabel *sentence = GTK_LABEL (gtk_widget_get_template_child (GTK_WIDGET (strip), SY_TYPE_LIVE_STRIP, "sentence"));
  GtkLabel *caveat = GTK_LABEL (gtk_widget_get_template_child (GTK_WIDGET (strip), SY_TYPE_LIVE_STRIP, "caveat"));
  const SySummarySide sides[] = { { "Orders", NULL }, { "Basket", NULL } };
  g_autofree char *facts = sy_summary_dup_sentence (sides, 2);
  int minimum;

  sy_live_strip_set_sides (strip, sides, 2);
  sy_live_strip_set_verdict (strip, early, "Orders", "Basket");
  g_assert_cmpstr (gtk_label_get_text (sentence), ==, facts);

  sy_live_strip_set_verdict (strip, verdict, "Orders", "Basket");
  g_assert_cmpstr (gtk_label_get_text (sentence), ==, "Basket is ahead at this load");
  g_assert_cmpstr (gtk_label_get_text (caveat), ==, facts);
  gtk_widget_measure (GTK_WIDGET (strip), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 336);

  sy_live_strip_set_verdict (strip, NULL, NULL, NULL);
  g_assert_cmpstr (gtk_label_get_text (sentence), ==, facts);
  g_object_unref (strip);
}

#define ADD(name, func) g_test_add ("/ui/decide-page/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  ADD ("asks-first", test_asks_first);
  ADD ("nothing-to-weigh", test_nothing_to_weigh);
  ADD ("swapped", test_swapped);
  ADD ("sizes", test_sizes);
  ADD ("keyboard", test_keyboard);
  ADD ("order", test_order);
  g_test_add_func ("/ui/decide-page/flip-words", test_flip_words);
  g_test_add_func ("/ui/verdict/words", test_verdict_words);
  g_test_add_func ("/ui/verdict/words-at-equal-load", test_equal_load_words);
  g_test_add_func ("/ui/verdict/strip", test_strip);

  return g_test_run ();
}
