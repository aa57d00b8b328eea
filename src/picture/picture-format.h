/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a chart writes its values; percent takes 1 for 100 %. */
typedef enum
{
  PICTURE_FORMAT_NUMBER,
  PICTURE_FORMAT_PERCENT,
} PictureFormat;

/**
 * picture_format_tick:
 * @step: the distance of the ticks, which decides the decimals; 0: as many as the value needs
 *
 * Formats a tick's value with the decimal sign and the grouping of the locale, or with a power of
 * ten where that is shorter. A percentage has no percent sign: the axis shows it once.
 *
 * Returns: (transfer full)
 */
char *picture_format_tick (PictureFormat format, double value, double step);

/* (transfer full): with three significant digits; a percentage with two decimals and the percent
 * sign. */
char *picture_format_value (PictureFormat format, double value);

/* (transfer full): 0.874 with 0 decimals as "87 %", in the form of the language. */
char *picture_format_percent (double share, guint decimals);

/* (transfer full): with at most @decimals decimals, without trailing zeros */
char *picture_format_decimals (double value, guint decimals);

G_END_DECLS
