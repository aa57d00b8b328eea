/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-safetensors.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "numeral-fail.h"
#include "numeral-json-check.h"
#include "numeral-json.h"
#include "nn-half.h"

/* A header is an object of objects of arrays. */
#define MAX_DEPTH 3
#define METADATA "__metadata__"
/* So that a reader can map the data. */
#define HEADER_ALIGNMENT 8
/* Number of values that are written at once. */
#define BUFFER ((gsize) 4096)

/* The types of the format, with the bytes that a value takes. */
static const struct
{
  const char *name;
  NumeralTensorType type;
  guint width;
} types[] = {
  { "F32", NUMERAL_TENSOR_F32, 4 },       { "F16", NUMERAL_TENSOR_F16, 2 },
  { "BF16", NUMERAL_TENSOR_BF16, 2 },     { "F64", NUMERAL_TENSOR_F64, 8 },
  { "BOOL", NUMERAL_TENSOR_OTHER, 1 },    { "U8", NUMERAL_TENSOR_U8, 1 },
  { "I8", NUMERAL_TENSOR_I8, 1 },         { "I16", NUMERAL_TENSOR_OTHER, 2 },
  { "U16", NUMERAL_TENSOR_OTHER, 2 },     { "I32", NUMERAL_TENSOR_OTHER, 4 },
  { "U32", NUMERAL_TENSOR_OTHER, 4 },     { "I64", NUMERAL_TENSOR_OTHER, 8 },
  { "U64", NUMERAL_TENSOR_OTHER, 8 },     { "F8_E4M3", NUMERAL_TENSOR_OTHER, 1 },
  { "F8_E5M2", NUMERAL_TENSOR_OTHER, 1 },
};

void
numeral_tensor_free (NumeralTensor *tensor)
{
  g_free (tensor->name);
  g_free (tensor->owned);
  g_free (tensor);
}

void
numeral_safetensors_free (NumeralSafetensors *file)
{
  g_bytes_unref (file->bytes);
  g_ptr_array_unref (file->tensors);
  g_hash_table_unref (file->metadata);
  g_free (file);
}

char *
numeral_tensor_quote (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  GString *quoted = g_string_new ("“");
  guint n = 0;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p), n++)
    {
      gunichar c = g_utf8_get_char (p);

      if (n == 60)
        {
          g_string_append (quoted, "…");
          break;
        }
      g_string_append_unichar (quoted, g_unichar_isprint (c) ? c : 0xfffd);
    }
  g_string_append (quoted, "”");
  return g_string_free (quoted, FALSE);
}

/* json-glib is recursive, accepts comments, and accepts more forms of numbers than JSON. Check
 * the depth first, and accept only structure, strings and plain whole numbers: a header contains
 * nothing else. */
static gboolean
check_header (const char *header, gsize size, GError **error)
{
  guint depth = 0;

  if (size < 2 || header[0] != '{')
    return numeral_fail (error, NN_ERROR_FORMAT,
                         _ ("this is not a safetensors file: its header is not JSON"));
  if (!g_utf8_validate_len (header, size, NULL))
    return numeral_fail (error, NN_ERROR_FORMAT, _ ("the header is not UTF-8 text"));

  for (gsize i = 0; i < size; i++)
    {
      /* json-glib continues with a second value, which would replace the first. */
      if (i > 0 && depth == 0 && !g_ascii_isspace (header[i]))
        return numeral_fail (error, NN_ERROR_FORMAT, _ ("something follows the end of the header"));
      switch (header[i])
        {
        case '"':
          for (i++; i < size && header[i] != '"'; i++)
            if (header[i] == '\\')
              i++;
          if (i >= size)
            return numeral_fail (error, NN_ERROR_FORMAT, _ ("the header ends inside a string"));
          break;
        case '{':
        case '[':
          if (++depth > MAX_DEPTH)
            return numeral_fail (error, NN_ERROR_FORMAT,
                                 _ ("the header is nested deeper than safetensors are"));
          break;
        case '}':
        case ']':
          depth--;
          break;
        case '0':
          if (i + 1 < size && g_ascii_isalnum (header[i + 1]) && !g_ascii_isdigit (header[i - 1]))
            return numeral_fail (error, NN_ERROR_FORMAT,
                                 _ ("the header has a number with a leading zero"));
          break;
        case '1' ... '9':
        case ',':
        case ':':
        case ' ':
        case '\t':
        case '\r':
        case '\n':
          break;
        default:
          return numeral_fail (error, NN_ERROR_FORMAT,
                               _ ("the header has a value that is neither a string nor a whole "
                                  "number"));
        }
    }
  return TRUE;
}

