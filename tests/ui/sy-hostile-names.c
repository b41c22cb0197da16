/* sy-hostile-names.c: U01, what strangers may call themselves
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sy-hostile-names.h"

const SyHostileName sy_hostile_names[] = {
  { "markup", "<b>Orders</b> & <a href='x'>", 1 },
  { "broken-markup", "<span size='99", 1 },
  { "format", "%s%n%5000d", 1 },
  { "right-to-left", "Orders \342\200\256sredrO\342\200\254", 1 },
  { "escape", "\033[2J\033]52;c;eA==\007\033]8;;http://x\033\\", 1 },
  { "c1", "\302\233" "31mred", 1 },
  { "invalid", "Or\233d\377ers", 1 },
  { "separators", "a\342\200\250b\342\200\251c\nd\re\tf", 1 },
  { "private-use", "\356\200\200\364\217\277\275", 1 },
  { "zero-width", "Or\342\200\213der\357\273\277s", 1 },
  { "zalgo", "\314\201", 2000 },
  { "joined-emoji", "\360\237\221\251\342\200\215", 500 },
  { "lines", "line\n", 20000 },
  { "megabyte", "0123456789abcdef", 65536 },
};

const guint sy_n_hostile_names = G_N_ELEMENTS (sy_hostile_names);

char *
sy_hostile_name_dup (const SyHostileName *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->n; i++)
    g_string_append (text, self->piece);
  return g_string_free (text, FALSE);
}
