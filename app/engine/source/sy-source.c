/* sy-source.c: a live connection to one backend
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The public face: properties on the owner's thread. What asks and listens is
 * in the subclasses and their workers.
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-source.h"

#include "sy-source-private.h"

#define MIN_INTERVAL_US (SY_USEC_PER_SEC / 10)
#define MAX_INTERVAL_US (3600 * SY_USEC_PER_SEC)

typedef struct
{
  SyUrl         *url;         /* (owned) */
  SyClock       *clock;       /* (owned) */
  SyScrapeSink  *sink;        /* (owned), shared with workers */
  SyAccess      *access;      /* (owned) (nullable) */
  gint64         interval_us;
  SySourceStatus status;
} SySourcePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (SySource, sy_source, G_TYPE_OBJECT)

#define PRIVATE(self) ((SySourcePrivate *) sy_source_get_instance_private (self))

enum
{
  PROP_0,
  PROP_URL,
  PROP_CLOCK,
  PROP_INTERVAL_US,
  PROP_ACCESS,
  PROP_STATE,
  PROP_ERROR,
  PROP_FAILING_SINCE,
  PROP_NEXT_TRY,
  PROP_LAST_SUCCESS,
  PROP_N_SCRAPES,
  PROP_N_FAILURES,
  PROP_N_SKIPPED,
  PROP_WIRE_BYTES,
  PROP_N_SAMPLES,
  PROP_TOTAL_SAMPLES,
  PROP_WORKER_CPU_US,
  PROP_WARNING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

void
sy_source_status_copy (const SySourceStatus *from,
                       SySourceStatus       *to)
{
  *to = *from;
  if (from->error != NULL)
    to->error = g_error_copy (from->error);
  to->warning = g_strdup (from->warning);
}

void
sy_source_status_clear (SySourceStatus *status)
{
  g_clear_error (&status->error);
  g_clear_pointer (&status->warning, g_free);
}

GType
sy_source_state_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type))
    {
      static const GEnumValue values[] = {
        { SY_SOURCE_STOPPED, "SY_SOURCE_STOPPED", "stopped" },
        { SY_SOURCE_CONNECTING, "SY_SOURCE_CONNECTING", "connecting" },
        { SY_SOURCE_LIVE, "SY_SOURCE_LIVE", "live" },
        { SY_SOURCE_RETRYING, "SY_SOURCE_RETRYING", "retrying" },
        { SY_SOURCE_BLOCKED, "SY_SOURCE_BLOCKED", "blocked" },
        { SY_SOURCE_STUCK, "SY_SOURCE_STUCK", "stuck" },
        { 0, NULL, NULL },
      };

      g_once_init_leave (&type, g_enum_register_static ("SySourceState", values));
    }

  return type;
}

const char *
sy_source_state_nick (SySourceState state)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (SY_TYPE_SOURCE_STATE);
  const GEnumValue *value = g_enum_get_value (klass, (int) state);

  return value != NULL ? value->value_nick : "stopped";
}

