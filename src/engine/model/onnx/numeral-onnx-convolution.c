/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "numeral-fail.h"
#include "numeral-onnx-operators.h"

/* Convolutions and pooling: operators that move a window over an image. */

/* Values of weights that become more because of groups, dilation or padding. */
#define MAX_SPREAD ((gsize) 1 << 22)

/* How a window is moved: rows first, then columns. */
typedef struct
{
  guint kernel[2], dilation[2];
  guint stride;
  guint begin[2], end[2]; /* rows and columns of padding */
} Window;

/* Reads an attribute with two values; each must be between @low and the largest side. */
static gboolean
get_pair (const NumeralOnnxNode *node,
          const char *name,
          guint low,
          guint value,
          guint *out,
          GError **error)
{
  gsize n;
  const gint64 *values = numeral_onnx_node_get_ints (node, name, &n);

  out[0] = out[1] = value;
  if (values == NULL)
    return TRUE;
  if (n != 2 || values[0] < low || values[1] < low || values[0] > NN_MAX_KERNEL ||
      values[1] > NN_MAX_KERNEL)
    /* Translators: %s is the name of an attribute such as kernel_shape. */
    return numeral_fail (error, NN_ERROR_CONFIG, _ ("its %s cannot be read"), name);
  out[0] = (guint) values[0];
  out[1] = (guint) values[1];
  return TRUE;
}

/* SAME_UPPER and SAME_LOWER: as many places as the image has rows by the stride. */
static void
pad_same (Window *window, const NnShape *image, gboolean lower)
{
  const guint sides[] = { image->height, image->width };

  for (guint d = 0; d < 2; d++)
    {
      const guint extent = (window->kernel[d] - 1) * window->dilation[d] + 1;
      const guint n = (sides[d] + window->stride - 1) / window->stride;
      const guint needed = (n - 1) * window->stride + extent;
      const guint padding = needed > sides[d] ? needed - sides[d] : 0;

      window->begin[d] = lower ? padding - padding / 2 : padding / 2;
      window->end[d] = padding - window->begin[d];
    }
}

static gboolean
read_padding (const NumeralOnnxNode *node, Window *window, const NnShape *image, GError **error)
{
  g_autofree char *automatic = numeral_onnx_node_dup_text (node, "auto_pad");
  gsize n;
  const gint64 *pads = numeral_onnx_node_get_ints (node, "pads", &n);

  if (g_str_equal (automatic, "SAME_UPPER") || g_str_equal (automatic, "SAME_LOWER"))
    {
      pad_same (window, image, g_str_equal (automatic, "SAME_LOWER"));
      return TRUE;
    }
  if (*automatic != '\0' && !g_str_equal (automatic, "NOTSET") && !g_str_equal (automatic, "VALID"))
    return numeral_fail (error, NN_ERROR_CONFIG, _ ("its %s cannot be read"), "auto_pad");
  if (pads == NULL || g_str_equal (automatic, "VALID"))
    return TRUE;
  for (gsize i = 0; i < n; i++)
    if (n != 4 || pads[i] < 0 || pads[i] > NN_MAX_KERNEL)
      return numeral_fail (error, NN_ERROR_CONFIG, _ ("its %s cannot be read"), "pads");
  for (guint d = 0; d < 2; d++)
    {
      window->begin[d] = (guint) pads[d];
      window->end[d] = (guint) pads[2 + d];
    }
  return TRUE;
}

/* @window: its kernel may be set already, to the default */
static gboolean
read_window (const NumeralOnnxNode *node, Window *window, const NnShape *image, GError **error)
{
  const guint kernel = window->kernel[0];
  guint strides[2];

  if (!get_pair (node, "kernel_shape", 1, kernel, window->kernel, error) ||
      !get_pair (node, "strides", 1, 1, strides, error) ||
      !get_pair (node, "dilations", 1, 1, window->dilation, error))
    return FALSE;
  if (strides[0] != strides[1])
    return numeral_fail (error, NN_ERROR_CONFIG,
                         _ ("its strides for rows and columns are not the same"));
  window->stride = strides[0];
  return read_padding (node, window, image, error);
}

/* A convolution has one padding here, and no dilation: the window becomes larger where it has to,
 * with weights of zero. @groups: each reads its share of the channels. (transfer full) (nullable)
 */
static float *
spread (const Window *window,
        const NumeralOnnxTensor *weight,
        guint groups,
        NnLayerSpec *spec,
        GError **error)
{
  const gsize n_out = weight->dims[0], n_in = weight->dims[1], n_channels = n_in * groups;
  const guint padding =
      MAX (MAX (window->begin[0], window->end[0]), MAX (window->begin[1], window->end[1]));
  gsize n = n_out * n_channels;
  float *spread;

  for (guint d = 0; d < 2; d++)
    {
      spec->kernel[d] = (window->kernel[d] - 1) * window->dilation[d] + 1 + 2 * padding -
                        window->begin[d] - window->end[d];
      if (spec->kernel[d] > NN_MAX_KERNEL || !g_size_checked_mul (&n, n, spec->kernel[d]) ||
          n > MAX (weight->n, MAX_SPREAD))
        {
          numeral_fail (error, NN_ERROR_TOO_LARGE, _ ("its window is too large"));
          return NULL;
        }
    }
  spec->padding = padding;
  spread = g_new0 (float, n);
  for (gsize o = 0; o < n_out; o++)
    for (gsize i = 0; i < n_in; i++)
      for (gsize u = 0; u < window->kernel[0]; u++)
        for (gsize v = 0; v < window->kernel[1]; v++)
          {
            const gsize channel = o / (n_out / groups) * n_in + i;
            const gsize row = u * window->dilation[0] + padding - window->begin[0];
            const gsize column = v * window->dilation[1] + padding - window->begin[1];

            spread[((o * n_channels + channel) * spec->kernel[0] + row) * spec->kernel[1] +
                   column] =
                weight->floats[((o * n_in + i) * window->kernel[0] + u) * window->kernel[1] + v];
          }
  return spread;
}

