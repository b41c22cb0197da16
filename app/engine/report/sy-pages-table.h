/* sy-pages-table.h: a table on the pages of a PDF
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-pages.h"
#include "sy-report.h"

G_BEGIN_DECLS

/* @block is a table. Its caption stands above it, its head again on each page; a
 * short one is not torn. */
void sy_pages_show_table (SyPages *pages, const SyReportBlock *block);

G_END_DECLS
