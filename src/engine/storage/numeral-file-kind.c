/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-file-kind.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "numeral-fail.h"

/* At most this many bytes are looked at: comments may precede the first tag of a document. */
#define MAX_HEAD ((gsize) 4096)

#define MAGIC(offset, text) offset, text, sizeof text - 1

/* Bytes that only one kind has. */
static const struct
{
  NumeralFileKind kind;
  gsize offset;
  const char *magic;
  gsize n_magic;
} magics[] = {
  { NUMERAL_FILE_KIND_LFS_POINTER, MAGIC (0, "version https://git-lfs.github.com/spec/") },
  { NUMERAL_FILE_KIND_LFS_POINTER, MAGIC (0, "version https://hawser.github.com/spec/") },
  { NUMERAL_FILE_KIND_PDF, MAGIC (0, "%PDF-") },
  { NUMERAL_FILE_KIND_WEBP, MAGIC (8, "WEBPVP8") },
  { NUMERAL_FILE_KIND_JPEG_XL, MAGIC (0, "\xff\x0a") },
  { NUMERAL_FILE_KIND_JPEG_XL, MAGIC (0, "\0\0\0\x0cJXL \r\n\x87\n") },
  { NUMERAL_FILE_KIND_JPEG_2000, MAGIC (0, "\0\0\0\x0cjP  \r\n\x87\n") },
  { NUMERAL_FILE_KIND_JPEG_2000, MAGIC (0, "\xff\x4f\xff\x51") },
};

/* Brands of the ISO base media file format. The first brand of a file that fits decides: AVIF and
 * HEIC both name "mif1". */
static const struct
{
  NumeralFileKind kind;
  char brand[5];
} brands[] = {
  { NUMERAL_FILE_KIND_AVIF, "avif" }, { NUMERAL_FILE_KIND_AVIF, "avis" },
  { NUMERAL_FILE_KIND_HEIC, "heic" }, { NUMERAL_FILE_KIND_HEIC, "heix" },
  { NUMERAL_FILE_KIND_HEIC, "hevc" }, { NUMERAL_FILE_KIND_HEIC, "hevx" },
  { NUMERAL_FILE_KIND_HEIC, "heim" }, { NUMERAL_FILE_KIND_HEIC, "heis" },
  { NUMERAL_FILE_KIND_HEIC, "mif1" }, { NUMERAL_FILE_KIND_HEIC, "msf1" },
};

static NumeralFileKind
sniff_brands (const char *data, gsize size)
{
  const gsize first = 8;
  gsize end;

  if (size < first + 4 || memcmp (data + 4, "ftyp", 4) != 0)
    return NUMERAL_FILE_KIND_OTHER;
  /* The box names its size, which is less than 256. */
  end = MIN (size, memcmp (data, "\0\0\0", 3) == 0 ? (gsize) (guint8) data[3] : first + 4);
  for (guint i = 0; i < G_N_ELEMENTS (brands); i++)
    for (gsize at = first; at + 4 <= end; at += 4)
      if (memcmp (data + at, brands[i].brand, 4) == 0)
        return brands[i].kind;
  return NUMERAL_FILE_KIND_OTHER;
}

/* Whether the text begins with @word, in any case of letters. */
static gboolean
begins (const char *text, gsize size, const char *word)
{
  const gsize n = strlen (word);

  return size >= n && g_ascii_strncasecmp (text, word, n) == 0;
}

/* The first tag decides, after a byte order mark, spaces, a declaration, and comments. */
static NumeralFileKind
sniff_markup (const char *data, gsize size)
{
  static const struct
  {
    const char *begin, *end;
  } skipped[] = { { "<!--", "-->" }, { "<?", "?>" } };
  gsize at = size >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

  for (;;)
    {
      const char *end = NULL;

      while (at < size && g_ascii_isspace (data[at]))
        at++;
      for (guint i = 0; i < G_N_ELEMENTS (skipped) && end == NULL; i++)
        if (begins (data + at, size - at, skipped[i].begin))
          {
            end = g_strstr_len (data + at, (gssize) (size - at), skipped[i].end);
            if (end == NULL)
              return NUMERAL_FILE_KIND_OTHER;
            end += strlen (skipped[i].end);
          }
      if (end == NULL)
        break;
      at = (gsize) (end - data);
    }
  if (begins (data + at, size - at, "<!DOCTYPE html") || begins (data + at, size - at, "<html"))
    return NUMERAL_FILE_KIND_HTML;
  if (begins (data + at, size - at, "<!DOCTYPE svg") || begins (data + at, size - at, "<svg"))
    return NUMERAL_FILE_KIND_SVG;
  return NUMERAL_FILE_KIND_OTHER;
}

