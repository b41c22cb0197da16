/* sy-load-target.c: the books of one target of a load
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Open loop: a request is due when the schedule says so, whatever became of
 * those before it, and its response time counts from then. Measured from the
 * send instead, a stalled target would be asked less and look fast
 * (coordinated omission, G. Tene 2013).
 *
 * Connections are slots. The one that became free last is used first, so that
 * no more are opened than are needed at once: a pool of idle connections
 * starves servers that give each of them a thread.
 */
#define G_LOG_DOMAIN "steelyard-drive"

#include "config.h"

#include "sy-load-target.h"

/* A request that is due and has not ended. */
typedef struct {
  const SyArrival *arrival; /* borrowed; NULL: the slot is free */
  gint64           intended_us;
  gint64           noticed_us; /* when the generator came to it */
  gint64           given_us;   /* when it was given a slot; 0: it waits for one */
} Request;

struct _SyLoadTarget {
  SyLoadTargetConfig config;

  Request           *slots;      /* owned, one a connection */
  guint             *free_slots; /* owned, a stack */
  guint              n_free;
  Request           *queue;      /* owned, a ring */
  guint              queue_head;
  guint              n_queued;

  SyLoadTally       *tallies;    /* owned, one a class */
  SyLoadTally       *cold;       /* owned: of what was due while warming up; nobody asks for it */

  SyLatencyHistogram window_response;
  SyLatencyHistogram window_lateness;
  guint64            window_good;
  guint64            window_bad;
  guint              failing;
};

SyLoadTarget *
sy_load_target_new (const SyLoadTargetConfig *config)
{
  SyLoadTarget *self = g_new0 (SyLoadTarget, 1);

  self->config = *config;
  self->slots = g_new0 (Request, config->connections);
  self->free_slots = g_new0 (guint, config->connections);
  self->queue = g_new0 (Request, MAX (config->queue, 1));
  self->tallies = g_new0 (SyLoadTally, config->n_classes);
  self->cold = g_new0 (SyLoadTally, 1);

  while (self->n_free < config->connections)
    {
      self->free_slots[self->n_free] = config->connections - 1 - self->n_free;
      self->n_free++;
    }

  return self;
}

void
sy_load_target_free (SyLoadTarget *self)
{
  g_free (self->slots);
  g_free (self->free_slots);
  g_free (self->queue);
  g_free (self->tallies);
  g_free (self->cold);
  g_free (self);
}

static SyLoadTally *
tally_of (SyLoadTarget  *self,
          const Request *request)
{
  if (request->intended_us < self->config.from_us)
    return self->cold;

  return &self->tallies[request->arrival->class_index];
}

static void
send_request (SyLoadTarget  *self,
              const Request *request,
              gint64         now_us)
{
  guint slot = self->free_slots[--self->n_free];

  self->slots[slot] = *request;
  self->slots[slot].given_us = now_us;
  tally_of (self, request)->sent++;
  self->config.send (slot, request->arrival, self->config.user_data);
}

/* Adds up how long requests were outstanding while the load was counted: divided
 * by that time, it is the mean number in flight. Those that were due while
 * warming up are part of it, as are their answers of the throughput: what goes in
 * at one end of the time comes out at the other. */
static void
count_outstanding (SyLoadTarget  *self,
                   const Request *request,
                   gint64         done_us)
{
  gint64 since = MAX (request->intended_us, self->config.from_us);
  gint64 until = MIN (done_us, self->config.end_us);

  if (until > since)
    self->tallies[request->arrival->class_index].outstanding_us += (double) (until - since);
}

static void
count_response (SyLoadTarget  *self,
                const Request *request,
                gint64         duration_us)
{
  sy_latency_histogram_add (&tally_of (self, request)->response, duration_us);
  sy_latency_histogram_add (&self->window_response, duration_us);
}

static void
count_no_response (SyLoadTarget  *self,
                   const Request *request,
                   gint64         waited_us)
{
  sy_latency_histogram_add_censored (&tally_of (self, request)->response, waited_us);
  sy_latency_histogram_add_censored (&self->window_response, waited_us);
}

static void
count_lateness (SyLoadTarget  *self,
                const Request *request,
                gint64         sent_us)
{
  SyLoadTally *tally = tally_of (self, request);

  sy_latency_histogram_add (&tally->lateness, sent_us - request->intended_us);
  sy_latency_histogram_add (&tally->connection_wait, sent_us - request->noticed_us);
  sy_latency_histogram_add (&self->window_lateness, sent_us - request->intended_us);
}

/* @request had no connection until @until_us. Left out, a server that accepts nobody
 * would look like one on which nobody waited. */
static void
count_no_connection (SyLoadTarget  *self,
                     const Request *request,
                     gint64         until_us)
{
  SyLoadTally *tally = tally_of (self, request);

  sy_latency_histogram_add_censored (&tally->lateness, until_us - request->intended_us);
  sy_latency_histogram_add_censored (&tally->connection_wait, until_us - request->noticed_us);
  sy_latency_histogram_add_censored (&self->window_lateness, until_us - request->intended_us);
}

