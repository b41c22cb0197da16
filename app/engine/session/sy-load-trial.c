/* sy-load-trial.c: a load on two backends, from the first step to the conclusion
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A step: start the generator; when its warm-up ends, note what the backend has
 * counted; when the generator has ended, read the difference; wait a little, so
 * that nothing of this step is left in the next.
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-load-trial.h"

#include <math.h>
#include <string.h>

#include "sy-child.h"
#include "sy-error.h"
#include "sy-load-line.h"
#include "sy-load-plan.h"

/* The ramp begins at this share of the rate of the profile. */
#define START_SHARE 8.0
#define MIN_RATE 1.0

/* Waited for the last answers: more than any objective, less than for ever. */
#define TIMEOUT "10s"

/* The smallest difference that matters. */
#define MIN_EFFECT 0.05

struct _SyLoadTrial
{
  GObject         parent_instance;

  SyClock        *clock;       /* (owned) */
  SyBackend      *backends[2]; /* (owned) */
  SyWorkload     *workload;    /* (owned) */
  char           *profile;     /* (owned): its name or file, for the generator */
  GPtrArray      *consents;    /* (owned) (element-type utf8) */
  SyLoadProtocol *protocol;    /* (owned) */
  SyTrialState    state;
  GError         *error;       /* (owned) (nullable) */

  SyChild        *load;        /* (owned) (nullable) */
  SyLoadOrder     order;       /* of the step that runs */
  SyLoadLine     *summary;     /* (owned) (nullable): of that step */
  double          in_flight;   /* at its last tick */
  gint64          from_us;     /* when it began to count */
  SyBuckets      *before;      /* (owned) (nullable): observed by the backend until then */
  GSource        *timer;       /* (owned) (nullable): the end of a warm-up, or of a pause */
  gint64          left_us;     /* of the whole when this step began */
  gint64          since_us;    /* when this step began */
  gint64          began_us;
};

G_DEFINE_FINAL_TYPE (SyLoadTrial, sy_load_trial, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STATE,
  PROP_PROGRESS,
  N_PROPS
};

