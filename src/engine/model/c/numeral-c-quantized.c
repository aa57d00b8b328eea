/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-c-quantized.h"

#include "nn-quantized-private.h"
#include "numeral-c-network.h"

#define PER_LINE 16
#define N_BYTES 256
/* The places of the table behind a product, which are those from low to high. */
#define n_places(scaling) ((guint) ((scaling)->high - (scaling)->low) + 1)

static gboolean
is_last (const NnQuantizedPlan *plan, guint s)
{
  return s + 1 == plan->n_steps;
}

void
numeral_c_quantized_measure (const NnQuantized *quantized, NumeralCSizes *sizes)
{
  const NnQuantizedPlan *plan = quantized->plan;
  guint at = 0;

  sizes->bytes[0] = MAX (sizes->bytes[0], nn_shape_size (&plan->shapes[0]));
  for (guint s = 0; s < plan->n_steps; s++)
    if (plan->steps[s].kind == NN_QUANTIZED_PRODUCT)
      {
        const gsize n = nn_shape_size (&plan->steps[s].out);

        at = 1 - at;
        sizes->sums = MAX (sizes->sums, plan->steps[s].layout.n_out);
        if (is_last (plan, s))
          sizes->logits = MAX (sizes->logits, n);
        else
          sizes->bytes[at] = MAX (sizes->bytes[at], n);
      }
}

NumeralCCodes
numeral_c_quantized_codes (const NnQuantized *quantized)
{
  const NnQuantizedPlan *plan = quantized->plan;
  NnArchitecture tail = { .n_layers = quantized->arch.n_layers - plan->tail };
  NumeralCCodes codes = numeral_c_codes_of (NUMERAL_C_INT8);

  for (guint s = 0; s < plan->n_steps; s++)
    switch (plan->steps[s].kind)
      {
      case NN_QUANTIZED_PRODUCT:
        codes |= numeral_c_codes_of (plan->steps[s].spec->kind == NN_LAYER_DENSE ?
                                         NUMERAL_C_INT8_DENSE :
                                         NUMERAL_C_INT8_CONV2D);
        break;
      case NN_QUANTIZED_MAX:
      case NN_QUANTIZED_MEAN:
        codes |= numeral_c_codes_of (NUMERAL_C_INT8_POOL2D);
        break;
      case NN_QUANTIZED_TABLE:
      default:
        codes |= numeral_c_codes_of (NUMERAL_C_INT8_TABLE);
      }
  for (guint l = 0; l < tail.n_layers; l++)
    tail.layers[l] = quantized->arch.layers[plan->tail + l];
  return codes | numeral_c_codes_of_layers (&tail);
}

/* An array of whole numbers; @get: number @i */
static void
write_numbers (NumeralCText *text,
               const char *type,
               const char *name,
               const char *what,
               guint layer,
               gsize n,
               gint32 (*get) (gconstpointer data, gsize i),
               gconstpointer data)
{
  numeral_c_text_printf (text, "\nstatic const %s %s_%s_%u[%" G_GSIZE_FORMAT "] = {", type, name,
                         what, layer, n);
  for (gsize i = 0; i < n; i++)
    numeral_c_text_printf (text, "%s%d,", i % PER_LINE == 0 ? "\n  " : " ", get (data, i));
  numeral_c_text_add (text, "\n};\n");
}

/* The weights [n_out, n_in] as [n_in, n_out]. */
static gint32
get_weight (gconstpointer data, gsize i)
{
  const NnQuantizedWeights *weights = data;

  return weights->weight[i % weights->n_out * weights->n_in + i / weights->n_out];
}

static gint32
get_bias (gconstpointer data, gsize i)
{
  return ((const gint32 *) data)[i];
}

static gint32
get_byte (gconstpointer data, gsize i)
{
  return ((const guint8 *) data)[i];
}

static void
write_product (const NnQuantizedStep *step,
               const NnQuantizedWeights *weights,
               gboolean last,
               const char *name,
               NumeralCText *text)
{
  const guint l = step->layer;

  write_numbers (text, "int8_t", name, "weight", l, (gsize) weights->n_in * weights->n_out,
                 get_weight, weights);
  write_numbers (text, "int32_t", name, "bias", l, weights->n_out, get_bias, step->bias);
  if (step->table != NULL)
    write_numbers (text, "uint8_t", name, "table", l, n_places (&step->scaling), get_byte,
                   step->table);
  numeral_c_text_printf (text, "\nstatic const float %s_multiplier_%u[%u] = {", name, l,
                         weights->n_out);
  for (guint o = 0; o < weights->n_out; o++)
    {
      numeral_c_text_add (text, o % 8 == 0 ? "\n  " : " ");
      numeral_c_text_float (text, step->multiplier[o]);
      numeral_c_text_add (text, ",");
    }
  numeral_c_text_printf (text,
                         "\n};\n\nstatic const NumeralScaling %s_scaling_%u = { %s_multiplier_%u, ",
                         name, l, name, l);
  numeral_c_text_float (text, last ? 0 : step->scaling.low);
  numeral_c_text_add (text, ", ");
  numeral_c_text_float (text, last ? 0 : step->scaling.high);
  numeral_c_text_printf (text, ", %d, ", last ? 0 : step->scaling.offset);
  if (step->table != NULL)
    numeral_c_text_printf (text, "%s_table_%u };\n", name, l);
  else
    numeral_c_text_add (text, "NULL };\n");
}

