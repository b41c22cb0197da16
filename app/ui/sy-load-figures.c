/* sy-load-figures.c: what a load looks like
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-load-figures.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "beam-chart.h"
#include "beam-heat-layer.h"
#include "beam-plot.h"
#include "sy-columns-box.h"
#include "sy-format.h"
#include "sy-load-cloud.h"
#include "sy-measure.h"
#include "sy-text.h"

#define MIN_COLUMN_WIDTH 300
#define SPACING 12
#define FIGURE_HEIGHT 260
#define HEAT_HEIGHT 200

/* Bands of the heat map: eight to an octave from half a millisecond to 16 s. */
#define HEAT_LOW 0.0005
#define HEAT_BANDS 60
#define HEAT_RATIO 1.1892 /* the fourth root of two */

/* The share of slower requests that the tail goes down to: 99.99 %. */
#define TAIL_END 1e-4

struct _SyLoadFigures
{
  GtkWidget parent_instance;

  GtkWidget     *box;        /* owned, the only child; plots above, heat maps below */
  GtkWidget     *latency;    /* borrowed, as all below */
  GtkWidget     *in_flight;
  GtkWidget     *tail;
  GtkWidget     *tail_title;
  GtkWidget     *model_note;
  GtkWidget     *heats[2];   /* BeamChart */
  GtkWidget     *heat_titles[2];
  BeamLayer     *layers[2];
  BeamTimeAxis  *time;       /* owned */
};

G_DEFINE_FINAL_TYPE (SyLoadFigures, sy_load_figures, GTK_TYPE_WIDGET)

/* @user_data: the SyRow whose measure says how its numbers are written. */
static char *
format_cb (double        value,
           double        step,
           BeamFormatUse use,
           gpointer      user_data)
{
  const SyMeasure *measure = sy_measure_for_reading (GPOINTER_TO_UINT (user_data), NULL);
  const SyTextUse text = use == BEAM_FORMAT_TICK ? SY_TEXT_TICK : use == BEAM_FORMAT_SPOKEN ? SY_TEXT_SPOKEN : SY_TEXT_READOUT;

  return sy_measure_format (measure, value, step, text, NULL);
}

/* The share that was slower as the percentile that it is: 0.01 is "99 %". */
static char *
format_tail_cb (double        value,
                double        step,
                BeamFormatUse use,
                gpointer      user_data)
{
  const int decimals = value >= 0.0099 ? 0 : value >= 0.00099 ? 1 : 2;
  g_autofree char *number = sy_format_decimals (100 * (1 - value), decimals);

  return g_strdup_printf (_("%s %%"), number);
}

static void
set_format (BeamValueAxis *axis,
            SyRow          row)
{
  beam_value_axis_set_format_func (axis, format_cb, GUINT_TO_POINTER (row), NULL);
}

static GtkWidget *
make_label (const char *text,
            const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, style);

  return label;
}

/* A card with a heading, a figure, and what there is to say under it. */
static GtkWidget *
make_card (SyColumnsBox *columns,
           GtkWidget    *heading,
           GtkWidget    *figure,
           GtkWidget    *note)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "load-card");
  gtk_widget_set_vexpand (figure, TRUE);
  gtk_box_append (GTK_BOX (card), heading);
  gtk_box_append (GTK_BOX (card), figure);
  if (note != NULL)
    gtk_box_append (GTK_BOX (card), note);
  sy_columns_box_insert (columns, card, -1);

  return card;
}

static GtkWidget *
make_plot (const char *title,
           BeamScale   x_scale,
           SyRow       x_row,
           BeamScale   y_scale,
           SyRow       y_row)
{
  GtkWidget *plot = beam_plot_new (x_scale, y_scale);

  beam_figure_set_title (BEAM_FIGURE (plot), title);
  set_format (beam_plot_get_x_axis (BEAM_PLOT (plot)), x_row);
  set_format (beam_plot_get_y_axis (BEAM_PLOT (plot)), y_row);
  gtk_widget_set_size_request (plot, -1, FIGURE_HEIGHT);

  return plot;
}

static SyColumnsBox *
add_columns (SyLoadFigures *self)
{
  GtkWidget *columns = sy_columns_box_new (MIN_COLUMN_WIDTH, SPACING, SPACING);

  gtk_box_append (GTK_BOX (self->box), columns);
  return SY_COLUMNS_BOX (columns);
}

