/* sy-inspector-page.h: what goes on inside, as a page of GTK's inspector
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SY_TYPE_INSPECTOR_PAGE (sy_inspector_page_get_type ())
G_DECLARE_FINAL_TYPE (SyInspectorPage, sy_inspector_page, SY, INSPECTOR_PAGE, AdwBin)

/**
 * SyInspectorPage:
 *
 * For whoever works on the program: of each window what its frames cost, what its
 * recorder has still to write, and of each backend how its source fares, what waits
 * on the way from the worker, and how many spans the tiers hold that its charts are
 * drawn from. Read once a second while it is shown, and never otherwise. Empty
 * without windows.
 *
 * Properties, as the inspector wants them: title (read-only), object (read-write;
 * what is selected there, which is no matter here).
 */

/* Once, after GTK's beginning: the inspector, wherever it is opened, has the page.
 * Nothing happens where GTK has no place for one. */
void sy_inspector_page_register (void);

/* Reads everything anew; while the page is shown it does so by itself. */
void sy_inspector_page_update   (SyInspectorPage *self);

G_END_DECLS
