/* sy-live-fixture.h: the Live page with two backends that say what a test wants
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "sy-live-page.h"
#include "sy-still-source.h"

G_BEGIN_DECLS

/**
 * SyLiveFixture:
 *
 * A window with the Live page alone, 1280 by 860, over the backends "Orders" (a) and
 * "Basket" (b), whose sources stand still until told to speak, under a manual clock.
 * For g_test_add() with the two functions below.
 */
typedef struct {
  SyClock      *clock;
  SyRecogniser *recogniser;
  GListStore   *backends;
  GtkWidget    *window;
  SyLivePage   *page;
  double        requests; /* that both have answered; the test may add */
} SyLiveFixture;

void           sy_live_fixture_set_up      (SyLiveFixture *f, gconstpointer data);
void           sy_live_fixture_tear_down   (SyLiveFixture *f, gconstpointer data);

void           sy_live_fixture_add         (SyLiveFixture *f, const char *name, const char *letter);

/* Borrowed. */
SyBackend     *sy_live_fixture_get_backend (SyLiveFixture *f, guint position);
SyStillSource *sy_live_fixture_get_source  (SyLiveFixture *f, guint position);
BeamChart     *sy_live_fixture_get_chart   (SyLiveFixture *f, SyRow row, guint position);

/* What a server with @in_flight requests says; all durations are @latency, seconds. */
void           sy_live_fixture_say         (SyLiveFixture *f, guint position, double in_flight, double latency);

/* @n seconds at 200 requests/s in which Orders holds few requests and Basket many. */
void           sy_live_fixture_run         (SyLiveFixture *f, guint n);

/* Everything has happened after this many turns of an idle main loop. */
void           sy_live_fixture_settle      (GtkWidget *window);

/* Of the label called @child in the template of @type. Borrowed. */
const char    *sy_live_fixture_get_text    (gpointer widget, GType type, const char *child);

G_END_DECLS
