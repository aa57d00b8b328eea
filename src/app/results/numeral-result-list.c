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
  GArray *shown;   /* the first ones of @results; those that listeners know */
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
  return NUMERAL_RESULT_LIST (model)->shown->len;
}

static gpointer
numeral_result_list_get_item (GListModel *model, guint position)
{
  NumeralResultList *self = NUMERAL_RESULT_LIST (model);
  NumeralResultItem *item;

  if (position >= numeral_result_list_get_n_items (model))
    return NULL;
  item = g_object_new (NUMERAL_TYPE_RESULT_ITEM, NULL);
  item->result = g_array_index (self->shown, NumeralResult, position);
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
  g_array_unref (self->shown);
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
  self->shown = g_array_new (FALSE, FALSE, sizeof (NumeralResult));
  self->limit = STEP;
}

NumeralResultList *
numeral_result_list_new (void)
{
  return g_object_new (NUMERAL_TYPE_RESULT_LIST, NULL);
}

static gboolean
is_same (const NumeralResult *a, const NumeralResult *b)
{
  return a->index == b->index && a->kind == b->kind && a->label == b->label &&
         a->answer == b->answer && a->other == b->other && a->probability == b->probability;
}

/* Whether the first results are those that are shown. */
static gboolean
begins_as_shown (NumeralResultList *self)
{
  if (self->results->len < self->shown->len)
    return FALSE;
  for (guint i = 0; i < self->shown->len; i++)
    if (!is_same (&g_array_index (self->results, NumeralResult, i),
                  &g_array_index (self->shown, NumeralResult, i)))
      return FALSE;
  return TRUE;
}

/* Shows what the limit allows beyond the results that are shown. */
static void
show_rest (NumeralResultList *self)
{
  const guint before = self->shown->len, after = MIN (self->results->len, self->limit);

  if (after <= before)
    return;
  g_array_append_vals (self->shown, &g_array_index (self->results, NumeralResult, before),
                       after - before);
  g_list_model_items_changed (G_LIST_MODEL (self), before, 0, after - before);
}

void
numeral_result_list_set (NumeralResultList *self, NnDataset *dataset, GArray *results)
{
  const gboolean same = dataset == self->dataset;
  const guint before = self->shown->len;

  g_return_if_fail (!results || results->len == 0 || dataset);

  if (dataset)
    nn_dataset_ref (dataset);
  g_clear_pointer (&self->dataset, nn_dataset_unref);
  self->dataset = dataset;
  g_array_unref (self->results);
  self->results = results ? results : g_array_new (FALSE, FALSE, sizeof (NumeralResult));
  if (!same || !begins_as_shown (self))
    {
      self->limit = STEP;
      g_array_set_size (self->shown, 0);
      g_list_model_items_changed (G_LIST_MODEL (self), 0, before, 0);
    }
  show_rest (self);
}

static int
by_confidence (gconstpointer a, gconstpointer b)
{
  const NumeralResult *x = a, *y = b;

  if (x->probability != y->probability)
    return x->probability > y->probability ? -1 : 1;
  return x->index < y->index ? -1 : x->index > y->index;
}

/* (transfer full): both in one order */
static GArray *
merge (const GArray *a, const GArray *b)
{
  GArray *both = g_array_sized_new (FALSE, FALSE, sizeof (NumeralResult), a->len + b->len);
  guint i = 0, j = 0;

  while (i < a->len || j < b->len)
    {
      const gboolean first =
          j == b->len || (i < a->len && by_confidence (&g_array_index (a, NumeralResult, i),
                                                       &g_array_index (b, NumeralResult, j)) < 0);

      g_array_append_vals (both,
                           first ? &g_array_index (a, NumeralResult, i++) :
                                   &g_array_index (b, NumeralResult, j++),
                           1);
    }
  return both;
}

void
numeral_result_list_merge (NumeralResultList *self, const NumeralResult *results, guint n)
{
  g_autoptr (GArray) added = g_array_sized_new (FALSE, FALSE, sizeof (NumeralResult), n);
  GArray *both;
  guint after;

  g_return_if_fail (self->dataset);

  g_array_append_vals (added, results, n);
  g_array_sort (added, by_confidence);
  both = merge (self->results, added);
  g_array_unref (self->results);
  self->results = both;
  after = MIN (both->len, self->limit);
  /* Each new one moves the others; those that leave are removed first, so that no widget is made
   * for nothing. */
  for (guint i = 0; i < after; i++)
    {
      const NumeralResult *result = &g_array_index (both, NumeralResult, i);

      if (i < self->shown->len && is_same (result, &g_array_index (self->shown, NumeralResult, i)))
        continue;
      if (self->shown->len == self->limit)
        {
          g_array_set_size (self->shown, self->limit - 1);
          g_list_model_items_changed (G_LIST_MODEL (self), self->limit - 1, 1, 0);
        }
      g_array_insert_vals (self->shown, i, result, 1);
      g_list_model_items_changed (G_LIST_MODEL (self), i, 0, 1);
    }
}

guint
numeral_result_list_get_total (NumeralResultList *self)
{
  return self->results->len;
}

void
numeral_result_list_show_more (NumeralResultList *self)
{
  self->limit += STEP;
  show_rest (self);
}
