/* sy-last-session.c: the backends that were watched last, for another time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-last-session.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sy-replay-source.h"
#include "sy-text.h"

#define KEPT "last-backends"
#define HOW "reopen"
#define KEPT_TYPE "a(ss)"
#define NAME_CHARS 60

struct _SyLastSession
{
  GObject    parent_instance;

  SySession *session;  /* owned */
  GSettings *settings; /* owned */
  guint      idle;     /* 0: nothing waits to be written */
  gboolean   was_own;  /* a backend that can be kept has been in this session */
};

G_DEFINE_FINAL_TYPE (SyLastSession, sy_last_session, G_TYPE_OBJECT)

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_how (SyLastSession *self,
        const char    *value)
{
  g_autofree char *how = g_settings_get_string (self->settings, HOW);

  return strcmp (how, value) == 0;
}

/* --- Keeping --- */

static gboolean
can_keep (SyBackend *backend)
{
  return !sy_backend_is_passing (backend) && !SY_IS_REPLAY_SOURCE (sy_backend_get_source (backend));
}

/* "" where there is a secret in it. */
static const char *
get_address (SyBackend *backend)
{
  SyUrl *url = sy_source_get_url (sy_backend_get_source (backend));

  return strcmp (sy_url_get_string (url), sy_url_get_redacted (url)) == 0 ? sy_url_get_string (url) : "";
}

/* (transfer floating) */
static GVariant *
list_backends (SyLastSession *self)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (KEPT_TYPE));
  for (guint i = 0; i < sy_session_get_n (self->session); i++)
    {
      SyBackend *backend = sy_session_get (self->session, i);

      if (!can_keep (backend))
        continue;

      self->was_own = TRUE;
      g_variant_builder_add (&builder, "(ss)", sy_backend_get_name (backend), get_address (backend));
    }

  return g_variant_builder_end (&builder);
}

static gboolean
idle_cb (gpointer user_data)
{
  sy_last_session_save (user_data);
  return G_SOURCE_REMOVE;
}

/* Later: whoever has added a backend says afterwards what it is. */
static void
schedule (SyLastSession *self)
{
  if (self->idle == 0)
    self->idle = g_idle_add (idle_cb, self);
}

static void
backends_changed_cb (SyLastSession *self,
                     guint          position,
                     guint          removed,
                     guint          added)
{
  for (guint i = position; i < position + added; i++)
    {
      SyBackend *backend = sy_session_get (self->session, i);

      g_signal_handlers_disconnect_by_func (backend, schedule, self);
      g_signal_connect_object (backend, "notify::name", G_CALLBACK (schedule), self, G_CONNECT_SWAPPED);
    }

  schedule (self);
}

static void
kept_changed_cb (SyLastSession *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- Object --- */

static void
sy_last_session_dispose (GObject *object)
{
  SyLastSession *self = SY_LAST_SESSION (object);

  if (self->session != NULL)
    {
      sy_last_session_save (self);
      g_signal_handlers_disconnect_by_data (self->session, self);
      g_signal_handlers_disconnect_by_data (self->settings, self);
    }
  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (sy_last_session_parent_class)->dispose (object);
}

static void
sy_last_session_class_init (SyLastSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sy_last_session_dispose;

  signals[CHANGED] =
    g_signal_new ("changed", SY_TYPE_LAST_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sy_last_session_init (SyLastSession *self)
{
}

SyLastSession *
sy_last_session_new (SySession *session,
                     GSettings *settings)
{
  SyLastSession *self = g_object_new (SY_TYPE_LAST_SESSION, NULL);

  self->session = g_object_ref (session);
  self->settings = g_object_ref (settings);
  g_signal_connect_swapped (session, "items-changed", G_CALLBACK (backends_changed_cb), self);
  g_signal_connect_swapped (settings, "changed::" HOW, G_CALLBACK (schedule), self);
  g_signal_connect_swapped (settings, "changed::" KEPT, G_CALLBACK (kept_changed_cb), self);

  return self;
}

void
sy_last_session_save (SyLastSession *self)
{
  g_autoptr (GVariant) present = NULL;
  g_autoptr (GVariant) now = NULL;

  if (self->idle == 0)
    return;

  g_clear_handle_id (&self->idle, g_source_remove);
  present = g_settings_get_value (self->settings, KEPT);
  now = g_variant_ref_sink (is_how (self, "never") ? g_variant_new (KEPT_TYPE, NULL) : list_backends (self));
  if (!self->was_own && !is_how (self, "never"))
    return;

  if (!g_variant_equal (present, now))
    g_settings_set_value (self->settings, KEPT, now);
}

char *
sy_last_session_dup_names (SyLastSession *self)
{
  g_autoptr (GVariant) kept = g_settings_get_value (self->settings, KEPT);
  GString *names = g_string_new (NULL);
  GVariantIter iter;
  const char *name;

  g_variant_iter_init (&iter, kept);
  while (g_variant_iter_next (&iter, "(&s&s)", &name, NULL))
    {
      g_autofree char *safe = sy_display_text (name, -1, NAME_CHARS);

      g_string_append_printf (names, "%s%s", names->len > 0 ? "\n" : "", safe);
    }

  return g_string_free (names, names->len == 0);
}

gboolean
sy_last_session_is_wanted (SyLastSession *self)
{
  return is_how (self, "always");
}

/* (transfer full) (nullable) */
static char *
reopen_one (SyLastSession *self,
            const char    *name,
            const char    *address)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *safe = sy_display_text (name, -1, NAME_CHARS);

  if (*address == '\0')
    /* Translators: %s is the name of a backend */
    return g_strdup_printf (_("%s is left out: its address held a secret, which is not kept"), safe);

  return sy_session_add (self->session, address, name, &error) == NULL ? g_strdup (error->message) : NULL;
}

GPtrArray *
sy_last_session_reopen (SyLastSession *self)
{
  g_autoptr (GVariant) kept = g_settings_get_value (self->settings, KEPT);
  GPtrArray *problems = g_ptr_array_new_with_free_func (g_free);
  GVariantIter iter;
  const char *name, *address;

  g_variant_iter_init (&iter, kept);
  while (g_variant_iter_next (&iter, "(&s&s)", &name, &address))
    {
      char *problem = reopen_one (self, name, address);

      if (problem != NULL)
        g_ptr_array_add (problems, problem);
    }

  self->was_own = self->was_own || sy_session_get_n (self->session) > 0;
  return problems;
}