typedef struct
{
  GHashTable *counts; /* object -> members seen */
  char *duplicate;
} Duplicates;

/* If members have the same name, json-glib keeps the last one and other parsers the first one,
 * so that a file would be two different models. Detect it: the object then has fewer members
 * than the parser reported. */
static void
on_object_member (JsonParser *parser, JsonObject *object, const char *name, Duplicates *seen)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (seen->counts, object)) + 1;

  g_hash_table_insert (seen->counts, object, GUINT_TO_POINTER (n));
  if (n > json_object_get_size (object) && seen->duplicate == NULL)
    seen->duplicate = numeral_tensor_quote (name);
}

static JsonNode *
parse_json (const char *header, gsize size, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  g_autoptr (GError) local = NULL;
  Duplicates seen = { counts, NULL };
  g_autofree char *duplicate = NULL;
  gboolean parsed;

  if (!numeral_json_check (header, size, MAX_DEPTH, error))
    {
      g_prefix_error (error, "%s: ", _ ("the header"));
      return NULL;
    }
  g_signal_connect (parser, "object-member", G_CALLBACK (on_object_member), &seen);
  parsed = json_parser_load_from_data (parser, header, (gssize) size, &local);
  duplicate = seen.duplicate;
  if (!parsed)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_FORMAT, _ ("the header is not valid JSON: %s"),
                   local->message);
      return NULL;
    }
  if (duplicate != NULL)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_FORMAT, _ ("the header has %s twice"), duplicate);
      return NULL;
    }
  return json_parser_steal_root (parser);
}

static gboolean
get_count (JsonNode *node, guint64 *out)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64 ||
      json_node_get_int (node) < 0)
    return FALSE;
  *out = (guint64) json_node_get_int (node);
  return TRUE;
}

static gboolean
parse_metadata (JsonNode *node, GHashTable *metadata, GError **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return numeral_fail (error, NN_ERROR_FORMAT, _ ("%s is not an object"), METADATA);
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &value))
    {
      if (!JSON_NODE_HOLDS_VALUE (value) || json_node_get_value_type (value) != G_TYPE_STRING)
        {
          g_autofree char *quoted = numeral_tensor_quote (name);

          return numeral_fail (error, NN_ERROR_FORMAT, _ ("%s in %s is not a string"), quoted,
                               METADATA);
        }
      g_hash_table_insert (metadata, g_strdup (name), g_strdup (json_node_get_string (value)));
    }
  return TRUE;
}

static gboolean
parse_type (const char *text, const char *quoted, NumeralTensor *tensor, GError **error)
{
  g_autofree char *quoted_type = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (text, types[i].name))
      {
        tensor->type = types[i].type;
        tensor->width = types[i].width;
        return TRUE;
      }
  quoted_type = numeral_tensor_quote (text);
  return numeral_fail (error, NN_ERROR_FORMAT, _ ("tensor %s is of type %s, which is not known"),
                       quoted, quoted_type);
}

