/* test-alert-file.c: rules from one start to the next
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "sy-alert-book.h"
#include "sy-clock.h"
#include "sy-error.h"

#define HEAD "{ \"schema\": \"steelyard.alerts/1\", "

typedef struct
{
  char *folder; /* (owned) */
  char *path;   /* (owned) */
} File;

static void
set_up (File          *file,
        gconstpointer  data)
{
  file->folder = g_dir_make_tmp ("steelyard-XXXXXX", NULL);
  file->path = g_build_filename (file->folder, "alerts.json", NULL);
}

static void
tear_down (File          *file,
           gconstpointer  data)
{
  g_remove (file->path);
  g_rmdir (file->folder);
  g_free (file->path);
  g_free (file->folder);
}

static void
count_cb (SyAlertBook *book,
          guint       *n)
{
  (*n)++;
}

static void
test_kept (File          *file,
           gconstpointer  data)
{
  g_autoptr (SyAlertBook) book = sy_alert_book_new (file->path);
  g_autoptr (SyAlertBook) again = NULL;
  SyAlertRule rule;
  guint n = 0;

  g_assert_no_error (sy_alert_book_get_error (book));
  g_assert_cmpuint (sy_alert_book_get_n (book), ==, 0);
  g_assert_true (sy_alert_book_get_tells_lost (book));
  g_signal_connect (book, "changed", G_CALLBACK (count_cb), &n);

  sy_alert_rule_init (&rule);
  g_assert_true (sy_alert_book_add (book, &rule, G_MAXUINT, NULL));
  rule = (SyAlertRule) { 0, SY_QUANTITY_THROUGHPUT, 1, TRUE, SY_ALERT_BELOW, 0.75, 0.05, 1500000, FALSE };
  g_assert_true (sy_alert_book_add (book, &rule, 0, NULL));
  g_assert_true (sy_alert_book_set_tells_lost (book, FALSE, NULL));
  g_assert_true (sy_alert_book_set_tells_lost (book, FALSE, NULL));
  g_assert_cmpuint (n, ==, 3);

  again = sy_alert_book_new (file->path);
  g_assert_no_error (sy_alert_book_get_error (again));
  g_assert_false (sy_alert_book_get_tells_lost (again));
  g_assert_cmpuint (sy_alert_book_get_n (again), ==, 2);
  rule.id = sy_alert_book_get (again, 0)->id;
  g_assert_true (sy_alert_rule_equal (sy_alert_book_get (again, 0), &rule));
  g_assert_cmpint (sy_alert_book_get (again, 1)->quantity, ==, SY_QUANTITY_P99);
}

