/* sy-packing.h: how many copies fit on a rented machine
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SY_PACKING_EVICTION_BYTES (100.0 * 1024 * 1024) /* kept free by the kubelet */
#define SY_PACKING_MAX_PODS 110.0

/* What Kubernetes keeps for itself on a node of @cores and @bytes, by the table
 * that Google publishes for GKE ("Plan node sizes"). Other providers keep
 * amounts of the same order. */
double sy_packing_reserved_cores (double cores);
double sy_packing_reserved_bytes (double bytes, double eviction_bytes);

typedef struct {
  double cores;          /* of a node */
  double bytes;
  double request_cores;  /* of one copy */
  double request_bytes;
  double max_pods;       /* SY_PACKING_MAX_PODS */
} SyPackingRequest;

typedef struct {
  double pods_per_node;  /* 0: not even one fits. NAN: a request is not known */
  double cores_wasted;   /* share of what is allocatable that no copy can use, 0 … 1 */
  double bytes_wasted;
  gboolean memory_bound; /* memory, not cores, is full first */
} SyPacking;

SyPacking sy_packing (const SyPackingRequest *request);

/* Nodes for @replicas: whole ones, at least @min_nodes. NAN when none fits. */
double    sy_packing_nodes (double replicas, double pods_per_node, double min_nodes);

/* What one tenant of a shared cluster pays for a resource: the larger of what
 * it asked for and what it used, times the price of a unit (the rule of the
 * OpenCost specification). An unknown one counts for nothing beside the other. */
double    sy_packing_attribution (double requested, double used, double unit_price);

G_END_DECLS