NumeralFileKind
numeral_file_kind_sniff (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  NumeralFileKind kind;

  if (size == 0)
    return NUMERAL_FILE_KIND_OTHER;
  size = MIN (size, MAX_HEAD);
  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    if (size >= magics[i].offset + magics[i].n_magic &&
        memcmp (data + magics[i].offset, magics[i].magic, magics[i].n_magic) == 0)
      return magics[i].kind;
  kind = sniff_brands (data, size);
  return kind != NUMERAL_FILE_KIND_OTHER ? kind : sniff_markup (data, size);
}

/* A picture for which gdk-pixbuf has no loader. @package: (nullable): Debian's with one */
static char *
advise_picture (const char *format, const char *package)
{
  if (package == NULL)
    /* Translators: %s is a format of pictures such as "JPEG XL" */
    return g_strdup_printf (_ ("this is a picture in the format %s, for which no loader is "
                               "installed; save it as PNG or JPEG"),
                            format);
  /* Translators: the first %s is a format of pictures such as "WebP", the second a package */
  return g_strdup_printf (_ ("this is a picture in the format %s, for which no loader is "
                             "installed; install %s, or save it as PNG or JPEG"),
                          format, package);
}

char *
numeral_file_kind_dup_advice (NumeralFileKind kind)
{
  switch (kind)
    {
    case NUMERAL_FILE_KIND_LFS_POINTER:
      return g_strdup (_ ("this is only a pointer of Git LFS to the file; fetch the file with "
                          "\"git lfs pull\""));
    case NUMERAL_FILE_KIND_HTML:
      return g_strdup (_ ("this is a web page (HTML) and not the file itself; open it in a browser "
                          "and save the file from there"));
    case NUMERAL_FILE_KIND_PDF:
      return g_strdup (_ ("this is a PDF; save its page as a picture, such as PNG"));
    case NUMERAL_FILE_KIND_WEBP:
      return advise_picture ("WebP", "webp-pixbuf-loader");
    case NUMERAL_FILE_KIND_HEIC:
      return advise_picture ("HEIC", "heif-gdk-pixbuf");
    case NUMERAL_FILE_KIND_AVIF:
      return advise_picture ("AVIF", "libavif-gdk-pixbuf");
    case NUMERAL_FILE_KIND_JPEG_XL:
      return advise_picture ("JPEG XL", NULL);
    case NUMERAL_FILE_KIND_JPEG_2000:
      return advise_picture ("JPEG 2000", NULL);
    case NUMERAL_FILE_KIND_SVG:
      return advise_picture ("SVG", "librsvg2-common");
    case NUMERAL_FILE_KIND_OTHER:
    default:
      return NULL;
    }
}

gboolean
numeral_file_kind_check (GBytes *bytes, GError **error)
{
  const NumeralFileKind kind = numeral_file_kind_sniff (bytes);
  g_autofree char *advice = numeral_file_kind_dup_advice (kind);

  switch (kind)
    {
    case NUMERAL_FILE_KIND_LFS_POINTER:
    case NUMERAL_FILE_KIND_HTML:
    case NUMERAL_FILE_KIND_PDF:
      return numeral_fail (error, NN_ERROR_FORMAT, "%s", advice);
    case NUMERAL_FILE_KIND_OTHER:
    case NUMERAL_FILE_KIND_WEBP:
    case NUMERAL_FILE_KIND_HEIC:
    case NUMERAL_FILE_KIND_AVIF:
    case NUMERAL_FILE_KIND_JPEG_XL:
    case NUMERAL_FILE_KIND_JPEG_2000:
    case NUMERAL_FILE_KIND_SVG:
    default:
      return TRUE;
    }
}
