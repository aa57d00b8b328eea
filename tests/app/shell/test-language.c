/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program in the language of the locale that the test is started in. */

#include <adwaita.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

#include "desk.h"
#include "numeral-answer.h"
#include "numeral-bars.h"
#include "numeral-config-text.h"
#include "numeral-config.h"
#include "numeral-format.h"
#include "numeral-json.h"
#include "numeral-run-config.h"
#include "numeral-workbench.h"
#include "picture-format.h"

typedef struct
{
  const char *name;
  const char *percent; /* 98.2 % */
  const char *thousands;
  const char *length; /* of a run of one epoch */
  const char *seed;
} Language;

/* The seed goes through a macro of inttypes.h, for which gettext has a way of its own. */
static const Language languages[] = {
  { "de", "98,2\u00a0%", "12.345", "1 Epoche", "Startwert 7" },
  { "zh", "98.2%", "12,345", "1 轮", "种子 7" },
};

static const Language *
get_language (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_str_has_prefix (setlocale (LC_MESSAGES, NULL), languages[i].name))
      return &languages[i];
  return NULL;
}

static void
assert_has (const char *text, const char *part)
{
  if (!strstr (text, part))
    g_error ("“%s” does not have “%s”", text, part);
}

static void
test_numbers (void)
{
  const Language *language = get_language ();
  g_autofree char *percent = numeral_format_percent (0.982);
  g_autofree char *share = picture_format_percent (0.982, 1);
  g_autofree char *tick = picture_format_tick (PICTURE_FORMAT_NUMBER, 12345, 1);
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();
  g_autofree char *length = NULL;

  g_assert_nonnull (language);
  g_assert_cmpstr (percent, ==, language->percent);
  g_assert_cmpstr (share, ==, language->percent);
  g_assert_cmpstr (tick, ==, language->thousands);
  config->train.seed = 7;
  config->train.epochs = 1;
  length = numeral_config_length_text (config);
  assert_has (length, language->length);
  assert_has (length, language->seed);
}

/* What a program reads is the same everywhere. */
static void
test_data (void)
{
  g_autoptr (NumeralRunConfig) config = numeral_run_config_new ();
  g_autoptr (NumeralRunConfig) copy = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  config->train.weight_decay = 0.125;
  node = numeral_run_config_to_json (config);
  bytes = numeral_json_format (node);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  assert_has (text, "0.125");
  copy = numeral_run_config_from_json (node, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (copy->train.weight_decay, ==, 0.125);
}

/* The widest of what stands on it. */
static const char *
describe_widest (GtkWidget *widget)
{
  GtkWidget *widest = NULL;
  int width = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      int minimum;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      if (minimum > width)
        {
          width = minimum;
          widest = child;
        }
    }
  if (!widest)
    return GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : "";
  g_test_message ("%*s%s: %d", 0, "", G_OBJECT_TYPE_NAME (widest), width);
  return describe_widest (widest);
}

static void
assert_narrow (GtkWidget *widget, const char *name)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  if (minimum > 360)
    {
      const char *text = describe_widest (widget);

      g_test_message ("%s is %d wide; at the end of what is widest stands “%s”", name, minimum,
                      text);
      g_test_fail ();
    }
}

/* No word is so long that the window would be wider than a telephone. */
static void
test_narrow (void)
{
  static const char *const pages[] = { "train", "runs", "samples", "results", "explain" };
  g_autoptr (Desk) desk = desk_new (360, 720);
  GtkWidget *workbench = desk_find (GTK_WIDGET (desk->window), NUMERAL_TYPE_WORKBENCH, NULL);

  assert_narrow (GTK_WIDGET (desk->pane), "the reading");
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    assert_narrow (numeral_workbench_get_page (NUMERAL_WORKBENCH (workbench), pages[i]), pages[i]);
  assert_narrow (workbench, "the workbench");
  /* As after a run that was stopped. */
  gtk_widget_set_visible (desk_find_action (workbench, "train.resume-run"), TRUE);
  assert_narrow (workbench, "the workbench with a button more");
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (desk->window)), <=, 360);
}

static int
get_x (GtkWidget *widget, GtkWidget *window)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, window, &bounds));
  return (int) bounds.origin.x;
}

/* A language that is written from the right has the window the other way round, but no digit. */
static void
test_mirrored (void)
{
  static const double stroke[][2] = { { 60, 100 }, { 100, 100 }, { 140, 100 } };
  Desk *desk;
  GtkWidget *window, *answer, *bars;
  const InkDrawing *drawing;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  desk = desk_new (360, 720);
  window = GTK_WIDGET (desk->window);
  answer = desk_find (window, NUMERAL_TYPE_ANSWER, NULL);
  bars = desk_find (window, NUMERAL_TYPE_BARS, NULL);
  g_assert_cmpint (get_x (answer, window), >, get_x (bars, window));
  g_assert_cmpint (gtk_widget_get_width (window), <=, 360);
  hand_stroke (desk->hand, desk->canvas, stroke, G_N_ELEMENTS (stroke));
  desk_wait_strokes (desk, 1);
  drawing = numeral_canvas_get_drawing (desk->canvas);
  g_assert_cmpfloat (drawing->strokes[0]->points[0].x, <,
                     drawing->strokes[0]->points[drawing->strokes[0]->n_points - 1].x);
  desk_free (desk);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("NUMERAL_TEST_LOCALES"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  adw_init ();

  g_test_add_func ("/app/language/numbers", test_numbers);
  g_test_add_func ("/app/language/data", test_data);
  g_test_add_func ("/app/language/narrow", test_narrow);
  g_test_add_func ("/app/language/mirrored", test_mirrored);
  return g_test_run ();
}
