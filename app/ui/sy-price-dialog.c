/* sy-price-dialog.c: which machine the load is priced with
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-price-dialog.h"

#include <glib/gi18n.h>

#include "sy-format.h"
#include "sy-sentence.h"
#include "sy-text.h"

#define PRICE_KEY "sy-price"

struct _SyPriceDialog
{
  AdwWindow parent_instance;

  SyPriceBook *book; /* owned: it keeps the entries alive that the rows point to */

  /* Template */
  GtkWidget *search;
  GtkWidget *list;
  GtkWidget *empty;
};

enum {
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SyPriceDialog, sy_price_dialog, ADW_TYPE_WINDOW)

/* "2 vCPU, 8 GiB · $0.082/h · price of 2026-07-20" */
static char *
dup_subtitle (const SyPrice *price)
{
  g_autofree char *vcpu = sy_format_number (price->vcpu);
  g_autofree char *memory = sy_format_memory_size (price->memory);
  g_autofree char *per_hour = sy_format_money_per_hour (price->per_hour, price->currency);
  g_autofree char *text = NULL;

  if (price->burstable)
    /* Translators: a machine that only bursts to its full speed: "2 vCPU (burstable), 8 GiB · $0.034/h · price of 2026-07-20" */
    text = g_strdup_printf (_("%1$s vCPU (burstable), %2$s · %3$s · price of %4$s"),
                            vcpu, memory, per_hour, price->observed);
  else
    /* Translators: a machine for rent: "2 vCPU, 8 GiB · $0.082/h · price of 2026-07-20" */
    text = g_strdup_printf (_("%1$s vCPU, %2$s · %3$s · price of %4$s"), vcpu, memory, per_hour, price->observed);

  return sy_sentence_dup_safe (text, SY_DISPLAY_TEXT_MAX);
}

static GtkWidget *
make_row (const SyPrice *price,
          gboolean       is_current)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = g_strdup_printf ("%s · %s %s", price->sku, price->provider, price->region);
  g_autofree char *safe_title = sy_display_text (title, -1, 120);
  g_autofree char *subtitle = dup_subtitle (price);
  g_autofree char *source = sy_display_text (price->source != NULL ? price->source : "", -1, SY_DISPLAY_TEXT_MAX);

  g_object_set_data (G_OBJECT (row), PRICE_KEY, (gpointer) price);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), safe_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_tooltip_text (row, source);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);

  if (is_current)
    {
      GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");

      gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, _("In use"), -1);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), check);
    }

  return row;
}

/* By provider, region and price: what is compared stands together. */
static int
sort_func (GtkListBoxRow *a,
           GtkListBoxRow *b,
           gpointer       user_data)
{
  const SyPrice *price_a = g_object_get_data (G_OBJECT (a), PRICE_KEY);
  const SyPrice *price_b = g_object_get_data (G_OBJECT (b), PRICE_KEY);
  int order = g_utf8_collate (price_a->provider, price_b->provider);

  if (order == 0)
    order = g_utf8_collate (price_a->region, price_b->region);
  if (order == 0)
    order = (price_a->per_hour > price_b->per_hour) - (price_a->per_hour < price_b->per_hour);

  return order;
}

static gboolean
filter_func (GtkListBoxRow *row,
             gpointer       user_data)
{
  SyPriceDialog *self = user_data;
  const SyPrice *price = g_object_get_data (G_OBJECT (row), PRICE_KEY);
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->search));

  return *words == '\0' || g_str_match_string (words, price->id, TRUE) || g_str_match_string (words, price->sku, TRUE);
}

static void
search_changed_cb (SyPriceDialog *self)
{
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (self->list));
}

/* Escape in the entry: it never reaches the window. */
static void
stop_search_cb (SyPriceDialog *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

static void
row_activated_cb (SyPriceDialog *self,
                  GtkListBoxRow *row)
{
  const SyPrice *price = g_object_get_data (G_OBJECT (row), PRICE_KEY);

  g_signal_emit (self, signals[CHOSEN], 0, price->id);
  gtk_window_close (GTK_WINDOW (self));
}

static void
sy_price_dialog_dispose (GObject *object)
{
  SyPriceDialog *self = SY_PRICE_DIALOG (object);

  if (self->list != NULL)
    gtk_list_box_set_filter_func (GTK_LIST_BOX (self->list), NULL, NULL, NULL);
  g_clear_object (&self->book);

  G_OBJECT_CLASS (sy_price_dialog_parent_class)->dispose (object);
}

static void
sy_price_dialog_class_init (SyPriceDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sy_price_dialog_dispose;

  signals[CHOSEN] =
    g_signal_new ("chosen", SY_TYPE_PRICE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/steelyard/ui/sy-price-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SyPriceDialog, search);
  gtk_widget_class_bind_template_child (widget_class, SyPriceDialog, list);
  gtk_widget_class_bind_template_child (widget_class, SyPriceDialog, empty);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
sy_price_dialog_init (SyPriceDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_sort_func (GTK_LIST_BOX (self->list), sort_func, NULL, NULL);
  gtk_list_box_set_filter_func (GTK_LIST_BOX (self->list), filter_func, self, NULL);
  gtk_list_box_set_placeholder (GTK_LIST_BOX (self->list), self->empty);
}

GtkWidget *
sy_price_dialog_new (GtkWindow     *parent,
                     SyPriceBook   *book,
                     const SyPrice *current)
{
  SyPriceDialog *self = g_object_new (SY_TYPE_PRICE_DIALOG, "transient-for", parent, NULL);

  self->book = g_object_ref (book);

  for (guint i = 0; i < sy_price_book_get_n (book); i++)
    {
      const SyPrice *price = sy_price_book_get (book, i);

      gtk_list_box_append (GTK_LIST_BOX (self->list), make_row (price, price == current));
    }

  return GTK_WIDGET (self);
}
