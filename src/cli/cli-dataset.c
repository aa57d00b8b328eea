/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-dataset.h"

#include <glib/gi18n.h>

#include "nn-error.h"
#include "numeral-source.h"
#include "numeral-upright.h"

gboolean
cli_dataset_is_handwriting (const char *path)
{
  return g_str_equal (path, "handwriting") && !g_file_test (path, G_FILE_TEST_EXISTS);
}

NnDataset *
cli_dataset_load (const char *path, const NumeralDataRequest *request, GError **error)
{
  g_autofree char *mnist = g_str_equal (path, "mnist") && !g_file_test (path, G_FILE_TEST_EXISTS) ?
                               numeral_data_find_mnist () :
                               NULL;

  if (cli_dataset_is_handwriting (path))
    {
      const NumeralSourceOptions options = { 0 };
      g_autoptr (NumeralSource) source = numeral_source_new (NUMERAL_SOURCE_HANDWRITING, &options);

      return numeral_upright_load (source, request, NULL, error);
    }
  return numeral_upright_load_path (mnist != NULL ? mnist : path, request, error);
}

gboolean
cli_dataset_parse_split (const char *text, NumeralSplit *split, GError **error)
{
  *split = NUMERAL_SPLIT_TEST;
  if (g_strcmp0 (text, "train") == 0)
    *split = NUMERAL_SPLIT_TRAIN;
  else if (text != NULL && !g_str_equal (text, "test"))
    {
      g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
                   _ ("--split is \"train\" or \"test\", not \"%s\""), text);
      return FALSE;
    }
  return TRUE;
}
