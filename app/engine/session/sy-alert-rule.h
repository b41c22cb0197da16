/* sy-alert-rule.h: what a person wants to be told of
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-history.h"

G_BEGIN_DECLS

#define SY_ALERT_MAX_DURATION_US (24 * G_GINT64_CONSTANT (3600000000))
#define SY_ALERT_MAX_HYSTERESIS 0.9

typedef enum {
  SY_ALERT_ABOVE,
  SY_ALERT_BELOW,
} SyAlertBound;

/**
 * SyAlertRule:
 *
 * A plain value: one quantity of one backend, or that quantity divided by the
 * first backend's (B ÷ A, as the ratio under a row of charts), is beyond @limit for
 * @duration_us. It is over when the quantity has been back within the limit, by
 * @hysteresis of it, for as long.
 */
typedef struct {
  guint        id;          /* of its book; 0: in none */
  SyQuantity   quantity;    /* one of sy_alert_rule_quantities() */
  guint        backend;     /* 0: A, 1: B, … */
  gboolean     is_ratio;    /* to A; then @backend is not 0 */
  SyAlertBound bound;
  double       limit;       /* in base units, 0 or more; of a ratio more than 0 */
  double       hysteresis;  /* share of the limit, 0 … SY_ALERT_MAX_HYSTERESIS */
  gint64       duration_us; /* 0 … SY_ALERT_MAX_DURATION_US */
  gboolean     is_enabled;
} SyAlertRule;

/* The 99th percentile of A over half a second for a minute; enabled. */
void              sy_alert_rule_init       (SyAlertRule *self);
gboolean          sy_alert_rule_equal      (const SyAlertRule *self, const SyAlertRule *other);

/* SY_ERROR_INVALID when a member is not in its range. */
gboolean          sy_alert_rule_check      (const SyAlertRule *self, GError **error);

/* Whether @value speaks for an event, or for its end. Between the two it speaks
 * for neither. */
gboolean          sy_alert_rule_is_beyond  (const SyAlertRule *self, double value);
gboolean          sy_alert_rule_is_within  (const SyAlertRule *self, double value);

/* What a rule can be about, in the order of the Live page. (transfer none) */
const SyQuantity *sy_alert_rule_quantities (guint *ret_n);

/* The name of a quantity in files: "p99". NULL, and FALSE: no rule is about it. */
const char       *sy_alert_quantity_nick   (SyQuantity quantity);
gboolean          sy_alert_quantity_parse  (const char *nick, SyQuantity *ret);

G_END_DECLS
