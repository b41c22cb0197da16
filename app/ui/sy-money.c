/* sy-money.c: large amounts, short enough to compare
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-money.h"

#include <glib/gi18n.h>
#include <math.h>

#include "sy-format.h"

/* From here on all digits of an amount would hide its size. */
#define SHORT_FROM 9999.5

/* The largest unit below @magnitude: 1, a thousand, a million, a billion; 999.6
 * thousand would read 1000 k. */
static double
find_scale (double magnitude)
{
  for (double scale = 1e9; scale > 1; scale /= 1e3)
    if (magnitude >= scale * 0.9995)
      return scale;

  return 1;
}

static char *
add_unit (const char *number,
          double      scale)
{
  if (scale >= 1e9)
    /* Translators: an amount of money in thousands of millions, "$1.2 bn" */
    return g_strdup_printf (_("%s\u00a0bn"), number);
  if (scale >= 1e6)
    /* Translators: an amount of money in millions, "$1.81 M" */
    return g_strdup_printf (_("%s\u00a0M"), number);
  if (scale >= 1e3)
    /* Translators: an amount of money in thousands, "$79.6 k" */
    return g_strdup_printf (_("%s\u00a0k"), number);

  return g_strdup (number);
}

static char *
format_magnitude (double      amount,
                  const char *currency)
{
  const double scale = find_scale (amount);
  const double scaled = amount / scale;
  g_autofree char *number = NULL;

  if (amount < SHORT_FROM)
    return sy_format_money (amount, currency);

  number = sy_format_money_decimals (scaled, currency, scaled >= 99.95 ? 0 : scaled >= 9.995 ? 1 : 2);
  return add_unit (number, scale);
}

/* The sign and the amount in the order of every language that we know of. */
static char *
add_sign (const char *sign,
          char       *amount)
{
  g_autofree char *owned = amount;

  return g_strconcat (sign, owned, NULL);
}

/* Whether it is written as a plain nought. */
static gboolean
reads_zero (double amount)
{
  return fabs (amount) < 0.005;
}

char *
sy_money_format (double      amount,
                 const char *currency)
{
  if (!isfinite (amount))
    return sy_format_money (amount, currency);

  return add_sign (amount < 0 && !reads_zero (amount) ? "−" : "", format_magnitude (fabs (amount), currency));
}

char *
sy_money_format_signed (double      amount,
                        const char *currency)
{
  g_autofree char *text = sy_money_format (amount, currency);

  if (!isfinite (amount) || amount <= 0 || reads_zero (amount))
    return g_steal_pointer (&text);

  return g_strconcat ("+", text, NULL);
}

char *
sy_money_format_interval (double      low,
                          double      high,
                          const char *currency)
{
  g_autofree char *from = sy_money_format (low, currency);
  g_autofree char *to = sy_money_format (high, currency);

  if (g_str_equal (from, to))
    return g_steal_pointer (&from);

  /* Translators: an interval of money, "$1,120 to $1,290" */
  return g_strdup_printf (_("%1$s to %2$s"), from, to);
}

char *
sy_money_format_tick (double      amount,
                      double      step,
                      const char *currency)
{
  const double scale = find_scale (MAX (fabs (amount), step));
  g_autofree char *number = NULL;
  int decimals;

  if (!isfinite (amount) || step <= 0)
    return sy_money_format (amount, currency);
  if (fabs (amount) < step / 1e6)
    return sy_format_money_decimals (0, currency, 0);

  decimals = CLAMP ((int) ceil (-log10 (step / scale) - 1e-9), 0, 4);
  number = sy_format_money_decimals (fabs (amount) / scale, currency, decimals);
  return add_sign (amount < 0 ? "−" : "", add_unit (number, scale));
}
