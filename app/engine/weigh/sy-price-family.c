/* sy-price-family.c: machines of one kind in several sizes
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Providers sell a kind of machine in sizes that differ in cores and memory by
 * the same factor, at a price by the core that hardly differs. What breaks that
 * is a mistake in the list, far more often than an offer.
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-price-lint.h"

#include <math.h>
#include <string.h>

#define MAX_SPREAD 0.25
#define SIZE_MARK '#'

char *
sy_price_family (const char *sku)
{
  const char *dot = strchr (sku, '.');
  const char *dash = strrchr (sku, '-');
  const char *digits = sku + strcspn (sku, "0123456789");

  /* AWS: m7g.large */
  if (dot != NULL)
    return g_strndup (sku, (gsize) (dot - sku));

  /* Google: e2-standard-4 */
  if (dash != NULL && dash[1] != '\0' && strspn (dash + 1, "0123456789") == strlen (dash + 1))
    return g_strndup (sku, (gsize) (dash - sku));

  /* Azure, Hetzner: Standard_D2as_v5, cx33 */
  if (*digits != '\0')
    {
      GString *family = g_string_new_len (sku, digits - sku);

      g_string_append_c (family, SIZE_MARK);
      g_string_append (family, digits + strspn (digits, "0123456789"));
      return g_string_free (family, FALSE);
    }

  return g_strdup (sku);
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  const double x = *(const double *) a;
  const double y = *(const double *) b;

  return (x > y) - (x < y);
}

/* The lower of two in the middle: of two prices that disagree, the dearer one
 * is the mistake, since nobody sells under the price of everything else. */
static double
middle_price (GPtrArray *members)
{
  g_autoptr (GArray) prices = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < members->len; i++)
    {
      const SyPriceMachine *machine = g_ptr_array_index (members, i);
      const double price = machine->price / machine->vcpu;

      g_array_append_val (prices, price);
    }

  g_array_sort (prices, compare_doubles);
  return g_array_index (prices, double, (prices->len - 1) / 2);
}

static int
compare_sizes (gconstpointer a,
               gconstpointer b)
{
  const SyPriceMachine *x = *(SyPriceMachine *const *) a;
  const SyPriceMachine *y = *(SyPriceMachine *const *) b;

  return (x->vcpu > y->vcpu) - (x->vcpu < y->vcpu);
}

static void
check_family (GPtrArray *members)
{
  const double middle = middle_price (members);
  double cheapest_larger = INFINITY;
  guint same = members->len;

  for (guint i = 0; i < members->len; i++)
    {
      SyPriceMachine *machine = g_ptr_array_index (members, i);

      if (fabs (machine->price / machine->vcpu / middle - 1) > MAX_SPREAD)
        {
          machine->code = "family-spread";
          machine->expected = middle;
        }
    }

  /* From the largest down; machines of one size are not larger than each other. */
  g_ptr_array_sort (members, compare_sizes);
  for (guint i = members->len; i > 0; i--)
    {
      SyPriceMachine *machine = g_ptr_array_index (members, i - 1);

      for (; same > i && ((SyPriceMachine *) g_ptr_array_index (members, same - 1))->vcpu > machine->vcpu; same--)
        cheapest_larger = fmin (cheapest_larger, ((SyPriceMachine *) g_ptr_array_index (members, same - 1))->price);

      if (machine->price > cheapest_larger)
        machine->code = "size-order";
    }
}

void
sy_price_lint_families (SyPriceMachine *machines,
                        guint           n)
{
  g_autoptr (GHashTable) families = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  GHashTableIter iter;
  gpointer members;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *family = sy_price_family (machines[i].sku);
      char *key = g_strconcat (machines[i].group, "\n", family, NULL);

      members = g_hash_table_lookup (families, key);
      if (members == NULL)
        g_hash_table_insert (families, key, members = g_ptr_array_new ());
      else
        g_free (key);

      machines[i].code = NULL;
      g_ptr_array_add (members, &machines[i]);
    }

  g_hash_table_iter_init (&iter, families);
  while (g_hash_table_iter_next (&iter, NULL, &members))
    check_family (members);
}
