/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-c-writer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "numeral-c-code.h"
#include "numeral-c-network.h"
#include "numeral-c-quantized.h"
#include "numeral-fail.h"

/* Pixels of an image. */
#define N_PIXELS 784
/* Bytes of arrays on the stack, of the 8 kB that a small machine may have for a whole program. */
#define MAX_STACK 6144

/* The sizes of a file, known before it is written. */
typedef struct
{
  const NumeralCModel *model;
  gsize n_inputs;
  guint n_classes, n_logits;    /* n_logits: of the network with the most */
  const NnQuantized *quantized; /* (nullable): of the network */
  gsize sizes[NUMERAL_C_N_ARRAYS];
  NumeralCSizes int8;
  gboolean is_image, on_stack;
  NumeralCText *text;
} Writer;

/* The names of the arrays: on the stack, and static. */
static const char *const arrays[2][NUMERAL_C_N_ARRAYS] = { { "numeral_a", "numeral_b" },
                                                           { "a", "b" } };
static const NumeralCArrays int8_arrays[2] = {
  { { "numeral_p", "numeral_q" }, "numeral_sums", "numeral_a" },
  { { "p", "q" }, "sums", "a" },
};

static gsize
bytes_of_arrays (const Writer *writer)
{
  return (writer->sizes[0] + writer->sizes[1]) * sizeof (float) + writer->int8.bytes[0] +
         writer->int8.bytes[1] + writer->int8.sums * sizeof (gint32);
}

static void
writer_init (Writer *writer, const NumeralCModel *model, NumeralCText *text)
{
  *writer = (Writer){ .model = model, .text = text };
  writer->n_inputs = nn_architecture_n_inputs (&model->network->arch);
  writer->n_classes = writer->n_logits = nn_architecture_n_classes (&model->network->arch);
  writer->is_image = writer->n_inputs == N_PIXELS;
  writer->quantized = writer->is_image ? model->network->quantized : NULL;
  if (writer->quantized != NULL)
    numeral_c_quantized_measure (writer->quantized, &writer->int8);
  else
    numeral_c_network_measure (model->network, writer->sizes);
  writer->sizes[0] = MAX (writer->sizes[0], writer->int8.logits);
  if (model->novelty != NULL)
    {
      numeral_c_network_measure (model->novelty, writer->sizes);
      writer->n_logits = MAX (writer->n_logits, nn_architecture_n_classes (&model->novelty->arch));
    }
  writer->on_stack = bytes_of_arrays (writer) <= MAX_STACK;
}

/* The declaration of the function that a person calls. */
static void
write_declaration (const Writer *writer, const char *end)
{
  if (writer->is_image)
    numeral_c_text_printf (writer->text, "int numeral_read (const uint8_t image[%u], ", N_PIXELS);
  else
    numeral_c_text_printf (writer->text,
                           "int numeral_read (const float values[%" G_GSIZE_FORMAT "], ",
                           writer->n_inputs);
  numeral_c_text_printf (writer->text, "float probabilities[%u])%s", writer->n_classes, end);
}

static void
write_usage (const Writer *writer)
{
  NumeralCText *text = writer->text;

  numeral_c_text_add (text, " *\n *   ");
  write_declaration (writer, ";\n *\n");
  if (writer->is_image)
    numeral_c_text_add (text,
                        " * image: 28 rows of 28 pixels, ink 255 and background 0, as in MNIST: "
                        "the "
                        "digit fits a box\n * of 20 x 20 pixels, and its centre of mass is at the "
                        "middle of the pixel (14, 14).\n");
  else
    numeral_c_text_add (text, " * values: as in the table that the network was trained with.\n");
  numeral_c_text_add (text, " * probabilities: of each class, with a sum of 1.\n"
                            " * Returns the most probable class");
  if (writer->model->novelty != NULL)
    numeral_c_text_add (text, ", or NUMERAL_NOT_A_DIGIT for what looks like\n * no digit; the "
                              "probabilities then tell which digit it would be. Returns");
  else
    numeral_c_text_add (text, ", or");
  numeral_c_text_add (text,
                      "\n * NUMERAL_OVERFLOW if a value of the network is no finite number.\n");
}

