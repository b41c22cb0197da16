/* sy-load-table.c: every step of a load in numbers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-load-table.h"

#include <glib/gi18n.h>
#include <math.h>

#include "beam-swatch.h"
#include "sy-format.h"
#include "sy-text.h"

struct _SyLoadTable
{
  GtkWidget parent_instance;

  GtkWidget *scrolled; /* owned, the only child */
  GtkWidget *grid;     /* borrowed */
  int        column;   /* while a row is filled */
  int        row;
};

G_DEFINE_FINAL_TYPE (SyLoadTable, sy_load_table, GTK_TYPE_WIDGET)

static void
add_widget (SyLoadTable *self,
            GtkWidget   *widget)
{
  gtk_grid_attach (GTK_GRID (self->grid), widget, self->column++, self->row, 1, 1);
}

static void
add_text (SyLoadTable *self,
          const char  *text,
          const char  *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  add_widget (self, label);
}

/* Takes @text. */
static void
add_number (SyLoadTable *self,
            char        *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "numeric");
  add_widget (self, label);
  g_free (text);
}

static void
add_heads (SyLoadTable *self)
{
  /* Translators: heads of a table; "it says" is what the backend reports of itself */
  static const char *const heads[] = {
    N_("Backend"), N_("Step"), N_("Asked"), N_("Answered"), N_("p99, client"), N_("p99, it says"),
    N_("In flight"), N_("Errors"), N_("CPU"), N_("Generator late"), N_("Note"),
  };

  self->column = 0;
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    add_text (self, _(heads[i]), "dim-label");
}

/* What speaks against a step, or where a ramp ended; static. */
static const char *
note_of (const SyLoadStep *step)
{
  if (step->generator_limited)
    return step->phase == SY_LOAD_BLOCK ? _("the generator was late: no evidence") : _("the generator was late");
  if (step->disturbed)
    return step->phase == SY_LOAD_BLOCK ? _("disturbed by other programs: no evidence") : _("disturbed by other programs");

  switch (step->limit)
    {
    case SY_LOAD_ABORTED:
      return _("given up");
    case SY_LOAD_FAILS:
      return _("too many errors");
    case SY_LOAD_FALLS_SHORT:
      return _("fewer answers than were due");
    case SY_LOAD_TOO_SLOW:
      return _("slower than the objective");
    case SY_LOAD_QUEUES:
      return _("more and more are waiting");
    case SY_LOAD_UNSEEN:
    case SY_LOAD_DISTURBED:
    case SY_LOAD_HOLDS:
    default:
      return "";
    }
}

static void
add_backend (SyLoadTable *self,
             SyBackend   *backend)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *name = sy_display_text (sy_backend_get_name (backend), -1, 40);

  gtk_box_append (GTK_BOX (box), beam_swatch_new (sy_backend_get_letter (backend)[0] - 'a'));
  gtk_box_append (GTK_BOX (box), gtk_label_new (name));
  add_widget (self, box);
}

static void
add_step (SyLoadTable      *self,
          SyLoadTrial      *trial,
          const SyLoadStep *step)
{
  const SyLoadProtocolPlan *plan = sy_load_protocol_get_plan (sy_load_trial_get_protocol (trial));
  /* Translators: a block of a load at a share of the capacity */
  g_autofree char *block = g_strdup_printf (_("at %.0f %%"), 100 * plan->levels[MIN (step->level, plan->n_levels - 1)]);

  self->row++;
  self->column = 0;
  add_backend (self, sy_load_trial_get_backend (trial, step->side));
  /* Translators: the steps that look for the capacity, each half as much again */
  add_text (self, step->phase == SY_LOAD_RAMP ? _("ramp") : block, NULL);
  add_number (self, sy_format_rate (step->rate));
  add_number (self, sy_format_rate (step->throughput));
  add_number (self, sy_format_duration (step->p99));
  add_number (self, sy_format_quantile (&step->server.p99));
  add_number (self, sy_format_number (step->in_flight));
  add_number (self, sy_format_percent (step->error_share));
  add_number (self, sy_format_cores (step->server.cpu_cores));
  add_number (self, sy_format_duration (step->late_p99));
  add_text (self, note_of (step), "dim-label");
}

static void
sy_load_table_dispose (GObject *object)
{
  SyLoadTable *self = SY_LOAD_TABLE (object);

  g_clear_pointer (&self->scrolled, gtk_widget_unparent);

  G_OBJECT_CLASS (sy_load_table_parent_class)->dispose (object);
}

static void
sy_load_table_class_init (SyLoadTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sy_load_table_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
sy_load_table_init (SyLoadTable *self)
{
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 4);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->grid);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
}

GtkWidget *
sy_load_table_new (void)
{
  return g_object_new (SY_TYPE_LOAD_TABLE, NULL);
}

void
sy_load_table_show (SyLoadTable *self,
                    SyLoadTrial *trial)
{
  const GPtrArray *steps = sy_load_protocol_get_steps (sy_load_trial_get_protocol (trial));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->grid)) != NULL)
    gtk_grid_remove (GTK_GRID (self->grid), child);

  self->row = 0;
  add_heads (self);
  for (guint i = steps->len; i > 0; i--)
    add_step (self, trial, g_ptr_array_index (steps, i - 1));
}
