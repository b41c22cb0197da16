/* sy-load-tally.c: what became of the requests of one class
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-drive"

#include "config.h"

#include "sy-load-tally.h"

void
sy_load_tally_merge (SyLoadTally       *self,
                     const SyLoadTally *other)
{
  self->offered += other->offered;
  self->sent += other->sent;
  self->answered += other->answered;
  self->answered_in_load += other->answered_in_load;
  self->dropped += other->dropped;
  self->errors += other->errors;
  self->retried += other->retried;
  self->connects += other->connects;
  self->unfinished += other->unfinished;
  self->outstanding_us += other->outstanding_us;

  for (guint i = 0; i < SY_LOAD_N_FAULTS; i++)
    self->faults[i] += other->faults[i];

  sy_latency_histogram_merge (&self->response, &other->response);
  sy_latency_histogram_merge (&self->service, &other->service);
  sy_latency_histogram_merge (&self->lateness, &other->lateness);
  sy_latency_histogram_merge (&self->generator_late, &other->generator_late);
  sy_latency_histogram_merge (&self->connection_wait, &other->connection_wait);
}

const char *
sy_load_fault_nick (SyLoadFault fault)
{
  static const char * const nicks[SY_LOAD_N_FAULTS] = {
    [SY_LOAD_FAULT_NONE] = "none",
    [SY_LOAD_FAULT_STATUS] = "status",
    [SY_LOAD_FAULT_UNVERIFIED] = "unverified",
    [SY_LOAD_FAULT_TOO_LARGE] = "too-large",
    [SY_LOAD_FAULT_TIMEOUT] = "timeout",
    [SY_LOAD_FAULT_CONNECT] = "connect",
    [SY_LOAD_FAULT_RESET] = "reset",
    [SY_LOAD_FAULT_OTHER] = "other",
  };

  g_return_val_if_fail (fault < SY_LOAD_N_FAULTS, "other");

  return nicks[fault];
}
