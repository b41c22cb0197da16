/* faulty-vfs.h: a disk that fails when it is told to
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  FAULT_ENOSPC,
  FAULT_EDQUOT,
  FAULT_EIO,
  FAULT_EROFS,
  FAULT_SHORT,  /* half of a write, then no room */
  FAULT_KILL,   /* half of a write, then SIGKILL for this process */
  N_FAULT_KINDS
} FaultKind;

typedef enum {
  FAULT_ANYWHERE,
  FAULT_MAIN,   /* the recording itself: its creation, checkpoints, its end */
  FAULT_LOG,    /* what lies beside it: -wal and -journal */
  N_FAULT_PLACES
} FaultPlace;

typedef struct {
  FaultKind  kind;
  FaultPlace place;
  guint      nth;   /* from 1: this operation of those at @place */
  gboolean   lasts; /* all that follow fail too, until the disk is mended */
} Fault;

/* The way of SQLite to the system from now on, in this process: it counts what
 * changes a file (creates, writes, cuts, syncs, deletes) and passes it on. */
void        faulty_vfs_install   (void);

/* Counts anew, and fails as told; NULL: never. Any thread. */
void        faulty_vfs_set       (const Fault *fault);

/* Counted since it was set, at the fault's place. */
guint       faulty_vfs_get_n     (void);
gboolean    faulty_vfs_has_struck (void);

const char *fault_kind_nick      (FaultKind kind);
const char *fault_place_nick     (FaultPlace place);

G_END_DECLS
