/* sy-live-page.c: all backends side by side, now
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-live-page.h"

#include <glib/gi18n.h>

#include "sy-baseline-view.h"
#include "sy-button-names.h"
#include "sy-columns-box.h"
#include "sy-format.h"
#include "sy-live-metrics.h"
#include "sy-live-strip.h"
#include "sy-session.h"
#include "sy-source-facts.h"
#include "sy-sentence.h"
#include "sy-text.h"

/* The axis moves this often: at the usual window about a quarter of a pixel,
 * and nothing is drawn until a whole one is due. */
#define TICK_US (SY_USEC_PER_SEC / 10)

/* The shortest time shown while there is not more to see. */
#define SHORTEST_WINDOW_US (60 * SY_USEC_PER_SEC)

struct _SyLivePage
{
  GtkWidget parent_instance;

  GListModel *backends; /* owned, nullable: not set yet */
  SyClock    *clock;    /* owned, nullable: not set yet */
  SyClock    *pace;     /* owned, nullable: not set yet; what the picture moves by */
  SyLiveAxes *axes;     /* owned */
  SyWeighing *weighing; /* owned, nullable: no two backends */
  GtkWidget  *rows[SY_N_ROWS]; /* borrowed, children of rows_box */
  GSource    *timer;    /* owned, nullable: not mapped */
  gint64      window_us; /* what was chosen */
  gint64      second;   /* the last one that ages were written for */
  guint       restack;  /* source id, 0: none */
  gboolean    stacked;
  SyRow       order[SY_N_ROWS]; /* of the rows, from the top */

  /* Template */
  GtkWidget *scrolled;
  GtkWidget *strip;
  GtkWidget *baseline;
  GtkWidget *headers;
  GtkWidget *rows_box;
  GtkWidget *price_footer;
  GtkWidget *price_label;
};

enum {
  PROP_0,
  PROP_PAUSED,
  N_PROPS
};

enum {
  REMOVE_REQUESTED,
  MESSAGE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SyLivePage, sy_live_page, GTK_TYPE_WIDGET)

static void
update_strip (SyLivePage *self)
{
  SySummarySide sides[SY_SESSION_MAX_BACKENDS] = { 0 };
  char *names[SY_SESSION_MAX_BACKENDS] = { NULL };
  guint n = MIN (g_list_model_get_n_items (self->backends), SY_SESSION_MAX_BACKENDS);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SyBackend) backend = g_list_model_get_item (self->backends, i);
      SySourceFacts facts;

      sy_source_facts_init (&facts, sy_backend_get_source (backend));
      names[i] = sy_display_text (sy_backend_get_name (backend), -1, 60);
      sides[i].name = names[i];
      sides[i].spoke = facts.last_success_us != 0;
      /* The backend stays in the list, so what it lends stays valid. */
      if (facts.state == SY_SOURCE_LIVE && !sy_source_facts_is_stale (&facts))
        sides[i].reading = sy_backend_get_reading (backend);
    }

  sy_live_strip_set_sides (SY_LIVE_STRIP (self->strip), sides, n);
  sy_live_strip_set_verdict (SY_LIVE_STRIP (self->strip),
                             self->weighing != NULL && n >= 2 ? sy_weighing_get_verdict (self->weighing) : NULL,
                             names[0], names[1]);

  for (guint i = 0; i < n; i++)
    g_free (names[i]);
}

static void
update_baseline (SyLivePage *self)
{
  BeamTimeAxis *time = sy_live_axes_get_time (self->axes);
  gint64 from_us, to_us;

  beam_time_axis_get_pinned (time, &from_us, &to_us);
  sy_baseline_view_update (SY_BASELINE_VIEW (self->baseline), self->weighing, from_us, to_us,
                           beam_time_axis_get_wall_offset (time));
}

/* Ages, countdowns and the sentences: once a second. */
static void
refresh (SyLivePage *self)
{
  SyBackendHeader *header;

  for (guint i = 0; (header = sy_live_page_get_header (self, i)) != NULL; i++)
    sy_backend_header_refresh (header);

  update_strip (self);
  update_baseline (self);
}

