/* sy-choice-row.c: one of a few values of a setting
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-choice-row.h"

#include <glib/gi18n.h>
#include <math.h>

struct _SyChoiceRow
{
  AdwComboRow     parent_instance;

  const SyChoice *choices;  /* static */
  guint           n;
  GSettings      *settings; /* owned, nullable: not bound yet */
  char           *key;      /* owned, nullable: the same */
  gboolean        following; /* the settings, which are not to be written meanwhile */
};

G_DEFINE_FINAL_TYPE (SyChoiceRow, sy_choice_row, ADW_TYPE_COMBO_ROW)

/* NAN: it is none. */
static double
get_number (GVariant *value)
{
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT32))
    return g_variant_get_int32 (value);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_DOUBLE))
    return g_variant_get_double (value);

  return NAN;
}

/* (transfer full) */
static GVariant *
parse_choice (SyChoiceRow        *self,
              guint               position,
              const GVariantType *type)
{
  return g_variant_parse (type, self->choices[position].value, NULL, NULL, NULL);
}

static guint
find_choice (SyChoiceRow *self,
             GVariant    *value)
{
  const double number = get_number (value);
  guint found = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < self->n; i++)
    {
      g_autoptr (GVariant) choice = parse_choice (self, i, g_variant_get_type (value));
      const double offered = get_number (choice);

      if (g_variant_equal (choice, value))
        return i;
      if (offered > 0 && number > 0 && (offered <= number || found == GTK_INVALID_LIST_POSITION))
        found = i;
    }

  return found;
}

static void
setting_changed_cb (SyChoiceRow *self)
{
  g_autoptr (GVariant) value = g_settings_get_value (self->settings, self->key);

  self->following = TRUE;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), find_choice (self, value));
  self->following = FALSE;
}

static void
selected_cb (SyChoiceRow *self)
{
  const guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self));
  g_autoptr (GVariant) present = NULL;
  g_autoptr (GVariant) value = NULL;

  if (self->following || self->settings == NULL || selected >= self->n)
    return;

  present = g_settings_get_value (self->settings, self->key);
  value = parse_choice (self, selected, g_variant_get_type (present));
  g_settings_set_value (self->settings, self->key, value);
}

static void
sy_choice_row_dispose (GObject *object)
{
  g_clear_object (&SY_CHOICE_ROW (object)->settings);

  G_OBJECT_CLASS (sy_choice_row_parent_class)->dispose (object);
}

static void
sy_choice_row_finalize (GObject *object)
{
  g_free (SY_CHOICE_ROW (object)->key);

  G_OBJECT_CLASS (sy_choice_row_parent_class)->finalize (object);
}

static void
sy_choice_row_class_init (SyChoiceRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sy_choice_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = sy_choice_row_finalize;
}

static void
sy_choice_row_init (SyChoiceRow *self)
{
}

GtkWidget *
sy_choice_row_new (const char     *title,
                   const SyChoice *choices,
                   guint           n)
{
  SyChoiceRow *self = g_object_new (SY_TYPE_CHOICE_ROW, "title", title, NULL);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  self->choices = choices;
  self->n = n;
  for (guint i = 0; i < n; i++)
    gtk_string_list_append (labels, _(choices[i].label));
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (labels));

  return GTK_WIDGET (self);
}

void
sy_choice_row_bind (SyChoiceRow *self,
                    GSettings   *settings,
                    const char  *key)
{
  g_autofree char *signal = g_strconcat ("changed::", key, NULL);

  g_return_if_fail (self->settings == NULL);

  self->settings = g_object_ref (settings);
  self->key = g_strdup (key);
  setting_changed_cb (self);
  g_signal_connect_object (settings, signal, G_CALLBACK (setting_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::selected", G_CALLBACK (selected_cb), NULL);
}
