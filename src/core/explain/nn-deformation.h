/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Distance of the points of the grid, in pixels. */
#define NN_DEFORMATION_SPACING 4

/**
 * NnDeformation:
 * @width: @height: of the image
 * @n_columns: @n_rows: of the grid
 * @control: [2, n_rows, n_columns] horizontal and vertical displacement in pixels
 *
 * A smooth deformation of an image: a displacement at each pixel, interpolated between the points
 * of a coarse grid by cubic B-splines (Rueckert et al., "Nonrigid registration using free-form
 * deformations", 1999). The deformed image has at a pixel what the image has at the pixel plus its
 * displacement, interpolated bilinearly, with background around the image.
 */
typedef struct
{
  guint width, height;
  guint n_columns, n_rows;
  float *control;
  /*< private >*/
  float *across, *down; /* [width, n_columns], [height, n_rows]: weights of the points */
} NnDeformation;

/* None: all displacements are zero. */
NnDeformation *nn_deformation_new (guint width, guint height);
NnDeformation *nn_deformation_copy (const NnDeformation *deformation);
void nn_deformation_free (NnDeformation *deformation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnDeformation, nn_deformation_free)

/* Number of values in @control. */
gsize nn_deformation_size (const NnDeformation *deformation);

/* field: (out): [2, height, width] the displacement of each pixel */
void nn_deformation_field (const NnDeformation *deformation, float *field);

/**
 * nn_deformation_apply:
 * @share: of the deformation: 0 for the image as it is, 1 for the whole deformation
 * @x: [height, width]
 * @y: (out): [height, width]
 */
void nn_deformation_apply (const NnDeformation *deformation, float share, const float *x, float *y);

/**
 * nn_deformation_backward:
 * @x: the image that was deformed as a whole
 * @dy: [height, width] gradient of a scalar at the deformed image
 * @dcontrol: (inout): [2, n_rows, n_columns] the gradient is added
 */
void nn_deformation_backward (const NnDeformation *deformation,
                              const float *x,
                              const float *dy,
                              float *dcontrol);

/**
 * nn_deformation_bending:
 * @dcontrol: (inout) (nullable): @weight times its gradient is added
 *
 * The bending energy: the sum of squares of the second differences of the grid, the mixed ones
 * twice. Moving, turning and stretching the whole image costs nothing.
 */
double nn_deformation_bending (const NnDeformation *deformation, double weight, float *dcontrol);

/* Mean length of the displacement in pixels, over the pixels of the deformed image @y, each
 * weighted by its ink; 0 without ink. */
double nn_deformation_mean (const NnDeformation *deformation, const float *y);

G_END_DECLS
