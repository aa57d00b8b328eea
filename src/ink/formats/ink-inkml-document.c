/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-inkml-document.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "ink-stroke.h"

/* Maximum length of a truth in bytes; the rest of a longer annotation is ignored. */
#define MAX_TRUTH 1000

static void
context_clear (InkmlContext *context)
{
  g_clear_pointer (&context->format, g_rc_box_release);
}

static void
context_free (InkmlContext *context)
{
  context_clear (context);
  g_free (context);
}

static InkmlContext
context_copy (const InkmlContext *context)
{
  InkmlContext copy = *context;

  if (copy.format != NULL)
    g_rc_box_acquire (copy.format);
  return copy;
}

/* The current context. */
static InkmlContext *
current (InkmlDocument *document)
{
  return &g_array_index (document->groups, InkmlContext, document->groups->len - 1);
}

static void
set_format (InkmlContext *context, InkmlFormat *format)
{
  g_rc_box_acquire (format);
  context_clear (context);
  context->format = format;
}

static const char *
attribute (const char **names, const char **values, const char *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (strcmp (names[i], name) == 0)
      return values[i];
  return NULL;
}

static char *
id_of (const char **names, const char **values)
{
  const char *id = attribute (names, values, "xml:id");

  return g_strdup (id != NULL ? id : attribute (names, values, "id"));
}

static double
number_attribute (const char **names, const char **values, const char *name)
{
  const char *text = attribute (names, values, name);
  const double number = text != NULL ? g_ascii_strtod (text, NULL) : 0.0;

  return isfinite ((float) number) ? number : 0.0;
}

/* The length of a unit in metres, 0 if it is not a unit of length. */
static double
metres_of (const char *units)
{
  static const struct
  {
    const char *name;
    double metres;
  } table[] = {
    { "m", 1.0 },          { "cm", 0.01 },       { "mm", 0.001 },      { "in", 0.0254 },
    { "pt", 0.0254 / 72 }, { "pc", 0.0254 / 6 }, { "himetric", 1e-5 },
  };

  for (guint i = 0; units != NULL && i < G_N_ELEMENTS (table); i++)
    if (strcmp (units, table[i].name) == 0)
      return table[i].metres;
  return 0.0;
}

static double
seconds_of (const char *units)
{
  if (g_strcmp0 (units, "s") == 0)
    return 1.0;
  if (g_strcmp0 (units, "us") == 0)
    return 1e-6;
  return 1e-3;
}

/* Applies the references of an element to @context. A missing brush leaves the width unknown; a
 * missing format is an error, because the trace cannot be read. */
static gboolean
apply_references (InkmlDocument *document,
                  const char **names,
                  const char **values,
                  InkmlContext *context,
                  GError **error)
{
  const char *reference = attribute (names, values, "contextRef");
  const char *const format_attributes[] = { "inkSourceRef", "traceFormatRef" };

  if (reference != NULL && strcmp (reference, "#DefaultContext") == 0)
    {
      context_clear (context);
      *context = (InkmlContext){ .format = inkml_format_new_default () };
    }
  else if (reference != NULL)
    {
      const InkmlContext *found =
          *reference == '#' ? g_hash_table_lookup (document->contexts, reference + 1) : NULL;

      if (found == NULL)
        {
          g_set_error (error, INK_ERROR, INK_ERROR_FORMAT,
                       _ ("the InkML file refers to the context “%.40s”, which it does not hold"),
                       reference);
          return FALSE;
        }
      context_clear (context);
      *context = context_copy (found);
    }
  for (guint i = 0; i < G_N_ELEMENTS (format_attributes); i++)
    {
      InkmlFormat *format;

      reference = attribute (names, values, format_attributes[i]);
      if (reference == NULL)
        continue;
      format = *reference == '#' ? g_hash_table_lookup (document->formats, reference + 1) : NULL;
      if (format == NULL)
        {
          g_set_error (error, INK_ERROR, INK_ERROR_FORMAT,
                       _ ("the InkML file refers to the trace format “%.40s”, which it does not "
                          "hold"),
                       reference);
          return FALSE;
        }
      set_format (context, format);
    }
  reference = attribute (names, values, "brushRef");
  if (reference != NULL)
    {
      const InkmlBrush *brush =
          *reference == '#' ? g_hash_table_lookup (document->brushes, reference + 1) : NULL;

      context->brush = brush != NULL ? *brush : (InkmlBrush){ 0 };
    }
  return TRUE;
}

