/* test-trust-file.c: whom to trust, from one start to the next
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "sy-access-book.h"
#include "sy-datadir.h"
#include "sy-error.h"
#include "sy-http-source.h"
#include "sy-session.h"
#include "sy-trust-file.h"
#include "sy-witness.h"

#define CANARY "CANARY-9f3a"

typedef struct
{
  char *folder; /* (owned) */
  char *path;   /* (owned) */
} File;

static void
file_set_up (File          *file,
             gconstpointer  data)
{
  file->folder = g_dir_make_tmp ("steelyard-XXXXXX", NULL);
  file->path = g_build_filename (file->folder, "below", "trust.json", NULL);
}

static void
file_tear_down (File          *file,
                gconstpointer  data)
{
  g_autofree char *below = g_path_get_dirname (file->path);

  g_remove (file->path);
  g_rmdir (below);
  g_rmdir (file->folder);
  g_free (file->path);
  g_free (file->folder);
}

static SyAccessBook *
open_book (File    *file,
           SyClock *clock)
{
  SyAccessBook *book = sy_access_book_new (clock);

  sy_access_book_use_file (book, file->path);
  return book;
}

static char *
read_file (File *file)
{
  char *text = NULL;

  g_file_get_contents (file->path, &text, NULL, NULL);
  return text;
}

/* A pinned server is known at the next start, and taken out with its pin; the
 * credential beside it was never written. */
