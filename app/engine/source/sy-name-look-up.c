/* sy-name-look-up.c: the addresses of a name
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-name-look-up.h"

#include <netdb.h>
#include <sys/socket.h>

static int
get_family (GResolverNameLookupFlags flags)
{
  switch (flags)
    {
    case G_RESOLVER_NAME_LOOKUP_FLAGS_IPV4_ONLY:
      return AF_INET;
    case G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY:
      return AF_INET6;
    case G_RESOLVER_NAME_LOOKUP_FLAGS_DEFAULT:
    default:
      return AF_UNSPEC;
    }
}

static int
get_error_code (int status)
{
  switch (status)
    {
    case EAI_NONAME:
#ifdef EAI_NODATA
    case EAI_NODATA:
#endif
      return G_RESOLVER_ERROR_NOT_FOUND;
    case EAI_AGAIN:
      return G_RESOLVER_ERROR_TEMPORARY_FAILURE;
    default:
      return G_RESOLVER_ERROR_INTERNAL;
    }
}

static GList *
collect (const struct addrinfo *info)
{
  GList *addresses = NULL;

  for (; info != NULL; info = info->ai_next)
    {
      g_autoptr (GSocketAddress) address = g_socket_address_new_from_native (info->ai_addr, info->ai_addrlen);

      if (G_IS_INET_SOCKET_ADDRESS (address))
        addresses = g_list_prepend (addresses,
                                    g_object_ref (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address))));
    }

  return g_list_reverse (addresses);
}

GList *
sy_name_look_up (const char                *name,
                 GResolverNameLookupFlags   flags,
                 GError                   **error)
{
  const struct addrinfo hints = {
    .ai_flags = AI_ADDRCONFIG,
    .ai_family = get_family (flags),
    .ai_socktype = SOCK_STREAM,
    .ai_protocol = IPPROTO_TCP,
  };
  struct addrinfo *info = NULL;
  const int status = getaddrinfo (name, NULL, &hints, &info);
  GList *addresses = NULL;

  if (status == 0)
    {
      addresses = collect (info);
      freeaddrinfo (info);
    }

  if (addresses == NULL)
    g_set_error (error, G_RESOLVER_ERROR, status != 0 ? get_error_code (status) : G_RESOLVER_ERROR_NOT_FOUND,
                 "%s: %s", name, status != 0 ? gai_strerror (status) : "no address");

  return addresses;
}
