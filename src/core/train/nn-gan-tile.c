/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "nn-backward.h"
#include "nn-forward.h"
#include "nn-gan-private.h"
#include "nn-math.h"
#include "nn-simd.h"

/* Streams of random numbers: (stream, step and row) decide them. */
#define STREAM_NOISE 11
#define STREAM_SHIFT 12
#define STREAM_PIXELS 13

/* Distance between an image and those at which a derivative is calculated as a difference. The
 * length of an image of a digit is about 9. */
#define PENALTY_DISTANCE 0.02

/* The two halves of a step have random numbers of their own. */
typedef enum
{
  HALF_DISCRIMINATOR,
  HALF_GENERATOR,
} Half;

void
nn_gan_tile_init (NnGanTile *tile, const NnGanShape *shape, gsize rows, gsize n_params)
{
  const gsize n_inputs = nn_architecture_n_inputs (&shape->discriminator);

  tile->generator = nn_tape_new (&shape->generator, rows);
  tile->discriminator = nn_tape_new (&shape->discriminator, 2 * rows);
  tile->generator_input = nn_aligned_new0 (rows * (shape->n_noise + shape->n_classes));
  tile->image = nn_aligned_new0 (rows * shape->n_features);
  tile->x = nn_aligned_new0 (2 * rows * n_inputs);
  tile->dx = nn_aligned_new0 (rows * n_inputs);
  tile->dlogits = nn_aligned_new0 (2 * rows * nn_architecture_n_outputs (&shape->discriminator));
  tile->step = nn_aligned_new0 (2 * rows);
  tile->gradient = nn_aligned_new0 (n_params);
}

void
nn_gan_tile_clear (NnGanTile *tile)
{
  g_clear_pointer (&tile->generator, nn_tape_free);
  g_clear_pointer (&tile->discriminator, nn_tape_free);
  nn_aligned_free (tile->generator_input);
  nn_aligned_free (tile->image);
  nn_aligned_free (tile->x);
  nn_aligned_free (tile->dx);
  nn_aligned_free (tile->dlogits);
  nn_aligned_free (tile->step);
  nn_aligned_free (tile->gradient);
}

static guint
label_of (const NnGan *gan, gsize row)
{
  return gan->train->labels[gan->indices[row]];
}

static float
weight_of (const NnGan *gan, gsize row)
{
  return gan->class_weights != NULL ? gan->class_weights[label_of (gan, row)] : 1;
}

/* The number of a row in the streams: no two rows of a run have the same. */
static guint64
row_number (const NnGan *gan, Half half, gsize row)
{
  return ((2 * gan->step + half) << 16) | row;
}

/* G (z, y) for the rows, with the classes of the real images: [last - first, features]. */
static const float *
generate (const NnGan *gan, NnGanTile *tile, Half half, gsize first, gsize last)
{
  const gsize n_noise = gan->shape.n_noise, width = n_noise + gan->shape.n_classes;

  for (gsize r = first; r < last; r++)
    {
      float *input = tile->generator_input + (r - first) * width;
      NnRandom random;

      nn_random_init_stream (&random, gan->config.seed, STREAM_NOISE, row_number (gan, half, r));
      for (gsize i = 0; i < n_noise; i++)
        input[i] = nn_random_normal (&random);
      memset (input + n_noise, 0, gan->shape.n_classes * sizeof (float));
      input[n_noise + label_of (gan, r)] = 1;
    }
  nn_tape_set_training (tile->generator, gan->config.seed, 2 * gan->step + half, first);
  return nn_forward (gan->generator.network, tile->generator, tile->generator_input, last - first);
}

/* How far the image in @place of the discriminator's minibatch is displaced. */
static void
get_shift (const NnGan *gan, Half half, gsize place, int *dx, int *dy)
{
  const guint n = 2 * gan->config.shift + 1;
  NnRandom random;

  *dx = *dy = 0;
  if (gan->config.shift == 0)
    return;
  nn_random_init_stream (&random, gan->config.seed, STREAM_SHIFT, row_number (gan, half, place));
  *dx = (int) nn_random_below (&random, n) - (int) gan->config.shift;
  *dy = (int) nn_random_below (&random, n) - (int) gan->config.shift;
}

