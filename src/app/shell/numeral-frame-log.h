/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-window.h"

G_BEGIN_DECLS

/* A frame that comes later than this after the one before it, through our own doing, is late. */
#define NUMERAL_FRAME_LATE_MS 33.0

/**
 * NumeralFrameSummary:
 * @frames: @late: how many
 * @frame_p50: @frame_p99: @frame_max: from one frame to the next, in ms; NaN without any
 * @pointers: how many events of the pointer changed the drawing
 * @pointer_p50: @pointer_p99: @pointer_max: from when the canvas got the event until the frame with
 *   the bars that came of it was drawn, in ms
 * @next_frame: the share of them whose bars were in the very next frame that was drawn; NaN without
 *   any
 * @queued_p99: how long GTK kept an event before, until it was time for a frame; NaN where the
 *   clock of the display is another
 */
typedef struct
{
  guint frames, late;
  double frame_p50, frame_p99, frame_max;
  guint pointers;
  double pointer_p50, pointer_p99, pointer_max;
  double next_frame;
  double queued_p99;
} NumeralFrameSummary;

#define NUMERAL_TYPE_FRAME_LOG (numeral_frame_log_get_type ())
G_DECLARE_FINAL_TYPE (NumeralFrameLog, numeral_frame_log, NUMERAL, FRAME_LOG, GObject)

/**
 * NumeralFrameLog:
 *
 * Measures the window while it runs. It asks for every frame, so that each one that comes late is
 * late because something kept it; only what the main loop spent waiting for more than a frame, as
 * for a compositor that shows nothing, is not counted. Writes a line of JSON for each frame and for
 * each event of the pointer that changed the drawing, and a summary at the end. There may be one in
 * a process.
 */

/* Truncates the file at @path. G_IO_ERROR_*. */
NumeralFrameLog *numeral_frame_log_new (const char *path, GError **error);
/* Measures @window from now until it is closed. */
void numeral_frame_log_watch (NumeralFrameLog *self, NumeralWindow *window);
/* Writes the summary and no more. G_IO_ERROR_* if anything could not be written. */
gboolean numeral_frame_log_close (NumeralFrameLog *self, GError **error);

/* Of all frames, or of those that came while a network was trained. */
void numeral_frame_log_summarise (NumeralFrameLog *self,
                                  gboolean training,
                                  NumeralFrameSummary *summary);

G_END_DECLS