static void
write_centre_usage (const Writer *writer)
{
  if (writer->model->centre)
    numeral_c_text_add (writer->text,
                        " *\n"
                        " *   int numeral_centre (const uint8_t *grey, size_t width, size_t "
                        "height, size_t stride,\n"
                        " *                       uint8_t image[784]);\n"
                        " *\n"
                        " * Makes such an image of a grey picture of one digit of any size, whose "
                        "rows are stride\n"
                        " * bytes apart: ink darker or lighter than the paper, which the edge of "
                        "the picture shows.\n"
                        " * Returns 0, with an empty image, if nothing stands out.\n");
}

static void
write_memory_usage (const Writer *writer)
{
  const guint bytes = (guint) bytes_of_arrays (writer);

  if (writer->on_stack)
    numeral_c_text_printf (writer->text,
                           " *\n * Memory: about %u bytes of the stack; several threads may call "
                           "it "
                           "at once.\n",
                           bytes + 256);
  else
    numeral_c_text_printf (writer->text,
                           " *\n * Memory: %u bytes of static arrays, so that one thread may call "
                           "it "
                           "at a time, and a few\n * hundred bytes of the stack.\n",
                           bytes);
}

static void
write_card (const Writer *writer)
{
  g_autoptr (GList) keys =
      g_list_sort (g_hash_table_get_keys (writer->model->card), (GCompareFunc) strcmp);

  numeral_c_text_add (writer->text, " *\n * The model:\n");
  for (GList *k = keys; k != NULL; k = k->next)
    {
      numeral_c_text_add (writer->text, " *   ");
      numeral_c_text_comment (writer->text, k->data);
      numeral_c_text_add (writer->text, ": ");
      numeral_c_text_comment (writer->text, g_hash_table_lookup (writer->model->card, k->data));
      numeral_c_text_add (writer->text, "\n");
    }
}

static void
write_head (const Writer *writer)
{
  NumeralCText *text = writer->text;

  numeral_c_text_add (text, "/* SPDX-License-Identifier: CC0-1.0\n"
                            " *\n"
                            " * A neural network, written by Numeral: C99 without libraries, and "
                            "without allocation.\n"
                            " * The code is in the public domain; the weights have the licence of "
                            "the model.\n");
  write_usage (writer);
  write_centre_usage (writer);
  write_memory_usage (writer);
  write_card (writer);
  numeral_c_text_add (text, " */\n#include <stddef.h>\n#include <stdint.h>\n\n");
  if (writer->model->novelty != NULL)
    numeral_c_text_add (text, "#define NUMERAL_NOT_A_DIGIT (-1)\n");
  numeral_c_text_add (text, "#define NUMERAL_OVERFLOW (-2)\n\n");
  write_declaration (writer, ";\n");
  if (writer->model->centre)
    numeral_c_text_add (text,
                        "int numeral_centre (const uint8_t *grey, size_t width, size_t height, "
                        "size_t stride,\n                    uint8_t image[784]);\n");
}

