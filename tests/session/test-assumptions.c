/* test-assumptions.c: what a person states is kept, and nothing else
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "sy-assumptions.h"
#include "sy-error.h"

typedef struct
{
  char          *folder;      /* (owned) */
  char          *path;        /* (owned) */
  SyAssumptions *assumptions; /* (owned) */
  guint          n_changes;
} Fixture;

static void
changed_cb (SyAssumptions *assumptions,
            Fixture       *f)
{
  f->n_changes++;
}

static void
load (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&f->assumptions);
  f->assumptions = sy_assumptions_new (f->path, &error);
  g_assert_no_error (error);
  f->n_changes = 0;
  g_signal_connect (f->assumptions, "changed", G_CALLBACK (changed_cb), f);
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->folder = g_dir_make_tmp ("steelyard-assumptions-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "assumptions.json", NULL);
  load (f);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_clear_object (&f->assumptions);
  g_unlink (f->path);
  g_rmdir (f->folder);
  g_free (f->folder);
  g_free (f->path);
}

static void
state (Fixture        *f,
       const char     *name,
       double          value,
       SyEvidenceClass cls)
{
  const SyAssumption assumption = { value, value * 0.9, value * 1.1, cls, "a test", NULL };
  g_autoptr (GError) error = NULL;

  g_assert_true (sy_assumptions_set (f->assumptions, name, &assumption, &error));
  g_assert_no_error (error);
}

/* Nobody said anything: defaults have a source, the rest is unknown. */
static void
test_empty (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr (GPtrArray) order = sy_assumptions_dup_order (f->assumptions);
  SyAssumption value;
  double half_width;

  g_assert_null (sy_assumptions_get_error (f->assumptions));
  g_assert_null (sy_assumptions_get_use_case (f->assumptions));
  g_assert_cmpuint (order->len, ==, 0);
  g_assert_false (sy_assumptions_get (f->assumptions, "A.salary", &value));
  g_assert_true (isnan (value.value));
  g_assert_nonnull (value.source);
  g_assert_true (sy_assumptions_get (f->assumptions, "discount", &value));
  g_assert_cmpint (value.cls, ==, SY_EVIDENCE_ASSUMED);
  g_assert_cmpfloat (value.low, <, value.high);
  g_assert_false (sy_assumptions_get (f->assumptions, "slo_threshold", &value));
  g_assert_true (isnan (sy_assumptions_get_value (f->assumptions, "ecosystem", 0, NULL, &half_width)));
  g_assert_false (sy_assumptions_get (f->assumptions, "A.poem", &value));
}

static void
test_use_case (Fixture       *f,
               gconstpointer  data)
{
  static const char *const mine[] = { "cost", "security", NULL };
  static const char *const twice[] = { "cost", "cost", NULL };
  static const char *const none[] = { "beauty", NULL };
  g_autoptr (GPtrArray) order = NULL;
  SyAssumption value;

  g_assert_false (sy_assumptions_set_use_case (f->assumptions, "poem"));
  g_assert_true (sy_assumptions_set_use_case (f->assumptions, "mobile-api"));
  g_assert_true (sy_assumptions_set_use_case (f->assumptions, "mobile-api"));
  g_assert_cmpuint (f->n_changes, ==, 1);
  g_assert_true (sy_assumptions_get (f->assumptions, "slo_threshold", &value));
  g_assert_nonnull (value.source);
  order = sy_assumptions_dup_order (f->assumptions);
  g_assert_cmpstr (g_ptr_array_index (order, 0), ==, "tail-latency");
  g_clear_pointer (&order, g_ptr_array_unref);

  g_assert_false (sy_assumptions_set_order (f->assumptions, twice));
  g_assert_false (sy_assumptions_set_order (f->assumptions, none));
  g_assert_true (sy_assumptions_set_order (f->assumptions, mine));
  order = sy_assumptions_dup_order (f->assumptions);
  g_assert_cmpuint (order->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (order, 1), ==, "security");

  /* One that is made of the names of the present one, as a person's next step is. */
  order->pdata[1] = order->pdata[0];
  order->pdata[0] = (gpointer) "security";
  g_ptr_array_add (order, NULL);
  g_assert_true (sy_assumptions_set_order (f->assumptions, (const char *const *) order->pdata));
  g_clear_pointer (&order, g_ptr_array_unref);
  order = sy_assumptions_dup_order (f->assumptions);
  g_assert_cmpstr (g_ptr_array_index (order, 0), ==, "security");
  g_assert_cmpstr (g_ptr_array_index (order, 1), ==, "cost");

  /* What is stated goes before what the use case says. */
  state (f, "slo_threshold", 0.05, SY_EVIDENCE_USER);
  sy_assumptions_get (f->assumptions, "slo_threshold", &value);
  g_assert_cmpfloat (value.value, ==, 0.05);
  sy_assumptions_clear (f->assumptions, "slo_threshold");
  sy_assumptions_get (f->assumptions, "slo_threshold", &value);
  g_assert_cmpfloat (value.value, ==, sy_assumptions_get_use_case (f->assumptions)->slo_threshold);
}

