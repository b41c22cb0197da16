/* sy-child.h: a program of ours or of the demo, run beside us
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SY_TYPE_CHILD (sy_child_get_type ())
G_DECLARE_FINAL_TYPE (SyChild, sy_child, SY, CHILD, GObject)

/**
 * SyChild:
 *
 * Runs a program and reads its standard output by lines (at most 1 MiB each).
 * Its standard input is a pipe from us that says nothing: the program sees the
 * end of it when we die, however that happens. Its standard error is kept (the
 * last 4 KiB), to say why it ended.
 *
 * Signals: "line" (const char *), "exited" (GError *, nullable: by itself with
 * status 0). Neither comes after sy_child_stop(). Dispose stops.
 */
SyChild *sy_child_spawn    (const char *const *argv, GError **error);

/* Asks it to end (SIGTERM), and makes it end (SIGKILL) after two seconds. */
void     sy_child_stop     (SyChild *self);

/* The path of steelyard-cli: the environment's STEELYARD_CLI, the one beside the
 * program that runs, the installed
 * one, or the one on PATH. Errors: SY_ERROR_FAILED. (transfer full) */
char    *sy_child_find_cli (GError **error);

G_END_DECLS
