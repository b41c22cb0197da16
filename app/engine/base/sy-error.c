/* sy-error.c: the error domain of the engine and its stable words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "sy-base"

#include "config.h"

#include "sy-error.h"

#include <string.h>

G_DEFINE_QUARK (sy-error-quark, sy_error)

/* Recordings and JSON output keep these words: they are never renamed. */
static const char *const nicks[] = {
  [SY_ERROR_FAILED] = "failed",
  [SY_ERROR_INVALID] = "invalid",
  [SY_ERROR_CANCELLED] = "cancelled",
  [SY_ERROR_RESOLVE] = "resolve",
  [SY_ERROR_CONNECT] = "connect",
  [SY_ERROR_CONNECT_TIMEOUT] = "connect-timeout",
  [SY_ERROR_DEADLINE] = "deadline",
  [SY_ERROR_TRUNCATED] = "truncated",
  [SY_ERROR_RESET] = "reset",
  [SY_ERROR_TLS] = "tls",
  [SY_ERROR_HTTP_STATUS] = "http-status",
  [SY_ERROR_REDIRECT_BLOCKED] = "redirect-blocked",
  [SY_ERROR_PROTOCOL] = "protocol",
  [SY_ERROR_HEADERS_TOO_LARGE] = "headers-too-large",
  [SY_ERROR_BODY_TOO_LARGE] = "body-too-large",
  [SY_ERROR_UNSUPPORTED_ENCODING] = "unsupported-encoding",
  [SY_ERROR_DECODE] = "decode",
  [SY_ERROR_FORMAT] = "format",
  [SY_ERROR_EMPTY] = "empty",
  [SY_ERROR_PARSE] = "parse",
  [SY_ERROR_SAMPLE_LIMIT] = "sample-limit",
  [SY_ERROR_LABEL_LIMIT] = "label-limit",
  [SY_ERROR_CARDINALITY] = "cardinality",
  [SY_ERROR_STUCK] = "stuck",
  [SY_ERROR_OVERRUN] = "overrun",
  [SY_ERROR_TLS_PIN] = "tls-pin",
  [SY_ERROR_FLOOD] = "flood",
  [SY_ERROR_CREDENTIAL] = "credential",
  [SY_ERROR_QUERY] = "query",
  [SY_ERROR_STORAGE_FULL] = "storage-full",
  [SY_ERROR_STORAGE] = "storage",
  [SY_ERROR_DAMAGED] = "damaged",
  [SY_ERROR_SILENT] = "silent",
  [SY_ERROR_LISTEN] = "listen",
  [SY_ERROR_NOT_RUNNING] = "not-running",
  [SY_ERROR_SUSPENDED] = "suspended",
};

const char *
sy_error_code_nick (SyErrorCode code)
{
  guint index = (guint) code;

  if (index >= G_N_ELEMENTS (nicks) || nicks[index] == NULL)
    return nicks[SY_ERROR_FAILED];

  return nicks[index];
}

SyErrorCode
sy_error_code_of_nick (const char *nick)
{
  for (guint i = SY_ERROR_FAILED; i < G_N_ELEMENTS (nicks); i++)
    if (strcmp (nicks[i], nick) == 0)
      return (SyErrorCode) i;

  return SY_ERROR_FAILED;
}

const char *
sy_error_nick (const GError *error)
{
  if (error == NULL)
    return NULL;

  if (error->domain != SY_ERROR)
    return nicks[SY_ERROR_FAILED];

  return sy_error_code_nick ((SyErrorCode) error->code);
}
