/* sy-alert-editor.c: one rule of what a person wants to be told of
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-alert-editor.h"

#include <glib/gi18n.h>
#include <math.h>

#include "sy-alert-words.h"
#include "sy-button-names.h"
#include "sy-error.h"
#include "sy-format.h"
#include "sy-text.h"

#define NAME_CHARS 30

/* Whom a rule is about. */
typedef struct
{
  guint    backend;
  gboolean is_ratio;
} Side;

struct _SyAlertEditor
{
  AdwWindow parent_instance;

  SyAlertBook *book;    /* owned */
  SySession   *session; /* owned */
  SyAlertRule  rule;    /* as it was given */
  const SyCostInput *input; /* static: what the limit is typed as */
  GArray      *sides;     /* owned, element-type Side, as in the row */
  GArray      *durations; /* owned, element-type gint64, as in the row */
  GArray      *steps;     /* owned, element-type double: shares of the limit, as in the row */

  /* Template */
  GtkWidget *save_button;
  GtkWidget *problem;
  GtkWidget *quantity;
  GtkWidget *side;
  GtkWidget *bound;
  GtkWidget *limit_row;
  GtkWidget *limit;
  GtkWidget *duration;
  GtkWidget *hysteresis;
};

enum {
  MESSAGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SyAlertEditor, sy_alert_editor, ADW_TYPE_WINDOW)

/* --- What is chosen --- */

static SyQuantity
get_quantity (SyAlertEditor *self)
{
  guint n;
  const SyQuantity *quantities = sy_alert_rule_quantities (&n);

  return quantities[MIN (adw_combo_row_get_selected (ADW_COMBO_ROW (self->quantity)), n - 1)];
}

static const Side *
get_side (SyAlertEditor *self)
{
  return &g_array_index (self->sides, Side, MIN (adw_combo_row_get_selected (ADW_COMBO_ROW (self->side)), self->sides->len - 1));
}

static const char *
get_currency (SyAlertEditor *self)
{
  return sy_session_get_price (self->session)->currency;
}

static void
show_problem (SyAlertEditor *self,
              const char    *text)
{
  gtk_label_set_text (GTK_LABEL (self->problem), text != NULL ? text : "");
  gtk_widget_set_visible (self->problem, text != NULL);
  if (text != NULL)
    gtk_widget_add_css_class (self->limit, "error");
  else
    gtk_widget_remove_css_class (self->limit, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->limit), GTK_ACCESSIBLE_STATE_INVALID,
                               text != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
limit_changed_cb (SyAlertEditor *self)
{
  show_problem (self, NULL);
}

/* What is typed is in the unit of what is measured. */
static void
show_limit (SyAlertEditor *self,
            double         limit)
{
  const SyCostInput *input = sy_alert_get_input (get_quantity (self), get_side (self)->is_ratio);
  g_autofree char *unit = sy_cost_input_dup_unit (input, get_currency (self));
  g_autofree char *text = sy_cost_input_to_entry (input, limit);
  /* Translators: %s is a unit: "Limit, ms" */
  g_autofree char *title = g_strdup_printf (_("Limit, %s"), unit);

  self->input = input;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->limit_row), title);
  gtk_editable_set_text (GTK_EDITABLE (self->limit), text);
}

/* What was typed holds for another backend, too. */
static void
unit_changed_cb (SyAlertEditor *self)
{
  if (self->sides->len > 0 && sy_alert_get_input (get_quantity (self), get_side (self)->is_ratio) != self->input)
    show_limit (self, sy_alert_get_first_limit (get_quantity (self), get_side (self)->is_ratio));
}

/* --- Saving --- */

/* FALSE: what is wrong is said. */
static gboolean
read_rule (SyAlertEditor *self,
           SyAlertRule   *ret)
{
  const Side *side = get_side (self);
  g_autoptr (GError) error = NULL;

  *ret = self->rule;
  ret->quantity = get_quantity (self);
  ret->backend = side->backend;
  ret->is_ratio = side->is_ratio;
  ret->bound = adw_combo_row_get_selected (ADW_COMBO_ROW (self->bound)) == 1 ? SY_ALERT_BELOW : SY_ALERT_ABOVE;
  ret->duration_us = g_array_index (self->durations, gint64, adw_combo_row_get_selected (ADW_COMBO_ROW (self->duration)));
  ret->hysteresis = g_array_index (self->steps, double, adw_combo_row_get_selected (ADW_COMBO_ROW (self->hysteresis)));

  if (!sy_cost_input_parse (sy_alert_get_input (ret->quantity, ret->is_ratio), gtk_editable_get_text (GTK_EDITABLE (self->limit)),
                            &ret->limit, &error))
    show_problem (self, error->message);
  else if (isnan (ret->limit))
    show_problem (self, _("A limit is needed"));
  else
    return TRUE;

  gtk_widget_grab_focus (self->limit);
  return FALSE;
}

