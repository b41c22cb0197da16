/* test-use-case.c
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "sy-datadir.h"
#include "sy-error.h"
#include "sy-use-case.h"

#define USE_CASE(slo, traffic, priorities)                                                                     \
  "{\"schema\":\"steelyard.use-case/1\",\"id\":\"x\",\"name\":\"X\",\"summary\":\"s\",\"slo\":" slo              \
  ",\"traffic\":" traffic ",\"priorities\":" priorities "}"
#define SLO "{\"threshold_s\":0.2,\"share\":0.99,\"why\":\"w\"}"
#define TRAFFIC "{\"shape\":\"flat\",\"growth\":0.1,\"why\":\"w\"}"
#define ONE "[{\"criterion\":\"cost\",\"why\":\"w\"}]"

static char *
read_file (const char *name,
           gsize      *ret_length)
{
  g_autofree char *path = sy_datadir_build_path ("use-cases", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, ret_length, &error);
  g_assert_no_error (error);
  return text;
}

static gboolean
is_kind (GPtrArray  *kinds,
         const char *id)
{
  for (guint i = 0; i < kinds->len; i++)
    if (strcmp (((SyCriterionKind *) g_ptr_array_index (kinds, i))->id, id) == 0)
      return TRUE;

  return FALSE;
}

/* Every file we ship can be read, and its priorities are criteria of ours. A use
 * case has no place for a score: nobody gets a point from it. */
static void
test_shipped (void)
{
  static const char *const names[] = {
    "ai-application", "analytics-dashboard", "automation", "collaborative-tools", "data-heavy-platform",
    "fintech-risk", "iot", "mobile-api", "mvp", "real-time-chat", "streaming",
  };
  g_autoptr (GError) error = NULL;
  gsize length;
  g_autofree char *criteria = read_file ("criteria.json", &length);
  g_autoptr (GPtrArray) kinds = sy_criterion_kinds_new_from_data ("criteria", criteria, length, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *file = g_strconcat (names[i], ".json", NULL);
      g_autofree char *text = read_file (file, &length);
      g_autoptr (SyUseCase) use_case = sy_use_case_new_from_data (file, text, length, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (use_case->id, ==, names[i]);
      g_assert_cmpuint (use_case->priorities->len, >=, 7);
      for (guint k = 0; k < use_case->priorities->len; k++)
        g_assert_true (is_kind (kinds, ((SyPriority *) g_ptr_array_index (use_case->priorities, k))->criterion));

      for (guint h = 0; h < SY_TRAFFIC_HOURS; h++)
        g_assert_true (use_case->shape.hour[h] >= 0 && use_case->shape.hour[h] <= 1 + 1e-12);

      for (guint k = 0; k < 2; k++)
        {
          static const char *const languages[] = { "python", "node" };
          g_autofree char *lower = g_ascii_strdown (text, -1);

          g_assert_null (strstr (lower, languages[k]));
        }
    }
}

static void
test_refusals (void)
{
  static const struct { const char *text, *message; } cases[] = {
    { "{", "x: 1:" },
    { "[]", "schema" },
    { USE_CASE ("3", TRAFFIC, ONE), "“slo” should be an object" },
    { USE_CASE ("{\"threshold_s\":0,\"share\":0.9,\"why\":\"w\"}", TRAFFIC, ONE), "slo: “threshold_s”" },
    { USE_CASE ("{\"threshold_s\":1,\"share\":1.1,\"why\":\"w\"}", TRAFFIC, ONE), "slo: “share”" },
    { USE_CASE ("{\"threshold_s\":1,\"share\":1}", TRAFFIC, ONE), "slo: “why”" },
    { USE_CASE (SLO, "{\"shape\":\"round\",\"growth\":0,\"why\":\"w\"}", ONE), "traffic: “shape”" },
    { USE_CASE (SLO, "{\"shape\":\"cos floor 2 peak 3h\",\"growth\":0,\"why\":\"w\"}", ONE), "traffic: “shape”" },
    { USE_CASE (SLO, "{\"shape\":\"flat\",\"growth\":\"a\",\"why\":\"w\"}", ONE), "traffic: “growth”" },
    { USE_CASE (SLO, "{\"shape\":\"flat\",\"growth\":0,\"growth_why\":3,\"why\":\"w\"}", ONE), "traffic: “growth_why”" },
    { USE_CASE (SLO, TRAFFIC, "[]"), "one criterion" },
    { USE_CASE (SLO, TRAFFIC, "[1]"), "list of objects" },
    { USE_CASE (SLO, TRAFFIC, "[{\"criterion\":\"cost\",\"why\":\"w\"},{\"criterion\":\"cost\",\"why\":\"w\"}]"), "item 2: “criterion” should be there once" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sy_use_case_new_from_data ("x", cases[i].text, strlen (cases[i].text), &error));
      g_assert_cmpint (error->domain, ==, SY_ERROR);
      g_assert_true (g_str_has_prefix (error->message, "x: "));
      g_assert_nonnull (strstr (error->message, cases[i].message));
    }
}

static void
test_shapes (void)
{
  SyTrafficShape shape;

  g_assert_true (sy_traffic_shape_parse ("cos floor 0.2 peak 14h", &shape));
  g_assert_cmpfloat_with_epsilon (sy_traffic_shape_get_mean (&shape), 0.6, 1e-12);
  g_assert_true (sy_traffic_shape_parse ("office floor 0.1 from 22h to 6h", &shape));
  g_assert_cmpfloat (shape.hour[23], ==, 1);
  g_assert_cmpfloat (shape.hour[5], ==, 1);
  g_assert_cmpfloat (shape.hour[6], ==, 0.1);
  g_assert_true (sy_traffic_shape_parse ("flat", &shape));
  g_assert_cmpfloat (sy_traffic_shape_get_mean (&shape), ==, 1);
  g_assert_false (sy_traffic_shape_parse ("cos floor 0.2 peak 14", &shape));
  g_assert_false (sy_traffic_shape_parse ("cos floor x peak 14h", &shape));
  g_assert_false (sy_traffic_shape_parse ("", &shape));
}

static void
test_checklist (void)
{
  const SyCheckAnswer answers[] = { SY_CHECK_YES, SY_CHECK_NO, SY_CHECK_OPEN, SY_CHECK_YES };
  double half_width;

  g_assert_cmpfloat (sy_checklist_value (answers, 4, &half_width), ==, 62.5);
  g_assert_cmpfloat (half_width, ==, 12.5);
  g_assert_cmpfloat (sy_checklist_value (answers, 2, &half_width), ==, 50);
  g_assert_cmpfloat (half_width, ==, 0);
  g_assert_true (isnan (sy_checklist_value (answers, 0, &half_width)));
  g_assert_cmpfloat (half_width, ==, 50);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/use-case/shipped", test_shipped);
  g_test_add_func ("/use-case/refusals", test_refusals);
  g_test_add_func ("/use-case/shapes", test_shapes);
  g_test_add_func ("/use-case/checklist", test_checklist);
  return g_test_run ();
}
