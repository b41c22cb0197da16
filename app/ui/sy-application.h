/* sy-application.h: the desktop program as one object
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SY_TYPE_APPLICATION (sy_application_get_type ())
G_DECLARE_FINAL_TYPE (SyApplication, sy_application, SY, APPLICATION, AdwApplication)

/**
 * SyApplication:
 *
 * Options, settings, the clock, the session, and one window. A second start
 * hands its options and addresses to the first.
 *
 * Exit status: 0, 1 when the data files cannot be read, 2 for wrong usage.
 */
SyApplication *sy_application_new (void);

G_END_DECLS
