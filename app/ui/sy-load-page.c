/* sy-load-page.c: what two backends carry
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-load-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "sy-button-names.h"
#include "sy-columns-box.h"
#include "sy-label.h"
#include "sy-load-choice.h"
#include "sy-load-consent.h"
#include "sy-load-plan.h"
#include "sy-load-table.h"
#include "sy-load-words.h"
#include "sy-text.h"
#include "sy-workload-book.h"

#define DEFAULT_WORKLOAD "mixed"
#define MIN_CHOICE_WIDTH 150
#define MOST_RATE ((int) SY_LOAD_MAX_RATE)

struct _SyLoadPage
{
  GtkWidget parent_instance;

  SySession    *session;    /* owned, nullable: not set yet */
  int           most_rate;  /* requests/s */
  gboolean      recorded;   /* its backends are not there any more */
  GPtrArray    *workloads;  /* owned (element-type SyWorkload) */
  GtkStringList *names;     /* owned: of the backends, in their order */
  SyWeighing   *weighing;   /* owned, nullable: fewer than two backends */
  SyLoadTrial  *trial;      /* owned, nullable: none yet */
  GtkWidget    *consent;    /* borrowed, nullable: the dialog that asks */

  GtkWidget    *scrolled;   /* owned, the only child; borrowed all below */
  GtkWidget    *headline;
  GtkWidget    *detail;
  GtkWidget    *progress;
  GtkWidget    *workload;
  GtkWidget    *sides[2];
  GtkWidget    *length;
  GtkWidget    *button;
  GtkWidget    *figures;
  GtkWidget    *table;
  GtkWidget    *table_card;
};

enum {
  PROP_0,
  PROP_MOST_RATE,
  N_PROPS
};

enum {
  LOAD_STARTED,
  LOAD_ENDED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SyLoadPage, sy_load_page, GTK_TYPE_WIDGET)

static gboolean
is_running (SyLoadPage *self)
{
  return self->trial != NULL && sy_load_trial_get_state (self->trial) == SY_TRIAL_RUNNING;
}

static const SyWorkload *
chosen_workload (SyLoadPage *self)
{
  const guint position = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->workload));

  return position < self->workloads->len ? g_ptr_array_index (self->workloads, position) : NULL;
}

/* (transfer none) (nullable) */
static SyBackend *
chosen_backend (SyLoadPage *self,
                guint       side)
{
  const guint position = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->sides[side]));

  return position < sy_session_get_n (self->session) ? sy_session_get (self->session, position) : NULL;
}

/* --- Words --- */

static void
set_words (SyLoadPage *self,
           const char *headline,
           const char *detail)
{
  gtk_label_set_text (GTK_LABEL (self->headline), headline);
  gtk_label_set_text (GTK_LABEL (self->detail), detail);
  gtk_widget_set_visible (self->detail, *detail != '\0');
}

static void
tell_conclusion (SyLoadPage *self)
{
  g_autofree char *headline = NULL;
  g_autofree char *detail = sy_load_words_dup_conclusion (self->trial, &headline);

  set_words (self, headline, detail);
}

static void
tell_progress (SyLoadPage *self)
{
  g_autofree char *headline = NULL;
  g_autofree char *detail = sy_load_words_dup_progress (self->trial, &headline);

  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), sy_load_trial_get_progress (self->trial));
  if (detail != NULL)
    set_words (self, headline, detail);
}

static void
tell_idle (SyLoadPage *self)
{
  g_autofree char *detail = sy_load_words_dup_choice (chosen_workload (self));

  if (self->session == NULL || sy_session_get_n (self->session) == 0)
    set_words (self, _("Add a backend, then put a load on it"), "");
  else if (self->recorded)
    set_words (self, _("What was seen without a load of its own"),
               _("This is a recording: nobody is there any more to be loaded. Below is what its requests show by themselves."));
  else
    set_words (self, _("How much does each backend carry?"), detail);
}

static void
update_words (SyLoadPage *self)
{
  const SyTrialState state = self->trial != NULL ? sy_load_trial_get_state (self->trial) : SY_TRIAL_READY;

  switch (state)
    {
    case SY_TRIAL_RUNNING:
      tell_progress (self);
      break;
    case SY_TRIAL_DONE:
      tell_conclusion (self);
      break;
    case SY_TRIAL_STOPPED:
      set_words (self, _("The load was stopped"), _("What was measured until then stays below. A verdict needs the whole of it."));
      break;
    case SY_TRIAL_FAILED:
      {
        g_autofree char *why = sy_display_text (sy_load_trial_get_error (self->trial)->message, -1, SY_DISPLAY_TEXT_MAX);

        set_words (self, _("The load has failed"), why);
      }
      break;
    case SY_TRIAL_READY:
    default:
      tell_idle (self);
      break;
    }
}

