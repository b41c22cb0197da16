/* sy-fault-server.h: a web server that misbehaves on demand
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * Listens on a free port of 127.0.0.1 in threads of its own. The path of a
 * request names the fault; sy-fault-script.c lists them. Writes raw bytes: no
 * HTTP library keeps it from being wrong.
 */
typedef struct _SyFaultServer SyFaultServer;

SyFaultServer *sy_fault_server_new          (void);

/* Ends every connection, also those that wait for ever. */
void           sy_fault_server_free         (SyFaultServer *self);

/* "http://127.0.0.1:PORT" and @path. (transfer full) */
char          *sy_fault_server_dup_url      (SyFaultServer *self, const char *path);

/* Requests for @path so far. */
guint          sy_fault_server_get_n        (SyFaultServer *self, const char *path);

/* For scripts: the connection of one request. Writing ends the script's part
 * (returns FALSE) when the peer has gone or the server is being freed. */
typedef struct _SyFaultConnection SyFaultConnection;

gboolean sy_fault_write  (SyFaultConnection *connection, gconstpointer data, gsize length);
gboolean sy_fault_puts   (SyFaultConnection *connection, const char *text);

/* Waits @ms, or for ever with -1; FALSE when the server is being freed. */
gboolean sy_fault_wait   (SyFaultConnection *connection, int ms);

/* Closes with an end, or with a reset instead. */
void     sy_fault_close  (SyFaultConnection *connection);
void     sy_fault_reset  (SyFaultConnection *connection);

/* Makes what takes long to make, before any clock runs. */
void     sy_fault_script_prepare (void);

/* Plays the script of @path. */
void     sy_fault_script (SyFaultConnection *connection, const char *path, guint n_before);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyFaultServer, sy_fault_server_free)

G_END_DECLS
