/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core-test.h"
#include "nn-idx-values.h"
#include "nn-idx.h"

/* 5 images of 3 rows and 2 columns. */
static const guint8 images[] = { 0,  0,  8,  3,  0,  0,  0,  5,  0,  0,  0,  3,  0,  0,  0,  2,
                                 1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16,
                                 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30 };
static const guint8 labels[] = { 0, 0, 8, 1, 0, 0, 0, 5, 3, 0, 9, 1, 2 };

static NnDataset *
parse (
    const guint8 *i, gsize i_size, const guint8 *l, gsize l_size, gsize *rejected, GError **error)
{
  g_autoptr (GBytes) image_bytes = g_bytes_new (i, i_size);
  g_autoptr (GBytes) label_bytes = g_bytes_new (l, l_size);

  return nn_idx_parse_take (g_bytes_ref (image_bytes), label_bytes, 10, rejected, error);
}

static void
assert_refused (const guint8 *i, gsize i_size, const guint8 *l, gsize l_size, NnError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (parse (i, i_size, l, l_size, NULL, &error));
  core_test_error (&error, code);
}

static void
test_good (void)
{
  g_autoptr (GError) error = NULL;
  gsize rejected = 99;
  g_autoptr (NnDataset) d = parse (images, sizeof images, labels, sizeof labels, &rejected, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (rejected, ==, 0);
  g_assert_cmpuint (d->n, ==, 5);
  g_assert_cmpuint (d->width, ==, 2);
  g_assert_cmpuint (d->height, ==, 3);
  g_assert_cmpuint (d->n_features, ==, 6);
  g_assert_cmpuint (d->n_classes, ==, 10);
  g_assert_cmpmem (d->pixels, 30, images + 16, 30);
  g_assert_cmpmem (d->labels, 5, labels + 8, 5);
}

static void
test_round_trip (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) before = core_test_pixels (77, 9, 5, 10, 0.6, 1);
  g_autoptr (GBytes) i = nn_idx_format_images (before);
  g_autoptr (GBytes) l = nn_idx_format_labels (before);
  g_autoptr (NnDataset) after = nn_idx_parse_take (g_bytes_ref (i), l, 10, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (i), ==, 16 + 77 * 45);
  g_assert_cmpuint (g_bytes_get_size (l), ==, 8 + 77);
  g_assert_cmpuint (after->width, ==, 9);
  g_assert_cmpuint (after->height, ==, 5);
  g_assert_cmpmem (after->pixels, after->n * 45, before->pixels, 77 * 45);
  g_assert_cmpmem (after->labels, after->n, before->labels, 77);
}

/* Labels out of range are left out with their images, and counted. */
static void
test_rejected (void)
{
  g_autoptr (GError) error = NULL;
  guint8 some[sizeof labels];
  gsize rejected = 0;
  g_autoptr (NnDataset) d = NULL;

  memcpy (some, labels, sizeof some);
  some[8] = 10;
  some[11] = 255;
  d = parse (images, sizeof images, some, sizeof some, &rejected, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rejected, ==, 2);
  g_assert_cmpuint (d->n, ==, 3);
  g_assert_cmpmem (d->pixels, 6, images + 16 + 6, 6);
  g_assert_cmpmem (d->pixels + 12, 6, images + 16 + 24, 6);
  g_assert_cmpint (d->labels[2], ==, 2);

  memset (some + 8, 200, 5);
  assert_refused (images, sizeof images, some, sizeof some, NN_ERROR_VALUE);
}

static void
test_truncated (void)
{
  for (gsize size = 0; size < sizeof images; size++)
    assert_refused (images, size, labels, sizeof labels, NN_ERROR_TRUNCATED);
  for (gsize size = 0; size < sizeof labels; size++)
    assert_refused (images, sizeof images, labels, size, NN_ERROR_TRUNCATED);
}

