/* sy-alert-words.c: rules and events in words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-alert-words.h"

#include <glib/gi18n.h>

#include "sy-format.h"
#include "sy-measure.h"
#include "sy-text.h"

#define NAME_CHARS 60

/* What may be typed has no upper bound that makes sense. */
#define LARGEST 1e15

typedef struct
{
  SyQuantity  quantity;
  double      first; /* a limit to begin with */
  SyCostInput input;
} Limit;

static const Limit limits[] = {
  { SY_QUANTITY_IN_FLIGHT, 50, { .unit = N_("requests"), .scale = 1, .maximum = LARGEST } },
  { SY_QUANTITY_P50, 0.1, { .unit = N_("ms"), .scale = 1e3, .maximum = LARGEST } },
  { SY_QUANTITY_P99, 0.5, { .unit = N_("ms"), .scale = 1e3, .maximum = LARGEST } },
  { SY_QUANTITY_THROUGHPUT, 100, { .unit = N_("requests/s"), .scale = 1, .maximum = LARGEST } },
  { SY_QUANTITY_ERROR_RATIO, 0.01, { .unit = "%", .scale = 100, .maximum = 1 } },
  { SY_QUANTITY_LOOP_LAG, 0.1, { .unit = N_("ms"), .scale = 1e3, .maximum = LARGEST } },
  { SY_QUANTITY_WORKERS_BUSY, 8, { .unit = N_("workers"), .scale = 1, .maximum = LARGEST } },
  { SY_QUANTITY_CPU, 1, { .unit = N_("cores"), .scale = 1, .maximum = LARGEST } },
  { SY_QUANTITY_RSS, 1e9, { .unit = N_("MB"), .scale = 1e-6, .maximum = LARGEST } },
  /* Translators: a unit; %s is a currency: "USD per million requests" */
  { SY_QUANTITY_COST_PER_MILLION, 1, { .unit = N_("%s per million requests"), .scale = 1, .maximum = LARGEST } },
};

static const Limit ratio = { SY_N_QUANTITIES, 1.5, { .unit = N_("times"), .scale = 1, .minimum = 0.001, .maximum = 1e6 } };

static const Limit *
find_limit (SyQuantity quantity,
            gboolean   is_ratio)
{
  for (gsize i = 0; i < G_N_ELEMENTS (limits) && !is_ratio; i++)
    if (limits[i].quantity == quantity)
      return &limits[i];

  return &ratio;
}

const SyCostInput *
sy_alert_get_input (SyQuantity quantity,
                    gboolean   is_ratio)
{
  return &find_limit (quantity, is_ratio)->input;
}

double
sy_alert_get_first_limit (SyQuantity quantity,
                          gboolean   is_ratio)
{
  return find_limit (quantity, is_ratio)->first;
}

char *
sy_alert_dup_quantity (SyQuantity quantity)
{
  const SyMeasure *measure = sy_measure_for_quantity (quantity);
  const char *label = measure->strong == quantity ? measure->strong_label : measure->light_label;

  if (label == NULL)
    return g_strdup (sy_measure_get_title (measure));

  /* Translators: a quantity and which of its percentiles: "Latency p99" */
  return g_strdup_printf (_("%1$s %2$s"), sy_measure_get_title (measure), label);
}

static char *
join_sides (const char *backend,
            const char *base)
{
  /* Translators: one backend divided by another: "B ÷ A" */
  return base != NULL ? g_strdup_printf (_("%1$s ÷ %2$s"), backend, base) : g_strdup (backend);
}

char *
sy_alert_dup_side (guint    backend,
                   gboolean is_ratio)
{
  const char letter[] = { (char) ('A' + backend), '\0' };

  return join_sides (letter, is_ratio ? "A" : NULL);
}

static char *
dup_value (const SyAlertRule *rule,
           double             value,
           const char        *currency)
{
  g_autofree char *number = NULL;

  if (!rule->is_ratio)
    return sy_measure_format (sy_measure_for_quantity (rule->quantity), value, 0, SY_TEXT_READOUT, currency);

  number = sy_format_number (value);
  /* Translators: a ratio: "1.8×" */
  return g_strdup_printf (_("%s×"), number);
}

/* As exact as it was typed. */
static char *
dup_limit (const SyAlertRule *rule,
           const char        *currency)
{
  return rule->is_ratio ? dup_value (rule, rule->limit, currency)
                        : sy_cost_input_format (sy_alert_get_input (rule->quantity, FALSE), rule->limit, currency);
}

