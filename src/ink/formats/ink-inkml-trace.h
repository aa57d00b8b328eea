/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ink-error.h"

G_BEGIN_DECLS

/* More channels than any pen has. */
#define INKML_MAX_CHANNELS 32

typedef enum
{
  INKML_CHANNEL_OTHER, /* read over */
  INKML_CHANNEL_X,
  INKML_CHANNEL_Y,
  INKML_CHANNEL_F,
  INKML_CHANNEL_T,
} InkmlChannelKind;

/**
 * InkmlChannel:
 * @factor: converts the file's units and orientation to ours: 1 or -1 for X and Y, seconds for T
 * @min: @max: the declared range; equal where none was declared
 */
typedef struct
{
  InkmlChannelKind kind;
  double factor;
  double min, max;
} InkmlChannel;

/**
 * InkmlFormat:
 * @n_channels: regular and intermittent ones; further values are ignored
 * @n_regular: the number of leading channels, which every point must give
 * @metres: the length of one unit of X; 0 if unknown
 *
 * A trace format. Shared with g_rc_box_*().
 */
typedef struct
{
  guint n_channels;
  guint n_regular;
  InkmlChannel channels[INKML_MAX_CHANNELS];
  double metres;
} InkmlFormat;

/**
 * InkmlPoint:
 * @force: as in the file, or scaled to the declared range; negative if the file has none
 * @time: in seconds, from the start that the file uses
 */
typedef struct
{
  double x, y;
  double force;
  double time;
} InkmlPoint;

/* X and Y, the default of a file without a trace format (InkML, section 3.1.5). */
InkmlFormat *inkml_format_new_default (void);
/* Without channels. */
InkmlFormat *inkml_format_new (void);
gboolean inkml_format_add (InkmlFormat *format,
                           const InkmlChannel *channel,
                           gboolean regular,
                           GError **error);

/**
 * inkml_trace_decode:
 * @text: the content of a trace element
 * @points: (element-type InkmlPoint): the points are added here
 * @max_points: how long @points may grow
 *
 * Decodes explicit values, first and second differences, and the wild cards.
 * Points with an unknown position ("?") are left out.
 *
 * Returns: %FALSE with INK_ERROR_FORMAT, INK_ERROR_VALUE or INK_ERROR_TOO_LARGE
 */
gboolean inkml_trace_decode (
    const InkmlFormat *format, const char *text, GArray *points, guint max_points, GError **error);

G_END_DECLS
