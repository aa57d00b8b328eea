/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-reading-pane.h"

#include <glib/gi18n.h>

#include "numeral-answer.h"
#include "numeral-bars.h"
#include "numeral-format.h"
#include "numeral-learn-row.h"
#include "numeral-picture-bar.h"
#include "numeral-reading-layout.h"
#include "numeral-sheet-list.h"
#include "numeral-teach-row.h"
#include "numeral-tensor-view.h"

/* How long a frame may wait for the answer that it should show, in microseconds. GTK delivers the
 * pointer's movements and draws without a turn of the main loop between them, so an answer that
 * arrives through the main loop is one frame late. Reading takes a tenth of this time, unless the
 * processor is busy; meson.build has the figures. */
#define ANSWER_WAIT 2000

struct _NumeralReadingPane
{
  GtkWidget parent_instance;

  NumeralRecogniser *recogniser;
  guint64 asked;   /* the generation of the canvas's content */
  InkDrawing *ink; /* (nullable): of that content */
  gboolean unfinished;
  NumeralSubject *subject; /* (nullable) */

  NumeralDigitChoice *choice;  /* shared by all views */
  NumeralSheetChoice *numbers; /* of a page, whose chosen number is in the views */
  NumeralCanvas *canvas;
  GtkAdjustment *pen_width;

  GtkStack *tools; /* for drawing, or for a picture */
  GtkStack *side;  /* the tensor, or the lines of a page */
  GtkStack *below; /* the question, or the learning of one's own hand */
  NumeralTeachRow *question;
  NumeralLearnRow *learn;
  NumeralHandLearner *learner; /* (nullable) */
  /* (nullable): made when the first picture and the first page are shown. */
  NumeralPictureBar *picture_bar;
  NumeralSheetList *lines;
};

enum
{
  PROP_RECOGNISER = 1,
  PROP_SUBJECT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NumeralReadingPane, numeral_reading_pane, GTK_TYPE_WIDGET)

static void
read_canvas (NumeralReadingPane *self)
{
  NumeralPicture *picture;
  float tensor[INK_TENSOR_SIZE];

  if (!self->recogniser)
    return;
  g_clear_pointer (&self->ink, ink_drawing_unref);
  self->ink = numeral_canvas_copy_ink (self->canvas);
  self->unfinished = numeral_canvas_is_drawing (self->canvas);
  picture = numeral_canvas_get_picture (self->canvas);
  if (self->ink)
    self->asked = numeral_recogniser_submit_drawing (self->recogniser, self->ink);
  else if (picture)
    self->asked = numeral_recogniser_submit_picture (self->recogniser, picture);
  else
    self->asked =
        numeral_recogniser_submit (self->recogniser,
                                   numeral_canvas_get_tensor (self->canvas, tensor) ? tensor :
                                                                                      NULL);
  numeral_recogniser_wait (self->recogniser, ANSWER_WAIT);
}

/* The canvas marks the digits of a number, and the chosen one. */
static void
mark_canvas (NumeralReadingPane *self)
{
  const NumeralPrediction *prediction = numeral_digit_choice_get_prediction (self->choice);
  InkBox boxes[NUMERAL_MAX_NUMBER];
  const gboolean paged = numeral_sheet_choice_get_sheet (self->numbers) != NULL;
  const guint n = prediction && prediction->n_digits > 1 && !paged ? prediction->n_digits : 0;

  for (guint i = 0; i < n; i++)
    boxes[i] = prediction->digits[i].box;
  numeral_canvas_set_marks (self->canvas, boxes, n, numeral_digit_choice_get_chosen (self->choice));
}

/* An answer that is not to the content of the canvas says nothing about its ink. */
static void
update_subject (NumeralReadingPane *self)
{
  const NumeralPrediction *prediction = numeral_digit_choice_get_prediction (self->choice);

  if (numeral_reading_pane_get_shown (self) != self->asked)
    return;
  g_clear_pointer (&self->subject, numeral_subject_unref);
  if (prediction && prediction->n_digits > 0)
    self->subject =
        numeral_subject_new (self->ink, prediction, numeral_digit_choice_get_chosen (self->choice),
                             self->unfinished);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBJECT]);
  /* During a stroke nothing is asked, and nothing moves. */
  if (!self->unfinished || !self->subject)
    numeral_teach_set_subject (numeral_teach_row_get_teach (self->question), self->subject);
}