static char *
dup_condition_of (const SyAlertRule *rule,
                  const char        *side,
                  const char        *currency)
{
  g_autofree char *quantity = sy_alert_dup_quantity (rule->quantity);
  g_autofree char *limit = dup_limit (rule, currency);

  if (rule->bound == SY_ALERT_ABOVE)
    /* Translators: a backend, a quantity of it, a limit: "Orders: Latency p99 over 500 ms" */
    return g_strdup_printf (_("%1$s: %2$s over %3$s"), side, quantity, limit);

  /* Translators: a backend, a quantity of it, a limit: "Orders: Throughput under 200/s" */
  return g_strdup_printf (_("%1$s: %2$s under %3$s"), side, quantity, limit);
}

char *
sy_alert_dup_unkept (const GError *error)
{
  /* Translators: %s is the reason, a sentence of the system */
  return g_strdup_printf (_("The rules hold until the program ends, but were not kept: %s"), error->message);
}

char *
sy_alert_dup_condition (const SyAlertRule *rule,
                        const char        *currency)
{
  g_autofree char *side = sy_alert_dup_side (rule->backend, rule->is_ratio);

  return dup_condition_of (rule, side, currency);
}

/* "10 s", "1 min": what is chosen is whole, what a file says may not be. */
static char *
dup_span (gint64 duration_us)
{
  const gint64 minute_us = 60 * SY_USEC_PER_SEC;

  if (duration_us % (duration_us < minute_us ? SY_USEC_PER_SEC : minute_us) == 0)
    return sy_format_age (duration_us);

  return sy_format_duration ((double) duration_us / (double) SY_USEC_PER_SEC);
}

char *
sy_alert_dup_duration (gint64 duration_us)
{
  g_autofree char *duration = dup_span (duration_us);

  if (duration_us == 0)
    /* Translators: something is told as soon as it is measured */
    return g_strdup (_("At once"));

  /* Translators: how long something must have been so before it is told: "For at least 1 min" */
  return g_strdup_printf (_("For at least %s"), duration);
}

char *
sy_alert_dup_title (const SyAlertEvent *event,
                    const char         *currency)
{
  g_autofree char *name = sy_display_text (event->name, -1, NAME_CHARS);
  g_autofree char *base = event->base != NULL ? sy_display_text (event->base, -1, NAME_CHARS) : NULL;
  g_autofree char *side = join_sides (name, base);

  if (event->is_lost)
    /* Translators: the name of a backend */
    return g_strdup_printf (_("%s does not answer"), name);

  return dup_condition_of (&event->rule, side, currency);
}

/* Each character of @text that begins or makes markup as one that looks like it. */
static char *
replace_markup (const char *text)
{
  GString *plain = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (*p == '<')
      g_string_append (plain, "‹");
    else if (*p == '>')
      g_string_append (plain, "›");
    else if (*p == '&')
      g_string_append (plain, "＆");
    else
      g_string_append_c (plain, *p);

  return g_string_free (plain, FALSE);
}

static char *
dup_lost_body (const SyAlertEvent *event)
{
  g_autofree char *time = sy_format_time_of_day (event->wall_us);
  g_autofree char *message = event->message != NULL ? sy_display_text (event->message, -1, SY_DISPLAY_TEXT_MAX) : NULL;

  if (message == NULL)
    /* Translators: a time of day */
    return g_strdup_printf (_("Its last answer came at %s."), time);

  /* Translators: a time of day; why there has been no answer since, a sentence without a full stop */
  return g_strdup_printf (_("Its last answer came at %1$s. %2$s"), time, message);
}

char *
sy_alert_dup_body (const SyAlertEvent *event,
                   const char         *currency)
{
  g_autofree char *time = sy_format_time_of_day (event->wall_us);
  g_autofree char *value = NULL;
  g_autofree char *duration = NULL;
  g_autofree char *text = NULL;

  if (event->is_lost)
    {
      text = dup_lost_body (event);
      return replace_markup (text);
    }

  value = dup_value (&event->rule, event->value, currency);
  duration = dup_span (event->rule.duration_us);
  if (event->rule.duration_us == 0)
    /* Translators: what was measured, and when: "740 ms at 10:32:05" */
    text = g_strdup_printf (_("%1$s at %2$s"), value, time);
  else
    /* Translators: what was measured, when, and for how long it had been beyond its limit */
    text = g_strdup_printf (_("%1$s at %2$s, beyond the limit for %3$s"), value, time, duration);

  return replace_markup (text);
}
