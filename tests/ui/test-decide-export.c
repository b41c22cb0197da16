/* test-decide-export.c: the decision leaves in each form
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "sy-decide-export.h"
#include "sy-decide-page.h"

#define START_US (1000 * SY_USEC_PER_SEC)
#define WALL_US (G_GINT64_CONSTANT (1795000000) * SY_USEC_PER_SEC)

typedef struct
{
  SyClock       *clock;       /* (owned) */
  GListStore    *backends;    /* (owned) */
  SyAssumptions *assumptions; /* (owned) */
  SyAppraisal   *appraisal;   /* (owned) */
  GtkWidget     *window;      /* (owned) */
  char          *folder;      /* (owned) */
  char          *told;        /* (owned) (nullable) */
} Fixture;

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
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  static const char *const items[] = { "database", "payments", "messaging", "models", "documents" };
  g_autoptr (GError) error = NULL;

  f->clock = sy_clock_new_manual (START_US, WALL_US);
  f->backends = g_list_store_new (SY_TYPE_BACKEND);
  f->assumptions = sy_assumptions_new (NULL, &error);
  g_assert_no_error (error);
  f->appraisal = sy_appraisal_new (G_LIST_MODEL (f->backends), f->clock, f->assumptions);
  f->window = g_object_ref_sink (gtk_window_new ());
  f->folder = g_dir_make_tmp ("export-XXXXXX", NULL);

  sy_assumptions_set_use_case (f->assumptions, "mobile-api");
  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    sy_assumptions_set_answer (f->assumptions, "ecosystem", items[i], 0, SY_CHECK_YES);
  settle (f);
  g_assert_nonnull (sy_appraisal_get_decision (f->appraisal));
  gtk_window_present (GTK_WINDOW (f->window));
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  g_clear_object (&f->window);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&f->appraisal);
  g_clear_object (&f->assumptions);
  g_clear_object (&f->backends);
  g_clear_object (&f->clock);
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_clear_pointer (&f->folder, g_free);
  g_clear_pointer (&f->told, g_free);
}

static void
told_cb (SyDecideExport *dialog,
         const char     *text,
         Fixture        *f)
{
  g_free (f->told);
  f->told = g_strdup (text);
}

static SyDecideExport *
open_dialog (Fixture *f)
{
  SyDecideExport *dialog = SY_DECIDE_EXPORT (sy_decide_export_new (f->appraisal, GTK_WINDOW (f->window)));

  g_signal_connect (dialog, "told", G_CALLBACK (told_cb), f);
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}

/* Writes to @name and waits until it is told how that went. (transfer full) */
static char *
export (Fixture      *f,
        SyReportForm  form,
        const char   *name)
{
  SyDecideExport *dialog = open_dialog (f);
  g_autoptr (GFile) file = g_file_new_build_filename (f->folder, name, NULL);
  char *written = NULL;

  g_clear_pointer (&f->told, g_free);
  sy_decide_export_set_form (dialog, form);
  sy_decide_export_write (dialog, file);
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  while (f->told == NULL)
    g_main_context_iteration (NULL, TRUE);

  /* Here, not in the thread, whenever that ends. */
  g_assert_null (dialog);

  if (g_file_load_contents (file, NULL, &written, NULL, NULL, NULL))
    g_assert_true (g_file_delete (file, NULL, NULL));
  return written;
}

