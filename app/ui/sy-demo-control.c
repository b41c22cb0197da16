/* sy-demo-control.c: the demo as the window sees it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-demo-control.h"

#include <glib/gi18n.h>

#include "sy-error.h"
#include "sy-text.h"

#define N_SERVERS 2

struct _SyDemoControl
{
  GObject parent_instance;

  SySession    *session;     /* owned */
  SyDemo       *demo;        /* owned, nullable: none runs */
  GCancellable *cancellable; /* owned, nullable: none is being started */
  SyDemoKind    kind;
};

enum {
  CHANGED,
  FAILED,
  LOADED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SyDemoControl, sy_demo_control, G_TYPE_OBJECT)

static void
report (SyDemoControl *self,
        const GError  *error)
{
  g_autofree char *text = sy_display_text (error->message, -1, SY_DISPLAY_TEXT_MAX);

  g_signal_emit (self, signals[FAILED], 0, text);
}

/* The engine names its backends in English, and for tables; these names stand
 * in sentences. */
static void
translate_names (SyDemoControl *self)
{
  static const char *const names[][N_SERVERS] = {
    [SY_DEMO_MODELS] = { N_("Event loop"), N_("Threads with a global lock") },
    [SY_DEMO_REAL] = { N_("Node.js event loop"), N_("Python thread pool") },
  };

  for (guint i = 0; i < N_SERVERS; i++)
    {
      SyBackend *backend = sy_demo_get_backend (self->demo, i);

      if (backend != NULL)
        sy_backend_set_name (backend, _(names[self->kind][i]));
    }
}

static void
release_demo (SyDemoControl *self)
{
  g_autoptr (SyDemo) demo = g_steal_pointer (&self->demo);

  if (demo == NULL)
    return;

  g_signal_handlers_disconnect_by_data (demo, self);
  sy_demo_stop (demo);
}

static void
demo_failed_cb (SyDemo       *demo,
                const GError *error,
                gpointer      user_data)
{
  SyDemoControl *self = user_data;

  /* The backends stay: their columns say that nobody answers any more. */
  g_signal_handlers_disconnect_by_data (self->demo, self);
  g_clear_object (&self->demo);
  g_signal_emit (self, signals[CHANGED], 0);
  report (self, error);
}

static void
load_finished_cb (SyDemo   *demo,
                  gpointer  user_data)
{
  g_signal_emit (user_data, signals[LOADED], 0);
}

static void
started_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SyDemoControl) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SyDemo) demo = sy_demo_start_finish (result, &error);

  /* A start that was given up, perhaps for another one. */
  if (self->cancellable == NULL || g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    {
      if (demo != NULL)
        sy_demo_stop (demo);
      return;
    }

  g_clear_object (&self->cancellable);

  if (demo != NULL)
    {
      self->demo = g_steal_pointer (&demo);
      g_signal_connect (self->demo, "failed", G_CALLBACK (demo_failed_cb), self);
      g_signal_connect (self->demo, "load-finished", G_CALLBACK (load_finished_cb), self);
      translate_names (self);
    }

  g_signal_emit (self, signals[CHANGED], 0);

  if (error != NULL)
    report (self, error);
}

static void
sy_demo_control_dispose (GObject *object)
{
  SyDemoControl *self = SY_DEMO_CONTROL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  release_demo (self);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (sy_demo_control_parent_class)->dispose (object);
}

static void
sy_demo_control_class_init (SyDemoControlClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sy_demo_control_dispose;

  signals[CHANGED] =
    g_signal_new ("changed", SY_TYPE_DEMO_CONTROL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] =
    g_signal_new ("failed", SY_TYPE_DEMO_CONTROL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[LOADED] =
    g_signal_new ("loaded", SY_TYPE_DEMO_CONTROL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sy_demo_control_init (SyDemoControl *self)
{
}

SyDemoControl *
sy_demo_control_new (SySession *session)
{
  SyDemoControl *self = g_object_new (SY_TYPE_DEMO_CONTROL, NULL);

  self->session = g_object_ref (session);

  return self;
}

SyDemoPhase
sy_demo_control_get_phase (SyDemoControl *self)
{
  if (self->cancellable != NULL)
    return SY_DEMO_STARTING;

  return self->demo != NULL ? SY_DEMO_RUNNING : SY_DEMO_IDLE;
}

SyDemoKind
sy_demo_control_get_kind (SyDemoControl *self)
{
  return self->kind;
}

void
sy_demo_control_start (SyDemoControl *self,
                       SyDemoKind     kind)
{
  const SyDemoOptions options = { .kind = kind, .keep_going = TRUE };

  sy_demo_control_stop (self);
  self->kind = kind;
  self->cancellable = g_cancellable_new ();
  g_signal_emit (self, signals[CHANGED], 0);
  sy_demo_start_async (self->session, &options, self->cancellable, started_cb, g_object_ref (self));
}

void
sy_demo_control_stop (SyDemoControl *self)
{
  if (sy_demo_control_get_phase (self) == SY_DEMO_IDLE)
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  release_demo (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
sy_demo_control_set_loading (SyDemoControl *self,
                             gboolean       loading)
{
  g_autoptr (GError) error = NULL;

  if (self->demo != NULL && !sy_demo_set_loading (self->demo, loading, &error))
    report (self, error);
}

gboolean
sy_demo_control_loads (SyDemoControl *self,
                       SyBackend     *backend)
{
  for (guint i = 0; self->demo != NULL && i < N_SERVERS; i++)
    if (sy_demo_get_backend (self->demo, i) == backend)
      return TRUE;

  return FALSE;
}

SyDemo *
sy_demo_control_get_demo (SyDemoControl *self)
{
  return self->demo;
}

const char *
sy_demo_kind_get_title (SyDemoKind kind)
{
  if (kind == SY_DEMO_REAL)
    /* Translators: which servers the demo runs */
    return _("Node.js and Python");

  /* Translators: which servers the demo runs: small models of an event loop and of threads, written in C */
  return _("two models in C");
}