static void
test_changes (File          *file,
              gconstpointer  data)
{
  g_autoptr (SyAlertBook) book = sy_alert_book_new (file->path);
  g_autoptr (GError) error = NULL;
  SyAlertRule rule, wrong;
  guint n = 0;

  sy_alert_rule_init (&rule);
  sy_alert_book_add (book, &rule, G_MAXUINT, NULL);
  sy_alert_book_add (book, &rule, G_MAXUINT, NULL);
  g_assert_cmpuint (sy_alert_book_get (book, 0)->id, !=, sy_alert_book_get (book, 1)->id);
  g_signal_connect (book, "changed", G_CALLBACK (count_cb), &n);

  /* the same is no change */
  rule = *sy_alert_book_get (book, 1);
  g_assert_true (sy_alert_book_change (book, &rule, NULL));
  g_assert_cmpuint (n, ==, 0);

  rule.limit = 2;
  g_assert_true (sy_alert_book_change (book, &rule, NULL));
  g_assert_cmpfloat (sy_alert_book_get (book, 1)->limit, ==, 2);
  wrong = rule;
  wrong.limit = -1;
  g_assert_false (sy_alert_book_change (book, &wrong, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
  g_assert_cmpfloat (sy_alert_book_get (book, 1)->limit, ==, 2);

  /* out, and back where it was, as itself */
  g_assert_true (sy_alert_book_remove (book, rule.id, NULL));
  g_assert_null (sy_alert_book_find (book, rule.id));
  g_assert_true (sy_alert_book_add (book, &rule, 1, NULL));
  g_assert_true (sy_alert_rule_equal (sy_alert_book_get (book, 1), &rule));
  g_assert_cmpuint (n, ==, 3);
}

static void
test_full (File          *file,
           gconstpointer  data)
{
  g_autoptr (SyAlertBook) book = sy_alert_book_new (file->path);
  g_autoptr (GError) error = NULL;
  SyAlertRule rule;

  sy_alert_rule_init (&rule);
  for (guint i = 0; i < SY_ALERT_MAX_RULES; i++)
    g_assert_true (sy_alert_book_add (book, &rule, G_MAXUINT, NULL));
  g_assert_false (sy_alert_book_add (book, &rule, G_MAXUINT, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
  g_assert_cmpuint (sy_alert_book_get_n (book), ==, SY_ALERT_MAX_RULES);
}

/* A file with a mistake is told, left as it is, and does not stop anybody. */
static void
test_mistake (File          *file,
              gconstpointer  data)
{
  static const char text[] = HEAD "\"rules\": [ { \"quantity\": \"p99\", \"of\": \"g\", \"above\": 1 } ] }";
  g_autoptr (SyAlertBook) book = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *now = NULL;
  SyAlertRule rule;

  g_assert_true (g_file_set_contents (file->path, text, -1, NULL));
  book = sy_alert_book_new (file->path);
  g_assert_error (sy_alert_book_get_error (book), SY_ERROR, SY_ERROR_INVALID);
  g_assert_nonnull (strstr (sy_alert_book_get_error (book)->message, "alerts.json: rules[0].of: "));

  sy_alert_rule_init (&rule);
  g_assert_false (sy_alert_book_add (book, &rule, G_MAXUINT, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
  g_assert_cmpuint (sy_alert_book_get_n (book), ==, 1);
  g_assert_true (g_file_get_contents (file->path, &now, NULL, NULL));
  g_assert_cmpstr (now, ==, text);
}

static void
test_unkept (File          *file,
             gconstpointer  data)
{
  g_autofree char *below = g_build_filename (file->path, "below", "alerts.json", NULL);
  g_autoptr (SyAlertBook) book = NULL;
  g_autoptr (GError) error = NULL;
  SyAlertRule rule;

  g_assert_true (g_file_set_contents (file->path, "a file where a folder should be", -1, NULL));
  book = sy_alert_book_new (below);
  sy_alert_rule_init (&rule);
  g_assert_false (sy_alert_book_add (book, &rule, G_MAXUINT, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (sy_alert_book_get_n (book), ==, 1);
}

/* Each is refused with its place. */
static void
test_refused (void)
{
  static const struct { const char *text; const char *place; } cases[] = {
    { "{}", "schema" },
    { "{ \"schema\": \"steelyard.alerts/2\" }", "schema" },
    { HEAD "\"more\": 1 }", "more" },
    { HEAD "\"lost\": 1 }", "lost" },
    { HEAD "\"rules\": [ { \"of\": \"a\", \"above\": 1 } ] }", "rules[0].quantity" },
    { HEAD "\"rules\": [ { \"quantity\": \"p98\", \"of\": \"a\", \"above\": 1 } ] }", "rules[0].quantity" },
    { HEAD "\"rules\": [ { \"quantity\": \"p99\", \"of\": \"a/a\", \"above\": 1 } ] }", "rules[0].of" },
    { HEAD "\"rules\": [ { \"quantity\": \"p99\", \"of\": \"b/c\", \"above\": 1 } ] }", "rules[0].of" },
    { HEAD "\"rules\": [ { \"quantity\": \"p99\", \"of\": \"\", \"above\": 1 } ] }", "rules[0].of" },
    { HEAD "\"rules\": [ { \"quantity\": \"p99\", \"of\": \"a\" } ] }", "rules[0].above" },
    { HEAD "\"rules\": [ { \"quantity\": \"p99\", \"of\": \"a\", \"above\": 1, \"below\": 2 } ] }", "rules[0].above" },
    { HEAD "\"rules\": [ { \"quantity\": \"p99\", \"of\": \"a\", \"above\": -1 } ] }", "rules[0].above" },
    { HEAD "\"rules\": [ { \"quantity\": \"p99\", \"of\": \"b/a\", \"below\": 0 } ] }", "rules[0].below" },
    { HEAD "\"rules\": [ { \"quantity\": \"p99\", \"of\": \"a\", \"above\": 1, \"seconds\": 86401 } ] }", "rules[0].seconds" },
    { HEAD "\"rules\": [ { \"quantity\": \"p99\", \"of\": \"a\", \"above\": 1, \"hysteresis\": 0.91 } ] }", "rules[0].hysteresis" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SyAlertList) list = sy_alert_file_parse ("x.json", cases[i].text, strlen (cases[i].text), &error);
      g_autofree char *start = g_strdup_printf ("x.json: %s: ", cases[i].place);

      g_test_message ("%s", cases[i].text);
      g_assert_null (list);
      g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
      g_assert_true (g_str_has_prefix (error->message, start));
    }
}

/* What may be left out has the values of a new rule. */
static void
test_defaults (void)
{
  static const char text[] = HEAD "\"rules\": [ { \"quantity\": \"error-ratio\", \"of\": \"b\", \"above\": 0.02 } ] }";
  g_autoptr (GError) error = NULL;
  g_autoptr (SyAlertList) list = sy_alert_file_parse ("x.json", text, strlen (text), &error);
  const SyAlertRule *rule;

  g_assert_no_error (error);
  g_assert_true (list->tells_lost);
  rule = &g_array_index (list->rules, SyAlertRule, 0);
  g_assert_cmpint (rule->quantity, ==, SY_QUANTITY_ERROR_RATIO);
  g_assert_cmpuint (rule->backend, ==, 1);
  g_assert_false (rule->is_ratio);
  g_assert_cmpint (rule->duration_us, ==, 60 * SY_USEC_PER_SEC);
  g_assert_cmpfloat (rule->hysteresis, ==, 0.1);
  g_assert_true (rule->is_enabled);
}

#define ADD(name, func) g_test_add ("/alert-file/" name, File, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("kept", test_kept);
  ADD ("changes", test_changes);
  ADD ("full", test_full);
  ADD ("mistake", test_mistake);
  ADD ("unkept", test_unkept);
  g_test_add_func ("/alert-file/refused", test_refused);
  g_test_add_func ("/alert-file/defaults", test_defaults);

  return g_test_run ();
}
