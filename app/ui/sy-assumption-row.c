/* sy-assumption-row.c: an input of the costs, with its source, open to change
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * There are two dozen rows and most are never opened, so the entries are made
 * when a row opens.
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-assumption-row.h"

#include <glib/gi18n.h>
#include <math.h>

#include "sy-error.h"
#include "sy-evidence-mark.h"
#include "sy-field-row.h"
#include "sy-sentence.h"
#include "sy-text.h"

#define MAX_SIDES 2
#define FIELD_CHARS 12

/* What is typed about one side. */
typedef enum {
  FIELD_VALUE,
  FIELD_LOW,
  FIELD_HIGH,
  N_FIELDS
} Field;

struct _SyAssumptionRow
{
  AdwExpanderRow parent_instance;

  SyAppraisal       *appraisal; /* owned */
  const SyCostInput *input;     /* static */
  guint              n_sides;   /* 1: in common */
  guint              n_fields;  /* N_FIELDS, or the value alone */
  char              *labels[MAX_SIDES]; /* owned */
  GtkWidget         *marks[MAX_SIDES];
  GtkWidget         *rows[MAX_SIDES][N_FIELDS];   /* borrowed, around the entries; NULL likewise */
  GtkWidget         *fields[MAX_SIDES][N_FIELDS]; /* borrowed, NULL until it was open */
  char              *shown[MAX_SIDES][N_FIELDS];  /* owned, what we wrote into them last; NULL likewise */
  GtkWidget         *problems[MAX_SIDES]; /* rows below the entries that say what is wrong; NULL likewise */
  GtkWidget         *estimate;  /* a switch */
  gboolean           filling;   /* the entries are set by us */
};

G_DEFINE_FINAL_TYPE (SyAssumptionRow, sy_assumption_row, ADW_TYPE_EXPANDER_ROW)

/* "A.salary", or "discount". */
static char *
dup_name (SyAssumptionRow *self,
          guint            side)
{
  if (self->n_sides == 1)
    return g_strdup (self->input->name);

  return g_strdup_printf ("%c.%s", side == 0 ? 'A' : 'B', self->input->name);
}

static void
get_found (SyAssumptionRow *self,
           guint            side,
           SyAssumption    *ret)
{
  g_autofree char *name = dup_name (self, side);

  sy_appraisal_get_input (self->appraisal, name, ret);
}

static gboolean
is_stated (SyAssumptionRow *self,
           guint            side)
{
  g_autofree char *name = dup_name (self, side);

  return sy_assumptions_is_stated (sy_appraisal_get_assumptions (self->appraisal), name);
}

/* --- Closed --- */

/* "820 requests/s (780 to 850)" */
static char *
dup_value (SyAssumptionRow    *self,
           const SyAssumption *found)
{
  const char *currency = sy_assumptions_get_currency (sy_appraisal_get_assumptions (self->appraisal));
  g_autofree char *value = NULL;
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if (isnan (found->value))
    /* Translators: stands where a value would: nobody has said it */
    return g_strdup (_("not stated"));

  value = sy_cost_input_format (self->input, found->value, currency);
  if (!(found->low < found->high) || !isfinite (found->high))
    return g_steal_pointer (&value);

  low = sy_cost_input_to_entry (self->input, found->low);
  high = sy_cost_input_to_entry (self->input, found->high);
  /* Translators: a value and its range: "820 requests/s (780 to 850)" */
  return g_strdup_printf (_("%1$s (%2$s to %3$s)"), value, low, high);
}

static void
append_line (GString    *text,
             const char *line)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

static gboolean
is_same (const SyAssumption *a,
         const SyAssumption *b)
{
  return (a->value == b->value || (isnan (a->value) && isnan (b->value))) && a->cls == b->cls
         && g_strcmp0 (a->source, b->source) == 0;
}

/* The values, then where they come from, each once. */
static char *
dup_subtitle (SyAssumptionRow    *self,
              const SyAssumption *found)
{
  const gboolean alike = self->n_sides == 1 || is_same (&found[0], &found[1]);
  const guint n = alike ? 1 : self->n_sides;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *value = dup_value (self, &found[i]);
      /* Translators: a deployment and its value: "Orders: 820 requests/s" */
      g_autofree char *line = alike ? g_strdup (value) : g_strdup_printf (_("%1$s: %2$s"), self->labels[i], value);

      append_line (text, line);
    }

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *source = NULL;

      if (found[i].source == NULL || (i > 0 && g_strcmp0 (found[0].source, found[i].source) == 0))
        continue;

      source = sy_sentence_dup_safe (_(found[i].source), SY_DISPLAY_TEXT_MAX);
      append_line (text, source);
    }

  return g_string_free (text, FALSE);
}

