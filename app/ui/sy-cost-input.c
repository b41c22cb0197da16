/* sy-cost-input.c: an assumption as a person reads and types it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-cost-input.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#include "sy-assumption-parameter.h"
#include "sy-error.h"
#include "sy-format.h"
#include "sy-money.h"

#define PERCENT 100.0

/* Translators: units behind a number that is typed; %s is a currency, "USD a year" */
#define A_YEAR N_("%s a year")
#define A_MONTH N_("%s a month")
#define AN_HOUR N_("%s an hour")
#define A_GIGABYTE N_("%s a gigabyte")
#define WEEKS N_("weeks")
#define MONTHS N_("months")

static const SyCostInput rows[] = {
  { "peak_rps", SY_COST_GROUP_TRAFFIC, N_("Peak traffic"), N_("requests/s"), 1, 0.001, 1e7, FALSE },
  { "traffic_growth", SY_COST_GROUP_TRAFFIC, N_("Growth of traffic a year"), "%", PERCENT, -0.9, 10, FALSE },
  { "resp_bytes", SY_COST_GROUP_TRAFFIC, N_("Size of a response"), N_("bytes"), 1, 0, 1e10, FALSE },
  { "cap_slo", SY_COST_GROUP_MACHINES, N_("Capacity of a copy"), N_("requests/s"), 1, 0.001, 1e7, FALSE },
  { "utilisation", SY_COST_GROUP_MACHINES, N_("Planned utilisation"), "%", PERCENT, 0.05, 1, FALSE },
  { "node_price", SY_COST_GROUP_MACHINES, N_("Price of a machine"), AN_HOUR, 1, 0, 1e4, FALSE },
  { "lb_price", SY_COST_GROUP_MACHINES, N_("Price of a load balancer"), AN_HOUR, 1, 0, 1e4, TRUE },
  { "lb_unit_price", SY_COST_GROUP_MACHINES, N_("Price of its capacity unit"), AN_HOUR, 1, 0, 1e4, TRUE },
  { "egress_price", SY_COST_GROUP_MACHINES, N_("Price of traffic out"), A_GIGABYTE, 1, 0, 1e4, TRUE },
  { "pods_per_node", SY_COST_GROUP_MACHINES, N_("Copies on a machine"), N_("copies"), 1, 1, 500, FALSE },
  { "team", SY_COST_GROUP_TEAM, N_("Team"), N_("developers"), 1, 0.1, 1e4, FALSE },
  { "salary", SY_COST_GROUP_TEAM, N_("Salary, gross"), A_YEAR, 1, 0, 1e8, FALSE },
  { "skilled_share", SY_COST_GROUP_TEAM, N_("Share of the team able already"), "%", PERCENT, 0, 1, FALSE },
  { "burden", SY_COST_GROUP_TEAM, N_("Cost of employment over salary"), N_("times"), 1, 1, 5, FALSE },
  { "hire_fee", SY_COST_GROUP_TEAM, N_("Fee for a hire, of a salary"), "%", PERCENT, 0, 2, FALSE },
  { "ramp_weeks", SY_COST_GROUP_TEAM, N_("Weeks until a hire is productive"), WEEKS, 1, 0, 156, FALSE },
  { "ramp_productivity", SY_COST_GROUP_TEAM, N_("Productivity of a new hire"), "%", PERCENT, 0, 1, FALSE },
  { "attrition", SY_COST_GROUP_TEAM, N_("Share of the team leaving a year"), "%", PERCENT, 0, 1, FALSE },
  { "mvp_months", SY_COST_GROUP_RELEASE, N_("Time to the first release"), MONTHS, 1, 0, 120, FALSE },
  { "cost_of_delay_month", SY_COST_GROUP_RELEASE, N_("Cost of a month of delay"), A_MONTH, 1, 0, 1e9, FALSE },
  { "mvp_ref", SY_COST_GROUP_RELEASE, N_("No delay until"), MONTHS, 1, 0, 120, FALSE },
  { "missing_integrations", SY_COST_GROUP_RELEASE, N_("Missing integrations"), N_("integrations"), 1, 0, 1000, FALSE },
  { "integration_weeks", SY_COST_GROUP_RELEASE, N_("Work for a missing integration"), WEEKS, 1, 0, 520, FALSE },
  { "integration_upkeep", SY_COST_GROUP_UPKEEP, N_("Upkeep of integrations a year"), "%", PERCENT, 0, 1, FALSE },
  { "maintenance", SY_COST_GROUP_UPKEEP, N_("Maintenance a year, of the build"), "%", PERCENT, 0, 2, FALSE },
  { "upgrade_weeks", SY_COST_GROUP_UPKEEP, N_("Work for a forced upgrade"), WEEKS, 1, 0, 520, FALSE },
  { "discount", SY_COST_GROUP_MONEY, N_("Discount rate a year"), "%", PERCENT, 0, 1, FALSE },
  { "wage_growth", SY_COST_GROUP_MONEY, N_("Growth of wages a year"), "%", PERCENT, -0.2, 1, FALSE },
};

const SyCostInput *
sy_cost_inputs (guint *ret_n)
{
  *ret_n = G_N_ELEMENTS (rows);
  return rows;
}

const SyCostInput *
sy_cost_input_find (const char *name)
{
  const SyOwnershipParameter *parameter = sy_assumption_parameter_find (name);

  for (guint i = 0; parameter != NULL && i < G_N_ELEMENTS (rows); i++)
    if (strcmp (rows[i].name, parameter->name) == 0)
      return &rows[i];

  return NULL;
}

