/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-bench-data.h"

#include <string.h>

#include "ink-tensor.h"
#include "nn-random.h"
#include "numeral-data.h"

#define N_DIGITS 10
#define N_DRAWINGS 400
#define POINTS_PER_SEGMENT 6
#define SEED 1

/* Centrelines on a grid of 10 by 14: a pair of letters is a point (x and y count from 'a'), a blank
 * lifts the pen. */
static const char *const skeletons[N_DIGITS] = {
  "fabaabadajbmdnhnjlkikejchafa", "ddhahn",        "bdcbfaiajcjfhidkbnkn",
  "babahakckehggghgkiklhnenbm",   "gabijihahn",    "jacabgfgifkikljmfnbm",
  "iadcbgbkdnhnjljihgegch",       "bajafjen ehjh", "fgcfbcdahajcjehgkjjmgncnbkcifg",
  "jefhcgbdcafaicjejgin",
};

/* A random variant of a digit: sheared, squeezed, unsteady. */
static InkDrawing *
draw (guint digit, NnRandom *random)
{
  const char *c = skeletons[digit];
  float shear = nn_random_range (random, -0.3f, 0.3f);
  float squeeze = nn_random_range (random, 0.6f, 1.0f);
  g_autoptr (GPtrArray) strokes =
      g_ptr_array_new_with_free_func ((GDestroyNotify) ink_stroke_unref);
  InkStroke *stroke = NULL;
  InkPoint last = { 0, 0, 0.5f, 0 };

  for (; *c != '\0'; c += *c == ' ' ? 1 : 2)
    {
      float y, x;
      guint n = stroke == NULL ? 1 : POINTS_PER_SEGMENT;

      if (*c == ' ')
        {
          stroke = NULL;
          continue;
        }
      y = (float) (c[1] - 'a') + nn_random_range (random, -0.5f, 0.5f);
      x = squeeze * ((float) (c[0] - 'a') + nn_random_range (random, -0.5f, 0.5f)) - shear * y;
      if (stroke == NULL)
        {
          stroke = ink_stroke_new (1);
          g_ptr_array_add (strokes, stroke);
          last.x = x;
          last.y = y;
        }
      for (guint i = 1; i <= n; i++)
        {
          float t = (float) i / (float) n;
          InkPoint point = { last.x + t * (x - last.x), last.y + t * (y - last.y), 0.5f, 0 };

          ink_stroke_append (stroke, point);
        }
      last.x = x;
      last.y = y;
    }
  return ink_drawing_new ((InkStroke *const *) strokes->pdata, strokes->len);
}

static NnDataset *
synthesise (const GPtrArray *drawings, guint n_images, GError **error)
{
  NnDataset *images =
      nn_dataset_new_pixels (n_images, INK_TENSOR_SIDE, INK_TENSOR_SIDE, N_DIGITS, error);
  g_autofree guint8 *drawn = NULL;
  NnRandom random;

  if (images == NULL)
    return NULL;
  drawn = g_new (guint8, (gsize) drawings->len * INK_TENSOR_SIZE);
  for (guint i = 0; i < drawings->len; i++)
    {
      float tensor[INK_TENSOR_SIZE];

      ink_tensor_from_drawing (g_ptr_array_index (drawings, i), NULL, tensor);
      ink_tensor_to_pixels (tensor, drawn + (gsize) i * INK_TENSOR_SIZE);
    }
  nn_random_init (&random, SEED);
  for (guint i = 0; i < n_images; i++)
    {
      guint which = nn_random_below (&random, drawings->len);

      memcpy (images->pixels + (gsize) i * INK_TENSOR_SIZE, drawn + (gsize) which * INK_TENSOR_SIZE,
              INK_TENSOR_SIZE);
      images->labels[i] = (guint8) (which % N_DIGITS);
    }
  return images;
}

static NnDataset *
load_mnist (const char *path, guint n_images, GError **error)
{
  g_autoptr (NnDataset) all = numeral_data_load (path, NUMERAL_SPLIT_TRAIN, NULL, NULL, error);
  g_autofree guint32 *first = NULL;

  if (all == NULL || all->n <= n_images)
    return g_steal_pointer (&all);
  first = g_new (guint32, n_images);
  for (guint32 i = 0; i < n_images; i++)
    first[i] = i;
  return nn_dataset_subset (all, first, n_images);
}

gboolean
cli_bench_data_init (CliBenchData *data, guint n_images, GError **error)
{
  g_autofree char *mnist = numeral_data_find_mnist ();
  gsize n_pixels, n_ink = 0;
  NnRandom random;

  *data = (CliBenchData){ .mnist = mnist != NULL };
  data->drawings = g_ptr_array_new_with_free_func ((GDestroyNotify) ink_drawing_unref);
  nn_random_init (&random, SEED);
  for (guint i = 0; i < N_DRAWINGS; i++)
    g_ptr_array_add (data->drawings, draw (i % N_DIGITS, &random));

  if (mnist != NULL)
    data->images = load_mnist (mnist, n_images, error);
  else
    data->images = synthesise (data->drawings, n_images, error);
  if (data->images == NULL)
    return FALSE;

  n_pixels = data->images->n * data->images->n_features;
  for (gsize i = 0; i < n_pixels; i++)
    n_ink += data->images->pixels[i] != 0;
  data->ink_share = (double) n_ink / (double) n_pixels;
  return TRUE;
}

void
cli_bench_data_clear (CliBenchData *data)
{
  g_clear_pointer (&data->images, nn_dataset_unref);
  g_clear_pointer (&data->drawings, g_ptr_array_unref);
}
