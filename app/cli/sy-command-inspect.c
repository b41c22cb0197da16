/* sy-command-inspect.c: steelyard-cli inspect, what is it and what does it say
 *
 * One body from a URL, a file or standard input, parsed as the program parses
 * it, with what was recognised in it and what the specification says of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <string.h>
#include <unistd.h>

#include "sy-auth-options.h"
#include "sy-command.h"
#include "sy-datadir.h"
#include "sy-error.h"
#include "sy-gunzip.h"
#include "sy-inspect-otlp.h"
#include "sy-http-source.h"
#include "sy-inspect-fetch.h"
#include "sy-inspect-prom.h"
#include "sy-inspection.h"
#include "sy-otlp-address.h"
#include "sy-prom-address.h"
#include "sy-recording-report.h"
#include "sy-target-url.h"
#include "sy-trap-watch.h"

#define WHAT "inspect"
#define PROMAPI "promapi"

static const struct {
  const char *name;
  SyFormat    format;
} formats[] = {
  { "auto", SY_FORMAT_AUTO },
  { "prometheus", SY_FORMAT_PROMETHEUS },
  { "openmetrics", SY_FORMAT_OPENMETRICS },
  { "json", SY_FORMAT_JSON },
  { "otlp", SY_FORMAT_OTLP },
};

/* What the arguments ask for. */
typedef struct
{
  SyFormat      format;
  gboolean      strict;
  gint64        again_us; /* 0: one scrape is enough */
  gboolean      is_prom;  /* the Prometheus API's answers, not a scrape */
  SyAuthOptions auth;     /* owned */
} Request;

static void
request_clear (Request *self)
{
  sy_auth_options_clear (&self->auth);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Request, request_clear)

static gboolean
parse_format (const char *name,
              SyFormat   *ret)
{
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (name == NULL || strcmp (formats[i].name, name) == 0)
      {
        *ret = formats[i].format;
        return TRUE;
      }

  return FALSE;
}

/* Reads to the end, but no more than a scrape may have.
 * Returns: (transfer full) */
static GBytes *
read_stream (GInputStream  *stream,
             GError       **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 buffer[65536];
  gssize n;

  while ((n = g_input_stream_read (stream, buffer, sizeof buffer, NULL, error)) > 0)
    {
      g_byte_array_append (bytes, buffer, (guint) n);
      if (bytes->len > SY_HTTP_LIMITS_DEFAULT.max_body_bytes)
        {
          g_autofree char *limit = g_format_size (SY_HTTP_LIMITS_DEFAULT.max_body_bytes);

          g_set_error (error, SY_ERROR, SY_ERROR_BODY_TOO_LARGE, "more than %s", limit);
          return NULL;
        }
    }

  return n < 0 ? NULL : g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/* A saved body may still be packed. */
static GBytes *
unpack (GBytes  *body,
        GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (body, &length);

  if (length < 2 || data[0] != 0x1f || data[1] != 0x8b)
    return g_bytes_ref (body);

  return sy_gunzip (body, SY_HTTP_LIMITS_DEFAULT.max_body_bytes, error);
}

static GBytes *
read_local (const char  *source,
            GError     **error)
{
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GBytes) body = NULL;

  if (strcmp (source, "-") == 0)
    {
      stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);
    }
  else
    {
      g_autoptr (GFile) file = g_file_new_for_path (source);

      stream = G_INPUT_STREAM (g_file_read (file, NULL, error));
      if (stream == NULL)
        return NULL;
    }

  body = read_stream (stream, error);

  return body != NULL ? unpack (body, error) : NULL;
}

