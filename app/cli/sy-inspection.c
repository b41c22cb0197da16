/* sy-inspection.c: everything `inspect` has found out about one body
 *
 * JSON names families and samples as the reference parser does: counters by the
 * OpenMetrics name, whatever the text said, and in text format a sample that no
 * TYPE or HELP line mentions is a family of its own. Signals name the metric as
 * the target spells it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include "sy-inspection.h"

#include <math.h>

#include "sy-command.h"
#include "sy-json.h"
#include "sy-text.h"

/* One family as it is listed, with its samples. */
typedef struct
{
  const SyFamily *family;  /* borrowed */
  GPtrArray      *samples; /* owned, element-type SySample (borrowed) */
  guint           line;
} Listed;

static void
listed_free (gpointer data)
{
  Listed *self = data;

  g_ptr_array_unref (self->samples);
  g_free (self);
}

static Listed *
listed_new (const SyFamily *family,
            guint           line)
{
  Listed *self = g_new0 (Listed, 1);

  self->family = family;
  self->samples = g_ptr_array_new ();
  self->line = line;

  return self;
}

static int
compare_listed (gconstpointer a,
                gconstpointer b)
{
  const Listed *first = *(const Listed * const *) a;
  const Listed *second = *(const Listed * const *) b;

  return (first->line > second->line) - (first->line < second->line);
}

/* Returns: (transfer full) (element-type Listed): in the order of the body */
static GPtrArray *
list_families (const SyExposition *exposition)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (listed_free);
  gboolean splits = sy_exposition_get_format (exposition) == SY_FORMAT_PROMETHEUS;
  guint n_families, n_samples;
  const SyFamily *families = sy_exposition_get_families (exposition, &n_families);
  const SySample *samples = sy_exposition_get_samples (exposition, &n_samples);
  g_autofree Listed **by_family = g_new0 (Listed *, n_families + 1);

  for (guint i = 0; i < n_families; i++)
    if (families[i].declared || !splits)
      {
        by_family[i] = listed_new (&families[i], families[i].line);
        g_ptr_array_add (list, by_family[i]);
      }

  for (guint i = 0; i < n_samples; i++)
    {
      Listed *listed = by_family[samples[i].family];

      if (listed == NULL)
        {
          listed = listed_new (&families[samples[i].family], samples[i].line);
          g_ptr_array_add (list, listed);
        }
      g_ptr_array_add (listed->samples, (gpointer) &samples[i]);
    }

  g_ptr_array_sort (list, compare_listed);

  return list;
}

static void
write_labels (SyJsonWriter   *writer,
              const SySeries *series)
{
  sy_json_writer_key (writer, "labels");
  sy_json_writer_begin_object (writer);
  for (guint i = 0; i < series->n_labels; i++)
    sy_json_writer_member_string (writer, series->labels[i].name, series->labels[i].value);
  sy_json_writer_end_object (writer);
}

static void
write_timestamp (SyJsonWriter *writer,
                 double        timestamp)
{
  if (isnan (timestamp))
    sy_json_writer_member_null (writer, "timestamp");
  else
    sy_json_writer_member_double (writer, "timestamp", timestamp);
}

static void
write_sample (SyJsonWriter       *writer,
              const SyExposition *exposition,
              const SySample     *sample,
              const SyFamily     *family)
{
  g_autofree char *name = sy_sample_dup_canonical_name (sample, family);
  const SyExemplar *exemplar = sample->exemplar >= 0 ? sy_exposition_get_exemplar (exposition, sample->exemplar) : NULL;

  sy_json_writer_begin_object (writer);
  sy_json_writer_member_string (writer, "name", name);
  write_labels (writer, sample->series);
  sy_json_writer_member_double (writer, "value", sample->value);
  write_timestamp (writer, sample->timestamp);

  if (exemplar == NULL)
    {
      sy_json_writer_member_null (writer, "exemplar");
    }
  else
    {
      sy_json_writer_key (writer, "exemplar");
      sy_json_writer_begin_object (writer);
      write_labels (writer, exemplar->labels_series);
      sy_json_writer_member_double (writer, "value", exemplar->value);
      write_timestamp (writer, exemplar->timestamp);
      sy_json_writer_end_object (writer);
    }
  sy_json_writer_end_object (writer);
}

