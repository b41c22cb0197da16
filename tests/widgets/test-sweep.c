/* test-sweep.c: manners that every type of Beam has
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every property has its default value in a new object, notifies once when it
 * is set to another value and not when set to the same; every object can be
 * made, kept for some turns of the main loop, and is gone when released.
 */
#undef G_DISABLE_ASSERT

#include <math.h>

#include "beam.h"

static GType
type_at (guint i)
{
  GType types[] = {
    BEAM_TYPE_SERIES, BEAM_TYPE_ARRAY_SERIES, BEAM_TYPE_TIME_AXIS, BEAM_TYPE_VALUE_AXIS, BEAM_TYPE_CURSOR,
    BEAM_TYPE_LINE_LAYER, BEAM_TYPE_AREA_LAYER, BEAM_TYPE_BAND_LAYER, BEAM_TYPE_THRESHOLD_LAYER,
    BEAM_TYPE_SWATCH, BEAM_TYPE_LEGEND, BEAM_TYPE_CHART, BEAM_TYPE_TABLE, BEAM_TYPE_TABLE_ROW,
    BEAM_TYPE_SHEET, BEAM_TYPE_BALANCE, BEAM_TYPE_BAR_CHART, BEAM_TYPE_BULLET,
    BEAM_TYPE_DOT_PLOT, BEAM_TYPE_TORNADO, BEAM_TYPE_PLOT, BEAM_TYPE_XY_SERIES,
    BEAM_TYPE_HEAT_SERIES, BEAM_TYPE_HEAT_LAYER, BEAM_TYPE_RATIO_LAYER, BEAM_TYPE_SUM_SERIES, BEAM_TYPE_STACK_LAYER,
    BEAM_TYPE_SPARKLINE,
  };

  return i < G_N_ELEMENTS (types) ? types[i] : G_TYPE_INVALID;
}

/* An object whose first reference is ours, also when it was floating. */
static gpointer
new_object (GType type)
{
  gpointer object = g_object_new (type, NULL);

  return g_object_is_floating (object) ? g_object_ref_sink (object) : object;
}

/* Properties of Beam, not those of GtkWidget. */
static gboolean
is_ours (GParamSpec *pspec)
{
  return g_str_has_prefix (g_type_name (pspec->owner_type), "Beam");
}

/* A valid value that the property does not have now. */
static void
make_other_value (GParamSpec   *pspec,
                  const GValue *now,
                  GValue       *other)
{
  g_value_init (other, pspec->value_type);

  if (G_IS_PARAM_SPEC_BOOLEAN (pspec))
    g_value_set_boolean (other, !g_value_get_boolean (now));
  else if (G_IS_PARAM_SPEC_STRING (pspec))
    g_value_set_string (other, "other");
  else if (G_IS_PARAM_SPEC_INT (pspec))
    g_value_set_int (other, g_value_get_int (now) == 2 ? 1 : 2);
  else if (G_IS_PARAM_SPEC_INT64 (pspec))
    g_value_set_int64 (other, G_GINT64_CONSTANT (7000000));
  else if (G_IS_PARAM_SPEC_DOUBLE (pspec))
    g_value_set_double (other, 0.25);
  else if (G_IS_PARAM_SPEC_ENUM (pspec))
    g_value_set_enum (other, g_value_get_enum (now) == 1 ? 0 : 1);
  else if (G_IS_PARAM_SPEC_OBJECT (pspec))
    g_value_take_object (other, new_object (pspec->value_type));
  else
    g_assert_not_reached ();
}

static void
notify_cb (GObject    *object,
           GParamSpec *pspec,
           guint      *count)
{
  (*count)++;
}

