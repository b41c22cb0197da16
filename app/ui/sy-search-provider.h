/* sy-search-provider.h: recordings in the desktop's search
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "sy-shelf.h"

G_BEGIN_DECLS

#define SY_TYPE_SEARCH_PROVIDER (sy_search_provider_get_type ())
G_DECLARE_FINAL_TYPE (SySearchProvider, sy_search_provider, SY, SEARCH_PROVIDER, GObject)

/**
 * SySearchProvider:
 *
 * org.gnome.Shell.SearchProvider2 over a shelf. A recording is found when its name, a
 * backend's name or a backend's address has every term, in any case. What cannot be
 * opened, because it is damaged or being written, is not found. A result is known by
 * the name of its recording. Each new search looks through the folder again.
 *
 * Signals: "activated" (string: the path of a recording), "launched": somebody wants
 * to see them all. Both on the thread that made it.
 */
SySearchProvider *sy_search_provider_new      (GApplication *application);

/* Once. Calls before it find nothing. */
void              sy_search_provider_set_shelf (SySearchProvider *self, SyShelf *shelf);

/* Below @application_path, as GApplication's own object. */
gboolean          sy_search_provider_export   (SySearchProvider *self, GDBusConnection *connection,
                                               const char *application_path, GError **error);
void              sy_search_provider_unexport (SySearchProvider *self, GDBusConnection *connection);

G_END_DECLS
