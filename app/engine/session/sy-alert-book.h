/* sy-alert-book.h: the rules of what a person wants to be told of
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-alert-file.h"

G_BEGIN_DECLS

#define SY_TYPE_ALERT_BOOK (sy_alert_book_get_type ())
G_DECLARE_FINAL_TYPE (SyAlertBook, sy_alert_book, SY, ALERT_BOOK, GObject)

/**
 * SyAlertBook:
 *
 * The rules in their order, kept in alerts.json below the user's data folder
 * (sy-alert-file.h has the format). Each has a number that stays with it as long as
 * the book lives. A file with a mistake is told and left as it is: nothing is
 * written over it, and changes hold until the program ends. Lives on the GTK thread.
 *
 * What changes it returns FALSE with SY_ERROR_FAILED, or the error of the file, when
 * it could not be kept; it holds all the same.
 *
 * Signal "changed": other rules than before.
 */
SyAlertBook       *sy_alert_book_new       (const char *path);

/* What is wrong with the file; NULL: nothing. (transfer none) */
const GError      *sy_alert_book_get_error (SyAlertBook *self);

guint              sy_alert_book_get_n     (SyAlertBook *self);
const SyAlertRule *sy_alert_book_get       (SyAlertBook *self, guint position); /* valid until the next change */
const SyAlertRule *sy_alert_book_find      (SyAlertBook *self, guint id);       /* the same; NULL: no such rule */

/* Takes @rule in at @position or at the end; one that has a number, because it was
 * here, keeps it. Errors also: SY_ERROR_INVALID, not taken in. */
gboolean           sy_alert_book_add       (SyAlertBook *self, const SyAlertRule *rule, guint position, GError **error);

/* Puts @rule in the place of that of its number. Errors also: SY_ERROR_INVALID. */
gboolean           sy_alert_book_change    (SyAlertBook *self, const SyAlertRule *rule, GError **error);
gboolean           sy_alert_book_remove    (SyAlertBook *self, guint id, GError **error);

/* Whether it is told when a backend does not answer any more. */
gboolean           sy_alert_book_get_tells_lost (SyAlertBook *self);
gboolean           sy_alert_book_set_tells_lost (SyAlertBook *self, gboolean tells_lost, GError **error);

G_END_DECLS
