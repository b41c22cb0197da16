/* sy-workload-book.h: the workload profiles there are
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-workload.h"

G_BEGIN_DECLS

/* Every *.json of the data folder's workloads, in the order of their names as
 * people read them. Errors: those of sy_workload_load() and G_FILE_ERROR.
 * (element-type SyWorkload) (transfer full) */
GPtrArray *sy_workload_book_read (GError **error);

G_END_DECLS
