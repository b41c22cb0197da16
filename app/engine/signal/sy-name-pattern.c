/* sy-name-pattern.c: names that rules ask for
 *
 * Most patterns are plain text and are compared as such.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard"

#include "config.h"

#include "sy-name-pattern.h"

#include <string.h>

struct _SyNamePattern
{
  char         *text;    /* owned */
  GPatternSpec *whole;   /* owned, nullable: no wildcard in it */
  char         *suffix;  /* owned, nullable: "_" and the text, when prefixes are allowed */
  GPatternSpec *any;     /* owned, nullable: the same with wildcards */
};

SyNamePattern *
sy_name_pattern_new (const char *text,
                     gboolean    prefixed)
{
  SyNamePattern *self = g_new0 (SyNamePattern, 1);
  gboolean wild = strpbrk (text, "*?") != NULL;

  self->text = g_strdup (text);
  if (wild)
    self->whole = g_pattern_spec_new (text);
  if (prefixed)
    {
      self->suffix = g_strconcat (wild ? "*_" : "_", text, NULL);
      if (wild)
        self->any = g_pattern_spec_new (self->suffix);
    }

  return self;
}

void
sy_name_pattern_free (SyNamePattern *self)
{
  g_clear_pointer (&self->whole, g_pattern_spec_free);
  g_clear_pointer (&self->any, g_pattern_spec_free);
  g_free (self->suffix);
  g_free (self->text);
  g_free (self);
}

char *
sy_name_pattern_dup_regex (const SyNamePattern *self)
{
  GString *regex = g_string_new (self->suffix != NULL ? "(?:.*_)?" : "");

  for (const char *p = self->text; *p != '\0'; p++)
    {
      if (*p == '*')
        g_string_append (regex, ".*");
      else if (*p == '?')
        g_string_append_c (regex, '.');
      else if (g_ascii_isalnum (*p) || *p == '_' || (guchar) *p >= 0x80)
        g_string_append_c (regex, *p);
      else
        g_string_append_printf (regex, "\\%c", *p);
    }

  return g_string_free (regex, FALSE);
}

SyNameMatch
sy_name_pattern_match (const SyNamePattern *self,
                       const char          *name)
{
  if (self->whole != NULL ? g_pattern_spec_match_string (self->whole, name) : strcmp (self->text, name) == 0)
    return SY_NAME_EXACT;

  if (self->suffix == NULL)
    return SY_NAME_OTHER;

  if (self->any != NULL ? g_pattern_spec_match_string (self->any, name) : g_str_has_suffix (name, self->suffix))
    return SY_NAME_PREFIXED;

  return SY_NAME_OTHER;
}
