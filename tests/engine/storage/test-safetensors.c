/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "engine-test.h"
#include "numeral-safetensors.h"

/* A file of a header and as many zero bytes of data. */
static GBytes *
make_file (const char *header, gsize n_data)
{
  gsize length = strlen (header);
  guint64 size = GUINT64_TO_LE ((guint64) length);
  guint8 *bytes = g_malloc0 (sizeof size + length + n_data);

  memcpy (bytes, &size, sizeof size);
  memcpy (bytes + sizeof size, header, length);
  return g_bytes_new_take (bytes, sizeof size + length + n_data);
}

#define TENSOR(name, dtype, shape, begin, end)                                                   \
  "\"" name "\":{\"dtype\":\"" dtype "\",\"shape\":[" shape "],\"data_offsets\":[" begin "," end \
  "]}"

static const struct
{
  const char *name;
  const char *header;
  gsize n_data;
  NnError code;
  const char *word;
} damaged[] = {
  { "no JSON", "7", 0, NN_ERROR_FORMAT, "not a safetensors file" },
  { "an array", "[]", 0, NN_ERROR_FORMAT, "not a safetensors file" },
  { "open object", "{\"a\":", 0, NN_ERROR_FORMAT, "JSON" },
  { "open string", "{\"a", 0, NN_ERROR_FORMAT, "inside a string" },
  { "open escape", "{\"a\\", 0, NN_ERROR_FORMAT, "inside a string" },
  { "two objects", "{}{}", 0, NN_ERROR_FORMAT, "follows" },
  { "closing first", "{}}", 0, NN_ERROR_FORMAT, "follows" },
  { "brackets crossed", "{\"a\":[}]", 0, NN_ERROR_FORMAT, "JSON" },
  { "trailing comma", "{" TENSOR ("a", "F32", "1", "0", "4") ",}", 4, NN_ERROR_FORMAT, "JSON" },
  { "comment", "{/*\"*/}", 0, NN_ERROR_FORMAT, "neither a string nor" },
  { "not UTF-8", "{\"\xff\":1}", 0, NN_ERROR_FORMAT, "UTF-8" },
  { "deep", "{\"a\":[[[[[[[[1]]]]]]]]}", 0, NN_ERROR_FORMAT, "nested" },
  { "twice", "{" TENSOR ("a", "F32", "1", "0", "4") "," TENSOR ("a", "F32", "1", "4", "8") "}", 8,
    NN_ERROR_FORMAT, "“a” twice" },
  { "twice, escaped",
    "{" TENSOR ("a", "F32", "1", "0", "4") "," TENSOR ("\\u0061", "F32", "1", "4", "8") "}", 8,
    NN_ERROR_FORMAT, "“a” twice" },
  { "shape twice", "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"shape\":[1],\"data_offsets\":[0,4]}}",
    4, NN_ERROR_FORMAT, "“shape” twice" },
  { "metadata twice", "{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}", 0, NN_ERROR_FORMAT,
    "“a” twice" },
  { "metadata a string", "{\"__metadata__\":\"a\"}", 0, NN_ERROR_FORMAT, "__metadata__" },
  { "metadata a number", "{\"__metadata__\":{\"a\":1}}", 0, NN_ERROR_FORMAT, "“a”" },
  { "metadata null", "{\"__metadata__\":{\"a\":null}}", 0, NN_ERROR_FORMAT, "neither a string" },
  { "metadata nested", "{\"__metadata__\":{\"a\":{}}}", 0, NN_ERROR_FORMAT, "“a”" },
  { "tensor a number", "{\"a\":1}", 0, NN_ERROR_FORMAT, "“a”" },
  { "no dtype", "{\"a\":{\"shape\":[1],\"data_offsets\":[0,4]}}", 4, NN_ERROR_FORMAT, "needs" },
  { "no shape", "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}", 4, NN_ERROR_FORMAT, "needs" },
  { "no offsets", "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", 4, NN_ERROR_FORMAT, "needs" },
  { "one field more", "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"b\":1}}", 4,
    NN_ERROR_FORMAT, "nothing else" },
  { "dtype a number", "{\"a\":{\"dtype\":1,\"shape\":[1],\"data_offsets\":[0,4]}}", 4,
    NN_ERROR_FORMAT, "needs" },
  { "F128", "{" TENSOR ("a", "F128", "1", "0", "16") "}", 16, NN_ERROR_FORMAT, "F128" },
  { "f32", "{" TENSOR ("a", "f32", "1", "0", "4") "}", 4, NN_ERROR_FORMAT, "f32" },
  { "shape of strings", "{" TENSOR ("a", "F32", "\"1\"", "0", "4") "}", 4, NN_ERROR_FORMAT,
    "shape" },
  { "negative shape", "{" TENSOR ("a", "F32", "-1", "0", "4") "}", 4, NN_ERROR_FORMAT, "whole" },
  { "broken shape", "{" TENSOR ("a", "F32", "1.0", "0", "4") "}", 4, NN_ERROR_FORMAT, "whole" },
  { "hexadecimal shape", "{" TENSOR ("a", "F32", "0x1", "0", "4") "}", 4, NN_ERROR_FORMAT, "zero" },
  { "octal shape", "{" TENSOR ("a", "F32", "01", "0", "4") "}", 4, NN_ERROR_FORMAT, "zero" },
  { "nine dimensions", "{" TENSOR ("a", "F32", "1,1,1,1,1,1,1,1,1", "0", "4") "}", 4,
    NN_ERROR_SHAPE, "9 dimensions" },
  { "shape overflows", "{" TENSOR ("a", "F32", "4294967296,4294967296", "0", "0") "}", 0,
    NN_ERROR_TOO_LARGE, "overflows" },
  { "bytes overflow", "{" TENSOR ("a", "F32", "4611686018427387905", "0", "4") "}", 4,
    NN_ERROR_TOO_LARGE, "overflows" },
  { "more than 63 bits", "{" TENSOR ("a", "F32", "9223372036854775808", "0", "4") "}", 4,
    NN_ERROR_FORMAT, "shape" },
  { "more than 64 bits", "{" TENSOR ("a", "F32", "18446744073709551617", "0", "4") "}", 4,
    NN_ERROR_FORMAT, "shape" },
  { "three offsets", "{" TENSOR ("a", "F32", "1", "0,2", "4") "}", 4, NN_ERROR_FORMAT, "offsets" },
  { "end before beginning", "{" TENSOR ("a", "F32", "1", "4", "0") "}", 4, NN_ERROR_FORMAT,
    "offsets" },
  { "end beyond the file", "{" TENSOR ("a", "F32", "1", "4", "8") "}", 4, NN_ERROR_TRUNCATED,
    "not complete" },
  { "huge end", "{" TENSOR ("a", "F32", "1", "0", "9223372036854775807") "}", 4, NN_ERROR_TRUNCATED,
    "not complete" },
  { "less than the shape", "{" TENSOR ("a", "F32", "2", "0", "4") "}", 4, NN_ERROR_SHAPE,
    "8 bytes" },
  { "more than the shape", "{" TENSOR ("a", "F32", "1", "0", "8") "}", 8, NN_ERROR_SHAPE,
    "4 bytes" },
  { "misaligned", "{" TENSOR ("a", "F16", "1", "0", "2") "," TENSOR ("b", "F32", "1", "2", "6") "}",
    6, NN_ERROR_FORMAT, "aligned" },
  { "gap in front", "{" TENSOR ("a", "F32", "1", "4", "8") "}", 8, NN_ERROR_FORMAT, "gap" },
  { "gap between",
    "{" TENSOR ("a", "F32", "1", "0", "4") "," TENSOR ("b", "F32", "1", "8", "12") "}", 12,
    NN_ERROR_FORMAT, "gap" },
  { "overlap", "{" TENSOR ("a", "F32", "2", "0", "8") "," TENSOR ("b", "F32", "2", "4", "12") "}",
    12, NN_ERROR_FORMAT, "overlap" },
  { "the same place",
    "{" TENSOR ("a", "F32", "1", "0", "4") "," TENSOR ("b", "F32", "1", "0", "4") "}", 4,
    NN_ERROR_FORMAT, "overlap" },
  { "bytes at the end", "{" TENSOR ("a", "F32", "1", "0", "4") "}", 5, NN_ERROR_FORMAT,
    "1 bytes follow" },
};