static void
update_controls (SyLoadPage *self)
{
  const gboolean running = is_running (self);
  const gboolean possible = self->session != NULL && chosen_workload (self) != NULL && chosen_backend (self, 0) != NULL
                            && chosen_backend (self, 1) != NULL;

  gtk_button_set_label (GTK_BUTTON (self->button), running ? _("_Stop") : _("_Start Load"));
  sy_name_buttons (self->button);
  if (running)
    {
      gtk_widget_remove_css_class (self->button, "suggested-action");
      gtk_widget_add_css_class (self->button, "destructive-action");
    }
  else
    {
      gtk_widget_remove_css_class (self->button, "destructive-action");
      gtk_widget_add_css_class (self->button, "suggested-action");
    }
  gtk_widget_set_sensitive (self->button, running || (possible && !self->recorded));
  gtk_widget_set_visible (self->progress, running);
  gtk_widget_set_sensitive (self->workload, !running && !self->recorded);
  gtk_widget_set_sensitive (self->length, !running && !self->recorded);
  for (guint i = 0; i < 2; i++)
    gtk_widget_set_sensitive (self->sides[i], !running && !self->recorded);
}

/* --- The load --- */

static void
update_results (SyLoadPage *self)
{
  gtk_widget_set_visible (self->table_card, self->trial != NULL);
  if (self->trial == NULL)
    {
      sy_load_figures_show_passive (SY_LOAD_FIGURES (self->figures), self->weighing);
      return;
    }

  sy_load_figures_show_trial (SY_LOAD_FIGURES (self->figures), self->trial);
  sy_load_table_show (SY_LOAD_TABLE (self->table), self->trial);
}

static void
progress_cb (SyLoadPage *self)
{
  if (is_running (self))
    tell_progress (self);
}

static void
state_cb (SyLoadPage *self)
{
  update_words (self);
  update_controls (self);
  if (!is_running (self))
    g_signal_emit (self, signals[LOAD_ENDED], 0);
}

static void
drop_trial (SyLoadPage *self)
{
  if (self->trial == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->trial, self);
  sy_load_trial_stop (self->trial);
  g_clear_object (&self->trial);
}

static void
start (SyLoadPage *self)
{
  g_autoptr (GError) error = NULL;

  sy_session_note (self->session, SY_NOTE_WORKLOAD, sy_load_trial_get_workload (self->trial)->id);
  g_signal_emit (self, signals[LOAD_STARTED], 0);
  g_signal_connect_swapped (self->trial, "step", G_CALLBACK (update_results), self);
  g_signal_connect_swapped (self->trial, "notify::progress", G_CALLBACK (progress_cb), self);
  g_signal_connect_swapped (self->trial, "notify::state", G_CALLBACK (state_cb), self);

  /* A failure is said by the state. */
  if (!sy_load_trial_start (self->trial, &error) && sy_load_trial_get_state (self->trial) != SY_TRIAL_FAILED)
    {
      g_autofree char *why = sy_display_text (error->message, -1, SY_DISPLAY_TEXT_MAX);

      set_words (self, _("The load cannot start"), why);
      g_signal_emit (self, signals[LOAD_ENDED], 0);
      return;
    }

  update_results (self);
}

static void ask_or_start (SyLoadPage *self);

static void
consent_cb (AdwMessageDialog *dialog,
            const char       *response,
            SyLoadPage       *self)
{
  self->consent = NULL;
  if (self->trial == NULL)
    return;

  if (strcmp (response, SY_LOAD_CONSENT_GIVEN) != 0)
    {
      drop_trial (self);
      update_words (self);
      update_results (self);
      return;
    }

  sy_load_trial_add_consent (self->trial, sy_load_trial_needs_consent (self->trial));
  ask_or_start (self);
}

static void
ask (SyLoadPage *self,
     const char *origin)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  self->consent = sy_load_consent_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, self->trial, origin);
  g_signal_connect_object (self->consent, "response", G_CALLBACK (consent_cb), self, 0);
  gtk_window_present (GTK_WINDOW (self->consent));
}

static void
ask_or_start (SyLoadPage *self)
{
  const char *origin = sy_load_trial_needs_consent (self->trial);

  if (origin != NULL)
    ask (self, origin);
  else
    start (self);
}

static void
choice_cb (SyLoadPage *self)
{
  /* What the last run has found stays until the next one begins. */
  if (!is_running (self))
    {
      update_words (self);
      update_controls (self);
    }
}

/* --- Backends --- */

static void
windows_cb (SyLoadPage *self)
{
  if (self->trial == NULL)
    sy_load_figures_show_passive (SY_LOAD_FIGURES (self->figures), self->weighing);
}

