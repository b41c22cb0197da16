/* sy-alert-fixture.h: two backends that say what a test wants, and who watches them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-alert-watch.h"
#include "sy-session.h"

G_BEGIN_DECLS

/* Sources and a clock that stand still. */
typedef struct
{
  char         *folder;  /* (owned) */
  char         *path;    /* (owned): of the rules */
  SyClock      *clock;   /* (owned) */
  SySession    *session; /* (owned) */
  SyAlertBook  *book;    /* (owned) */
  SyAlertWatch *watch;   /* (owned) */
} SyAlertFixture;

/* @name: of the second; the first is "Orders". */
void sy_alert_fixture_set_up    (SyAlertFixture *self, const char *name);
void sy_alert_fixture_tear_down (SyAlertFixture *self);

void sy_alert_fixture_add       (SyAlertFixture *self, const char *address, const char *name);

/* @n seconds in which each has that many requests in flight; NAN: it does not answer,
 * for @why. With one backend @b is nobody's. */
void sy_alert_fixture_run       (SyAlertFixture *self, guint n, double a, double b, const GError *why);

G_END_DECLS
