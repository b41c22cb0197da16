/* run-cli.h: steelyard-cli, run by a test
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How one run ended; { 0 } before it. */
typedef struct {
  int   status; /* exit status; a run that a signal ends fails the test */
  char *output; /* (owned) */
  char *errors; /* (owned) */
} CliRun;

/* Runs the program that STEELYARD_CLI names with @arguments (NULL-terminated) and
 * @input (nullable: nothing) on standard input. */
void cli_run       (CliRun *self, const char *const *arguments, const char *input);
void cli_run_clear (CliRun *self);

/* That it ended with @status and one line on standard error at its end, which has
 * @part in it. */
void cli_run_assert_failed (const CliRun *self, int status, const char *part);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliRun, cli_run_clear)

G_END_DECLS
