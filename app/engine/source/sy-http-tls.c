/* sy-http-tls.c: whether a server's certificate is the one we want
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libsoup asks about a certificate only when its validation failed, so a pin is
 * looked at twice: there, to let the pinned one pass although nobody known has
 * signed it, and after each handshake, to stop any other although it is valid.
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-http-tls.h"

#include <string.h>

#include "sy-error.h"
#include "sy-text.h"

#define STATE_KEY "sy-http-tls"
#define NAME_CHARS 60

/* What a pin stands for: who it is. It does not make a weak or an expired
 * certificate good. */
#define IDENTITY_FLAGS (G_TLS_CERTIFICATE_UNKNOWN_CA | G_TLS_CERTIFICATE_BAD_IDENTITY)

typedef struct
{
  SyAccess            *access;      /* (owned) (nullable) */
  GCancellable        *cancellable; /* (owned) */
  GTlsCertificate     *refused;     /* (owned) (nullable) */
  GTlsCertificateFlags flags;
  gboolean             is_unpinned; /* refused for not being the pinned one */
  gboolean             lacks_own;   /* the server asked for ours; there is none */
} State;

static void
state_free (gpointer data)
{
  State *self = data;

  g_clear_pointer (&self->access, sy_access_unref);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->refused);
  g_free (self);
}

static const char *
pin_of (const State *self)
{
  return self->access != NULL ? sy_access_get_fingerprint (self->access) : NULL;
}

static gboolean
is_pinned (const State     *self,
           GTlsCertificate *certificate)
{
  g_autofree char *fingerprint = sy_access_dup_fingerprint (certificate);

  return strcmp (fingerprint, pin_of (self)) == 0;
}

static void
refuse (State                *self,
        GTlsCertificate      *certificate,
        GTlsCertificateFlags  flags,
        gboolean              is_unpinned)
{
  g_set_object (&self->refused, certificate);
  self->flags = flags;
  self->is_unpinned = is_unpinned;
}

/* @emitter: the message, or the connection of a client. */
static gboolean
accept_cb (GObject              *emitter,
           GTlsCertificate      *certificate,
           GTlsCertificateFlags  flags,
           State                *self)
{
  const gboolean has_pin = pin_of (self) != NULL;
  const gboolean pinned = has_pin && is_pinned (self, certificate);

  if (pinned && (flags & ~IDENTITY_FLAGS) == 0)
    return TRUE;

  refuse (self, certificate, flags, has_pin && !pinned);
  return FALSE;
}

static void
check_pin (State     *self,
           GIOStream *connection)
{
  GTlsCertificate *certificate;

  if (pin_of (self) == NULL || !G_IS_TLS_CONNECTION (connection))
    return;

  certificate = g_tls_connection_get_peer_certificate (G_TLS_CONNECTION (connection));
  if (certificate == NULL || is_pinned (self, certificate))
    return;

  refuse (self, certificate, 0, TRUE);
  g_cancellable_cancel (self->cancellable);
}

static void
network_event_cb (SoupMessage        *message,
                  GSocketClientEvent  event,
                  GIOStream          *connection,
                  State              *self)
{
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKED)
    check_pin (self, connection);
}

static void
prepare_connection (State          *self,
                    GTlsConnection *connection)
{
  if (self->access != NULL && sy_access_get_authorities (self->access) != NULL)
    g_tls_connection_set_database (connection, sy_access_get_authorities (self->access));
  if (self->access != NULL && sy_access_get_certificate (self->access) != NULL)
    g_tls_connection_set_certificate (connection, sy_access_get_certificate (self->access));

  g_signal_connect (connection, "accept-certificate", G_CALLBACK (accept_cb), self);
}

static void
client_event_cb (GSocketClient      *client,
                 GSocketClientEvent  event,
                 GSocketConnectable *connectable,
                 GIOStream          *connection,
                 State              *self)
{
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    prepare_connection (self, G_TLS_CONNECTION (connection));
  else if (event == G_SOCKET_CLIENT_TLS_HANDSHAKED)
    check_pin (self, connection);
}

static gboolean
request_certificate_cb (SoupMessage          *message,
                        GTlsClientConnection *connection,
                        State                *self)
{
  GTlsCertificate *own = self->access != NULL ? sy_access_get_certificate (self->access) : NULL;

  /* FALSE: we have none; the server decides whether that will do. */
  if (own == NULL)
    {
      self->lacks_own = TRUE;
      return FALSE;
    }

  soup_message_set_tls_client_certificate (message, own);
  return TRUE;
}