static void
check_property (GObject    *object,
                GParamSpec *pspec)
{
  g_autofree char *detail = g_strdup_printf ("notify::%s", pspec->name);
  g_auto (GValue) now = G_VALUE_INIT;
  g_auto (GValue) other = G_VALUE_INIT;
  g_auto (GValue) after = G_VALUE_INIT;
  guint n_notified = 0;

  g_test_message ("%s:%s", G_OBJECT_TYPE_NAME (object), pspec->name);
  g_value_init (&now, pspec->value_type);
  g_object_get_property (object, pspec->name, &now);

  /* Axes and cursor of a chart are its own until set; NAN is not a default that
   * a GParamSpec can state. */
  if (!G_IS_PARAM_SPEC_OBJECT (pspec) && !(G_IS_PARAM_SPEC_DOUBLE (pspec) && isnan (g_value_get_double (&now))))
    g_assert_true (g_param_value_defaults (pspec, &now));
  if (!(pspec->flags & G_PARAM_WRITABLE))
    return;

  make_other_value (pspec, &now, &other);
  g_signal_connect (object, detail, G_CALLBACK (notify_cb), &n_notified);
  g_object_set_property (object, pspec->name, &other);
  g_assert_cmpuint (n_notified, ==, 1);
  g_object_set_property (object, pspec->name, &other);
  g_assert_cmpuint (n_notified, ==, 1);

  g_value_init (&after, pspec->value_type);
  g_object_get_property (object, pspec->name, &after);
  g_assert_cmpint (g_param_values_cmp (pspec, &other, &after), ==, 0);
}

static void
test_properties (void)
{
  for (guint i = 0; type_at (i) != G_TYPE_INVALID; i++)
    {
      g_autoptr (GTypeClass) klass = g_type_class_ref (type_at (i));
      g_autofree GParamSpec **pspecs = NULL;
      guint n;

      pspecs = g_object_class_list_properties (G_OBJECT_CLASS (klass), &n);
      for (guint j = 0; j < n; j++)
        {
          g_autoptr (GObject) object = NULL;

          if (!is_ours (pspecs[j]))
            continue;
          object = new_object (type_at (i));
          check_property (object, pspecs[j]);
        }
    }
}

static void
test_finalize (void)
{
  for (guint i = 0; type_at (i) != G_TYPE_INVALID; i++)
    {
      gpointer object = new_object (type_at (i));

      g_test_message ("%s", g_type_name (type_at (i)));
      for (int turn = 0; turn < 20; turn++)
        g_main_context_iteration (NULL, FALSE);
      g_assert_finalize_object (object);
    }
}

/* A chart with everything in it lets go of everything. */
static void
test_finalize_full (void)
{
  BeamTimeAxis *time = beam_time_axis_new (10000000);
  BeamValueAxis *value = beam_value_axis_new (BEAM_SCALE_LOG);
  BeamCursor *cursor = beam_cursor_new ();
  BeamArraySeries *series = beam_array_series_new ("a");
  GtkWidget *chart = g_object_ref_sink (beam_chart_new (time, value, cursor));
  BeamLayer *line = beam_line_layer_new (BEAM_SERIES (series));

  beam_chart_add_layer (BEAM_CHART (chart), beam_area_layer_new (BEAM_SERIES (series)));
  beam_chart_add_layer (BEAM_CHART (chart), beam_band_layer_new (BEAM_SERIES (series), BEAM_SERIES (series)));
  beam_chart_add_layer (BEAM_CHART (chart), beam_threshold_layer_new (3, "limit"));
  beam_chart_add_layer (BEAM_CHART (chart), line);
  g_assert_cmpuint (beam_chart_get_n_layers (BEAM_CHART (chart)), ==, 4);
  beam_array_series_append (series, 5, 1);
  g_object_ref (line);
  beam_chart_remove_layer (BEAM_CHART (chart), line);
  g_assert_cmpuint (beam_chart_get_n_layers (BEAM_CHART (chart)), ==, 3);
  g_assert_finalize_object (G_OBJECT (line));

  g_assert_finalize_object (G_OBJECT (chart));
  g_assert_finalize_object (time);
  g_assert_finalize_object (value);
  g_assert_finalize_object (cursor);
  g_assert_finalize_object (series);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sweep/properties", test_properties);
  g_test_add_func ("/sweep/finalize", test_finalize);
  g_test_add_func ("/sweep/finalize/full", test_finalize_full);
  return g_test_run ();
}
