/* sy-source-fixture.h: sources and a server that they are pointed at
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-fault-server.h"
#include "sy-stream-limits.h"
#include "sy-source.h"

G_BEGIN_DECLS

/* Short, so that a test is. */
extern const SyStreamLimits sy_fixture_limits;

/* @kind: "http", "sse" or "ws". With the limits above. (transfer full) */
SySource *sy_fixture_source_new   (SyFaultServer *server, SyClock *clock, const char *kind, const char *path);

/* A stream that may be silent for an hour is connected at once when somebody
 * retries, @path once more, and that is no failure. */
void      sy_fixture_check_retry  (SyFaultServer *server, SyClock *clock, const char *kind, const char *path);

/* Runs this thread's main loop until it is so. */
void      sy_fixture_wait_state   (SySource *source, SySourceState state);
void      sy_fixture_wait_scrapes (SySource *source, guint64 n);
void      sy_fixture_wait_error   (SySource *source);
void      sy_fixture_wait_request (SyFaultServer *server, const char *path, guint n);

/* Runs it while a healthy source is asked @n times, ten times a second; that
 * nothing happened to another meanwhile is for the caller to say. */
void      sy_fixture_pass_time    (SyFaultServer *server, SyClock *clock, guint n);

G_END_DECLS