static State *
watch (GObject      *watched,
       SyAccess     *access,
       GCancellable *cancellable)
{
  State *self = g_new0 (State, 1);

  self->access = access != NULL ? sy_access_ref (access) : NULL;
  self->cancellable = g_object_ref (cancellable);
  g_object_set_data_full (watched, STATE_KEY, self, state_free);
  return self;
}

void
sy_http_tls_watch (SoupMessage  *message,
                   SyAccess     *access,
                   GCancellable *cancellable)
{
  State *self = watch (G_OBJECT (message), access, cancellable);

  g_signal_connect (message, "accept-certificate", G_CALLBACK (accept_cb), self);
  g_signal_connect (message, "network-event", G_CALLBACK (network_event_cb), self);
  g_signal_connect (message, "request-certificate", G_CALLBACK (request_certificate_cb), self);
}

void
sy_http_tls_watch_client (GSocketClient *client,
                          SyAccess      *access,
                          GCancellable  *cancellable)
{
  State *self = watch (G_OBJECT (client), access, cancellable);

  g_signal_connect (client, "event", G_CALLBACK (client_event_cb), self);
}

/* "CN=orders.example": a name that the certificate gives itself. (transfer full) */
static char *
dup_name (GTlsCertificate *certificate,
          const char      *property)
{
  g_autofree char *name = NULL;

  g_object_get (certificate, property, &name, NULL);
  return sy_display_text (name != NULL && *name != '\0' ? name : "?", -1, NAME_CHARS);
}

/* "2026-01-01": the day on which @property falls. (transfer full) */
static char *
dup_day (GTlsCertificate *certificate,
         const char      *property)
{
  g_autoptr (GDateTime) time = NULL;

  g_object_get (certificate, property, &time, NULL);
  return time != NULL ? g_date_time_format (time, "%Y-%m-%d") : g_strdup ("?");
}

/* The one fault that matters most, and what to do. (transfer full) */
static char *
describe (GTlsCertificate      *certificate,
          GTlsCertificateFlags  flags,
          const SyUrl          *url)
{
  g_autofree char *subject = dup_name (certificate, "subject-name");
  g_autofree char *issuer = dup_name (certificate, "issuer-name");
  g_autofree char *day = NULL;

  if (flags & G_TLS_CERTIFICATE_REVOKED)
    return g_strdup_printf ("the certificate (%s) was revoked: do not use it", subject);

  if (flags & G_TLS_CERTIFICATE_EXPIRED)
    {
      day = dup_day (certificate, "not-valid-after");
      return g_strdup_printf ("the certificate (%s) expired on %s: the server needs a new one", subject, day);
    }

  if (flags & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    {
      day = dup_day (certificate, "not-valid-before");
      return g_strdup_printf ("the certificate (%s) is valid only from %s: is a clock wrong?", subject, day);
    }

  if (flags & G_TLS_CERTIFICATE_INSECURE)
    return g_strdup_printf ("the certificate (%s) is signed in a way that can be forged: the server needs a new one", subject);

  if (flags & G_TLS_CERTIFICATE_BAD_IDENTITY)
    return g_strdup_printf ("the certificate (%s) is for another host than %s: ask by a name that is in it, or pin it",
                            subject, sy_url_get_host (url));

  if (flags & G_TLS_CERTIFICATE_UNKNOWN_CA)
    return g_strdup_printf ("nobody here knows who signed the certificate (%s): if it is yours, give its authority's file, "
                            "or pin it", issuer);

  return g_strdup_printf ("the certificate (%s) is not valid", subject);
}

GError *
sy_http_tls_explain (GObject     *watched,
                     const SyUrl *url)
{
  const State *self = g_object_get_data (watched, STATE_KEY);
  g_autofree char *fingerprint = NULL;
  g_autofree char *fault = NULL;

  if (self == NULL || self->refused == NULL)
    return NULL;

  fingerprint = sy_access_dup_fingerprint (self->refused);

  if (self->is_unpinned)
    return g_error_new (SY_ERROR, SY_ERROR_TLS_PIN,
                        "%s: this is not the pinned certificate: ask who runs the server before you pin this one "
                        "(SHA-256 %s)", sy_url_get_redacted (url), fingerprint);

  fault = describe (self->refused, self->flags, url);
  return g_error_new (SY_ERROR, SY_ERROR_TLS, "%s: %s (SHA-256 %s)", sy_url_get_redacted (url), fault, fingerprint);
}

gboolean
sy_http_tls_lacks_own (SoupMessage *message)
{
  const State *self = g_object_get_data (G_OBJECT (message), STATE_KEY);

  return self != NULL && self->lacks_own;
}