/* The chosen time, or the half, quarter, … of it that holds all there is: the
 * first samples shall not be a few pixels at the right edge. */
static void
fit_window (SyLivePage *self)
{
  gint64 now_us = sy_clock_get_monotonic (self->clock);
  gint64 first_us = now_us;
  gint64 window_us = self->window_us;

  for (guint i = 0; i < g_list_model_get_n_items (self->backends); i++)
    {
      g_autoptr (SyBackend) backend = g_list_model_get_item (self->backends, i);

      first_us = MIN (first_us, sy_backend_get_first_time (backend, now_us));
    }

  while (window_us / 2 >= SHORTEST_WINDOW_US && window_us / 2 >= now_us - first_us)
    window_us /= 2;

  beam_time_axis_set_window (sy_live_axes_get_time (self->axes), window_us);
}

/* Who has zoomed into what is live stays there, however much there is by now. */
static gboolean
is_zoomed (SyLivePage *self)
{
  BeamTimeAxis *time = sy_live_axes_get_time (self->axes);
  gint64 from_us, to_us;

  beam_time_axis_get_range (time, &from_us, &to_us);
  return to_us - from_us != beam_time_axis_get_window (time);
}

static void
advance (SyLivePage *self)
{
  BeamTimeAxis *time = sy_live_axes_get_time (self->axes);
  gint64 now_us = sy_clock_get_monotonic (self->clock);

  beam_time_axis_set_wall_offset (time, sy_clock_get_wall (self->clock) - now_us);
  beam_time_axis_set_now (time, now_us);
  if (!is_zoomed (self))
    fit_window (self);

  if (now_us / SY_USEC_PER_SEC != self->second)
    {
      self->second = now_us / SY_USEC_PER_SEC;
      refresh (self);
    }
}

static gboolean
tick_cb (gpointer user_data)
{
  SyLivePage *self = user_data;

  advance (self);
  sy_clock_timer_set_due (self->timer, sy_clock_get_monotonic (self->pace) + TICK_US);

  return G_SOURCE_CONTINUE;
}

static void
start_timer (SyLivePage *self)
{
  if (self->timer != NULL || self->clock == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  advance (self);
  self->timer = sy_clock_timer_new (self->pace, sy_clock_get_monotonic (self->pace) + TICK_US);
  g_source_set_static_name (self->timer, "[steelyard] live page");
  g_source_set_callback (self->timer, tick_cb, self, NULL);
  g_source_attach (self->timer, NULL);
}

static void
stop_timer (SyLivePage *self)
{
  if (self->timer == NULL)
    return;

  g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

/* --- Pausing --- */

static void
mode_changed_cb (SyLivePage *self)
{
  gboolean paused = sy_live_page_get_paused (self);

  if (paused)
    {
      g_autofree char *time = NULL;
      g_autofree char *notice = NULL;

      time = sy_format_time_of_day (self->clock != NULL ? sy_clock_get_wall (self->clock) : 0);
      if (self->pace != self->clock)
        /* Translators: of a recording; %s is a time of day */
        notice = g_strdup_printf (_("The picture stands still at %s. The recording may go on meanwhile."), time);
      else
        /* Translators: %s is a time of day */
        notice = g_strdup_printf (_("The picture stands still since %s. The backends are still asked."), time);
      sy_live_strip_set_notice (SY_LIVE_STRIP (self->strip), notice);
    }
  else
    sy_live_strip_set_notice (SY_LIVE_STRIP (self->strip), NULL);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAUSED]);
}

/* --- Columns --- */

static void
header_remove_cb (SyBackendHeader *header,
                  gpointer         user_data)
{
  g_signal_emit (user_data, signals[REMOVE_REQUESTED], 0, sy_backend_header_get_backend (header));
}

