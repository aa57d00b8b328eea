/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-path-row.h"

#include <glib/gi18n.h>

#include "numeral-config-row.h"
#include "numeral-file-chooser.h"

struct _NumeralPathRow
{
  AdwActionRow parent_instance;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NumeralPathRow, numeral_path_row, ADW_TYPE_ACTION_ROW)

static void
on_chosen (gpointer row, GFile *file, GtkFileFilter *filter, gpointer unused)
{
  g_autofree char *path = g_file_get_path (file);

  if (path)
    g_signal_emit (row, signals[CHOSEN], 0, path);
}

static void
choose (NumeralPathRow *self, const char *title, GtkFileChooserAction action)
{
  const NumeralFileRequest request = { .title = title, .action = action };

  numeral_file_chooser_ask (GTK_WIDGET (self), &request, on_chosen, NULL, NULL);
}

static void
on_file (NumeralPathRow *self)
{
  choose (self, _ ("Learn From a File"), GTK_FILE_CHOOSER_ACTION_OPEN);
}

static void
on_folder (NumeralPathRow *self)
{
  choose (self, _ ("Learn From a Folder"), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER);
}

static void
add_button (NumeralPathRow *self, const char *icon, const char *tooltip, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip,
                                  -1);
  g_signal_connect_swapped (button, "clicked", callback, self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), button);
}

static void
numeral_path_row_class_init (NumeralPathRowClass *klass)
{
  signals[CHOSEN] = g_signal_new ("chosen", NUMERAL_TYPE_PATH_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
numeral_path_row_init (NumeralPathRow *self)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ ("Learn From"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  add_button (self, "document-open-symbolic", _ ("Choose a UNIPEN, CSV, ARFF or NumPy File"),
              G_CALLBACK (on_file));
  add_button (self, "folder-open-symbolic", _ ("Choose a Folder of IDX Files or Images"),
              G_CALLBACK (on_folder));
}

NumeralPathRow *
numeral_path_row_new (void)
{
  return g_object_new (NUMERAL_TYPE_PATH_ROW, NULL);
}

void
numeral_path_row_set_path (NumeralPathRow *self, const char *path, const char *problem)
{
  g_autofree char *text = NULL;

  g_return_if_fail (NUMERAL_IS_PATH_ROW (self));

  text = path && *path ? g_filename_display_name (path) : g_strdup (_ ("Nothing chosen yet"));
  numeral_action_row_set_problem (ADW_ACTION_ROW (self), text, problem);
}
