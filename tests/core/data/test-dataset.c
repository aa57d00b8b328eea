/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core-test.h"

/* Samples that can be told apart: the only feature is the number. */
static NnDataset *
numbered (gsize n)
{
  NnDataset *dataset = core_test_values (n, 1, 3, 1);

  for (gsize i = 0; i < n; i++)
    dataset->values[i] = (float) i;
  return dataset;
}

/* Each sample of @whole is in exactly one part, with its label and group. */
static void
assert_partition (const NnDataset *whole, const NnDataset *a, const NnDataset *b)
{
  const NnDataset *parts[] = { a, b };
  g_autofree guint *seen = g_new0 (guint, whole->n);

  for (guint p = 0; p < 2; p++)
    for (gsize i = 0; parts[p] != NULL && i < parts[p]->n; i++)
      {
        gsize from = (gsize) parts[p]->values[i];

        g_assert_cmpuint (from, <, whole->n);
        seen[from]++;
        g_assert_cmpuint (parts[p]->labels[i], ==, whole->labels[from]);
        if (whole->groups != NULL)
          g_assert_cmpuint (parts[p]->groups[i], ==, whole->groups[from]);
      }
  for (gsize i = 0; i < whole->n; i++)
    g_assert_cmpuint (seen[i], ==, 1);
}

typedef struct
{
  gsize n;
  double share;
  gsize n_validation;
} Split;

static void
test_split (void)
{
  static const Split table[] = {
    { 100, 0.1, 10 }, { 100, 0.25, 25 },    { 7, 0.5, 4 },   { 10, 0.04, 0 },
    { 10, 0.05, 1 },  { 10, 0, 0 },         { 10, 0.99, 9 }, { 1, 0.9, 0 },
    { 2, 0.9, 1 },    { 1000, 0.333, 333 }, { 10, 1, 9 },    { 10, -1, 0 },
  };

  for (guint t = 0; t < G_N_ELEMENTS (table); t++)
    {
      g_autoptr (NnDataset) whole = numbered (table[t].n);
      g_autoptr (NnDataset) train = NULL;
      g_autoptr (NnDataset) validation = NULL;

      nn_dataset_split (whole, table[t].share, 5, &train, &validation);
      if (table[t].n_validation == 0)
        {
          g_assert_null (validation);
          g_assert_true (train == whole);
          continue;
        }
      g_assert_cmpuint (validation->n, ==, table[t].n_validation);
      g_assert_cmpuint (train->n, ==, table[t].n - table[t].n_validation);
      g_assert_cmpuint (train->n_classes, ==, 3);
      assert_partition (whole, train, validation);
    }
}

static void
test_split_seed (void)
{
  g_autoptr (NnDataset) whole = numbered (200);
  NnDataset *train[3], *validation[3];
  const guint64 seeds[] = { 1, 1, 2 };
  gsize size = 40 * sizeof (float);

  nn_dataset_add_groups (whole);
  for (guint i = 0; i < 200; i++)
    whole->groups[i] = i * 7;
  for (guint i = 0; i < 3; i++)
    {
      nn_dataset_split (whole, 0.2, seeds[i], &train[i], &validation[i]);
      assert_partition (whole, train[i], validation[i]);
    }
  g_assert_cmpmem (validation[0]->values, size, validation[1]->values, size);
  g_assert_cmpint (memcmp (validation[0]->values, validation[2]->values, size), !=, 0);
  for (guint i = 0; i < 3; i++)
    {
      nn_dataset_unref (train[i]);
      nn_dataset_unref (validation[i]);
    }
}

static void
assert_same (const NnDataset *a, const NnDataset *b)
{
  g_assert_cmpuint (a->n, ==, b->n);
  g_assert_cmpmem (a->labels, a->n, b->labels, b->n);
  g_assert_cmpmem (a->groups, a->n * sizeof *a->groups, b->groups, b->n * sizeof *b->groups);
  if (a->pixels != NULL)
    g_assert_cmpmem (a->pixels, a->n * a->n_features, b->pixels, b->n * b->n_features);
  else
    g_assert_cmpmem (a->values, a->n * a->n_features * sizeof (float), b->values,
                     b->n * b->n_features * sizeof (float));
}

/* In place, the same samples are in the same order, of pixels and of values; what is held by
 * somebody else is left as it is. */
