/* sy-columns-box.c: equal columns that stack when there is no room
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-columns-box.h"

struct _SyColumnsBox
{
  GtkWidget parent_instance;

  int min_column_width;
  int spacing;
  int line_spacing;
  gboolean homogeneous;
};

static void buildable_iface_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SyColumnsBox, sy_columns_box, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_iface_init))

enum {
  PROP_0,
  PROP_MIN_COLUMN_WIDTH,
  PROP_SPACING,
  PROP_LINE_SPACING,
  PROP_HOMOGENEOUS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static GtkBuildableIface *parent_buildable_iface;

static guint
count_visible (SyColumnsBox *self)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += gtk_widget_should_layout (child);

  return n;
}

static GtkWidget *
next_visible (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);

  return child;
}

static void
measure_width (SyColumnsBox *self,
               int          *minimum,
               int          *natural)
{
  guint n = count_visible (self);
  int widest = 0;

  for (GtkWidget *child = next_visible (gtk_widget_get_first_child (GTK_WIDGET (self)));
       child != NULL;
       child = next_visible (gtk_widget_get_next_sibling (child)))
    {
      int child_minimum, child_natural;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      widest = MAX (widest, MAX (child_natural, self->min_column_width));
    }

  if (n > 0)
    *natural = widest * (int) n + self->spacing * (int) (n - 1);
}

/* How the columns of a line share the width: equally, what an integer division
 * leaves over spread; or the first has what the others leave. */
typedef struct {
  SyColumnsBox *self;
  guint         per_line;
  int           width;
  gboolean      first_takes_rest;
} Line;

/* No column is narrower than what is in it can be. */
static int
least_column_width (SyColumnsBox *self)
{
  int minimum = 0, natural = 0;

  measure_width (self, &minimum, &natural);
  return MAX (minimum, self->min_column_width);
}

static Line
make_line (SyColumnsBox *self,
           guint         n,
           int           width)
{
  guint per_line = width < 0 ? MAX (n, 1) : sy_columns_box_per_line (width, n, least_column_width (self), self->spacing);

  return (Line) { self, per_line, width, !self->homogeneous && per_line == n && n > 1 };
}

static int
natural_width (GtkWidget *child)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);

  return natural;
}

/* Where column @i, which holds @child, begins and ends. */
static void
line_get_column (const Line *line,
                 guint       i,
                 GtkWidget  *child,
                 int        *ret_x,
                 int        *ret_width)
{
  int spacing = line->self->spacing;
  int free_width = line->width - spacing * (int) (line->per_line - 1);
  int left = free_width * (int) i / (int) line->per_line;
  int right = free_width * (int) (i + 1) / (int) line->per_line;

  *ret_x = left + spacing * (int) i;
  *ret_width = right - left;

  if (!line->first_takes_rest)
    return;

  if (i == 0)
    {
      *ret_x = 0;
      *ret_width = line->width;
      for (GtkWidget *other = next_visible (gtk_widget_get_next_sibling (child)); other != NULL;
           other = next_visible (gtk_widget_get_next_sibling (other)))
        *ret_width -= natural_width (other) + spacing;
      return;
    }

  *ret_width = natural_width (child);
  *ret_x = line->width - *ret_width;
  for (GtkWidget *other = next_visible (gtk_widget_get_next_sibling (child)); other != NULL;
       other = next_visible (gtk_widget_get_next_sibling (other)))
    *ret_x -= natural_width (other) + spacing;
}

/* The height of the line that begins with @first, and the child after it. */
static GtkWidget *
measure_line (const Line *line,
              GtkWidget  *first,
              int        *minimum,
              int        *natural)
{
  GtkWidget *child = first;

  *minimum = 0;
  *natural = 0;

  for (guint i = 0; i < line->per_line && child != NULL; i++)
    {
      int child_minimum, child_natural, x, column_width = -1;

      if (line->width >= 0)
        line_get_column (line, i, child, &x, &column_width);
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, column_width, &child_minimum, &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural = MAX (*natural, child_natural);
      child = next_visible (gtk_widget_get_next_sibling (child));
    }

  return child;
}

static void
measure_height (SyColumnsBox *self,
                int           width,
                int          *minimum,
                int          *natural)
{
  const Line line = make_line (self, count_visible (self), width);
  GtkWidget *child = next_visible (gtk_widget_get_first_child (GTK_WIDGET (self)));
  int line_spacing = 0;

  while (child != NULL)
    {
      int line_minimum, line_natural;

      child = measure_line (&line, child, &line_minimum, &line_natural);
      *minimum += line_minimum + line_spacing;
      *natural += line_natural + line_spacing;
      line_spacing = self->line_spacing;
    }
}

static GtkSizeRequestMode
sy_columns_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
sy_columns_box_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  SyColumnsBox *self = SY_COLUMNS_BOX (widget);

  *minimum = 0;
  *natural = 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width (self, minimum, natural);
  else
    measure_height (self, for_size, minimum, natural);
}

static void
allocate_line (const Line *line,
               GtkWidget  *first,
               int         y,
               int         height)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (line->self)) == GTK_TEXT_DIR_RTL;
  GtkWidget *child = first;

  for (guint i = 0; i < line->per_line && child != NULL; i++)
    {
      GtkAllocation allocation = { 0, y, 0, height };

      line_get_column (line, i, child, &allocation.x, &allocation.width);
      if (rtl)
        allocation.x = line->width - allocation.x - allocation.width;

      gtk_widget_size_allocate (child, &allocation, -1);
      child = next_visible (gtk_widget_get_next_sibling (child));
    }
}

