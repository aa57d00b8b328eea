/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "numeral-hand-store.h"

G_BEGIN_DECLS

/* A sample of one's own handwriting, and a label for it. */
typedef struct
{
  gint64 id;
  int label;
} NumeralRelabel;

/* A sample has got another label, also by Undo. */
typedef void (*NumeralRelabelFunc) (GtkWidget *widget, gint64 id, int label);

/**
 * numeral_relabel:
 * @widget: what shows the samples, below a toast overlay
 * @changes: [n] all with the same label
 * @func: (nullable): called for each sample that was changed, with @widget
 *
 * Gives samples another label, each in a transaction, and says so in a toast with Undo. An error,
 * such as a sample that was deleted meanwhile, is shown in a dialog.
 */
void numeral_relabel (GtkWidget *widget,
                      NumeralHandStore *store,
                      const NumeralRelabel *changes,
                      guint n,
                      NumeralRelabelFunc func);

/* The keys 0 to 9, and minus for what is not a digit. @action: takes a label (i) */
void numeral_relabel_add_keys (GtkWidgetClass *widget_class, const char *action);

/* (transfer full): a menu of the labels for @action. */
GMenuModel *numeral_relabel_create_menu (const char *action);

G_END_DECLS
