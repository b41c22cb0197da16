/* beam-menu.c: what the context menus of charts and figures have in common
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both copy, save and show the same things; an interface says how each comes by
 * them, so that there is one set of actions, gestures and keys.
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-menu.h"
#include "beam-save.h"
#include "beam-words.h"

G_DEFINE_INTERFACE (BeamMenuOwner, beam_menu_owner, GTK_TYPE_WIDGET)

static void
beam_menu_owner_default_init (BeamMenuOwnerInterface *iface)
{
}

/* --- Actions --- */

static void
copy_values_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  BeamMenuOwner *self = BEAM_MENU_OWNER (widget);
  g_autofree char *text = BEAM_MENU_OWNER_GET_IFACE (self)->dup_values (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
copy_picture_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  BeamMenuOwner *self = BEAM_MENU_OWNER (widget);
  g_autoptr (BeamSheet) sheet = BEAM_MENU_OWNER_GET_IFACE (self)->create_sheet (self);

  beam_save_copy_picture (sheet, widget);
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  BeamMenuOwner *self = BEAM_MENU_OWNER (widget);
  g_autoptr (BeamSheet) sheet = BEAM_MENU_OWNER_GET_IFACE (self)->create_sheet (self);
  BeamFileFormat format;

  if (beam_file_format_parse (g_variant_get_string (parameter, NULL), &format))
    beam_save_from (widget, sheet, format, BEAM_MENU_OWNER_GET_IFACE (self)->get_title (self));
}

static void
show_table_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  BeamMenuOwner *self = BEAM_MENU_OWNER (widget);

  BEAM_MENU_OWNER_GET_IFACE (self)->show_table (self);
}

void
beam_menu_install_actions (GtkWidgetClass *klass,
                           const char     *prefix)
{
  static const struct {
    const char                  *name;
    const char                  *parameter;
    GtkWidgetActionActivateFunc  activate;
  } actions[] = {
    { "copy-values", NULL, copy_values_action },
    { "copy-picture", NULL, copy_picture_action },
    { "save", "s", save_action },
    { "show-table", NULL, show_table_action },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s.%s", prefix, actions[i].name);

      gtk_widget_class_install_action (klass, g_intern_string (name), actions[i].parameter, actions[i].activate);
    }
}

/* --- Menu --- */

static char *
name_action (BeamMenuOwner *owner,
             const char    *name)
{
  return g_strdup_printf ("%s.%s", BEAM_MENU_OWNER_GET_IFACE (owner)->prefix, name);
}

static void
append (BeamMenuOwner *owner,
        GMenu         *menu,
        const char    *label,
        const char    *name)
{
  g_autofree char *action = name_action (owner, name);

  g_menu_append (menu, label, action);
}

static void
append_save (BeamMenuOwner  *owner,
             GMenu          *menu,
             const char     *label,
             BeamFileFormat  format)
{
  g_autofree char *action = name_action (owner, "save");
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", beam_file_format_get_extension (format));
  g_menu_append_item (menu, item);
}

static GMenuModel *
create_menu (BeamMenuOwner *owner)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) data = g_menu_new ();
  g_autoptr (GMenu) save = g_menu_new ();

  append_save (owner, save, _("_Picture (PNG)…"), BEAM_FILE_PNG);
  append_save (owner, save, _("_Drawing (SVG)…"), BEAM_FILE_SVG);
  append_save (owner, save, _("_Page (PDF)…"), BEAM_FILE_PDF);
  append_save (owner, save, _("_Numbers (CSV)…"), BEAM_FILE_CSV);

  append (owner, data, _("_Copy Values"), "copy-values");
  append (owner, data, _("Copy P_icture"), "copy-picture");
  g_menu_append_submenu (data, _("_Save As"), G_MENU_MODEL (save));
  append (owner, data, _("Show as _Table"), "show-table");

  g_menu_append_section (menu, NULL, G_MENU_MODEL (data));
  if (BEAM_MENU_OWNER_GET_IFACE (owner)->append_items != NULL)
    BEAM_MENU_OWNER_GET_IFACE (owner)->append_items (owner, menu);

  return G_MENU_MODEL (menu);
}

/* What had the focus before has it again. */
static void
closed_cb (GtkWidget *owner)
{
  gtk_widget_grab_focus (owner);
  if (BEAM_MENU_OWNER_GET_IFACE (owner)->closed != NULL)
    BEAM_MENU_OWNER_GET_IFACE (owner)->closed (BEAM_MENU_OWNER (owner));
}

void
beam_menu_open (BeamMenuOwner *owner,
                double         x,
                double         y)
{
  GtkWidget **popover = BEAM_MENU_OWNER_GET_IFACE (owner)->get_popover (owner);
  g_autoptr (GMenuModel) model = create_menu (owner);

  if (isnan (x))
    BEAM_MENU_OWNER_GET_IFACE (owner)->find_place (owner, &x, &y);

  if (*popover == NULL)
    {
      *popover = gtk_popover_menu_new_from_model (model);
      gtk_popover_set_has_arrow (GTK_POPOVER (*popover), FALSE);
      gtk_popover_set_position (GTK_POPOVER (*popover), GTK_POS_BOTTOM);
      gtk_widget_set_halign (*popover, GTK_ALIGN_START);
      gtk_widget_set_parent (*popover, GTK_WIDGET (owner));
      g_signal_connect_swapped (*popover, "closed", G_CALLBACK (closed_cb), owner);
    }
  else
    gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (*popover), model);

  gtk_popover_set_pointing_to (GTK_POPOVER (*popover), &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (*popover));
}

/* --- Input --- */

static void
menu_pressed_cb (GtkGestureClick *gesture,
                 int              n_press,
                 double           x,
                 double           y,
                 BeamMenuOwner   *owner)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (owner));
  beam_menu_open (owner, x, y);
}

static void
long_pressed_cb (GtkGestureLongPress *gesture,
                 double               x,
                 double               y,
                 BeamMenuOwner       *owner)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  BEAM_MENU_OWNER_GET_IFACE (owner)->visit (owner, x, y);
  beam_menu_open (owner, x, y);
}

void
beam_menu_add_gestures (BeamMenuOwner *owner)
{
  GtkGesture *gesture = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_SECONDARY);
  g_signal_connect (gesture, "pressed", G_CALLBACK (menu_pressed_cb), owner);
  gtk_widget_add_controller (GTK_WIDGET (owner), GTK_EVENT_CONTROLLER (gesture));

  gesture = gtk_gesture_long_press_new ();
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (gesture), TRUE);
  g_signal_connect (gesture, "pressed", G_CALLBACK (long_pressed_cb), owner);
  gtk_widget_add_controller (GTK_WIDGET (owner), GTK_EVENT_CONTROLLER (gesture));
}

gboolean
beam_menu_handle_key (BeamMenuOwner   *owner,
                      guint            keyval,
                      GdkModifierType  state)
{
  guint letter = gdk_keyval_to_lower (keyval);

  if ((state & (GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return FALSE;

  if ((state & GDK_CONTROL_MASK) != 0)
    {
      g_autofree char *action = name_action (owner, "copy-values");

      return letter == GDK_KEY_c && gtk_widget_activate_action (GTK_WIDGET (owner), action, NULL);
    }

  if (letter == GDK_KEY_t)
    BEAM_MENU_OWNER_GET_IFACE (owner)->show_table (owner);
  else if (keyval == GDK_KEY_Menu || (keyval == GDK_KEY_F10 && (state & GDK_SHIFT_MASK) != 0))
    beam_menu_open (owner, (double) NAN, (double) NAN);
  else
    return FALSE;

  return TRUE;
}
