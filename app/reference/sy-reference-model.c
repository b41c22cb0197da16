/* sy-reference-model.c: how a server runs what it was asked
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-reference"

#include "config.h"

#include "sy-reference-model.h"

G_DEFINE_ABSTRACT_TYPE (SyReferenceModel, sy_reference_model, G_TYPE_OBJECT)

static void
sy_reference_model_class_init (SyReferenceModelClass *klass)
{
}

static void
sy_reference_model_init (SyReferenceModel *self)
{
}

gboolean
sy_reference_model_submit (SyReferenceModel *self,
                           SyTask           *task)
{
  g_return_val_if_fail (SY_IS_REFERENCE_MODEL (self), FALSE);
  g_return_val_if_fail (task != NULL && task->done != NULL, FALSE);

  return SY_REFERENCE_MODEL_GET_CLASS (self)->submit (self, task);
}

void
sy_reference_model_get_state (SyReferenceModel *self,
                              SyModelState     *state)
{
  g_return_if_fail (SY_IS_REFERENCE_MODEL (self));

  *state = (SyModelState) { 0 };
  SY_REFERENCE_MODEL_GET_CLASS (self)->get_state (self, state);
}

void
sy_reference_model_shut_down (SyReferenceModel *self)
{
  g_return_if_fail (SY_IS_REFERENCE_MODEL (self));

  SY_REFERENCE_MODEL_GET_CLASS (self)->shut_down (self);
}
