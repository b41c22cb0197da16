/* sy-preferences.h: the window of the preferences
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "sy-assumptions.h"
#include "sy-path-setting.h"
#include "sy-session.h"

G_BEGIN_DECLS

/* What is set in the window; all (not owned). */
typedef struct {
  GSettings     *settings;
  SySession     *session;     /* its price lists say which currencies there are */
  SyAssumptions *assumptions; /* have the currency */
  SyPathSetting *price_file;
  SyPathSetting *folder;      /* of recordings */
} SyPreferencesSubject;

/* Whatever is changed in it is so at once, in all windows, unless its row says when.
 * Modal over @parent; not shown yet. (transfer none), owned by GTK until it is closed */
GtkWidget *sy_preferences_new (GtkWindow *parent, const SyPreferencesSubject *subject);

G_END_DECLS
