/* sy-about.c: who we are, and with which libraries
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-about.h"

#include <adwaita.h>
#include <glib/gi18n.h>

char *
sy_about_dup_versions (void)
{
  return g_strdup_printf ("steelyard %s\n"
                          "GTK %u.%u.%u, libadwaita %u.%u.%u, GLib %u.%u.%u, Pango %s, cairo %s",
                          PACKAGE_VERSION,
                          gtk_get_major_version (), gtk_get_minor_version (), gtk_get_micro_version (),
                          adw_get_major_version (), adw_get_minor_version (), adw_get_micro_version (),
                          glib_major_version, glib_minor_version, glib_micro_version,
                          pango_version_string (), cairo_version_string ());
}

void
sy_about_present (GtkWindow *parent)
{
  g_autofree char *versions = sy_about_dup_versions ();

  adw_show_about_window (parent,
                         "application-name", "Steelyard",
                         "application-icon", APPLICATION_ID,
                         "version", PACKAGE_VERSION,
                         "comments", _("Weighs running backends against each other: concurrency, latency and cost side by side."),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         /* Translators: put your names here, one a line */
                         "translator-credits", _("translator-credits"),
                         "debug-info", versions,
                         "debug-info-filename", "steelyard.txt",
                         NULL);
}