static void
test_extra (void)
{
  guint8 longer[sizeof images + 1] = { 0 };
  guint8 more[sizeof labels + 3] = { 0 };

  memcpy (longer, images, sizeof images);
  memcpy (more, labels, sizeof labels);
  assert_refused (longer, sizeof longer, labels, sizeof labels, NN_ERROR_FORMAT);
  assert_refused (images, sizeof images, more, sizeof more, NN_ERROR_FORMAT);
}

/* Whether a byte of the magic number is one that another IDX file may have. */
static gboolean
is_known (guint at, guint value)
{
  return (at == 2 && value >= 0x08 && value <= 0x0e && value != 0x0a) ||
         (at == 3 && value >= 1 && value <= 4);
}

/* Every other value of every byte of the magic number: types, ranks, gzip, text. */
static void
test_magic (void)
{
  for (guint at = 0; at < 4; at++)
    for (guint value = 0; value < 256; value++)
      {
        guint8 i[sizeof images], l[sizeof labels];

        memcpy (i, images, sizeof i);
        memcpy (l, labels, sizeof l);
        i[at] = (guint8) value;
        l[at] = (guint8) value;
        if (!is_known (at, value) && value != images[at])
          assert_refused (i, sizeof i, labels, sizeof labels, NN_ERROR_FORMAT);
        if (!is_known (at, value) && value != labels[at])
          assert_refused (images, sizeof images, l, sizeof l, NN_ERROR_FORMAT);
      }
  /* The two exchanged. */
  assert_refused (labels, sizeof labels, images, sizeof images, NN_ERROR_SHAPE);
}

static void
append_element (GByteArray *bytes, guint8 type, double value)
{
  guint8 raw[8];
  float single = (float) value;
  guint64 wide;
  guint32 word;
  guint size = type == NN_IDX_DOUBLE ? 8 : type == NN_IDX_SHORT ? 2 : type < NN_IDX_SHORT ? 1 : 4;

  memcpy (&wide, &value, sizeof wide);
  memcpy (&word, &single, sizeof word);
  if (type != NN_IDX_DOUBLE)
    wide = type == NN_IDX_FLOAT ? word : (guint64) (gint64) value;
  for (guint i = 0; i < size; i++)
    raw[i] = (guint8) (wide >> (8 * (size - 1 - i)));
  g_byte_array_append (bytes, raw, size);
}

/* (transfer full): [dims] elements of @type: @first and then what a step more each is. */
static GBytes *
make_file (guint8 type, guint n_dims, const guint32 *dims, double first, double step)
{
  GByteArray *bytes = g_byte_array_new ();
  guint8 magic[] = { 0, 0, type, (guint8) n_dims };
  guint n = 1;

  g_byte_array_append (bytes, magic, 4);
  for (guint d = 0; d < n_dims; d++)
    {
      append_element (bytes, NN_IDX_INT, dims[d]);
      n *= dims[d];
    }
  for (guint i = 0; i < n; i++)
    append_element (bytes, type, first + step * i);
  return g_byte_array_free_to_bytes (bytes);
}

/* Two images of 2 x 2 in every form, with labels in every form.
 * @second: the second pixel of the first image, -1 if it is refused with @code */
typedef struct
{
  const char *name;
  guint8 type, label_type;
  guint n_dims, n_label_dims;
  guint32 dims[4], label_dims[3];
  double first, step;
  int second;
  NnError code;
} Form;

