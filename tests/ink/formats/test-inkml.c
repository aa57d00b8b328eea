/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-test.h"

#include <math.h>
#include <string.h>

#include "ink-inkml.h"

static InkDrawing *
parse (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  InkDrawing *drawing = ink_inkml_parse (bytes, &error);

  g_assert_no_error (error);
  g_assert_nonnull (drawing);
  return drawing;
}

static void
assert_points (const InkStroke *stroke, const float *xy, guint n)
{
  g_assert_cmpuint (stroke->n_points, ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpfloat_with_epsilon (stroke->points[i].x, xy[2 * i], 1e-4);
      g_assert_cmpfloat_with_epsilon (stroke->points[i].y, xy[2 * i + 1], 1e-4);
    }
}

#define ASSERT_POINTS(stroke, ...)                       \
  assert_points (stroke, (const float[]){ __VA_ARGS__ }, \
                 G_N_ELEMENTS (((const float[]){ __VA_ARGS__ })) / 2)

static void
test_plain (void)
{
  g_autoptr (InkDrawing) drawing = parse ("<?xml version=\"1.0\"?>\n"
                                          "<ink xmlns=\"http://www.w3.org/2003/InkML\">\n"
                                          "<trace>\n10 0, 9 14, 8.5 -28.25,\n7 4.2e1 </trace>\n"
                                          "<trace>130 155</trace><trace> </trace><trace/></ink>");

  g_assert_cmpuint (drawing->n_strokes, ==, 2);
  ASSERT_POINTS (drawing->strokes[0], 10, 0, 9, 14, 8.5f, -28.25f, 7, 42);
  ASSERT_POINTS (drawing->strokes[1], 130, 155);
  g_assert_cmpfloat (drawing->strokes[0]->points[0].pressure, ==, 0.5f);
  g_assert_cmpfloat (drawing->strokes[0]->points[0].time, ==, 0);
  g_assert_cmpfloat (drawing->strokes[0]->width, >, 0);
  g_assert_cmpfloat (drawing->strokes[0]->width, ==, drawing->strokes[1]->width);
}