static void
test_split_in_place (void)
{
  for (guint values = 0; values < 2; values++)
    for (guint shared = 0; shared < 2; shared++)
      {
        g_autoptr (GError) error = NULL;
        NnDataset *whole = values ? nn_dataset_new_values (101, 6, 10, &error) :
                                    nn_dataset_new_pixels (101, 3, 2, 10, &error);
        g_autoptr (NnDataset) copy = NULL, train = NULL, validation = NULL, held = NULL;
        g_autoptr (NnDataset) expected_train = NULL, expected_validation = NULL;
        g_autofree guint32 *order = g_new (guint32, 101);

        nn_dataset_add_groups (whole);
        for (guint32 i = 0; i < 101; i++)
          {
            order[i] = i;
            whole->labels[i] = (guint8) (i % 10);
            whole->groups[i] = i;
            for (guint k = 0; k < 6; k++)
              if (values)
                whole->values[i * 6 + k] = (float) (i * 6 + k);
              else
                whole->pixels[i * 6 + k] = (guint8) (i * 2 + k);
          }
        copy = nn_dataset_subset (whole, order, 101);
        nn_dataset_split (copy, 0.2, 5, &expected_train, &expected_validation);
        held = shared ? nn_dataset_ref (whole) : NULL;
        nn_dataset_split_in_place (whole, 0.2, 5, &train, &validation);
        assert_same (train, expected_train);
        assert_same (validation, expected_validation);
        if (held != NULL)
          assert_same (held, copy);
        /* Each is good without the other. */
        g_clear_pointer (&train, nn_dataset_unref);
        assert_same (validation, expected_validation);
      }
}

static void
test_split_groups (void)
{
  g_autoptr (NnDataset) whole = numbered (60);
  static const guint32 out[] = { 3, 7, 99 }, all[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 };
  NnDataset *train, *validation;

  /* Without groups nothing is held out. */
  nn_dataset_split_groups (whole, out, 3, &train, &validation);
  g_assert_null (validation);
  assert_partition (whole, train, NULL);
  nn_dataset_unref (train);

  nn_dataset_add_groups (whole);
  for (guint i = 0; i < 60; i++)
    whole->groups[i] = i * i % 10;
  nn_dataset_split_groups (whole, out, 3, &train, &validation);
  g_assert_null (validation); /* no square ends in 3 or 7 */
  nn_dataset_unref (train);

  for (guint i = 0; i < 60; i++)
    whole->groups[i] = i % 10;
  nn_dataset_split_groups (whole, out, 3, &train, &validation);
  g_assert_cmpuint (validation->n, ==, 12);
  assert_partition (whole, train, validation);
  for (gsize i = 0; i < validation->n; i++)
    g_assert_true (validation->groups[i] == 3 || validation->groups[i] == 7);
  for (gsize i = 0; i < train->n; i++)
    g_assert_true (train->groups[i] != 3 && train->groups[i] != 7);
  nn_dataset_unref (train);
  nn_dataset_unref (validation);

  nn_dataset_split_groups (whole, all, 10, &train, &validation);
  g_assert_null (train);
  assert_partition (whole, NULL, validation);
  nn_dataset_unref (validation);
}

static void
test_concat (void)
{
  g_autoptr (NnDataset) a = core_test_pixels (5, 4, 3, 2, 0.5, 1);
  g_autoptr (NnDataset) b = core_test_pixels (7, 4, 3, 9, 0.5, 2);
  NnDataset *parts[] = { a, b, a };
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) whole = NULL;

  nn_dataset_add_groups (b);
  for (guint i = 0; i < 7; i++)
    b->groups[i] = 40 + i;
  whole = nn_dataset_concat (parts, 3, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (whole->n, ==, 17);
  g_assert_cmpuint (whole->n_classes, ==, 9);
  g_assert_cmpuint (whole->width, ==, 4);
  g_assert_cmpuint (whole->height, ==, 3);
  g_assert_cmpmem (whole->pixels, 60, a->pixels, 60);
  g_assert_cmpmem (whole->pixels + 60, 84, b->pixels, 84);
  g_assert_cmpmem (whole->pixels + 144, 60, a->pixels, 60);
  g_assert_cmpmem (whole->labels + 5, 7, b->labels, 7);
  g_assert_cmpuint (whole->groups[0], ==, 0);
  g_assert_cmpuint (whole->groups[5], ==, 40);
  g_assert_cmpuint (whole->groups[11], ==, 46);
  g_assert_cmpuint (whole->groups[12], ==, 0);
}

static void
test_concat_shapes (void)
{
  g_autoptr (NnDataset) base = core_test_pixels (5, 4, 3, 2, 0.5, 1);
  g_autoptr (NnDataset) turned = core_test_pixels (5, 3, 4, 2, 0.5, 1);
  g_autoptr (NnDataset) larger = core_test_pixels (5, 4, 4, 2, 0.5, 1);
  g_autoptr (NnDataset) values = core_test_values (5, 12, 2, 1);
  NnDataset *others[] = { turned, larger, values };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      NnDataset *parts[] = { base, others[i] };
      NnDataset *back[] = { others[i], base };
      g_autoptr (GError) error = NULL;

      g_assert_null (nn_dataset_concat (parts, 2, &error));
      core_test_error (&error, NN_ERROR_SHAPE);
      g_assert_null (nn_dataset_concat (back, 2, &error));
      core_test_error (&error, NN_ERROR_SHAPE);
    }
}

