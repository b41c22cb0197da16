/* sy-snapshot-shape.c: whether what is read of a snapshot is of the right type
 *
 * What is absent stays absent, and members that are not read may be anything.
 * But what stands at a place that is read must be what the schema says: a count
 * that became text, or a list that moved, would otherwise be a value that is
 * silently missing from the figures.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "sy-wire"

#include "config.h"

#include "sy-snapshot-shape.h"

#include <string.h>

#include "sy-error.h"
#include "sy-text.h"

#define MAX_KEY_CHARS 40

typedef enum {
  NUMBER,
  STRING,
  BOOLEAN,
  OBJECT,
  ARRAY,
} Shape;

static const char *const names[] = {
  [NUMBER] = "a number", [STRING] = "text", [BOOLEAN] = "true or false", [OBJECT] = "an object", [ARRAY] = "a list",
};

/* ".*": each member; "[]": each element. A place inside of something of the
 * wrong type is not looked at: the row above it objects. */
static const struct {
  const char *place;
  Shape       shape;
} rows[] = {
  { ".boot", STRING }, { ".t", NUMBER }, { ".uptime", NUMBER },
  { ".server", OBJECT },
  { ".server.model", STRING }, { ".server.runtime", STRING }, { ".server.version", STRING }, { ".server.gil", BOOLEAN },
  { ".server.workers", OBJECT },
  { ".server.workers.processes", NUMBER }, { ".server.workers.threads", NUMBER },
  { ".counters", OBJECT },
  { ".counters.rejected", NUMBER }, { ".counters.cpu_user", NUMBER }, { ".counters.cpu_system", NUMBER },
  { ".counters.ctx_voluntary", NUMBER }, { ".counters.ctx_involuntary", NUMBER },
  { ".counters.loop_active", NUMBER }, { ".counters.loop_idle", NUMBER },
  { ".counters.gil_hold", NUMBER }, { ".counters.gil_switch_released", NUMBER }, { ".counters.gil_switch_forced", NUMBER },
  { ".gauges", OBJECT },
  { ".gauges.active", NUMBER }, { ".gauges.queued", NUMBER }, { ".gauges.threads_busy", NUMBER }, { ".gauges.rss", NUMBER },
  { ".gauges.fds", NUMBER },
  { ".gauges.connections", OBJECT }, { ".gauges.connections.*", NUMBER },
  { ".bounds", ARRAY }, { ".bounds[]", NUMBER },
  { ".hist", OBJECT },
  { ".hist.request", ARRAY }, { ".hist.request[]", OBJECT },
  { ".hist.request[].method", STRING }, { ".hist.request[].route", STRING }, { ".hist.request[].class", STRING },
  { ".hist.request[].count", NUMBER }, { ".hist.request[].sum", NUMBER },
  { ".hist.request[].b", ARRAY }, { ".hist.request[].b[]", NUMBER },
#define WAIT(name) \
  { ".hist." name, OBJECT }, { ".hist." name ".count", NUMBER }, { ".hist." name ".sum", NUMBER }, \
  { ".hist." name ".b", ARRAY }, { ".hist." name ".b[]", NUMBER }
  WAIT ("queue_wait"),
  WAIT ("loop_delay"),
  WAIT ("gil_wait"),
#undef WAIT
};

static const char *
describe (JsonNode *node)
{
  GType type;

  if (JSON_NODE_HOLDS_NULL (node))
    return "null";
  if (JSON_NODE_HOLDS_OBJECT (node))
    return names[OBJECT];
  if (JSON_NODE_HOLDS_ARRAY (node))
    return names[ARRAY];

  type = json_node_get_value_type (node);
  if (type == G_TYPE_STRING)
    return names[STRING];
  return type == G_TYPE_BOOLEAN ? names[BOOLEAN] : names[NUMBER];
}

static gboolean
check (JsonNode    *node,
       const char  *place,
       Shape        shape,
       const char  *path,
       GError     **error);

static gboolean
check_elements (JsonNode    *node,
                const char  *place,
                Shape        shape,
                const char  *path,
                GError     **error)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  const guint n = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *below = g_strdup_printf ("%s[%u]", path, i);

      if (!check (json_array_get_element (array, i), place, shape, below, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_members (JsonNode    *node,
               const char  *place,
               Shape        shape,
               const char  *path,
               GError     **error)
{
  const gsize length = strcspn (place, ".[");
  g_autofree char *wanted = g_strndup (place, length);
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return TRUE;

  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      g_autofree char *shown = NULL;
      g_autofree char *below = NULL;

      if (strcmp (wanted, "*") != 0 && strcmp (wanted, name) != 0)
        continue;

      shown = sy_display_text (name, -1, MAX_KEY_CHARS);
      below = g_strconcat (path, *path != '\0' ? "." : "", shown, NULL);
      if (!check (member, place + length, shape, below, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check (JsonNode    *node,
       const char  *place,
       Shape        shape,
       const char  *path,
       GError     **error)
{
  if (g_str_has_prefix (place, "[]"))
    return check_elements (node, place + strlen ("[]"), shape, path, error);
  if (*place == '.')
    return check_members (node, place + 1, shape, path, error);
  if (describe (node) == names[shape])
    return TRUE;

  g_set_error (error, SY_ERROR, SY_ERROR_PARSE, "1:1: “%s” is %s, not %s", path, describe (node), names[shape]);
  return FALSE;
}

gboolean
sy_snapshot_check_shape (JsonNode  *root,
                         GError   **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (!check (root, rows[i].place, rows[i].shape, "", error))
      return FALSE;

  return TRUE;
}