static void
sy_source_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  SySourcePrivate *priv = PRIVATE (SY_SOURCE (object));
  const SySourceStatus *status = &priv->status;

  switch (prop_id)
    {
    case PROP_URL: g_value_set_boxed (value, priv->url); break;
    case PROP_CLOCK: g_value_set_object (value, priv->clock); break;
    case PROP_INTERVAL_US: g_value_set_int64 (value, sy_source_get_interval (SY_SOURCE (object))); break;
    case PROP_ACCESS: g_value_set_boxed (value, priv->access); break;
    case PROP_STATE: g_value_set_enum (value, (int) status->state); break;
    case PROP_ERROR: g_value_set_boxed (value, status->error); break;
    case PROP_FAILING_SINCE: g_value_set_int64 (value, status->failing_since_us); break;
    case PROP_NEXT_TRY: g_value_set_int64 (value, status->next_try_us); break;
    case PROP_LAST_SUCCESS: g_value_set_int64 (value, status->last_success_us); break;
    case PROP_N_SCRAPES: g_value_set_uint64 (value, status->n_scrapes); break;
    case PROP_N_FAILURES: g_value_set_uint64 (value, status->n_failures); break;
    case PROP_N_SKIPPED: g_value_set_uint64 (value, status->n_skipped); break;
    case PROP_WIRE_BYTES: g_value_set_uint64 (value, status->wire_bytes); break;
    case PROP_N_SAMPLES: g_value_set_uint (value, status->n_samples); break;
    case PROP_TOTAL_SAMPLES: g_value_set_uint64 (value, status->total_samples); break;
    case PROP_WORKER_CPU_US: g_value_set_int64 (value, status->worker_cpu_us); break;
    case PROP_WARNING: g_value_set_string (value, status->warning); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
sy_source_set_property (GObject      *object,
                        guint         prop_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  SySource *self = SY_SOURCE (object);

  switch (prop_id)
    {
    case PROP_URL: PRIVATE (self)->url = g_value_dup_boxed (value); break;
    case PROP_CLOCK: PRIVATE (self)->clock = g_value_dup_object (value); break;
    case PROP_INTERVAL_US: sy_source_set_interval (self, g_value_get_int64 (value)); break;
    case PROP_ACCESS: sy_source_set_access (self, g_value_get_boxed (value)); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
sy_source_finalize (GObject *object)
{
  SySourcePrivate *priv = PRIVATE (SY_SOURCE (object));

  g_clear_pointer (&priv->url, sy_url_unref);
  g_clear_object (&priv->clock);
  g_clear_pointer (&priv->access, sy_access_unref);
  g_clear_pointer (&priv->sink, sy_scrape_sink_unref);
  sy_source_status_clear (&priv->status);

  G_OBJECT_CLASS (sy_source_parent_class)->finalize (object);
}

static GType
url_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_boxed_type_register_static ("SyUrl", (GBoxedCopyFunc) sy_url_ref,
                                                            (GBoxedFreeFunc) sy_url_unref));
  return type;
}

static GType
access_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_boxed_type_register_static ("SyAccess", (GBoxedCopyFunc) sy_access_ref,
                                                            (GBoxedFreeFunc) sy_access_unref));
  return type;
}

static void
sy_source_class_init (SySourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags once = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const GParamFlags shown = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sy_source_get_property;
  object_class->set_property = sy_source_set_property;
  object_class->finalize = sy_source_finalize;

  properties[PROP_URL] = g_param_spec_boxed ("url", NULL, NULL, url_get_type (), once);
  properties[PROP_CLOCK] = g_param_spec_object ("clock", NULL, NULL, SY_TYPE_CLOCK, once);
  properties[PROP_INTERVAL_US] =
    g_param_spec_int64 ("interval-us", NULL, NULL, MIN_INTERVAL_US, MAX_INTERVAL_US, SY_USEC_PER_SEC,
                        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_ACCESS] =
    g_param_spec_boxed ("access", NULL, NULL, access_get_type (),
                        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, SY_TYPE_SOURCE_STATE, SY_SOURCE_STOPPED, shown);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, shown);
  properties[PROP_FAILING_SINCE] = g_param_spec_int64 ("failing-since", NULL, NULL, 0, G_MAXINT64, 0, shown);
  properties[PROP_NEXT_TRY] = g_param_spec_int64 ("next-try", NULL, NULL, 0, G_MAXINT64, 0, shown);
  properties[PROP_LAST_SUCCESS] = g_param_spec_int64 ("last-success", NULL, NULL, 0, G_MAXINT64, 0, shown);
  properties[PROP_N_SCRAPES] = g_param_spec_uint64 ("n-scrapes", NULL, NULL, 0, G_MAXUINT64, 0, shown);
  properties[PROP_N_FAILURES] = g_param_spec_uint64 ("n-failures", NULL, NULL, 0, G_MAXUINT64, 0, shown);
  properties[PROP_N_SKIPPED] = g_param_spec_uint64 ("n-skipped", NULL, NULL, 0, G_MAXUINT64, 0, shown);
  properties[PROP_WIRE_BYTES] = g_param_spec_uint64 ("wire-bytes", NULL, NULL, 0, G_MAXUINT64, 0, shown);
  properties[PROP_N_SAMPLES] = g_param_spec_uint ("n-samples", NULL, NULL, 0, G_MAXUINT, 0, shown);
  properties[PROP_TOTAL_SAMPLES] = g_param_spec_uint64 ("total-samples", NULL, NULL, 0, G_MAXUINT64, 0, shown);
  properties[PROP_WORKER_CPU_US] = g_param_spec_int64 ("worker-cpu-us", NULL, NULL, 0, G_MAXINT64, 0, shown);
  properties[PROP_WARNING] = g_param_spec_string ("warning", NULL, NULL, NULL, shown);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sy_source_init (SySource *self)
{
  SySourcePrivate *priv = PRIVATE (self);

  priv->interval_us = SY_USEC_PER_SEC;
  priv->sink = sy_scrape_sink_new (NULL, NULL, NULL);
}