static gboolean
start_channel (InkmlDocument *document, const char **names, const char **values, GError **error)
{
  const char *name = attribute (names, values, "name");
  const char *units = attribute (names, values, "units");
  const char *orientation = attribute (names, values, "orientation");
  InkmlChannel channel = { .kind = INKML_CHANNEL_OTHER, .factor = 1.0 };

  if (!document->in_format)
    return TRUE;
  if (g_strcmp0 (name, "X") == 0)
    {
      channel.kind = INKML_CHANNEL_X;
      document->format->metres = metres_of (units);
    }
  else if (g_strcmp0 (name, "Y") == 0)
    channel.kind = INKML_CHANNEL_Y;
  else if (g_strcmp0 (name, "F") == 0)
    {
      channel.kind = INKML_CHANNEL_F;
      channel.min = number_attribute (names, values, "min");
      channel.max = number_attribute (names, values, "max");
    }
  else if (g_strcmp0 (name, "T") == 0)
    {
      channel.kind = INKML_CHANNEL_T;
      channel.factor = seconds_of (units);
    }
  if (g_strcmp0 (orientation, "-ve") == 0 &&
      (channel.kind == INKML_CHANNEL_X || channel.kind == INKML_CHANNEL_Y))
    channel.factor = -1.0;
  return inkml_format_add (document->format, &channel, !document->in_intermittent, error);
}

/* <channelProperty channel="X" name="resolution" value="1000" units="1/cm"/> gives the unit of X
 * more exactly than the channel does. */
static void
start_channel_property (InkmlDocument *document, const char **names, const char **values)
{
  const char *units = attribute (names, values, "units");
  const double resolution = number_attribute (names, values, "value");

  if (document->in_source && g_strcmp0 (attribute (names, values, "channel"), "X") == 0 &&
      g_strcmp0 (attribute (names, values, "name"), "resolution") == 0 && units != NULL &&
      g_str_has_prefix (units, "1/") && resolution > 0.0)
    document->source_metres = metres_of (units + 2) / resolution;
}

static void
start_brush_property (InkmlDocument *document, const char **names, const char **values)
{
  double width;

  if (!document->in_brush || g_strcmp0 (attribute (names, values, "name"), "width") != 0)
    return;
  width = number_attribute (names, values, "value");
  if (width > 0.0)
    document->brush =
        (InkmlBrush){ .width = width, .metres = metres_of (attribute (names, values, "units")) };
}

static gboolean
start_trace (InkmlDocument *document, const char **names, const char **values, GError **error)
{
  const char *type = attribute (names, values, "type");
  const char *continuation = attribute (names, values, "continuation");

  document->in_trace = TRUE;
  document->trace_has_ink = g_strcmp0 (type, "penUp") != 0;
  document->trace_continues =
      g_strcmp0 (continuation, "middle") == 0 || g_strcmp0 (continuation, "end") == 0;
  g_string_truncate (document->text, 0);
  context_clear (&document->trace_context);
  document->trace_context = context_copy (current (document));
  return apply_references (document, names, values, &document->trace_context, error);
}

static gboolean
start_group (InkmlDocument *document, const char **names, const char **values, GError **error)
{
  InkmlContext context = context_copy (current (document));

  g_array_append_val (document->groups, context);
  return apply_references (document, names, values, current (document), error);
}

/* CROHME: <annotation type="truth">$3$</annotation> in the ink element says what is written. Those
 * of trace groups are about parts of it. */
static void
start_annotation (InkmlDocument *document, const char **names, const char **values)
{
  if (document->truth != NULL || document->groups->len > 1 || document->definitions > 0 ||
      document->in_trace || g_strcmp0 (attribute (names, values, "type"), "truth") != 0)
    return;
  document->in_truth = TRUE;
  document->truth = g_string_new (NULL);
}

/* Each ink element starts with the default context, not with the current one of the element before.
 */
