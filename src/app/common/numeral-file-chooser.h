/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * NumeralFileRequest:
 * @accept: (nullable): the label of the button, with a mnemonic; "Open" or "Save" without it
 * @name: (nullable): the proposed name of a file to save
 * @filters: (nullable) (array zero-terminated=1): kinds of files; the first one is chosen
 *
 * What a file chooser asks for.
 */
typedef struct
{
  const char *title;
  GtkFileChooserAction action;
  const char *accept;
  const char *name;
  GtkFileFilter *const *filters;
} NumeralFileRequest;

/* @filter: (nullable): the kind that was chosen */
typedef void (*NumeralFileFunc) (gpointer widget,
                                 GFile *file,
                                 GtkFileFilter *filter,
                                 gpointer user_data);

/**
 * numeral_file_chooser_ask:
 * @user_data: freed with @destroy (nullable) after the answer
 *
 * Asks for a file or a folder with a dialog over the window of @widget. @func is called when one
 * was chosen and @widget still exists, and not if the dialog was cancelled. A window has one file
 * chooser: if one is open already it is presented, and the new request is dropped.
 *
 * Every file chooser of the program is opened by this function. GTK before 4.12 crashes, or shows
 * an error of its own, if its dialog is hidden or destroyed while it reads a folder.
 */
void numeral_file_chooser_ask (GtkWidget *widget,
                               const NumeralFileRequest *request,
                               NumeralFileFunc func,
                               gpointer user_data,
                               GDestroyNotify destroy);

G_END_DECLS
