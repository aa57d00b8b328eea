/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-input-scale.h"

#include <math.h>
#include <string.h>

#include "ink-generator.h"
#include "ink-tensor.h"
#include "nn-predictor.h"
#include "numeral-digits.h"

#define N_SAMPLES 200
#define SEED 1
/* Right answers below which nothing can be told, and how far the loss must fall. */
#define MIN_RIGHT (N_SAMPLES / 2)
#define MAX_LOSS_RATIO 0.75
/* Stands for a probability of zero, whose logarithm is not finite. */
#define SMALLEST 1e-30f

/* x becomes factor * x + offset. */
static const struct
{
  const char *name;
  float factor, offset;
} scales[] = {
  { NULL, 1, 0 },       { "(x - 0.1307) / 0.3081", 1 / 0.3081f, -0.1307f / 0.3081f },
  { "2 x - 1", 2, -1 }, { "255 x", 255, 0 },
  { "1 - x", -1, 1 },   { "255 (1 - x)", -255, 255 },
};

/* @digits: [N_SAMPLES, INK_TENSOR_SIZE]; sample i is the digit i % 10 */
static void
draw_digits (float *digits)
{
  for (guint i = 0; i < N_SAMPLES; i++)
    {
      InkGenerator generator;
      InkDrawing *drawing;

      ink_generator_init (&generator, SEED, i);
      drawing = ink_generator_digit (&generator, i % NUMERAL_N_DIGITS, NULL);
      ink_tensor_from_drawing (drawing, NULL, digits + (gsize) i * INK_TENSOR_SIZE);
      ink_drawing_unref (drawing);
    }
}

typedef struct
{
  guint right;
  double loss; /* sum of the cross-entropy */
} Score;

/* The accuracy alone cannot tell: a network whose input is too large by far names mostly the same
 * digits, but with too much confidence. */
static Score
measure (NnPredictor *predictor, const float *digits, float factor, float offset)
{
  Score score = { 0, 0 };

  for (guint i = 0; i < N_SAMPLES; i++)
    {
      const guint digit = i % NUMERAL_N_DIGITS;
      float x[INK_TENSOR_SIZE], probabilities[NUMERAL_N_DIGITS];
      guint best = 0;

      for (guint k = 0; k < INK_TENSOR_SIZE; k++)
        x[k] = factor * digits[(gsize) i * INK_TENSOR_SIZE + k] + offset;
      nn_predictor_run (predictor, x, probabilities);
      for (guint c = 1; c < NUMERAL_N_DIGITS; c++)
        if (probabilities[c] > probabilities[best])
          best = c;
      score.right += best == digit;
      score.loss -= log ((double) MAX (probabilities[digit], SMALLEST));
    }
  return score;
}

static void
fold (NnNetwork *network, float factor, float offset)
{
  const NnWeights *layer = &network->weights[0];

  for (guint o = 0; o < layer->n_out; o++)
    {
      float *row = layer->weight + (gsize) o * layer->n_in;
      double sum = 0;

      for (guint i = 0; i < layer->n_in; i++)
        {
          sum += (double) row[i];
          row[i] *= factor;
        }
      layer->bias[o] += (float) ((double) offset * sum);
    }
}

/* (transfer full) (nullable): the network with a layer in front that does the same: a convolution
 * by windows of one pixel. Zeros of a padding are then put where the network had them. */
static NnNetwork *
put_in_front (const NnNetwork *network, float factor, float offset)
{
  g_autofree NnArchitecture *arch = g_memdup2 (&network->arch, sizeof *arch);
  NnNetwork *scaled;

  if (arch->n_layers == NN_MAX_LAYERS)
    return NULL;
  memmove (arch->layers + 1, arch->layers, arch->n_layers * sizeof *arch->layers);
  arch->layers[0] =
      (NnLayerSpec){ .kind = NN_LAYER_CONV2D, .units = 1, .kernel = { 1, 1 }, .stride = 1 };
  arch->n_layers++;
  scaled = nn_network_new (arch, NULL);
  if (scaled == NULL)
    return NULL;
  memcpy (scaled->params + 2, network->params, network->n_params * sizeof *network->params);
  scaled->weights[0].weight[0] = factor;
  scaled->weights[0].bias[0] = offset;
  return scaled;
}

/* Whether the first layer can do it: each of its values is read from the same number of pixels. */
static gboolean
can_fold (const NnNetwork *network, float offset)
{
  const NnLayerSpec *first = &network->arch.layers[0];

  return first->kind == NN_LAYER_DENSE ||
         (first->kind == NN_LAYER_CONV2D && (first->padding == 0 || offset == 0));
}

/* Whether the pixels, of one channel, are first read by a layer with weights. */
static gboolean
starts_with_weights (const NnNetwork *network)
{
  const NnArchitecture *arch = &network->arch;

  return (arch->layers[0].kind == NN_LAYER_DENSE && nn_shape_is_flat (&arch->input)) ||
         (arch->layers[0].kind == NN_LAYER_CONV2D && arch->input.channels == 1);
}

const char *
numeral_input_scale_find (NnNetwork **network)
{
  g_autofree float *digits = NULL;
  g_autoptr (NnPredictor) predictor = NULL;
  NnNetwork *scaled;
  Score scores[G_N_ELEMENTS (scales)];
  guint best = 0;

  if (!numeral_digits_check (*network, NULL) || !starts_with_weights (*network))
    return NULL;
  digits = g_new (float, (gsize) N_SAMPLES *INK_TENSOR_SIZE);
  draw_digits (digits);
  predictor = nn_predictor_new (*network);
  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      scores[i] = measure (predictor, digits, scales[i].factor, scales[i].offset);
      if (scores[i].loss < scores[best].loss)
        best = i;
    }
  if (best == 0 || scores[best].right < MAX (MIN_RIGHT, scores[0].right) ||
      scores[best].loss > MAX_LOSS_RATIO * scores[0].loss)
    return NULL;
  if (can_fold (*network, scales[best].offset))
    {
      fold (*network, scales[best].factor, scales[best].offset);
      return scales[best].name;
    }
  scaled = put_in_front (*network, scales[best].factor, scales[best].offset);
  if (scaled == NULL)
    return NULL;
  nn_network_unref (*network);
  *network = scaled;
  return scales[best].name;
}
