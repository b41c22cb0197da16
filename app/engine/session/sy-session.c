/* sy-session.c: one comparison
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-session-private.h"

#include <string.h>

#include "sy-datadir.h"
#include "sy-error.h"
#include "sy-http-source.h"
#include "sy-mapping-book.h"
#include "sy-otlp-address.h"
#include "sy-otlp-source.h"
#include "sy-overrides-file.h"
#include "sy-overrides-file.h"
#include "sy-prom-address.h"
#include "sy-prom-reader.h"
#include "sy-prometheus-source.h"
#include "sy-replay-source.h"
#include "sy-target-url.h"
#include "sy-trap-pairs.h"
#include "sy-web-socket-source.h"

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SySession, sy_session, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum
{
  PROP_0,
  PROP_PRICE_ID,
  PROP_INTERVAL_US,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static gboolean
check_number (SySession  *self,
              GError    **error)
{
  if (self->backends->len < SY_SESSION_MAX_BACKENDS)
    return TRUE;

  g_set_error (error, SY_ERROR, SY_ERROR_INVALID,
               "A comparison holds at most %d backends: remove one first", SY_SESSION_MAX_BACKENDS);
  return FALSE;
}

static gboolean
check_room (SySession  *self,
            SyUrl      *url,
            GError    **error)
{
  for (guint i = 0; i < self->backends->len; i++)
    {
      SyBackend *backend = g_ptr_array_index (self->backends, i);
      SyUrl *other = sy_source_get_url (sy_backend_get_source (backend));

      /* What it said another day is another thing. */
      if (!SY_IS_REPLAY_SOURCE (sy_backend_get_source (backend)) && strcmp (sy_url_get_string (other), sy_url_get_string (url)) == 0)
        {
          g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s is already here as “%s”",
                       sy_url_get_redacted (url), sy_backend_get_name (backend));
          return FALSE;
        }
    }

  return check_number (self, error);
}

/* The first letter that nobody here has. */
static const char *
free_letter (SySession *self)
{
  static const char *const letters[SY_SESSION_MAX_BACKENDS] = { "a", "b", "c", "d", "e", "f" };

  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    {
      gboolean taken = FALSE;

      for (guint j = 0; j < self->backends->len && !taken; j++)
        taken = strcmp (sy_backend_get_letter (g_ptr_array_index (self->backends, j)), letters[i]) == 0;

      if (!taken)
        return letters[i];
    }

  g_assert_not_reached ();
}

static GType
get_item_type (GListModel *model)
{
  return SY_TYPE_BACKEND;
}

