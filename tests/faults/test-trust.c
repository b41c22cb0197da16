/* test-trust.c: who gets to hear a secret, and whose certificate is taken
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The servers remember every byte: “not asked” is their word, not ours.
 */
#include "config.h"

#include <string.h>

#include "sy-error.h"
#include "sy-http-source.h"
#include "sy-witness.h"

#define CANARY "CANARY-9f3a7c"
#define OTHER_PIN "00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF"

static SyClock *clock_;

static void
keep_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static SyScrape *
ask (const char *address,
     SyAccess   *access)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyUrl) url = sy_url_parse (address, &error);
  g_autoptr (GAsyncResult) result = NULL;
  SyHttpLimits limits = SY_HTTP_LIMITS_DEFAULT;
  const SyHttpQuestion question = { url, clock_, &limits, access };
  SyScrape *scrape;

  g_assert_no_error (error);
  limits.deadline_us = 5 * SY_USEC_PER_SEC;
  sy_http_ask_async (&question, NULL, keep_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  scrape = sy_http_fetch_finish (result, NULL, &error);
  g_assert_no_error (error);
  return scrape;
}

static SyCredential *
credential_for (const char *address,
                guint       kind)
{
  static const char *const secrets[] = { "user:" CANARY, CANARY, "X-API-Key: " CANARY };
  g_autoptr (GError) error = NULL;
  g_autofree char *pem = NULL;
  SyCredential *credential;

  if (kind == SY_CREDENTIAL_CLIENT_CERTIFICATE)
    {
      g_autofree char *file = sy_witness_dup_file ("client");

      g_file_get_contents (file, &pem, NULL, &error);
      g_assert_no_error (error);
    }

  credential = sy_credential_new (address, kind, pem != NULL ? pem : secrets[kind], &error);
  g_assert_no_error (error);
  return credential;
}

/* @authority: trust the tests' own CA. */
static SyAccess *
access_for (const char   *address,
            SyCredential *credential,
            gboolean      authority,
            const char   *pin)
{
  g_autofree char *ca_file = authority ? sy_witness_dup_file ("ca") : NULL;
  const SyAccessConfig config = { address, credential, ca_file, pin, FALSE };
  g_autoptr (GError) error = NULL;
  SyAccess *access = sy_access_new (&config, &error);

  g_assert_no_error (error);
  return access;
}

static char *
fingerprint_of (const char *name)
{
  g_autofree char *file = sy_witness_dup_file (name);
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (file, NULL);

  return sy_access_dup_fingerprint (certificate);
}

typedef struct
{
  const char *name;
  const char *certificate;
  gboolean    authority; /* ours is trusted */
  const char *pin;       /* the name of a certificate, or digits */
  int         code;      /* 0: taken */
  const char *words;     /* in the message */
} Certificate;

static const Certificate certificates[] = {
  { "own-authority", "good", TRUE, NULL, 0, NULL },
  { "system-authorities", "good", FALSE, NULL, SY_ERROR_TLS, "nobody here knows who signed" },
  { "self-signed", "self-signed", FALSE, NULL, SY_ERROR_TLS, "nobody here knows who signed" },
  { "self-signed-with-authority", "self-signed", TRUE, NULL, SY_ERROR_TLS, "nobody here knows who signed" },
  { "expired", "expired", TRUE, NULL, SY_ERROR_TLS, "expired on 2026-01-01" },
  { "wrong-host", "other-host", TRUE, NULL, SY_ERROR_TLS, "is for another host than 127.0.0.1" },
  { "weak", "weak", TRUE, NULL, SY_ERROR_TLS, NULL },
  { "pinned", "self-signed", FALSE, "self-signed", 0, NULL },
  { "pinned-other-host", "other-host", FALSE, "other-host", 0, NULL },
  { "pinned-and-authority", "good", TRUE, "good", 0, NULL },
  { "pinned-but-expired", "expired", TRUE, "expired", SY_ERROR_TLS, "expired on 2026-01-01" },
  { "pin-changed", "self-signed", FALSE, OTHER_PIN, SY_ERROR_TLS_PIN, "this is not the pinned certificate" },
  { "pin-changed-though-valid", "good", TRUE, OTHER_PIN, SY_ERROR_TLS_PIN, "this is not the pinned certificate" },
};

