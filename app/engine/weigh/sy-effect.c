/* sy-effect.c: one quantity of A over B, and what it decides
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-effect.h"

#include <math.h>

static const struct {
  const char *nick;
  const char *code;
} states[] = {
  [SY_VERDICT_TOO_EARLY] = { "too-early", "NOT_YET" },
  [SY_VERDICT_NOT_COMPARABLE] = { "not-comparable", "REFUSED" },
  [SY_VERDICT_TOO_CLOSE] = { "too-close", "NOT_YET" },
  [SY_VERDICT_PRACTICALLY_EQUAL] = { "practically-equal", "PRACTICALLY_EQUAL" },
  [SY_VERDICT_A_AHEAD] = { "a-ahead", "A_AHEAD" },
  [SY_VERDICT_B_AHEAD] = { "b-ahead", "B_AHEAD" },
};

void
sy_effect_init (SyEffect *self)
{
  *self = (SyEffect) {
    .state = SY_VERDICT_TOO_EARLY, .what = "", .unit = "", .value = { NAN, NAN }, .ratio = NAN, .low = NAN, .high = NAN,
    .basis = SY_LOAD_BASIS_NONE, .load = { NAN, NAN },
  };
}

const char *
sy_verdict_state_nick (SyVerdictState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (states), NULL);

  return states[state].nick;
}

const char *
sy_verdict_state_code (SyVerdictState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (states), NULL);

  return states[state].code;
}

const char *
sy_load_basis_nick (SyLoadBasis basis)
{
  static const char *const nicks[] = {
    [SY_LOAD_BASIS_NONE] = "none",
    [SY_LOAD_BASIS_MOMENT] = "moment",
    [SY_LOAD_BASIS_WINDOWS] = "windows",
    [SY_LOAD_BASIS_TRIAL] = "load-trial",
    [SY_LOAD_BASIS_INFERRED] = "inferred",
  };

  g_return_val_if_fail (basis < G_N_ELEMENTS (nicks), NULL);

  return nicks[basis];
}

void
sy_effect_swap (SyEffect *self)
{
  const SyEffect before = *self;

  self->state = sy_verdict_state_swap (before.state);
  self->value[0] = before.value[1];
  self->value[1] = before.value[0];
  self->ratio = 1 / before.ratio;
  self->low = 1 / before.high;
  self->high = 1 / before.low;
}

SyVerdictState
sy_verdict_state_swap (SyVerdictState state)
{
  switch (state)
    {
    case SY_VERDICT_A_AHEAD:
      return SY_VERDICT_B_AHEAD;
    case SY_VERDICT_B_AHEAD:
      return SY_VERDICT_A_AHEAD;
    case SY_VERDICT_TOO_EARLY:
    case SY_VERDICT_NOT_COMPARABLE:
    case SY_VERDICT_TOO_CLOSE:
    case SY_VERDICT_PRACTICALLY_EQUAL:
    default:
      return state;
    }
}
