/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-chart-export.h"

#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "picture-export.h"

/* Text is written in pieces of about this many bytes. */
#define PIECE 65536

#define MARGIN 16.0

typedef void (*AppendLine) (GString *text, const char *name, double x, float y);

/* Writes as few digits as needed to read the same number back: at most 17 for a double and 9 for a
 * float. */
static void
append_double (GString *text, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint digits = 6; digits <= 17; digits += digits < 15 ? 9 : 2)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%ug", digits);
      g_ascii_formatd (buffer, sizeof buffer, format, value);
      if (g_ascii_strtod (buffer, NULL) == value)
        break;
    }
  g_string_append (text, buffer);
}

static void
append_float (GString *text, float value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint digits = 6; digits <= 9; digits += 3)
    {
      g_ascii_formatd (buffer, sizeof buffer, digits == 6 ? "%.6g" : "%.9g", (double) value);
      if ((float) g_ascii_strtod (buffer, NULL) == value)
        break;
    }
  g_string_append (text, buffer);
}

static void
append_csv_name (GString *text, const char *name)
{
  if (!strpbrk (name, ",\"\r\n"))
    {
      g_string_append (text, name);
      return;
    }
  g_string_append_c (text, '"');
  for (const char *c = name; *c; c++)
    {
      if (*c == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *c);
    }
  g_string_append_c (text, '"');
}

static void
append_csv (GString *text, const char *name, double x, float y)
{
  append_csv_name (text, name);
  g_string_append_c (text, ',');
  append_double (text, x);
  g_string_append_c (text, ',');
  if (isfinite (y))
    append_float (text, y);
  else
    g_string_append (text, isnan (y) ? "nan" : y > 0 ? "inf" : "-inf");
  g_string_append (text, "\r\n");
}

static void
append_json_name (GString *text, const char *name)
{
  g_string_append_c (text, '"');
  for (const char *c = name; *c; c++)
    if (*c == '"' || *c == '\\')
      g_string_append_printf (text, "\\%c", *c);
    else if ((guchar) *c < 0x20)
      g_string_append_printf (text, "\\u%04x", (guint) *c);
    else
      g_string_append_c (text, *c);
  g_string_append_c (text, '"');
}

static void
append_json (GString *text, const char *name, double x, float y)
{
  g_string_append (text, "{\"series\":");
  append_json_name (text, name);
  g_string_append (text, ",\"x\":");
  append_double (text, x);
  g_string_append (text, ",\"y\":");
  if (isfinite (y))
    append_float (text, y);
  else
    g_string_append (text, "null");
  g_string_append (text, "}\n");
}

static gboolean
write_all (const PictureChart *chart,
           const char *header,
           AppendLine append,
           GOutputStream *stream,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GString) text = g_string_new (header);

  /* Memory streams ignore the cancellable. */
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  for (guint k = 0; k < chart->n_curves; k++)
    {
      const PictureCurve *curve = &chart->curves[k];
      const gsize length = picture_series_length (curve->series);

      for (gsize i = 0; i < length; i++)
        {
          append (text, curve->name, picture_series_x (curve->series, i),
                  picture_series_y (curve->series, i));
          if (text->len < PIECE)
            continue;
          if (!g_output_stream_write_all (stream, text->str, text->len, NULL, cancellable, error))
            return FALSE;
          g_string_truncate (text, 0);
        }
    }
  return g_output_stream_write_all (stream, text->str, text->len, NULL, cancellable, error);
}

gboolean
picture_chart_write_csv (const PictureChart *chart,
                         GOutputStream *stream,
                         GCancellable *cancellable,
                         GError **error)
{
  return write_all (chart, "series,x,y\r\n", append_csv, stream, cancellable, error);
}

gboolean
picture_chart_write_jsonl (const PictureChart *chart,
                           GOutputStream *stream,
                           GCancellable *cancellable,
                           GError **error)
{
  return write_all (chart, "", append_json, stream, cancellable, error);
}

static cairo_status_t
append_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
draw (cairo_surface_t *surface,
      double scale,
      const PictureChart *chart,
      double width,
      double height,
      const PictureStyle *style)
{
  cairo_t *cr = cairo_create (surface);

  picture_set_colour (cr, &style->paper);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  cairo_translate (cr, MARGIN, MARGIN);
  picture_chart_draw (cr, width - 2 * MARGIN, height - 2 * MARGIN, chart, style);
  cairo_destroy (cr);
}

static GBytes *
take_bytes (GByteArray *bytes, cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (bytes);
  g_byte_array_unref (bytes);
  g_set_error (error, G_IO_ERROR,
               status == CAIRO_STATUS_NO_MEMORY ? G_IO_ERROR_NO_SPACE : G_IO_ERROR_FAILED,
               _ ("the chart could not be drawn: %s"), cairo_status_to_string (status));
  return NULL;
}

GBytes *
picture_chart_png (const PictureChart *chart,
                   double width,
                   double height,
                   double scale,
                   const PictureStyle *style,
                   GError **error)
{
  GByteArray *bytes = g_byte_array_new ();
  const int columns = (int) CLAMP (ceil (width * scale), 1, PICTURE_EXPORT_MAX_SIDE);
  const int rows = (int) CLAMP (ceil (height * scale), 1, PICTURE_EXPORT_MAX_SIDE);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, columns, rows);
  cairo_status_t status;

  draw (surface, scale, chart, width, height, style);
  status = cairo_surface_write_to_png_stream (surface, append_bytes, bytes);
  cairo_surface_destroy (surface);
  return take_bytes (bytes, status, error);
}

GBytes *
picture_chart_svg (const PictureChart *chart,
                   double width,
                   double height,
                   const PictureStyle *style,
                   GError **error)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface =
      cairo_svg_surface_create_for_stream (append_bytes, bytes, width, height);
  cairo_status_t status;

  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  draw (surface, 1, chart, width, height, style);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return take_bytes (bytes, status, error);
}
