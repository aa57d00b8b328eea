/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ink-distort.h"
#include "ink-generator-nondigit.h"

/* A seed must give the same drawings in every version: data sets are named by their seed, and a
 * run that is repeated draws them again. */

#define N_SAMPLES 20

/* FNV-1a of 64 bits, byte by byte. */
static guint64
hash_add (guint64 hash, gint64 value)
{
  for (guint byte = 0; byte < 8; byte++)
    hash = (hash ^ ((guint64) value >> (8 * byte) & 0xff)) * G_GUINT64_CONSTANT (0x100000001b3);
  return hash;
}

/* Coordinates in 1/16 unit, pressures in 1/1024 and times in 1/16384 second: libraries of
 * mathematics differ in the last bit of a sine. */
static guint64
hash_drawing (guint64 hash, const InkDrawing *drawing)
{
  hash = hash_add (hash, drawing->n_strokes);
  for (guint s = 0; s < drawing->n_strokes; s++)
    {
      const InkStroke *stroke = drawing->strokes[s];

      hash = hash_add (hash, stroke->n_points);
      hash = hash_add (hash, llround ((double) stroke->width * 16));
      for (guint p = 0; p < stroke->n_points; p++)
        {
          const InkPoint *point = &stroke->points[p];

          hash = hash_add (hash, llround ((double) point->x * 16));
          hash = hash_add (hash, llround ((double) point->y * 16));
          hash = hash_add (hash, llround ((double) point->pressure * 1024));
          hash = hash_add (hash, llround ((double) point->time * 16384));
        }
    }
  return hash;
}

static guint64
hash_start (void)
{
  return G_GUINT64_CONSTANT (0xcbf29ce484222325);
}

static void
test_digits (void)
{
  static const guint64 expected[] = { G_GUINT64_CONSTANT (0xc37a6e3b3ea723b5),
                                      G_GUINT64_CONSTANT (0x16d9da1926dec04a),
                                      G_GUINT64_CONSTANT (0x9265711958a9630c) };

  for (guint version = 1; version <= INK_GENERATOR_VERSION; version++)
    {
      guint64 hash = hash_start ();

      for (guint64 i = 0; i < N_SAMPLES; i++)
        for (guint digit = 0; digit < INK_GENERATOR_N_DIGITS; digit++)
          {
            InkGenerator generator;
            g_autoptr (InkDrawing) drawing = NULL;

            ink_generator_init (&generator, 20 + digit, i);
            generator.version = version;
            drawing = ink_generator_digit (&generator, digit, NULL);
            hash = hash_drawing (hash, drawing);
          }
      g_assert_cmphex (hash, ==, expected[version - 1]);
    }
}

static void
test_non_digits (void)
{
  guint64 hash = hash_start ();

  for (guint64 i = 0; i < N_SAMPLES; i++)
    for (guint kind = INK_NONDIGIT_LETTER; kind < INK_NONDIGIT_END; kind++)
      {
        InkGenerator generator;
        g_autoptr (InkDrawing) drawing = NULL;

        ink_generator_init (&generator, kind, i);
        drawing = ink_generator_nondigit (&generator, kind, i % 2, NULL);
        hash = hash_drawing (hash, drawing);
      }
  g_assert_cmphex (hash, ==, G_GUINT64_CONSTANT (0x5d71ff5a3bb2a8a6));
}

static void
test_distortion (void)
{
  static const InkDistortion distortion = {
    .rotation = 12, .shear = 10, .stretch = 0.2, .elastic = 0.03, .smoothness = 0.2, .freedom = 0.5
  };
  InkGenerator generator;
  g_autoptr (InkDrawing) drawing = NULL;
  guint64 hash = hash_start ();

  ink_generator_init (&generator, 1, 2);
  generator.version = 1;
  drawing = ink_generator_digit (&generator, 4, NULL);
  for (guint64 seed = 0; seed < 50; seed++)
    {
      g_autoptr (InkDrawing) distorted = ink_drawing_distort (drawing, &distortion, seed);

      hash = hash_drawing (hash, distorted);
    }
  g_assert_cmphex (hash, ==, G_GUINT64_CONSTANT (0x402e7381bc446bb9));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ink/checksum/digits", test_digits);
  g_test_add_func ("/ink/checksum/non-digits", test_non_digits);
  g_test_add_func ("/ink/checksum/distortion", test_distortion);
  return g_test_run ();
}