/* to = the image displaced, with background at the edge. Displacing back is the transpose. */
static void
displace (const NnGan *gan, const float *from, int dx, int dy, float *to)
{
  const int width = (int) gan->train->width, height = (int) gan->train->height;
  const int left = MAX (dx, 0), n = width - ABS (dx);

  if (dx == 0 && dy == 0)
    {
      memcpy (to, from, gan->shape.n_features * sizeof (float));
      return;
    }
  memset (to, 0, gan->shape.n_features * sizeof (float));
  for (int y = MAX (dy, 0); y < height + MIN (dy, 0); y++)
    memcpy (to + y * width + left, from + (y - dy) * width + left - dx, (gsize) n * sizeof (float));
}

/* The standard deviation of the sum of four bytes, each uniform in 0 to 255. */
#define SUM_DEVIATION 147.8f
#define SUM_MEAN 510

/* Adds noise of about a normal distribution, the sum of four uniform values of a pixel, which is
 * several times as fast as nn_random_normal(). */
NN_CLONES static void
add_noise (guint64 key, float deviation, float *x, guint n)
{
  const guint32 low = (guint32) key, high = (guint32) (key >> 32);
  const float scale = deviation / SUM_DEVIATION;

  for (guint i = 0; i < n; i++)
    {
      const guint32 h = nn_mix ((i * 0x9e3779b9u + low) ^ high);
      const int sum = (int) ((h & 255) + (h >> 8 & 255) + (h >> 16 & 255) + (h >> 24));
      x[i] += scale * (float) (sum - SUM_MEAN);
    }
}

/* The deviation of the noise on pixels: it falls to zero over the run. */
static float
noise_of (const NnGan *gan)
{
  const double total = (double) gan->steps_per_epoch * gan->config.epochs;

  return (float) (gan->config.noise * MAX (1 - (double) gan->step / total, 0));
}

/* Row @place of the discriminator's input: the image, displaced, and its class. */
static void
write_input (const NnGan *gan, Half half, gsize place, const float *image, guint label, float *x)
{
  const float deviation = noise_of (gan);
  int dx, dy;

  get_shift (gan, half, place, &dx, &dy);
  displace (gan, image, dx, dy, x);
  if (deviation > 0)
    {
      NnRandom random;

      nn_random_init_stream (&random, gan->config.seed, STREAM_PIXELS,
                             row_number (gan, half, place));
      add_noise (nn_random_next (&random), deviation, x, gan->shape.n_features);
    }
  if (gan->shape.condition != NN_GAN_CLASS_BESIDE)
    return;
  memset (x + gan->shape.n_features, 0, gan->shape.n_classes * sizeof (float));
  x[gan->shape.n_features + label] = 1;
}

/* Where the logit of an image of class @label is among the outputs of a row. */
static gsize
logit_of (const NnGan *gan, guint label)
{
  return gan->shape.condition == NN_GAN_CLASS_PROJECTED ? label : 0;
}

/* log (1 + e^x) without overflow */
static double
softplus (double x)
{
  return fmax (x, 0) + log1p (exp (-fabs (x)));
}

/* The loss of one answer of the discriminator, and its gradient at the logit (not yet of the mean).
 */
static double
judge (double logit, double target, double *dlogit)
{
  /* L = t softplus (-d) + (1 - t) softplus (d): dL/dd = σ (d) - t */
  *dlogit = 1 / (1 + exp (-logit)) - target;
  return target * softplus (-logit) + (1 - target) * softplus (logit);
}

