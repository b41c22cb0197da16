/* beam-words.h: words of the library in the language of the person
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A library asks its own catalogue by name; the build says which that is.
 */
#pragma once

#include <glib.h>

#ifndef GETTEXT_PACKAGE
#error "GETTEXT_PACKAGE comes from the compile line"
#endif

#include <glib/gi18n-lib.h>
