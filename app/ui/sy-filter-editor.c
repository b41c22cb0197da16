/* sy-filter-editor.c: which series of a backend count
 *
 * Offers the labels that the last answer had, the usual ones first, and shows
 * some of the chosen one's values.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-filter-editor.h"

#include <glib/gi18n.h>

#include "sy-button-names.h"
#include "sy-field-row.h"
#include "sy-label.h"
#include "sy-text.h"

#define MAX_EXAMPLES 8
#define MAX_LABELS 64

struct _SyFilterEditor
{
  AdwBin parent_instance;

  SyExposition  *exposition; /* owned, nullable */
  GtkStringList *labels;     /* owned by the row: what it offers */
  GPtrArray     *names;      /* owned, element-type utf8: the same, as the backend spells them */
  GtkWidget     *label;
  GtkWidget     *mode;
  GtkWidget     *values;
  GtkWidget     *examples;
  GtkWidget     *add;
};

enum {
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SyFilterEditor, sy_filter_editor, ADW_TYPE_BIN)

static const char * const usual_labels[] = { "route", "path", "handler", "endpoint", "method", "instance" };

static int
label_rank (const char *label)
{
  int rank = 0;

  while (rank < (int) G_N_ELEMENTS (usual_labels) && !g_str_equal (usual_labels[rank], label))
    rank++;

  return rank;
}

static int
compare_labels (gconstpointer a,
                gconstpointer b)
{
  const char *first = *(const char * const *) a;
  const char *second = *(const char * const *) b;
  int order = label_rank (first) - label_rank (second);

  return order != 0 ? order : g_strcmp0 (first, second);
}

/* Labels of the series; bounds and quantiles are no choice. */
static void
collect_labels (SyFilterEditor *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint n;
  const SySample *samples = sy_exposition_get_samples (self->exposition, &n);

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < samples[i].series->n_labels; j++)
      {
        const char *name = samples[i].series->labels[j].name;

        if (g_str_equal (name, "le") || g_str_equal (name, "quantile") || self->names->len == MAX_LABELS
            || !g_hash_table_add (seen, (gpointer) name))
          continue;
        g_ptr_array_add (self->names, g_strdup (name));
      }

  g_ptr_array_sort (self->names, compare_labels);
}

static const char *
get_label (SyFilterEditor *self)
{
  guint index = adw_combo_row_get_selected (ADW_COMBO_ROW (self->label));

  return index < self->names->len ? g_ptr_array_index (self->names, index) : NULL;
}

/* "GET, POST, …": what the label is in the last answer. */
static char *
dup_examples (SyFilterEditor *self,
              const char     *label)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n;
  const SySample *samples = sy_exposition_get_samples (self->exposition, &n);

  for (guint i = 0; i < n; i++)
    {
      const char *value = sy_series_get_label (samples[i].series, label);

      if (value == NULL || !g_hash_table_add (seen, (gpointer) value))
        continue;
      if (g_hash_table_size (seen) > MAX_EXAMPLES)
        {
          g_string_append (text, ", …");
          break;
        }
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", value);
    }

  return sy_display_text (text->str, -1, SY_DISPLAY_TEXT_MAX);
}

static void
label_changed_cb (SyFilterEditor *self)
{
  const char *label = get_label (self);
  g_autofree char *examples = label != NULL ? dup_examples (self, label) : NULL;
  g_autofree char *text = NULL;

  if (examples != NULL)
    /* Translators: values that a label has now: "Now: GET, POST, …" */
    text = g_strdup_printf (_("Now: %s"), examples);
  sy_label_set_text (self->examples, text != NULL ? text : _("This backend has no labels"));
}

