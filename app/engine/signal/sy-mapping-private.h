/* sy-mapping-private.h: what stands behind a signal
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-recogniser-file.h"
#include "sy-recogniser.h"

G_BEGIN_DECLS

/* A signal and where its numbers come from. Starts with the public part. */
typedef struct {
  SySignal      signal;
  char         *finished;      /* owned, nullable: for started-minus-finished, the metric to subtract */
  const SyRule *rule;          /* borrowed, nullable: derived signals have none */
  gboolean      counts_scrape;
} SyMappedSignal;

SyMapping            *sy_mapping_new            (SyRecogniser *recogniser);
void                  sy_mapping_set_names      (SyMapping *self, const char *exporter, const char *runtime, const char *framework);
void                  sy_mapping_set_unconfirmed (SyMapping *self, gboolean unconfirmed);
void                  sy_mapping_set_overrides   (SyMapping *self, SyOverrides *overrides);
const SyOverrides    *sy_mapping_get_overrides   (const SyMapping *self); /* nullable */
void                  sy_mapping_remove_role     (SyMapping *self, const char *role);
SyMappedSignal       *sy_mapping_add            (SyMapping *self, const char *role, const char *metric, SyMetricType type,
                                                 const char *unit, SyHow how);
void                  sy_mapping_add_trap       (SyMapping *self, const SyTrapText *text, const char *metric);

/* A file that applies to the target: its labels and routes count. */
void                  sy_mapping_add_file       (SyMapping *self, const SyRecogniserFile *file);

/* Whether a label of @series tells a route that only scrapers and health checks
 * ask for. */
gboolean              sy_mapping_is_own_route    (const SyMapping *self, const SySeries *series);
const GPtrArray      *sy_mapping_get_files      (const SyMapping *self); /* element-type SyRecogniserFile */
const SyMappedSignal *sy_mapping_get_mapped     (const SyMapping *self, guint index);
const SyMappedSignal *sy_mapping_find_mapped    (const SyMapping *self, const char *role);

G_END_DECLS
