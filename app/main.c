/* main.c: steelyard, the desktop program
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard"

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>

#include "sy-application.h"
#include "sy-memory.h"

int
main (int    argc,
      char **argv)
{
  /* The tree runs without being installed. */
  const char *localedir = g_getenv ("STEELYARD_LOCALEDIR");
  g_autoptr (SyApplication) application = NULL;

  sy_memory_init ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, localedir != NULL && *localedir != '\0' ? localedir : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  /* libsoup 3.2 has HTTP/2 faults that only this switch avoids; it must be set
   * before there is a second thread. */
  g_setenv ("SOUP_FORCE_HTTP1", "1", TRUE);

  /* A demo server that went away is not a crash: writes fail with EPIPE. */
  signal (SIGPIPE, SIG_IGN);

  application = sy_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