/* Fills the source, the content type and the bodies. */
static gboolean
read_url (const char    *address,
          const Request *request,
          SyInspection  *inspection,
          GError       **error)
{
  /* A query of a Prometheus server is asked as it was typed. */
  g_autoptr (SyUrl) url = request->is_prom ? sy_url_parse (address, error) : sy_target_url_parse (address, error);
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (SyAccessBook) book = sy_access_book_new (clock);
  const char *const addresses[] = { address, NULL };
  const gboolean is_forced = request->is_prom || request->format != SY_FORMAT_AUTO;

  g_free (inspection->source);
  inspection->source = sy_command_dup_place (address);
  if (url == NULL)
    return FALSE;

  if (!sy_auth_options_apply (&request->auth, addresses, book, error))
    return FALSE;

  inspection->body = sy_inspect_fetch (url, book, is_forced, &inspection->content_type, &inspection->served_by, error);
  if (inspection->body == NULL)
    return FALSE;

  if (request->again_us > 0)
    {
      g_usleep ((gulong) request->again_us);
      inspection->later_body = sy_inspect_fetch (url, book, is_forced, NULL, NULL, error);
      /* Nothing is wrong with the first: there is nothing to find in it. */
      if (inspection->later_body == NULL)
        g_clear_pointer (&inspection->body, g_bytes_unref);
    }

  return inspection->body != NULL;
}

/* No option is taken and then has no effect. */
static gboolean
check_file_options (const Request  *request,
                    GError        **error)
{
  if (request->again_us > 0)
    g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID, "--again asks an address twice; a file says the same again");
  else if (sy_auth_options_are_any (&request->auth))
    g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID, "credentials and certificates are for addresses, not for files");
  else
    return TRUE;

  return FALSE;
}

static gboolean
read_source (const char    *source,
             const Request *request,
             SyInspection  *inspection,
             GError       **error)
{
  inspection->source = g_strdup (source);

  /* What is no path and no file is taken for an address without its scheme. */
  if (strcmp (source, "-") != 0 && *source != '/' && *source != '.'
      && (strstr (source, "://") != NULL || !g_file_test (source, G_FILE_TEST_EXISTS)))
    return read_url (source, request, inspection, error);

  if (!check_file_options (request, error))
    return FALSE;

  inspection->body = read_local (source, error);

  return inspection->body != NULL;
}

/* What one scrape shows, and two, where there are two. */
static gboolean
find_traps (SySeriesTable *table,
            SyFormat       format,
            SyInspection  *inspection,
            GError       **error)
{
  g_autoptr (SyTrapWatch) watch = sy_trap_watch_new ();
  SyReading reading;

  sy_reading_init (&reading);
  sy_trap_watch_add (watch, inspection->mapping, inspection->exposition, &reading, 1);

  if (inspection->later_body != NULL)
    {
      g_autoptr (SyExposition) later = sy_exposition_parse (inspection->later_body, format, &SY_EXPOSITION_LIMITS_DEFAULT, table, error);

      if (later == NULL)
        return FALSE;
      sy_trap_watch_add (watch, inspection->mapping, later, &reading, 1);
    }

  inspection->traps = g_ptr_array_ref (sy_trap_watch_get (watch));

  return TRUE;
}

static gboolean
recognise (SyInspection  *inspection,
           GError       **error)
{
  g_autofree char *directory = sy_datadir_build_path ("recognisers", NULL);
  g_autofree char *own_directory = sy_datadir_build_own_path ("recognisers");
  g_autoptr (SyRecogniser) recogniser = sy_recogniser_new (directory, own_directory, error);

  if (recogniser == NULL)
    return FALSE;

  sy_command_warn (WHAT, sy_recogniser_get_problems (recogniser));
  inspection->mapping = sy_recogniser_match (recogniser, inspection->exposition);
  return TRUE;
}

/* What a Prometheus server says of series: asked, or saved. There is no text
 * that a specification could object to. */
static gboolean
examine_prom (const char     *source,
              const Request  *request,
              SyInspection   *inspection,
              GError        **error)
{
  gboolean is_read;

  inspection->format = PROMAPI;
  inspection->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_finding_free);
  if (request->again_us > 0)
    {
      inspection->source = sy_command_dup_place (source);
      g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID,
                           "--again is for scrapes: what a Prometheus server answers has no traps that two of them show");
      return FALSE;
    }
  if (sy_prom_address_is (source))
    {
      g_autoptr (SyClock) clock = sy_clock_new ();
      g_autoptr (SyAccessBook) book = sy_access_book_new (clock);
      const char *const addresses[] = { source, NULL };

      inspection->source = sy_command_dup_place (source);
      is_read = sy_auth_options_apply (&request->auth, addresses, book, error)
                && sy_inspect_prom_address (source, book, inspection, error);
    }
  else
    {
      is_read = read_source (source, request, inspection, error) && sy_inspect_prom_body (inspection, error);
    }

  return is_read && recognise (inspection, error)
         && find_traps (sy_exposition_get_table (inspection->exposition), SY_FORMAT_PROMETHEUS, inspection, error);
}

