/* test-vectors.c: the model against numbers that others have published or computed
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every steelyard.vectors/1 file beside this one, and the one of the folder
 * that STEELYARD_DATA names: the inputs go through the function of that name
 * and the answers must lie within the vector's tolerance. One test a vector.
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "sy-calc.h"

typedef struct
{
  char       *path;     /* (owned) */
  JsonParser *parser;   /* (owned) */
  JsonArray  *vectors;  /* (borrowed) */
} VectorFile;

typedef struct
{
  VectorFile *file;
  JsonObject *vector;
  double      abs;
  double      rel;
} Vector;

/* Where a vector's input is the name of another vector, that one's inputs. */
static JsonObject *
find_inputs (VectorFile *file,
             const char *id)
{
  for (guint i = 0; i < json_array_get_length (file->vectors); i++)
    {
      JsonObject *vector = json_array_get_object_element (file->vectors, i);

      if (strcmp (json_object_get_string_member (vector, "id"), id) == 0)
        return json_object_get_object_member (vector, "inputs");
    }

  return NULL;
}

/* Replaces names of vectors by their inputs: "ref", "refs" and "model".
 * Returns: (transfer full) */
static JsonObject *
resolve (VectorFile *file,
         JsonObject *inputs)
{
  g_autoptr (JsonObject) copy = json_object_new ();
  g_autoptr (GList) names = json_object_get_members (inputs);

  for (GList *l = names; l != NULL; l = l->next)
    {
      const char *name = l->data;
      JsonNode *node = json_object_get_member (inputs, name);
      JsonObject *other = NULL;

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        other = find_inputs (file, json_node_get_string (node));

      if (other != NULL)
        json_object_set_object_member (copy, name, json_object_ref (other));
      else if (strcmp (name, "refs") == 0 && JSON_NODE_HOLDS_ARRAY (node))
        {
          g_autoptr (JsonArray) array = json_array_new ();
          JsonArray *refs = json_node_get_array (node);

          for (guint i = 0; i < json_array_get_length (refs); i++)
            {
              const char *id = json_array_get_string_element (refs, i);

              other = find_inputs (file, id);
              if (other != NULL)
                json_array_add_object_element (array, json_object_ref (other));
              else
                json_array_add_string_element (array, id); /* a name that the function itself knows */
            }
          json_object_set_array_member (copy, name, g_steal_pointer (&array));
        }
      else
        json_object_set_member (copy, name, json_node_copy (node));
    }

  return g_steal_pointer (&copy);
}

static void compare (const Vector *vector, const char *where, JsonNode *expected, JsonNode *got);

static void
compare_objects (const Vector *vector,
                 const char   *where,
                 JsonObject   *expected,
                 JsonObject   *got)
{
  g_autoptr (GList) names = json_object_get_members (expected);

  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *there = g_strconcat (where, ".", l->data, NULL);
      JsonNode *answer = json_object_get_member (got, l->data);

      if (answer == NULL)
        {
          g_test_message ("%s is not in the answer", there);
          g_test_fail ();
        }
      else
        compare (vector, there, json_object_get_member (expected, l->data), answer);
    }
}

static void
compare_arrays (const Vector *vector,
                const char   *where,
                JsonArray    *expected,
                JsonArray    *got)
{
  if (json_array_get_length (expected) != json_array_get_length (got))
    {
      g_test_message ("%s has %u elements, not %u", where, json_array_get_length (got), json_array_get_length (expected));
      g_test_fail ();
      return;
    }

  for (guint i = 0; i < json_array_get_length (expected); i++)
    {
      g_autofree char *there = g_strdup_printf ("%s[%u]", where, i);

      compare (vector, there, json_array_get_element (expected, i), json_array_get_element (got, i));
    }
}

static void
compare_values (const Vector *vector,
                const char   *where,
                JsonNode     *expected,
                JsonNode     *got)
{
  double want, have;

  if (sy_calc_node_to_double (expected, &want) && sy_calc_node_to_double (got, &have))
    {
      if (want == have || fabs (have - want) <= vector->abs + vector->rel * fabs (want))
        return;
      g_test_message ("%s is %.17g, not %.17g within %g + %g of it", where, have, want, vector->abs, vector->rel);
    }
  else if (json_node_equal (expected, got))
    return;
  else
    g_test_message ("%s is not what was expected", where);

  g_test_fail ();
}

