/* sy-inspector-page.c: what goes on inside, as a page of GTK's inspector
 *
 * One grid of names and values. Each reading goes through all rows in order and
 * writes into the labels that are there already: a value that somebody has
 * selected to copy stays selected while it stays the same.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-inspector-page.h"

#include <glib/gi18n.h>
#include <math.h>

#include "sy-feed.h"
#include "sy-format.h"
#include "sy-frame-report.h"
#include "sy-text.h"
#include "sy-window.h"

#define EXTENSION_POINT "gtk-inspector-page"
#define EXTENSION_PRIORITY 10
#define EXTENSION_NAME "steelyard"

#define SPACING 12
#define NAME_CHARS 60

/* Where a window keeps the report of its frames while a page is shown. */
#define REPORT_KEY "sy-inspector-page-frames"

struct _SyInspectorPage
{
  AdwBin parent_instance;

  GObject   *object; /* weak, nullable: what the inspector has selected */
  GtkWidget *grid;   /* borrowed: the page's */
  GPtrArray *names;  /* owned, element-type GtkLabel, borrowed: a row each */
  GPtrArray *values; /* owned, element-type GtkLabel, borrowed: the same rows */
  guint      n_rows; /* written in the present reading */
  guint      timer;  /* 0: the page is not shown */
};

G_DEFINE_FINAL_TYPE (SyInspectorPage, sy_inspector_page, ADW_TYPE_BIN)

enum
{
  PROP_TITLE = 1,
  PROP_OBJECT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* --- Rows --- */

static void
append_row (SyInspectorPage *self)
{
  const int row = (int) self->names->len;
  GtkWidget *name = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "yalign", 0.0, NULL);
  GtkWidget *value = g_object_new (GTK_TYPE_LABEL,
                                   "xalign", 0.0,
                                   "hexpand", TRUE,
                                   "selectable", TRUE,
                                   "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                   NULL);

  gtk_widget_add_css_class (value, "numeric");
  gtk_grid_attach (GTK_GRID (self->grid), name, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), value, 1, row, 1, 1);
  g_ptr_array_add (self->names, name);
  g_ptr_array_add (self->values, value);
}

/* The next row; @value is consumed. NULL: @name is the heading of what follows. */
static void
add (SyInspectorPage *self,
     const char      *name,
     char            *value)
{
  g_autofree char *text = value;
  GtkWidget *name_label, *value_label;

  if (self->n_rows == self->names->len)
    append_row (self);

  name_label = g_ptr_array_index (self->names, self->n_rows);
  value_label = g_ptr_array_index (self->values, self->n_rows);
  self->n_rows++;

  if (text == NULL)
    gtk_widget_add_css_class (name_label, "heading");
  else
    gtk_widget_remove_css_class (name_label, "heading");

  gtk_label_set_text (GTK_LABEL (name_label), name);
  gtk_label_set_text (GTK_LABEL (value_label), text != NULL ? text : "");
  gtk_widget_set_visible (value_label, text != NULL);
}

static void
remove_other_rows (SyInspectorPage *self)
{
  for (guint row = self->names->len; row > self->n_rows; row--)
    gtk_grid_remove_row (GTK_GRID (self->grid), (int) row - 1);

  g_ptr_array_set_size (self->names, (int) self->n_rows);
  g_ptr_array_set_size (self->values, (int) self->n_rows);
}

/* All digits: who looks in here counts. */
static char *
dup_count (guint64 n)
{
  return g_strdup_printf ("%'" G_GUINT64_FORMAT, n);
}

static char *
dup_filling (guint64 n,
             guint64 limit)
{
  g_autofree char *count = dup_count (n);
  g_autofree char *most = dup_count (limit);

  /* Translators: how much is in a queue, and how much may be */
  return g_strdup_printf (_("%s of at most %s"), count, most);
}

/* --- What they say --- */