/* A model that is being learned comes before the question. */
static gboolean
is_learning (NumeralReadingPane *self)
{
  return self->learner &&
         numeral_hand_learner_get_state (self->learner) != NUMERAL_HAND_LEARNER_IDLE &&
         (numeral_hand_learner_get_state (self->learner) != NUMERAL_HAND_LEARNER_SAVING ||
          numeral_hand_learner_get_lesson (self->learner));
}

static void
on_teach (NumeralReadingPane *self)
{
  NumeralTeach *teach = numeral_teach_row_get_teach (self->question);
  NumeralReadingLayout *layout =
      NUMERAL_READING_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));
  const gboolean learning = is_learning (self);
  const gboolean asks = gtk_widget_get_visible (GTK_WIDGET (self->question));

  if (gtk_widget_get_visible (GTK_WIDGET (self->learn)) != learning)
    gtk_widget_set_visible (GTK_WIDGET (self->learn), learning);
  gtk_stack_set_visible_child (self->below,
                               learning ? GTK_WIDGET (self->learn) : GTK_WIDGET (self->question));
  if (gtk_widget_get_visible (GTK_WIDGET (self->below)) != (learning || asks))
    gtk_widget_set_visible (GTK_WIDGET (self->below), learning || asks);
  numeral_reading_layout_set_asking (layout, learning || numeral_teach_get_state (teach) !=
                                                             NUMERAL_TEACH_IDLE);
  if (self->learner)
    numeral_teach_row_set_learnable (self->question,
                                     numeral_hand_learner_get_state (self->learner) ==
                                                 NUMERAL_HAND_LEARNER_IDLE &&
                                             numeral_hand_learner_get_n_digits (self->learner) >=
                                                 NUMERAL_ADAPT_MIN_SAMPLES ?
                                         numeral_hand_learner_get_n_new (self->learner) :
                                         0);
}

void
numeral_reading_pane_set_lab (NumeralReadingPane *self, NumeralLab *lab)
{
  g_return_if_fail (NUMERAL_IS_READING_PANE (self));
  g_return_if_fail (!self->learner && lab);

  self->learner = g_object_ref (numeral_lab_get_learner (lab));
  numeral_learn_row_set_lab (self->learn, lab);
  g_signal_connect_object (self->learner, "changed", G_CALLBACK (on_teach), self,
                           G_CONNECT_SWAPPED);
}

static void
on_choice (NumeralReadingPane *self)
{
  mark_canvas (self);
  update_subject (self);
}

static void
on_mark_activated (NumeralReadingPane *self, guint place)
{
  numeral_digit_choice_set_chosen (self->choice, place);
}

static void
on_number_activated (NumeralReadingPane *self, guint index)
{
  numeral_sheet_choice_set_chosen (self->numbers, index);
}

/* The tools for what is shown: a drawing or a picture. */
static void
show_tools (NumeralReadingPane *self)
{
  gboolean picture;

  g_object_get (self->canvas, "has-picture", &picture, NULL);
  if (picture && !self->picture_bar)
    {
      self->picture_bar = numeral_picture_bar_new ();
      gtk_stack_add_named (self->tools, GTK_WIDGET (self->picture_bar), "picture");
    }
  gtk_stack_set_visible_child_name (self->tools, picture ? "picture" : "drawing");
}

/* The chosen number of a page, as a number that was drawn. */
static void
show_number (NumeralReadingPane *self)
{
  NumeralSheet *sheet = numeral_sheet_choice_get_sheet (self->numbers);

  numeral_canvas_set_sheet (self->canvas, sheet, numeral_sheet_choice_get_chosen (self->numbers));
  if (sheet)
    numeral_digit_choice_set_prediction (self->choice,
                                         numeral_sheet_choice_get_prediction (self->numbers));
}