static void
backends_changed_cb (GListModel *model,
                     guint       position,
                     guint       removed,
                     guint       added,
                     gpointer    user_data)
{
  SyLivePage *self = user_data;

  for (guint i = 0; i < removed; i++)
    {
      sy_columns_box_remove (SY_COLUMNS_BOX (self->headers),
                             sy_columns_box_get_child (SY_COLUMNS_BOX (self->headers), position));
      for (guint row = 0; row < SY_N_ROWS; row++)
        sy_live_row_remove (SY_LIVE_ROW (self->rows[row]), position);
    }

  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (SyBackend) backend = g_list_model_get_item (model, i);
      GtkWidget *header = sy_backend_header_new (backend);

      sy_backend_header_set_removable (SY_BACKEND_HEADER (header), self->pace == self->clock);
      g_signal_connect_object (header, "remove-requested", G_CALLBACK (header_remove_cb), self, 0);
      /* With the header, so that both give the same figures. A backend may come back after it was removed. */
      g_signal_handlers_disconnect_by_func (backend, update_strip, self);
      g_signal_connect_object (backend, "updated", G_CALLBACK (update_strip), self, G_CONNECT_SWAPPED);
      sy_columns_box_insert (SY_COLUMNS_BOX (self->headers), header, (int) i);
      for (guint row = 0; row < SY_N_ROWS; row++)
        sy_live_row_insert (SY_LIVE_ROW (self->rows[row]), backend, i);
    }

  update_strip (self);
}

static gboolean
restack_cb (gpointer user_data)
{
  SyLivePage *self = user_data;

  self->restack = 0;
  for (guint row = 0; row < SY_N_ROWS; row++)
    sy_live_row_set_stacked (SY_LIVE_ROW (self->rows[row]), self->stacked);

  return G_SOURCE_REMOVE;
}

/* Captions depend on whether all columns fit into one line. They may not change
 * while sizes are being given out, so they do right after. */
static void
check_stacked (SyLivePage *self)
{
  guint n = self->backends != NULL ? g_list_model_get_n_items (self->backends) : 0;
  gboolean stacked = n > 1 && sy_columns_box_per_line (gtk_widget_get_width (self->headers), n,
                                                       SY_LIVE_MIN_COLUMN_WIDTH, SY_LIVE_COLUMN_SPACING) < n;

  if (stacked == self->stacked)
    return;

  self->stacked = stacked;
  if (self->restack == 0)
    self->restack = g_idle_add_full (G_PRIORITY_HIGH_IDLE, restack_cb, self, NULL);
}

static void
row_failed_cb (SyLivePage *self,
               const char *text)
{
  g_signal_emit (self, signals[MESSAGE], 0, text);
}

static void
make_rows (SyLivePage *self)
{
  for (guint row = 0; row < SY_N_ROWS; row++)
    {
      self->rows[row] = sy_live_row_new (row, self->axes);
      gtk_widget_set_vexpand (self->rows[row], TRUE);
      g_signal_connect_object (self->rows[row], "failed", G_CALLBACK (row_failed_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (self->rows_box), self->rows[row]);
      self->order[row] = row;
    }

  sy_live_row_set_footer (SY_LIVE_ROW (self->rows[SY_ROW_COST]), self->price_footer);
}

/* --- Widget --- */

static GtkSizeRequestMode
sy_live_page_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
sy_live_page_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  SyLivePage *self = SY_LIVE_PAGE (widget);

  gtk_widget_measure (self->scrolled, orientation, for_size, minimum, natural, NULL, NULL);
}

static void
sy_live_page_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  SyLivePage *self = SY_LIVE_PAGE (widget);

  gtk_widget_size_allocate (self->scrolled, &(GtkAllocation) { 0, 0, width, height }, baseline);
  check_stacked (self);
}

static void
sy_live_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sy_live_page_parent_class)->map (widget);
  start_timer (SY_LIVE_PAGE (widget));
}

static void
sy_live_page_unmap (GtkWidget *widget)
{
  stop_timer (SY_LIVE_PAGE (widget));
  GTK_WIDGET_CLASS (sy_live_page_parent_class)->unmap (widget);
}

