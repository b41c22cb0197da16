/* sy-live-strip.c: the simple answer first
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-live-strip.h"

#include <beam.h>
#include <glib/gi18n.h>
#include <math.h>

#include "sy-columns-box.h"
#include "sy-verdict-popover.h"
#include "sy-verdict-text.h"

#define MAX_GATES 4

struct _SyLiveStrip
{
  GtkWidget parent_instance;

  char *notice; /* owned, nullable */
  char *caveat_text; /* owned, nullable */
  char *facts;       /* owned, nullable: the figures of now */
  char *title;       /* owned, nullable: of the verdict; NULL: too early */
  char *detail;      /* owned, nullable */
  SyVerdict *verdict; /* owned, nullable: for the popover */

  /* Template */
  GtkWidget *content;
  GtkWidget *sentence;
  GtkWidget *detail_label;
  GtkWidget *caveat;
  GtkWidget *balance_box;
  GtkWidget *balance; /* borrowed, child of balance_box */
  GtkWidget *gates;
  GtkWidget *why_button;
  GtkWidget *demo_button;
  GtkWidget *demo_label;
};

G_DEFINE_FINAL_TYPE (SyLiveStrip, sy_live_strip, GTK_TYPE_WIDGET)

/* Labels that did not change are not laid out again. */
static void
set_text (GtkWidget  *label,
          const char *text)
{
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (label)), text) != 0)
    gtk_label_set_text (GTK_LABEL (label), text);
}

/* The simple answer is the verdict, and until there is one the figures. */
static void
update_texts (SyLiveStrip *self)
{
  const gboolean decided = self->title != NULL;
  const char *second = decided ? self->detail : self->caveat_text;
  const char *third = decided ? self->facts : self->detail;

  set_text (self->sentence, decided ? self->title : self->facts != NULL ? self->facts : "");
  set_text (self->detail_label, second != NULL ? second : "");
  set_text (self->caveat, self->notice != NULL ? self->notice : third != NULL ? third : "");
  gtk_widget_set_visible (self->detail_label, second != NULL);
  gtk_widget_set_visible (self->caveat, self->notice != NULL || third != NULL);
}

static void
update_gates (SyLiveStrip *self)
{
  GtkWidget *label = gtk_widget_get_first_child (self->gates);
  gboolean any = FALSE;

  for (guint i = 0; label != NULL; label = gtk_widget_get_next_sibling (label), i++)
    {
      gboolean against = FALSE;
      g_autofree char *text = self->verdict != NULL ? sy_verdict_text_dup_gate (self->verdict, i, &against) : NULL;

      gtk_widget_set_visible (label, text != NULL);
      if (text == NULL)
        continue;

      any = TRUE;
      set_text (label, text);
      if (!against)
        {
          gtk_widget_remove_css_class (label, "stands-against");
          gtk_widget_add_css_class (label, "dim-label");
        }
      else
        {
          gtk_widget_remove_css_class (label, "dim-label");
          gtk_widget_add_css_class (label, "stands-against");
        }
    }

  gtk_widget_set_visible (self->gates, any);
}

static void
make_gates (SyLiveStrip *self)
{
  for (guint i = 0; i < MAX_GATES; i++)
    {
      GtkWidget *label = gtk_label_new (NULL);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
      gtk_widget_add_css_class (label, "caption");
      gtk_box_append (GTK_BOX (self->gates), label);
    }
}

static void
popup_cb (GtkMenuButton *button,
          gpointer       user_data)
{
  SyLiveStrip *self = user_data;

  gtk_menu_button_set_popover (button, self->verdict != NULL ? sy_verdict_popover_new (self->verdict) : NULL);
}

static void
sy_live_strip_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SY_TYPE_LIVE_STRIP);

  G_OBJECT_CLASS (sy_live_strip_parent_class)->dispose (object);
}

