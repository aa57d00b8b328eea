/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "ink-blob.h"
#include "ink-tensor.h"

/* The ink of a record of the database of handwriting. */

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = fuzz_bytes (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (InkDrawing) drawing = ink_blob_parse (bytes, &error);
  g_autoptr (InkDrawing) again = NULL;
  g_autoptr (GBytes) written = NULL, written_again = NULL;
  float tensor[INK_TENSOR_SIZE];

  if (!fuzz_check (drawing != NULL, &error))
    return 0;
  if (ink_tensor_from_drawing (drawing, NULL, tensor))
    for (guint i = 0; i < INK_TENSOR_SIZE; i++)
      g_assert_true (tensor[i] >= 0 && tensor[i] <= 1);
  /* Points at the same place become one, so that only the second writing is the same. */
  written = ink_blob_format (drawing);
  g_assert_cmpuint (g_bytes_get_size (written), <=, size);
  again = ink_blob_parse (written, &error);
  g_assert_no_error (error);
  written_again = ink_blob_format (again);
  g_assert_true (g_bytes_equal (written, written_again));
  return 0;
}
