/* sy-report-veil.c: addresses that a report does not show
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A report travels further than the file it was made of. A label is often the
 * host it was made from, and a gate's message names it too; so every text of a
 * report goes through here. Limits: a host of fewer than four characters is only
 * known with its port, or when it is the whole text: else it could be a word; of a
 * longer text the middle is left out.
 */
#define G_LOG_DOMAIN "steelyard-report"

#include "config.h"

#include "sy-report-veil.h"

#include <gio/gio.h>
#include <string.h>

#include "sy-text.h"
#include "sy-url.h"

#define ADDRESS "[address]"
#define IN_ADDRESS "[^\\s\"'<>|]"
#define ANY_ADDRESS "[A-Za-z][A-Za-z0-9+.-]*://" IN_ADDRESS "+"

/* Of an address without its scheme: a name with a password, and a query. */
#define ANY_SECRET "[^\\s\"'<>|@]{1,200}:[^\\s\"'<>|@]{0,200}@|\\?[^\\s\"'<>|=]*=" IN_ADDRESS "*"
#define MIN_HOST 4
#define MAX_TEXT 4000 /* characters; nobody reads more, and a search could take for ever */

/* Where a host may begin; a name and a password may stand before it. */
#define BEFORE "(?<![A-Za-z0-9.-])(?:[^\\s@]{1,200}@)?"

static const char *const letters[] = { "A", "B" };

struct _SyReportVeil
{
  char    *target[2];     /* (owned) (nullable) */
  GRegex  *any;           /* (owned): addresses, and secrets without one */
  GRegex  *own[2];        /* (owned) (nullable): host and port of A, of B */
  GRegex  *host[2];       /* (owned) (nullable): the host with any port, or none */
  gboolean same_host;     /* a host alone does not say which */
  gboolean show;
};

static GUri *
read_address (const char *text)
{
  const GUriFlags flags = G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_HAS_PASSWORD;
  g_autofree char *with_scheme = strstr (text, "://") == NULL ? g_strconcat ("http://", text, NULL) : g_strdup (text);

  return g_uri_parse (with_scheme, flags, NULL);
}

static GRegex *
compile (const char *pattern)
{
  return g_regex_new (pattern, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
}

static void
learn (SyReportVeil *self,
       guint         side,
       const char   *host,
       int           port)
{
  g_autofree char *quoted = g_regex_escape_string (host, -1);
  g_autofree char *own = g_strdup_printf (BEFORE "\\[?%s\\]?:%d(?![0-9])", quoted, port);
  g_autofree char *any = strlen (host) >= MIN_HOST
                           ? g_strdup_printf (BEFORE "(?:[A-Za-z0-9-]+\\.)*\\[?%s\\]?(?::[0-9]+)?(?![A-Za-z0-9-]|\\.[A-Za-z0-9])", quoted)
                           : g_strdup_printf (BEFORE "%s:[0-9]+|^%s$", quoted, quoted);

  self->own[side] = port > 0 ? compile (own) : NULL;
  self->host[side] = compile (any);
}

SyReportVeil *
sy_report_veil_new (const char *const target[2],
                    gboolean          show)
{
  SyReportVeil *self = g_new0 (SyReportVeil, 1);
  g_autofree char *first = NULL;

  self->show = show;
  self->any = compile (ANY_ADDRESS "|" ANY_SECRET);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GUri) uri = target[i] != NULL ? read_address (target[i]) : NULL;
      const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

      self->target[i] = g_strdup (target[i]);
      if (host == NULL || *host == '\0')
        continue;

      learn (self, i, host, g_uri_get_port (uri));
      self->same_host |= first != NULL && g_ascii_strcasecmp (first, host) == 0;
      if (first == NULL)
        first = g_strdup (host);
    }

  return self;
}

void
sy_report_veil_free (SyReportVeil *self)
{
  for (guint i = 0; i < 2; i++)
    {
      g_free (self->target[i]);
      g_clear_pointer (&self->own[i], g_regex_unref);
      g_clear_pointer (&self->host[i], g_regex_unref);
    }
  g_regex_unref (self->any);
  g_free (self);
}

static gboolean
show_address_cb (const GMatchInfo *match,
                 GString          *result,
                 gpointer          user_data)
{
  const SyReportVeil *self = user_data;
  g_autofree char *found = g_match_info_fetch (match, 0);
  const gboolean is_secret = strstr (found, "://") == NULL;
  g_autoptr (SyUrl) url = !is_secret && self->show ? sy_url_parse (found, NULL) : NULL;

  if (is_secret)
    return FALSE;

  if (url != NULL)
    g_string_append (result, sy_url_get_redacted (url));
  else
    for (guint i = 0; i <= 2; i++)
      if (i == 2 || g_strcmp0 (self->target[i], found) == 0)
        {
          g_string_append (result, i < 2 ? letters[i] : ADDRESS);
          break;
        }

  return FALSE;
}

/* Takes @text. Returns: (transfer full) */
static char *
replace (char         *text,
         const GRegex *what,
         const char   *by)
{
  char *result = what != NULL ? g_regex_replace_literal (what, text, -1, 0, by, 0, NULL) : NULL;

  if (result == NULL)
    return text;

  g_free (text);
  return result;
}

char *
sy_report_veil_text (const SyReportVeil *self,
                     const char         *text)
{
  g_autofree char *clean = sy_display_text (text, -1, MAX_TEXT);
  char *result = g_regex_replace_eval (self->any, clean, -1, 0, 0, show_address_cb, (gpointer) self, NULL);

  /* The text was checked: only a limit of the matcher can stop it. */
  if (result == NULL)
    return g_strdup (ADDRESS);
  if (self->show)
    return result;

  for (guint i = 0; i < 2; i++)
    result = replace (result, self->own[i], letters[i]);
  for (guint i = 0; i < 2; i++)
    result = replace (result, self->host[i], self->same_host ? ADDRESS : letters[i]);

  return result;
}

gboolean
sy_report_veil_shows (const SyReportVeil *self)
{
  return self->show;
}
