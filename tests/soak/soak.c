/* soak.c SERVER [SECONDS]: eight backends for a long time, one or another always broken
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Three that are polled, two streams of events, two WebSockets and a Prometheus
 * server, in two sessions that record. Every 5 to 20 s one of those that are well
 * gets a fault for 2 to 8 s. Prints TAP, and the figures. With SOAK_STRICT=1 (a
 * machine that does nothing else) also the figures that depend on time and memory
 * must hold: those of a sanitizer or a busy machine say nothing.
 */
#include "config.h"

#include <glib/gstdio.h>
#include <stdlib.h>

#include "sy-memory.h"
#include "sy-random.h"
#include "sy-soak-lane.h"
#include "sy-soak-usage.h"
#include "sy-times-private.h"

#define SEED 20261127
#define TICK_MS 100
#define DEFAULT_S 120
#define WARM_UP_S 30
#define CALM_S 20        /* at the end nothing is broken any more */
#define MAX_LATE_MS 150
#define MAX_LATE_P99_MS 50
#define MAX_GROWTH_MIB 4 /* beyond what the histories hold */
#define MAX_MORE_FILES 2
#define SPAN_BYTES (4 * sizeof (double)) /* of a tier: three values and how many */
#define N_LANES 8

static const char *const poll_faults[] = {
  "/stall", "/reset", "/close", "/head-then-stall", "/slow-body", "/reset-in-body", "/short-body", "/bad-chunk", "/html",
  "/500", "/503", "/bomb", "/endless", "/endless-header", "/gzip-crc", "/gzip-cut", "/brotli", "/two-lengths", "/garbage",
  "/bad-text", "/empty", NULL,
};
static const char *const event_faults[] = {
  "/sse/cut", "/sse/silent", "/sse/500", "/sse/html", "/sse/flood", "/sse/endless-line", "/sse/foreign", "/stall", "/reset", NULL,
};
static const char *const socket_faults[] = {
  "/ws/bad-key", "/ws/200", "/ws/503", "/ws/garbage", "/ws/masked", "/ws/bad-text", "/ws/huge-length", "/ws/flood",
  "/ws/dropped", "/ws/half-close", "/ws/close-1001", "/reset", NULL,
};
static const char *const prometheus_faults[] = { "503", "422", "400", NULL };

static const SySoakKind kinds[N_LANES] = {
  { "/poll/1", "/many", poll_faults },
  { "/poll/2", "/many", poll_faults },
  { "/poll/3", "/many", poll_faults },
  { "/events/1", "/sse/ok", event_faults },
  { "/events/2", "/sse/ok", event_faults },
  { "/socket/1", "/ws/ok", socket_faults },
  { "/socket/2", "/ws/ok", socket_faults },
  { "prometheus", "-", prometheus_faults },
};

typedef struct
{
  GSubprocess   *server;      /* owned */
  GDataInputStream *output;   /* owned: of the server */
  char          *url;         /* owned */
  char          *prometheus;  /* owned */
  char          *directory;   /* owned */
  SySession     *sessions[2]; /* owned */
  SyRecorder    *recorders[2]; /* owned */
  SySoakLane    *lanes[N_LANES]; /* owned */
  SySoakPulse   *pulse;       /* owned */
  GMainLoop     *loop;        /* owned */
  SyRandom       random;
  gint64         start_us;
  gint64         next_fault_us;
  gint64         end_us;
  gboolean       is_warm;
  SySoakUsage    before;      /* once warm */
  gint64         held_before; /* bytes that the histories took then */
} Soak;

static guint n_checks;
static guint n_failed;

static void
check (gboolean    holds,
       const char *name,
       const char *detail)
{
  g_print ("%s %u %s: %s\n", holds ? "ok" : "not ok", ++n_checks, name, detail);
  if (!holds)
    n_failed++;
}

/* Comes back when it is so: what fails from then on fails by itself. How long the
 * server takes, which may be sending as much as it can, is not the loop's fault. */
static void
tell (const char *path,
      const char *script,
      gpointer    user_data)
{
  Soak *self = user_data;
  g_autofree char *line = g_strdup_printf ("%s %s\n", path, script);
  g_autofree char *done = NULL;
  g_autoptr (GError) error = NULL;

  if (g_output_stream_write_all (g_subprocess_get_stdin_pipe (self->server), line, strlen (line), NULL, NULL, &error))
    done = g_data_input_stream_read_line (self->output, NULL, NULL, &error);
  if (done == NULL)
    g_error ("the server is gone: %s", error != NULL ? error->message : "it ended");
  if (self->pulse != NULL)
    sy_soak_pulse_pass (self->pulse);
}

