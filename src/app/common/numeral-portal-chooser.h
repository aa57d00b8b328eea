/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-file-chooser.h"

G_BEGIN_DECLS

/* The file chooser of the desktop: org.freedesktop.portal.FileChooser, by D-Bus. GTK 4.8 uses it in
 * a sandbox only. */
typedef struct _NumeralPortalChooser NumeralPortalChooser;

/**
 * NumeralPortalFunc:
 * @there: whether there is a portal that can ask; nobody was asked otherwise
 * @file: (nullable) (transfer full): %NULL if nothing was chosen
 * @filter: (nullable): the kind that was chosen, one of the request's
 */
typedef void (*NumeralPortalFunc) (gboolean there,
                                   GFile *file,
                                   GtkFileFilter *filter,
                                   gpointer user_data);

/**
 * numeral_portal_chooser_open:
 * @parent: @request: must live until the answer, or until the chooser is closed
 *
 * Asks for a file or a folder. @func is called once, later, and frees what is returned with
 * numeral_portal_chooser_close().
 *
 * Returns: (transfer full) (nullable): %NULL without a session bus, or if the environment variable
 *   GTK_USE_PORTAL is 0
 */
NumeralPortalChooser *numeral_portal_chooser_open (GtkWindow *parent,
                                                   const NumeralFileRequest *request,
                                                   NumeralPortalFunc func,
                                                   gpointer user_data);

/* Frees @self, and takes the dialog away if it is still open; @func is not called any more. */
void numeral_portal_chooser_close (NumeralPortalChooser *self);

G_END_DECLS