/* Shows the lines of a page beside it, or the reason why there are none. */
static void
show_lines (NumeralReadingPane *self, NumeralSheet *sheet, const char *problem)
{
  const gboolean paged = sheet || problem;
  NumeralReadingLayout *layout =
      NUMERAL_READING_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  if (paged && !self->lines)
    {
      self->lines = numeral_sheet_list_new (self->numbers);
      gtk_widget_add_css_class (GTK_WIDGET (self->lines), "card");
      gtk_stack_add_named (self->side, GTK_WIDGET (self->lines), "lines");
    }
  if (problem)
    {
      g_autofree char *sentence = numeral_format_sentence (problem);

      numeral_sheet_list_set_message (self->lines, sentence);
    }
  if (self->picture_bar)
    numeral_picture_bar_set_page (self->picture_bar, sheet != NULL);
  gtk_stack_set_visible_child_name (self->side, paged ? "lines" : "tensor");
  numeral_reading_layout_set_paged (layout, paged);
}

static void
on_prediction (NumeralReadingPane *self)
{
  NumeralPrediction *prediction =
      self->recogniser ? numeral_recogniser_get_prediction (self->recogniser) : NULL;
  /* The answer to an older picture has no place on the one that is shown. */
  const gboolean current = prediction && prediction->generation == self->asked;
  NumeralSheet *sheet = current ? numeral_recogniser_get_sheet (self->recogniser) : NULL;
  const char *problem = sheet ? sheet->problem : NULL;

  if (current && !sheet && prediction->empty && numeral_canvas_get_picture (self->canvas))
    problem = _ ("no digits were found in the picture: crop it to them, or turn it");
  numeral_sheet_choice_set_sheet (self->numbers, problem ? NULL : sheet);
  show_lines (self, problem ? NULL : sheet, problem);
  show_number (self);
  if (problem || !sheet)
    numeral_digit_choice_set_prediction (self->choice, prediction);
}