static void
save_cb (SyAlertEditor *self)
{
  g_autoptr (GError) error = NULL;
  SyAlertRule rule;
  gboolean kept;

  if (!read_rule (self, &rule))
    return;

  kept = sy_alert_book_find (self->book, rule.id) != NULL ? sy_alert_book_change (self->book, &rule, &error)
                                                          : sy_alert_book_add (self->book, &rule, G_MAXUINT, &error);
  if (!kept && g_error_matches (error, SY_ERROR, SY_ERROR_INVALID))
    {
      show_problem (self, error->message);
      return;
    }

  if (!kept)
    {
      g_autofree char *text = sy_alert_dup_unkept (error);

      g_signal_emit (self, signals[MESSAGE], 0, text);
    }
  gtk_window_close (GTK_WINDOW (self));
}

/* --- Choices --- */

/* (transfer full) (nullable) */
static char *
dup_name (SySession *session,
          guint      letter)
{
  for (guint i = 0; i < sy_session_get_n (session); i++)
    {
      SyBackend *backend = sy_session_get (session, i);

      if (sy_backend_get_letter (backend)[0] == (char) ('a' + letter))
        return sy_display_text (sy_backend_get_name (backend), -1, NAME_CHARS);
    }

  return NULL;
}

static void
add_side (SyAlertEditor *self,
          GtkStringList *labels,
          Side           side)
{
  g_autofree char *letter = sy_alert_dup_side (side.backend, side.is_ratio);
  g_autofree char *name = side.is_ratio ? NULL : dup_name (self->session, side.backend);

  g_array_append_val (self->sides, side);
  if (name != NULL)
    {
      /* Translators: a letter and the name of a backend: "A, Orders" */
      g_autofree char *label = g_strdup_printf (_("%1$s, %2$s"), letter, name);

      gtk_string_list_append (labels, label);
    }
  else
    gtk_string_list_append (labels, letter);
}

/* A and B, and whoever else is here or is what the rule is about. */
static void
fill_sides (SyAlertEditor *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint n = MAX (2, self->rule.backend + 1);
  guint selected = 0;

  for (guint i = 0; i < sy_session_get_n (self->session); i++)
    n = MAX (n, (guint) (sy_backend_get_letter (sy_session_get (self->session, i))[0] - 'a') + 1);

  for (guint i = 0; i < n; i++)
    add_side (self, labels, (Side) { i, FALSE });
  for (guint i = 1; i < n; i++)
    add_side (self, labels, (Side) { i, TRUE });
  for (guint i = 0; i < self->sides->len; i++)
    {
      const Side *side = &g_array_index (self->sides, Side, i);

      if (side->backend == self->rule.backend && side->is_ratio == self->rule.is_ratio)
        selected = i;
    }

  adw_combo_row_set_model (ADW_COMBO_ROW (self->side), G_LIST_MODEL (labels));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->side), selected);
}

static void
fill_quantities (SyAlertEditor *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint n, selected = 0;
  const SyQuantity *quantities = sy_alert_rule_quantities (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *label = sy_alert_dup_quantity (quantities[i]);

      gtk_string_list_append (labels, label);
      if (quantities[i] == self->rule.quantity)
        selected = i;
    }

  adw_combo_row_set_model (ADW_COMBO_ROW (self->quantity), G_LIST_MODEL (labels));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->quantity), selected);
}