static const Form forms[] = {
  { "byte", NN_IDX_BYTE, NN_IDX_BYTE, 3, 1, { 2, 2, 2 }, { 2 }, 3, 2, 5, 0 },
  { "short", NN_IDX_SHORT, NN_IDX_SHORT, 3, 1, { 2, 2, 2 }, { 2 }, 10, 35, 45, 0 },
  { "int", NN_IDX_INT, NN_IDX_INT, 3, 1, { 2, 2, 2 }, { 2 }, 10, 35, 45, 0 },
  { "float", NN_IDX_FLOAT, NN_IDX_FLOAT, 3, 1, { 2, 2, 2 }, { 2 }, 0, 0.125, 32, 0 },
  { "double", NN_IDX_DOUBLE, NN_IDX_DOUBLE, 3, 1, { 2, 2, 2 }, { 2 }, 10, 35, 45, 0 },
  { "qmnist", NN_IDX_UBYTE, NN_IDX_INT, 3, 2, { 2, 2, 2 }, { 2, 8 }, 10, 35, 45, 0 },
  { "flat", NN_IDX_UBYTE, NN_IDX_UBYTE, 2, 1, { 2, 4 }, { 2 }, 10, 35, 45, 0 },
  { "channel-first", NN_IDX_UBYTE, NN_IDX_UBYTE, 4, 1, { 2, 1, 2, 2 }, { 2 }, 10, 35, 45, 0 },
  { "channel-last", NN_IDX_FLOAT, NN_IDX_UBYTE, 4, 1, { 2, 2, 2, 1 }, { 2 }, 10, 35, 45, 0 },
  { "negative", NN_IDX_INT, NN_IDX_UBYTE, 3, 1, { 2, 2, 2 }, { 2 }, -1, 1, -1, NN_ERROR_VALUE },
  { "large", NN_IDX_SHORT, NN_IDX_UBYTE, 3, 1, { 2, 2, 2 }, { 2 }, 0, 100, -1, NN_ERROR_VALUE },
  { "not-finite",
    NN_IDX_FLOAT,
    NN_IDX_UBYTE,
    3,
    1,
    { 2, 2, 2 },
    { 2 },
    1e300,
    0,
    -1,
    NN_ERROR_VALUE },
  { "not-square", NN_IDX_UBYTE, NN_IDX_UBYTE, 2, 1, { 2, 5 }, { 2 }, 0, 1, -1, NN_ERROR_SHAPE },
  { "line", NN_IDX_UBYTE, NN_IDX_UBYTE, 1, 1, { 2 }, { 2 }, 0, 1, -1, NN_ERROR_SHAPE },
  { "colour", NN_IDX_UBYTE, NN_IDX_UBYTE, 4, 1, { 2, 3, 2, 2 }, { 2 }, 0, 1, -1, NN_ERROR_SHAPE },
  { "deep-labels",
    NN_IDX_UBYTE,
    NN_IDX_UBYTE,
    3,
    3,
    { 2, 2, 2 },
    { 2, 1, 1 },
    0,
    1,
    -1,
    NN_ERROR_SHAPE },
};

static void
test_form (gconstpointer data)
{
  const Form *f = data;
  guint n_columns = f->n_label_dims == 2 ? f->label_dims[1] : 1;
  GBytes *i = make_file (f->type, f->n_dims, f->dims, f->first, f->step);
  g_autoptr (GBytes) l = make_file (f->label_type, f->n_label_dims, f->label_dims, 1, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDataset) d = nn_idx_parse_take (i, l, 10, NULL, &error);

  if (f->second < 0)
    {
      g_assert_null (d);
      g_test_message ("%s", error->message);
      core_test_error (&error, f->code);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (d->n, ==, 2);
  g_assert_cmpuint (d->width, ==, 2);
  g_assert_cmpuint (d->height, ==, 2);
  g_assert_cmpint (d->pixels[1], ==, f->second);
  g_assert_cmpuint (d->labels[0], ==, 1);
  g_assert_cmpuint (d->labels[1], ==, 1 + n_columns);
}

/* Letters are not digits with a few damaged labels. */
static void
test_letters (void)
{
  const guint32 dims[] = { 200, 1, 1 };
  GBytes *i = make_file (NN_IDX_UBYTE, 3, dims, 0, 1);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GBytes) l = NULL;
  g_autoptr (GError) error = NULL;

  g_byte_array_append (bytes, (const guint8 *) "\0\0\10\1\0\0\0\310", 8);
  for (guint k = 0; k < 200; k++)
    append_element (bytes, NN_IDX_UBYTE, 1 + k % 26);
  l = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  g_assert_null (nn_idx_parse_take (i, l, 10, NULL, &error));
  g_assert_nonnull (strstr (error->message, "go up to 26"));
  core_test_error (&error, NN_ERROR_VALUE);
}

