/* sy-trust-file.h: the file of whom a person trusts
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SyTrust:
 *
 * By what one origin's server is known. Nothing of it is a secret: a credential
 * belongs in the keyring, and there is no member for one.
 */
typedef struct {
  char *ca_file;     /* owned, nullable: absolute; replaces the system's authorities */
  char *fingerprint; /* owned, nullable: SHA-256 of the pinned certificate, as it was given */
} SyTrust;

SyTrust    *sy_trust_new          (const char *ca_file, const char *fingerprint);
void        sy_trust_free         (SyTrust *self);

/* By origin. (element-type utf8 SyTrust) (transfer full) */
GHashTable *sy_trust_table_new    (void);

/* Reads
 *
 *   { "schema": "steelyard.trust/1",
 *     "origins": { "https://host:9090": { "ca_file": "/…/ca.pem", "fingerprint": "AB:CD:…" } } }
 *
 * strictly: SY_ERROR_INVALID or SY_ERROR_PARSE, with "@path: " and the place,
 * for anything else. An origin must be as sy_url_get_origin() spells it. */
GHashTable *sy_trust_file_parse   (const char *path, const char *text, gsize length, GError **error);
GHashTable *sy_trust_file_load    (const char *path, GError **error); /* no file is an empty table */
char       *sy_trust_file_format  (GHashTable *table); /* (transfer full) */

/* Puts the whole file in place at once, readable for the person alone. */
gboolean    sy_trust_file_save    (const char *path, GHashTable *table, GError **error);

G_END_DECLS
