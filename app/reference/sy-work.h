/* sy-work.h: work that is counted, not timed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * One work unit (wu) is 10 000 steps of `x = ((x ^ (i & 255)) * 16777619) mod
 * 2^32`, i counting 0…9999 in every unit, x starting at 2166136261. The last x
 * is the checksum: it depends on every step, so an answer proves its work, and
 * equal work has an equal checksum in every language. Fractions of a unit are
 * whole steps. The four reference servers share this definition.
 */
#define SY_WORK_STEPS_PER_UNIT 10000
#define SY_WORK_CHECKSUM_START 2166136261u

/* Goes on from @checksum, the result of steps 0…@first - 1, through @n_steps
 * more. Returns: the new checksum */
guint32 sy_work_run       (guint32 checksum, guint64 first, guint64 n_steps);

/* How many steps take one millisecond of this thread's CPU time on this
 * machine, as it is now: the best of several short runs (≈ 60 ms in all). A
 * server measures once, at its start, and does fixed steps from then on; under
 * contention a request takes longer, never does less. Always > 0. */
double  sy_work_calibrate (void);

/* Native work: SHA-256 over @kib KiB of the bytes 0, 1, …, 255, 0, …
 * Returns: (transfer full), 64 lower-case hexadecimal digits */
char   *sy_work_digest    (guint kib);

/* Whether the request numbered @seed is among the @percent (0…100) that do CPU
 * work; the same answer for the same numbers everywhere. */
gboolean sy_work_mix_picks (guint32 seed, double percent);

G_END_DECLS
