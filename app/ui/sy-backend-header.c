/* sy-backend-header.c: who a column is about
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-backend-header.h"

#include <glib/gi18n.h>

#include "beam-swatch.h"
#include "sy-button-names.h"
#include "sy-chart-cell.h"
#include "sy-columns-box.h"
#include "sy-configuration-words.h"
#include "sy-format.h"
#include "sy-replay-source.h"
#include "sy-source-banner.h"
#include "sy-source-facts.h"
#include "sy-text.h"
#include "sy-trap-badge.h"

#define NAME_MAX_CHARS 80

struct _SyBackendHeader
{
  GtkWidget parent_instance;

  SyBackend          *backend; /* owned */
  GSimpleActionGroup *actions; /* owned */
  char               *speaker;       /* owned, nullable */
  char               *configuration; /* owned, nullable: kept, as all metrics are looked through for it */
  SyMapping          *speaker_mapping;   /* owned, nullable: what it was made of */
  char               *speaker_served_by; /* owned, nullable: likewise */
  guint               speaker_processes; /* likewise */

  /* Template */
  GtkWidget *content;
  GtkWidget *swatch;
  GtkWidget *letter;
  GtkWidget *name;
  GtkWidget *address;
  GtkWidget *warning;
  GtkWidget *throughput;
  GtkWidget *p95;
  GtkWidget *p99;
  GtkWidget *errors;
  GtkWidget *menu_button;
  GtkWidget *trap_badge;
  GtkWidget *banner;
  GtkWidget *rename_popover;
  GtkWidget *rename_entry;
};

enum {
  REMOVE_REQUESTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SyBackendHeader, sy_backend_header, GTK_TYPE_WIDGET)

/* "OpenMetrics" for people, of the format's nick. */
static const char *
format_title (SyFormat format)
{
  switch (format)
    {
    case SY_FORMAT_PROMETHEUS:
      return "Prometheus";
    case SY_FORMAT_OPENMETRICS:
      return "OpenMetrics";
    case SY_FORMAT_JSON:
      return "JSON";
    case SY_FORMAT_OTLP:
      return "OTLP";
    case SY_FORMAT_AUTO:
    default:
      return NULL;
    }
}

/* What tells addresses apart: no scheme, and no path that all have. */
static char *
dup_short_address (SyUrl *url)
{
  const char *text = sy_url_get_redacted (url);
  g_autofree char *safe = NULL;

  if (g_str_has_prefix (text, "http://"))
    text += strlen ("http://");

  safe = sy_display_text (text, -1, 120);
  if (!g_str_has_suffix (safe, "/metrics"))
    return g_steal_pointer (&safe);

  return g_strndup (safe, strlen (safe) - strlen ("/metrics"));
}

/* What is cut off, or left out, is read in the tooltip. GTK looks for the pointer at
 * each one that it is given, new or not. */
static void
set_text_with_tooltip (GtkWidget  *label,
                       const char *text,
                       const char *tooltip)
{
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (label)), text) != 0)
    gtk_label_set_text (GTK_LABEL (label), text);
  if (g_strcmp0 (gtk_widget_get_tooltip_text (label), tooltip) != 0)
    gtk_widget_set_tooltip_text (label, tooltip);
}

/* Who speaks there, and in full how it runs. The mapping is another one as soon as the
 * series are. */
static void
follow_speaker (SyBackendHeader *self)
{
  SyMapping *mapping = sy_backend_get_mapping (self->backend);
  const char *exporter = mapping != NULL ? sy_mapping_get_exporter (mapping) : NULL;
  const char *served_by = sy_backend_get_served_by (self->backend);
  const guint n_processes = sy_backend_get_n_processes (self->backend);

  if (mapping != self->speaker_mapping || n_processes != self->speaker_processes
      || g_strcmp0 (served_by, self->speaker_served_by) != 0)
    {
      g_free (self->speaker_served_by);
      self->speaker_served_by = g_strdup (served_by);
      g_clear_pointer (&self->speaker_mapping, sy_mapping_unref);
      self->speaker_mapping = mapping != NULL ? sy_mapping_ref (mapping) : NULL;
      self->speaker_processes = n_processes;
      g_free (self->speaker);
      self->speaker = sy_configuration_words_dup_short (self->backend, exporter);
      g_free (self->configuration);
      self->configuration = sy_configuration_words_dup (self->backend, exporter);
    }
}

/* "127.0.0.1:8101 · Express, prom-client · live"; when nobody knows who speaks, the
 * format. @speaker may be NULL. */