/* @data: @size: of all tensors */
static gboolean
parse_tensor (const char *name,
              JsonNode *node,
              const guint8 *data,
              gsize size,
              NumeralTensor *tensor,
              GError **error)
{
  g_autofree char *quoted = numeral_tensor_quote (name);
  JsonObject *object;
  JsonNode *dtype, *shape, *offsets;
  JsonArray *array;
  gsize width;
  guint64 begin, end;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return numeral_fail (error, NN_ERROR_FORMAT, _ ("tensor %s is not described by an object"),
                         quoted);
  object = json_node_get_object (node);
  dtype = json_object_get_member (object, "dtype");
  shape = json_object_get_member (object, "shape");
  offsets = json_object_get_member (object, "data_offsets");
  if (json_object_get_size (object) != 3 || dtype == NULL || shape == NULL || offsets == NULL ||
      !JSON_NODE_HOLDS_VALUE (dtype) || json_node_get_value_type (dtype) != G_TYPE_STRING ||
      !JSON_NODE_HOLDS_ARRAY (shape) || !JSON_NODE_HOLDS_ARRAY (offsets))
    return numeral_fail (error, NN_ERROR_FORMAT,
                         _ ("tensor %s needs a dtype, a shape and data_offsets, nothing else"),
                         quoted);

  if (!parse_type (json_node_get_string (dtype), quoted, tensor, error))
    return FALSE;
  width = tensor->width;

  tensor->n_values = 1;
  array = json_node_get_array (shape);
  tensor->n_dims = json_array_get_length (array);
  if (tensor->n_dims > NUMERAL_SAFETENSORS_MAX_DIMS)
    return numeral_fail (error, NN_ERROR_SHAPE, _ ("tensor %s has %u dimensions"), quoted,
                         tensor->n_dims);
  for (guint i = 0; i < tensor->n_dims; i++)
    {
      guint64 dim;

      /* json-glib does not parse numbers of more than 63 bits before 1.10, and clamps them
       * later. */
      if (!get_count (json_array_get_element (array, i), &dim) || dim == G_MAXINT64)
        return numeral_fail (error, NN_ERROR_FORMAT,
                             _ ("the shape of tensor %s is not made of sizes"), quoted);
      if (dim > G_MAXSIZE || !g_size_checked_mul (&tensor->n_values, tensor->n_values, (gsize) dim))
        return numeral_fail (error, NN_ERROR_TOO_LARGE, _ ("the shape of tensor %s overflows"),
                             quoted);
      tensor->dims[i] = (gsize) dim;
    }
  if (tensor->n_values > G_MAXSIZE / width)
    return numeral_fail (error, NN_ERROR_TOO_LARGE, _ ("the shape of tensor %s overflows"), quoted);

  array = json_node_get_array (offsets);
  if (json_array_get_length (array) != 2 ||
      !get_count (json_array_get_element (array, 0), &begin) ||
      !get_count (json_array_get_element (array, 1), &end) || begin > end)
    return numeral_fail (error, NN_ERROR_FORMAT,
                         _ ("the data_offsets of tensor %s are not a beginning and an end"),
                         quoted);
  if (end > size)
    return numeral_fail (error, NN_ERROR_TRUNCATED,
                         _ ("the file ends before the data of tensor %s do; it is not complete"),
                         quoted);
  if (begin % width != 0)
    return numeral_fail (error, NN_ERROR_FORMAT, _ ("the data of tensor %s are not aligned"),
                         quoted);
  if (end - begin != tensor->n_values * width)
    return numeral_fail (error, NN_ERROR_SHAPE,
                         _ ("tensor %s takes %llu bytes by its shape but has %llu"), quoted,
                         (unsigned long long) tensor->n_values * width,
                         (unsigned long long) (end - begin));
  tensor->name = g_strdup (name);
  tensor->data = data + begin;
  return TRUE;
}

static int
compare_place (gconstpointer a, gconstpointer b)
{
  const NumeralTensor *x = *(NumeralTensor *const *) a, *y = *(NumeralTensor *const *) b;

  if (x->data != y->data)
    return x->data < y->data ? -1 : 1;
  /* An empty tensor has the same offset as the next tensor and comes first. */
  return (x->n_values > y->n_values) - (x->n_values < y->n_values);
}

/* The tensors must cover the data without gaps or overlaps, so that there are no hidden contents
 * and no shared bytes. */
static gboolean
check_places (const GPtrArray *tensors, const guint8 *data, gsize size, GError **error)
{
  const guint8 *at = data;

  for (guint i = 0; i < tensors->len; i++)
    {
      const NumeralTensor *tensor = g_ptr_array_index (tensors, i);

      if (tensor->data != at)
        {
          g_autofree char *quoted = numeral_tensor_quote (tensor->name);

          return numeral_fail (error, NN_ERROR_FORMAT,
                               tensor->data < at ?
                                   _ ("the data of tensor %s overlap another's") :
                                   _ ("there is a gap before the data of tensor %s"),
                               quoted);
        }
      at += tensor->n_values * tensor->width;
    }
  if (at != data + size)
    return numeral_fail (error, NN_ERROR_FORMAT, _ ("%llu bytes follow the last tensor"),
                         (unsigned long long) (data + size - at));
  return TRUE;
}

