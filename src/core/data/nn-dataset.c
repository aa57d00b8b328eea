/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-dataset.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "nn-lazy.h"
#include "nn-random.h"

/* @storage: (nullable): memory of the pixels, which begin at @offset in it; allocated if %NULL */
static NnDataset *
dataset_new (gsize n,
             guint width,
             guint height,
             guint n_features,
             guint n_classes,
             gboolean pixels,
             guint8 *storage,
             gsize offset,
             GError **error)
{
  gsize size = pixels ? sizeof (guint8) : sizeof (float);
  NnDataset *dataset;

  if (n < 1 || n_features < 1 || n_classes < 2 || n_classes > NN_DATASET_MAX_CLASSES)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
                   _ ("a data set of %zu samples, %u features and %u classes is not possible: "
                      "at least 1, 1 and 2 are needed, and at most 256 classes"),
                   n, n_features, n_classes);
      return NULL;
    }
  /* Sample numbers are 32 bits wide. */
  if (n > G_MAXUINT32 || n > NN_DATASET_MAX_BYTES / size / n_features)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_TOO_LARGE,
                   _ ("a data set of %zu samples of %u features is more than %u GiB"), n,
                   n_features, (guint) (NN_DATASET_MAX_BYTES >> 30));
      return NULL;
    }

  dataset = g_new0 (NnDataset, 1);
  dataset->ref_count = 1;
  dataset->n = n;
  dataset->width = width;
  dataset->height = height;
  dataset->n_features = n_features;
  dataset->n_classes = n_classes;
  if (storage != NULL)
    dataset->pixels = storage + offset;
  else if (pixels)
    dataset->pixels = g_try_malloc0_n (n, n_features);
  else
    dataset->values = g_try_malloc0_n (n, n_features * sizeof (float));
  dataset->labels = g_try_malloc0 (n);
  if ((dataset->pixels == NULL && dataset->values == NULL) || dataset->labels == NULL)
    {
      /* The caller keeps its storage on an error. */
      if (storage != NULL)
        dataset->pixels = NULL;
      nn_dataset_unref (dataset);
      g_set_error (error, NN_ERROR, NN_ERROR_TOO_LARGE,
                   _ ("not enough memory for %zu samples of %u features"), n, n_features);
      return NULL;
    }
  return dataset;
}

static gboolean
check_image (guint width, guint height, GError **error)
{
  if (width < 1 || height < 1 || width > G_MAXUINT16 || height > G_MAXUINT16 ||
      (guint64) width * height > G_MAXUINT16 + 1u)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_TOO_LARGE,
                   _ ("images of %u × %u pixels are not possible: 1 to 65536 pixels are allowed"),
                   width, height);
      return FALSE;
    }
  return TRUE;
}

NnDataset *
nn_dataset_new_pixels (gsize n, guint width, guint height, guint n_classes, GError **error)
{
  if (!check_image (width, height, error))
    return NULL;
  return dataset_new (n, width, height, width * height, n_classes, TRUE, NULL, 0, error);
}

NnDataset *
nn_dataset_new_take (guint8 *storage,
                     gsize offset,
                     gsize n,
                     guint width,
                     guint height,
                     guint n_classes,
                     GError **error)
{
  NnDataset *dataset = NULL;

  if (check_image (width, height, error))
    dataset =
        dataset_new (n, width, height, width * height, n_classes, TRUE, storage, offset, error);
  if (dataset == NULL)
    g_free (storage);
  else
    dataset->storage = storage;
  return dataset;
}

NnDataset *
nn_dataset_new_values (gsize n, guint n_features, guint n_classes, GError **error)
{
  return dataset_new (n, 0, 0, n_features, n_classes, FALSE, NULL, 0, error);
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
  if (dataset->whole != NULL)
    {
      nn_dataset_unref (dataset->whole);
      g_free (dataset);
      return;
    }
  g_free (dataset->storage != NULL ? dataset->storage : dataset->pixels);
  g_free (dataset->values);
  g_free (dataset->labels);
  g_free (dataset->groups);
  for (gsize i = 0; dataset->origins != NULL && i < dataset->n; i++)
    g_clear_pointer (&dataset->origins[i], nn_origin_unref);
  g_free (dataset->origins);
  g_clear_pointer (&dataset->lazy, nn_lazy_free);
  g_clear_pointer (&dataset->class_names, g_ref_string_release);
  g_free (dataset);
}

void
nn_dataset_add_groups (NnDataset *dataset)
{
  if (dataset->groups == NULL)
    dataset->groups = g_new0 (guint32, dataset->n);
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return (x > y) - (x < y);
}

