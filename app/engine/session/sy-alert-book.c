/* sy-alert-book.c: the rules of what a person wants to be told of
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-alert-book.h"

#include "sy-error.h"

struct _SyAlertBook
{
  GObject      parent_instance;

  char        *path;    /* (owned) */
  SyAlertList *list;    /* (owned) */
  GError      *error;   /* (owned) (nullable): of the file */
  guint        last_id;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SyAlertBook, sy_alert_book, G_TYPE_OBJECT)

static SyAlertRule *
find (SyAlertBook *self,
      guint        id,
      guint       *ret_position)
{
  for (guint i = 0; i < self->list->rules->len; i++)
    {
      SyAlertRule *rule = &g_array_index (self->list->rules, SyAlertRule, i);

      if (rule->id != id)
        continue;
      if (ret_position != NULL)
        *ret_position = i;
      return rule;
    }

  return NULL;
}

/* Tells and keeps what has changed. */
static gboolean
changed (SyAlertBook  *self,
         GError      **error)
{
  g_signal_emit (self, signals[CHANGED], 0);

  if (self->error != NULL)
    {
      g_propagate_error (error, g_error_copy (self->error));
      return FALSE;
    }

  return sy_alert_file_save (self->path, self->list, error);
}

static void
sy_alert_book_finalize (GObject *object)
{
  SyAlertBook *self = SY_ALERT_BOOK (object);

  g_free (self->path);
  g_clear_pointer (&self->list, sy_alert_list_free);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (sy_alert_book_parent_class)->finalize (object);
}

static void
sy_alert_book_class_init (SyAlertBookClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sy_alert_book_finalize;

  signals[CHANGED] =
    g_signal_new ("changed", SY_TYPE_ALERT_BOOK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sy_alert_book_init (SyAlertBook *self)
{
}

SyAlertBook *
sy_alert_book_new (const char *path)
{
  SyAlertBook *self = g_object_new (SY_TYPE_ALERT_BOOK, NULL);

  self->path = g_strdup (path);
  self->list = sy_alert_file_load (path, &self->error);
  if (self->list == NULL)
    self->list = sy_alert_list_new ();
  for (guint i = 0; i < self->list->rules->len; i++)
    g_array_index (self->list->rules, SyAlertRule, i).id = ++self->last_id;

  return self;
}

const GError *
sy_alert_book_get_error (SyAlertBook *self)
{
  return self->error;
}

guint
sy_alert_book_get_n (SyAlertBook *self)
{
  return self->list->rules->len;
}

const SyAlertRule *
sy_alert_book_get (SyAlertBook *self,
                   guint        position)
{
  g_return_val_if_fail (position < self->list->rules->len, NULL);

  return &g_array_index (self->list->rules, SyAlertRule, position);
}

const SyAlertRule *
sy_alert_book_find (SyAlertBook *self,
                    guint        id)
{
  return find (self, id, NULL);
}

gboolean
sy_alert_book_add (SyAlertBook        *self,
                   const SyAlertRule  *rule,
                   guint               position,
                   GError            **error)
{
  SyAlertRule copy = *rule;

  if (!sy_alert_rule_check (rule, error))
    return FALSE;
  if (self->list->rules->len == SY_ALERT_MAX_RULES)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "There are %d rules already: remove one first", SY_ALERT_MAX_RULES);
      return FALSE;
    }

  if (copy.id == 0 || find (self, copy.id, NULL) != NULL)
    copy.id = ++self->last_id;
  g_array_insert_val (self->list->rules, MIN (position, self->list->rules->len), copy);
  return changed (self, error);
}

gboolean
sy_alert_book_change (SyAlertBook        *self,
                      const SyAlertRule  *rule,
                      GError            **error)
{
  SyAlertRule *old = find (self, rule->id, NULL);

  g_return_val_if_fail (old != NULL, FALSE);

  if (!sy_alert_rule_check (rule, error))
    return FALSE;
  if (sy_alert_rule_equal (old, rule))
    return TRUE;

  *old = *rule;
  return changed (self, error);
}

gboolean
sy_alert_book_remove (SyAlertBook  *self,
                      guint         id,
                      GError      **error)
{
  guint position;
  const SyAlertRule *rule = find (self, id, &position);

  g_return_val_if_fail (rule != NULL, FALSE);

  g_array_remove_index (self->list->rules, position);
  return changed (self, error);
}

gboolean
sy_alert_book_get_tells_lost (SyAlertBook *self)
{
  return self->list->tells_lost;
}

gboolean
sy_alert_book_set_tells_lost (SyAlertBook  *self,
                              gboolean      tells_lost,
                              GError      **error)
{
  if (self->list->tells_lost == tells_lost)
    return TRUE;

  self->list->tells_lost = tells_lost;
  return changed (self, error);
}
