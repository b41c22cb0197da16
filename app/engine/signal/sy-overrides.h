/* sy-overrides.h: what a person has decided about the metrics of one backend
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-recogniser.h"

G_BEGIN_DECLS

/* A label's values: only series that have one of them count, or only others.
 * A value may hold the wildcards of recogniser files. */
typedef struct {
  char      *label;   /* owned */
  GPtrArray *values;  /* owned, element-type utf8 */
  gboolean   except;
} SyOverrideFilter;

/**
 * SyOverrides:
 *
 * Metrics for roles, in place of what the recognisers found, and filters by
 * label. Reference-counted atomically; change it only before others see it.
 * The format of its file is in data/recognisers/README.md.
 * Declared by sy-recogniser.h.
 */

SyOverrides *sy_overrides_new           (void);
SyOverrides *sy_overrides_copy          (const SyOverrides *self); /* @self may be NULL: none */
SyOverrides *sy_overrides_ref           (SyOverrides *self);
void         sy_overrides_unref         (SyOverrides *self);
gboolean     sy_overrides_is_empty      (const SyOverrides *self);
gboolean     sy_overrides_equal         (const SyOverrides *a, const SyOverrides *b); /* either may be NULL */

/* What @role is played by: TRUE with the name of a metric, or with NULL for "by
 * none"; FALSE: as recognised. */
gboolean     sy_overrides_find_role     (const SyOverrides *self, const char *role, const char **metric);
void         sy_overrides_set_role      (SyOverrides *self, const char *role, const char *metric);

/* The roles that were decided, in no special order. Returns the role. */
guint        sy_overrides_get_n_roles   (const SyOverrides *self);
const char  *sy_overrides_get_role      (const SyOverrides *self, guint index, const char **metric);
void         sy_overrides_reset_role    (SyOverrides *self, const char *role);

/* (element-type SyOverrideFilter): in the order they were added. */
const GPtrArray *sy_overrides_get_filters (const SyOverrides *self);
void         sy_overrides_add_filter    (SyOverrides *self, const char *label, const char * const *values, gboolean except);
void         sy_overrides_remove_filter (SyOverrides *self, guint index);

/* Whether @series passes all filters. Series of requests, errors and durations
 * (@is_request) without the label have the value ""; others without it pass. */
gboolean     sy_overrides_pass          (const SyOverrides *self, const SySeries *series, gboolean is_request);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyOverrides, sy_overrides_unref)

G_END_DECLS
