/* test-use-case-book.c
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "sy-datadir.h"
#include "sy-error.h"
#include "sy-use-case-book.h"

#define USE_CASE(id, criterion)                                                                                \
  "{\"schema\":\"steelyard.use-case/1\",\"id\":\"" id "\",\"name\":\"Mine\",\"summary\":\"s\","                  \
  "\"slo\":{\"threshold_s\":0.2,\"share\":0.99,\"why\":\"w\"},"                                                 \
  "\"traffic\":{\"shape\":\"flat\",\"growth\":0.1,\"why\":\"w\"},"                                              \
  "\"priorities\":[{\"criterion\":\"" criterion "\",\"why\":\"w\"}]}"

typedef struct
{
  char *own;     /* (owned) */
  char *shipped; /* (owned) */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->own = g_dir_make_tmp ("steelyard-use-cases-XXXXXX", NULL);
  fixture->shipped = sy_datadir_build_path ("use-cases", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->own, "mine.json", NULL);

  g_unlink (path);
  g_rmdir (fixture->own);
  g_free (fixture->own);
  g_free (fixture->shipped);
}

static SyUseCaseBook *
load (Fixture    *fixture,
      const char *text,
      GError    **error)
{
  const char *const directories[] = { fixture->shipped, fixture->own, "/nonexistent/steelyard", NULL };
  g_autofree char *path = g_build_filename (fixture->own, "mine.json", NULL);

  if (text != NULL)
    g_assert_true (g_file_set_contents (path, text, -1, NULL));

  return sy_use_case_book_new (directories, error);
}

static void
test_shipped (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyUseCaseBook) book = load (fixture, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (sy_use_case_book_get_n (book), ==, 11);
  g_assert_cmpstr (sy_use_case_book_find (book, "fintech-risk")->workload, ==, "fintech-risk");
  g_assert_cmpint (sy_use_case_book_find_kind (book, "tail-latency")->cls, ==, SY_EVIDENCE_MEASURED);
  g_assert_cmpuint (sy_use_case_book_get_kinds (book)->len, ==, 8);
  g_assert_null (sy_use_case_book_find (book, "poem"));
}

static void
test_own (Fixture       *fixture,
          gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyUseCaseBook) book = load (fixture, USE_CASE ("mvp", "cost"), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (sy_use_case_book_get_n (book), ==, 11);
  g_assert_cmpstr (sy_use_case_book_find (book, "mvp")->name, ==, "Mine");
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  static const struct { const char *text, *message; } cases[] = {
    { USE_CASE ("x", "charm"), "“charm” is no criterion" },
    { "{", "mine.json: 1:" },
  };
  const char *const nowhere[] = { "/nonexistent/steelyard", NULL };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_null (load (fixture, cases[i].text, &error));
      g_assert_nonnull (strstr (error->message, cases[i].message));
      g_clear_error (&error);
    }

  g_assert_null (sy_use_case_book_new (nowhere, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/use-case-book/shipped", Fixture, NULL, set_up, test_shipped, tear_down);
  g_test_add ("/use-case-book/own", Fixture, NULL, set_up, test_own, tear_down);
  g_test_add ("/use-case-book/refused", Fixture, NULL, set_up, test_refused, tear_down);
  return g_test_run ();
}