static void
write_families (SyJsonWriter       *writer,
                const SyExposition *exposition)
{
  g_autoptr (GPtrArray) list = exposition != NULL ? list_families (exposition) : g_ptr_array_new ();

  sy_json_writer_key (writer, "families");
  sy_json_writer_begin_array (writer);
  for (guint i = 0; i < list->len; i++)
    {
      const Listed *listed = g_ptr_array_index (list, i);
      g_autofree char *name = sy_family_dup_canonical_name (listed->family);

      sy_json_writer_begin_object (writer);
      sy_json_writer_member_string (writer, "name", name);
      sy_json_writer_member_string (writer, "type", sy_metric_type_nick (listed->family->type));
      sy_json_writer_member_string (writer, "unit", listed->family->unit);
      sy_json_writer_member_string (writer, "help", listed->family->help);
      sy_json_writer_key (writer, "samples");
      sy_json_writer_begin_array (writer);
      for (guint j = 0; j < listed->samples->len; j++)
        write_sample (writer, exposition, g_ptr_array_index (listed->samples, j), listed->family);
      sy_json_writer_end_array (writer);
      sy_json_writer_end_object (writer);
    }
  sy_json_writer_end_array (writer);
}

static void
write_signals (SyJsonWriter    *writer,
               const SyMapping *mapping)
{
  sy_json_writer_key (writer, "signals");
  sy_json_writer_begin_array (writer);
  for (guint i = 0; mapping != NULL && i < sy_mapping_get_n_signals (mapping); i++)
    {
      const SySignal *signal = sy_mapping_get_signal (mapping, i);

      sy_json_writer_begin_object (writer);
      sy_json_writer_member_string (writer, "role", signal->role);
      sy_json_writer_member_string (writer, "metric", signal->metric);
      sy_json_writer_member_string (writer, "type", sy_metric_type_nick (signal->type));
      sy_json_writer_member_string (writer, "unit", signal->unit);
      sy_json_writer_member_string (writer, "how", sy_how_nick (signal->how));
      sy_json_writer_end_object (writer);
    }
  sy_json_writer_end_array (writer);
}

static void
write_findings (SyJsonWriter    *writer,
                const GPtrArray *findings)
{
  sy_json_writer_key (writer, "findings");
  sy_json_writer_begin_array (writer);
  for (guint i = 0; i < findings->len; i++)
    {
      const SyFinding *finding = g_ptr_array_index (findings, i);

      sy_json_writer_begin_object (writer);
      sy_json_writer_member_string (writer, "severity", sy_severity_nick (finding->severity));
      sy_json_writer_member_int (writer, "line", finding->line);
      sy_json_writer_member_int (writer, "column", finding->column);
      sy_json_writer_member_string (writer, "code", finding->code);
      sy_json_writer_member_string (writer, "message", finding->message);
      sy_json_writer_end_object (writer);
    }
  sy_json_writer_end_array (writer);
}

static void
write_traps (SyJsonWriter    *writer,
             const GPtrArray *traps)
{
  sy_json_writer_key (writer, "traps");
  sy_json_writer_begin_array (writer);
  for (guint i = 0; traps != NULL && i < traps->len; i++)
    {
      const SyTrap *trap = g_ptr_array_index (traps, i);

      sy_json_writer_begin_object (writer);
      sy_json_writer_member_string (writer, "code", trap->code);
      sy_json_writer_member_string (writer, "metric", trap->metric);
      sy_json_writer_member_string (writer, "message", trap->message);
      sy_json_writer_member_string (writer, "fix", trap->fix);
      sy_json_writer_end_object (writer);
    }
  sy_json_writer_end_array (writer);
}

static void
write_warnings (SyJsonWriter *writer,
                GStrv         warnings)
{
  sy_json_writer_key (writer, "warnings");
  sy_json_writer_begin_array (writer);
  for (guint i = 0; warnings != NULL && warnings[i] != NULL; i++)
    sy_json_writer_string (writer, warnings[i]);
  sy_json_writer_end_array (writer);
}

