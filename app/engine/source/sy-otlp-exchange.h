/* sy-otlp-exchange.h: one request to push, and its answer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <libsoup/soup.h>

#include "sy-otlp-receiver.h"

G_BEGIN_DECLS

/**
 * SyOtlpExchange:
 *
 * What is known of a request while it comes in: whether it is refused, and its
 * body within the limits. On the receiver's thread.
 */
typedef struct _SyOtlpExchange SyOtlpExchange;

SyOtlpExchange *sy_otlp_exchange_new     (const SyOtlpLimits *limits);
void            sy_otlp_exchange_free    (SyOtlpExchange *self);

/* Judges its head: whoever is refused is told so once all of it has come. */
void            sy_otlp_exchange_judge   (SyOtlpExchange *self, SoupServerMessage *message);

/* More of its body. FALSE: so much that the connection is to be cut. */
gboolean        sy_otlp_exchange_add     (SyOtlpExchange *self, GBytes *chunk);

/* What was pushed; NULL when it is refused. (transfer full) */
SyOtlpRequest  *sy_otlp_exchange_read    (SyOtlpExchange *self, SoupServerMessage *message);

/* Refuses it with @status, @reason becomes the error's message. */
void            sy_otlp_exchange_refuse  (SyOtlpExchange *self, guint status, int code, const char *reason);

/* Why it is refused; NULL: it is not. (transfer none) */
const GError   *sy_otlp_exchange_get_refusal (const SyOtlpExchange *self);

/* Bytes of the body as they came, and unpacked. */
gsize           sy_otlp_exchange_get_wire (const SyOtlpExchange *self);
gsize           sy_otlp_exchange_get_body (const SyOtlpExchange *self);

/* Writes the answer: the refusal, or that @n_rejected points were not taken
 * because of @why (nullable). */
void            sy_otlp_exchange_answer  (SyOtlpExchange *self, SoupServerMessage *message, guint n_rejected, const char *why);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyOtlpExchange, sy_otlp_exchange_free)

G_END_DECLS
