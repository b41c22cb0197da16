/* sy-queue.h: what waiting costs, by queueing theory
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * M/M/c: requests arrive independently, take an exponential time of mean
 * @service seconds, and @servers work on them. An explanation of headroom and a
 * what-if, never a measurement. L. Kleinrock, "Queueing Systems" 1 (1975),
 * section 3.5; A. K. Erlang (1917).
 */
typedef struct {
  double rho;        /* utilisation of a server; the rest is NAN at 1 and above */
  double p_wait;     /* share that must wait (Erlang's C) */
  double wait;       /* mean seconds in the queue */
  double sojourn;    /* mean seconds in all */
  double queued;     /* mean number waiting */
  double in_system;  /* mean number in all */
} SyQueue;

SyQueue sy_queue_mmc                (double arrivals, double service, guint servers);

/* The share that must wait at @offered servers' worth of work; 1 when that is
 * all of them or more. */
double  sy_queue_erlang_c           (guint servers, double offered);

/* The time in seconds that a share @p of the requests stays within; INFINITY
 * when the queue grows for ever. */
double  sy_queue_sojourn_quantile   (double arrivals, double service, guint servers, double p);

/* The largest utilisation at which the @p quantile is at most @limit seconds;
 * 0 when even an idle server is slower. */
double  sy_queue_max_utilisation    (double service, guint servers, double p, double limit);

/* Throughput of @workers that each carry one request through @cpu seconds of
 * work and @wait seconds of waiting, and of @loops that wait for many at once:
 * bounds, reached when nothing queues. */
double  sy_queue_sync_bound         (double cpu, double wait, double workers);
double  sy_queue_async_bound        (double cpu, double loops);

/* Least of cores / demand and in_flight / (latency + think): the asymptotic
 * bounds of P. J. Denning and J. P. Buzen (1978). */
double  sy_queue_asymptotic_bound   (double cores, double demand, double in_flight, double latency, double think);

G_END_DECLS