static void
test_limits (void)
{
  static const struct
  {
    gsize n;
    guint n_features, n_classes;
    NnError code;
  } values[] = {
    { 0, 1, 2, NN_ERROR_CONFIG },
    { 1, 0, 2, NN_ERROR_CONFIG },
    { 1, 1, 0, NN_ERROR_CONFIG },
    { 1, 1, 1, NN_ERROR_CONFIG },
    { 1, 1, 257, NN_ERROR_CONFIG },
    { (gsize) 1 << 32, 1, 2, NN_ERROR_TOO_LARGE },
    { G_MAXSIZE, 1, 2, NN_ERROR_TOO_LARGE },
    { G_MAXSIZE, G_MAXUINT, 2, NN_ERROR_TOO_LARGE },
    { (gsize) 1 << 30, 2, 2, NN_ERROR_TOO_LARGE },
    { (gsize) 1 << 31, (guint) 1 << 31, 2, NN_ERROR_TOO_LARGE },
    { 2, (guint) 1 << 30, 2, NN_ERROR_TOO_LARGE },
  };
  static const struct
  {
    gsize n;
    guint width, height;
    NnError code;
  } pixels[] = {
    { 1, 0, 5, NN_ERROR_TOO_LARGE },
    { 1, 5, 0, NN_ERROR_TOO_LARGE },
    { 1, 257, 256, NN_ERROR_TOO_LARGE },
    { 1, 65536, 1, NN_ERROR_TOO_LARGE },
    { 1, G_MAXUINT, G_MAXUINT, NN_ERROR_TOO_LARGE },
    { 65537, 256, 256, NN_ERROR_TOO_LARGE },
    { 0, 28, 28, NN_ERROR_CONFIG },
  };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_assert_null (
          nn_dataset_new_values (values[i].n, values[i].n_features, values[i].n_classes, &error));
      core_test_error (&error, values[i].code);
    }
  for (guint i = 0; i < G_N_ELEMENTS (pixels); i++)
    {
      g_assert_null (
          nn_dataset_new_pixels (pixels[i].n, pixels[i].width, pixels[i].height, 10, &error));
      core_test_error (&error, pixels[i].code);
    }
}

static void
test_gather (void)
{
  g_autoptr (NnDataset) pixels = core_test_pixels (4, 16, 16, 10, 0, 1);
  g_autoptr (NnDataset) values = core_test_values (4, 3, 2, 1);
  static const guint32 indices[] = { 3, 0, 3 };
  g_autofree float *x = g_new (float, 256);
  float y[9];
  guint8 labels[3];

  for (guint v = 0; v < 256; v++)
    pixels->pixels[2 * 256 + v] = (guint8) v;
  nn_dataset_get (pixels, 2, x);
  for (guint v = 0; v < 256; v++)
    g_assert_cmpfloat_with_epsilon ((double) x[v], v / 255.0, 1e-7);
  g_assert_cmpfloat (x[0], ==, 0);
  g_assert_cmpfloat (x[255], <=, 1);

  nn_dataset_gather (values, indices, 3, y, labels);
  g_assert_cmpmem (y, 12, values->values + 9, 12);
  g_assert_cmpmem (y + 3, 12, values->values, 12);
  g_assert_cmpmem (y + 6, 12, values->values + 9, 12);
  g_assert_cmpuint (labels[0], ==, 1);
  g_assert_cmpuint (labels[1], ==, 0);
}

static void
test_count_classes (void)
{
  g_autoptr (NnDataset) dataset = core_test_values (11, 2, 4, 1);
  static const gsize expected[] = { 3, 3, 3, 2 };
  gsize counts[4] = { 9, 9, 9, 9 };

  nn_dataset_count_classes (dataset, counts);
  g_assert_cmpmem (counts, sizeof counts, expected, sizeof expected);
}

static void
test_trainer_labels (void)
{
  g_autoptr (NnDataset) dataset = core_test_values (11, 2, 4, 1);
  g_autoptr (GError) error = NULL;
  NnTrainConfig config = core_test_config (0, NULL, 4);

  dataset->labels[7] = 4;
  g_assert_null (nn_trainer_new (&config, dataset, &error));
  core_test_error (&error, NN_ERROR_VALUE);
  config.batch_size = 0;
  g_assert_null (nn_trainer_new (&config, dataset, &error));
  core_test_error (&error, NN_ERROR_CONFIG);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/dataset/split/shares", test_split);
  g_test_add_func ("/core/dataset/split/seed", test_split_seed);
  g_test_add_func ("/core/dataset/split/in-place", test_split_in_place);
  g_test_add_func ("/core/dataset/split/groups", test_split_groups);
  g_test_add_func ("/core/dataset/concat/good", test_concat);
  g_test_add_func ("/core/dataset/concat/shapes", test_concat_shapes);
  g_test_add_func ("/core/dataset/limits", test_limits);
  g_test_add_func ("/core/dataset/gather", test_gather);
  g_test_add_func ("/core/dataset/count-classes", test_count_classes);
  g_test_add_func ("/core/trainer/refuses", test_trainer_labels);
  return g_test_run ();
}
