/* sy-access.h: how one server is asked, and by what it is known
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "sy-credential.h"

G_BEGIN_DECLS

/**
 * SyAccess:
 *
 * What a person has said about one origin: the credential that goes there, who
 * must have signed its certificate, which certificate it must be. Immutable,
 * reference-counted atomically; crosses threads. Without one (NULL), requests
 * carry no credential and the system's authorities decide.
 *
 * A pinned certificate is known by its fingerprint: it may be signed by anyone
 * and speak for any host, but it must not have expired, be revoked or be weakly
 * signed; and no other certificate is taken. There is no way to ignore errors.
 */
typedef struct _SyAccess SyAccess;

typedef struct {
  const char   *origin;      /* any address there */
  SyCredential *credential;  /* nullable */
  const char   *ca_file;     /* nullable: PEM; replaces the system's authorities */
  const char   *fingerprint; /* nullable: SHA-256 of the leaf, 64 hex digits, with or without colons */
  gboolean      in_clear;    /* the person has agreed to send the credential over plain http */
} SyAccessConfig;

/* Reads the file, so not for a busy thread. Errors: SY_ERROR_INVALID. */
SyAccess        *sy_access_new             (const SyAccessConfig *config, GError **error);

/* For when what a person has said can no longer be kept to, @why: knows the
 * origin, the file and the fingerprint, and lets nobody be asked. No credential. */
SyAccess        *sy_access_new_closed      (const SyAccessConfig *config, const GError *why);

/* The same as sy_access_new(), read on another thread. */
void             sy_access_new_async       (const SyAccessConfig *config, GAsyncReadyCallback callback, gpointer user_data);
SyAccess        *sy_access_new_finish      (GAsyncResult *result, GError **error);

SyAccess        *sy_access_ref             (SyAccess *self);
void             sy_access_unref           (SyAccess *self);

const char      *sy_access_get_origin      (const SyAccess *self);
gboolean         sy_access_is_for          (const SyAccess *self, const SyUrl *url);
SyCredential    *sy_access_get_credential  (const SyAccess *self); /* (transfer none) (nullable) */
const char      *sy_access_get_ca_file     (const SyAccess *self); /* nullable */
const char      *sy_access_get_fingerprint (const SyAccess *self); /* nullable; as sy_access_dup_fingerprint() */
gboolean         sy_access_get_in_clear    (const SyAccess *self);

/* For who asks. (transfer none) (nullable) */
GTlsDatabase    *sy_access_get_authorities (const SyAccess *self);
GTlsCertificate *sy_access_get_certificate (const SyAccess *self);

/* FALSE with SY_ERROR_CREDENTIAL when asking @url would show the credential to
 * whoever listens: plain http to another machine, and nobody has agreed. FALSE
 * with SY_ERROR_TLS when the access is closed. */
gboolean         sy_access_check           (const SyAccess *self, const SyUrl *url, GError **error);

/* As sy_credential_mask(); @self may be NULL. */
void             sy_access_mask            (const SyAccess *self, char *bytes, gsize length);

/* The SHA-256 of @certificate: "AB:CD:…", 95 characters. (transfer full) */
char            *sy_access_dup_fingerprint (GTlsCertificate *certificate);

/* Whether http to @url crosses a network. */
gboolean         sy_access_is_in_clear     (const SyUrl *url);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyAccess, sy_access_unref)

G_END_DECLS
