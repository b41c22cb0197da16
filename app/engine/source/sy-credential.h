/* sy-credential.h: what proves to one server who asks
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-url.h"

G_BEGIN_DECLS

typedef enum {
  SY_CREDENTIAL_BASIC,              /* secret: "USER:PASSWORD" */
  SY_CREDENTIAL_BEARER,             /* secret: a token */
  SY_CREDENTIAL_HEADER,             /* secret: "Name: value" */
  SY_CREDENTIAL_CLIENT_CERTIFICATE, /* secret: certificate and private key, PEM */
} SyCredentialKind;

#define SY_CREDENTIAL_N_KINDS 4

/* "basic", "bearer", "header", "client-certificate": stable, the keyring keeps them. */
const char *sy_credential_kind_nick      (SyCredentialKind kind);
gboolean    sy_credential_kind_from_nick (const char *nick, SyCredentialKind *ret);

/**
 * SyCredential:
 *
 * A secret and the origin it is for; it is sent to no other. Immutable,
 * reference-counted atomically; its memory is wiped when the last one lets go.
 * Nothing of it belongs into a file, a log, a title or an argument.
 */
typedef struct _SyCredential SyCredential;

/* @secret is spelled as its kind says. Refused: control characters, more than
 * 8 KiB, a header that HTTP itself needs, a PEM text without certificate or key.
 * Errors, without the secret in them: SY_ERROR_INVALID. */
SyCredential    *sy_credential_new        (const char *origin, SyCredentialKind kind, const char *secret, GError **error);

/* The first line of @text that is neither blank nor a #comment:
 * "ORIGIN KIND SECRET", such as "https://api.example bearer abc". What follows
 * client-certificate is the path of a PEM file. Errors as above. */
SyCredential    *sy_credential_parse      (const char *text, GError **error);

SyCredential    *sy_credential_ref        (SyCredential *self);
void             sy_credential_unref      (SyCredential *self);

SyCredentialKind sy_credential_get_kind   (const SyCredential *self);
const char      *sy_credential_get_origin (const SyCredential *self); /* as sy_url_get_origin() */
gboolean         sy_credential_is_for     (const SyCredential *self, const SyUrl *url);

/* For the keyring alone. */
const char      *sy_credential_get_secret (const SyCredential *self);

/* The header that carries it; FALSE for a client certificate. Free the value
 * with sy_credential_wipe(). */
gboolean         sy_credential_dup_header (const SyCredential *self, char **name, char **value);

/* Overwrites what in @bytes is the secret, in the forms in which it is sent,
 * with asterisks: servers echo requests. The length stays. */
void             sy_credential_mask       (const SyCredential *self, char *bytes, gsize length);

/* Overwrites, then frees. NULL is fine. */
void             sy_credential_wipe       (char *secret);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyCredential, sy_credential_unref)

G_END_DECLS
