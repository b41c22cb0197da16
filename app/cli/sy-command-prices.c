/* sy-command-prices.c: steelyard-cli prices, a price list of another program as one of ours
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include <errno.h>
#include <string.h>

#include "sy-command.h"
#include "sy-datadir.h"
#include "sy-price-import.h"
#include "sy-text.h"

#define WHAT "prices"

/* Machines have their sizes from the lists that the program reads. (transfer full) */
static SyPriceBook *
read_book (GError **error)
{
  g_autofree char *shipped = sy_datadir_build_path ("prices", NULL);
  g_autofree char *own = sy_datadir_build_own_path ("prices");
  const char *const folders[] = { shipped, own, NULL };

  return sy_price_book_new (folders, error);
}

/* (transfer full) */
static SyPriceImport *
read_list (const char  *path,
           const char  *currency,
           GError     **error)
{
  g_autoptr (SyPriceBook) book = read_book (error);
  g_autofree char *name = g_path_get_basename (path); /* the prices' source, wherever they are shown */
  g_autofree char *text = NULL;
  gsize length;

  if (book == NULL || !g_file_get_contents (path, &text, &length, error))
    return NULL;

  return sy_price_import_opencost (name, text, length, currency, book, error);
}

/* What was passed over, and how many are there. */
static void
tell (const char          *path,
      const SyPriceImport *import)
{
  g_autofree char *n = sy_command_count (import->n_items, "price", "prices");
  g_autofree char *place = sy_tty_escape (path, -1);

  for (guint i = 0; i < import->skipped->len; i++)
    {
      g_autofree char *why = sy_tty_escape (g_ptr_array_index (import->skipped, i), -1);

      g_printerr ("%s: %s\n", place, why);
    }
  g_printerr ("%s: %s\n", place, n);
}

/* A reader that went away ends it quietly; a disk that is full does not. */
static int
print (const char *json)
{
  errno = 0;
  return sy_command_print (json) || errno == EPIPE ? SY_EXIT_OK : sy_command_fail (SY_EXIT_FAILED, WHAT, "standard output", g_strerror (errno));
}

int
sy_command_prices (int    argc,
                   char **argv)
{
  g_auto (GStrv) paths = NULL;
  g_autofree char *currency = NULL;
  g_autofree char *out = NULL;
  const GOptionEntry entries[] = {
    { "currency", 0, 0, G_OPTION_ARG_STRING, &currency, "Of all its prices, such as EUR: the list does not name it", "CODE" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &out, "Where to (default: standard output)", "OUT" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, "FILE.csv" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (SyPriceImport) import = NULL;
  g_autoptr (GError) error = NULL;

  if (!sy_command_parse_options (NULL, "Writes OpenCost's CSV of node prices as a price list, to be put with your own.", entries, &argc, &argv))
    return SY_EXIT_USAGE;
  if (paths == NULL || paths[1] != NULL || currency == NULL)
    return sy_command_fail (SY_EXIT_USAGE, WHAT, NULL, "give one FILE.csv and its --currency CODE");

  import = read_list (paths[0], currency, &error);
  if (import == NULL)
    return sy_command_fail (SY_EXIT_FAILED, WHAT, NULL, error->message);

  tell (paths[0], import);
  if (import->json == NULL)
    return sy_command_fail (SY_EXIT_FAILED, WHAT, paths[0], "no row of it could be used");
  if (out == NULL)
    return print (import->json);
  if (!g_file_set_contents (out, import->json, (gssize) strlen (import->json), &error))
    return sy_command_fail (SY_EXIT_FAILED, WHAT, NULL, error->message);

  return SY_EXIT_OK;
}
