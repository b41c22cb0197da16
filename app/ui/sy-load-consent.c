/* sy-load-consent.c: asks whether another machine may be loaded
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-load-consent.h"

#include <glib/gi18n.h>

#include "sy-format.h"
#include "sy-text.h"

GtkWidget *
sy_load_consent_new (GtkWindow   *parent,
                     SyLoadTrial *trial,
                     const char  *origin)
{
  const SyWorkload *workload = sy_load_trial_get_workload (trial);
  const SyLoadProtocolPlan *plan = sy_load_protocol_get_plan (sy_load_trial_get_protocol (trial));
  g_autofree char *safe = sy_display_text (origin, -1, 120);
  g_autofree char *rate = sy_format_rate (plan->max_rate);
  g_autofree char *heading = g_strdup_printf (_("Load %s?"), safe);
  /* Translators: the name of a workload, a rate, a request such as "GET /do/io" */
  g_autofree char *body = g_strdup_printf (
    _("This is another machine. Steelyard will send it requests of “%1$s” (%3$s and others) for some minutes, more and more "
      "of them, until it no longer keeps up, at most %2$s. Do this only to a machine that is yours to load, and not in use."),
    _(workload->name), rate, workload->classes[0].path);
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), SY_LOAD_CONSENT_GIVEN, _("_Load It"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), SY_LOAD_CONSENT_GIVEN, ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");

  return dialog;
}
