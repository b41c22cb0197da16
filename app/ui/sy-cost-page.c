/* sy-cost-page.c: what both backends cost, and why
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-cost-page.h"

#include <glib/gi18n.h>
#include <math.h>

#include "sy-button-names.h"
#include "sy-columns-box.h"
#include "sy-cost-carbon.h"
#include "sy-cost-month.h"
#include "sy-cost-pictures.h"
#include "sy-money.h"
#include "sy-provenance-button.h"
#include "sy-text.h"

/* Enough for the ends of an interval, and few enough for the GTK thread: some
 * milliseconds, at most every two seconds. */
#define SPREAD_DRAWS 500

#define LABEL_CHARS 60

struct _SyCostPage
{
  GtkWidget parent_instance;

  SyAppraisal   *appraisal; /* owned, nullable: not set yet */
  SyClock       *clock;     /* owned, nullable: not set yet */
  const SyPrice *price;     /* borrowed, nullable */
  gboolean       is_old;    /* something changed while unmapped */

  /* Template */
  GtkWidget *stack;
  GtkWidget *headline;
  GtkWidget *difference;
  GtkWidget *omitted;
  GtkWidget *prices_box;
  GtkWidget *prices;
  GtkWidget *results;
  GtkWidget *nothing;
  GtkWidget *tornado_text;
  GtkWidget *tornado;
  GtkWidget *break_evens;
  GtkWidget *years;
  GtkWidget *years_a;
  GtkWidget *years_b;
  GtkWidget *month;
  GtkWidget *carbon;
  GtkWidget *carbon_a;
  GtkWidget *carbon_b;
  GtkWidget *traffic_text;
  GtkWidget *traffic;
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (SyCostPage, sy_cost_page, GTK_TYPE_WIDGET)

/* @text: (transfer full) (nullable): NULL hides the label. */
static void
set_label (GtkWidget *label,
           char      *text)
{
  g_autofree char *owned = text;

  gtk_label_set_text (GTK_LABEL (label), owned != NULL ? owned : "");
  gtk_widget_set_visible (label, owned != NULL);
}

/* --- Years --- */

static GArray *
dup_ranges (const SyDecision *decision)
{
  GArray *ranges = g_array_new (FALSE, FALSE, sizeof (SySensitivityRange));

  for (guint i = 0; i < decision->doubts->len; i++)
    {
      const SyDoubt *doubt = g_ptr_array_index (decision->doubts, i);
      const SySensitivityRange range = { doubt->parameter, doubt->low, sy_ownership_case_get (&decision->cost, doubt->parameter),
                                         doubt->high };

      g_array_append_val (ranges, range);
    }

  return ranges;
}

static void
show_present_value (GtkWidget               *button,
                    const SyCostSheet       *sheet,
                    const SyOwnershipSpread *spread,
                    guint                    side)
{
  const char *currency = sheet->decision->currency;
  const guint horizon = sheet->decision->cost.common.horizon;
  const double npv = sheet->decision->result.ownership[side].npv;
  g_autofree char *label = sy_cost_sheet_dup_label (sheet, side);
  g_autofree char *value = sy_money_format (npv, currency);
  g_autofree char *interval = sy_money_format_interval (spread->low[side][horizon], spread->high[side][horizon], currency);
  g_autofree char *text = NULL;

  if (isnan (npv) || g_str_equal (value, interval))
    /* Translators: a deployment and what it costs: "Orders: $1.81 M" */
    text = g_strdup_printf (_("%1$s: %2$s"), label, value);
  else
    /* Translators: a deployment, what it costs, and the interval: "Orders: $1.81 M ($1.6 M to $2.0 M)" */
    text = g_strdup_printf (_("%1$s: %2$s (%3$s)"), label, value, interval);

  sy_provenance_button_set_text (SY_PROVENANCE_BUTTON (button), text);
  sy_provenance_button_set (SY_PROVENANCE_BUTTON (button), isnan (npv) ? NULL : sy_cost_explain_years (sheet, side));
}

static void
show_years (SyCostPage        *self,
            const SyCostSheet *sheet)
{
  const SyDecision *decision = sheet->decision;
  g_autoptr (GArray) ranges = dup_ranges (decision);
  SyOwnershipSpread spread;

  sy_ownership_spread (&decision->cost, (const SySensitivityRange *) (gconstpointer) ranges->data, ranges->len,
                       decision->seed, ranges->len > 0 ? SPREAD_DRAWS : 1, &spread);
  sy_cost_fill_years (BEAM_BAR_CHART (self->years), sheet, &spread);
  show_present_value (self->years_a, sheet, &spread, 0);
  show_present_value (self->years_b, sheet, &spread, 1);
}

/* --- Carbon --- */

/* Off until somebody asks. */
static void
show_carbon (SyCostPage        *self,
             const SyCostSheet *sheet)
{
  GtkWidget *const buttons[] = { self->carbon_a, self->carbon_b };
  const gboolean wanted = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->carbon)) && self->price != NULL;

  for (guint side = 0; side < 2; side++)
    {
      g_autofree char *text = wanted ? sy_cost_carbon_dup_text (sheet, side, self->price) : NULL;

      gtk_widget_set_visible (buttons[side], text != NULL);
      sy_provenance_button_set_text (SY_PROVENANCE_BUTTON (buttons[side]), text);
      sy_provenance_button_set (SY_PROVENANCE_BUTTON (buttons[side]),
                                text != NULL ? sy_cost_carbon_explain (sheet, side, self->price) : NULL);
    }
}

