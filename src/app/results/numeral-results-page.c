/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "ink-tensor.h"
#include "numeral-file-chooser.h"
#include "numeral-model-filter.h"
#include "numeral-results-page-private.h"

enum
{
  PROP_SHOW = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NumeralResultsPage, numeral_results_page, NUMERAL_TYPE_PAGE)

/* The data of the list's entries; the last one is there if a file or folder was opened. */
static const NumeralBrowse entries[] = {
  NUMERAL_BROWSE_MNIST_TEST, NUMERAL_BROWSE_MNIST_TRAIN, NUMERAL_BROWSE_VALIDATION,
  NUMERAL_BROWSE_GENERATED,  NUMERAL_BROWSE_HANDWRITING, NUMERAL_BROWSE_TEST_PATH,
};

#define ENTRY_PATH (G_N_ELEMENTS (entries) - 1)

static void
on_source (NumeralResultsPage *self)
{
  const guint selected = gtk_drop_down_get_selected (self->source);

  if (selected < G_N_ELEMENTS (entries))
    self->what = entries[selected];
}

void
numeral_results_page_browse (NumeralResultsPage *self, NumeralBrowse what, const char *path)
{
  guint at = 0;

  g_return_if_fail (NUMERAL_IS_RESULTS_PAGE (self));
  g_return_if_fail (what != NUMERAL_BROWSE_TEST_PATH || path);

  if (what == NUMERAL_BROWSE_TEST_PATH)
    {
      g_autofree char *name = g_filename_display_basename (path);
      const char *const texts[] = { name, NULL };
      const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->sources));

      g_free (self->path);
      self->path = g_strdup (path);
      gtk_string_list_splice (self->sources, ENTRY_PATH, n - ENTRY_PATH, texts);
    }
  while (at < ENTRY_PATH && entries[at] != what)
    at++;
  gtk_drop_down_set_selected (self->source, at);
}

static void
on_other (NumeralResultsPage *self)
{
  if (self->lab)
    numeral_results_page_compare (self);
}

static void
on_writer (NumeralResultsPage *self)
{
  if (self->whole)
    numeral_results_page_restrict (self);
}

static void
on_cell (NumeralResultsPage *self)
{
  if (self->evaluation)
    numeral_results_page_set_show (self, NUMERAL_SHOW_CELL);
}

static void
on_tile (NumeralResultsPage *self, GtkFlowBoxChild *child)
{
  NumeralResultItem *item = numeral_result_tile_get_item (NUMERAL_RESULT_TILE (child));
  NumeralDatasetItem *sample = numeral_result_item_get_sample (item);
  float tensor[INK_TENSOR_SIZE];

  numeral_dataset_item_get_tensor (sample, tensor);
  numeral_page_activate_sample (NUMERAL_PAGE (self), tensor,
                                numeral_dataset_item_get_drawing (sample));
}

static void
on_data_chosen (gpointer page, GFile *file, GtkFileFilter *filter, gpointer unused)
{
  g_autofree char *path = g_file_get_path (file);

  if (path)
    numeral_results_page_browse (page, NUMERAL_BROWSE_TEST_PATH, path);
}

static void
action_open_data (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const gboolean folder = g_str_equal (name, "results.open-folder");
  const NumeralFileRequest request = {
    .title = folder ? _ ("Open a Folder of Samples") : _ ("Open a File of Samples"),
    .action = folder ? GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER : GTK_FILE_CHOOSER_ACTION_OPEN,
    .accept = _ ("_Open"),
  };

  numeral_file_chooser_ask (widget, &request, on_data_chosen, NULL, NULL);
}

static void
on_model_chosen (gpointer page, GFile *file, GtkFileFilter *filter, gpointer choice)
{
  numeral_model_choice_take_file (choice, file);
}

static void
action_open_model (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NumeralResultsPage *self = NUMERAL_RESULTS_PAGE (widget);
  g_autoptr (GtkFileFilter) filter = numeral_model_filter_new ();
  GtkFileFilter *const filters[] = { filter, NULL };
  const NumeralFileRequest request = { .title = _ ("Open a Model"),
                                       .action = GTK_FILE_CHOOSER_ACTION_OPEN,
                                       .filters = filters };
  NumeralModelChoice *choice = g_str_equal (name, "results.open-model") ? self->model : self->other;

  numeral_file_chooser_ask (widget, &request, on_model_chosen, g_object_ref (choice),
                            g_object_unref);
}

static void
action_measure (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (NUMERAL_RESULTS_PAGE (widget)->lab)
    numeral_results_page_measure (NUMERAL_RESULTS_PAGE (widget));
}

static void
action_cancel (GtkWidget *widget, const char *name, GVariant *parameter)
{
  numeral_results_page_cancel (NUMERAL_RESULTS_PAGE (widget));
}

static void
action_find (GtkWidget *widget, const char *name, GVariant *parameter)
{
  numeral_results_page_find (NUMERAL_RESULTS_PAGE (widget));
}

