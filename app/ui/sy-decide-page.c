/* sy-decide-page.c: which of the two, for this product
 *
 * Empty states: nothing said about what matters (no scores are shown), and
 * nothing to weigh yet.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-decide-page.h"

#include <beam.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "sy-button-names.h"
#include "sy-columns-box.h"
#include "sy-configuration-words.h"
#include "sy-decide-export.h"
#include "sy-decide-provenance.h"
#include "sy-decide-words.h"
#include "sy-decision-words.h"
#include "sy-evidence-mark.h"
#include "sy-judgement-row.h"
#include "sy-priority-list.h"
#include "sy-provenance-button.h"
#include "sy-text.h"
#include "sy-verdict-text.h"

#define MAX_FLIPS 5
#define CRITERION_HEIGHT 30 /* pixels in the picture */
#define NOTE_KEY "sy-provenance"

struct _SyDecidePage
{
  GtkWidget parent_instance;

  SyAppraisal         *appraisal;     /* owned, nullable: not set yet */
  GPtrArray           *criterion_rows; /* owned, element-type GtkWidget (borrowed) */
  GPtrArray           *flip_rows;     /* owned, element-type GtkWidget (borrowed) */
  GPtrArray           *judgement_rows; /* owned, element-type GtkWidget (borrowed) */
  char                *criteria_shown; /* owned, nullable: ids and classes of the rows there are */
  GtkWidget           *balance;       /* borrowed */
  GtkWidget           *chart;         /* borrowed */
  GtkWidget           *note;          /* borrowed: how the answer was computed */

  /* Template */
  GtkWidget *scrolled;
  GtkWidget *card;
  GtkWidget *balance_box;
  GtkWidget *headline;
  GtkWidget *flip;
  GtkWidget *measured;
  GtkWidget *configurations;
  GtkWidget *acts;
  GtkWidget *picture;
  GtkWidget *criteria;
  GtkWidget *flips;
  GtkWidget *words;
  GtkWidget *copy_button;
  GtkWidget *paragraph;
  GtkWidget *priorities;
  GtkWidget *judgements;
};

enum
{
  SIGNAL_TOLD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SyDecidePage, sy_decide_page, GTK_TYPE_WIDGET)

static void
set_label (GtkWidget  *label,
           const char *text)
{
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
  if (text != NULL && strcmp (gtk_label_get_text (GTK_LABEL (label)), text) != 0)
    gtk_label_set_text (GTK_LABEL (label), text);
}

static void
clear_rows (GtkWidget *group,
            GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), g_ptr_array_index (rows, i));
  g_ptr_array_set_size (rows, 0);
}

/* --- the answer ----------------------------------------------------------- */

/* What is compared is one way to run each, never a language: a line a side. */
static char *
dup_configurations (SyDecidePage *self,
                    const char   *a,
                    const char   *b)
{
  SyWeighing *weighing = sy_appraisal_get_weighing (self->appraisal);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; weighing != NULL && i < 2; i++)
    {
      g_autofree char *words = sy_configuration_words_dup (sy_weighing_get_backend (weighing, i), NULL);

      if (words != NULL)
        g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "", i == 0 ? a : b, words);
    }

  return text->len > 0 ? g_strdup (text->str) : NULL;
}

static void
show_card (SyDecidePage     *self,
           const SyDecision *decision)
{
  g_autoptr (GPtrArray) flips = sy_decide_words_dup_flips (decision);
  g_autofree char *a = sy_decide_words_dup_label (decision, 0);
  g_autofree char *b = sy_decide_words_dup_label (decision, 1);
  g_autofree char *raw = sy_decision_dup_headline (decision);
  g_autofree char *headline = sy_display_text (raw, -1, SY_DISPLAY_TEXT_MAX);
  g_autofree char *measured = sy_decide_words_dup_measured (decision);
  g_autofree char *configurations = dup_configurations (self, a, b);
  g_autofree char *flip = NULL;
  double certainty;
  const double tilt = sy_decide_words_get_tilt (decision, &certainty);

  if (flips->len > 0)
    /* Translators: "Orders, if “Security” weighs more than 24 % (now 15 %)" */
    flip = g_strdup_printf (_("It turns to %s."), (const char *) g_ptr_array_index (flips, 0));

  beam_balance_set_subject (BEAM_BALANCE (self->balance), 0, 0, a);
  beam_balance_set_subject (BEAM_BALANCE (self->balance), 1, 1, b);
  beam_balance_set_verdict (BEAM_BALANCE (self->balance), tilt);
  beam_balance_set_certainty (BEAM_BALANCE (self->balance), certainty);
  set_label (self->headline, headline);
  if (isnan (tilt) && decision->verdict != NULL)
    {
      g_free (flip);
      flip = sy_verdict_text_dup_detail (decision->verdict, a, b);
      set_label (self->flip, flip);
    }
  else
    set_label (self->flip, isnan (tilt) ? NULL : flip);
  set_label (self->measured, measured);
  set_label (self->configurations, configurations);
  sy_provenance_button_set (SY_PROVENANCE_BUTTON (self->note), sy_decide_provenance_answer (decision));
}

