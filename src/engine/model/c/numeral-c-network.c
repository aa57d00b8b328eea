/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-c-network.h"

#include "nn-half.h"

#define PER_LINE 8

void
numeral_c_network_measure (const NnNetwork *network, gsize sizes[NUMERAL_C_N_ARRAYS])
{
  const NnArchitecture *arch = &network->arch;
  guint at = 0;

  sizes[0] = MAX (sizes[0], nn_shape_size (&network->shapes[0]));
  for (guint l = 0; l < arch->n_layers; l++)
    if (nn_layer_kind (arch->layers[l].kind)->sizes != NULL)
      {
        at = 1 - at;
        sizes[at] = MAX (sizes[at], nn_shape_size (&network->shapes[l + 1]));
      }
}

static void
write_value (NumeralCText *text, float value, gboolean half)
{
  if (half)
    numeral_c_text_printf (text, "0x%04x",
                           nn_half_from_float (CLAMP (value, -NN_HALF_MAX, NN_HALF_MAX)));
  else
    numeral_c_text_float (text, value);
}

/* An array of @rows x @columns values, value (r, c) at r * @down + c * @across. */
static void
write_array (NumeralCText *text,
             const float *values,
             const gsize sizes[2],
             const gsize steps[2],
             gboolean half)
{
  guint at = 0;

  for (gsize r = 0; r < sizes[0]; r++)
    for (gsize c = 0; c < sizes[1]; c++)
      {
        numeral_c_text_add (text, at == 0 ? "\n  " : " ");
        write_value (text, values[r * steps[0] + c * steps[1]], half);
        numeral_c_text_add (text, ",");
        at = (at + 1) % PER_LINE;
      }
  numeral_c_text_add (text, "\n};\n");
}

void
numeral_c_window_write (const NumeralCLayer *layer, NumeralCText *text)
{
  const NnShape *in = &layer->in, *out = &layer->out;
  const NnLayerSpec *spec = layer->spec;

  if (spec->kind != NN_LAYER_CONV2D && spec->kind != NN_LAYER_MAXPOOL2D &&
      spec->kind != NN_LAYER_AVGPOOL2D)
    return;
  numeral_c_text_printf (text,
                         "\nstatic const NumeralWindow %s_window_%u = { %u, %u, %u, %u, %u, %u, "
                         "%u, %u, %u, %u };\n",
                         layer->name, layer->number, in->channels, in->height, in->width,
                         out->channels, out->height, out->width, spec->kernel[0], spec->kernel[1],
                         spec->stride, spec->padding);
}

static NumeralCLayer
layer_of (const NumeralCNetwork *part, guint l)
{
  return (NumeralCLayer){ part->name, l, &part->network->arch.layers[l], part->network->shapes[l],
                          part->network->shapes[l + 1] };
}

void
numeral_c_network_write_weights (const NumeralCNetwork *part, gboolean half, NumeralCText *text)
{
  const NnNetwork *network = part->network;

  for (guint l = 0; l < network->arch.n_layers; l++)
    {
      const NumeralCLayer layer = layer_of (part, l);

      numeral_c_window_write (&layer, text);
    }
  for (guint k = 0; k < network->n_weights; k++)
    {
      const NnWeights *weights = &network->weights[k];
      const gsize n_in = weights->n_in, n_out = weights->n_out;
      const gboolean dense = network->arch.layers[weights->layer].kind == NN_LAYER_DENSE;

      numeral_c_text_printf (text,
                             "\nstatic const NumeralWeight %s_weight_%u[%" G_GSIZE_FORMAT "] = {",
                             part->name, weights->layer, n_in * n_out);
      if (dense)
        write_array (text, weights->weight, (gsize[]){ n_in, n_out }, (gsize[]){ 1, n_in }, half);
      else
        write_array (text, weights->weight, (gsize[]){ n_out, n_in }, (gsize[]){ n_in, 1 }, half);
      numeral_c_text_printf (text,
                             "\nstatic const NumeralWeight %s_bias_%u[%" G_GSIZE_FORMAT "] = {",
                             part->name, weights->layer, n_out);
      write_array (text, weights->bias, (gsize[]){ 1, n_out }, (gsize[]){ 0, 1 }, half);
    }
}

/* A layer with weights. @from: @to: names of the arrays */
static void
write_weighted (const NumeralCLayer *layer, const char *from, const char *to, NumeralCText *text)
{
  const char *name = layer->name;
  const guint l = layer->number;

  if (layer->spec->kind == NN_LAYER_DENSE)
    numeral_c_text_printf (text,
                           "  numeral_dense (%s, %" G_GSIZE_FORMAT ", %s_weight_%u, %s_bias_%u, "
                           "%" G_GSIZE_FORMAT ", %s);\n",
                           from, nn_shape_size (&layer->in), name, l, name, l,
                           nn_shape_size (&layer->out), to);
  else
    numeral_c_text_printf (text,
                           "  numeral_conv2d (%s, &%s_window_%u, %s_weight_%u, %s_bias_%u, %s);\n",
                           from, name, l, name, l, name, l, to);
}

void
numeral_c_layer_write (const NumeralCLayer *layer, const char *array, NumeralCText *text)
{
  switch (layer->spec->kind)
    {
    case NN_LAYER_MAXPOOL2D:
    case NN_LAYER_AVGPOOL2D:
      numeral_c_text_printf (text, "  numeral_%s (%s, &%s_window_%u);\n",
                             layer->spec->kind == NN_LAYER_MAXPOOL2D ? "maxpool2d" : "avgpool2d",
                             array, layer->name, layer->number);
      break;
    case NN_LAYER_FLATTEN:
    case NN_LAYER_DROPOUT:
      break;
    default:
      numeral_c_text_printf (text, "  numeral_%s (%s, %" G_GSIZE_FORMAT ");\n",
                             nn_layer_kind (layer->spec->kind)->name, array,
                             nn_shape_size (&layer->in));
    }
}

guint
numeral_c_network_write_layers (const NumeralCNetwork *part,
                                const char *const arrays[NUMERAL_C_N_ARRAYS],
                                NumeralCText *text)
{
  const NnArchitecture *arch = &part->network->arch;
  guint at = 0;

  for (guint l = 0; l < arch->n_layers; l++)
    {
      const NumeralCLayer layer = layer_of (part, l);

      if (nn_layer_kind (arch->layers[l].kind)->sizes == NULL)
        {
          numeral_c_layer_write (&layer, arrays[at], text);
          continue;
        }
      write_weighted (&layer, arrays[at], arrays[1 - at], text);
      at = 1 - at;
    }
  return at;
}