GArray *
nn_dataset_list_groups (const NnDataset *dataset)
{
  GArray *groups = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (gsize i = 0; dataset->groups != NULL && i < dataset->n; i++)
    if (g_hash_table_add (seen, GUINT_TO_POINTER (dataset->groups[i])))
      g_array_append_val (groups, dataset->groups[i]);
  g_array_sort (groups, compare_groups);
  return groups;
}

void
nn_dataset_add_origins (NnDataset *dataset)
{
  if (dataset->origins == NULL)
    dataset->origins = g_new0 (NnOrigin *, dataset->n);
}

static void
copy_card (NnDataset *to, const NnDataset *from)
{
  to->scale = from->scale;
  if (from->class_names != NULL)
    to->class_names = g_ref_string_acquire (from->class_names);
}

/* Makes numbers of the pixels. FALSE without memory, or if they are not its own. */
static gboolean
make_values (NnDataset *dataset)
{
  float *values;

  if (dataset->whole != NULL || dataset->storage != NULL || dataset->lazy != NULL)
    return FALSE;
  values = g_try_malloc_n (dataset->n, dataset->n_features * sizeof (float));
  if (values == NULL)
    return FALSE;
  for (gsize i = 0; i < dataset->n; i++)
    nn_dataset_get (dataset, i, values + i * dataset->n_features);
  g_clear_pointer (&dataset->pixels, g_free);
  dataset->values = values;
  dataset->width = dataset->height = 0;
  return TRUE;
}

void
nn_dataset_set_scale (NnDataset *dataset, float scale)
{
  if (dataset->scale <= 0 || scale <= 0 || dataset->scale == scale)
    return;
  /* Pixels are always divided by 255. */
  if (dataset->values == NULL && !make_values (dataset))
    return;
  for (gsize i = 0; i < dataset->n * dataset->n_features; i++)
    dataset->values[i] *= dataset->scale / scale;
  dataset->scale = scale;
}

/* A zeroed data set of the same kind. Aborts without memory, as g_malloc() does. */
static NnDataset *
new_alike (const NnDataset *dataset, gsize n)
{
  g_autoptr (GError) error = NULL;
  NnDataset *alike = dataset_new (n, dataset->width, dataset->height, dataset->n_features,
                                  dataset->n_classes, dataset->pixels != NULL, NULL, 0, &error);

  if (alike == NULL)
    g_error ("%s", error->message);
  if (dataset->groups != NULL)
    nn_dataset_add_groups (alike);
  if (dataset->origins != NULL)
    nn_dataset_add_origins (alike);
  copy_card (alike, dataset);
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

  nn_lazy_write (dataset, indices, n, NULL);
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
  float scale = 0;
  NnDataset *whole;

  g_return_val_if_fail (n_parts > 0, NULL);

  for (guint p = 0; p < n_parts; p++)
    {
      if (parts[p]->n_features != parts[0]->n_features || parts[p]->width != parts[0]->width ||
          (parts[p]->pixels == NULL) != (parts[0]->pixels == NULL))
        {
          g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                       _ ("data sets of %u and %u features cannot be combined"),
                       parts[0]->n_features, parts[p]->n_features);
          return NULL;
        }
      if (g_strcmp0 (parts[p]->class_names, parts[0]->class_names) != 0)
        {
          g_set_error_literal (error, NN_ERROR, NN_ERROR_SHAPE,
                               _ ("data sets that name their classes differently cannot be "
                                  "combined"));
          return NULL;
        }
      scale = MAX (scale, parts[p]->scale);
      n += parts[p]->n;
      n_classes = MAX (n_classes, parts[p]->n_classes);
      groups = groups || parts[p]->groups != NULL;
      origins = origins || parts[p]->origins != NULL;
    }

  whole = dataset_new (n, parts[0]->width, parts[0]->height, parts[0]->n_features, n_classes,
                       parts[0]->pixels != NULL, NULL, 0, error);
  if (whole == NULL)
    return NULL;
  if (groups)
    nn_dataset_add_groups (whole);
  if (origins)
    nn_dataset_add_origins (whole);
  copy_card (whole, parts[0]);
  whole->scale = scale;
  for (guint p = 0; p < n_parts; p++)
    nn_lazy_complete (parts[p], NULL);
  for (guint p = 0; p < n_parts; p++)
    for (gsize i = 0; i < parts[p]->n; i++)
      {
        copy_sample (whole, j, parts[p], i);
        if (whole->values != NULL && parts[p]->scale > 0 && parts[p]->scale != scale)
          for (guint k = 0; k < whole->n_features; k++)
            whole->values[j * whole->n_features + k] *= parts[p]->scale / scale;
        j++;
      }
  return whole;
}

