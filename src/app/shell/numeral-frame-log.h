/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-window.h"

G_BEGIN_DECLS

/* A frame is late if the program delays it by more than this after the previous frame. */
#define NUMERAL_FRAME_LATE_MS 33.0

/**
 * NumeralFrameSummary:
 * @frames: @late: number of frames, and of late ones
 * @frame_p50: @frame_p99: @frame_max: interval between frames, in ms; NaN without frames
 * @pointers: number of pointer events that changed the drawing
 * @pointer_p50: @pointer_p99: @pointer_max: time from the canvas's event to the frame with the
 *   resulting bars, in ms
 * @next_frame: share of these events whose bars were in the next frame; NaN without events
 * @queued_p99: time that GTK held an event until the next frame; NaN if the display has another
 *   clock
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
 * Measures the window while it runs. It requests every frame, so that a late frame was delayed
 * by the program. Time that the main loop waited for longer than a frame, such as for a
 * compositor that hides the window, is not counted. Writes a line of JSON for each frame and for
 * each pointer event that changed the drawing, and a summary at the end. There may be one in a
 * process.
 */

/* Truncates the file at @path. G_IO_ERROR_*. */
NumeralFrameLog *numeral_frame_log_new (const char *path, GError **error);
/* Measures @window from now until it is closed. */
void numeral_frame_log_watch (NumeralFrameLog *self, NumeralWindow *window);
/* Writes the summary and stops. G_IO_ERROR_* if anything could not be written. */
gboolean numeral_frame_log_close (NumeralFrameLog *self, GError **error);

/* Summarises all frames, or those during training. */
void numeral_frame_log_summarise (NumeralFrameLog *self,
                                  gboolean training,
                                  NumeralFrameSummary *summary);

G_END_DECLS
