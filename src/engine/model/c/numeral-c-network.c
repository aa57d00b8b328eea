/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-c-network.h"

#include "numeral-half.h"

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
                           numeral_half_from_float (
                               CLAMP (value, -NUMERAL_HALF_MAX, NUMERAL_HALF_MAX)));
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

static void
write_window (const NumeralCNetwork *part, guint l, NumeralCText *text)
{
  const NnLayerSpec *spec = &part->network->arch.layers[l];
  const NnShape *in = &part->network->shapes[l], *out = &part->network->shapes[l + 1];

  numeral_c_text_printf (text,
                         "\nstatic const NumeralWindow %s_window_%u = { %u, %u, %u, %u, %u, %u, "
                         "%u, %u, %u, %u };\n",
                         part->name, l, in->channels, in->height, in->width, out->channels,
                         out->height, out->width, spec->kernel[0], spec->kernel[1], spec->stride,
                         spec->padding);
}

static gboolean
has_window (const NnLayerSpec *spec)
{
  return spec->kind == NN_LAYER_CONV2D || spec->kind == NN_LAYER_MAXPOOL2D ||
         spec->kind == NN_LAYER_AVGPOOL2D;
}

void
numeral_c_network_write_weights (const NumeralCNetwork *part, gboolean half, NumeralCText *text)
{
  const NnNetwork *network = part->network;

  for (guint l = 0; l < network->arch.n_layers; l++)
    if (has_window (&network->arch.layers[l]))
      write_window (part, l, text);
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

/* @from: @to: names of the arrays */
static void
write_layer (
    const NumeralCNetwork *part, guint l, const char *from, const char *to, NumeralCText *text)
{
  const NnShape *in = &part->network->shapes[l], *out = &part->network->shapes[l + 1];
  const NnLayerSpec *spec = &part->network->arch.layers[l];
  const char *name = part->name;

  switch (spec->kind)
    {
    case NN_LAYER_DENSE:
      numeral_c_text_printf (text,
                             "  numeral_dense (%s, %" G_GSIZE_FORMAT ", %s_weight_%u, %s_bias_%u, "
                             "%" G_GSIZE_FORMAT ", %s);\n",
                             from, nn_shape_size (in), name, l, name, l, nn_shape_size (out), to);
      break;
    case NN_LAYER_CONV2D:
      numeral_c_text_printf (text,
                             "  numeral_conv2d (%s, &%s_window_%u, %s_weight_%u, %s_bias_%u, "
                             "%s);\n",
                             from, name, l, name, l, name, l, to);
      break;
    case NN_LAYER_MAXPOOL2D:
    case NN_LAYER_AVGPOOL2D:
      numeral_c_text_printf (text, "  numeral_%s (%s, &%s_window_%u);\n",
                             spec->kind == NN_LAYER_MAXPOOL2D ? "maxpool2d" : "avgpool2d", from,
                             name, l);
      break;
    case NN_LAYER_FLATTEN:
    case NN_LAYER_DROPOUT:
      break;
    default:
      numeral_c_text_printf (text, "  numeral_%s (%s, %" G_GSIZE_FORMAT ");\n",
                             nn_layer_kind (spec->kind)->name, from, nn_shape_size (in));
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
      write_layer (part, l, arrays[at], arrays[1 - at], text);
      if (nn_layer_kind (arch->layers[l].kind)->sizes != NULL)
        at = 1 - at;
    }
  return at;
}
