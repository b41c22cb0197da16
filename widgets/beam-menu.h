/* beam-menu.h: what the context menus of charts and figures have in common
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "beam-sheet.h"

G_BEGIN_DECLS

#define BEAM_TYPE_MENU_OWNER (beam_menu_owner_get_type ())
G_DECLARE_INTERFACE (BeamMenuOwner, beam_menu_owner, BEAM, MENU_OWNER, GtkWidget)

/**
 * BeamMenuOwnerInterface:
 * @prefix: of its actions: "chart" makes "chart.copy-values"
 * @get_title: what a file is named after
 * @dup_values: (transfer full) the values as text, to be copied
 * @create_sheet: (transfer full) the picture alone on a sheet
 * @show_table: opens the twin in numbers
 * @append_items: (nullable) adds what only this kind of owner can do
 * @visit: what is at a point is visited before a finger gets its menu
 * @find_place: where a menu opens that a key asked for
 * @closed: (nullable) the menu has closed; what was chosen in it may not be done yet
 * @get_popover: the place of the popover, made at first use: a child of the
 *   owner, which presents it when it is given a size, and unparents it
 */
struct _BeamMenuOwnerInterface
{
  GTypeInterface parent_iface;

  const char *prefix;

  const char  *(*get_title)    (BeamMenuOwner *self);
  char        *(*dup_values)   (BeamMenuOwner *self);
  BeamSheet   *(*create_sheet) (BeamMenuOwner *self);
  void         (*show_table)   (BeamMenuOwner *self);
  void         (*append_items) (BeamMenuOwner *self, GMenu *menu);
  void         (*visit)        (BeamMenuOwner *self, double x, double y);
  void         (*find_place)   (BeamMenuOwner *self, double *ret_x, double *ret_y);
  void         (*closed)       (BeamMenuOwner *self);
  GtkWidget  **(*get_popover)  (BeamMenuOwner *self);
};

/* For class_init: copy-values, copy-picture, save and show-table. @prefix is
 * that of the interface and a literal. */
void     beam_menu_install_actions (GtkWidgetClass *klass,
                                    const char     *prefix);

/* For init: a secondary click and a long press open the menu. */
void     beam_menu_add_gestures    (BeamMenuOwner *owner);

/* Ctrl+C, T, the Menu key and Shift+F10; FALSE for any other. */
gboolean beam_menu_handle_key      (BeamMenuOwner   *owner,
                                    guint            keyval,
                                    GdkModifierType  state);

/* Opens the menu at a point, or where the owner says when it is NAN. The owner
 * has the focus back when it closes. */
void     beam_menu_open            (BeamMenuOwner *owner,
                                    double         x,
                                    double         y);

G_END_DECLS