static void
action_cancel_find (GtkWidget *widget, const char *name, GVariant *parameter)
{
  numeral_results_page_stop_finding (NUMERAL_RESULTS_PAGE (widget));
}

static void
action_leave_out (GtkWidget *widget, const char *name, GVariant *parameter)
{
  numeral_results_page_leave_out (NUMERAL_RESULTS_PAGE (widget));
}

static void
action_more (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NumeralResultsPage *self = NUMERAL_RESULTS_PAGE (widget);

  numeral_result_list_show_more (self->results);
  numeral_results_page_update_more (self);
}

static void
action_get_mnist (GtkWidget *widget, const char *name, GVariant *parameter)
{
  numeral_page_request_page (NUMERAL_PAGE (widget), "samples");
}

static void
action_export (GtkWidget *widget, const char *name, GVariant *parameter)
{
  numeral_results_page_export (NUMERAL_RESULTS_PAGE (widget),
                               g_variant_get_string (parameter, NULL));
}

static void
numeral_results_page_set_lab_of_page (NumeralPage *page, NumeralLab *lab)
{
  NumeralResultsPage *self = NUMERAL_RESULTS_PAGE (page);

  numeral_model_choice_set_lab (self->model, lab);
  numeral_model_choice_set_lab (self->other, lab);
  self->lab = lab;
}

static void
numeral_results_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SHOW)
    g_value_set_string (value,
                        numeral_results_page_show_names[NUMERAL_RESULTS_PAGE (object)->show]);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_results_page_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  const char *name = g_value_get_string (value);

  if (id != PROP_SHOW)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  for (guint i = 0; i < NUMERAL_N_SHOWS; i++)
    if (g_strcmp0 (name, numeral_results_page_show_names[i]) == 0)
      numeral_results_page_set_show (NUMERAL_RESULTS_PAGE (object), i);
}

static void
numeral_results_page_dispose (GObject *object)
{
  NumeralResultsPage *self = NUMERAL_RESULTS_PAGE (object);

  if (self->going)
    g_cancellable_cancel (self->going);
  if (self->finding)
    g_cancellable_cancel (self->finding);
  numeral_results_page_stop_restricting (self);
  g_clear_object (&self->going);
  g_clear_object (&self->finding);
  self->lab = NULL;
  numeral_results_page_relabel_dispose (self);
  g_clear_object (&self->results);
  g_clear_pointer (&self->dataset, nn_dataset_unref);
  g_clear_pointer (&self->whole, numeral_evaluation_unref);
  g_clear_pointer (&self->whole_compared, numeral_evaluation_unref);
  g_clear_pointer (&self->evaluation, numeral_evaluation_unref);
  g_clear_pointer (&self->compared, numeral_evaluation_unref);
  g_clear_pointer (&self->comparison, nn_comparison_free);
  g_clear_pointer (&self->suspects, g_array_unref);
  g_clear_pointer (&self->writers, g_array_unref);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->loaded, g_free);
  g_clear_pointer (&self->measured_path, g_free);
  G_OBJECT_CLASS (numeral_results_page_parent_class)->dispose (object);
}

