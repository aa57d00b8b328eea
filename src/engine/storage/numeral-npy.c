/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-npy.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "numeral-fail.h"
#include "nn-half.h"

#define MAGIC "\x93NUMPY"
#define N_MAGIC 6
/* Before the length of the header: the magic number and two bytes of the version. */
#define N_FIXED (N_MAGIC + 2)
#define ALIGNMENT 64

gboolean
numeral_npy_is (gconstpointer bytes, gsize size)
{
  return size >= N_MAGIC && memcmp (bytes, MAGIC, N_MAGIC) == 0;
}

gsize
numeral_npy_header_size (const guint8 *bytes, gsize size, GError **error)
{
  gsize length, fixed;

  if (!numeral_npy_is (bytes, size))
    {
      numeral_fail (error, NN_ERROR_FORMAT, _ ("it does not begin as an array of NumPy does"));
      return 0;
    }
  if (size < NUMERAL_NPY_PREFIX)
    {
      numeral_fail (error, NN_ERROR_TRUNCATED, _ ("its header ends early"));
      return 0;
    }
  if (bytes[N_MAGIC] < 1 || bytes[N_MAGIC] > 3)
    {
      numeral_fail (error, NN_ERROR_FORMAT,
                    _ ("it has version %u of the format of NumPy; 1 to 3 can be read"),
                    bytes[N_MAGIC]);
      return 0;
    }
  length = bytes[N_FIXED] | (gsize) bytes[N_FIXED + 1] << 8;
  fixed = N_FIXED + 2;
  if (bytes[N_MAGIC] > 1)
    {
      length |= (gsize) bytes[N_FIXED + 2] << 16 | (gsize) bytes[N_FIXED + 3] << 24;
      fixed = N_FIXED + 4;
    }
  if (length <= NUMERAL_NPY_MAX_HEADER)
    return fixed + length;
  numeral_fail (error, NN_ERROR_TOO_LARGE, _ ("its header is longer than %u bytes"),
                NUMERAL_NPY_MAX_HEADER);
  return 0;
}

/* The text of a header while it is parsed. */
typedef struct
{
  const char *at, *end;
} Text;

static void
skip_space (Text *text)
{
  while (text->at < text->end && g_ascii_isspace (*text->at))
    text->at++;
}

/* Whether @word comes next; it is then skipped. */
static gboolean
take (Text *text, const char *word)
{
  const gsize length = strlen (word);

  skip_space (text);
  if ((gsize) (text->end - text->at) < length || strncmp (text->at, word, length) != 0)
    return FALSE;
  text->at += length;
  return TRUE;
}

/* (transfer full) (nullable): a text between quotation marks of either kind, without escapes. */
static char *
take_string (Text *text)
{
  const char *begin, *quote;

  skip_space (text);
  if (text->at == text->end || (*text->at != '\'' && *text->at != '"'))
    return NULL;
  begin = text->at + 1;
  quote = memchr (begin, *text->at, (gsize) (text->end - begin));
  if (quote == NULL || memchr (begin, '\\', (gsize) (quote - begin)) != NULL)
    return NULL;
  text->at = quote + 1;
  return g_strndup (begin, (gsize) (quote - begin));
}

/* A size, after which Python 2 wrote an L. */
static gboolean
take_size (Text *text, gsize *size)
{
  gsize value = 0;
  guint n = 0;

  skip_space (text);
  for (; text->at < text->end && g_ascii_isdigit (*text->at); text->at++, n++)
    if (!g_size_checked_mul (&value, value, 10) ||
        !g_size_checked_add (&value, value, (gsize) (*text->at - '0')))
      return FALSE;
  (void) take (text, "L");
  *size = value;
  return n > 0;
}

/* For a type that is not of numbers: how it is saved otherwise. */
static gboolean
fail_type (const char *descr, GError **error)
{
  g_autofree char *valid = g_utf8_make_valid (descr, -1);

  if (strchr (descr, 'O') != NULL)
    return numeral_fail (error, NN_ERROR_FORMAT,
                         _ ("it holds objects of Python (a pickle), which are never read; save it "
                            "in Python with numpy.asarray(ARRAY, dtype=float)"));
  return numeral_fail (error, NN_ERROR_FORMAT,
                       _ ("its values have the type “%s”; integers and float16 to float64 can be "
                          "read"),
                       valid);
}

/* Such as "<f4", "|u1", ">i8", or without the first character. */
static gboolean
parse_type (const char *descr, NumeralNpyHeader *header, GError **error)
{
  const char *letter = strchr ("<>|=", descr[0]) != NULL && descr[0] != '\0' ? descr + 1 : descr;
  const char *widths;

  switch (letter[0])
    {
    case NUMERAL_NPY_FLOAT:
      widths = "248";
      break;
    case NUMERAL_NPY_SIGNED:
    case NUMERAL_NPY_UNSIGNED:
      widths = "1248";
      break;
    case NUMERAL_NPY_BOOLEAN:
      widths = "1";
      break;
    default:
      return fail_type (descr, error);
    }
  if (letter[1] == '\0' || letter[2] != '\0' || strchr (widths, letter[1]) == NULL)
    return fail_type (descr, error);
  header->type = (NumeralNpyType) letter[0];
  header->width = (guint) (letter[1] - '0');
  header->swapped = descr[0] == '>';
  return TRUE;
}

