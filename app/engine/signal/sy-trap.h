/* sy-trap.h: metrics that look like something they are not
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Something about a target that leads to wrong conclusions. Texts are English
 * sentences without the full stop; those of the codes below are in the
 * translations too. Immutable. */
typedef struct {
  char *code;    /* "eventloop-floor" */
  char *metric;  /* as the target spells it; "" when it is not about one */
  char *message; /* what it seems to be and what it is */
  char *fix;     /* what to do or to use instead */
} SyTrap;

/* The codes that this room detects or whose words it has. */
#define SY_TRAP_OTHER_WORKERS "other-workers"
#define SY_TRAP_LIFETIME "lifetime-percentiles"
#define SY_TRAP_LOOP_FLOOR "eventloop-floor"
#define SY_TRAP_LOOP_RESET "eventloop-reset"
#define SY_TRAP_SCRAPE_GAUGE "scrape-gauge"
#define SY_TRAP_CREATED "created-gauge"
#define SY_TRAP_MILLISECONDS "milliseconds"
#define SY_TRAP_BUCKET_EDGES "bucket-edges"
#define SY_TRAP_SAME_SERVER "same-server"
#define SY_TRAP_CACHED "cached-metrics"
#define SY_TRAP_SCRAPE_TRAFFIC "scrape-traffic"
#define SY_TRAP_SUMMARY "summary-percentiles"
#define SY_TRAP_AVERAGED "averaged-percentiles"
#define SY_TRAP_LIBUV "libuv-requests"
#define SY_TRAP_REPEATED "repeated-series"
#define SY_TRAP_FOREIGN_TIME "foreign-time"

/* FALSE when @code has no words here. */
gboolean   sy_trap_find_words (const char *code, const char **message, const char **fix);

/* With @message and @fix NULL the words are those of @code, which must have
 * some. (transfer full) */
SyTrap    *sy_trap_new        (const char *code, const char *metric, const char *message, const char *fix);
void       sy_trap_free       (SyTrap *self);

/* A list of traps, each code and metric once. (element-type SyTrap) */
GPtrArray *sy_trap_list_new   (void);

/* A trap of @code's words; does nothing when the list has it. */
void       sy_trap_list_add   (GPtrArray *self, const char *code, const char *metric);
void       sy_trap_list_merge (GPtrArray *self, const GPtrArray *other);
gboolean   sy_trap_list_equal (const GPtrArray *a, const GPtrArray *b);

G_END_DECLS
