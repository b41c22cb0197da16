/* sy-otlp-budget.c: how much may be pushed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-otlp-budget.h"

#include "sy-clock.h"

#define MAX_ACCOUNTS 32
#define ALL_FACTOR 4

typedef struct {
  guint n_pushes;
  gsize n_bytes;
} Account;

struct _SyOtlpBudget
{
  const SyOtlpLimits *limits;    /* borrowed */
  GHashTable         *accounts;  /* owned, of Account (owned) by name */
  Account             others;    /* of names without an account, and of none */
  guint               n_pushes;  /* of all */
  gsize               n_bytes;   /* of all, unpacked */
  gint64              second_us; /* begin of the second that is being counted */
};

SyOtlpBudget *
sy_otlp_budget_new (const SyOtlpLimits *limits)
{
  SyOtlpBudget *self = g_new0 (SyOtlpBudget, 1);

  self->limits = limits;
  self->accounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->second_us = G_MININT64 / 2;
  return self;
}

void
sy_otlp_budget_free (SyOtlpBudget *self)
{
  g_hash_table_unref (self->accounts);
  g_free (self);
}

static Account *
find_account (SyOtlpBudget *self,
              const char   *service)
{
  Account *account = service != NULL ? g_hash_table_lookup (self->accounts, service) : &self->others;

  if (account != NULL)
    return account;
  if (g_hash_table_size (self->accounts) >= MAX_ACCOUNTS)
    return &self->others;

  account = g_new0 (Account, 1);
  g_hash_table_insert (self->accounts, g_strdup (service), account);
  return account;
}

static void
begin_second (SyOtlpBudget *self,
              gint64        now_us)
{
  GHashTableIter iter;
  gpointer account;

  g_hash_table_iter_init (&iter, self->accounts);
  while (g_hash_table_iter_next (&iter, NULL, &account))
    *(Account *) account = (Account) { 0, 0 };

  self->others = (Account) { 0, 0 };
  self->n_pushes = 0;
  self->n_bytes = 0;
  self->second_us = now_us;
}

gboolean
sy_otlp_budget_admit (SyOtlpBudget *self,
                      gsize         wire_bytes,
                      gint64        now_us)
{
  if (now_us - self->second_us >= SY_USEC_PER_SEC)
    begin_second (self, now_us);

  /* As many as all accounts and that of the others may have. */
  self->n_pushes++;
  return self->n_pushes <= self->limits->max_pushes * (MAX_ACCOUNTS + 1)
         && self->n_bytes + wire_bytes <= self->limits->max_bytes * ALL_FACTOR;
}

gboolean
sy_otlp_budget_charge (SyOtlpBudget *self,
                       const char   *service,
                       gsize         bytes,
                       gint64        now_us)
{
  Account *account;

  if (now_us - self->second_us >= SY_USEC_PER_SEC)
    begin_second (self, now_us);

  account = find_account (self, service);
  account->n_pushes++;
  account->n_bytes += bytes;
  self->n_bytes += bytes;

  return account->n_pushes <= self->limits->max_pushes && account->n_bytes <= self->limits->max_bytes
         && self->n_bytes <= self->limits->max_bytes * ALL_FACTOR;
}