static void
start_server (Soak       *self,
              const char *program)
{
  const char *const argv[] = { program, NULL };
  g_autoptr (GError) error = NULL;

  self->server = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->server));
  self->url = g_data_input_stream_read_line (self->output, NULL, NULL, &error);
  g_assert_no_error (error);
  self->prometheus = g_data_input_stream_read_line (self->output, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* (transfer full) */
static char *
dup_address (const Soak       *self,
             const SySoakKind *kind)
{
  if (g_str_has_prefix (kind->path, "/socket/"))
    return g_strdup_printf ("ws%s%s", self->url + strlen ("http"), kind->path);
  if (*kind->path == '/')
    return g_strconcat (self->url, kind->path, NULL);

  return g_strdup_printf ("prometheus+%s?match={job=\"api\"}", self->prometheus);
}

static void
start_sessions (Soak *self)
{
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (self->sessions); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%u.steelyard", self->directory, i);

      self->sessions[i] = sy_session_new (clock, &error);
      g_assert_no_error (error);
      sy_session_set_lenient (self->sessions[i], TRUE);
      self->recorders[i] = g_object_ref (sy_session_start_recording (self->sessions[i], path, "Soak", NULL, &error));
      g_assert_no_error (error);
    }

  for (guint i = 0; i < N_LANES; i++)
    {
      g_autofree char *address = dup_address (self, &kinds[i]);
      SyBackend *backend;

      tell (kinds[i].path, kinds[i].well, self);
      backend = sy_session_add (self->sessions[i % G_N_ELEMENTS (self->sessions)], address, NULL, &error);
      g_assert_no_error (error);
      self->lanes[i] = sy_soak_lane_new (&kinds[i], backend, tell, self);
    }
}

/* Bytes of a history of @n samples: the times, and for each quantity the values and the
 * tiers above. Each array that has grown too large for the heap has left a hole there
 * as large as it was last. */
static gint64
get_size (gint64 n)
{
  const gint64 n_arrays = SY_N_QUANTITIES + 1;
  gint64 size = n * n_arrays * (gint64) sizeof (double);

  for (gint64 spans = n >> SY_TIER_SHIFT; spans > 0; spans >>= SY_TIER_SHIFT)
    size += spans * SY_N_QUANTITIES * (gint64) SPAN_BYTES;

  return size + n_arrays * MIN (n * (gint64) sizeof (double), SY_MEMORY_LARGE_BYTES / 2);
}

/* What the histories are meant to take. */
static gint64
get_held (const Soak *self)
{
  gint64 size = 0;

  for (guint i = 0; i < G_N_ELEMENTS (self->sessions); i++)
    for (guint k = 0; k < sy_session_get_n (self->sessions[i]); k++)
      size += get_size (sy_times_get_n (sy_history_get_times (sy_backend_get_history (sy_session_get (self->sessions[i], k)))));

  return size;
}

static gboolean
are_all_well (const Soak *self)
{
  for (guint i = 0; i < N_LANES; i++)
    if (!sy_soak_lane_is_well (self->lanes[i]))
      return FALSE;

  return TRUE;
}

static void
break_one (Soak   *self,
           gint64  now_us)
{
  const guint lane = (guint) sy_random_below (&self->random, N_LANES);
  const guint fault = (guint) sy_random_below (&self->random, 1000);
  const gint64 lasts_us = (gint64) ((2 + 6 * sy_random_uniform (&self->random)) * SY_USEC_PER_SEC);

  self->next_fault_us = now_us + (gint64) ((5 + 15 * sy_random_uniform (&self->random)) * SY_USEC_PER_SEC);
  if (sy_soak_lane_is_well (self->lanes[lane]))
    sy_soak_lane_break (self->lanes[lane], fault, now_us + lasts_us);
}

static gboolean
tick_cb (gpointer user_data)
{
  Soak *self = user_data;
  const gint64 now_us = g_get_monotonic_time ();

  for (guint i = 0; i < N_LANES; i++)
    sy_soak_lane_tick (self->lanes[i], now_us);

  if (!self->is_warm && now_us >= self->start_us + WARM_UP_S * SY_USEC_PER_SEC && are_all_well (self))
    {
      self->is_warm = TRUE;
      self->next_fault_us = now_us;
      sy_soak_usage_read (&self->before);
      self->held_before = get_held (self);
    }

  if (self->is_warm && now_us >= self->next_fault_us && now_us < self->end_us - CALM_S * SY_USEC_PER_SEC)
    break_one (self, now_us);
  if (now_us >= self->end_us)
    g_main_loop_quit (self->loop);

  return G_SOURCE_CONTINUE;
}

static void
check_lanes (const Soak *self)
{
  for (guint i = 0; i < N_LANES; i++)
    {
      const GPtrArray *complaints = sy_soak_lane_get_complaints (self->lanes[i]);
      g_autofree char *detail = g_strdup_printf ("%u faults, well again after %.1f s at most",
                                                 sy_soak_lane_get_n_faults (self->lanes[i]), sy_soak_lane_get_slowest (self->lanes[i]));

      for (guint k = 0; k < complaints->len; k++)
        g_print ("# %s\n", (const char *) g_ptr_array_index (complaints, k));
      check (complaints->len == 0 && sy_soak_lane_is_well (self->lanes[i]), kinds[i].path, detail);
    }
}