static void
write_recognised (SyJsonWriter    *writer,
                  const SyMapping *mapping)
{
  sy_json_writer_member_string (writer, "exporter", mapping != NULL ? sy_mapping_get_exporter (mapping) : NULL);
  sy_json_writer_member_string (writer, "runtime", mapping != NULL ? sy_mapping_get_runtime (mapping) : NULL);
  sy_json_writer_member_string (writer, "framework", mapping != NULL ? sy_mapping_get_framework (mapping) : NULL);
  sy_json_writer_member_bool (writer, "unconfirmed", mapping != NULL && sy_mapping_is_unconfirmed (mapping));
}

/* "name     value", escaped; "–" for what is not known. */
static void
append_fact (GString    *text,
             const char *name,
             const char *value)
{
  g_autofree char *safe = value != NULL ? sy_tty_escape (value, -1) : g_strdup ("–");

  g_string_append_printf (text, "%-10s %s\n", name, safe);
}

/* What a reading is made of comes first. */
static guint
role_rank (const SySignal *signal)
{
  static const char * const roles[] = {
    "requests", "responses", "errors", "duration", "inflight", "queue", "workers", "workers_busy", "cpu", "rss",
    "loop_lag", "loop_util", "threads", "start_time",
  };
  guint rank = 0;

  while (rank < G_N_ELEMENTS (roles) && g_strcmp0 (roles[rank], signal->role) != 0)
    rank++;

  return rank;
}

static int
compare_signals (gconstpointer a,
                 gconstpointer b)
{
  guint first = role_rank (*(const SySignal * const *) a);
  guint second = role_rank (*(const SySignal * const *) b);

  return (first > second) - (first < second);
}

static void
append_signals (GString         *text,
                const SyMapping *mapping)
{
  guint n = sy_mapping_get_n_signals (mapping);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  int role_width = 4, metric_width = 6;

  if (n == 0)
    {
      g_string_append (text, "\nNo metric was recognised.\n");
      return;
    }

  for (guint i = 0; i < n; i++)
    {
      const SySignal *signal = sy_mapping_get_signal (mapping, i);

      role_width = MAX (role_width, (int) g_utf8_strlen (signal->role, -1));
      metric_width = CLAMP ((int) g_utf8_strlen (signal->metric, -1), metric_width, 72);
      g_ptr_array_add (sorted, (gpointer) signal);
    }
  g_ptr_array_sort (sorted, compare_signals);

  g_string_append_printf (text, "\n%-*s  %-*s  %-9s  %-10s  %s\n", role_width, "ROLE", metric_width, "METRIC", "TYPE", "UNIT", "HOW");
  for (guint i = 0; i < n; i++)
    {
      const SySignal *signal = g_ptr_array_index (sorted, i);
      g_autofree char *metric = sy_tty_escape (signal->metric, -1);
      g_autofree char *unit = sy_tty_escape (signal->unit, -1);

      g_string_append_printf (text, "%-*s  %-*s  %-9s  %-10s  %s\n", role_width, signal->role, metric_width, metric,
                              sy_metric_type_nick (signal->type), unit, sy_how_nick (signal->how));
    }
}

static void
append_findings (GString         *text,
                 const GPtrArray *findings)
{
  if (findings->len > 0)
    g_string_append_printf (text, "\nFindings (%u), line:column\n", findings->len);

  for (guint i = 0; i < findings->len; i++)
    {
      const SyFinding *finding = g_ptr_array_index (findings, i);
      g_autofree char *message = sy_tty_escape (finding->message, -1);

      g_string_append_printf (text, "  %-7s  %u:%u  %s: %s\n", sy_severity_nick (finding->severity),
                              finding->line, finding->column, finding->code, message);
    }
}

/* What several metrics share is said once. */
static void
append_traps (GString         *text,
              const GPtrArray *traps)
{
  if (traps->len > 0)
    g_string_append_printf (text, "\nTraps (%u)\n", traps->len);

  for (guint i = 0; i < traps->len; i++)
    {
      const SyTrap *trap = g_ptr_array_index (traps, i);
      gboolean is_told = FALSE;

      for (guint j = 0; j < i && !is_told; j++)
        is_told = g_str_equal (((const SyTrap *) g_ptr_array_index (traps, j))->message, trap->message);
      if (is_told)
        continue;

      g_string_append_printf (text, "  %s: %s. %s.\n", trap->code, trap->message, trap->fix);
      for (guint j = i; j < traps->len; j++)
        {
          const SyTrap *other = g_ptr_array_index (traps, j);
          g_autofree char *metric = sy_tty_escape (other->metric, -1);

          if (*metric != '\0' && g_str_equal (other->message, trap->message))
            g_string_append_printf (text, "    %s\n", metric);
        }
    }
}