static void
add_source (SyInspectorPage *self,
            SySource        *source)
{
  const char *state = sy_source_state_nick (sy_source_get_state (source));
  const GError *error = sy_source_get_error (source);
  g_autofree char *why = error != NULL ? sy_display_text (error->message, -1, SY_DISPLAY_TEXT_MAX) : NULL;
  const guint64 n_samples = sy_source_get_total_samples (source);
  const double cpu = (double) sy_source_get_worker_cpu (source) / (double) SY_USEC_PER_SEC;

  add (self, _("Address"), sy_display_text (sy_url_get_redacted (sy_source_get_url (source)), -1, SY_DISPLAY_TEXT_MAX));
  add (self, _("State"), why != NULL ? g_strdup_printf ("%s: %s", state, why) : g_strdup (state));
  add (self, _("Answers, good and bad"), dup_count (sy_source_get_n_scrapes (source)));
  add (self, _("Bad answers"), dup_count (sy_source_get_n_failures (source)));
  add (self, _("Messages left unread"), dup_count (sy_source_get_n_skipped (source)));
  add (self, _("Bytes on the wire"), dup_count (sy_source_get_wire_bytes (source)));
  add (self, _("Series in the last answer"), dup_count (sy_source_get_n_samples (source)));
  add (self, _("Processor time of its worker"), sy_format_duration (cpu));
  add (self, _("Processor time for a series"), sy_format_duration (n_samples > 0 ? cpu / (double) n_samples : (double) NAN));
}

/* All columns of a history are alike. */
static void
add_tiers (SyInspectorPage *self,
           SyHistory       *history)
{
  const SyColumn *column = sy_history_get_column (history, SY_QUANTITY_THROUGHPUT);
  guint n_spans, size = 1;

  add (self, _("Samples kept"), dup_count (sy_column_get_n_spans (column, 0)));

  for (guint tier = 1; (n_spans = sy_column_get_n_spans (column, tier)) > 0; tier++)
    {
      g_autofree char *name = NULL;

      size *= 8;
      /* Translators: long stretches are drawn from spans that hold the extremes of
       * several samples; spans of the same size are a tier */
      name = g_strdup_printf (_("Spans of tier %u, %u samples each"), tier, size);
      add (self, name, dup_count (n_spans));
    }
}

static void
add_backend (SyInspectorPage *self,
             SyBackend       *backend)
{
  g_autofree char *name = sy_display_text (sy_backend_get_name (backend), -1, NAME_CHARS);

  add (self, name, NULL);
  add_source (self, sy_backend_get_source (backend));
  add (self, _("Samples between worker and window"),
       dup_filling (sy_backend_get_n_waiting (backend), SY_FEED_MAX_WAITING));
  add_tiers (self, sy_backend_get_history (backend));
}

static void
add_recorder (SyInspectorPage *self,
              SyRecorder      *recorder)
{
  g_auto (SyRecorderStatus) status = { 0 };

  if (recorder == NULL)
    return;

  sy_recorder_get_status (recorder, &status);
  add (self, _("Recorder"), g_strdup (sy_recorder_state_nick (status.state)));
  add (self, _("Answers recorded"), dup_count (status.n_recorded));
  add (self, _("Gaps recorded"), dup_count (status.n_gaps));
  /* Each answer becomes one or the other. */
  add (self, _("Answers that wait for the disk"), dup_count (status.n_expected - status.n_recorded - status.n_gaps));
}

/* What the frames have cost since the last reading. */
static void
add_frames (SyInspectorPage *self,
            GtkWidget       *window)
{
  SyFrameReport *report = g_object_get_data (G_OBJECT (window), REPORT_KEY);

  if (report == NULL)
    {
      report = sy_frame_report_new (window);
      g_object_set_data_full (G_OBJECT (window), REPORT_KEY, report, g_object_unref);
    }

  add (self, _("Frames in the last second"), dup_count (sy_frame_report_get_n (report)));
  add (self, _("What half of them cost at most"), sy_format_duration (sy_frame_report_get_quantile (report, 0.5)));
  add (self, _("What the dearest of them cost"), sy_format_duration (sy_frame_report_get_quantile (report, 1)));
  sy_frame_report_reset (report);
}

static void
add_window (SyInspectorPage *self,
            SyWindow        *window)
{
  SySession *session = sy_window_get_session (window);
  const char *title = gtk_window_get_title (GTK_WINDOW (window));

  add (self, title != NULL && *title != '\0' ? title : PACKAGE_NAME, NULL);
  add_frames (self, GTK_WIDGET (window));
  add_recorder (self, sy_session_get_recorder (session));
  for (guint i = 0; i < sy_session_get_n (session); i++)
    add_backend (self, sy_session_get (session, i));
}

