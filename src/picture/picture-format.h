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
 * @step: the step of the ticks; 0: as many digits as the value needs
 *
 * With the decimal sign and the grouping of the locale; a power of ten where that is shorter. A
 * percentage comes without its sign, which one label of the axis carries for all.
 *
 * Returns: (transfer full)
 */
char *picture_format_tick (PictureFormat format, double value, double step);

/* (transfer full): with three significant digits, or hundredths of a percent with the sign. */
char *picture_format_value (PictureFormat format, double value);

/* (transfer full): 0.874 as "87 %" with no decimals, as the language has it. */
char *picture_format_percent (double share, guint decimals);

/* (transfer full): with so many decimals, but no zeros at the end */
char *picture_format_decimals (double value, guint decimals);

G_END_DECLS