NumeralSafetensors *
numeral_safetensors_parse (GBytes *bytes, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autoptr (NumeralSafetensors) file = NULL;
  g_autoptr (JsonNode) root = NULL;
  const char *header;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  guint64 header_size;

  if (size < sizeof header_size)
    {
      numeral_fail (error, NN_ERROR_TRUNCATED,
                    size == 0 ? _ ("the file is empty") :
                                _ ("the file ends inside the size of its header"));
      return NULL;
    }
  memcpy (&header_size, data, sizeof header_size);
  header_size = GUINT64_FROM_LE (header_size);
  header = (const char *) data + sizeof header_size;
  data += sizeof header_size;
  size -= sizeof header_size;
  if (header_size > NUMERAL_SAFETENSORS_MAX_HEADER)
    {
      if (size > 0 && header[0] == '{')
        numeral_fail (error, NN_ERROR_TOO_LARGE, _ ("the header claims %llu bytes"),
                      (unsigned long long) header_size);
      else
        numeral_fail (error, NN_ERROR_FORMAT, _ ("this is not a safetensors file"));
      return NULL;
    }
  if (header_size > size)
    {
      numeral_fail (error, NN_ERROR_TRUNCATED,
                    _ ("the file ends inside its header; it is not complete"));
      return NULL;
    }
  data += header_size;
  size -= header_size;

  if (!check_header (header, header_size, error))
    return NULL;
  root = parse_json (header, header_size, error);
  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      numeral_fail (error, NN_ERROR_FORMAT, _ ("the header is not a JSON object"));
      return NULL;
    }

  file = g_new0 (NumeralSafetensors, 1);
  file->bytes = g_bytes_ref (bytes);
  file->tensors = g_ptr_array_new_with_free_func ((GDestroyNotify) numeral_tensor_free);
  file->metadata = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  json_object_iter_init (&iter, json_node_get_object (root));
  while (json_object_iter_next (&iter, &name, &node))
    {
      NumeralTensor *tensor;

      if (g_str_equal (name, METADATA))
        {
          if (!parse_metadata (node, file->metadata, error))
            return NULL;
          continue;
        }
      tensor = g_new0 (NumeralTensor, 1);
      g_ptr_array_add (file->tensors, tensor);
      if (!parse_tensor (name, node, data, size, tensor, error))
        return NULL;
    }
  g_ptr_array_sort (file->tensors, compare_place);
  if (!check_places (file->tensors, data, size, error))
    return NULL;
  return g_steal_pointer (&file);
}

const NumeralTensor *
numeral_safetensors_find (const NumeralSafetensors *file, const char *name)
{
  for (guint i = 0; i < file->tensors->len; i++)
    {
      const NumeralTensor *tensor = g_ptr_array_index (file->tensors, i);

      if (g_str_equal (tensor->name, name))
        return tensor;
    }
  return NULL;
}

/* Reads @n little-endian floats; returns whether all are finite. */
static gboolean
read_floats (const guint8 *data, gsize n, float *out)
{
  guint32 largest = 0;

  for (gsize i = 0; i < n; i++)
    {
      guint32 bits;

      memcpy (&bits, data + i * sizeof bits, sizeof bits);
      bits = GUINT32_FROM_LE (bits);
      largest = MAX (largest, bits & 0x7fffffff);
      memcpy (&out[i], &bits, sizeof bits);
    }
  return largest < 0x7f800000;
}

/* bfloat16 is the upper half of a float32. */
static gboolean
read_bfloats (const guint8 *data, gsize n, float *out)
{
  gboolean finite = TRUE;

  for (gsize i = 0; i < n; i++)
    {
      const guint32 bits = (guint32) (data[2 * i] | data[2 * i + 1] << 8) << 16;

      finite = finite && (bits & 0x7fffffff) < 0x7f800000;
      memcpy (&out[i], &bits, sizeof bits);
    }
  return finite;
}

static gboolean
read_doubles (const guint8 *data, gsize n, float *out)
{
  gboolean finite = TRUE;

  for (gsize i = 0; i < n; i++)
    {
      guint64 bits;
      double value;

      memcpy (&bits, data + i * sizeof bits, sizeof bits);
      bits = GUINT64_FROM_LE (bits);
      memcpy (&value, &bits, sizeof value);
      if (!(fabs (value) <= (double) G_MAXFLOAT))
        {
          finite = FALSE;
          value = 0;
        }
      out[i] = (float) value;
    }
  return finite;
}

static gboolean
read_values (const NumeralTensor *tensor, float *out)
{
  switch (tensor->type)
    {
    case NUMERAL_TENSOR_F16:
      return nn_half_read (tensor->data, tensor->n_values, out);
    case NUMERAL_TENSOR_BF16:
      return read_bfloats (tensor->data, tensor->n_values, out);
    case NUMERAL_TENSOR_F64:
      return read_doubles (tensor->data, tensor->n_values, out);
    case NUMERAL_TENSOR_F32:
    case NUMERAL_TENSOR_I8:
    case NUMERAL_TENSOR_U8:
    case NUMERAL_TENSOR_OTHER:
    default:
      return read_floats (tensor->data, tensor->n_values, out);
    }
}

gboolean
numeral_tensor_read (const NumeralTensor *tensor, float *out, GError **error)
{
  g_autofree char *quoted = numeral_tensor_quote (tensor->name);

  if (tensor->type >= NUMERAL_TENSOR_I8)
    return numeral_fail (error, NN_ERROR_FORMAT,
                         _ ("tensor %s holds whole numbers, which are no weights"), quoted);
  if (read_values (tensor, out))
    return TRUE;
  return numeral_fail (error, NN_ERROR_VALUE, _ ("tensor %s holds a value that is not a number"),
                       quoted);
}

