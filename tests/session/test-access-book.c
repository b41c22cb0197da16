/* test-access-book.c: how each server of a session is asked
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "sy-access-book.h"
#include "sy-http-source.h"
#include "sy-witness.h"

#define CANARY "CANARY-9f3a"
#define REFUSAL "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

static SyAccess *
bearer_for (const char *address)
{
  g_autoptr (SyCredential) credential = sy_credential_new (address, SY_CREDENTIAL_BEARER, CANARY, NULL);
  const SyAccessConfig config = { .origin = address, .credential = credential };

  return sy_access_new (&config, NULL);
}

/* A source that was refused asks again, with the credential, once there is one. */
static void
test_source_follows (void)
{
  g_autoptr (SyWitness) server = sy_witness_new (NULL);
  g_autofree char *address = sy_witness_dup_url (server, "/metrics");
  g_autoptr (SyUrl) url = sy_url_parse (address, NULL);
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (SyAccessBook) book = sy_access_book_new (clock);
  SySource *source = sy_http_source_new (url, clock, SY_USEC_PER_SEC / 10);
  g_autoptr (SyAccess) access = bearer_for (address);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  sy_witness_set_answer (server, REFUSAL);
  sy_access_book_attach (book, source);
  sy_source_start (source);
  while (sy_source_get_state (source) != SY_SOURCE_BLOCKED)
    g_main_context_iteration (NULL, TRUE);
  before = sy_witness_dup_heard (server);
  g_assert_null (strstr (before, "Authorization"));

  sy_witness_set_answer (server, SY_WITNESS_GOOD);
  sy_access_book_set (book, access);
  while (sy_source_get_state (source) != SY_SOURCE_LIVE)
    g_main_context_iteration (NULL, TRUE);
  after = sy_witness_dup_heard (server);
  g_assert_nonnull (strstr (after, "Authorization: Bearer " CANARY));

  sy_access_book_remove (book, sy_access_get_origin (access));
  g_assert_null (sy_source_get_access (source));
  g_assert_finalize_object (source);
}

/* What was said of one origin is not said of another. */
static void
test_origins (void)
{
  g_autoptr (SyClock) clock = sy_clock_new_manual (0, 0);
  g_autoptr (SyAccessBook) book = sy_access_book_new (clock);
  g_autoptr (SyAccess) access = bearer_for ("https://a.example");
  g_autoptr (SyUrl) other = sy_url_parse ("https://b.example/metrics", NULL);
  SySource *source = sy_http_source_new (other, clock, SY_USEC_PER_SEC);

  sy_access_book_attach (book, source);
  sy_access_book_set (book, access);
  g_assert_null (sy_access_book_find (book, other));
  g_assert_null (sy_source_get_access (source));

  /* not even when somebody says so */
  sy_source_set_access (source, access);
  g_assert_null (sy_source_get_access (source));
  g_assert_finalize_object (source);
}

/* The keyring is asked when it is in use, once an origin, and not in vain. */
static void
test_should_recall (void)
{
  g_autoptr (SyClock) clock = sy_clock_new_manual (0, 0);
  g_autoptr (SyAccessBook) book = sy_access_book_new (clock);
  g_autoptr (SyUrl) a = sy_url_parse ("https://a.example/metrics", NULL);
  g_autoptr (SyUrl) b = sy_url_parse ("https://b.example/metrics", NULL);
  g_autoptr (SyAccess) access = bearer_for ("https://b.example");

  g_assert_false (sy_access_book_should_recall (book, a));
  sy_access_book_use_keyring (book);
  sy_access_book_set (book, access);
  g_assert_true (sy_access_book_should_recall (book, a));
  g_assert_false (sy_access_book_should_recall (book, a));
  g_assert_false (sy_access_book_should_recall (book, b));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/access-book/source-follows", test_source_follows);
  g_test_add_func ("/access-book/origins", test_origins);
  g_test_add_func ("/access-book/should-recall", test_should_recall);

  return g_test_run ();
}
