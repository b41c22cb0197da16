/* sy-role.h: the roles that readings are made of
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-exposition.h"

G_BEGIN_DECLS

/* A role that a person may give to a metric. */
typedef struct {
  const char *name;  /* "requests" */
  const char *title; /* English, for people; translated where it is shown */
  guint       types; /* bits 1 << SyMetricType: of metrics that can play it */
  const char *unit;  /* of a metric that does not say one */
  const char *others[4]; /* roles of which the same reading is made, NULL-terminated: a choice is instead of them too */
} SyRole;

/* In the order in which people look at them; the last has a NULL name. */
const SyRole *sy_role_list   (void);
const SyRole *sy_role_find   (const char *name); /* NULL: readings know no such role */

/* Whether a metric of @type may play the role. A metric without a TYPE line may
 * where a single number is wanted. */
gboolean      sy_role_allows (const SyRole *self, SyMetricType type);

G_END_DECLS
