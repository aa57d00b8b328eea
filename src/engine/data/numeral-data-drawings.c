/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-data-drawings.h"

#include <string.h>

#include "ink-unipen.h"
#include "numeral-origin.h"

static void
row_clear (gpointer data)
{
  NumeralDrawingRow *row = data;

  g_clear_pointer (&row->origin, nn_origin_unref);
}

GArray *
numeral_data_drawings_read (const GPtrArray *samples,
                            int label,
                            GCancellable *cancellable,
                            guint *n_left_out)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (NumeralDrawingRow));

  g_array_set_clear_func (rows, row_clear);
  *n_left_out = 0;
  for (guint i = 0; i < samples->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      const InkSample *sample = g_ptr_array_index (samples, i);
      int own = sample->label == INK_LABEL_NONE ? label : sample->label;
      float tensor[INK_TENSOR_SIZE];
      NumeralDrawingRow row;

      if (own < 0 || !ink_tensor_from_drawing (sample->drawing, NULL, tensor))
        {
          (*n_left_out)++;
          continue;
        }
      ink_tensor_to_pixels (tensor, row.pixels);
      row.label = (guint8) own;
      row.origin = numeral_origin_new_for_ink (sample->drawing);
      g_array_append_val (rows, row);
    }
  return rows;
}

void
numeral_data_drawings_move (NumeralDrawingRow *row, NnDataset *dataset, gsize i)
{
  memcpy (dataset->pixels + i * INK_TENSOR_SIZE, row->pixels, INK_TENSOR_SIZE);
  dataset->labels[i] = row->label;
  nn_dataset_add_origins (dataset);
  dataset->origins[i] = g_steal_pointer (&row->origin);
}
