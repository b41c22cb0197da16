/* sy-auth-options.h: credentials for the commands that ask servers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-access-book.h"

G_BEGIN_DECLS

/* What was given; owned. No secret is ever an argument: files and variables
 * hold one credential each, as sy_credential_parse() reads it. */
typedef struct {
  char   **files;     /* nullable */
  char   **variables; /* nullable */
  char    *ca_file;   /* nullable */
  char    *pin;       /* nullable */
  gboolean keyring;
  gboolean in_clear;
} SyAuthOptions;

#define SY_AUTH_OPTION_ENTRIES(options) \
  { "auth-file", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &(options)->files, \
    "A credential for one origin: a line “ORIGIN basic|bearer|header|client-certificate SECRET”", "FILE" }, \
  { "auth-env", 0, 0, G_OPTION_ARG_STRING_ARRAY, &(options)->variables, "The same, in an environment variable", "NAME" }, \
  { "auth-keyring", 0, 0, G_OPTION_ARG_NONE, &(options)->keyring, "Ask the keyring when a server wants a credential", NULL }, \
  { "auth-in-clear", 0, 0, G_OPTION_ARG_NONE, &(options)->in_clear, \
    "Send credentials over plain http to other machines, too", NULL }, \
  { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &(options)->ca_file, "Trust these authorities (PEM) and no others", "FILE" }, \
  { "pin", 0, 0, G_OPTION_ARG_STRING, &(options)->pin, "The SHA-256 fingerprint of the only certificate to take", "HEX" }

void     sy_auth_options_clear (SyAuthOptions *self);

/* Whether anything was given. */
gboolean sy_auth_options_are_any (const SyAuthOptions *self);

/* Puts what concerns @addresses into @book. Errors name the file or variable
 * and never its content: unreadable, readable by others, not a credential, for
 * none of the addresses. */
gboolean sy_auth_options_apply (const SyAuthOptions *self, const char *const *addresses, SyAccessBook *book,
                                GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SyAuthOptions, sy_auth_options_clear)

G_END_DECLS
