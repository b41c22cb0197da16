/* sy-configuration-words.h: how a backend runs, in words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-backend.h"

G_BEGIN_DECLS

/* "CPython 3.11.2 · gunicorn · 2 processes · 16 threads · global lock on", as much
 * as the backend says; safe to show. @others (nullable): what stands on, "prom-client",
 * unless it names the framework already. NULL when nothing is known.
 * (transfer full) (nullable) */
char *sy_configuration_words_dup       (SyBackend *backend, const char *others);

/* "Express, prom-client": the framework, or what says that it served the answer, and
 * @exporter (nullable); what a column has room for. NULL when neither is known.
 * (transfer full) (nullable) */
char *sy_configuration_words_dup_short (SyBackend *backend, const char *exporter);

G_END_DECLS