/* What the file says and is no choice is one more. */
static void
fill_durations (SyAlertEditor *self)
{
  static const gint64 seconds[] = { 0, 10, 30, 60, 300, 900, 3600 };
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected = G_MAXUINT;

  for (gsize i = 0; i < G_N_ELEMENTS (seconds); i++)
    {
      const gint64 duration_us = seconds[i] * SY_USEC_PER_SEC;

      if (duration_us == self->rule.duration_us)
        selected = self->durations->len;
      g_array_append_val (self->durations, duration_us);
    }
  if (selected == G_MAXUINT)
    {
      selected = self->durations->len;
      g_array_append_val (self->durations, self->rule.duration_us);
    }
  for (guint i = 0; i < self->durations->len; i++)
    {
      g_autofree char *label = sy_alert_dup_duration (g_array_index (self->durations, gint64, i));

      gtk_string_list_append (labels, label);
    }

  adw_combo_row_set_model (ADW_COMBO_ROW (self->duration), G_LIST_MODEL (labels));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->duration), selected);
}

static void
fill_steps (SyAlertEditor *self)
{
  static const double shares[] = { 0, 0.05, 0.1, 0.2, 0.5 };
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected = G_MAXUINT;

  for (gsize i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      if (fabs (shares[i] - self->rule.hysteresis) < 1e-9)
        selected = self->steps->len;
      g_array_append_val (self->steps, shares[i]);
    }
  if (selected == G_MAXUINT)
    {
      selected = self->steps->len;
      g_array_append_val (self->steps, self->rule.hysteresis);
    }
  for (guint i = 0; i < self->steps->len; i++)
    {
      g_autofree char *label = sy_format_percent (g_array_index (self->steps, double, i));

      gtk_string_list_append (labels, label);
    }

  adw_combo_row_set_model (ADW_COMBO_ROW (self->hysteresis), G_LIST_MODEL (labels));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->hysteresis), selected);
}

static void
sy_alert_editor_dispose (GObject *object)
{
  SyAlertEditor *self = SY_ALERT_EDITOR (object);

  g_clear_object (&self->book);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (sy_alert_editor_parent_class)->dispose (object);
}

static void
sy_alert_editor_finalize (GObject *object)
{
  SyAlertEditor *self = SY_ALERT_EDITOR (object);

  g_array_unref (self->sides);
  g_array_unref (self->durations);
  g_array_unref (self->steps);

  G_OBJECT_CLASS (sy_alert_editor_parent_class)->finalize (object);
}

static void
sy_alert_editor_class_init (SyAlertEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sy_alert_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = sy_alert_editor_finalize;

  signals[MESSAGE] = g_signal_new ("message", SY_TYPE_ALERT_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/steelyard/ui/sy-alert-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, SyAlertEditor, save_button);
  gtk_widget_class_bind_template_child (widget_class, SyAlertEditor, problem);
  gtk_widget_class_bind_template_child (widget_class, SyAlertEditor, quantity);
  gtk_widget_class_bind_template_child (widget_class, SyAlertEditor, side);
  gtk_widget_class_bind_template_child (widget_class, SyAlertEditor, bound);
  gtk_widget_class_bind_template_child (widget_class, SyAlertEditor, limit_row);
  gtk_widget_class_bind_template_child (widget_class, SyAlertEditor, limit);
  gtk_widget_class_bind_template_child (widget_class, SyAlertEditor, duration);
  gtk_widget_class_bind_template_child (widget_class, SyAlertEditor, hysteresis);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, unit_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, limit_changed_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
sy_alert_editor_init (SyAlertEditor *self)
{
  self->sides = g_array_new (FALSE, FALSE, sizeof (Side));
  self->durations = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->steps = g_array_new (FALSE, FALSE, sizeof (double));
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sy_alert_editor_new (GtkWindow         *parent,
                     SyAlertBook       *book,
                     SySession         *session,
                     const SyAlertRule *rule)
{
  SyAlertEditor *self = g_object_new (SY_TYPE_ALERT_EDITOR, "transient-for", parent, NULL);

  self->book = g_object_ref (book);
  self->session = g_object_ref (session);
  if (rule != NULL)
    self->rule = *rule;
  else
    sy_alert_rule_init (&self->rule);

  gtk_window_set_title (GTK_WINDOW (self), rule != NULL ? _("Change Rule") : _("Add Rule"));
  gtk_button_set_label (GTK_BUTTON (self->save_button), rule != NULL ? _("_Save") : _("_Add"));
  fill_quantities (self);
  fill_sides (self);
  fill_durations (self);
  fill_steps (self);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->bound), self->rule.bound == SY_ALERT_BELOW ? 1 : 0);
  show_limit (self, self->rule.limit);
  sy_name_buttons (GTK_WIDGET (self));
  sy_name_rows (GTK_WIDGET (self));

  return GTK_WIDGET (self);
}
