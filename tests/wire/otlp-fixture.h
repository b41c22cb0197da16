/* otlp-fixture.h: what the tests of pushes share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-otlp-fold.h"

G_BEGIN_DECLS

typedef struct {
  SyOtlpFold    *fold;
  SySeriesTable *table;
} OtlpFixture;

/* @data: the service whose pushes are folded, "": any. */
void           otlp_set_up    (OtlpFixture *self, gconstpointer data);
void           otlp_tear_down (OtlpFixture *self, gconstpointer data);

/* A push of @service at @at s of its life with the metrics @list, in which
 * START and TIME are its times. (transfer full) */
SyOtlpRequest *otlp_make      (const char *service, const char *instance, double start, double at, const char *list);

/* Whether it is ours. @request: (transfer full) */
gboolean       otlp_take      (OtlpFixture *self, SyOtlpRequest *request, double at);

/* A counter called n, of "shop". */
void           otlp_push      (OtlpFixture *self, const char *instance, double start, double at, int value);

/* Must succeed. (transfer full) */
SyExposition  *otlp_render    (OtlpFixture *self, double at);

/* The sum over all series of @name, as a reader would; NAN: there is none. */
double         otlp_sum       (const SyExposition *exposition, const char *name);
double         otlp_read_one  (OtlpFixture *self, double at, const char *name);

G_END_DECLS
