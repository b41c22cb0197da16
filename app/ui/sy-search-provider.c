/* sy-search-provider.c: recordings in the desktop's search
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-search-provider.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sy-format.h"
#include "sy-text.h"

#define NAME_CHARS 100

/* How many a search finds at most; the newest. */
#define MAX_RESULTS 50

/* Who types asks again in a moment, and again when a result is chosen. */
#define LINGER_SECONDS 10

struct _SySearchProvider
{
  GObject       parent_instance;

  GApplication *application; /* weak: held while a search waits */
  SyShelf      *shelf;       /* owned, nullable: not set yet */
  GPtrArray    *waiting;     /* owned, element-type GDBusMethodInvocation, owned by what answers: wait for a look */
  guint         registration; /* 0: not exported */
  guint         linger;      /* 0: nobody has asked for a while; else the application is held */
};

enum {
  ACTIVATED,
  LAUNCHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SySearchProvider, sy_search_provider, G_TYPE_OBJECT)

static const char interface_xml[] =
  "<node><interface name='org.gnome.Shell.SearchProvider2'>"
  "<method name='GetInitialResultSet'><arg type='as' name='terms' direction='in'/>"
  "<arg type='as' name='results' direction='out'/></method>"
  "<method name='GetSubsearchResultSet'><arg type='as' name='previous_results' direction='in'/>"
  "<arg type='as' name='terms' direction='in'/><arg type='as' name='results' direction='out'/></method>"
  "<method name='GetResultMetas'><arg type='as' name='identifiers' direction='in'/>"
  "<arg type='aa{sv}' name='metas' direction='out'/></method>"
  "<method name='ActivateResult'><arg type='s' name='identifier' direction='in'/>"
  "<arg type='as' name='terms' direction='in'/><arg type='u' name='timestamp' direction='in'/></method>"
  "<method name='LaunchSearch'><arg type='as' name='terms' direction='in'/>"
  "<arg type='u' name='timestamp' direction='in'/></method>"
  "</interface></node>";

/* --- Finding --- */

/* (transfer full) (nullable) */
static SyRecordingInfo *
find (SySearchProvider *self,
      const char       *name)
{
  for (guint i = 0; self->shelf != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->shelf)); i++)
    {
      g_autoptr (SyRecordingInfo) info = g_list_model_get_item (G_LIST_MODEL (self->shelf), i);

      if (strcmp (sy_recording_info_get_name (info), name) == 0)
        return g_steal_pointer (&info);
    }

  return NULL;
}

static gboolean
can_open (SyRecordingInfo *info)
{
  const SyRecordingState state = sy_recording_info_get_state (info);

  return state == SY_RECORDING_WHOLE || state == SY_RECORDING_INTERRUPTED;
}

/* All that can be searched, on lines of their own, without case. (transfer full) */
static char *
dup_haystack (SyRecordingInfo *info)
{
  g_autofree char *names = g_strjoinv ("\n", (char **) sy_recording_info_get_names (info));
  g_autofree char *addresses = g_strjoinv ("\n", (char **) sy_recording_info_get_addresses (info));
  g_autofree char *all = g_strjoin ("\n", sy_recording_info_get_name (info), names, addresses, NULL);
  g_autofree char *valid = g_utf8_make_valid (all, -1);

  return g_utf8_casefold (valid, -1);
}

static gboolean
matches (SyRecordingInfo    *info,
         const char *const  *terms)
{
  g_autofree char *haystack = dup_haystack (info);

  for (guint i = 0; terms[i] != NULL; i++)
    {
      g_autofree char *term = g_utf8_casefold (terms[i], -1);

      if (strstr (haystack, term) == NULL)
        return FALSE;
    }

  return terms[0] != NULL;
}

/* @among: names of the only ones that count; NULL: all do. A floating (as). */
static GVariant *
search (SySearchProvider  *self,
        const char *const *terms,
        const char *const *among)
{
  GVariantBuilder builder;
  guint n = 0;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("as"));
  for (guint i = 0; self->shelf != NULL && n < MAX_RESULTS && i < g_list_model_get_n_items (G_LIST_MODEL (self->shelf)); i++)
    {
      g_autoptr (SyRecordingInfo) info = g_list_model_get_item (G_LIST_MODEL (self->shelf), i);
      const char *name = sy_recording_info_get_name (info);

      if (!can_open (info) || (among != NULL && !g_strv_contains (among, name)) || !matches (info, terms))
        continue;
      g_variant_builder_add (&builder, "s", name);
      n++;
    }

  return g_variant_new ("(as)", &builder);
}

