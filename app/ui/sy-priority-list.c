/* sy-priority-list.c: what matters, the most important first
 *
 * The rows are made anew when the order changes; the button that was pressed
 * keeps the focus through that, so that one can go on pressing it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-priority-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sy-weights.h"

#define ID_KEY "sy-criterion"
#define STEP_KEY "sy-step"

enum
{
  STEP_OUT = 2, /* beside -1 up and 1 down */
  STEP_IN = 3,
};

struct _SyPriorityList
{
  AdwBin parent_instance;

  SyAssumptions *assumptions; /* owned, nullable: not set yet */
  GPtrArray     *rows;        /* owned, element-type GtkWidget (borrowed) */
  char          *signature;   /* owned, nullable: what the rows show */
  GtkWidget     *group;
  GtkWidget     *use_case;
  GtkWidget     *reset;
  gboolean       filling;     /* the chooser is being set, not chosen from */
};

G_DEFINE_FINAL_TYPE (SyPriorityList, sy_priority_list, ADW_TYPE_BIN)

/* --- moving --------------------------------------------------------------- */

static void
step (SyPriorityList *self,
      const char     *id,
      int             how)
{
  g_autoptr (GPtrArray) order = sy_assumptions_dup_order (self->assumptions);
  g_autoptr (GPtrArray) next = g_ptr_array_new ();
  guint place = order->len;

  for (guint i = 0; i < order->len; i++)
    {
      g_ptr_array_add (next, g_ptr_array_index (order, i));
      if (strcmp (g_ptr_array_index (order, i), id) == 0)
        place = i;
    }

  if (how == STEP_IN)
    g_ptr_array_add (next, (gpointer) id);
  else if (how == STEP_OUT && place < order->len)
    g_ptr_array_remove_index (next, place);
  else if (place < order->len && (int) place + how >= 0 && place + (guint) how < order->len)
    {
      next->pdata[place] = order->pdata[(int) place + how];
      next->pdata[(int) place + how] = order->pdata[place];
    }

  g_ptr_array_add (next, NULL);
  sy_assumptions_set_order (self->assumptions, (const char *const *) next->pdata);
}

static void
focus_button (SyPriorityList *self,
              const char     *id,
              int             how)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      GtkWidget *button = g_object_get_data (G_OBJECT (row), how < 0 ? "up" : "down");

      if (strcmp (g_object_get_data (G_OBJECT (row), ID_KEY), id) != 0)
        continue;
      if (button == NULL || !gtk_widget_is_sensitive (button) || !gtk_widget_grab_focus (button))
        gtk_widget_grab_focus (row);
    }
}

static void
step_cb (GtkWidget      *button,
         SyPriorityList *self)
{
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (button), ID_KEY));
  const int how = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), STEP_KEY));

  step (self, id, how);
  focus_button (self, id, how);
}

/* --- rows ----------------------------------------------------------------- */

static GtkWidget *
make_button (SyPriorityList        *self,
             const SyCriterionKind *kind,
             const char            *icon,
             int                    how,
             char                  *text) /* (transfer full) */
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  g_autofree char *name = text;

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), ID_KEY, g_strdup (kind->id), g_free);
  g_object_set_data (G_OBJECT (button), STEP_KEY, GINT_TO_POINTER (how));
  g_signal_connect_object (button, "clicked", G_CALLBACK (step_cb), self, 0);
  return button;
}

static const char *
find_why (SyPriorityList *self,
          const char     *id)
{
  const SyUseCase *use_case = sy_assumptions_get_use_case (self->assumptions);

  for (guint i = 0; use_case != NULL && i < use_case->priorities->len; i++)
    {
      const SyPriority *priority = g_ptr_array_index (use_case->priorities, i);

      if (strcmp (priority->criterion, id) == 0)
        return priority->why;
    }

  return NULL;
}

static GtkWidget *
make_row (SyPriorityList        *self,
          const SyCriterionKind *kind,
          const char            *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(kind->label));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  g_object_set_data_full (G_OBJECT (row), ID_KEY, g_strdup (kind->id), g_free);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), row);
  g_ptr_array_add (self->rows, row);
  return row;
}

static void
add_ranked (SyPriorityList        *self,
            const SyCriterionKind *kind,
            guint                  place,
            guint                  n,
            double                 weight)
{
  const char *why = find_why (self, kind->id);
  g_autofree char *share = g_strdup_printf (_("%.0f %% of the weight"), 100 * weight);
  /* Translators: "37 % of the weight. A late message reads as one that was not answered." */
  g_autofree char *subtitle = why != NULL ? g_strdup_printf (_("%s. %s"), share, _(why)) : g_strdup (share);
  GtkWidget *row = make_row (self, kind, subtitle);
  GtkWidget *up = make_button (self, kind, "go-up-symbolic", -1, g_strdup_printf (_("More Important: %s"), _(kind->label)));
  GtkWidget *down = make_button (self, kind, "go-down-symbolic", 1, g_strdup_printf (_("Less Important: %s"), _(kind->label)));
  GtkWidget *out = make_button (self, kind, "list-remove-symbolic", STEP_OUT, g_strdup_printf (_("Leave Out: %s"), _(kind->label)));

  gtk_widget_set_sensitive (up, place > 0);
  gtk_widget_set_sensitive (down, place + 1 < n);
  gtk_widget_set_sensitive (out, n > 1);
  g_object_set_data (G_OBJECT (row), "up", up);
  g_object_set_data (G_OBJECT (row), "down", down);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), up);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), down);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), out);
}

static gboolean
contains (GPtrArray  *order,
          const char *id)
{
  for (guint i = 0; i < order->len; i++)
    if (strcmp (g_ptr_array_index (order, i), id) == 0)
      return TRUE;

  return FALSE;
}

