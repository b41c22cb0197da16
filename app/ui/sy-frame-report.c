/* sy-frame-report.c: what drawing costs, measured by the program itself
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-frame-report.h"

#include <math.h>
#include <time.h>

struct _SyFrameReport
{
  GObject parent_instance;

  GtkWidget     *window; /* weak, nullable */
  GdkFrameClock *clock;  /* owned, nullable: the window is not realized */
  GArray        *frames; /* owned, element-type double: seconds */
  gint64         start_us;
  gboolean       in_frame;
  double         frame_cpu;  /* of this thread when the frame began */
  double         process_start;
};

G_DEFINE_FINAL_TYPE (SyFrameReport, sy_frame_report, G_TYPE_OBJECT)

static double
cpu_seconds (clockid_t clock)
{
  struct timespec now;

  if (clock_gettime (clock, &now) != 0)
    return 0;

  return (double) now.tv_sec + (double) now.tv_nsec * 1e-9;
}

static void
before_cb (GdkFrameClock *clock,
           SyFrameReport *self)
{
  self->in_frame = TRUE;
  self->frame_cpu = cpu_seconds (CLOCK_THREAD_CPUTIME_ID);
}

static void
after_cb (GdkFrameClock *clock,
          SyFrameReport *self)
{
  double seconds;

  if (!self->in_frame)
    return;

  seconds = cpu_seconds (CLOCK_THREAD_CPUTIME_ID) - self->frame_cpu;
  g_array_append_val (self->frames, seconds);
  self->in_frame = FALSE;
}

static void
unwatch (SyFrameReport *self)
{
  if (self->clock != NULL)
    g_signal_handlers_disconnect_by_data (self->clock, self);
  g_clear_object (&self->clock);
  self->in_frame = FALSE;
}

static void
watch (SyFrameReport *self)
{
  unwatch (self);
  if (self->window == NULL || !gtk_widget_get_realized (self->window))
    return;

  self->clock = g_object_ref (gtk_widget_get_frame_clock (self->window));
  g_signal_connect (self->clock, "before-paint", G_CALLBACK (before_cb), self);
  g_signal_connect_after (self->clock, "after-paint", G_CALLBACK (after_cb), self);
}

static void
sy_frame_report_dispose (GObject *object)
{
  SyFrameReport *self = SY_FRAME_REPORT (object);

  unwatch (self);
  if (self->window != NULL)
    g_signal_handlers_disconnect_by_data (self->window, self);
  g_clear_weak_pointer (&self->window);

  G_OBJECT_CLASS (sy_frame_report_parent_class)->dispose (object);
}

static void
sy_frame_report_finalize (GObject *object)
{
  g_array_unref (SY_FRAME_REPORT (object)->frames);

  G_OBJECT_CLASS (sy_frame_report_parent_class)->finalize (object);
}

static void
sy_frame_report_class_init (SyFrameReportClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sy_frame_report_dispose;
  G_OBJECT_CLASS (klass)->finalize = sy_frame_report_finalize;
}

static void
sy_frame_report_init (SyFrameReport *self)
{
  self->frames = g_array_new (FALSE, FALSE, sizeof (double));
}

SyFrameReport *
sy_frame_report_new (GtkWidget *window)
{
  SyFrameReport *self = g_object_new (SY_TYPE_FRAME_REPORT, NULL);

  g_set_weak_pointer (&self->window, window);
  g_signal_connect_object (window, "realize", G_CALLBACK (watch), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (window, "unrealize", G_CALLBACK (unwatch), self, G_CONNECT_SWAPPED);
  watch (self);
  sy_frame_report_reset (self);

  return self;
}

void
sy_frame_report_reset (SyFrameReport *self)
{
  g_return_if_fail (SY_IS_FRAME_REPORT (self));

  g_array_set_size (self->frames, 0);
  self->in_frame = FALSE;
  self->start_us = g_get_monotonic_time ();
  self->process_start = cpu_seconds (CLOCK_PROCESS_CPUTIME_ID);
}

guint
sy_frame_report_get_n (SyFrameReport *self)
{
  g_return_val_if_fail (SY_IS_FRAME_REPORT (self), 0);

  return self->frames->len;
}

static gint
compare (gconstpointer a,
         gconstpointer b)
{
  const double *one = a;
  const double *other = b;

  return (*one > *other) - (*one < *other);
}

double
sy_frame_report_get_quantile (SyFrameReport *self,
                              double         share)
{
  g_autoptr (GArray) sorted = NULL;
  guint rank;

  g_return_val_if_fail (SY_IS_FRAME_REPORT (self), (double) NAN);

  if (self->frames->len == 0)
    return (double) NAN;

  sorted = g_array_copy (self->frames);
  g_array_sort (sorted, compare);
  rank = (guint) ceil (CLAMP (share, 0, 1) * sorted->len);
  return g_array_index (sorted, double, MAX (rank, 1) - 1);
}

char *
sy_frame_report_to_text (SyFrameReport *self)
{
  double seconds;

  g_return_val_if_fail (SY_IS_FRAME_REPORT (self), NULL);

  seconds = (double) (g_get_monotonic_time () - self->start_us) / G_USEC_PER_SEC;
  if (self->frames->len == 0)
    return g_strdup_printf ("no frame in %.1f s", seconds);

  return g_strdup_printf ("%u frames in %.1f s; main thread a frame: median %.2f ms, p99 %.2f ms, longest %.2f ms; "
                          "process: %.1f %% of a core",
                          self->frames->len, seconds,
                          sy_frame_report_get_quantile (self, 0.5) * 1e3,
                          sy_frame_report_get_quantile (self, 0.99) * 1e3,
                          sy_frame_report_get_quantile (self, 1) * 1e3,
                          (cpu_seconds (CLOCK_PROCESS_CPUTIME_ID) - self->process_start) / seconds * 100);
}
