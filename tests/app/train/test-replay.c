/* SPDX-License-Identifier: GPL-3.0-or-later */

/* End to end: real digits of unseen writers, drawn as a person draws them, give the correct
 * answer. */

#include <gio/gio.h>
#include <string.h>

#include "desk.h"
#include "ink-unipen.h"
#include "numeral-file.h"
#include "wait.h"

#define N_DIGITS 300
#define AIM 0.97

/* The model was not trained on these writers. */
static const guint writers[] = { 5, 10, 15, 20, 25, 30 };
#define PER_CELL (N_DIGITS / (G_N_ELEMENTS (writers) * 10))

/* A digit is drawn this large, in units of the canvas. */
#define SIDE 620.0

typedef struct
{
  guint digit;
  float tensor[INK_TENSOR_SIZE];
  float probabilities[NUMERAL_N_DIGITS];
} Reading;

static GPtrArray *
load_samples (void)
{
  const char *folder = g_getenv ("NUMERAL_DATA_DIR");
  g_autoptr (GFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *samples;

  if (!folder)
    return NULL;
  file = g_file_new_build_filename (folder, "pendigits", "pendigits-orig.tra.unipen.gz", NULL);
  if (!g_file_query_exists (file, NULL))
    return NULL;
  bytes = numeral_file_read (file, (gsize) 64 << 20, NULL, &error);
  g_assert_no_error (error);
  samples = ink_unipen_parse (bytes, NULL, &error);
  g_assert_no_error (error);
  return samples;
}

/* The same number of each digit of each writer, from the start of the file. */
static GPtrArray *
choose (GPtrArray *samples)
{
  GPtrArray *chosen = g_ptr_array_new ();
  guint taken[G_N_ELEMENTS (writers)][10] = { 0 };

  for (guint i = 0; i < samples->len; i++)
    {
      const InkSample *sample = g_ptr_array_index (samples, i);

      for (guint w = 0; w < G_N_ELEMENTS (writers); w++)
        if (sample->writer == writers[w] && sample->label >= 0 &&
            taken[w][sample->label] < PER_CELL)
          {
            taken[w][sample->label]++;
            g_ptr_array_add (chosen, (gpointer) sample);
          }
    }
  g_assert_cmpuint (chosen->len, ==, N_DIGITS);
  return chosen;
}

static Reading
reading_of (Desk *desk)
{
  const NumeralPrediction *prediction = numeral_recogniser_get_prediction (desk->recogniser);
  Reading reading = { .digit = prediction->digits[0].digit };

  g_assert_false (prediction->empty);
  memcpy (reading.tensor, prediction->digits[0].tensor, sizeof reading.tensor);
  memcpy (reading.probabilities, prediction->digits[0].probabilities, sizeof reading.probabilities);
  return reading;
}

static void
assert_same (const Reading *a, const Reading *b)
{
  g_assert_cmpuint (a->digit, ==, b->digit);
  g_assert_cmpmem (a->tensor, sizeof a->tensor, b->tensor, sizeof b->tensor);
  g_assert_cmpmem (a->probabilities, sizeof a->probabilities, b->probabilities,
                   sizeof b->probabilities);
}

/* Draws the sample in the middle of the canvas, and returns what is read after each stroke. */
static GArray *
draw (Desk *desk, const InkDrawing *drawing)
{
  const InkBox box = ink_drawing_box (drawing);
  const double width = (double) (box.x1 - box.x0);
  const double height = (double) (box.y1 - box.y0);
  const double scale = SIDE / MAX (MAX (width, height), 1);
  const double x0 = (NUMERAL_CANVAS_SIZE - scale * width) / 2;
  const double y0 = (NUMERAL_CANVAS_SIZE - scale * height) / 2;
  GArray *readings = g_array_new (FALSE, FALSE, sizeof (Reading));

  for (guint i = 0; i < drawing->n_strokes; i++)
    {
      const InkStroke *stroke = drawing->strokes[i];
      g_autofree double (*points)[2] = g_malloc (stroke->n_points * sizeof *points);
      Reading reading;

      for (guint j = 0; j < stroke->n_points; j++)
        {
          points[j][0] = x0 + scale * (double) (stroke->points[j].x - box.x0);
          points[j][1] = y0 + scale * (double) (stroke->points[j].y - box.y0);
        }
      hand_stroke (desk->hand, desk->canvas, (const double (*)[2]) points, stroke->n_points);
      desk_wait_strokes (desk, i + 1);
      reading = reading_of (desk);
      g_array_append_val (readings, reading);
    }
  return readings;
}

/* Undo brings back the answer before the last stroke, redo the one after it. */
static void
step_back (Desk *desk, const GArray *readings)
{
  Reading reading;

  desk_key (desk, GDK_KEY_z, GDK_CONTROL_MASK);
  desk_wait_strokes (desk, readings->len - 1);
  reading = reading_of (desk);
  assert_same (&reading, &g_array_index (readings, Reading, readings->len - 2));

  desk_key (desk, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK);
  desk_wait_strokes (desk, readings->len);
  reading = reading_of (desk);
  assert_same (&reading, &g_array_index (readings, Reading, readings->len - 1));
}

static void
test_replay (void)
{
  g_autoptr (GPtrArray) samples = load_samples ();
  g_autoptr (GPtrArray) chosen = NULL;
  g_autoptr (Desk) desk = NULL;
  guint right = 0, undone = 0;
  gint64 begin;

  if (!samples)
    {
      g_test_skip ("NUMERAL_DATA_DIR has no pen digits");
      return;
    }
  chosen = choose (samples);
  desk = desk_new (480, 720);
  begin = g_get_monotonic_time ();
  for (guint i = 0; i < chosen->len; i++)
    {
      const InkSample *sample = g_ptr_array_index (chosen, i);
      g_autoptr (GArray) readings = draw (desk, sample->drawing);
      const Reading *last = &g_array_index (readings, Reading, readings->len - 1);

      if (last->digit == (guint) sample->label)
        right++;
      else
        g_test_message ("a %d of writer %u was read as %u (%.1f %%)", sample->label, sample->writer,
                        last->digit, 100 * (double) last->probabilities[last->digit]);
      if (readings->len > 1)
        {
          step_back (desk, readings);
          undone++;
        }
      desk_key (desk, GDK_KEY_Delete, 0);
      desk_wait_strokes (desk, 0);
    }
  g_test_message ("%u of %u right, %u undone and redone, %.1f ms a digit", right, chosen->len,
                  undone, (double) (g_get_monotonic_time () - begin) / 1000 / chosen->len);
  g_assert_cmpuint (undone, >, N_DIGITS / 10);
  g_assert_cmpfloat ((double) right / N_DIGITS, >=, AIM);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/replay", test_replay);
  return g_test_run ();
}
