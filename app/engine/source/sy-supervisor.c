/* sy-supervisor.c: looks at workers from outside
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-supervisor.h"

#define PERIOD_MS 250

typedef struct
{
  guint            id;
  SySupervisorFunc check;
  gpointer         user_data;
} Watch;

/* Of one thread. */
typedef struct
{
  GArray  *watches; /* (owned) (element-type Watch) */
  GSource *timer;   /* (owned) (nullable) */
  guint    last_id;
} Supervisor;

static void
supervisor_free (gpointer data)
{
  Supervisor *self = data;

  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  g_array_unref (self->watches);
  g_free (self);
}

static GPrivate of_this_thread = G_PRIVATE_INIT (supervisor_free);

static Supervisor *
get (void)
{
  Supervisor *self = g_private_get (&of_this_thread);

  if (self == NULL)
    {
      self = g_new0 (Supervisor, 1);
      self->watches = g_array_new (FALSE, FALSE, sizeof (Watch));
      g_private_set (&of_this_thread, self);
    }

  return self;
}

static gboolean
look_cb (gpointer user_data)
{
  Supervisor *self = user_data;

  /* Backwards, since a check may remove its own watch. */
  for (guint i = self->watches->len; i > 0; i--)
    if (i <= self->watches->len)
      {
        const Watch watch = g_array_index (self->watches, Watch, i - 1);

        watch.check (watch.user_data);
      }

  return G_SOURCE_CONTINUE;
}

guint
sy_supervisor_add (SySupervisorFunc check,
                   gpointer         user_data)
{
  Supervisor *self = get ();
  const Watch watch = { ++self->last_id, check, user_data };

  g_array_append_val (self->watches, watch);

  if (self->timer == NULL)
    {
      self->timer = g_timeout_source_new (PERIOD_MS);
      g_source_set_callback (self->timer, look_cb, self, NULL);
      g_source_set_static_name (self->timer, "SySupervisor");
      g_source_attach (self->timer, g_main_context_get_thread_default ());
    }

  return watch.id;
}

void
sy_supervisor_remove (guint id)
{
  Supervisor *self = get ();

  for (guint i = 0; i < self->watches->len; i++)
    if (g_array_index (self->watches, Watch, i).id == id)
      {
        g_array_remove_index (self->watches, i);
        break;
      }

  if (self->watches->len == 0 && self->timer != NULL)
    {
      g_source_destroy (self->timer);
      g_clear_pointer (&self->timer, g_source_unref);
    }
}