static gboolean
parse_descr (Text *text, NumeralNpyHeader *header, GError **error)
{
  g_autofree char *descr = NULL;

  if (take (text, "["))
    return numeral_fail (error, NN_ERROR_FORMAT,
                         _ ("its values are structures; save each of their members as an array"));
  descr = take_string (text);
  if (descr == NULL)
    return numeral_fail (error, NN_ERROR_FORMAT, _ ("its header does not name a type"));
  return parse_type (descr, header, error);
}

static gboolean
parse_shape (Text *text, NumeralNpyHeader *header, GError **error)
{
  gboolean open = take (text, "("), comma = TRUE;

  header->n_dims = 0;
  while (open && !take (text, ")"))
    {
      gsize size;

      if (!comma || !take_size (text, &size))
        return numeral_fail (error, NN_ERROR_FORMAT, _ ("its shape is not made of sizes"));
      if (header->n_dims == NUMERAL_NPY_MAX_DIMS)
        return numeral_fail (error, NN_ERROR_SHAPE, _ ("it has more than %u dimensions"),
                             NUMERAL_NPY_MAX_DIMS);
      header->dims[header->n_dims++] = size;
      comma = take (text, ",");
    }
  /* "(3)" is a number in Python, and no shape. */
  if (!open || (header->n_dims == 1 && !comma))
    return numeral_fail (error, NN_ERROR_FORMAT, _ ("its shape is not made of sizes"));
  return TRUE;
}

static gboolean
parse_order (Text *text, NumeralNpyHeader *header, GError **error)
{
  header->fortran = take (text, "True");
  if (header->fortran || take (text, "False"))
    return TRUE;
  return numeral_fail (error, NN_ERROR_FORMAT,
                       _ ("its header does not say in which order its "
                          "values are"));
}

/* The members of the dictionary, in the order of the bits that tell which were there. */
static const struct
{
  const char *key;
  gboolean (*parse) (Text *text, NumeralNpyHeader *header, GError **error);
} members[] = {
  { "descr", parse_descr },
  { "fortran_order", parse_order },
  { "shape", parse_shape },
};

#define ALL_MEMBERS ((1u << G_N_ELEMENTS (members)) - 1)

/* One member and the comma behind it; adds its bit to @seen. */
static gboolean
parse_member (Text *text, NumeralNpyHeader *header, guint *seen, GError **error)
{
  g_autofree char *key = take_string (text);

  for (guint i = 0; key != NULL && i < G_N_ELEMENTS (members); i++)
    if (g_str_equal (key, members[i].key) && (*seen & 1u << i) == 0 && take (text, ":"))
      {
        *seen |= 1u << i;
        return members[i].parse (text, header, error);
      }
  return numeral_fail (error, NN_ERROR_FORMAT, _ ("its header is not that of an array of NumPy"));
}

static gboolean
measure (NumeralNpyHeader *header, GError **error)
{
  header->n_values = 1;
  for (guint d = 0; d < header->n_dims; d++)
    if (!g_size_checked_mul (&header->n_values, header->n_values, header->dims[d]))
      return numeral_fail (error, NN_ERROR_TOO_LARGE, _ ("its shape overflows"));
  if (!g_size_checked_mul (&header->size, header->n_values, header->width))
    return numeral_fail (error, NN_ERROR_TOO_LARGE, _ ("its shape overflows"));
  return TRUE;
}

gboolean
numeral_npy_header_parse (const guint8 *bytes, gsize size, NumeralNpyHeader *header, GError **error)
{
  const gsize fixed = N_FIXED + (bytes[N_MAGIC] > 1 ? 4 : 2);
  Text text = { (const char *) bytes + fixed, (const char *) bytes + size };
  gboolean comma = TRUE;
  guint seen = 0;

  *header = (NumeralNpyHeader){ 0 };
  if (!take (&text, "{"))
    return numeral_fail (error, NN_ERROR_FORMAT, _ ("its header is not that of an array of NumPy"));
  while (comma && !take (&text, "}"))
    {
      if (!parse_member (&text, header, &seen, error))
        return FALSE;
      comma = take (&text, ",");
    }
  if (!comma && !take (&text, "}"))
    seen = 0;
  skip_space (&text);
  if (seen != ALL_MEMBERS || text.at != text.end)
    return numeral_fail (error, NN_ERROR_FORMAT, _ ("its header is not that of an array of NumPy"));
  return measure (header, error);
}

