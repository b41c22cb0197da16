/* sy-number.c: decimal text to double, exactly
 *
 * Three ways, each of them correctly rounded, the cheapest that fits is taken:
 *
 * 1. At most 2^53 with a power of ten up to 10^22: both are exact doubles, so
 *    one multiplication or division rounds once (W. D. Clinger, "How to Read
 *    Floating Point Numbers Accurately", 1990).
 * 2. Up to 19 digits with a power up to 10^27: 5^27 < 2^63, so the quotient or
 *    product is computed in 128-bit integers; at least 62 bits of it and a
 *    sticky bit for the rest are converted once. This is what the seventeen
 *    digits of a Python or JavaScript sum need.
 * 3. Everything else, rare in practice, goes to g_ascii_strtod(), whose own
 *    grammar (hexadecimal, blanks) never gets to see text we did not check.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "sy-wire"

#include "config.h"

#include "sy-number.h"

#include <math.h>
#include <string.h>

#define MAX_DIGITS 19         /* 10^19 - 1 < 2^64 */
#define MAX_EXACT_POWER 22    /* 10^22 is a double */
#define MAX_INTEGER_POWER 27  /* 5^27 < 2^63 */
#define EXPONENT_CLAMP 100000000 /* far outside a double; ten of it fit an int */

typedef struct {
  guint64  mantissa; /* the first MAX_DIGITS significant digits */
  int      exponent; /* of ten */
  gboolean negative;
  gboolean inexact;  /* more digits than the mantissa holds */
} Decimal;

static const double power_of_ten[MAX_EXACT_POWER + 1] = {
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
  1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
};

static const guint64 power_of_five[MAX_INTEGER_POWER + 1] = {
  1, 5, 25, 125, 625, 3125, 15625, 78125, 390625, 1953125, 9765625, 48828125,
  244140625, 1220703125, 6103515625, 30517578125, 152587890625, 762939453125,
  3814697265625, 19073486328125, 95367431640625, 476837158203125,
  2384185791015625, 11920928955078125, 59604644775390625, 298023223876953125,
  1490116119384765625, 7450580596923828125,
};

/* Less than ten for a digit. */
static inline guint64
get_digit (char c)
{
  return (guint64) (guchar) c - '0';
}

static inline gboolean
is_digit (char c)
{
  return get_digit (c) < 10;
}

