/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NUMERAL_TYPE_UNSAVED_BAR (numeral_unsaved_bar_get_type ())
G_DECLARE_FINAL_TYPE (NumeralUnsavedBar, numeral_unsaved_bar, NUMERAL, UNSAVED_BAR, GtkWidget)

/**
 * NumeralUnsavedBar:
 *
 * A banner of a window that shows what could not be saved, or was interrupted, with the reason in
 * full and with buttons, until it is saved, or goes on. Empty, it has no height. Of many rows it
 * shows the first ones.
 *
 * Properties: "narrow" (boolean): puts the buttons below the text.
 */

typedef enum
{
  NUMERAL_UNSAVED_AGAIN = 1 << 0,     /* Try Again */
  NUMERAL_UNSAVED_ELSEWHERE = 1 << 1, /* Save Elsewhere… */
  NUMERAL_UNSAVED_DISMISS = 1 << 2,   /* the person does not need it any more */
  NUMERAL_UNSAVED_RESUME = 1 << 3,    /* Resume: of a training that was interrupted */
  NUMERAL_UNSAVED_UNLOCK = 1 << 4,    /* Unlock…: it is to be encrypted, and the key is missing */
} NumeralUnsavedActions;

typedef void (*NumeralUnsavedFunc) (gpointer owner, NumeralUnsavedActions action, gpointer data);

/**
 * NumeralUnsaved:
 * @key: what it is, as "drawing"; a row with the same key is replaced
 * @title: what is not saved, as a sentence without a full stop
 * @reason: why, and what to do
 * @actions: of which the buttons are
 * @urgent: whether it comes before the others, of which not all are shown
 * @automatic: whether the bar also tries again by itself, every few seconds
 * @owner: @act is called as long as it exists; not for %NUMERAL_UNSAVED_DISMISS, which takes the
 *   row away
 * @data: freed with @destroy (nullable)
 */
typedef struct
{
  const char *key;
  const char *title;
  const char *reason;
  NumeralUnsavedActions actions;
  gboolean urgent;
  gboolean automatic;
  gpointer owner;
  NumeralUnsavedFunc act;
  gpointer data;
  GDestroyNotify destroy;
} NumeralUnsaved;

/* Shows @unsaved in the bar of the window of @widget; in a window without one, its reason in a
 * toast. */
void numeral_unsaved_bar_show (GtkWidget *widget, const NumeralUnsaved *unsaved);
/* It is saved, or saved anew: takes the row of @key away, if there is one. A row that was dismissed
 * does not come back before. */
void numeral_unsaved_bar_hide (GtkWidget *widget, const char *key);

G_END_DECLS
