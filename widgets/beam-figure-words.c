/* beam-figure-words.c: what a figure says of itself
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include "beam-figure-private.h"

/* A description joins what changes together, and names at most so many items. */
#define DESCRIBE_AFTER_MS 30
#define MOST_DESCRIBED    12

static char *
describe_items (BeamFigure *self)
{
  guint n = beam_figure_count_items (self);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (n, MOST_DESCRIBED); i++)
    {
      g_autofree char *item = beam_figure_describe_item (self, i);

      if (item != NULL && *item != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", item);
    }
  if (n > MOST_DESCRIBED)
    g_string_append (text, "; …");

  return g_string_free (text, FALSE);
}

void
beam_figure_update_description (BeamFigure *self)
{
  BeamFigurePrivate *priv = beam_figure_get_priv (self);
  g_autofree char *item = priv->selected >= 0 ? beam_figure_describe_item (self, (guint) priv->selected) : NULL;
  g_autofree char *whole = beam_figure_describe (self);
  g_autofree char *text = item != NULL ? g_strdup_printf ("%s. %s", item, whole) : g_strdup (whole);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static gboolean
describe_cb (gpointer user_data)
{
  BeamFigure *self = BEAM_FIGURE (user_data);

  beam_figure_get_priv (self)->describe_id = 0;
  beam_figure_update_description (self);
  return G_SOURCE_REMOVE;
}

void
beam_figure_queue_describe (BeamFigure *self)
{
  BeamFigurePrivate *priv = beam_figure_get_priv (self);

  if (priv->describe_id != 0 || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  priv->describe_id = g_timeout_add (DESCRIBE_AFTER_MS, describe_cb, self);
  g_source_set_name_by_id (priv->describe_id, "[beam] describe");
}

/* --- Public API --- */

void
beam_figure_set_describe_func (BeamFigure             *self,
                               BeamFigureDescribeFunc  func,
                               gpointer                user_data,
                               GDestroyNotify          destroy)
{
  BeamFigurePrivate *priv = beam_figure_get_priv (self);

  g_return_if_fail (BEAM_IS_FIGURE (self));

  if (priv->describe_destroy != NULL)
    priv->describe_destroy (priv->describe_data);
  priv->describe = func;
  priv->describe_data = user_data;
  priv->describe_destroy = destroy;
  beam_figure_queue_describe (self);
}

char *
beam_figure_describe_item (BeamFigure *self,
                           guint       item)
{
  BeamFigureClass *klass = BEAM_FIGURE_GET_CLASS (self);

  g_return_val_if_fail (BEAM_IS_FIGURE (self), NULL);

  if (klass->describe_item == NULL || item >= beam_figure_count_items (self))
    return NULL;

  return klass->describe_item (self, item);
}

/**
 * beam_figure_describe:
 *
 * Returns: (transfer full): the sentence of the program, else of the class, else
 *   all items; the empty text when there is none
 */
char *
beam_figure_describe (BeamFigure *self)
{
  BeamFigureClass *klass = BEAM_FIGURE_GET_CLASS (self);
  BeamFigurePrivate *priv = beam_figure_get_priv (self);

  g_return_val_if_fail (BEAM_IS_FIGURE (self), NULL);

  if (priv->describe != NULL)
    return priv->describe (self, priv->describe_data);
  if (beam_figure_count_items (self) == 0)
    return g_strdup (priv->empty_text);

  return klass->describe != NULL ? klass->describe (self) : describe_items (self);
}