static void
make_heats (SyLoadFigures *self)
{
  SyColumnsBox *columns = add_columns (self);
  g_autoptr (BeamValueAxis) value = beam_value_axis_new (BEAM_SCALE_LOG);
  g_autoptr (BeamCursor) cursor = beam_cursor_new ();

  set_format (value, SY_ROW_LATENCY);
  for (guint i = 0; i < 2; i++)
    {
      self->heats[i] = beam_chart_new (self->time, value, cursor);
      gtk_widget_set_size_request (self->heats[i], -1, HEAT_HEIGHT);
      beam_chart_set_empty_text (BEAM_CHART (self->heats[i]), _("Start a load to see how latency is spread over time"));
      self->heat_titles[i] = make_label ("", "heading");
      make_card (columns, self->heat_titles[i], self->heats[i], NULL);
    }
}

static void
make_figures (SyLoadFigures *self)
{
  SyColumnsBox *columns = add_columns (self);
  GtkWidget *heading;

  /* Translators: a chart; the first word is on its vertical axis */
  heading = make_label (_("Latency Against Throughput"), "heading");
  self->latency = make_plot (_("Latency against throughput"), BEAM_SCALE_LINEAR, SY_ROW_THROUGHPUT, BEAM_SCALE_LOG, SY_ROW_LATENCY);
  beam_plot_set_labels (BEAM_PLOT (self->latency), _("throughput"), _("p99 latency"));
  make_card (columns, heading, self->latency, make_label (_("In the order it was seen: old is faint, the large mark is the last. "
                                                            "Where the curve turns up, the backend is full."), "dim-label"));

  heading = make_label (_("Requests in Flight Against Throughput"), "heading");
  self->in_flight = make_plot (_("Requests in flight against throughput"), BEAM_SCALE_LINEAR, SY_ROW_THROUGHPUT,
                               BEAM_SCALE_LOG, SY_ROW_IN_FLIGHT);
  beam_plot_set_labels (BEAM_PLOT (self->in_flight), _("throughput"), _("requests in flight"));
  self->model_note = make_label ("", "dim-label");
  make_card (columns, heading, self->in_flight, self->model_note);

  self->tail_title = make_label (_("Latency Distribution"), "heading");
  self->tail = make_plot (_("Latency distribution"), BEAM_SCALE_LOG, SY_ROW_LATENCY, BEAM_SCALE_LOG, SY_ROW_LATENCY);
  beam_value_axis_set_format_func (beam_plot_get_y_axis (BEAM_PLOT (self->tail)), format_tail_cb, NULL, NULL);
  beam_value_axis_set_fixed (beam_plot_get_y_axis (BEAM_PLOT (self->tail)), TAIL_END, 1);
  beam_plot_set_labels (BEAM_PLOT (self->tail), _("latency"), _("share that was as fast"));
  make_card (columns, self->tail_title, self->tail, make_label (_("Lower and further left is better: the share of requests that were answered "
                                                            "within a time, down to the slowest in ten thousand."), "dim-label"));
}

static void
sy_load_figures_dispose (GObject *object)
{
  SyLoadFigures *self = SY_LOAD_FIGURES (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->time);

  G_OBJECT_CLASS (sy_load_figures_parent_class)->dispose (object);
}

