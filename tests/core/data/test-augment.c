/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core-test.h"
#include "nn-augmenter.h"

#define SIDE 28
#define SIZE (SIDE * SIDE)
/* A slope of so many greys a pixel, from which a look's pixels tell where they came from. */
#define SLOPE 8.0
#define BASE 20.0

static NnAugment
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  NnAugment augment;

  nn_augment_from_string (text, &augment, &error);
  g_assert_no_error (error);
  return augment;
}

static void
test_text (void)
{
  static const struct
  {
    const char *text, *back;
  } cases[] = {
    { "none", "none" },
    { "light", "light" },
    { "strong", "strong" },
    { "rotation=0", "none" },
    { "rotation=15,elastic=1.25", "rotation=15,elastic=1.25" },
    { " strong , rotation=15 ", "strong" },
    { "elastic=0.1,smoothness=7", "elastic=0.1,smoothness=7" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      NnAugment augment = parse (cases[i].text), again;
      g_autofree char *back = nn_augment_to_string (&augment);

      g_assert_cmpstr (back, ==, cases[i].back);
      again = parse (back);
      g_assert_true (nn_augment_equal (&augment, &again));
    }
  g_assert_cmpfloat (parse ("light,shift=3").shift, ==, 3);
  g_assert_cmpfloat (parse ("light,shift=3").rotation, ==, parse ("light").rotation);
}

static void
test_text_refused (void)
{
  static const char *const cases[] = {
    "",
    "heavy",
    "rotation",
    "rotation=",
    "rotation=x",
    "rotation=1x",
    "rotation=-1",
    "rotation=181",
    "elastic=nan",
    "scale=inf",
    "smoothness=0",
    "turn=3",
    "shift=1,light",
    "rotation =1",
    "stroke=1.5",
    "ink=4",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      NnAugment augment;

      g_assert_false (nn_augment_from_string (cases[i], &augment, &error));
      core_test_error (&error, NN_ERROR_CONFIG);
    }
}

static void
test_presets (void)
{
  static const char *const names[NN_N_AUGMENT_PRESETS] = { "none", "light", "strong" };

  for (guint i = 0; i < NN_N_AUGMENT_PRESETS; i++)
    {
      NnAugment augment, parsed = parse (names[i]);

      nn_augment_preset (i, &augment);
      g_assert_true (nn_augment_equal (&augment, &parsed));
      g_assert_cmpint (nn_augment_is_on (&augment), ==, i > 0);
    }
}

/* Pixels along @dx columns and @dy rows from the middle, as a slope of greys. */
static void
make_slope (guint8 *pixels, int dx, int dy)
{
  for (int row = 0; row < SIDE; row++)
    for (int column = 0; column < SIDE; column++)
      pixels[row * SIDE + column] = (guint8) (BASE + SLOPE * (dx * column + dy * row));
}

/* Where the ink of a pixel came from along the slope, in pixels. */
static double
place (const guint8 *pixels, int row, int column)
{
  return (pixels[row * SIDE + column] - BASE) / SLOPE;
}

static void
test_off (void)
{
  NnAugment augment = parse ("none");
  g_autoptr (NnAugmenter) augmenter = nn_augmenter_new (&augment, SIDE, SIDE);
  guint8 from[SIZE], to[SIZE];

  make_slope (from, 1, 0);
  for (guint key = 0; key < 10; key++)
    {
      nn_augmenter_apply (augmenter, key, from, to);
      g_assert_cmpmem (from, SIZE, to, SIZE);
    }
}

/* One bound at a time: what a look shows never leaves it, and comes near it now and then. */
typedef struct
{
  const char *name, *text;
  double bound;
  double (*measure) (NnAugmenter *augmenter, guint64 key);
} BoundCase;

static void
look_along (NnAugmenter *augmenter, guint64 key, int dx, int dy, guint8 *to)
{
  guint8 from[SIZE];

  make_slope (from, dx, dy);
  nn_augmenter_apply (augmenter, key, from, to);
}

/* The four entries of the map from a look to where it came from, about the middle. */
static void
measure_map (NnAugmenter *augmenter, guint64 key, double map[4])
{
  guint8 x[SIZE], y[SIZE];
  const int c = SIDE / 2, r = 5;

  look_along (augmenter, key, 1, 0, x);
  look_along (augmenter, key, 0, 1, y);
  map[0] = (place (x, c, c + r) - place (x, c, c - r)) / (2 * r);
  map[1] = (place (x, c + r, c) - place (x, c - r, c)) / (2 * r);
  map[2] = (place (y, c, c + r) - place (y, c, c - r)) / (2 * r);
  map[3] = (place (y, c + r, c) - place (y, c - r, c)) / (2 * r);
}

static double
measure_rotation (NnAugmenter *augmenter, guint64 key)
{
  double map[4];

  measure_map (augmenter, key, map);
  g_assert_cmpfloat_with_epsilon (map[0] * map[3] - map[1] * map[2], 1, 0.05);
  return atan2 (map[1], map[0]) * 180 / G_PI;
}

static double
measure_shear (NnAugmenter *augmenter, guint64 key)
{
  double map[4];

  measure_map (augmenter, key, map);
  g_assert_cmpfloat_with_epsilon (map[0], 1, 0.02);
  g_assert_cmpfloat_with_epsilon (map[2], 0, 0.02);
  g_assert_cmpfloat_with_epsilon (map[3], 1, 0.02);
  return atan (map[1]) * 180 / G_PI;
}

static double
measure_scale (NnAugmenter *augmenter, guint64 key)
{
  double map[4];

  measure_map (augmenter, key, map);
  g_assert_cmpfloat_with_epsilon (map[1], 0, 0.02);
  g_assert_cmpfloat_with_epsilon (map[2], 0, 0.02);
  return 1 / map[0] - 1;
}

static double
measure_shift (NnAugmenter *augmenter, guint64 key)
{
  guint8 x[SIZE];

  look_along (augmenter, key, 1, 0, x);
  return place (x, SIDE / 2, SIDE / 2) - SIDE / 2;
}

static const BoundCase bound_cases[] = {
  { "rotation", "rotation=20", 20, measure_rotation },
  { "shear", "shear=20", 20, measure_shear },
  /* Both axes by it, and each by another half. */
  { "scale", "scale=0.2", 0.3, measure_scale },
  { "shift", "shift=3", 3, measure_shift },
};

static void
test_bound (gconstpointer data)
{
  const BoundCase *c = data;
  NnAugment augment = parse (c->text);
  g_autoptr (NnAugmenter) augmenter = nn_augmenter_new (&augment, SIDE, SIDE);
  double low = 0, high = 0;

  for (guint key = 0; key < 400; key++)
    {
      double value = c->measure (augmenter, key);

      low = MIN (low, value);
      high = MAX (high, value);
    }
  /* Greys are whole numbers: an eighth of a pixel, here and there. */
  g_assert_cmpfloat (low, >=, -c->bound * 1.06 - 0.1);
  g_assert_cmpfloat (high, <=, c->bound * 1.06 + 0.1);
  g_assert_cmpfloat (low, <=, -c->bound * 0.7);
  g_assert_cmpfloat (high, >=, c->bound * 0.7);
}

/* Standard deviation of how much further points @apart from each other along a column are moved
 * along the row: one that is the same for all would be none. */
static double
elastic_deviation (NnAugmenter *augmenter, int apart)
{
  const guint n = 2000;
  double sum = 0, squares = 0;

  for (guint key = 0; key < n; key++)
    {
      guint8 x[SIZE];
      double difference;

      look_along (augmenter, key, 1, 0, x);
      difference =
          place (x, (SIDE + apart) / 2, SIDE / 2) - place (x, (SIDE - apart) / 2, SIDE / 2);
      sum += difference;
      squares += difference * difference;
    }
  g_assert_cmpfloat_with_epsilon (sum / n, 0, 0.15);
  return sqrt (squares / n);
}

/* Displacements have the asked deviation, and neighbours move alike: noise smoothed by a Gaussian
 * of deviation s correlates by exp (-r^2 / 4 s^2) over r pixels. */
static void
test_elastic (void)
{
  const double asked = 1.5, smoothness = 4;
  NnAugment augment = parse ("elastic=1.5,smoothness=4");
  g_autoptr (NnAugmenter) augmenter = nn_augmenter_new (&augment, SIDE, SIDE);

  for (int apart = 2; apart <= 8; apart += 2)
    {
      double correlation = exp (-apart * apart / (4 * smoothness * smoothness));

      g_assert_cmpfloat_with_epsilon (elastic_deviation (augmenter, apart),
                                      asked * sqrt (2 * (1 - correlation)), 0.1);
    }
}

static void
centre_of_mass (const guint8 *pixels, double *x, double *y)
{
  double sum = 0;

  *x = *y = 0;
  for (guint i = 0; i < SIZE; i++)
    {
      sum += pixels[i];
      *x += (double) pixels[i] * (i % SIDE);
      *y += (double) pixels[i] * (i / SIDE);
    }
  g_assert_cmpfloat (sum, >, 0);
  *x /= sum;
  *y /= sum;
}

/* However much it is bent, ink well inside the image moves by the shift alone, but for what an
 * elastic distortion does by stretching more of it here than there. */
static void
test_centre (void)
{
  NnAugment still = parse ("strong,shift=0"), moving = parse ("strong,shift=2");
  g_autoptr (NnAugmenter) stays = nn_augmenter_new (&still, SIDE, SIDE);
  g_autoptr (NnAugmenter) moves = nn_augmenter_new (&moving, SIDE, SIDE);
  guint8 from[SIZE] = { 0 }, to[SIZE];
  double x, y, mx, my, squares = 0, widest = 0;
  const guint n = 300;

  /* A seven, away from the middle. */
  for (guint i = 0; i < 10; i++)
    {
      from[8 * SIDE + 6 + i] = from[9 * SIDE + 6 + i] = 255;
      from[(8 + i) * SIDE + 15 - i / 2] = from[(8 + i) * SIDE + 16 - i / 2] = 255;
    }
  centre_of_mass (from, &x, &y);
  g_assert_cmpfloat (x, <, SIDE / 2 - 1);
  for (guint key = 0; key < n; key++)
    {
      nn_augmenter_apply (stays, key, from, to);
      centre_of_mass (to, &mx, &my);
      squares += ((mx - x) * (mx - x) + (my - y) * (my - y)) / 2;
      nn_augmenter_apply (moves, key, from, to);
      centre_of_mass (to, &mx, &my);
      g_assert_cmpfloat_with_epsilon (mx, x, 3);
      g_assert_cmpfloat_with_epsilon (my, y, 3);
      widest = MAX (widest, fabs (mx - x));
    }
  g_assert_cmpfloat (sqrt (squares / n), <, 0.3);
  g_assert_cmpfloat (widest, >, 1.5);
}

static void
test_stroke (void)
{
  NnAugment augment = parse ("stroke=1");
  g_autoptr (NnAugmenter) augmenter = nn_augmenter_new (&augment, SIDE, SIDE);
  guint8 from[SIZE] = { 0 }, to[SIZE];
  double thinnest = G_MAXDOUBLE, thickest = 0, ink = 0;

  for (guint row = 6; row < 22; row++)
    for (guint column = 12; column < 16; column++)
      ink += from[row * SIDE + column] = 255;
  for (guint key = 0; key < 200; key++)
    {
      double sum = 0;

      nn_augmenter_apply (augmenter, key, from, to);
      for (guint i = 0; i < SIZE; i++)
        sum += to[i];
      thinnest = MIN (thinnest, sum);
      thickest = MAX (thickest, sum);
      g_assert_cmpuint (to[0], ==, 0);
    }
  /* Four pixels wide: two to six at the most. */
  g_assert_cmpfloat (thinnest / ink, >, 0.4);
  g_assert_cmpfloat (thinnest / ink, <, 0.6);
  g_assert_cmpfloat (thickest / ink, >, 1.4);
  g_assert_cmpfloat (thickest / ink, <, 1.7);
}

static void
test_keys (void)
{
  NnAugment augment = parse ("strong");
  g_autoptr (NnAugmenter) one = nn_augmenter_new (&augment, SIDE, SIDE);
  g_autoptr (NnAugmenter) other = nn_augmenter_new (&augment, SIDE, SIDE);
  g_autoptr (NnDataset) dataset = core_test_pixels (1, SIDE, SIDE, 2, 0.3, 7);
  guint8 a[SIZE], b[SIZE];

  nn_augmenter_apply (one, 1, dataset->pixels, a);
  nn_augmenter_apply (other, 2, dataset->pixels, b);
  g_assert_false (memcmp (a, b, SIZE) == 0);
  nn_augmenter_apply (other, 1, dataset->pixels, b);
  g_assert_cmpmem (a, SIZE, b, SIZE);
  /* In place. */
  memcpy (b, dataset->pixels, SIZE);
  nn_augmenter_apply (other, 1, b, b);
  g_assert_cmpmem (a, SIZE, b, SIZE);
}

/* Ground is ground however it is bent, in images of any shape. */
static void
test_shapes (void)
{
  static const guint sides[][2] = { { 1, 1 }, { 1, 9 }, { 2, 2 }, { 17, 5 }, { 128, 128 } };
  NnAugment augment = parse ("strong,rotation=180,shift=10,elastic=5");

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      guint width = sides[i][0], height = sides[i][1];
      g_autoptr (NnAugmenter) augmenter = nn_augmenter_new (&augment, width, height);
      g_autofree guint8 *pixels = g_malloc0 ((gsize) width * height);

      for (guint key = 0; key < 20; key++)
        {
          nn_augmenter_apply (augmenter, key, pixels, pixels);
          for (guint k = 0; k < width * height; k++)
            g_assert_cmpuint (pixels[k], ==, 0);
        }
    }
}