/* Rows [0, n) of the tile are real, [n, 2n) generated. */
static void
judge_rows (const NnGan *gan, NnGanTile *tile, const float *logits, gsize first, gsize n)
{
  const gsize n_outputs = gan->shape.condition == NN_GAN_CLASS_PROJECTED ? gan->shape.n_classes : 1;
  const double smoothed = 1 - gan->config.label_smoothing;

  memset (tile->dlogits, 0, 2 * n * n_outputs * sizeof (float));
  for (gsize i = 0; i < 2 * n; i++)
    {
      const gboolean real = i < n;
      const gsize row = first + (real ? i : i - n);
      const gsize at = i * n_outputs + logit_of (gan, label_of (gan, row));
      const double weight = (double) weight_of (gan, row), logit = (double) logits[at];
      double dlogit, loss = judge (logit, real ? smoothed : 0, &dlogit);

      tile->dlogits[at] = (float) (weight * dlogit / gan->n_rows);
      tile->sums.discriminator_loss += weight * loss;
      *(real ? &tile->sums.real : &tile->sums.generated) += 1 / (1 + exp (-logit));
    }
}

/* D's answers for @n rows of the tile, and the gradient that @dlogit at each answer has: added to
 * @gradient or written to tile->dx. The units that dropout drops are those of the real images. */
static void
answer_rows (
    const NnGan *gan, NnGanTile *tile, const float *dlogit, gsize first, gsize n, float *gradient)
{
  const gsize n_outputs = gan->shape.condition == NN_GAN_CLASS_PROJECTED ? gan->shape.n_classes : 1;

  nn_tape_set_training (tile->discriminator, gan->config.seed, 2 * gan->step, 2 * first);
  nn_forward (gan->discriminator.network, tile->discriminator, tile->x, n);
  memset (tile->dlogits, 0, n * n_outputs * sizeof (float));
  for (gsize i = 0; i < n; i++)
    tile->dlogits[i * n_outputs + logit_of (gan, label_of (gan, first + i))] = dlogit[i];
  nn_backward (gan->discriminator.network, tile->discriminator, tile->dlogits, gradient,
               gradient == NULL ? tile->dx : NULL);
}

/* Adds @factor @scale[i] times the gradient to the pixels of each row. */
static void
move_rows (const NnGan *gan, NnGanTile *tile, const float *scale, float factor, gsize n)
{
  const gsize width = nn_architecture_n_inputs (&gan->discriminator.network->arch);

  for (gsize i = 0; i < n; i++)
    for (gsize p = 0; p < gan->shape.n_features; p++)
      tile->x[i * width + p] += factor * scale[i] * tile->dx[i * width + p];
}

/* The gradient of γ/2 |v|², v = ∇x D (x), at D's parameters θ, for the real images, which are in
 * the first rows of the tile. It is γ ∂/∂h ∇θ D (x + h v) at h = 0, and is calculated as a
 * difference: γ/2 (∇θ D (x + h v) - ∇θ D (x - h v)) / h. */
static void
penalise (const NnGan *gan, NnGanTile *tile, gsize first, gsize n)
{
  const gsize width = nn_architecture_n_inputs (&gan->discriminator.network->arch);
  float *step = tile->step, *dlogit = tile->step + n;

  for (gsize i = 0; i < n; i++)
    dlogit[i] = 1;
  answer_rows (gan, tile, dlogit, first, n, NULL);
  for (gsize i = 0; i < n; i++)
    {
      const float *v = tile->dx + i * width;
      double square = 0;

      for (gsize p = 0; p < gan->shape.n_features; p++)
        square += (double) (v[p] * v[p]);
      step[i] = (float) (PENALTY_DISTANCE / MAX (sqrt (square), 1e-6));
      tile->sums.penalty += (double) weight_of (gan, first + i) * square;
      dlogit[i] =
          (float) (gan->config.penalty * NN_GAN_PENALTY_INTERVAL / 2 / step[i] / gan->n_rows) *
          weight_of (gan, first + i);
    }
  move_rows (gan, tile, step, 1, n);
  answer_rows (gan, tile, dlogit, first, n, tile->gradient);
  move_rows (gan, tile, step, -2, n);
  for (gsize i = 0; i < n; i++)
    dlogit[i] = -dlogit[i];
  answer_rows (gan, tile, dlogit, first, n, tile->gradient);
}

