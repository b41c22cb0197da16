/* sy-keyring.h: credentials in the keyring of the desktop
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "sy-clock.h"
#include "sy-credential.h"

G_BEGIN_DECLS

/**
 * One credential an origin, kept by the desktop's Secret Service. Each call runs
 * on a thread of its own and is over within ten seconds by @clock, whatever the
 * service does (it may wait for its password, or for ever). Where there is none,
 * a credential lives as long as the program: errors say why, in words for a
 * person, and never hold the secret. SY_ERROR_DEADLINE, SY_ERROR_CANCELLED,
 * SY_ERROR_FAILED.
 */
#define SY_KEYRING_DEADLINE_US (10 * SY_USEC_PER_SEC)

void          sy_keyring_lookup_async  (const char *origin, SyClock *clock, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);

/* NULL without @error: there is none for this origin. (transfer full) (nullable) */
SyCredential *sy_keyring_lookup_finish (GAsyncResult *result, GError **error);

/* Replaces what was kept for its origin. */
void          sy_keyring_store_async   (SyCredential *credential, SyClock *clock, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);
gboolean      sy_keyring_store_finish  (GAsyncResult *result, GError **error);

void          sy_keyring_forget_async  (const char *origin, SyClock *clock, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);
gboolean      sy_keyring_forget_finish (GAsyncResult *result, GError **error);

G_END_DECLS
