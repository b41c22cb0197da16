/* sy-scene.h: a drawing as a list of marks
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-figure.h"

G_BEGIN_DECLS

/* What a mark means; each form has its colours for it. */
typedef enum {
  SY_INK_TEXT,
  SY_INK_DIM,
  SY_INK_GRID,
  SY_INK_TRACK, /* the room that a bar could fill */
  SY_INK_A,
  SY_INK_B,
  SY_N_INKS
} SyInk;

typedef enum {
  SY_MARK_RECT,
  SY_MARK_LINE, /* from (x, y) to (x + width, y + height) */
  SY_MARK_TEXT, /* (x, y) is its anchor on the baseline */
} SyMarkKind;

typedef enum { SY_ANCHOR_START, SY_ANCHOR_MIDDLE, SY_ANCHOR_END } SyAnchor;

typedef struct {
  SyMarkKind kind;
  SyInk      ink;
  double     x, y;
  double     width, height;
  SyAnchor   anchor;  /* of a text */
  char      *text;    /* (owned) (nullable) */
} SyMark;

/**
 * SyScene:
 *
 * One drawing for all forms, in units of which a text is SY_SCENE_TEXT high.
 */
typedef struct {
  double  width;
  double  height;
  GArray *marks;  /* (owned) (element-type SyMark), the lowest first */
} SyScene;

#define SY_SCENE_WIDTH 480.0
#define SY_SCENE_TEXT 11.0 /* size of the font */
#define SY_SCENE_STROKE 1.25

/* The scene of @figure. */
SyScene *sy_scene_new       (const SyFigure *figure);
void     sy_scene_free      (SyScene *self);

/* For the layouts of figures. @text is cut where it is wider than @room by a
 * careful estimate. */
void     sy_scene_add_rect  (SyScene *self, SyInk ink, double x, double y, double width, double height);
void     sy_scene_add_line  (SyScene *self, SyInk ink, double x, double y, double width, double height);
void     sy_scene_add_text  (SyScene *self, SyMark where, double room, const char *text);

/* About how wide @text is. */
double   sy_scene_measure   (const char *text);

/* The layouts: each adds its marks and sets the height. */
void     sy_scene_lay_pairs   (SyScene *self, const SyFigure *figure);
void     sy_scene_lay_columns (SyScene *self, const SyFigure *figure);
void     sy_scene_lay_spans   (SyScene *self, const SyFigure *figure);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyScene, sy_scene_free)

G_END_DECLS
