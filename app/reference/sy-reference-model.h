/* sy-reference-model.h: how a server runs what it was asked
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib-object.h>

#include "sy-reference-reading.h"
#include "sy-task.h"

G_BEGIN_DECLS

#define SY_TYPE_REFERENCE_MODEL (sy_reference_model_get_type ())
G_DECLARE_DERIVABLE_TYPE (SyReferenceModel, sy_reference_model, SY, REFERENCE_MODEL, GObject)

/**
 * SyReferenceModel:
 *
 * Takes tasks and gives them back done. Made, used and ended on one thread,
 * the server's, and tied to that thread's default main context; what other
 * threads it uses is its own matter.
 */
struct _SyReferenceModelClass {
  GObjectClass parent_class;

  gboolean (*submit)    (SyReferenceModel *self, SyTask *task);
  void     (*get_state) (SyReferenceModel *self, SyModelState *state);
  void     (*shut_down) (SyReferenceModel *self);
};

/* Takes @task, or returns FALSE when there is no room: then the caller keeps it. */
gboolean sy_reference_model_submit    (SyReferenceModel *self, SyTask *task);

void     sy_reference_model_get_state (SyReferenceModel *self, SyModelState *state);

/* Ends all work; hands every unfinished task back as abandoned before it
 * returns. Nothing may be submitted afterwards. */
void     sy_reference_model_shut_down (SyReferenceModel *self);

G_END_DECLS
