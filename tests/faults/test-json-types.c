/* test-json-types.c: J09, a snapshot whose places hold something else
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "sy-error.h"
#include "sy-http-source.h"
#include "sy-witness.h"

#define INTERVAL_US (SY_USEC_PER_SEC / 10)
#define SNAPSHOT(rest) "{\"schema\":\"steelyard.snapshot/1\",\"boot\":\"b\",\"t\":9,\"uptime\":1," rest "}"
#define GOOD SNAPSHOT ("\"gauges\":{\"active\":12,\"connections\":{\"http\":1}},\"bounds\":[1,2]," \
                       "\"hist\":{\"loop_delay\":{\"count\":3,\"sum\":1,\"b\":[1,3]}}")

typedef struct
{
  const char *name;
  const char *body;
  const char *part; /* of the message */
} Case;

static const Case cases[] = {
  { "object", SNAPSHOT ("\"gauges\":{\"active\":{\"value\":12}}"), "“gauges.active” is an object, not a number" },
  { "list", SNAPSHOT ("\"gauges\":{\"active\":[12]}"), "“gauges.active” is a list, not a number" },
  { "text", SNAPSHOT ("\"gauges\":{\"active\":\"12\"}"), "“gauges.active” is text, not a number" },
  { "unit", SNAPSHOT ("\"gauges\":{\"active\":\"12 ms\"}"), "“gauges.active” is text, not a number" },
  { "null", SNAPSHOT ("\"gauges\":{\"active\":null}"), "“gauges.active” is null, not a number" },
  { "bool", SNAPSHOT ("\"gauges\":{\"active\":true}"), "“gauges.active” is true or false, not a number" },
  { "number-for-object", SNAPSHOT ("\"gauges\":7"), "“gauges” is a number, not an object" },
  { "any-member", SNAPSHOT ("\"gauges\":{\"connections\":{\"ht\\u001b[2Jtp\":\"x\"}}"), "[2Jtp” is text, not a number" },
  { "bounds", SNAPSHOT ("\"bounds\":[1,\"+Inf\"]"), "“bounds[1]” is text, not a number" },
  { "moved-index", SNAPSHOT ("\"bounds\":[1],\"hist\":{\"request\":[\"GET\",{\"route\":\"/\",\"count\":1}]}"),
    "“hist.request[0]” is text, not an object" },
  { "moved-element", SNAPSHOT ("\"bounds\":[1,2],\"hist\":{\"loop_delay\":{\"count\":3,\"sum\":1,\"b\":[[1],3]}}"),
    "“hist.loop_delay.b[0]” is a list, not a number" },
};

static SyClock *clock_;

static void
set_answer (SyWitness  *server,
            const char *body)
{
  g_autofree char *answer = g_strdup_printf ("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\n"
                                             "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s", strlen (body), body);

  sy_witness_set_answer (server, answer);
}

static void
wait_for_state (SySource      *source,
                SySourceState  state)
{
  while (sy_source_get_state (source) != state)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (SyWitness) server = sy_witness_new (NULL);
  g_autofree char *address = sy_witness_dup_url (server, "/snapshot");
  g_autoptr (SyUrl) url = sy_url_parse (address, NULL);
  SySource *source = sy_http_source_new (url, clock_, INTERVAL_US);
  const char *message;

  set_answer (server, GOOD);
  sy_source_start (source);
  wait_for_state (source, SY_SOURCE_LIVE);

  set_answer (server, one->body);
  wait_for_state (source, SY_SOURCE_RETRYING);
  g_assert_error (sy_source_get_error (source), SY_ERROR, SY_ERROR_PARSE);
  message = sy_source_get_error (source)->message;
  if (strstr (message, one->part) == NULL || strchr (message, '\033') != NULL)
    g_error ("“%s” is not in “%s”, or not only that", one->part, message);

  set_answer (server, GOOD);
  wait_for_state (source, SY_SOURCE_LIVE);
  g_assert_finalize_object (source);
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  clock_ = sy_clock_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/json-types/J09-", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }

  status = g_test_run ();
  g_object_unref (clock_);
  return status;
}