static void
test_trainer_refuses (void)
{
  g_autoptr (NnDataset) values = core_test_values (20, 6, 2, 1);
  g_autoptr (NnDataset) wide = core_test_pixels (20, 129, 3, 2, 0.2, 1);
  NnTrainConfig config = core_test_config (0, NULL, 5);
  g_autoptr (GError) error = NULL;

  config.augment = parse ("light");
  g_assert_null (nn_trainer_new (&config, values, &error));
  core_test_error (&error, NN_ERROR_CONFIG);
  g_assert_null (nn_trainer_new (&config, wide, &error));
  core_test_error (&error, NN_ERROR_CONFIG);
  config.augment.rotation = NAN;
  g_assert_null (nn_trainer_new (&config, wide, &error));
  core_test_error (&error, NN_ERROR_CONFIG);
}

/* An origin that draws its label's row and counts how often it was asked and whether it is gone. */
typedef struct
{
  NnOrigin base;
  int n_drawn, n_freed;
} CountedOrigin;

static void
counted_draw (const NnOrigin *origin, const NnAugment *augment, guint64 key, guint8 *pixels)
{
  g_assert_cmpfloat (augment->rotation, ==, parse ("light").rotation);
  g_atomic_int_inc (&((CountedOrigin *) origin)->n_drawn);
  memset (pixels, 0, 36);
  pixels[key % 36] = 255;
}