static void
sy_live_page_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  if (prop_id == PROP_PAUSED)
    g_value_set_boolean (value, sy_live_page_get_paused (SY_LIVE_PAGE (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
sy_live_page_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  if (prop_id == PROP_PAUSED)
    sy_live_page_set_paused (SY_LIVE_PAGE (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
sy_live_page_dispose (GObject *object)
{
  SyLivePage *self = SY_LIVE_PAGE (object);

  stop_timer (self);
  g_clear_handle_id (&self->restack, g_source_remove);
  if (self->backends != NULL)
    g_signal_handlers_disconnect_by_data (self->backends, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), SY_TYPE_LIVE_PAGE);
  g_clear_object (&self->weighing);
  g_clear_object (&self->backends);
  g_clear_object (&self->clock);
  g_clear_object (&self->pace);
  g_clear_object (&self->axes);

  G_OBJECT_CLASS (sy_live_page_parent_class)->dispose (object);
}

static void
sy_live_page_class_init (SyLivePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = sy_live_page_get_property;
  object_class->set_property = sy_live_page_set_property;
  object_class->dispose = sy_live_page_dispose;

  widget_class->get_request_mode = sy_live_page_get_request_mode;
  widget_class->measure = sy_live_page_measure;
  widget_class->size_allocate = sy_live_page_size_allocate;
  widget_class->map = sy_live_page_map;
  widget_class->unmap = sy_live_page_unmap;

  properties[PROP_PAUSED] =
    g_param_spec_boolean ("paused", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[REMOVE_REQUESTED] =
    g_signal_new ("remove-requested", SY_TYPE_LIVE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, SY_TYPE_BACKEND);

  signals[MESSAGE] =
    g_signal_new ("message", SY_TYPE_LIVE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (SY_TYPE_BASELINE_VIEW);
  g_type_ensure (SY_TYPE_COLUMNS_BOX);
  g_type_ensure (SY_TYPE_LIVE_STRIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/steelyard/ui/sy-live-page.ui");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_bind_template_child (widget_class, SyLivePage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, SyLivePage, strip);
  gtk_widget_class_bind_template_child (widget_class, SyLivePage, baseline);
  gtk_widget_class_bind_template_child (widget_class, SyLivePage, headers);
  gtk_widget_class_bind_template_child (widget_class, SyLivePage, rows_box);
  gtk_widget_class_bind_template_child (widget_class, SyLivePage, price_footer);
  gtk_widget_class_bind_template_child (widget_class, SyLivePage, price_label);
}

static void
sy_live_page_init (SyLivePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->axes = sy_live_axes_new ();
  self->window_us = beam_time_axis_get_window (sy_live_axes_get_time (self->axes));
  g_signal_connect_object (sy_live_axes_get_time (self->axes), "notify::mode",
                           G_CALLBACK (mode_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sy_live_axes_get_time (self->axes), "notify::pinned",
                           G_CALLBACK (update_baseline), self, G_CONNECT_SWAPPED);
  make_rows (self);
  sy_name_buttons (GTK_WIDGET (self));
}

/* --- Public --- */

void
sy_live_page_set_backends (SyLivePage *self,
                           GListModel *backends,
                           SyClock    *clock)
{
  g_return_if_fail (self->backends == NULL);

  self->backends = g_object_ref (backends);
  self->clock = g_object_ref (clock);
  self->pace = g_object_ref (clock);
  g_signal_connect (backends, "items-changed", G_CALLBACK (backends_changed_cb), self);
  backends_changed_cb (backends, 0, 0, g_list_model_get_n_items (backends), self);
  start_timer (self);
}

void
sy_live_page_set_pace (SyLivePage *self,
                       SyClock    *pace)
{
  g_return_if_fail (self->clock != NULL);

  stop_timer (self);
  g_set_object (&self->pace, pace);
  for (guint i = 0; sy_live_page_get_header (self, i) != NULL; i++)
    sy_backend_header_set_removable (sy_live_page_get_header (self, i), pace == self->clock);
  start_timer (self);
}

void
sy_live_page_set_weighing (SyLivePage *self,
                           SyWeighing *weighing)
{
  if (!g_set_object (&self->weighing, weighing) || self->backends == NULL)
    return;

  update_strip (self);
  update_baseline (self);
}

void
sy_live_page_set_window (SyLivePage *self,
                         gint64      window_us)
{
  self->window_us = window_us;
  if (self->clock != NULL)
    fit_window (self);
}

void
sy_live_page_set_row_shown (SyLivePage *self,
                            SyRow       row,
                            gboolean    shown)
{
  gtk_widget_set_visible (self->rows[row], shown);
}

void
sy_live_page_set_row_order (SyLivePage  *self,
                            const SyRow  order[SY_N_ROWS])
{
  GtkWidget *before = NULL;

  for (guint i = 0; i < SY_N_ROWS; i++)
    {
      self->order[i] = order[i];
      gtk_box_reorder_child_after (GTK_BOX (self->rows_box), self->rows[order[i]], before);
      before = self->rows[order[i]];
    }
}

SyRow
sy_live_page_get_row_at (SyLivePage *self,
                         guint       position)
{
  g_return_val_if_fail (position < SY_N_ROWS, 0);

  return self->order[position];
}

void
sy_live_page_set_view (SyLivePage *self,
                       SyView      view,
                       gboolean    ratio_lane)
{
  for (guint row = 0; row < SY_N_ROWS; row++)
    sy_live_row_set_view (SY_LIVE_ROW (self->rows[row]), view, ratio_lane);
}

void
sy_live_page_set_price (SyLivePage    *self,
                        const SyPrice *price)
{
  g_autofree char *per_hour = NULL;
  g_autofree char *text = NULL;
  g_autofree char *safe = NULL;

  sy_live_axes_set_currency (self->axes, price != NULL ? price->currency : NULL);
  gtk_widget_set_visible (self->price_footer, price != NULL);
  if (price == NULL)
    return;

  per_hour = sy_format_money_per_hour (price->per_hour, price->currency);
  /* Translators: a machine for rent: type, provider and region, price, date of the price:
   * "Priced as a share of m7g.large, aws us-east-1, $0.082/h (2026-07-20)" */
  text = g_strdup_printf (_("Priced as a share of %1$s, %2$s %3$s, %4$s (%5$s)"),
                          price->sku, price->provider, price->region, per_hour, price->observed);
  safe = sy_sentence_dup_safe (text, SY_DISPLAY_TEXT_MAX);
  gtk_label_set_text (GTK_LABEL (self->price_label), safe);
}

void
sy_live_page_set_demo (SyLivePage *self,
                       const char *label,
                       GMenuModel *menu)
{
  sy_live_strip_set_demo (SY_LIVE_STRIP (self->strip), label, menu);
}

gboolean
sy_live_page_get_paused (SyLivePage *self)
{
  return beam_time_axis_get_mode (sy_live_axes_get_time (self->axes)) != BEAM_TIME_LIVE;
}

void
sy_live_page_set_paused (SyLivePage *self,
                         gboolean    paused)
{
  BeamTimeAxis *time = sy_live_axes_get_time (self->axes);

  if (paused == sy_live_page_get_paused (self))
    return;

  if (paused)
    beam_time_axis_pause (time);
  else
    beam_time_axis_reset (time);
}

SyLiveAxes *
sy_live_page_get_axes (SyLivePage *self)
{
  return self->axes;
}

SyLiveRow *
sy_live_page_get_row (SyLivePage *self,
                      SyRow       row)
{
  g_return_val_if_fail (row < SY_N_ROWS, NULL);

  return SY_LIVE_ROW (self->rows[row]);
}

SyBackendHeader *
sy_live_page_get_header (SyLivePage *self,
                         guint       position)
{
  GtkWidget *header = sy_columns_box_get_child (SY_COLUMNS_BOX (self->headers), position);

  return header != NULL ? SY_BACKEND_HEADER (header) : NULL;
}
