/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <string.h>

#include "numeral-model-format.h"
#include "numeral-window-private.h"

/* Maximum number of files in the menu. */
#define N_RECENT 6

/* Position of the submenu in the menu: below Open. */
#define RECENT_PLACE 1
/* Number of fixed items: Open and Save. */
#define N_FILE_ITEMS 2

/* Chooses the MIME type by the suffix: the system may not know the types of Numeral, and a
 * drawing must not be listed as a plain XML file. */
static const char *
type_of (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  const NumeralModelFormat *format = numeral_model_format_for_name (name);

  if (strstr (lower, ".inkml"))
    return "application/inkml+xml";
  if (strstr (lower, ".unipen"))
    return "application/x-unipen";
  if (g_str_has_suffix (lower, ".xopp") || g_str_has_suffix (lower, ".xoj"))
    return "application/x-xopp";
  return format ? format->content_type : NULL;
}

void
numeral_window_add_recent (NumeralWindow *self, GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *guessed = NULL;
  const char *type = type_of (name);
  GtkRecentData data = { .app_name = (char *) "Numeral", .app_exec = (char *) "numeral %u" };

  if (!type)
    {
      g_autofree char *content = g_content_type_guess (name, NULL, 0, NULL);

      guessed = g_content_type_get_mime_type (content);
      type = guessed ? guessed : "application/octet-stream";
    }
  data.mime_type = (char *) type;
  gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}

/* Newest first. */
static int
compare (gconstpointer a, gconstpointer b)
{
  GDateTime *one = gtk_recent_info_get_modified (*(GtkRecentInfo *const *) a);
  GDateTime *other = gtk_recent_info_get_modified (*(GtkRecentInfo *const *) b);

  return g_date_time_compare (other, one);
}

/* The recent files of this program that still exist. (transfer full) (element-type
 * GtkRecentInfo) */
static GPtrArray *
list_recent (void)
{
  GList *all = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());
  GPtrArray *ours = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_recent_info_unref);

  for (GList *link = all; link; link = link->next)
    {
      GtkRecentInfo *info = link->data;

      if (gtk_recent_info_has_application (info, "Numeral") &&
          (!gtk_recent_info_is_local (info) || gtk_recent_info_exists (info)))
        g_ptr_array_add (ours, gtk_recent_info_ref (info));
    }
  g_list_free_full (all, (GDestroyNotify) gtk_recent_info_unref);
  g_ptr_array_sort (ours, compare);
  return ours;
}

/* Escapes underscores, which mark mnemonics in a menu. */
static char *
label_of (GtkRecentInfo *info)
{
  g_auto (GStrv) parts = g_strsplit (gtk_recent_info_get_display_name (info), "_", -1);

  return g_strjoinv ("__", parts);
}

static void
update (NumeralWindow *self)
{
  g_autoptr (GPtrArray) recent = list_recent ();
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; i < MIN (recent->len, N_RECENT); i++)
    {
      GtkRecentInfo *info = recent->pdata[i];
      g_autofree char *label = label_of (info);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "win.open-recent", "s",
                                         gtk_recent_info_get_uri (info));
      g_menu_append_item (menu, item);
    }
  if (g_menu_model_get_n_items (G_MENU_MODEL (self->file_menu)) > N_FILE_ITEMS)
    g_menu_remove (self->file_menu, RECENT_PLACE);
  if (recent->len > 0)
    g_menu_insert_submenu (self->file_menu, RECENT_PLACE, _ ("Open _Recent"), G_MENU_MODEL (menu));
}

/* Reads the list and fills the menu when the menu opens. */
static void
on_menu (GtkMenuButton *button, gpointer data)
{
  NumeralWindow *self = data;

  if (!gtk_menu_button_get_menu_model (button))
    gtk_menu_button_set_menu_model (button, self->main_menu);
  update (self);
}

void
numeral_window_recent_init (NumeralWindow *self)
{
  gtk_menu_button_set_create_popup_func (self->menu_button, on_menu, self, NULL);
}
