/* sy-shelf.c: the recordings that are kept
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is taken out lies in a folder below, on the same file system, so that both
 * ways are a rename.
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-shelf.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "sy-clock.h"
#include "sy-datadir.h"
#include "sy-error.h"
#include "sy-shelf-files.h"

#define SUFFIX ".steelyard"
#define TAKEN_OUT "removed"

/* A name that file systems take, with the suffix and "-journal". */
#define MOST_NAME 200
#define MOST_FILES 10000

struct _SyShelf
{
  GObject       parent_instance;

  char         *folder;      /* (owned) */
  GPtrArray    *infos;       /* (owned) (element-type SyRecordingInfo) */
  GError       *error;       /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) */
  gboolean      looking;
  gboolean      again;       /* something changed since the look began */
  gboolean      has_looked;
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SyShelf, sy_shelf, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum
{
  REFRESHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What was listed stays in its folder, whichever is the shelf's by now. */
static char *
dup_folder (SyRecordingInfo *info)
{
  return g_path_get_dirname (sy_recording_info_get_path (info));
}

static char *
build_taken_out (SyRecordingInfo *info)
{
  g_autofree char *folder = dup_folder (info);
  g_autofree char *base = g_path_get_basename (sy_recording_info_get_path (info));

  return g_build_filename (folder, TAKEN_OUT, base, NULL);
}

static gboolean
make_folder (const char  *path,
             GError     **error)
{
  if (g_mkdir_with_parents (path, 0700) == 0)
    return TRUE;

  g_set_error (error, SY_ERROR, SY_ERROR_STORAGE, "%s: %s", path, g_strerror (errno));
  return FALSE;
}

/* Whether files can be made in @path, which permissions alone do not tell. */
static gboolean
check_folder (const char  *path,
              GError     **error)
{
  g_autofree char *probe = g_build_filename (path, ".steelyard-XXXXXX", NULL);
  int fd;

  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, SY_ERROR, SY_ERROR_STORAGE, "%s: there is no such folder", path);
      return FALSE;
    }

  fd = g_mkstemp (probe);
  if (fd < 0)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_STORAGE, "%s: %s", path, g_strerror (errno));
      return FALSE;
    }

  g_close (fd, NULL);
  g_unlink (probe);
  return TRUE;
}

/* --- Looking -------------------------------------------------------------- */

static int
compare_infos (gconstpointer a,
               gconstpointer b)
{
  SyRecordingInfo *left = *(SyRecordingInfo *const *) a;
  SyRecordingInfo *right = *(SyRecordingInfo *const *) b;
  const gint64 left_us = sy_recording_info_get_began (left);
  const gint64 right_us = sy_recording_info_get_began (right);

  if (left_us != right_us)
    return left_us > right_us ? -1 : 1;
  return strcmp (sy_recording_info_get_path (left), sy_recording_info_get_path (right));
}

static void
purge (const char *folder)
{
  g_autofree char *taken_out = g_build_filename (folder, TAKEN_OUT, NULL);
  g_autoptr (GDir) dir = g_dir_open (taken_out, 0, NULL);
  const char *base;

  while (dir != NULL && (base = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (base, SUFFIX))
      {
        g_autofree char *path = g_build_filename (taken_out, base, NULL);

        sy_shelf_files_delete (path);
      }
}

typedef struct
{
  char    *folder; /* (owned) */
  gboolean purge;
} Look;

static void
look_free (gpointer data)
{
  g_free (((Look *) data)->folder);
  g_free (data);
}

static void
look_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  const Look *look = task_data;
  g_autoptr (GPtrArray) infos = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (look->folder, 0, &error);
  const char *base;

  if (dir == NULL && !g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_task_return_new_error (task, SY_ERROR, SY_ERROR_STORAGE, "%s", error->message);
      return;
    }

  if (look->purge)
    purge (look->folder);

  while (dir != NULL && infos->len < MOST_FILES && !g_cancellable_is_cancelled (cancellable)
         && (base = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (base, SUFFIX) && base[0] != '.')
      {
        g_autofree char *path = g_build_filename (look->folder, base, NULL);

        g_ptr_array_add (infos, sy_recording_info_read (path));
      }

  g_ptr_array_sort (infos, compare_infos);
  g_task_return_pointer (task, g_steal_pointer (&infos), (GDestroyNotify) g_ptr_array_unref);
}

static void
looked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  SyShelf *self = SY_SHELF (object);
  g_autoptr (GError) error = NULL;
  GPtrArray *infos = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->looking = FALSE;
  if (self->again)
    {
      g_clear_pointer (&infos, g_ptr_array_unref);
      sy_shelf_refresh (self);
      return;
    }

  self->has_looked = TRUE;
  g_clear_error (&self->error);
  if (infos == NULL)
    self->error = g_steal_pointer (&error);
  else
    {
      const guint n_before = self->infos->len;

      g_ptr_array_unref (self->infos);
      self->infos = infos;
      g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, infos->len);
    }

  g_signal_emit (self, signals[REFRESHED], 0);
}

