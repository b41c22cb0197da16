/* sy-window-private.h: what the files of the window share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-alert-watch.h"
#include "sy-appraisal.h"
#include "sy-demo-control.h"
#include "sy-keeper.h"
#include "sy-notice-bar.h"
#include "sy-player.h"
#include "sy-window.h"

G_BEGIN_DECLS

/* What the bar above the pages speaks of. */
typedef enum {
  SY_NOTICE_UNOPENED,
  SY_NOTICE_UNRECORDED,
  SY_NOTICE_FULL,
  SY_NOTICE_LEFT_OUT,
  SY_NOTICE_INTERRUPTED,
} SyNotice;

struct _SyWindow
{
  AdwApplicationWindow parent_instance;

  SySession     *session;  /* owned */
  SyAppraisal   *appraisal; /* owned */
  GSettings     *settings; /* owned */
  SyDemoControl *demo;     /* owned */
  GMenu         *demo_menu; /* owned */
  SyPlayer      *player;   /* owned, nullable: it is live */
  SyShelf       *shelf;    /* owned, nullable: not set yet */
  SyKeeper      *keeper;   /* owned, nullable: of a replay */
  SyAlertWatch  *alerts;   /* owned, nullable: the same */
  SyBackground  *background; /* owned, nullable: the same */
  SyLastSession *last_session; /* owned, nullable: the same */
  SyRecordingInfo *interrupted; /* owned, nullable: what could be continued */
  SyNotice       notice;   /* the last one */
  GtkWidget     *marks_dialog; /* weak, nullable: it is not open */
  GtkFileChooserNative *chooser; /* owned, nullable: while a recording is chosen */
  gint64         begin_us; /* of a replay, on its clock: later whenever it starts over */
  double         objective; /* of a replay: what was read with, seconds; NAN: none */

  /* Template */
  GtkWidget *notice_bar;
  GtkWidget *alert_bar;
  GtkWidget *replay_bar;
  GtkWidget *toast_overlay;
  GtkWidget *view_switcher_title;
  GtkWidget *add_button;
  GtkWidget *time_squeezer;
  GtkWidget *time_button;
  GtkWidget *pause_button;
  GtkWidget *primary_button;
  GtkWidget *stack;
  GtkWidget *view_stack;
  GtkWidget *first_run_page;
  GtkWidget *live_page;
  GtkWidget *load_page;
  GtkWidget *decide_page;
  GtkWidget *cost_page;
  GtkWidget *recording_list;
  GtkWidget *retention_group;
};

/* sy-window-actions.c: adds all actions and brings them to the settings' state. */
void sy_window_add_actions (SyWindow *self);

/* sy-window.c: the first page or the pages, and what goes with them. */
void sy_window_update_stack (SyWindow *self);

/* sy-window-alerts.c: the action that shows the alerts. */
void sy_window_add_alert_actions (SyWindow *self);

/* sy-window-beside.c: puts the recording at @path beside what is live. */
void sy_window_add_recording (SyWindow *self, const char *path);

/* Whether one of the two that are weighed is a recording, which nobody loads now. */
gboolean sy_window_weighs_recording (SyWindow *self);

/* sy-window-marks.c: the actions that mark times. */
void sy_window_add_mark_actions (SyWindow *self);

/* sy-window-replay.c: the actions that open recordings. */
void sy_window_add_replay_actions (SyWindow *self);

/* sy-window-replay.c: the time to answer that is aimed at, in seconds; NAN: none. */
double sy_window_get_objective (SyWindow *self);

/* Of the actions without state of their own. */
void sy_window_set_action_enabled (SyWindow *self, const char *name, gboolean enabled);

G_END_DECLS
