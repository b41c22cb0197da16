/* sy-prom-survey.c: which backends a Prometheus server watches
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-prom-survey.h"

#include <string.h>

#include "sy-error.h"
#include "sy-prom-address.h"
#include "sy-prometheus-source.h"

#define MAX_WATCHED 500

/* Who is asked. */
typedef struct
{
  SyUrl *server; /* owned */
  char  *tenant; /* owned, nullable */
} Survey;

/* An instance as the server tells it. */
typedef struct
{
  const char *job;
  const char *instance;
  gboolean    is_up;
} Instance;

static void
survey_free (Survey *self)
{
  sy_url_unref (self->server);
  g_free (self->tenant);
  g_free (self);
}

void
sy_prom_watched_free (SyPromWatched *self)
{
  g_free (self->name);
  g_free (self->address);
  g_free (self);
}

static int
compare_instances (gconstpointer a,
                   gconstpointer b)
{
  const Instance *first = a;
  const Instance *second = b;
  const int order = strcmp (first->job, second->job);

  return order != 0 ? order : strcmp (first->instance, second->instance);
}

static SyPromWatched *
watched_new (const Survey *survey,
             const char   *job,
             const char   *instance)
{
  SyPromWatched *self = g_new0 (SyPromWatched, 1);
  g_autoptr (GString) matchers = g_string_new ("job=");

  sy_prom_append_quoted (matchers, job);
  if (instance != NULL)
    {
      g_string_append (matchers, ",instance=");
      sy_prom_append_quoted (matchers, instance);
    }

  self->name = instance != NULL ? g_strdup_printf ("%s %s", job, instance) : g_strdup (job);
  self->address = sy_prom_address_build (survey->server, matchers->str, survey->tenant);
  return self;
}

/* Series as a sorted array of Instance. (transfer full) */
static GArray *
collect (const SyPromAnswer *answer)
{
  GArray *instances = g_array_new (FALSE, FALSE, sizeof (Instance));
  guint n;
  const SyPromSeries *series = sy_prom_answer_get_series (answer, &n);

  for (guint i = 0; i < n; i++)
    {
      const char *job = sy_prom_series_get_label (&series[i], "job");
      const char *instance = sy_prom_series_get_label (&series[i], "instance");
      const Instance one = { job, instance != NULL ? instance : "", series[i].n_points > 0 && series[i].points[0].value > 0 };

      if (job != NULL)
        g_array_append_val (instances, one);
    }

  g_array_sort (instances, compare_instances);
  return instances;
}

static GPtrArray *
list (const Survey       *survey,
      const SyPromAnswer *answer)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_prom_watched_free);
  g_autoptr (GArray) instances = collect (answer);
  guint end;

  for (guint i = 0; i < instances->len && all->len < MAX_WATCHED; i = end)
    {
      const Instance *first = &g_array_index (instances, Instance, i);
      SyPromWatched *job = watched_new (survey, first->job, NULL);

      for (end = i; end < instances->len && strcmp (g_array_index (instances, Instance, end).job, first->job) == 0; end++)
        {
          job->n_instances++;
          job->n_up += g_array_index (instances, Instance, end).is_up ? 1 : 0;
        }
      g_ptr_array_add (all, job);

      for (guint j = i; end - i > 1 && j < end && all->len < MAX_WATCHED; j++)
        {
          const Instance *one = &g_array_index (instances, Instance, j);
          SyPromWatched *watched = watched_new (survey, one->job, one->instance);

          watched->n_instances = 1;
          watched->n_up = one->is_up ? 1 : 0;
          g_ptr_array_add (all, watched);
        }
    }

  return all;
}

static void
asked_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (SyPromAnswer) answer = sy_prometheus_ask_finish (result, &error);
  GPtrArray *all;

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  all = list (g_task_get_task_data (task), answer);
  if (all->len > 0)
    {
      g_task_return_pointer (task, all, (GDestroyNotify) g_ptr_array_unref);
      return;
    }

  g_ptr_array_unref (all);
  g_task_return_new_error (task, SY_ERROR, SY_ERROR_EMPTY, "this Prometheus server watches nothing");
}

void
sy_session_survey_async (SySession           *self,
                         const char          *address,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  g_autoptr (SyUrl) server = sy_prom_address_parse_server (address, &error);
  g_autofree char *tenant = NULL;
  SyHttpQuestion question = { NULL };
  Survey *survey;

  g_task_set_source_tag (task, sy_session_survey_async);
  if (server == NULL || !sy_prom_address_parse_tenant (address, &tenant, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  survey = g_new0 (Survey, 1);
  survey->server = sy_url_ref (server);
  survey->tenant = g_strdup (tenant);
  g_task_set_task_data (task, survey, (GDestroyNotify) survey_free);

  question.url = server;
  question.clock = sy_session_get_clock (self);
  question.access = sy_access_book_find (sy_session_get_access_book (self), server);
  sy_prometheus_ask_async (&question, "query", "query=up", tenant, cancellable, asked_cb, g_steal_pointer (&task));
}

GPtrArray *
sy_session_survey_finish (SySession     *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
