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
  gboolean   silent;  /* one of the two that were compared says nothing now */

  int steady_width;  /* the width that the next is for */
  int steady_height; /* the highest that it has been, so that the page below stands still */

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
  const gboolean decided = self->title != NULL && !self->silent;
  const char *second = decided ? self->detail : self->caveat_text;
  const char *third = decided ? self->facts : self->silent ? NULL : self->detail;
  g_autofree char *before = NULL;

  if (self->silent && self->title != NULL)
    /* Translators: one of two backends does not answer; %s is what was said while both did: "A is ahead at this load" */
    second = before = g_strdup_printf (_("Nothing is compared while one of them is silent. Until then: %s."), self->title);

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
      g_autofree char *text = self->verdict != NULL && !self->silent ? sy_verdict_text_dup_gate (self->verdict, i, &against) : NULL;

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
sy_live_strip_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  SyLiveStrip *self = SY_LIVE_STRIP (widget);

  gtk_widget_measure (self->content, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size == self->steady_width)
    {
      *minimum = MAX (*minimum, self->steady_height);
      *natural = MAX (*natural, self->steady_height);
    }
}

static void
sy_live_strip_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  SyLiveStrip *self = SY_LIVE_STRIP (widget);
  int needed;

  gtk_widget_measure (self->content, GTK_ORIENTATION_VERTICAL, width, &needed, NULL, NULL, NULL);
  self->steady_height = width == self->steady_width ? MAX (self->steady_height, needed) : needed;
  self->steady_width = width;

  gtk_widget_allocate (self->content, width, height, baseline, NULL);
}

static GtkSizeRequestMode
sy_live_strip_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
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
  widget_class->measure = sy_live_strip_measure;
  widget_class->size_allocate = sy_live_strip_size_allocate;
  widget_class->get_request_mode = sy_live_strip_get_request_mode;
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
  self->silent = FALSE;
  for (guint i = 0; i < MIN (n, 2); i++)
    self->silent = self->silent || (sides[i].spoke && sides[i].reading == NULL);
  update_gates (self);
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
  if (verdict == NULL)
    self->steady_width = self->steady_height = 0;
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
