/* beam-balance.c: a balance that tilts with a verdict
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-balance.h"
#include "beam-spring.h"
#include "beam-words.h"

/**
 * BeamBalance:
 *
 * Two subjects in the pans of a balance. The one that is ahead weighs more: its
 * pan sinks. How sure that is shows as a shade of where the beam might be as
 * well. A new verdict lets the beam swing and come to rest; where animations
 * are off (the setting gtk-enable-animations, which follows the desktop's wish
 * for less motion) it stands there at once. It draws only while it swings.
 *
 * # Accessibility
 *
 * Role METER from −1 to 1, the title as name. The value as text comes from the
 * #BeamFigureDescribeFunc, which a program should set: it knows what the
 * verdict means.
 */
struct _BeamBalance
{
  BeamFigure parent_instance;

  double verdict;   /* NAN: unknown */
  double certainty; /* NAN: unknown */
  int    identities[2];
  char  *names[2];  /* owned, nullable */

  BeamSpring spring;     /* position is the tilt; unused while the verdict is NAN */
  gboolean   has_tilt;   /* the beam was shown at some tilt */
  guint      tick_id;    /* 0 at rest */
  gint64     tick_us;    /* of the last frame */
};

G_DEFINE_FINAL_TYPE (BeamBalance, beam_balance, BEAM_TYPE_FIGURE)

