/* sy-assumption-file.c: where what a person states is kept
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-assumption-file.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "sy-error.h"

struct _SyAssumptionFile
{
  char                  *path;    /* (owned) (nullable): kept nowhere */
  GError                *error;   /* (owned) (nullable) */
  gboolean               spoilt;  /* the file has a mistake: hands off */
  const SyAssumptionSet *unsaved; /* (borrowed) (nullable): all is written */
  guint                  idle_id; /* that writes */
};

SyAssumptionFile *
sy_assumption_file_new (const char *path)
{
  SyAssumptionFile *self = g_new0 (SyAssumptionFile, 1);

  self->path = g_strdup (path);
  return self;
}

SyAssumptionSet *
sy_assumption_file_read (SyAssumptionFile *self)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  SyAssumptionSet *set = NULL;
  gsize length;

  if (self->path == NULL)
    return NULL;

  if (g_file_get_contents (self->path, &text, &length, &error))
    set = sy_assumption_set_parse (self->path, text, length, &error);
  else if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return NULL;

  if (set == NULL)
    {
      self->spoilt = TRUE;
      g_set_error_literal (&self->error, SY_ERROR, SY_ERROR_INVALID, error->message);
    }

  return set;
}

static gboolean
write_cb (gpointer user_data)
{
  SyAssumptionFile *self = user_data;

  self->idle_id = 0;
  g_clear_error (&self->error);
  sy_assumption_file_write (self, self->unsaved, &self->error);
  return G_SOURCE_REMOVE;
}

void
sy_assumption_file_changed (SyAssumptionFile      *self,
                            const SyAssumptionSet *set)
{
  if (self->path == NULL || self->spoilt)
    return;

  self->unsaved = set;
  if (self->idle_id == 0)
    self->idle_id = g_idle_add (write_cb, self);
}

gboolean
sy_assumption_file_write (SyAssumptionFile      *self,
                          const SyAssumptionSet *set,
                          GError               **error)
{
  g_autofree char *text = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (GError) inner = NULL;

  if (self->path == NULL || self->spoilt)
    return TRUE;

  g_clear_handle_id (&self->idle_id, g_source_remove);
  text = sy_assumption_set_format (set);
  folder = g_path_get_dirname (self->path);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_FAILED, "%s: %s", folder, g_strerror (errno));
      return FALSE;
    }

  if (!g_file_set_contents (self->path, text, -1, &inner))
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_FAILED, inner->message);
      return FALSE;
    }

  self->unsaved = NULL;
  return TRUE;
}

const GError *
sy_assumption_file_get_error (SyAssumptionFile *self)
{
  return self->error;
}

void
sy_assumption_file_free (SyAssumptionFile *self)
{
  g_autoptr (GError) error = NULL;

  g_clear_handle_id (&self->idle_id, g_source_remove);
  if (self->unsaved != NULL && !sy_assumption_file_write (self, self->unsaved, &error))
    g_message ("%s", error->message);

  g_clear_error (&self->error);
  g_free (self->path);
  g_free (self);
}
