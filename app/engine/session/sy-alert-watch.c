/* sy-alert-watch.c: looks whether what a person wants to be told of is the case
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-alert-watch.h"

#include <math.h>
#include <string.h>

#include "sy-alert-state.h"
#include "sy-replay-source.h"
#include "sy-session.h"

#define LOOK_EVERY_US SY_USEC_PER_SEC

/* A look that comes this late was slept through. */
#define ASLEEP_US (5 * SY_USEC_PER_SEC)

/* A rule that is switched on. */
typedef struct
{
  SyAlertRule   rule;
  SyBackend    *backend; /* owned, nullable: there is none of this letter */
  SyBackend    *base;    /* owned, nullable: it is no ratio, or there is no A */
  SyAlertState  state;
  gint64        seen_us; /* monotonic: of the last sample of @backend that was looked at */
} Slot;

struct _SyAlertWatch
{
  GObject      parent_instance;

  GListModel  *backends;  /* (owned) */
  SyClock     *clock;     /* (owned) */
  SyAlertBook *book;      /* (owned) */
  GPtrArray   *slots;     /* (owned) (element-type Slot) */
  GPtrArray   *events;    /* (owned) (element-type SyAlertEvent) */
  GSource     *timer;     /* (owned) */
  gint64       looked_us; /* monotonic */
  gint64       awake_us;  /* monotonic: when we last woke up */
};

enum
{
  BEGAN,
  ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SyAlertWatch, sy_alert_watch, G_TYPE_OBJECT)

static void
slot_free (Slot *slot)
{
  g_clear_object (&slot->backend);
  g_clear_object (&slot->base);
  g_free (slot);
}

/* --- Events --- */

static SyAlertEvent *
find_event (SyAlertWatch *self,
            const char   *id,
            guint        *ret_position)
{
  for (guint i = 0; i < self->events->len; i++)
    {
      SyAlertEvent *event = g_ptr_array_index (self->events, i);

      if (strcmp (event->id, id) != 0)
        continue;
      if (ret_position != NULL)
        *ret_position = i;
      return event;
    }

  return NULL;
}

/* Takes @event. */
static void
begin (SyAlertWatch *self,
       SyAlertEvent *event)
{
  g_ptr_array_add (self->events, event);
  g_signal_emit (self, signals[BEGAN], 0, event);
}

static void
end (SyAlertWatch *self,
     const char   *id)
{
  guint position;

  if (find_event (self, id, &position) != NULL)
    {
      g_autoptr (SyAlertEvent) event = g_ptr_array_steal_index (self->events, position);

      g_signal_emit (self, signals[ENDED], 0, event);
    }
}

static void
end_rule (SyAlertWatch *self,
          guint         rule)
{
  g_autofree char *id = g_strdup_printf ("rule-%u", rule);

  end (self, id);
}

/* --- Rules --- */

/* What is measured at sample @index of the slot's backend. */
static double
measure (const Slot *slot,
         guint       index)
{
  SyHistory *history = sy_backend_get_history (slot->backend);
  const double value = sy_column_get (sy_history_get_column (history, slot->rule.quantity), index);
  double base;

  if (!slot->rule.is_ratio || isnan (value))
    return value;
  if (slot->base == NULL)
    return NAN;

  base = sy_column_lookup (sy_history_get_column (sy_backend_get_history (slot->base), slot->rule.quantity),
                           sy_times_get (sy_history_get_times (history), index),
                           sy_source_get_stale_time (sy_backend_get_source (slot->base)), NULL);
  return value > 0 && base > 0 ? value / base : (double) NAN;
}

static gint64
get_reach (const Slot *slot)
{
  const gint64 reach_us = sy_source_get_stale_time (sy_backend_get_source (slot->backend));

  return slot->base != NULL ? MAX (reach_us, sy_source_get_stale_time (sy_backend_get_source (slot->base))) : reach_us;
}

static void
look_at_rule (SyAlertWatch *self,
              Slot         *slot)
{
  SyTimes *times;
  guint n;

  if (slot->backend == NULL)
    return;

  times = sy_history_get_times (sy_backend_get_history (slot->backend));
  n = sy_times_get_n (times);
  for (guint i = sy_times_find (times, slot->seen_us + 1); i < n; i++)
    {
      const double value = measure (slot, i);
      const SyAlertTurn turn = sy_alert_state_take (&slot->state, &slot->rule, get_reach (slot), sy_times_get (times, i), value);

      slot->seen_us = sy_times_get (times, i);
      if (turn == SY_ALERT_BEGAN)
        begin (self, sy_alert_event_new_of_rule (&slot->rule, slot->backend, slot->base, sy_clock_get_wall (self->clock), value));
      else if (turn == SY_ALERT_ENDED)
        end_rule (self, slot->rule.id);
    }
}