static GType
get_item_type (GListModel *model)
{
  return SY_TYPE_RECORDING_INFO;
}

static guint
get_n_items (GListModel *model)
{
  return SY_SHELF (model)->infos->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  SyShelf *self = SY_SHELF (model);

  return position < self->infos->len ? g_object_ref (g_ptr_array_index (self->infos, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
sy_shelf_dispose (GObject *object)
{
  g_cancellable_cancel (SY_SHELF (object)->cancellable);

  G_OBJECT_CLASS (sy_shelf_parent_class)->dispose (object);
}

static void
sy_shelf_finalize (GObject *object)
{
  SyShelf *self = SY_SHELF (object);

  g_free (self->folder);
  g_ptr_array_unref (self->infos);
  g_clear_error (&self->error);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (sy_shelf_parent_class)->finalize (object);
}

static void
sy_shelf_class_init (SyShelfClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sy_shelf_dispose;
  object_class->finalize = sy_shelf_finalize;

  signals[REFRESHED] = g_signal_new ("refreshed", SY_TYPE_SHELF, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sy_shelf_init (SyShelf *self)
{
  self->infos = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
}

SyShelf *
sy_shelf_new (const char *folder)
{
  SyShelf *self = g_object_new (SY_TYPE_SHELF, NULL);

  self->folder = g_strdup (folder);
  return self;
}

SyShelf *
sy_shelf_new_own (void)
{
  g_autofree char *folder = sy_datadir_build_own_path ("recordings");

  return sy_shelf_new (folder);
}

gboolean
sy_shelf_set_folder (SyShelf     *self,
                     const char  *path,
                     GError     **error)
{
  g_autofree char *folder = path != NULL ? g_strdup (path) : sy_datadir_build_own_path ("recordings");

  if (path != NULL && !check_folder (path, error))
    return FALSE;

  if (strcmp (folder, self->folder) != 0)
    {
      g_free (self->folder);
      self->folder = g_steal_pointer (&folder);
      sy_shelf_refresh (self);
    }
  return TRUE;
}

const char *
sy_shelf_get_folder (SyShelf *self)
{
  return self->folder;
}

void
sy_shelf_refresh (SyShelf *self)
{
  g_autoptr (GTask) task = NULL;
  Look *look;

  self->again = self->looking;
  if (self->looking)
    return;

  self->looking = TRUE;
  look = g_new0 (Look, 1);
  look->folder = g_strdup (self->folder);
  look->purge = !self->has_looked;
  task = g_task_new (self, self->cancellable, looked_cb, NULL);
  g_task_set_source_tag (task, sy_shelf_refresh);
  g_task_set_task_data (task, look, look_free);
  g_task_run_in_thread (task, look_thread);
}

const GError *
sy_shelf_get_error (SyShelf *self)
{
  return self->error;
}

/* "NAME", "NAME 2", …: the first that is free. */
static char *
find_free_path (const char *folder,
                const char *name)
{
  for (guint i = 1;; i++)
    {
      g_autofree char *base = i == 1 ? g_strconcat (name, SUFFIX, NULL) : g_strdup_printf ("%s %u" SUFFIX, name, i);
      g_autofree char *path = g_build_filename (folder, base, NULL);

      if (!sy_shelf_files_has (path))
        return g_steal_pointer (&path);
    }
}

char *
sy_shelf_dup_new_path (SyShelf  *self,
                       gint64    wall_us,
                       GError  **error)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (wall_us / SY_USEC_PER_SEC);
  g_autofree char *name = time != NULL ? g_date_time_format (time, "%Y-%m-%d %H-%M-%S") : g_strdup ("recording");

  return make_folder (self->folder, error) ? find_free_path (self->folder, name) : NULL;
}

static gboolean
check_name (const char  *name,
            GError     **error)
{
  const char *why = NULL;

  if (*name == '\0')
    why = "a recording needs a name";
  else if (strlen (name) > MOST_NAME)
    why = "is too long";
  else if (name[0] == '.')
    why = "must not begin with a dot: the file would be hidden";
  else if (strchr (name, '/') != NULL)
    why = "must not hold a slash";

  if (why != NULL)
    g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "“%s”: %s", name, why);
  return why == NULL;
}

static gboolean
check_still (SyRecordingInfo  *info,
             GError          **error)
{
  if (sy_recording_info_get_state (info) != SY_RECORDING_WRITTEN)
    return TRUE;

  g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "“%s” is being recorded right now", sy_recording_info_get_name (info));
  return FALSE;
}

gboolean
sy_shelf_rename (SyShelf          *self,
                 SyRecordingInfo  *info,
                 const char       *name,
                 GError          **error)
{
  g_autofree char *folder = dup_folder (info);
  g_autofree char *plain = g_strstrip (g_strdup (name));
  g_autofree char *base = NULL;
  g_autofree char *path = NULL;

  if (!check_still (info, error) || !check_name (plain, error))
    return FALSE;

  base = g_strconcat (plain, SUFFIX, NULL);
  path = g_build_filename (folder, base, NULL);
  if (strcmp (path, sy_recording_info_get_path (info)) != 0 && !sy_shelf_files_move (sy_recording_info_get_path (info), path, error))
    return FALSE;

  sy_shelf_refresh (self);
  return TRUE;
}

gboolean
sy_shelf_take_out (SyShelf          *self,
                   SyRecordingInfo  *info,
                   GError          **error)
{
  g_autofree char *path = build_taken_out (info);
  g_autofree char *folder = g_path_get_dirname (path);
  guint position;

  if (!check_still (info, error) || !make_folder (folder, error))
    return FALSE;

  /* One of that name that was taken out before. */
  sy_shelf_files_delete (path);
  if (!sy_shelf_files_move (sy_recording_info_get_path (info), path, error))
    return FALSE;

  if (g_ptr_array_find (self->infos, info, &position))
    {
      g_autoptr (SyRecordingInfo) keep = g_object_ref (info);

      g_ptr_array_remove_index (self->infos, position);
      g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
    }
  /* A look that has begun may have seen it. */
  if (self->looking)
    sy_shelf_refresh (self);
  return TRUE;
}

gboolean
sy_shelf_put_back (SyShelf          *self,
                   SyRecordingInfo  *info,
                   GError          **error)
{
  g_autofree char *folder = dup_folder (info);
  g_autofree char *from = build_taken_out (info);
  g_autofree char *base = g_path_get_basename (from);
  g_autofree char *to = NULL;

  base[strlen (base) - strlen (SUFFIX)] = '\0';
  to = find_free_path (folder, base);
  if (!sy_shelf_files_move (from, to, error))
    return FALSE;

  sy_shelf_refresh (self);
  return TRUE;
}

void
sy_shelf_forget (SyShelf         *self,
                 SyRecordingInfo *info)
{
  g_autofree char *path = build_taken_out (info);

  sy_shelf_files_delete (path);
}