/* --- Describing --- */

/* "Orders, Basket · 27 November 2026, 10:32 · 4 min" */
static char *
dup_description (SyRecordingInfo *info)
{
  g_autofree char *names = g_strjoinv (", ", (char **) sy_recording_info_get_names (info));
  g_autofree char *safe = sy_display_text (names, -1, NAME_CHARS);
  g_autofree char *length = sy_format_age (sy_recording_info_get_length (info));
  g_autofree char *date = sy_format_date_time (sy_recording_info_get_began (info));

  /* Translators: a recording: the names of its backends, when it began, how long it is */
  return g_strdup_printf (_("%1$s · %2$s · %3$s"), safe, date, length);
}

static void
add_meta (GVariantBuilder *builder,
          SyRecordingInfo *info)
{
  g_autofree char *name = sy_display_text (sy_recording_info_get_name (info), -1, NAME_CHARS);
  g_autofree char *description = dup_description (info);
  g_autoptr (GIcon) icon = g_themed_icon_new (APPLICATION_ID);
  g_autoptr (GVariant) serialized = g_icon_serialize (icon);

  g_variant_builder_open (builder, G_VARIANT_TYPE ("a{sv}"));
  g_variant_builder_add (builder, "{sv}", "id", g_variant_new_string (sy_recording_info_get_name (info)));
  g_variant_builder_add (builder, "{sv}", "name", g_variant_new_string (name));
  g_variant_builder_add (builder, "{sv}", "description", g_variant_new_string (description));
  g_variant_builder_add (builder, "{sv}", "icon", serialized);
  g_variant_builder_close (builder);
}

/* Of those that are still there. A floating (aa{sv}). */
static GVariant *
describe (SySearchProvider  *self,
          const char *const *names)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (SyRecordingInfo) info = find (self, names[i]);

      if (info != NULL)
        add_meta (&builder, info);
    }

  return g_variant_new ("(aa{sv})", &builder);
}

/* --- Calls --- */

static gboolean
lingered_cb (gpointer user_data)
{
  SySearchProvider *self = user_data;

  self->linger = 0;
  g_application_release (self->application);
  return G_SOURCE_REMOVE;
}

/* A program that was started for a search would end with its first answer. */
static void
linger (SySearchProvider *self)
{
  if (self->application == NULL)
    return;

  if (self->linger == 0)
    g_application_hold (self->application);
  else
    g_source_remove (self->linger);
  self->linger = g_timeout_add_seconds (LINGER_SECONDS, lingered_cb, self);
}

static void
answer_search (SySearchProvider      *self,
               GDBusMethodInvocation *invocation)
{
  g_autofree const char **terms = NULL;

  g_variant_get (g_dbus_method_invocation_get_parameters (invocation), "(^a&s)", &terms);
  g_dbus_method_invocation_return_value (invocation, search (self, (const char *const *) terms, NULL));
}

static void
refreshed_cb (SySearchProvider *self)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new ();
  for (guint i = 0; i < waiting->len; i++)
    {
      answer_search (self, g_ptr_array_index (waiting, i));
      g_application_release (self->application);
    }
}

/* A look through the folder comes first; the program may have been started for it. */
static void
begin_search (SySearchProvider      *self,
              GDBusMethodInvocation *invocation)
{
  if (self->shelf == NULL || self->application == NULL)
    {
      answer_search (self, invocation);
      return;
    }

  g_application_hold (self->application);
  g_ptr_array_add (self->waiting, invocation);
  sy_shelf_refresh (self->shelf);
}

static void
narrow_search (SySearchProvider      *self,
               GVariant              *parameters,
               GDBusMethodInvocation *invocation)
{
  g_autofree const char **among = NULL;
  g_autofree const char **terms = NULL;

  g_variant_get (parameters, "(^a&s^a&s)", &among, &terms);
  g_dbus_method_invocation_return_value (invocation,
                                         search (self, (const char *const *) terms, (const char *const *) among));
}

