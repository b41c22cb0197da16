/* sy-verdict-text.c: a live verdict in short words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-verdict-text.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "sy-format.h"
#include "sy-verdict-words.h"

#define FULL_TILT_LOG2 2.0   /* a quarter, or four times */
#define WIDEST_LOG2 2.0      /* an interval that says nothing */

static gboolean
is_decided (const SyVerdict *self)
{
  return self->state == SY_VERDICT_A_AHEAD || self->state == SY_VERDICT_B_AHEAD || self->state == SY_VERDICT_TOO_CLOSE
         || self->state == SY_VERDICT_PRACTICALLY_EQUAL;
}

char *
sy_verdict_text_dup_title (const SyVerdict *self,
                           const char      *a,
                           const char      *b)
{
  switch (self->state)
    {
    case SY_VERDICT_A_AHEAD:
      return g_strdup_printf (_("%s is ahead at this load"), a);
    case SY_VERDICT_B_AHEAD:
      return g_strdup_printf (_("%s is ahead at this load"), b);
    case SY_VERDICT_PRACTICALLY_EQUAL:
      return g_strdup_printf (_("%s and %s are practically equal at this load"), a, b);
    case SY_VERDICT_TOO_CLOSE:
      return g_strdup_printf (_("%s and %s are too close to call"), a, b);
    case SY_VERDICT_NOT_COMPARABLE:
      return g_strdup_printf (_("%s and %s cannot be compared as they run now"), a, b);
    case SY_VERDICT_TOO_EARLY:
    default:
      return NULL;
    }
}

static char *
format_value (const SyEffect *effect,
              guint           side)
{
  return g_strcmp0 (effect->unit, "s") == 0 ? sy_format_duration (effect->value[side]) : sy_format_number (effect->value[side]);
}

/* "p95 latency 43 ms against 221 ms: 0.19 times (0.17 to 0.22)", the better or
 * the first one first. */
static char *
dup_size (const SyEffect *effect,
          gboolean        b_first)
{
  g_autofree char *first = format_value (effect, b_first ? 1 : 0);
  g_autofree char *second = format_value (effect, b_first ? 0 : 1);
  const double ratio = b_first ? 1 / effect->ratio : effect->ratio;
  const double low = b_first ? 1 / effect->high : effect->low;
  const double high = b_first ? 1 / effect->low : effect->high;

  /* Translators: what is compared ("p95 latency"), two durations, then the ratio of them and where it lies */
  return g_strdup_printf (_("%s %s against %s: %.2f times (%.2f to %.2f, valid whenever one looks)"), effect->what, first, second,
                          ratio, low, high);
}

static const SyGate *
find_effect (const SyVerdict *self,
             SyGateEffect     effect)
{
  for (guint i = 0; i < self->gates->len; i++)
    {
      const SyGate *gate = g_ptr_array_index (self->gates, i);

      if (gate->effect == effect)
        return gate;
    }

  return NULL;
}

/* What is said at equal load, when nothing may be said of one moment. */
static char *
dup_at_equal_load (const SyVerdict *self,
                   const char      *a,
                   const char      *b)
{
  g_autofree char *range = sy_verdict_load_range (&self->load);
  /* Translators: what a statement about latency rests on */
  const char *where = range != NULL ? range : _("no load was carried by both");

  switch (self->load.state)
    {
    case SY_VERDICT_A_AHEAD:
    case SY_VERDICT_B_AHEAD:
      /* Translators: a backend, "p95 latency", "96 to 412 requests/s" */
      return g_strdup_printf (_("At equal load %s is ahead in %s (%s)."), self->load.state == SY_VERDICT_A_AHEAD ? a : b,
                              self->load.what, where);
    case SY_VERDICT_PRACTICALLY_EQUAL:
      return g_strdup_printf (_("At equal load they are practically equal in %s (%s)."), self->load.what, where);
    case SY_VERDICT_TOO_CLOSE:
      return g_strdup_printf (_("At equal load they are too close to call in %s (%s)."), self->load.what, where);
    case SY_VERDICT_TOO_EARLY:
    case SY_VERDICT_NOT_COMPARABLE:
    default:
      return g_strdup ("");
    }
}

