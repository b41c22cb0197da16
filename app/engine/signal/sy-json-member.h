/* sy-json-member.h: members of data files, with errors that say where
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * SyJsonPlace:
 *
 * An object of a data file and its place in it ("signals[3]"; "" for the
 * whole document), borrowed. Each reader leaves @ret alone when the member is
 * not there, and fails with SY_ERROR_INVALID when it is something else.
 */
typedef struct {
  JsonObject *object;
  const char *place;
} SyJsonPlace;

typedef gboolean (*SyJsonPlaceFunc) (SyJsonPlace element, gpointer user_data, GError **error);

/* Fails for a member that is not in @names (NULL-terminated). */
gboolean sy_json_member_check_names (SyJsonPlace at, const char * const *names, GError **error);
gboolean sy_json_member_require     (SyJsonPlace at, const char *name, GError **error);
gboolean sy_json_member_string      (SyJsonPlace at, const char *name, char **ret, GError **error);
gboolean sy_json_member_bool        (SyJsonPlace at, const char *name, gboolean *ret, GError **error);
gboolean sy_json_member_double      (SyJsonPlace at, const char *name, double *ret, GError **error);

/* One string or an array of strings, appended to @ret (element-type utf8). */
gboolean sy_json_member_strings     (SyJsonPlace at, const char *name, GPtrArray *ret, GError **error);

/* Calls @func for an object, or for each element of an array, which must be
 * objects, or strings, which stand for { "metric": STRING }. */
gboolean sy_json_member_each        (SyJsonPlace at, const char *name, SyJsonPlaceFunc func,
                                     gpointer user_data, GError **error);

/* Sets @error to "PLACE.NAME: @message" and returns FALSE. */
gboolean sy_json_member_fail        (SyJsonPlace at, const char *name, const char *message, GError **error);

G_END_DECLS
