/* sy-exposition-lint.c: what the specification says of a body that we accepted
 *
 * The tolerant parser goes first; a body that it refuses has that one finding.
 * The rules then look at the lines (spelling, metadata) and at the samples
 * (names, values, groups). Sources: the OpenMetrics 1.0 specification, and
 * "Exposition formats" of the Prometheus documentation together with what its
 * own strict reader refuses.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "sy-wire"

#include "config.h"

#include "sy-exposition-lint.h"

#include <stdlib.h>

#include "sy-error.h"
#include "sy-exposition-private.h"
#include "sy-lint.h"
#include "sy-otlp-request.h"
#include "sy-scanner.h"

/* Who has a thousand findings has one cause. */
#define MAX_FINDINGS 1000

void
sy_finding_free (SyFinding *self)
{
  g_free (self->message);
  g_free (self);
}

const char *
sy_severity_nick (SySeverity severity)
{
  static const char *const nicks[] = {
    [SY_FINDING_INFO] = "info",
    [SY_FINDING_WARNING] = "warning",
    [SY_FINDING_ERROR] = "error",
  };

  return nicks[severity];
}

/* Takes @message. */
static SyFinding *
new_finding (SySeverity  severity,
             guint       line,
             guint       column,
             const char *code,
             char       *message)
{
  SyFinding *finding = g_new (SyFinding, 1);

  *finding = (SyFinding) { severity, line, column, code, message };
  return finding;
}

static void
add_finding (GPtrArray  *findings,
             SySeverity  severity,
             guint       line,
             guint       column,
             const char *code,
             char       *message)
{
  g_ptr_array_add (findings, new_finding (severity, line, column, code, message));
}

void
sy_lint_add (SyLint           *self,
             SySeverity        severity,
             const SyLintLine *line,
             const char       *place,
             const char       *code,
             const char       *format,
             ...)
{
  guint   column = place != NULL ? (guint) (place - line->start) + 1 : 0;
  va_list args;

  va_start (args, format);
  add_finding (self->findings, severity, line->line, column, code, g_strdup_vprintf (format, args));
  va_end (args);
}

void
sy_lint_add_sample (SyLint         *self,
                    SySeverity      severity,
                    const SySample *sample,
                    const char     *code,
                    const char     *format,
                    ...)
{
  va_list args;

  va_start (args, format);
  add_finding (self->findings, severity, sample->line, 0, code, g_strdup_vprintf (format, args));
  va_end (args);
}

void
sy_lint_check_byte_order_mark (SyLint           *self,
                               const SyLintLine *line)
{
  if (sy_skip_byte_order_mark (line->start, line->end) != line->start)
    sy_lint_add (self, SY_FINDING_ERROR, line, line->start, "byte-order-mark", "a byte order mark");
}

SySeverity
sy_lint_get_strictness (const SyLint *self)
{
  return self->format == SY_FORMAT_OPENMETRICS ? SY_FINDING_ERROR : SY_FINDING_WARNING;
}

/* @fault says more than the code of @error; nullable. */
static SyFinding *
new_for_error (const GError *error,
               const char   *fault)
{
  const char *message = error->message;
  char       *end;
  guint       line = (guint) strtoul (message, &end, 10);
  guint       column = 0;

  if (*end == ':')
    column = (guint) strtoul (end + 1, &end, 10);
  if (column > 0 && g_str_has_prefix (end, ": "))
    message = end + 2;
  else
    line = column = 0;

  return new_finding (SY_FINDING_ERROR, line, column, fault != NULL ? fault : sy_error_nick (error), g_strdup (message));
}

SyFinding *
sy_finding_new_for_error (const GError *error)
{
  return new_for_error (error, NULL);
}

static int
compare_findings (gconstpointer a,
                  gconstpointer b)
{
  const SyFinding *left = *(SyFinding *const *) a;
  const SyFinding *right = *(SyFinding *const *) b;

  if (left->line != right->line)
    return left->line < right->line ? -1 : 1;

  return (left->column > right->column) - (left->column < right->column);
}

static void
check_text (GPtrArray          *findings,
            GBytes             *body,
            const SyExposition *exposition)
{
  SyLint lint = {
    .format = sy_exposition_get_format (exposition),
    .exposition = exposition,
    .lines = g_array_new (FALSE, FALSE, sizeof (SyLintLine)),
    .findings = findings,
  };

  lint.families = sy_exposition_get_families (exposition, &lint.n_families);
  lint.samples = sy_exposition_get_samples (exposition, &lint.n_samples);
  sy_lint_read_lines (&lint, body);

  if (lint.format == SY_FORMAT_OPENMETRICS)
    sy_lint_check_openmetrics_spelling (&lint);
  else
    sy_lint_check_text_spelling (&lint);

  sy_lint_check_metadata (&lint);
  sy_lint_check_samples (&lint);
  sy_lint_check_groups (&lint);
  g_array_unref (lint.lines);
}

/* A push says which of its points cannot be taken. */
static void
check_push (GPtrArray *findings,
            GBytes    *body)
{
  g_autoptr (SyOtlpRequest) request = sy_otlp_request_parse (body, NULL, NULL);
  const char *why = NULL;
  const guint n = request != NULL ? sy_otlp_request_get_n_rejected (request, &why) : 0;

  if (n > 0)
    add_finding (findings, SY_FINDING_ERROR, 0, 0, "rejected-points",
                 g_strdup_printf ("data points that cannot be taken: %u, the first: %s", n, why));
}

static const char *
find_fault (GBytes   *body,
            SyFormat  format)
{
  if (format == SY_FORMAT_AUTO)
    format = sy_exposition_detect (NULL, body);

  return format == SY_FORMAT_PROMETHEUS || format == SY_FORMAT_OPENMETRICS ? sy_exposition_find_fault (body, format) : NULL;
}

GPtrArray *
sy_exposition_lint (GBytes   *body,
                    SyFormat  format)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_finding_free);
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  g_autoptr (SyExposition) exposition = NULL;
  g_autoptr (GError) error = NULL;

  exposition = sy_exposition_parse (body, format, NULL, table, &error);

  if (exposition == NULL)
    g_ptr_array_add (findings, new_for_error (error, find_fault (body, format)));
  else if (sy_exposition_get_format (exposition) == SY_FORMAT_OTLP)
    check_push (findings, body);
  else if (sy_exposition_get_format (exposition) != SY_FORMAT_JSON)
    check_text (findings, body, exposition);

  g_ptr_array_sort (findings, compare_findings);

  if (findings->len > MAX_FINDINGS)
    {
      guint n_more = findings->len - MAX_FINDINGS;

      g_ptr_array_set_size (findings, MAX_FINDINGS);
      add_finding (findings, SY_FINDING_ERROR, 0, 0, "too-many-findings",
                   g_strdup_printf ("%u more findings are not listed", n_more));
    }

  return findings;
}