/* What was recorded is not happening now: nobody is told of it. */
static gboolean
is_live (SyBackend *backend)
{
  return !SY_IS_REPLAY_SOURCE (sy_backend_get_source (backend));
}

/* (transfer full) (nullable) */
static SyBackend *
find_backend (SyAlertWatch *self,
              guint         letter)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->backends); i++)
    {
      g_autoptr (SyBackend) backend = g_list_model_get_item (self->backends, i);

      if (sy_backend_get_letter (backend)[0] == (char) ('a' + letter) && is_live (backend))
        return g_steal_pointer (&backend);
    }

  return NULL;
}

/* Of what was before it was asked for, nobody is told: neither of what was said, nor
 * of the past that a Prometheus server tells later. */
static void
connect_slot (SyAlertWatch *self,
              Slot         *slot)
{
  g_autoptr (SyBackend) backend = find_backend (self, slot->rule.backend);
  g_autoptr (SyBackend) base = slot->rule.is_ratio ? find_backend (self, 0) : NULL;

  if (slot->backend == backend && slot->base == base)
    return;

  end_rule (self, slot->rule.id);
  g_set_object (&slot->backend, backend);
  g_set_object (&slot->base, base);
  sy_alert_state_init (&slot->state);
  slot->seen_us = backend == NULL ? G_MININT64
                  : MAX (sy_times_get_last (sy_history_get_times (sy_backend_get_history (backend))),
                         sy_clock_get_monotonic (self->clock));
}

/* The slot of exactly this rule, taken out; NULL: it is new, or other than it was. */
static Slot *
steal_slot (SyAlertWatch      *self,
            const SyAlertRule *rule)
{
  for (guint i = 0; i < self->slots->len; i++)
    if (sy_alert_rule_equal (&((Slot *) g_ptr_array_index (self->slots, i))->rule, rule))
      return g_ptr_array_steal_index (self->slots, i);

  return NULL;
}

/* --- Backends --- */

static gboolean
is_lost (SyAlertWatch *self,
         SyBackend    *backend)
{
  SySource *source = sy_backend_get_source (backend);
  const gint64 answered_us = sy_source_get_last_success (source);

  return is_live (backend) && answered_us != 0 && sy_source_get_state (source) != SY_SOURCE_STOPPED
         && self->looked_us - MAX (answered_us, self->awake_us) > sy_source_get_stale_time (source);
}

static void
look_at_backend (SyAlertWatch *self,
                 SyBackend    *backend)
{
  g_autofree char *id = g_strconcat ("lost-", sy_backend_get_letter (backend), NULL);
  const gboolean lost = sy_alert_book_get_tells_lost (self->book) && is_lost (self, backend);
  const gint64 ago_us = self->looked_us - sy_source_get_last_success (sy_backend_get_source (backend));

  if (lost && find_event (self, id, NULL) == NULL)
    begin (self, sy_alert_event_new_lost (backend, sy_clock_get_wall (self->clock) - ago_us));
  else if (!lost)
    end (self, id);
}

static void
look (SyAlertWatch *self)
{
  const gint64 now_us = sy_clock_get_monotonic (self->clock);

  if (now_us - self->looked_us > ASLEEP_US)
    self->awake_us = now_us;
  self->looked_us = now_us;

  for (guint i = 0; i < self->slots->len; i++)
    look_at_rule (self, g_ptr_array_index (self->slots, i));
  for (guint i = 0; i < g_list_model_get_n_items (self->backends); i++)
    {
      g_autoptr (SyBackend) backend = g_list_model_get_item (self->backends, i);

      look_at_backend (self, backend);
    }
}

static gboolean
timer_cb (gpointer user_data)
{
  SyAlertWatch *self = user_data;

  look (self);
  sy_clock_timer_set_due (self->timer, self->looked_us + LOOK_EVERY_US);
  return G_SOURCE_CONTINUE;
}