/* The values between the commas. Returns: (transfer full) */
static GStrv
dup_values (SyFilterEditor *self)
{
  g_auto (GStrv) parts = g_strsplit (gtk_editable_get_text (GTK_EDITABLE (self->values)), ",", 33);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (gsize i = 0; parts[i] != NULL && i < 32; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_strv_builder_add (builder, parts[i]);

  return g_strv_builder_end (builder);
}

static void
update_button (SyFilterEditor *self)
{
  g_auto (GStrv) values = dup_values (self);

  gtk_widget_set_sensitive (self->add, get_label (self) != NULL && values[0] != NULL);
}

static void
add_cb (SyFilterEditor *self)
{
  g_auto (GStrv) values = dup_values (self);

  if (get_label (self) == NULL || values[0] == NULL)
    return;

  g_signal_emit (self, signals[DONE], 0, get_label (self), values, adw_combo_row_get_selected (ADW_COMBO_ROW (self->mode)) == 1);
}

static void
sy_filter_editor_dispose (GObject *object)
{
  SyFilterEditor *self = SY_FILTER_EDITOR (object);

  g_clear_pointer (&self->exposition, sy_exposition_unref);

  G_OBJECT_CLASS (sy_filter_editor_parent_class)->dispose (object);
}

static void
sy_filter_editor_finalize (GObject *object)
{
  g_ptr_array_unref (SY_FILTER_EDITOR (object)->names);

  G_OBJECT_CLASS (sy_filter_editor_parent_class)->finalize (object);
}

static void
sy_filter_editor_class_init (SyFilterEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sy_filter_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = sy_filter_editor_finalize;

  signals[DONE] = g_signal_new ("done", SY_TYPE_FILTER_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRV, G_TYPE_BOOLEAN);

  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
make_rows (SyFilterEditor *self,
           GtkWidget      *group)
{
  g_autoptr (GtkStringList) modes = gtk_string_list_new (NULL);
  GtkWidget *values = sy_field_row_new (_("Values, with commas between them"), 0, &self->values);

  self->label = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->label), _("Label"));
  self->labels = gtk_string_list_new (NULL);
  adw_combo_row_set_model (ADW_COMBO_ROW (self->label), G_LIST_MODEL (self->labels));
  g_object_unref (self->labels);
  g_signal_connect_object (self->label, "notify::selected", G_CALLBACK (label_changed_cb), self, G_CONNECT_SWAPPED);

  self->mode = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->mode), _("Count series"));
  gtk_string_list_append (modes, _("Only with these values"));
  gtk_string_list_append (modes, _("Without these values"));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->mode), G_LIST_MODEL (modes));

  g_signal_connect_object (self->values, "changed", G_CALLBACK (update_button), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->values, "activate", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->label);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->mode);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), values);
}

static void
sy_filter_editor_init (SyFilterEditor *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *group = adw_preferences_group_new ();

  self->names = g_ptr_array_new_with_free_func (g_free);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), _("In a value * stands for any text and ? for one character."));
  make_rows (self, group);

  self->examples = gtk_label_new (NULL);
  sy_label_set_text (self->examples, NULL);
  gtk_label_set_wrap (GTK_LABEL (self->examples), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->examples), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (self->examples), 0);
  gtk_widget_add_css_class (self->examples, "dim-label");

  self->add = gtk_button_new_with_mnemonic (_("_Add Filter"));
  gtk_widget_add_css_class (self->add, "suggested-action");
  gtk_widget_set_halign (self->add, GTK_ALIGN_END);
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);

  gtk_box_append (GTK_BOX (box), group);
  gtk_box_append (GTK_BOX (box), self->examples);
  gtk_box_append (GTK_BOX (box), self->add);
  adw_bin_set_child (ADW_BIN (self), box);
  sy_name_buttons (GTK_WIDGET (self));
}

void
sy_filter_editor_reset (SyFilterEditor *self,
                        SyExposition   *exposition)
{
  g_clear_pointer (&self->exposition, sy_exposition_unref);
  if (exposition != NULL)
    self->exposition = sy_exposition_ref (exposition);

  g_ptr_array_set_size (self->names, 0);
  if (self->exposition != NULL)
    collect_labels (self);

  gtk_string_list_splice (self->labels, 0, g_list_model_get_n_items (G_LIST_MODEL (self->labels)), NULL);
  for (guint i = 0; i < self->names->len; i++)
    {
      g_autofree char *safe = sy_display_text (g_ptr_array_index (self->names, i), -1, 80);

      gtk_string_list_append (self->labels, safe);
    }

  gtk_editable_set_text (GTK_EDITABLE (self->values), "");
  label_changed_cb (self);
  update_button (self);
  gtk_widget_grab_focus (self->label);
}