static void
watch_backends (SyLoadPage *self)
{
  g_clear_object (&self->weighing);
  if (sy_session_get_n (self->session) >= 2)
    {
      self->weighing = sy_weighing_new (sy_session_get_clock (self->session), sy_session_get (self->session, 0),
                                        sy_session_get (self->session, 1));
      g_signal_connect_object (self->weighing, "notify::revision", G_CALLBACK (windows_cb), self, G_CONNECT_SWAPPED);
    }
}

static void
update_names (SyLoadPage *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < sy_session_get_n (self->session); i++)
    g_ptr_array_add (names, sy_display_text (sy_backend_get_name (sy_session_get (self->session, i)), -1, 60));
  g_ptr_array_add (names, NULL);
  gtk_string_list_splice (self->names, 0, g_list_model_get_n_items (G_LIST_MODEL (self->names)),
                          (const char *const *) names->pdata);
}

/* The same backends by other names: who was chosen stays chosen. */
static void
name_changed_cb (SyLoadPage *self)
{
  guint chosen[2];

  for (guint i = 0; i < 2; i++)
    {
      chosen[i] = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->sides[i]));
      g_signal_handlers_block_by_func (self->sides[i], choice_cb, self);
    }
  update_names (self);
  for (guint i = 0; i < 2; i++)
    {
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->sides[i]), chosen[i]);
      g_signal_handlers_unblock_by_func (self->sides[i], choice_cb, self);
    }

  update_words (self);
  update_results (self);
}

static void
backends_changed_cb (SyLoadPage *self)
{
  const guint n = sy_session_get_n (self->session);
  const gboolean was_running = is_running (self);

  /* What was measured is of backends that may be gone. */
  drop_trial (self);
  if (was_running)
    g_signal_emit (self, signals[LOAD_ENDED], 0);
  update_names (self);
  for (guint i = 0; i < n; i++)
    {
      g_signal_handlers_disconnect_by_func (sy_session_get (self->session, i), name_changed_cb, self);
      g_signal_connect_object (sy_session_get (self->session, i), "notify::name", G_CALLBACK (name_changed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->sides[0]), n > 0 ? 0 : GTK_INVALID_LIST_POSITION);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->sides[1]), n > 1 ? 1 : n > 0 ? 0 : GTK_INVALID_LIST_POSITION);
  watch_backends (self);
  update_words (self);
  update_controls (self);
  update_results (self);
}

/* --- Widget --- */

static GtkWidget *
make_workloads (SyLoadPage *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint first = 0;

  self->workloads = sy_workload_book_read (&error);
  if (self->workloads == NULL)
    {
      self->workloads = g_ptr_array_new ();
      g_warning ("no workload profiles: %s", error->message);
    }

  for (guint i = 0; i < self->workloads->len; i++)
    {
      const SyWorkload *workload = g_ptr_array_index (self->workloads, i);

      gtk_string_list_append (names, _(workload->name));
      if (strcmp (workload->id, DEFAULT_WORKLOAD) == 0)
        first = i;
    }

  self->workload = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->workload), first);
  return self->workload;
}

static GtkWidget *
make_controls (SyLoadPage *self)
{
  GtkWidget *columns = sy_columns_box_new (MIN_CHOICE_WIDTH, 12, 12);
  const char *const lengths[] = { _("Quick, about 3 minutes"), _("Full, about 12 minutes"), NULL };
  GtkWidget *blank = gtk_label_new ("");
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  sy_load_choice_add (SY_COLUMNS_BOX (columns), _("_Profile"), make_workloads (self));
  for (guint i = 0; i < 2; i++)
    {
      self->sides[i] = gtk_drop_down_new (G_LIST_MODEL (g_object_ref (self->names)), NULL);
      sy_load_choice_add (SY_COLUMNS_BOX (columns), i == 0 ? _("_Backend") : _("_Against"), self->sides[i]);
      g_signal_connect_object (self->sides[i], "notify::selected", G_CALLBACK (choice_cb), self, G_CONNECT_SWAPPED);
    }
  self->length = gtk_drop_down_new_from_strings (lengths);
  sy_load_choice_add (SY_COLUMNS_BOX (columns), _("_Length"), self->length);
  g_signal_connect_object (self->workload, "notify::selected", G_CALLBACK (choice_cb), self, G_CONNECT_SWAPPED);

  self->button = gtk_button_new_with_mnemonic (_("_Start Load"));
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (sy_load_page_toggle), self, G_CONNECT_SWAPPED);
  sy_label_set_text (blank, NULL);
  gtk_box_append (GTK_BOX (box), blank);
  gtk_box_append (GTK_BOX (box), self->button);
  sy_columns_box_insert (SY_COLUMNS_BOX (columns), box, -1);

  return columns;
}

static GtkWidget *
make_label (const char *style)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, style);

  return label;
}

static GtkWidget *
make_card (void)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "load-card");
  return card;
}

