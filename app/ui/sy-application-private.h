/* sy-application-private.h: what the two files of the application share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-alert-notifier.h"
#include "sy-application.h"
#include "sy-background.h"
#include "sy-frame-report.h"
#include "sy-last-session.h"
#include "sy-path-setting.h"
#include "sy-search-provider.h"
#include "sy-window.h"

G_BEGIN_DECLS

struct _SyApplication
{
  AdwApplication parent_instance;

  GSettings *settings; /* owned, nullable before startup */
  SySession *session;  /* owned, nullable: the data files could not be read */
  SyAssumptions *assumptions; /* owned, nullable: the same */
  SyShelf   *shelf;    /* owned, nullable before startup */
  SyKeeper  *keeper;   /* owned, nullable: the same as the session */
  SyAlertWatch *alerts;   /* owned, nullable: the same */
  SyAlertNotifier *notifier; /* owned, nullable: the same */
  SyBackground *background; /* owned, nullable: the same */
  SyPathSetting *folder; /* owned, nullable before startup: of recordings */
  SyPathSetting *price_file; /* owned, nullable: the same as the session */
  SyLastSession *last_session; /* owned, nullable: the same */
  GtkWidget   *preferences; /* weak, nullable: they are not open */
  SyRetention  retention;
  gboolean     has_price_file; /* in use */
  SySearchProvider *search; /* owned, nullable after the end */
  GError    *error;    /* owned, nullable: why there is no session */
  SyFrameReport *report; /* owned, nullable: nobody asked for it */
};

/* The window of what is live; made when it is not there. (transfer none) */
SyWindow *sy_application_get_live_window (SyApplication *self);

/* sy-application-actions.c: adds the actions and their keys; those that need a
 * session only where there is one. */
void      sy_application_add_actions (SyApplication *self, gboolean has_session);

/* sy-application-settings.c: does what the settings say, now and whenever they change;
 * as soon as there are session and shelf. Forget before these go. */
void      sy_application_follow_settings (SyApplication *self);
void      sy_application_forget_settings (SyApplication *self);

/* sy-application-settings.c: says in @window which choices cannot be used. */
void      sy_application_tell_unused (SyApplication *self, SyWindow *window);

/* sy-application-settings.c: what recordings may take, until the next start. */
void      sy_application_set_retention (SyApplication *self);

/* sy-application-recordings.c: as the command line does, one recording or two to
 * compare them; each of more has a window of its own. What is no file on this machine
 * is told of in the live window. */
void      sy_application_open_files (SyApplication *self, GFile **files, guint n_files);

/* sy-application-recordings.c: opens one recording, or two to compare them, in a
 * window of their own, and plays. @asker: the window whose person waits, told when
 * it cannot be done; NULL: the live one. @page: what is shown first; NULL: live. */
void      sy_application_open_recordings (SyApplication *self, const char *const *paths, SyWindow *asker, const char *page);

G_END_DECLS