static BeamFill
fill_of (SyEvidenceClass cls)
{
  if (cls <= SY_EVIDENCE_PRICED)
    return BEAM_FILL_SOLID;

  return cls <= SY_EVIDENCE_USER ? BEAM_FILL_HATCHED : BEAM_FILL_OUTLINE;
}

static void
show_chart (SyDecidePage     *self,
            const SyDecision *decision)
{
  BeamBarChart *chart = BEAM_BAR_CHART (self->chart);

  gtk_widget_set_size_request (self->chart, -1, (int) decision->criteria->len * CRITERION_HEIGHT);
  beam_bar_chart_clear (chart);
  for (guint side = 0; side < 2; side++)
    {
      g_autofree char *label = sy_decide_words_dup_label (decision, side);

      beam_bar_chart_add_subject (chart, label, (int) side);
    }

  for (guint i = 0; i < decision->criteria->len; i++)
    {
      const SyCriterion *criterion = g_ptr_array_index (decision->criteria, i);
      const gboolean is_unknown = isnan (criterion->a) && isnan (criterion->b);
      const guint category = beam_bar_chart_add_category (chart, _(criterion->label),
                                                          is_unknown ? _("Not known")
                                                                     : sy_evidence_mark_get_title (criterion->cls));

      for (guint side = 0; side < 2; side++)
        {
          const double value = side == 0 ? criterion->a : criterion->b;
          const BeamBar bar = { { value }, 1, fmax (value - criterion->half_width, 0), fmin (value + criterion->half_width, 100),
                                fill_of (criterion->cls) };

          beam_bar_chart_set_bar (chart, category, side, isnan (value) ? NULL : &bar);
        }
    }
}

static GtkWidget *
make_criterion_row (SyDecidePage      *self,
                    const SyCriterion *criterion)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *mark = sy_evidence_mark_new (criterion->cls);
  GtkWidget *note = sy_provenance_button_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(criterion->label));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  g_object_set_data (G_OBJECT (row), NOTE_KEY, note);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), mark);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), note);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->criteria), row);
  return row;
}

/* The rows stay while the criteria are the same: a popover that is open must
 * not go away every ten seconds. */
static void
show_criteria (SyDecidePage     *self,
               const SyDecision *decision)
{
  g_autoptr (GString) shown = g_string_new (NULL);

  for (guint i = 0; i < decision->criteria->len; i++)
    {
      const SyCriterion *criterion = g_ptr_array_index (decision->criteria, i);

      g_string_append_printf (shown, "%s:%u/", criterion->id, criterion->cls);
    }

  if (g_strcmp0 (shown->str, self->criteria_shown) != 0)
    {
      clear_rows (self->criteria, self->criterion_rows);
      for (guint i = 0; i < decision->criteria->len; i++)
        g_ptr_array_add (self->criterion_rows, make_criterion_row (self, g_ptr_array_index (decision->criteria, i)));
      g_free (self->criteria_shown);
      self->criteria_shown = g_strdup (shown->str);
    }

  for (guint i = 0; i < decision->criteria->len; i++)
    {
      const SyCriterion *criterion = g_ptr_array_index (decision->criteria, i);
      GtkWidget *row = g_ptr_array_index (self->criterion_rows, i);
      g_autofree char *values = sy_decide_words_dup_values (criterion);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), values);
      sy_provenance_button_set (g_object_get_data (G_OBJECT (row), NOTE_KEY),
                                sy_decide_provenance_criterion (self->appraisal, decision, criterion));
    }

  show_chart (self, decision);
}

static void
show_flips (SyDecidePage     *self,
            const SyDecision *decision)
{
  g_autoptr (GPtrArray) flips = sy_decide_words_dup_flips (decision);

  clear_rows (self->flips, self->flip_rows);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->flips),
                                         flips->len > 0 ? _("One weight changes, the others keep their proportions.")
                                                        : _("No single weight turns it."));

  for (guint i = 0; i < MIN (flips->len, MAX_FLIPS); i++)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), g_ptr_array_index (flips, i));
      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->flips), row);
      g_ptr_array_add (self->flip_rows, row);
    }
}

/* Without priorities, without anything to weigh, or with inputs that contradict
 * each other: what to do about it. */