static void
append_warnings (GString *text,
                 GStrv    warnings)
{
  if (warnings == NULL || warnings[0] == NULL)
    return;

  g_string_append_printf (text, "\nThe server warns (%u)\n", g_strv_length (warnings));
  for (guint i = 0; warnings[i] != NULL; i++)
    {
      g_autofree char *shown = sy_display_text (warnings[i], -1, SY_DISPLAY_TEXT_MAX);

      g_string_append_printf (text, "  %s\n", shown);
    }
}

static const char *
format_name (const SyInspection *self)
{
  if (self->format != NULL || self->exposition == NULL)
    return self->format;

  return sy_format_nick (sy_exposition_get_format (self->exposition));
}

static gsize
count_bytes (const SyInspection *self)
{
  return self->body != NULL ? g_bytes_get_size (self->body) : self->pushed_bytes;
}

void
sy_inspection_clear (SyInspection *self)
{
  g_clear_pointer (&self->source, g_free);
  g_clear_pointer (&self->content_type, g_free);
  g_clear_pointer (&self->served_by, g_free);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->later_body, g_bytes_unref);
  g_clear_pointer (&self->traps, g_ptr_array_unref);
  g_clear_pointer (&self->exposition, sy_exposition_unref);
  g_clear_pointer (&self->mapping, sy_mapping_unref);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->warnings, g_strfreev);
}

char *
sy_inspection_to_json (const SyInspection *self)
{
  g_autoptr (SyJsonWriter) writer = sy_json_writer_new ();

  sy_json_writer_begin_object (writer);
  sy_json_writer_member_string (writer, "schema", "steelyard.inspect/1");
  sy_json_writer_member_string (writer, "source", self->source);
  sy_json_writer_member_string (writer, "format", format_name (self));
  sy_json_writer_member_string (writer, "content_type", self->content_type);
  sy_json_writer_member_int (writer, "bytes", (gint64) count_bytes (self));
  write_recognised (writer, self->mapping);
  sy_json_writer_member_string (writer, "served_by", self->served_by);
  write_families (writer, self->exposition);
  write_signals (writer, self->mapping);
  write_findings (writer, self->findings);
  write_traps (writer, self->traps);
  write_warnings (writer, self->warnings);
  sy_json_writer_end_object (writer);

  return sy_json_writer_finish (writer);
}

char *
sy_inspection_to_text (const SyInspection *self)
{
  GString *text = g_string_new (NULL);
  guint n_families, n_samples;
  g_autofree char *bytes = sy_command_count (count_bytes (self), "byte", "bytes");
  g_autofree char *families = NULL;
  g_autofree char *samples = NULL;
  g_autofree char *sizes = NULL;

  sy_exposition_get_families (self->exposition, &n_families);
  sy_exposition_get_samples (self->exposition, &n_samples);
  families = sy_command_count (n_families, "family", "families");
  samples = sy_command_count (n_samples, "sample", "samples");
  sizes = g_strdup_printf ("%s, %s, %s", bytes, families, samples);

  append_fact (text, "source", self->source);
  append_fact (text, "format", format_name (self));
  append_fact (text, "type", self->content_type);
  append_fact (text, "body", sizes);
  append_fact (text, "exporter", sy_mapping_get_exporter (self->mapping));
  if (sy_mapping_is_unconfirmed (self->mapping))
    g_string_append (text, "           its names are from its documentation; no answer of one has been compared yet\n");
  append_fact (text, "runtime", sy_mapping_get_runtime (self->mapping));
  append_fact (text, "framework", sy_mapping_get_framework (self->mapping));
  append_fact (text, "served by", self->served_by);
  append_signals (text, self->mapping);
  append_findings (text, self->findings);
  append_traps (text, self->traps);
  append_warnings (text, self->warnings);
  g_string_truncate (text, text->len - 1);

  return g_string_free (text, FALSE);
}
