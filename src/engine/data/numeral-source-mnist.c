/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-source-mnist.h"

#include <glib/gi18n-lib.h>

#include "numeral-fail.h"

struct _NumeralMnistSource
{
  NumeralSource parent_instance;
};

G_DEFINE_FINAL_TYPE (NumeralMnistSource, numeral_mnist_source, NUMERAL_TYPE_SOURCE)

static NumeralSource *
create (const NumeralSourceOptions *options)
{
  return g_object_new (NUMERAL_TYPE_MNIST_SOURCE, NULL);
}

/* (transfer full) (nullable) */
static char *
find_folder (GError **error)
{
  char *folder = numeral_data_find_mnist ();

  if (folder == NULL)
    numeral_fail (error, NN_ERROR_CONFIG,
                  _ ("MNIST is not on this computer; download it, or choose other data"));
  return folder;
}

static gboolean
find (NumeralSource *source, GError **error)
{
  g_autofree char *folder = find_folder (error);

  return folder != NULL;
}

static gboolean
has_test (NumeralSource *source)
{
  g_autofree char *folder = find_folder (NULL);

  return folder != NULL;
}

static NnDataset *
load (NumeralSource *source, const NumeralSourceRequest *request, GError **error)
{
  g_autofree char *folder = find_folder (error);

  if (folder == NULL)
    return NULL;
  return numeral_data_load_full (folder, request, error);
}

static char *
dup_label (NumeralSource *source)
{
  return g_strdup ("MNIST");
}

static char *
describe (NumeralSource *source)
{
  return g_strdup (_ ("MNIST"));
}

static void
numeral_mnist_source_class_init (NumeralMnistSourceClass *klass)
{
  NumeralSourceClass *source_class = NUMERAL_SOURCE_CLASS (klass);

  source_class->name = "mnist";
  source_class->title = N_ ("MNIST");
  source_class->is_digits = TRUE;
  source_class->create = create;
  source_class->find = find;
  source_class->has_test = has_test;
  source_class->load = load;
  source_class->dup_label = dup_label;
  source_class->describe = describe;
}

static void
numeral_mnist_source_init (NumeralMnistSource *self)
{
}
