/* figure-kinds.h: a small figure of each kind, from two numbers of a test
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam.h"

GtkWidget *make_bars (GtkOrientation orientation, double a, double b);
GtkWidget *make_tornado (double a, double b);
GtkWidget *make_dots (BeamScale scale, double a, double b);
GtkWidget *make_bullet (double a, double b);
GtkWidget *make_balance (double a, double b);
