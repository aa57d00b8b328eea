/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "picture-print.h"

#define N_DIGITS 10

static void
print_all (PicturePrint *print, guint64 seed, guint8 pixels[N_DIGITS][INK_TENSOR_SIZE])
{
  for (guint digit = 0; digit < N_DIGITS; digit++)
    {
      InkRandom random;

      ink_random_init (&random, seed, digit);
      picture_print_digit (print, digit, &random, pixels[digit]);
    }
}

static gsize
ink_of (const guint8 pixels[INK_TENSOR_SIZE])
{
  gsize ink = 0;

  for (guint i = 0; i < INK_TENSOR_SIZE; i++)
    ink += pixels[i] >= 128;
  return ink;
}

/* Each digit is there, in the middle; the same seed gives the same pixels. */
static void
test_print (void)
{
  g_autoptr (PicturePrint) print = picture_print_new (FALSE);
  guint8 first[N_DIGITS][INK_TENSOR_SIZE], again[N_DIGITS][INK_TENSOR_SIZE];

  if (print == NULL)
    {
      g_test_skip ("no font here is for training");
      return;
    }
  print_all (print, 1, first);
  print_all (print, 1, again);
  g_assert_cmpmem (first, sizeof first, again, sizeof again);
  print_all (print, 2, again);
  g_assert_cmpint (memcmp (first, again, sizeof first), !=, 0);
  for (guint digit = 0; digit < N_DIGITS; digit++)
    {
      g_assert_cmpuint (ink_of (first[digit]), >, 10);
      g_assert_cmpuint (ink_of (first[digit]), <, 400);
      /* The border that MNIST's images have. */
      for (guint i = 0; i < INK_TENSOR_SIDE; i++)
        g_assert_cmpuint (first[digit][i], <, 128);
    }
}

/* A family is for training or for testing. */
static void
test_unseen (void)
{
  g_autoptr (PicturePrint) seen = picture_print_new (FALSE), unseen = picture_print_new (TRUE);
  guint8 first[N_DIGITS][INK_TENSOR_SIZE], other[N_DIGITS][INK_TENSOR_SIZE];

  if (seen == NULL || unseen == NULL)
    {
      g_test_skip ("there are too few fonts here");
      return;
    }
  g_test_message ("%u and %u families", picture_print_get_n_families (seen),
                  picture_print_get_n_families (unseen));
  print_all (seen, 1, first);
  print_all (unseen, 1, other);
  g_assert_cmpint (memcmp (first, other, sizeof first), !=, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/print", test_print);
  g_test_add_func ("/picture/print/unseen", test_unseen);
  return g_test_run ();
}