/* --- Open --- */

static const char *
get_text (SyAssumptionRow *self,
          guint            side,
          Field            field)
{
  return field < self->n_fields ? gtk_editable_get_text (GTK_EDITABLE (self->fields[side][field])) : "";
}

static void
set_problem (SyAssumptionRow *self,
             guint            side,
             const GError    *error)
{
  for (guint i = 0; i < self->n_fields; i++)
    if (error != NULL)
      gtk_widget_add_css_class (self->fields[side][i], "error");
    else
      gtk_widget_remove_css_class (self->fields[side][i], "error");

  if (error != NULL)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->problems[side]), error->message);
  gtk_widget_set_visible (self->problems[side], error != NULL);
}

/* What waits to be applied has a tick beside it. */
static void
typed_cb (SyAssumptionRow *self,
          GtkWidget       *field)
{
  for (guint side = 0; side < self->n_sides; side++)
    for (guint i = 0; i < self->n_fields; i++)
      if (self->fields[side][i] == field)
        {
          const gboolean waits = g_strcmp0 (get_text (self, side, i), self->shown[side][i]) != 0;

          gtk_entry_set_icon_from_icon_name (GTK_ENTRY (field), GTK_ENTRY_ICON_SECONDARY,
                                             waits ? "object-select-symbolic" : NULL);
          if (waits)
            gtk_entry_set_icon_tooltip_text (GTK_ENTRY (field), GTK_ENTRY_ICON_SECONDARY, _("Apply"));
        }
}

static void
fill_fields (SyAssumptionRow *self,
             guint            side)
{
  SyAssumption found;

  get_found (self, side, &found);
  self->filling = TRUE;

  for (guint i = 0; i < self->n_fields; i++)
    {
      const double value = i == FIELD_VALUE ? found.value : i == FIELD_LOW ? found.low : found.high;
      g_autofree char *text = sy_cost_input_to_entry (self->input, value);

      if (g_strcmp0 (get_text (self, side, i), text) != 0)
        gtk_editable_set_text (GTK_EDITABLE (self->fields[side][i]), text);
      g_free (self->shown[side][i]);
      self->shown[side][i] = g_steal_pointer (&text);
      typed_cb (self, self->fields[side][i]);
    }

  self->filling = FALSE;
}

static void
apply (SyAssumptionRow *self,
       guint            side)
{
  g_autoptr (GError) error = NULL;

  if (sy_assumption_row_state (self, side, get_text (self, side, FIELD_VALUE), get_text (self, side, FIELD_LOW),
                               get_text (self, side, FIELD_HIGH), &error))
    fill_fields (self, side);
  set_problem (self, side, error);
}

static void
apply_cb (SyAssumptionRow *self,
          GtkWidget       *field)
{
  for (guint side = 0; side < self->n_sides; side++)
    for (guint i = 0; i < self->n_fields; i++)
      if (self->fields[side][i] == field)
        apply (self, side);
}

static void
estimate_cb (SyAssumptionRow *self)
{
  for (guint side = 0; side < self->n_sides; side++)
    if (!self->filling && is_stated (self, side))
      apply (self, side);
}

static void
reset_cb (SyAssumptionRow *self)
{
  for (guint side = 0; side < self->n_sides; side++)
    {
      g_autofree char *name = dup_name (self, side);

      set_problem (self, side, NULL);
      sy_assumptions_clear (sy_appraisal_get_assumptions (self->appraisal), name);
      fill_fields (self, side);
    }
}

static void
icon_cb (SyAssumptionRow     *self,
         GtkEntryIconPosition position,
         GtkWidget           *field)
{
  apply_cb (self, field);
}

