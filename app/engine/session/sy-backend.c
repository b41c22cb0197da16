/* sy-backend.c: one side of the balance
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-backend.h"

#include <math.h>
#include <string.h>

#include "sy-error.h"
#include "sy-feed.h"
#include "sy-otlp-source.h"
#include "sy-overrides.h"
#include "sy-prometheus-source.h"
#include "sy-replay-source.h"

/* A day at one scrape a second. */
#define HISTORY_SAMPLES 86400

struct _SyBackend
{
  GObject    parent_instance;

  /* GTK thread */
  char          *name;      /* (owned) */
  char          *letter;    /* (owned) */
  SySource      *source;    /* (owned) */
  SyFeed        *feed;      /* (owned), shared with the source's worker */
  SyHistory     *history;   /* (owned) */
  SyMapping     *mapping;   /* (owned) (nullable) */
  SyBuckets     *durations; /* (owned) (nullable) */
  SyExposition  *exposition; /* (owned) (nullable) */
  SyOverrides   *overrides; /* (owned) (nullable) */
  const SyPrice *price;     /* (borrowed) (nullable): the price book's */
  GPtrArray     *own_traps; /* (owned) (element-type SyTrap): the worker's list, never changed */
  GPtrArray     *pair_traps; /* (owned) (element-type SyTrap) */
  GPtrArray     *traps;     /* (owned) (element-type SyTrap): both */
  SyTotals       totals[2]; /* of the last two scrapes, older first */
  SyReading      reading;   /* when has_reading */
  SyLoadCost     cost;
  char          *served_by; /* (owned) (nullable) */
  SyFormat       format;
  guint          n_processes;
  gboolean       has_reading;
  gboolean       passing;
};

G_DEFINE_FINAL_TYPE (SyBackend, sy_backend, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_NAME,
  PROP_LETTER,
  N_PROPS
};

enum
{
  UPDATED,
  TRAPS_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* Whether @gap leaves levels (memory, in flight, …) that are of this instant. */
static gboolean
has_levels (SyGap gap)
{
  return gap != SY_GAP_DOWN && gap != SY_GAP_LATE && gap != SY_GAP_FORMAT_CHANGED;
}

static void
append (SyBackend        *self,
        const SyFeedItem *item)
{
  SyLoadCost cost = { NAN, NAN, NAN, NAN, FALSE };

  if (self->price != NULL)
    cost = sy_load_cost (&item->reading, self->price);

  sy_history_append (self->history, &item->reading, cost.per_hour, cost.per_million, item->message);

  if (has_levels (item->reading.gap))
    {
      self->reading = item->reading;
      self->cost = cost;
      self->has_reading = TRUE;
    }
}

static void
update_traps (SyBackend *self)
{
  g_autoptr (GPtrArray) traps = sy_trap_list_new ();

  sy_trap_list_merge (traps, self->pair_traps);
  sy_trap_list_merge (traps, self->own_traps);
  if (sy_trap_list_equal (traps, self->traps))
    return;

  g_ptr_array_unref (self->traps);
  self->traps = g_steal_pointer (&traps);
  g_signal_emit (self, signals[TRAPS_CHANGED], 0);
}

static void
follow_state (SyBackend         *self,
              const SyFeedState *state)
{
  g_clear_pointer (&self->mapping, sy_mapping_unref);
  self->mapping = sy_mapping_ref (state->mapping);
  self->format = state->format;
  g_free (self->served_by);
  self->served_by = g_strdup (state->served_by);

  g_clear_pointer (&self->exposition, sy_exposition_unref);
  self->exposition = state->exposition != NULL ? sy_exposition_ref (state->exposition) : NULL;

  g_clear_pointer (&self->durations, sy_buckets_free);
  if (state->durations != NULL)
    self->durations = sy_buckets_copy (state->durations);

  self->totals[0] = self->totals[1];
  self->totals[1] = state->totals;

  if (state->traps != self->own_traps)
    {
      g_ptr_array_unref (self->own_traps);
      self->own_traps = g_ptr_array_ref (state->traps);
      update_traps (self);
    }
}

static void
feed_cb (const GArray      *items,
         const SyFeedState *state,
         gpointer           user_data)
{
  g_autoptr (SyBackend) self = g_object_ref (SY_BACKEND (user_data));

  if (state->mapping != NULL)
    follow_state (self, state);

  self->n_processes = state->n_processes;

  for (guint i = 0; i < items->len; i++)
    append (self, &g_array_index (items, SyFeedItem, i));

  g_signal_emit (self, signals[UPDATED], 0);
}

static void
sy_backend_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  SyBackend *self = SY_BACKEND (object);

  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_LETTER:
      g_value_set_string (value, self->letter);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
sy_backend_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  SyBackend *self = SY_BACKEND (object);

