/* sy-appraisal.c: the decision as it stands now
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-appraisal.h"

#include <math.h>

#include "sy-appraisal-build.h"

struct _SyAppraisal
{
  GObject            parent_instance;

  GListModel        *backends;    /* (owned) */
  SyClock           *clock;       /* (owned) */
  SyClock           *pace;        /* (owned): what is waited by */
  SyAssumptions     *assumptions; /* (owned) */
  SyPriceBook       *prices;      /* (borrowed) (nullable) */
  const SyPrice     *price;       /* (borrowed) (nullable) */

  SyWeighing        *weighing;    /* (owned) (nullable) */
  SyTrialEvidence   *trial;       /* (owned) (nullable) */
  SyLoadTrial       *running;     /* (owned) (nullable): the load run that runs */
  gboolean           driven;
  SyAppraisalInputs *inputs;      /* (owned) (nullable): not asked for since the last change */
  SyDecision        *decision;    /* (owned) (nullable) */
  GError            *error;       /* (owned) (nullable) */
  GCancellable      *cancellable; /* (owned) (nullable): of the computation that runs */
  GSource           *timer;       /* (owned) */
  gint64             next_us;     /* not computed before */
  gboolean           stale;       /* something changed since the computation began */
  guint              revision;
};

G_DEFINE_FINAL_TYPE (SyAppraisal, sy_appraisal, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_WEIGHING,
  PROP_REVISION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* --- computing ------------------------------------------------------------ */

static void
schedule (SyAppraisal *self)
{
  self->stale = TRUE;
  g_clear_pointer (&self->inputs, sy_appraisal_inputs_free);
  if (self->cancellable == NULL)
    sy_clock_timer_set_due (self->timer, MAX (self->next_us, sy_clock_get_monotonic (self->pace)));
}

/* @decision and @error: (transfer full) (nullable) */
static void
take_result (SyAppraisal *self,
             SyDecision  *decision,
             GError      *error)
{
  if (decision == NULL && error == NULL && self->decision == NULL && self->error == NULL)
    return;

  g_clear_pointer (&self->decision, sy_decision_free);
  g_clear_error (&self->error);
  self->decision = decision;
  self->error = error;
  self->revision++;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REVISION]);
}