static void
sy_load_figures_class_init (SyLoadFiguresClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sy_load_figures_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
sy_load_figures_init (SyLoadFigures *self)
{
  self->time = beam_time_axis_new (60 * G_USEC_PER_SEC);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  make_figures (self);
  make_heats (self);
  sy_load_figures_show_passive (self, NULL);
}

/* --- Filling --- */

static int
identity_of (SyBackend *backend)
{
  return sy_backend_get_letter (backend)[0] - 'a';
}

static void
add_points (BeamPlot     *plot,
            const char   *name,
            const GArray *points,
            gboolean      latency,
            BeamMark      mark,
            int           identity)
{
  g_autoptr (BeamXYSeries) series = beam_xy_series_new (name);

  for (guint i = 0; i < points->len; i++)
    {
      const SyLoadPoint *point = &g_array_index (points, SyLoadPoint, i);

      beam_xy_series_append (series, point->throughput, latency ? point->latency : point->in_flight);
    }

  beam_plot_add (plot, series, mark, identity);
}

/* Takes @cloud. Returns what is said of the model. */
static char *
add_cloud (SyLoadFigures *self,
           SyBackend     *backend,
           GArray        *cloud)
{
  g_autofree char *name = sy_display_text (sy_backend_get_name (backend), -1, 60);
  /* Translators: %s is the name of a backend */
  g_autofree char *model = g_strdup_printf (_("%s, model"), name);
  g_autofree char *words = NULL;
  g_autoptr (GArray) points = cloud;
  g_autoptr (GArray) curve = sy_load_cloud_fit (cloud, &words);

  if (points->len == 0)
    return NULL;

  add_points (BEAM_PLOT (self->in_flight), model, curve, FALSE, BEAM_MARK_FIT, identity_of (backend));
  add_points (BEAM_PLOT (self->latency), name, points, TRUE, BEAM_MARK_TRACE, identity_of (backend));
  add_points (BEAM_PLOT (self->in_flight), name, points, FALSE, BEAM_MARK_TRACE, identity_of (backend));

  return g_strdup_printf ("%s: %s", name, words);
}

static void
clear (SyLoadFigures *self,
       const char    *empty_text)
{
  beam_plot_clear (BEAM_PLOT (self->latency));
  beam_plot_clear (BEAM_PLOT (self->in_flight));
  beam_plot_clear (BEAM_PLOT (self->tail));
  beam_figure_set_empty_text (BEAM_FIGURE (self->latency), empty_text);
  beam_figure_set_empty_text (BEAM_FIGURE (self->in_flight), empty_text);
  beam_figure_set_empty_text (BEAM_FIGURE (self->tail), _("Start a load to see this"));
  gtk_label_set_text (GTK_LABEL (self->tail_title), _("Latency Distribution"));
}

static void
set_model_note (SyLoadFigures *self,
                char          *words[2])
{
  g_autofree char *text = words[0] != NULL && words[1] != NULL ? g_strdup_printf ("%s\n%s", words[0], words[1])
                                                               : g_strdup (words[0] != NULL ? words[0] : words[1]);

  gtk_label_set_text (GTK_LABEL (self->model_note), text != NULL ? text : "");
  gtk_widget_set_visible (self->model_note, text != NULL);
}

/* An objective that all of the picture is read against. */
static void
add_objective (SyLoadFigures *self,
               double         seconds)
{
  g_autofree char *time = sy_format_duration (seconds);
  /* Translators: SLO is a service level objective; %s is a time */
  g_autofree char *label = g_strdup_printf (_("SLO %s"), time);
  const BeamGuide across = { GTK_ORIENTATION_HORIZONTAL, seconds, NAN, NAN, label };
  const BeamGuide upright = { GTK_ORIENTATION_VERTICAL, seconds, NAN, NAN, label };

  if (isnan (seconds))
    return;

  beam_plot_add_guide (BEAM_PLOT (self->latency), &across);
  beam_plot_add_guide (BEAM_PLOT (self->tail), &upright);
}

/* What the buckets of @histogram hold of each band. */
static void
fill_bands (const SyLoadHistogram *histogram,
            const double          *edges,
            guint32               *counts)
{
  guint band = 0;

  memset (counts, 0, HEAT_BANDS * sizeof *counts);
  for (guint i = 0; i < histogram->n; i++)
    {
      while (band < HEAT_BANDS - 1 && histogram->upper[i] > edges[band + 1])
        band++;
      counts[band] += (guint32) MIN (histogram->counts[i], G_MAXUINT32 - counts[band]);
    }
}

static void
fill_heat (SyLoadFigures *self,
           SyLoadTrial   *trial,
           guint          side)
{
  const GPtrArray *steps = sy_load_protocol_get_steps (sy_load_trial_get_protocol (trial));
  g_autofree char *name = sy_display_text (sy_backend_get_name (sy_load_trial_get_backend (trial, side)), -1, 60);
  /* Translators: %s is the name of a backend */
  g_autofree char *title = g_strdup_printf (_("Latency of %s over Time"), name);
  g_autoptr (BeamHeatSeries) series = NULL;
  double edges[HEAT_BANDS + 1];
  guint32 counts[HEAT_BANDS];

  for (guint i = 0; i <= HEAT_BANDS; i++)
    edges[i] = HEAT_LOW * pow (HEAT_RATIO, i);
  series = beam_heat_series_new (name, edges, HEAT_BANDS);

  for (guint i = 0; i < steps->len; i++)
    {
      const SyLoadStep *step = g_ptr_array_index (steps, i);

      if (step->side != side || step->to_us <= step->from_us)
        continue;
      fill_bands (&step->histogram, edges, counts);
      beam_heat_series_append (series, step->from_us, step->to_us, counts);
    }

  gtk_label_set_text (GTK_LABEL (self->heat_titles[side]), title);
  beam_chart_set_title (BEAM_CHART (self->heats[side]), title);
  if (self->layers[side] != NULL)
    beam_chart_remove_layer (BEAM_CHART (self->heats[side]), self->layers[side]);
  self->layers[side] = beam_heat_layer_new (series);
  beam_layer_set_identity (self->layers[side], identity_of (sy_load_trial_get_backend (trial, side)));
  beam_chart_add_layer (BEAM_CHART (self->heats[side]), self->layers[side]);
}

static void
fill_heats (SyLoadFigures *self,
            SyLoadTrial   *trial)
{
  const GPtrArray *steps = sy_load_protocol_get_steps (sy_load_trial_get_protocol (trial));
  const SyLoadStep *first, *last;
  SyClock *clock;

  for (guint i = 0; i < 2; i++)
    {
      const gboolean shown = i == 0 || sy_load_trial_get_backend (trial, 0) != sy_load_trial_get_backend (trial, 1);

      gtk_widget_set_visible (gtk_widget_get_parent (self->heats[i]), shown);
      if (shown)
        fill_heat (self, trial, i);
    }

  if (steps->len == 0)
    return;

  first = g_ptr_array_index (steps, 0);
  last = g_ptr_array_index (steps, steps->len - 1);
  clock = sy_load_trial_get_clock (trial);
  beam_time_axis_set_wall_offset (self->time, sy_clock_get_wall (clock) - sy_clock_get_monotonic (clock));
  beam_time_axis_set_now (self->time, last->to_us);
  beam_time_axis_set_home (self->time, first->from_us, last->to_us);
}

static void
fill_tail (SyLoadFigures *self,
           SyLoadTrial   *trial)
{
  SyLoadProtocol *protocol = sy_load_trial_get_protocol (trial);
  g_autoptr (SyLoadConclusion) conclusion = sy_load_trial_conclude (trial);
  const SyLoadLevel *level = &conclusion->levels[conclusion->main];
  g_autofree char *rate = sy_format_rate (level->rate);
  /* Translators: "Latency Distribution at 75 % of the Smaller Capacity (420/s)" */
  g_autofree char *title = isnan (level->rate)
                             ? g_strdup (_("Latency Distribution"))
                             : g_strdup_printf (_("Latency Distribution at %1$.0f %% of the Smaller Capacity (%2$s)"), 100 * level->share, rate);

  gtk_label_set_text (GTK_LABEL (self->tail_title), title);
  for (guint i = 0; i < (conclusion->same ? 1 : 2); i++)
    {
      SyBackend *backend = sy_load_trial_get_backend (trial, i);
      g_autofree char *name = sy_display_text (sy_backend_get_name (backend), -1, 60);
      g_autoptr (BeamXYSeries) series = beam_xy_series_new (name);
      SyLoadHistogram all = { 0 };

      sy_load_merge_blocks (sy_load_protocol_get_steps (protocol), i, conclusion->main, &all);
      if (all.n > 0)
        {
          beam_xy_series_set_ccdf (series, all.upper, all.counts, all.n);
          beam_plot_add (BEAM_PLOT (self->tail), series, BEAM_MARK_LINE, identity_of (backend));
        }
      sy_load_histogram_clear (&all);
    }
}

/* --- Public --- */

GtkWidget *
sy_load_figures_new (void)
{
  return g_object_new (SY_TYPE_LOAD_FIGURES, NULL);
}

void
sy_load_figures_show_trial (SyLoadFigures *self,
                            SyLoadTrial   *trial)
{
  const SyWorkloadSlo *slo = &sy_load_trial_get_workload (trial)->slo;
  const gboolean same = sy_load_trial_get_backend (trial, 0) == sy_load_trial_get_backend (trial, 1);
  char *words[2] = { NULL, NULL };

  clear (self, _("The first step is on its way"));
  for (guint i = 0; i < (same ? 1 : 2); i++)
    words[i] = add_cloud (self, sy_load_trial_get_backend (trial, i), sy_load_cloud_from_trial (trial, i));
  set_model_note (self, words);
  if (sy_load_trial_get_state (trial) == SY_TRIAL_RUNNING)
    beam_figure_set_empty_text (BEAM_FIGURE (self->tail), _("Follows when both have the same load"));
  add_objective (self, isnan (slo->p99) ? slo->p95 : slo->p99);
  fill_tail (self, trial);
  fill_heats (self, trial);

  for (guint i = 0; i < 2; i++)
    g_free (words[i]);
}

void
sy_load_figures_show_passive (SyLoadFigures *self,
                              SyWeighing    *weighing)
{
  char *words[2] = { NULL, NULL };

  clear (self, weighing != NULL ? _("Watch for ten seconds, or start a load")
                                : _("Start a load to see this"));
  for (guint i = 0; weighing != NULL && i < 2; i++)
    words[i] = add_cloud (self, sy_weighing_get_backend (weighing, i), sy_load_cloud_from_windows (weighing, i));
  set_model_note (self, words);
  for (guint i = 0; i < 2; i++)
    {
      gtk_widget_set_visible (gtk_widget_get_parent (self->heats[i]), FALSE);
      g_free (words[i]);
    }
}

GtkWidget *
sy_load_figures_get_latency (SyLoadFigures *self)
{
  return self->latency;
}

GtkWidget *
sy_load_figures_get_in_flight (SyLoadFigures *self)
{
  return self->in_flight;
}

GtkWidget *
sy_load_figures_get_tail (SyLoadFigures *self)
{
  return self->tail;
}

const char *
sy_load_figures_get_model_text (SyLoadFigures *self)
{
  return gtk_label_get_text (GTK_LABEL (self->model_note));
}