static void
show_nothing (SyDecidePage *self,
              gboolean      asked)
{
  const GError *error = sy_appraisal_get_error (self->appraisal);
  g_autofree char *why = error != NULL ? sy_display_text (error->message, -1, SY_DISPLAY_TEXT_MAX) : NULL;

  beam_balance_set_verdict (BEAM_BALANCE (self->balance), NAN);
  beam_balance_set_certainty (BEAM_BALANCE (self->balance), NAN);
  set_label (self->measured, NULL);
  set_label (self->configurations, NULL);

  if (!asked)
    {
      set_label (self->headline, _("Say First What Matters"));
      set_label (self->flip, _("Start from a kind of product, or put the criteria in your order. Scores are shown afterwards, so "
                               "that they cannot choose the weights."));
    }
  else if (why != NULL)
    {
      set_label (self->headline, _("These Inputs Contradict Each Other"));
      set_label (self->flip, why);
    }
  else
    {
      set_label (self->headline, _("Nothing to Weigh Yet"));
      set_label (self->flip, _("Two backends under load, answers to the checklists, or the costs of a team: any of them is a beginning."));
    }
}

static gboolean
has_priorities (SyDecidePage *self)
{
  g_autoptr (GPtrArray) order = sy_assumptions_dup_order (sy_appraisal_get_assumptions (self->appraisal));

  return order->len > 0;
}

static void
name_judgements (SyDecidePage *self)
{
  SyWeighing *weighing = sy_appraisal_get_weighing (self->appraisal);
  char *names[2] = { NULL, NULL };

  for (guint i = 0; i < 2; i++)
    names[i] = weighing != NULL ? sy_display_text (sy_backend_get_name (sy_weighing_get_backend (weighing, i)), -1, 60)
                                : g_strdup (i == 0 ? "A" : "B");
  for (guint i = 0; i < self->judgement_rows->len; i++)
    sy_judgement_row_set_names (g_ptr_array_index (self->judgement_rows, i), names[0], names[1]);
  g_free (names[0]);
  g_free (names[1]);
}

static void
refresh (SyDecidePage *self)
{
  const gboolean asked = has_priorities (self);
  const SyDecision *decision = asked ? sy_appraisal_get_decision (self->appraisal) : NULL;

  gtk_widget_set_visible (self->acts, decision != NULL);
  gtk_widget_set_visible (self->picture, decision != NULL && decision->criteria->len > 0);
  gtk_widget_set_visible (self->criteria, decision != NULL && decision->criteria->len > 0);
  gtk_widget_set_visible (self->flips, decision != NULL && decision->criteria->len > 0);
  gtk_widget_set_visible (self->words, decision != NULL);
  gtk_widget_set_visible (self->judgements, asked);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "decide.export", decision != NULL);
  name_judgements (self);

  if (decision == NULL)
    {
      show_nothing (self, asked);
      return;
    }

  show_card (self, decision);
  show_criteria (self, decision);
  show_flips (self, decision);
  {
    g_autofree char *paragraph = sy_decide_page_dup_paragraph (self);

    set_label (self->paragraph, paragraph);
  }
}

static void
changed_cb (SyDecidePage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
}

/* --- copying and exporting ------------------------------------------------ */

static void
tell (SyDecidePage *self,
      const char   *text)
{
  g_signal_emit (self, signals[SIGNAL_TOLD], 0, text);
}

static void
copy_cb (SyDecidePage *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), gtk_label_get_text (GTK_LABEL (self->paragraph)));
  tell (self, _("Copied"));
}

static void
export_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  SyDecidePage *self = SY_DECIDE_PAGE (widget);
  GtkWidget *dialog = sy_decide_export_new (self->appraisal, GTK_WINDOW (gtk_widget_get_root (widget)));

  g_signal_connect_object (dialog, "told", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- the widget ----------------------------------------------------------- */

static void
sy_decide_page_map (GtkWidget *widget)
{
  SyDecidePage *self = SY_DECIDE_PAGE (widget);

  GTK_WIDGET_CLASS (sy_decide_page_parent_class)->map (widget);
  if (self->appraisal != NULL)
    refresh (self);
}

static void
sy_decide_page_dispose (GObject *object)
{
  SyDecidePage *self = SY_DECIDE_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), SY_TYPE_DECIDE_PAGE);
  g_clear_object (&self->appraisal);

  G_OBJECT_CLASS (sy_decide_page_parent_class)->dispose (object);
}

