/* sy-assumption-list.c: all inputs of the costs, open to change
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-assumption-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sy-currency-row.h"
#include "sy-format.h"
#include "sy-sentence.h"
#include "sy-text.h"

struct _SyAssumptionList
{
  GtkWidget parent_instance;

  SyAppraisal   *appraisal;  /* owned, nullable: not set yet */
  GtkWidget     *box;
  GPtrArray     *rows;       /* owned, element-type SyAssumptionRow, borrowed */
  GtkWidget     *machine;    /* row */
  GtkWidget     *machine_badge;
  GtkWidget     *currency;   /* row, nullable: no appraisal yet */
};

G_DEFINE_FINAL_TYPE (SyAssumptionList, sy_assumption_list, GTK_TYPE_WIDGET)

/* --- Machine --- */

static GtkWidget *
make_machine (SyAssumptionList *self)
{
  GtkWidget *change = gtk_button_new_with_mnemonic (_("Change _Machine…"));

  self->machine = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->machine), FALSE);
  self->machine_badge = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->machine_badge, "caption");
  gtk_widget_add_css_class (self->machine_badge, "warning");
  gtk_widget_set_visible (self->machine_badge, FALSE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->machine), self->machine_badge);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (change), "win.choose-price");
  gtk_widget_set_valign (change, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->machine), change);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self->machine), change);
  return self->machine;
}

static char *
dup_machine (const SyPrice *price)
{
  g_autofree char *vcpu = sy_format_number (price->vcpu);
  g_autofree char *memory = sy_format_memory_size (price->memory);
  g_autofree char *per_hour = sy_format_money_per_hour (price->per_hour, price->currency);
  /* Translators: a machine for rent: "aws us-east-1: 2 vCPU, 8 GiB, $0.082/h, price of 2026-07-20" */
  g_autofree char *text = g_strdup_printf (_("%1$s %2$s: %3$s vCPU, %4$s, %5$s, price of %6$s"), price->provider, price->region,
                                           vcpu, memory, per_hour, price->observed);
  g_autofree char *all = NULL;

  if (price->discount == NULL)
    return sy_sentence_dup_safe (text, SY_DISPLAY_TEXT_MAX);

  /* Translators: %1$s is a price, %2$s where a discount comes from */
  all = g_strdup_printf (_("%1$s; with a discount: %2$s"), text, price->discount);
  return sy_sentence_dup_safe (all, SY_DISPLAY_TEXT_MAX);
}

static void
refresh_machine (SyAssumptionList *self,
                 const SyPrice    *price,
                 gint64            wall_us)
{
  g_autofree char *sku = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->machine, price != NULL);
  if (price == NULL)
    return;

  sku = sy_display_text (price->sku, -1, 80);
  text = dup_machine (price);
  /* Translators: %s is a type of machine, "m7g.large" */
  g_autofree char *title = g_strdup_printf (_("Machine: %s"), sku);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->machine), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->machine), text);
  /* Translators: a badge beside a price that is older than 180 days */
  gtk_label_set_text (GTK_LABEL (self->machine_badge), _("⚠ old price"));
  gtk_widget_set_visible (self->machine_badge, sy_price_is_stale (price, wall_us));
}

/* --- List --- */

static GtkWidget *
make_group (SyAssumptionList *self,
            SyCostGroup       group)
{
  GtkWidget *widget = adw_preferences_group_new ();
  guint n;
  const SyCostInput *inputs = sy_cost_inputs (&n);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (widget), sy_cost_group_get_title (group));

  for (guint i = 0; i < n; i++)
    if (inputs[i].group == group)
      {
        GtkWidget *row = sy_assumption_row_new (self->appraisal, &inputs[i]);

        adw_preferences_group_add (ADW_PREFERENCES_GROUP (widget), row);
        g_ptr_array_add (self->rows, row);
      }

  return widget;
}

static void
sy_assumption_list_dispose (GObject *object)
{
  SyAssumptionList *self = SY_ASSUMPTION_LIST (object);

  g_clear_object (&self->appraisal);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (sy_assumption_list_parent_class)->dispose (object);
}

static void
sy_assumption_list_class_init (SyAssumptionListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sy_assumption_list_dispose;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
sy_assumption_list_init (SyAssumptionList *self)
{
  self->rows = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
sy_assumption_list_new (void)
{
  return g_object_new (SY_TYPE_ASSUMPTION_LIST, NULL);
}

void
sy_assumption_list_set_appraisal (SyAssumptionList *self,
                                  SyAppraisal      *appraisal,
                                  SyPriceBook      *prices)
{
  g_return_if_fail (SY_IS_ASSUMPTION_LIST (self));
  g_return_if_fail (self->appraisal == NULL);

  self->appraisal = g_object_ref (appraisal);

  for (guint group = 0; group < SY_N_COST_GROUPS; group++)
    {
      GtkWidget *widget = make_group (self, group);

      if (group == SY_COST_GROUP_MACHINES)
        adw_preferences_group_add (ADW_PREFERENCES_GROUP (widget), make_machine (self));
      if (group == SY_COST_GROUP_MONEY)
        {
          self->currency = sy_currency_row_new (sy_appraisal_get_assumptions (appraisal));
          adw_preferences_group_add (ADW_PREFERENCES_GROUP (widget), self->currency);
        }
      gtk_box_append (GTK_BOX (self->box), widget);
    }

  if (prices != NULL)
    sy_assumption_list_add_prices (self, prices);
}

void
sy_assumption_list_add_prices (SyAssumptionList *self,
                               SyPriceBook      *prices)
{
  g_return_if_fail (SY_IS_ASSUMPTION_LIST (self) && self->currency != NULL);

  sy_currency_row_add_prices (SY_CURRENCY_ROW (self->currency), prices);
}

void
sy_assumption_list_refresh (SyAssumptionList  *self,
                            const char *const  labels[2],
                            const SyPrice     *price,
                            gint64             wall_us)
{
  g_return_if_fail (SY_IS_ASSUMPTION_LIST (self) && self->appraisal != NULL);

  for (guint i = 0; i < self->rows->len; i++)
    sy_assumption_row_refresh (g_ptr_array_index (self->rows, i), labels);

  refresh_machine (self, price, wall_us);
}

SyAssumptionRow *
sy_assumption_list_get_row (SyAssumptionList *self,
                            const char       *name)
{
  g_return_val_if_fail (SY_IS_ASSUMPTION_LIST (self), NULL);

  for (guint i = 0; i < self->rows->len; i++)
    if (strcmp (sy_assumption_row_get_input (g_ptr_array_index (self->rows, i))->name, name) == 0)
      return g_ptr_array_index (self->rows, i);

  return NULL;
}
