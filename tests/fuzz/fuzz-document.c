/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "numeral-document.h"
#include "numeral-image.h"

/* Any file that the window opens: pictures, InkML and UNIPEN, also gzipped. */

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = fuzz_bytes (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralDocument) document = numeral_document_parse (bytes, "input", &error);

  if (!fuzz_check (document != NULL, &error))
    return 0;
  g_assert_true ((document->samples != NULL) != (document->picture != NULL));
  g_assert_cmpuint (document->n_pages, >=, 1);
  if (document->picture != NULL)
    {
      g_assert_cmpint (gdk_pixbuf_get_width (document->picture->pixbuf), <=, NUMERAL_IMAGE_SIDE);
      g_assert_cmpint (gdk_pixbuf_get_height (document->picture->pixbuf), <=, NUMERAL_IMAGE_SIDE);
    }
  for (guint i = 0; i < INK_TENSOR_SIZE; i++)
    g_assert_true (document->tensor[i] >= 0 && document->tensor[i] <= 1);
  return 0;
}