static void
sy_decide_page_finalize (GObject *object)
{
  SyDecidePage *self = SY_DECIDE_PAGE (object);

  g_ptr_array_unref (self->criterion_rows);
  g_ptr_array_unref (self->flip_rows);
  g_ptr_array_unref (self->judgement_rows);
  g_free (self->criteria_shown);

  G_OBJECT_CLASS (sy_decide_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, SyDecidePage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, SyDecidePage, card);
  gtk_widget_class_bind_template_child (widget_class, SyDecidePage, balance_box);
  gtk_widget_class_bind_template_child (widget_class, SyDecidePage, headline);
  gtk_widget_class_bind_template_child (widget_class, SyDecidePage, flip);
  gtk_widget_class_bind_template_child (widget_class, SyDecidePage, measured);
  gtk_widget_class_bind_template_child (widget_class, SyDecidePage, configurations);
  gtk_widget_class_bind_template_child (widget_class, SyDecidePage, acts);
  gtk_widget_class_bind_template_child (widget_class, SyDecidePage, picture);
  gtk_widget_class_bind_template_child (widget_class, SyDecidePage, criteria);
  gtk_widget_class_bind_template_child (widget_class, SyDecidePage, flips);
  gtk_widget_class_bind_template_child (widget_class, SyDecidePage, words);
  gtk_widget_class_bind_template_child (widget_class, SyDecidePage, copy_button);
  gtk_widget_class_bind_template_child (widget_class, SyDecidePage, paragraph);
  gtk_widget_class_bind_template_child (widget_class, SyDecidePage, priorities);
  gtk_widget_class_bind_template_child (widget_class, SyDecidePage, judgements);
}

static void
sy_decide_page_class_init (SyDecidePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sy_decide_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = sy_decide_page_finalize;
  widget_class->map = sy_decide_page_map;

  signals[SIGNAL_TOLD] = g_signal_new ("told", SY_TYPE_DECIDE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                       G_TYPE_STRING);

  g_type_ensure (SY_TYPE_COLUMNS_BOX);
  g_type_ensure (SY_TYPE_PRIORITY_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/steelyard/ui/sy-decide-page.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_install_action (widget_class, "decide.export", NULL, export_cb);
  bind_children (widget_class);
}

static void
sy_decide_page_init (SyDecidePage *self)
{
  BeamValueAxis *axis;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->criterion_rows = g_ptr_array_new ();
  self->flip_rows = g_ptr_array_new ();
  self->judgement_rows = g_ptr_array_new ();

  self->balance = beam_balance_new ();
  gtk_widget_set_size_request (self->balance, 280, 140);
  beam_figure_set_title (BEAM_FIGURE (self->balance), _("Balance of the two"));
  gtk_box_append (GTK_BOX (self->balance_box), self->balance);

  self->chart = beam_bar_chart_new (GTK_ORIENTATION_HORIZONTAL);
  axis = beam_bar_chart_get_value_axis (BEAM_BAR_CHART (self->chart));
  beam_value_axis_set_fixed (axis, 0, 100);
  beam_bar_chart_set_track (BEAM_BAR_CHART (self->chart), TRUE);
  beam_figure_set_title (BEAM_FIGURE (self->chart), _("Values of the criteria"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->picture), self->chart);

  self->note = sy_provenance_button_new ();
  gtk_box_append (GTK_BOX (self->acts), self->note);
  g_signal_connect_object (self->copy_button, "clicked", G_CALLBACK (copy_cb), self, G_CONNECT_SWAPPED);
  sy_name_buttons (GTK_WIDGET (self));
}

/* A row for each criterion that has a checklist. */
static void
add_judgements (SyDecidePage *self)
{
  SyAssumptions *assumptions = sy_appraisal_get_assumptions (self->appraisal);
  GPtrArray *kinds = sy_use_case_book_get_kinds (sy_assumptions_get_book (assumptions));

  for (guint i = 0; i < kinds->len; i++)
    {
      const SyCriterionKind *kind = g_ptr_array_index (kinds, i);
      GtkWidget *row;

      if (kind->items->len == 0)
        continue;

      row = sy_judgement_row_new (assumptions, kind);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->judgements), row);
      g_ptr_array_add (self->judgement_rows, row);
    }
}

void
sy_decide_page_set_appraisal (SyDecidePage *self,
                              SyAppraisal  *appraisal)
{
  g_return_if_fail (self->appraisal == NULL);

  self->appraisal = g_object_ref (appraisal);
  sy_priority_list_set_assumptions (SY_PRIORITY_LIST (self->priorities), sy_appraisal_get_assumptions (appraisal));
  add_judgements (self);
  sy_name_rows (GTK_WIDGET (self));
  sy_name_group (self->criteria, _("Values of the criteria"));
  g_signal_connect_object (appraisal, "notify::revision", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (appraisal, "notify::weighing", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sy_appraisal_get_assumptions (appraisal), "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  refresh (self);
}

char *
sy_decide_page_dup_paragraph (SyDecidePage *self)
{
  const SyDecision *decision = has_priorities (self) ? sy_appraisal_get_decision (self->appraisal) : NULL;
  g_autofree char *raw = decision != NULL ? sy_decision_dup_paragraph (decision) : NULL;

  return raw != NULL ? sy_display_text (raw, -1, 4000) : NULL;
}
