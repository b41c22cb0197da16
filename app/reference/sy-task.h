/* sy-task.h: what one request asks a server to do
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SyTask:
 *
 * A request of /plain or /do/…, as a plan that a concurrency model carries out
 * in this order: wait, interpreted work, native work. It is owned by one
 * thread at a time; who hands it on does not look at it again.
 */
typedef struct _SyTask SyTask;

/* Called on the server's own thread, once for every task that a model took:
 * the plan is done, or (task->abandoned) the model ends before it was. The task
 * now belongs to the callee. */
typedef void (*SyTaskDone) (SyTask *task, gpointer user_data);

struct _SyTask {
  /* the plan */
  const char *route;       /* static */
  gint64      wait_us;
  guint64     n_steps;     /* of interpreted work */
  guint       native_kib;
  gsize       answer_bytes; /* the answer is padded to this */

  /* the life */
  gint64      arrived_us;  /* monotonic, when its first byte was read */
  gboolean    waited;
  gboolean    abandoned;
  guint64     steps_done;
  guint32     checksum;
  char       *digest;      /* owned, nullable */

  SyTaskDone  done;
  gpointer    user_data;
};

/* Reads the plan for @route ("/do/cpu", say) from @query (nullable, names and
 * values as strings). @steps_per_ms: for work asked for in milliseconds of
 * CPU; @serial: decides for /do/mix when the query has no seed. README.md in
 * data/reference/ lists the parameters.
 * Errors: SY_ERROR_INVALID with a reason for the client. Returns: (transfer full) */
SyTask *sy_task_new       (const char  *route,
                           GHashTable  *query,
                           double       steps_per_ms,
                           guint32      serial,
                           GError     **error);
void    sy_task_free      (SyTask *self);

/* The whole native part. Nobody's lock need be held. */
void    sy_task_do_native (SyTask *self);

/* At most @n_steps more of the interpreted part. FALSE when none is left. */
gboolean sy_task_do_steps (SyTask *self, guint64 n_steps);

/* The body of the answer: what was done, with its checksum.
 * Returns: (transfer full) */
char   *sy_task_answer    (const SyTask *self, const char **content_type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyTask, sy_task_free)

G_END_DECLS