GBytes *
numeral_npy_header_format (NumeralNpyType type, guint width, const gsize *dims, guint n_dims)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint8 fixed[N_FIXED + 2] = MAGIC;
  GByteArray *bytes = g_byte_array_new ();
  gsize length;

  g_string_printf (text, "{'descr': '%c%c%u', 'fortran_order': False, 'shape': (",
                   width > 1 ? '<' : '|', (char) type, width);
  for (guint d = 0; d < n_dims; d++)
    g_string_append_printf (text, "%s%" G_GSIZE_FORMAT, d > 0 ? ", " : "", dims[d]);
  g_string_append (text, n_dims == 1 ? ",), }" : "), }");
  while ((sizeof fixed + text->len + 1) % ALIGNMENT != 0)
    g_string_append_c (text, ' ');
  g_string_append_c (text, '\n');
  length = text->len;
  fixed[N_MAGIC] = 1;
  fixed[N_FIXED] = (guint8) (length & 0xff);
  fixed[N_FIXED + 1] = (guint8) (length >> 8);
  g_byte_array_append (bytes, fixed, sizeof fixed);
  g_byte_array_append (bytes, (const guint8 *) text->str, (guint) length);
  return g_byte_array_free_to_bytes (bytes);
}

void
numeral_npy_array_free (NumeralNpyArray *array)
{
  g_free (array->name);
  g_free (array->data);
  g_free (array);
}

static void
swap_values (NumeralNpyArray *array)
{
  const guint width = array->header.width;

  for (gsize i = 0; i < array->header.n_values; i++)
    for (guint k = 0; k < width / 2; k++)
      {
        guint8 *one = array->data + i * width + k;
        guint8 *other = array->data + i * width + width - 1 - k;
        const guint8 byte = *one;

        *one = *other;
        *other = byte;
      }
}

/* From the first dimension varying fastest to the last one. */
static void
turn_order (NumeralNpyArray *array)
{
  const NumeralNpyHeader *header = &array->header;
  guint8 *turned = g_malloc (header->size);
  gsize index[NUMERAL_NPY_MAX_DIMS] = { 0 };

  for (gsize i = 0; i < header->n_values; i++)
    {
      gsize from = 0;

      for (guint d = header->n_dims; d > 0; d--)
        from = from * header->dims[d - 1] + index[d - 1];
      memcpy (turned + i * header->width, array->data + from * header->width, header->width);
      for (guint d = header->n_dims; d > 0 && ++index[d - 1] == header->dims[d - 1]; d--)
        index[d - 1] = 0;
    }
  g_free (array->data);
  array->data = turned;
}

void
numeral_npy_array_arrange (NumeralNpyArray *array)
{
  if (array->header.swapped)
    swap_values (array);
  if (array->header.fortran && array->header.n_dims > 1 && array->header.n_values > 0)
    turn_order (array);
  array->header.swapped = array->header.fortran = FALSE;
}

double
numeral_npy_array_get (const NumeralNpyArray *array, gsize i)
{
  const NumeralNpyHeader *header = &array->header;
  const guint8 *p = array->data + i * header->width;
  guint64 bits = 0;
  guint32 word;
  float single;
  double number;

  for (guint k = header->width; k > 0; k--)
    bits = bits << 8 | p[k - 1];
  if (header->type == NUMERAL_NPY_UNSIGNED)
    return (double) bits;
  if (header->type == NUMERAL_NPY_BOOLEAN)
    return bits != 0;
  if (header->type == NUMERAL_NPY_SIGNED)
    {
      /* The sign is moved to the top, and back with its copies. */
      const guint shift = 64 - 8 * header->width;

      return (double) ((gint64) (bits << shift) >> shift);
    }
  switch (header->width)
    {
    case 2:
      return (double) nn_half_to_float ((guint16) bits);
    case 4:
      word = (guint32) bits;
      memcpy (&single, &word, sizeof single);
      return (double) single;
    default:
      memcpy (&number, &bits, sizeof number);
      return number;
    }
}

NumeralNpyArray *
numeral_npy_parse (GBytes *bytes, const char *name, gsize max_bytes, GError **error)
{
  g_autoptr (NumeralNpyArray) array = g_new0 (NumeralNpyArray, 1);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  const gsize begin = numeral_npy_header_size (data, size, error);

  array->name = g_strdup (name);
  if (begin == 0)
    return NULL;
  if (begin > size)
    {
      numeral_fail (error, NN_ERROR_TRUNCATED, _ ("its header ends early"));
      return NULL;
    }
  if (!numeral_npy_header_parse (data, begin, &array->header, error))
    return NULL;
  if (size - begin != array->header.size || array->header.size > max_bytes)
    {
      numeral_fail (error, size - begin < array->header.size ? NN_ERROR_TRUNCATED : NN_ERROR_FORMAT,
                    _ ("it has other values than its header says"));
      return NULL;
    }
  array->data = g_memdup2 (data + begin, array->header.size);
  numeral_npy_array_arrange (array);
  return g_steal_pointer (&array);
}
