/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-onnx-dims.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "numeral-fail.h"

/* Since this version of the operators, axes are an input instead of an attribute. */
#define OPSET_AXES_INPUT 13

static gboolean
fail_shape (GError **error)
{
  return numeral_fail (error, NN_ERROR_SHAPE, _ ("the shape is not valid"));
}

gboolean
numeral_onnx_axis (gint64 axis, guint n_dims, guint *out, GError **error)
{
  if (axis < -(gint64) n_dims || axis >= (gint64) n_dims)
    return fail_shape (error);
  *out = (guint) (axis < 0 ? axis + n_dims : axis);
  return TRUE;
}

/* The axes of a Squeeze or Unsqueeze; @n is 0 where they are left out. */
static gboolean
get_axes (NumeralOnnxContext *context,
          const NumeralOnnxNode *node,
          const gint64 **axes,
          gsize *n,
          GError **error)
{
  const NumeralOnnxTensor *tensor;

  if (context->opset < OPSET_AXES_INPUT)
    {
      *axes = numeral_onnx_node_get_ints (node, "axes", n);
      return TRUE;
    }
  *n = 0;
  if (*numeral_onnx_node_input (node, 1) == '\0')
    return TRUE;
  tensor = numeral_onnx_context_need_constant (context, numeral_onnx_node_input (node, 1), error);
  if (tensor == NULL)
    return FALSE;
  if (tensor->ints == NULL)
    return fail_shape (error);
  *axes = tensor->ints;
  *n = tensor->n;
  return TRUE;
}

static gboolean
mark_axes (const gint64 *axes, gsize n, guint n_dims, gboolean *marks, GError **error)
{
  memset (marks, 0, n_dims * sizeof *marks);
  for (gsize i = 0; i < n; i++)
    {
      guint axis;

      if (!numeral_onnx_axis (axes[i], n_dims, &axis, error))
        return FALSE;
      if (marks[axis])
        return fail_shape (error);
      marks[axis] = TRUE;
    }
  return TRUE;
}

static gboolean
squeeze (const gint64 *axes,
         gsize n,
         const gsize *dims,
         guint n_dims,
         gsize *out,
         guint *n_out,
         GError **error)
{
  gboolean marks[NUMERAL_ONNX_MAX_DIMS];

  if (!mark_axes (axes, n, n_dims, marks, error))
    return FALSE;
  *n_out = 0;
  for (guint d = 0; d < n_dims; d++)
    if (n == 0 ? dims[d] == 1 : marks[d])
      {
        if (dims[d] != 1)
          return fail_shape (error);
      }
    else
      out[(*n_out)++] = dims[d];
  return TRUE;
}

static gboolean
unsqueeze (const gint64 *axes,
           gsize n,
           const gsize *dims,
           guint n_dims,
           gsize *out,
           guint *n_out,
           GError **error)
{
  gboolean marks[NUMERAL_ONNX_MAX_DIMS];
  guint from = 0;

  if (n > NUMERAL_ONNX_MAX_DIMS - n_dims)
    return fail_shape (error);
  *n_out = n_dims + (guint) n;
  if (!mark_axes (axes, n, *n_out, marks, error))
    return FALSE;
  for (guint d = 0; d < *n_out; d++)
    out[d] = marks[d] ? 1 : dims[from++];
  return TRUE;
}

/* 0 copies a dimension, and one -1 takes what is left. */
static gboolean
reshape (const NumeralOnnxTensor *target,
         const gsize *dims,
         guint n_dims,
         gsize *out,
         guint *n_out,
         GError **error)
{
  gsize known = 1, total = 1;
  guint open = G_MAXUINT;

  if (target->ints == NULL || target->n > NUMERAL_ONNX_MAX_DIMS)
    return fail_shape (error);
  for (guint d = 0; d < n_dims; d++)
    total *= dims[d];
  *n_out = (guint) target->n;
  for (guint d = 0; d < *n_out; d++)
    {
      const gint64 value = target->ints[d];

      if (value < -1 || (value == -1 && open != G_MAXUINT) || (value == 0 && d >= n_dims))
        return fail_shape (error);
      if (value == -1)
        open = d;
      else if (!g_size_checked_mul (&known, known, out[d] = value == 0 ? dims[d] : (gsize) value))
        return fail_shape (error);
    }
  if (open != G_MAXUINT)
    {
      if (known == 0 || total % known != 0)
        return fail_shape (error);
      out[open] = total / known;
      known *= out[open];
    }
  return known == total || fail_shape (error);
}