static char *
dup_identity (SyBackendHeader     *self,
              const SySourceFacts *facts,
              const char          *speaker)
{
  g_autofree char *address = dup_short_address (sy_source_get_url (sy_backend_get_source (self->backend)));
  g_autofree char *status = sy_source_facts_dup_status (facts);
  GString *text = g_string_new (NULL);

  if (speaker == NULL)
    speaker = format_title (sy_backend_get_format (self->backend));
  /* Until somebody names it, a backend is called by its address: once is enough. */
  if (g_strcmp0 (address, sy_backend_get_name (self->backend)) != 0)
    g_string_append_printf (text, "%s · ", address);
  if (speaker != NULL)
    g_string_append_printf (text, "%s · ", speaker);
  g_string_append (text, status);

  return g_string_free (text, FALSE);
}

static void
update_address (SyBackendHeader     *self,
                const SySourceFacts *facts)
{
  g_autofree char *text = NULL;
  g_autofree char *whole = NULL;

  follow_speaker (self);
  text = dup_identity (self, facts, self->speaker);
  whole = dup_identity (self, facts, self->configuration);
  set_text_with_tooltip (self->address, text, whole);
}

static void
update_warning (SyBackendHeader     *self,
                const SySourceFacts *facts)
{
  g_autofree char *text = sy_source_facts_dup_warning (facts);

  set_text_with_tooltip (self->warning, text != NULL ? text : "", text);
  gtk_widget_set_visible (self->warning, text != NULL);
}

static void
update_figures (SyBackendHeader     *self,
                const SySourceFacts *facts)
{
  const SyReading *reading = sy_backend_get_reading (self->backend);
  g_autofree char *throughput = NULL;
  g_autofree char *p95 = NULL;
  g_autofree char *p99 = NULL;
  g_autofree char *errors = NULL;
  SyReading unknown;

  if (reading == NULL || facts->state != SY_SOURCE_LIVE || sy_source_facts_is_stale (facts))
    {
      sy_reading_init (&unknown);
      reading = &unknown;
    }

  throughput = sy_format_rate (reading->throughput);
  p95 = sy_format_quantile (&reading->p95);
  p99 = sy_format_quantile (&reading->p99);
  errors = sy_format_percent (reading->error_ratio);
  gtk_label_set_text (GTK_LABEL (self->throughput), throughput);
  gtk_label_set_text (GTK_LABEL (self->p95), p95);
  gtk_label_set_text (GTK_LABEL (self->p99), p99);
  gtk_label_set_text (GTK_LABEL (self->errors), errors);
}

static void
update_name (SyBackendHeader *self)
{
  g_autofree char *name = sy_display_text (sy_backend_get_name (self->backend), -1, NAME_MAX_CHARS);
  g_autofree char *menu_label = NULL;

  gtk_label_set_text (GTK_LABEL (self->name), name);
  gtk_widget_set_tooltip_text (self->name, name);

  /* Translators: the menu of a backend, for screen readers: "Menu of Orders" */
  menu_label = g_strdup_printf (_("Menu of %s"), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, menu_label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
update_identity (SyBackendHeader *self)
{
  g_autofree char *letter = g_ascii_strup (sy_backend_get_letter (self->backend), -1);

  beam_swatch_set_identity (BEAM_SWATCH (self->swatch), sy_backend_get_identity (self->backend));
  /* What a verdict says of A and B is of these. */
  gtk_label_set_text (GTK_LABEL (self->letter), letter);
}

static void
name_changed_cb (SyBackendHeader *self)
{
  update_name (self);
  sy_backend_header_refresh (self);
}

static void
rename_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  SyBackendHeader *self = user_data;

  gtk_editable_set_text (GTK_EDITABLE (self->rename_entry), sy_backend_get_name (self->backend));
  gtk_popover_popup (GTK_POPOVER (self->rename_popover));
  gtk_widget_grab_focus (self->rename_entry);
}

static void
rename_apply_cb (SyBackendHeader *self)
{
  g_autofree char *name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->rename_entry)));

  g_strstrip (name);
  if (*name == '\0')
    return;

  sy_backend_set_name (self->backend, name);
  gtk_popover_popdown (GTK_POPOVER (self->rename_popover));
}

static void
copy_address_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  SyBackendHeader *self = user_data;
  SyUrl *url = sy_source_get_url (sy_backend_get_source (self->backend));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), sy_url_get_redacted (url));
}

static void
signals_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  SyBackendHeader *self = user_data;

  gtk_widget_activate_action (GTK_WIDGET (self), "win.edit-signals", "s", sy_backend_get_letter (self->backend));
}

static void
authenticate_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  SyBackendHeader *self = user_data;

  gtk_widget_activate_action (GTK_WIDGET (self), "win.authenticate", "s", sy_backend_get_letter (self->backend));
}

static void
remove_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  g_signal_emit (user_data, signals[REMOVE_REQUESTED], 0);
}

static const GActionEntry actions[] = {
  { "rename", rename_cb },
  { "copy-address", copy_address_cb },
  { "signals", signals_cb },
  { "authenticate", authenticate_cb },
  { "remove", remove_cb },
};