static void
make_field (SyAssumptionRow *self,
            guint            side,
            Field            i)
{
  GtkWidget *field;

  self->rows[side][i] = sy_field_row_new ("", FIELD_CHARS, &field);
  self->fields[side][i] = field;
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), self->rows[side][i]);
  gtk_entry_set_input_purpose (GTK_ENTRY (field), GTK_INPUT_PURPOSE_NUMBER);
  gtk_editable_set_alignment (GTK_EDITABLE (field), 1);
  g_signal_connect_object (field, "activate", G_CALLBACK (apply_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (field, "icon-press", G_CALLBACK (icon_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (field, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
}

/* Another currency, or other backends, are another title: what is typed is of those. */
static void
set_titles (SyAssumptionRow *self,
            guint            side)
{
  const char *currency = sy_assumptions_get_currency (sy_appraisal_get_assumptions (self->appraisal));
  g_autofree char *unit = sy_cost_input_dup_unit (self->input, currency);
  const char *label = self->n_sides == 1 ? _(self->input->title) : self->labels[side];
  /* Translators: over entries; %1$s is a deployment or an input, %2$s a unit: "Orders, in requests/s" */
  g_autofree char *value = g_strdup_printf (_("%1$s, in %2$s"), label, unit);
  /* Translators: over an entry; %s is a deployment or an input */
  g_autofree char *low = g_strdup_printf (_("%s: how low it may be"), label);
  /* Translators: over an entry; %s is a deployment or an input */
  g_autofree char *high = g_strdup_printf (_("%s: how high it may be"), label);
  const char *const titles[N_FIELDS] = { value, low, high };

  for (guint i = 0; i < self->n_fields; i++)
    sy_field_row_set_title (self->rows[side][i], self->fields[side][i], titles[i]);
}

/* Beside what it is about, and hidden while there is nothing to say. */
static void
make_problem (SyAssumptionRow *self,
              guint            side)
{
  GtkWidget *problem = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (problem), FALSE);
  adw_action_row_add_prefix (ADW_ACTION_ROW (problem), gtk_image_new_from_icon_name ("dialog-error-symbolic"));
  gtk_widget_add_css_class (problem, "assumption-problem");
  gtk_widget_set_visible (problem, FALSE);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), problem);
  self->problems[side] = problem;
}

static void
make_fields (SyAssumptionRow *self,
             guint            side)
{
  for (guint i = 0; i < self->n_fields; i++)
    make_field (self, side, i);
  set_titles (self, side);
  make_problem (self, side);
  fill_fields (self, side);
}

static void
make_footer (SyAssumptionRow *self)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *reset = gtk_button_new_with_mnemonic (_("_Reset"));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("This is an estimate"));
  self->estimate = gtk_switch_new ();
  gtk_widget_set_valign (self->estimate, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->estimate);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->estimate);

  gtk_widget_set_valign (reset, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (reset, _("Go back to what was measured, priced or assumed"));
  g_signal_connect_object (reset, "clicked", G_CALLBACK (reset_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), reset);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

static void
set_estimate (SyAssumptionRow *self)
{
  gboolean judged = FALSE;

  for (guint side = 0; side < self->n_sides; side++)
    {
      SyAssumption found;

      get_found (self, side, &found);
      judged = judged || found.cls == SY_EVIDENCE_JUDGED;
    }

  self->filling = TRUE;
  gtk_switch_set_active (GTK_SWITCH (self->estimate), judged);
  self->filling = FALSE;
}

static void
expanded_cb (SyAssumptionRow *self)
{
  if (!adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)) || self->estimate != NULL)
    return;

  for (guint side = 0; side < self->n_sides; side++)
    make_fields (self, side);

  make_footer (self);
  set_estimate (self);
  g_signal_connect_object (self->estimate, "notify::active", G_CALLBACK (estimate_cb), self, G_CONNECT_SWAPPED);
}

/* Whether the keyboard is in one of the entries of @side, or something waits there
 * to be applied: an assistive technology writes without a keyboard. */
