/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-result-list.h"

/* Number of results that are shown first, and that are added at a time. */
#define STEP 60

struct _NumeralResultItem
{
  GObject parent_instance;

  NumeralResult result;
  NumeralDatasetItem *sample;
};

G_DEFINE_FINAL_TYPE (NumeralResultItem, numeral_result_item, G_TYPE_OBJECT)

static void
numeral_result_item_finalize (GObject *object)
{
  g_object_unref (NUMERAL_RESULT_ITEM (object)->sample);
  G_OBJECT_CLASS (numeral_result_item_parent_class)->finalize (object);
}

static void
numeral_result_item_class_init (NumeralResultItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = numeral_result_item_finalize;
}

static void
numeral_result_item_init (NumeralResultItem *self)
{
}

const NumeralResult *
numeral_result_item_get_result (NumeralResultItem *self)
{
  return &self->result;
}

NumeralDatasetItem *
numeral_result_item_get_sample (NumeralResultItem *self)
{
  return self->sample;
}

struct _NumeralResultList
{
  GObject parent_instance;

  NnDataset *dataset;
  GArray *results; /* of NumeralResult */
  guint limit;     /* number of results that may be shown */
};

static void numeral_result_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (NumeralResultList,
                               numeral_result_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      numeral_result_list_model_init))

static GType
numeral_result_list_get_item_type (GListModel *model)
{
  return NUMERAL_TYPE_RESULT_ITEM;
}

static guint
numeral_result_list_get_n_items (GListModel *model)
{
  NumeralResultList *self = NUMERAL_RESULT_LIST (model);

  return MIN (self->results->len, self->limit);
}

static gpointer
numeral_result_list_get_item (GListModel *model, guint position)
{
  NumeralResultList *self = NUMERAL_RESULT_LIST (model);
  NumeralResultItem *item;

  if (position >= numeral_result_list_get_n_items (model))
    return NULL;
  item = g_object_new (NUMERAL_TYPE_RESULT_ITEM, NULL);
  item->result = g_array_index (self->results, NumeralResult, position);
  item->sample = numeral_dataset_item_new (self->dataset, item->result.index);
  return item;
}

static void
numeral_result_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = numeral_result_list_get_item_type;
  iface->get_n_items = numeral_result_list_get_n_items;
  iface->get_item = numeral_result_list_get_item;
}

static void
numeral_result_list_finalize (GObject *object)
{
  NumeralResultList *self = NUMERAL_RESULT_LIST (object);

  g_clear_pointer (&self->dataset, nn_dataset_unref);
  g_array_unref (self->results);
  G_OBJECT_CLASS (numeral_result_list_parent_class)->finalize (object);
}

static void
numeral_result_list_class_init (NumeralResultListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = numeral_result_list_finalize;
}

static void
numeral_result_list_init (NumeralResultList *self)
{
  self->results = g_array_new (FALSE, FALSE, sizeof (NumeralResult));
  self->limit = STEP;
}

NumeralResultList *
numeral_result_list_new (void)
{
  return g_object_new (NUMERAL_TYPE_RESULT_LIST, NULL);
}

/* Tells that items were added at the end. */
static void
notify_added (NumeralResultList *self, guint before)
{
  const guint after = numeral_result_list_get_n_items (G_LIST_MODEL (self));

  if (after > before)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, after - before);
}

void
numeral_result_list_set (NumeralResultList *self, NnDataset *dataset, GArray *results)
{
  const guint before = numeral_result_list_get_n_items (G_LIST_MODEL (self));

  g_return_if_fail (!results || results->len == 0 || dataset);

  if (dataset)
    nn_dataset_ref (dataset);
  g_clear_pointer (&self->dataset, nn_dataset_unref);
  self->dataset = dataset;
  g_array_unref (self->results);
  self->results = results ? results : g_array_new (FALSE, FALSE, sizeof (NumeralResult));
  self->limit = STEP;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before,
                              numeral_result_list_get_n_items (G_LIST_MODEL (self)));
}

void
numeral_result_list_append (NumeralResultList *self, const NumeralResult *results, guint n)
{
  const guint before = numeral_result_list_get_n_items (G_LIST_MODEL (self));

  g_return_if_fail (self->dataset);

  g_array_append_vals (self->results, results, n);
  notify_added (self, before);
}

guint
numeral_result_list_get_total (NumeralResultList *self)
{
  return self->results->len;
}

void
numeral_result_list_show_more (NumeralResultList *self)
{
  const guint before = numeral_result_list_get_n_items (G_LIST_MODEL (self));

  self->limit += STEP;
  notify_added (self, before);
}
