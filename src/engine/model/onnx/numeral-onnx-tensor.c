/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-onnx-tensor.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "nn-architecture.h"
#include "numeral-fail.h"
#include "numeral-file.h"
#include "nn-half.h"

/* TensorProto.DataLocation */
#define EXTERNAL 1
#define MAX_EXTERNAL ((gsize) 512 << 20)

/* Bytes of a value. */
static const struct
{
  NumeralOnnxType type;
  guint width;
  gboolean is_float;
} types[] = {
  { NUMERAL_ONNX_FLOAT, 4, TRUE },   { NUMERAL_ONNX_DOUBLE, 8, TRUE },
  { NUMERAL_ONNX_FLOAT16, 2, TRUE }, { NUMERAL_ONNX_BFLOAT16, 2, TRUE },
  { NUMERAL_ONNX_UINT8, 1, FALSE },  { NUMERAL_ONNX_INT8, 1, FALSE },
  { NUMERAL_ONNX_UINT16, 2, FALSE }, { NUMERAL_ONNX_INT16, 2, FALSE },
  { NUMERAL_ONNX_INT32, 4, FALSE },  { NUMERAL_ONNX_INT64, 8, FALSE },
  { NUMERAL_ONNX_BOOL, 1, FALSE },   { NUMERAL_ONNX_UINT32, 4, FALSE },
};

NumeralOnnxTensor *
numeral_onnx_tensor_new (const gsize *dims, guint n_dims, gboolean floats, GError **error)
{
  NumeralOnnxTensor *tensor;
  gsize n = 1;

  if (n_dims > NUMERAL_ONNX_MAX_DIMS)
    {
      numeral_fail (error, NN_ERROR_TOO_LARGE, _ ("a tensor has more than %d dimensions"),
                    NUMERAL_ONNX_MAX_DIMS);
      return NULL;
    }
  for (guint d = 0; d < n_dims; d++)
    if (!g_size_checked_mul (&n, n, dims[d]) || n > NN_MAX_PARAMS)
      {
        numeral_fail (error, NN_ERROR_TOO_LARGE, _ ("a tensor has too many values"));
        return NULL;
      }
  tensor = g_new0 (NumeralOnnxTensor, 1);
  tensor->n_dims = n_dims;
  if (n_dims > 0)
    memcpy (tensor->dims, dims, n_dims * sizeof *dims);
  tensor->n = n;
  if (floats)
    tensor->floats = g_new0 (float, MAX (n, 1));
  else
    tensor->ints = g_new0 (gint64, MAX (n, 1));
  return tensor;
}

NumeralOnnxTensor *
numeral_onnx_tensor_copy (const NumeralOnnxTensor *tensor)
{
  NumeralOnnxTensor *copy = g_memdup2 (tensor, sizeof *tensor);

  copy->floats = g_memdup2 (tensor->floats, MAX (tensor->n, 1) * sizeof (float));
  copy->ints = g_memdup2 (tensor->ints, MAX (tensor->n, 1) * sizeof (gint64));
  return copy;
}

void
numeral_onnx_tensor_free (NumeralOnnxTensor *tensor)
{
  g_free (tensor->floats);
  g_free (tensor->ints);
  g_free (tensor);
}

double
numeral_onnx_tensor_get (const NumeralOnnxTensor *tensor, gsize i)
{
  return tensor->floats != NULL ? (double) tensor->floats[i] : (double) tensor->ints[i];
}

/* One value from little-endian bytes. */
static double
read_float (const guint8 *bytes, NumeralOnnxType type)
{
  guint64 wide;
  guint32 word;
  guint16 half;
  double value;
  float single;

  switch (type)
    {
    case NUMERAL_ONNX_DOUBLE:
      memcpy (&wide, bytes, sizeof wide);
      wide = GUINT64_FROM_LE (wide);
      memcpy (&value, &wide, sizeof value);
      return value;
    case NUMERAL_ONNX_FLOAT:
      memcpy (&word, bytes, sizeof word);
      word = GUINT32_FROM_LE (word);
      break;
    default:
      memcpy (&half, bytes, sizeof half);
      half = GUINT16_FROM_LE (half);
      if (type == NUMERAL_ONNX_FLOAT16)
        return (double) nn_half_to_float (half);
      word = (guint32) half << 16;
    }
  memcpy (&single, &word, sizeof single);
  return (double) single;
}

