/* sy-work.c: work that is counted, not timed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-reference"

#include "config.h"

#include "sy-work.h"

#include <time.h>

#define CALIBRATION_ROUNDS 12
#define CALIBRATION_UNITS 200
#define BLOCK_BYTES 1024

/* Every step needs the result of the one before, and the last result leaves
 * the function: a compiler can neither drop the loop nor run it in parallel. */
guint32
sy_work_run (guint32 checksum,
             guint64 first,
             guint64 n_steps)
{
  guint32 x = checksum;
  guint32 i = (guint32) (first % SY_WORK_STEPS_PER_UNIT);

  for (guint64 done = 0; done < n_steps; done++)
    {
      x = (x ^ (i & 255)) * 16777619u;

      if (++i == SY_WORK_STEPS_PER_UNIT)
        i = 0;
    }

  return x;
}

static gint64
get_thread_cpu_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return (gint64) now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}

/* Other programs can only make a run slower (caches, frequency), so the
 * fastest of several is the nearest to an idle core. */
double
sy_work_calibrate (void)
{
  const guint64 n_steps = CALIBRATION_UNITS * SY_WORK_STEPS_PER_UNIT;
  guint32 checksum = SY_WORK_CHECKSUM_START;
  gint64 best_ns = G_MAXINT64;

  for (guint round = 0; round < CALIBRATION_ROUNDS; round++)
    {
      gint64 begin_ns = get_thread_cpu_ns ();

      checksum = sy_work_run (checksum, 0, n_steps);
      best_ns = MIN (best_ns, get_thread_cpu_ns () - begin_ns);
    }

  return (double) n_steps * 1e6 / (double) MAX (best_ns, 1);
}

char *
sy_work_digest (guint kib)
{
  g_autoptr(GChecksum) sha256 = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 block[BLOCK_BYTES];

  for (guint i = 0; i < BLOCK_BYTES; i++)
    block[i] = (guint8) (i & 255);

  for (guint i = 0; i < kib; i++)
    g_checksum_update (sha256, block, BLOCK_BYTES);

  return g_strdup (g_checksum_get_string (sha256));
}

/* Neighbouring seeds must not fall into a pattern, so the bits are stirred
 * first: the 32-bit finaliser of MurmurHash3 (A. Appleby, public domain). */
gboolean
sy_work_mix_picks (guint32 seed,
                   double  percent)
{
  guint32 h = seed;

  h = (h ^ (h >> 16)) * 0x85ebca6bu;
  h = (h ^ (h >> 13)) * 0xc2b2ae35u;
  h ^= h >> 16;

  return (double) h * 100.0 < percent * 4294967296.0;
}
