/* sy-source-banner.h: what is wrong with a backend, and what happens next
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "sy-source.h"

G_BEGIN_DECLS

#define SY_TYPE_SOURCE_BANNER (sy_source_banner_get_type ())
G_DECLARE_FINAL_TYPE (SySourceBanner, sy_source_banner, SY, SOURCE_BANNER, GtkWidget)

/**
 * SySourceBanner:
 *
 * Stands in the column of a backend while its source fails: the fault in a
 * few words, the engine's message, since when, when it tries again, and a
 * button to try now. Hidden while all is well. Follows the source's
 * properties; the countdown moves with sy_source_banner_refresh().
 */
void sy_source_banner_set_source (SySourceBanner *self, SySource *source);
void sy_source_banner_refresh    (SySourceBanner *self);

G_END_DECLS