  switch (prop_id)
    {
    case PROP_NAME:
      sy_backend_set_name (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
sy_backend_dispose (GObject *object)
{
  SyBackend *self = SY_BACKEND (object);

  if (self->feed != NULL)
    sy_feed_close (self->feed);
  if (self->source != NULL)
    sy_source_stop (self->source);

  g_clear_object (&self->source);
  g_clear_pointer (&self->feed, sy_feed_unref);
  self->price = NULL;

  G_OBJECT_CLASS (sy_backend_parent_class)->dispose (object);
}

static void
sy_backend_finalize (GObject *object)
{
  SyBackend *self = SY_BACKEND (object);

  g_clear_object (&self->history);
  g_clear_pointer (&self->mapping, sy_mapping_unref);
  g_clear_pointer (&self->durations, sy_buckets_free);
  g_clear_pointer (&self->exposition, sy_exposition_unref);
  g_clear_pointer (&self->overrides, sy_overrides_unref);
  g_clear_pointer (&self->own_traps, g_ptr_array_unref);
  g_clear_pointer (&self->pair_traps, g_ptr_array_unref);
  g_clear_pointer (&self->traps, g_ptr_array_unref);
  g_free (self->name);
  g_free (self->letter);
  g_free (self->served_by);

  G_OBJECT_CLASS (sy_backend_parent_class)->finalize (object);
}

static void
sy_backend_class_init (SyBackendClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = sy_backend_get_property;
  object_class->set_property = sy_backend_set_property;
  object_class->dispose = sy_backend_dispose;
  object_class->finalize = sy_backend_finalize;

  properties[PROP_NAME] =
    g_param_spec_string ("name", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_LETTER] =
    g_param_spec_string ("letter", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[UPDATED] =
    g_signal_new ("updated", SY_TYPE_BACKEND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TRAPS_CHANGED] =
    g_signal_new ("traps-changed", SY_TYPE_BACKEND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sy_backend_init (SyBackend *self)
{
  self->name = g_strdup ("");
  self->letter = g_strdup ("");
  self->cost = (SyLoadCost) { NAN, NAN, NAN, NAN, FALSE };
  self->history = sy_history_new (HISTORY_SAMPLES);
  self->format = SY_FORMAT_AUTO;
  self->own_traps = sy_trap_list_new ();
  self->pair_traps = sy_trap_list_new ();
  self->traps = sy_trap_list_new ();
}

SyBackend *
sy_backend_new (const char   *name,
                SySource     *source,
                SyRecogniser *recogniser)
{
  SyBackend *self = g_object_new (SY_TYPE_BACKEND, "name", name, NULL);

  self->source = g_object_ref (source);
  self->feed = sy_feed_new (recogniser, sy_source_get_clock (source), feed_cb, self);
  sy_source_set_scrape_func (source, sy_feed_scrape, sy_feed_ref (self->feed), (GDestroyNotify) sy_feed_unref);

  return self;
}

void
sy_backend_set_prom_reader (SyBackend    *self,
                            SyPromReader *reader)
{
  sy_feed_set_prom_reader (self->feed, reader);
}

const char *
sy_backend_get_name (SyBackend *self)
{
  return self->name;
}

void
sy_backend_set_name (SyBackend  *self,
                     const char *name)
{
  if (g_strcmp0 (self->name, name) == 0)
    return;

  g_free (self->name);
  self->name = g_strdup (name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

const char *
sy_backend_get_letter (SyBackend *self)
{
  return self->letter;
}

void
sy_backend_set_letter (SyBackend  *self,
                       const char *letter)
{
  if (g_strcmp0 (self->letter, letter) == 0)
    return;

  g_free (self->letter);
  self->letter = g_strdup (letter);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LETTER]);
}

SySource *
sy_backend_get_source (SyBackend *self)
{
  return self->source;
}

guint
sy_backend_get_n_waiting (SyBackend *self)
{
  return sy_feed_get_n_waiting (self->feed);
}

SyHistory *
sy_backend_get_history (SyBackend *self)
{
  return self->history;
}

gint64
sy_backend_get_first_time (SyBackend *self,
                           gint64     otherwise_us)
{
  SyTimes *times = sy_history_get_times (self->history);

  return sy_times_get_n (times) > 0 ? sy_times_get_first (times) : otherwise_us;
}

SyMapping *
sy_backend_get_mapping (SyBackend *self)
{
  return self->mapping;
}

SyFormat
sy_backend_get_format (SyBackend *self)
{
  return self->format;
}

const char *
sy_backend_get_served_by (SyBackend *self)
{
  return self->served_by;
}

const SyReading *
sy_backend_get_reading (SyBackend *self)
{
  return self->has_reading ? &self->reading : NULL;
}

const SyLoadCost *
sy_backend_get_cost (SyBackend *self)
{
  return &self->cost;
}

guint
sy_backend_get_n_processes (SyBackend *self)
{
  return self->n_processes;
}

void
sy_backend_set_passing (SyBackend *self,
                        gboolean   passing)
{
  self->passing = passing;
}

gboolean
sy_backend_is_passing (SyBackend *self)
{
  return self->passing;
}

void
sy_backend_set_price (SyBackend     *self,
                      const SyPrice *price)
{
  self->price = price;

  if (self->has_reading && price != NULL)
    {
      self->cost = sy_load_cost (&self->reading, price);
      g_signal_emit (self, signals[UPDATED], 0);
    }
}

const SyBuckets *
sy_backend_get_durations (SyBackend *self)
{
  return self->durations;
}

const GPtrArray *
sy_backend_get_traps (SyBackend *self)
{
  return self->traps;
}

void
sy_backend_set_pair_traps (SyBackend       *self,
                           const GPtrArray *traps)
{
  if (sy_trap_list_equal (self->pair_traps, traps))
    return;

  g_ptr_array_set_size (self->pair_traps, 0);
  sy_trap_list_merge (self->pair_traps, traps);
  update_traps (self);
}

void
sy_backend_get_trap_side (SyBackend  *self,
                          SyTrapSide *ret)
{
  *ret = (SyTrapSide) { self->mapping, self->durations, { self->totals[0], self->totals[1] } };
}

SyOverrides *
sy_backend_get_overrides (SyBackend *self)
{
  return self->overrides;
}

void
sy_backend_set_overrides (SyBackend   *self,
                          SyOverrides *overrides)
{
  SyOverrides *before = self->overrides;

  self->overrides = overrides != NULL ? sy_overrides_ref (overrides) : NULL;
  g_clear_pointer (&before, sy_overrides_unref);
  sy_feed_set_overrides (self->feed, self->overrides);
}

void
sy_backend_set_rate_window (SyBackend *self,
                            gint64     window_us)
{
  g_return_if_fail (window_us > 0);

  sy_feed_set_rate_window (self->feed, window_us);
}

/* A Prometheus server's address, or ours, who are pushed to, does not say where the
 * backend is. */
static gboolean
has_own_address (SyBackend *self)
{
  return !SY_IS_OTLP_SOURCE (self->source) && !SY_IS_PROMETHEUS_SOURCE (self->source);
}

gboolean
sy_backend_shares_machine (SyBackend *self,
                           SyBackend *other)
{
  SyUrl *a = sy_source_get_url (self->source);
  SyUrl *b = sy_source_get_url (other->source);

  if (!has_own_address (self) || !has_own_address (other)
      || SY_IS_REPLAY_SOURCE (self->source) != SY_IS_REPLAY_SOURCE (other->source))
    return FALSE;

  return (sy_url_is_loopback (a) && sy_url_is_loopback (b)) || strcmp (sy_url_get_host (a), sy_url_get_host (b)) == 0;
}

gboolean
sy_backend_check_loadable (SyBackend  *self,
                           GError    **error)
{
  if (SY_IS_REPLAY_SOURCE (self->source))
    {
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "“%s” is a recording: nobody is there to be loaded", self->name);
      return FALSE;
    }

  if (has_own_address (self))
    return TRUE;

  g_set_error (error, SY_ERROR, SY_ERROR_INVALID,
               "the address of “%s” is not where its requests go, so no load can be sent there: load it from outside", self->name);
  return FALSE;
}

void
sy_backend_set_recorder (SyBackend  *self,
                         SyRecorder *recorder)
{
  const SyRecordTarget target = {
    .letter = self->letter,
    .name = self->name,
    .url = sy_url_get_redacted (sy_source_get_url (self->source)),
    .interval_us = sy_source_get_interval (self->source),
  };
  const guint index = recorder != NULL ? sy_recorder_add_target (recorder, &target) : SY_RECORDER_NO_TARGET;

  if (index != SY_RECORDER_NO_TARGET)
    sy_feed_set_recorder (self->feed, recorder, index);
  else
    sy_feed_set_recorder (self->feed, NULL, 0);
}

SyExposition *
sy_backend_get_exposition (SyBackend *self)
{
  return self->exposition;
}