/* --- All --- */

static void
show_decision (SyCostPage        *self,
               const SyCostSheet *sheet)
{
  SyCostTraffic traffic;
  char *prices = sy_cost_words_dup_prices (sheet);

  gtk_widget_set_visible (self->prices_box, prices != NULL);
  set_label (self->prices, prices);
  set_label (self->headline, sy_cost_words_dup_headline (sheet));
  set_label (self->omitted, sy_cost_words_dup_omitted (sheet));
  sy_provenance_button_set (SY_PROVENANCE_BUTTON (self->difference),
                            isfinite (sheet->decision->result.difference) ? sy_cost_explain_difference (sheet) : NULL);

  set_label (self->tornado_text, sy_cost_words_dup_tornado (sheet));
  sy_cost_fill_tornado (BEAM_TORNADO (self->tornado), sheet);
  gtk_widget_set_visible (self->tornado, beam_figure_count_items (BEAM_FIGURE (self->tornado)) > 0);
  set_label (self->break_evens, sy_cost_words_dup_break_evens (sheet));

  show_years (self, sheet);
  sy_cost_month_set_sheet (SY_COST_MONTH (self->month), sheet);

  show_carbon (self, sheet);

  sy_cost_find_traffic (sheet, &traffic);
  sy_cost_fill_traffic (BEAM_PLOT (self->traffic), sheet, &traffic);
  gtk_widget_set_visible (self->traffic, beam_figure_count_items (BEAM_FIGURE (self->traffic)) > 0);
  set_label (self->traffic_text, sy_cost_dup_traffic (sheet, &traffic));
}

static void
show_list (SyCostPage *self,
           SyWeighing *weighing)
{
  g_autofree char *a = sy_display_text (sy_backend_get_name (sy_weighing_get_backend (weighing, 0)), -1, LABEL_CHARS);
  g_autofree char *b = sy_display_text (sy_backend_get_name (sy_weighing_get_backend (weighing, 1)), -1, LABEL_CHARS);
  const char *labels[] = { a, b };

  sy_assumption_list_refresh (SY_ASSUMPTION_LIST (self->list), labels, self->price, sy_clock_get_wall (self->clock));
}

static void
show (SyCostPage *self)
{
  SyWeighing *weighing = sy_appraisal_get_weighing (self->appraisal);
  const SyCostSheet sheet = { sy_appraisal_get_decision (self->appraisal), self->appraisal };
  const GError *error = sy_appraisal_get_error (self->appraisal);

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), weighing != NULL ? "costs" : "empty");
  if (weighing == NULL)
    return;

  show_list (self, weighing);
  gtk_widget_set_visible (self->results, sheet.decision != NULL);
  gtk_widget_set_visible (self->nothing, sheet.decision == NULL);

  if (sheet.decision != NULL)
    show_decision (self, &sheet);
  else
    {
      set_label (self->headline, error != NULL ? sy_display_text (error->message, -1, SY_DISPLAY_TEXT_MAX)
                                               : g_strdup (_("Nothing to compute from yet")));
      set_label (self->omitted, NULL);
      sy_provenance_button_set (SY_PROVENANCE_BUTTON (self->difference), NULL);
      gtk_widget_set_visible (self->prices_box, FALSE);
    }
}

static void
changed_cb (SyCostPage *self)
{
  self->is_old = !gtk_widget_get_mapped (GTK_WIDGET (self));
  if (!self->is_old && self->appraisal != NULL)
    show (self);
}

static void
sy_cost_page_map (GtkWidget *widget)
{
  SyCostPage *self = SY_COST_PAGE (widget);

  if (self->is_old && self->appraisal != NULL)
    show (self);
  self->is_old = FALSE;

  GTK_WIDGET_CLASS (sy_cost_page_parent_class)->map (widget);
}

static void
sy_cost_page_dispose (GObject *object)
{
  SyCostPage *self = SY_COST_PAGE (object);

  g_clear_object (&self->appraisal);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->stack, gtk_widget_unparent);

  G_OBJECT_CLASS (sy_cost_page_parent_class)->dispose (object);
}

