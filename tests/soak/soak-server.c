/* soak-server.c: the other side of the soak, in a process of its own
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Says two addresses, one a line: of a fault server, and of a Prometheus server.
 * Then does what it is told, one thing a line, until its input ends:
 * "PATH SCRIPT" as sy_fault_server_play(), "prometheus STATUS" for what the
 * Prometheus server answers to everything ("-": what it should). Says "done" after
 * each.
 */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include <gio/gunixinputstream.h>

#include "sy-fault-server.h"
#include "sy-prom-server.h"

static void
tell_prometheus (SyPromServer *prometheus,
                 const char   *status)
{
  const gboolean is_well = strcmp (status, "-") == 0;
  g_autofree char *line = g_strdup_printf ("%s Told", status);

  for (int i = 0; i < SY_PROM_N_ASKED; i++)
    sy_prom_server_set_answer (prometheus, (SyPromAsked) i, is_well ? NULL : line, is_well ? NULL : "text/plain", is_well ? NULL : "told\n");
}

int
main (void)
{
  g_autoptr (SyFaultServer) server = sy_fault_server_new ();
  g_autoptr (SyPromServer) prometheus = sy_prom_server_new ();
  g_autoptr (GInputStream) plain = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GDataInputStream) input = g_data_input_stream_new (plain);
  g_autofree char *url = sy_fault_server_dup_url (server, "");
  g_autofree char *prometheus_url = sy_prom_server_dup_url (prometheus);
  char *line;

  g_print ("%s\n%s\n", url, prometheus_url);
  while ((line = g_data_input_stream_read_line (input, NULL, NULL, NULL)) != NULL)
    {
      g_auto (GStrv) words = g_strsplit (line, " ", 2);

      g_assert_cmpuint (g_strv_length (words), ==, 2);
      if (strcmp (words[0], "prometheus") == 0)
        tell_prometheus (prometheus, words[1]);
      else
        sy_fault_server_play (server, words[0], words[1]);
      g_print ("done\n");
      g_free (line);
    }

  return 0;
}
