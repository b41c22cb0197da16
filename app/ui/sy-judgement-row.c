/* sy-judgement-row.c: what a person answers and judges of one criterion
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-judgement-row.h"

#include <beam.h>
#include <glib/gi18n.h>
#include <math.h>

#include "sy-button-names.h"
#include "sy-field-row.h"

#define ITEM_KEY "sy-item"
#define SIDE_KEY "sy-side"
#define MIN_OFF 5.0 /* a judgement is never exact */
#define MAX_OFF 50.0

struct _SyJudgementRow
{
  AdwExpanderRow parent_instance;

  SyAssumptions         *assumptions; /* owned */
  const SyCriterionKind *kind;        /* borrowed: of the assumptions' book */
  GPtrArray             *choosers;    /* owned, element-type GtkWidget (borrowed) */
};

G_DEFINE_FINAL_TYPE (SyJudgementRow, sy_judgement_row, ADW_TYPE_EXPANDER_ROW)

static void
update_subtitle (SyJudgementRow *self)
{
  const guint n = self->kind->items->len;
  guint answered = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < n; i++)
    for (guint side = 0; side < 2; side++)
      if (sy_assumptions_get_answer (self->assumptions, self->kind->id, ((SyCheckItem *) g_ptr_array_index (self->kind->items, i))->id, side)
          != SY_CHECK_OPEN)
        answered++;

  /* Translators: so many answers of so many are given */
  text = g_strdup_printf (_("%u of %u answered"), answered, 2 * n);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), text);
}

static void
answered_cb (GObject        *dropdown,
             GParamSpec     *pspec,
             SyJudgementRow *self)
{
  const SyCheckItem *item = g_object_get_data (dropdown, ITEM_KEY);
  const guint side = GPOINTER_TO_UINT (g_object_get_data (dropdown, SIDE_KEY));

  sy_assumptions_set_answer (self->assumptions, self->kind->id, item->id, side,
                             (SyCheckAnswer) gtk_drop_down_get_selected (GTK_DROP_DOWN (dropdown)));
  update_subtitle (self);
}

static void
add_chooser (SyJudgementRow    *self,
             GtkWidget         *box,
             const SyCheckItem *item,
             guint              side)
{
  /* Translators: answers to a line of a checklist; the first: not answered yet */
  const char *const answers[] = { _("Open"), _("Yes"), _("No"), NULL };
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *dropdown = gtk_drop_down_new_from_strings (answers);
  /* Translators: a question of a checklist, and which of the two backends is asked about: "A" or "B" */
  g_autofree char *name = g_strdup_printf (_("%1$s, backend %2$s"), _(item->text), side == 0 ? "A" : "B");

  gtk_drop_down_set_selected (GTK_DROP_DOWN (dropdown),
                              sy_assumptions_get_answer (self->assumptions, self->kind->id, item->id, side));
  g_object_set_data (G_OBJECT (dropdown), ITEM_KEY, (gpointer) item);
  g_object_set_data (G_OBJECT (dropdown), SIDE_KEY, GUINT_TO_POINTER (side));
  g_signal_connect_object (dropdown, "notify::selected", G_CALLBACK (answered_cb), self, 0);
  g_ptr_array_add (self->choosers, dropdown);
  sy_name_drop_down (GTK_DROP_DOWN (dropdown), name);

  gtk_box_append (GTK_BOX (line), beam_swatch_new ((int) side));
  gtk_box_append (GTK_BOX (line), dropdown);
  gtk_box_append (GTK_BOX (box), line);
}

static void
add_item (SyJudgementRow    *self,
          const SyCheckItem *item)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(item->text));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  for (guint side = 0; side < 2; side++)
    add_chooser (self, box, item, side);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), box);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

static void
off_cb (GtkSpinButton  *spin,
        SyJudgementRow *self)
{
  sy_assumptions_set_half_width (self->assumptions, self->kind->id, gtk_spin_button_get_value (spin));
}

static void
add_range (SyJudgementRow *self)
{
  const SyJudgement *judgement = sy_assumptions_get_judgement (self->assumptions, self->kind->id);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *spin = gtk_spin_button_new_with_range (MIN_OFF, MAX_OFF, 5);
  const double unsaid = sy_criterion_half_width (self->kind->cls);
  /* Translators: a number of points */
  g_autofree char *subtitle = g_strdup_printf (_("Points of 100, up and down; %.0f unless you say otherwise"), unsaid);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("How Far Off It May Be"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, _("How Far Off It May Be"), -1);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin),
                             judgement != NULL && !isnan (judgement->half_width) ? judgement->half_width : unsaid);
  g_signal_connect_object (spin, "value-changed", G_CALLBACK (off_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

static void
reason_cb (GtkEditable    *entry,
           SyJudgementRow *self)
{
  sy_assumptions_set_reason (self->assumptions, self->kind->id, gtk_editable_get_text (entry));
}

static void
add_reason (SyJudgementRow *self)
{
  const SyJudgement *judgement = sy_assumptions_get_judgement (self->assumptions, self->kind->id);
  GtkWidget *entry;

  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), sy_field_row_new (_("Why"), 0, &entry));
  if (judgement != NULL && judgement->reason != NULL)
    gtk_editable_set_text (GTK_EDITABLE (entry), judgement->reason);
  g_signal_connect_object (entry, "changed", G_CALLBACK (reason_cb), self, 0);
}

static void
sy_judgement_row_dispose (GObject *object)
{
  g_clear_object (&SY_JUDGEMENT_ROW (object)->assumptions);

  G_OBJECT_CLASS (sy_judgement_row_parent_class)->dispose (object);
}

static void
sy_judgement_row_finalize (GObject *object)
{
  g_ptr_array_unref (SY_JUDGEMENT_ROW (object)->choosers);

  G_OBJECT_CLASS (sy_judgement_row_parent_class)->finalize (object);
}

static void
sy_judgement_row_class_init (SyJudgementRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sy_judgement_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = sy_judgement_row_finalize;
}

static void
sy_judgement_row_init (SyJudgementRow *self)
{
  self->choosers = g_ptr_array_new ();
}

GtkWidget *
sy_judgement_row_new (SyAssumptions         *assumptions,
                      const SyCriterionKind *kind)
{
  SyJudgementRow *self = g_object_new (SY_TYPE_JUDGEMENT_ROW, NULL);

  self->assumptions = g_object_ref (assumptions);
  self->kind = kind;
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _(kind->label));
  for (guint i = 0; i < kind->items->len; i++)
    add_item (self, g_ptr_array_index (kind->items, i));
  add_range (self);
  add_reason (self);
  update_subtitle (self);
  return GTK_WIDGET (self);
}

void
sy_judgement_row_set_names (SyJudgementRow *self,
                            const char     *a,
                            const char     *b)
{
  for (guint i = 0; i < self->choosers->len; i++)
    {
      GObject *dropdown = g_ptr_array_index (self->choosers, i);
      const SyCheckItem *item = g_object_get_data (dropdown, ITEM_KEY);
      const gboolean is_b = GPOINTER_TO_UINT (g_object_get_data (dropdown, SIDE_KEY)) == 1;
      /* Translators: a deployment, a line of a checklist */
      g_autofree char *name = g_strdup_printf (_("%s: %s"), is_b ? b : a, _(item->text));

      gtk_widget_set_tooltip_text (GTK_WIDGET (dropdown), name);
      gtk_accessible_update_property (GTK_ACCESSIBLE (dropdown), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }
}