static void
write_functions (const Writer *writer)
{
  const NumeralCModel *model = writer->model;
  const gboolean softmax = model->network->arch.loss == NN_LOSS_CROSS_ENTROPY;
  NumeralCCodes codes =
      (writer->quantized != NULL ? numeral_c_quantized_codes (writer->quantized) :
                                   numeral_c_codes_of_layers (&model->network->arch)) |
      numeral_c_codes_of (NUMERAL_C_FINITE) |
      numeral_c_codes_of (softmax ? NUMERAL_C_SOFTMAX : NUMERAL_C_SHARE);

  if (model->half && (writer->quantized == NULL || model->novelty != NULL))
    codes |= numeral_c_codes_of (NUMERAL_C_HALF);
  if (model->centre)
    codes |= numeral_c_codes_of (NUMERAL_C_CENTRE);
  if (model->novelty != NULL)
    codes |=
        numeral_c_codes_of_layers (&model->novelty->arch) | numeral_c_codes_of (NUMERAL_C_ODDS);
  numeral_c_text_printf (writer->text,
                         "\n/* How a weight is stored, and its value. */\ntypedef %s "
                         "NumeralWeight;\n#define NUMERAL_VALUE(weight) %s\n",
                         model->half ? "uint16_t" : "float",
                         model->half ? "numeral_half (weight)" : "(weight)");
  numeral_c_codes_write (codes, writer->text);
}

static void
write_array (const Writer *writer, const char *type, const char *name, gsize n)
{
  if (n > 0)
    numeral_c_text_printf (writer->text, "%s%s %s[%" G_GSIZE_FORMAT "];\n",
                           writer->on_stack ? "  " : "static ", type, name, n);
}

/* The arrays of the layers of networks in float32, and in 8 bits. */
static void
write_arrays (const Writer *writer,
              const gsize sizes[NUMERAL_C_N_ARRAYS],
              const NumeralCSizes *int8)
{
  const NumeralCArrays *names = &int8_arrays[writer->on_stack];

  for (guint i = 0; i < NUMERAL_C_N_ARRAYS; i++)
    write_array (writer, "float", arrays[writer->on_stack][i], sizes[i]);
  for (guint i = 0; i < 2; i++)
    write_array (writer, "uint8_t", names->bytes[i], int8->bytes[i]);
  write_array (writer, "uint32_t", names->sums, int8->sums);
}

static void
write_input (const Writer *writer, const char *array)
{
  const double scale = writer->is_image ? 255 : writer->model->scale;

  numeral_c_text_printf (writer->text, "  for (i = 0; i < %" G_GSIZE_FORMAT "; i++)\n    %s[i] = ",
                         writer->n_inputs, array);
  numeral_c_text_add (writer->text, writer->is_image ? "(float) image[i] / " : "values[i] / ");
  numeral_c_text_float (writer->text, (float) scale);
  numeral_c_text_add (writer->text, ";\n");
}

/* Begins the function that gives the logits of a network, with its arrays if they are not static.
 */
static void
begin_network (const Writer *writer,
               const char *name,
               const gsize sizes[NUMERAL_C_N_ARRAYS],
               const NumeralCSizes *int8)
{
  numeral_c_text_printf (writer->text, "\nstatic void\n%s_logits (const %s, float *logits)\n{\n",
                         name, writer->is_image ? "uint8_t *image" : "float *values");
  if (writer->on_stack)
    write_arrays (writer, sizes, int8);
  numeral_c_text_add (writer->text, "  size_t i;\n\n");
}

static void
end_network (const Writer *writer, const NnNetwork *network, const char *array)
{
  numeral_c_text_printf (writer->text, "  for (i = 0; i < %u; i++)\n    logits[i] = %s[i];\n}\n",
                         nn_architecture_n_classes (&network->arch), array);
}

static void
write_network (const Writer *writer, const NumeralCNetwork *part)
{
  const char *const *names = arrays[writer->on_stack];
  const NumeralCSizes none = { .sums = 0 };
  gsize sizes[NUMERAL_C_N_ARRAYS] = { 0 };
  guint at;

  numeral_c_network_measure (part->network, sizes);
  numeral_c_network_write_weights (part, writer->model->half, writer->text);
  begin_network (writer, part->name, sizes, &none);
  write_input (writer, names[0]);
  at = numeral_c_network_write_layers (part, names, writer->text);
  end_network (writer, part->network, names[at]);
}

