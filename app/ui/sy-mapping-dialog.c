/* sy-mapping-dialog.c: what each signal of a backend is read from
 *
 * Three pages: the roles and filters; the metrics that can play a role; a form
 * for a filter. Escape and the back button lead from the others to the first.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-mapping-dialog.h"

#include <glib/gi18n.h>
#include <math.h>

#include "sy-button-names.h"
#include "sy-filter-editor.h"
#include "sy-metric-picker.h"
#include "sy-overrides.h"
#include "sy-text.h"

#define ROLE_KEY "sy-role"
#define INDEX_KEY "sy-index"

struct _SyMappingDialog
{
  AdwWindow parent_instance;

  SySession    *session;  /* owned */
  SyBackend    *backend;  /* owned */
  const SyRole *role;     /* borrowed, nullable: whose metric is being chosen */
  GPtrArray    *filter_rows; /* owned, element-type GtkWidget (borrowed) */

  GtkWidget *stack;
  GtkWidget *title;
  GtkWidget *back;
  GtkWidget *roles;
  GtkWidget *filters;
  GtkWidget *add;
  GtkWidget *picker;
  GtkWidget *editor;
  GtkWidget *problem;
};

G_DEFINE_FINAL_TYPE (SyMappingDialog, sy_mapping_dialog, ADW_TYPE_WINDOW)

static void
show_page (SyMappingDialog *self,
           const char      *name,
           const char      *title)
{
  gboolean is_overview = g_str_equal (name, "overview");

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), name);
  gtk_widget_set_visible (self->back, !is_overview);
  adw_window_title_set_title (ADW_WINDOW_TITLE (self->title), title);
}

static void
show_overview (SyMappingDialog *self)
{
  show_page (self, "overview", _("Signals"));
}

/* What plays @role, in words. */
static char *
dup_player (SyMappingDialog *self,
            const SyRole    *role)
{
  SyOverrides *overrides = sy_backend_get_overrides (self->backend);
  SyMapping *mapping = sy_backend_get_mapping (self->backend);
  const SySignal *signal = mapping != NULL ? sy_mapping_find (mapping, role->name) : NULL;
  const SyReading *reading = sy_backend_get_reading (self->backend);
  g_autofree char *safe = NULL;
  const char *metric;

  if (overrides != NULL && sy_overrides_find_role (overrides, role->name, &metric))
    {
      if (metric == NULL)
        return g_strdup (_("Nothing · chosen by you"));
      safe = sy_display_text (metric, -1, 120);
      /* Translators: the name of a metric that a person has chosen for a signal */
      return g_strdup_printf (_("%s · chosen by you"), safe);
    }

  for (guint i = 0; signal == NULL && mapping != NULL && role->others[i] != NULL; i++)
    signal = sy_mapping_find (mapping, role->others[i]);
  if (signal == NULL && g_str_equal (role->name, "errors") && reading != NULL && !isnan (reading->errors))
    return g_strdup (_("The status of the requests · recognised"));
  if (signal == NULL)
    return g_strdup (_("Nothing found"));

  safe = sy_display_text (signal->metric, -1, 120);
  /* Translators: the name of a metric that was recognised for a signal */
  return g_strdup_printf (_("%s · recognised"), safe);
}

static void
refresh_roles (SyMappingDialog *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->roles); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      g_autofree char *player = dup_player (self, g_object_get_data (G_OBJECT (row), ROLE_KEY));

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), player);
    }
}

/* "only GET, POST" */
static char *
dup_filter (const SyOverrideFilter *filter)
{
  g_autoptr (GString) values = g_string_new (NULL);
  g_autofree char *safe = NULL;

  for (guint i = 0; i < filter->values->len; i++)
    g_string_append_printf (values, "%s%s", i > 0 ? ", " : "", (const char *) g_ptr_array_index (filter->values, i));
  safe = sy_display_text (values->str, -1, SY_DISPLAY_TEXT_MAX);

  /* Translators: values of a label: "only GET, POST" or "without /health" */
  return g_strdup_printf (filter->except ? _("without %s") : _("only %s"), safe);
}

static void refresh_filters (SyMappingDialog *self);

