/* sy-serverless.h: paying for each call instead of for machines
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Functions that are billed by wall time, whole milliseconds: waiting for a
 * database is billed like work. */
typedef struct {
  double seconds;        /* of a call */
  double gigabytes;      /* of memory, as the provider counts them */
  double price_million;  /* of a million calls */
  double price_gbs;      /* of a gigabyte-second */
} SyServerless;

/* AWS Lambda on arm64, us-east-1; @seconds and @gigabytes are NAN. */
void   sy_serverless_init        (SyServerless *self);
double sy_serverless_per_call    (const SyServerless *self);
double sy_serverless_month       (const SyServerless *self, double requests);

/* Requests a month at which machines for @fixed_month cost the same; above
 * them, machines are cheaper. NAN when a call costs nothing. */
double sy_serverless_break_even  (const SyServerless *self, double fixed_month);

/* Containers that share an instance (Cloud Run): instance-seconds of a month,
 * when @concurrency calls of @seconds run in one instance at a time. */
double sy_serverless_instance_seconds (double requests, double seconds, double concurrency);

G_END_DECLS
