/* sy-file-limit.c: how many files and sockets this process may have open
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The usual soft limit is 1024 files, below what a server accepts and a load opens;
 * the hard one is far above. Where a limit cannot be read, none is known.
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include "sy-file-limit.h"

#include <sys/resource.h>

guint64
sy_file_limit_raise (guint64 wanted)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return G_MAXUINT64;
  if (limit.rlim_cur >= wanted)
    return limit.rlim_cur;

  limit.rlim_cur = MIN (wanted, limit.rlim_max);
  setrlimit (RLIMIT_NOFILE, &limit);
  return getrlimit (RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_cur : G_MAXUINT64;
}
