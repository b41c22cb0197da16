/* sy-help.c: the pages that explain the program
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A viewer finds pages by their name, below the data folders of the desktop. Those of
 * a sandbox are not among them, and a viewer would only say that there are none: so it
 * is asked where it can find them. The same pages are in one file for a browser, which
 * a sandbox can hand out.
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-help.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "sy-datadir.h"
#include "sy-text.h"

#define SCHEME "help"
#define DOCUMENT "steelyard"
#define COPY "copy"

/* Where the page for a browser is, if not among the data: a build that is not installed. */
#define PAGE_ENVIRONMENT "STEELYARD_HELP_PAGE"

typedef struct
{
  GtkWindow *parent; /* (nullable), weak */
  char      *page;   /* (owned): URI of the page for a browser */
} Request;

static void
request_free (Request *self)
{
  g_clear_weak_pointer (&self->parent);
  g_free (self->page);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

static gboolean
has_pages (const char *data_folder)
{
  g_autofree char *path = g_build_filename (data_folder, "help", "C", DOCUMENT, "index.page", NULL);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

/* Whether there is a viewer, and it finds the pages. */
static gboolean
can_view (void)
{
  g_autoptr (GAppInfo) viewer = g_app_info_get_default_for_uri_scheme (SCHEME);
  const char *const *folders = g_get_system_data_dirs ();
  gboolean is_there = has_pages (g_get_user_data_dir ());

  for (guint i = 0; !is_there && folders[i] != NULL; i++)
    is_there = has_pages (folders[i]);

  return viewer != NULL && is_there;
}

/* (transfer full) */
static char *
dup_page (void)
{
  g_autofree char *installed = sy_datadir_build_path ("help", DOCUMENT ".html", NULL);
  const char *built = g_getenv (PAGE_ENVIRONMENT);
  g_autoptr (GFile) file = g_file_new_for_path (built != NULL ? built : installed);

  return g_file_get_uri (file);
}

static void
response_cb (GtkWidget  *dialog,
             const char *response,
             const char *page)
{
  if (g_strcmp0 (response, COPY) == 0)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (dialog), page);
}

static void
tell (const Request *request,
      const GError  *error)
{
  g_autofree char *why = sy_display_text (error->message, -1, 300);
  g_autofree char *place = sy_display_text (request->page, -1, 300);
  /* Translators: a reason; the address of a file */
  g_autofree char *body = g_strdup_printf (
    _("%1$s\n\nInstall a help viewer, such as Yelp, or open this page in a browser:\n%2$s"), why, place);
  GtkWidget *dialog = adw_message_dialog_new (request->parent, _("The Help Could Not Be Opened"), body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"), COPY, _("_Copy Address"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), g_strdup (request->page), (GClosureNotify) (GCallback) g_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* The browser was asked. */
static void
page_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Request) request = user_data;
  g_autoptr (GError) error = NULL;

  if (!gtk_show_uri_full_finish (GTK_WINDOW (object), result, &error))
    tell (request, error);
}

static void
show_page (Request *request)
{
  gtk_show_uri_full (request->parent, request->page, GDK_CURRENT_TIME, NULL, page_cb, request);
}

/* The viewer was asked. */
static void
viewer_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Request) request = user_data;
  g_autoptr (GError) error = NULL;

  if (!gtk_show_uri_full_finish (GTK_WINDOW (object), result, &error))
    {
      /* It is known to the desktop and does not start: the browser may. */
      g_debug ("The help viewer did not start: %s", error->message);
      show_page (g_steal_pointer (&request));
    }
}

void
sy_help_show (GtkWindow *parent)
{
  g_autoptr (Request) request = g_new0 (Request, 1);

  g_set_weak_pointer (&request->parent, parent);
  request->page = dup_page ();
  if (can_view ())
    gtk_show_uri_full (parent, SCHEME ":" DOCUMENT, GDK_CURRENT_TIME, NULL, viewer_cb, g_steal_pointer (&request));
  else
    show_page (g_steal_pointer (&request));
}