static void
bind_parts (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, SyCostPage, stack);
  gtk_widget_class_bind_template_child (widget_class, SyCostPage, headline);
  gtk_widget_class_bind_template_child (widget_class, SyCostPage, difference);
  gtk_widget_class_bind_template_child (widget_class, SyCostPage, omitted);
  gtk_widget_class_bind_template_child (widget_class, SyCostPage, prices_box);
  gtk_widget_class_bind_template_child (widget_class, SyCostPage, prices);
  gtk_widget_class_bind_template_child (widget_class, SyCostPage, results);
  gtk_widget_class_bind_template_child (widget_class, SyCostPage, nothing);
  gtk_widget_class_bind_template_child (widget_class, SyCostPage, tornado_text);
  gtk_widget_class_bind_template_child (widget_class, SyCostPage, tornado);
  gtk_widget_class_bind_template_child (widget_class, SyCostPage, break_evens);
  gtk_widget_class_bind_template_child (widget_class, SyCostPage, years);
  gtk_widget_class_bind_template_child (widget_class, SyCostPage, years_a);
  gtk_widget_class_bind_template_child (widget_class, SyCostPage, years_b);
  gtk_widget_class_bind_template_child (widget_class, SyCostPage, month);
  gtk_widget_class_bind_template_child (widget_class, SyCostPage, carbon);
  gtk_widget_class_bind_template_child (widget_class, SyCostPage, carbon_a);
  gtk_widget_class_bind_template_child (widget_class, SyCostPage, carbon_b);
  gtk_widget_class_bind_template_child (widget_class, SyCostPage, traffic_text);
  gtk_widget_class_bind_template_child (widget_class, SyCostPage, traffic);
  gtk_widget_class_bind_template_child (widget_class, SyCostPage, list);
}

static void
sy_cost_page_class_init (SyCostPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sy_cost_page_dispose;
  widget_class->map = sy_cost_page_map;

  g_type_ensure (SY_TYPE_ASSUMPTION_LIST);
  g_type_ensure (SY_TYPE_COLUMNS_BOX);
  g_type_ensure (SY_TYPE_COST_MONTH);
  g_type_ensure (SY_TYPE_PROVENANCE_BUTTON);
  g_type_ensure (BEAM_TYPE_TORNADO);
  g_type_ensure (BEAM_TYPE_BAR_CHART);
  g_type_ensure (BEAM_TYPE_PLOT);
  gtk_widget_class_set_template_from_resource (widget_class, "/steelyard/ui/sy-cost-page.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  bind_parts (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
sy_cost_page_init (SyCostPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->is_old = TRUE;

  beam_figure_set_title (BEAM_FIGURE (self->tornado), _("What moves the difference"));
  beam_figure_set_title (BEAM_FIGURE (self->years), _("Cost over the years"));
  beam_figure_set_empty_text (BEAM_FIGURE (self->years), _("State the team, the salary and the time to the first release"));
  /* Traffic and its price grow together by powers of ten. */
  beam_value_axis_set_scale (beam_plot_get_x_axis (BEAM_PLOT (self->traffic)), BEAM_SCALE_LOG);
  beam_value_axis_set_scale (beam_plot_get_y_axis (BEAM_PLOT (self->traffic)), BEAM_SCALE_LOG);
  beam_figure_set_title (BEAM_FIGURE (self->traffic), _("Hosting a month as traffic grows"));
}

void
sy_cost_page_set_appraisal (SyCostPage  *self,
                            SyAppraisal *appraisal,
                            SyPriceBook *prices,
                            SyClock     *clock)
{
  g_return_if_fail (SY_IS_COST_PAGE (self));
  g_return_if_fail (self->appraisal == NULL);

  self->appraisal = g_object_ref (appraisal);
  self->clock = g_object_ref (clock);
  sy_assumption_list_set_appraisal (SY_ASSUMPTION_LIST (self->list), appraisal, prices);
  sy_name_buttons (GTK_WIDGET (self));
  sy_name_rows (GTK_WIDGET (self));

  g_signal_connect_object (appraisal, "notify::revision", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (appraisal, "notify::weighing", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sy_appraisal_get_assumptions (appraisal), "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}

void
sy_cost_page_set_prices (SyCostPage  *self,
                         SyPriceBook *prices)
{
  g_return_if_fail (SY_IS_COST_PAGE (self));

  sy_assumption_list_add_prices (SY_ASSUMPTION_LIST (self->list), prices);
}

void
sy_cost_page_set_price (SyCostPage    *self,
                        const SyPrice *price)
{
  g_return_if_fail (SY_IS_COST_PAGE (self));

  self->price = price;
  if (self->appraisal != NULL)
    changed_cb (self);
}

SyAssumptionList *
sy_cost_page_get_list (SyCostPage *self)
{
  g_return_val_if_fail (SY_IS_COST_PAGE (self), NULL);

  return SY_ASSUMPTION_LIST (self->list);
}

GtkWidget *
sy_cost_page_get_part (SyCostPage *self,
                       const char *name)
{
  g_return_val_if_fail (SY_IS_COST_PAGE (self), NULL);

  return GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (self), SY_TYPE_COST_PAGE, name));
}
