/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-fused-layers.h"

#include <string.h>

#include "nn-simd.h"

/* Offsets in an image are kept in 32 bits. */
#define MAX_IMAGE ((gsize) 1 << 24)

/* Takes up the layer behind a convolution, if it may run with it. Both functions are monotone, so
 * that their order is indifferent. */
static gboolean
take_layer (const NnLayerSpec *spec, NnConvShape *shape, gboolean *has_pool, gboolean *has_relu)
{
  if (spec->kind == NN_LAYER_RELU && !*has_relu)
    {
      shape->slope = 0;
      *has_relu = TRUE;
      return TRUE;
    }
  if (spec->kind == NN_LAYER_MAXPOOL2D && !*has_pool)
    {
      shape->pool[0] = spec->kernel[0];
      shape->pool[1] = spec->kernel[1];
      shape->pool_stride = spec->stride;
      *has_pool = TRUE;
      return TRUE;
    }
  return FALSE;
}

NnFusedLayers *
nn_fused_layers_find (const NnArchitecture *arch, const NnShape *shapes, guint first)
{
  const NnLayerSpec *spec = &arch->layers[first];
  const NnShape *in = &shapes[first];
  const gsize padded =
      (gsize) in->channels * (in->height + 2 * spec->padding) * (in->width + 2 * spec->padding);
  NnConvShape shape = { .channels = in->channels,
                        .height = in->height,
                        .width = in->width,
                        .n_out = spec->units,
                        .window = { spec->kernel[0], spec->kernel[1] },
                        .stride = spec->stride,
                        .padding = spec->padding,
                        .pool = { 1, 1 },
                        .pool_stride = 1,
                        .slope = 1 };
  gboolean has_pool = FALSE, has_relu = FALSE;
  NnFusedLayers *fused;
  guint last = first;

  if (spec->kind != NN_LAYER_CONV2D || padded > MAX_IMAGE)
    return NULL;
  while (last + 1 < arch->n_layers &&
         take_layer (&arch->layers[last + 1], &shape, &has_pool, &has_relu))
    last++;
  /* Alone it has a gradient in each place, which sgemm multiplies faster. */
  if (last == first)
    return NULL;
  fused = g_new0 (NnFusedLayers, 1);
  fused->first = first;
  fused->last = last;
  nn_conv_init (&fused->conv, &shape, nn_conv_kernel_for (spec->units));
  return fused;
}

void
nn_fused_layers_connect (NnFusedLayers *fused, NnFusedLayers *next, gsize max_n)
{
  const NnConv *conv = &fused->conv;

  fused->next = next;
  if (next != NULL)
    next->is_fed = TRUE;
  fused->view = next != NULL ? nn_conv_view_next (&next->conv) : nn_conv_view_plain (conv);
  fused->max_n = max_n;
  fused->x = nn_aligned_new0 (max_n * conv->x_size);
  fused->winners = (guint32 *) (void *) nn_aligned_new0 (max_n * conv->n_winners);
  fused->packed = nn_aligned_new0 (conv->packed_size);
  fused->scratch = nn_aligned_new0 (conv->scratch_size);
}

void
nn_fused_layers_free (NnFusedLayers *fused)
{
  nn_aligned_free (fused->x);
  nn_aligned_free (fused->dx);
  nn_aligned_free ((float *) (void *) fused->winners);
  nn_aligned_free (fused->packed);
  nn_aligned_free (fused->gradient);
  nn_aligned_free (fused->scratch);
  g_free (fused);
}

void
nn_fused_layers_pack (NnFusedLayers *fused, const NnLayerPass *pass)
{
  nn_conv_pack (&fused->conv, pass->weight, pass->bias, fused->packed);
}

/* Floats of a sample's input and output as the layers beside see them. */
static gsize
in_size (const NnFusedLayers *fused)
{
  const NnConvShape *shape = &fused->conv.shape;

  return (gsize) shape->channels * shape->height * shape->width;
}

static gsize
out_size (const NnFusedLayers *fused)
{
  return (gsize) fused->conv.shape.n_out * fused->conv.height * fused->conv.width;
}

void
nn_fused_layers_forward (NnFusedLayers *fused, const float *x, float *y, gsize n)
{
  const NnConv *conv = &fused->conv;

  for (gsize i = 0; i < n; i++)
    {
      float *own_x = fused->x + i * conv->x_size;
      float *to = fused->next != NULL ? fused->next->x + i * fused->next->conv.x_size :
                                        y + i * out_size (fused);

      if (!fused->is_fed)
        nn_conv_pad (conv, x + i * in_size (fused), own_x);
      nn_conv_forward (conv, fused->packed, own_x, &fused->view, to,
                       fused->winners + i * conv->n_winners, fused->scratch);
    }
}

void
nn_fused_layers_backward (
    NnFusedLayers *fused, const NnLayerPass *pass, const float *dy, float *dx, gsize n)
{
  const NnConv *conv = &fused->conv;
  const gboolean wants_gradient = pass->dweight != NULL, wants_dx = dx != NULL;

  if (wants_dx && fused->dx == NULL)
    fused->dx = nn_aligned_new0 (fused->max_n * conv->x_size);
  if (wants_gradient && fused->gradient == NULL)
    fused->gradient = nn_aligned_new0 (conv->gradient_size);
  if (wants_gradient)
    memset (fused->gradient, 0, conv->gradient_size * sizeof (float));
  for (gsize i = 0; i < n; i++)
    {
      const float *from = fused->next != NULL ? fused->next->dx + i * fused->next->conv.x_size :
                                                dy + i * out_size (fused);
      float *own_dx = wants_dx ? fused->dx + i * conv->x_size : NULL;

      nn_conv_backward (conv, fused->packed, fused->x + i * conv->x_size,
                        fused->winners + i * conv->n_winners, &fused->view, from,
                        wants_gradient ? fused->gradient : NULL, own_dx, fused->scratch);
      if (wants_dx && !fused->is_fed)
        nn_conv_unpad (conv, own_dx, dx + i * in_size (fused));
    }
  if (wants_gradient)
    nn_conv_unpack_gradient (conv, fused->gradient, pass->dweight, pass->dbias);
}