static void
test_refused (Fixture       *f,
              gconstpointer  data)
{
  static const struct { const char *name; SyAssumption value; } cases[] = {
    { "A.poem", { 1, NAN, NAN, SY_EVIDENCE_USER, NULL } },
    { "A.discount", { 0.1, NAN, NAN, SY_EVIDENCE_USER, NULL } },
    { "A.salary", { -1, NAN, NAN, SY_EVIDENCE_USER, NULL } },
    { "A.salary", { NAN, NAN, NAN, SY_EVIDENCE_USER, NULL } },
    { "A.skilled_share", { 1.5, NAN, NAN, SY_EVIDENCE_USER, NULL } },
    { "A.salary", { 100, 200, 300, SY_EVIDENCE_USER, NULL } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (sy_assumptions_set (f->assumptions, cases[i].name, &cases[i].value, &error));
      g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
    }
  g_assert_cmpuint (f->n_changes, ==, 0);
}

/* A bare name speaks of both sides; what was measured is not kept. */
static void
test_kept (Fixture       *f,
           gconstpointer  data)
{
  SyAssumption value;
  double half_width;

  sy_assumptions_set_use_case (f->assumptions, "iot");
  state (f, "salary", 95000, SY_EVIDENCE_USER);
  state (f, "A.cap_slo", 800, SY_EVIDENCE_MEASURED);
  sy_assumptions_set_answer (f->assumptions, "ecosystem", "payments", 0, SY_CHECK_YES);
  sy_assumptions_set_answer (f->assumptions, "ecosystem", "payments", 1, SY_CHECK_NO);
  sy_assumptions_set_score (f->assumptions, "team-fit", 1, 60);
  sy_assumptions_set_half_width (f->assumptions, "team-fit", 15);
  sy_assumptions_set_reason (f->assumptions, "team-fit", "two of three know it");
  sy_assumptions_set_upgrade_years (f->assumptions, 1, 1u << 3);
  g_assert_true (sy_assumptions_set_currency (f->assumptions, "EUR"));
  g_assert_false (sy_assumptions_set_currency (f->assumptions, "XYZ"));
  g_assert_true (sy_assumptions_set_shape (f->assumptions, "flat"));
  g_assert_false (sy_assumptions_set_shape (f->assumptions, "round"));
  g_assert_true (sy_assumptions_get (f->assumptions, "A.cap_slo", &value));

  load (f);
  g_assert_null (sy_assumptions_get_error (f->assumptions));
  g_assert_cmpstr (sy_assumptions_get_use_case (f->assumptions)->id, ==, "iot");
  g_assert_true (sy_assumptions_get (f->assumptions, "B.salary", &value));
  g_assert_cmpfloat (value.value, ==, 95000);
  g_assert_cmpfloat_with_epsilon (value.high, 104500, 1e-9);
  g_assert_cmpstr (value.source, ==, "a test");
  g_assert_false (sy_assumptions_get (f->assumptions, "A.cap_slo", &value));
  g_assert_cmpint (sy_assumptions_get_answer (f->assumptions, "ecosystem", "payments", 0), ==, SY_CHECK_YES);
  g_assert_cmpint (sy_assumptions_get_answer (f->assumptions, "ecosystem", "payments", 1), ==, SY_CHECK_NO);
  g_assert_cmpint (sy_assumptions_get_answer (f->assumptions, "ecosystem", "database", 1), ==, SY_CHECK_OPEN);
  g_assert_cmpfloat (sy_assumptions_get_value (f->assumptions, "team-fit", 1, NULL, &half_width), ==, 60);
  g_assert_cmpfloat (half_width, ==, 15);
  g_assert_cmpstr (sy_assumptions_get_judgement (f->assumptions, "team-fit")->reason, ==, "two of three know it");
  g_assert_cmpuint (sy_assumptions_get_upgrade_years (f->assumptions, 1), ==, 8);
  g_assert_cmpstr (sy_assumptions_get_currency (f->assumptions), ==, "EUR");
  g_assert_cmpstr (sy_assumptions_get_shape (f->assumptions, NULL), ==, "flat");
}

/* One yes of five, four open: 20 to 100. */
static void
test_checklist (Fixture       *f,
                gconstpointer  data)
{
  double half_width;

  sy_assumptions_set_answer (f->assumptions, "ecosystem", "payments", 0, SY_CHECK_YES);
  g_assert_cmpfloat_with_epsilon (sy_assumptions_get_value (f->assumptions, "ecosystem", 0, NULL, &half_width), 60, 1e-9);
  g_assert_cmpfloat_with_epsilon (half_width, 40, 1e-9);
  g_assert_true (isnan (sy_assumptions_get_value (f->assumptions, "ecosystem", 1, NULL, &half_width)));
}

/* Every line answered and no range typed: it is a judgement all the same. */
static void
test_never_exact (Fixture       *f,
                  gconstpointer  data)
{
  static const char *const items[] = { "skills", "shared-language", "local-hiring", "review" };
  double half_width;

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    sy_assumptions_set_answer (f->assumptions, "team-fit", items[i], 0, i < 3 ? SY_CHECK_YES : SY_CHECK_NO);
  g_assert_cmpfloat (sy_assumptions_get_value (f->assumptions, "team-fit", 0, NULL, &half_width), ==, 75);
  g_assert_cmpfloat (half_width, ==, sy_criterion_half_width (SY_EVIDENCE_JUDGED));
  g_assert_cmpfloat (half_width, >, 0);

  sy_assumptions_set_score (f->assumptions, "security", 0, 80);
  g_assert_cmpfloat (sy_assumptions_get_value (f->assumptions, "security", 0, NULL, &half_width), ==, 80);
  g_assert_cmpfloat (half_width, ==, sy_criterion_half_width (SY_EVIDENCE_CHECKED));

  sy_assumptions_set_half_width (f->assumptions, "security", 5);
  sy_assumptions_get_value (f->assumptions, "security", 0, NULL, &half_width);
  g_assert_cmpfloat (half_width, ==, 5);
}

static void
test_written_once (Fixture       *f,
                   gconstpointer  data)
{
  state (f, "A.salary", 95000, SY_EVIDENCE_USER);
  g_assert_false (g_file_test (f->path, G_FILE_TEST_EXISTS));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_true (g_file_test (f->path, G_FILE_TEST_EXISTS));
}

/* Asked for before it would have been by itself; what fails is tried again at the end. */
static void
test_saved_early (Fixture       *f,
                  gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  SyAssumption value;

  state (f, "A.salary", 95000, SY_EVIDENCE_USER);
  g_assert_true (sy_assumptions_save (f->assumptions, &error));
  g_assert_no_error (error);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (sy_assumptions_get_error (f->assumptions));

  g_unlink (f->path);
  g_assert_cmpint (g_mkdir (f->path, 0700), ==, 0);
  state (f, "A.salary", 96000, SY_EVIDENCE_USER);
  g_assert_false (sy_assumptions_save (f->assumptions, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_FAILED);
  g_rmdir (f->path);
  load (f);
  g_assert_true (sy_assumptions_get (f->assumptions, "A.salary", &value));
  g_assert_cmpfloat (value.value, ==, 96000);
}

/* Somebody else's mistake is told and not written over. */
static void
test_spoilt (Fixture       *f,
             gconstpointer  data)
{
  static const char *const texts[] = {
    "{", "[]", "{}", "{\"schema\":\"steelyard.assumptions/2\"}",
    "{\"schema\":\"steelyard.assumptions/1\",\"poem\":1}",
    "{\"schema\":\"steelyard.assumptions/1\",\"currency\":\"XYZ\"}",
    "{\"schema\":\"steelyard.assumptions/1\",\"shape\":\"round\"}",
    "{\"schema\":\"steelyard.assumptions/1\",\"upgrade_years_A\":-1}",
    "{\"schema\":\"steelyard.assumptions/1\",\"values\":{\"A.salary\":{\"value\":1,\"class\":\"MEASURED\"}}}",
    "{\"schema\":\"steelyard.assumptions/1\",\"values\":{\"A.salary\":{\"value\":1,\"low\":2,\"class\":\"USER\"}}}",
    "{\"schema\":\"steelyard.assumptions/1\",\"values\":{\"A.poem\":{\"value\":1,\"class\":\"USER\"}}}",
    "{\"schema\":\"steelyard.assumptions/1\",\"values\":{\"A.salary\":{\"value\":1,\"class\":\"USER\",\"observed\":\"soon\"}}}",
    "{\"schema\":\"steelyard.assumptions/1\",\"judgements\":{\"team-fit\":{\"A\":101}}}",
    "{\"schema\":\"steelyard.assumptions/1\",\"answers\":{\"ecosystem\":{\"payments\":[\"yes\"]}}}",
    "{\"schema\":\"steelyard.assumptions/1\",\"answers\":{\"ecosystem\":{\"payments\":[\"yes\",\"maybe\"]}}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *after = NULL;

      g_assert_true (g_file_set_contents (f->path, texts[i], -1, NULL));
      load (f);
      g_test_message ("%s: %s", texts[i],
                      sy_assumptions_get_error (f->assumptions) ? sy_assumptions_get_error (f->assumptions)->message : "read");
      g_assert_error (sy_assumptions_get_error (f->assumptions), SY_ERROR, SY_ERROR_INVALID);
      g_assert_true (strstr (sy_assumptions_get_error (f->assumptions)->message, f->path) != NULL);

      sy_assumptions_set_use_case (f->assumptions, "iot");
      g_clear_object (&f->assumptions);
      g_assert_true (g_file_get_contents (f->path, &after, NULL, NULL));
      g_assert_cmpstr (after, ==, texts[i]);
    }
}

/* Tried on a recording: begins with what is stated, and never comes back. */
static void
test_copy (Fixture       *f,
           gconstpointer  data)
{
  const SyAssumption salary = { 95000, NAN, NAN, SY_EVIDENCE_USER, "payroll", NULL };
  const SyAssumption measured = { 900, NAN, NAN, SY_EVIDENCE_MEASURED, "load run", NULL };
  const SyAssumption other = { 120000, NAN, NAN, SY_EVIDENCE_USER, "payroll", NULL };
  g_autoptr (SyAssumptions) copy = NULL;
  g_autoptr (GError) error = NULL;
  SyAssumption found;

  g_assert_true (sy_assumptions_set_use_case (f->assumptions, "iot"));
  g_assert_true (sy_assumptions_set (f->assumptions, "A.salary", &salary, &error));
  g_assert_true (sy_assumptions_set (f->assumptions, "A.cap_slo", &measured, &error));
  copy = sy_assumptions_new_copy (f->assumptions, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sy_assumptions_get_use_case (copy)->id, ==, "iot");
  g_assert_true (sy_assumptions_get (copy, "A.salary", &found));
  g_assert_cmpfloat (found.value, ==, 95000);
  g_assert_cmpstr (found.source, ==, "payroll");
  g_assert_false (sy_assumptions_is_stated (copy, "A.cap_slo"));

  g_assert_true (sy_assumptions_set (copy, "A.salary", &other, &error));
  g_assert_true (sy_assumptions_save (copy, &error));
  g_assert_true (sy_assumptions_get (f->assumptions, "A.salary", &found));
  g_assert_cmpfloat (found.value, ==, 95000);
  g_clear_object (&copy);
  g_assert_true (sy_assumptions_save (f->assumptions, &error));
  load (f);
  g_assert_true (sy_assumptions_get (f->assumptions, "A.salary", &found));
  g_assert_cmpfloat (found.value, ==, 95000);
}

int
main (int   argc,
      char *argv[])
{
  static const struct { const char *path; void (*test) (Fixture *, gconstpointer); } cases[] = {
    { "/assumptions/empty", test_empty }, { "/assumptions/use-case", test_use_case },
    { "/assumptions/refused", test_refused }, { "/assumptions/kept", test_kept },
    { "/assumptions/checklist", test_checklist }, { "/assumptions/never-exact", test_never_exact },
    { "/assumptions/written-once", test_written_once },
    { "/assumptions/saved-early", test_saved_early },
    { "/assumptions/spoilt", test_spoilt }, { "/assumptions/copy", test_copy },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, Fixture, NULL, set_up, cases[i].test, tear_down);
  return g_test_run ();
}
