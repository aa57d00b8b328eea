/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * NumeralPageKind:
 * @name: identifies the page in the program; never shown.
 * @title: of the page in the view switcher; marked for translation, not translated.
 * @icon: name of the symbolic icon beside the title.
 * @get_type: the class of the page, a subclass of NumeralPage.
 *
 * A row of the table of pages. To add a page, write its class and add its row.
 */
typedef struct
{
  const char *name;
  const char *title;
  const char *icon;
  GType (*get_type) (void);
} NumeralPageKind;

/* The pages, in the order in which the view switcher shows them. */
const NumeralPageKind *numeral_page_kinds_get (guint *n_kinds);

G_END_DECLS