/* The byte that stands for each grey of a pixel; %FALSE if that is the grey. */
static gboolean
find_input (const NnQuantized *quantized, guint8 table[N_BYTES])
{
  const NnQuantizer point = nn_quantized_get_quantizer (quantized, 0);
  gboolean other = FALSE;

  for (guint i = 0; i < N_BYTES; i++)
    {
      const float x = (float) i / 255.0f;

      nn_int8_quantize (point.scale, point.zero, &x, &table[i], 1);
      other = other || table[i] != i;
    }
  return other;
}

void
numeral_c_quantized_write_weights (const NnQuantized *quantized,
                                   const char *name,
                                   NumeralCText *text)
{
  const NnQuantizedPlan *plan = quantized->plan;
  guint8 input[N_BYTES];
  guint k = 0;

  if (find_input (quantized, input))
    write_numbers (text, "uint8_t", name, "input", 0, N_BYTES, get_byte, input);
  for (guint s = 0; s < plan->n_steps; s++)
    {
      const NnQuantizedStep *step = &plan->steps[s];

      numeral_c_window_write (&(NumeralCLayer){ name, step->layer, step->spec, step->in,
                                                step->out },
                              text);
      if (step->kind == NN_QUANTIZED_PRODUCT)
        write_product (step, &quantized->weights[k++], is_last (plan, s), name, text);
      else if (step->kind == NN_QUANTIZED_TABLE)
        write_numbers (text, "uint8_t", name, "table", step->layer, N_BYTES, get_byte, step->table);
    }
  for (guint l = plan->tail; l < quantized->arch.n_layers; l++)
    numeral_c_window_write (&(NumeralCLayer){ name, l, &quantized->arch.layers[l], plan->shapes[l],
                                              plan->shapes[l + 1] },
                            text);
}

/* @to: the array of bytes, or @logits that of float32: the other one is NULL in C */
static void
write_step (const NnQuantizedStep *step,
            const char *name,
            const char *from,
            const char *to,
            const char *logits,
            const char *sums,
            NumeralCText *text)
{
  const guint l = step->layer, n_out = step->layout.n_out;

  if (step->kind == NN_QUANTIZED_TABLE)
    numeral_c_text_printf (text, "  numeral_table_int8 (%s, %" G_GSIZE_FORMAT ", %s_table_%u);\n",
                           from, nn_shape_size (&step->in), name, l);
  else if (step->kind != NN_QUANTIZED_PRODUCT)
    numeral_c_text_printf (text, "  numeral_pool2d_int8 (%s, &%s_window_%u, %d);\n", from, name, l,
                           step->kind == NN_QUANTIZED_MEAN);
  else if (step->spec->kind == NN_LAYER_DENSE)
    numeral_c_text_printf (text,
                           "  numeral_dense_int8 (%s, %u, %s_weight_%u, %s_bias_%u, %u, %s);\n"
                           "  numeral_give (%s, &%s_scaling_%u, %u, 1, %s, %s);\n",
                           from, step->layout.n_in, name, l, name, l, n_out, sums, sums, name, l,
                           n_out, to, logits);
  else
    numeral_c_text_printf (text,
                           "  numeral_conv2d_int8 (%s, &%s_window_%u, %s_weight_%u, %s_bias_%u, "
                           "%u, %s, &%s_scaling_%u, %s, %s);\n",
                           from, name, l, name, l, name, l, step->zero, sums, name, l, to, logits);
}

void
numeral_c_quantized_write_steps (const NnQuantized *quantized,
                                 const char *name,
                                 const NumeralCArrays *arrays,
                                 NumeralCText *text)
{
  const NnQuantizedPlan *plan = quantized->plan;
  guint8 input[N_BYTES];
  guint at = 0;

  numeral_c_text_printf (text, "  for (i = 0; i < %" G_GSIZE_FORMAT "; i++)\n    %s[i] = ",
                         nn_shape_size (&plan->shapes[0]), arrays->bytes[0]);
  if (find_input (quantized, input))
    numeral_c_text_printf (text, "%s_input_0[image[i]];\n", name);
  else
    numeral_c_text_add (text, "image[i];\n");
  for (guint s = 0; s < plan->n_steps; s++)
    {
      const gboolean last = is_last (plan, s);

      write_step (&plan->steps[s], name, arrays->bytes[at], last ? "NULL" : arrays->bytes[1 - at],
                  last ? arrays->logits : "NULL", arrays->sums, text);
      if (plan->steps[s].kind == NN_QUANTIZED_PRODUCT)
        at = 1 - at;
    }
  for (guint l = plan->tail; l < quantized->arch.n_layers; l++)
    numeral_c_layer_write (&(NumeralCLayer){ name, l, &quantized->arch.layers[l], plan->shapes[l],
                                             plan->shapes[l + 1] },
                           arrays->logits, text);
}
