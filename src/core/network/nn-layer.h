/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-error.h"

G_BEGIN_DECLS

/* Bounds of one layer; nn-architecture.h has those of a network. */
#define NN_MAX_WIDTH 65536            /* features or channels of a layer */
#define NN_MAX_SIDE 4096              /* height and width of an image */
#define NN_MAX_KERNEL 64              /* sides, stride and padding of a window */
#define NN_MAX_SIZE ((gsize) 1 << 22) /* values that a layer gives for one sample */

/**
 * NnShape:
 *
 * What one sample is between two layers: an image of @channels x @height x @width
 * values, or a vector of @channels features, whose height and width are 1.
 * Row-major, as PyTorch has them.
 */
typedef struct
{
  guint channels, height, width;
} NnShape;

static inline gsize
nn_shape_size (const NnShape *shape)
{
  return (gsize) shape->channels * shape->height * shape->width;
}

static inline gboolean
nn_shape_is_flat (const NnShape *shape)
{
  return shape->height == 1 && shape->width == 1;
}

typedef enum
{
  NN_LAYER_DENSE,
  NN_LAYER_CONV2D,
  NN_LAYER_MAXPOOL2D,
  NN_LAYER_AVGPOOL2D,
  NN_LAYER_FLATTEN,
  NN_LAYER_RELU, /* from here on in the order of NnActivation */
  NN_LAYER_LEAKY_RELU,
  NN_LAYER_GELU,
  NN_LAYER_SIGMOID,
  NN_LAYER_TANH,
  NN_LAYER_DROPOUT,
  NN_N_LAYER_KINDS,
} NnLayerKindId;

/**
 * NnLayerSpec:
 * @units: outputs of a dense layer, output channels of a convolution
 * @kernel: height and width of the window of a convolution or a pooling layer
 * @stride: of the window, the same in both directions
 * @padding: rows and columns of zeros on each side; convolutions only
 * @rate: probability of dropping a unit, [0, 1); dropout only
 *
 * One layer as it is written down. Members that the kind does not use are 0.
 */
typedef struct
{
  NnLayerKindId kind;
  guint units;
  guint kernel[2];
  guint stride, padding;
  double rate;
} NnLayerSpec;

/* The sizes of a layer's parameters: weight [n_out, n_in], bias [n_out]. */
typedef struct
{
  guint n_out, n_in;
  guint fan_out; /* outputs that one input value reaches: for the initialisation */
} NnLayerSizes;

/**
 * NnLayerPass:
 * @in: @out: shapes of one sample before and after the layer
 * @weight: @bias: (nullable): the parameters
 * @dweight: @dbias: (nullable): their gradient, which backward adds to
 * @kept: (nullable): [n, kept size] what forward notes for backward
 * @scratch: (nullable): [scratch size] working memory that holds nothing between calls
 * @training: whether dropout drops
 * @dropout: which of the network's dropout layers this is, from 0
 * @seed: @step: @first_row: with @dropout they decide a sample's dropout mask
 *
 * All that a layer's forward and backward need besides their arrays.
 */
typedef struct
{
  const NnLayerSpec *spec;
  NnShape in, out;
  const float *weight, *bias;
  float *dweight, *dbias;
  float *kept;
  float *scratch;
  gboolean training;
  guint dropout;
  guint64 seed, step;
  gsize first_row;
} NnLayerPass;

/**
 * NnLayerKind:
 * @name: for messages
 * @check: sets @out; NN_ERROR_CONFIG, NN_ERROR_SHAPE, NN_ERROR_TOO_LARGE where the layer cannot
 *   work on @in
 * @sizes: (nullable): of the parameters; %NULL where the layer has none
 * @kept: (nullable): floats per sample that forward notes for backward
 * @scratch: (nullable): floats of working memory
 * @forward: y [n, out] from x [n, in]
 * @backward: from dy, the gradient at y, adds to pass->dweight and pass->dbias where they are not
 *   %NULL, and sets @dx, the gradient at x, where it is not %NULL
 * @describe: appends the word of the text form
 * @parse: %TRUE where @word is one of this kind; fills in @spec
 *
 * One row of the table of kinds. A kind is this row and one file, in which forward
 * and backward stand next to each other.
 */
typedef struct
{
  const char *name;
  gboolean (*check) (const NnLayerSpec *spec, const NnShape *in, NnShape *out, GError **error);
  void (*sizes) (const NnLayerSpec *spec, const NnShape *in, NnLayerSizes *sizes);
  gsize (*kept) (const NnLayerSpec *spec, const NnShape *in, const NnShape *out);
  gsize (*scratch) (const NnLayerSpec *spec, const NnShape *in, const NnShape *out);
  void (*forward) (const NnLayerPass *pass, const float *x, float *y, gsize n);
  void (*backward) (
      const NnLayerPass *pass, const float *x, const float *y, const float *dy, float *dx, gsize n);
  void (*describe) (const NnLayerSpec *spec, GString *text);
  gboolean (*parse) (const char *word, NnLayerSpec *spec);
} NnLayerKind;

/* The row of the table. */
const NnLayerKind *nn_layer_kind (NnLayerKindId id);

/* Reads one word of the text form, such as "128", "conv3x3x32p1" or "relu"; %FALSE where no kind
 * knows it. The numbers are not checked yet. */
gboolean nn_layer_parse (const char *word, NnLayerSpec *spec);

/* For the kinds' @parse: reads a whole number without a sign and moves @text behind it. */
gboolean nn_layer_parse_number (const char **text, guint *number);

/* The rows, each in its own file. */
extern const NnLayerKind nn_layer_dense;
extern const NnLayerKind nn_layer_conv2d;
extern const NnLayerKind nn_layer_maxpool2d;
extern const NnLayerKind nn_layer_avgpool2d;
extern const NnLayerKind nn_layer_flatten;
extern const NnLayerKind nn_layer_relu;
extern const NnLayerKind nn_layer_leaky_relu;
extern const NnLayerKind nn_layer_gelu;
extern const NnLayerKind nn_layer_sigmoid;
extern const NnLayerKind nn_layer_tanh;
extern const NnLayerKind nn_layer_dropout;

G_END_DECLS