/* What a backend pushes is heard once; nobody can be asked again. */
static gboolean
examine_push (const char     *source,
              const Request  *request,
              SyInspection   *inspection,
              GError        **error)
{
  inspection->source = sy_command_dup_place (source);
  inspection->findings = g_ptr_array_new ();
  if (sy_auth_options_are_any (&request->auth) || request->again_us > 0)
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID, "a backend that pushes is not asked: no credential and no --again");
      return FALSE;
    }

  return sy_inspect_otlp_address (source, inspection, error) && recognise (inspection, error)
         && find_traps (sy_exposition_get_table (inspection->exposition), SY_FORMAT_OTLP, inspection, error);
}

/* An empty body is none of any format, unless somebody says which: Prometheus text
 * may be empty. */
static gboolean
examine (const Request *request,
         SyInspection  *inspection,
         GError       **error)
{
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  SyFormat format = request->format;

  if (format == SY_FORMAT_AUTO && g_bytes_get_size (inspection->body) == 0)
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_EMPTY, "1:1: the body is empty");
      return FALSE;
    }

  if (format == SY_FORMAT_AUTO)
    format = sy_exposition_detect (inspection->content_type, inspection->body);
  if (format == SY_FORMAT_AUTO)
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_FORMAT, "1:1: neither Prometheus text nor OpenMetrics nor a push of OpenTelemetry nor a snapshot");
      return FALSE;
    }

  inspection->exposition = sy_exposition_parse (inspection->body, format, &SY_EXPOSITION_LIMITS_DEFAULT, table, error);
  if (inspection->exposition == NULL || !recognise (inspection, error))
    return FALSE;

  inspection->findings = sy_exposition_lint (inspection->body, format);

  return find_traps (table, format, inspection, error);
}

/* Messages about a URL begin with it already. */
static int
fail (int                 status,
      const SyInspection *inspection,
      const char         *why)
{
  return sy_command_fail (status, WHAT, g_str_has_prefix (why, inspection->source) ? NULL : inspection->source, why);
}

/* Makes a finding of what kept the body from being examined. */
static void
add_failure (const Request *request,
             SyInspection  *inspection,
             const GError  *error)
{
  SyFormat format = request->format;

  if (format == SY_FORMAT_AUTO && !request->is_prom && !g_error_matches (error, SY_ERROR, SY_ERROR_EMPTY))
    format = sy_exposition_detect (inspection->content_type, inspection->body);

  /* The parser stopped: looked at again, it says by which rule. */
  if (inspection->exposition == NULL && format != SY_FORMAT_AUTO)
    {
      inspection->format = sy_format_nick (format);
      inspection->findings = sy_exposition_lint (inspection->body, format);
      return;
    }

  if (inspection->findings == NULL)
    inspection->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_finding_free);
  g_ptr_array_add (inspection->findings, sy_finding_new_for_error (error));
}

static const SyFinding *
first_error (const GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const SyFinding *finding = g_ptr_array_index (findings, i);

      if (finding->severity == SY_FINDING_ERROR)
        return finding;
    }

  return NULL;
}

/* Nor those for a body, which a recording is not. */
static gboolean
check_recording_options (const Request  *request,
                         GError        **error)
{
  if (request->strict)
    g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID, "--strict is for what a backend says, not for a recording: leave it out");
  else if (request->is_prom || request->format != SY_FORMAT_AUTO)
    g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID, "--format is for what a backend says, not for a recording: leave it out");
  else
    return check_file_options (request, error);

  return FALSE;
}

