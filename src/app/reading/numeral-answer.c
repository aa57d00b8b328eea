/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-answer.h"

#include <glib/gi18n.h>

#include "numeral-digits-row.h"
#include "numeral-format.h"
#include "numeral-text.h"

/* The maximum share of the height for the words, and the bounds of their scale. */
#define WORDS_PART 0.42
#define WORDS_SMALLEST 0.7
#define WORDS_LARGEST 1.7

/* Part of the digit's height that may overlap its neighbours, because the font has empty space
 * above and below a digit. */
#define DIGIT_OVERLAP 0.1
/* The same for digits that are buttons, whose frame is visible: no overlap. */
#define BUTTON_OVERLAP -0.02

/* Space between lines of the words, in pixels. */
#define SPACING 2
#define N_WORDS 4

#define MINIMUM_WIDTH 84
#define MINIMUM_HEIGHT 132

struct _NumeralAnswer
{
  NumeralReadingView parent_instance;

  /* Unused texts are empty. The dash of an empty canvas and the question mark have texts of
   * their own: a change of a text's font at each stroke would make GTK lay out the whole window. */
  NumeralText *digit;
  NumeralText *dash;
  NumeralDigitsRow *digits; /* for a number; hidden otherwise */
  /* The words, in lines below each other. */
  NumeralText *probability;
  NumeralText *doubt;
  NumeralText *runner_up;
  NumeralText *duration;
};

G_DEFINE_FINAL_TYPE (NumeralAnswer, numeral_answer, NUMERAL_TYPE_READING_VIEW)

static void
show (NumeralAnswer *self)
{
  const NumeralPrediction *prediction =
      numeral_reading_view_get_prediction (NUMERAL_READING_VIEW (self));
  const gboolean several = prediction && prediction->n_digits > 1;
  g_autofree char *spoken = numeral_format_answer (prediction);

  gtk_widget_set_visible (GTK_WIDGET (self->digits), several);
  gtk_widget_set_visible (GTK_WIDGET (self->digit), !several);
  if (!prediction || prediction->empty)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self), "refused");
      numeral_text_set_text (self->digit, "");
      numeral_text_set_text (self->dash, "–");
      numeral_text_set_text (self->probability, "");
      numeral_text_set_text (self->doubt, "");
      numeral_text_set_text (self->runner_up, _ ("Nothing to read yet"));
      numeral_text_set_text (self->duration, "");
    }
  else
    {
      g_autofree char *number = numeral_format_number (prediction);
      g_autofree char *doubt = numeral_format_doubt (prediction);
      g_autofree char *first_percent =
          numeral_format_percent (numeral_prediction_get_probability (prediction));
      g_autofree char *second =
          doubt ? numeral_format_guess (prediction) : numeral_format_runner_up (prediction);
      g_autofree char *duration = numeral_format_duration (prediction->forward_seconds);

      if (doubt)
        gtk_widget_add_css_class (GTK_WIDGET (self), "refused");
      else
        gtk_widget_remove_css_class (GTK_WIDGET (self), "refused");
      numeral_text_set_text (self->digit, number);
      numeral_text_set_text (self->dash, "");
      numeral_text_set_text (self->probability, doubt ? "" : first_percent);
      numeral_text_set_text (self->doubt, doubt ? doubt : "");
      numeral_text_set_text (self->runner_up, second);
      numeral_text_set_text (self->duration, duration);
    }
  /* Set the label after the text, which sets it too. Assistive technology sees only one of digit
   * and dash. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->digit), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->digits), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);
}

static void
numeral_answer_update (NumeralReadingView *view)
{
  NumeralAnswer *self = NUMERAL_ANSWER (view);

  numeral_reading_view_set_choice (NUMERAL_READING_VIEW (self->digits),
                                   numeral_reading_view_get_choice (view));
  show (self);
}

static void
numeral_answer_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MINIMUM_WIDTH : MINIMUM_HEIGHT;
  *natural = *minimum * 2;
}

/* Centres the child in @width, at @top, at @scale times its natural @size. Uses a transform
 * instead of a font size: changing the font during an allocation would request a new one. */
static void
allocate_scaled (
    GtkWidget *child, const GtkRequisition *size, double width, double top, double scale)
{
  GskTransform *transform =
      gsk_transform_translate (NULL,
                               &GRAPHENE_POINT_INIT ((float) ((width - size->width * scale) / 2),
                                                     (float) top));

  transform = gsk_transform_scale (transform, (float) scale, (float) scale);
  gtk_widget_allocate (child, size->width, size->height, -1, transform);
}

