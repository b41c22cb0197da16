/* sy-command.h: the commands of steelyard-cli
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Exit statuses; the stable surface. */
enum {
  SY_EXIT_OK = 0,
  SY_EXIT_FAILED = 1,
  SY_EXIT_USAGE = 2,
  SY_EXIT_NOT_AS_EXPECTED = 3,
  SY_EXIT_NOT_COMPARABLE = 4,
};

/* A command gets its own name as argv[0]. It prints results to standard
 * output, progress and errors to standard error. */
typedef int (*SyCommandFunc) (int argc, char **argv);

int sy_command_serve   (int argc, char **argv);
int sy_command_drive   (int argc, char **argv);
int sy_command_inspect (int argc, char **argv);
int sy_command_watch   (int argc, char **argv);
int sy_command_demo    (int argc, char **argv);
int sy_command_lint    (int argc, char **argv);
int sy_command_calc    (int argc, char **argv);
int sy_command_compare (int argc, char **argv);
int sy_command_record  (int argc, char **argv);
int sy_command_export  (int argc, char **argv);
int sy_command_report  (int argc, char **argv);
int sy_command_prices  (int argc, char **argv);
int sy_command_thumbnail (int argc, char **argv);

/* Prints "steelyard-cli: WHAT: WHERE: WHY" on one line, escaped for a terminal;
 * @where may be NULL. Returns @status, for `return sy_command_fail (...)`. */
int sy_command_fail (int status, const char *what, const char *where, const char *why);

/* Prints each of @problems (element-type GError) like a failure, and goes on. */
void sy_command_warn (const char *what, const GPtrArray *problems);

/* @address as it may stand in a message: without the secrets that it may hold.
 * (transfer full) */
char *sy_command_dup_place (const char *address);

/* "500ms", "20s", "2m", "1h" in microseconds, at least 1 and at most 49 days. Errors:
 * SY_ERROR_INVALID. */
gboolean sy_command_parse_duration (const char *text, gint64 *ret_us, GError **error);

/* As above, of a time between two questions; NULL leaves @ret_us as it is. Errors:
 * SY_ERROR_INVALID, also for less than 100 ms or more than an hour. */
gboolean sy_command_parse_interval (const char *text, gint64 *ret_us, GError **error);

/* Parses options that every command has in common with GLib's (@argc and @argv
 * change); prints the error and returns FALSE for a usage error. Ends the program
 * with its help where that is asked for, whatever else is wrong. */
gboolean sy_command_parse_options (const char *parameters, const char *summary, const GOptionEntry *entries,
                                   int *argc, char ***argv);

/* "1 answer", "2 answers". (transfer full) */
char *sy_command_count (guint64 n, const char *one, const char *many);

/* Appends @text to a row of a table, filled with blanks to @width characters: at
 * its left, or at its right where @width is below 0. */
void sy_command_append_cell (GString *row, const char *text, int width);

/* Writes @line and a line feed, and flushes. FALSE when that is not possible: end. */
gboolean sy_command_print (const char *line);

/* The exit status of @what, when all is written: @status, unless standard output could
 * not be written to. A reader that went away (a closed pipe) is no failure; a full
 * disk is one, and is said. */
int sy_command_end (int status, const char *what);

G_END_DECLS
