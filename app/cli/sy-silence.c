/* sy-silence.c: backends that never answered
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include "sy-silence.h"

#include "sy-command.h"

int
sy_silence_fail (const char *command,
                 SyBackend  *backend)
{
  SySource *source = sy_backend_get_source (backend);
  const GError *error = sy_source_get_error (source);
  const char *address = sy_url_get_redacted (sy_source_get_url (source));
  g_autofree char *why = NULL;

  if (error == NULL)
    why = g_strdup_printf ("%s: nothing came in this time", address);
  else if (g_str_has_prefix (error->message, address))
    why = g_strdup (error->message);
  else
    why = g_strdup_printf ("%s: %s", address, error->message);

  return sy_command_fail (SY_EXIT_FAILED, command, "no answer", why);
}

int
sy_silence_check (const char *command,
                  SySession  *session)
{
  int status = SY_EXIT_OK;

  for (guint i = 0; i < sy_session_get_n (session); i++)
    if (sy_source_get_last_success (sy_backend_get_source (sy_session_get (session, i))) == 0)
      status = sy_silence_fail (command, sy_session_get (session, i));

  return status;
}
