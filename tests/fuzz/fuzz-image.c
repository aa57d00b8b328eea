/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <string.h>

#include "ink-image.h"
#include "ink-split.h"

/* The pixels of a picture: two bytes with the width and the height, and the grey values. */

/* Larger pictures take longer and reach nothing else. */
#define MAX_SIDE 120

static void
check_tensor (const float *tensor)
{
  for (guint i = 0; i < INK_TENSOR_SIZE; i++)
    g_assert_true (tensor[i] >= 0 && tensor[i] <= 1);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const guint width = size >= 2 ? data[0] % MAX_SIDE + 1u : 1;
  const guint height = size >= 2 ? data[1] % MAX_SIDE + 1u : 1;
  g_autofree guint8 *gray = g_malloc0 ((gsize) width * height);
  g_autoptr (GPtrArray) parts = NULL;
  g_autoptr (InkImage) image = NULL;
  g_autoptr (GError) error = NULL;
  float tensor[INK_TENSOR_SIZE];

  /* The values are repeated: a small input gives a large picture. */
  for (gsize i = 0; i < (gsize) width * height && size > 2; i++)
    gray[i] = data[2 + i % (size - 2)];
  image = ink_image_new (gray, width, height, width, &error);
  if (!fuzz_check (image != NULL, &error))
    return 0;
  ink_image_get_tensor (image, tensor);
  check_tensor (tensor);
  parts = ink_split_drawing (ink_image_get_outlines (image), NULL, NULL);
  for (guint i = 0; i < parts->len; i++)
    {
      const InkDrawing *part = g_ptr_array_index (parts, i);

      if (part->n_strokes == 0)
        continue;
      ink_image_get_part_tensor (image, part, tensor);
      check_tensor (tensor);
    }
  return 0;
}