enum
{
  STEP,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void next_step (SyLoadTrial *self);

static const char *
origin_of (SyLoadTrial *self,
           guint        index)
{
  return sy_url_get_origin (sy_source_get_url (sy_backend_get_source (self->backends[index])));
}

static void
clear_timer (SyLoadTrial *self)
{
  if (self->timer == NULL)
    return;

  g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

static void
set_timer (SyLoadTrial *self,
           gint64       delay_us,
           GSourceFunc  callback)
{
  clear_timer (self);
  self->timer = sy_clock_timer_new (self->clock, sy_clock_get_monotonic (self->clock) + delay_us);
  g_source_set_static_name (self->timer, "[steelyard] load trial");
  g_source_set_callback (self->timer, callback, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

static void
stop_load (SyLoadTrial *self)
{
  clear_timer (self);
  if (self->load != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->load, self);
      sy_child_stop (self->load);
      g_clear_object (&self->load);
    }
  g_clear_pointer (&self->summary, sy_load_line_free);
  g_clear_pointer (&self->before, sy_buckets_free);
}

static void
set_state (SyLoadTrial  *self,
           SyTrialState  state)
{
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/* Takes @error. */
static void
fail (SyLoadTrial *self,
      GError      *error)
{
  stop_load (self);
  self->error = error;
  set_state (self, SY_TRIAL_FAILED);
}

/* --- One step --- */

static void
read_server (SyLoadTrial *self,
             SyLoadStep  *step)
{
  SyBackend *backend = self->backends[step->side];
  const SyBuckets *after = sy_backend_get_durations (backend);
  g_autoptr (SyBuckets) durations = NULL;

  sy_time_window_read (sy_backend_get_history (backend), step->from_us, step->to_us, &step->server);
  if (self->before != NULL && after != NULL && sy_buckets_delta (after, self->before, &durations))
    sy_time_window_set_durations (&step->server, durations, sy_workload_get_limit (self->workload));
}

/* (transfer full) */
static SyLoadStep *
make_step (SyLoadTrial *self)
{
  const SyLoadLine *line = self->summary;
  SyLoadStep *step = sy_load_step_new ();

  step->side = self->order.side;
  step->from_us = self->from_us;
  step->to_us = self->from_us + (gint64) ((isnan (line->duration) ? 0 : line->duration) * SY_USEC_PER_SEC);
  step->offered = line->offered;
  step->throughput = line->throughput;
  step->error_share = line->offered > 0 ? (line->errors + line->dropped + line->unfinished) / line->offered : 0;
  step->in_flight = line->in_flight;
  step->in_flight_end = self->in_flight;
  step->mean = line->mean;
  step->p50 = sy_load_line_quantile (line, 0.50);
  step->p95 = sy_load_line_quantile (line, 0.95);
  step->p99 = sy_load_line_quantile (line, 0.99);
  step->p999 = sy_load_line_quantile (line, 0.999);
  step->late_p99 = line->late_generator_p99;
  step->generator_cpu = line->generator_cpu;
  step->foreign_cores = line->foreign_cores;
  step->generator_limited = line->generator_limited;
  step->aborted = g_strdup (line->aborted);
  step->histogram = (SyLoadHistogram) {
    line->n_buckets,
    g_memdup2 (line->upper, line->n_buckets * sizeof (double)),
    g_memdup2 (line->counts, line->n_buckets * sizeof (guint64)),
  };
  read_server (self, step);

  return step;
}

static gboolean
warm_cb (gpointer user_data)
{
  SyLoadTrial *self = user_data;
  const SyBuckets *durations = sy_backend_get_durations (self->backends[self->order.side]);

  clear_timer (self);
  self->from_us = sy_clock_get_monotonic (self->clock);
  g_clear_pointer (&self->before, sy_buckets_free);
  if (durations != NULL)
    self->before = sy_buckets_copy (durations);

  return G_SOURCE_REMOVE;
}

static gboolean
pause_cb (gpointer user_data)
{
  SyLoadTrial *self = user_data;

  clear_timer (self);
  next_step (self);
  return G_SOURCE_REMOVE;
}

static void
line_cb (SyChild     *child,
         const char  *text,
         SyLoadTrial *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyLoadLine) line = sy_load_line_parse (text, strlen (text), &error);

  if (line == NULL)
    {
      fail (self, g_error_new (SY_ERROR, SY_ERROR_FAILED, "The load generator said what is no result: %s", error->message));
      return;
    }

  if (line->kind == SY_LOAD_LINE_SUMMARY)
    {
      g_clear_pointer (&self->summary, sy_load_line_free);
      self->summary = g_steal_pointer (&line);
    }
  else if (line->kind == SY_LOAD_LINE_TICK)
    {
      self->in_flight = line->in_flight;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
    }
}

/* A load that gave up because most requests failed has a summary that says so:
 * a result, not a fault of ours. */
static void
exited_cb (SyChild     *child,
           GError      *error,
           SyLoadTrial *self)
{
  g_autoptr (SyLoadTrial) keep = g_object_ref (self);

  if (self->summary == NULL)
    {
      fail (self, g_error_new (SY_ERROR, SY_ERROR_FAILED, "The load has ended without a result%s%s",
                               error != NULL ? ": " : "", error != NULL ? error->message : ""));
      return;
    }

  sy_load_protocol_report (self->protocol, make_step (self));
  stop_load (self);
  g_signal_emit (self, signals[STEP], 0);

  /* Whoever heard of it may have stopped us. */
  if (self->state != SY_TRIAL_RUNNING)
    return;

  if (!sy_load_protocol_get_order (self->protocol, &self->order))
    {
      set_state (self, SY_TRIAL_DONE);
      return;
    }

  set_timer (self, sy_load_protocol_get_plan (self->protocol)->drain_us, pause_cb);
}

/* (transfer full) (element-type utf8), ends with NULL */
static GPtrArray *
make_arguments (SyLoadTrial *self,
                const char  *cli)
{
  GPtrArray *argv = g_ptr_array_new_with_free_func (g_free);
  const gint64 whole_us = self->order.warm_up_us + self->order.count_us;
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  static const char *const first[] = { "drive", "--json", "--timeout", TIMEOUT, "--workload" };

  g_ptr_array_add (argv, g_strdup (cli));
  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    g_ptr_array_add (argv, g_strdup (first[i]));
  g_ptr_array_add (argv, g_strdup (self->profile));
  g_ptr_array_add (argv, g_strdup ("--rate"));
  g_ptr_array_add (argv, g_strdup (g_ascii_dtostr (number, sizeof number, self->order.rate)));
  g_ptr_array_add (argv, g_strdup_printf ("--for=%" G_GINT64_FORMAT "ms", whole_us / SY_USEC_PER_MSEC));
  g_ptr_array_add (argv, g_strdup_printf ("--warm-up=%" G_GINT64_FORMAT "ms", self->order.warm_up_us / SY_USEC_PER_MSEC));
  g_ptr_array_add (argv, g_strdup_printf ("--seed=%" G_GUINT64_FORMAT, self->order.seed));
  for (guint i = 0; i < self->consents->len; i++)
    g_ptr_array_add (argv, g_strdup_printf ("--consent=%s", (char *) g_ptr_array_index (self->consents, i)));
  g_ptr_array_add (argv, g_strdup (origin_of (self, self->order.side)));
  g_ptr_array_add (argv, NULL);

  return argv;
}

static void
next_step (SyLoadTrial *self)
{
  GError *error = NULL;
  g_autofree char *cli = sy_child_find_cli (&error);
  g_autoptr (GPtrArray) argv = NULL;

  if (cli == NULL)
    {
      fail (self, error);
      return;
    }

  self->left_us = sy_load_protocol_get_remaining (self->protocol);
  self->since_us = sy_clock_get_monotonic (self->clock);
  self->from_us = self->since_us + self->order.warm_up_us;
  self->in_flight = 0;
  argv = make_arguments (self, cli);
  self->load = sy_child_spawn ((const char *const *) argv->pdata, &error);
  if (self->load == NULL)
    {
      fail (self, error);
      return;
    }

  g_signal_connect (self->load, "line", G_CALLBACK (line_cb), self);
  g_signal_connect (self->load, "exited", G_CALLBACK (exited_cb), self);
  set_timer (self, self->order.warm_up_us, warm_cb);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
}

/* --- Object --- */

static void
sy_load_trial_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  SyLoadTrial *self = SY_LOAD_TRIAL (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, sy_load_trial_get_progress (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
sy_load_trial_dispose (GObject *object)
{
  SyLoadTrial *self = SY_LOAD_TRIAL (object);

  stop_load (self);
  for (guint i = 0; i < 2; i++)
    g_clear_object (&self->backends[i]);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (sy_load_trial_parent_class)->dispose (object);
}

static void
sy_load_trial_finalize (GObject *object)
{
  SyLoadTrial *self = SY_LOAD_TRIAL (object);

  g_clear_pointer (&self->protocol, sy_load_protocol_free);
  g_clear_pointer (&self->workload, sy_workload_unref);
  g_ptr_array_unref (self->consents);
  g_free (self->profile);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (sy_load_trial_parent_class)->finalize (object);
}

static void
sy_load_trial_class_init (SyLoadTrialClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = sy_load_trial_get_property;
  object_class->dispose = sy_load_trial_dispose;
  object_class->finalize = sy_load_trial_finalize;

  properties[PROP_STATE] =
    g_param_spec_uint ("state", NULL, NULL, SY_TRIAL_READY, SY_TRIAL_FAILED, SY_TRIAL_READY,
                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_PROGRESS] =
    g_param_spec_double ("progress", NULL, NULL, 0, 1, 0,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[STEP] = g_signal_new ("step", SY_TYPE_LOAD_TRIAL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sy_load_trial_init (SyLoadTrial *self)
{
  self->consents = g_ptr_array_new_with_free_func (g_free);
}

/* Bursts and off phases keep their proportion to the rate, and the cap counts
 * the busiest. */
static double
largest_rate (const SyWorkload *workload,
              double            cap)
{
  const SyArrivalPattern *pattern = &workload->arrival;

  return cap / (pattern->seconds[0] > 0 ? fmax (1, fmax (pattern->factor[0], pattern->factor[1])) : 1);
}

SyLoadTrial *
sy_load_trial_new (SyClock     *clock,
                   SyBackend   *a,
                   SyBackend   *b,
                   const char  *workload,
                   gboolean     quick,
                   GError     **error)
{
  g_autoptr (SyLoadTrial) self = g_object_new (SY_TYPE_LOAD_TRIAL, NULL);
  SyLoadProtocolPlan plan;

  self->clock = g_object_ref (clock);
  self->backends[0] = g_object_ref (a);
  self->backends[1] = g_object_ref (b != NULL ? b : a);
  self->profile = g_strdup (workload);
  self->workload = sy_workload_load (workload, error);
  if (self->workload == NULL)
    return NULL;

  if (!sy_backend_check_loadable (self->backends[0], error) || !sy_backend_check_loadable (self->backends[1], error))
    return NULL;

  if (self->backends[0] != self->backends[1] && strcmp (origin_of (self, 0), origin_of (self, 1)) == 0)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s is both backends: load cannot tell them apart", origin_of (self, 0));
      return NULL;
    }

  sy_load_protocol_plan_init (&plan, quick);
  plan.same = self->backends[0] == self->backends[1];
  plan.objective = (SyLoadObjective) { self->workload->slo.p95, self->workload->slo.p99, self->workload->slo.p999,
                                       self->workload->slo.error_share };
  plan.max_rate = largest_rate (self->workload, SY_LOAD_MAX_RATE);
  plan.start_rate = fmax (MIN_RATE, self->workload->arrival.rate / START_SHARE);
  self->protocol = sy_load_protocol_new (&plan);

  return g_steal_pointer (&self);
}

void
sy_load_trial_limit_rate (SyLoadTrial *self,
                          double       per_second)
{
  SyLoadProtocolPlan plan = *sy_load_protocol_get_plan (self->protocol);

  g_return_if_fail (self->state == SY_TRIAL_READY);

  plan.max_rate = largest_rate (self->workload, CLAMP (per_second, MIN_RATE, SY_LOAD_MAX_RATE));
  sy_load_protocol_free (self->protocol);
  self->protocol = sy_load_protocol_new (&plan);
}

void
sy_load_trial_add_consent (SyLoadTrial *self,
                           const char  *origin)
{
  g_ptr_array_add (self->consents, g_strdup (origin));
}

const char *
sy_load_trial_needs_consent (SyLoadTrial *self)
{
  for (guint i = 0; i < 2; i++)
    if (!sy_url_is_loopback (sy_source_get_url (sy_backend_get_source (self->backends[i])))
        && !g_ptr_array_find_with_equal_func (self->consents, origin_of (self, i), g_str_equal, NULL))
      return origin_of (self, i);

  return NULL;
}

gboolean
sy_load_trial_start (SyLoadTrial  *self,
                     GError      **error)
{
  const char *origin = sy_load_trial_needs_consent (self);

  g_return_val_if_fail (self->state == SY_TRIAL_READY, FALSE);

  if (origin != NULL)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID,
                   "%s is another machine: load goes there only with consent for exactly that origin", origin);
      return FALSE;
    }

  sy_load_protocol_get_order (self->protocol, &self->order);
  self->began_us = sy_clock_get_monotonic (self->clock);
  self->state = SY_TRIAL_RUNNING;
  next_step (self);
  if (self->state == SY_TRIAL_FAILED)
    {
      g_propagate_error (error, g_error_copy (self->error));
      return FALSE;
    }

  set_state (self, SY_TRIAL_RUNNING);
  return TRUE;
}

void
sy_load_trial_stop (SyLoadTrial *self)
{
  if (self->state != SY_TRIAL_RUNNING)
    return;

  stop_load (self);
  set_state (self, SY_TRIAL_STOPPED);
}

SyTrialState
sy_load_trial_get_state (SyLoadTrial *self)
{
  return self->state;
}

const GError *
sy_load_trial_get_error (SyLoadTrial *self)
{
  return self->error;
}

gint64
sy_load_trial_get_remaining (SyLoadTrial *self)
{
  if (self->state != SY_TRIAL_RUNNING)
    return 0;

  return MAX (0, self->left_us - (sy_clock_get_monotonic (self->clock) - self->since_us));
}

double
sy_load_trial_get_progress (SyLoadTrial *self)
{
  double done, left;

  if (self->state != SY_TRIAL_RUNNING)
    return self->state == SY_TRIAL_DONE ? 1 : 0;

  done = (double) (sy_clock_get_monotonic (self->clock) - self->began_us);
  left = (double) sy_load_trial_get_remaining (self);
  return done + left > 0 ? done / (done + left) : 0;
}

SyTrialBasis
sy_load_trial_get_basis (SyLoadTrial *self)
{
  for (guint i = 0; i < self->workload->n_classes; i++)
    if (strstr (self->workload->classes[i].path, "wu=") != NULL)
      return SY_TRIAL_EQUAL_WORK;

  return SY_TRIAL_EQUAL_TIME;
}

SyWorkload *
sy_load_trial_get_workload (SyLoadTrial *self)
{
  return self->workload;
}

SyClock *
sy_load_trial_get_clock (SyLoadTrial *self)
{
  return self->clock;
}

SyBackend *
sy_load_trial_get_backend (SyLoadTrial *self,
                           guint        index)
{
  return self->backends[index];
}

SyLoadProtocol *
sy_load_trial_get_protocol (SyLoadTrial *self)
{
  return self->protocol;
}

gboolean
sy_load_trial_get_order (SyLoadTrial *self,
                         SyLoadOrder *ret)
{
  return self->state == SY_TRIAL_RUNNING && sy_load_protocol_get_order (self->protocol, ret);
}

SyLoadConclusion *
sy_load_trial_conclude (SyLoadTrial *self)
{
  const char *const names[] = { sy_backend_get_name (self->backends[0]), sy_backend_get_name (self->backends[1]) };

  return sy_load_conclude (self->protocol, MIN_EFFECT, names);
}
