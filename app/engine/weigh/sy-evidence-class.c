/* sy-evidence-class.c: where a number comes from
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-evidence-class.h"

static const char *const names[SY_N_EVIDENCE_CLASSES] = {
  "MEASURED", "PRICED", "CHECKED", "USER", "JUDGED", "ASSUMED",
};

const char *
sy_evidence_class_to_string (SyEvidenceClass self)
{
  g_return_val_if_fail ((guint) self < SY_N_EVIDENCE_CLASSES, NULL);

  return names[self];
}

gboolean
sy_evidence_class_from_string (const char      *text,
                               SyEvidenceClass *ret_class)
{
  for (guint i = 0; i < SY_N_EVIDENCE_CLASSES; i++)
    if (g_strcmp0 (text, names[i]) == 0)
      {
        *ret_class = (SyEvidenceClass) i;
        return TRUE;
      }

  return FALSE;
}
