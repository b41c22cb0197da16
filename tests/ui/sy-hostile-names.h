/* sy-hostile-names.h: U01, what strangers may call themselves
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @piece, @n times. */
typedef struct
{
  const char *id;
  const char *piece;
  guint       n;
} SyHostileName;

extern const SyHostileName sy_hostile_names[];
extern const guint sy_n_hostile_names;

/* (transfer full), not always UTF-8 */
char *sy_hostile_name_dup (const SyHostileName *self);

G_END_DECLS
