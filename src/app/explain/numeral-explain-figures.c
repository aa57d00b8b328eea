/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-explain-figures.h"

#include "picture-attribution.h"
#include "picture-faithfulness.h"
#include "picture-tensor.h"

typedef struct
{
  NumeralExplanation *explanation;
  InkDrawing *drawing; /* (nullable) */
} Shown;

static Shown *
shown_new (NumeralExplanation *explanation, InkDrawing *drawing)
{
  Shown *shown = g_new (Shown, 1);

  shown->explanation = numeral_explanation_ref (explanation);
  shown->drawing = drawing ? ink_drawing_ref (drawing) : NULL;
  return shown;
}

static void
shown_free (gpointer data)
{
  Shown *shown = data;

  numeral_explanation_unref (shown->explanation);
  g_clear_pointer (&shown->drawing, ink_drawing_unref);
  g_free (shown);
}

static PictureAttribution
get_picture (const Shown *shown)
{
  const NumeralExplanation *explanation = shown->explanation;

  return (PictureAttribution){
    explanation->tensor,    explanation->attribution,     shown->drawing,
    explanation->map.place, explanation->contrast.target, explanation->contrast.against
  };
}

static void
draw_ink (cairo_t *cr, double width, double height, gconstpointer data, const PictureStyle *style)
{
  const PictureAttribution picture = get_picture (data);

  picture_attribution (cr, width, height, &picture, style);
}

static void
draw_cells (cairo_t *cr, double width, double height, gconstpointer data, const PictureStyle *style)
{
  const PictureAttribution picture = get_picture (data);

  picture_attribution_cells (cr, width, height, &picture, style);
}

static void
draw_curves (
    cairo_t *cr, double width, double height, gconstpointer data, const PictureStyle *style)
{
  const NnFaithfulness *curves = &((const Shown *) data)->explanation->faithfulness;
  const PictureFaithfulness picture = { NN_FAITHFULNESS_POINTS, curves->insertion, curves->deletion,
                                        curves->random };

  picture_faithfulness (cr, width, height, &picture, style);
}

static void
draw_tensor (
    cairo_t *cr, double width, double height, gconstpointer data, const PictureStyle *style)
{
  picture_tensor (cr, width, height, data);
}

/* @explanation: (nullable) */
static void
show (NumeralFigure *figure,
      NumeralFigureDraw draw,
      NumeralExplanation *explanation,
      InkDrawing *drawing)
{
  const Shown *last = numeral_figure_get_data (figure);

  if (!explanation)
    numeral_figure_set (figure, NULL, NULL, NULL);
  else if (!last || last->explanation != explanation)
    numeral_figure_set (figure, draw, shown_new (explanation, drawing), shown_free);
}

void
numeral_explain_figure_ink (NumeralFigure *figure,
                            NumeralExplanation *explanation,
                            InkDrawing *drawing)
{
  show (figure, draw_ink, explanation, drawing);
}

void
numeral_explain_figure_cells (NumeralFigure *figure, NumeralExplanation *explanation)
{
  show (figure, draw_cells, explanation, NULL);
}

void
numeral_explain_figure_curves (NumeralFigure *figure, NumeralExplanation *explanation)
{
  show (figure, draw_curves, explanation && explanation->measured ? explanation : NULL, NULL);
}

void
numeral_explain_figure_tensor (NumeralFigure *figure, const float tensor[INK_TENSOR_SIZE])
{
  numeral_figure_set (figure, draw_tensor, g_memdup2 (tensor, sizeof (float) * INK_TENSOR_SIZE),
                      g_free);
}