static guint
get_n_items (GListModel *model)
{
  return SY_SESSION (model)->backends->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  SySession *self = SY_SESSION (model);

  return position < self->backends->len ? g_object_ref (g_ptr_array_index (self->backends, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
sy_session_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  SySession *self = SY_SESSION (object);

  switch (prop_id)
    {
    case PROP_PRICE_ID:
      g_value_set_string (value, self->price != NULL ? self->price->id : NULL);
      break;
    case PROP_INTERVAL_US:
      g_value_set_int64 (value, self->interval_us);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
sy_session_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  SySession *self = SY_SESSION (object);

  switch (prop_id)
    {
    case PROP_PRICE_ID:
      sy_session_set_price (self, g_value_get_string (value));
      break;
    case PROP_INTERVAL_US:
      sy_session_set_interval (self, g_value_get_int64 (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
sy_session_dispose (GObject *object)
{
  SySession *self = SY_SESSION (object);

  g_clear_pointer (&self->trap_pairs, sy_trap_pairs_free);

  /* All stop before any is waited for. */
  for (guint i = 0; i < self->backends->len; i++)
    sy_source_stop (sy_backend_get_source (g_ptr_array_index (self->backends, i)));
  g_ptr_array_set_size (self->backends, 0);
  sy_session_stop_recording (self, NULL);

  G_OBJECT_CLASS (sy_session_parent_class)->dispose (object);
}

static void
sy_session_finalize (GObject *object)
{
  SySession *self = SY_SESSION (object);

  g_ptr_array_unref (self->backends);
  g_clear_object (&self->marks);
  g_clear_object (&self->prices);
  g_ptr_array_unref (self->old_prices);
  g_clear_pointer (&self->mappings, sy_mapping_book_free);
  g_clear_pointer (&self->notes, g_hash_table_unref);
  g_clear_pointer (&self->recorded_overrides, g_hash_table_unref);
  g_clear_pointer (&self->recogniser, sy_recogniser_unref);
  g_clear_object (&self->access);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (sy_session_parent_class)->finalize (object);
}

static void
sy_session_class_init (SySessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sy_session_get_property;
  object_class->set_property = sy_session_set_property;
  object_class->dispose = sy_session_dispose;
  object_class->finalize = sy_session_finalize;

  properties[PROP_PRICE_ID] = g_param_spec_string ("price-id", NULL, NULL, NULL, flags);
  properties[PROP_INTERVAL_US] =
    g_param_spec_int64 ("interval-us", NULL, NULL, SY_USEC_PER_SEC / 10, 3600 * SY_USEC_PER_SEC,
                        SY_SESSION_DEFAULT_INTERVAL_US, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sy_session_init (SySession *self)
{
  self->backends = g_ptr_array_new_with_free_func (g_object_unref);
  self->old_prices = g_ptr_array_new_with_free_func (g_object_unref);
  self->marks = sy_marks_new ();
  self->notes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->recorded_overrides = sy_overrides_table_new ();
  self->interval_us = SY_SESSION_DEFAULT_INTERVAL_US;
}

/* By what the address says. A poll whose answer is a stream of events listens
 * to it from then on. (transfer full) */
static SySource *
new_source (SySession *self,
            SyUrl     *url)
{
  if (sy_url_is_web_socket (url))
    return sy_web_socket_source_new (url, self->clock);

  return sy_http_source_new (url, self->clock, self->interval_us);
}

/* The lists of the data folders, and those of @path (nullable). */
static SyPriceBook *
read_prices (const char  *path,
             GError     **error)
{
  g_autofree char *prices = sy_datadir_build_path ("prices", NULL);
  g_autofree char *own_prices = sy_datadir_build_own_path ("prices");
  const char *const directories[] = { prices, own_prices, NULL };

  return sy_price_book_new_with_file (directories, path, error);
}

SySession *
sy_session_new (SyClock  *clock,
                GError  **error)
{
  g_autoptr (SySession) self = g_object_new (SY_TYPE_SESSION, NULL);
  g_autofree char *recognisers = sy_datadir_build_path ("recognisers", NULL);
  g_autofree char *own_recognisers = sy_datadir_build_own_path ("recognisers");
  g_autofree char *own_mappings = sy_datadir_build_own_path ("mappings.json");
  g_autofree char *own_trust = sy_datadir_build_own_path ("trust.json");

  self->clock = g_object_ref (clock);
  self->mappings = sy_mapping_book_new (own_mappings);
  self->trap_pairs = sy_trap_pairs_new (G_LIST_MODEL (self), clock);
  self->access = sy_access_book_new (clock);
  sy_access_book_use_file (self->access, own_trust);
  self->recogniser = sy_recogniser_new (recognisers, own_recognisers, error);
  if (self->recogniser == NULL)
    return NULL;

  self->prices = read_prices (NULL, error);
  if (self->prices == NULL)
    return NULL;

  self->price = sy_price_book_get_default (self->prices);
  return g_steal_pointer (&self);
}

SyClock *
sy_session_get_clock (SySession *self)
{
  return self->clock;
}

SyAccessBook *
sy_session_get_access_book (SySession *self)
{
  return self->access;
}

SyMarks *
sy_session_get_marks (SySession *self)
{
  return self->marks;
}

SyRecogniser *
sy_session_get_recogniser (SySession *self)
{
  return self->recogniser;
}

SyPriceBook *
sy_session_get_price_book (SySession *self)
{
  return self->prices;
}

const SyPrice *
sy_session_get_price (SySession *self)
{
  return self->price;
}

static void
take_price (SySession     *self,
            const SyPrice *price)
{
  self->price = price;
  if (self->recorder != NULL)
    sy_recorder_set_meta (self->recorder, SY_NOTE_PRICE, price->id);
  for (guint i = 0; i < self->backends->len; i++)
    sy_backend_set_price (g_ptr_array_index (self->backends, i), price);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PRICE_ID]);
}

gboolean
sy_session_use_price_file (SySession   *self,
                           const char  *path,
                           GError     **error)
{
  g_autoptr (SyPriceBook) prices = read_prices (path, error);

  if (prices == NULL)
    return FALSE;

  sy_session_set_price_book (self, prices);
  return TRUE;
}

void
sy_session_set_price_book (SySession   *self,
                           SyPriceBook *prices)
{
  const SyPrice *price = sy_price_book_find (prices, self->price->id);

  if (prices == self->prices)
    return;

  g_ptr_array_add (self->old_prices, self->prices);
  self->prices = g_object_ref (prices);
  take_price (self, price != NULL ? price : sy_price_book_get_default (prices));
}

gboolean
sy_session_set_price (SySession  *self,
                      const char *price_id)
{
  const SyPrice *price = sy_price_book_find (self->prices, price_id);

  if (price == NULL)
    return FALSE;

  if (price != self->price)
    take_price (self, price);
  return TRUE;
}

/* Takes @backend (transfer full) into the list, and lets it ask. */
static SyBackend *
take_backend (SySession *self,
              SyBackend *backend,
              guint      position)
{
  SySource *source = sy_backend_get_source (backend);
  const gboolean was_recording = self->recorder != NULL;

  sy_backend_set_letter (backend, free_letter (self));
  sy_backend_set_price (backend, self->price);
  sy_backend_set_overrides (backend, sy_mapping_book_find (self->mappings, sy_url_get_redacted (sy_source_get_url (source))));

  /* What is said about now is not about what was recorded; who adds that says what is. */
  if (!SY_IS_REPLAY_SOURCE (source))
    sy_marks_follow (self->marks, sy_backend_get_history (backend), 0);
  g_ptr_array_insert (self->backends, (int) position, backend);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);

  /* Who hears of the new backend may begin to record, and then it is among them. */
  if (was_recording && self->recorder != NULL && sy_session_is_recordable (source))
    {
      sy_backend_set_recorder (backend, self->recorder);
      sy_session_note_mappings (self);
    }
  sy_source_start (source);
  return backend;
}

/* Takes @source into the list and starts it. Returns: (transfer none) */
static SyBackend *
take_source (SySession    *self,
             SySource     *source,
             SyPromReader *reader,
             const char   *name)
{
  SyBackend *backend = sy_backend_new (name, source, self->recogniser);

  if (reader != NULL)
    sy_backend_set_prom_reader (backend, reader);

  return take_backend (self, backend, self->backends->len);
}

/* A backend that a Prometheus server watches. */
static SyBackend *
add_watched (SySession   *self,
             const char  *text,
             const char  *name,
             GError     **error)
{
  g_autoptr (SyPromAddress) address = sy_prom_address_parse (text, error);
  g_autoptr (SyPromTarget) target = NULL;
  g_autoptr (SyPromReader) reader = NULL;
  g_autoptr (SySource) source = NULL;
  g_autofree char *own_name = NULL;

  if (address == NULL || !check_room (self, address->url, error))
    return NULL;

  if (name == NULL || *name == '\0')
    name = own_name = sy_prom_address_dup_name (address);

  reader = sy_prom_reader_new (self->recogniser, address->matchers);
  target = sy_prom_target_new (address->server, address->matchers, address->tenant);
  target->plan = sy_prom_reader_plan;
  target->is_stale = sy_prom_reader_is_stale;
  target->plan_data = sy_prom_reader_ref (reader);
  target->plan_destroy = (GDestroyNotify) sy_prom_reader_unref;

  source = sy_prometheus_source_new (address->url, target, self->clock, self->interval_us);
  if (self->recorder != NULL && !self->lenient && !sy_session_check_recordable (source, error))
    return NULL;

  sy_access_book_attach (self->access, source);
  return take_source (self, source, reader, name);
}

/* A backend that pushes. Nobody is asked, so no credential is looked for. */
static SyBackend *
add_pushing (SySession   *self,
             const char  *text,
             const char  *name,
             GError     **error)
{
  g_autoptr (SyOtlpAddress) address = sy_otlp_address_parse (text, error);
  g_autoptr (SySource) source = NULL;
  g_autofree char *own_name = NULL;

  if (address == NULL || !check_room (self, address->url, error))
    return NULL;

  if (name == NULL || *name == '\0')
    name = own_name = sy_otlp_address_dup_name (address);

  source = sy_otlp_source_new (address->url, address->service, address->instance, self->clock);
  sy_source_set_interval (source, self->interval_us);
  return take_source (self, source, NULL, name);
}

SyBackend *
sy_session_add (SySession   *self,
                const char  *address,
                const char  *name,
                GError     **error)
{
  g_autoptr (SyUrl) url = NULL;
  g_autoptr (SySource) source = NULL;
  g_autofree char *own_name = NULL;

  if (sy_prom_address_is (address))
    return add_watched (self, address, name, error);
  if (sy_otlp_address_is (address))
    return add_pushing (self, address, name, error);

  url = sy_target_url_parse (address, error);
  if (url == NULL || !check_room (self, url, error))
    return NULL;

  if (name == NULL || *name == '\0')
    name = own_name = g_strdup_printf ("%s:%d", sy_url_get_host (url), sy_url_get_port (url));

  source = new_source (self, url);
  sy_access_book_attach (self->access, source);
  return take_source (self, source, NULL, name);
}

SyBackend *
sy_session_add_source (SySession   *self,
                       SySource    *source,
                       const char  *name,
                       GError     **error)
{
  return check_number (self, error) ? take_source (self, source, NULL, name) : NULL;
}

gboolean
sy_session_set_overrides (SySession    *self,
                          SyBackend    *backend,
                          SyOverrides  *overrides,
                          GError      **error)
{
  SyUrl *url = sy_source_get_url (sy_backend_get_source (backend));

  sy_backend_set_overrides (backend, overrides);
  sy_session_note_mappings (self);

  return sy_mapping_book_set (self->mappings, sy_url_get_redacted (url), overrides, error);
}

void
sy_session_adopt_overrides (SySession  *self,
                            GHashTable *table)
{
  GHashTableIter iter;
  gpointer address, overrides;

  if (sy_mapping_book_is_kept (self->mappings))
    {
      sy_mapping_book_free (self->mappings);
      self->mappings = sy_mapping_book_new (NULL);
    }

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &address, &overrides))
    sy_mapping_book_set (self->mappings, address, overrides, NULL);
}

const GError *
sy_session_get_mapping_error (SySession *self)
{
  return sy_mapping_book_get_error (self->mappings);
}

void
sy_session_remove (SySession *self,
                   SyBackend *backend)
{
  g_autoptr (SyBackend) keep = g_object_ref (backend);
  guint position;

  if (!g_ptr_array_find (self->backends, backend, &position))
    return;

  sy_source_stop (sy_backend_get_source (backend));
  sy_marks_unfollow (self->marks, sy_backend_get_history (backend));
  g_ptr_array_remove_index (self->backends, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

gboolean
sy_session_put_back (SySession  *self,
                     SyBackend  *backend,
                     guint       position,
                     GError    **error)
{
  SySource *source = sy_backend_get_source (backend);

  g_return_val_if_fail (!g_ptr_array_find (self->backends, backend, NULL), FALSE);

  /* Only what is live may be here once. */
  if (SY_IS_REPLAY_SOURCE (source) ? !check_number (self, error) : !check_room (self, sy_source_get_url (source), error))
    return FALSE;

  take_backend (self, g_object_ref (backend), MIN (position, self->backends->len));
  return TRUE;
}

guint
sy_session_get_n (SySession *self)
{
  return self->backends->len;
}

SyBackend *
sy_session_get (SySession *self,
                guint      index)
{
  g_return_val_if_fail (index < self->backends->len, NULL);

  return g_ptr_array_index (self->backends, index);
}

void
sy_session_set_interval (SySession *self,
                         gint64     interval_us)
{
  if (interval_us == self->interval_us)
    return;

  self->interval_us = interval_us;
  for (guint i = 0; i < self->backends->len; i++)
    {
      SySource *source = sy_backend_get_source (g_ptr_array_index (self->backends, i));

      /* What is recorded was asked as often as it was. */
      if (!SY_IS_REPLAY_SOURCE (source))
        sy_source_set_interval (source, interval_us);
    }

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INTERVAL_US]);
}

gint64
sy_session_get_interval (SySession *self)
{
  return self->interval_us;
}
