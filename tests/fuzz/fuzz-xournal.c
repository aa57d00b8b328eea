/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "ink-tensor.h"
#include "ink-xml.h"
#include "ink-xournal.h"

/* A file of Xournal++, in any encoding. Each page can be drawn. */

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = fuzz_bytes (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) text = ink_xml_to_utf8 (bytes, &error);
  g_autoptr (GPtrArray) pages = NULL;

  if (!fuzz_check (text != NULL, &error))
    return 0;
  ink_xml_has_root (text, "xournal");
  pages = ink_xournal_parse (text, &error);
  if (!fuzz_check (pages != NULL, &error))
    return 0;
  g_assert_cmpuint (pages->len, >, 0);
  for (guint i = 0; i < pages->len; i++)
    {
      float tensor[INK_TENSOR_SIZE];

      g_assert_false (ink_drawing_is_empty (pages->pdata[i]));
      if (ink_tensor_from_drawing (pages->pdata[i], NULL, tensor))
        for (guint k = 0; k < INK_TENSOR_SIZE; k++)
          g_assert_true (tensor[k] >= 0 && tensor[k] <= 1);
    }
  return 0;
}