static void
test_trust_is_kept (File          *file,
                    gconstpointer  data)
{
  g_autoptr (SyWitness) server = sy_witness_new ("self-signed");
  g_autofree char *address = sy_witness_dup_url (server, "/metrics");
  g_autofree char *certificate = sy_witness_dup_file ("self-signed");
  g_autoptr (GTlsCertificate) leaf = g_tls_certificate_new_from_file (certificate, NULL);
  g_autofree char *fingerprint = sy_access_dup_fingerprint (leaf);
  g_autoptr (SyCredential) credential = sy_credential_new (address, SY_CREDENTIAL_BEARER, CANARY, NULL);
  g_autoptr (SyUrl) url = sy_url_parse (address, NULL);
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (SyAccessBook) first = open_book (file, clock);
  g_autoptr (SyAccessBook) second = NULL;
  g_autoptr (SyAccess) access = NULL;
  g_autoptr (SyAccess) bare = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *after = NULL;
  const SyAccessConfig config = { .origin = address, .credential = credential, .ca_file = certificate, .fingerprint = fingerprint };
  const SyAccessConfig nothing = { .origin = address, .credential = credential };
  GStatBuf status;
  SySource *source;

  access = sy_access_new (&config, &error);
  g_assert_no_error (error);
  sy_access_book_set (first, access);
  g_assert_true (sy_access_book_keep_trust (first, sy_access_get_origin (access), &error));
  text = read_file (file);
  g_assert_null (strstr (text, CANARY));
  g_assert_nonnull (strstr (text, fingerprint));
  g_assert_cmpint (g_stat (file->path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);

  second = open_book (file, clock);
  g_assert_no_error (sy_access_book_get_file_error (second));
  g_assert_cmpstr (sy_access_get_fingerprint (sy_access_book_find (second, url)), ==, fingerprint);
  g_assert_cmpstr (sy_access_get_ca_file (sy_access_book_find (second, url)), ==, sy_access_get_ca_file (access));
  g_assert_null (sy_access_get_credential (sy_access_book_find (second, url)));
  source = sy_http_source_new (url, clock, SY_USEC_PER_SEC / 10);
  sy_access_book_attach (second, source);
  sy_source_start (source);
  while (sy_source_get_state (source) != SY_SOURCE_LIVE)
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (source);

  bare = sy_access_new (&nothing, NULL);
  sy_access_book_set (second, bare);
  g_assert_true (sy_access_book_keep_trust (second, sy_access_get_origin (bare), &error));
  after = read_file (file);
  g_assert_null (strstr (after, sy_access_get_origin (bare)));
}

/* Authorities that are gone are not those of the system: nobody is asked. */
static void
test_lost_authorities (File          *file,
                       gconstpointer  data)
{
  g_autoptr (SyWitness) server = sy_witness_new ("good");
  g_autofree char *address = sy_witness_dup_url (server, "/metrics");
  g_autoptr (SyUrl) url = sy_url_parse (address, NULL);
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autofree char *missing = g_build_filename (file->folder, "gone.pem", NULL);
  g_autoptr (GHashTable) table = sy_trust_table_new ();
  g_autoptr (SyAccessBook) book = NULL;
  g_autoptr (GError) error = NULL;
  SySource *source = sy_http_source_new (url, clock, SY_USEC_PER_SEC / 10);

  g_hash_table_insert (table, g_strdup (sy_url_get_origin (url)), sy_trust_new (missing, NULL));
  g_assert_true (sy_trust_file_save (file->path, table, &error));

  book = open_book (file, clock);
  sy_access_book_attach (book, source);
  sy_source_start (source);
  while (sy_source_get_state (source) != SY_SOURCE_BLOCKED)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (sy_source_get_error (source), SY_ERROR, SY_ERROR_TLS);
  g_assert_nonnull (strstr (sy_source_get_error (source)->message, "gone.pem"));
  g_assert_cmpuint (sy_witness_get_n_connections (server), ==, 0);

  /* and it is still wanted at the next start */
  g_assert_true (sy_access_book_keep_trust (book, sy_url_get_origin (url), &error));
  g_assert_finalize_object (source);
}

/* A file that cannot be read is told of and left as it is. */
static void
test_bad_file (File          *file,
               gconstpointer  data)
{
  static const char *const bodies[] = {
    "no json",
    "[]",
    "{}",
    "{\"schema\":\"steelyard.trust/2\"}",
    "{\"schema\":\"steelyard.trust/1\",\"origins\":{\"https://a/metrics\":{\"fingerprint\":\"A\"}}}",
    "{\"schema\":\"steelyard.trust/1\",\"origins\":{\"https://a:443\":{}}}",
    "{\"schema\":\"steelyard.trust/1\",\"origins\":{\"https://a:443\":{\"ca_file\":\"relative.pem\"}}}",
    "{\"schema\":\"steelyard.trust/1\",\"origins\":{\"https://a:443\":{\"fingerprint\":\"A\",\"password\":\"b\"}}}",
  };
  g_autoptr (SyClock) clock = sy_clock_new_manual (0, 0);
  g_autofree char *below = g_path_get_dirname (file->path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (below, 0700), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (SyAccessBook) book = NULL;
      g_autoptr (SyAccess) access = NULL;
      g_autofree char *after = NULL;
      const SyAccessConfig config = { .origin = "https://a", .fingerprint =
        "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff" };

      g_assert_true (g_file_set_contents (file->path, bodies[i], -1, NULL));
      book = open_book (file, clock);
      g_assert_nonnull (sy_access_book_get_file_error (book));
      g_assert_true (g_str_has_prefix (sy_access_book_get_file_error (book)->message, file->path));

      access = sy_access_new (&config, NULL);
      sy_access_book_set (book, access);
      g_assert_false (sy_access_book_keep_trust (book, sy_access_get_origin (access), &error));
      g_clear_error (&error);
      after = read_file (file);
      g_assert_cmpstr (after, ==, bodies[i]);
    }
}

/* A session has the file of the person who runs it. */
static void
test_session (void)
{
  g_autofree char *path = sy_datadir_build_own_path ("trust.json");
  g_autoptr (GHashTable) table = sy_trust_table_new ();
  g_autoptr (SyClock) clock = sy_clock_new_manual (0, 0);
  g_autoptr (SyUrl) url = sy_url_parse ("https://a.example/metrics", NULL);
  g_autoptr (SySession) session = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_path_get_dirname (path);
  const char *digits = "00112233445566778899AABBCCDDEEFF00112233445566778899aabbccddeeff";

  g_hash_table_insert (table, g_strdup (sy_url_get_origin (url)), sy_trust_new (NULL, digits));
  g_assert_true (sy_trust_file_save (path, table, &error));
  session = sy_session_new (clock, &error);
  g_assert_no_error (error);
  g_assert_nonnull (sy_access_book_find (sy_session_get_access_book (session), url));

  g_remove (path);
  g_rmdir (folder);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("steelyard-XXXXXX", NULL);
  int status;

  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/trust-file/" name, File, NULL, file_set_up, function, file_tear_down)
  ADD ("kept", test_trust_is_kept);
  ADD ("lost-authorities", test_lost_authorities);
  ADD ("bad-file", test_bad_file);
#undef ADD
  g_test_add_func ("/trust-file/session", test_session);

  status = g_test_run ();
  g_rmdir (home);
  return status;
}
