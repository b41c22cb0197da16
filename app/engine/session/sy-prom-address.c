/* sy-prom-address.c: the address of a backend that a Prometheus server watches
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-prom-address.h"

#include <gio/gio.h>
#include <string.h>

#include "sy-error.h"
#include "sy-prom-query.h"
#include "sy-target-url.h"

#define SCHEME "prometheus+"

/* What people copy from the address bar of the server's own pages. */
static const char * const pages[] = { "/graph", "/query", "/classic/graph", "/targets", "/vmui", "/metrics" };

/* Behind the scheme prefix, if there is one. */
static const char *
skip_scheme (const char *address,
             gboolean   *has_scheme)
{
  while (g_ascii_isspace (*address))
    address++;

  *has_scheme = g_ascii_strncasecmp (address, SCHEME, strlen (SCHEME)) == 0;
  return *has_scheme ? address + strlen (SCHEME) : address;
}

gboolean
sy_prom_address_is (const char *address)
{
  gboolean has_scheme;
  const char *rest = skip_scheme (address, &has_scheme);
  g_autoptr (GHashTable) parameters = sy_target_url_read_parameters (rest);

  return has_scheme || (parameters != NULL && g_hash_table_contains (parameters, "match"));
}

gboolean
sy_prom_address_has_selector (const char *address)
{
  g_autoptr (GHashTable) parameters = sy_target_url_read_parameters (address);

  return parameters != NULL && g_hash_table_contains (parameters, "match");
}

static char *
dup_prefix (const char *path)
{
  const char *api = strstr (path, "/api/v1");
  g_autofree char *prefix = api != NULL ? g_strndup (path, (gsize) (api - path)) : g_strdup (path);

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_str_has_suffix (prefix, pages[i]))
      {
        prefix[strlen (prefix) - strlen (pages[i])] = '\0';
        break;
      }

  return *prefix != '\0' ? g_steal_pointer (&prefix) : g_strdup ("/");
}

/* What would not fit into a header is refused. @tenant: (transfer full) (nullable): none named */
static gboolean
read_tenant (GHashTable  *parameters,
             char       **tenant,
             GError     **error)
{
  const char *org = parameters != NULL ? g_hash_table_lookup (parameters, "org") : NULL;

  *tenant = NULL;
  for (const char *p = org; p != NULL && *p != '\0'; p++)
    if (!g_ascii_isgraph (*p))
      {
        g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID, "org is the tenant's name: letters, digits and signs only");
        return FALSE;
      }

  *tenant = org != NULL && *org != '\0' ? g_strdup (org) : NULL;
  return TRUE;
}

SyPromAddress *
sy_prom_address_parse (const char  *address,
                       GError     **error)
{
  g_autoptr (SyPromAddress) self = g_new0 (SyPromAddress, 1);
  gboolean has_scheme;
  const char *rest = skip_scheme (address, &has_scheme);
  g_autoptr (GHashTable) parameters = NULL;
  g_autofree char *prefix = NULL;
  const char *match;

  self->url = sy_url_parse (rest, error);
  if (self->url == NULL)
    return NULL;

  parameters = sy_target_url_read_parameters (sy_url_get_string (self->url));
  match = parameters != NULL ? g_hash_table_lookup (parameters, "match") : NULL;
  self->matchers = sy_prom_selector_normalise (match != NULL ? match : "", error);
  if (self->matchers == NULL)
    {
      g_prefix_error (error, "match: ");
      return NULL;
    }

  if (!read_tenant (parameters, &self->tenant, error))
    return NULL;

  prefix = dup_prefix (sy_url_get_path (self->url));
  self->server = sy_url_with_path (self->url, prefix);
  return g_steal_pointer (&self);
}

SyUrl *
sy_prom_address_parse_server (const char  *address,
                              GError     **error)
{
  gboolean has_scheme;
  g_autoptr (SyUrl) url = sy_url_parse (skip_scheme (address, &has_scheme), error);
  g_autofree char *prefix = url != NULL ? dup_prefix (sy_url_get_path (url)) : NULL;

  return url != NULL ? sy_url_with_path (url, prefix) : NULL;
}

gboolean
sy_prom_address_parse_tenant (const char  *address,
                              char       **tenant,
                              GError     **error)
{
  g_autoptr (GHashTable) parameters = sy_target_url_read_parameters (address);

  return read_tenant (parameters, tenant, error);
}

void
sy_prom_address_free (SyPromAddress *self)
{
  g_clear_pointer (&self->url, sy_url_unref);
  g_clear_pointer (&self->server, sy_url_unref);
  g_free (self->matchers);
  g_free (self->tenant);
  g_free (self);
}

char *
sy_prom_address_build (SyUrl      *server,
                       const char *matchers,
                       const char *tenant)
{
  g_autofree char *selector = g_strdup_printf ("{%s}", matchers);
  g_autofree char *encoded = g_uri_escape_string (selector, "=,", FALSE);
  g_autofree char *org = tenant != NULL ? g_uri_escape_string (tenant, NULL, FALSE) : NULL;

  return g_strdup_printf (SCHEME "%s?match=%s%s%s", sy_url_get_string (server), encoded,
                          org != NULL ? "&org=" : "", org != NULL ? org : "");
}

/* The value of `label="…"` among the matchers. (transfer full) (nullable) */
static char *
dup_value (const char *matchers,
           const char *label)
{
  g_autofree char *pattern = g_strdup_printf ("(?:^|,)%s=~?\"((?:[^\"\\\\]|\\\\.)*)\"", label);
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GMatchInfo) found = NULL;

  return g_regex_match (regex, matchers, 0, &found) ? g_match_info_fetch (found, 1) : NULL;
}

char *
sy_prom_address_dup_name (const SyPromAddress *self)
{
  g_autofree char *job = dup_value (self->matchers, "job");
  g_autofree char *instance = dup_value (self->matchers, "instance");

  if (job != NULL && instance != NULL)
    return g_strdup_printf ("%s %s", job, instance);
  if (job != NULL)
    return g_steal_pointer (&job);

  return instance != NULL ? g_steal_pointer (&instance) : g_strdup (self->matchers);
}