static void
test_damaged (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      g_autoptr (GBytes) bytes = make_file (damaged[i].header, damaged[i].n_data);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", damaged[i].name);
      g_assert_null (numeral_safetensors_parse (bytes, &error));
      engine_test_error (&error, NN_ERROR, damaged[i].code, damaged[i].word);
    }
}

static void
test_header_size (void)
{
  static const struct
  {
    guint64 size;
    const char *rest;
    NnError code;
    const char *word;
  } rows[] = {
    { 0, "{}", NN_ERROR_FORMAT, "not JSON" },
    { 1, "{}", NN_ERROR_FORMAT, "not JSON" },
    { 3, "{}", NN_ERROR_TRUNCATED, "inside its header" },
    { NUMERAL_SAFETENSORS_MAX_HEADER, "{}", NN_ERROR_TRUNCATED, "inside its header" },
    { NUMERAL_SAFETENSORS_MAX_HEADER + 1, "{}", NN_ERROR_TOO_LARGE, "1048577" },
    { G_MAXUINT64, "{}", NN_ERROR_TOO_LARGE, "18446744073709551615" },
    { G_MAXUINT64 - 7, "", NN_ERROR_FORMAT, "not a safetensors file" },
    /* What a PNG begins with. */
    { 0x0a1a0a0d474e5089, "\0\0\0\rIHDR", NN_ERROR_FORMAT, "not a safetensors file" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint8 data[16] = { 0 };
      guint64 size = GUINT64_TO_LE (rows[i].size);
      gsize length = strlen (rows[i].rest);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = NULL;

      memcpy (data, &size, sizeof size);
      memcpy (data + sizeof size, rows[i].rest, length);
      bytes = g_bytes_new (data, sizeof size + length);
      g_assert_null (numeral_safetensors_parse (bytes, &error));
      engine_test_error (&error, NN_ERROR, rows[i].code, rows[i].word);
    }
}

/* A megabyte of brackets must not take a megabyte of stack frames. */
static void
test_deep (void)
{
  g_autofree char *header = g_strnfill (NUMERAL_SAFETENSORS_MAX_HEADER, '[');
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  memcpy (header, "{\"a\":", 5);
  bytes = make_file (header, 0);
  g_assert_null (numeral_safetensors_parse (bytes, &error));
  engine_test_error (&error, NN_ERROR, NN_ERROR_FORMAT, "nested");
}

/* Hostile names reach messages; those stay short and on one line. */
static void
test_long_name (void)
{
  g_autofree char *name = g_strnfill (100000, 'n');
  g_autofree char *header = g_strdup_printf ("{\"\\n\\u0007%s\":{}}", name);
  g_autoptr (GBytes) bytes = make_file (header, 0);
  g_autoptr (GError) error = NULL;

  g_assert_null (numeral_safetensors_parse (bytes, &error));
  g_assert_cmpuint (strlen (error->message), <, 200);
  engine_test_error (&error, NN_ERROR, NN_ERROR_FORMAT, "nnn…”");
}

static GBytes *
make_sample (gboolean half)
{
  static const float a[6] = { 1, -2, 0.5f, 65504, -65504, 0 };
  static const float b[1] = { 0x1p-24f };
  NumeralTensorValues tensors[] = {
    { .name = "z \"quoted\" ü", .n_dims = 2, .dims = { 2, 3 }, .values = a },
    { .name = "a", .n_dims = 1, .dims = { 1 }, .values = b },
  };
  g_autoptr (GHashTable) metadata = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_insert (metadata, "two", "zwei\n\t“2”");
  g_hash_table_insert (metadata, "one", "");
  return engine_test_tensor_bytes (tensors, G_N_ELEMENTS (tensors), metadata, half);
}

static void
test_round_trip (gconstpointer half)
{
  g_autoptr (GBytes) bytes = make_sample (GPOINTER_TO_INT (half));
  g_autoptr (GBytes) again = make_sample (GPOINTER_TO_INT (half));
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralSafetensors) file = numeral_safetensors_parse (bytes, &error);
  const NumeralTensor *tensor;
  float values[6];
  guint64 header_size;

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (bytes, again));
  memcpy (&header_size, g_bytes_get_data (bytes, NULL), sizeof header_size);
  g_assert_cmpuint (GUINT64_FROM_LE (header_size) % 8, ==, 0);

  g_assert_cmpuint (file->tensors->len, ==, 2);
  g_assert_cmpuint (g_hash_table_size (file->metadata), ==, 2);
  g_assert_cmpstr (g_hash_table_lookup (file->metadata, "two"), ==, "zwei\n\t“2”");
  g_assert_cmpstr (g_hash_table_lookup (file->metadata, "one"), ==, "");

  tensor = g_ptr_array_index (file->tensors, 0);
  g_assert_cmpstr (tensor->name, ==, "z \"quoted\" ü");
  g_assert_cmpuint (tensor->n_dims, ==, 2);
  g_assert_cmpuint (tensor->dims[0], ==, 2);
  g_assert_cmpuint (tensor->dims[1], ==, 3);
  g_assert_true (numeral_tensor_read (tensor, values, &error));
  g_assert_cmpfloat (values[1], ==, -2);
  g_assert_cmpfloat (values[3], ==, 65504);
  g_assert_cmpfloat (values[4], ==, -65504);

  tensor = numeral_safetensors_find (file, "a");
  g_assert_nonnull (tensor);
  g_assert_true (numeral_tensor_read (tensor, values, &error));
  g_assert_cmpfloat (values[0], ==, 0x1p-24f);
  g_assert_null (numeral_safetensors_find (file, "b"));
}

