/* sy-price-lint.h: is a price list to be believed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  SY_PRICE_FINDING_ERROR,   /* the entry cannot be used */
  SY_PRICE_FINDING_WARNING, /* it is probably wrong */
  SY_PRICE_FINDING_NOTE,    /* it makes a cost indicative */
} SyPriceSeverity;

typedef struct {
  SyPriceSeverity severity;
  guint       index;   /* of the item in its list, from 0; G_MAXUINT: the file */
  char       *id;      /* (owned) (nullable) */
  const char *code;    /* "size-order", stable */
  char       *message; /* (owned) */
} SyPriceFinding;

void sy_price_finding_free (SyPriceFinding *self);

/* What is wrong with a steelyard.prices/1 text as of @wall_us:
 *   format         an item that cannot be read
 *   duplicate      an id that stands there twice
 *   price-zero     not above 0
 *   currency       not a code of ISO 4217
 *   future         observed after today
 *   family-spread  the price of a core is 25 % away from its family's middle
 *   size-order     a machine dearer than a larger one of its family
 *   stale          older than 180 days, or of unknown age
 *   fx             a currency without a rate to that of the others
 * Machines whose names differ only in their size are a family. Machine-made
 * lists have such mistakes: another system's meter, a size mixed up.
 *
 * Errors: SY_ERROR_PARSE, SY_ERROR_INVALID for what is no price list at all.
 * Returns: (transfer full) (element-type SyPriceFinding), by item. */
GPtrArray  *sy_price_lint       (const char *name, const char *text, gsize length, gint64 wall_us, GError **error);

/* A machine of a list, for the two rules about families. */
typedef struct {
  const char *sku;
  const char *group;   /* provider, region and currency in one text */
  double      vcpu;
  double      price;
  const char *code;    /* set by sy_price_lint_families(): NULL: nothing found */
  double      expected; /* the middle price of a core in its family, where code is "family-spread" */
} SyPriceMachine;

void        sy_price_lint_families (SyPriceMachine *machines, guint n);

/* "m7g.large" and "m7g.xlarge" are "m7g"; "Standard_D2as_v5" is
 * "Standard_D#as_v5". Returns: (transfer full) */
char       *sy_price_family        (const char *sku);

const char *sy_price_severity_to_string (SyPriceSeverity severity); /* "error", "warning", "note" */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyPriceFinding, sy_price_finding_free)

G_END_DECLS
