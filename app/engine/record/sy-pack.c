/* sy-pack.c: columns of numbers in few bytes
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Decimal scaling before differences is how VictoriaMetrics packs a block
 * (Valialkin, "VictoriaMetrics: achieving better compression than Gorilla for
 * time series data", 2019); groups of one width are frame-of-reference coding
 * (Lemire and Boytsov, "Decoding billions of integers per second through
 * vectorization", 2015).
 */
#define G_LOG_DOMAIN "steelyard-record"

#include "config.h"

#include "sy-pack.h"

#include <math.h>
#include <string.h>

#define GROUP 32
#define MAX_ORDER 2
#define MAX_DECIMALS 9
#define MAX_BINARY 52

/* Integers up to here are doubles, all of them. */
#define MAX_EXACT 9007199254740992.0

enum { MODE_DECIMAL, MODE_BINARY, MODE_BITS };

static const double powers[MAX_DECIMALS + 1] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9 };

void
sy_pack_varint (GByteArray *bytes,
                guint64     value)
{
  guint8 buffer[10];
  guint n = 0;

  for (; value >= 0x80; value >>= 7)
    buffer[n++] = (guint8) (value | 0x80);
  buffer[n++] = (guint8) value;
  g_byte_array_append (bytes, buffer, n);
}

guint8
sy_unpack_byte (SyUnpack *from)
{
  if (from->failed || from->next == from->end)
    {
      from->failed = TRUE;
      return 0;
    }

  return *from->next++;
}

guint64
sy_unpack_varint (SyUnpack *from)
{
  guint64 value = 0;

  for (guint shift = 0; shift < 64; shift += 7)
    {
      const guint8 byte = sy_unpack_byte (from);

      value |= (guint64) (byte & 0x7f) << shift;
      if (byte < 0x80)
        return from->failed ? 0 : value;
    }

  from->failed = TRUE;
  return 0;
}

/* Small numbers of either sign become small numbers. */
static inline guint64
fold (guint64 value)
{
  return value << 1 ^ (guint64) - (gint64) (value >> 63);
}

static inline guint64
unfold (guint64 value)
{
  return value >> 1 ^ (guint64) - (gint64) (value & 1);
}

static inline guint
width_of (guint64 value)
{
  return value == 0 ? 0 : 64 - (guint) __builtin_clzll (value);
}

/* The differences of @order at @i, which is at least @order. Unsigned: they wrap. */
static inline guint64
difference (const gint64 *values,
            guint         i,
            guint         order)
{
  const guint64 a = (guint64) values[i];

  if (order == 0)
    return a;
  if (order == 1)
    return a - (guint64) values[i - 1];

  return a - 2 * (guint64) values[i - 1] + (guint64) values[i - 2];
}

static guint
group_width (const gint64 *values,
             guint         from,
             guint         to,
             guint         order)
{
  guint64 all = 0;

  for (guint i = from; i < to; i++)
    all |= fold (difference (values, i, order));

  return width_of (all);
}

/* Bytes that @order takes, but for the values that stand before the groups. */
static gsize
cost_of (const gint64 *values,
         guint         n,
         guint         order)
{
  gsize bytes = 0;

  for (guint i = order; i < n; i += GROUP)
    {
      const guint to = MIN (i + GROUP, n);

      bytes += 1 + (group_width (values, i, to, order) * (to - i) + 7) / 8;
    }

  for (guint i = 0; i < MIN (order, n); i++)
    bytes += (width_of (fold ((guint64) values[i])) + 6) / 7;

  return bytes;
}

static void
append_group (GByteArray   *bytes,
              const gint64 *values,
              guint         from,
              guint         to,
              guint         order)
{
  const guint width = group_width (values, from, to, order);
  guint8 buffer[1 + GROUP * 8] = { (guint8) width };
  guint at = 8;

  for (guint i = from; i < to; i++)
    {
      const guint64 value = fold (difference (values, i, order));

      for (guint done = 0; done < width;)
        {
          const guint shift = at % 8;
          const guint take = MIN (8 - shift, width - done);

          buffer[at / 8] |= (guint8) (((value >> done) & ((1u << take) - 1)) << shift);
          done += take;
          at += take;
        }
    }

  g_byte_array_append (bytes, buffer, (at + 7) / 8);
}