static void
make_contents (SyLoadPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *strip = make_card ();
  GtkWidget *heading = make_label ("heading");

  gtk_widget_add_css_class (box, "live-page");
  self->headline = make_label ("strip-sentence");
  self->detail = make_label ("dim-label");
  self->progress = gtk_progress_bar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Progress of the load"), -1);
  gtk_box_append (GTK_BOX (strip), self->headline);
  gtk_box_append (GTK_BOX (strip), self->detail);
  gtk_box_append (GTK_BOX (strip), self->progress);
  gtk_box_append (GTK_BOX (strip), make_controls (self));
  gtk_box_append (GTK_BOX (box), strip);

  self->figures = sy_load_figures_new ();
  gtk_box_append (GTK_BOX (box), self->figures);

  self->table_card = make_card ();
  self->table = sy_load_table_new ();
  gtk_label_set_text (GTK_LABEL (heading), _("Every Step"));
  gtk_box_append (GTK_BOX (self->table_card), heading);
  gtk_box_append (GTK_BOX (self->table_card), self->table);
  gtk_box_append (GTK_BOX (box), self->table_card);

  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), box);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
}

static void
sy_load_page_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  if (prop_id == PROP_MOST_RATE)
    g_value_set_int (value, SY_LOAD_PAGE (object)->most_rate);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
sy_load_page_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  if (prop_id == PROP_MOST_RATE)
    SY_LOAD_PAGE (object)->most_rate = g_value_get_int (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
sy_load_page_dispose (GObject *object)
{
  SyLoadPage *self = SY_LOAD_PAGE (object);

  drop_trial (self);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->weighing);
  g_clear_object (&self->session);
  g_clear_object (&self->names);
  g_clear_pointer (&self->workloads, g_ptr_array_unref);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);

  G_OBJECT_CLASS (sy_load_page_parent_class)->dispose (object);
}

static void
sy_load_page_class_init (SyLoadPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = sy_load_page_get_property;
  object_class->set_property = sy_load_page_set_property;
  object_class->dispose = sy_load_page_dispose;

  properties[PROP_MOST_RATE] =
    g_param_spec_int ("most-rate", NULL, NULL, 1, MOST_RATE, MOST_RATE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[LOAD_STARTED] = g_signal_new ("load-started", SY_TYPE_LOAD_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LOAD_ENDED] = g_signal_new ("load-ended", SY_TYPE_LOAD_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
sy_load_page_init (SyLoadPage *self)
{
  self->most_rate = MOST_RATE;
  self->names = gtk_string_list_new (NULL);
  make_contents (self);
  update_words (self);
  gtk_widget_set_visible (self->progress, FALSE);
  gtk_widget_set_visible (self->table_card, FALSE);
}

/* --- Public --- */

void
sy_load_page_set_session (SyLoadPage *self,
                          SySession  *session)
{
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_swapped (session, "items-changed", G_CALLBACK (backends_changed_cb), self);
  backends_changed_cb (self);
}

void
sy_load_page_set_recorded (SyLoadPage *self)
{
  self->recorded = TRUE;
  update_words (self);
  update_controls (self);
}

void
sy_load_page_toggle (SyLoadPage *self)
{
  const SyWorkload *workload = chosen_workload (self);
  SyBackend *a, *b;
  g_autoptr (GError) error = NULL;

  if (is_running (self))
    {
      sy_load_trial_stop (self->trial);
      return;
    }

  a = chosen_backend (self, 0);
  b = chosen_backend (self, 1);
  if (workload == NULL || a == NULL || b == NULL || self->consent != NULL || self->recorded)
    return;

  drop_trial (self);
  self->trial = sy_load_trial_new (sy_session_get_clock (self->session), a, b, workload->id,
                                   gtk_drop_down_get_selected (GTK_DROP_DOWN (self->length)) == 0, &error);
  if (self->trial == NULL)
    {
      g_autofree char *why = sy_display_text (error->message, -1, SY_DISPLAY_TEXT_MAX);

      set_words (self, _("The load cannot start"), why);
      return;
    }

  sy_load_trial_limit_rate (self->trial, self->most_rate);
  ask_or_start (self);
}

SyLoadTrial *
sy_load_page_get_trial (SyLoadPage *self)
{
  return self->trial;
}

SyLoadFigures *
sy_load_page_get_figures (SyLoadPage *self)
{
  return SY_LOAD_FIGURES (self->figures);
}

const char *
sy_load_page_get_headline (SyLoadPage *self)
{
  return gtk_label_get_text (GTK_LABEL (self->headline));
}

void
sy_load_page_choose (SyLoadPage *self,
                     const char *workload,
                     guint       a,
                     guint       b)
{
  for (guint i = 0; i < self->workloads->len; i++)
    if (strcmp (((const SyWorkload *) g_ptr_array_index (self->workloads, i))->id, workload) == 0)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->workload), i);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->sides[0]), a);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->sides[1]), b);
}
