/* fuzz-json.c: what passes the guard is safe for json-glib
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first byte picks the limits; the rest is the document.
 */
#include "config.h"

#include <json-glib/json-glib.h>
#include <stdint.h>
#include <string.h>

#include "sy-error.h"
#include "sy-json.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static const SyJsonLimits tight = { .max_bytes = 512, .max_depth = 4, .max_string = 16, .max_members = 8 };

static void
assert_fault (const GError *error)
{
  g_assert_true (g_error_matches (error, SY_ERROR, SY_ERROR_PARSE));
  g_assert_true (g_ascii_isdigit (error->message[0]));
  g_assert_nonnull (strstr (error->message, ": "));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
assert_readable (const char *text,
                 gsize       length)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (parser, text, (gssize) length, &error);
  g_assert_no_error (error);
  g_assert_nonnull (json_parser_get_root (parser));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  const char *text = (const char *) data + 1;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) tight_error = NULL;
  gboolean valid;

  if (size < 1)
    return 0;

  valid = sy_json_check (text, size - 1, data[0] & 1 ? &tight : NULL, &error);
  if (!valid)
    assert_fault (error);
  else
    assert_readable (text, size - 1);

  /* a tighter limit refuses more, never less */
  if (sy_json_check (text, size - 1, &tight, &tight_error))
    g_assert_true (valid);

  return 0;
}
