/* test-thumbnail.c: steelyard-cli thumbnail, and the file that a file manager runs it by
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What damaged recordings do to it is in test-damaged-commands.c.
 */
#include "config.h"

#include <cairo.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "run-cli.h"

typedef struct
{
  char *folder; /* (owned) */
  char *path;   /* (owned): a recording, copied there */
  char *out;    /* (owned): not there yet */
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autofree char *bundled = g_build_filename (g_getenv ("STEELYARD_DATADIR"), "recordings", "two-under-one-load.steelyard", NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  self->folder = g_dir_make_tmp ("thumbnail-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "r.steelyard", NULL);
  self->out = g_build_filename (self->folder, "r.png", NULL);
  g_assert_true (g_file_get_contents (bundled, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (self->path, bytes, (gssize) length, NULL));
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_unlink (self->path);
  g_unlink (self->out);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  g_free (self->path);
  g_free (self->out);
}

/* Pixels that are clearly blue (A) or clearly orange (B). */
static void
count_inks (cairo_surface_t *surface,
            guint           *ret)
{
  const unsigned char *data = cairo_image_surface_get_data (surface);
  const int stride = cairo_image_surface_get_stride (surface);

  ret[0] = ret[1] = 0;
  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
      {
        guint32 pixel;
        int red, blue;

        memcpy (&pixel, data + y * stride + x * 4, sizeof pixel);
        red = (int) (pixel >> 16 & 0xff);
        blue = (int) (pixel & 0xff);
        ret[0] += blue > red + 60;
        ret[1] += red > blue + 60;
      }
}

static void
test_sizes (Fixture       *self,
            gconstpointer  data)
{
  static const struct { const char *text; int width, height; } sizes[] = {
    { "16", 16, 12 }, { "128", 128, 96 }, { "256", 256, 192 }, { "1000", 1000, 750 }, { "1024", 1024, 768 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_auto (CliRun) run = { 0 };
      cairo_surface_t *surface;
      guint n[2];

      cli_run (&run, (const char *[]) { "thumbnail", "--size", sizes[i].text, "--output", self->out, self->path, NULL }, NULL);
      g_assert_cmpstr (run.errors, ==, "");
      g_assert_cmpstr (run.output, ==, "");
      g_assert_cmpint (run.status, ==, 0);

      surface = cairo_image_surface_create_from_png (self->out);
      g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
      g_assert_cmpint (cairo_image_surface_get_width (surface), ==, sizes[i].width);
      g_assert_cmpint (cairo_image_surface_get_height (surface), ==, sizes[i].height);
      count_inks (surface, n);
      g_assert_cmpuint (n[0], >, 0);
      g_assert_cmpuint (n[1], >, 0);
      cairo_surface_destroy (surface);
    }
}

static void
test_refused (Fixture       *self,
              gconstpointer  data)
{
  static const char *const sizes[] = { "0", "15", "1025", "-1", "99999999999", "wide" };
  g_auto (CliRun) run = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      cli_run (&run, (const char *[]) { "thumbnail", self->path, "-o", self->out, "--size", sizes[i], NULL }, NULL);
      cli_run_assert_failed (&run, 2, "");
    }

  cli_run (&run, (const char *[]) { "thumbnail", self->path, NULL }, NULL);
  cli_run_assert_failed (&run, 2, "-o OUT");
  cli_run (&run, (const char *[]) { "thumbnail", self->path, self->path, "-o", self->out, NULL }, NULL);
  cli_run_assert_failed (&run, 2, "one recording");
  cli_run (&run, (const char *[]) { "thumbnail", "/dev/zero", "-o", self->out, NULL }, NULL);
  cli_run_assert_failed (&run, 1, "is not a file");
  cli_run (&run, (const char *[]) { "thumbnail", self->folder, "-o", self->out, NULL }, NULL);
  cli_run_assert_failed (&run, 1, "is not a file");
  cli_run (&run, (const char *[]) { "thumbnail", g_getenv ("STEELYARD_CLI"), "-o", self->out, NULL }, NULL);
  cli_run_assert_failed (&run, 1, "is not a recording");
  g_assert_false (g_file_test (self->out, G_FILE_TEST_EXISTS));

  cli_run (&run, (const char *[]) { "thumbnail", self->path, "-o", "/nonexistent/r.png", NULL }, NULL);
  cli_run_assert_failed (&run, 1, "/nonexistent/r.png");
}

/* With a log beside it, it would be read from a copy, whatever link leads to it. */
static void
test_interrupted (Fixture       *self,
                  gconstpointer  data)
{
  g_autofree char *rest = g_strconcat (self->path, "-wal", NULL);
  g_autofree char *link = g_build_filename (self->folder, "link", NULL);
  g_auto (CliRun) run = { 0 };

  g_assert_true (g_file_set_contents (rest, "log", -1, NULL));
  cli_run (&run, (const char *[]) { "thumbnail", self->path, "-o", self->out, NULL }, NULL);
  cli_run_assert_failed (&run, 1, "was interrupted");
  g_assert_false (g_file_test (self->out, G_FILE_TEST_EXISTS));

  g_assert_cmpint (symlink (self->path, link), ==, 0);
  cli_run (&run, (const char *[]) { "thumbnail", link, "-o", self->out, NULL }, NULL);
  cli_run_assert_failed (&run, 1, "was interrupted");
  g_assert_false (g_file_test (self->out, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_unlink (link), ==, 0);
  g_assert_cmpint (g_unlink (rest), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/thumbnail/sizes", Fixture, NULL, set_up, test_sizes, tear_down);
  g_test_add ("/thumbnail/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add ("/thumbnail/interrupted", Fixture, NULL, set_up, test_interrupted, tear_down);
  return g_test_run ();
}
