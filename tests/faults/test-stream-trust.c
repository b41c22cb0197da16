/* test-stream-trust.c: streams keep secrets, and know certificates, as polls do
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "sy-error.h"
#include "sy-first-scrape.h"
#include "sy-witness.h"

#define CANARY "CANARY-51b0d2"
#define OTHER_PIN "00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF"
#define ECHOING_STREAM \
  "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n" \
  "data: # " SY_WITNESS_ECHO "\ndata: a_total 1\n\n"

static SyClock *clock_;

static void
keep_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static SyScrape *
ask (const char  *address,
     SyAccess    *access,
     GBytes     **body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyUrl) url = sy_url_parse (address, &error);
  g_autoptr (GAsyncResult) result = NULL;
  SyHttpLimits limits = SY_HTTP_LIMITS_DEFAULT;
  const SyHttpQuestion question = { url, clock_, &limits, access };
  SyScrape *scrape;

  g_assert_no_error (error);
  limits.deadline_us = 60 * SY_USEC_PER_SEC;
  sy_first_scrape_async (&question, NULL, keep_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  scrape = sy_first_scrape_finish (result, body, &error);
  g_assert_no_error (error);
  return scrape;
}

/* The witness by the scheme of a WebSocket. (transfer full) */
static char *
dup_address (SyWitness *witness)
{
  g_autofree char *http = sy_witness_dup_url (witness, "/feed");

  return g_strconcat ("ws", http + strlen ("http"), NULL);
}

static SyAccess *
access_for (const char *address,
            gboolean    authority,
            const char *pin)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *ca_file = authority ? sy_witness_dup_file ("ca") : NULL;
  g_autoptr (SyCredential) credential = sy_credential_new (address, SY_CREDENTIAL_BEARER, CANARY, &error);
  const SyAccessConfig config = { address, credential, ca_file, pin, FALSE };
  SyAccess *access;

  g_assert_no_error (error);
  access = sy_access_new (&config, &error);
  g_assert_no_error (error);
  return access;
}

static char *
fingerprint_of (const char *name)
{
  g_autofree char *file = sy_witness_dup_file (name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (file, &error);

  g_assert_no_error (error);
  return sy_access_dup_fingerprint (certificate);
}

static const struct
{
  const char *certificate;
  gboolean    authority;
  const char *pin; /* a certificate's name, or a fingerprint */
  int         code;
} cases[] = {
  /* The witness speaks no WebSocket: that it was asked is what counts. */
  { "good", TRUE, NULL, SY_ERROR_HTTP_STATUS },
  { "self-signed", FALSE, "self-signed", SY_ERROR_HTTP_STATUS },
  { "good", FALSE, NULL, SY_ERROR_TLS },
  { "expired", TRUE, NULL, SY_ERROR_TLS },
  { "other-host", TRUE, NULL, SY_ERROR_TLS },
  { "self-signed", TRUE, NULL, SY_ERROR_TLS },
  { "good", TRUE, OTHER_PIN, SY_ERROR_TLS_PIN },
  { "self-signed", FALSE, OTHER_PIN, SY_ERROR_TLS_PIN },
};

static void
test_certificates (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SyWitness) witness = sy_witness_new (cases[i].certificate);
      g_autofree char *address = dup_address (witness);
      g_autofree char *pin = NULL;
      g_autoptr (SyAccess) access = NULL;
      g_autoptr (SyScrape) scrape = NULL;
      g_autofree char *heard = NULL;

      if (cases[i].pin != NULL)
        pin = strlen (cases[i].pin) == strlen (OTHER_PIN) ? g_strdup (cases[i].pin) : fingerprint_of (cases[i].pin);
      access = access_for (address, cases[i].authority, pin);
      scrape = ask (address, access, NULL);
      heard = sy_witness_dup_heard (witness);

      g_assert_error (scrape->error, SY_ERROR, cases[i].code);
      g_assert_null (strstr (scrape->error->message, CANARY));
      if (cases[i].code == SY_ERROR_HTTP_STATUS)
        g_assert_nonnull (strstr (heard, "\r\nAuthorization: Bearer " CANARY "\r\n"));
      else
        g_assert_cmpstr (heard, ==, "");
    }
}

/* A server that echoes our request shows nobody what was in it. */
static void
test_echo (void)
{
  g_autoptr (SyWitness) witness = sy_witness_new (NULL);
  g_autofree char *address = sy_witness_dup_url (witness, "/stream");
  g_autoptr (SyAccess) access = access_for (address, FALSE, NULL);
  g_autoptr (SyScrape) scrape = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autofree char *heard = NULL;
  gsize size;
  const char *text;

  sy_witness_set_answer (witness, ECHOING_STREAM);
  scrape = ask (address, access, &body);
  heard = sy_witness_dup_heard (witness);
  text = g_bytes_get_data (body, &size);

  g_assert_no_error (scrape->error);
  g_assert_nonnull (strstr (heard, CANARY));
  g_assert_nonnull (g_strstr_len (text, (gssize) size, "Authorization: Bearer"));
  g_assert_null (g_strstr_len (text, (gssize) size, CANARY));
}

/* Over plain http to another machine, a credential does not leave. */
static void
test_in_clear (void)
{
  g_autoptr (SyAccess) access = access_for ("ws://192.0.2.1:1/feed", FALSE, NULL);
  g_autoptr (SyScrape) scrape = ask ("ws://192.0.2.1:1/feed", access, NULL);

  g_assert_error (scrape->error, SY_ERROR, SY_ERROR_CREDENTIAL);
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  clock_ = sy_clock_new ();
  g_test_add_func ("/stream-trust/certificates", test_certificates);
  g_test_add_func ("/stream-trust/echo", test_echo);
  g_test_add_func ("/stream-trust/in-clear", test_in_clear);

  status = g_test_run ();
  g_object_unref (clock_);
  return status;
}