static void
book_changed_cb (SyAlertWatch *self)
{
  g_autoptr (GPtrArray) slots = g_ptr_array_new_with_free_func ((GDestroyNotify) slot_free);

  for (guint i = 0; i < sy_alert_book_get_n (self->book); i++)
    {
      const SyAlertRule *rule = sy_alert_book_get (self->book, i);
      Slot *slot = rule->is_enabled ? steal_slot (self, rule) : NULL;

      if (slot == NULL && rule->is_enabled)
        {
          slot = g_new0 (Slot, 1);
          slot->rule = *rule;
          sy_alert_state_init (&slot->state);
        }
      if (slot != NULL)
        g_ptr_array_add (slots, slot);
    }

  /* What is left is not asked for any more, or not in this form. */
  for (guint i = 0; i < self->slots->len; i++)
    end_rule (self, ((Slot *) g_ptr_array_index (self->slots, i))->rule.id);
  g_ptr_array_unref (self->slots);
  self->slots = g_steal_pointer (&slots);

  for (guint i = 0; i < self->slots->len; i++)
    connect_slot (self, g_ptr_array_index (self->slots, i));
  look (self);
}

/* Whoever has gone is not lost. */
static void
backends_changed_cb (SyAlertWatch *self)
{
  for (guint i = 0; i < self->slots->len; i++)
    connect_slot (self, g_ptr_array_index (self->slots, i));

  for (guint i = 0; i < SY_SESSION_MAX_BACKENDS; i++)
    {
      const char letter[] = { (char) ('a' + i), '\0' };
      g_autofree char *id = g_strconcat ("lost-", letter, NULL);
      g_autoptr (SyBackend) backend = find_backend (self, i);

      if (backend == NULL)
        end (self, id);
    }
}

static void
sy_alert_watch_dispose (GObject *object)
{
  SyAlertWatch *self = SY_ALERT_WATCH (object);

  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  if (self->backends != NULL)
    g_signal_handlers_disconnect_by_data (self->backends, self);
  if (self->book != NULL)
    g_signal_handlers_disconnect_by_data (self->book, self);
  while (self->events->len > 0)
    end (self, ((SyAlertEvent *) g_ptr_array_index (self->events, 0))->id);
  g_ptr_array_set_size (self->slots, 0);
  g_clear_object (&self->book);
  g_clear_object (&self->backends);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (sy_alert_watch_parent_class)->dispose (object);
}

static void
sy_alert_watch_finalize (GObject *object)
{
  SyAlertWatch *self = SY_ALERT_WATCH (object);

  g_ptr_array_unref (self->slots);
  g_ptr_array_unref (self->events);

  G_OBJECT_CLASS (sy_alert_watch_parent_class)->finalize (object);
}

static void
sy_alert_watch_class_init (SyAlertWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sy_alert_watch_dispose;
  G_OBJECT_CLASS (klass)->finalize = sy_alert_watch_finalize;

  signals[BEGAN] =
    g_signal_new ("began", SY_TYPE_ALERT_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[ENDED] =
    g_signal_new ("ended", SY_TYPE_ALERT_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
sy_alert_watch_init (SyAlertWatch *self)
{
  self->slots = g_ptr_array_new_with_free_func ((GDestroyNotify) slot_free);
  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_alert_event_free);
}

SyAlertWatch *
sy_alert_watch_new (GListModel  *backends,
                    SyClock     *clock,
                    SyAlertBook *book)
{
  SyAlertWatch *self = g_object_new (SY_TYPE_ALERT_WATCH, NULL);

  self->backends = g_object_ref (backends);
  self->clock = g_object_ref (clock);
  self->book = g_object_ref (book);
  self->looked_us = sy_clock_get_monotonic (clock);
  self->timer = sy_clock_timer_new (clock, self->looked_us + LOOK_EVERY_US);
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
  g_signal_connect_swapped (backends, "items-changed", G_CALLBACK (backends_changed_cb), self);
  g_signal_connect_swapped (book, "changed", G_CALLBACK (book_changed_cb), self);
  book_changed_cb (self);

  return self;
}

SyAlertBook *
sy_alert_watch_get_book (SyAlertWatch *self)
{
  return self->book;
}

const GPtrArray *
sy_alert_watch_get_events (SyAlertWatch *self)
{
  return self->events;
}

const SyAlertEvent *
sy_alert_watch_find (SyAlertWatch *self,
                     guint         id)
{
  g_autofree char *text = g_strdup_printf ("rule-%u", id);

  return find_event (self, text, NULL);
}
