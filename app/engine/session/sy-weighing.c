/* sy-weighing.c: two backends on the balance
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A window that one side has finished waits for the other's of the same place;
 * a place that the other has left behind will never come and is dropped. Pairs are
 * kept, so that all can be weighed again when a person excludes some of the past:
 * once for a change, though each side tells of it, and at the next idle moment.
 *
 * Limits: a day of windows, 8 640, for each side.
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-weighing.h"

#include <math.h>

#include "sy-weighing-side.h"

#define MAX_WINDOWS 8640
#define MIN_SPACING_US SY_USEC_PER_SEC

struct _SyWeighing
{
  GObject         parent_instance;

  SyClock        *clock;       /* (owned) */
  SyBackend      *backends[2]; /* (owned) */
  SyWeighingSide *sides[2];    /* (owned) */
  SySlice        *waiting[2];  /* (owned) (nullable) */
  GPtrArray      *pairs[2];    /* (owned) (element-type SySlice): of the same index, simultaneous */
  GArray         *windows[2];  /* (owned) (element-type SyTimeWindow) */
  SyComparison   *comparison;  /* (owned) (nullable): before it is known what to compare */
  SyVerdict      *verdict;     /* (owned) */
  GSource        *timer;       /* (owned) */
  gint64          next_us;     /* not compared before */
  gint64          window_us;
  double          slo;
  double          warm_up;
  double          min_effect;
  guint           revision;
  SyMetric        metric;
  gboolean        has_metric;
  gboolean        driven;
  gboolean        is_stale;    /* what is excluded has changed since the pairs were weighed */
  SyGeneratorFacts generator;  /* of the load that drives them */
  gboolean        held;        /* windows are left out */
  gint64          held_until_us; /* and those that began before */
  SyEffect        trial;       /* of a load trial on these two as they are; TOO_EARLY: none */
};