const char *
sy_cost_group_get_title (SyCostGroup group)
{
  static const char *const titles[SY_N_COST_GROUPS] = {
    N_("Traffic"), N_("Machines"), N_("Team"), N_("First Release"), N_("Upkeep"), N_("Money"),
  };

  g_return_val_if_fail ((guint) group < SY_N_COST_GROUPS, NULL);

  return _(titles[group]);
}

char *
sy_cost_input_dup_unit (const SyCostInput *self,
                        const char        *currency)
{
  const char *unit = strcmp (self->unit, "%") == 0 ? self->unit : _(self->unit);
  g_auto (GStrv) parts = g_strsplit (unit, "%s", 2);

  return g_strjoinv (currency, parts);
}

/* Digits after the point that a number needs, up to six. */
static int
count_decimals (double value)
{
  for (int n = 0; n < 6; n++)
    {
      const double scaled = value * pow (10, n);

      if (fabs (scaled - round (scaled)) < 1e-6 * fmax (1, fabs (scaled)))
        return n;
    }

  return 6;
}

char *
sy_cost_input_to_entry (const SyCostInput *self,
                        double             value)
{
  const double shown = value * self->scale;

  if (!isfinite (value))
    return g_strdup ("");

  /* Without grouping, which stands in the way of typing. */
  return g_strdup_printf ("%.*f", count_decimals (shown), shown);
}

static char *
add_unit (const SyCostInput *self,
          const char        *number,
          const char        *currency)
{
  g_autofree char *unit = sy_cost_input_dup_unit (self, currency);

  return g_strconcat (number, "\u00a0", unit, NULL);
}

char *
sy_cost_input_format (const SyCostInput *self,
                      double             value,
                      const char        *currency)
{
  g_autofree char *number = sy_format_decimals (value * self->scale, count_decimals (value * self->scale));

  return isfinite (value) ? add_unit (self, number, currency) : g_steal_pointer (&number);
}

/* Money as "$85.0 k a year": the currency's place in the unit takes the amount. */
char *
sy_cost_input_format_short (const SyCostInput *self,
                            double             value,
                            const char        *currency)
{
  g_autofree char *number = NULL;

  if (isfinite (value) && strstr (self->unit, "%s") != NULL)
    {
      g_autofree char *money = sy_money_format (value, currency);

      return sy_cost_input_dup_unit (self, money);
    }

  number = sy_format_number (value * self->scale);
  return isfinite (value) ? add_unit (self, number, currency) : g_steal_pointer (&number);
}

/* Whether a group of three digits and no more stands at @text. */
static gboolean
is_group (const char *text)
{
  return strspn (text, "0123456789") == 3;
}

/* "95 000,5" as "95000.5": blanks and the locale's grouping are passed over, its
 * decimal point is made one. What groups nothing, as the point of "0.5" where a
 * point groups, is left for the reader of decimals. */
static char *
normalise (const char *text)
{
  const struct lconv *locale = localeconv ();
  const char *point = locale->decimal_point;
  const char *grouping = sy_format_get_grouping ();
  GString *plain = g_string_new (NULL);

  for (const char *p = text; *p != '\0';)
    {
      const gunichar c = g_utf8_get_char (p);

      if (*point != '\0' && g_str_has_prefix (p, point))
        {
          g_string_append_c (plain, '.');
          p += strlen (point);
          continue;
        }

      if (*grouping != '\0' && g_str_has_prefix (p, grouping) && is_group (p + strlen (grouping)))
        {
          p += strlen (grouping);
          continue;
        }

      if (c == 0x2212) /* a typographic minus */
        g_string_append_c (plain, '-');
      else if (!g_unichar_isspace (c))
        g_string_append_unichar (plain, c);
      p = g_utf8_next_char (p);
    }

  return g_string_free (plain, FALSE);
}

/* Digits, at most one point, a sign: no exponent, no "inf", no "0x". */
static gboolean
is_decimal (const char *text)
{
  const char *p = text + (*text == '-' || *text == '+');
  const gsize whole = strspn (p, "0123456789");
  gsize rest = 0;

  p += whole;
  if (*p == '.')
    {
      rest = strspn (p + 1, "0123456789");
      p += 1 + rest;
    }

  return *p == '\0' && whole + rest > 0 && whole + rest <= 20;
}

gboolean
sy_cost_input_parse (const SyCostInput  *self,
                     const char         *text,
                     double             *ret_value,
                     GError            **error)
{
  g_autofree char *plain = g_utf8_validate (text, -1, NULL) ? normalise (text) : g_strdup ("?");
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;
  double value;

  if (*plain == '\0')
    {
      *ret_value = NAN;
      return TRUE;
    }

  if (self->scale == PERCENT && g_str_has_suffix (plain, "%"))
    plain[strlen (plain) - 1] = '\0';

  if (!is_decimal (plain))
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID, _("This is not a number"));
      return FALSE;
    }

  value = g_ascii_strtod (plain, NULL) / self->scale;
  if (value >= self->minimum && value <= self->maximum)
    {
      *ret_value = value;
      return TRUE;
    }

  low = sy_format_decimals (self->minimum * self->scale, count_decimals (self->minimum * self->scale));
  high = sy_format_decimals (self->maximum * self->scale, count_decimals (self->maximum * self->scale));
  /* Translators: what may be typed: "This must be between 0 and 100" */
  g_set_error (error, SY_ERROR, SY_ERROR_INVALID, _("This must be between %1$s and %2$s"), low, high);
  return FALSE;
}