void
nn_gan_tile_discriminator (const NnGan *gan, NnGanTile *tile, gsize first, gsize last)
{
  const NnNetwork *network = gan->discriminator.network;
  const gsize n = last - first, width = nn_architecture_n_inputs (&network->arch);
  const float *images = generate (gan, tile, HALF_DISCRIMINATOR, first, last);
  const float *logits;

  tile->sums = (NnGanSums){ 0 };
  for (gsize i = 0; i < n; i++)
    {
      nn_dataset_get (gan->train, gan->indices[first + i], tile->image);
      write_input (gan, HALF_DISCRIMINATOR, first + i, tile->image, label_of (gan, first + i),
                   tile->x + i * width);
      write_input (gan, HALF_DISCRIMINATOR, gan->n_rows + first + i,
                   images + i * gan->shape.n_features, label_of (gan, first + i),
                   tile->x + (n + i) * width);
    }
  nn_tape_set_training (tile->discriminator, gan->config.seed, 2 * gan->step, 2 * first);
  logits = nn_forward (network, tile->discriminator, tile->x, 2 * n);
  judge_rows (gan, tile, logits, first, n);
  memset (tile->gradient, 0, network->n_params * sizeof (float));
  nn_backward (network, tile->discriminator, tile->dlogits, tile->gradient, NULL);
  if (gan->config.penalty > 0 && gan->step % NN_GAN_PENALTY_INTERVAL == 0)
    penalise (gan, tile, first, n);
}

/* The gradient at the pixels, from that at the discriminator's input. */
static void
read_input_gradient (const NnGan *gan, NnGanTile *tile, gsize first, gsize n)
{
  const gsize width = nn_architecture_n_inputs (&gan->discriminator.network->arch);

  for (gsize i = 0; i < n; i++)
    {
      float *dimage = tile->image + i * gan->shape.n_features;
      int dx, dy;

      get_shift (gan, HALF_GENERATOR, first + i, &dx, &dy);
      displace (gan, tile->dx + i * width, -dx, -dy, dimage);
      for (gsize p = 0; p < gan->shape.n_features; p++)
        tile->sums.gradient += (double) (dimage[p] * dimage[p]);
    }
}

void
nn_gan_tile_generator (const NnGan *gan, NnGanTile *tile, gsize first, gsize last)
{
  const NnNetwork *network = gan->discriminator.network;
  const gsize n = last - first, width = nn_architecture_n_inputs (&network->arch);
  const gsize n_outputs = gan->shape.condition == NN_GAN_CLASS_PROJECTED ? gan->shape.n_classes : 1;
  const float *images = generate (gan, tile, HALF_GENERATOR, first, last);
  const float *logits;

  for (gsize i = 0; i < n; i++)
    write_input (gan, HALF_GENERATOR, first + i, images + i * gan->shape.n_features,
                 label_of (gan, first + i), tile->x + i * width);
  nn_tape_set_training (tile->discriminator, gan->config.seed, 2 * gan->step + 1, first);
  logits = nn_forward (network, tile->discriminator, tile->x, n);
  memset (tile->dlogits, 0, n * n_outputs * sizeof (float));
  for (gsize i = 0; i < n; i++)
    {
      const gsize at = i * n_outputs + logit_of (gan, label_of (gan, first + i));
      const double weight = (double) weight_of (gan, first + i), logit = (double) logits[at];

      /* L = softplus (-d): dL/dd = σ (d) - 1 */
      tile->dlogits[at] = (float) (weight * (1 / (1 + exp (-logit)) - 1) / gan->n_rows);
      tile->sums.generator_loss += weight * softplus (-logit);
    }
  nn_backward (network, tile->discriminator, tile->dlogits, NULL, tile->dx);
  read_input_gradient (gan, tile, first, n);
  memset (tile->gradient, 0, gan->generator.network->n_params * sizeof (float));
  nn_backward (gan->generator.network, tile->generator, tile->image, tile->gradient, NULL);
}
