/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-hand-list.h"

#include "numeral-hand-item.h"

/* Samples of a page, and how near its end the next one is loaded. */
#define PAGE 200
#define NEAR 100

struct _NumeralHandList
{
  GObject parent_instance;

  NumeralHandStore *store;
  int label;
  GPtrArray *items; /* NumeralHandItem */
  gboolean complete;
  gboolean all;          /* whether page after page is loaded */
  GCancellable *loading; /* (nullable) */
};

enum
{
  LOADED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void numeral_hand_list_model_init (GListModelInterface *iface);
static void load_more (NumeralHandList *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (NumeralHandList,
                               numeral_hand_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      numeral_hand_list_model_init))

static GType
numeral_hand_list_get_item_type (GListModel *model)
{
  return NUMERAL_TYPE_HAND_ITEM;
}

static guint
numeral_hand_list_get_n_items (GListModel *model)
{
  return NUMERAL_HAND_LIST (model)->items->len;
}

static gpointer
numeral_hand_list_get_item (GListModel *model, guint position)
{
  NumeralHandList *self = NUMERAL_HAND_LIST (model);

  if (position >= self->items->len)
    return NULL;
  if (position + NEAR >= self->items->len)
    load_more (self);
  return g_object_ref (g_ptr_array_index (self->items, position));
}

static void
numeral_hand_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = numeral_hand_list_get_item_type;
  iface->get_n_items = numeral_hand_list_get_n_items;
  iface->get_item = numeral_hand_list_get_item;
}

static const NumeralHandSample *
sample_at (GPtrArray *items, guint i)
{
  return numeral_hand_item_get_sample (g_ptr_array_index (items, i));
}

static gboolean
is_same (GPtrArray *items, guint i, GPtrArray *samples, guint j)
{
  const NumeralHandSample *sample = g_ptr_array_index (samples, j);

  return sample_at (items, i)->id == sample->id;
}

/* (transfer full): an item that stays. */
static NumeralHandItem *
keep (GPtrArray *items, guint i, NumeralHandSample *sample)
{
  NumeralHandItem *item = g_ptr_array_index (items, i);

  numeral_hand_item_set_sample (item, sample);
  return g_object_ref (item);
}

/* Replaces what differs between the items and @samples, between a common beginning and end. */
static void
replace (NumeralHandList *self, GPtrArray *samples)
{
  GPtrArray *old = self->items, *now = g_ptr_array_new_with_free_func (g_object_unref);
  const guint both = MIN (old->len, samples->len);
  guint begin = 0, end = 0;

  while (begin < both && is_same (old, begin, samples, begin))
    begin++;
  while (end < both - begin && is_same (old, old->len - 1 - end, samples, samples->len - 1 - end))
    end++;
  for (guint i = 0; i < samples->len; i++)
    {
      NumeralHandSample *sample = g_ptr_array_index (samples, i);

      if (i < begin)
        g_ptr_array_add (now, keep (old, i, sample));
      else if (i >= samples->len - end)
        g_ptr_array_add (now, keep (old, old->len - (samples->len - i), sample));
      else
        g_ptr_array_add (now, numeral_hand_item_new (sample));
    }
  self->items = now;
  if (begin < MAX (old->len, now->len))
    g_list_model_items_changed (G_LIST_MODEL (self), begin, old->len - begin - end,
                                now->len - begin - end);
  g_ptr_array_unref (old);
}

static void
append (NumeralHandList *self, GPtrArray *samples)
{
  const guint before = self->items->len;

  for (guint i = 0; i < samples->len; i++)
    g_ptr_array_add (self->items, numeral_hand_item_new (g_ptr_array_index (samples, i)));
  g_list_model_items_changed (G_LIST_MODEL (self), before, 0, samples->len);
}

/* The load that a callback belongs to. A stale one no longer matches the list's cancellable. */
typedef struct
{
  NumeralHandList *self;
  GCancellable *cancellable;
  NumeralHandQuery query;
} Load;

static void
load_free (Load *load)
{
  g_object_unref (load->self);
  g_object_unref (load->cancellable);
  g_free (load);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Load, load_free)

static void
on_listed (GObject *store, GAsyncResult *result, gpointer data)
{
  g_autoptr (Load) load = data;
  NumeralHandList *self = load->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) samples =
      numeral_hand_store_list_finish (NUMERAL_HAND_STORE (store), result, &error);

  if (self->loading != load->cancellable)
    return;
  g_clear_object (&self->loading);
  /* After an error nothing more is loaded until the list is loaded again. */
  self->complete = !samples || samples->len < load->query.limit;
  if (samples && load->query.before > 0)
    append (self, samples);
  else if (samples)
    replace (self, samples);
  if (self->complete)
    self->all = FALSE;
  if (self->all)
    load_more (self);
  g_signal_emit (self, signals[LOADED], 0, error);
}

static void
load_page (NumeralHandList *self, gint64 before, guint limit)
{
  Load *load = g_new (Load, 1);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  *load = (Load){ g_object_ref (self),
                  g_object_ref (self->loading),
                  { .label = self->label, .before = before, .limit = limit } };
  numeral_hand_store_list_async (self->store, &load->query, self->loading, on_listed, load);
}

static void
load_more (NumeralHandList *self)
{
  if (!self->complete && !self->loading)
    load_page (self, sample_at (self->items, self->items->len - 1)->id,
               self->all ? NUMERAL_HAND_MAX_PAGE : PAGE);
}

static void
numeral_hand_list_dispose (GObject *object)
{
  NumeralHandList *self = NUMERAL_HAND_LIST (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (numeral_hand_list_parent_class)->dispose (object);
}

static void
numeral_hand_list_finalize (GObject *object)
{
  g_ptr_array_unref (NUMERAL_HAND_LIST (object)->items);
  G_OBJECT_CLASS (numeral_hand_list_parent_class)->finalize (object);
}

static void
numeral_hand_list_class_init (NumeralHandListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = numeral_hand_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = numeral_hand_list_finalize;
  signals[LOADED] = g_signal_new ("loaded", NUMERAL_TYPE_HAND_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
numeral_hand_list_init (NumeralHandList *self)
{
  self->label = -1;
  self->complete = TRUE;
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

NumeralHandList *
numeral_hand_list_new (NumeralHandStore *store)
{
  NumeralHandList *self = g_object_new (NUMERAL_TYPE_HAND_LIST, NULL);

  self->store = g_object_ref (store);
  return self;
}

void
numeral_hand_list_set_label (NumeralHandList *self, int label)
{
  g_return_if_fail (NUMERAL_IS_HAND_LIST (self));

  if (self->label == label)
    return;
  self->label = label;
  self->all = FALSE;
  load_page (self, 0, PAGE);
}

void
numeral_hand_list_reload (NumeralHandList *self)
{
  g_return_if_fail (NUMERAL_IS_HAND_LIST (self));

  load_page (self, 0, CLAMP (self->items->len, PAGE, NUMERAL_HAND_MAX_PAGE));
}

gboolean
numeral_hand_list_load_all (NumeralHandList *self)
{
  g_return_val_if_fail (NUMERAL_IS_HAND_LIST (self), FALSE);

  self->all = !self->complete || self->loading;
  if (self->all)
    load_more (self);
  return !self->all;
}
