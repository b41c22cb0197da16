/* sy-name-pattern.h: names that rules ask for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SyNamePattern:
 *
 * Text in which `*` stands for any text and `?` for one character. Immutable.
 */
typedef struct _SyNamePattern SyNamePattern;

typedef enum {
  SY_NAME_OTHER,
  SY_NAME_PREFIXED, /* the name ends in an underscore and the pattern's text */
  SY_NAME_EXACT,
} SyNameMatch;

/* With @prefixed a name may carry a prefix and an underscore before the text. */
SyNamePattern *sy_name_pattern_new   (const char *text, gboolean prefixed);
void           sy_name_pattern_free  (SyNamePattern *self);
/* The same as a regular expression of RE2 that must match the whole name.
 * (transfer full) */
char          *sy_name_pattern_dup_regex (const SyNamePattern *self);
SyNameMatch    sy_name_pattern_match (const SyNamePattern *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyNamePattern, sy_name_pattern_free)

G_END_DECLS