static gboolean
check_weight (const NumeralOnnxTensor *weight,
              const Window *window,
              gint64 groups,
              const NnShape *image,
              GError **error)
{
  const gboolean ok =
      weight->floats != NULL && weight->n > 0 && weight->dims[2] == window->kernel[0] &&
      weight->dims[3] == window->kernel[1] && groups >= 1 && groups <= image->channels &&
      weight->dims[0] % (gsize) groups == 0 && weight->dims[1] * (gsize) groups == image->channels;

  return ok || numeral_fail (error, NN_ERROR_SHAPE,
                             _ ("the shape of its weights does not match the image or the window"));
}

gboolean
numeral_onnx_read_conv (NumeralOnnxContext *context, const NumeralOnnxNode *node, GError **error)
{
  const gint64 groups = numeral_onnx_node_get_int (node, "group", 1);
  const char *bias_name = numeral_onnx_node_input (node, 2);
  const NumeralOnnxTensor *weight, *bias = NULL;
  g_autofree double *biases = NULL;
  Window window = { .stride = 1 };
  NnLayerSpec spec = { .kind = NN_LAYER_CONV2D };
  NnShape image;
  float *values;

  if (!numeral_onnx_context_need_image (context, &image, error))
    return FALSE;
  weight = numeral_onnx_context_need_constant (context, numeral_onnx_node_input (node, 1), error);
  if (weight == NULL ||
      (*bias_name != '\0' &&
       (bias = numeral_onnx_context_need_constant (context, bias_name, error)) == NULL))
    return FALSE;
  if (weight->n_dims != 4 || weight->dims[2] > NN_MAX_KERNEL || weight->dims[3] > NN_MAX_KERNEL)
    return numeral_fail (error, NN_ERROR_SHAPE,
                         _ ("its weights have %u dimensions, or a large window; only "
                            "two-dimensional convolutions of windows up to %d can be read"),
                         weight->n_dims, NN_MAX_KERNEL);
  if (!read_window (node, &window, &image, error))
    return FALSE;
  if (numeral_onnx_node_find (node, "kernel_shape") == NULL)
    {
      window.kernel[0] = (guint) weight->dims[2];
      window.kernel[1] = (guint) weight->dims[3];
      if (!read_padding (node, &window, &image, error))
        return FALSE;
    }
  if (!check_weight (weight, &window, groups, &image, error))
    return FALSE;
  spec.units = (guint) weight->dims[0];
  spec.stride = window.stride;
  if (bias != NULL)
    {
      if (bias->n != spec.units)
        return numeral_fail (error, NN_ERROR_SHAPE, _ ("its bias does not have %u values"),
                             spec.units);
      biases = g_new (double, spec.units);
      for (guint o = 0; o < spec.units; o++)
        biases[o] = numeral_onnx_tensor_get (bias, o);
    }
  values = spread (&window, weight, (guint) groups, &spec, error);
  if (values == NULL ||
      !numeral_onnx_network_add_conv (context->network, &spec, values, biases, error))
    return FALSE;
  numeral_onnx_context_take_image (context);
  numeral_onnx_context_set_head (context, numeral_onnx_node_output (node, 0));
  return TRUE;
}

/* With ceil_mode a window may begin where it does not fit any more. */
static gboolean
rounds_up (const NumeralOnnxNode *node, const Window *window, const NnShape *image)
{
  return numeral_onnx_node_get_int (node, "ceil_mode", 0) != 0 &&
         ((image->height - window->kernel[0]) % window->stride != 0 ||
          (image->width - window->kernel[1]) % window->stride != 0);
}

gboolean
numeral_onnx_read_pool (NumeralOnnxContext *context, const NumeralOnnxNode *node, GError **error)
{
  const gboolean global = g_str_has_prefix (node->op_type, "Global");
  Window window = { .stride = 1 };
  NnLayerSpec spec = { .stride = 0 };
  NnShape image;

  if (!numeral_onnx_context_need_image (context, &image, error))
    return FALSE;
  if (global)
    window = (Window){ .kernel = { image.height, image.width },
                       .dilation = { 1, 1 },
                       .stride = image.height };
  else if (!read_window (node, &window, &image, error))
    return FALSE;
  if (window.kernel[0] > image.height || window.kernel[1] > image.width || window.kernel[0] == 0)
    return numeral_fail (error, NN_ERROR_SHAPE, _ ("its window is larger than the image"));
  if (window.dilation[0] != 1 || window.dilation[1] != 1 || window.begin[0] != 0 ||
      window.begin[1] != 0 || window.end[0] != 0 || window.end[1] != 0 ||
      rounds_up (node, &window, &image))
    return numeral_fail (error, NN_ERROR_CONFIG,
                         _ ("pooling with padding, dilation or windows that are cut off cannot be "
                            "read"));
  spec.kind = g_str_has_suffix (node->op_type, "MaxPool") ? NN_LAYER_MAXPOOL2D : NN_LAYER_AVGPOOL2D;
  spec.kernel[0] = window.kernel[0];
  spec.kernel[1] = window.kernel[1];
  spec.stride = window.stride;
  if (!numeral_onnx_network_add (context->network, &spec, error))
    return FALSE;
  numeral_onnx_context_take_image (context);
  numeral_onnx_context_set_head (context, numeral_onnx_node_output (node, 0));
  return TRUE;
}
