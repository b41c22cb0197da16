/* sy-verdict-json.c: the parts of a verdict in steelyard.decision/1
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-report"

#include "config.h"

#include "sy-verdict-json.h"

#include <math.h>

void
sy_effect_write_json (const SyEffect *self,
                      const char     *key,
                      SyJsonWriter   *w)
{
  sy_json_writer_key (w, key);
  sy_json_writer_begin_object (w);
  sy_json_writer_member_string (w, "state", sy_verdict_state_code (self->state));
  sy_json_writer_member_string (w, "detail", sy_verdict_state_nick (self->state));
  sy_json_writer_member_int (w, "windows", self->n_windows);
  sy_json_writer_member_double (w, "ratio", self->ratio);
  sy_json_writer_member_interval (w, "interval", self->low, self->high);
  sy_json_writer_member_string (w, "basis", sy_load_basis_nick (self->basis));
  if (isnan (self->load[0]))
    sy_json_writer_member_null (w, "load");
  else
    sy_json_writer_member_interval (w, "load", self->load[0], self->load[1]);
  sy_json_writer_end_object (w);
}

void
sy_gate_write_json (const SyGate *self,
                    SyJsonWriter *w)
{
  static const char *const effects[] = {
    [SY_GATE_PASSED] = "passed",
    [SY_GATE_NOTICE] = "notice",
    [SY_GATE_WITHHOLD] = "withhold",
    [SY_GATE_REFUSE] = "refuse",
  };

  sy_json_writer_begin_object (w);
  sy_json_writer_member_string (w, "code", self->name);
  sy_json_writer_member_bool (w, "ok", self->effect == SY_GATE_PASSED);
  sy_json_writer_member_string (w, "effect", effects[self->effect]);
  if (!isnan (self->value))
    sy_json_writer_member_double (w, "value", self->value);
  if (!isnan (self->limit))
    sy_json_writer_member_double (w, "limit", self->limit);
  sy_json_writer_member_string (w, "message", self->message);
  sy_json_writer_member_string (w, "evidence", self->evidence);
  sy_json_writer_member_string (w, "remedy", self->remedy);
  sy_json_writer_end_object (w);
}