static gsize
count_values (const NumeralTensorValues *tensor)
{
  gsize n = 1;

  for (guint i = 0; i < tensor->n_dims; i++)
    n *= tensor->dims[i];
  return n;
}

/* The type in which a tensor is written: a row of the table. */
static guint
find_type (const NumeralTensorValues *tensor, gboolean half)
{
  const NumeralTensorType type = tensor->type == NUMERAL_TENSOR_F32 && half && !tensor->exact ?
                                     NUMERAL_TENSOR_F16 :
                                     tensor->type;
  guint i = 0;

  while (types[i].type != type)
    i++;
  return i;
}

/* (transfer full) */
static GString *
format_header (const NumeralTensorValues *tensors,
               guint n_tensors,
               GHashTable *metadata,
               gboolean half)
{
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (metadata), (GCompareFunc) strcmp);
  GString *header = g_string_new ("{\"" METADATA "\":{");
  gsize at = 0;

  for (GList *l = keys; l != NULL; l = l->next)
    {
      numeral_json_append_text (header, l->data);
      g_string_append_c (header, ':');
      numeral_json_append_text (header, g_hash_table_lookup (metadata, l->data));
      if (l->next != NULL)
        g_string_append_c (header, ',');
    }
  g_string_append_c (header, '}');
  for (guint i = 0; i < n_tensors; i++)
    {
      const guint type = find_type (&tensors[i], half);
      const gsize begin = at;

      at += count_values (&tensors[i]) * types[type].width;
      g_string_append_c (header, ',');
      numeral_json_append_text (header, tensors[i].name);
      g_string_append_printf (header, ":{\"dtype\":\"%s\",\"shape\":[", types[type].name);
      for (guint d = 0; d < tensors[i].n_dims; d++)
        g_string_append_printf (header, "%s%" G_GSIZE_FORMAT, d > 0 ? "," : "", tensors[i].dims[d]);
      g_string_append_printf (header,
                              "],\"data_offsets\":[%" G_GSIZE_FORMAT ",%" G_GSIZE_FORMAT "]}",
                              begin, at);
    }
  g_string_append_c (header, '}');
  return header;
}

/* Writes through a small buffer, to avoid a second copy of a tensor and a write for each number. */
static gboolean
write_values (const NumeralTensorValues *tensor,
              gboolean half,
              NnWriteFunc write,
              gpointer data,
              GError **error)
{
  const gsize n = count_values (tensor), width = half ? 2 : 4;
  guint8 buffer[BUFFER * 4];

  for (gsize from = 0; from < n; from += BUFFER)
    {
      const gsize m = MIN (n - from, BUFFER);
      guint8 *at = buffer;

      for (gsize i = from; i < from + m; i++, at += width)
        if (half)
          {
            float value = CLAMP (tensor->values[i], -NN_HALF_MAX, NN_HALF_MAX);
            guint16 bits = GUINT16_TO_LE (nn_half_from_float (value));

            memcpy (at, &bits, sizeof bits);
          }
        else
          {
            guint32 bits;

            memcpy (&bits, &tensor->values[i], sizeof bits);
            bits = GUINT32_TO_LE (bits);
            memcpy (at, &bits, sizeof bits);
          }
      if (!write (data, buffer, m * width, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
numeral_safetensors_write (const NumeralTensorValues *tensors,
                           guint n_tensors,
                           GHashTable *metadata,
                           gboolean half,
                           NnWriteFunc write,
                           gpointer data,
                           GError **error)
{
  g_autoptr (GString) header = format_header (tensors, n_tensors, metadata, half);
  guint64 prefix;

  while (header->len % HEADER_ALIGNMENT != 0)
    g_string_append_c (header, ' ');
  if (header->len > NUMERAL_SAFETENSORS_MAX_HEADER)
    return numeral_fail (error, NN_ERROR_TOO_LARGE,
                         _ ("what describes the model is too long to be read again"));
  prefix = GUINT64_TO_LE ((guint64) header->len);
  if (!write (data, &prefix, sizeof prefix, error) ||
      !write (data, header->str, header->len, error))
    return FALSE;
  for (guint i = 0; i < n_tensors; i++)
    if (!(tensors[i].bytes != NULL ?
              write (data, tensors[i].bytes, count_values (&tensors[i]), error) :
              write_values (&tensors[i], half && !tensors[i].exact, write, data, error)))
      return FALSE;
  return TRUE;
}
