/* fuzz-alert-file.c: the file of what a person wants to be told of
 *
 *  - what is refused says so in SY_ERROR, with its name
 *  - what is accepted holds rules that are in their ranges, and reads back the
 *    same after it was written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "sy-alert-file.h"
#include "sy-error.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyAlertList) list = sy_alert_file_parse ("x.json", (const char *) data, size, &error);
  g_autoptr (SyAlertList) again = NULL;
  g_autofree char *text = NULL;
  g_autofree char *second = NULL;

  g_assert_true ((list == NULL) == (error != NULL));
  if (list == NULL)
    {
      g_assert_true (error->domain == SY_ERROR);
      g_assert_true (g_str_has_prefix (error->message, "x.json: "));
      return 0;
    }

  g_assert_cmpuint (list->rules->len, <=, SY_ALERT_MAX_RULES);
  for (guint i = 0; i < list->rules->len; i++)
    g_assert_true (sy_alert_rule_check (&g_array_index (list->rules, SyAlertRule, i), NULL));

  text = sy_alert_file_format (list);
  again = sy_alert_file_parse ("x.json", text, strlen (text), &error);
  g_assert_no_error (error);
  second = sy_alert_file_format (again);
  g_assert_cmpstr (text, ==, second);

  return 0;
}
