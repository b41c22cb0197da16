/* sy-format.c: numbers as people read them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-format.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#include "sy-decimals.h"

/* Shown where a number is not known. */
#define UNKNOWN "–"

/* Currencies whose symbol is told apart everywhere; all others are spelled by
 * their code. */
static const struct {
  const char *code;
  const char *symbol;
} currencies[] = {
  { "USD", "$" },
  { "EUR", "€" },
  { "GBP", "£" },
  { "JPY", "¥" },
  { "INR", "₹" },
  { "KRW", "₩" },
};

#define GROUP 3

/* Set before there are threads. */
static SyNumberStyle number_style = SY_NUMBERS_LANGUAGE;

static char *
format_significant (double value,
                    int    significant)
{
  return sy_format_decimals (value, sy_decimals_for (value, significant));
}

static const char *
find_symbol (const char *currency)
{
  for (gsize i = 0; i < G_N_ELEMENTS (currencies); i++)
    if (g_strcmp0 (currencies[i].code, currency) == 0)
      return currencies[i].symbol;

  return NULL;
}

/* Whole cents from 1 on, no cents from 100 on, two significant digits below. */
static int
money_decimals (double amount)
{
  double magnitude = fabs (amount);

  if (magnitude >= 99.5)
    return 0;

  if (magnitude >= 0.995)
    return 2;

  return MAX (2, sy_decimals_for (amount, 2));
}

/* Minutes and seconds, hours and minutes: two units are enough. */
static char *
format_long_duration (double seconds)
{
  gint64 whole = (gint64) round (seconds);

  if (whole < 3600)
    {
      if (whole % 60 == 0)
        return g_strdup_printf (_("%d min"), (int) (whole / 60));

      /* Translators: minutes and seconds, "3 min 5 s" */
      return g_strdup_printf (_("%d min %d s"), (int) (whole / 60), (int) (whole % 60));
    }

  if (whole % 3600 < 60)
    return g_strdup_printf (_("%d h"), (int) (whole / 3600));

  /* Translators: hours and minutes, "2 h 10 min" */
  return g_strdup_printf (_("%d h %d min"), (int) (whole / 3600), (int) (whole % 3600 / 60));
}

/* "-1234.5" with @separator between the thousands. (transfer full) */
static char *
group_digits (const char *number,
              const char *separator)
{
  const char *first = number + (*number == '-');
  const gsize whole = strspn (first, "0123456789");
  GString *grouped = g_string_new_len (number, first - number);

  for (gsize i = 0; i < whole; i++)
    {
      if (i > 0 && (whole - i) % GROUP == 0)
        g_string_append (grouped, separator);
      g_string_append_c (grouped, first[i]);
    }

  g_string_append (grouped, first + whole);
  return g_string_free (grouped, FALSE);
}

void
sy_format_set_numbers (SyNumberStyle style)
{
  number_style = style;
  setlocale (LC_NUMERIC, style == SY_NUMBERS_LANGUAGE ? "" : "C");
}

const char *
sy_format_get_grouping (void)
{
  switch (number_style)
    {
    case SY_NUMBERS_COMMA:
      return ",";
    case SY_NUMBERS_SPACE:
      return "\u202f";
    case SY_NUMBERS_LANGUAGE:
    default:
      return localeconv ()->thousands_sep;
    }
}

char *
sy_format_decimals (double value,
                    int    decimals)
{
  double scale = pow (10, decimals);
  g_autofree char *plain = NULL;

  if (!isfinite (value))
    return g_strdup (UNKNOWN);

  /* No "-0". */
  if (fabs (value) * scale < 0.5)
    value = 0;

  if (number_style == SY_NUMBERS_LANGUAGE)
    return g_strdup_printf ("%'.*f", decimals, value);

  plain = g_strdup_printf ("%.*f", decimals, value);
  return group_digits (plain, sy_format_get_grouping ());
}

char *
sy_format_number (double value)
{
  if (isfinite (value) && fabs (value - round (value)) < 1e-9)
    return sy_format_decimals (value, 0);

  return format_significant (value, fabs (value) < 100 ? 2 : 3);
}

char *
sy_format_rate (double per_second)
{
  g_autofree char *number = NULL;

  if (!isfinite (per_second))
    return g_strdup (UNKNOWN);

  number = format_significant (per_second, 3);

  /* Translators: requests per second, "201/s" */
  return g_strdup_printf (_("%s/s"), number);
}

char *
sy_format_duration (double seconds)
{
  g_autofree char *number = NULL;

  if (!isfinite (seconds))
    return g_strdup (UNKNOWN);

  if (seconds >= 99.5)
    return format_long_duration (seconds);

  if (fabs (seconds) >= 0.9995)
    {
      number = format_significant (seconds, fabs (seconds) < 9.95 ? 3 : 2);
      /* Translators: seconds, "1.25 s" */
      return g_strdup_printf (_("%s s"), number);
    }

  if (seconds == 0 || fabs (seconds) >= 0.0009995)
    {
      number = format_significant (seconds * 1e3, fabs (seconds) < 0.0995 ? 2 : 3);
      /* Translators: milliseconds, "43 ms" */
      return g_strdup_printf (_("%s ms"), number);
    }

  number = format_significant (seconds * 1e6, 2);
  /* Translators: microseconds, "350 µs" */
  return g_strdup_printf (_("%s µs"), number);
}