static gint64
read_int (const guint8 *bytes, guint width, gboolean is_signed)
{
  guint64 value = 0;

  for (guint b = 0; b < width; b++)
    value |= (guint64) bytes[b] << (8 * b);
  if (is_signed && width < 8 && (bytes[width - 1] & 0x80) != 0)
    value |= ~(guint64) 0 << (8 * width);
  return (gint64) value;
}

/* Sets one value; %FALSE if it is not finite. */
static gboolean
set_float (NumeralOnnxTensor *tensor, gsize i, double value)
{
  tensor->floats[i] = (float) value;
  return isfinite (tensor->floats[i]);
}

static gboolean
fail_values (GError **error)
{
  return numeral_fail (error, NN_ERROR_VALUE, _ ("a weight is not a finite number"));
}

/* @bytes: [tensor->n * width] */
static gboolean
read_bytes (NumeralOnnxTensor *tensor, guint row, const guint8 *bytes, GError **error)
{
  const guint width = types[row].width;
  const NumeralOnnxType type = types[row].type;
  const gboolean is_signed = type == NUMERAL_ONNX_INT8 || type == NUMERAL_ONNX_INT16 ||
                             type == NUMERAL_ONNX_INT32 || type == NUMERAL_ONNX_INT64;

  for (gsize i = 0; i < tensor->n; i++, bytes += width)
    if (tensor->ints != NULL)
      tensor->ints[i] = read_int (bytes, width, is_signed);
    else if (!set_float (tensor, i, read_float (bytes, type)))
      return fail_values (error);
  return TRUE;
}

/* The number of values that the message itself has. Only then is memory taken for them. */
static gsize
count_values (const NumeralOnnxInitializer *message, guint row)
{
  if (message->has_raw_data)
    return message->raw_data.len % types[row].width == 0 ?
               message->raw_data.len / types[row].width :
               G_MAXSIZE;
  switch (types[row].type)
    {
    case NUMERAL_ONNX_FLOAT:
      return message->n_float_data;
    case NUMERAL_ONNX_DOUBLE:
      return message->n_double_data;
    case NUMERAL_ONNX_INT64:
      return message->n_int64_data;
    case NUMERAL_ONNX_UINT32:
      return 0;
    default:
      return message->n_int32_data;
    }
}

/* Values that protobuf has unpacked, in the member of the message that belongs to the type. */
static gboolean
read_members (NumeralOnnxTensor *tensor,
              NumeralOnnxType type,
              const NumeralOnnxInitializer *message,
              GError **error)
{
  for (gsize i = 0; i < tensor->n; i++)
    {
      guint8 bytes[sizeof (double)] = { 0 };

      if (type == NUMERAL_ONNX_INT64)
        tensor->ints[i] = message->int64_data[i];
      else if (tensor->ints != NULL)
        tensor->ints[i] = message->int32_data[i];
      else if (type == NUMERAL_ONNX_FLOAT || type == NUMERAL_ONNX_DOUBLE)
        {
          if (!set_float (tensor, i,
                          type == NUMERAL_ONNX_FLOAT ? (double) message->float_data[i] :
                                                       message->double_data[i]))
            return fail_values (error);
        }
      else
        {
          /* The bits of 16 of them are in the low end of the number. */
          bytes[0] = (guint8) message->int32_data[i];
          bytes[1] = (guint8) ((guint32) message->int32_data[i] >> 8);
          if (!set_float (tensor, i, read_float (bytes, type)))
            return fail_values (error);
        }
    }
  return TRUE;
}