typedef struct
{
  guint32 n, rows, columns;
  NnError code;
} Dims;

static void
test_dimensions (void)
{
  static const Dims table[] = {
    { 0, 3, 2, NN_ERROR_FORMAT },
    { 5, 0, 2, NN_ERROR_FORMAT },
    { 5, 3, 0, NN_ERROR_FORMAT },
    { 0, 0, 0, NN_ERROR_FORMAT },
    { 6, 3, 2, NN_ERROR_TRUNCATED },
    { 4, 3, 2, NN_ERROR_FORMAT },
    { 5, 2, 3, NN_ERROR_FORMAT }, /* as many bytes as there are, and then one more */
    { G_MAXUINT32, 1, 1, NN_ERROR_TRUNCATED },
    { 1, G_MAXUINT32, 1, NN_ERROR_TRUNCATED },
    { 65536, 65536, 1, NN_ERROR_TRUNCATED },
    { 65536, 65536, 2, NN_ERROR_TOO_LARGE },
    { 65536, 65537, 1, NN_ERROR_TOO_LARGE },
    { G_MAXUINT32, G_MAXUINT32, G_MAXUINT32, NN_ERROR_TOO_LARGE },
    { G_MAXUINT32, G_MAXUINT32, 0, NN_ERROR_TOO_LARGE },
    { 0x80000000, 2, 0x80000000, NN_ERROR_TOO_LARGE }, /* 2^63 */
    { 0x10000, 0x10000, 0x10000, NN_ERROR_TOO_LARGE },
    { 0x80000000, 0x80000000, 4, NN_ERROR_TOO_LARGE }, /* 2^64: 0 if it overflowed */
    { 0x55555556, 3, 0x10000, NN_ERROR_TOO_LARGE },
  };

  for (guint t = 0; t < G_N_ELEMENTS (table); t++)
    {
      guint8 i[sizeof images + 1] = { 0 };
      guint32 be[3] = { GUINT32_TO_BE (table[t].n), GUINT32_TO_BE (table[t].rows),
                        GUINT32_TO_BE (table[t].columns) };
      gboolean fits = (guint64) table[t].n * table[t].rows * table[t].columns == 30;

      memcpy (i, images, sizeof images);
      memcpy (i + 4, be, sizeof be);
      assert_refused (i, fits ? sizeof i : sizeof images, labels, sizeof labels, table[t].code);
    }
}

/* One image that is too large, with all its bytes there. */
static void
test_large_image (void)
{
  guint8 one[] = { 0, 0, 8, 1, 0, 0, 0, 1, 7 };
  g_autofree guint8 *i = g_malloc0 (16 + 65537);

  memcpy (i, "\0\0\10\3\0\0\0\1\0\0\1\0\0\0\1\0", 16); /* 256 x 256 */
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (NnDataset) d = parse (i, 16 + 65536, one, sizeof one, NULL, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (d->n_features, ==, 65536);
  }
  memcpy (i, "\0\0\10\3\0\0\0\1\0\1\0\1\0\0\0\1", 16); /* 65537 x 1 */
  assert_refused (i, 16 + 65537, one, sizeof one, NN_ERROR_TOO_LARGE);
  memcpy (i, "\0\0\10\3\0\0\0\1\0\0\0\1\0\1\0\1", 16);
  assert_refused (i, 16 + 65537, one, sizeof one, NN_ERROR_TOO_LARGE);
}

static void
test_counts_differ (void)
{
  guint8 four[sizeof labels], six[sizeof labels + 1] = { 0 };

  memcpy (four, labels, sizeof four);
  four[7] = 4;
  assert_refused (images, sizeof images, four, sizeof four - 1, NN_ERROR_SHAPE);
  memcpy (six, labels, sizeof labels);
  six[7] = 6;
  assert_refused (images, sizeof images, six, sizeof six, NN_ERROR_SHAPE);
}

