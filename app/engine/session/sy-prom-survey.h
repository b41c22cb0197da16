/* sy-prom-survey.h: which backends a Prometheus server watches
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-session.h"

G_BEGIN_DECLS

/* A job, or one instance of it. */
typedef struct {
  char  *name;        /* owned; text from outside */
  char  *address;     /* owned: to give to sy_session_add() */
  guint  n_instances;
  guint  n_up;        /* of them: scraped with success last */
} SyPromWatched;

void       sy_prom_watched_free     (SyPromWatched *self);

/* Asks whatever is at @address for its `up` series, as the tenant that its `org`
 * names, if any; the addresses found name it too. Errors of _finish: anything
 * that an address which is no Prometheus server may answer; SY_ERROR_EMPTY when
 * it is one, but watches nothing. */
void       sy_session_survey_async  (SySession *self, const char *address, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);

/* Jobs by name, each with its instances when there are several; at most 500.
 * (transfer full) (element-type SyPromWatched) */
GPtrArray *sy_session_survey_finish (SySession *self, GAsyncResult *result, GError **error);

G_END_DECLS
