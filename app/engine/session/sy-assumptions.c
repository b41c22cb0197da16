/* sy-assumptions.c: everything a person states about a decision
 *
 * Empty: no use case, no priorities, and of numbers only the defaults.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-assumptions.h"

#include <math.h>
#include <string.h>

#include "sy-assumption-file.h"
#include "sy-datadir.h"
#include "sy-error.h"
#include "sy-price.h"

#define MOST 100.0

struct _SyAssumptions
{
  GObject           parent_instance;

  SyUseCaseBook    *book; /* (owned) */
  SyAssumptionSet  *set;  /* (owned) */
  SyAssumptionFile *file; /* (owned) (nullable): disposed */
};

G_DEFINE_FINAL_TYPE (SyAssumptions, sy_assumptions, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
changed (SyAssumptions *self)
{
  if (self->file != NULL)
    sy_assumption_file_changed (self->file, self->set);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
fail (GError    **error,
      const char *name,
      const char *message)
{
  g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "“%s”: %s", name, message);
  return FALSE;
}

/* Each a criterion there is, and each once. */
static gboolean
order_is_valid (SyAssumptions     *self,
                const char *const *order)
{
  for (guint i = 0; order[i] != NULL; i++)
    {
      if (sy_use_case_book_find_kind (self->book, order[i]) == NULL)
        return FALSE;
      for (guint k = 0; k < i; k++)
        if (strcmp (order[i], order[k]) == 0)
          return FALSE;
    }

  return order[0] != NULL;
}

/* What use cases or criteria of another day have left in the file. */
static void
drop_unknown (SyAssumptions *self)
{
  if (self->set->use_case != NULL && sy_use_case_book_find (self->book, self->set->use_case) == NULL)
    g_clear_pointer (&self->set->use_case, g_free);

  if (self->set->order != NULL)
    {
      g_ptr_array_add (self->set->order, NULL);
      if (order_is_valid (self, (const char *const *) self->set->order->pdata))
        g_ptr_array_remove_index (self->set->order, self->set->order->len - 1);
      else
        g_clear_pointer (&self->set->order, g_ptr_array_unref);
    }
}

/* "A.salary" for a bare "salary" of one side. */
static char *
side_name (const char *name,
           guint       side)
{
  return g_strdup_printf ("%c.%s", side == 0 ? 'A' : 'B', name);
}

static gboolean
is_sided (const char *name)
{
  return (name[0] == 'A' || name[0] == 'B') && name[1] == '.';
}

/* What the use case says of an input. */
static gboolean
get_of_use_case (SyAssumptions *self,
                 const char    *name,
                 SyAssumption  *ret)
{
  const SyUseCase *use_case = sy_assumptions_get_use_case (self);

  if (use_case == NULL)
    return FALSE;

  if (strcmp (name, "slo_threshold") == 0)
    *ret = (SyAssumption) { use_case->slo_threshold, NAN, NAN, SY_EVIDENCE_ASSUMED, use_case->slo_why, NULL };
  else if (strcmp (name, "slo_share") == 0)
    *ret = (SyAssumption) { use_case->slo_share, NAN, NAN, SY_EVIDENCE_ASSUMED, use_case->slo_why, NULL };
  else if (strcmp (name, "traffic_growth") == 0)
    *ret = (SyAssumption) { use_case->growth, NAN, NAN, SY_EVIDENCE_ASSUMED,
                             use_case->growth_why != NULL ? use_case->growth_why : use_case->name, NULL };
  else
    return FALSE;

  return TRUE;
}

static void
sy_assumptions_dispose (GObject *object)
{
  SyAssumptions *self = SY_ASSUMPTIONS (object);

  g_clear_pointer (&self->file, sy_assumption_file_free);

  G_OBJECT_CLASS (sy_assumptions_parent_class)->dispose (object);
}

static void
sy_assumptions_finalize (GObject *object)
{
  SyAssumptions *self = SY_ASSUMPTIONS (object);

  g_clear_pointer (&self->book, sy_use_case_book_free);
  g_clear_pointer (&self->set, sy_assumption_set_free);

  G_OBJECT_CLASS (sy_assumptions_parent_class)->finalize (object);
}

static void
sy_assumptions_class_init (SyAssumptionsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sy_assumptions_dispose;
  object_class->finalize = sy_assumptions_finalize;

  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", SY_TYPE_ASSUMPTIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sy_assumptions_init (SyAssumptions *self)
{
  self->set = sy_assumption_set_new ();
}

SyAssumptions *
sy_assumptions_new (const char *path,
                    GError    **error)
{
  g_autoptr (SyAssumptions) self = g_object_new (SY_TYPE_ASSUMPTIONS, NULL);
  g_autofree char *shipped = sy_datadir_build_path ("use-cases", NULL);
  g_autofree char *own = sy_datadir_build_own_path ("use-cases");
  const char *const directories[] = { shipped, own, NULL };
  g_autoptr (SyAssumptionSet) kept = NULL;

  self->book = sy_use_case_book_new (directories, error);
  if (self->book == NULL)
    return NULL;

  self->file = sy_assumption_file_new (path);
  kept = sy_assumption_file_read (self->file);
  if (kept != NULL)
    {
      sy_assumption_set_free (self->set);
      self->set = g_steal_pointer (&kept);
      drop_unknown (self);
    }

  return g_steal_pointer (&self);
}

SyAssumptions *
sy_assumptions_new_own (GError **error)
{
  g_autofree char *path = sy_datadir_build_own_path ("assumptions.json");

  return sy_assumptions_new (path, error);
}

SyAssumptions *
sy_assumptions_new_text (const char  *name,
                         const char  *text,
                         GError     **error)
{
  g_autoptr (SyAssumptions) self = sy_assumptions_new (NULL, error);
  SyAssumptionSet *set;

  if (self == NULL)
    return NULL;

  set = sy_assumption_set_parse (name, text, strlen (text), error);
  if (set == NULL)
    return NULL;

  sy_assumption_set_free (self->set);
  self->set = set;
  return g_steal_pointer (&self);
}

char *
sy_assumptions_dup_text (SyAssumptions *self)
{
  return sy_assumption_set_format (self->set);
}

SyAssumptions *
sy_assumptions_new_copy (SyAssumptions  *other,
                         GError        **error)
{
  g_autofree char *text = sy_assumptions_dup_text (other);

  return sy_assumptions_new_text ("assumptions", text, error);
}

SyUseCaseBook *
sy_assumptions_get_book (SyAssumptions *self)
{
  return self->book;
}

const GError *
sy_assumptions_get_error (SyAssumptions *self)
{
  return sy_assumption_file_get_error (self->file);
}

gboolean
sy_assumptions_set_use_case (SyAssumptions *self,
                             const char    *id)
{
  if (id != NULL && sy_use_case_book_find (self->book, id) == NULL)
    return FALSE;

  if (g_strcmp0 (id, self->set->use_case) != 0)
    {
      g_free (self->set->use_case);
      self->set->use_case = g_strdup (id);
      changed (self);
    }

  return TRUE;
}

const SyUseCase *
sy_assumptions_get_use_case (SyAssumptions *self)
{
  return self->set->use_case != NULL ? sy_use_case_book_find (self->book, self->set->use_case) : NULL;
}

gboolean
sy_assumptions_set_order (SyAssumptions     *self,
                          const char *const *order)
{
  g_autoptr (GPtrArray) copy = NULL;

  if (order != NULL && !order_is_valid (self, order))
    return FALSE;
  if (order == NULL && self->set->order == NULL)
    return TRUE;

  /* Before the present one goes: @order may be made of its names. */
  if (order != NULL)
    {
      copy = g_ptr_array_new_with_free_func (g_free);
      for (guint i = 0; order[i] != NULL; i++)
        g_ptr_array_add (copy, g_strdup (order[i]));
    }

  g_clear_pointer (&self->set->order, g_ptr_array_unref);
  self->set->order = g_steal_pointer (&copy);
  changed (self);
  return TRUE;
}

gboolean
sy_assumptions_has_own_order (SyAssumptions *self)
{
  return self->set->order != NULL;
}

GPtrArray *
sy_assumptions_dup_order (SyAssumptions *self)
{
  const SyUseCase *use_case = sy_assumptions_get_use_case (self);
  GPtrArray *order = g_ptr_array_new ();

  if (self->set->order != NULL)
    g_ptr_array_extend (order, self->set->order, NULL, NULL);
  else
    for (guint i = 0; use_case != NULL && i < use_case->priorities->len; i++)
      g_ptr_array_add (order, ((SyPriority *) g_ptr_array_index (use_case->priorities, i))->criterion);

  return order;
}

gboolean
sy_assumptions_is_stated (SyAssumptions *self,
                          const char    *name)
{
  return g_hash_table_contains (self->set->values, name);
}

gboolean
sy_assumptions_get (SyAssumptions *self,
                    const char    *name,
                    SyAssumption  *ret)
{
  const SyAssumption *stated = g_hash_table_lookup (self->set->values, name);
  const SyOwnershipParameter *parameter = sy_assumption_parameter_find (name);

  if (stated != NULL)
    *ret = *stated;
  else if (parameter == NULL)
    *ret = (SyAssumption) { NAN, NAN, NAN, SY_EVIDENCE_ASSUMED, NULL, NULL };
  else if (!get_of_use_case (self, name, ret))
    {
      const gboolean doubtful = !isnan (parameter->value) && parameter->cls == SY_EVIDENCE_ASSUMED
                                && sy_ownership_parameter_find (name) != NULL;

      *ret = (SyAssumption) { parameter->value, doubtful ? parameter->low : (double) NAN,
                              doubtful ? parameter->high : (double) NAN, parameter->cls, parameter->source, NULL };
    }

  return !isnan (ret->value);
}

gboolean
sy_assumptions_set (SyAssumptions      *self,
                    const char         *name,
                    const SyAssumption *value,
                    GError            **error)
{
  const SyOwnershipParameter *parameter = sy_assumption_parameter_find (name);

  if (parameter == NULL)
    return fail (error, name, "no such input");
  if (!sy_assumption_parameter_allows (parameter, value->value))
    return fail (error, name, "a value that cannot be");
  if (value->low > value->value || value->high < value->value)
    return fail (error, name, "its value does not lie in its range");

  if (parameter->common || is_sided (name))
    sy_assumption_set_put (self->set, name, value);
  else
    for (guint side = 0; side < 2; side++)
      {
        g_autofree char *sided = side_name (name, side);

        sy_assumption_set_put (self->set, sided, value);
      }

  changed (self);
  return TRUE;
}

void
sy_assumptions_clear (SyAssumptions *self,
                      const char    *name)
{
  if (g_hash_table_remove (self->set->values, name))
    changed (self);
}

gboolean
sy_assumptions_set_shape (SyAssumptions *self,
                          const char    *text)
{
  SyTrafficShape shape;

  if (text != NULL && !sy_traffic_shape_parse (text, &shape))
    return FALSE;

  if (g_strcmp0 (text, self->set->shape) != 0)
    {
      g_free (self->set->shape);
      self->set->shape = g_strdup (text);
      changed (self);
    }

  return TRUE;
}

const char *
sy_assumptions_get_shape (SyAssumptions   *self,
                          SyEvidenceClass *ret_class)
{
  const SyUseCase *use_case = sy_assumptions_get_use_case (self);

  if (ret_class != NULL)
    *ret_class = self->set->shape != NULL ? SY_EVIDENCE_USER : SY_EVIDENCE_ASSUMED;

  return self->set->shape != NULL ? self->set->shape : use_case != NULL ? use_case->shape_text : "cos floor 0.2 peak 14h";
}

gboolean
sy_assumptions_set_currency (SyAssumptions *self,
                             const char    *code)
{
  if (!sy_currency_is_known (code))
    return FALSE;

  if (strcmp (code, self->set->currency) != 0)
    {
      g_free (self->set->currency);
      self->set->currency = g_strdup (code);
      changed (self);
    }

  return TRUE;
}

const char *
sy_assumptions_get_currency (SyAssumptions *self)
{
  return self->set->currency;
}

void
sy_assumptions_set_upgrade_years (SyAssumptions *self,
                                  guint          side,
                                  guint          years)
{
  g_return_if_fail (side < 2 && years < (1u << (SY_OWNERSHIP_MAX_YEARS + 1)));

  if (years == self->set->upgrade_years[side])
    return;

  self->set->upgrade_years[side] = years;
  changed (self);
}

guint
sy_assumptions_get_upgrade_years (SyAssumptions *self,
                                  guint          side)
{
  g_return_val_if_fail (side < 2, 0);

  return self->set->upgrade_years[side];
}

void
sy_assumptions_set_answer (SyAssumptions *self,
                           const char    *criterion,
                           const char    *item,
                           guint          side,
                           SyCheckAnswer  answer)
{
  g_autofree char *key = sy_assumption_answer_key (criterion, item, side);

  if (answer == sy_assumptions_get_answer (self, criterion, item, side))
    return;

  if (answer == SY_CHECK_OPEN)
    g_hash_table_remove (self->set->answers, key);
  else
    g_hash_table_replace (self->set->answers, g_steal_pointer (&key), GUINT_TO_POINTER (answer));

  changed (self);
}

SyCheckAnswer
sy_assumptions_get_answer (SyAssumptions *self,
                           const char    *criterion,
                           const char    *item,
                           guint          side)
{
  g_autofree char *key = sy_assumption_answer_key (criterion, item, side);

  return (SyCheckAnswer) GPOINTER_TO_UINT (g_hash_table_lookup (self->set->answers, key));
}

void
sy_assumptions_set_score (SyAssumptions *self,
                          const char    *criterion,
                          guint          side,
                          double         score)
{
  g_return_if_fail (side < 2 && (isnan (score) || (score >= 0 && score <= MOST)));

  sy_assumption_set_judgement (self->set, criterion)->score[side] = score;
  changed (self);
}

void
sy_assumptions_set_half_width (SyAssumptions *self,
                               const char    *criterion,
                               double         half_width)
{
  g_return_if_fail (isnan (half_width) || (half_width >= 0 && half_width <= MOST));

  sy_assumption_set_judgement (self->set, criterion)->half_width = half_width;
  changed (self);
}

void
sy_assumptions_set_reason (SyAssumptions *self,
                           const char    *criterion,
                           const char    *reason)
{
  SyJudgement *judgement = sy_assumption_set_judgement (self->set, criterion);

  if (g_strcmp0 (judgement->reason, reason) == 0)
    return;

  g_free (judgement->reason);
  judgement->reason = g_strdup (reason);
  changed (self);
}

const SyJudgement *
sy_assumptions_get_judgement (SyAssumptions *self,
                              const char    *criterion)
{
  return g_hash_table_lookup (self->set->judgements, criterion);
}

static gboolean
is_paid (const SyCheckItem *item,
         const GPtrArray   *paid)
{
  for (guint i = 0; item->factor != NULL && paid != NULL && i < paid->len; i++)
    if (g_str_equal (g_ptr_array_index (paid, i), item->factor))
      return TRUE;

  return FALSE;
}

double
sy_assumptions_get_value (SyAssumptions   *self,
                          const char      *criterion,
                          guint            side,
                          const GPtrArray *paid,
                          double          *ret_half_width)
{
  const SyCriterionKind *kind = sy_use_case_book_find_kind (self->book, criterion);
  const SyJudgement *judgement = sy_assumptions_get_judgement (self, criterion);
  const guint n_items = kind != NULL ? kind->items->len : 0;
  g_autofree SyCheckAnswer *answers = g_new0 (SyCheckAnswer, n_items + 1);
  gboolean answered = FALSE;
  double value;
  guint n = 0;

  for (guint i = 0; i < n_items; i++)
    {
      const SyCheckItem *item = g_ptr_array_index (kind->items, i);

      if (is_paid (item, paid))
        continue;

      answers[n] = sy_assumptions_get_answer (self, criterion, item->id, side);
      answered |= answers[n++] != SY_CHECK_OPEN;
    }

  value = sy_checklist_value (answers, answered ? n : 0, ret_half_width);

  if (judgement != NULL && !isnan (judgement->score[side]))
    {
      value = judgement->score[side];
      *ret_half_width = 0;
    }
  *ret_half_width = fmax (*ret_half_width, judgement != NULL && !isnan (judgement->half_width)
                                             ? judgement->half_width : kind != NULL ? sy_criterion_half_width (kind->cls) : 0);
  return value;
}

gboolean
sy_assumptions_save (SyAssumptions *self,
                     GError       **error)
{
  return sy_assumption_file_write (self->file, self->set, error);
}
