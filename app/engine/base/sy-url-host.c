/* sy-url-host.c: one spelling for each host
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The C library reads 127.1, 0x7f000001, 2130706433 and 0177.0.0.1 all as
 * 127.0.0.1. A host that ends in a number is therefore four decimal numbers or
 * it is refused, with the usual spelling in the message: what is shown, what
 * is compared and what is connected to must be the same. For the same reason
 * IPv6 that wraps an IPv4 address is refused, and so are the addresses that a
 * server listens on but that nobody has.
 */
#define G_LOG_DOMAIN "sy-base"

#include "config.h"

#include "sy-url-host.h"

#include <arpa/inet.h>
#include <gio/gio.h>
#include <string.h>

#include "sy-error.h"
#include "sy-text.h"

#define MAX_NAME 253
#define MAX_LABEL 63
#define MAX_ZONE 15 /* IFNAMSIZ without the NUL */

static char *
refuse (GError     **error,
        const char  *host,
        const char  *why)
{
  g_autofree char *safe = sy_display_text (host, -1, SY_DISPLAY_TEXT_MAX);

  g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "host “%s”: %s", safe, why);

  return NULL;
}

/* As the C library would read it: the last label is decimal or 0x and hex. */
static gboolean
ends_in_number (const char *name)
{
  gsize length = strlen (name);
  g_autofree char *trimmed = g_strndup (name, length > 0 && name[length - 1] == '.' ? length - 1 : length);
  const char *label = strrchr (trimmed, '.');

  label = label != NULL ? label + 1 : trimmed;
  if (*label == '\0')
    return FALSE;

  if (strspn (label, "0123456789") == strlen (label))
    return TRUE;

  return g_ascii_strncasecmp (label, "0x", 2) == 0
         && strspn (label + 2, "0123456789abcdefABCDEF") == strlen (label + 2);
}

static char *
canonicalize_ipv4 (const char  *name,
                   GError     **error)
{
  char usual[INET_ADDRSTRLEN];
  struct in_addr address;
  g_autofree char *why = NULL;

  if (inet_pton (AF_INET, name, &address) == 1)
    {
      if (address.s_addr == INADDR_ANY)
        return refuse (error, name, "this is where a server listens, not where it is: write 127.0.0.1 if it runs here");
      if (address.s_addr == INADDR_BROADCAST)
        return refuse (error, name, "this is no single host");
      return g_strdup (name);
    }

  if (inet_aton (name, &address) == 0)
    return refuse (error, name, "a host that ends in a number must be four numbers from 0 to 255");

  inet_ntop (AF_INET, &address, usual, sizeof usual);
  why = g_strdup_printf ("an unusual spelling: write %s if you mean that address", usual);

  return refuse (error, name, why);
}

static char *
canonicalize_ipv6 (const char  *text,
                   const char  *zone,
                   GError     **error)
{
  char usual[INET6_ADDRSTRLEN];
  struct in6_addr address;

  if (inet_pton (AF_INET6, text, &address) != 1)
    return refuse (error, text, "not an IPv6 address");

  if (IN6_IS_ADDR_UNSPECIFIED (&address))
    return refuse (error, text, "this is where a server listens, not where it is: write [::1] if it runs here");

  if (IN6_IS_ADDR_V4MAPPED (&address) || IN6_IS_ADDR_V4COMPAT (&address))
    if (!IN6_IS_ADDR_LOOPBACK (&address))
      return refuse (error, text, "an IPv4 address in IPv6 form: write the IPv4 address");

  inet_ntop (AF_INET6, &address, usual, sizeof usual);

  return zone != NULL ? g_strconcat (usual, "%", zone, NULL) : g_strdup (usual);
}

/* "[address]" or "[address%zone]"; the percent sign of a zone is written %25 in
 * an address (RFC 6874), and as itself by people. */
static char *
canonicalize_brackets (const char  *text,
                       GError     **error)
{
  gsize length = strlen (text);
  g_autofree char *inner = NULL;
  const char *zone = NULL;
  char *percent;

  if (length < 2 || text[length - 1] != ']')
    return refuse (error, text, "the bracket is not closed");

  inner = g_strndup (text + 1, length - 2);
  percent = strchr (inner, '%');
  if (percent != NULL)
    {
      *percent = '\0';
      zone = g_str_has_prefix (percent + 1, "25") ? percent + 3 : percent + 1;
      if (*zone == '\0' || strlen (zone) > MAX_ZONE)
        return refuse (error, text, "the zone behind % is not an interface");
      for (const char *p = zone; *p != '\0'; p++)
        if (!g_ascii_isalnum (*p) && strchr ("._-", *p) == NULL)
          return refuse (error, text, "the zone behind % is not an interface");
    }

  return canonicalize_ipv6 (inner, zone, error);
}

/* Checked behind the conversion to punycode: compatibility characters become
 * plain ones there, so that "℀" would bring a slash. Underscores are not for
 * host names, but container networks are full of them. */
static char *
check_name (const char  *shown,
            const char  *name,
            GError     **error)
{
  g_auto (GStrv) labels = NULL;

  if (strlen (name) > MAX_NAME)
    return refuse (error, shown, "longer than 253 characters");

  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr (".-_", *p) == NULL)
      return refuse (error, shown, "a host name has letters, digits, hyphens and dots only");

  labels = g_strsplit (name, ".", -1);
  for (guint i = 0; labels[i] != NULL; i++)
    {
      gsize length = strlen (labels[i]);

      if (length == 0 && (i == 0 || labels[i + 1] != NULL))
        return refuse (error, shown, "there is nothing between two dots");
      if (length > MAX_LABEL)
        return refuse (error, shown, "a part is longer than 63 characters");
      if (length > 0 && (labels[i][0] == '-' || labels[i][length - 1] == '-'))
        return refuse (error, shown, "a part begins or ends with a hyphen");
    }

  return g_ascii_strdown (name, -1);
}

char *
sy_url_host_canonicalize (const char  *text,
                          GError     **error)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (*text == '\0')
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID, "the host is missing: write http://host:port/path");
      return NULL;
    }

  if (*text == '[')
    return canonicalize_brackets (text, error);

  if (strchr (text, '%') != NULL)
    return refuse (error, text, "percent signs do not belong in a host name");

  /* nothing is left of a lone full-width dot */
  name = g_hostname_to_ascii (text);
  if (name == NULL || *name == '\0')
    return refuse (error, text, "not a host name");

  if (ends_in_number (name))
    return canonicalize_ipv4 (name, error);

  return check_name (text, name, error);
}

gboolean
sy_url_host_is_loopback (const char *host)
{
  struct in_addr address;

  if (strcmp (host, "localhost") == 0 || strcmp (host, "localhost.") == 0)
    return TRUE;

  if (inet_pton (AF_INET, host, &address) == 1)
    return (ntohl (address.s_addr) >> 24) == 127;

  return strcmp (host, "::1") == 0;
}
