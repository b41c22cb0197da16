/* sy-load-consent.h: asks whether another machine may be loaded
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "sy-load-trial.h"

G_BEGIN_DECLS

/* The response of who agrees; any other is a no. */
#define SY_LOAD_CONSENT_GIVEN "load"

/* Says what @trial will send to @origin, another machine; nothing is, until it was
 * agreed to. @parent: (nullable). Present it and listen to "response". */
GtkWidget *sy_load_consent_new (GtkWindow *parent, SyLoadTrial *trial, const char *origin);

G_END_DECLS