static void
test_certificate (gconstpointer data)
{
  const Certificate *one = data;
  g_autoptr (SyWitness) server = sy_witness_new (one->certificate);
  g_autofree char *address = sy_witness_dup_url (server, "/metrics");
  g_autofree char *shown = fingerprint_of (one->certificate);
  g_autofree char *pin = one->pin != NULL && strlen (one->pin) < 64 ? fingerprint_of (one->pin) : g_strdup (one->pin);
  g_autoptr (SyCredential) credential = credential_for (address, SY_CREDENTIAL_BEARER);
  g_autoptr (SyAccess) access = access_for (address, credential, one->authority, pin);
  g_autoptr (SyScrape) scrape = ask (address, access);
  g_autofree char *heard = sy_witness_dup_heard (server);

  if (one->code == 0)
    {
      g_assert_no_error (scrape->error);
      g_assert_nonnull (strstr (heard, "Authorization: Bearer " CANARY));
      return;
    }

  g_assert_error (scrape->error, SY_ERROR, one->code);
  g_assert_nonnull (strstr (scrape->error->message, shown));
  if (one->words != NULL)
    g_assert_nonnull (strstr (scrape->error->message, one->words));
  g_assert_cmpstr (heard, ==, "");
}

static void
test_client_certificate (void)
{
  g_autoptr (SyWitness) server = sy_witness_new ("good");
  g_autofree char *address = sy_witness_dup_url (server, "/metrics");
  g_autoptr (SyCredential) credential = credential_for (address, SY_CREDENTIAL_CLIENT_CERTIFICATE);
  g_autoptr (SyAccess) with = access_for (address, credential, TRUE, NULL);
  g_autoptr (SyAccess) without = access_for (address, NULL, TRUE, NULL);
  g_autoptr (SyScrape) refused = NULL;
  g_autoptr (SyScrape) taken = NULL;
  g_autofree char *client = NULL;

  sy_witness_require_certificate (server);
  refused = ask (address, without);
  g_assert_error (refused->error, SY_ERROR, SY_ERROR_TLS);
  g_assert_nonnull (strstr (refused->error->message, "wants a certificate of ours"));

  taken = ask (address, with);
  g_assert_no_error (taken->error);
  client = sy_witness_dup_client (server);
  g_assert_cmpstr (client, ==, "CN=client.test");
}

