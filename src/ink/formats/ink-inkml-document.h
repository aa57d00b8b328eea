/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-inkml-trace.h"

G_BEGIN_DECLS

/* @metres: the unit of the width; 0 for the unit of the coordinates. @width: 0 if unknown. */
typedef struct
{
  double width;
  double metres;
} InkmlBrush;

/* The attributes that apply to a trace. */
typedef struct
{
  InkmlFormat *format; /* (rc) */
  InkmlBrush brush;
} InkmlContext;

/* A trace as read; its final scale depends on the whole document. */
typedef struct
{
  guint end;    /* index of the first point of the next trace */
  double width; /* 0 where unknown */
} InkmlTrace;

typedef struct
{
  GHashTable *formats;  /* id -> InkmlFormat (rc), of trace formats and ink sources */
  GHashTable *contexts; /* id -> InkmlContext */
  GHashTable *brushes;  /* id -> InkmlBrush */
  GArray *groups;       /* InkmlContext: the outermost one, then one for each open trace group */
  GArray *points;       /* InkmlPoint, of all traces */
  GArray *traces;       /* InkmlTrace */

  gboolean any_ink;
  guint definitions; /* number of open elements */

  /* The open elements with their ids; an id may be %NULL. */
  gboolean in_context, in_source, in_format, in_intermittent, in_brush, in_trace, in_truth;
  char *context_id, *source_id, *format_id, *brush_id;
  InkmlContext context;
  InkmlFormat *format;
  double source_metres; /* from the source's resolution, 0 if unknown */
  InkmlFormat *source_format;
  InkmlBrush brush;
  InkmlContext trace_context;
  gboolean trace_has_ink, trace_continues;
  GString *text;
  GString *truth; /* the annotation "truth" of the whole file, %NULL before it */
} InkmlDocument;

void inkml_document_init (InkmlDocument *document);
void inkml_document_clear (InkmlDocument *document);

/* Called by the markup parser, with names without their prefix. %FALSE with INK_ERROR_*. */
gboolean inkml_document_start_element (InkmlDocument *document,
                                       const char *name,
                                       const char **names,
                                       const char **values,
                                       GError **error);
gboolean inkml_document_end_element (InkmlDocument *document, const char *name, GError **error);
void inkml_document_add_text (InkmlDocument *document, const char *text, gsize length);

G_END_DECLS