static void
test_truncated (void)
{
  g_autoptr (GBytes) bytes = make_sample (FALSE);

  for (gsize n = 0; n < g_bytes_get_size (bytes); n++)
    {
      /* A copy of exactly that size, so that a read past its end is seen. */
      g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), n);
      g_autoptr (GBytes) part = g_bytes_new_static (copy, n);
      g_autoptr (GError) error = NULL;

      g_assert_null (numeral_safetensors_parse (part, &error));
      engine_test_error (&error, NN_ERROR, NN_ERROR_TRUNCATED, "file");
    }
}

static void
test_not_finite (void)
{
  static const float bad[] = { NAN, INFINITY, -INFINITY };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      const NumeralTensorValues tensor = {
        .name = "w", .n_dims = 1, .dims = { 1 }, .values = &bad[i]
      };
      g_autoptr (GHashTable) metadata = g_hash_table_new (g_str_hash, g_str_equal);
      g_autoptr (GBytes) bytes = engine_test_tensor_bytes (&tensor, 1, metadata, FALSE);
      g_autoptr (GError) error = NULL;
      g_autoptr (NumeralSafetensors) file = numeral_safetensors_parse (bytes, &error);
      float value;

      g_assert_no_error (error);
      g_assert_false (numeral_tensor_read (g_ptr_array_index (file->tensors, 0), &value, &error));
      engine_test_error (&error, NN_ERROR, NN_ERROR_VALUE, "“w”");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/safetensors/damaged", test_damaged);
  g_test_add_func ("/engine/safetensors/header-size", test_header_size);
  g_test_add_func ("/engine/safetensors/deep", test_deep);
  g_test_add_func ("/engine/safetensors/long-name", test_long_name);
  g_test_add_data_func ("/engine/safetensors/round-trip/float32", GINT_TO_POINTER (FALSE),
                        test_round_trip);
  g_test_add_data_func ("/engine/safetensors/round-trip/float16", GINT_TO_POINTER (TRUE),
                        test_round_trip);
  g_test_add_func ("/engine/safetensors/truncated", test_truncated);
  g_test_add_func ("/engine/safetensors/not-finite", test_not_finite);
  return g_test_run ();
}