/* Of a recording there is nobody to authenticate to, and choices of signals are kept
 * for the address, which is for what is live. */
static const char *const live_actions[] = { "authenticate", "signals" };

static void
set_action_enabled (SyBackendHeader *self,
                    const char      *name,
                    gboolean         enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name)), enabled);
}

static void
sy_backend_header_dispose (GObject *object)
{
  SyBackendHeader *self = SY_BACKEND_HEADER (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), SY_TYPE_BACKEND_HEADER);
  g_clear_object (&self->backend);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->speaker_mapping, sy_mapping_unref);
  g_clear_pointer (&self->speaker_served_by, g_free);
  g_clear_pointer (&self->speaker, g_free);
  g_clear_pointer (&self->configuration, g_free);

  G_OBJECT_CLASS (sy_backend_header_parent_class)->dispose (object);
}

static void
sy_backend_header_class_init (SyBackendHeaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sy_backend_header_dispose;

  signals[REMOVE_REQUESTED] =
    g_signal_new ("remove-requested", SY_TYPE_BACKEND_HEADER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (BEAM_TYPE_SWATCH);
  g_type_ensure (SY_TYPE_COLUMNS_BOX);
  g_type_ensure (SY_TYPE_SOURCE_BANNER);
  g_type_ensure (SY_TYPE_TRAP_BADGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/steelyard/ui/sy-backend-header.ui");
  gtk_widget_class_bind_template_child (widget_class, SyBackendHeader, content);
  gtk_widget_class_bind_template_child (widget_class, SyBackendHeader, swatch);
  gtk_widget_class_bind_template_child (widget_class, SyBackendHeader, letter);
  gtk_widget_class_bind_template_child (widget_class, SyBackendHeader, name);
  gtk_widget_class_bind_template_child (widget_class, SyBackendHeader, address);
  gtk_widget_class_bind_template_child (widget_class, SyBackendHeader, warning);
  gtk_widget_class_bind_template_child (widget_class, SyBackendHeader, throughput);
  gtk_widget_class_bind_template_child (widget_class, SyBackendHeader, p95);
  gtk_widget_class_bind_template_child (widget_class, SyBackendHeader, p99);
  gtk_widget_class_bind_template_child (widget_class, SyBackendHeader, errors);
  gtk_widget_class_bind_template_child (widget_class, SyBackendHeader, menu_button);
  gtk_widget_class_bind_template_child (widget_class, SyBackendHeader, trap_badge);
  gtk_widget_class_bind_template_child (widget_class, SyBackendHeader, banner);
  gtk_widget_class_bind_template_child (widget_class, SyBackendHeader, rename_popover);
  gtk_widget_class_bind_template_child (widget_class, SyBackendHeader, rename_entry);
  gtk_widget_class_bind_template_callback (widget_class, rename_apply_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
sy_backend_header_init (SyBackendHeader *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sy_name_buttons (GTK_WIDGET (self));

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), actions, G_N_ELEMENTS (actions), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "backend", G_ACTION_GROUP (self->actions));
}

GtkWidget *
sy_backend_header_new (SyBackend *backend)
{
  SyBackendHeader *self = g_object_new (SY_TYPE_BACKEND_HEADER, NULL);
  SySource *source = sy_backend_get_source (backend);

  self->backend = g_object_ref (backend);
  for (guint i = 0; SY_IS_REPLAY_SOURCE (source) && i < G_N_ELEMENTS (live_actions); i++)
    set_action_enabled (self, live_actions[i], FALSE);

  sy_trap_badge_set_backend (SY_TRAP_BADGE (self->trap_badge), backend);
  sy_source_banner_set_source (SY_SOURCE_BANNER (self->banner), source);

  g_signal_connect_object (backend, "updated", G_CALLBACK (sy_backend_header_refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (backend, "notify::name", G_CALLBACK (name_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (backend, "notify::letter", G_CALLBACK (update_identity), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "notify::state", G_CALLBACK (sy_backend_header_refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "notify::warning", G_CALLBACK (sy_backend_header_refresh), self, G_CONNECT_SWAPPED);
  update_name (self);
  update_identity (self);
  sy_backend_header_refresh (self);

  return GTK_WIDGET (self);
}

void
sy_backend_header_set_removable (SyBackendHeader *self,
                                 gboolean         removable)
{
  set_action_enabled (self, "remove", removable);
}

SyBackend *
sy_backend_header_get_backend (SyBackendHeader *self)
{
  return self->backend;
}

void
sy_backend_header_refresh (SyBackendHeader *self)
{
  SySourceFacts facts;

  sy_source_facts_init (&facts, sy_backend_get_source (self->backend));
  update_address (self, &facts);
  update_warning (self, &facts);
  update_figures (self, &facts);
  sy_source_banner_refresh (SY_SOURCE_BANNER (self->banner));
}