static void
test_class_counts (void)
{
  g_autoptr (GBytes) i = g_bytes_new_static (images, sizeof images);
  g_autoptr (GBytes) l = g_bytes_new_static (labels, sizeof labels);
  g_autoptr (GError) error = NULL;

  g_assert_null (nn_idx_parse_take (g_bytes_ref (i), l, 0, NULL, &error));
  core_test_error (&error, NN_ERROR_VALUE);
  g_assert_null (nn_idx_parse_take (g_bytes_ref (i), l, 1, NULL, &error));
  core_test_error (&error, NN_ERROR_CONFIG);
  g_assert_null (nn_idx_parse_take (g_bytes_ref (i), l, 257, NULL, &error));
  core_test_error (&error, NN_ERROR_CONFIG);
}

/* Whatever comes, an error in words or a data set that holds together. */
static void
test_fuzz (void)
{
  NnRandom random;
  guint n_good = 0, n_bad = 0;

  nn_random_init (&random, 2024);
  for (guint round = 0; round < 20000; round++)
    {
      guint8 i[sizeof images + 8] = { 0 }, l[sizeof labels + 8] = { 0 };
      gsize i_size = sizeof images, l_size = sizeof labels, rejected = 0;
      guint n_changes = nn_random_below (&random, 4);
      g_autoptr (GError) error = NULL;
      g_autoptr (NnDataset) d = NULL;

      memcpy (i, images, sizeof images);
      memcpy (l, labels, sizeof labels);
      for (guint c = 0; c < n_changes; c++)
        {
          guint8 value = (guint8) nn_random_next (&random);

          if (nn_random_below (&random, 2))
            i[nn_random_below (&random, 20)] = value;
          else
            l[nn_random_below (&random, sizeof labels)] = value;
        }
      if (nn_random_below (&random, 8) == 0)
        i_size = nn_random_below (&random, sizeof i + 1);
      if (nn_random_below (&random, 8) == 0)
        l_size = nn_random_below (&random, sizeof l + 1);

      d = parse (i, i_size, l, l_size, &rejected, &error);
      if (d == NULL)
        {
          g_assert_nonnull (error);
          g_assert_true (error->domain == NN_ERROR);
          n_bad++;
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpuint (d->n + rejected, ==, l_size - 8);
      g_assert_cmpuint ((d->n + rejected) * d->n_features, ==, i_size - 16);
      g_assert_cmpuint (d->width * d->height, ==, d->n_features);
      for (gsize s = 0; s < d->n; s++)
        g_assert_cmpuint (d->labels[s], <, 10);
      n_good++;
    }
  g_assert_cmpuint (n_good, >, 1000);
  g_assert_cmpuint (n_bad, >, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *path = g_strdup_printf ("/core/idx/form/%s", forms[i].name);

      g_test_add_data_func (path, &forms[i], test_form);
    }
  g_test_add_func ("/core/idx/letters", test_letters);
  g_test_add_func ("/core/idx/good", test_good);
  g_test_add_func ("/core/idx/round-trip", test_round_trip);
  g_test_add_func ("/core/idx/rejected", test_rejected);
  g_test_add_func ("/core/idx/damaged/truncated", test_truncated);
  g_test_add_func ("/core/idx/damaged/extra", test_extra);
  g_test_add_func ("/core/idx/damaged/magic", test_magic);
  g_test_add_func ("/core/idx/damaged/dimensions", test_dimensions);
  g_test_add_func ("/core/idx/damaged/large-image", test_large_image);
  g_test_add_func ("/core/idx/damaged/counts-differ", test_counts_differ);
  g_test_add_func ("/core/idx/class-counts", test_class_counts);
  g_test_add_func ("/core/idx/fuzz", test_fuzz);
  return g_test_run ();
}
