/* sy-load-capacity.h: the load a backend has been seen to carry within its SLO
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-time-window.h"

G_BEGIN_DECLS

/* Windows of about the same load. */
typedef struct {
  double   load;        /* requests/s, the mean */
  guint    n_windows;
  double   requests;
  double   share;       /* of the requests within the SLO */
  double   share_low;   /* 95 % */
  double   share_high;
  double   error_ratio;
  gboolean meets;       /* surely within the SLO, and few enough errors */
  gboolean violates;    /* surely not */
} SyLoadBin;

/* What the windows tell, and no more: no model, nothing beyond them. */
typedef enum {
  SY_CAPACITY_UNKNOWN,  /* nothing is sure at any load */
  SY_CAPACITY_AT_LEAST, /* the SLO held at the largest load seen: raise the load to find the limit */
  SY_CAPACITY_MEASURED, /* it held at @low and not at @high */
  SY_CAPACITY_BELOW,    /* it did not hold at the smallest load seen, @high */
} SyCapacityState;

typedef struct {
  SyCapacityState state;
  double          low;  /* requests/s; NAN: none */
  double          high; /* INFINITY: none */
} SyLoadCapacity;

/* @windows with slo_share are put into bins 10 % wide. The interval of a bin's
 * share is the wider of what its windows differ and of what its requests are
 * too few for. @target: the share asked for (0.99); @max_errors as a share.
 * Returns: (transfer full) (element-type SyLoadBin), by load */
GArray        *sy_load_bins     (const SyTimeWindow *windows, guint n, double target, double max_errors);
SyLoadCapacity  sy_load_capacity  (const GArray *bins);

/* "unknown", "at-least", "measured", "below". */
const char    *sy_capacity_state_nick (SyCapacityState state);

G_END_DECLS
