/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-dataset-list.h"

#include "numeral-dataset-item.h"

struct _NumeralDatasetList
{
  GObject parent_instance;

  NnDataset *dataset;
  GArray *chosen; /* of guint32: samples of the class that is shown; NULL for all */
};

static void numeral_dataset_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (NumeralDatasetList,
                               numeral_dataset_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      numeral_dataset_list_model_init))

static GType
numeral_dataset_list_get_item_type (GListModel *model)
{
  return NUMERAL_TYPE_DATASET_ITEM;
}

static guint
numeral_dataset_list_get_n_items (GListModel *model)
{
  NumeralDatasetList *self = NUMERAL_DATASET_LIST (model);

  if (!self->dataset)
    return 0;
  return self->chosen ? self->chosen->len : (guint) self->dataset->n;
}

static gpointer
numeral_dataset_list_get_item (GListModel *model, guint position)
{
  NumeralDatasetList *self = NUMERAL_DATASET_LIST (model);

  if (position >= numeral_dataset_list_get_n_items (model))
    return NULL;
  return numeral_dataset_item_new (self->dataset,
                                   self->chosen ? g_array_index (self->chosen, guint32, position) :
                                                  position);
}

static void
numeral_dataset_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = numeral_dataset_list_get_item_type;
  iface->get_n_items = numeral_dataset_list_get_n_items;
  iface->get_item = numeral_dataset_list_get_item;
}

static void
numeral_dataset_list_finalize (GObject *object)
{
  NumeralDatasetList *self = NUMERAL_DATASET_LIST (object);

  g_clear_pointer (&self->dataset, nn_dataset_unref);
  g_clear_pointer (&self->chosen, g_array_unref);
  G_OBJECT_CLASS (numeral_dataset_list_parent_class)->finalize (object);
}

static void
numeral_dataset_list_class_init (NumeralDatasetListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = numeral_dataset_list_finalize;
}

static void
numeral_dataset_list_init (NumeralDatasetList *self)
{
}

NumeralDatasetList *
numeral_dataset_list_new (void)
{
  return g_object_new (NUMERAL_TYPE_DATASET_LIST, NULL);
}

void
numeral_dataset_list_set_dataset (NumeralDatasetList *self, NnDataset *dataset)
{
  const guint before = numeral_dataset_list_get_n_items (G_LIST_MODEL (self));

  g_return_if_fail (!dataset || dataset->n <= G_MAXINT);

  if (dataset)
    nn_dataset_ref (dataset);
  g_clear_pointer (&self->dataset, nn_dataset_unref);
  g_clear_pointer (&self->chosen, g_array_unref);
  self->dataset = dataset;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before,
                              numeral_dataset_list_get_n_items (G_LIST_MODEL (self)));
}

void
numeral_dataset_list_set_class (NumeralDatasetList *self, int label)
{
  const guint before = numeral_dataset_list_get_n_items (G_LIST_MODEL (self));

  g_clear_pointer (&self->chosen, g_array_unref);
  if (label != NUMERAL_DATASET_ALL_CLASSES && self->dataset)
    {
      self->chosen = g_array_new (FALSE, FALSE, sizeof (guint32));
      for (guint32 i = 0; i < self->dataset->n; i++)
        if (self->dataset->labels[i] == label)
          g_array_append_val (self->chosen, i);
    }
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before,
                              numeral_dataset_list_get_n_items (G_LIST_MODEL (self)));
}
