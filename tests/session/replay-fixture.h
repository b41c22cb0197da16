/* replay-fixture.h: a recording of two backends, and what was said while it was made
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-verdict.h"

G_BEGIN_DECLS

/* 200 requests a second each, B's are slower; at REPLAY_GAP_AT nobody answered for B. */
#define REPLAY_SECONDS 200
#define REPLAY_GAP_AT 77

typedef struct
{
  char      *folder;  /* (owned) */
  char      *path;    /* (owned): of the recording */
  SyVerdict *live;    /* (owned): what was said while it was made */
  double     last[2]; /* throughput in the last reading */
} ReplayFixture;

void replay_fixture_set_up    (ReplayFixture *self);
void replay_fixture_tear_down (ReplayFixture *self);

G_END_DECLS
