/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-onnx-function.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "nn-layer-activation.h"
#include "numeral-fail.h"

/* Points at which functions are compared, from -6 to 6. */
#define N_POINTS 49
#define RANGE 6.0
/* GELU is kept in its tanh form, which is up to 5e-4 from the one with erf. */
#define TOLERANCE 1e-3
/* An activation has less than this number of nodes. */
#define MAX_NODES 24

typedef struct
{
  double y[N_POINTS];
} Curve;

gboolean
numeral_onnx_function_branches (const NumeralOnnxContext *context, const char *name, gsize from)
{
  guint n = 0;

  for (gsize i = from; i < context->graph->n_node && n < 2; i++)
    {
      const NumeralOnnxNode *node = context->graph->node[i];

      if (!context->selected[i] || g_strcmp0 (node->op_type, "Shape") == 0)
        continue;
      for (gsize k = 0; k < node->n_input; k++)
        if (g_str_equal (numeral_onnx_node_input (node, k), name))
          {
            n++;
            break;
          }
    }
  return n > 1;
}

static double
apply_one (const char *type, double x)
{
  if (g_str_equal (type, "Erf"))
    return erf (x);
  if (g_str_equal (type, "Tanh"))
    return tanh (x);
  if (g_str_equal (type, "Sigmoid"))
    return 1 / (1 + exp (-x));
  if (g_str_equal (type, "Relu"))
    return MAX (x, 0);
  if (g_str_equal (type, "Neg"))
    return -x;
  if (g_str_equal (type, "Exp"))
    return exp (x);
  if (g_str_equal (type, "Identity"))
    return x;
  return NAN;
}

static double
apply_two (const char *type, double x, double y)
{
  if (g_str_equal (type, "Add"))
    return x + y;
  if (g_str_equal (type, "Sub"))
    return x - y;
  if (g_str_equal (type, "Mul"))
    return x * y;
  if (g_str_equal (type, "Div"))
    return x / y;
  if (g_str_equal (type, "Pow"))
    return pow (x, y);
  if (g_str_equal (type, "Max"))
    return MAX (x, y);
  if (g_str_equal (type, "Min"))
    return MIN (x, y);
  return NAN;
}

/* What an input is at all points: a function of the values, or a single number. */
static gboolean
get_curve (NumeralOnnxContext *context,
           GHashTable *curves,
           const char *name,
           Curve *curve,
           gboolean *varies,
           GError **error)
{
  const Curve *known = g_hash_table_lookup (curves, name);
  const NumeralOnnxTensor *constant;

  if (known != NULL)
    {
      *curve = *known;
      *varies = TRUE;
      return TRUE;
    }
  if (!numeral_onnx_context_get_constant (context, name, &constant, error))
    return FALSE;
  if (constant == NULL || constant->n != 1)
    return FALSE;
  for (guint p = 0; p < N_POINTS; p++)
    curve->y[p] = numeral_onnx_tensor_get (constant, 0);
  return TRUE;
}

/* Adds the curve of a node to @curves; %FALSE if it is no function of single values. */
static gboolean
compute_node (NumeralOnnxContext *context,
              GHashTable *curves,
              const NumeralOnnxNode *node,
              gboolean *varies,
              GError **error)
{
  Curve inputs[2];
  Curve *out;

  *varies = FALSE;
  if (node->n_input < 1 || node->n_input > 2 || *numeral_onnx_node_output (node, 0) == '\0')
    return FALSE;
  for (gsize k = 0; k < node->n_input; k++)
    if (!get_curve (context, curves, numeral_onnx_node_input (node, k), &inputs[k], varies, error))
      return FALSE;
  out = g_new (Curve, 1);
  for (guint p = 0; p < N_POINTS; p++)
    out->y[p] = node->n_input == 1 ? apply_one (node->op_type, inputs[0].y[p]) :
                                     apply_two (node->op_type, inputs[0].y[p], inputs[1].y[p]);
  g_hash_table_insert (curves, g_strdup (numeral_onnx_node_output (node, 0)), out);
  return TRUE;
}

static gboolean
find_activation (const Curve *curve, NnActivation *found)
{
  for (guint a = 0; a < NN_N_ACTIVATIONS; a++)
    {
      gboolean same = TRUE;

      for (guint p = 0; p < N_POINTS && same; p++)
        {
          const float x = (float) (RANGE * (2.0 * p / (N_POINTS - 1) - 1));
          float y;

          nn_activation_forward (a, &x, &y, 1);
          same = fabs (curve->y[p] - (double) y) < TOLERANCE;
        }
      *found = a;
      if (same)
        return TRUE;
    }
  return FALSE;
}

/* Whether nothing after node @at reads an intermediate result, so that the branches have met. */
static gboolean
have_met (NumeralOnnxContext *context, GHashTable *curves, gsize at, const char *result)
{
  for (gsize i = at + 1; i < context->graph->n_node; i++)
    for (gsize k = 0; context->selected[i] && k < context->graph->node[i]->n_input; k++)
      {
        const char *input = numeral_onnx_node_input (context->graph->node[i], k);

        if (!g_str_equal (input, result) && g_hash_table_contains (curves, input))
          return FALSE;
      }
  return TRUE;
}

static gboolean
add_activation (NumeralOnnxContext *context,
                NnActivation activation,
                const char *result,
                GError **error)
{
  const NnLayerSpec spec = { .kind = NN_LAYER_RELU + activation };

  if (!numeral_onnx_network_add (context->network, &spec, error))
    return FALSE;
  numeral_onnx_context_set_head (context, result);
  return TRUE;
}

gboolean
numeral_onnx_read_function (NumeralOnnxContext *context, gsize from, gboolean *done, GError **error)
{
  g_autoptr (GHashTable) curves = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Curve *values = g_new (Curve, 1);
  gsize nodes[MAX_NODES];
  guint n = 0;

  for (guint p = 0; p < N_POINTS; p++)
    values->y[p] = RANGE * (2.0 * p / (N_POINTS - 1) - 1);
  g_hash_table_insert (curves, g_strdup (context->head), values);
  for (gsize i = from; i < context->graph->n_node && n < MAX_NODES; i++)
    {
      const NumeralOnnxNode *node = context->graph->node[i];
      const char *result = numeral_onnx_node_output (node, 0);
      NnActivation activation;
      gboolean varies;

      /* A constant among them is read in its turn: it has no input. */
      if (!context->selected[i] || done[i] || node->n_input == 0)
        continue;
      if (!compute_node (context, curves, node, &varies, error))
        break;
      if (!varies)
        {
          g_hash_table_remove (curves, result);
          continue;
        }
      nodes[n++] = i;
      if (have_met (context, curves, i, result) &&
          find_activation (g_hash_table_lookup (curves, result), &activation))
        {
          for (guint k = 0; k < n; k++)
            done[nodes[k]] = TRUE;
          return add_activation (context, activation, result, error);
        }
    }
  if (error == NULL || *error == NULL)
    numeral_fail (error, NN_ERROR_CONFIG,
                  _ ("the network branches here; only networks without branches can be read, "
                     "and activations that are written as several operators"));
  return FALSE;
}
