/* sy-witness.h: a web server that remembers every byte it was told
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SY_WITNESS_GOOD \
  "HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\nConnection: close\r\nContent-Length: 32\r\n\r\n" \
  "# TYPE a_total counter\na_total 1\n"

/* In an answer: the request's head, line breaks as blanks. */
#define SY_WITNESS_ECHO "@ECHO@"

/**
 * Listens on a free port of 127.0.0.1, with TLS when it has a certificate. Gives
 * everybody the same answer and closes. Its certificates are in tls/.
 */
typedef struct _SyWitness SyWitness;

/* @certificate: "good", "expired", "other-host", "weak", "self-signed"; NULL for plain http. */
SyWitness *sy_witness_new                 (const char *certificate);
void       sy_witness_free                (SyWitness *self);

/* The file of a certificate of that name. (transfer full) */
char      *sy_witness_dup_file            (const char *name);

/* Raw bytes; at first SY_WITNESS_GOOD. */
void       sy_witness_set_answer          (SyWitness *self, const char *answer);
void       sy_witness_set_bytes           (SyWitness *self, GBytes *answer);
void       sy_witness_require_certificate (SyWitness *self);

/* From now on connections end without TLS saying so. */
void       sy_witness_end_rudely          (SyWitness *self);

/* (transfer full) */
char      *sy_witness_dup_url             (SyWitness *self, const char *path);
guint      sy_witness_get_n_connections   (SyWitness *self);

/* All that was said inside the connections, TLS taken off. (transfer full) */
char      *sy_witness_dup_heard           (SyWitness *self);

/* The subject of the last client certificate, "" without. (transfer full) */
char      *sy_witness_dup_client          (SyWitness *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyWitness, sy_witness_free)

G_END_DECLS
