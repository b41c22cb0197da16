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

/* From now on requests for @path get what @script is (NULL: what @path is); what is
 * open at @path is closed. */
void           sy_fault_server_play         (SyFaultServer *self, const char *path, const char *script);

/* Requests for @path so far. */
guint          sy_fault_server_get_n        (SyFaultServer *self, const char *path);

/* The head of the last such request, its blank line included, or NULL. (transfer full) */
char          *sy_fault_server_dup_head     (SyFaultServer *self, const char *path);

/* For scripts: the connection of one request. Writing ends the script's part
 * (returns FALSE) when the peer has gone or the server is being freed. */
typedef struct _SyFaultConnection SyFaultConnection;

gboolean sy_fault_write  (SyFaultConnection *connection, gconstpointer data, gsize length);
gboolean sy_fault_puts   (SyFaultConnection *connection, const char *text);

/* Waits @ms, or for ever with -1; FALSE when the server is being freed or its path
 * plays something else now. */
gboolean sy_fault_wait   (SyFaultConnection *connection, int ms);

/* Closes with an end, or with a reset instead. */
void     sy_fault_close  (SyFaultConnection *connection);
void     sy_fault_reset  (SyFaultConnection *connection);

/* A header of the request. (transfer full) (nullable) */
char    *sy_fault_dup_header (SyFaultConnection *connection, const char *name);

/* As recv(): 0 at the end, below 0 for an error. */
gssize   sy_fault_read   (SyFaultConnection *connection, char *buffer, gsize size);

/* Makes what takes long to make, before any clock runs. */
void     sy_fault_script_prepare (void);

/* Plays the script of @path. */
void     sy_fault_script (SyFaultConnection *connection, const char *path, guint n_before);

/* A fault: what is done for one request. */
typedef struct {
  const char *path;
  void      (*play) (SyFaultConnection *connection, guint n_before);
  gboolean    closes; /* nothing may follow on the connection */
} SyFault;

/* More of them, each list ends with an empty one. */
extern const SyFault sy_fault_sse[];
extern const SyFault sy_fault_web_socket[];

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyFaultServer, sy_fault_server_free)

G_END_DECLS
