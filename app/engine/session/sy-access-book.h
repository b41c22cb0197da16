/* sy-access-book.h: how each server of a session is asked
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-source.h"

G_BEGIN_DECLS

#define SY_TYPE_ACCESS_BOOK (sy_access_book_get_type ())
G_DECLARE_FINAL_TYPE (SyAccessBook, sy_access_book, SY, ACCESS_BOOK, GObject)

/**
 * SyAccessBook:
 *
 * One SyAccess an origin, for as long as the session lives. With a file, whom a
 * person trusts (authorities, fingerprints) is there from the beginning; of a
 * credential nothing is ever written to files. Sources that are attached follow it. With the keyring in use, it is
 * asked for an origin's credential once, when a server of that origin refuses
 * for the first time: who asks nobody for credentials needs no keyring. Lives on
 * the owner's thread. New, it is empty and does not use the keyring.
 *
 * Signal "changed" (const char *origin): another access, or none, from now on.
 */
SyAccessBook *sy_access_book_new             (SyClock *clock);
void          sy_access_book_use_keyring     (SyAccessBook *self);

/* Reads whom to trust from @path (sy-trust-file.h), and keeps it there. An origin
 * whose authorities can no longer be read is not asked at all, rather than with
 * those of the system. */
void          sy_access_book_use_file        (SyAccessBook *self, const char *path);
const GError *sy_access_book_get_file_error  (SyAccessBook *self); /* nullable: why the file was left alone */

/* Writes whom to trust for @origin as the book has it now, or takes it out of the
 * file. Does nothing without a file. */
gboolean      sy_access_book_keep_trust      (SyAccessBook *self, const char *origin, GError **error);
SyAccess     *sy_access_book_find            (SyAccessBook *self, const SyUrl *url); /* (transfer none) (nullable) */

/* Replaces what there was for its origin; every source there asks again. */
void          sy_access_book_set             (SyAccessBook *self, SyAccess *access);
void          sy_access_book_remove          (SyAccessBook *self, const char *origin);

/* Gives @source its access, now and whenever it changes. */
void          sy_access_book_attach          (SyAccessBook *self, SySource *source);

/* Keeps the credential of @origin in the keyring, or with NULL takes it out.
 * Errors, for a person: why it is not kept; it stays in the book all the same. */
void          sy_access_book_remember_async  (SyAccessBook *self, const char *origin, SyCredential *credential,
                                              GAsyncReadyCallback callback, gpointer user_data);
gboolean      sy_access_book_remember_finish (SyAccessBook *self, GAsyncResult *result, GError **error);

/* Whether the keyring is known to have one for @origin. */
gboolean      sy_access_book_is_remembered   (SyAccessBook *self, const char *origin);

/* Whether the keyring should now be asked for @url's credential, since its
 * server answered 401 or 403 and we have none. TRUE only once an origin. */
gboolean      sy_access_book_should_recall   (SyAccessBook *self, const SyUrl *url);

/* Asks the keyring for the credential of @url's origin, and sets it if there
 * is one: then TRUE. FALSE without @error: there is none. */
void          sy_access_book_recall_async    (SyAccessBook *self, const SyUrl *url, GCancellable *cancellable,
                                              GAsyncReadyCallback callback, gpointer user_data);
gboolean      sy_access_book_recall_finish   (SyAccessBook *self, GAsyncResult *result, GError **error);

G_END_DECLS