void
sy_pack_ints (GByteArray   *bytes,
              const gint64 *values,
              guint         n)
{
  guint best = 0;
  gsize least = G_MAXSIZE;
  guint8 order;

  for (guint i = 0; i <= MAX_ORDER; i++)
    {
      const gsize cost = cost_of (values, n, i);

      if (cost < least)
        {
          least = cost;
          best = i;
        }
    }

  order = (guint8) best;
  g_byte_array_append (bytes, &order, 1);
  for (guint i = 0; i < MIN (best, n); i++)
    sy_pack_varint (bytes, fold ((guint64) values[i]));
  for (guint i = best; i < n; i += GROUP)
    append_group (bytes, values, i, MIN (i + GROUP, n), best);
}

/* @n values of @width bits each, from bytes that go on for 8 more. */
static void
read_bits (const guint8 *bytes,
           gint64       *values,
           guint         n,
           guint         width)
{
  const guint64 mask = width == 64 ? G_MAXUINT64 : (G_GUINT64_CONSTANT (1) << width) - 1;

  for (guint i = 0, at = 0; i < n; i++, at += width)
    {
      const guint shift = at % 8;
      guint64 word;

      memcpy (&word, bytes + at / 8, sizeof word);
      word = GUINT64_FROM_LE (word) >> shift;
      /* What does not fit into eight bytes lies in the ninth. */
      if (width + shift > 64)
        word |= (guint64) bytes[at / 8 + 8] << (64 - shift);
      values[i] = (gint64) unfold (word & mask);
    }
}

/* How many bytes the next @n values are; their width is read. */
static gsize
read_width (SyUnpack *from,
            guint     n,
            guint    *ret_width)
{
  const guint width = sy_unpack_byte (from);
  const gsize size = (width * n + 7) / 8;

  if (width > 64 || (gsize) (from->end - from->next) < size)
    from->failed = TRUE;

  *ret_width = width;
  return size;
}

static void
read_group (SyUnpack *from,
            gint64   *values,
            guint     first,
            guint     to,
            guint     order)
{
  guint8 bytes[GROUP * 8 + 8] = { 0 };
  guint width;
  const gsize size = read_width (from, to - first, &width);

  if (from->failed)
    return;

  memcpy (bytes, from->next, size);
  from->next += size;
  read_bits (bytes, values + first, to - first, width);
  for (guint i = first; order > 0 && i < to; i++)
    {
      guint64 value = (guint64) values[i] + (guint64) values[i - 1];

      if (order == 2)
        value += (guint64) values[i - 1] - (guint64) values[i - 2];
      values[i] = (gint64) value;
    }
}

static void
skip_ints (SyUnpack *from,
           guint     n)
{
  const guint order = sy_unpack_byte (from);
  guint width;

  if (order > MAX_ORDER)
    from->failed = TRUE;

  for (guint i = 0; i < MIN (order, n) && !from->failed; i++)
    sy_unpack_varint (from);
  for (guint i = order; i < n && !from->failed; i += GROUP)
    {
      const gsize size = read_width (from, MIN (i + GROUP, n) - i, &width);

      if (!from->failed)
        from->next += size;
    }
}

void
sy_unpack_ints (SyUnpack *from,
                gint64   *values,
                guint     n)
{
  const guint order = sy_unpack_byte (from);

  if (order > MAX_ORDER)
    from->failed = TRUE;

  for (guint i = 0; i < MIN (order, n) && !from->failed; i++)
    values[i] = (gint64) unfold (sy_unpack_varint (from));
  for (guint i = order; i < n && !from->failed; i += GROUP)
    read_group (from, values, i, MIN (i + GROUP, n), order);

  if (from->failed)
    memset (values, 0, n * sizeof *values);
}

static inline gboolean
same_bits (double a,
           double b)
{
  return memcmp (&a, &b, sizeof a) == 0;
}

static inline double
read_scaled (gint64 value,
             int    mode,
             guint  exponent)
{
  return mode == MODE_DECIMAL ? (double) value / powers[exponent] : ldexp ((double) value, -(int) exponent);
}

/* The same of many. Most are whole numbers, and by a power of two one may multiply:
 * neither rounds. */
