/* sy-cut-watch.c: whether a text that does not say its end lost its end
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-cut-watch.h"

#define MAX_DOUBTS 10

gboolean
sy_cut_watch_judge (SyCutWatch *self,
                    guint       n_values,
                    gboolean    is_surely_whole,
                    char      **doubt)
{
  *doubt = NULL;

  if (is_surely_whole || n_values >= (self->n_usual + 1) / 2 || self->n_short == MAX_DOUBTS)
    {
      self->n_usual = n_values;
      self->n_short = 0;
      return TRUE;
    }

  *doubt = g_strdup_printf ("%u values came, before it were %u; the answer does not say how long it is and may have been cut",
                            n_values, self->n_usual);
  return ++self->n_short > 1;
}
