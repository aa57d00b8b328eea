/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-source.h"

#include <pthread.h>

#include "numeral-source-gan.h"
#include "numeral-source-generator.h"
#include "numeral-source-handwriting.h"
#include "numeral-source-mnist.h"
#include "numeral-source-path.h"

G_DEFINE_ABSTRACT_TYPE (NumeralSource, numeral_source, G_TYPE_OBJECT)

/* The table of sources. */
static GType (*const kinds[NUMERAL_N_SOURCES]) (void) = {
  [NUMERAL_SOURCE_MNIST] = numeral_mnist_source_get_type,
  [NUMERAL_SOURCE_GENERATED] = numeral_generator_source_get_type,
  [NUMERAL_SOURCE_PATH] = numeral_path_source_get_type,
  [NUMERAL_SOURCE_HANDWRITING] = numeral_handwriting_source_get_type,
  [NUMERAL_SOURCE_GAN] = numeral_gan_source_get_type,
};

static const NumeralSourceClass *classes[NUMERAL_N_SOURCES];

/* The references are kept until the program ends. */
static void
make_classes (void)
{
  for (guint i = 0; i < NUMERAL_N_SOURCES; i++)
    classes[i] = g_type_class_ref (kinds[i]());
}

const NumeralSourceClass *
numeral_source_get_kind (guint kind)
{
  /* Not GOnce, which ThreadSanitizer cannot see into. */
  static pthread_once_t once = PTHREAD_ONCE_INIT;

  pthread_once (&once, make_classes);
  return kind < NUMERAL_N_SOURCES ? classes[kind] : NULL;
}

static void
numeral_source_class_init (NumeralSourceClass *klass)
{
}

static void
numeral_source_init (NumeralSource *self)
{
}

NumeralSource *
numeral_source_new (NumeralSourceKind kind, const NumeralSourceOptions *options)
{
  g_return_val_if_fail (kind < NUMERAL_N_SOURCES, NULL);

  return numeral_source_get_kind (kind)->create (options);
}

gboolean
numeral_source_check (NumeralSource *self, GError **error)
{
  g_return_val_if_fail (NUMERAL_IS_SOURCE (self), FALSE);

  return NUMERAL_SOURCE_GET_CLASS (self)->check == NULL ||
         NUMERAL_SOURCE_GET_CLASS (self)->check (self, error);
}

gboolean
numeral_source_has_files (NumeralSource *self)
{
  g_return_val_if_fail (NUMERAL_IS_SOURCE (self), FALSE);

  return NUMERAL_SOURCE_GET_CLASS (self)->find != NULL;
}

gboolean
numeral_source_find (NumeralSource *self, GError **error)
{
  return numeral_source_check (self, error) &&
         (!numeral_source_has_files (self) || NUMERAL_SOURCE_GET_CLASS (self)->find (self, error));
}

gboolean
numeral_source_has_test (NumeralSource *self)
{
  g_return_val_if_fail (NUMERAL_IS_SOURCE (self), FALSE);

  return NUMERAL_SOURCE_GET_CLASS (self)->has_test != NULL &&
         NUMERAL_SOURCE_GET_CLASS (self)->has_test (self);
}

char *
numeral_source_dup_label (NumeralSource *self)
{
  g_return_val_if_fail (NUMERAL_IS_SOURCE (self), NULL);

  return NUMERAL_SOURCE_GET_CLASS (self)->dup_label (self);
}

char *
numeral_source_describe (NumeralSource *self)
{
  g_return_val_if_fail (NUMERAL_IS_SOURCE (self), NULL);

  return NUMERAL_SOURCE_GET_CLASS (self)->describe (self);
}

NnDataset *
numeral_source_load (NumeralSource *self, const NumeralSourceRequest *request, GError **error)
{
  g_return_val_if_fail (NUMERAL_IS_SOURCE (self), NULL);

  return NUMERAL_SOURCE_GET_CLASS (self)->load (self, request, error);
}

gsize *
numeral_source_count (NumeralSource *self,
                      guint *n_classes,
                      GCancellable *cancellable,
                      GError **error)
{
  const NumeralSourceRequest request = { .split = NUMERAL_SPLIT_TRAIN, .cancellable = cancellable };
  g_autoptr (NnDataset) dataset = NULL;
  gsize *counts;

  g_return_val_if_fail (NUMERAL_IS_SOURCE (self), NULL);

  if (NUMERAL_SOURCE_GET_CLASS (self)->count != NULL)
    return NUMERAL_SOURCE_GET_CLASS (self)->count (self, n_classes);
  dataset = numeral_source_load (self, &request, error);
  if (dataset == NULL)
    return NULL;
  *n_classes = dataset->n_classes;
  counts = g_new0 (gsize, dataset->n_classes);
  nn_dataset_count_classes (dataset, counts);
  return counts;
}