char *
sy_format_quantile (const SyQuantile *quantile)
{
  g_autofree char *text = NULL;

  if (isinf (quantile->upper) && isfinite (quantile->lower))
    {
      text = sy_format_duration (quantile->lower);
      /* Translators: longer than the largest bound of a histogram, "> 10 s" */
      return g_strdup_printf (_("> %s"), text);
    }

  return sy_format_duration (quantile->estimate);
}

char *
sy_format_percent (double ratio)
{
  g_autofree char *number = NULL;

  if (!isfinite (ratio))
    return g_strdup (UNKNOWN);

  if (fabs (ratio) < 1e-9)
    number = sy_format_decimals (0, 0);
  else if (fabs (ratio) < 0.0005)
    number = sy_format_decimals (ratio * 100, 3);
  else
    number = format_significant (ratio * 100, 2);

  /* Translators: a percentage, "0.41 %". Where text runs from right to left the sign
   * stays right of the number only with U+200E (left-to-right mark) after it. */
  return g_strdup_printf (_("%s %%"), number);
}

char *
sy_format_cores (double cores)
{
  g_autofree char *number = NULL;

  if (!isfinite (cores))
    return g_strdup (UNKNOWN);

  number = sy_format_decimals (cores, fabs (cores) < 9.995 ? 2 : 1);

  /* Translators: processor cores in use, "0.62 cores" */
  return g_strdup_printf (_("%s cores"), number);
}

static char *
format_bytes (double           bytes,
              GFormatSizeFlags flags)
{
  if (!isfinite (bytes) || bytes < 0 || bytes > 1e18)
    return g_strdup (UNKNOWN);

  return g_format_size_full ((guint64) bytes, flags);
}

char *
sy_format_bytes (double bytes)
{
  return format_bytes (bytes, G_FORMAT_SIZE_DEFAULT);
}

char *
sy_format_memory_size (double bytes)
{
  return format_bytes (bytes, G_FORMAT_SIZE_IEC_UNITS);
}

char *
sy_format_money_decimals (double      amount,
                          const char *currency,
                          int         decimals)
{
  const char *symbol = find_symbol (currency);
  g_autofree char *number = NULL;

  if (!isfinite (amount))
    return g_strdup (UNKNOWN);

  number = sy_format_decimals (amount, decimals);

  if (symbol != NULL)
    /* Translators: an amount of money, "$0.38". %1$s is the symbol of the currency, %2$s the number:
     * write "%2$s %1$s" where the symbol follows. */
    return g_strdup_printf (_("%1$s%2$s"), symbol, number);

  /* Translators: an amount of money, "CHF 12". %1$s is the code of the currency, %2$s the number. */
  return g_strdup_printf (_("%1$s %2$s"), currency != NULL ? currency : "", number);
}

char *
sy_format_money (double      amount,
                 const char *currency)
{
  return sy_format_money_decimals (amount, currency, isfinite (amount) ? money_decimals (amount) : 0);
}

char *
sy_format_money_per_hour (double      amount,
                          const char *currency)
{
  g_autofree char *money = sy_format_money (amount, currency);

  if (!isfinite (amount))
    return g_steal_pointer (&money);

  /* Translators: money per hour, "$0.012/h" */
  return g_strdup_printf (_("%s/h"), money);
}

char *
sy_format_money_per_million (double      amount,
                             const char *currency)
{
  g_autofree char *money = sy_format_money (amount, currency);

  if (!isfinite (amount))
    return g_steal_pointer (&money);

  /* Translators: money per million requests, "$0.38 per million" */
  return g_strdup_printf (_("%s per million"), money);
}

char *
sy_format_age (gint64 age_us)
{
  gint64 seconds = MAX (age_us, 0) / G_USEC_PER_SEC;

  if (seconds < 120)
    /* Translators: whole seconds, "7 s" */
    return g_strdup_printf (_("%d s"), (int) seconds);

  if (seconds < 2 * 3600)
    /* Translators: whole minutes, "4 min" */
    return g_strdup_printf (_("%d min"), (int) (seconds / 60));

  /* Translators: whole hours, "2 h" */
  return g_strdup_printf (_("%d h"), (int) MIN (seconds / 3600, G_MAXINT));
}

char *
sy_format_time_of_day (gint64 wall_us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (wall_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  if (local == NULL)
    return g_strdup (UNKNOWN);

  return g_date_time_format (local, "%X");
}

char *
sy_format_date_time (gint64 wall_us)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (wall_us / G_USEC_PER_SEC);

  /* Translators: date and time at which a recording began, for g_date_time_format() */
  return time != NULL ? g_date_time_format (time, _("%-d %B %Y, %H:%M")) : g_strdup ("");
}