/* Applies @overrides and keeps them; says so when they cannot be kept. */
static void
apply (SyMappingDialog *self,
       SyOverrides     *overrides)
{
  g_autoptr (GError) error = NULL;
  SySource *source = sy_backend_get_source (self->backend);
  gboolean kept = sy_session_set_overrides (self->session, self->backend, overrides, &error);

  gtk_widget_set_visible (self->problem, !kept);
  if (!kept)
    {
      g_autofree char *why = sy_display_text (error->message, -1, SY_DISPLAY_TEXT_MAX);
      /* Translators: a choice works now but is lost at the end; then the reason */
      g_autofree char *text = g_strdup_printf (_("Applied, but it cannot be kept: %s"), why);

      gtk_label_set_text (GTK_LABEL (self->problem), text);
    }

  /* A stream says its next word by itself. */
  if (sy_source_get_next_try (source) > 0)
    sy_source_retry_now (source);
  refresh_roles (self);
  refresh_filters (self);
}

static void
remove_filter_cb (GtkWidget       *button,
                  SyMappingDialog *self)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), INDEX_KEY));
  g_autoptr (SyOverrides) overrides = sy_overrides_copy (sy_backend_get_overrides (self->backend));

  sy_overrides_remove_filter (overrides, index);
  apply (self, overrides);

  /* Its button had the focus and is gone. */
  gtk_widget_grab_focus (self->add);
}

static GtkWidget *
make_filter_row (SyMappingDialog        *self,
                 const SyOverrideFilter *filter,
                 guint                   index)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *label = sy_display_text (filter->label, -1, 80);
  g_autofree char *text = dup_filter (filter);
  g_autofree char *name = NULL;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);

  /* Translators: removes a filter by label: "Remove Filter: route" */
  name = g_strdup_printf (_("Remove Filter: %s"), label);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (button), INDEX_KEY, GUINT_TO_POINTER (index));
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_filter_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);

  return row;
}

static void
refresh_filters (SyMappingDialog *self)
{
  SyOverrides *overrides = sy_backend_get_overrides (self->backend);
  const GPtrArray *filters = overrides != NULL ? sy_overrides_get_filters (overrides) : NULL;

  for (guint i = 0; i < self->filter_rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->filters), g_ptr_array_index (self->filter_rows, i));
  g_ptr_array_set_size (self->filter_rows, 0);

  for (guint i = 0; filters != NULL && i < filters->len; i++)
    {
      GtkWidget *row = make_filter_row (self, g_ptr_array_index (filters, i), i);

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->filters), row);
      g_ptr_array_add (self->filter_rows, row);
    }
}

static void
role_activated_cb (SyMappingDialog *self,
                   GtkListBoxRow   *row)
{
  self->role = g_object_get_data (G_OBJECT (row), ROLE_KEY);
  show_page (self, "metric", _(self->role->title));
  sy_metric_picker_set_role (SY_METRIC_PICKER (self->picker), self->role, sy_backend_get_exposition (self->backend));
}

static void
picked_cb (SyMappingDialog *self,
           gboolean         automatic,
           const char      *metric)
{
  g_autoptr (SyOverrides) overrides = sy_overrides_copy (sy_backend_get_overrides (self->backend));

  if (automatic)
    sy_overrides_reset_role (overrides, self->role->name);
  else
    sy_overrides_set_role (overrides, self->role->name, metric);

  apply (self, overrides);
  show_overview (self);
}

static void
add_filter_cb (SyMappingDialog *self)
{
  show_page (self, "filter", _("Filter by Label"));
  sy_filter_editor_reset (SY_FILTER_EDITOR (self->editor), sy_backend_get_exposition (self->backend));
}

static void
filter_done_cb (SyMappingDialog *self,
                const char      *label,
                GStrv            values,
                gboolean         except)
{
  g_autoptr (SyOverrides) overrides = sy_overrides_copy (sy_backend_get_overrides (self->backend));

  sy_overrides_add_filter (overrides, label, (const char * const *) values, except);
  apply (self, overrides);
  show_overview (self);
}

static void
reset_cb (SyMappingDialog *self)
{
  apply (self, NULL);
}

static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   user_data)
{
  SyMappingDialog *self = SY_MAPPING_DIALOG (widget);

  if (gtk_widget_get_visible (self->back))
    show_overview (self);
  else
    gtk_window_close (GTK_WINDOW (self));

  return GDK_EVENT_STOP;
}

static GtkWidget *
make_page (GtkWidget *child)
{
  GtkWidget *window = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  gtk_widget_set_margin_top (child, 12);
  gtk_widget_set_margin_bottom (child, 18);
  gtk_widget_set_margin_start (child, 12);
  gtk_widget_set_margin_end (child, 12);
  adw_clamp_set_child (ADW_CLAMP (clamp), child);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (window), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (window), clamp);

  return window;
}

