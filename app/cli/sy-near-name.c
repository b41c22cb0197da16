/* sy-near-name.c: which name was meant
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The distance is that of F. J. Damerau (Communications of the ACM 7, 1964), each
 * place of the text changed at most once. Bytes are compared: names are ASCII.
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include "sy-near-name.h"

#include <string.h>

#define MAX_SLIPS 2
#define LETTERS_A_SLIP 3
#define MAX_LENGTH 64

/* Of words of at most MAX_LENGTH bytes. */
static guint
distance (const char *a,
          const char *b)
{
  const gsize n = strlen (a);
  const gsize m = strlen (b);
  guint rows[3][MAX_LENGTH + 1]; /* the row before the last, the last, and this one; in turn */

  for (gsize j = 0; j <= m; j++)
    rows[0][j] = (guint) j;

  for (gsize i = 1; i <= n; i++)
    {
      const guint *last = rows[(i - 1) % 3];
      guint *row = rows[i % 3];

      row[0] = (guint) i;
      for (gsize j = 1; j <= m; j++)
        {
          row[j] = MIN (MIN (last[j], row[j - 1]) + 1, last[j - 1] + (a[i - 1] != b[j - 1]));
          if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            row[j] = MIN (row[j], rows[(i - 2) % 3][j - 2] + 1);
        }
    }

  return rows[n % 3][m];
}

const char *
sy_near_name (const char        *text,
              const char *const *names)
{
  const guint limit = (guint) MIN (strlen (text) / LETTERS_A_SLIP, MAX_SLIPS);
  guint least = limit + 1;
  const char *nearest = NULL;

  if (strlen (text) > MAX_LENGTH)
    return NULL;

  for (gsize i = 0; names[i] != NULL; i++)
    {
      const guint slips = strlen (names[i]) <= MAX_LENGTH ? distance (text, names[i]) : limit + 1;

      if (slips < least)
        nearest = names[i];
      else if (slips == least)
        nearest = NULL;
      least = MIN (least, slips);
    }

  return nearest;
}