static gboolean
is_typed_in (SyAssumptionRow *self,
             guint            side)
{
  for (guint i = 0; i < self->n_fields; i++)
    if ((gtk_widget_get_state_flags (self->fields[side][i]) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0
        || g_strcmp0 (get_text (self, side, i), self->shown[side][i]) != 0)
      return TRUE;

  return FALSE;
}

static void
sy_assumption_row_dispose (GObject *object)
{
  SyAssumptionRow *self = SY_ASSUMPTION_ROW (object);

  g_clear_object (&self->appraisal);
  for (guint i = 0; i < MAX_SIDES; i++)
    {
      g_clear_pointer (&self->labels[i], g_free);
      for (guint k = 0; k < N_FIELDS; k++)
        g_clear_pointer (&self->shown[i][k], g_free);
    }

  G_OBJECT_CLASS (sy_assumption_row_parent_class)->dispose (object);
}

static void
sy_assumption_row_class_init (SyAssumptionRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sy_assumption_row_dispose;
}

static void
sy_assumption_row_init (SyAssumptionRow *self)
{
  self->labels[0] = g_strdup ("A");
  self->labels[1] = g_strdup ("B");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  g_signal_connect (self, "notify::expanded", G_CALLBACK (expanded_cb), NULL);
}

GtkWidget *
sy_assumption_row_new (SyAppraisal       *appraisal,
                       const SyCostInput *input)
{
  SyAssumptionRow *self = g_object_new (SY_TYPE_ASSUMPTION_ROW, NULL);
  GtkWidget *marks = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->appraisal = g_object_ref (appraisal);
  self->input = input;
  self->n_fields = input->is_exact ? 1 : N_FIELDS;
  self->n_sides = sy_assumption_parameter_find (input->name)->common ? 1 : MAX_SIDES;

  for (guint i = 0; i < self->n_sides; i++)
    {
      self->marks[i] = sy_evidence_mark_new (SY_EVIDENCE_ASSUMED);
      gtk_box_append (GTK_BOX (marks), self->marks[i]);
    }

  gtk_widget_set_valign (marks, GTK_ALIGN_CENTER);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), marks);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _(input->title));
  return GTK_WIDGET (self);
}

const SyCostInput *
sy_assumption_row_get_input (SyAssumptionRow *self)
{
  g_return_val_if_fail (SY_IS_ASSUMPTION_ROW (self), NULL);

  return self->input;
}

void
sy_assumption_row_refresh (SyAssumptionRow   *self,
                           const char *const  labels[2])
{
  SyAssumption found[MAX_SIDES] = { { .value = NAN }, { .value = NAN } };
  g_autofree char *subtitle = NULL;

  g_return_if_fail (SY_IS_ASSUMPTION_ROW (self));

  for (guint side = 0; side < self->n_sides; side++)
    {
      g_free (self->labels[side]);
      self->labels[side] = g_strdup (labels[side]);
      get_found (self, side, &found[side]);
      sy_evidence_mark_set (self->marks[side], found[side].cls);
      /* What nobody said is of no class. */
      gtk_widget_set_visible (self->marks[side], !isnan (found[side].value));

      if (self->fields[side][0] != NULL)
        set_titles (self, side);
      if (self->fields[side][0] != NULL && !is_typed_in (self, side) && !gtk_widget_get_visible (self->problems[side]))
        fill_fields (self, side);
    }

  if (self->n_sides == MAX_SIDES && found[0].cls == found[1].cls && !isnan (found[0].value))
    gtk_widget_set_visible (self->marks[1], FALSE);

  subtitle = dup_subtitle (self, found);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  if (self->estimate != NULL)
    set_estimate (self);
}

gboolean
sy_assumption_row_state (SyAssumptionRow  *self,
                         guint             side,
                         const char       *value,
                         const char       *low,
                         const char       *high,
                         GError          **error)
{
  SyAssumptions *assumptions = sy_appraisal_get_assumptions (self->appraisal);
  g_autofree char *name = dup_name (self, side);
  SyAssumption stated = { .cls = SY_EVIDENCE_USER };

  if (!sy_cost_input_parse (self->input, value, &stated.value, error)
      || !sy_cost_input_parse (self->input, low, &stated.low, error)
      || !sy_cost_input_parse (self->input, high, &stated.high, error))
    return FALSE;

  if (isnan (stated.value))
    {
      sy_assumptions_clear (assumptions, name);
      return TRUE;
    }

  if (isnan (stated.low) != isnan (stated.high))
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID, _("A range has two ends: say how low and how high, or neither"));
      return FALSE;
    }

  if (stated.low > stated.value || stated.high < stated.value)
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID, _("The value must lie within its range"));
      return FALSE;
    }

  if (self->estimate != NULL && gtk_switch_get_active (GTK_SWITCH (self->estimate)))
    stated.cls = SY_EVIDENCE_JUDGED;

  return sy_appraisal_state (self->appraisal, name, &stated, error);
}