static void
compare (const Vector *vector,
         const char   *where,
         JsonNode     *expected,
         JsonNode     *got)
{
  if (JSON_NODE_TYPE (expected) != JSON_NODE_TYPE (got))
    {
      g_test_message ("%s is %s, not %s", where, json_node_type_name (got), json_node_type_name (expected));
      g_test_fail ();
    }
  else if (JSON_NODE_HOLDS_OBJECT (expected))
    compare_objects (vector, where, json_node_get_object (expected), json_node_get_object (got));
  else if (JSON_NODE_HOLDS_ARRAY (expected))
    compare_arrays (vector, where, json_node_get_array (expected), json_node_get_array (got));
  else if (JSON_NODE_HOLDS_VALUE (expected))
    compare_values (vector, where, expected, got);
}

/* "topsis (min-max)" is one of ours; else the first word of "usl_fit (2-parameter)". */
static char *
function_name (JsonObject *vector)
{
  const char *text = json_object_get_string_member (vector, "function");

  return sy_calc_find (text) != NULL ? g_strdup (text) : g_strndup (text, strcspn (text, " "));
}

static void
test_vector (gconstpointer data)
{
  const Vector *vector = data;
  g_autofree char *name = function_name (vector->vector);
  g_autoptr (JsonObject) inputs = NULL;
  g_autoptr (JsonObject) out = NULL;
  g_autoptr (GError) error = NULL;

  if (sy_calc_find (name) == NULL)
    {
      g_test_skip ("not a function of ours");
      return;
    }

  inputs = resolve (vector->file, json_object_get_object_member (vector->vector, "inputs"));
  out = sy_calc_run (name, inputs, &error);
  g_assert_no_error (error);
  compare_objects (vector, name, json_object_get_object_member (vector->vector, "expected"), out);
}

static void
free_vector_file (gpointer data)
{
  VectorFile *file = data;

  g_free (file->path);
  g_clear_object (&file->parser);
  g_free (file);
}

/* Returns: (transfer full) */
static VectorFile *
load (const char *path)
{
  VectorFile *file = g_new0 (VectorFile, 1);
  g_autoptr (GError) error = NULL;

  file->path = g_strdup (path);
  file->parser = json_parser_new ();
  json_parser_load_from_file (file->parser, path, &error);
  g_assert_no_error (error);
  file->vectors = json_object_get_array_member (json_node_get_object (json_parser_get_root (file->parser)), "vectors");
  g_assert_nonnull (file->vectors);
  return file;
}

static double
tolerance (JsonObject *vector,
           const char *name)
{
  return json_object_get_double_member_with_default (json_object_get_object_member (vector, "tolerance"), name, 0);
}

static void
add_tests (VectorFile *file,
           const char *group)
{
  for (guint i = 0; i < json_array_get_length (file->vectors); i++)
    {
      Vector *vector = g_new0 (Vector, 1);
      g_autofree char *path = NULL;

      vector->file = file;
      vector->vector = json_array_get_object_element (file->vectors, i);
      vector->abs = tolerance (vector->vector, "abs");
      vector->rel = tolerance (vector->vector, "rel");
      path = g_strdup_printf ("/vectors/%s/%s", group, json_object_get_string_member (vector->vector, "id"));
      g_test_add_data_func_full (path, vector, test_vector, g_free);
    }
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* Every vectors-*.json beside this file, in order. */
static void
add_folder (GPtrArray *files)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "weigh", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "vectors-") && g_str_has_suffix (name, ".json"))
      g_ptr_array_add (names, g_strdup (name));

  g_assert_cmpuint (names->len, >, 0);
  g_ptr_array_sort (names, compare_names);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);

      g_ptr_array_add (files, load (path));
      add_tests (g_ptr_array_index (files, files->len - 1), g_ptr_array_index (names, i));
    }
}

int
main (int    argc,
      char **argv)
{
  const char *data = g_getenv ("STEELYARD_DATA");
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (free_vector_file);

  g_test_init (&argc, &argv, NULL);
  add_folder (files);

  if (data != NULL)
    {
      g_autofree char *path = g_build_filename (data, "vectors", "vectors.json", NULL);

      g_ptr_array_add (files, load (path));
      add_tests (g_ptr_array_index (files, files->len - 1), "suite");
    }

  return g_test_run ();
}
