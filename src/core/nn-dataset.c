/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-dataset.h"

#include <math.h>
#include <string.h>

#include "nn-random.h"

static NnDataset *
dataset_new (gsize n,
             guint width,
             guint height,
             guint n_features,
             guint n_classes,
             gboolean pixels,
             GError **error)
{
  gsize size = pixels ? sizeof (guint8) : sizeof (float);
  NnDataset *dataset;

  if (n < 1 || n_features < 1 || n_classes < 2 || n_classes > 256)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
                   "a data set of %" G_GSIZE_FORMAT " samples, %u features and %u classes: "
                   "at least 1, 1 and 2 are needed, and at most 256 classes",
                   n, n_features, n_classes);
      return NULL;
    }
  /* Sample numbers are 32 bits wide. */
  if (n > G_MAXUINT32 || n > NN_DATASET_MAX_BYTES / size / n_features)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_TOO_LARGE,
                   "a data set of %" G_GSIZE_FORMAT " samples of %u features is more than %u GiB",
                   n, n_features, (guint) (NN_DATASET_MAX_BYTES >> 30));
      return NULL;
    }

  dataset = g_new0 (NnDataset, 1);
  dataset->ref_count = 1;
  dataset->n = n;
  dataset->width = width;
  dataset->height = height;
  dataset->n_features = n_features;
  dataset->n_classes = n_classes;
  if (pixels)
    dataset->pixels = g_try_malloc0_n (n, n_features);
  else
    dataset->values = g_try_malloc0_n (n, n_features * sizeof (float));
  dataset->labels = g_try_malloc0 (n);
  if ((dataset->pixels == NULL && dataset->values == NULL) || dataset->labels == NULL)
    {
      nn_dataset_unref (dataset);
      g_set_error (error, NN_ERROR, NN_ERROR_TOO_LARGE,
                   "not enough memory for %" G_GSIZE_FORMAT " samples of %u features", n,
                   n_features);
      return NULL;
    }
  return dataset;
}

NnDataset *
nn_dataset_new_pixels (gsize n, guint width, guint height, guint n_classes, GError **error)
{
  if (width < 1 || height < 1 || width > G_MAXUINT16 || height > G_MAXUINT16 ||
      (guint64) width * height > G_MAXUINT16 + 1u)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_TOO_LARGE,
                   "images of %u × %u pixels: they may have 1 to 65536 pixels", width, height);
      return NULL;
    }
  return dataset_new (n, width, height, width * height, n_classes, TRUE, error);
}

NnDataset *
nn_dataset_new_values (gsize n, guint n_features, guint n_classes, GError **error)
{
  return dataset_new (n, 0, 0, n_features, n_classes, FALSE, error);
}

NnDataset *
nn_dataset_ref (NnDataset *dataset)
{
  g_atomic_int_inc (&dataset->ref_count);
  return dataset;
}

void
nn_dataset_unref (NnDataset *dataset)
{
  if (!g_atomic_int_dec_and_test (&dataset->ref_count))
    return;
  g_free (dataset->pixels);
  g_free (dataset->values);
  g_free (dataset->labels);
  g_free (dataset->groups);
  for (gsize i = 0; dataset->origins != NULL && i < dataset->n; i++)
    g_clear_pointer (&dataset->origins[i], nn_origin_unref);
  g_free (dataset->origins);
  g_free (dataset);
}

void
nn_dataset_add_groups (NnDataset *dataset)
{
  if (dataset->groups == NULL)
    dataset->groups = g_new0 (guint32, dataset->n);
}

void
nn_dataset_add_origins (NnDataset *dataset)
{
  if (dataset->origins == NULL)
    dataset->origins = g_new0 (NnOrigin *, dataset->n);
}

/* An empty data set of the same kind; it can only fail for want of memory, as g_malloc() does. */
static NnDataset *
new_alike (const NnDataset *dataset, gsize n)
{
  g_autoptr (GError) error = NULL;
  NnDataset *alike = dataset_new (n, dataset->width, dataset->height, dataset->n_features,
                                  dataset->n_classes, dataset->pixels != NULL, &error);

  if (alike == NULL)
    g_error ("%s", error->message);
  if (dataset->groups != NULL)
    nn_dataset_add_groups (alike);
  if (dataset->origins != NULL)
    nn_dataset_add_origins (alike);
  return alike;
}

static void
copy_sample (NnDataset *to, gsize j, const NnDataset *from, gsize i)
{
  gsize k = to->n_features;

  if (to->pixels != NULL)
    memcpy (to->pixels + j * k, from->pixels + i * k, k);
  else
    memcpy (to->values + j * k, from->values + i * k, k * sizeof (float));
  to->labels[j] = from->labels[i];
  if (to->groups != NULL)
    to->groups[j] = from->groups != NULL ? from->groups[i] : 0;
  if (from->origins != NULL && from->origins[i] != NULL)
    to->origins[j] = nn_origin_ref (from->origins[i]);
}

