/* sy-provenance.c: how a number was computed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-provenance.h"

#include <glib/gi18n.h>

#include "sy-evidence-mark.h"

static void
input_free (SyProvenanceInput *input)
{
  g_free (input->name);
  g_free (input->value);
  g_free (input->source);
  g_free (input);
}

SyProvenance *
sy_provenance_new (const char *title,
                   const char *formula)
{
  SyProvenance *self = g_new0 (SyProvenance, 1);

  self->title = g_strdup (title);
  self->formula = g_strdup (formula);
  self->inputs = g_ptr_array_new_with_free_func ((GDestroyNotify) input_free);
  return self;
}

void
sy_provenance_add (SyProvenance    *self,
                   const char      *name,
                   const char      *value,
                   SyEvidenceClass  cls,
                   const char      *source)
{
  SyProvenanceInput *input = g_new0 (SyProvenanceInput, 1);

  input->name = g_strdup (name);
  input->value = g_strdup (value);
  input->cls = cls;
  input->source = g_strdup (source);
  g_ptr_array_add (self->inputs, input);
}

SyProvenance *
sy_provenance_copy (const SyProvenance *self)
{
  SyProvenance *copy = sy_provenance_new (self->title, self->formula);

  for (guint i = 0; i < self->inputs->len; i++)
    {
      const SyProvenanceInput *input = g_ptr_array_index (self->inputs, i);

      sy_provenance_add (copy, input->name, input->value, input->cls, input->source);
    }

  return copy;
}

void
sy_provenance_free (SyProvenance *self)
{
  if (self == NULL)
    return;

  g_free (self->title);
  g_free (self->formula);
  g_ptr_array_unref (self->inputs);
  g_free (self);
}

SyEvidenceClass
sy_provenance_get_class (const SyProvenance *self)
{
  SyEvidenceClass weakest = SY_EVIDENCE_MEASURED;

  if (self->inputs->len == 0)
    return SY_EVIDENCE_ASSUMED;

  for (guint i = 0; i < self->inputs->len; i++)
    weakest = MAX (weakest, ((const SyProvenanceInput *) g_ptr_array_index (self->inputs, i))->cls);

  return weakest;
}

char *
sy_provenance_dup_text (const SyProvenance *self)
{
  GString *text = g_string_new (self->title);

  g_string_append_printf (text, "\n%s\n", self->formula);

  for (guint i = 0; i < self->inputs->len; i++)
    {
      const SyProvenanceInput *input = g_ptr_array_index (self->inputs, i);
      const char *title = sy_evidence_mark_get_title (input->cls);

      if (input->source != NULL)
        /* Translators: an input of a formula in plain text: "Capacity: 820/s (Measured: here, in 24 windows)" */
        g_string_append_printf (text, _("%1$s: %2$s (%3$s: %4$s)"), input->name, input->value, title, input->source);
      else
        /* Translators: an input of a formula in plain text: "Capacity: 820/s (Measured)" */
        g_string_append_printf (text, _("%1$s: %2$s (%3$s)"), input->name, input->value, title);
      g_string_append_c (text, '\n');
    }

  return g_string_free (text, FALSE);
}
