/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-config.h"

#include "cli-dataset.h"

#include <glib/gi18n.h>
#include <string.h>

#include "nn-error.h"
#include "numeral-source.h"
#include "numeral-upright.h"

/* Prefix of "gan:FILE:N", which is not the name of a file. */
#define GAN "gan:"
/* Seed of its samples where a verb has none. */
#define GAN_SEED 1

gboolean
cli_dataset_is_handwriting (const char *path)
{
  return g_str_equal (path, "handwriting") && !g_file_test (path, G_FILE_TEST_EXISTS);
}

gboolean
cli_dataset_parse_gan (const char *spec, guint64 seed, NumeralSource **source, GError **error)
{
  NumeralSourceOptions options = { .seed = seed };
  const char *path = spec + strlen (GAN), *colon = strrchr (spec, ':');
  g_autofree char *name = NULL;

  *source = NULL;
  if (!g_str_has_prefix (spec, GAN) || g_file_test (spec, G_FILE_TEST_EXISTS))
    return TRUE;
  if (colon < path)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
                   _ ("%s: the file of a generator and a number of digits are expected, such as "
                      "gan:FILE:5000 or gan:FILE:3=600,7=600"),
                   spec);
      return FALSE;
    }
  options.path = name = g_strndup (path, (gsize) (colon - path));
  options.counts = colon + 1;
  *source = numeral_source_new (NUMERAL_SOURCE_GAN, &options);
  if (numeral_source_check (*source, error))
    return TRUE;
  g_prefix_error (error, "%s: ", spec);
  g_clear_object (source);
  return FALSE;
}

NnDataset *
cli_dataset_load (const char *path, const NumeralDataRequest *request, GError **error)
{
  g_autofree char *mnist = g_str_equal (path, "mnist") && !g_file_test (path, G_FILE_TEST_EXISTS) ?
                               numeral_data_find_mnist () :
                               NULL;
  g_autoptr (NumeralSource) gan = NULL;

  if (!cli_dataset_parse_gan (path, GAN_SEED, &gan, error))
    return NULL;
  if (gan != NULL)
    return numeral_upright_load (gan, request, NULL, error);
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