NnDataset *
nn_dataset_subset (const NnDataset *dataset, const guint32 *indices, gsize n)
{
  NnDataset *subset = new_alike (dataset, n);

  for (gsize j = 0; j < n; j++)
    copy_sample (subset, j, dataset, indices[j]);
  return subset;
}

NnDataset *
nn_dataset_concat (NnDataset *const *parts, guint n_parts, GError **error)
{
  gsize n = 0, j = 0;
  guint n_classes = 0;
  gboolean groups = FALSE, origins = FALSE;
  NnDataset *whole;

  g_return_val_if_fail (n_parts > 0, NULL);

  for (guint p = 0; p < n_parts; p++)
    {
      if (parts[p]->n_features != parts[0]->n_features || parts[p]->width != parts[0]->width ||
          (parts[p]->pixels == NULL) != (parts[0]->pixels == NULL))
        {
          g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                       "data sets of %u and %u features do not go together", parts[0]->n_features,
                       parts[p]->n_features);
          return NULL;
        }
      n += parts[p]->n;
      n_classes = MAX (n_classes, parts[p]->n_classes);
      groups = groups || parts[p]->groups != NULL;
      origins = origins || parts[p]->origins != NULL;
    }

  whole = dataset_new (n, parts[0]->width, parts[0]->height, parts[0]->n_features, n_classes,
                       parts[0]->pixels != NULL, error);
  if (whole == NULL)
    return NULL;
  if (groups)
    nn_dataset_add_groups (whole);
  if (origins)
    nn_dataset_add_origins (whole);
  for (guint p = 0; p < n_parts; p++)
    for (gsize i = 0; i < parts[p]->n; i++)
      copy_sample (whole, j++, parts[p], i);
  return whole;
}

void
nn_dataset_split (
    NnDataset *dataset, double share, guint64 seed, NnDataset **train, NnDataset **validation)
{
  gsize n_validation = (gsize) floor ((double) dataset->n * CLAMP (share, 0, 1) + 0.5);
  g_autofree guint32 *order = NULL;
  NnRandom random;

  n_validation = MIN (n_validation, dataset->n - 1);
  if (n_validation == 0)
    {
      *train = nn_dataset_ref (dataset);
      *validation = NULL;
      return;
    }

  order = g_new (guint32, dataset->n);
  for (gsize i = 0; i < dataset->n; i++)
    order[i] = (guint32) i;
  nn_random_init_stream (&random, seed, G_GUINT64_CONSTANT (0x73706c6974),
                         dataset->n); /* "split" */
  nn_random_shuffle (&random, order, dataset->n);
  *validation = nn_dataset_subset (dataset, order, n_validation);
  *train = nn_dataset_subset (dataset, order + n_validation, dataset->n - n_validation);
}

void
nn_dataset_split_groups (NnDataset *dataset,
                         const guint32 *held_out,
                         gsize n_held_out,
                         NnDataset **train,
                         NnDataset **validation)
{
  g_autofree guint32 *order = g_new (guint32, dataset->n);
  gsize first = 0, last = dataset->n;

  /* Kept samples fill the order from the front, held-out ones from the back. */
  for (gsize i = 0; i < dataset->n; i++)
    {
      gboolean out = FALSE;

      for (gsize j = 0; j < n_held_out && dataset->groups != NULL; j++)
        out = out || dataset->groups[i] == held_out[j];
      if (out)
        order[--last] = (guint32) i;
      else
        order[first++] = (guint32) i;
    }
  *train = first > 0 ? nn_dataset_subset (dataset, order, first) : NULL;
  *validation =
      last < dataset->n ? nn_dataset_subset (dataset, order + last, dataset->n - last) : NULL;
}

void
nn_dataset_get (const NnDataset *dataset, gsize index, float *x)
{
  gsize k = dataset->n_features;

  if (dataset->pixels != NULL)
    for (gsize j = 0; j < k; j++)
      x[j] = (float) dataset->pixels[index * k + j] * (1 / 255.0f);
  else
    memcpy (x, dataset->values + index * k, k * sizeof (float));
}

void
nn_dataset_gather (
    const NnDataset *dataset, const guint32 *indices, gsize n, float *x, guint8 *labels)
{
  for (gsize i = 0; i < n; i++)
    {
      nn_dataset_get (dataset, indices[i], x + i * dataset->n_features);
      labels[i] = dataset->labels[indices[i]];
    }
}

void
nn_dataset_count_classes (const NnDataset *dataset, gsize *counts)
{
  memset (counts, 0, dataset->n_classes * sizeof *counts);
  for (gsize i = 0; i < dataset->n; i++)
    counts[dataset->labels[i]]++;
}