/* An end of the connection without TLS saying so, in a body without a length. */
static void
test_rude_end (void)
{
  g_autoptr (SyWitness) server = sy_witness_new ("good");
  g_autofree char *address = sy_witness_dup_url (server, "/metrics");
  g_autoptr (SyAccess) access = access_for (address, NULL, TRUE, NULL);
  g_autoptr (SyScrape) scrape = NULL;

  sy_witness_set_answer (server, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\na_total 1\nb_tot");
  sy_witness_end_rudely (server);
  scrape = ask (address, access);
  g_assert_error (scrape->error, SY_ERROR, SY_ERROR_TRUNCATED);
}

static void
test_kinds_sent (void)
{
  static const char *const lines[] = {
    "Authorization: Basic dXNlcjpDQU5BUlktOWYzYTdj", "Authorization: Bearer " CANARY, "X-API-Key: " CANARY,
  };

  for (guint kind = 0; kind < G_N_ELEMENTS (lines); kind++)
    {
      g_autoptr (SyWitness) server = sy_witness_new (NULL);
      g_autofree char *address = sy_witness_dup_url (server, "/metrics");
      g_autoptr (SyCredential) credential = credential_for (address, kind);
      g_autoptr (SyAccess) access = access_for (address, credential, FALSE, NULL);
      g_autoptr (SyScrape) scrape = ask (address, access);
      g_autofree char *heard = sy_witness_dup_heard (server);

      g_assert_no_error (scrape->error);
      g_assert_nonnull (strstr (heard, lines[kind]));
    }
}

/* A host that does not exist: had we asked, the error would be another. */
static void
test_in_clear (void)
{
  static const char address[] = "http://steelyard.invalid/metrics";
  g_autoptr (SyCredential) credential = credential_for (address, SY_CREDENTIAL_BEARER);
  g_autoptr (SyAccess) access = access_for (address, credential, FALSE, NULL);
  g_autoptr (SyScrape) scrape = ask (address, access);

  g_assert_error (scrape->error, SY_ERROR, SY_ERROR_CREDENTIAL);
}

typedef struct
{
  const char *name;
  const char *status;
  const char *location; /* %s: the other server's address, if it has one */
  const char *from;     /* the certificate of the first server, NULL: http */
} Redirect;

static const Redirect redirects[] = {
  { "other-port", "302 Found", "%s", NULL },
  { "moved", "301 Moved Permanently", "%s", NULL },
  { "see-other", "303 See Other", "%s", NULL },
  { "temporary", "307 Temporary Redirect", "%s", NULL },
  { "permanent", "308 Permanent Redirect", "%s", NULL },
  { "https-to-http", "302 Found", "%s", "good" },
  { "file", "302 Found", "file:///etc/passwd", NULL },
  { "ftp", "302 Found", "ftp://127.0.0.1/", NULL },
  { "broken", "302 Found", "http://[::1", NULL },
  { "userinfo", "302 Found", "http://user:" CANARY "@127.0.0.1/", NULL },
  { "secret-in-query", "302 Found", "http://127.0.0.2/?token=" CANARY, NULL },
  { "scheme-relative", "302 Found", "//127.0.0.2:1/", NULL },
};

static void
test_redirect (gconstpointer data)
{
  const Redirect *one = data;
  g_autoptr (SyWitness) other = sy_witness_new (NULL);
  g_autofree char *other_address = sy_witness_dup_url (other, "/metrics");

  for (guint kind = 0; kind <= SY_CREDENTIAL_HEADER; kind++)
    {
      g_autoptr (SyWitness) server = sy_witness_new (one->from);
      g_autofree char *address = sy_witness_dup_url (server, "/metrics");
      g_autoptr (SyCredential) credential = credential_for (address, kind);
      g_autoptr (SyAccess) access = access_for (address, credential, one->from != NULL, NULL);
      g_autoptr (GString) answer = g_string_new ("HTTP/1.1 ");
      g_autoptr (SyScrape) scrape = NULL;

      g_string_append_printf (answer, "%s\r\nContent-Length: 0\r\nConnection: close\r\nLocation: %s\r\n\r\n", one->status,
                              one->location);
      g_string_replace (answer, "%s", other_address, 0);
      sy_witness_set_answer (server, answer->str);

      scrape = ask (address, access);
      g_assert_error (scrape->error, SY_ERROR, SY_ERROR_REDIRECT_BLOCKED);
      g_assert_null (strstr (scrape->error->message, CANARY));
      g_assert_cmpuint (sy_witness_get_n_connections (server), ==, 1);
    }

  g_assert_cmpuint (sy_witness_get_n_connections (other), ==, 0);
}

/* Within the origin, three times and no more. */
static void
test_redirect_loop (void)
{
  g_autoptr (SyWitness) server = sy_witness_new (NULL);
  g_autofree char *address = sy_witness_dup_url (server, "/metrics");
  g_autoptr (SyScrape) scrape = NULL;

  sy_witness_set_answer (server, "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\nLocation: /metrics\r\n\r\n");
  scrape = ask (address, NULL);
  g_assert_error (scrape->error, SY_ERROR, SY_ERROR_REDIRECT_BLOCKED);
  g_assert_nonnull (strstr (scrape->error->message, "is it a loop?"));
  g_assert_cmpuint (sy_witness_get_n_connections (server), ==, 4);
}

/* Servers that send our own words back, in every place that we show. */
static const char *const echoes[] = {
  "HTTP/1.1 500 @ECHO@\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
  "HTTP/1.1 500 Oh\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n@ECHO@",
  "HTTP/1.1 401 @ECHO@\r\nWWW-Authenticate: Bearer realm=\"@ECHO@\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
  "HTTP/1.1 200 OK\r\nContent-Type: @ECHO@\r\nConnection: close\r\n\r\n<html>@ECHO@</html>",
  "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n@ECHO@\n",
  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{\"error\":\"@ECHO@\"}",
  "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.2/" CANARY "?a=" CANARY "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
  "HTTP/1.1 200 OK\r\nContent-Encoding: @ECHO@\r\nConnection: close\r\n\r\n",
  "HTTP/1.1 200 OK\r\nContent-Length: @ECHO@\r\nConnection: close\r\n\r\n",
};

static void
test_echo (gconstpointer data)
{
  const char *answer = data;

  for (guint kind = 0; kind <= SY_CREDENTIAL_HEADER; kind++)
    {
      g_autoptr (SyWitness) server = sy_witness_new (NULL);
      g_autofree char *address = sy_witness_dup_url (server, "/metrics");
      g_autoptr (SyCredential) credential = credential_for (address, kind);
      g_autoptr (SyAccess) access = access_for (address, credential, FALSE, NULL);
      g_autoptr (SyScrape) scrape = NULL;

      sy_witness_set_answer (server, answer);
      scrape = ask (address, access);
      g_assert_nonnull (scrape->error);
      g_assert_null (strstr (scrape->error->message, CANARY));
      g_assert_null (strstr (scrape->error->message, "dXNlcjpDQU5BUlktOWYzYTdj"));
      if (scrape->content_type != NULL)
        g_assert_null (strstr (scrape->content_type, CANARY));
    }
}

/* A page that is read, and has our token in a label, is read without it. */
static void
test_echo_in_metrics (void)
{
  g_autoptr (SyWitness) server = sy_witness_new (NULL);
  g_autofree char *address = sy_witness_dup_url (server, "/metrics");
  g_autoptr (SyCredential) credential = credential_for (address, SY_CREDENTIAL_BEARER);
  g_autoptr (SyAccess) access = access_for (address, credential, FALSE, NULL);
  g_autoptr (SyScrape) scrape = NULL;
  guint n;

  sy_witness_set_answer (server, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n"
                                 "a_total{token=\"" CANARY "\"} 1\n");
  scrape = ask (address, access);
  g_assert_no_error (scrape->error);
  sy_exposition_get_samples (scrape->exposition, &n);
  g_assert_cmpuint (n, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  clock_ = sy_clock_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (certificates); i++)
    {
      g_autofree char *path = g_strconcat ("/trust/certificate/", certificates[i].name, NULL);

      g_test_add_data_func (path, &certificates[i], test_certificate);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (redirects); i++)
    {
      g_autofree char *path = g_strconcat ("/trust/redirect/", redirects[i].name, NULL);

      g_test_add_data_func (path, &redirects[i], test_redirect);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (echoes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/trust/echo/%" G_GSIZE_FORMAT, i);

      g_test_add_data_func (path, echoes[i], test_echo);
    }
  g_test_add_func ("/trust/client-certificate", test_client_certificate);
  g_test_add_func ("/trust/rude-end", test_rude_end);
  g_test_add_func ("/trust/kinds-sent", test_kinds_sent);
  g_test_add_func ("/trust/in-clear", test_in_clear);
  g_test_add_func ("/trust/redirect-loop", test_redirect_loop);
  g_test_add_func ("/trust/echo-in-metrics", test_echo_in_metrics);

  status = g_test_run ();
  g_object_unref (clock_);
  return status;
}