G_DEFINE_FINAL_TYPE (SyWeighing, sy_weighing, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_WINDOW_US,
  PROP_SLO,
  PROP_WARM_UP,
  PROP_MIN_EFFECT,
  PROP_STATE,
  PROP_REVISION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
make_sides (SyWeighing *self)
{
  for (guint i = 0; i < 2; i++)
    {
      g_clear_pointer (&self->sides[i], sy_weighing_side_free);
      g_clear_pointer (&self->waiting[i], sy_slice_free);
      self->sides[i] = sy_weighing_side_new (self->backends[i], self->window_us, self->slo > 0 ? self->slo : (double) NAN);
    }
}

static gboolean
has_gauge (SyBackend *backend)
{
  const SyReading *reading = sy_backend_get_reading (backend);

  return reading != NULL
         && (reading->in_flight_how == SY_HOW_GAUGE || reading->in_flight_how == SY_HOW_STARTED_MINUS_FINISHED);
}

static void
choose_metric (SyWeighing    *self,
               const SySlice *a,
               const SySlice *b)
{
  if (!self->has_metric)
    self->metric = isnan (a->window.p95.estimate) || isnan (b->window.p95.estimate) ? SY_METRIC_MEAN : SY_METRIC_P95;
}

/* What the windows do not tell. */
static void
tell_known (SyWeighing *self)
{
  SyFairness known;

  sy_fairness_init (&known);
  known.same_host = sy_backend_shares_machine (self->backends[0], self->backends[1]);
  known.same_offer = self->driven;
  if (self->driven)
    {
      known.mix_distance = 0;
      known.generator = self->generator;
    }

  sy_comparison_set_known (self->comparison, &known);
}

static void
make_comparison (SyWeighing *self)
{
  self->comparison = sy_comparison_new (self->metric);
  tell_known (self);
  sy_comparison_set_warm_up (self->comparison, self->warm_up);
  sy_comparison_set_min_effect (self->comparison, self->min_effect);
  sy_comparison_set_trial (self->comparison, &self->trial);
}

/* Seconds that the younger has run; NAN: not known, as of one at least nobody knows and
 * the other is old enough. */
static double
uptime_of_younger (SyWeighing    *self,
                   const SySlice *a,
                   const SySlice *b)
{
  const double known = fmin (a->uptime, b->uptime);

  return known < self->warm_up || !isnan (a->uptime + b->uptime) ? known : (double) NAN;
}

/* Neither a window before a histogram has anything in it, nor one without
 * requests, tells what the backends have. */
static gboolean
may_choose (SyWeighing    *self,
            const SySlice *a,
            const SySlice *b)
{
  return self->has_metric || (a->window.requests > 0 && b->window.requests > 0);
}

static gboolean
has_changed (const SySlice *a,
             const SySlice *b)
{
  return a->window.n_changes > 0 || b->window.n_changes > 0;
}

static void
weigh_pair (SyWeighing    *self,
            const SySlice *a,
            const SySlice *b)
{
  const gboolean is_changed = has_changed (a, b);

  if (is_changed)
    sy_effect_init (&self->trial);
  if (self->comparison == NULL && may_choose (self, a, b))
    {
      choose_metric (self, a, b);
      make_comparison (self);
    }

  if (self->comparison == NULL)
    return;

  sy_comparison_set_gauges (self->comparison, has_gauge (self->backends[0]), has_gauge (self->backends[1]));
  if (is_changed)
    sy_comparison_change (self->comparison);
  else
    sy_comparison_add (self->comparison, &a->window, &b->window, a->durations, b->durations, uptime_of_younger (self, a, b));
}

/* What a load run makes of the two is not what they do by themselves; but that one
 * of them restarted is told all the same. */
static gboolean
is_left_out (SyWeighing *self)
{
  const SyTimeWindow *a = &self->waiting[0]->window;
  const SyTimeWindow *b = &self->waiting[1]->window;
  const gint64 from_us = MIN (a->from_us - a->reach_us, b->from_us - b->reach_us);

  return !has_changed (self->waiting[0], self->waiting[1]) && (self->held || from_us < self->held_until_us);
}

/* Takes the pair that waits. */
static void
take_pair (SyWeighing *self)
{
  if (is_left_out (self))
    {
      for (guint i = 0; i < 2; i++)
        g_clear_pointer (&self->waiting[i], sy_slice_free);
      return;
    }

  weigh_pair (self, self->waiting[0], self->waiting[1]);
  if (self->comparison != NULL || has_changed (self->waiting[0], self->waiting[1]))
    {
      self->next_us = MAX (self->next_us, sy_clock_get_monotonic (self->clock));
      sy_clock_timer_set_due (self->timer, self->next_us);
    }

  for (guint i = 0; i < 2; i++)
    {
      if (self->pairs[i]->len == MAX_WINDOWS)
        g_ptr_array_remove_index (self->pairs[i], 0);
      g_ptr_array_add (self->pairs[i], g_steal_pointer (&self->waiting[i]));
    }
}

static void
keep_window (SyWeighing    *self,
             guint          index,
             const SySlice *slice)
{
  if (self->windows[index]->len == MAX_WINDOWS)
    g_array_remove_index (self->windows[index], 0);

  g_array_append_val (self->windows[index], slice->window);
}

static void
updated_cb (SyBackend  *backend,
            SyWeighing *self)
{
  const guint index = backend == self->backends[0] ? 0 : 1;
  SySlice *slice = sy_weighing_side_update (self->sides[index]);
  SySlice *other = self->waiting[1 - index];

  if (slice == NULL)
    return;

  keep_window (self, index, slice);
  g_clear_pointer (&self->waiting[index], sy_slice_free);
  self->waiting[index] = slice;

  if (other != NULL && other->place < slice->place)
    g_clear_pointer (&self->waiting[1 - index], sy_slice_free);
  else if (other != NULL && other->place == slice->place)
    take_pair (self);
}

/* As if the windows had come with what is excluded now. What is compared stays. */
static void
weigh_again (SyWeighing *self)
{
  const SyEffect trial = self->trial;

  self->is_stale = FALSE;
  if (self->comparison != NULL)
    {
      sy_comparison_free (self->comparison);
      make_comparison (self);
    }

  for (guint i = 0; i < self->pairs[0]->len; i++)
    weigh_pair (self, g_ptr_array_index (self->pairs[0], i), g_ptr_array_index (self->pairs[1], i));

  /* A restart before the trial does not undo it. */
  self->trial = trial;
  if (self->comparison != NULL)
    sy_comparison_set_trial (self->comparison, &self->trial);
}

static void
count_excluded (SyHistory    *history,
                SyTimeWindow *window)
{
  window->n_excluded = sy_history_count_excluded (history, window->from_us - window->reach_us, window->to_us);
}

static void
excluded_cb (SyHistory  *history,
             SyWeighing *self)
{
  const guint index = history == sy_backend_get_history (self->backends[0]) ? 0 : 1;

  for (guint i = 0; i < self->pairs[index]->len; i++)
    count_excluded (history, &((SySlice *) g_ptr_array_index (self->pairs[index], i))->window);
  for (guint i = 0; i < self->windows[index]->len; i++)
    count_excluded (history, &g_array_index (self->windows[index], SyTimeWindow, i));
  if (self->waiting[index] != NULL)
    count_excluded (history, &self->waiting[index]->window);

  /* The next window may be far away: the clock of a recording may stand still. */
  self->is_stale = TRUE;
  self->next_us = sy_clock_get_monotonic (self->clock);
  sy_clock_timer_set_due (self->timer, self->next_us);
}

static gboolean
timer_cb (gpointer user_data)
{
  g_autoptr (SyWeighing) self = g_object_ref (user_data);

  sy_weighing_flush (self);
  return G_SOURCE_CONTINUE;
}

static void
set_verdict (SyWeighing *self,
             SyVerdict  *verdict) /* (transfer full) */
{
  const SyVerdictState before = self->verdict->state;

  sy_verdict_free (self->verdict);
  self->verdict = verdict;
  self->revision++;

  if (verdict->state != before)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REVISION]);
}