static void
start_ink (InkmlDocument *document)
{
  document->any_ink = TRUE;
  context_clear (current (document));
  *current (document) = (InkmlContext){ .format = inkml_format_new_default () };
}

gboolean
inkml_document_start_element (InkmlDocument *document,
                              const char *name,
                              const char **names,
                              const char **values,
                              GError **error)
{
  if (strcmp (name, "ink") == 0)
    start_ink (document);
  else if (strcmp (name, "definitions") == 0)
    document->definitions++;
  else if (strcmp (name, "context") == 0 && !document->in_context)
    {
      document->in_context = TRUE;
      document->context_id = id_of (names, values);
      document->context = context_copy (current (document));
      return apply_references (document, names, values, &document->context, error);
    }
  else if (strcmp (name, "inkSource") == 0 && !document->in_source)
    {
      document->in_source = TRUE;
      document->source_id = id_of (names, values);
      document->source_metres = 0.0;
    }
  else if (strcmp (name, "traceFormat") == 0 && !document->in_format)
    {
      document->in_format = TRUE;
      document->format_id = id_of (names, values);
      document->format = inkml_format_new ();
    }
  else if (strcmp (name, "intermittentChannels") == 0)
    document->in_intermittent = TRUE;
  else if (strcmp (name, "channel") == 0)
    return start_channel (document, names, values, error);
  else if (strcmp (name, "channelProperty") == 0)
    start_channel_property (document, names, values);
  else if (strcmp (name, "brush") == 0 && !document->in_brush)
    {
      document->in_brush = TRUE;
      document->brush_id = id_of (names, values);
      document->brush = (InkmlBrush){ 0 };
    }
  else if (strcmp (name, "brushProperty") == 0)
    start_brush_property (document, names, values);
  else if (strcmp (name, "annotation") == 0)
    start_annotation (document, names, values);
  else if (strcmp (name, "traceGroup") == 0)
    return start_group (document, names, values, error);
  else if (strcmp (name, "trace") == 0)
    return start_trace (document, names, values, error);
  return TRUE;
}

/* A format applies to the ink source or context that contains it, otherwise to all traces that
 * follow. A named format among the definitions applies only where it is referred to. */
static void
end_format (InkmlDocument *document)
{
  InkmlFormat *format = g_steal_pointer (&document->format);
  const gboolean named = document->format_id != NULL;

  document->in_format = FALSE;
  document->in_intermittent = FALSE;
  if (document->in_source)
    {
      g_clear_pointer (&document->source_format, g_rc_box_release);
      document->source_format = g_rc_box_acquire (format);
    }
  else if (document->in_context)
    set_format (&document->context, format);
  else if (!named || document->definitions == 0)
    set_format (current (document), format);
  if (named)
    g_hash_table_replace (document->formats, g_steal_pointer (&document->format_id), format);
  else
    g_rc_box_release (format);
}

static void
end_source (InkmlDocument *document)
{
  InkmlFormat *format = g_steal_pointer (&document->source_format);

  document->in_source = FALSE;
  if (format == NULL)
    format = inkml_format_new_default ();
  if (document->source_metres > 0.0)
    format->metres = document->source_metres;
  if (document->in_context)
    set_format (&document->context, format);
  else if (document->source_id == NULL || document->definitions == 0)
    set_format (current (document), format);
  if (document->source_id != NULL)
    g_hash_table_replace (document->formats, g_steal_pointer (&document->source_id), format);
  else
    g_rc_box_release (format);
}

static void
end_context (InkmlDocument *document)
{
  document->in_context = FALSE;
  if (document->definitions == 0)
    {
      context_clear (current (document));
      *current (document) = context_copy (&document->context);
    }
  if (document->context_id != NULL)
    {
      InkmlContext copy = context_copy (&document->context);

      g_hash_table_replace (document->contexts, g_steal_pointer (&document->context_id),
                            g_memdup2 (&copy, sizeof copy));
    }
  context_clear (&document->context);
}

static void
end_brush (InkmlDocument *document)
{
  document->in_brush = FALSE;
  if (document->in_context)
    document->context.brush = document->brush;
  else if (document->brush_id == NULL || document->definitions == 0)
    current (document)->brush = document->brush;
  if (document->brush_id != NULL)
    g_hash_table_replace (document->brushes, g_steal_pointer (&document->brush_id),
                          g_memdup2 (&document->brush, sizeof (InkmlBrush)));
}

