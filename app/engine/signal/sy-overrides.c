/* sy-overrides.c: what a person has decided about the metrics of one backend
 *
 * A handful of roles and filters. Empty: everything as recognised.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard"

#include "config.h"

#include "sy-overrides.h"

#include <string.h>

#include "sy-name-pattern.h"

struct _SyOverrides
{
  gatomicrefcount references;
  GPtrArray      *roles;    /* owned, element-type Choice */
  GPtrArray      *filters;  /* owned, element-type SyOverrideFilter */
  GPtrArray      *patterns; /* owned, element-type GPtrArray of SyNamePattern: of each filter */
};

typedef struct
{
  char *role;   /* owned */
  char *metric; /* owned, nullable: by none */
} Choice;

static void
choice_free (gpointer data)
{
  Choice *self = data;

  g_free (self->role);
  g_free (self->metric);
  g_free (self);
}

static void
filter_free (gpointer data)
{
  SyOverrideFilter *self = data;

  g_free (self->label);
  g_ptr_array_unref (self->values);
  g_free (self);
}

static gboolean
filter_equal (const SyOverrideFilter *a,
              const SyOverrideFilter *b)
{
  if (a->except != b->except || strcmp (a->label, b->label) != 0 || a->values->len != b->values->len)
    return FALSE;

  for (guint i = 0; i < a->values->len; i++)
    if (strcmp (g_ptr_array_index (a->values, i), g_ptr_array_index (b->values, i)) != 0)
      return FALSE;

  return TRUE;
}

static Choice *
find_choice (const SyOverrides *self,
             const char        *role)
{
  for (guint i = 0; i < self->roles->len; i++)
    {
      Choice *choice = g_ptr_array_index (self->roles, i);

      if (strcmp (choice->role, role) == 0)
        return choice;
    }

  return NULL;
}

SyOverrides *
sy_overrides_new (void)
{
  SyOverrides *self = g_new0 (SyOverrides, 1);

  g_atomic_ref_count_init (&self->references);
  self->roles = g_ptr_array_new_with_free_func (choice_free);
  self->filters = g_ptr_array_new_with_free_func (filter_free);
  self->patterns = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  return self;
}

SyOverrides *
sy_overrides_copy (const SyOverrides *self)
{
  SyOverrides *copy = sy_overrides_new ();

  for (guint i = 0; self != NULL && i < self->roles->len; i++)
    {
      const Choice *choice = g_ptr_array_index (self->roles, i);

      sy_overrides_set_role (copy, choice->role, choice->metric);
    }

  for (guint i = 0; self != NULL && i < self->filters->len; i++)
    {
      const SyOverrideFilter *filter = g_ptr_array_index (self->filters, i);
      g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
      g_auto (GStrv) list = NULL;

      for (guint j = 0; j < filter->values->len; j++)
        g_strv_builder_add (values, g_ptr_array_index (filter->values, j));
      list = g_strv_builder_end (values);
      sy_overrides_add_filter (copy, filter->label, (const char * const *) list, filter->except);
    }

  return copy;
}

SyOverrides *
sy_overrides_ref (SyOverrides *self)
{
  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
sy_overrides_unref (SyOverrides *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_ptr_array_unref (self->roles);
  g_ptr_array_unref (self->filters);
  g_ptr_array_unref (self->patterns);
  g_free (self);
}

gboolean
sy_overrides_equal (const SyOverrides *a,
                    const SyOverrides *b)
{
  if (a == b)
    return TRUE;
  if (a == NULL || b == NULL || a->roles->len != b->roles->len || a->filters->len != b->filters->len)
    return FALSE;

  for (guint i = 0; i < a->roles->len; i++)
    {
      const Choice *first = g_ptr_array_index (a->roles, i);
      const Choice *second = find_choice (b, first->role);

      if (second == NULL || g_strcmp0 (first->metric, second->metric) != 0)
        return FALSE;
    }

  for (guint i = 0; i < a->filters->len; i++)
    if (!filter_equal (g_ptr_array_index (a->filters, i), g_ptr_array_index (b->filters, i)))
      return FALSE;

  return TRUE;
}

gboolean
sy_overrides_is_empty (const SyOverrides *self)
{
  return self->roles->len == 0 && self->filters->len == 0;
}

gboolean
sy_overrides_find_role (const SyOverrides  *self,
                        const char         *role,
                        const char        **metric)
{
  const Choice *choice = find_choice (self, role);

  if (choice == NULL)
    return FALSE;

  *metric = choice->metric;

  return TRUE;
}

void
sy_overrides_set_role (SyOverrides *self,
                       const char  *role,
                       const char  *metric)
{
  Choice *choice = find_choice (self, role);

  if (choice == NULL)
    {
      choice = g_new0 (Choice, 1);
      choice->role = g_strdup (role);
      g_ptr_array_add (self->roles, choice);
    }

  g_free (choice->metric);
  choice->metric = g_strdup (metric);
}

guint
sy_overrides_get_n_roles (const SyOverrides *self)
{
  return self->roles->len;
}

const char *
sy_overrides_get_role (const SyOverrides  *self,
                       guint               index,
                       const char        **metric)
{
  const Choice *choice = g_ptr_array_index (self->roles, index);

  *metric = choice->metric;

  return choice->role;
}

void
sy_overrides_reset_role (SyOverrides *self,
                         const char  *role)
{
  Choice *choice = find_choice (self, role);

  if (choice != NULL)
    g_ptr_array_remove (self->roles, choice);
}

const GPtrArray *
sy_overrides_get_filters (const SyOverrides *self)
{
  return self->filters;
}

void
sy_overrides_add_filter (SyOverrides         *self,
                         const char          *label,
                         const char * const  *values,
                         gboolean             except)
{
  SyOverrideFilter *filter = g_new0 (SyOverrideFilter, 1);
  GPtrArray *patterns = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_name_pattern_free);

  filter->label = g_strdup (label);
  filter->values = g_ptr_array_new_with_free_func (g_free);
  filter->except = except;
  for (guint i = 0; values[i] != NULL; i++)
    {
      g_ptr_array_add (filter->values, g_strdup (values[i]));
      g_ptr_array_add (patterns, sy_name_pattern_new (values[i], FALSE));
    }

  g_ptr_array_add (self->filters, filter);
  g_ptr_array_add (self->patterns, patterns);
}

void
sy_overrides_remove_filter (SyOverrides *self,
                            guint        index)
{
  g_return_if_fail (index < self->filters->len);

  g_ptr_array_remove_index (self->filters, index);
  g_ptr_array_remove_index (self->patterns, index);
}

gboolean
sy_overrides_pass (const SyOverrides *self,
                   const SySeries    *series,
                   gboolean           is_request)
{
  for (guint i = 0; i < self->filters->len; i++)
    {
      const SyOverrideFilter *filter = g_ptr_array_index (self->filters, i);
      const GPtrArray *patterns = g_ptr_array_index (self->patterns, i);
      const char *value = sy_series_get_label (series, filter->label);
      gboolean found = FALSE;

      if (value == NULL && !is_request)
        continue;
      for (guint j = 0; j < patterns->len && !found; j++)
        found = sy_name_pattern_match (g_ptr_array_index (patterns, j), value != NULL ? value : "") != SY_NAME_OTHER;
      if (found == filter->except)
        return FALSE;
    }

  return TRUE;
}