SyScrapeSink *
sy_source_get_sink (SySource *self)
{
  return PRIVATE (self)->sink;
}

static gboolean
errors_differ (const GError *a,
               const GError *b)
{
  if (a == NULL || b == NULL)
    return a != b;

  return a->domain != b->domain || a->code != b->code || !g_str_equal (a->message, b->message);
}

void
sy_source_set_status (SySource             *self,
                      const SySourceStatus *status)
{
  SySourcePrivate *priv = PRIVATE (self);
  GObject *object = G_OBJECT (self);
  SySourceStatus old = priv->status;

  /* All values first, then the notifications, so that whoever listens sees one
   * state and not half of two. */
  sy_source_status_copy (status, &priv->status);
  g_object_freeze_notify (object);

#define NOTIFY_IF(changed, id) \
  if (changed) g_object_notify_by_pspec (object, properties[id])
  NOTIFY_IF (old.state != status->state, PROP_STATE);
  NOTIFY_IF (errors_differ (old.error, status->error), PROP_ERROR);
  NOTIFY_IF (old.failing_since_us != status->failing_since_us, PROP_FAILING_SINCE);
  NOTIFY_IF (old.next_try_us != status->next_try_us, PROP_NEXT_TRY);
  NOTIFY_IF (old.last_success_us != status->last_success_us, PROP_LAST_SUCCESS);
  NOTIFY_IF (old.interval_us != status->interval_us, PROP_INTERVAL_US);
  NOTIFY_IF (old.n_scrapes != status->n_scrapes, PROP_N_SCRAPES);
  NOTIFY_IF (old.n_failures != status->n_failures, PROP_N_FAILURES);
  NOTIFY_IF (old.n_skipped != status->n_skipped, PROP_N_SKIPPED);
  NOTIFY_IF (old.wire_bytes != status->wire_bytes, PROP_WIRE_BYTES);
  NOTIFY_IF (old.n_samples != status->n_samples, PROP_N_SAMPLES);
  NOTIFY_IF (old.total_samples != status->total_samples, PROP_TOTAL_SAMPLES);
  NOTIFY_IF (old.worker_cpu_us != status->worker_cpu_us, PROP_WORKER_CPU_US);
  NOTIFY_IF (g_strcmp0 (old.warning, status->warning) != 0, PROP_WARNING);
#undef NOTIFY_IF

  g_object_thaw_notify (object);
  sy_source_status_clear (&old);
}