static int
inspect_recording (const char    *path,
                   const Request *request,
                   gboolean       json)
{
  g_autoptr (SyRecording) recording = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;

  if (!check_recording_options (request, &error))
    return sy_command_fail (SY_EXIT_USAGE, WHAT, path, error->message);

  recording = sy_recording_open (path, &error);
  if (recording == NULL)
    return sy_command_fail (SY_EXIT_FAILED, WHAT, NULL, error->message);

  output = sy_recording_report (recording, json);
  if (!sy_command_print (output))
    return SY_EXIT_OK;

  return sy_recording_check (recording, &error) ? SY_EXIT_OK : sy_command_fail (SY_EXIT_FAILED, WHAT, path, error->message);
}

int
sy_command_inspect (int    argc,
                    char **argv)
{
  g_auto (GStrv) sources = NULL;
  g_autofree char *format_name = NULL;
  g_autofree char *again = NULL;
  g_auto (Request) request = { SY_FORMAT_AUTO };
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format_name, "auto (default), prometheus, openmetrics, json, otlp or promapi", "F" },
    { "strict", 0, 0, G_OPTION_ARG_NONE, &request.strict, "Reject what the specification forbids, not only what cannot be read", NULL },
    { "again", 0, 0, G_OPTION_ARG_STRING, &again, "Ask a URL again after this time, such as 2s, for traps that only two scrapes show", "D" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "One steelyard.inspect/1 object", NULL },
    SY_AUTH_OPTION_ENTRIES (&request.auth),
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &sources, NULL, "URL|FILE|-" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (SyInspection) inspection = { NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  const SyFinding *finding;
  gboolean is_read;

  if (!sy_command_parse_options (NULL, "Says what a metrics page is and what it says.\n"
                                 "Exit status: 0 it was read; 1 it was not (with --json, a body that cannot be parsed is still\n"
                                 "printed, with the finding), or breaks a rule with --strict; 2 usage.", entries, &argc, &argv))
    return SY_EXIT_USAGE;
  if (sources == NULL || sources[1] != NULL)
    return sy_command_fail (SY_EXIT_USAGE, WHAT, NULL, "give one URL or FILE, or - for standard input");
  if (again != NULL && !sy_command_parse_duration (again, &request.again_us, &error))
    return sy_command_fail (SY_EXIT_USAGE, WHAT, NULL, error->message);
  request.is_prom = g_strcmp0 (format_name, PROMAPI) == 0 || (format_name == NULL && sy_prom_address_is (sources[0]));
  if (!request.is_prom && !parse_format (format_name, &request.format))
    return sy_command_fail (SY_EXIT_USAGE, WHAT, format_name,
                            "the format must be auto, prometheus, openmetrics, json, otlp or promapi");

  if (strcmp (sources[0], "-") != 0 && sy_recording_is_one (sources[0]))
    return inspect_recording (sources[0], &request, json);

  if (request.is_prom)
    is_read = examine_prom (sources[0], &request, &inspection, &error);
  else if (sy_otlp_address_is (sources[0]))
    is_read = examine_push (sources[0], &request, &inspection, &error);
  else
    is_read = read_source (sources[0], &request, &inspection, &error) && examine (&request, &inspection, &error);
  if (!is_read && json && inspection.body != NULL)
    {
      add_failure (&request, &inspection, error);
      output = sy_inspection_to_json (&inspection);
      sy_command_print (output);
    }
  if (!is_read)
    return fail (g_error_matches (error, SY_ERROR, SY_ERROR_INVALID) && inspection.body == NULL ? SY_EXIT_USAGE : SY_EXIT_FAILED,
                 &inspection, error->message);

  output = json ? sy_inspection_to_json (&inspection) : sy_inspection_to_text (&inspection);
  sy_command_print (output);

  finding = request.strict ? first_error (inspection.findings) : NULL;
  if (finding != NULL)
    {
      g_autofree char *why = g_strdup_printf ("%u:%u: %s", MAX (finding->line, 1), MAX (finding->column, 1), finding->message);

      return fail (SY_EXIT_FAILED, &inspection, why);
    }

  return SY_EXIT_OK;
}