static void
numeral_reading_pane_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_RECOGNISER)
    g_value_set_object (value, NUMERAL_READING_PANE (object)->recogniser);
  else if (id == PROP_SUBJECT)
    g_value_set_boxed (value, NUMERAL_READING_PANE (object)->subject);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_reading_pane_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  if (id == PROP_RECOGNISER)
    numeral_reading_pane_set_recogniser (NUMERAL_READING_PANE (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_reading_pane_dispose (GObject *object)
{
  NumeralReadingPane *self = NUMERAL_READING_PANE (object);
  GtkWidget *child;

  if (self->recogniser)
    g_signal_handlers_disconnect_by_data (self->recogniser, self);
  g_clear_object (&self->recogniser);
  if (self->learner)
    g_signal_handlers_disconnect_by_data (self->learner, self);
  g_clear_object (&self->learner);
  g_clear_pointer (&self->ink, ink_drawing_unref);
  g_clear_pointer (&self->subject, numeral_subject_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (numeral_reading_pane_parent_class)->dispose (object);
}

static void
numeral_reading_pane_class_init (NumeralReadingPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = numeral_reading_pane_get_property;
  object_class->set_property = numeral_reading_pane_set_property;
  object_class->dispose = numeral_reading_pane_dispose;

  properties[PROP_RECOGNISER] =
      g_param_spec_object ("recogniser", NULL, NULL, NUMERAL_TYPE_RECOGNISER,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUBJECT] =
      g_param_spec_boxed ("subject", NULL, NULL, NUMERAL_TYPE_SUBJECT,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (NUMERAL_TYPE_CANVAS);
  g_type_ensure (NUMERAL_TYPE_DIGIT_CHOICE);
  g_type_ensure (NUMERAL_TYPE_SHEET_CHOICE);
  g_type_ensure (NUMERAL_TYPE_ANSWER);
  g_type_ensure (NUMERAL_TYPE_BARS);
  g_type_ensure (NUMERAL_TYPE_TENSOR_VIEW);
  g_type_ensure (NUMERAL_TYPE_TEACH_ROW);
  g_type_ensure (NUMERAL_TYPE_LEARN_ROW);
  gtk_widget_class_set_css_name (widget_class, "readingpane");
  gtk_widget_class_set_layout_manager_type (widget_class, NUMERAL_TYPE_READING_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, NUMERAL_RESOURCES
                                               "/ui/reading/numeral-reading-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, NumeralReadingPane, canvas);
  gtk_widget_class_bind_template_child (widget_class, NumeralReadingPane, choice);
  gtk_widget_class_bind_template_child (widget_class, NumeralReadingPane, pen_width);
  gtk_widget_class_bind_template_child (widget_class, NumeralReadingPane, numbers);
  gtk_widget_class_bind_template_child (widget_class, NumeralReadingPane, tools);
  gtk_widget_class_bind_template_child (widget_class, NumeralReadingPane, side);
  gtk_widget_class_bind_template_child (widget_class, NumeralReadingPane, below);
  gtk_widget_class_bind_template_child (widget_class, NumeralReadingPane, question);
  gtk_widget_class_bind_template_child (widget_class, NumeralReadingPane, learn);
  gtk_widget_class_bind_template_callback (widget_class, on_choice);
  gtk_widget_class_bind_template_callback (widget_class, on_number_activated);
  gtk_widget_class_bind_template_callback (widget_class, show_number);
  gtk_widget_class_bind_template_callback (widget_class, show_tools);
  gtk_widget_class_bind_template_callback (widget_class, on_mark_activated);
  gtk_widget_class_bind_template_callback (widget_class, read_canvas);
}

static void
numeral_reading_pane_init (NumeralReadingPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_adjustment_configure (self->pen_width, NUMERAL_CANVAS_PEN_DEFAULT, NUMERAL_CANVAS_PEN_MIN,
                            NUMERAL_CANVAS_PEN_MAX, 5, 20, 0);
  g_object_bind_property (self->canvas, "pen-width", self->pen_width, "value",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_signal_connect_object (numeral_teach_row_get_teach (self->question), "changed",
                           G_CALLBACK (on_teach), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->question, "notify::visible", G_CALLBACK (on_teach), self,
                           G_CONNECT_SWAPPED);
}

NumeralReadingPane *
numeral_reading_pane_new (void)
{
  return g_object_new (NUMERAL_TYPE_READING_PANE, NULL);
}

NumeralCanvas *
numeral_reading_pane_get_canvas (NumeralReadingPane *self)
{
  g_return_val_if_fail (NUMERAL_IS_READING_PANE (self), NULL);

  return self->canvas;
}

NumeralSheetChoice *
numeral_reading_pane_get_numbers (NumeralReadingPane *self)
{
  g_return_val_if_fail (NUMERAL_IS_READING_PANE (self), NULL);

  return self->numbers;
}

NumeralRecogniser *
numeral_reading_pane_get_recogniser (NumeralReadingPane *self)
{
  g_return_val_if_fail (NUMERAL_IS_READING_PANE (self), NULL);

  return self->recogniser;
}

NumeralSubject *
numeral_reading_pane_get_subject (NumeralReadingPane *self)
{
  g_return_val_if_fail (NUMERAL_IS_READING_PANE (self), NULL);

  return self->subject;
}

NumeralTeach *
numeral_reading_pane_get_teach (NumeralReadingPane *self)
{
  g_return_val_if_fail (NUMERAL_IS_READING_PANE (self), NULL);

  return numeral_teach_row_get_teach (self->question);
}

GtkWidget *
numeral_reading_pane_get_question (NumeralReadingPane *self)
{
  g_return_val_if_fail (NUMERAL_IS_READING_PANE (self), NULL);

  return GTK_WIDGET (self->question);
}

guint64
numeral_reading_pane_get_asked (NumeralReadingPane *self)
{
  g_return_val_if_fail (NUMERAL_IS_READING_PANE (self), 0);

  return self->asked;
}

guint64
numeral_reading_pane_get_shown (NumeralReadingPane *self)
{
  NumeralPrediction *prediction;

  g_return_val_if_fail (NUMERAL_IS_READING_PANE (self), 0);

  prediction = self->recogniser ? numeral_recogniser_get_prediction (self->recogniser) : NULL;
  return prediction ? prediction->generation : 0;
}

void
numeral_reading_pane_set_recogniser (NumeralReadingPane *self, NumeralRecogniser *recogniser)
{
  g_return_if_fail (NUMERAL_IS_READING_PANE (self));

  if (self->recogniser == recogniser)
    return;
  if (self->recogniser)
    g_signal_handlers_disconnect_by_data (self->recogniser, self);
  g_set_object (&self->recogniser, recogniser);
  if (recogniser)
    g_signal_connect_object (recogniser, "notify::prediction", G_CALLBACK (on_prediction), self,
                             G_CONNECT_SWAPPED);
  on_prediction (self);
  read_canvas (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECOGNISER]);
}