enum {
  PROP_VERDICT = 1,
  PROP_CERTAINTY,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* --- Motion --- */

static void
stop (BeamBalance *self)
{
  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
  self->tick_id = 0;
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  BeamBalance *self = BEAM_BALANCE (widget);
  gint64 now_us = gdk_frame_clock_get_frame_time (clock);
  double seconds = self->tick_us > 0 ? (double) (now_us - self->tick_us) / G_USEC_PER_SEC : 0;
  gboolean moves = beam_spring_advance (&self->spring, seconds);

  self->tick_us = now_us;
  beam_figure_queue_update (BEAM_FIGURE (self));
  if (moves)
    return G_SOURCE_CONTINUE;

  self->tick_id = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
may_move (BeamBalance *self)
{
  gboolean animate = FALSE;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &animate, NULL);
  return animate && self->has_tilt && gtk_widget_get_mapped (GTK_WIDGET (self));
}

/* Towards the verdict: by a swing, or at once. */
static void
follow (BeamBalance *self)
{
  if (isnan (self->verdict))
    {
      stop (self);
      self->has_tilt = FALSE;
      return;
    }

  self->spring.target = self->verdict;
  if (!may_move (self))
    {
      stop (self);
      self->spring = (BeamSpring) { self->verdict, 0, self->verdict };
    }
  else if (self->tick_id == 0)
    {
      self->tick_us = 0;
      self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
    }
  self->has_tilt = TRUE;
}

/* --- Overrides --- */

static void
beam_balance_draw (BeamFigure      *figure,
                   cairo_t         *cr,
                   const BeamFrame *frame)
{
  BeamBalance *self = BEAM_BALANCE (figure);
  const BeamBalanceState state = {
    beam_balance_get_tilt (self), self->certainty,
    { self->identities[0], self->identities[1] }, { self->names[0], self->names[1] },
  };

  beam_paint_balance (cr, frame, &state);
}

/* The balance itself; there is nothing in it to visit. */
static guint
beam_balance_count_items (BeamFigure *figure)
{
  return 1;
}

static char *
beam_balance_describe (BeamFigure *figure)
{
  BeamBalance *self = BEAM_BALANCE (figure);

  if (isnan (self->verdict))
    return g_strdup (beam_figure_get_empty_text (figure));
  if (isnan (self->certainty))
    return g_strdup_printf ("%+.2f", self->verdict);

  return g_strdup_printf ("%+.2f, %.0f %%", self->verdict, self->certainty * 100);
}

static void
beam_balance_fill_cells (BeamFigure *figure,
                         BeamCells  *cells)
{
  BeamBalance *self = BEAM_BALANCE (figure);

  beam_cells_add_column (cells, "verdict", _("Verdict, −1 to 1"), NULL);
  beam_cells_add_column (cells, "certainty", _("Certainty, 0 to 1"), NULL);
  beam_cells_begin_row (cells);
  beam_cells_add_number (cells, self->verdict);
  beam_cells_add_number (cells, self->certainty);
}

static void
update_value (BeamBalance *self)
{
  g_autofree char *text = beam_figure_describe (BEAM_FIGURE (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, -1.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 1.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, isnan (self->verdict) ? 0.0 : self->verdict,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text,
                                  -1);
}

static void
changed (BeamBalance *self)
{
  follow (self);
  update_value (self);
  beam_figure_queue_update (BEAM_FIGURE (self));
}

static void
beam_balance_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 72 : 40;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 220 : 96;
}

/* What moved while it was not seen has arrived. */
static void
beam_balance_unmap (GtkWidget *widget)
{
  BeamBalance *self = BEAM_BALANCE (widget);

  stop (self);
  self->spring = (BeamSpring) { self->spring.target, 0, self->spring.target };

  GTK_WIDGET_CLASS (beam_balance_parent_class)->unmap (widget);
}

static void
beam_balance_dispose (GObject *object)
{
  stop (BEAM_BALANCE (object));

  G_OBJECT_CLASS (beam_balance_parent_class)->dispose (object);
}

static void
beam_balance_finalize (GObject *object)
{
  g_free (BEAM_BALANCE (object)->names[0]);
  g_free (BEAM_BALANCE (object)->names[1]);

  G_OBJECT_CLASS (beam_balance_parent_class)->finalize (object);
}

static void
beam_balance_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_VERDICT:
      g_value_set_double (value, BEAM_BALANCE (object)->verdict);
      break;
    case PROP_CERTAINTY:
      g_value_set_double (value, BEAM_BALANCE (object)->certainty);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_balance_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_VERDICT:
      beam_balance_set_verdict (BEAM_BALANCE (object), g_value_get_double (value));
      break;
    case PROP_CERTAINTY:
      beam_balance_set_certainty (BEAM_BALANCE (object), g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_balance_class_init (BeamBalanceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  BeamFigureClass *figure_class = BEAM_FIGURE_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = beam_balance_dispose;
  object_class->finalize = beam_balance_finalize;
  object_class->get_property = beam_balance_get_property;
  object_class->set_property = beam_balance_set_property;
  widget_class->measure = beam_balance_measure;
  widget_class->unmap = beam_balance_unmap;
  figure_class->draw = beam_balance_draw;
  figure_class->count_items = beam_balance_count_items;
  figure_class->describe = beam_balance_describe;
  figure_class->fill_cells = beam_balance_fill_cells;

  props[PROP_VERDICT] = g_param_spec_double ("verdict", NULL, NULL, -1, 1, 0, flags);
  props[PROP_CERTAINTY] = g_param_spec_double ("certainty", NULL, NULL, 0, 1, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_css_name (widget_class, "beam-balance");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_METER);
}

static void
beam_balance_init (BeamBalance *self)
{
  self->verdict = (double) NAN;
  self->certainty = (double) NAN;
  self->identities[1] = 1;
  update_value (self);
}

/* --- Public API --- */

GtkWidget *
beam_balance_new (void)
{
  return g_object_new (BEAM_TYPE_BALANCE, NULL);
}

static gboolean
same (double a,
      double b)
{
  return a == b || (isnan (a) && isnan (b));
}

double
beam_balance_get_verdict (BeamBalance *self)
{
  g_return_val_if_fail (BEAM_IS_BALANCE (self), (double) NAN);

  return self->verdict;
}

void
beam_balance_set_verdict (BeamBalance *self,
                          double       verdict)
{
  g_return_if_fail (BEAM_IS_BALANCE (self));

  verdict = CLAMP (verdict, -1, 1);
  if (same (self->verdict, verdict))
    return;

  self->verdict = verdict;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VERDICT]);
  changed (self);
}

double
beam_balance_get_certainty (BeamBalance *self)
{
  g_return_val_if_fail (BEAM_IS_BALANCE (self), (double) NAN);

  return self->certainty;
}

void
beam_balance_set_certainty (BeamBalance *self,
                            double       certainty)
{
  g_return_if_fail (BEAM_IS_BALANCE (self));

  certainty = CLAMP (certainty, 0, 1);
  if (same (self->certainty, certainty))
    return;

  self->certainty = certainty;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CERTAINTY]);
  changed (self);
}

void
beam_balance_set_subject (BeamBalance *self,
                          int          pan,
                          int          identity,
                          const char  *name)
{
  g_return_if_fail (BEAM_IS_BALANCE (self));
  g_return_if_fail (pan == 0 || pan == 1);

  self->identities[pan] = identity;
  g_free (self->names[pan]);
  self->names[pan] = g_strdup (name);
  beam_figure_queue_update (BEAM_FIGURE (self));
}

double
beam_balance_get_tilt (BeamBalance *self)
{
  g_return_val_if_fail (BEAM_IS_BALANCE (self), (double) NAN);

  return self->has_tilt ? self->spring.position : (double) NAN;
}
