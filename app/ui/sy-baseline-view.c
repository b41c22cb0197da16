/* sy-baseline-view.c: now against what was pinned, in a sentence for each backend
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-baseline-view.h"

#include <glib/gi18n.h>
#include <math.h>

#include "sy-format.h"
#include "sy-sequence.h"
#include "sy-text.h"

#define N_SIDES 2

struct _SyBaselineView
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *heading;
  GtkWidget *lines[N_SIDES];
};

G_DEFINE_FINAL_TYPE (SyBaselineView, sy_baseline_view, GTK_TYPE_WIDGET)

static char *
dup_opening (SyVerdictState  state,
             const char     *name)
{
  switch (state)
    {
    case SY_VERDICT_A_AHEAD:
      /* Translators: %s is a backend; what follows is two times to answer */
      return g_strdup_printf (_("%s is faster than in the baseline"), name);
    case SY_VERDICT_B_AHEAD:
      /* Translators: %s is a backend; what follows is two times to answer */
      return g_strdup_printf (_("%s is slower than in the baseline"), name);
    case SY_VERDICT_PRACTICALLY_EQUAL:
      /* Translators: %s is a backend; what follows is two times to answer */
      return g_strdup_printf (_("%s is practically as in the baseline"), name);
    case SY_VERDICT_TOO_CLOSE:
    case SY_VERDICT_TOO_EARLY:
    case SY_VERDICT_NOT_COMPARABLE:
    default:
      /* Translators: %s is a backend; what follows is two times to answer */
      return g_strdup_printf (_("%s is too close to its baseline to call"), name);
    }
}

static char *
dup_missing (const SyBaselineEffect *effect,
             const char             *name)
{
  if (effect->n[1] < SY_SEQUENCE_MIN)
    /* Translators: a backend, a number of stretches of ten seconds, how many are needed at least */
    return g_strdup_printf (ngettext ("%1$s: the baseline holds %2$u whole window, and %3$u are needed; a longer one says more.",
                                      "%1$s: the baseline holds %2$u whole windows, and %3$u are needed; a longer one says more.",
                                      effect->n[1]),
                            name, effect->n[1], SY_SEQUENCE_MIN);

  /* Translators: a backend, a number of stretches of ten seconds, how many are needed at least */
  return g_strdup_printf (ngettext ("%1$s: %2$u whole window since the baseline, and %3$u are needed.",
                                    "%1$s: %2$u whole windows since the baseline, and %3$u are needed.", effect->n[0]),
                          name, effect->n[0], SY_SEQUENCE_MIN);
}

char *
sy_baseline_dup_text (const SyBaselineEffect *effect,
                      const char             *name,
                      const char             *what)
{
  g_autofree char *opening = NULL;
  g_autofree char *now = NULL;
  g_autofree char *before = NULL;

  if (effect->state == SY_VERDICT_TOO_EARLY)
    return dup_missing (effect, name);

  if (effect->state == SY_VERDICT_NOT_COMPARABLE)
    {
      now = sy_format_rate (effect->load[0]);
      before = sy_format_rate (effect->load[1]);
      /* Translators: a backend, two rates of requests */
      return g_strdup_printf (_("%1$s carries another load than in the baseline, %2$s against %3$s: that does not compare."), name, now,
                              before);
    }

  opening = dup_opening (effect->state, name);
  now = sy_format_duration (effect->value[0]);
  before = sy_format_duration (effect->value[1]);
  /* Translators: "Orders is slower than in the baseline", what is compared ("p95 latency"), two durations, then the ratio of them
   * and where it lies */
  return g_strdup_printf (_("%1$s: %2$s %3$s against %4$s, %5$.2f times (%6$.2f to %7$.2f, valid whenever one looks)."), opening, what,
                          now, before, effect->ratio, effect->low, effect->high);
}

static void
set_text (GtkWidget  *label,
          const char *text)
{
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (label)), text) != 0)
    gtk_label_set_text (GTK_LABEL (label), text);
}

static GtkWidget *
add_label (SyBaselineView *self,
           const char     *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, style);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return label;
}

static void
sy_baseline_view_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (sy_baseline_view_parent_class)->dispose (object);
}

static void
sy_baseline_view_class_init (SyBaselineViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sy_baseline_view_dispose;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
sy_baseline_view_init (SyBaselineView *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Against the baseline"), -1);
  self->heading = add_label (self, "caption-heading");
  for (guint i = 0; i < N_SIDES; i++)
    self->lines[i] = add_label (self, "caption");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
sy_baseline_view_update (SyBaselineView *self,
                         SyWeighing     *weighing,
                         gint64          from_us,
                         gint64          to_us,
                         gint64          wall_offset_us)
{
  const gboolean shown = weighing != NULL && from_us < to_us;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *heading = NULL;
  double min_effect;

  gtk_widget_set_visible (GTK_WIDGET (self), shown);
  if (!shown)
    return;

  from = sy_format_time_of_day (from_us + wall_offset_us);
  to = sy_format_time_of_day (to_us + wall_offset_us);
  /* Translators: two times of day, between which lies what is compared with */
  heading = g_strdup_printf (_("Against the baseline, %1$s – %2$s"), from, to);
  set_text (self->heading, heading);
  g_object_get (weighing, "min-effect", &min_effect, NULL);
  for (guint i = 0; i < N_SIDES; i++)
    {
      const SyMetric metric = sy_weighing_get_metric (weighing);
      g_autofree char *name = sy_display_text (sy_backend_get_name (sy_weighing_get_backend (weighing, i)), -1, 60);
      g_autofree char *text = NULL;
      SyBaselineEffect effect;

      sy_baseline_compare (sy_weighing_get_windows (weighing, i), from_us, to_us, metric, min_effect, &effect);
      text = sy_baseline_dup_text (&effect, name, sy_metric_label (metric));
      set_text (self->lines[i], text);
    }
}