gboolean
numeral_onnx_reshaped (NumeralOnnxContext *context,
                       const NumeralOnnxNode *node,
                       const gsize *dims,
                       guint n_dims,
                       gsize *out,
                       guint *n_out,
                       GError **error)
{
  const NumeralOnnxTensor *target;
  const gint64 *axes = NULL;
  gsize n;

  if (g_str_equal (node->op_type, "Reshape"))
    {
      target =
          numeral_onnx_context_need_constant (context, numeral_onnx_node_input (node, 1), error);
      return target != NULL && reshape (target, dims, n_dims, out, n_out, error);
    }
  if (!get_axes (context, node, &axes, &n, error))
    return FALSE;
  return g_str_equal (node->op_type, "Squeeze") ?
             squeeze (axes, n, dims, n_dims, out, n_out, error) :
             unsqueeze (axes, n, dims, n_dims, out, n_out, error);
}

gboolean
numeral_onnx_permutation (const NumeralOnnxNode *node, guint n_dims, guint *perm, GError **error)
{
  gboolean marks[NUMERAL_ONNX_MAX_DIMS];
  gsize n;
  const gint64 *values = numeral_onnx_node_get_ints (node, "perm", &n);

  for (guint d = 0; d < n_dims; d++)
    perm[d] = n_dims - 1 - d;
  if (values == NULL)
    return TRUE;
  if (n != n_dims || !mark_axes (values, n, n_dims, marks, error))
    return n == n_dims ? FALSE : fail_shape (error);
  for (guint d = 0; d < n_dims; d++)
    perm[d] = (guint) (values[d] < 0 ? values[d] + n_dims : values[d]);
  return TRUE;
}

guint32 *
numeral_onnx_transposed (const gsize *dims, guint n_dims, const guint *perm)
{
  gsize strides[NUMERAL_ONNX_MAX_DIMS], at[NUMERAL_ONNX_MAX_DIMS] = { 0 };
  guint32 *places;
  gsize n = 1, from = 0;

  for (guint d = n_dims; d-- > 0; n *= dims[d])
    strides[d] = n;
  places = g_new (guint32, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    {
      places[i] = (guint32) from;
      /* The next place of the output, and where it is in the input. */
      for (guint d = n_dims; d-- > 0;)
        {
          from += strides[perm[d]];
          if (++at[d] < dims[perm[d]])
            break;
          from -= dims[perm[d]] * strides[perm[d]];
          at[d] = 0;
        }
    }
  return places;
}

gsize
numeral_onnx_broadcast (const gsize *dims, guint n_dims, const gsize *out, guint n_out, gsize at)
{
  gsize place = 0, stride = 1;

  for (guint back = 1; back <= n_dims; back++)
    {
      const gsize size = dims[n_dims - back];

      if (size > 1)
        place += at % out[n_out - back] * stride;
      stride *= size;
      at /= out[n_out - back];
    }
  return place;
}

gboolean
numeral_onnx_broadcast_dims (const NumeralOnnxTensor *a,
                             const NumeralOnnxTensor *b,
                             gsize *out,
                             guint *n_out,
                             GError **error)
{
  *n_out = MAX (a->n_dims, b->n_dims);
  for (guint back = 1; back <= *n_out; back++)
    {
      const gsize x = back <= a->n_dims ? a->dims[a->n_dims - back] : 1;
      const gsize y = back <= b->n_dims ? b->dims[b->n_dims - back] : 1;

      if (x != y && x != 1 && y != 1)
        return fail_shape (error);
      out[*n_out - back] = x == 1 ? y : x;
    }
  return TRUE;
}
