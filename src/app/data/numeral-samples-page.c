/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "ink-tensor.h"
#include "numeral-dataset-tile.h"
#include "numeral-file-chooser.h"
#include "numeral-samples-page-private.h"

G_DEFINE_FINAL_TYPE (NumeralSamplesPage, numeral_samples_page, NUMERAL_TYPE_PAGE)

static void
on_filter (NumeralSamplesPage *self)
{
  const guint selected = gtk_drop_down_get_selected (self->filter);

  if (self->showing || selected == GTK_INVALID_LIST_POSITION)
    return;
  if (self->what == NUMERAL_BROWSE_HANDWRITING)
    numeral_hand_view_set_label (self->hand, (int) selected - 1);
  else
    numeral_dataset_list_set_class (self->samples, (int) selected - 1);
}

static guint
place_of (NumeralBrowse what)
{
  if (what == NUMERAL_BROWSE_HANDWRITING)
    return NUMERAL_SAMPLES_HAND_PLACE;
  return what == NUMERAL_BROWSE_PATH ? NUMERAL_SAMPLES_PATH_PLACE : what;
}

static NumeralBrowse
source_at (guint place)
{
  if (place == NUMERAL_SAMPLES_HAND_PLACE)
    return NUMERAL_BROWSE_HANDWRITING;
  return place == NUMERAL_SAMPLES_PATH_PLACE ? NUMERAL_BROWSE_PATH : place;
}

/* The last entry is the opened file or folder, if there is one. */
static void
show_source (NumeralSamplesPage *self)
{
  self->showing = TRUE;
  if (self->what == NUMERAL_BROWSE_PATH)
    {
      g_autofree char *name = g_filename_display_basename (self->path);
      const char *const texts[] = { name, NULL };
      const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->sources));

      gtk_string_list_splice (self->sources, NUMERAL_SAMPLES_PATH_PLACE,
                              n - NUMERAL_SAMPLES_PATH_PLACE, texts);
    }
  gtk_drop_down_set_selected (self->source, place_of (self->what));
  self->showing = FALSE;
}

static void
on_source (NumeralSamplesPage *self)
{
  const guint selected = gtk_drop_down_get_selected (self->source);

  if (self->showing || selected == GTK_INVALID_LIST_POSITION)
    return;
  self->what = source_at (selected);
  if (self->lab)
    numeral_samples_page_load (self);
}

void
numeral_samples_page_browse (NumeralSamplesPage *self, NumeralBrowse what, const char *path)
{
  g_return_if_fail (NUMERAL_IS_SAMPLES_PAGE (self) && self->lab);
  g_return_if_fail (what != NUMERAL_BROWSE_PATH || path);

  self->what = what;
  if (what == NUMERAL_BROWSE_PATH && path != self->path)
    {
      g_free (self->path);
      self->path = g_strdup (path);
    }
  show_source (self);
  numeral_samples_page_load (self);
}

static void
on_activate (NumeralSamplesPage *self, guint position)
{
  g_autoptr (NumeralDatasetItem) item =
      g_list_model_get_item (G_LIST_MODEL (self->samples), position);
  float tensor[INK_TENSOR_SIZE];

  if (!item)
    return;
  numeral_dataset_item_get_tensor (item, tensor);
  numeral_page_activate_sample (NUMERAL_PAGE (self), tensor,
                                numeral_dataset_item_get_drawing (item));
}

static void
on_setup (NumeralSamplesPage *self, GtkListItem *item)
{
  gtk_list_item_set_child (item, GTK_WIDGET (numeral_dataset_tile_new ()));
}

static void
on_bind (NumeralSamplesPage *self, GtkListItem *item)
{
  numeral_dataset_tile_set_item (NUMERAL_DATASET_TILE (gtk_list_item_get_child (item)),
                                 gtk_list_item_get_item (item));
}

static void
on_unbind (NumeralSamplesPage *self, GtkListItem *item)
{
  numeral_dataset_tile_set_item (NUMERAL_DATASET_TILE (gtk_list_item_get_child (item)), NULL);
}

static void
on_chosen (gpointer page, GFile *file, GtkFileFilter *filter, gpointer unused)
{
  g_autofree char *path = g_file_get_path (file);

  if (path && NUMERAL_SAMPLES_PAGE (page)->lab)
    numeral_samples_page_browse (page, NUMERAL_BROWSE_PATH, path);
}

static void
action_open (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const gboolean folder = g_str_equal (name, "samples.open-folder");
  const NumeralFileRequest request = {
    .title = folder ? _ ("Open a Folder of Samples") : _ ("Open a File of Samples"),
    .action = folder ? GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER : GTK_FILE_CHOOSER_ACTION_OPEN,
    .accept = _ ("_Open"),
  };

  numeral_file_chooser_ask (widget, &request, on_chosen, NULL, NULL);
}

static void
action_class (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NumeralSamplesPage *self = NUMERAL_SAMPLES_PAGE (widget);
  const int position = g_variant_get_int32 (parameter) + 1;

  if (position >= 0 && position < (int) g_list_model_get_n_items (G_LIST_MODEL (self->classes)))
    gtk_drop_down_set_selected (self->filter, (guint) position);
}

