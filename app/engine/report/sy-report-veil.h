/* sy-report-veil.h: addresses that a report does not show
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SyReportVeil:
 *
 * Which hosts are meant by A and B. Immutable.
 */
typedef struct _SyReportVeil SyReportVeil;

/* @target: the addresses of A and B, or NULL. @show: the reader may see them, but
 * never their secrets. */
SyReportVeil *sy_report_veil_new     (const char *const target[2], gboolean show);
void          sy_report_veil_free    (SyReportVeil *self);

/* @text on one line, 4000 characters at most, without control characters, and without an address, whole or
 * its host with or without a port: "A" and "B" stand for those of the two,
 * "[address]" for any other. With @show, addresses stay as sy_url_get_redacted()
 * says them; what cannot be read as one goes. A password or a query goes in any
 * case, also where no scheme makes an address of it. Returns: (transfer full) */
char         *sy_report_veil_text    (const SyReportVeil *self, const char *text);

gboolean      sy_report_veil_shows   (const SyReportVeil *self); /* addresses */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyReportVeil, sy_report_veil_free)

G_END_DECLS
