/* test-prices.c: the surface of steelyard-cli prices; what an import makes of rows is in ../weigh
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "run-cli.h"

#define CSV "EndTimestamp,InstanceID,Region,AssetClass,InstanceIDField,InstanceType,MarketPriceHourly,Version\n" \
  "2026-05-17 23:34:22 UTC,n1,eu,node,f,m7g.large,0.0830,\n" \
  "2026-05-17,n3,eu,node,f,unheard,1,\n"

typedef struct
{
  char *folder; /* (owned) */
  char *in;     /* (owned) */
  char *out;    /* (owned): not there yet */
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->folder = g_dir_make_tmp ("prices-XXXXXX", NULL);
  self->in = g_build_filename (self->folder, "theirs.csv", NULL);
  self->out = g_build_filename (self->folder, "ours.json", NULL);
  g_assert_true (g_file_set_contents (self->in, CSV, -1, NULL));
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_unlink (self->in);
  g_unlink (self->out);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  g_free (self->in);
  g_free (self->out);
}

/* A list that `lint` has nothing against; where it was is nobody's business. */
static void
test_written (Fixture       *self,
              gconstpointer  data)
{
  g_auto (CliRun) printed = { 0 };
  g_auto (CliRun) quiet = { 0 };
  g_auto (CliRun) lint = { 0 };
  g_autofree char *written = NULL;

  cli_run (&printed, (const char *[]) { "prices", self->in, "--currency", "EUR", NULL }, NULL);
  g_assert_cmpint (printed.status, ==, 0);
  g_assert_nonnull (strstr (printed.output, "\"schema\":\"steelyard.prices/1\""));
  g_assert_nonnull (strstr (printed.output, "opencost/eu/m7g.large"));
  g_assert_null (strstr (printed.output, self->folder));
  g_assert_nonnull (strstr (printed.errors, "line 3: "));
  g_assert_nonnull (strstr (printed.errors, ": 1 price\n"));

  cli_run (&quiet, (const char *[]) { "prices", self->in, "--currency", "EUR", "-o", self->out, NULL }, NULL);
  g_assert_cmpint (quiet.status, ==, 0);
  g_assert_cmpstr (quiet.output, ==, "");
  g_assert_true (g_file_get_contents (self->out, &written, NULL, NULL));
  g_assert_true (g_str_has_prefix (printed.output, written));

  cli_run (&lint, (const char *[]) { "lint", "prices", self->out, NULL }, NULL);
  g_assert_cmpstr (lint.errors, ==, "");
  g_assert_cmpint (lint.status, ==, 0);
}

static void
test_refusals (Fixture       *self,
               gconstpointer  data)
{
  const struct {
    const char *arguments[6];
    int         status;
    const char *part;
  } cases[] = {
    { { "prices", NULL }, 2, "--currency CODE" },
    { { "prices", self->in, NULL }, 2, "--currency CODE" },
    { { "prices", self->in, self->in, "--currency", "EUR", NULL }, 2, "one FILE.csv" },
    { { "prices", self->in, "--currency", "euro", NULL }, 1, "currency" },
    { { "prices", self->out, "--currency", "EUR", NULL }, 1, "ours.json" },
    { { "prices", self->folder, "--currency", "EUR", NULL }, 1, "prices: " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (CliRun) run = { 0 };

      cli_run (&run, cases[i].arguments, NULL);
      cli_run_assert_failed (&run, cases[i].status, cases[i].part);
      g_assert_cmpstr (run.output, ==, "");
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/prices/written", Fixture, NULL, set_up, test_written, tear_down);
  g_test_add ("/prices/refusals", Fixture, NULL, set_up, test_refusals, tear_down);
  return g_test_run ();
}
