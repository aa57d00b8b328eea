/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Enumerations by name. */

/* The names of an enumeration that counts from 0. */
typedef struct
{
  const char *const *list;
  guint n;
} NnNames;

/* Private to core: the index of @name in @names [n]; NN_ERROR_CONFIG with a message that lists
 * what @what may be where it is not there. */
gboolean nn_names_find (const char *const *names,
                        guint n,
                        const char *what,
                        const char *name,
                        guint *index,
                        GError **error);

/* Defines PREFIX_from_name(), PREFIX_name() and the NnNames PREFIX_names over the table @names. */
#define NN_DEFINE_NAMES(Type, prefix, names, what)                               \
  const NnNames prefix##_names = { names, G_N_ELEMENTS (names) };                \
                                                                                 \
  const char *prefix##_name (Type value)                                         \
  {                                                                              \
    g_return_val_if_fail ((guint) value < G_N_ELEMENTS (names), NULL);           \
    return names[value];                                                         \
  }                                                                              \
                                                                                 \
  gboolean prefix##_from_name (const char *name, Type *out, GError **error)      \
  {                                                                              \
    guint index;                                                                 \
                                                                                 \
    if (!nn_names_find (names, G_N_ELEMENTS (names), what, name, &index, error)) \
      return FALSE;                                                              \
    *out = (Type) index;                                                         \
    return TRUE;                                                                 \
  }

G_END_DECLS
