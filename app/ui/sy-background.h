/* sy-background.h: watching on while the window is closed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-session.h"

G_BEGIN_DECLS

typedef enum {
  SY_BACKGROUND_OFF,
  SY_BACKGROUND_ASKING,      /* the desktop has not answered yet */
  SY_BACKGROUND_ALLOWED,
  SY_BACKGROUND_REFUSED,     /* by the person or the desktop */
  SY_BACKGROUND_UNAVAILABLE, /* there is no portal that could be asked */
} SyBackgroundState;

#define SY_TYPE_BACKGROUND (sy_background_get_type ())
G_DECLARE_FINAL_TYPE (SyBackground, sy_background, SY, BACKGROUND, GObject)

/**
 * SyBackground:
 *
 * Holds the application, so that it does not end with its last window, while the
 * setting "background" is on, the background portal allows it and there is a backend
 * to watch. The portal is asked at each start and when the setting is switched on;
 * who is refused has it off again.
 *
 * Signal "changed": the state has.
 */
SyBackground      *sy_background_new        (GApplication *application, SySession *session, GSettings *settings);
SyBackgroundState  sy_background_get_state  (SyBackground *self);
gboolean           sy_background_is_wanted  (SyBackground *self);
void               sy_background_set_wanted (SyBackground *self, gboolean wanted);

G_END_DECLS
