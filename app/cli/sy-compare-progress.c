/* sy-compare-progress.c: how far a comparison is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include "sy-compare-progress.h"

#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "sy-text.h"
#include "sy-verdict-words.h"

#define QUIET_US (10 * SY_USEC_PER_SEC)
#define USUAL_COLUMNS 80
#define ERASE_LINE "\r\033[K"

struct _SyCompareProgress
{
  SySession *session;     /* (owned) */
  gint64     end_us;
  gboolean   is_terminal;
  char      *last;        /* (owned) (nullable): what was said but for the time */
  gint64     last_us;     /* when */
};

SyCompareProgress *
sy_compare_progress_new (SySession *session,
                         gint64     end_us)
{
  SyCompareProgress *self = g_new0 (SyCompareProgress, 1);

  self->session = g_object_ref (session);
  self->end_us = end_us;
  self->is_terminal = isatty (STDERR_FILENO) == 1;
  return self;
}

void
sy_compare_progress_free (SyCompareProgress *self)
{
  if (self->is_terminal && self->last != NULL)
    fputs (ERASE_LINE, stderr);

  g_clear_object (&self->session);
  g_free (self->last);
  g_free (self);
}

char *
sy_compare_progress_describe (SyBackend *backend)
{
  SySource *source = sy_backend_get_source (backend);
  const GError *error = sy_source_get_error (source);
  const char letter = g_ascii_toupper (sy_backend_get_letter (backend)[0]);
  const char *state = sy_source_state_nick (sy_source_get_state (source));
  g_autofree char *why = error != NULL ? sy_tty_escape (error->message, -1) : NULL;

  return why != NULL ? g_strdup_printf ("%c: %s, %s", letter, state, why) : g_strdup_printf ("%c: %s", letter, state);
}

gboolean
sy_compare_progress_is_in_vain (SySession *session)
{
  for (guint i = 0; i < sy_session_get_n (session); i++)
    {
      SyBackend *backend = sy_session_get (session, i);

      if (sy_backend_get_reading (backend) != NULL || sy_source_get_error (sy_backend_get_source (backend)) == NULL)
        return FALSE;
    }

  return TRUE;
}

/* So many characters that the terminal does not break the line. */
static gsize
count_columns (void)
{
  struct winsize size = { 0 };

  return ioctl (STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? size.ws_col - 1u : USUAL_COLUMNS - 1;
}

void
sy_compare_progress_say (SyCompareProgress *self,
                         SyVerdictState     state)
{
  const gint64 now = sy_clock_get_monotonic (sy_session_get_clock (self->session));
  const int left = (int) ((MAX (self->end_us - now, 0) + SY_USEC_PER_SEC - 1) / SY_USEC_PER_SEC);
  g_autoptr (GString) text = g_string_new (sy_verdict_state_label (state));
  g_autofree char *line = NULL;

  for (guint i = 0; i < sy_session_get_n (self->session); i++)
    {
      g_autofree char *backend = sy_compare_progress_describe (sy_session_get (self->session, i));

      g_string_append_printf (text, " · %s", backend);
    }

  if (!self->is_terminal && g_strcmp0 (text->str, self->last) == 0 && now - self->last_us < QUIET_US)
    return;

  line = g_strdup_printf ("%d:%02d left · %s", left / 60, left % 60, text->str);
  if (self->is_terminal)
    {
      g_autofree char *cut = sy_display_text (line, -1, count_columns ());

      fprintf (stderr, ERASE_LINE "%s", cut);
    }
  else
    {
      fprintf (stderr, "%s\n", line);
    }

  g_free (self->last);
  self->last = g_string_free (g_steal_pointer (&text), FALSE);
  self->last_us = now;
}
