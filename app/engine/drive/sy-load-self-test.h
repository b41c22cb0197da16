/* sy-load-self-test.h: does the generator measure what is known?
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  double   expected; /* seconds: what the server takes */
  double   p50;      /* what was measured, response */
  double   p99;
  double   late_p99; /* of the generator */
  guint64  offered;
  guint64  answered;
  gboolean passed;   /* all answered, and the median is within a millisecond */
} SyLoadSelfTest;

/* Loads a server of its own that answers after exactly 20 ms, for two seconds,
 * in the calling thread. Errors: SY_ERROR_FAILED, when it could not be done. */
gboolean  sy_load_self_test      (SyLoadSelfTest *result, GError **error);

/* One line each, without a line feed: steelyard.drive/1, event "self-test"; and
 * for people. (transfer full) */
char     *sy_load_self_test_json (const SyLoadSelfTest *result);
char     *sy_load_self_test_text (const SyLoadSelfTest *result);

G_END_DECLS