static void
sy_columns_box_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  SyColumnsBox *self = SY_COLUMNS_BOX (widget);
  guint n = count_visible (self);
  const Line line = make_line (self, n, width);
  int n_lines = (int) ((n + line.per_line - 1) / line.per_line);
  int minimum = 0, natural = 0, extra, y = 0;
  GtkWidget *child = next_visible (gtk_widget_get_first_child (widget));

  measure_height (self, width, &minimum, &natural);
  extra = height - minimum;

  for (int i = 0; child != NULL; i++)
    {
      GtkWidget *first = child;
      int line_minimum, line_natural, line_height;

      child = measure_line (&line, first, &line_minimum, &line_natural);
      line_height = line_minimum + extra * (i + 1) / n_lines - extra * i / n_lines;
      allocate_line (&line, first, y, line_height);
      y += line_height + self->line_spacing;
    }
}

static void
sy_columns_box_add_child (GtkBuildable *buildable,
                          GtkBuilder   *builder,
                          GObject      *child,
                          const char   *type)
{
  if (GTK_IS_WIDGET (child))
    sy_columns_box_insert (SY_COLUMNS_BOX (buildable), GTK_WIDGET (child), -1);
  else
    parent_buildable_iface->add_child (buildable, builder, child, type);
}

static void
buildable_iface_init (GtkBuildableIface *iface)
{
  parent_buildable_iface = g_type_interface_peek_parent (iface);
  iface->add_child = sy_columns_box_add_child;
}

static void
sy_columns_box_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  SyColumnsBox *self = SY_COLUMNS_BOX (object);

  switch (prop_id)
    {
    case PROP_MIN_COLUMN_WIDTH:
      g_value_set_int (value, self->min_column_width);
      break;
    case PROP_SPACING:
      g_value_set_int (value, self->spacing);
      break;
    case PROP_LINE_SPACING:
      g_value_set_int (value, self->line_spacing);
      break;
    case PROP_HOMOGENEOUS:
      g_value_set_boolean (value, self->homogeneous);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
sy_columns_box_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  SyColumnsBox *self = SY_COLUMNS_BOX (object);
  int *field, new_value;

  switch (prop_id)
    {
    case PROP_MIN_COLUMN_WIDTH:
      field = &self->min_column_width;
      break;
    case PROP_SPACING:
      field = &self->spacing;
      break;
    case PROP_LINE_SPACING:
      field = &self->line_spacing;
      break;
    case PROP_HOMOGENEOUS:
      field = &self->homogeneous;
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }

  new_value = prop_id == PROP_HOMOGENEOUS ? g_value_get_boolean (value) : g_value_get_int (value);
  if (*field == new_value)
    return;

  *field = new_value;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (object, pspec);
}

static void
sy_columns_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (sy_columns_box_parent_class)->dispose (object);
}

static void
sy_columns_box_class_init (SyColumnsBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sy_columns_box_get_property;
  object_class->set_property = sy_columns_box_set_property;
  object_class->dispose = sy_columns_box_dispose;

  widget_class->get_request_mode = sy_columns_box_get_request_mode;
  widget_class->measure = sy_columns_box_measure;
  widget_class->size_allocate = sy_columns_box_size_allocate;

  properties[PROP_MIN_COLUMN_WIDTH] = g_param_spec_int ("min-column-width", NULL, NULL, 1, G_MAXINT16, 300, flags);
  properties[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT16, 12, flags);
  properties[PROP_LINE_SPACING] = g_param_spec_int ("line-spacing", NULL, NULL, 0, G_MAXINT16, 6, flags);
  properties[PROP_HOMOGENEOUS] = g_param_spec_boolean ("homogeneous", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
sy_columns_box_init (SyColumnsBox *self)
{
  self->min_column_width = 300;
  self->spacing = 12;
  self->line_spacing = 6;
  self->homogeneous = TRUE;
}

GtkWidget *
sy_columns_box_new (int min_column_width,
                    int spacing,
                    int line_spacing)
{
  return g_object_new (SY_TYPE_COLUMNS_BOX,
                       "min-column-width", min_column_width,
                       "spacing", spacing,
                       "line-spacing", line_spacing,
                       NULL);
}

GtkWidget *
sy_columns_box_get_child (SyColumnsBox *self,
                          guint         position)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  for (guint i = 0; i < position && child != NULL; i++)
    child = gtk_widget_get_next_sibling (child);

  return child;
}

void
sy_columns_box_insert (SyColumnsBox *self,
                       GtkWidget    *child,
                       int           position)
{
  GtkWidget *before = position < 0 ? NULL : sy_columns_box_get_child (self, (guint) position);

  gtk_widget_insert_before (child, GTK_WIDGET (self), before);
}

void
sy_columns_box_remove (SyColumnsBox *self,
                       GtkWidget    *child)
{
  g_return_if_fail (gtk_widget_get_parent (child) == GTK_WIDGET (self));

  gtk_widget_unparent (child);
}

guint
sy_columns_box_per_line (int   width,
                         guint n,
                         int   min_column_width,
                         int   spacing)
{
  guint fit, lines;

  if (n <= 1)
    return 1;

  fit = (guint) CLAMP ((width + spacing) / (min_column_width + spacing), 1, (int) n);
  lines = (n + fit - 1) / fit;

  return (n + lines - 1) / lines;
}