static void
check_usage (const Soak *self,
             gboolean    is_strict)
{
  SySoakUsage after;
  const double late = sy_soak_pulse_get_max (self->pulse);
  const double late_p99 = sy_soak_pulse_get_p99 (self->pulse);
  g_autofree char *loop = g_strdup_printf ("late by %.0f ms at most, p99 %.0f ms", late, late_p99);
  g_autofree char *files = NULL;
  g_autofree char *memory = NULL;
  g_autofree char *work = NULL;
  double growth;

  sy_soak_usage_read (&after);
  growth = (double) (after.rss - self->before.rss - (get_held (self) - self->held_before)) / (1 << 20);
  files = g_strdup_printf ("%u files (%u before), %u threads (%u before)", after.n_files, self->before.n_files, after.n_threads, self->before.n_threads);
  memory = g_strdup_printf ("%.1f MiB, %+.1f MiB since the warm-up beyond what the histories hold", (double) after.rss / (1 << 20), growth);
  work = g_strdup_printf ("%.1f %% of a core", 100.0 * (double) after.cpu_us / (double) (g_get_monotonic_time () - self->start_us));

  check (after.n_files <= self->before.n_files + MAX_MORE_FILES && after.n_threads <= self->before.n_threads, "files and threads", files);
  check (!is_strict || growth <= MAX_GROWTH_MIB, "memory", memory);
  check (!is_strict || (late <= MAX_LATE_MS && late_p99 <= MAX_LATE_P99_MS), "main loop", loop);
  g_print ("# work: %s\n", work);
}

static void
check_recording (Soak  *self,
                 guint  i)
{
  g_auto (SyRecorderStatus) status = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("recording %u", i + 1);
  g_autofree char *detail = NULL;
  gboolean is_whole;

  if (!sy_session_stop_recording (self->sessions[i], &error))
    {
      check (FALSE, name, error->message);
      return;
    }

  sy_recorder_get_status (self->recorders[i], &status);
  is_whole = status.n_expected == status.n_recorded + status.n_gaps && status.n_recorded > 0;
  detail = g_strdup_printf ("%" G_GUINT64_FORMAT " answers = %" G_GUINT64_FORMAT " recorded + %" G_GUINT64_FORMAT " gaps, %.1f bytes each",
                            status.n_expected, status.n_recorded, status.n_gaps, (double) status.size / (double) MAX (1, status.n_recorded));
  check (is_whole, name, detail);
}

static void
clear (Soak *self)
{
  for (guint i = 0; i < N_LANES; i++)
    sy_soak_lane_free (self->lanes[i]);
  for (guint i = 0; i < G_N_ELEMENTS (self->sessions); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%u.steelyard", self->directory, i);

      g_object_unref (self->recorders[i]);
      g_object_unref (self->sessions[i]);
      g_unlink (path);
    }
  g_rmdir (self->directory);
  sy_soak_pulse_free (self->pulse);
  g_main_loop_unref (self->loop);
  g_output_stream_close (g_subprocess_get_stdin_pipe (self->server), NULL, NULL);
  g_subprocess_wait (self->server, NULL, NULL);
  g_object_unref (self->output);
  g_object_unref (self->server);
  g_free (self->directory);
  g_free (self->prometheus);
  g_free (self->url);
}

int
main (int    argc,
      char **argv)
{
  Soak self = { 0 };
  const gint64 seconds = argc > 2 ? g_ascii_strtoll (argv[2], NULL, 10) : DEFAULT_S;
  guint tick;

  if (argc < 2 || seconds < WARM_UP_S + CALM_S)
    {
      g_printerr ("usage: soak SERVER [SECONDS], %d or more\n", WARM_UP_S + CALM_S);
      return 2;
    }

  sy_memory_init ();
  sy_random_init (&self.random, SEED, 0);
  self.directory = g_dir_make_tmp ("steelyard-soak-XXXXXX", NULL);
  self.loop = g_main_loop_new (NULL, FALSE);
  start_server (&self, argv[1]);
  start_sessions (&self);
  self.pulse = sy_soak_pulse_new ();
  self.start_us = g_get_monotonic_time ();
  self.end_us = self.start_us + seconds * SY_USEC_PER_SEC;
  tick = g_timeout_add (TICK_MS, tick_cb, &self);
  g_main_loop_run (self.loop);
  g_source_remove (tick);

  check_lanes (&self);
  check_usage (&self, g_strcmp0 (g_getenv ("SOAK_STRICT"), "1") == 0);
  for (guint i = 0; i < G_N_ELEMENTS (self.sessions); i++)
    check_recording (&self, i);
  g_print ("1..%u\n", n_checks);
  clear (&self);
  return n_failed > 0 ? 1 : 0;
}