static void
read_all_scaled (const gint64 *scaled,
                 double       *values,
                 guint         n,
                 int           mode,
                 guint         exponent)
{
  const double factor = mode == MODE_BINARY ? ldexp (1, -(int) exponent) : 1;

  if (mode == MODE_DECIMAL && exponent > 0)
    for (guint i = 0; i < n; i++)
      values[i] = (double) scaled[i] / powers[exponent];
  else
    for (guint i = 0; i < n; i++)
      values[i] = (double) scaled[i] * factor;
}

static inline gboolean
scale (double  value,
       int     mode,
       guint   exponent,
       gint64 *ret)
{
  const double scaled = mode == MODE_DECIMAL ? value * powers[exponent] : ldexp (value, (int) exponent);

  if (!(fabs (scaled) <= MAX_EXACT))
    return FALSE;

  *ret = (gint64) llrint (scaled);
  return same_bits (read_scaled (*ret, mode, exponent), value);
}

/* The least exponent with which all of @values are integers; FALSE: none. */
static gboolean
scale_all (const double *values,
           guint         n,
           int           mode,
           gint64       *ret,
           guint8       *ret_exponent)
{
  const guint max = mode == MODE_DECIMAL ? MAX_DECIMALS : MAX_BINARY;
  guint exponent = 0;
  guint fitting = 0;

  for (guint i = 0; fitting < n; i = (i + 1) % n)
    {
      if (scale (values[i], mode, exponent, &ret[i]))
        {
          fitting++;
          continue;
        }

      /* Those before were scaled by less: round again. */
      do
        if (++exponent > max)
          return FALSE;
      while (!scale (values[i], mode, exponent, &ret[i]));
      fitting = 1;
    }

  *ret_exponent = (guint8) exponent;
  return TRUE;
}

static void
append_scaled (GByteArray   *bytes,
               guint8        mode,
               guint8        exponent,
               const gint64 *values,
               guint         n)
{
  g_byte_array_append (bytes, &mode, 1);
  g_byte_array_append (bytes, &exponent, 1);
  sy_pack_ints (bytes, values, n);
}

void
sy_pack_doubles (GByteArray   *bytes,
                 const double *values,
                 guint         n)
{
  g_autofree gint64 *scaled = g_new (gint64, MAX (n, 1));
  const guint start = bytes->len;
  guint8 exponent = 0;

  if (scale_all (values, n, MODE_DECIMAL, scaled, &exponent))
    append_scaled (bytes, MODE_DECIMAL, exponent, scaled, n);
  else if (scale_all (values, n, MODE_BINARY, scaled, &exponent))
    append_scaled (bytes, MODE_BINARY, exponent, scaled, n);

  /* Few digits may still be longer than few changing bits. */
  memcpy (scaled, values, n * sizeof *scaled);
  if (bytes->len == start)
    {
      append_scaled (bytes, MODE_BITS, 0, scaled, n);
    }
  else
    {
      g_autoptr (GByteArray) raw = g_byte_array_new ();

      append_scaled (raw, MODE_BITS, 0, scaled, n);
      if (raw->len < bytes->len - start)
        {
          g_byte_array_set_size (bytes, start);
          g_byte_array_append (bytes, raw->data, raw->len);
        }
    }
}

void
sy_unpack_doubles (SyUnpack *from,
                   double   *values,
                   guint     n)
{
  const int mode = sy_unpack_byte (from);
  const guint exponent = sy_unpack_byte (from);
  g_autofree gint64 *scaled = g_new0 (gint64, MAX (n, 1));

  if (mode > MODE_BITS || exponent > (mode == MODE_DECIMAL ? MAX_DECIMALS : mode == MODE_BINARY ? MAX_BINARY : 0))
    from->failed = TRUE;

  sy_unpack_ints (from, scaled, n);
  if (mode == MODE_BITS || from->failed)
    memcpy (values, scaled, n * sizeof *values);
  else
    read_all_scaled (scaled, values, n, mode, exponent);
}

void
sy_unpack_skip_doubles (SyUnpack *from,
                        guint     n)
{
  sy_unpack_byte (from);
  sy_unpack_byte (from);
  skip_ints (from, n);
}
