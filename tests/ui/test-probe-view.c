/* test-probe-view.c: what was found at an address, and what is missing there
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "sy-datadir.h"
#include "sy-error.h"
#include "sy-probe-view.h"

static const char body[] = "# TYPE nodejs_version_info gauge\nnodejs_version_info 1\n"
                           "# TYPE http_requests_total counter\nhttp_requests_total{code=\"200\"} 3\n";

static SyMapping *
match (const char *text)
{
  g_autofree char *directory = sy_datadir_build_path ("recognisers", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecogniser) recogniser = sy_recogniser_new_from_directory (directory, &error);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  g_autoptr (SyExposition) exposition = NULL;

  g_assert_no_error (error);
  exposition = sy_exposition_parse (bytes, SY_FORMAT_PROMETHEUS, &SY_EXPOSITION_LIMITS_DEFAULT, table, &error);
  g_assert_no_error (error);

  return sy_recogniser_match (recogniser, exposition);
}

static void
try_free (gpointer data)
{
  SyProbeTry *self = data;

  g_free (self->redacted);
  g_clear_error (&self->error);
  g_free (self);
}

static void
add_try (SyProbe    *probe,
         const char *address,
         GError     *error)
{
  SyProbeTry *try = g_new0 (SyProbeTry, 1);

  try->redacted = g_strdup (address);
  try->duration_us = 3000;
  try->error = error;
  g_ptr_array_add (probe->tries, try);
}

static SyProbe *
make_probe (void)
{
  SyProbe *probe = g_new0 (SyProbe, 1);

  probe->address = g_strdup ("http://127.0.0.1:1/metrics");
  probe->redacted = g_strdup (probe->address);
  probe->tries = g_ptr_array_new_with_free_func (try_free);

  return probe;
}

/* The text of all labels that are shown, a line each. */
static void
append_labels (GtkWidget *root,
               GString   *text)
{
  if (GTK_IS_LABEL (root) && gtk_widget_get_visible (root))
    g_string_append_printf (text, "%s\n", gtk_label_get_text (GTK_LABEL (root)));

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    append_labels (child, text);
}

static GtkWidget *
show (const SyProbe  *probe,
      char          **labels)
{
  GtkWidget *view = g_object_ref_sink (g_object_new (SY_TYPE_PROBE_VIEW, NULL));
  g_autoptr (GString) text = g_string_new (NULL);
  int minimum;

  sy_probe_view_set_probe (SY_PROBE_VIEW (view), probe);
  append_labels (view, text);
  *labels = g_strdup (text->str);

  /* long lines of configuration wrap */
  gtk_widget_measure (view, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 330);

  return view;
}

static void
test_missing (void)
{
  g_autoptr (SyProbe) probe = make_probe ();
  g_autoptr (GtkWidget) view = NULL;
  g_autofree char *labels = NULL;

  probe->format = g_strdup ("prometheus");
  probe->n_families = probe->n_samples = 2;
  probe->mapping = match (body);
  probe->served_by = g_strdup ("Express");
  add_try (probe, probe->redacted, NULL);
  view = show (probe, &labels);

  g_assert_nonnull (strstr (labels, "prom-client · Node.js · Express"));
  g_assert_nonnull (strstr (labels, "http_requests_total · from a counter"));
  g_assert_nonnull (strstr (labels, "Time each request with a histogram"));
  g_assert_nonnull (strstr (labels, "client.collectDefaultMetrics()"));

  /* one try that was right needs no list */
  g_assert_null (strstr (labels, "What Was Asked"));
}

static void
test_tries (void)
{
  g_autoptr (SyProbe) probe = make_probe ();
  g_autoptr (GtkWidget) view = NULL;
  g_autofree char *labels = NULL;

  probe->error = g_error_new (SY_ERROR, SY_ERROR_HTTP_STATUS, "answered 404");
  probe->is_prometheus_api = TRUE;
  add_try (probe, "http://127.0.0.1:1/metrics", g_error_new (SY_ERROR, SY_ERROR_HTTP_STATUS, "answered 404"));
  add_try (probe, "http://127.0.0.1:1/api/v1/status/buildinfo", NULL);
  view = show (probe, &labels);

  g_assert_nonnull (strstr (labels, "What Was Asked"));
  g_assert_nonnull (strstr (labels, "/api/v1/status/buildinfo"));
  g_assert_nonnull (strstr (labels, "It answered, after 3"));
  g_assert_nonnull (strstr (labels, "A Prometheus server"));
  g_assert_null (strstr (labels, "Who Answered"));
}

static void
test_unconfirmed (void)
{
  g_autoptr (SyProbe) probe = make_probe ();
  g_autoptr (GtkWidget) view = NULL;
  g_autofree char *labels = NULL;

  probe->format = g_strdup ("prometheus");
  probe->mapping = match ("# TYPE traefik_open_connections gauge\ntraefik_open_connections 1\n");
  add_try (probe, probe->redacted, NULL);
  view = show (probe, &labels);
  g_assert_nonnull (strstr (labels, "Recognised by its documentation"));
}

static const char *const environment[] = {
  "OTEL_METRICS_EXPORTER=otlp", "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318", "OTEL_EXPORTER_OTLP_PROTOCOL=http/json", NULL,
};

static void
test_waiting (void)
{
  g_autoptr (GtkWidget) view = g_object_ref_sink (g_object_new (SY_TYPE_PROBE_VIEW, NULL));
  g_autoptr (GString) text = g_string_new (NULL);
  int minimum;

  sy_probe_view_set_waiting (SY_PROBE_VIEW (view), environment);
  append_labels (view, text);
  g_assert_nonnull (strstr (text->str, "Waiting for its first push"));
  g_assert_nonnull (strstr (text->str, "OTEL_METRICS_EXPORTER=otlp\nOTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318\n"
                            "OTEL_EXPORTER_OTLP_PROTOCOL=http/json\n"));
  gtk_widget_measure (view, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 330);
}

/* It was waited for in vain: what it needs is still there. */
static void
test_silent (void)
{
  g_autoptr (SyProbe) probe = make_probe ();
  g_autoptr (GtkWidget) view = NULL;
  g_autofree char *labels = NULL;

  probe->lines = g_strdupv ((char **) environment);
  probe->error = g_error_new_literal (SY_ERROR, SY_ERROR_SILENT, "x");
  add_try (probe, probe->redacted, g_error_copy (probe->error));
  view = show (probe, &labels);
  g_assert_nonnull (strstr (labels, "OTEL_EXPORTER_OTLP_PROTOCOL=http/json"));
  g_assert_nonnull (strstr (labels, "The backend pushes nothing, after"));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/ui/probe-view/missing", test_missing);
  g_test_add_func ("/ui/probe-view/tries", test_tries);
  g_test_add_func ("/ui/probe-view/unconfirmed", test_unconfirmed);
  g_test_add_func ("/ui/probe-view/waiting", test_waiting);
  g_test_add_func ("/ui/probe-view/silent", test_silent);

  return g_test_run ();
}