static void
rebuild (SyPriorityList *self,
         GPtrArray      *order)
{
  SyUseCaseBook *book = sy_assumptions_get_book (self->assumptions);
  GPtrArray *kinds = sy_use_case_book_get_kinds (book);
  g_autofree double *weights = g_new (double, order->len + 1);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->group), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);

  sy_weights_roc (weights, order->len);
  for (guint i = 0; i < order->len; i++)
    add_ranked (self, sy_use_case_book_find_kind (book, g_ptr_array_index (order, i)), i, order->len, weights[i]);

  for (guint i = 0; i < kinds->len; i++)
    {
      const SyCriterionKind *kind = g_ptr_array_index (kinds, i);

      if (!contains (order, kind->id))
        adw_action_row_add_suffix (ADW_ACTION_ROW (make_row (self, kind, _("Not weighed"))),
                                   make_button (self, kind, "list-add-symbolic", STEP_IN,
                                                g_strdup_printf (_("Weigh Too: %s"), _(kind->label))));
    }
}

static char *
dup_signature (SyPriorityList *self,
               GPtrArray      *order)
{
  const SyUseCase *use_case = sy_assumptions_get_use_case (self->assumptions);
  GString *signature = g_string_new (use_case != NULL ? use_case->id : "");

  for (guint i = 0; i < order->len; i++)
    g_string_append_printf (signature, "/%s", (const char *) g_ptr_array_index (order, i));

  return g_string_free (signature, FALSE);
}

static void
refresh_chooser (SyPriorityList *self)
{
  SyUseCaseBook *book = sy_assumptions_get_book (self->assumptions);
  const SyUseCase *chosen = sy_assumptions_get_use_case (self->assumptions);
  guint selected = 0;

  for (guint i = 0; i < sy_use_case_book_get_n (book); i++)
    if (sy_use_case_book_get (book, i) == chosen)
      selected = i + 1;

  self->filling = TRUE;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->use_case), selected);
  self->filling = FALSE;
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->use_case), chosen != NULL ? _(chosen->summary) : _("Each line stays yours to change"));
  gtk_widget_set_sensitive (self->reset, chosen != NULL && sy_assumptions_has_own_order (self->assumptions));
}

static void
changed_cb (SyPriorityList *self)
{
  g_autoptr (GPtrArray) order = sy_assumptions_dup_order (self->assumptions);
  g_autofree char *signature = dup_signature (self, order);

  refresh_chooser (self);
  if (g_strcmp0 (signature, self->signature) == 0)
    return;

  g_free (self->signature);
  self->signature = g_steal_pointer (&signature);
  rebuild (self, order);
}

static void
chosen_cb (SyPriorityList *self)
{
  const guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->use_case));
  SyUseCaseBook *book;

  if (self->filling || self->assumptions == NULL || selected == GTK_INVALID_LIST_POSITION)
    return;

  book = sy_assumptions_get_book (self->assumptions);
  if (selected > 0)
    sy_assumptions_set_order (self->assumptions, NULL);
  sy_assumptions_set_use_case (self->assumptions, selected > 0 ? sy_use_case_book_get (book, selected - 1)->id : NULL);
}

static void
reset_cb (SyPriorityList *self)
{
  sy_assumptions_set_order (self->assumptions, NULL);
}

static void
sy_priority_list_dispose (GObject *object)
{
  SyPriorityList *self = SY_PRIORITY_LIST (object);

  if (self->assumptions != NULL)
    g_signal_handlers_disconnect_by_data (self->assumptions, self);
  g_clear_object (&self->assumptions);

  G_OBJECT_CLASS (sy_priority_list_parent_class)->dispose (object);
}

static void
sy_priority_list_finalize (GObject *object)
{
  SyPriorityList *self = SY_PRIORITY_LIST (object);

  g_ptr_array_unref (self->rows);
  g_free (self->signature);

  G_OBJECT_CLASS (sy_priority_list_parent_class)->finalize (object);
}

static void
sy_priority_list_class_init (SyPriorityListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sy_priority_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = sy_priority_list_finalize;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
sy_priority_list_init (SyPriorityList *self)
{
  self->rows = g_ptr_array_new ();
  self->group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->group), _("What Matters to This Product"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->group),
                                         _("Say this before you look at scores. The order makes the weights."));

  self->reset = gtk_button_new_from_icon_name ("edit-undo-symbolic");
  gtk_widget_add_css_class (self->reset, "flat");
  gtk_widget_set_valign (self->reset, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->reset, _("Back to the Order of the Use Case"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->reset), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Back to the Order of the Use Case"), -1);
  g_signal_connect_object (self->reset, "clicked", G_CALLBACK (reset_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self->group), self->reset);

  self->use_case = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->use_case), _("Start From"));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self->use_case), 0);
  g_signal_connect_object (self->use_case, "notify::selected", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->use_case);
  adw_bin_set_child (ADW_BIN (self), self->group);
}

GtkWidget *
sy_priority_list_new (void)
{
  return g_object_new (SY_TYPE_PRIORITY_LIST, NULL);
}

void
sy_priority_list_set_assumptions (SyPriorityList *self,
                                  SyAssumptions  *assumptions)
{
  SyUseCaseBook *book = sy_assumptions_get_book (assumptions);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  g_return_if_fail (self->assumptions == NULL);

  /* Translators: no kind of product is chosen */
  gtk_string_list_append (names, _("Nothing Chosen"));
  for (guint i = 0; i < sy_use_case_book_get_n (book); i++)
    gtk_string_list_append (names, _(sy_use_case_book_get (book, i)->name));

  self->filling = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (self->use_case), G_LIST_MODEL (names));
  self->filling = FALSE;

  self->assumptions = g_object_ref (assumptions);
  g_signal_connect_object (assumptions, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}