static void
counted_free (NnOrigin *origin)
{
  ((CountedOrigin *) origin)->n_freed++;
}

static const NnOriginClass counted_class = { counted_draw, counted_free };

/* Samples with an origin are drawn by it, the others by the augmenter; subsets and joined data keep
 * origins alive. */
static void
test_origins (void)
{
  CountedOrigin origin = { { &counted_class, 1 }, 0, 0 };
  g_autoptr (NnDataset) inked = core_test_pixels (8, 6, 6, 2, 0.2, 1);
  g_autoptr (NnDataset) plain = core_test_pixels (8, 6, 6, 2, 0.2, 2);
  const guint32 indices[] = { 1, 3, 5 };
  NnDataset *subset, *parts[2], *joined;
  NnTrainConfig config = core_test_config (0, NULL, 11);
  g_autoptr (NnTrainer) trainer = NULL;
  g_autoptr (GError) error = NULL;
  NnStep step;

  nn_dataset_add_origins (inked);
  for (gsize i = 0; i < inked->n; i++)
    inked->origins[i] = nn_origin_ref (&origin.base);
  subset = nn_dataset_subset (inked, indices, G_N_ELEMENTS (indices));
  parts[0] = subset;
  parts[1] = plain;
  joined = nn_dataset_concat (parts, 2, &error);
  g_assert_no_error (error);
  g_assert_true (joined->origins[2] == &origin.base);
  g_assert_null (joined->origins[3]);
  g_assert_cmpint (origin.base.ref_count, ==, 1 + 8 + 3 + 3);

  config.augment = parse ("light");
  config.epochs = 4;
  trainer = core_test_trainer (&config, joined);
  for (guint s = 0; s < 4; s++)
    {
      nn_trainer_step (trainer, &step, &error);
      g_assert_no_error (error);
      g_assert_cmpint (origin.n_drawn, ==, 3 * ((int) s + 1));
    }
  nn_dataset_unref (subset);
  nn_dataset_unref (joined);
  g_clear_pointer (&trainer, nn_trainer_free);
  g_clear_pointer (&inked, nn_dataset_unref);
  g_assert_cmpint (origin.n_freed, ==, 0);
  nn_origin_unref (&origin.base);
  g_assert_cmpint (origin.n_freed, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/augment/text", test_text);
  g_test_add_func ("/core/augment/text-refused", test_text_refused);
  g_test_add_func ("/core/augment/presets", test_presets);
  g_test_add_func ("/core/augment/off", test_off);
  for (guint i = 0; i < G_N_ELEMENTS (bound_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/core/augment/bound/", bound_cases[i].name, NULL);

      g_test_add_data_func (path, &bound_cases[i], test_bound);
    }
  g_test_add_func ("/core/augment/elastic", test_elastic);
  g_test_add_func ("/core/augment/centre", test_centre);
  g_test_add_func ("/core/augment/stroke", test_stroke);
  g_test_add_func ("/core/augment/keys", test_keys);
  g_test_add_func ("/core/augment/shapes", test_shapes);
  g_test_add_func ("/core/augment/trainer-refuses", test_trainer_refuses);
  g_test_add_func ("/core/augment/origins", test_origins);
  return g_test_run ();
}
