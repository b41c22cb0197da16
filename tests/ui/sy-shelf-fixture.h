/* sy-shelf-fixture.h: a window over a shelf of its own, and what is recorded on it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-window.h"

G_BEGIN_DECLS

#define SHELF_FIXTURE_METRICS "# TYPE http_requests_total counter\nhttp_requests_total 5\n"

typedef struct
{
  char          *folder;      /* (owned): of the shelf, empty until somebody records */
  SyClock       *clock;       /* (owned): stands still */
  GSettings     *settings;    /* (owned) */
  SySession     *session;     /* (owned) */
  SyShelf       *shelf;       /* (owned) */
  SyKeeper      *keeper;      /* (owned): not enabled */
  SyAssumptions *assumptions; /* (owned) */
  SyWindow      *window;      /* without the shelf, and not shown */
} SyShelfFixture;

void sy_shelf_fixture_set_up    (SyShelfFixture *self);
void sy_shelf_fixture_tear_down (SyShelfFixture *self);

G_END_DECLS