/* Syntax of the numbers of a point. */
static void
test_values (void)
{
  const struct
  {
    const char *trace;
    guint n;
    float xy[12];
  } cases[] = {
    { "1 2", 1, { 1, 2 } },
    { "1 2,", 1, { 1, 2 } },
    { " 1\n\t2 , 3 4 ", 2, { 1, 2, 3, 4 } },
    { "-1-2,-3 - 4", 2, { -1, -2, -3, -4 } },
    { "+1+2", 1, { 1, 2 } },
    { ".5 1.,1e2 1E-2", 2, { 0.5f, 1, 100, 0.01f } },
    { "#ff -#10", 1, { 255, -16 } },
    { "1 2, 3 4 5 6", 2, { 1, 2, 3, 4 } },
    /* The example of section 3.2.1 of the Recommendation. */
    { "1125 18432,'23'43,\"7\"-8,3-5,7 -3,6 2",
      6,
      { 1125, 18432, 1148, 18475, 1178, 18510, 1211, 18540, 1251, 18567, 1297, 18596 } },
    { "1 2,'3'4,!50!60,7 8", 4, { 1, 2, 4, 6, 50, 60, 7, 8 } },
    { "1 2,'3 '4,5 6", 3, { 1, 2, 4, 6, 9, 12 } },
    { "1 2,'3 !9,4 10", 3, { 1, 2, 4, 9, 8, 10 } },
    /* Wild cards: as before, in value, in difference, in second difference. */
    { "1 2,* 5,3 *", 3, { 1, 2, 1, 5, 3, 5 } },
    { "1 2,'3'4,* *,* *", 4, { 1, 2, 4, 6, 7, 10, 10, 14 } },
    { "0 0,'1'1,\"1\"2,* *,* *", 5, { 0, 0, 1, 1, 3, 4, 6, 9, 10, 16 } },
    /* A point with an unknown position is left out. */
    { "1 2,? 4,5 6", 2, { 1, 2, 5, 6 } },
    { "T F,1 1", 2, { 1, 0, 1, 1 } },
    { "<!-- note -->1 2<!-- note -->, 3<![CDATA[ 4]]>", 2, { 1, 2, 3, 4 } },
    { "1&#32;2", 1, { 1, 2 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("<ink><trace>%s</trace></ink>", cases[i].trace);
      g_autoptr (InkDrawing) drawing = NULL;

      g_test_message ("%s", cases[i].trace);
      drawing = parse (text);
      g_assert_cmpuint (drawing->n_strokes, ==, 1);
      assert_points (drawing->strokes[0], cases[i].xy, cases[i].n);
    }
}

static void
test_channels (void)
{
  g_autoptr (InkDrawing) drawing =
      parse ("<ink><traceFormat>"
             "<channel name=\"OTx\"/><channel name=\"T\"/>"
             "<channel name=\"F\" min=\"100\" max=\"300\"/>"
             "<channel name=\"Y\" orientation=\"-ve\"/><channel name=\"X\"/>"
             "<intermittentChannels><channel name=\"B1\" type=\"boolean\"/></intermittentChannels>"
             "</traceFormat>"
             "<trace>7 0 150 2 1, 7 250 300 4 3 T, 7 500 ? 6 5 F, 7 750 1000 8 7</trace></ink>");
  const InkPoint *points = drawing->strokes[0]->points;

  ASSERT_POINTS (drawing->strokes[0], 1, -2, 3, -4, 5, -6, 7, -8);
  g_assert_cmpfloat (points[0].pressure, ==, 0.25f);
  g_assert_cmpfloat (points[1].pressure, ==, 1);
  g_assert_cmpfloat (points[2].pressure, ==, 0.5f);
  g_assert_cmpfloat (points[3].pressure, ==, 1);
  g_assert_cmpfloat (points[0].time, ==, 0);
  g_assert_cmpfloat (points[1].time, ==, 0.25f);
  g_assert_cmpfloat (points[3].time, ==, 0.75f);
}

/* Intermittent channels come last in a point, even if they were declared first. */
static void
test_intermittent_first (void)
{
  g_autoptr (InkDrawing) drawing =
      parse ("<ink><traceFormat>"
             "<intermittentChannels><channel name=\"F\"/></intermittentChannels>"
             "<channel name=\"X\"/><channel name=\"Y\"/></traceFormat>"
             "<trace>1 2, 3 4 0.75</trace></ink>");

  ASSERT_POINTS (drawing->strokes[0], 1, 2, 3, 4);
  g_assert_cmpfloat (drawing->strokes[0]->points[0].pressure, ==, 0.5f);
  g_assert_cmpfloat (drawing->strokes[0]->points[1].pressure, ==, 0.75f);
}

/* Devices have different maxima of the pressure, and do not always declare them. */
static void
test_pressure_without_range (void)
{
  g_autoptr (InkDrawing) drawing =
      parse ("<ink><traceFormat><channel name=\"X\"/><channel name=\"Y\"/><channel name=\"F\"/>"
             "</traceFormat><trace>0 0 256, 1 1 1024</trace><trace>2 2 512</trace></ink>");

  g_assert_cmpfloat (drawing->strokes[0]->points[0].pressure, ==, 0.25f);
  g_assert_cmpfloat (drawing->strokes[0]->points[1].pressure, ==, 1);
  g_assert_cmpfloat (drawing->strokes[1]->points[0].pressure, ==, 0.5f);
}

static void
test_time (void)
{
  const struct
  {
    const char *units, *first, *second;
    float expected_first, expected_second;
  } cases[] = {
    { "", "1000", "1500", 1, 1.5f },
    { "units=\"ms\"", "1000", "1500", 1, 1.5f },
    { "units=\"s\"", "1", "1.5", 1, 1.5f },
    { "units=\"us\"", "1000", "500000", 0.001f, 0.5f },
    /* Since 1970. */
    { "", "1700000000000", "1700000000500", 0, 0.5f },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("<ink><traceFormat><channel name=\"X\"/><channel "
                                               "name=\"Y\"/><channel name=\"T\" %s/>"
                                               "</traceFormat><trace>0 0 %s, 1 1 %s</trace></ink>",
                                               cases[i].units, cases[i].first, cases[i].second);
      g_autoptr (InkDrawing) drawing = parse (text);

      g_assert_cmpfloat_with_epsilon (drawing->strokes[0]->points[0].time, cases[i].expected_first,
                                      1e-6);
      g_assert_cmpfloat_with_epsilon (drawing->strokes[0]->points[1].time, cases[i].expected_second,
                                      1e-6);
    }
}

static void
test_prefix (void)
{
  g_autoptr (InkDrawing) drawing =
      parse ("\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"utf-8\"?>"
             "<inkml:ink xmlns:inkml=\"http://www.w3.org/2003/InkML\">"
             "<inkml:definitions><inkml:brush xml:id=\"b\">"
             "<inkml:brushProperty name=\"width\" value=\"3.5\"/></inkml:brush></inkml:definitions>"
             "<inkml:trace brushRef=\"#b\">1 2, 3 4</inkml:trace></inkml:ink>");

  ASSERT_POINTS (drawing->strokes[0], 1, 2, 3, 4);
  g_assert_cmpfloat (drawing->strokes[0]->width, ==, 3.5f);
}

static void
test_groups_and_definitions (void)
{
  g_autoptr (InkDrawing) drawing =
      parse ("<ink>"
             "<definitions>"
             "<brush xml:id=\"thin\"><brushProperty name=\"width\" value=\"1\"/></brush>"
             "<brush xml:id=\"thick\"><brushProperty name=\"color\" value=\"#f00\"/>"
             "<brushProperty name=\"width\" value=\"9\"/></brush>"
             "<traceFormat xml:id=\"yx\"><channel name=\"Y\"/><channel name=\"X\"/></traceFormat>"
             "<context xml:id=\"swapped\" traceFormatRef=\"#yx\" brushRef=\"#thick\"/>"
             "<trace>1 2</trace>"
             "</definitions>"
             "<traceGroup brushRef=\"#thin\"><trace>3 4</trace>"
             "<traceGroup contextRef=\"#swapped\"><trace>6 5</trace></traceGroup>"
             "<trace brushRef=\"#thick\">7 8</trace></traceGroup>"
             "<trace contextRef=\"#swapped\">10 9</trace>"
             "<trace contextRef=\"#DefaultContext\">11 12</trace>"
             "<traceView traceDataRef=\"#nothing\"/></ink>");
  const float widths[] = { 0, 1, 9, 9, 9, 0 };

  g_assert_cmpuint (drawing->n_strokes, ==, 6);
  for (guint i = 0; i < 6; i++)
    {
      assert_points (drawing->strokes[i], (const float[]){ 2 * i + 1, 2 * i + 2 }, 1);
      if (widths[i] > 0)
        g_assert_cmpfloat (drawing->strokes[i]->width, ==, widths[i]);
    }
}

/* A context in the stream applies from there on; one among the definitions only where it is
 * referred to. */
static void
test_current_context (void)
{
  g_autoptr (InkDrawing) drawing =
      parse ("<ink><definitions><context xml:id=\"later\"><inkSource><traceFormat>"
             "<channel name=\"Y\"/><channel name=\"X\"/></traceFormat></inkSource>"
             "<brush><brushProperty name=\"width\" value=\"5\"/></brush></context></definitions>"
             "<trace>1 2</trace>"
             "<context contextRef=\"#later\"/>"
             "<trace>4 3</trace></ink>");

  ASSERT_POINTS (drawing->strokes[0], 1, 2);
  ASSERT_POINTS (drawing->strokes[1], 3, 4);
  g_assert_cmpfloat (drawing->strokes[1]->width, ==, 5);
}

static void
test_several_inks (void)
{
  g_autoptr (InkDrawing) drawing =
      parse ("<book><ink><traceFormat><channel name=\"Y\"/><channel name=\"X\"/></traceFormat>"
             "<trace>2 1</trace></ink><ink><trace>3 4</trace></ink></book>");

  g_assert_cmpuint (drawing->n_strokes, ==, 2);
  ASSERT_POINTS (drawing->strokes[0], 1, 2);
  ASSERT_POINTS (drawing->strokes[1], 3, 4);
}

static void
test_pen_up_and_continuation (void)
{
  g_autoptr (InkDrawing) drawing =
      parse ("<ink><trace type=\"penUp\">9 9, 8 8</trace>"
             "<trace type=\"penDown\" continuation=\"begin\">1 2</trace>"
             "<trace continuation=\"middle\">3 4</trace>"
             "<trace continuation=\"end\">5 6</trace>"
             "<trace type=\"indeterminate\">7 8</trace></ink>");

  g_assert_cmpuint (drawing->n_strokes, ==, 2);
  ASSERT_POINTS (drawing->strokes[0], 1, 2, 3, 4, 5, 6);
  ASSERT_POINTS (drawing->strokes[1], 7, 8);
}

/* As office programs write it: coordinates in steps of a device, the pen's width in centimetres. */
static void
test_width_units (void)
{
  g_autoptr (InkDrawing) drawing = parse (
      "<ink><definitions><context xml:id=\"c\"><inkSource xml:id=\"s\"><traceFormat>"
      "<channel name=\"X\" type=\"integer\" units=\"cm\"/>"
      "<channel name=\"Y\" type=\"integer\" units=\"cm\"/></traceFormat><channelProperties>"
      "<channelProperty channel=\"X\" name=\"resolution\" value=\"1000\" units=\"1/cm\"/>"
      "</channelProperties></inkSource></context>"
      "<brush xml:id=\"b\"><brushProperty name=\"width\" value=\"0.05\" units=\"cm\"/></brush>"
      "<traceFormat xml:id=\"mm\"><channel name=\"X\" units=\"mm\"/><channel name=\"Y\"/>"
      "</traceFormat></definitions>"
      "<trace contextRef=\"#c\" brushRef=\"#b\">0 0, 1000 1000</trace>"
      "<context traceFormatRef=\"#mm\"/><trace brushRef=\"#b\">0 0, 100 100</trace></ink>");

  g_assert_cmpfloat_with_epsilon (drawing->strokes[0]->width, 50, 1e-3);
  g_assert_cmpfloat_with_epsilon (drawing->strokes[1]->width, 0.5, 1e-5);
}

static void
test_round_trip (void)
{
  for (int digit = 0; digit < 10; digit++)
    {
      g_autoptr (InkDrawing) drawing = ink_test_digit (digit);
      g_autoptr (GBytes) bytes = ink_inkml_format (drawing);
      g_autoptr (GError) error = NULL;
      g_autoptr (InkDrawing) again = ink_inkml_parse (bytes, &error);

      g_assert_no_error (error);
      ink_test_assert_same (drawing, again);
    }
}

/* Every float is read back bit for bit. */
static void
test_round_trip_exact (void)
{
  InkTestRandom random = { 99 };
  g_autoptr (GPtrArray) strokes =
      g_ptr_array_new_with_free_func ((GDestroyNotify) ink_stroke_unref);
  g_autoptr (InkDrawing) drawing = NULL;
  g_autoptr (InkDrawing) again = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 50; i++)
    {
      const float width = (float) ldexp (0.5 + ink_test_random_unit (&random),
                                         (int) (ink_test_random (&random) % 40) - 20);
      InkStroke *stroke = ink_stroke_new (width);

      for (guint j = 0; j < 100; j++)
        {
          union
          {
            guint32 bits;
            float value;
          } x = { ink_test_random (&random) }, y = { ink_test_random (&random) };

          ink_stroke_append (stroke,
                             (InkPoint){ .x = x.value,
                                         .y = y.value,
                                         .pressure = (float) ink_test_random_unit (&random),
                                         .time = 1000 * (float) ink_test_random_unit (&random) });
        }
      g_ptr_array_add (strokes, stroke);
    }
  drawing = ink_drawing_new ((InkStroke **) strokes->pdata, strokes->len);
  g_assert_cmpuint (ink_drawing_n_points (drawing), >, 4000);
  bytes = ink_inkml_format (drawing);
  again = ink_inkml_parse (bytes, &error);
  g_assert_no_error (error);
  ink_test_assert_same (drawing, again);
}

static void
test_sample_files (void)
{
  for (int digit = 0; digit < 10; digit++)
    {
      g_autoptr (InkDrawing) drawing = ink_test_digit (digit);
      float before = -1;

      g_assert_cmpuint (drawing->n_strokes, >=, 1);
      g_assert_cmpuint (ink_drawing_n_points (drawing), >, 50);
      for (guint i = 0; i < drawing->n_strokes; i++)
        {
          g_assert_cmpfloat (drawing->strokes[i]->width, ==, 20);
          for (guint j = 0; j < drawing->strokes[i]->n_points; j++)
            {
              const InkPoint *point = &drawing->strokes[i]->points[j];

              g_assert_cmpfloat (point->time, >, before);
              before = point->time;
              g_assert_cmpfloat (point->pressure, >, 0.4);
              g_assert_cmpfloat (point->pressure, <, 0.65);
            }
        }
    }
}

/* What a file says that is written in it, as CROHME has it. */
static void
test_truth (void)
{
  static const struct
  {
    const char *inside, *truth;
    int digit;
  } rows[] = {
    { "", NULL, -1 },
    { "<annotation type='truth'>3</annotation>", "3", 3 },
    { "<annotation type=\"truth\"> $3$\n</annotation>", "$3$", 3 },
    { "<annotation type='truth'>\\( { 7 } \\)</annotation>", "\\( { 7 } \\)", 7 },
    { "<annotation type='truth'>$x^2$</annotation>", "$x^2$", -1 },
    { "<annotation type='truth'>$10$</annotation>", "$10$", -1 },
    { "<annotation type='truth'>$</annotation>", "$", -1 },
    { "<annotation type='truth'>$$</annotation>", "$$", -1 },
    { "<annotation type='truth'/>", "", -1 },
    { "<annotation type='writer'>3</annotation>", NULL, -1 },
    { "<annotation>3</annotation>", NULL, -1 },
    /* Of a part, of a brush; and two of the whole. */
    { "<traceGroup><annotation type='truth'>3</annotation></traceGroup>", NULL, -1 },
    { "<definitions><annotation type='truth'>3</annotation></definitions>", NULL, -1 },
    { "<annotation type='truth'>3</annotation><annotation type='truth'>4</annotation>", "3", 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text =
          g_strdup_printf ("<ink>%s<trace>1 2, 3 4</trace></ink>", rows[i].inside);
      g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
      g_autofree char *truth = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (InkDrawing) drawing = ink_inkml_parse_labelled (bytes, &truth, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (truth, ==, rows[i].truth);
      g_assert_cmpint (truth != NULL ? ink_inkml_truth_digit (truth) : -1, ==, rows[i].digit);
    }
}

/* A text comes back as it was written, also with characters that XML does not have. */
static void
test_write_truth (void)
{
  static const char *const truths[] = { "3", "not a digit", "<a & \"b\">" };
  g_autoptr (InkDrawing) drawing = INK_TEST_DRAWING (2, 1, 2, 3, 4);

  for (guint i = 0; i < G_N_ELEMENTS (truths); i++)
    {
      g_autoptr (GBytes) bytes = ink_inkml_format_labelled (drawing, truths[i]);
      g_autofree char *truth = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (InkDrawing) again = ink_inkml_parse_labelled (bytes, &truth, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (truth, ==, truths[i]);
      ink_test_assert_same (again, drawing);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ink/inkml/plain", test_plain);
  g_test_add_func ("/ink/inkml/values", test_values);
  g_test_add_func ("/ink/inkml/channels", test_channels);
  g_test_add_func ("/ink/inkml/intermittent-first", test_intermittent_first);
  g_test_add_func ("/ink/inkml/pressure-without-range", test_pressure_without_range);
  g_test_add_func ("/ink/inkml/time", test_time);
  g_test_add_func ("/ink/inkml/prefix", test_prefix);
  g_test_add_func ("/ink/inkml/groups-and-definitions", test_groups_and_definitions);
  g_test_add_func ("/ink/inkml/current-context", test_current_context);
  g_test_add_func ("/ink/inkml/several-inks", test_several_inks);
  g_test_add_func ("/ink/inkml/pen-up-and-continuation", test_pen_up_and_continuation);
  g_test_add_func ("/ink/inkml/width-units", test_width_units);
  g_test_add_func ("/ink/inkml/truth", test_truth);
  g_test_add_func ("/ink/inkml/round-trip", test_round_trip);
  g_test_add_func ("/ink/inkml/round-trip-exact", test_round_trip_exact);
  g_test_add_func ("/ink/inkml/sample-files", test_sample_files);
  g_test_add_func ("/ink/inkml/write-truth", test_write_truth);
  return g_test_run ();
}