/* On a thread of the pool; the decision is its own until it returns. */
static void
compute_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;

  if (sy_decision_compute (task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
computed_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  SyAppraisal *self = SY_APPRAISAL (object);
  SyDecision **holder = user_data;
  g_autoptr (GError) error = NULL;
  const gboolean done = g_task_propagate_boolean (G_TASK (result), &error);

  /* The backends changed meanwhile, or nobody waits any more. */
  if (g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    {
      sy_decision_free (*holder);
      g_free (holder);
      return;
    }

  g_clear_object (&self->cancellable);
  if (done)
    take_result (self, g_steal_pointer (holder), NULL);
  else
    take_result (self, NULL, g_steal_pointer (&error));

  g_clear_pointer (holder, sy_decision_free);
  g_free (holder);

  if (self->stale)
    schedule (self);
}

static SyAppraisalBasis
get_basis (SyAppraisal *self)
{
  return (SyAppraisalBasis) {
    self->weighing, self->assumptions, self->trial, self->prices, self->price,
    sy_clock_get_wall (self->clock), sy_clock_get_monotonic (self->clock),
  };
}

static SyAppraisalInputs *
get_inputs (SyAppraisal *self)
{
  const SyAppraisalBasis basis = get_basis (self);

  if (self->inputs == NULL)
    self->inputs = sy_appraisal_inputs_new (&basis);

  return self->inputs;
}

static void
compute (SyAppraisal *self)
{
  const SyAppraisalBasis basis = get_basis (self);
  SyDecision *decision = sy_appraisal_build (&basis, get_inputs (self));
  SyDecision **holder;
  g_autoptr (GTask) task = NULL;

  self->stale = FALSE;
  self->next_us = sy_clock_get_monotonic (self->pace) + SY_APPRAISAL_SPACING_US;
  if (decision == NULL)
    {
      take_result (self, NULL, NULL);
      return;
    }

  holder = g_new (SyDecision *, 1);
  *holder = decision;
  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, computed_cb, holder);
  g_task_set_source_tag (task, compute);
  g_task_set_task_data (task, decision, NULL);
  g_task_run_in_thread (task, compute_thread);
}

static gboolean
timer_cb (gpointer user_data)
{
  SyAppraisal *self = user_data;

  if (self->stale && self->cancellable == NULL)
    compute (self);

  return G_SOURCE_CONTINUE;
}

static void
drop_timer (SyAppraisal *self)
{
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

/* What runs is of other backends or inputs: its answer is dropped. */
static void
drop_computation (SyAppraisal *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* --- what it rests on ----------------------------------------------------- */

static void
verdict_cb (SyWeighing  *weighing,
            GParamSpec  *pspec,
            SyAppraisal *self)
{
  schedule (self);
}

/* The share within the objective is counted in each window, so another objective
 * begins anew; the same must not. */
static void
apply_objective (SyAppraisal *self)
{
  SyAssumption threshold;
  double present = 0;
  double wanted;

  if (self->weighing == NULL)
    return;

  wanted = sy_assumptions_get (self->assumptions, "slo_threshold", &threshold) ? threshold.value : 0;
  g_object_get (self->weighing, "slo", &present, NULL);
  if (present < wanted || present > wanted)
    g_object_set (self->weighing, "slo", wanted, NULL);
}

static void
assumptions_cb (SyAssumptions *assumptions,
                SyAppraisal   *self)
{
  drop_computation (self);
  apply_objective (self);
  schedule (self);
}

static void
clear_weighing (SyAppraisal *self)
{
  if (self->weighing != NULL)
    g_signal_handlers_disconnect_by_data (self->weighing, self);
  g_clear_object (&self->weighing);
}

static void
update_held (SyAppraisal *self)
{
  gboolean is_loaded = FALSE;

  if (self->weighing == NULL)
    return;

  for (guint i = 0; i < 2 && self->running != NULL; i++)
    for (guint j = 0; j < 2; j++)
      is_loaded |= sy_load_trial_get_backend (self->running, i) == sy_weighing_get_backend (self->weighing, j);

  sy_weighing_set_held (self->weighing, is_loaded);
}

/* The first two of the list; others are not on this balance. */
static void
backends_cb (GListModel  *backends,
             guint        position,
             guint        removed,
             guint        added,
             SyAppraisal *self)
{
  g_autoptr (SyBackend) a = g_list_model_get_item (backends, 0);
  g_autoptr (SyBackend) b = g_list_model_get_item (backends, 1);

  if (self->weighing != NULL && sy_weighing_get_backend (self->weighing, 0) == a && sy_weighing_get_backend (self->weighing, 1) == b)
    return;

  drop_computation (self);
  clear_weighing (self);
  g_clear_pointer (&self->trial, sy_trial_evidence_free);

  if (a != NULL && b != NULL)
    {
      self->weighing = sy_weighing_new (self->clock, a, b);
      sy_weighing_set_driven (self->weighing, self->driven);
      update_held (self);
      apply_objective (self);
      g_signal_connect (self->weighing, "notify::revision", G_CALLBACK (verdict_cb), self);
    }

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WEIGHING]);
  schedule (self);
}

static void
price_cb (SySession   *session,
          GParamSpec  *pspec,
          SyAppraisal *self)
{
  sy_appraisal_set_price (self, sy_session_get_price_book (session), sy_session_get_price (session));
}

static void
sy_appraisal_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  SyAppraisal *self = SY_APPRAISAL (object);

  switch (prop_id)
    {
    case PROP_WEIGHING:
      g_value_set_object (value, self->weighing);
      break;
    case PROP_REVISION:
      g_value_set_uint (value, self->revision);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
sy_appraisal_dispose (GObject *object)
{
  SyAppraisal *self = SY_APPRAISAL (object);

  drop_computation (self);
  drop_timer (self);
  clear_weighing (self);

  if (self->backends != NULL)
    g_signal_handlers_disconnect_by_data (self->backends, self);
  if (self->assumptions != NULL)
    g_signal_handlers_disconnect_by_data (self->assumptions, self);
  self->price = NULL;
  self->prices = NULL;
  g_clear_object (&self->running);
  g_clear_object (&self->backends);
  g_clear_object (&self->assumptions);

  G_OBJECT_CLASS (sy_appraisal_parent_class)->dispose (object);
}

static void
sy_appraisal_finalize (GObject *object)
{
  SyAppraisal *self = SY_APPRAISAL (object);

  g_clear_pointer (&self->inputs, sy_appraisal_inputs_free);
  g_clear_pointer (&self->decision, sy_decision_free);
  g_clear_pointer (&self->trial, sy_trial_evidence_free);
  g_clear_error (&self->error);
  g_clear_object (&self->clock);
  g_clear_object (&self->pace);

  G_OBJECT_CLASS (sy_appraisal_parent_class)->finalize (object);
}

static void
sy_appraisal_class_init (SyAppraisalClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sy_appraisal_get_property;
  object_class->dispose = sy_appraisal_dispose;
  object_class->finalize = sy_appraisal_finalize;

  properties[PROP_WEIGHING] = g_param_spec_object ("weighing", NULL, NULL, SY_TYPE_WEIGHING, flags);
  properties[PROP_REVISION] = g_param_spec_uint ("revision", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sy_appraisal_init (SyAppraisal *self)
{
  self->next_us = G_MININT64;
}

SyAppraisal *
sy_appraisal_new (GListModel    *backends,
                  SyClock       *clock,
                  SyAssumptions *assumptions)
{
  SyAppraisal *self = g_object_new (SY_TYPE_APPRAISAL, NULL);

  self->backends = g_object_ref (backends);
  self->clock = g_object_ref (clock);
  self->assumptions = g_object_ref (assumptions);

  sy_appraisal_set_pace (self, clock);

  g_signal_connect (assumptions, "changed", G_CALLBACK (assumptions_cb), self);
  g_signal_connect (backends, "items-changed", G_CALLBACK (backends_cb), self);
  backends_cb (backends, 0, 0, 0, self);
  schedule (self);
  return self;
}

SyAppraisal *
sy_appraisal_new_for_session (SySession     *session,
                              SyAssumptions *assumptions)
{
  SyAppraisal *self = sy_appraisal_new (G_LIST_MODEL (session), sy_session_get_clock (session), assumptions);

  g_signal_connect (session, "notify::price-id", G_CALLBACK (price_cb), self);
  price_cb (session, NULL, self);
  return self;
}

void
sy_appraisal_set_price (SyAppraisal   *self,
                        SyPriceBook   *prices,
                        const SyPrice *price)
{
  self->prices = prices;
  self->price = price;
  drop_computation (self);
  schedule (self);
}

void
sy_appraisal_set_driven (SyAppraisal *self,
                         gboolean     driven)
{
  self->driven = driven;
  if (self->weighing != NULL)
    sy_weighing_set_driven (self->weighing, driven);
}

void
sy_appraisal_set_generator (SyAppraisal            *self,
                            const SyGeneratorFacts *facts)
{
  if (self->weighing != NULL && self->driven)
    sy_weighing_set_generator (self->weighing, facts);
}

void
sy_appraisal_set_running (SyAppraisal *self,
                          SyLoadTrial *trial)
{
  g_set_object (&self->running, trial);
  update_held (self);
}

void
sy_appraisal_take_trial (SyAppraisal *self,
                         SyLoadTrial *trial)
{
  SyTrialEvidence *evidence;
  SyEffect effect;

  if (self->weighing == NULL)
    return;

  evidence = sy_trial_evidence_new (trial, sy_weighing_get_backend (self->weighing, 0), sy_weighing_get_backend (self->weighing, 1),
                                    sy_clock_get_wall (self->clock));
  if (evidence == NULL)
    return;

  drop_computation (self);
  g_clear_pointer (&self->trial, sy_trial_evidence_free);
  self->trial = evidence;
  sy_weighing_set_trial (self->weighing, sy_trial_evidence_get_effect (evidence, &effect) ? &effect : NULL);
  schedule (self);
}

void
sy_appraisal_set_pace (SyAppraisal *self,
                       SyClock     *pace)
{
  drop_timer (self);
  g_set_object (&self->pace, pace);
  self->next_us = G_MININT64;
  self->timer = sy_clock_timer_new (pace, G_MAXINT64);
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_set_static_name (self->timer, "SyAppraisal");
  g_source_set_priority (self->timer, G_PRIORITY_DEFAULT_IDLE);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
  if (self->stale)
    schedule (self);
}

/* Today is a person's day, also beside a recording of another. */
gboolean
sy_appraisal_state (SyAppraisal         *self,
                    const char          *name,
                    const SyAssumption  *value,
                    GError             **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (sy_clock_get_wall (self->pace) / SY_USEC_PER_SEC);
  g_autofree char *today = now != NULL ? g_date_time_format (now, "%F") : NULL;
  SyAssumption stated = *value;

  stated.observed = today;
  return sy_assumptions_set (self->assumptions, name, &stated, error);
}

SyAssumptions *
sy_appraisal_get_assumptions (SyAppraisal *self)
{
  return self->assumptions;
}

SyWeighing *
sy_appraisal_get_weighing (SyAppraisal *self)
{
  return self->weighing;
}

const SyDecision *
sy_appraisal_get_decision (SyAppraisal *self)
{
  return self->decision;
}

const GError *
sy_appraisal_get_error (SyAppraisal *self)
{
  return self->error;
}

gboolean
sy_appraisal_get_input (SyAppraisal  *self,
                        const char   *name,
                        SyAssumption *ret)
{
  return sy_appraisal_inputs_get (get_inputs (self), name, ret);
}

gboolean
sy_appraisal_is_busy (SyAppraisal *self)
{
  return self->stale || self->cancellable != NULL;
}