/* 2^@exponent for the normal range of a double. */
static inline double
power_of_two (int exponent)
{
  guint64 bits = (guint64) (exponent + 1023) << 52;
  double  value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

/* @mantissa / 10^@power. Both operands are shifted to 64 bits, so the quotient
 * of (mantissa << 62) has 62 or 63 bits and fits a signed integer. */
static double
divide_exactly (guint64 mantissa,
                int     power)
{
  int               up = __builtin_clzll (mantissa);
  int               down = __builtin_clzll (power_of_five[power]);
  unsigned __int128 dividend = (unsigned __int128) (mantissa << up) << 62;
  guint64           divisor = power_of_five[power] << down;
  guint64           quotient = (guint64) (dividend / divisor);
  guint64           sticky = dividend % divisor != 0;

  return (double) (gint64) (quotient | sticky) * power_of_two (down - up - 62 - power);
}

static double
multiply_exactly (guint64 mantissa,
                  int     power)
{
  unsigned __int128 product = (unsigned __int128) mantissa * power_of_five[power];

  return (double) product * power_of_two (power);
}

/* The caller has checked the grammar of the bytes. Out of line, like what else
 * is rare here: its buffer would burden every call. */
static G_GNUC_NO_INLINE gboolean
convert_slowly (const char *text,
                const char *end,
                double     *ret)
{
  char            stack[128];
  g_autofree char *heap = NULL;
  char           *copy = stack;
  gsize           length = (gsize) (end - text);

  if (length >= sizeof stack)
    copy = heap = g_malloc (length + 1);

  memcpy (copy, text, length);
  copy[length] = '\0';
  *ret = g_ascii_strtod (copy, NULL);

  return isfinite (*ret);
}

static inline gboolean
convert (const Decimal *decimal,
         const char    *text,
         const char    *end,
         double        *ret)
{
  int    power = ABS (decimal->exponent);
  double value;

  if (decimal->mantissa == 0)
    value = 0.0;
  else if (decimal->inexact || power > MAX_INTEGER_POWER)
    return convert_slowly (text, end, ret);
  else if (decimal->mantissa <= G_GUINT64_CONSTANT (1) << 53 && power <= MAX_EXACT_POWER)
    value = decimal->exponent < 0 ? (double) decimal->mantissa / power_of_ten[power]
                                  : (double) decimal->mantissa * power_of_ten[power];
  else if (decimal->exponent < 0)
    value = divide_exactly (decimal->mantissa, power);
  else
    value = multiply_exactly (decimal->mantissa, power);

  *ret = decimal->negative ? -value : value;
  return TRUE;
}

/* NaN, Inf or Infinity; @text is behind the sign. */
static const char *
parse_word (const char *text,
            const char *end,
            gboolean    has_sign,
            gboolean    negative,
            double     *ret)
{
  gsize left = (gsize) (end - text);

  if (left >= 3 && g_ascii_strncasecmp (text, "inf", 3) == 0)
    {
      *ret = negative ? -INFINITY : INFINITY;
      return left >= 8 && g_ascii_strncasecmp (text, "infinity", 8) == 0 ? text + 8 : text + 3;
    }

  if (left >= 3 && !has_sign && g_ascii_strncasecmp (text, "nan", 3) == 0)
    {
      *ret = NAN;
      return text + 3;
    }

  return NULL;
}

/* Reads the digits of @text again, when there are more than a mantissa holds or
 * leading zeros that only look so. */
static G_GNUC_NO_INLINE void
collect_digits (Decimal    *decimal,
                const char *text,
                const char *end)
{
  gboolean fraction = FALSE;
  guint    n_digits = 0;

  decimal->mantissa = 0;
  decimal->exponent = 0;

  for (; text < end; text++)
    if (*text == '.')
      fraction = TRUE;
    else if (n_digits < MAX_DIGITS)
      {
        decimal->mantissa = decimal->mantissa * 10 + (guint64) (*text - '0');
        decimal->exponent -= fraction;
        n_digits += decimal->mantissa != 0;
      }
    else
      {
        decimal->inexact |= *text != '0';
        decimal->exponent += !fraction;
      }
}

static const char *
parse_exponent (const char *text,
                const char *end,
                int        *ret)
{
  gboolean negative;
  int      exponent = 0;

  if (text == end)
    return NULL;

  negative = *text == '-';
  if (*text == '-' || *text == '+')
    text++;

  if (text == end || !is_digit (*text))
    return NULL;

  for (; text < end && is_digit (*text); text++)
    exponent = MIN (exponent * 10 + (*text - '0'), EXPONENT_CLAMP);

  *ret += negative ? -exponent : exponent;
  return text;
}

const char *
sy_number_parse (const char *text,
                 const char *end,
                 double     *ret)
{
  const char *start = text;
  const char *digits;
  Decimal     decimal = { 0 };
  guint64     mantissa = 0;
  guint64     digit;
  gssize      n_digits;

  if (text < end && (*text == '-' || *text == '+'))
    decimal.negative = *text++ == '-';

  digits = text;
  for (; text < end && (digit = get_digit (*text)) < 10; text++)
    mantissa = mantissa * 10 + digit;
  n_digits = text - digits;

  if (text < end && *text == '.')
    {
      const char *fraction = ++text;

      for (; text < end && (digit = get_digit (*text)) < 10; text++)
        mantissa = mantissa * 10 + digit;
      n_digits += text - fraction;
      decimal.exponent = (int) (fraction - text);
    }

  if (n_digits == 0)
    return parse_word (digits, end, digits > start, decimal.negative, ret);

  decimal.mantissa = mantissa;
  if (G_UNLIKELY (n_digits > MAX_DIGITS))
    collect_digits (&decimal, digits, text);

  if (text < end && (*text == 'e' || *text == 'E'))
    {
      text = parse_exponent (text + 1, end, &decimal.exponent);
      if (text == NULL)
        return NULL;
    }

  return convert (&decimal, start, text, ret) ? text : NULL;
}

gboolean
sy_number_parse_all (const char *text,
                     gsize       length,
                     double     *ret)
{
  double      value;
  const char *stop = sy_number_parse (text, text + length, &value);

  if (stop != text + length)
    return FALSE;

  *ret = value;
  return TRUE;
}
