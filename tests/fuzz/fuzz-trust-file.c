/* fuzz-trust-file.c: the file of whom a person trusts
 *
 *  - what is refused says so in SY_ERROR, with its name
 *  - what is accepted reads back the same after it was written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "sy-error.h"
#include "sy-trust-file.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) table = sy_trust_file_parse ("x.json", (const char *) data, size, &error);
  g_autoptr (GHashTable) again = NULL;
  g_autofree char *text = NULL;
  g_autofree char *second = NULL;

  g_assert_true ((table == NULL) == (error != NULL));
  if (table == NULL)
    {
      g_assert_true (error->domain == SY_ERROR);
      g_assert_true (g_str_has_prefix (error->message, "x.json: "));
      return 0;
    }

  text = sy_trust_file_format (table);
  again = sy_trust_file_parse ("x.json", text, strlen (text), &error);
  g_assert_no_error (error);
  second = sy_trust_file_format (again);
  g_assert_cmpstr (text, ==, second);

  return 0;
}
