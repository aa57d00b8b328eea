/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shown.h"

#include "desk.h"
#include "wait.h"

typedef struct
{
  GtkWidget *root;
  const char *text;
} Wanted;

gboolean
shown_is (GtkWidget *root, const char *text)
{
  GtkWidget *label = desk_find (root, GTK_TYPE_LABEL, text);
  GtkWidget *inscription = desk_find (root, GTK_TYPE_INSCRIPTION, text);

  return (label && gtk_widget_get_mapped (label)) ||
         (inscription && gtk_widget_get_mapped (inscription));
}

static gboolean
is_shown (gpointer data)
{
  const Wanted *wanted = data;

  return shown_is (wanted->root, wanted->text);
}

static void
add_texts (GtkWidget *widget, GString *texts)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)))
    g_string_append_printf (texts, "\n  %s", gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    add_texts (child, texts);
}

void
shown_wait (GtkWidget *root, const char *text)
{
  Wanted wanted = { root, text };
  g_autoptr (GString) texts = NULL;

  if (wait_until (is_shown, &wanted, PATIENCE))
    return;
  texts = g_string_new (NULL);
  add_texts (root, texts);
  g_error ("nothing says \"%s\", but:%s", text, texts->str);
}