/* Gets the sizes of the lines in @sizes, and returns the size of all lines together. */
static GtkRequisition
measure_words (NumeralText *const words[N_WORDS], GtkRequisition sizes[N_WORDS])
{
  GtkRequisition all = { 1, 0 };

  for (guint i = 0; i < N_WORDS; i++)
    {
      numeral_text_get_size (words[i], &sizes[i].width, &sizes[i].height);
      all.width = MAX (all.width, sizes[i].width);
      all.height += sizes[i].height + (all.height > 0 && sizes[i].height > 0 ? SPACING : 0);
    }
  all.height = MAX (all.height, 1);
  return all;
}

static void
numeral_answer_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  NumeralAnswer *self = NUMERAL_ANSWER (widget);
  const gboolean single = gtk_widget_get_visible (GTK_WIDGET (self->digit));
  const gboolean empty = *numeral_text_get_text (self->dash) != '\0';
  NumeralText *text = empty ? self->dash : self->digit, *unused = empty ? self->digit : self->dash;
  GtkWidget *number = single ? GTK_WIDGET (text) : GTK_WIDGET (self->digits);
  NumeralText *const texts[N_WORDS] = { self->probability, self->doubt, self->runner_up,
                                        self->duration };
  GtkRequisition digit, words, sizes[N_WORDS];
  const double overlap = single ? DIGIT_OVERLAP : BUTTON_OVERLAP;
  double words_scale, digit_scale, words_height, digit_height, seen, top;

  if (single)
    numeral_text_get_size (text, &digit.width, &digit.height);
  else
    gtk_widget_get_preferred_size (number, NULL, &digit);
  words = measure_words (texts, sizes);
  words_scale = MIN ((double) width / words.width, WORDS_PART * height / words.height);
  words_scale = CLAMP (words_scale, WORDS_SMALLEST, WORDS_LARGEST);
  /* Scale the text down further instead of cutting it off. */
  words_scale = MIN (words_scale, (double) width / words.width);
  words_height = words.height * words_scale;

  seen = 1 - 2 * overlap;
  digit_scale = MIN ((double) width / digit.width, (height - words_height) / (digit.height * seen));
  digit_scale = MAX (digit_scale, 0.01);
  digit_height = digit.height * digit_scale;
  top = (height - words_height - digit_height * seen) / 2;

  allocate_scaled (number, &digit, width, top - digit_height * overlap, digit_scale);
  gtk_widget_allocate (GTK_WIDGET (unused), 0, 0, -1, NULL);
  top += digit_height * seen;
  for (guint i = 0; i < N_WORDS; i++)
    {
      allocate_scaled (GTK_WIDGET (texts[i]), &sizes[i], width, top, words_scale);
      if (sizes[i].height > 0)
        top += (sizes[i].height + SPACING) * words_scale;
    }
}

static void
numeral_answer_dispose (GObject *object)
{
  NumeralAnswer *self = NUMERAL_ANSWER (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (numeral_answer_parent_class)->dispose (object);
}

static void
numeral_answer_class_init (NumeralAnswerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = numeral_answer_dispose;
  NUMERAL_READING_VIEW_CLASS (klass)->update = numeral_answer_update;
  widget_class->measure = numeral_answer_measure;
  widget_class->size_allocate = numeral_answer_size_allocate;

  g_type_ensure (NUMERAL_TYPE_DIGITS_ROW);
  g_type_ensure (NUMERAL_TYPE_TEXT);
  gtk_widget_class_set_css_name (widget_class, "answer");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               NUMERAL_RESOURCES "/ui/reading/numeral-answer.ui");
  gtk_widget_class_bind_template_child (widget_class, NumeralAnswer, digit);
  gtk_widget_class_bind_template_child (widget_class, NumeralAnswer, dash);
  gtk_widget_class_bind_template_child (widget_class, NumeralAnswer, digits);
  gtk_widget_class_bind_template_child (widget_class, NumeralAnswer, probability);
  gtk_widget_class_bind_template_child (widget_class, NumeralAnswer, doubt);
  gtk_widget_class_bind_template_child (widget_class, NumeralAnswer, runner_up);
  gtk_widget_class_bind_template_child (widget_class, NumeralAnswer, duration);
}

static void
numeral_answer_init (NumeralAnswer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* The label of the digit already tells that there is nothing to read. */
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->dash), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  show (self);
}

NumeralAnswer *
numeral_answer_new (void)
{
  return g_object_new (NUMERAL_TYPE_ANSWER, NULL);
}