static gboolean
end_trace (InkmlDocument *document, GError **error)
{
  const InkmlFormat *format = document->trace_context.format;
  const InkmlBrush *brush = &document->trace_context.brush;
  const guint begin = document->points->len;
  InkmlTrace trace;

  document->in_trace = FALSE;
  if (!document->trace_has_ink)
    return TRUE;
  if (!inkml_trace_decode (format, document->text->str, document->points, INK_MAX_POINTS, error))
    return FALSE;
  if (document->points->len == begin)
    return TRUE;

  trace.end = document->points->len;
  trace.width = brush->metres > 0.0 ? 0.0 : brush->width;
  if (brush->metres > 0.0 && format->metres > 0.0)
    trace.width = brush->width * brush->metres / format->metres;
  if (document->trace_continues && document->traces->len > 0)
    {
      g_array_index (document->traces, InkmlTrace, document->traces->len - 1).end = trace.end;
      return TRUE;
    }
  if (document->traces->len >= INK_MAX_STROKES)
    {
      g_set_error (error, INK_ERROR, INK_ERROR_TOO_LARGE,
                   _ ("the InkML file has more than %d traces"), INK_MAX_STROKES);
      return FALSE;
    }
  g_array_append_val (document->traces, trace);
  return TRUE;
}

gboolean
inkml_document_end_element (InkmlDocument *document, const char *name, GError **error)
{
  if (strcmp (name, "definitions") == 0)
    document->definitions--;
  else if (strcmp (name, "context") == 0 && document->in_context)
    end_context (document);
  else if (strcmp (name, "inkSource") == 0 && document->in_source)
    end_source (document);
  else if (strcmp (name, "traceFormat") == 0 && document->in_format)
    end_format (document);
  else if (strcmp (name, "intermittentChannels") == 0)
    document->in_intermittent = FALSE;
  else if (strcmp (name, "brush") == 0 && document->in_brush)
    end_brush (document);
  else if (strcmp (name, "traceGroup") == 0)
    {
      context_clear (current (document));
      g_array_set_size (document->groups, document->groups->len - 1);
    }
  else if (strcmp (name, "annotation") == 0)
    document->in_truth = FALSE;
  else if (strcmp (name, "trace") == 0 && document->in_trace)
    return end_trace (document, error);
  return TRUE;
}

void
inkml_document_add_text (InkmlDocument *document, const char *text, gsize length)
{
  if (document->in_trace)
    g_string_append_len (document->text, text, (gssize) length);
  else if (document->in_truth && document->truth->len + length <= MAX_TRUTH)
    g_string_append_len (document->truth, text, (gssize) length);
}

void
inkml_document_init (InkmlDocument *document)
{
  const InkmlContext context = { .format = inkml_format_new_default () };

  document->formats = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_rc_box_release);
  document->contexts =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) context_free);
  document->brushes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  document->groups = g_array_new (FALSE, FALSE, sizeof (InkmlContext));
  document->points = g_array_new (FALSE, FALSE, sizeof (InkmlPoint));
  document->traces = g_array_new (FALSE, FALSE, sizeof (InkmlTrace));
  document->text = g_string_new (NULL);
  g_array_append_val (document->groups, context);
}

void
inkml_document_clear (InkmlDocument *document)
{
  for (guint i = 0; i < document->groups->len; i++)
    context_clear (&g_array_index (document->groups, InkmlContext, i));
  context_clear (&document->context);
  context_clear (&document->trace_context);
  g_clear_pointer (&document->format, g_rc_box_release);
  g_clear_pointer (&document->source_format, g_rc_box_release);
  g_free (document->context_id);
  g_free (document->source_id);
  g_free (document->format_id);
  g_free (document->brush_id);
  g_array_unref (document->groups);
  g_array_unref (document->points);
  g_array_unref (document->traces);
  g_hash_table_unref (document->formats);
  g_hash_table_unref (document->contexts);
  g_hash_table_unref (document->brushes);
  g_string_free (document->text, TRUE);
  if (document->truth != NULL)
    g_string_free (document->truth, TRUE);
}