static void
fill_roles (SyMappingDialog *self)
{
  for (const SyRole *role = sy_role_list (); role->name != NULL; role++)
    {
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(role->title));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
      g_object_set_data (G_OBJECT (row), ROLE_KEY, (gpointer) role);
      gtk_list_box_append (GTK_LIST_BOX (self->roles), row);
    }
}

static GtkWidget *
make_overview (SyMappingDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *reset = gtk_button_new_with_mnemonic (_("_Reset to Automatic"));

  self->add = gtk_button_new_with_mnemonic (_("_Add Filter…"));
  self->roles = gtk_list_box_new ();
  gtk_widget_add_css_class (self->roles, "boxed-list");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->roles), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->roles), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Signals"), -1);
  g_signal_connect_object (self->roles, "row-activated", G_CALLBACK (role_activated_cb), self, G_CONNECT_SWAPPED);

  self->filters = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->filters), _("Filters"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->filters),
                                         _("Which routes, methods or instances count."));
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (add_filter_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self->filters), self->add);

  self->problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_widget_add_css_class (self->problem, "warning");
  gtk_widget_set_visible (self->problem, FALSE);

  gtk_widget_set_halign (reset, GTK_ALIGN_END);
  g_signal_connect_object (reset, "clicked", G_CALLBACK (reset_cb), self, G_CONNECT_SWAPPED);

  gtk_box_append (GTK_BOX (box), self->problem);
  gtk_box_append (GTK_BOX (box), self->roles);
  gtk_box_append (GTK_BOX (box), self->filters);
  gtk_box_append (GTK_BOX (box), reset);

  return make_page (box);
}

static void
sy_mapping_dialog_dispose (GObject *object)
{
  SyMappingDialog *self = SY_MAPPING_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_object (&self->backend);

  G_OBJECT_CLASS (sy_mapping_dialog_parent_class)->dispose (object);
}

static void
sy_mapping_dialog_finalize (GObject *object)
{
  g_ptr_array_unref (SY_MAPPING_DIALOG (object)->filter_rows);

  G_OBJECT_CLASS (sy_mapping_dialog_parent_class)->finalize (object);
}

static void
sy_mapping_dialog_class_init (SyMappingDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sy_mapping_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = sy_mapping_dialog_finalize;

  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, escape_cb, NULL);
}

static void
sy_mapping_dialog_init (SyMappingDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();

  self->filter_rows = g_ptr_array_new ();
  self->title = adw_window_title_new (_("Signals"), "");
  self->back = gtk_button_new_from_icon_name ("go-previous-symbolic");
  gtk_widget_set_tooltip_text (self->back, _("Back"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->back), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Back"), -1);
  g_signal_connect_object (self->back, "clicked", G_CALLBACK (show_overview), self, G_CONNECT_SWAPPED);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->back);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), self->title);

  self->picker = g_object_new (SY_TYPE_METRIC_PICKER, NULL);
  self->editor = g_object_new (SY_TYPE_FILTER_EDITOR, NULL);
  g_signal_connect_object (self->picker, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->picker, "dismissed", G_CALLBACK (show_overview), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor, "done", G_CALLBACK (filter_done_cb), self, G_CONNECT_SWAPPED);

  self->stack = gtk_stack_new ();
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_stack_add_named (GTK_STACK (self->stack), make_overview (self), "overview");
  gtk_stack_add_named (GTK_STACK (self->stack), make_page (self->picker), "metric");
  gtk_stack_add_named (GTK_STACK (self->stack), make_page (self->editor), "filter");

  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), self->stack);
  adw_window_set_content (ADW_WINDOW (self), box);
  sy_name_buttons (GTK_WIDGET (self));

  gtk_window_set_title (GTK_WINDOW (self), _("Signals"));
  sy_name_rows (GTK_WIDGET (self));
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self), 520, 640);
  gtk_widget_set_size_request (GTK_WIDGET (self), 340, -1);
  show_overview (self);
}

GtkWidget *
sy_mapping_dialog_new (GtkWindow *parent,
                       SySession *session,
                       SyBackend *backend)
{
  SyMappingDialog *self = g_object_new (SY_TYPE_MAPPING_DIALOG, "transient-for", parent, NULL);
  g_autofree char *name = sy_display_text (sy_backend_get_name (backend), -1, 80);

  self->session = g_object_ref (session);
  self->backend = g_object_ref (backend);
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), name);
  fill_roles (self);
  refresh_roles (self);
  refresh_filters (self);
  g_signal_connect_object (backend, "updated", G_CALLBACK (refresh_roles), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}
