/* fuzz-parameters.c: queries of a reference server, and ids of its events
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <libsoup/soup.h>
#include <math.h>
#include <stdint.h>

#include "sy-event-feed.h"
#include "sy-parameters.h"
#include "sy-task.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* What is accepted is in range: no negative, infinite or unordered plan. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  static const char *const routes[] = { "/plain", "/do/io", "/do/cpu", "/do/native", "/do/mix" };
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr(GHashTable) query = soup_form_decode (text);
  SyParameters parameters;
  guint64 seq;

  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      g_autoptr(SyTask) task = sy_task_new (routes[i], query, 1e6, 1, NULL);

      if (task != NULL)
        {
          g_assert_cmpint (task->wait_us, >=, 0);
          g_assert_cmpint (task->wait_us, <=, 60 * G_USEC_PER_SEC);
          g_assert_cmpuint (task->n_steps, <=, G_GUINT64_CONSTANT (10000000000));
        }
    }

  if (sy_parameters_parse (&parameters, "/stream/sse", query, NULL))
    g_assert_false (sy_parameters_get (&parameters, SY_PARAMETER_RATE, 0) > 1000);

  if (sy_event_feed_parse_id (text, "0123abcd", &seq))
    g_assert_cmpuint (seq, <=, G_MAXINT64);

  return 0;
}