void
sy_source_set_scrape_func (SySource       *self,
                           SyScrapeFunc    func,
                           gpointer        user_data,
                           GDestroyNotify  destroy)
{
  SySourcePrivate *priv = PRIVATE (self);

  g_return_if_fail (priv->status.state == SY_SOURCE_STOPPED);

  sy_scrape_sink_unref (priv->sink);
  priv->sink = sy_scrape_sink_new (func, user_data, destroy);
}

void
sy_source_start (SySource *self)
{
  if (PRIVATE (self)->status.state == SY_SOURCE_STOPPED)
    SY_SOURCE_GET_CLASS (self)->start (self);
}

void
sy_source_stop (SySource *self)
{
  if (PRIVATE (self)->status.state != SY_SOURCE_STOPPED)
    SY_SOURCE_GET_CLASS (self)->stop (self);
}

void
sy_source_retry_now (SySource *self)
{
  if (PRIVATE (self)->status.state != SY_SOURCE_STOPPED)
    SY_SOURCE_GET_CLASS (self)->retry_now (self);
}

SyUrl *
sy_source_get_url (SySource *self)
{
  return PRIVATE (self)->url;
}

SyClock *
sy_source_get_clock (SySource *self)
{
  return PRIVATE (self)->clock;
}

SySourceState
sy_source_get_state (SySource *self)
{
  return PRIVATE (self)->status.state;
}

const GError *
sy_source_get_error (SySource *self)
{
  return PRIVATE (self)->status.error;
}

gint64
sy_source_get_failing_since (SySource *self)
{
  return PRIVATE (self)->status.failing_since_us;
}

gint64
sy_source_get_next_try (SySource *self)
{
  return PRIVATE (self)->status.next_try_us;
}

gint64
sy_source_get_last_success (SySource *self)
{
  return PRIVATE (self)->status.last_success_us;
}

guint64
sy_source_get_n_scrapes (SySource *self)
{
  return PRIVATE (self)->status.n_scrapes;
}

guint64
sy_source_get_n_failures (SySource *self)
{
  return PRIVATE (self)->status.n_failures;
}

guint64
sy_source_get_wire_bytes (SySource *self)
{
  return PRIVATE (self)->status.wire_bytes;
}

guint
sy_source_get_n_samples (SySource *self)
{
  return PRIVATE (self)->status.n_samples;
}

guint64
sy_source_get_n_skipped (SySource *self)
{
  return PRIVATE (self)->status.n_skipped;
}

guint64
sy_source_get_total_samples (SySource *self)
{
  return PRIVATE (self)->status.total_samples;
}

gint64
sy_source_get_worker_cpu (SySource *self)
{
  return PRIVATE (self)->status.worker_cpu_us;
}

const char *
sy_source_get_warning (SySource *self)
{
  return PRIVATE (self)->status.warning;
}

gint64
sy_source_get_interval (SySource *self)
{
  const SySourcePrivate *priv = PRIVATE (self);

  return priv->status.interval_us > 0 ? priv->status.interval_us : priv->interval_us;
}

gint64
sy_source_get_stale_time (SySource *self)
{
  return sy_source_get_interval (self) * 3 / 2 + SY_USEC_PER_SEC;
}

void
sy_source_set_interval (SySource *self,
                        gint64    interval_us)
{
  SySourcePrivate *priv = PRIVATE (self);

  interval_us = CLAMP (interval_us, MIN_INTERVAL_US, MAX_INTERVAL_US);
  if (interval_us == priv->interval_us)
    return;

  priv->interval_us = interval_us;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INTERVAL_US]);
}

SyAccess *
sy_source_get_access (SySource *self)
{
  return PRIVATE (self)->access;
}

void
sy_source_set_access (SySource *self,
                      SyAccess *access)
{
  SySourcePrivate *priv = PRIVATE (self);

  if (access != NULL && !sy_access_is_for (access, priv->url))
    access = NULL;
  if (access == priv->access)
    return;

  g_clear_pointer (&priv->access, sy_access_unref);
  priv->access = access != NULL ? sy_access_ref (access) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCESS]);
}