/* The same of the network in 8 bits. */
static void
write_quantized (const Writer *writer, const char *name)
{
  const NumeralCArrays *names = &int8_arrays[writer->on_stack];
  const gsize sizes[NUMERAL_C_N_ARRAYS] = { writer->int8.logits, 0 };

  numeral_c_quantized_write_weights (writer->quantized, name, writer->text);
  begin_network (writer, name, sizes, &writer->int8);
  numeral_c_quantized_write_steps (writer->quantized, name, names, writer->text);
  end_network (writer, writer->model->network, names->logits);
}

static void
write_novelty (const Writer *writer, const char *input)
{
  const guint n = nn_architecture_n_classes (&writer->model->novelty->arch);
  const double threshold = writer->model->threshold;

  numeral_c_text_printf (writer->text,
                         "  novelty_logits (%s, logits);\n"
                         "  if (!numeral_are_finite (logits, %u))\n"
                         "    return NUMERAL_OVERFLOW;\n"
                         "  if (numeral_odds (logits, %u) > ",
                         input, n, n);
  numeral_c_text_float (writer->text, (float) (threshold / (1 - threshold)));
  numeral_c_text_add (writer->text, ")\n    return NUMERAL_NOT_A_DIGIT;\n");
}

static void
write_read (const Writer *writer)
{
  const char *input = writer->is_image ? "image" : "values";
  const guint n = writer->n_classes;
  NumeralCText *text = writer->text;

  numeral_c_text_add (text, "\n");
  write_declaration (writer, "\n{\n");
  numeral_c_text_printf (text, "  float logits[%u];\n  int best = 0, c;\n\n", writer->n_logits);
  numeral_c_text_printf (text,
                         "  digit_logits (%s, logits);\n"
                         "  if (!numeral_are_finite (logits, %u))\n"
                         "    {\n"
                         "      for (c = 0; c < %u; c++)\n"
                         "        probabilities[c] = 0;\n"
                         "      return NUMERAL_OVERFLOW;\n"
                         "    }\n"
                         "  numeral_%s (logits, %u, probabilities);\n"
                         "  for (c = 1; c < %u; c++)\n"
                         "    if (probabilities[c] > probabilities[best])\n"
                         "      best = c;\n",
                         input, n, n,
                         writer->model->network->arch.loss == NN_LOSS_CROSS_ENTROPY ? "softmax" :
                                                                                      "share",
                         n, n);
  if (writer->model->novelty != NULL)
    write_novelty (writer, input);
  numeral_c_text_add (text, "  return best;\n}\n");
}

static gboolean
check (const Writer *writer, GError **error)
{
  const NnNetwork *novelty = writer->model->novelty;

  if (novelty != NULL && nn_architecture_n_inputs (&novelty->arch) != writer->n_inputs)
    return numeral_fail (error, NN_ERROR_SHAPE,
                         _ ("the networks of the model read different inputs"));
  if (writer->model->centre && !writer->is_image)
    return numeral_fail (error, NN_ERROR_SHAPE,
                         _ ("only an image of 28 × 28 pixels can be centred; the network reads %u "
                            "values"),
                         (guint) writer->n_inputs);
  return TRUE;
}

gboolean
numeral_c_write (const NumeralCModel *model, NnWriteFunc write, gpointer data, GError **error)
{
  NumeralCText text;
  Writer writer;

  writer_init (&writer, model, &text);
  if (!check (&writer, error))
    return FALSE;
  numeral_c_text_init (&text, write, data);
  write_head (&writer);
  write_functions (&writer);
  if (!writer.on_stack)
    {
      numeral_c_text_add (&text, "\n/* Values of the layers, in turn. */\n");
      write_arrays (&writer, writer.sizes, &writer.int8);
    }
  if (writer.quantized != NULL)
    write_quantized (&writer, "digit");
  else
    write_network (&writer, &(NumeralCNetwork){ model->network, "digit" });
  if (model->novelty != NULL)
    write_network (&writer, &(NumeralCNetwork){ model->novelty, "novelty" });
  write_read (&writer);
  return numeral_c_text_end (&text, error);
}
