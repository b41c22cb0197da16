/* sy-cost-month.c: a month of hosting, both backends side by side
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-cost-month.h"

#include "beam.h"
#include "sy-provenance-button.h"

#define N_SIDES 2
#define INTERVAL_CHARS 16

typedef struct
{
  GtkWidget *button;   /* the figure */
  GtkWidget *interval;
  char      *text;     /* owned, nullable */
} Cell;

struct _SyCostMonth
{
  GtkWidget parent_instance;

  GtkWidget *grid;
  GtkWidget *heads[N_SIDES];
  Cell       cells[SY_N_COST_ROWS][N_SIDES];
};

G_DEFINE_FINAL_TYPE (SyCostMonth, sy_cost_month, GTK_TYPE_WIDGET)

static GtkWidget *
make_head (SyCostMonth *self,
           guint        side)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->heads[side] = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->heads[side]), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->heads[side]), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (self->heads[side], "heading");
  gtk_box_append (GTK_BOX (box), beam_swatch_new ((int) side));
  gtk_box_append (GTK_BOX (box), self->heads[side]);
  gtk_widget_set_halign (box, GTK_ALIGN_END);
  return box;
}

static GtkWidget *
make_cell (Cell *cell)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  cell->button = sy_provenance_button_new ();
  gtk_widget_set_halign (cell->button, GTK_ALIGN_END);
  cell->interval = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (cell->interval), TRUE);
  gtk_label_set_justify (GTK_LABEL (cell->interval), GTK_JUSTIFY_RIGHT);
  gtk_label_set_xalign (GTK_LABEL (cell->interval), 1);
  gtk_label_set_max_width_chars (GTK_LABEL (cell->interval), INTERVAL_CHARS);
  gtk_widget_set_halign (cell->interval, GTK_ALIGN_END);
  gtk_widget_add_css_class (cell->interval, "caption");
  gtk_widget_add_css_class (cell->interval, "dim-label");
  gtk_widget_add_css_class (cell->interval, "numeric");
  gtk_widget_add_css_class (cell->interval, "cost-interval");

  gtk_box_append (GTK_BOX (box), cell->button);
  gtk_box_append (GTK_BOX (box), cell->interval);
  return box;
}

static void
add_row (SyCostMonth *self,
         SyCostRow    row)
{
  GtkWidget *title = gtk_label_new (sy_cost_row_get_title (row));
  const int top = 2 * (int) row + 1;

  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_grid_attach (GTK_GRID (self->grid), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL), 0, top, N_SIDES + 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), title, 0, top + 1, 1, 1);

  for (guint side = 0; side < N_SIDES; side++)
    gtk_grid_attach (GTK_GRID (self->grid), make_cell (&self->cells[row][side]), (int) side + 1, top + 1, 1, 1);

  if (row == SY_COST_ROW_TOTAL || row == SY_COST_ROW_PER_MILLION)
    for (guint side = 0; side < N_SIDES; side++)
      gtk_widget_add_css_class (self->cells[row][side].button, "cost-total");
}

static void
sy_cost_month_dispose (GObject *object)
{
  SyCostMonth *self = SY_COST_MONTH (object);

  g_clear_pointer (&self->grid, gtk_widget_unparent);
  for (guint row = 0; row < SY_N_COST_ROWS; row++)
    for (guint side = 0; side < N_SIDES; side++)
      g_clear_pointer (&self->cells[row][side].text, g_free);

  G_OBJECT_CLASS (sy_cost_month_parent_class)->dispose (object);
}

static void
sy_cost_month_class_init (SyCostMonthClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sy_cost_month_dispose;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
sy_cost_month_init (SyCostMonth *self)
{
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 4);
  gtk_widget_add_css_class (self->grid, "card");
  gtk_widget_add_css_class (self->grid, "cost-card");
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));

  for (guint side = 0; side < N_SIDES; side++)
    gtk_grid_attach (GTK_GRID (self->grid), make_head (self, side), (int) side + 1, 0, 1, 1);
  for (guint row = 0; row < SY_N_COST_ROWS; row++)
    add_row (self, row);
}

GtkWidget *
sy_cost_month_new (void)
{
  return g_object_new (SY_TYPE_COST_MONTH, NULL);
}

static void
set_cell (Cell              *cell,
          const SyCostSheet *sheet,
          SyCostRow          row,
          guint              side)
{
  g_autofree char *interval = NULL;

  g_free (cell->text);
  cell->text = sy_cost_row_dup_figure (sheet, row, side, &interval);
  sy_provenance_button_set_text (SY_PROVENANCE_BUTTON (cell->button), cell->text);
  sy_provenance_button_set (SY_PROVENANCE_BUTTON (cell->button), sy_cost_row_explain (sheet, row, side));
  gtk_label_set_text (GTK_LABEL (cell->interval), interval != NULL ? interval : "");
  gtk_widget_set_visible (cell->interval, interval != NULL);
}

void
sy_cost_month_set_sheet (SyCostMonth       *self,
                         const SyCostSheet *sheet)
{
  g_return_if_fail (SY_IS_COST_MONTH (self));

  for (guint side = 0; side < N_SIDES; side++)
    {
      g_autofree char *label = sy_cost_sheet_dup_label (sheet, side);

      gtk_label_set_text (GTK_LABEL (self->heads[side]), label);
      for (guint row = 0; row < SY_N_COST_ROWS; row++)
        set_cell (&self->cells[row][side], sheet, row, side);
    }
}

const char *
sy_cost_month_get_text (SyCostMonth *self,
                        SyCostRow    row,
                        guint        side)
{
  g_return_val_if_fail (SY_IS_COST_MONTH (self) && (guint) row < SY_N_COST_ROWS && side < N_SIDES, NULL);

  return self->cells[row][side].text;
}