static char *
dup_refusal (const SyVerdict *self,
             const char      *a,
             const char      *b)
{
  const SyGate *gate = find_effect (self, SY_GATE_REFUSE);
  g_autofree char *equal = dup_at_equal_load (self, a, b);

  if (gate == NULL)
    return g_steal_pointer (&equal);

  /* Translators: what is the matter, the numbers, what is said at equal load (or nothing) */
  return g_strdup_printf (_("%s. %s. %s"), gate->message, gate->evidence, equal);
}

/* Why it is too early to say of the moment. */
static char *
dup_withheld (const SyVerdict *self)
{
  const SyGate *gate = find_effect (self, SY_GATE_WITHHOLD);

  if (gate == NULL)
    return g_strdup (_("No verdict yet: the first seconds of evidence are being collected."));

  /* Translators: what is missing, the numbers */
  return g_strdup_printf (_("No verdict yet. %s: %s."), gate->message, gate->evidence);
}

static char *
dup_waiting (const SyVerdict *self,
             const char      *a,
             const char      *b)
{
  g_autofree char *equal = dup_at_equal_load (self, a, b);
  g_autofree char *withheld = dup_withheld (self);

  return sy_verdict_is_at_equal_load (self) ? g_strdup_printf ("%s %s", withheld, equal) : g_steal_pointer (&withheld);
}

static char *
dup_evidence (const SyVerdict *self,
              const char      *a,
              const char      *b)
{
  g_autofree char *size = NULL;
  g_autofree char *evidence = NULL;

  if (self->state == SY_VERDICT_TOO_EARLY)
    return dup_waiting (self, a, b);
  if (self->state == SY_VERDICT_NOT_COMPARABLE)
    return dup_refusal (self, a, b);

  size = dup_size (&self->time, self->state == SY_VERDICT_B_AHEAD);
  evidence = sy_format_duration (round (self->minutes * 60));
  /* Translators: a comparison of two numbers, a duration */
  return g_strdup_printf (_("%s, after %s of evidence."), size, evidence);
}

char *
sy_verdict_text_dup_detail (const SyVerdict *self,
                            const char      *a,
                            const char      *b)
{
  g_autofree char *evidence = dup_evidence (self, a, b);
  g_autofree char *excluded = sy_verdict_dup_excluded (self);

  if (excluded == NULL)
    return g_steal_pointer (&evidence);

  /* Translators: one or two whole sentences, and one without its full stop: "3 windows were left out: …" */
  return g_strdup_printf (_("%1$s %2$s."), evidence, excluded);
}

char *
sy_verdict_text_dup_gate (const SyVerdict *self,
                          guint            index,
                          gboolean        *ret_against)
{
  guint seen = 0;

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < self->gates->len; i++)
      {
        const SyGate *gate = g_ptr_array_index (self->gates, i);
        const gboolean passed = gate->effect == SY_GATE_PASSED || gate->code == SY_GATE_NEGLIGIBLE;

        if (passed != (pass == 1))
          continue;
        if (seen == index)
          {
            *ret_against = !passed && gate->effect != SY_GATE_WITHHOLD;
            return g_strdup_printf ("%s %s", *ret_against ? "⚠" : passed ? "✓" : "…", gate->message);
          }
        seen++;
      }

  return NULL;
}

double
sy_verdict_text_get_tilt (const SyVerdict *self,
                          double          *ret_certainty)
{
  *ret_certainty = NAN;
  if (!is_decided (self) || isnan (self->time.ratio))
    return NAN;

  *ret_certainty = CLAMP (1 - (log2 (self->time.high) - log2 (self->time.low)) / WIDEST_LOG2, 0, 1);
  return CLAMP (log2 (self->time.ratio) / FULL_TILT_LOG2, -1, 1);
}
