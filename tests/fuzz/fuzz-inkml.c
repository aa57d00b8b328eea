/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "ink-inkml.h"
#include "ink-split.h"
#include "ink-tensor.h"

/* A file of ink. What is read can be drawn, split into digits and written. */

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = fuzz_bytes (data, size);
  g_autoptr (GError) error = NULL;
  g_autofree char *truth = NULL;
  g_autoptr (InkDrawing) drawing = ink_inkml_parse_labelled (bytes, &truth, &error);
  g_autoptr (InkDrawing) again = NULL;
  g_autoptr (GPtrArray) parts = NULL;
  g_autoptr (GBytes) written = NULL;
  float tensor[INK_TENSOR_SIZE];

  if (!fuzz_check (drawing != NULL, &error))
    return 0;
  if (truth != NULL)
    {
      g_assert_true (g_utf8_validate (truth, -1, NULL));
      g_assert_cmpint (ink_inkml_truth_digit (truth), <, 10);
    }
  if (ink_tensor_from_drawing (drawing, NULL, tensor))
    for (guint i = 0; i < INK_TENSOR_SIZE; i++)
      g_assert_true (tensor[i] >= 0 && tensor[i] <= 1);
  parts = ink_split_drawing (drawing, NULL, NULL);
  written = ink_inkml_format (drawing);
  again = ink_inkml_parse (written, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->n_strokes, ==, drawing->n_strokes);
  g_assert_cmpuint (ink_drawing_n_points (again), ==, ink_drawing_n_points (drawing));
  return 0;
}
