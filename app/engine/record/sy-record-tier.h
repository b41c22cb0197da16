/* sy-record-tier.h: a block of scrapes in fewer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-record-block.h"

G_BEGIN_DECLS

/* How many scrapes one of a tier stands for; the last of a block for fewer. */
#define SY_RECORD_TIER_FINE 60
#define SY_RECORD_TIER_COARSE SY_RECORD_BLOCK_SCRAPES

/* What a scrape of a tier holds, a third of its width each. The last scrape is
 * there whole: counters and histograms lose nothing but what was between. It is what
 * this program reads; with the extremes a file tells whoever else reads it that
 * nothing stood out in between. */
enum { SY_RECORD_TIER_LOW, SY_RECORD_TIER_HIGH, SY_RECORD_TIER_LAST, SY_RECORD_TIER_PARTS };

/* Each @n_each scrapes of @block as one, with the moment of the last; NAN is no
 * value, and alone is NAN. (transfer full) */
SyRecordBlock *sy_record_tier_make (const SyRecordBlock *block, guint n_each);

G_END_DECLS