void
sy_load_target_offer (SyLoadTarget    *self,
                      const SyArrival *arrival,
                      gint64           intended_us,
                      gint64           now_us)
{
  Request request = { arrival, intended_us, now_us, 0 };
  SyLoadTally *tally = tally_of (self, &request);

  tally->offered++;
  sy_latency_histogram_add (&tally->generator_late, now_us - intended_us);

  if (self->n_free > 0)
    {
      send_request (self, &request, now_us);
      return;
    }

  if (self->n_queued < self->config.queue)
    {
      self->queue[(self->queue_head + self->n_queued) % self->config.queue] = request;
      self->n_queued++;
      return;
    }

  tally->dropped++;
  self->window_bad++;
  count_no_connection (self, &request, intended_us + self->config.timeout_us);
  count_no_response (self, &request, self->config.timeout_us);
}

static void
send_next (SyLoadTarget *self,
           gint64        now_us)
{
  if (self->n_queued == 0)
    return;

  Request request = self->queue[self->queue_head];

  self->queue_head = (self->queue_head + 1) % self->config.queue;
  self->n_queued--;
  send_request (self, &request, now_us);
}

static void
count_outcome (SyLoadTarget        *self,
               const Request       *request,
               const SyLoadOutcome *outcome)
{
  SyLoadTally *tally = tally_of (self, request);

  count_outstanding (self, request, outcome->done_us);

  if (outcome->sent_us != 0)
    count_lateness (self, request, outcome->sent_us);
  else if (outcome->fault == SY_LOAD_FAULT_TIMEOUT)
    count_no_connection (self, request, outcome->done_us);

  if (outcome->attempts > 1)
    tally->retried++;
  tally->connects += outcome->connects;

  if (outcome->fault == SY_LOAD_FAULT_NONE)
    {
      tally->answered++;
      if (outcome->done_us >= self->config.from_us && outcome->done_us <= self->config.end_us)
        self->tallies[request->arrival->class_index].answered_in_load++;
      self->window_good++;
      count_response (self, request, outcome->done_us - request->intended_us);
      sy_latency_histogram_add (&tally->service, outcome->done_us - outcome->sent_us);
      return;
    }

  tally->errors++;
  tally->faults[outcome->fault]++;
  self->window_bad++;

  if (outcome->fault == SY_LOAD_FAULT_TIMEOUT)
    count_no_response (self, request, MAX (self->config.timeout_us, outcome->done_us - request->intended_us));
}

void
sy_load_target_complete (SyLoadTarget        *self,
                         guint                slot,
                         const SyLoadOutcome *outcome)
{
  Request request = self->slots[slot];

  g_return_if_fail (request.arrival != NULL);

  self->slots[slot].arrival = NULL;
  self->free_slots[self->n_free++] = slot;
  count_outcome (self, &request, outcome);
  send_next (self, outcome->done_us);
}

/* When one that has a slot was sent is not known any more, but not before. */
static void
close_request (SyLoadTarget  *self,
               const Request *request,
               gint64         now_us)
{
  tally_of (self, request)->unfinished++;
  count_outstanding (self, request, now_us);
  count_no_connection (self, request, request->given_us != 0 ? request->given_us : now_us);
  count_no_response (self, request, now_us - request->intended_us);
}

static void
close_queue (SyLoadTarget *self,
             gint64        now_us)
{
  for (; self->n_queued > 0; self->n_queued--)
    {
      close_request (self, &self->queue[self->queue_head], now_us);
      self->queue_head = (self->queue_head + 1) % self->config.queue;
    }
}

void
sy_load_target_end (SyLoadTarget *self,
                    gint64        now_us)
{
  self->config.end_us = MIN (self->config.end_us, now_us);
  close_queue (self, now_us);
}

void
sy_load_target_close (SyLoadTarget *self,
                      gint64        now_us)
{
  for (guint slot = 0; slot < self->config.connections; slot++)
    if (self->slots[slot].arrival != NULL)
      {
        close_request (self, &self->slots[slot], now_us);
        self->slots[slot].arrival = NULL;
        self->free_slots[self->n_free++] = slot;
      }

  close_queue (self, now_us);
}

void
sy_load_target_take_window (SyLoadTarget *self,
                            SyLoadWindow *window)
{
  window->p50 = sy_latency_histogram_quantile (&self->window_response, 0.50);
  window->p99 = sy_latency_histogram_quantile (&self->window_response, 0.99);
  window->late_p99 = sy_latency_histogram_quantile (&self->window_lateness, 0.99);

  /* A second in which nothing ended says nothing about errors. */
  if (self->window_bad > self->window_good)
    self->failing++;
  else if (self->window_good > 0)
    self->failing = 0;

  sy_latency_histogram_clear (&self->window_response);
  sy_latency_histogram_clear (&self->window_lateness);
  self->window_good = 0;
  self->window_bad = 0;
}

guint
sy_load_target_get_failing (SyLoadTarget *self)
{
  return self->failing;
}

guint
sy_load_target_get_outstanding (SyLoadTarget *self)
{
  return self->config.connections - self->n_free + self->n_queued;
}

gint64
sy_load_target_get_end_us (SyLoadTarget *self)
{
  return self->config.end_us;
}

const SyLoadTally *
sy_load_target_get_tally (SyLoadTarget *self,
                          guint         class_index)
{
  return &self->tallies[class_index];
}