static void
action_generate (GtkWidget *widget, const char *name, GVariant *parameter)
{
  numeral_samples_page_browse (NUMERAL_SAMPLES_PAGE (widget), NUMERAL_BROWSE_GENERATED, NULL);
}

static void
action_download (GtkWidget *widget, const char *name, GVariant *parameter)
{
  numeral_samples_page_download (NUMERAL_SAMPLES_PAGE (widget));
}

static void
action_retry (GtkWidget *widget, const char *name, GVariant *parameter)
{
  numeral_samples_page_load (NUMERAL_SAMPLES_PAGE (widget));
}

static void
action_cancel (GtkWidget *widget, const char *name, GVariant *parameter)
{
  numeral_samples_page_cancel (NUMERAL_SAMPLES_PAGE (widget));
}

static void
numeral_samples_page_set_lab (NumeralPage *page, NumeralLab *lab)
{
  NUMERAL_SAMPLES_PAGE (page)->lab = lab;
  numeral_samples_page_init_hand (NUMERAL_SAMPLES_PAGE (page));
}

/* Loads when the page is first visible, and again if the data of the next run has changed since. */
static void
numeral_samples_page_show_page (NumeralPage *page)
{
  NumeralSamplesPage *self = NUMERAL_SAMPLES_PAGE (page);
  g_autofree char *settings = numeral_samples_page_settings (self);

  if (!self->seen || (self->what == NUMERAL_BROWSE_NEXT_RUN && !g_str_equal (settings, self->seen)))
    numeral_samples_page_load (self);
  /* The entry of one's own handwriting has its number of samples. */
  numeral_samples_page_count_hand (self);
}

static void
numeral_samples_page_dispose (GObject *object)
{
  NumeralSamplesPage *self = NUMERAL_SAMPLES_PAGE (object);

  numeral_samples_page_stop (self);
  g_clear_object (&self->samples);
  self->lab = NULL;
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->seen, g_free);
  G_OBJECT_CLASS (numeral_samples_page_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "samples.class", "i", action_class);
  gtk_widget_class_install_action (widget_class, "samples.open-file", NULL, action_open);
  gtk_widget_class_install_action (widget_class, "samples.open-folder", NULL, action_open);
  gtk_widget_class_install_action (widget_class, "samples.generate", NULL, action_generate);
  gtk_widget_class_install_action (widget_class, "samples.download", NULL, action_download);
  gtk_widget_class_install_action (widget_class, "samples.retry", NULL, action_retry);
  gtk_widget_class_install_action (widget_class, "samples.cancel", NULL, action_cancel);
  for (guint digit = 0; digit < 10; digit++)
    {
      gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0 + digit, 0, "samples.class", "i",
                                           (int) digit);
      gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_0 + digit, 0, "samples.class",
                                           "i", (int) digit);
    }
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, 0, "samples.class", "i",
                                       NUMERAL_DATASET_ALL_CLASSES);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "samples.cancel", NULL);
}

static void
numeral_samples_page_class_init (NumeralSamplesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  NumeralPageClass *page_class = NUMERAL_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = numeral_samples_page_dispose;
  page_class->set_lab = numeral_samples_page_set_lab;
  page_class->show = numeral_samples_page_show_page;
  g_type_ensure (NUMERAL_TYPE_HAND_VIEW);

  install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, NUMERAL_RESOURCES
                                               "/ui/data/numeral-samples-page.ui");
  gtk_widget_class_bind_template_child (widget_class, NumeralSamplesPage, source);
  gtk_widget_class_bind_template_child (widget_class, NumeralSamplesPage, sources);
  gtk_widget_class_bind_template_child (widget_class, NumeralSamplesPage, filter);
  gtk_widget_class_bind_template_child (widget_class, NumeralSamplesPage, classes);
  gtk_widget_class_bind_template_child (widget_class, NumeralSamplesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, NumeralSamplesPage, remarks_box);
  gtk_widget_class_bind_template_child (widget_class, NumeralSamplesPage, remarks);
  gtk_widget_class_bind_template_child (widget_class, NumeralSamplesPage, grid);
  gtk_widget_class_bind_template_child (widget_class, NumeralSamplesPage, hand);
  gtk_widget_class_bind_template_child (widget_class, NumeralSamplesPage, busy_text);
  gtk_widget_class_bind_template_child (widget_class, NumeralSamplesPage, progress);
  gtk_widget_class_bind_template_child (widget_class, NumeralSamplesPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, NumeralSamplesPage, status);
  gtk_widget_class_bind_template_child (widget_class, NumeralSamplesPage, download);
  gtk_widget_class_bind_template_child (widget_class, NumeralSamplesPage, retry);
  gtk_widget_class_bind_template_callback (widget_class, on_source);
  gtk_widget_class_bind_template_callback (widget_class, on_filter);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_bind);
  gtk_widget_class_bind_template_callback (widget_class, on_unbind);
}

static void
numeral_samples_page_init (NumeralSamplesPage *self)
{
  GtkSingleSelection *selection;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->samples = numeral_dataset_list_new ();
  selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->samples)));
  gtk_grid_view_set_model (self->grid, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
}

NumeralSamplesPage *
numeral_samples_page_new (NumeralLab *lab)
{
  return g_object_new (NUMERAL_TYPE_SAMPLES_PAGE, "lab", lab, NULL);
}
