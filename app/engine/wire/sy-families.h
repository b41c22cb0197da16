/* sy-families.h: the families of an exposition while they are being found
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-exposition.h"

G_BEGIN_DECLS

#define SY_FAMILIES_NONE G_MAXUINT

/**
 * SyFamilies:
 *
 * Grows while a body is read for the first time, then never changes: later
 * expositions of the same layout share it. Reference-counted atomically.
 */
typedef struct _SyFamilies SyFamilies;

SyFamilies     *sy_families_new      (void);
SyFamilies     *sy_families_ref      (SyFamilies *self);
void            sy_families_unref    (SyFamilies *self);

const SyFamily *sy_families_get_all  (const SyFamilies *self, guint *n_families);

/* The family called @name, which a metadata line (@declared) or a sample
 * mentions in @line; added when there is none. */
guint           sy_families_declare  (SyFamilies *self,
                                      const char *name,
                                      gsize       length,
                                      guint       line,
                                      gboolean    declared);

/* The family that a sample called @name belongs to: @current if its type lets
 * it, else the one of exactly that name, else the one whose name and type
 * explain the suffix; SY_FAMILIES_NONE when nothing does. */
guint           sy_families_resolve  (const SyFamilies *self,
                                      guint             current,
                                      const char       *name);

void            sy_families_set_type (SyFamilies *self, guint index, SyMetricType type);

/* Copies @length bytes; a NUL in them becomes U+FFFD. HELP is unescaped: \\
 * and \n, and \" where the format says so (@quotes). */
void            sy_families_set_help (SyFamilies *self,
                                      guint       index,
                                      const char *text,
                                      gsize       length,
                                      gboolean    quotes);
void            sy_families_set_unit (SyFamilies *self, guint index, const char *text, gsize length);

/* Whether a family of @type writes samples whose name ends in @suffix, which
 * may be empty. */
gboolean        sy_metric_type_has_suffix (SyMetricType type, const char *suffix);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyFamilies, sy_families_unref)

G_END_DECLS
