/* sy-currency-row.c: the currency of what a person states, and of what is computed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-currency-row.h"

#include <glib/gi18n.h>
#include <string.h>

struct _SyCurrencyRow
{
  AdwComboRow parent_instance;

  SyAssumptions *assumptions; /* owned */
  GtkStringList *currencies;  /* owned */
  gboolean       following;   /* the assumptions, which are not to be written meanwhile */
};

G_DEFINE_FINAL_TYPE (SyCurrencyRow, sy_currency_row, ADW_TYPE_COMBO_ROW)

static guint
find_currency (SyCurrencyRow *self,
               const char    *code)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->currencies)); i++)
    if (strcmp (gtk_string_list_get_string (self->currencies, i), code) == 0)
      return i;

  return GTK_INVALID_LIST_POSITION;
}

static guint
add_currency (SyCurrencyRow *self,
              const char    *code)
{
  const guint place = find_currency (self, code);

  if (place != GTK_INVALID_LIST_POSITION)
    return place;

  gtk_string_list_append (self->currencies, code);
  return g_list_model_get_n_items (G_LIST_MODEL (self->currencies)) - 1;
}

static void
assumptions_changed_cb (SyCurrencyRow *self)
{
  self->following = TRUE;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), add_currency (self, sy_assumptions_get_currency (self->assumptions)));
  self->following = FALSE;
}

static void
selected_cb (SyCurrencyRow *self)
{
  const guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self));

  if (!self->following && self->assumptions != NULL && selected != GTK_INVALID_LIST_POSITION)
    sy_assumptions_set_currency (self->assumptions, gtk_string_list_get_string (self->currencies, selected));
}

/* Whenever the lists are others, the machine is said to be, too. */
static void
price_cb (SyCurrencyRow *self,
          GParamSpec    *pspec,
          SySession     *session)
{
  sy_currency_row_add_prices (self, sy_session_get_price_book (session));
}

static void
sy_currency_row_dispose (GObject *object)
{
  SyCurrencyRow *self = SY_CURRENCY_ROW (object);

  g_clear_object (&self->assumptions);
  g_clear_object (&self->currencies);

  G_OBJECT_CLASS (sy_currency_row_parent_class)->dispose (object);
}

static void
sy_currency_row_class_init (SyCurrencyRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sy_currency_row_dispose;
}

static void
sy_currency_row_init (SyCurrencyRow *self)
{
  self->currencies = gtk_string_list_new (NULL);
}

GtkWidget *
sy_currency_row_new (SyAssumptions *assumptions)
{
  SyCurrencyRow *self = g_object_new (SY_TYPE_CURRENCY_ROW,
                                      "title", _("Currency"),
                                      "subtitle", _("What you state is in it; listed prices are converted at dated rates"),
                                      NULL);

  self->assumptions = g_object_ref (assumptions);
  self->following = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (self->currencies));
  assumptions_changed_cb (self);
  g_signal_connect_object (assumptions, "changed", G_CALLBACK (assumptions_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::selected", G_CALLBACK (selected_cb), NULL);

  return GTK_WIDGET (self);
}

/* Others would be asked for a rate that is not there. */
void
sy_currency_row_add_prices (SyCurrencyRow *self,
                            SyPriceBook   *prices)
{
  const GPtrArray *rates = sy_price_book_get_rates (prices);

  self->following = TRUE;
  for (guint i = 0; i < sy_price_book_get_n (prices); i++)
    add_currency (self, sy_price_book_get (prices, i)->currency);

  for (guint i = 0; i < rates->len; i++)
    {
      const SyFxRate *rate = g_ptr_array_index (rates, i);

      add_currency (self, rate->from);
      add_currency (self, rate->to);
    }
  self->following = FALSE;
}

void
sy_currency_row_follow (SyCurrencyRow *self,
                        SySession     *session)
{
  g_signal_connect_object (session, "notify::price-id", G_CALLBACK (price_cb), self, G_CONNECT_SWAPPED);
  price_cb (self, NULL, session);
}