typedef void (*WindowFunc) (SyInspectorPage *self, SyWindow *window);

static void
for_each_window (SyInspectorPage *self,
                 WindowFunc       func)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (SY_IS_WINDOW (window))
        func (self, SY_WINDOW (window));
    }
}

static void
drop_report (SyInspectorPage *self,
             SyWindow        *window)
{
  g_object_set_data (G_OBJECT (window), REPORT_KEY, NULL);
}

static gboolean
timer_cb (gpointer user_data)
{
  sy_inspector_page_update (user_data);
  return G_SOURCE_CONTINUE;
}

/* --- The page --- */

static void
sy_inspector_page_map (GtkWidget *widget)
{
  SyInspectorPage *self = SY_INSPECTOR_PAGE (widget);

  sy_inspector_page_update (self);
  self->timer = g_timeout_add_seconds (1, timer_cb, self);

  GTK_WIDGET_CLASS (sy_inspector_page_parent_class)->map (widget);
}

static void
sy_inspector_page_unmap (GtkWidget *widget)
{
  SyInspectorPage *self = SY_INSPECTOR_PAGE (widget);

  GTK_WIDGET_CLASS (sy_inspector_page_parent_class)->unmap (widget);

  g_clear_handle_id (&self->timer, g_source_remove);
  for_each_window (self, drop_report);
}

static void
sy_inspector_page_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  SyInspectorPage *self = SY_INSPECTOR_PAGE (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, PACKAGE_NAME);
      break;
    case PROP_OBJECT:
      g_value_set_object (value, self->object);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
sy_inspector_page_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  SyInspectorPage *self = SY_INSPECTOR_PAGE (object);

  switch (prop_id)
    {
    case PROP_OBJECT:
      g_set_weak_pointer (&self->object, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
sy_inspector_page_dispose (GObject *object)
{
  SyInspectorPage *self = SY_INSPECTOR_PAGE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_weak_pointer (&self->object);

  G_OBJECT_CLASS (sy_inspector_page_parent_class)->dispose (object);
}

static void
sy_inspector_page_finalize (GObject *object)
{
  SyInspectorPage *self = SY_INSPECTOR_PAGE (object);

  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->values);

  G_OBJECT_CLASS (sy_inspector_page_parent_class)->finalize (object);
}

static void
sy_inspector_page_class_init (SyInspectorPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = sy_inspector_page_get_property;
  object_class->set_property = sy_inspector_page_set_property;
  object_class->dispose = sy_inspector_page_dispose;
  object_class->finalize = sy_inspector_page_finalize;
  widget_class->map = sy_inspector_page_map;
  widget_class->unmap = sy_inspector_page_unmap;

  props[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, PACKAGE_NAME, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_OBJECT] =
    g_param_spec_object ("object", NULL, NULL, G_TYPE_OBJECT, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
sy_inspector_page_init (SyInspectorPage *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->names = g_ptr_array_new ();
  self->values = g_ptr_array_new ();
  self->grid = g_object_new (GTK_TYPE_GRID,
                             "column-spacing", 2 * SPACING,
                             "row-spacing", SPACING / 2,
                             "margin-start", SPACING,
                             "margin-end", SPACING,
                             "margin-top", SPACING,
                             "margin-bottom", SPACING,
                             NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->grid);
  adw_bin_set_child (ADW_BIN (self), scroller);
}

void
sy_inspector_page_register (void)
{
  if (g_io_extension_point_lookup (EXTENSION_POINT) != NULL)
    g_io_extension_point_implement (EXTENSION_POINT, SY_TYPE_INSPECTOR_PAGE, EXTENSION_NAME, EXTENSION_PRIORITY);
}

void
sy_inspector_page_update (SyInspectorPage *self)
{
  g_return_if_fail (SY_IS_INSPECTOR_PAGE (self));

  self->n_rows = 0;
  for_each_window (self, add_window);
  remove_other_rows (self);
}
