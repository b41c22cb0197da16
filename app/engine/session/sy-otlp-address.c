/* sy-otlp-address.c: the address of a backend that pushes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-otlp-address.h"

#include <gio/gio.h>
#include <string.h>

#include "sy-error.h"
#include "sy-otlp-receiver.h"
#include "sy-text.h"

#define SCHEME "otlp://"
#define DEFAULT_PORT 4318

static const char *
skip_blanks (const char *address)
{
  while (g_ascii_isspace (*address))
    address++;

  return address;
}

static gboolean
has_scheme (const char *address)
{
  return g_ascii_strncasecmp (address, SCHEME, strlen (SCHEME)) == 0;
}

/* The query's parameters. (transfer full) (nullable): none, or not readable */
static GHashTable *
read_parameters (const char *address)
{
  const char *query = strchr (address, '?');
  g_autofree char *text = query != NULL ? g_strndup (query + 1, strcspn (query + 1, "#")) : NULL;

  return text != NULL ? g_uri_parse_params (text, -1, "&", G_URI_PARAMS_WWW_FORM, NULL) : NULL;
}

gboolean
sy_otlp_address_is (const char *address)
{
  g_autoptr (GHashTable) parameters = NULL;
  g_autoptr (SyUrl) url = NULL;

  address = skip_blanks (address);
  if (has_scheme (address))
    return TRUE;

  parameters = read_parameters (address);
  if (parameters == NULL || !g_hash_table_contains (parameters, "service"))
    return FALSE;

  url = sy_url_parse (address, NULL);
  return url != NULL && sy_url_is_loopback (url) && strcmp (sy_url_get_path (url), SY_OTLP_PATH) == 0;
}

static gboolean
refuse (GError     **error,
        const char  *why)
{
  g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID, why);
  return FALSE;
}

/* The service that a path names; "" and "/" name none. */
static gboolean
read_service (const char  *path,
              char       **service,
              GError     **error)
{
  if (*path == '/')
    path++;

  *service = g_uri_unescape_string (path, NULL);
  if (*service == NULL || strchr (*service, '/') != NULL || !g_utf8_validate (*service, -1, NULL))
    return refuse (error, "only the name of the service may follow the port: write otlp://127.0.0.1:4318/orders");

  return TRUE;
}

static char *
dup_parameter (GHashTable *parameters,
               const char *name)
{
  const char *value = parameters != NULL ? g_hash_table_lookup (parameters, name) : NULL;

  return value != NULL && *value != '\0' ? g_strdup (value) : NULL;
}

/* @typed as an http address; 4318 is the port of the scheme otlp only. (transfer
 * full) (nullable) */
static SyUrl *
parse_typed (const char  *typed,
             GError     **error)
{
  const char *rest = has_scheme (typed) ? typed + strlen (SCHEME) : strstr (typed, "://") + strlen ("://");
  const gsize length = strcspn (rest, "/?#");
  g_autofree char *authority = g_strndup (rest, length);
  const char *colon = strrchr (authority, ':');
  const gboolean has_port = colon != NULL && strchr (colon, ']') == NULL;
  g_autofree char *address = NULL;

  if (has_port || !has_scheme (typed))
    address = g_strdup_printf ("http://%s", rest);
  else
    address = g_strdup_printf ("http://%s:%d%s", authority, DEFAULT_PORT, rest + length);

  return sy_url_parse (address, error);
}

SyOtlpAddress *
sy_otlp_address_parse (const char  *address,
                       GError     **error)
{
  g_autoptr (SyOtlpAddress) self = g_new0 (SyOtlpAddress, 1);
  const char *typed = skip_blanks (address);
  g_autoptr (SyUrl) url = parse_typed (typed, error);
  g_autoptr (GHashTable) parameters = NULL;
  g_autoptr (GString) place = NULL;

  if (url == NULL)
    return NULL;

  if (!sy_url_is_loopback (url))
    {
      refuse (error, "pushes are taken from this machine only: write otlp://127.0.0.1:4318/ and the name of the service; "
              "what runs elsewhere can push through a tunnel");
      return NULL;
    }

  parameters = read_parameters (sy_url_get_string (url));
  if (!has_scheme (typed))
    self->service = dup_parameter (parameters, "service");
  else if (!read_service (sy_url_get_path (url), &self->service, error))
    return NULL;
  if (self->service != NULL && *self->service == '\0')
    g_clear_pointer (&self->service, g_free);
  self->instance = dup_parameter (parameters, "instance");

  place = g_string_new (sy_url_get_origin (url));
  g_string_append (place, SY_OTLP_PATH "?service=");
  g_string_append_uri_escaped (place, self->service != NULL ? self->service : "", NULL, FALSE);
  if (self->instance != NULL)
    {
      g_string_append (place, "&instance=");
      g_string_append_uri_escaped (place, self->instance, NULL, FALSE);
    }
  self->url = sy_url_parse (place->str, error);
  return self->url != NULL ? g_steal_pointer (&self) : NULL;
}

void
sy_otlp_address_free (SyOtlpAddress *self)
{
  g_clear_pointer (&self->url, sy_url_unref);
  g_free (self->service);
  g_free (self->instance);
  g_free (self);
}

char *
sy_otlp_address_dup_name (const SyOtlpAddress *self)
{
  if (self->service != NULL && self->instance != NULL)
    return g_strdup_printf ("%s %s", self->service, self->instance);

  return self->service != NULL ? g_strdup (self->service)
                               : g_strdup_printf ("%s:%d", sy_url_get_host (self->url), sy_url_get_port (self->url));
}

char **
sy_otlp_address_dup_lines (const SyOtlpAddress *self)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();

  g_ptr_array_add (lines, g_strdup ("OTEL_METRICS_EXPORTER=otlp"));
  g_ptr_array_add (lines, g_strdup_printf ("OTEL_EXPORTER_OTLP_ENDPOINT=%s", sy_url_get_origin (self->url)));
  g_ptr_array_add (lines, g_strdup ("OTEL_EXPORTER_OTLP_PROTOCOL=http/json"));
  g_ptr_array_add (lines, g_strdup ("OTEL_METRIC_EXPORT_INTERVAL=1000"));
  if (self->service != NULL)
    {
      g_autofree char *quoted = g_shell_quote (self->service);

      g_ptr_array_add (lines, g_strdup_printf ("OTEL_SERVICE_NAME=%s", g_regex_match_simple ("^[A-Za-z0-9._-]+$", self->service, 0, 0)
                                                                       ? self->service : quoted));
    }
  g_ptr_array_add (lines, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&lines), FALSE);
}