static void
activate (SySearchProvider      *self,
          GVariant              *parameters,
          GDBusMethodInvocation *invocation)
{
  const char *name;
  g_autoptr (SyRecordingInfo) info = NULL;

  g_variant_get (parameters, "(&s^a&su)", &name, NULL, NULL);
  info = find (self, name);

  /* It went meanwhile: the list says what there is. */
  if (info != NULL)
    g_signal_emit (self, signals[ACTIVATED], 0, sy_recording_info_get_path (info));
  else
    g_signal_emit (self, signals[LAUNCHED], 0);
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static void
call_cb (GDBusConnection       *connection,
         const char            *sender,
         const char            *path,
         const char            *interface,
         const char            *method,
         GVariant              *parameters,
         GDBusMethodInvocation *invocation,
         gpointer               user_data)
{
  SySearchProvider *self = user_data;

  linger (self);
  if (strcmp (method, "GetInitialResultSet") == 0)
    begin_search (self, invocation);
  else if (strcmp (method, "GetSubsearchResultSet") == 0)
    narrow_search (self, parameters, invocation);
  else if (strcmp (method, "GetResultMetas") == 0)
    {
      g_autofree const char **names = NULL;

      g_variant_get (parameters, "(^a&s)", &names);
      g_dbus_method_invocation_return_value (invocation, describe (self, (const char *const *) names));
    }
  else if (strcmp (method, "ActivateResult") == 0)
    activate (self, parameters, invocation);
  else
    {
      g_signal_emit (self, signals[LAUNCHED], 0);
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
}

static void
sy_search_provider_dispose (GObject *object)
{
  SySearchProvider *self = SY_SEARCH_PROVIDER (object);

  for (guint i = 0; i < self->waiting->len; i++)
    g_dbus_method_invocation_return_error_literal (g_ptr_array_index (self->waiting, i), G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                                   "the program ends");
  g_ptr_array_set_size (self->waiting, 0);
  g_clear_handle_id (&self->linger, g_source_remove);
  g_clear_object (&self->shelf);
  g_clear_weak_pointer (&self->application);

  G_OBJECT_CLASS (sy_search_provider_parent_class)->dispose (object);
}

static void
sy_search_provider_finalize (GObject *object)
{
  g_ptr_array_unref (SY_SEARCH_PROVIDER (object)->waiting);

  G_OBJECT_CLASS (sy_search_provider_parent_class)->finalize (object);
}

static void
sy_search_provider_class_init (SySearchProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sy_search_provider_dispose;
  G_OBJECT_CLASS (klass)->finalize = sy_search_provider_finalize;

  signals[ACTIVATED] = g_signal_new ("activated", SY_TYPE_SEARCH_PROVIDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[LAUNCHED] = g_signal_new ("launched", SY_TYPE_SEARCH_PROVIDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
}

static void
sy_search_provider_init (SySearchProvider *self)
{
  self->waiting = g_ptr_array_new ();
}

SySearchProvider *
sy_search_provider_new (GApplication *application)
{
  SySearchProvider *self = g_object_new (SY_TYPE_SEARCH_PROVIDER, NULL);

  g_set_weak_pointer (&self->application, application);
  return self;
}

void
sy_search_provider_set_shelf (SySearchProvider *self,
                              SyShelf          *shelf)
{
  g_return_if_fail (self->shelf == NULL);

  self->shelf = g_object_ref (shelf);
  g_signal_connect_object (shelf, "refreshed", G_CALLBACK (refreshed_cb), self, G_CONNECT_SWAPPED);
}

gboolean
sy_search_provider_export (SySearchProvider  *self,
                           GDBusConnection   *connection,
                           const char        *application_path,
                           GError           **error)
{
  static const GDBusInterfaceVTable vtable = { .method_call = call_cb };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (interface_xml, NULL);
  g_autofree char *path = g_strconcat (application_path, "/SearchProvider", NULL);

  self->registration = g_dbus_connection_register_object (connection, path, node->interfaces[0], &vtable, self, NULL, error);
  return self->registration != 0;
}

void
sy_search_provider_unexport (SySearchProvider *self,
                             GDBusConnection  *connection)
{
  if (self->registration != 0)
    g_dbus_connection_unregister_object (connection, self->registration);
  self->registration = 0;
}
