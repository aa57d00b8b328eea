/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "nn-error.h"
#include "nn-setting.h"

G_BEGIN_DECLS

/**
 * NnAugment:
 * @rotation: degrees: largest rotation in either direction
 * @scale: largest relative change of the size; each axis changes by up to half of it besides
 * @shear: degrees: largest slant of vertical lines in either direction
 * @shift: pixels: largest displacement of the centre of mass; nothing else moves it
 * @elastic: pixels, standard deviation of the displacement of each point
 * @smoothness: pixels, standard deviation of the Gaussian that smooths the displacements
 * @stroke: largest change of the line width; 1 is about a pixel on each side
 * @ink: if a sample has ink, how much its strokes are bent and moved against each other before
 *   they are drawn; 1 is about the variation within one person's digits
 *
 * The random transformation of a sample each time it is trained on: uniform within the bounds,
 * plus an elastic distortion as in Simard, Steinkraus and Platt, "Best Practices for
 * Convolutional Neural Networks", 2003. All zero: no augmentation. Plain data.
 */
typedef struct
{
  double rotation;
  double scale;
  double shear;
  double shift;
  double elastic;
  double smoothness;
  double stroke;
  double ink;
} NnAugment;

/* One row for each member. */
#define NN_N_AUGMENT_FIELDS 8
extern const NnSetting nn_augment_settings[NN_N_AUGMENT_FIELDS];

static inline double *
nn_augment_field (NnAugment *augment, guint i)
{
  return (double *) (void *) ((char *) augment + nn_augment_settings[i].offset);
}

static inline double
nn_augment_get (const NnAugment *augment, guint i)
{
  return *nn_augment_field ((NnAugment *) augment, i);
}

/* Presets: "none", "light", "strong". */
#define NN_N_AUGMENT_PRESETS 3
void nn_augment_preset (guint preset, NnAugment *augment);

/* Whether any member is above zero. */
gboolean nn_augment_is_on (const NnAugment *augment);
gboolean nn_augment_equal (const NnAugment *a, const NnAugment *b);

/* NN_ERROR_CONFIG with a message that names the member and its range. */
gboolean nn_augment_validate (const NnAugment *augment, GError **error);

/**
 * nn_augment_from_string: nn_augment_to_string:
 *
 * The text form: "strong", "rotation=15,elastic=1.2", "light,shift=2". An optional preset comes
 * first, and fields override it. Without a preset, fields that are not named are zero.
 * nn_augment_to_string() writes only the name if the values are those of a preset; free its
 * result with g_free(). NN_ERROR_CONFIG.
 */
gboolean nn_augment_from_string (const char *text, NnAugment *augment, GError **error);
char *nn_augment_to_string (const NnAugment *augment);

G_END_DECLS
