/* SPDX-License-Identifier: CC0-1.0 */

/* A window that moves over an image: the sizes of the image before and after it, of the window, and
 * how far it moves; padding is rows and columns of zeros around the image. */
typedef struct
{
  size_t channels, height, width;
  size_t out_channels, out_height, out_width;
  size_t kernel_height, kernel_width;
  size_t stride, padding;
} NumeralWindow;