/* What is said before there is anything to compare. */
static SyVerdict *
new_empty_verdict (SyWeighing *self)
{
  g_autoptr (SyComparison) comparison = sy_comparison_new (self->metric);

  sy_comparison_set_min_effect (comparison, self->min_effect);
  sy_comparison_set_trial (comparison, &self->trial);
  return sy_comparison_get_verdict (comparison);
}

static void
sy_weighing_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  SyWeighing *self = SY_WEIGHING (object);

  switch (prop_id)
    {
    case PROP_WINDOW_US:
      g_value_set_int64 (value, self->window_us);
      break;
    case PROP_SLO:
      g_value_set_double (value, self->slo);
      break;
    case PROP_WARM_UP:
      g_value_set_double (value, self->warm_up);
      break;
    case PROP_MIN_EFFECT:
      g_value_set_double (value, self->min_effect);
      break;
    case PROP_STATE:
      g_value_set_uint (value, self->verdict->state);
      break;
    case PROP_REVISION:
      g_value_set_uint (value, self->revision);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
sy_weighing_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  SyWeighing *self = SY_WEIGHING (object);

  switch (prop_id)
    {
    case PROP_WINDOW_US:
      self->window_us = g_value_get_int64 (value);
      sy_weighing_reset (self);
      break;
    case PROP_SLO:
      self->slo = g_value_get_double (value);
      sy_weighing_reset (self);
      break;
    case PROP_WARM_UP:
      self->warm_up = g_value_get_double (value);
      if (self->comparison != NULL)
        sy_comparison_set_warm_up (self->comparison, self->warm_up);
      break;
    case PROP_MIN_EFFECT:
      self->min_effect = g_value_get_double (value);
      if (self->comparison != NULL)
        sy_comparison_set_min_effect (self->comparison, self->min_effect);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
sy_weighing_dispose (GObject *object)
{
  SyWeighing *self = SY_WEIGHING (object);

  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);

  for (guint i = 0; i < 2; i++)
    {
      if (self->backends[i] != NULL)
        {
          g_signal_handlers_disconnect_by_data (sy_backend_get_history (self->backends[i]), self);
          g_signal_handlers_disconnect_by_data (self->backends[i], self);
        }
      g_clear_pointer (&self->sides[i], sy_weighing_side_free);
      g_clear_pointer (&self->waiting[i], sy_slice_free);
      g_clear_object (&self->backends[i]);
    }

  G_OBJECT_CLASS (sy_weighing_parent_class)->dispose (object);
}

static void
sy_weighing_finalize (GObject *object)
{
  SyWeighing *self = SY_WEIGHING (object);

  for (guint i = 0; i < 2; i++)
    {
      g_array_unref (self->windows[i]);
      g_ptr_array_unref (self->pairs[i]);
    }
  g_clear_pointer (&self->comparison, sy_comparison_free);
  g_clear_pointer (&self->verdict, sy_verdict_free);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (sy_weighing_parent_class)->finalize (object);
}

static void
sy_weighing_class_init (SyWeighingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags writable = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sy_weighing_get_property;
  object_class->set_property = sy_weighing_set_property;
  object_class->dispose = sy_weighing_dispose;
  object_class->finalize = sy_weighing_finalize;

  properties[PROP_WINDOW_US] =
    g_param_spec_int64 ("window-us", NULL, NULL, SY_USEC_PER_SEC / 2, 3600 * SY_USEC_PER_SEC, SY_WEIGHING_WINDOW_US, writable);
  properties[PROP_SLO] = g_param_spec_double ("slo", NULL, NULL, 0, 3600, 0, writable);
  properties[PROP_WARM_UP] = g_param_spec_double ("warm-up", NULL, NULL, 0, SY_WEIGHING_MOST_WARM_UP, SY_FAIR_WARM_UP, writable);
  properties[PROP_MIN_EFFECT] = g_param_spec_double ("min-effect", NULL, NULL, 0.001, 1, 0.05, writable);
  properties[PROP_STATE] =
    g_param_spec_uint ("state", NULL, NULL, SY_VERDICT_TOO_EARLY, SY_VERDICT_B_AHEAD, SY_VERDICT_TOO_EARLY, readable);
  properties[PROP_REVISION] = g_param_spec_uint ("revision", NULL, NULL, 0, G_MAXUINT, 0, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sy_weighing_init (SyWeighing *self)
{
  self->window_us = SY_WEIGHING_WINDOW_US;
  self->warm_up = SY_FAIR_WARM_UP;
  self->min_effect = 0.05;
  self->metric = SY_METRIC_P95;
  sy_effect_init (&self->trial);
  sy_generator_facts_init (&self->generator);
  self->verdict = new_empty_verdict (self);
  self->next_us = self->held_until_us = G_MININT64;
  for (guint i = 0; i < 2; i++)
    {
      self->windows[i] = g_array_new (FALSE, FALSE, sizeof (SyTimeWindow));
      self->pairs[i] = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_slice_free);
    }
}

SyWeighing *
sy_weighing_new (SyClock   *clock,
                 SyBackend *a,
                 SyBackend *b)
{
  SyWeighing *self = g_object_new (SY_TYPE_WEIGHING, NULL);

  self->clock = g_object_ref (clock);
  self->backends[0] = g_object_ref (a);
  self->backends[1] = g_object_ref (b);
  make_sides (self);

  self->timer = sy_clock_timer_new (clock, G_MAXINT64);
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_set_static_name (self->timer, "SyWeighing");
  g_source_set_priority (self->timer, G_PRIORITY_DEFAULT_IDLE);
  g_source_attach (self->timer, g_main_context_get_thread_default ());

  for (guint i = 0; i < 2; i++)
    {
      g_signal_connect (self->backends[i], "updated", G_CALLBACK (updated_cb), self);
      g_signal_connect (sy_backend_get_history (self->backends[i]), "excluded-changed", G_CALLBACK (excluded_cb), self);
    }
  return self;
}

void
sy_weighing_set_metric (SyWeighing *self,
                        SyMetric    metric)
{
  if (self->has_metric && metric == self->metric)
    return;

  self->metric = metric;
  self->has_metric = TRUE;
  sy_weighing_reset (self);
}

SyMetric
sy_weighing_get_metric (SyWeighing *self)
{
  return self->metric;
}

void
sy_weighing_set_driven (SyWeighing *self,
                        gboolean    driven)
{
  if (driven == self->driven)
    return;

  self->driven = driven;
  sy_generator_facts_init (&self->generator);
  sy_weighing_reset (self);
}

void
sy_weighing_set_generator (SyWeighing             *self,
                           const SyGeneratorFacts *facts)
{
  self->generator = *facts;
  if (self->comparison == NULL)
    return;

  tell_known (self);
  sy_weighing_flush (self);
}

void
sy_weighing_set_held (SyWeighing *self,
                      gboolean    held)
{
  if (self->held && !held)
    self->held_until_us = sy_clock_get_monotonic (self->clock);

  self->held = held;
}

void
sy_weighing_set_trial (SyWeighing     *self,
                       const SyEffect *effect)
{
  if (effect != NULL)
    self->trial = *effect;
  else
    sy_effect_init (&self->trial);

  if (self->comparison != NULL)
    sy_comparison_set_trial (self->comparison, &self->trial);
  sy_weighing_flush (self);
}

const SyVerdict *
sy_weighing_get_verdict (SyWeighing *self)
{
  return self->verdict;
}

SyBackend *
sy_weighing_get_backend (SyWeighing *self,
                         guint       index)
{
  return self->backends[index];
}

const GArray *
sy_weighing_get_windows (SyWeighing *self,
                         guint       index)
{
  return self->windows[index];
}

const SyTimeWindow *
sy_weighing_get_current_windows (SyWeighing *self,
                                 guint       index,
                                 guint      *ret_n)
{
  const GArray *windows = sy_weighing_get_windows (self, index);
  guint first;

  *ret_n = 0;
  g_return_val_if_fail (windows != NULL, NULL);

  first = windows->len;
  while (first > 0 && g_array_index (windows, SyTimeWindow, first - 1).n_changes == 0)
    first--;

  *ret_n = windows->len - first;
  return *ret_n > 0 ? &g_array_index (windows, SyTimeWindow, first) : NULL;
}

const SyBuckets *
sy_weighing_get_durations (SyWeighing *self,
                           guint       index)
{
  return self->comparison != NULL ? sy_comparison_get_durations (self->comparison, index) : NULL;
}

double *
sy_weighing_dup_log_ratios (SyWeighing *self,
                            guint      *ret_n)
{
  *ret_n = 0;
  return self->comparison != NULL ? sy_comparison_dup_log_ratios (self->comparison, ret_n) : NULL;
}

void
sy_weighing_flush (SyWeighing *self)
{
  if (self->is_stale)
    weigh_again (self);

  /* Nothing waits for the idle moment any more. */
  self->next_us = sy_clock_get_monotonic (self->clock) + MIN_SPACING_US;
  sy_clock_timer_set_due (self->timer, G_MAXINT64);
  set_verdict (self, self->comparison != NULL ? sy_comparison_get_verdict (self->comparison) : new_empty_verdict (self));
}

void
sy_weighing_reset (SyWeighing *self)
{
  self->is_stale = FALSE;
  g_clear_pointer (&self->comparison, sy_comparison_free);
  for (guint i = 0; i < 2; i++)
    {
      g_array_set_size (self->windows[i], 0);
      g_ptr_array_set_size (self->pairs[i], 0);
    }
  if (self->backends[0] != NULL)
    make_sides (self);

  set_verdict (self, new_empty_verdict (self));
}
