/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-dataset-item.h"

#include "ink-tensor.h"
#include "numeral-origin.h"

#define SIDE 28

struct _NumeralDatasetItem
{
  GObject parent_instance;

  NnDataset *dataset;
  gsize index;
};

G_DEFINE_FINAL_TYPE (NumeralDatasetItem, numeral_dataset_item, G_TYPE_OBJECT)

static void
numeral_dataset_item_finalize (GObject *object)
{
  nn_dataset_unref (NUMERAL_DATASET_ITEM (object)->dataset);
  G_OBJECT_CLASS (numeral_dataset_item_parent_class)->finalize (object);
}

static void
numeral_dataset_item_class_init (NumeralDatasetItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = numeral_dataset_item_finalize;
}

static void
numeral_dataset_item_init (NumeralDatasetItem *self)
{
}

NumeralDatasetItem *
numeral_dataset_item_new (NnDataset *dataset, gsize index)
{
  NumeralDatasetItem *self;

  g_return_val_if_fail (dataset->n_features == INK_TENSOR_SIZE && index < dataset->n, NULL);

  self = g_object_new (NUMERAL_TYPE_DATASET_ITEM, NULL);
  self->dataset = nn_dataset_ref (dataset);
  self->index = index;
  return self;
}

gsize
numeral_dataset_item_get_index (NumeralDatasetItem *self)
{
  return self->index;
}

guint
numeral_dataset_item_get_label (NumeralDatasetItem *self)
{
  return self->dataset->labels[self->index];
}

void
numeral_dataset_item_get_tensor (NumeralDatasetItem *self, float *tensor)
{
  nn_dataset_get (self->dataset, self->index, tensor);
}

InkDrawing *
numeral_dataset_item_get_drawing (NumeralDatasetItem *self)
{
  return numeral_origin_find_drawing (self->dataset, self->index);
}

gint64
numeral_dataset_item_get_number (NumeralDatasetItem *self)
{
  return numeral_origin_find_number (self->dataset, self->index);
}

GdkTexture *
numeral_dataset_texture_new (const float *tensor, guint cell)
{
  const guint side = SIDE * cell;
  const gsize stride = 3 * (gsize) side;
  guint8 *pixels = g_malloc (stride * side);
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, stride * side);

  for (guint y = 0; y < SIDE; y++)
    {
      guint8 *row = pixels + y * cell * stride;

      for (guint x = 0; x < SIDE; x++)
        {
          const float ink = CLAMP (tensor[y * SIDE + x], 0.0f, 1.0f);

          memset (row + 3 * (gsize) (x * cell), (int) (255 * ink + 0.5f), 3 * (gsize) cell);
        }
      for (guint copy = 1; copy < cell; copy++)
        memcpy (row + copy * stride, row, stride);
    }
  return gdk_memory_texture_new ((int) side, (int) side, GDK_MEMORY_R8G8B8, bytes, stride);
}

GdkTexture *
numeral_dataset_item_create_texture (NumeralDatasetItem *self, guint cell)
{
  float tensor[INK_TENSOR_SIZE];

  numeral_dataset_item_get_tensor (self, tensor);
  return numeral_dataset_texture_new (tensor, cell);
}
