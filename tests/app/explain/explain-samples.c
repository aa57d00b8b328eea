/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "explain-samples.h"

#include <glib/gstdio.h>

#include "ink-tensor.h"
#include "numeral-generate.h"

static void
write_idx (const char *folder, const char *name, guint n, const guint8 *data, gsize size)
{
  const guint8 header[] = {
    0, 0, 8, size > n ? 3 : 1, 0, 0, (guint8) (n / 256), (guint8) (n % 256), 0, 0, 0, 28, 0,
    0, 0, 28
  };
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_byte_array_append (bytes, header, size > n ? 16 : 8);
  g_byte_array_append (bytes, data, (guint) size);
  g_assert_true (g_file_set_contents (path, (const char *) bytes->data, bytes->len, NULL));
}

static const char *const names[] = { "train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                                     "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte" };

char *
explain_samples_make (guint n)
{
  g_autoptr (NnDataset) digits =
      numeral_generate_digits (n, INK_GENERATOR_VERSION, 7, 0, NULL, NULL, NULL, NULL);
  char *folder = g_dir_make_tmp ("numeral-network-XXXXXX", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (i % 2 == 0)
      write_idx (folder, names[i], n, digits->pixels, (gsize) n * INK_TENSOR_SIZE);
    else
      write_idx (folder, names[i], n, digits->labels, n);
  return folder;
}

void
explain_samples_remove (const char *folder)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}
