/* sy-path-setting.c: a file or folder of a person's choice, from the settings into use
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-path-setting.h"

struct _SyPathSetting
{
  GObject    parent_instance;

  GSettings *settings;  /* owned */
  char      *key;       /* owned */
  SyPathUse  use;
  gpointer   user_data; /* borrowed: the caller's, who outlives this */
  GError    *error;     /* owned, nullable */
};

G_DEFINE_FINAL_TYPE (SyPathSetting, sy_path_setting, G_TYPE_OBJECT)

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
use_choice (SyPathSetting *self)
{
  g_autofree char *path = sy_path_setting_dup_path (self);

  g_clear_error (&self->error);
  if (!self->use (path, self->user_data, &self->error) && path != NULL)
    self->use (NULL, self->user_data, NULL);
}

static void
setting_changed_cb (SyPathSetting *self)
{
  use_choice (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
sy_path_setting_dispose (GObject *object)
{
  SyPathSetting *self = SY_PATH_SETTING (object);

  if (self->settings != NULL)
    g_signal_handlers_disconnect_by_data (self->settings, self);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (sy_path_setting_parent_class)->dispose (object);
}

static void
sy_path_setting_finalize (GObject *object)
{
  SyPathSetting *self = SY_PATH_SETTING (object);

  g_free (self->key);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (sy_path_setting_parent_class)->finalize (object);
}

static void
sy_path_setting_class_init (SyPathSettingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sy_path_setting_dispose;
  object_class->finalize = sy_path_setting_finalize;

  signals[CHANGED] =
    g_signal_new ("changed", SY_TYPE_PATH_SETTING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sy_path_setting_init (SyPathSetting *self)
{
}

SyPathSetting *
sy_path_setting_new (GSettings  *settings,
                     const char *key,
                     SyPathUse   use,
                     gpointer    user_data)
{
  SyPathSetting *self = g_object_new (SY_TYPE_PATH_SETTING, NULL);
  g_autofree char *signal = g_strconcat ("changed::", key, NULL);

  self->settings = g_object_ref (settings);
  self->key = g_strdup (key);
  self->use = use;
  self->user_data = user_data;
  g_signal_connect_swapped (settings, signal, G_CALLBACK (setting_changed_cb), self);
  use_choice (self);

  return self;
}

char *
sy_path_setting_dup_path (SyPathSetting *self)
{
  g_autofree char *path = g_settings_get_string (self->settings, self->key);

  return *path != '\0' ? g_steal_pointer (&path) : NULL;
}

void
sy_path_setting_set_path (SyPathSetting *self,
                          const char    *path)
{
  g_settings_set_string (self->settings, self->key, path != NULL ? path : "");
}

const GError *
sy_path_setting_get_error (SyPathSetting *self)
{
  return self->error;
}