static const char *
external_member (const NumeralOnnxInitializer *message, const char *key)
{
  for (gsize i = 0; i < message->n_external_data; i++)
    if (g_strcmp0 (message->external_data[i]->key, key) == 0)
      return numeral_onnx_text (message->external_data[i]->value);
  return "";
}

/* A file beside the model, never one in another folder: a model could otherwise read any file. */
static gboolean
read_external (NumeralOnnxTensor *tensor,
               guint row,
               const NumeralOnnxInitializer *message,
               GFile *folder,
               GError **error)
{
  const char *name = external_member (message, "location");
  const gsize size = tensor->n * types[row].width;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  guint64 offset = 0;

  if (*name == '\0' || strchr (name, G_DIR_SEPARATOR) != NULL || g_str_equal (name, "..") ||
      g_str_equal (name, ".") || !g_utf8_validate (name, -1, NULL))
    return numeral_fail (error, NN_ERROR_FORMAT,
                         _ ("its weights are in a file that is not beside the model; put both into "
                            "one folder, or save the model with its weights inside"));
  if (folder == NULL)
    return numeral_fail (error, NN_ERROR_FORMAT,
                         _ ("its weights are in the file “%s”; open the model from the folder in "
                            "which this file is"),
                         name);
  if (*external_member (message, "offset") != '\0' &&
      !g_ascii_string_to_unsigned (external_member (message, "offset"), 10, 0, MAX_EXTERNAL,
                                   &offset, error))
    return FALSE;
  file = g_file_get_child (folder, name);
  bytes = numeral_file_read (file, MAX_EXTERNAL, NULL, error);
  if (bytes == NULL)
    return FALSE;
  if (offset > g_bytes_get_size (bytes) || size > g_bytes_get_size (bytes) - offset)
    return numeral_fail (error, NN_ERROR_TRUNCATED, _ ("the file “%s” is too short"), name);
  return read_bytes (tensor, row, (const guint8 *) g_bytes_get_data (bytes, NULL) + offset, error);
}

NumeralOnnxTensor *
numeral_onnx_tensor_read (const NumeralOnnxInitializer *message, GFile *folder, GError **error)
{
  g_autoptr (NumeralOnnxTensor) tensor = NULL;
  gsize dims[NUMERAL_ONNX_MAX_DIMS], n = 1;
  const gboolean external = message->data_location == EXTERNAL;
  guint row = 0;
  gboolean ok;

  while (row < G_N_ELEMENTS (types) && (gint32) types[row].type != message->data_type)
    row++;
  if (row == G_N_ELEMENTS (types))
    {
      numeral_fail (error, NN_ERROR_FORMAT, _ ("values of the type %d are not known"),
                    message->data_type);
      return NULL;
    }
  for (gsize d = 0; d < message->n_dims; d++)
    {
      if (d == NUMERAL_ONNX_MAX_DIMS || message->dims[d] < 0 ||
          !g_size_checked_mul (&n, n, (gsize) message->dims[d]))
        {
          numeral_fail (error, NN_ERROR_SHAPE, _ ("the shape of a tensor is not valid"));
          return NULL;
        }
      dims[d] = (gsize) message->dims[d];
    }
  if (!external && count_values (message, row) != n)
    {
      numeral_fail (error, NN_ERROR_TRUNCATED,
                    _ ("the number of its values is not the product of its dimensions"));
      return NULL;
    }
  tensor = numeral_onnx_tensor_new (dims, (guint) message->n_dims, types[row].is_float, error);
  if (tensor == NULL)
    return NULL;
  if (external)
    ok = read_external (tensor, row, message, folder, error);
  else if (message->has_raw_data)
    ok = read_bytes (tensor, row, message->raw_data.data, error);
  else
    ok = read_members (tensor, types[row].type, message, error);
  return ok ? g_steal_pointer (&tensor) : NULL;
}