static void
numeral_results_page_finalize (GObject *object)
{
  g_hash_table_unref (NUMERAL_RESULTS_PAGE (object)->relabelled);
  G_OBJECT_CLASS (numeral_results_page_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "results.measure", NULL, action_measure);
  gtk_widget_class_install_action (widget_class, "results.cancel", NULL, action_cancel);
  gtk_widget_class_install_action (widget_class, "results.find-mislabelled", NULL, action_find);
  gtk_widget_class_install_action (widget_class, "results.cancel-find", NULL, action_cancel_find);
  gtk_widget_class_install_action (widget_class, "results.leave-out", NULL, action_leave_out);
  gtk_widget_class_install_property_action (widget_class, "results.show", "show");
  gtk_widget_class_install_action (widget_class, "results.more", NULL, action_more);
  gtk_widget_class_install_action (widget_class, "results.open-model", NULL, action_open_model);
  gtk_widget_class_install_action (widget_class, "results.open-other", NULL, action_open_model);
  gtk_widget_class_install_action (widget_class, "results.open-file", NULL, action_open_data);
  gtk_widget_class_install_action (widget_class, "results.open-folder", NULL, action_open_data);
  gtk_widget_class_install_action (widget_class, "results.get-mnist", NULL, action_get_mnist);
  gtk_widget_class_install_action (widget_class, "results.export", "s", action_export);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "results.cancel", NULL);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, NumeralResultsPage, model);
  gtk_widget_class_bind_template_child (widget_class, NumeralResultsPage, other);
  gtk_widget_class_bind_template_child (widget_class, NumeralResultsPage, source);
  gtk_widget_class_bind_template_child (widget_class, NumeralResultsPage, sources);
  gtk_widget_class_bind_template_child (widget_class, NumeralResultsPage, writer);
  gtk_widget_class_bind_template_child (widget_class, NumeralResultsPage, writer_names);
  gtk_widget_class_bind_template_child (widget_class, NumeralResultsPage, measure);
  gtk_widget_class_bind_template_child (widget_class, NumeralResultsPage, going_box);
  gtk_widget_class_bind_template_child (widget_class, NumeralResultsPage, going_text);
  gtk_widget_class_bind_template_child (widget_class, NumeralResultsPage, progress);
  gtk_widget_class_bind_template_child (widget_class, NumeralResultsPage, remarks);
  gtk_widget_class_bind_template_child (widget_class, NumeralResultsPage, outdated);
  gtk_widget_class_bind_template_child (widget_class, NumeralResultsPage, outdated_text);
  gtk_widget_class_bind_template_child (widget_class, NumeralResultsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, NumeralResultsPage, status);
  gtk_widget_class_bind_template_child (widget_class, NumeralResultsPage, retry);
  gtk_widget_class_bind_template_child (widget_class, NumeralResultsPage, get_mnist);
  gtk_widget_class_bind_template_child (widget_class, NumeralResultsPage, accuracy);
  gtk_widget_class_bind_template_child (widget_class, NumeralResultsPage, loss);
  gtk_widget_class_bind_template_child (widget_class, NumeralResultsPage, ece);
  gtk_widget_class_bind_template_child (widget_class, NumeralResultsPage, refused);
  gtk_widget_class_bind_template_child (widget_class, NumeralResultsPage, cards);
  gtk_widget_class_bind_template_child (widget_class, NumeralResultsPage, confusion_card);
  gtk_widget_class_bind_template_child (widget_class, NumeralResultsPage, confusion);
  gtk_widget_class_bind_template_child (widget_class, NumeralResultsPage, reliability);
  gtk_widget_class_bind_template_child (widget_class, NumeralResultsPage, compared_text);
  gtk_widget_class_bind_template_child (widget_class, NumeralResultsPage, find);
  gtk_widget_class_bind_template_child (widget_class, NumeralResultsPage, leave_out);
  gtk_widget_class_bind_template_child (widget_class, NumeralResultsPage, find_progress);
  gtk_widget_class_bind_template_child (widget_class, NumeralResultsPage, find_stop);
  gtk_widget_class_bind_template_child (widget_class, NumeralResultsPage, none);
  gtk_widget_class_bind_template_child (widget_class, NumeralResultsPage, tiles);
  gtk_widget_class_bind_template_child (widget_class, NumeralResultsPage, more);
  for (guint i = 0; i < NUMERAL_N_SHOWS; i++)
    {
      g_autofree char *name = g_strconcat ("chip_", numeral_results_page_show_names[i], NULL);

      gtk_widget_class_bind_template_child_full (widget_class, name, FALSE,
                                                 G_STRUCT_OFFSET (NumeralResultsPage, chips) +
                                                     (gssize) (i * sizeof (gpointer)));
    }
}

static void
numeral_results_page_class_init (NumeralResultsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = numeral_results_page_get_property;
  object_class->set_property = numeral_results_page_set_property;
  object_class->dispose = numeral_results_page_dispose;
  object_class->finalize = numeral_results_page_finalize;
  NUMERAL_PAGE_CLASS (klass)->set_lab = numeral_results_page_set_lab_of_page;

  properties[PROP_SHOW] =
      g_param_spec_string ("show", NULL, NULL, "all",
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  install_actions (widget_class);
  g_type_ensure (NUMERAL_TYPE_MODEL_CHOICE);
  g_type_ensure (NUMERAL_TYPE_FIGURE_CARD);
  g_type_ensure (NUMERAL_TYPE_CONFUSION_VIEW);
  g_type_ensure (NUMERAL_TYPE_RELIABILITY_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, NUMERAL_RESOURCES
                                               "/ui/results/numeral-results-page.ui");
  bind_children (widget_class);
  numeral_results_page_relabel_class_init (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_source);
  gtk_widget_class_bind_template_callback (widget_class, on_other);
  gtk_widget_class_bind_template_callback (widget_class, on_writer);
  gtk_widget_class_bind_template_callback (widget_class, on_cell);
  gtk_widget_class_bind_template_callback (widget_class, on_tile);
}

static void
numeral_results_page_init (NumeralResultsPage *self)
{
  self->what = NUMERAL_BROWSE_MNIST_TEST;
  self->results = numeral_result_list_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  numeral_results_page_relabel_init (self);
  gtk_flow_box_bind_model (self->tiles, G_LIST_MODEL (self->results),
                           numeral_results_page_create_tile, self, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "results.cancel", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "results.cancel-find", FALSE);
  numeral_results_page_clear (self);
  numeral_results_page_show_empty (self);
}

NumeralResultsPage *
numeral_results_page_new (NumeralLab *lab)
{
  return g_object_new (NUMERAL_TYPE_RESULTS_PAGE, "lab", lab, NULL);
}