static void
test_forms (Fixture       *f,
            gconstpointer  data)
{
  static const struct {
    SyReportForm form;
    const char  *name;
    const char  *begin;
  } cases[] = {
    { SY_REPORT_FORM_PDF, "a.pdf", "%PDF-" },
    { SY_REPORT_FORM_HTML, "a.html", "<!DOCTYPE html>" },
    { SY_REPORT_FORM_MARKDOWN, "a.md", "# Decision: A or B\n" },
    { SY_REPORT_FORM_JSON, "a.json", "{\"schema\":\"steelyard.decision/1\"" },
    { SY_REPORT_FORM_PDF, "by-ending.html", "<!DOCTYPE html>" },
    { SY_REPORT_FORM_MARKDOWN, "no-ending", "# Decision: A or B\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *written = export (f, cases[i].form, cases[i].name);
      g_autofree char *expected = g_strdup_printf ("Exported to %s", cases[i].name);

      g_assert_nonnull (written);
      g_assert_true (g_str_has_prefix (written, cases[i].begin));
      g_assert_cmpstr (f->told, ==, expected);
    }
}

static void
test_failure (Fixture       *f,
              gconstpointer  data)
{
  g_autofree char *written = export (f, SY_REPORT_FORM_PDF, "no/such/folder.pdf");

  g_assert_null (written);
  g_assert_true (g_str_has_prefix (f->told, "The decision could not be exported: "));
}

/* The decision went while somebody thought about its name. */
static void
test_gone (Fixture       *f,
           gconstpointer  data)
{
  SyDecideExport *dialog = open_dialog (f);
  g_autoptr (GFile) file = g_file_new_build_filename (f->folder, "x.pdf", NULL);
  static const char *const items[] = { "database", "payments", "messaging", "models", "documents" };

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    sy_assumptions_set_answer (f->assumptions, "ecosystem", items[i], 0, SY_CHECK_OPEN);
  settle (f);
  g_assert_null (sy_appraisal_get_decision (f->appraisal));
  sy_decide_export_write (dialog, file);
  g_assert_cmpstr (f->told, ==, "There is no decision any more");
  g_assert_false (g_file_query_exists (file, NULL));
}

/* What is asked, and what of it matters for the form. */
static void
test_options (Fixture       *f,
              gconstpointer  data)
{
  SyDecideExport *dialog = open_dialog (f);
  GtkWidget *paper = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (dialog), SY_TYPE_DECIDE_EXPORT, "paper"));
  SyReportOptions options;
  int minimum;

  sy_decide_export_get_options (dialog, &options);
  g_assert_cmpint (options.form, ==, SY_REPORT_FORM_PDF);
  g_assert_cmpint (options.paper, ==, SY_REPORT_PAPER_A4);
  g_assert_false (options.addresses);
  g_assert_true (gtk_widget_get_sensitive (paper));
  adw_combo_row_set_selected (ADW_COMBO_ROW (paper), 1);
  sy_decide_export_get_options (dialog, &options);
  g_assert_cmpint (options.paper, ==, SY_REPORT_PAPER_LETTER);

  sy_decide_export_set_form (dialog, SY_REPORT_FORM_JSON);
  sy_decide_export_get_options (dialog, &options);
  g_assert_cmpint (options.form, ==, SY_REPORT_FORM_JSON);
  g_assert_false (gtk_widget_get_sensitive (paper));

  gtk_widget_measure (GTK_WIDGET (dialog), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  gtk_window_close (GTK_WINDOW (dialog));
}

/* The page opens it on top of its window. */
static void
test_page (Fixture       *f,
           gconstpointer  data)
{
  SyDecidePage *page = g_object_new (SY_TYPE_DECIDE_PAGE, NULL);
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());
  guint found = 0;

  sy_decide_page_set_appraisal (page, f->appraisal);
  gtk_window_set_child (GTK_WINDOW (f->window), GTK_WIDGET (page));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (page), "decide.export", NULL));
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (!SY_IS_DECIDE_EXPORT (window))
        continue;

      found++;
      g_assert_true (gtk_window_get_transient_for (window) == GTK_WINDOW (f->window));
      g_assert_true (gtk_window_get_modal (window));
      gtk_window_close (window);
    }
  g_assert_cmpuint (found, ==, 1);
}

#define ADD(name, func) g_test_add ("/ui/decide-export/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  ADD ("forms", test_forms);
  ADD ("failure", test_failure);
  ADD ("gone", test_gone);
  ADD ("options", test_options);
  ADD ("page", test_page);

  return g_test_run ();
}