static void
sy_live_strip_finalize (GObject *object)
{
  SyLiveStrip *self = SY_LIVE_STRIP (object);

  g_free (self->notice);
  g_free (self->caveat_text);
  g_free (self->facts);
  g_free (self->title);
  g_free (self->detail);
  g_clear_pointer (&self->verdict, sy_verdict_free);

  G_OBJECT_CLASS (sy_live_strip_parent_class)->finalize (object);
}

static void
sy_live_strip_class_init (SyLiveStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sy_live_strip_dispose;
  G_OBJECT_CLASS (klass)->finalize = sy_live_strip_finalize;

  g_type_ensure (SY_TYPE_COLUMNS_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/steelyard/ui/sy-live-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, SyLiveStrip, content);
  gtk_widget_class_bind_template_child (widget_class, SyLiveStrip, sentence);
  gtk_widget_class_bind_template_child (widget_class, SyLiveStrip, detail_label);
  gtk_widget_class_bind_template_child (widget_class, SyLiveStrip, caveat);
  gtk_widget_class_bind_template_child (widget_class, SyLiveStrip, balance_box);
  gtk_widget_class_bind_template_child (widget_class, SyLiveStrip, gates);
  gtk_widget_class_bind_template_child (widget_class, SyLiveStrip, why_button);
  gtk_widget_class_bind_template_child (widget_class, SyLiveStrip, demo_button);
  gtk_widget_class_bind_template_child (widget_class, SyLiveStrip, demo_label);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
sy_live_strip_init (SyLiveStrip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->balance = beam_balance_new ();
  gtk_widget_set_size_request (self->balance, 108, 64);
  beam_figure_set_title (BEAM_FIGURE (self->balance), _("Balance of the two"));
  beam_balance_set_subject (BEAM_BALANCE (self->balance), 0, 0, NULL);
  beam_balance_set_subject (BEAM_BALANCE (self->balance), 1, 1, NULL);
  gtk_box_append (GTK_BOX (self->balance_box), self->balance);
  make_gates (self);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->why_button), popup_cb, self, NULL);
  sy_live_strip_set_verdict (self, NULL, NULL, NULL);
}

void
sy_live_strip_set_sides (SyLiveStrip         *self,
                         const SySummarySide *sides,
                         guint                n)
{
  g_free (self->facts);
  g_free (self->caveat_text);
  self->facts = sy_summary_dup_sentence (sides, n);
  self->caveat_text = sy_summary_dup_caveat (sides, n);
  update_texts (self);
}

void
sy_live_strip_set_verdict (SyLiveStrip     *self,
                           const SyVerdict *verdict,
                           const char      *a,
                           const char      *b)
{
  double certainty = NAN;
  double tilt = verdict != NULL ? sy_verdict_text_get_tilt (verdict, &certainty) : (double) NAN;

  g_clear_pointer (&self->verdict, sy_verdict_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->detail, g_free);
  if (verdict != NULL)
    {
      self->verdict = sy_verdict_copy (verdict);
      self->title = sy_verdict_text_dup_title (verdict, a, b);
      self->detail = sy_verdict_text_dup_detail (verdict, a, b);
    }

  beam_balance_set_verdict (BEAM_BALANCE (self->balance), tilt);
  beam_balance_set_certainty (BEAM_BALANCE (self->balance), certainty);
  gtk_widget_set_visible (self->balance_box, verdict != NULL);
  gtk_widget_set_visible (self->why_button, verdict != NULL && verdict->gates->len > 0);
  update_gates (self);
  update_texts (self);
}

void
sy_live_strip_set_notice (SyLiveStrip *self,
                          const char  *text)
{
  g_free (self->notice);
  self->notice = g_strdup (text);
  update_texts (self);
}

void
sy_live_strip_set_demo (SyLiveStrip *self,
                        const char  *label,
                        GMenuModel  *menu)
{
  gtk_widget_set_visible (self->demo_button, label != NULL);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->demo_button), menu);

  if (label != NULL)
    {
      g_autofree char *text = NULL;

      /* Translators: a badge, "Demo: Node.js and Python" */
      text = g_strdup_printf (_("Demo: %s"), label);
      set_text (self->demo_label, text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->demo_button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
    }
}
