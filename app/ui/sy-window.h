/* sy-window.h: the main window
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "sy-alert-watch.h"
#include "sy-assumptions.h"
#include "sy-background.h"
#include "sy-demo.h"
#include "sy-keeper.h"
#include "sy-last-session.h"
#include "sy-live-page.h"
#include "sy-player.h"

G_BEGIN_DECLS

#define SY_TYPE_WINDOW (sy_window_get_type ())
G_DECLARE_FINAL_TYPE (SyWindow, sy_window, SY, WINDOW, AdwApplicationWindow)

/**
 * SyWindow:
 *
 * A header bar over the first-run page or, with backends, over the pages.
 * Remembers its size; works from 360 pixels of width.
 *
 * Actions "win.": add-backend, choose-price, paused (boolean), time-window
 * (int32 seconds), interval (double seconds), row-NAME (boolean, one a row), alerts,
 * demo (string: "models" or "real"), stop-demo, record (boolean), choose-recording, add-recording,
 * compare-recording (string: path), back-to-live, add-mark, exclude-range, marks,
 * reopen. Expects app.open-recordings (array of paths) and app.show-live.
 */
GtkWidget  *sy_window_new        (GtkApplication *application, SySession *session, SyAssumptions *assumptions,
                                  GSettings *settings);

/* Once, right after: the recordings that are kept, and who adds to them (NULL: this
 * is a replay). Tells of what a killed program left. */
void        sy_window_set_shelf  (SyWindow *self, SyShelf *shelf, SyKeeper *keeper);

/* Once, right after: what a person wants to be told of, also with the window closed;
 * not of a replay. */
void        sy_window_set_alerts (SyWindow *self, SyAlertWatch *alerts, SyBackground *background);

/* Once, right after: shows the page that was shown last, and remembers it from now on;
 * the first-run page offers the backends of the last time. Not of a replay. */
void        sy_window_set_last_session (SyWindow *self, SyLastSession *last_session);

/* Adds those backends, unless there are some; says which could not be added. */
void        sy_window_reopen     (SyWindow *self);

/* Once, right after: its session is a recording, @title; what needs somebody who
 * answers is not to be had. */
void        sy_window_set_player (SyWindow *self, SyPlayer *player, const char *title);
gboolean    sy_window_is_replay  (SyWindow *self);

/* A short message that goes away by itself. @text is plain. */
void        sy_window_add_toast  (SyWindow *self, const char *text);

/* @paths were not opened, because of @error. */
void        sy_window_tell_unopened (SyWindow *self, const char *const *paths, const GError *error);

/* "live", "load", "cost", "decide", "recordings". Unknown names do nothing. */
void        sy_window_show_page  (SyWindow *self, const char *name);
gboolean    sy_window_has_page   (const char *name);
void        sy_window_start_demo (SyWindow *self, SyDemoKind kind);

/* Ends what is compared, which can be undone, and asks for the backends of another
 * comparison. Not of a replay. */
void        sy_window_begin_anew (SyWindow *self);
SySession  *sy_window_get_session   (SyWindow *self); /* (transfer none) */
SyLivePage *sy_window_get_live_page (SyWindow *self); /* (transfer none) */

G_END_DECLS
