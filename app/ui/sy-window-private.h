/* sy-window-private.h: what the two files of the window share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-appraisal.h"
#include "sy-demo-control.h"
#include "sy-window.h"

G_BEGIN_DECLS

struct _SyWindow
{
  AdwApplicationWindow parent_instance;

  SySession     *session;  /* owned */
  SyAppraisal   *appraisal; /* owned */
  GSettings     *settings; /* owned */
  SyDemoControl *demo;     /* owned */
  GMenu         *demo_menu; /* owned */
  gboolean       load_runs; /* a trial of the Load page */

  /* Template */
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
};

/* sy-window-actions.c: adds all actions and brings them to the settings' state. */
void sy_window_add_actions (SyWindow *self);

/* A short message that goes away by itself. @text is plain. */
void sy_window_add_toast   (SyWindow *self, const char *text);

G_END_DECLS