/* (transfer full): [n] the samples in the order of the split, the *@n_validation samples for
 * validation first; %NULL if there are none. */
static guint32 *
split_order (const NnDataset *dataset, double share, guint64 seed, gsize *n_validation)
{
  guint32 *order;
  NnRandom random;

  *n_validation = (gsize) floor ((double) dataset->n * CLAMP (share, 0, 1) + 0.5);
  *n_validation = MIN (*n_validation, dataset->n - 1);
  if (*n_validation == 0)
    return NULL;
  order = g_new (guint32, dataset->n);
  for (gsize i = 0; i < dataset->n; i++)
    order[i] = (guint32) i;
  nn_random_init_stream (&random, seed, G_GUINT64_CONSTANT (0x73706c6974),
                         dataset->n); /* "split" */
  nn_random_shuffle (&random, order, dataset->n);
  return order;
}

void
nn_dataset_split (
    NnDataset *dataset, double share, guint64 seed, NnDataset **train, NnDataset **validation)
{
  gsize n_validation;
  g_autofree guint32 *order = split_order (dataset, share, seed, &n_validation);

  *train = order == NULL ?
               nn_dataset_ref (dataset) :
               nn_dataset_subset (dataset, order + n_validation, dataset->n - n_validation);
  *validation = order == NULL ? NULL : nn_dataset_subset (dataset, order, n_validation);
}

/* @array: [n] of @size bytes. Sample i becomes the old sample order[i]. Follows the cycles of
 *   this permutation with one temporary sample. */
static void
permute (gpointer array, gsize size, const guint32 *order, gsize n)
{
  g_autofree guint8 *hand = g_malloc (size);
  g_autofree gboolean *done = g_new0 (gboolean, n);
  guint8 *bytes = array;

  for (gsize start = 0; start < n; start++)
    {
      gsize i = start;

      if (done[start])
        continue;
      memcpy (hand, bytes + start * size, size);
      for (; order[i] != start; i = order[i])
        {
          memcpy (bytes + i * size, bytes + order[i] * size, size);
          done[i] = TRUE;
        }
      memcpy (bytes + i * size, hand, size);
      done[i] = TRUE;
    }
}

/* (transfer full): samples [first, first + n) of @whole, whose arrays it shares. */
static NnDataset *
part_of (NnDataset *whole, gsize first, gsize n)
{
  NnDataset *part = g_new (NnDataset, 1);

  *part = *whole;
  part->ref_count = 1;
  part->whole = nn_dataset_ref (whole);
  part->storage = NULL;
  part->n = n;
  part->first = first;
  part->labels = whole->labels + first;
  if (whole->pixels != NULL)
    part->pixels = whole->pixels + first * whole->n_features;
  if (whole->values != NULL)
    part->values = whole->values + first * whole->n_features;
  if (whole->groups != NULL)
    part->groups = whole->groups + first;
  if (whole->origins != NULL)
    part->origins = whole->origins + first;
  return part;
}

void
nn_dataset_split_in_place (
    NnDataset *dataset, double share, guint64 seed, NnDataset **train, NnDataset **validation)
{
  g_autoptr (NnDataset) whole = dataset;
  g_autofree guint32 *order = NULL;
  gsize n_validation;

  if (g_atomic_int_get (&whole->ref_count) > 1 || whole->whole != NULL)
    {
      nn_dataset_split (whole, share, seed, train, validation);
      return;
    }
  order = split_order (whole, share, seed, &n_validation);
  if (order == NULL)
    {
      *train = g_steal_pointer (&whole);
      *validation = NULL;
      return;
    }
  if (whole->lazy != NULL)
    nn_lazy_permute (whole, order);
  if (whole->pixels != NULL)
    permute (whole->pixels, whole->n_features, order, whole->n);
  if (whole->values != NULL)
    permute (whole->values, whole->n_features * sizeof (float), order, whole->n);
  permute (whole->labels, 1, order, whole->n);
  if (whole->groups != NULL)
    permute (whole->groups, sizeof *whole->groups, order, whole->n);
  if (whole->origins != NULL)
    permute (whole->origins, sizeof *whole->origins, order, whole->n);
  *validation = part_of (whole, 0, n_validation);
  *train = part_of (whole, n_validation, whole->n - n_validation);
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

  /* Samples for training fill the order from the front, held-out ones from the back. */
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
